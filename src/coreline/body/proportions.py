"""Whether a leg is as long as it is, of somebody who lies side-on: bones do not shrink.

Where the pose model loses a leg, over a ball, behind the other or in a poor picture, it folds it up
between the hips and whatever else looks like a foot, and is as sure of it as ever: the visibility
does not tell. But all exercises move the legs in the plane of the picture, in which thigh and shank
together are as long as they were. A leg that plainly is not was not seen.
"""

from collections import deque
from dataclasses import dataclass, field

import numpy as np

from coreline.body.lasting import SAMPLE_S
from coreline.body.measures import Side
from coreline.body.once import Once
from coreline.body.pose import Joint, Pose

# Of its own length, below which a leg was not seen. Of known people in position whose leg was read
# within 15 degrees 0.93 and more (95 of 100 pictures), of those read farther off 0.2 to 0.75; a leg
# that looks so short lies 41 degrees out of the picture.
_LEAST_SHARE = 0.75
# Of the trunk, for legs that were misread from the beginning: no grown leg is so short. Known
# people whose leg was read right had 0.9 of it and more, those who hold it up far from the lens
# 1.1.
_LEAST_OF_TRUNK = 0.85
_WINDOW_S = 10.0  # a guess: its length is looked for over so long, in which the body hardly moves
_STARTS_S = 0.3  # of what was before the position only so much tells: that is how long it was held
_LONG_SHARE = 0.75  # the longest are jitter, the shorter ones misread
_LEGS = {
    Side.LEFT: [Joint.LEFT_HIP, Joint.LEFT_KNEE, Joint.LEFT_ANKLE],
    Side.RIGHT: [Joint.RIGHT_HIP, Joint.RIGHT_KNEE, Joint.RIGHT_ANKLE],
}


@dataclass(frozen=True, slots=True)
class _Lengths:
    """How long the parts look in one picture."""

    t_s: float
    legs_px: dict[Side, float]
    trunk_px: float


@dataclass(slots=True)
class Proportions:
    """Follow how long both legs look, picture by picture."""

    _past: deque[_Lengths] = field(default_factory=deque, init=False)
    _least_px: dict[Side, float] = field(default_factory=dict, init=False)  # of those in the past

    def step(self, pose: Pose, once: Once | None = None) -> frozenset[Side]:
        """Take in a pose; return the sides whose leg is too short to have been seen."""
        now = (once or Once()).of(_lengths, pose)
        if not self._past or pose.t_s - self._past[-1].t_s >= SAMPLE_S:
            self._past.append(now)
            self._forget(pose.t_s - _WINDOW_S)
        least_px = self._least_px
        return frozenset(side for side, leg_px in now.legs_px.items() if leg_px < least_px[side])

    def start(self) -> None:
        """Begin with the position, of which only the last moments have been seen."""
        if self._past:
            self._forget(self._past[-1].t_s - _STARTS_S)

    def _forget(self, before_s: float) -> None:
        """Leave out what is older, and tell from the rest what a leg is no shorter than."""
        while self._past[0].t_s < before_s:
            self._past.popleft()
        of_trunk_px = _LEAST_OF_TRUNK * _usual([each.trunk_px for each in self._past])
        for side in Side:
            own_px = _usual([each.legs_px[side] for each in self._past])
            self._least_px[side] = max(of_trunk_px, _LEAST_SHARE * own_px)


def _usual(lengths_px: list[float]) -> float:
    """Return what is long without being jitter."""
    return sorted(lengths_px)[int(_LONG_SHARE * (len(lengths_px) - 1))]


def _lengths(pose: Pose) -> _Lengths:
    legs_px = {side: _length_px(pose, leg) for side, leg in _LEGS.items()}
    shoulders = pose.xy_px[Joint.LEFT_SHOULDER] + pose.xy_px[Joint.RIGHT_SHOULDER]
    hips = pose.xy_px[Joint.LEFT_HIP] + pose.xy_px[Joint.RIGHT_HIP]
    return _Lengths(pose.t_s, legs_px, float(np.hypot(*(shoulders - hips))) / 2.0)


def _length_px(pose: Pose, leg: list[Joint]) -> float:
    """Return how long thigh and shank look together."""
    places = pose.xy_px[leg]
    steps = places[1:] - places[:-1]
    return float(np.hypot(steps[:, 0], steps[:, 1]).sum())
