"""Whether somebody tires: the first third of a set against the last, the first set with the last.

Pure sums. What makes a difference one that counts is `change`'s to say for hold times, and the
measured error for the line; for heights and tempo nobody has a rule, so these are only shown.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from coreline.programme.done import LEAST_SCORED, least_stay_s

THIRD: Final = 1 / 3
LEAST_TIMES: Final = 6  # attempts in a set, two in each third: a guess that nobody has measured
_ROUNDING: Final = 1e-9


class Measure(StrEnum):
    """What may change as somebody tires."""

    AMOUNT = "amount"  # seconds of a hold, else what counted; over the sets alone
    LINE = "line"  # change from the person's own, degrees, + = hip toward the floor
    HEIGHT = "height"  # of a repetition's top, degrees
    UP = "up"  # seconds from the ground to the top
    DOWN = "down"  # seconds from the top to the ground
    TURN = "turn"  # seconds of a rotation


@dataclass(frozen=True, slots=True)
class Ends:
    """What something was on average at the beginning, and at the end."""

    first: float
    last: float

    @property
    def change(self) -> float:
        """Return how much more it is at the end."""
        return self.last - self.first


def least_held_s(asked_s: float) -> float:
    """Return how long must be held of a set before its thirds say anything: none may be a scrap."""
    return least_stay_s(asked_s) / THIRD


def first_and_last_third(samples: Iterable[tuple[float | None, float]]) -> Ends | None:
    """Return the averages of the first third and of the last, or None where too little was seen.

    Args:
        samples: in order of time, each a value and its weight: how long it was so, or 1 for a
            repetition. What was not seen is None; both thirds must be known well enough, by the
            share that a score asks for. A sample belongs to the third that its middle lies in.
    """
    samples = [(value, weight) for value, weight in samples if weight > 0.0]
    whole = sum(weight for _, weight in samples)
    first, last, before = [], [], 0.0
    for value, weight in samples:
        middle = (before + weight / 2.0) / whole
        if middle < THIRD - _ROUNDING:
            first.append((value, weight))
        elif middle > 1.0 - THIRD + _ROUNDING:
            last.append((value, weight))
        before += weight
    one, other = _mean_seen(first), _mean_seen(last)
    return None if one is None or other is None else Ends(one, other)


def first_and_last_set(by_number: Mapping[int, float | None]) -> Ends | None:
    """Return the first and the last set of a day, by their numbers; None without two of them."""
    known = [value for _, value in sorted(by_number.items()) if value is not None]
    return Ends(known[0], known[-1]) if len(known) > 1 else None


def mean_ends(several: Iterable[Ends]) -> Ends | None:
    """Return the average of several sets or days, each as much as another; None without any."""
    several = tuple(several)
    if not several:
        return None
    first, last = (sum(values) / len(several) for values in _columns(several))
    return Ends(first, last)


def _columns(several: Sequence[Ends]) -> tuple[list[float], list[float]]:
    return [each.first for each in several], [each.last for each in several]


def _mean_seen(samples: Sequence[tuple[float | None, float]]) -> float | None:
    """Return the average of what was seen, or None where that is too little of all of it."""
    known = [(value, weight) for value, weight in samples if value is not None]
    whole, seen = (sum(weight for _, weight in some) for some in (samples, known))
    if not known or seen < LEAST_SCORED * whole - _ROUNDING:
        return None
    return sum(value * weight for value, weight in known) / seen
