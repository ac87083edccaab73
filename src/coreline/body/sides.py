"""Which way the body lies: the side near the camera and the end where the feet are.

Both are read from about a second of poses and then kept for the set: read frame by frame they
would flip whenever the two sides are seen equally well.
"""

from collections import deque
from dataclasses import dataclass, field
from statistics import median

import numpy as np

from coreline.body.lasting import SAMPLE_S
from coreline.body.measures import XY, BodyFrame, Side, Sides
from coreline.body.pose import Joint, Pose

_LEFT = (Joint.LEFT_SHOULDER, Joint.LEFT_HIP, Joint.LEFT_KNEE, Joint.LEFT_ANKLE)
_RIGHT = (Joint.RIGHT_SHOULDER, Joint.RIGHT_HIP, Joint.RIGHT_KNEE, Joint.RIGHT_ANKLE)


def _chain_px(pose: Pose, joints: tuple[Joint, ...]) -> float:
    """Return the length of the polyline through some landmarks."""
    places = pose.xy_px[list(joints)]
    # Of so few numbers np.diff takes longer than all the rest here, in every frame.
    steps = places[1:] - places[:-1]
    return float(np.hypot(steps[:, 0], steps[:, 1]).sum())


def _parts_px(pose: Pose, leg: tuple[Joint, Joint, Joint]) -> XY:
    """Return the lengths of thigh and shank."""
    hip, knee, ankle = pose.xy_px[list(leg)]
    return float(np.hypot(*(knee - hip))), float(np.hypot(*(ankle - knee)))


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
class _Leg:
    """The lengths of one leg's parts, pose after pose."""

    thighs_px: deque[float] = field(default_factory=deque)
    shanks_px: deque[float] = field(default_factory=deque)

    def add(self, thigh_px: float, shank_px: float) -> None:
        self.thighs_px.append(thigh_px)
        self.shanks_px.append(shank_px)

    def forget_oldest(self) -> None:
        self.thighs_px.popleft()
        self.shanks_px.popleft()

    def clear(self) -> None:
        self.thighs_px.clear()
        self.shanks_px.clear()

    @property
    def parts_px(self) -> XY:
        """Return how long thigh and shank are, as seen unforeshortened."""
        at = int(_LONG_SHARE * (len(self.thighs_px) - 1))
        return sorted(self.thighs_px)[at], sorted(self.shanks_px)[at]


@dataclass(slots=True)
class SceneFinder:
    """Follow how the body lies over the last `window_s` seconds."""

    window_s: float = 1.0
    _past: deque[_Row] = field(default_factory=deque, init=False)
    _legs_s: deque[float] = field(default_factory=deque, init=False)
    _legs: dict[Side, _Leg] = field(init=False)

    def __post_init__(self) -> None:
        """Begin with legs that nobody has seen."""
        self._legs = {side: _Leg() for side in _LEGS}

    def step(self, pose: Pose) -> None:
        """Take in one pose."""
        nearer = pose.visibility[list(_LEFT)].sum() - pose.visibility[list(_RIGHT)].sum()
        left_px, right_px = _chain_px(pose, _LEFT), _chain_px(pose, _RIGHT)
        row = _Row(pose.t_s, float(nearer), _higher_px(pose), left_px, right_px, _feet_px(pose))
        self._past.append(row)
        while self._past[0].t_s < pose.t_s - self.window_s:
            self._past.popleft()
        self._measure_legs(pose)

    def _measure_legs(self, pose: Pose) -> None:
        if self._legs_s and pose.t_s - self._legs_s[-1] < SAMPLE_S:
            return
        self._legs_s.append(pose.t_s)
        for side, leg in self._legs.items():
            leg.add(*_parts_px(pose, _LEGS[side]))
        while self._legs_s[0] < pose.t_s - _PARTS_S:
            self._legs_s.popleft()
            for leg in self._legs.values():
                leg.forget_oldest()

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
        return BodyFrame(sides, feet_sign, max(length_px, 1.0), *self._legs[sides.near].parts_px)

    def reset(self) -> None:
        """Forget the past, for another person or another set."""
        self._past.clear()
        self._legs_s.clear()
        for leg in self._legs.values():
            leg.clear()
