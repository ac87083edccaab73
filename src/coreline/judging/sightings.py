"""The frames of an attempt at a raise in which the body was seen, and what is read off them."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from coreline.body.form import APART_S, MISSED_S
from coreline.judging.attempt import Shape
from coreline.programme.rules import Judging

_SPEED_WINDOW_S = 0.25  # a guess: shorter is jitter, longer sees a turn too late
_COMES_DOWN = 0.5  # a guess: nearer to the ground than this share of its lowest, a foot may tap
_STARTS = 0.05  # the attempt is dated back to here


@dataclass(frozen=True, slots=True)
class Sighting:
    """One frame of an attempt in which the body was seen; the rise is from the resting level."""

    t_s: float
    rise: float
    values: Mapping[str, float]


def gaps_over(moments: list[Sighting], least_s: float) -> list[tuple[float, float]]:
    """Return the times, from and until, in which the body was not seen for longer than that."""
    steps = pairwise(moments)
    return [(a.t_s, b.t_s) for a, b in steps if b.t_s - a.t_s > least_s]


def may_have_tapped(moments: list[Sighting], low: Sighting) -> bool:
    """Say whether the foot may have come down unseen, in a gap beside its lowest seen moment.

    It would have had to go on as it moved when it was last seen, or since when it is seen again,
    for half of the gap: a foot that had come to a stop does not go down and up again in one.
    """
    for since_s, until_s in gaps_over(moments, APART_S):
        if low.t_s == since_s:
            speed = -speed_of([each for each in moments if each.t_s <= since_s])
        elif low.t_s == until_s:
            speed = _speed_after([each for each in moments if each.t_s >= until_s])
        else:
            continue
        if speed * (until_s - since_s) / 2.0 > _COMES_DOWN * low.rise:
            return True
    return False


def was_held(moments: list[Sighting], shape: Shape, rules: Judging) -> bool | None:
    """Say whether the top was held for its time; None where it was not seen enough to say."""
    asked_s = rules.raises.hold_s - rules.raises.hold_slack_s if rules.raises else 0.0
    least_s, most_s = shape.hold_limits_s(gaps_over(moments, rules.grace.bridge_s))
    return None if least_s < asked_s <= most_s else least_s >= asked_s


def has_settled(moments: list[Sighting], for_s: float, within: float) -> bool:
    """Say whether the motion has kept within so little for a time, up to the last moment."""
    now_s = moments[-1].t_s
    recent = [moment.rise for moment in moments if moment.t_s >= now_s - for_s]
    return now_s - moments[0].t_s >= for_s and max(recent) - min(recent) <= within


def longest_gap_s(moments: list[Sighting]) -> float:
    """Return the longest time in which the body was not seen."""
    return max((b.t_s - a.t_s for a, b in pairwise(moments)), default=0.0)


def speed_of(moments: list[Sighting]) -> float:
    """Return how fast the motion rises, per second, over the last quarter of a second."""
    now = moments[-1]
    recent = [m for m in moments if m.t_s >= now.t_s - _SPEED_WINDOW_S - 1e-6]
    before = recent[0] if len(recent) > 1 else moments[max(len(moments) - 2, 0)]
    lapse_s = now.t_s - before.t_s
    return (now.rise - before.rise) / lapse_s if lapse_s > 0 else 0.0


def _speed_after(moments: list[Sighting]) -> float:
    """Return how fast the motion rises, per second, over the first quarter of a second."""
    soon = [m for m in moments if m.t_s <= moments[0].t_s + _SPEED_WINDOW_S + 1e-6]
    return speed_of(soon if len(soon) > 1 else moments[:2])


def fell_below_s(moments: list[Sighting], rise: float) -> float:
    """Return when the motion fell below a rise that the last moment is below.

    In a gap that is where a straight way between the readings on both sides crosses it: dated to
    when the body was seen again, a leg's way down and up would be taken for a flicker.
    """
    now = moments[-1]
    before = moments[-2] if len(moments) > 1 else now
    if now.t_s - before.t_s <= MISSED_S or before.rise <= rise:
        return now.t_s
    share = (before.rise - rise) / (before.rise - now.rise)
    return before.t_s + share * (now.t_s - before.t_s)


def since_start(moments: list[Sighting], shape: Shape) -> list[Sighting]:
    """Return the moments since the foot last lay on the ground before the top."""
    low = _STARTS * shape.level
    rested = [i for i, m in enumerate(moments) if m.rise <= low and m.t_s < shape.top_s]
    return moments[rested[-1] if rested else 0 :]


def curve_of(moments: list[Sighting]) -> list[tuple[float, float]]:
    """Return time and rise of every moment."""
    return [(moment.t_s, moment.rise) for moment in moments]


def top_of(moments: list[Sighting], shape: Shape) -> list[Sighting]:
    """Return the moments of the top, or all of them where it fell between two frames."""
    return [m for m in moments if shape.top_s <= m.t_s <= shape.top_end_s] or moments


def lowest_of(values: list[float]) -> float:
    """Return what a reading is at its lowest, a stray tenth left out."""
    return sorted(values)[len(values) // 10]


def median_or(ranges: deque[float], otherwise: float) -> float:
    """Return the person's own range, or another value before there is one."""
    return median(ranges) if ranges else otherwise
