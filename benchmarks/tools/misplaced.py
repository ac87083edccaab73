"""Good views made bad: the same poses as a camera or a body placed wrongly would give them.

A landmark trace is moved, scaled, turned or mirrored in its picture as the picture itself would be;
what a model would then make of such a picture is not asked.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np

from coreline.body.pose import Array, Pose
from coreline.placement.sight import OUTLINE

Timed = tuple[float, Pose | None]
Alter = Callable[[Pose], Pose]

_HIDDEN = 0.05
_LEGS = np.arange(25, 33)
_FOREARMS = np.arange(13, 17)
# Left and right of the 33 landmarks: the eyes in threes, then pair by pair.
_PAIRS = [number + 1 if number % 2 else number - 1 for number in range(11, 33)]
_OTHER = np.array([0, 4, 5, 6, 1, 2, 3, 8, 7, 10, 9, *_PAIRS])


def altered(frames: Iterable[Timed], alter: Alter) -> list[Timed]:
    """Return the frames with every pose altered."""
    return [(t_s, None if pose is None else alter(pose)) for t_s, pose in frames]


def nobody(frames: Iterable[Timed]) -> list[Timed]:
    """Return the frames as of an empty room."""
    return [(t_s, None) for t_s, _ in frames]


def reach(frames: Iterable[Timed]) -> tuple[float, float, float, float]:
    """Return how far the body reaches in every one of the frames: left, top, right, bottom."""
    outlines = np.array([pose.xy_px[OUTLINE] for _, pose in frames if pose is not None])
    (left, top), (right, bottom) = (
        outlines.min(axis=1).max(axis=0),
        outlines.max(axis=1).min(axis=0),
    )
    return float(left), float(top), float(right), float(bottom)


def shifted(right_px: float, down_px: float) -> Alter:
    """Move the body in the picture."""
    return lambda pose: replace(pose, xy_px=pose.xy_px + np.array([right_px, down_px]))


def scaled(factor: float) -> Alter:
    """Bring the camera nearer or take it away, aimed at the body's middle as before."""

    def alter(pose: Pose) -> Pose:
        middle = np.array(pose.size_px) / 2.0
        xy_px = middle + (pose.xy_px - middle) * factor
        return replace(pose, xy_px=xy_px, depth_px=pose.depth_px * factor)

    return alter


def turned(degrees: float) -> Alter:
    """Turn the picture clockwise about its middle, as of a camera that leans the other way."""
    cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    turning = np.array([[cosine, sine], [-sine, cosine]])

    def alter(pose: Pose) -> Pose:
        middle = np.array(pose.size_px) / 2.0
        world_m = pose.world_m.copy()
        world_m[:, :2] = world_m[:, :2] @ turning
        return replace(pose, xy_px=middle + (pose.xy_px - middle) @ turning, world_m=world_m)

    return alter


def mirrored(pose: Pose) -> Pose:
    """Return the pose of somebody who lies the other way round: left is right."""
    flip = np.array([-1.0, 1.0])
    world_m = pose.world_m * np.array([-1.0, 1.0, 1.0])
    xy_px = pose.xy_px * flip + np.array([pose.size_px[0], 0.0])
    return replace(
        pose,
        xy_px=xy_px[_OTHER],
        depth_px=pose.depth_px[_OTHER],
        visibility=pose.visibility[_OTHER],
        world_m=world_m[_OTHER],
    )


def askew(degrees: float) -> Alter:
    """Turn the body in the model's own metres about the upright axis; the picture stays."""
    cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    turning = np.array([[cosine, 0.0, -sine], [0.0, 1.0, 0.0], [sine, 0.0, cosine]])
    return lambda pose: replace(pose, world_m=pose.world_m @ turning)


def legs_covered(pose: Pose) -> Pose:
    """Return the pose with legs that are hidden, as under a blanket."""
    visibility: Array = pose.visibility.copy()
    visibility[_LEGS] = _HIDDEN
    return replace(pose, visibility=visibility)


def sat_up(pose: Pose) -> Pose:
    """Return the pose of somebody who sits: trunk, head and arms upright over the hips."""
    hips = pose.xy_px[23:25].mean(axis=0)
    trunk = pose.xy_px[11:13].mean(axis=0) - hips
    turn = math.atan2(-trunk[0], -trunk[1])  # that brings the trunk to stand straight up
    cosine, sine = math.cos(turn), math.sin(turn)
    turning = np.array([[cosine, sine], [-sine, cosine]])
    xy_px = pose.xy_px.copy()
    xy_px[:23] = hips + (xy_px[:23] - hips) @ turning
    return replace(pose, xy_px=xy_px)


def with_hand_up(pose: Pose) -> Pose:
    """Return the pose with the better seen arm straight up."""
    side = 0 if pose.visibility[11] >= pose.visibility[12] else 1
    shoulder, elbow, wrist = (joint + side for joint in (11, 13, 15))
    trunk = float(np.hypot(*np.diff(pose.xy_px[[11 + side, 23 + side]], axis=0)[0]))
    xy_px, visibility = pose.xy_px.copy(), pose.visibility.copy()
    xy_px[elbow] = xy_px[shoulder] - np.array([0.0, 0.6 * trunk])
    xy_px[wrist] = xy_px[shoulder] - np.array([0.0, 1.15 * trunk])
    visibility[[elbow, wrist]] = 0.9
    return replace(pose, xy_px=xy_px, visibility=visibility)


def hand_hidden_outside(pose: Pose) -> Pose:
    """Return the pose with arms that are not seen where they are out of the picture."""
    visibility = pose.visibility.copy()
    outside = np.any((pose.xy_px < 0.0) | (pose.xy_px > pose.size_px), axis=1)
    visibility[_FOREARMS] = np.where(outside[_FOREARMS], _HIDDEN, visibility[_FOREARMS])
    return replace(pose, visibility=visibility)
