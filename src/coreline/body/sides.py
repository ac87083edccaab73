"""Which way the body lies: the side near the camera and the end where the feet are.

Both are read from about a second of poses and then kept for the set: read frame by frame they
would flip whenever the two sides are seen equally well.
"""

from collections import deque
from dataclasses import dataclass, field
from statistics import median

import numpy as np

from coreline.body.measures import XY, BodyFrame, Side, Sides
from coreline.body.pose import Joint, Pose

_LEFT = (Joint.LEFT_SHOULDER, Joint.LEFT_HIP, Joint.LEFT_KNEE, Joint.LEFT_ANKLE)
_RIGHT = (Joint.RIGHT_SHOULDER, Joint.RIGHT_HIP, Joint.RIGHT_KNEE, Joint.RIGHT_ANKLE)


def _chain_px(pose: Pose, joints: tuple[Joint, ...]) -> float:
    """Return the length of the polyline through some landmarks."""
    steps = np.diff(pose.xy_px[list(joints)], axis=0)
    return float(np.hypot(steps[:, 0], steps[:, 1]).sum())


def _parts_px(pose: Pose, leg: tuple[Joint, Joint, Joint]) -> XY:
    """Return the lengths of thigh and shank."""
    thigh, shank = np.diff(pose.xy_px[list(leg)], axis=0)
    return float(np.hypot(*thigh)), float(np.hypot(*shank))


def _feet_px(pose: Pose) -> float:
    """Return how far the legs lie to the right of the head and shoulders."""
    x_px = pose.xy_px[:, 0]
    return float(x_px[23:29].mean() - x_px[[0, 7, 8, 11, 12]].mean())


def _higher_px(pose: Pose) -> float:
    """Return how far the left shoulder and hip are above the right ones."""
    y_px = pose.xy_px[:, 1]
    shoulders_px = y_px[Joint.RIGHT_SHOULDER] - y_px[Joint.LEFT_SHOULDER]
    return float(shoulders_px + y_px[Joint.RIGHT_HIP] - y_px[Joint.LEFT_HIP])


_LEGS = {
    Side.LEFT: (Joint.LEFT_HIP, Joint.LEFT_KNEE, Joint.LEFT_ANKLE),
    Side.RIGHT: (Joint.RIGHT_HIP, Joint.RIGHT_KNEE, Joint.RIGHT_ANKLE),
}
# Guesses that nobody has measured; real legs seen from several sides would settle them.
_PARTS_S = 10.0  # a leg's parts are measured over so long
_SAMPLE_S = 0.1  # poses closer than this measure the same
_LONG_SHARE = 0.75  # the longest are jitter, the shorter ones foreshortened


def upper_side(pose: Pose) -> Side:
    """Return the side that is up in one pose."""
    return Side.LEFT if _higher_px(pose) >= 0.0 else Side.RIGHT


@dataclass(frozen=True, slots=True)
class _Row:
    """What one pose says of how the body lies."""

    t_s: float
    left_nearer: float
    left_higher_px: float
    left_px: float
    right_px: float
    feet_px: float


@dataclass(slots=True)
class SceneFinder:
    """Follow how the body lies over the last `window_s` seconds."""

    window_s: float = 1.0
    _past: deque[_Row] = field(default_factory=deque, init=False)
    _legs: deque[tuple[float, dict[Side, XY]]] = field(default_factory=deque, init=False)

    def step(self, pose: Pose) -> None:
        """Take in one pose."""
        nearer = pose.visibility[list(_LEFT)].mean() - pose.visibility[list(_RIGHT)].mean()
        left_px, right_px = _chain_px(pose, _LEFT), _chain_px(pose, _RIGHT)
        row = _Row(pose.t_s, float(nearer), _higher_px(pose), left_px, right_px, _feet_px(pose))
        self._past.append(row)
        while self._past[0].t_s < pose.t_s - self.window_s:
            self._past.popleft()
        self._measure_legs(pose)

    def _measure_legs(self, pose: Pose) -> None:
        if self._legs and pose.t_s - self._legs[-1][0] < _SAMPLE_S - 1e-6:
            return
        self._legs.append((pose.t_s, {side: _parts_px(pose, leg) for side, leg in _LEGS.items()}))
        while self._legs[0][0] < pose.t_s - _PARTS_S:
            self._legs.popleft()

    def _leg_px(self, side: Side) -> XY:
        """Return how long thigh and shank of a side are, as seen unforeshortened."""
        parts = zip(*(lengths[side] for _, lengths in self._legs), strict=True)
        thigh_px, shank_px = (sorted(each)[int(_LONG_SHARE * (len(each) - 1))] for each in parts)
        return thigh_px, shank_px

    def near(self) -> Side:
        """Return the side that was better seen."""
        return Side.LEFT if sum(row.left_nearer for row in self._past) >= 0 else Side.RIGHT

    def upper(self) -> Side:
        """Return the side that is up, of somebody who lies on the other."""
        return Side.LEFT if sum(row.left_higher_px for row in self._past) >= 0 else Side.RIGHT

    def scene(self, sides: Sides) -> BodyFrame:
        """Return how the body lies, for given sides; needs at least one pose."""
        left = sides.near is Side.LEFT
        length_px = median(row.left_px if left else row.right_px for row in self._past)
        feet_sign = 1 if sum(row.feet_px for row in self._past) >= 0 else -1
        return BodyFrame(sides, feet_sign, max(length_px, 1.0), *self._leg_px(sides.near))

    def reset(self) -> None:
        """Forget the past, for another person or another set."""
        self._past.clear()
        self._legs.clear()
