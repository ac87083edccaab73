"""Poses of which a pose model has mixed up left and right."""

import numpy as np

from coreline.body.pose import LANDMARKS, Pose, reordered

# Landmarks of the left side; of face, the right ones lie three on, of all else one.
ARMS = (1, 2, 3, 7, 9, 11, 13, 15, 17, 19, 21)
HIPS = (23,)
LEGS = (25, 27, 29, 31)
WHOLE = (*ARMS, *HIPS, *LEGS)


def other_way_round(pose: Pose, lefts: tuple[int, ...] = WHOLE) -> Pose:
    """Return the pose with left and right called the other way round, or only of some landmarks."""
    order = np.arange(LANDMARKS)
    for left in lefts:
        right = left + (3 if left <= 3 else 1)
        order[[left, right]] = right, left
    return reordered(pose, order)
