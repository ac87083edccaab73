"""What MediaPipe hands back, as poses. It comes without types, so Any ends here."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from coreline.body.pose import Pose
from coreline.vision.turning import directions_back, points_back

Array = NDArray[np.float64]


def rows_of(result: Any) -> list[Array]:
    """Return (33, 7) for each person, best first.

    Columns: x, y, z as shares of the width and height (z: width), visibility, x, y, z in metres.
    """
    return [
        np.array(
            [
                (p.x, p.y, p.z, p.visibility, w.x, w.y, w.z)
                for p, w in zip(in_picture, in_world, strict=True)
            ]
        )
        for in_picture, in_world in zip(
            result.pose_landmarks, result.pose_world_landmarks, strict=True
        )
    ]


def pose_of(t_s: float, seen: Array, turn_deg: int, size_px: tuple[int, int]) -> Pose | None:
    """Return the pose for rows that were seen in a turned picture; None where they are no numbers.

    Args:
        t_s: Time of the frame, seconds.
        seen: (33, 7) as `rows_of` gives it.
        turn_deg: How far the picture was turned.
        size_px: Width and height of the frame before turning.
    """
    if not np.isfinite(seen).all():
        return None
    width, height = size_px if turn_deg == 0 else size_px[::-1]
    xyz_px = seen[:, :3] * (width, height, width)
    return Pose(
        t_s=t_s,
        xy_px=points_back(xyz_px[:, :2], turn_deg, size_px),
        depth_px=xyz_px[:, 2],
        visibility=seen[:, 3].clip(0.0, 1.0),
        world_m=directions_back(seen[:, 4:], turn_deg),
        size_px=size_px,
    )
