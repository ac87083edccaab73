"""The frames of an attempt at a raise in which the body was seen, and what is read off them."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from coreline.judging.attempt import Shape

_SPEED_WINDOW_S = 0.25  # a guess: shorter is jitter, longer sees a turn too late
_STARTS = 0.05  # the attempt is dated back to here


@dataclass(frozen=True, slots=True)
class Sighting:
    """One frame of an attempt in which the body was seen; the rise is from the resting level."""

    t_s: float
    rise: float
    values: Mapping[str, float]


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
