"""What part of the picture is shown of somebody who exercises: the body with a margin, calmly.

Each edge has a place that it goes to, at `SPEED` picture widths a second at most. That place is set
anew only when the body, over all its places of the last seconds, comes too near the edge or stays
too far from it: landmarks that tremble, and a leg that goes up and down, move nothing. Whoever is
out of sight for long is looked for in the whole picture.
"""

import math
from collections import deque
from dataclasses import dataclass, field
from typing import Final, Self

import numpy as np

from coreline.body.pose import Array, Joint, Pose

SPEED: Final = 0.2  # picture widths a second, at most: a guess, slow enough to follow at a glance
# In lengths of the body's longer side: where an edge is put, and how near and far it may be. A body
# at the far limit still fills 0.9 of what is shown.
MARGIN: Final = 0.03
NEAREST: Final = 0.015
FARTHEST: Final = 0.055
SETTLE_S: Final = 6.0  # longer than a repetition, whose whole way is shown
_LOST_S: Final = 2.0  # out of sight for so long, somebody may be anywhere
_EASE_S: Final = 0.5  # how softly an edge comes to rest
_LEAST_SHARE: Final = 0.2  # of the picture's width: larger, a body would be but blocks

_EARS: Final = [Joint.LEFT_EAR, Joint.RIGHT_EAR]
_SHOULDERS: Final = [Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER]
# The crown is so far from the ears, in their distance from the shoulders: of an adult who lies
# 12 cm of 22. No landmark marks it.
_CROWN: Final = 0.55
_OUTWARD: Final = np.array([-1.0, -1.0, 1.0, 1.0])  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a picture, in shares of its width and height."""

    left: float = 0.0
    top: float = 0.0
    right: float = 1.0
    bottom: float = 1.0

    @classmethod
    def of(cls, edges_px: Array, size_px: tuple[int, int]) -> Self:
        """Return what four edges in pixels are of a picture."""
        shares = edges_px / np.array([*size_px, *size_px], np.float64)
        left, top, right, bottom = shares.clip(0.0, 1.0).tolist()
        return cls(left, top, right, bottom)

    def widened(self, size_px: tuple[int, int], shape: float) -> "Section":
        """Return it grown to a shape, width over height, as far as the picture reaches."""
        width_px, height_px = size_px
        wide_px = max(self.right - self.left, _LEAST_SHARE) * width_px
        high_px = (self.bottom - self.top) * height_px
        left, right = _grown(self.left, self.right, max(wide_px, high_px * shape) / width_px)
        top, bottom = _grown(self.top, self.bottom, max(high_px, wide_px / shape) / height_px)
        return Section(left, top, right, bottom)


WHOLE: Final = Section()


def _grown(low: float, high: float, length: float) -> tuple[float, float]:
    """Return a stretch made as long, about its middle, and moved to lie between 0 and 1."""
    length = min(max(length, high - low), 1.0)
    begin = min(max((low + high - length) / 2.0, 0.0), 1.0 - length)
    return min(begin, low), max(begin + length, high)


@dataclass(slots=True)
class Framing:
    """Follow the body with a section of the picture."""

    # When, and how far outward the body reached. In lists: to look through a hundred arrays of four
    # in every frame takes several times as long.
    _past: deque[tuple[float, list[float]]] = field(default_factory=deque, init=False)
    _edges_px: Array | None = field(default=None, init=False)
    _goal_px: Array | None = field(default=None, init=False)
    _size_px: tuple[int, int] = field(default=(0, 0), init=False)
    _last_s: float = field(default=0.0, init=False)
    _seen_s: float = field(default=0.0, init=False)

    @property
    def section(self) -> Section | None:
        """Return what is shown; None before anybody was seen."""
        return None if self._edges_px is None else Section.of(self._edges_px, self._size_px)

    def forget(self) -> None:
        """Begin anew: what was shown is shown no more."""
        self._past.clear()
        self._edges_px = self._goal_px = None

    def step(self, t_s: float, pose: Pose | None) -> None:
        """Take in one frame; times must increase."""
        if pose is not None:
            self._see(t_s, pose)
        elif t_s - self._seen_s > _LOST_S:
            self._past.clear()
            self._goal_px = _whole_px(self._size_px)
        self._move(t_s - self._last_s)
        self._last_s = t_s

    def _see(self, t_s: float, pose: Pose) -> None:
        if pose.size_px != self._size_px:
            self.forget()
        self._size_px, self._seen_s = pose.size_px, t_s
        self._past.append((t_s, (_OUTWARD * reach_px(pose)).tolist()))
        while self._past[0][0] < t_s - SETTLE_S:
            self._past.popleft()
        ends = zip(*(each for _, each in self._past), strict=True)
        self._aim(_OUTWARD * [max(each) for each in ends])

    def _aim(self, body_px: Array) -> None:
        """Set anew where an edge goes that the body is too near to, or too far from."""
        whole_px = _whole_px(self._size_px)
        unit_px = max(*(body_px[2:] - body_px[:2]), _LEAST_SHARE * self._size_px[0])
        wanted_px = _within(body_px + MARGIN * unit_px * _OUTWARD, whole_px)
        if self._edges_px is None or self._goal_px is None:
            self._edges_px = self._goal_px = wanted_px
            return
        nearest_px = _within(body_px + NEAREST * unit_px * _OUTWARD, whole_px)
        room_px = _OUTWARD * (self._goal_px - body_px)
        too_near = _OUTWARD * (self._goal_px - nearest_px) < 0.0
        anew = too_near | (room_px > FARTHEST * unit_px)
        self._goal_px = np.where(anew, wanted_px, self._goal_px)

    def _move(self, lapse_s: float) -> None:
        """Let the edges go toward their places."""
        if self._edges_px is None or self._goal_px is None:
            return
        most_px = SPEED * lapse_s * self._size_px[0]
        way_px = (self._goal_px - self._edges_px) * (1.0 - math.exp(-lapse_s / _EASE_S))
        self._edges_px = self._edges_px + way_px.clip(-most_px, most_px)


def reach_px(pose: Pose) -> Array:
    """Return how far the body reaches: left, top, right, bottom, as far as it is in the picture.

    From the crown to the toes and the fingers.
    """
    return reach_of_px(pose.xy_px, pose.size_px)


def reach_of_px(xy_px: Array, size_px: tuple[int, int]) -> Array:
    """Return how far landmarks reach, (33, 2) pixels; those that are not numbers are left out."""
    (ear_px, other_px), (shoulder_px, its_other_px) = xy_px[_EARS], xy_px[_SHOULDERS]
    ears_px, shoulders_px = (ear_px + other_px) / 2.0, (shoulder_px + its_other_px) / 2.0
    head_px = _CROWN * float(np.hypot(*(ears_px - shoulders_px)))
    points_px = np.concatenate([xy_px, [ears_px - head_px, ears_px + head_px]])
    known = np.isfinite(points_px)
    if not known.all():
        points_px = points_px[known.all(axis=1)]
    ends_px = np.concatenate([points_px.min(axis=0), points_px.max(axis=0)])
    return ends_px.clip(0.0, np.array([*size_px, *size_px], np.float64))


def _whole_px(size_px: tuple[int, int]) -> Array:
    return np.array([0.0, 0.0, *size_px])


def _within(edges_px: Array, whole_px: Array) -> Array:
    """Return edges that lie in the picture."""
    return np.concatenate([
        np.maximum(edges_px[:2], whole_px[:2]), np.minimum(edges_px[2:], whole_px[2:])
    ])  # fmt: skip
