"""Correct what a pose model gets wrong from one frame to the next, before anything is measured.

Three things happen to landmarks that never happen to bodies: the tracker leaps to somebody else,
left and right change places, and single landmarks leap away and back. Each is told from a real
movement by how far something goes in how little time, in lengths of the body.
"""

from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from coreline.body.once import Once
from coreline.body.pose import LANDMARKS, Array, Pose, reordered
from coreline.body.stretched import is_folded, is_stretched

# How the legs' labels change places: hip, knee, ankle, heel and foot tip of either side.
_LEFT = np.array([23, 25, 27, 29, 31])
_RIGHT = _LEFT + 1
_BODY = np.array([11, 12, 23, 24, 25, 26, 27, 28])  # the joints that are seen best
_LEFT_BODY, _RIGHT_BODY = _BODY[::2].copy(), _BODY[1::2].copy()
# Each leg's labels beside those that it may have had before: two times its own, then the other's.
_NOW, _BEFORE = np.array([_LEFT, _RIGHT, _RIGHT, _LEFT]), np.array([_LEFT, _RIGHT, _LEFT, _RIGHT])

# Guesses where no measurement is named; labelled clips with leaps and swaps would settle them.
_SWAPPED_COST = 0.6  # the labels are changed when that is so much nearer to where they were
_APART_SHARE = 0.08  # of the body's length; legs nearer together cannot be told apart
_SPEED_PER_S = 3.0  # lengths a second: the foot of a leg thrown up reaches 2
_JITTER_SHARE = 0.06  # a step as small as this is never a leap
_BELIEVE_S = 0.25  # a landmark that stays where it leapt to is believed
_SORT_S = 0.5  # legs that stay exchanged for longer are believed
_ELSEWHERE = 0.4  # lengths by which the whole body leaps: somebody else
_SCALE = 1.7  # a trunk that many times longer or shorter: somebody else
_GIVE_UP_S = 2.0  # after this whoever is there is the person


def _trunk_px(xy_px: Array) -> float:
    """Return the length of the line from between the shoulders to between the hips."""
    # Landmark by landmark a list is read sooner than an array, here and below.
    first, second, third, fourth = xy_px[_BODY[:4]].tolist()
    along, down = (first[n] + second[n] - (third[n] + fourth[n]) for n in (0, 1))
    return float(np.hypot(along, down)) / 2.0


def _length_px(xy_px: Array) -> float:
    """Return the length shoulders-hips-knees-ankles, of the middle between the sides."""
    middle = (xy_px[_LEFT_BODY] + xy_px[_RIGHT_BODY]) / 2.0
    steps = middle[1:] - middle[:-1]
    return max(float(np.hypot(steps[:, 0], steps[:, 1]).sum()), 1.0)


@dataclass(frozen=True, slots=True, eq=False)
class _Past:
    """What is known of a body that is followed.

    Attributes:
        last: Its pose as it was corrected; None before the first.
        trusted_s: (33,) when each landmark was last believed, seconds.
        sorted_s: Since when its legs have been changed back; None while they are as they should be.
    """

    last: Pose | None
    trusted_s: Array
    sorted_s: float | None


_NOBODY: Final = _Past(None, np.zeros(LANDMARKS), None)


@dataclass(slots=True)
class Steady:
    """Follow one body from pose to pose."""

    _past: _Past = field(default=_NOBODY, init=False)

    def step(self, pose: Pose | None, once: Once | None = None) -> Pose | None:
        """Return the corrected pose, or None when it is somebody else's, or there is none.

        Others who have followed the same body and are handed the same `once` share the work.
        """
        if pose is None:
            return None
        self._past, corrected = (once or Once()).of(_corrected, self._past, pose)
        return corrected


