"""The course of the state variables over time: ramps, and what follows from them."""

from dataclasses import dataclass, field, fields
from typing import Any, Final

import numpy as np
from directions import Array
from numpy.typing import NDArray
from ways import State

STATES: Final = tuple(each.name for each in fields(State))
# A clip's course is looked at every hundredth of a second.
STEP_S: Final = 0.01


def smooth(x: float) -> float:
    """Return the share of the way done at a share of the time: the smoothest (minimum jerk)."""
    x = min(max(x, 0.0), 1.0)
    return x * x * x * (10 - 15 * x + 6 * x * x)


@dataclass(slots=True)
class Track:
    """A piecewise smooth course of the state variables; `now_s` is where the script has come to.

    Attributes:
        ramps: By state variable: from when to when it goes where; in order.
        phases: From when on a phase has which name.
    """

    ramps: dict[str, list[tuple[float, float, float]]] = field(default_factory=dict)
    now_s: float = 0.0
    phases: list[tuple[float, str]] = field(default_factory=list)

    def ramp(self, name: str, to: float, lasts_s: float, at_s: float | None = None) -> None:
        """Let a variable go to a value, from now on or from `at_s`."""
        start = self.now_s if at_s is None else at_s
        self.ramps.setdefault(name, []).append((start, start + lasts_s, to))

    def wait(self, lasts_s: float, phase: str | None = None) -> None:
        """Let time pass; a phase begins."""
        if phase:
            self.phases.append((self.now_s, phase))
        self.now_s += lasts_s

    def value(self, name: str, t_s: float) -> float:
        """Return a variable at a time."""
        value = 0.0
        for begin, end, to in self.ramps.get(name, []):
            if t_s < begin:
                break
            value = value + (to - value) * smooth((t_s - begin) / (end - begin))
        return value

    def state(self, t_s: float) -> State:
        """Return all variables at a time."""
        return State(**{name: self.value(name, t_s) for name in self.ramps})

    def phase(self, t_s: float) -> str:
        """Return the name of the phase at a time."""
        phase = "rest"
        for begin, name in self.phases:
            if t_s >= begin:
                phase = name
        return phase

    def times(self) -> Array:
        """Return the times (n,) at which the whole course is looked at, seconds."""
        return np.arange(0, self.now_s, STEP_S)

    def sampled(self, t_s: Array) -> dict[str, Array]:
        """Return every variable (n,) at times (n,)."""
        return {name: self._sampled(name, t_s) for name in STATES}

    def _sampled(self, name: str, t_s: Array) -> Array:
        x = np.zeros(len(t_s))
        for begin, end, to in self.ramps.get(name, []):
            u = np.clip((t_s - begin) / (end - begin), 0, 1)
            x = np.where(t_s < begin, x, x + (to - x) * u * u * u * (10 - 15 * u + 6 * u * u))
        return x


def runs(mask: NDArray[np.bool_], t_s: Array, least_s: float = 0.0) -> list[list[float]]:
    """Return [start, end] seconds of every stretch in which a mask (n,) holds."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], mask.astype(int), [0]])))
    return [
        [rounded(t_s[a], 2), rounded(t_s[b - 1], 2)]
        for a, b in zip(edges[::2], edges[1::2], strict=True)
        if t_s[b - 1] - t_s[a] >= least_s
    ]


def rounded(value: Any, digits: int) -> float:
    """Return a number of numpy or Python as it stands in the truth."""
    return round(float(value), digits)
