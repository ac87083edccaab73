"""Left and right of somebody who lies on their side, by what is up.

Lying so, one side of the body is above the other, and which one does not change. Over a ball above
all, the pose model takes a chest for a back now and then: shoulders and arms change their names,
while a leg that is raised keeps its own. So arms, hips and legs are told apart each by itself: what
is higher is of the upper side.
"""

from typing import Final

import numpy as np

from coreline.body.pose import LANDMARKS, Joint, Pose, reordered
from coreline.body.side import Side

# Landmarks of the left side and, in the same order, of the right one.
_FACE_AND_ARMS: Final = np.array(
    [[1, 2, 3, 7, 9, 11, 13, 15, 17, 19, 21], [4, 5, 6, 8, 10, 12, 14, 16, 18, 20, 22]]
)
_HIPS: Final = np.array([[23], [24]])
_LEGS: Final = np.array([[25, 27, 29, 31], [26, 28, 30, 32]])
# Each part with that by which it is seen to be up: an arm may be anywhere, so its shoulder tells.
_PARTS: Final = (
    (_FACE_AND_ARMS, np.array([[Joint.LEFT_SHOULDER], [Joint.RIGHT_SHOULDER]])),
    (_HIPS, _HIPS),
    (_LEGS, np.array([[Joint.LEFT_KNEE, Joint.LEFT_ANKLE], [Joint.RIGHT_KNEE, Joint.RIGHT_ANKLE]])),
)


def stacked(pose: Pose, upper: Side) -> Pose:
    """Return the pose with left and right exchanged in each part of which the upper is not up."""
    order, y_px = np.arange(LANDMARKS), pose.xy_px[:, 1]
    for part, told in _PARTS:
        left_px, right_px = y_px[told].sum(axis=1).tolist()  # from the top of the picture
        if (left_px > right_px) if upper is Side.LEFT else (right_px > left_px):
            order[part] = part[::-1]
    return pose if (order == np.arange(LANDMARKS)).all() else reordered(pose, order)
