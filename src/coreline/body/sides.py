"""Which way the body lies: the side near the camera and the end where the feet are.

Both are read from a second or two of poses and then kept for the set: read frame by frame they
would flip whenever the two sides are seen equally well.
"""

from collections import deque
from dataclasses import dataclass, field
from statistics import median

import numpy as np

from coreline.body.measures import BodyFrame, Side, Sides
from coreline.body.once import Once
from coreline.body.pose import Joint, Pose

_LEFT = [Joint.LEFT_SHOULDER, Joint.LEFT_HIP, Joint.LEFT_KNEE, Joint.LEFT_ANKLE]
_RIGHT = [Joint.RIGHT_SHOULDER, Joint.RIGHT_HIP, Joint.RIGHT_KNEE, Joint.RIGHT_ANKLE]
_CHAINS = np.array([_LEFT, _RIGHT])
# A guess: longer than the model mostly takes a chest for a back, shorter than it takes to turn over
# and be ready.
_UPPER_S = 2.0


def _chains_px(pose: Pose) -> list[float]:
    """Return the length shoulder-hip-knee-ankle of the left and of the right side."""
    places = pose.xy_px[_CHAINS]
    # Of so few numbers np.diff takes longer than all the rest here, in every frame.
    steps = places[:, 1:] - places[:, :-1]
    lengths_px: list[float] = np.hypot(steps[:, :, 0], steps[:, :, 1]).sum(axis=1).tolist()
    return lengths_px


def _feet_px(pose: Pose) -> float:
    """Return how far the legs lie to the right of the head and shoulders."""
    x_px = pose.xy_px[:, 0]
    # The mean by hand: of so few numbers numpy's own takes several times as long.
    return float(x_px[23:29].sum() / 6.0 - x_px[[0, 7, 8, 11, 12]].sum() / 5.0)


def _higher_px(pose: Pose) -> float:
    """Return how far the left shoulder and hip are above the right ones."""
    y_px = pose.xy_px[:, 1]
    shoulders_px = y_px[Joint.RIGHT_SHOULDER] - y_px[Joint.LEFT_SHOULDER]
    return float(shoulders_px + y_px[Joint.RIGHT_HIP] - y_px[Joint.LEFT_HIP])


@dataclass(frozen=True, slots=True, eq=False)
class _Row:
    """What one pose says of how the body lies."""

    t_s: float
    left_nearer: float
    left_px: float
    right_px: float
    feet_px: float


_Rows = tuple[_Row, ...]


@dataclass(slots=True)
class SceneFinder:
    """Follow how the body lies over the last `window_s` seconds."""

    window_s: float = 1.0
    _past: _Rows = field(default=(), init=False)
    _up: deque[tuple[float, float]] = field(default_factory=deque, init=False)

    def step(self, pose: Pose, once: Once | None = None) -> None:
        """Take in one pose; others who are handed the same `once` share the work."""
        self._past = (once or Once()).of(_lately, self._past, pose, self.window_s)

    def notice(self, pose: Pose, once: Once | None = None) -> None:
        """Take in which side is up in a pose whose names were not changed yet."""
        self._up.append((pose.t_s, (once or Once()).of(_higher_px, pose)))
        while self._up[0][0] < pose.t_s - _UPPER_S:
            self._up.popleft()

    def near(self, once: Once | None = None) -> Side:
        """Return the side that was better seen."""
        return (once or Once()).of(_near, self._past)

    def upper(self) -> Side:
        """Return the side that is up, of somebody who lies on the other."""
        return Side.LEFT if sum(higher_px for _, higher_px in self._up) >= 0 else Side.RIGHT

    def scene(self, sides: Sides, once: Once | None = None) -> BodyFrame:
        """Return how the body lies, for given sides; needs at least one pose."""
        return (once or Once()).of(_scene, self._past, sides)

    def reset(self) -> None:
        """Forget the past, for another person or another set."""
        self._past = ()


def _lately(past: _Rows, pose: Pose, window_s: float) -> _Rows:
    """Return what the poses of the last `window_s` seconds say, this one included."""
    since_s = pose.t_s - window_s
    first = next((at for at, row in enumerate(past) if row.t_s >= since_s), len(past))
    return (*past[first:], _row(pose))


def _near(past: _Rows) -> Side:
    """Return the side that was better seen, from what some poses say."""
    return Side.LEFT if sum(row.left_nearer for row in past) >= 0 else Side.RIGHT


def _row(pose: Pose) -> _Row:
    """Return what one pose says of how the body lies."""
    nearer = pose.visibility[_CHAINS].sum(axis=1)
    left_px, right_px = _chains_px(pose)
    left_nearer = float(nearer[0] - nearer[1])
    return _Row(pose.t_s, left_nearer, left_px, right_px, _feet_px(pose))


def _scene(past: _Rows, sides: Sides) -> BodyFrame:
    """Return how the body lies, for given sides, from what some poses say."""
    left = sides.near is Side.LEFT
    length_px = median(row.left_px if left else row.right_px for row in past)
    feet_sign = 1 if sum(row.feet_px for row in past) >= 0 else -1
    return BodyFrame(sides, feet_sign, max(length_px, 1.0))
