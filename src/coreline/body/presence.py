"""Whether somebody is there, lies still, or holds up a hand: what can be told without keys.

All of it is read from poses with their times: the same at 8 and at 60 frames a second.
"""

from collections import deque
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from coreline.body.pose import Array, Joint, Pose

T = TypeVar("T")

STILL_SHARE = 0.04  # of the body's length: what a landmark may wander while somebody lies still
HAND_SHARE = 0.2  # of the body's length: how far a raised hand is above head and shoulders
HAND_OVER_HIPS_SHARE = 0.05
SEEN = 0.5  # visibility from which a landmark is taken for seen
MOST = 0.8  # of the frames, or of the landmarks, that must agree

_TRUNK_AND_LEGS = (
    Joint.LEFT_SHOULDER,
    Joint.RIGHT_SHOULDER,
    Joint.LEFT_HIP,
    Joint.RIGHT_HIP,
    Joint.LEFT_KNEE,
    Joint.RIGHT_KNEE,
    Joint.LEFT_ANKLE,
    Joint.RIGHT_ANKLE,
)
_ARMS = (
    (Joint.LEFT_SHOULDER, Joint.LEFT_ELBOW, Joint.LEFT_WRIST),
    (Joint.RIGHT_SHOULDER, Joint.RIGHT_ELBOW, Joint.RIGHT_WRIST),
)
_HEAD = (Joint.NOSE, Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER)
_HIPS = (Joint.LEFT_HIP, Joint.RIGHT_HIP)


def length_px(pose: Pose) -> float:
    """Return the body's length from shoulder over hip and knee to ankle, the longer side's."""
    sides = (_TRUNK_AND_LEGS[0::2], _TRUNK_AND_LEGS[1::2])
    chains = (np.diff(pose.xy_px[list(side)], axis=0) for side in sides)
    return max(float(np.hypot(steps[:, 0], steps[:, 1]).sum()) for steps in chains)


def hand_is_up(pose: Pose) -> bool:
    """Say whether a hand is held up, well above head and shoulders, its elbow above its shoulder.

    Knees do not matter: drawn up, they are as high as a hand. Hips in a bridge are nearly so.
    """
    y_px, whole_px = pose.xy_px[:, 1], length_px(pose)
    head_px, hips_px = (float(y_px[list(joints)].min()) for joints in (_HEAD, _HIPS))
    limit_px = min(head_px - HAND_SHARE * whole_px, hips_px - HAND_OVER_HIPS_SHARE * whole_px)
    return any(
        y_px[wrist] < limit_px
        and y_px[elbow] < y_px[shoulder]
        and min(pose.visibility[wrist], pose.visibility[elbow]) >= SEEN
        for shoulder, elbow, wrist in _ARMS
    )


@dataclass(slots=True)
class Presence:
    """Follow who is there from pose to pose.

    Attributes:
        still_window_s: how long somebody must have lain still for `is_still`.
        hand_s: how long a hand must be up to be meant.
    """

    still_window_s: float = 2.0
    hand_s: float = 1.0
    present_s: float = field(default=0.0, init=False)
    absent_s: float = field(default=0.0, init=False)
    _past: deque[tuple[float, Pose]] = field(default_factory=deque, init=False)
    _hands: deque[tuple[float, bool]] = field(default_factory=deque, init=False)
    _last_s: float | None = field(default=None, init=False)
    _hand_taken: bool = field(default=False, init=False)

    def step(self, t_s: float, pose: Pose | None) -> None:
        """Take in one frame; times must increase."""
        passed_s = t_s - self._last_s if self._last_s is not None else 0.0
        self._last_s = t_s
        self.present_s = self.present_s + passed_s if pose is not None else 0.0
        self.absent_s = self.absent_s + passed_s if pose is None else 0.0
        if pose is not None:
            self._past.append((t_s, pose))
        self._hands.append((t_s, pose is not None and hand_is_up(pose)))
        _forget(self._past, t_s - self.still_window_s)
        _forget(self._hands, t_s - self.hand_s)

    @property
    def is_still(self) -> bool:
        """Say whether trunk and legs have kept their places for the window, and were seen there."""
        if self._last_s is None or self.present_s < self.still_window_s:
            return False
        joints = list(_TRUNK_AND_LEGS)
        places = np.array([pose.xy_px[joints] for _, pose in self._past])
        seen = np.array([pose.visibility[joints] >= SEEN for _, pose in self._past])
        counted = seen.mean(axis=0) >= MOST
        if counted.sum() < len(joints) / 2:
            return False
        limit_px = STILL_SHARE * length_px(self._past[-1][1])
        return bool((_wandered_px(places)[counted] <= limit_px).mean() >= MOST)

    def took_hand(self) -> bool:
        """Say, once for each time, that a hand has been up for its time."""
        up = [is_up for _, is_up in self._hands]
        if not any(up):
            self._hand_taken = False
        whole = self._hands and self._hands[-1][0] - self._hands[0][0] >= MOST * self.hand_s
        if self._hand_taken or not whole or sum(up) < MOST * len(up):
            return False
        self._hand_taken = True
        return True

    def forget(self) -> None:
        """Begin anew, after the picture has been away."""
        self._past.clear()
        self._hands.clear()
        self.present_s = self.absent_s = 0.0


def _wandered_px(places: Array) -> Array:
    """Return how far each landmark wandered; the farthest tenths at either end are jitter."""
    low, high = np.percentile(places, (10, 90), axis=0)
    return np.asarray(np.hypot(*(high - low).T), np.float64)


def _forget(past: deque[tuple[float, T]], since_s: float) -> None:
    """Drop what is older than a moment."""
    while past and past[0][0] < since_s:
        past.popleft()
