"""Whether forearm and foot are where they were put, of somebody on their side.

The pose model is unsure of one who lies so over a ball: now and then it takes the chest for a back,
changes the names of arms or legs, or puts each of them somewhere between the two. But what bears
the body stays where it is: a picture in which the lower elbow or the lower foot is elsewhere is
misread, whatever its visibility says. The middle of the shoulders is the same whichever is which:
where that moves as well, somebody gets up.
"""

from collections import deque
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from coreline.body.measures import BodyFrame
from coreline.body.pose import Pose

BEARING: Final = ("support.elbow", "support.ankle")
# Percent of the body's length by which they may seem to be elsewhere: 41 of 48 known people on
# their side are read within it all of the time.
_AWAY = 12.0
_RISEN = 6.0  # so much, of the middle of the shoulders, and somebody moves: a guess
_WINDOW_S = 3.0  # a guess: most pictures in it are read right, and a ball that rolls is followed
_STARTS_S = 1.0  # what was seen before the position tells where they are only for so long


@dataclass(slots=True)
class Planted:
    """Follow where the elbow and the foot are that bear the body, picture by picture."""

    _past: deque[tuple[float, list[list[float]]]] = field(default_factory=deque, init=False)

    def step(self, pose: Pose, scene: BodyFrame) -> str | None:
        """Take in a pose; return which of the two is not in its place, if one is not."""
        joints = [scene.sides.joints(point) for point in (*BEARING, "mid.shoulder")]
        places_px = np.array([pose.xy_px[list(each)].mean(axis=0) for each in joints])
        self._past.append((pose.t_s, places_px.tolist()))
        self._forget(pose.t_s - _WINDOW_S)
        usual_px = np.median([each for _, each in self._past], axis=0)
        *steps, risen = (np.hypot(*(places_px - usual_px).T) * 100.0 / scene.length_px).tolist()
        if risen > _RISEN or max(steps) <= _AWAY:
            return None
        return BEARING[steps.index(max(steps))]

    def start(self) -> None:
        """Begin with the position, of which only the last moments have been seen."""
        if self._past:
            self._forget(self._past[-1][0] - _STARTS_S)

    def _forget(self, before_s: float) -> None:
        while self._past and self._past[0][0] < before_s:
            self._past.popleft()
