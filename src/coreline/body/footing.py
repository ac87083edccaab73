"""Whether a foot is on the ground, of somebody whom one foot bears.

Where the near leg hides the far one, which is up, the model takes the ankles for each other's or
for something halfway between, and does so anew in every few pictures. But whoever lies on the
shoulders and one foot has that foot where it stands: a picture in which neither foot is there is
misread, whatever its visibility says. It is another matter where the near leg is up: the foot
behind it is read too high, but alike every time, and the leg that is up is seen well.
"""

from collections import Counter, deque
from dataclasses import dataclass, field

import numpy as np

from coreline.body.measures import BodyFrame, Side
from coreline.body.pose import Joint, Pose

# Guesses: long enough that a few pictures in it are read right, short enough to follow a body that
# slides.
_WINDOW_S = 5.0
_GROUND_PERCENT = 90.0  # of the lower foot's places: what is lower are stray landmarks
_STARTS_S = 1.0  # what was seen before the position tells where the ground is only for so long
# A leg is up whose ankle is that much above the other, percent of the body's length, and no nearer
# to the hips: of two feet on the ground the far one reads up to 6 % higher, seen aslant from above.
_UP = 9.0
# Of the pictures with a leg up, those in which it is the far one: of known people whose near leg is
# up 0.03 at most, of 15 others 0.44 and more, where both legs are taken for each other.
_FAR_SHARE = 0.3
_LEAST = 3  # pictures that tell
_LEFT, _RIGHT = [Joint.LEFT_HIP, Joint.LEFT_ANKLE], [Joint.RIGHT_HIP, Joint.RIGHT_ANKLE]


@dataclass(slots=True)
class Footing:
    """Follow where the feet are, picture by picture."""

    _lower: deque[tuple[float, float]] = field(default_factory=deque, init=False)
    _higher: Counter[Side] = field(default_factory=Counter, init=False)

    def step(self, pose: Pose, scene: BodyFrame) -> float:
        """Take in a pose; return how far its lower foot is up, percent of the body's length.

        While the far leg is not known to be up, that is 0: nothing is to be concluded.
        """
        lower_px = float(pose.xy_px[[Joint.LEFT_ANKLE, Joint.RIGHT_ANKLE], 1].max())
        self._lower.append((pose.t_s, lower_px))
        self._forget(pose.t_s - _WINDOW_S)
        self._higher.update(_raised(pose, _UP / 100.0 * scene.length_px))
        if not self._far_is_up(scene.sides.near.other):
            return 0.0
        ground_px = float(np.percentile([y_px for _, y_px in self._lower], _GROUND_PERCENT))
        return 100.0 * (ground_px - lower_px) / scene.length_px

    def start(self) -> None:
        """Begin with the position, of which only the last moments have been seen."""
        self._higher.clear()
        if self._lower:
            self._forget(self._lower[-1][0] - _STARTS_S)

    def _far_is_up(self, far: Side) -> bool:
        told = self._higher.total()
        return told >= _LEAST and self._higher[far] >= _FAR_SHARE * told

    def _forget(self, before_s: float) -> None:
        while self._lower and self._lower[0][0] < before_s:
            self._lower.popleft()


def _raised(pose: Pose, least_px: float) -> list[Side]:
    """Return the leg that is up, if one plainly is."""
    (left_px, right_px) = (_reach_px(pose, leg) for leg in (_LEFT, _RIGHT))
    up_px = float(pose.xy_px[Joint.RIGHT_ANKLE, 1] - pose.xy_px[Joint.LEFT_ANKLE, 1])
    if up_px > least_px and left_px >= right_px:
        return [Side.LEFT]
    return [Side.RIGHT] if -up_px > least_px and right_px >= left_px else []


def _reach_px(pose: Pose, leg: list[Joint]) -> float:
    """Return how far an ankle is from its hip."""
    hip, ankle = pose.xy_px[leg]
    return float(np.hypot(*(ankle - hip)))
