"""A pose: 33 landmarks of one person at one moment, checked once at the door."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

LANDMARKS = 33  # as many as the pose model finds, see `Joint`
Array = NDArray[np.float64]


class Joint(IntEnum):
    """Landmark numbers of the 33-point BlazePose topology."""

    NOSE = 0
    LEFT_EYE_INNER = 1
    LEFT_EYE = 2
    LEFT_EYE_OUTER = 3
    RIGHT_EYE_INNER = 4
    RIGHT_EYE = 5
    RIGHT_EYE_OUTER = 6
    LEFT_EAR = 7
    RIGHT_EAR = 8
    MOUTH_LEFT = 9
    MOUTH_RIGHT = 10
    LEFT_SHOULDER = 11
    RIGHT_SHOULDER = 12
    LEFT_ELBOW = 13
    RIGHT_ELBOW = 14
    LEFT_WRIST = 15
    RIGHT_WRIST = 16
    LEFT_PINKY = 17
    RIGHT_PINKY = 18
    LEFT_INDEX = 19
    RIGHT_INDEX = 20
    LEFT_THUMB = 21
    RIGHT_THUMB = 22
    LEFT_HIP = 23
    RIGHT_HIP = 24
    LEFT_KNEE = 25
    RIGHT_KNEE = 26
    LEFT_ANKLE = 27
    RIGHT_ANKLE = 28
    LEFT_HEEL = 29
    RIGHT_HEEL = 30
    LEFT_FOOT_INDEX = 31
    RIGHT_FOOT_INDEX = 32


@dataclass(frozen=True, slots=True, eq=False)
class Pose:
    """One person's landmarks.

    Attributes:
        t_s: Time of the frame, seconds on one monotonic clock.
        xy_px: (33, 2) pixels, origin top left, y down. Never 0..1: the aspect ratio matters.
        depth_px: (33,) pixels, smaller is nearer to the camera, relative to the hips.
        visibility: (33,) in 0..1, 1 = in the frame and not hidden.
        world_m: (33, 3) metres around the hips, as the model estimates them.
        size_px: Width and height of the picture.
        blurred: The picture was blurred, so that no more than a count is to be had of it.
    """

    t_s: float
    xy_px: Array
    depth_px: Array
    visibility: Array
    world_m: Array
    size_px: tuple[int, int]
    blurred: bool = False

    def __post_init__(self) -> None:
        """Raise ValueError when a shape is not what the attributes promise."""
        expected = {
            "xy_px": (LANDMARKS, 2),
            "depth_px": (LANDMARKS,),
            "visibility": (LANDMARKS,),
            "world_m": (LANDMARKS, 3),
        }
        for name, shape in expected.items():
            actual = getattr(self, name).shape
            if actual != shape:
                raise ValueError(f"{name} has shape {actual}, expected {shape}")
        if not np.isfinite(self.xy_px).all():
            raise ValueError("xy_px holds a number that is not finite")


def turned_over(pose: Pose) -> Pose:
    """Return the pose as a camera that stands on its head would have seen it."""
    world_m = pose.world_m * np.array([-1.0, -1.0, 1.0])
    return replace(pose, xy_px=np.array(pose.size_px) - pose.xy_px, world_m=world_m)


def reordered(pose: Pose, order: Sequence[int] | NDArray[np.intp]) -> Pose:
    """Return the pose with its landmarks in another order: the i-th is the one at `order[i]`."""
    return replace(
        pose,
        xy_px=pose.xy_px[order],
        depth_px=pose.depth_px[order],
        visibility=pose.visibility[order],
        world_m=pose.world_m[order],
    )