def _corrected(past: _Past, pose: Pose) -> tuple[_Past, Pose | None]:
    """Return what is known after a pose, and the pose as it was corrected."""
    last = past.last
    if last is None or pose.t_s - last.t_s > _GIVE_UP_S or pose.size_px != last.size_px:
        return _accepted(pose)
    length_px = _length_px(last.xy_px)
    if _is_somebody_else(pose, last, length_px):
        # A folded body that is no more was a misreading of the one that lies there.
        found_anew = is_folded(last) and is_stretched(pose)
        return _accepted(pose) if found_anew else (past, None)
    if pose.t_s - last.t_s > _BELIEVE_S:
        return _accepted(pose)
    in_order, sorted_s = _sorted(pose, last, past.sorted_s, length_px)
    held, trusted_s = _held(in_order, last, past.trusted_s, length_px)
    return _Past(held, trusted_s, sorted_s), held


def _accepted(pose: Pose) -> tuple[_Past, Pose]:
    """Take a pose as it is, and the past no longer into account."""
    return _Past(pose, np.full(LANDMARKS, pose.t_s), None), pose


def _sorted(
    pose: Pose, last: Pose, sorted_s: float | None, length_px: float
) -> tuple[Pose, float | None]:
    """Return the pose with the legs changed back, unless they stay exchanged, and since when."""
    if not _legs_exchanged(pose, last, length_px):
        return pose, None
    since_s = pose.t_s if sorted_s is None else sorted_s
    return (_exchanged(pose) if pose.t_s - since_s <= _SORT_S else pose), since_s


def _held(pose: Pose, last: Pose, trusted_s: Array, length_px: float) -> tuple[Pose, Array]:
    """Return the pose with landmarks that leapt left where they were, for a while.

    The second is when each landmark was last believed, with this pose.
    """
    steps_px = np.hypot(*(pose.xy_px - last.xy_px).T)
    if steps_px.max() <= length_px * _JITTER_SHARE:  # as mostly: the limit is never lower
        return pose, np.full(LANDMARKS, pose.t_s)
    since_s = pose.t_s - trusted_s
    limit_px = length_px * np.maximum(_JITTER_SHARE, _SPEED_PER_S * since_s)
    doubted = (steps_px > limit_px) & (since_s < _BELIEVE_S)
    believed_s = np.where(doubted, trusted_s, pose.t_s)
    if not doubted.any():
        return pose, believed_s
    kept = replace(pose, xy_px=np.where(doubted[:, None], last.xy_px, pose.xy_px))
    return kept, believed_s


def _is_somebody_else(pose: Pose, last: Pose, length_px: float) -> bool:
    """Say whether the whole body leapt, or is another size."""
    if float(np.hypot(*_middle(pose.xy_px[_BODY] - last.xy_px[_BODY]))) > _ELSEWHERE * length_px:
        return True
    ratio = _trunk_px(pose.xy_px) / max(_trunk_px(last.xy_px), 1.0)
    return not 1.0 / _SCALE <= ratio <= _SCALE


def _middle(steps_px: Array) -> Array:
    """Return the median of an even number of steps, (n, 2) pixels; numpy's own is slow on few."""
    in_order, half = np.sort(steps_px, axis=0), len(steps_px) // 2
    return np.asarray((in_order[half - 1] + in_order[half]) / 2.0)


def _legs_exchanged(pose: Pose, last: Pose, length_px: float) -> bool:
    """Say whether the legs lie plainly nearer to where the other one was."""
    (apart_px,) = _apart_px(last.xy_px[_LEFT[None]], last.xy_px[_RIGHT[None]])
    if apart_px < _APART_SHARE * length_px:
        return False
    left_px, right_px, *crossed_px = _apart_px(pose.xy_px[_NOW], last.xy_px[_BEFORE])
    return crossed_px[0] + crossed_px[1] < _SWAPPED_COST * (left_px + right_px)


def _apart_px(some: Array, others: Array) -> list[float]:
    """Return the mean distance of landmarks, pair by pair: of (n, k, 2) pixels each, n means."""
    steps_px = some - others
    sums_px = np.hypot(steps_px[..., 0], steps_px[..., 1]).sum(axis=1)
    means_px: list[float] = (sums_px / some.shape[1]).tolist()
    return means_px


def _exchanged(pose: Pose) -> Pose:
    """Return the pose with the labels of its legs exchanged."""
    order = np.arange(LANDMARKS)
    order[_LEFT], order[_RIGHT] = _RIGHT, _LEFT
    return reordered(pose, order)
