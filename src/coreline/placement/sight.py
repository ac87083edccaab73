"""What one pose tells of how body and camera are placed: plain readings, and their medians."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from itertools import pairwise

import numpy as np

from coreline.body.measures import XY, BodyFrame, Measure, Side, Sides
from coreline.body.pose import Array, Joint, Pose

# The joints that must lie in the picture: no fingers, and of the face nose and ears.
OUTLINE = np.array([0, 7, 8, *range(11, 17), *range(23, 33)])
_CHAIN = np.array([[11, 12], [23, 24], [25, 26], [27, 28]])  # shoulders, hips, knees, ankles
_CHAIN_POINTS = ("mid.shoulder", "mid.hip", "mid.knee", "mid.ankle")
_TRUNK_LEFT = [Joint.LEFT_SHOULDER, Joint.LEFT_HIP]
_TRUNK_RIGHT = [Joint.RIGHT_SHOULDER, Joint.RIGHT_HIP]
_ROLL_COS, _ROLL_SIN = Measure("roll_cos", ()), Measure("roll_sin", ())


class Part(StrEnum):
    """A part of the body that may not be seen."""

    ARMS = "arms"
    LEGS = "legs"
    TRUNK = "trunk"  # with the head


_PARTS = {
    **dict.fromkeys(("arm", "elbow", "wrist"), Part.ARMS),
    **dict.fromkeys(("knee", "ankle", "heel", "toe", "foot"), Part.LEGS),
}


@dataclass(frozen=True, slots=True)
class WorstSeen:
    """By how much the worst seen point is seen better than needed, and what it belongs to."""

    over: float
    part: Part


@dataclass(frozen=True, slots=True)
class Sight:
    """Readings of one pose, or the medians of many.

    Attributes:
        left, right, top, bottom: free room beside the body, as a share of the picture's width or
            height; negative where it sticks out.
        chain_px: length from shoulder over hip and knee to ankle, between the sides.
        low_px: how far down in the picture the body reaches.
        trunk_deg: how steep the trunk is in the picture: 0 lies, 90 stands.
        yaw_deg: how much nearer the body's right end in the picture is, as the model sees it; + is
            a camera that stands to the right of the middle.
        floor_deg: slope of the line that the body rests on, + = lower on the right.
        floor_px: length of that line.
        floor_x_px, floor_y_px: that line's middle in the picture.
        feet_px: how far the feet are to the right of the head.
        left_nearer_m: how much nearer to the camera the left side of the trunk is.
        left_higher_m: how much higher the left side of the trunk is.
        roll_cos, roll_sin: 0 degrees on the belly, 90 chest to the camera, 180 on the back.
    """

    left: float
    right: float
    top: float
    bottom: float
    chain_px: float
    low_px: float
    trunk_deg: float
    yaw_deg: float
    floor_deg: float
    floor_px: float
    floor_x_px: float
    floor_y_px: float
    feet_px: float
    left_nearer_m: float
    left_higher_m: float
    roll_cos: float
    roll_sin: float

    @property
    def feet_sign(self) -> int:
        """Return +1 when the feet are toward the right of the picture, else -1."""
        return 1 if self.feet_px >= 0 else -1

    @property
    def near(self) -> Side:
        """Return the side of the trunk that is nearer to the camera."""
        return Side.LEFT if self.left_nearer_m >= 0 else Side.RIGHT

    @property
    def upper(self) -> Side:
        """Return the side of the trunk that is up."""
        return Side.LEFT if self.left_higher_m >= 0 else Side.RIGHT


@dataclass(frozen=True, slots=True)
class Chain:
    """Length of shoulders-hips-knees-ankles, and how far the trunk is from level, 0 to 90."""

    length_px: float
    trunk_deg: float


def chain_of(pose: Pose) -> Chain:
    """Return the chain of one pose, of the middle between its sides."""
    middle = pose.xy_px[_CHAIN].mean(axis=1)
    steps = middle[1:] - middle[:-1]
    return Chain(
        max(float(np.hypot(steps[:, 0], steps[:, 1]).sum()), 1.0),
        math.degrees(math.atan2(abs(steps[0, 1]), abs(steps[0, 0]))),
    )


def sight_of(pose: Pose) -> Sight:
    """Return what a pose tells."""
    width, height = pose.size_px
    outline = pose.xy_px[OUTLINE]
    low, high = outline.min(axis=0), outline.max(axis=0)
    chain = chain_of(pose)
    floor_deg, floor_px, (floor_x_px, floor_y_px) = _floor(outline)
    nearer_m, higher_m = _left_of_right(pose.world_m)
    feet_px = float(pose.xy_px[23:29, 0].mean() - pose.xy_px[[0, 7, 8, 11, 12], 0].mean())
    # Only the direction of the feet is looked at to tell how the body is rolled.
    scene = BodyFrame(Sides.same(Side.LEFT), 1 if feet_px >= 0 else -1, 1.0)
    return Sight(
        left=float(low[0]) / width,
        right=1.0 - float(high[0]) / width,
        top=float(low[1]) / height,
        bottom=1.0 - float(high[1]) / height,
        chain_px=chain.length_px,
        low_px=float(high[1]),
        trunk_deg=chain.trunk_deg,
        yaw_deg=yaw_deg_of(pose),
        floor_deg=floor_deg,
        floor_px=floor_px,
        floor_x_px=floor_x_px,
        floor_y_px=floor_y_px,
        feet_px=feet_px,
        left_nearer_m=nearer_m,
        left_higher_m=higher_m,
        roll_cos=_ROLL_COS.of(pose, scene),
        roll_sin=_ROLL_SIN.of(pose, scene),
    )


_READINGS = tuple(field.name for field in fields(Sight))


def middle_of(sights: Sequence[Sight]) -> Sight:
    """Return the median of each reading; needs at least one."""
    rows = [[getattr(each, name) for name in _READINGS] for each in sights]
    return Sight(*np.median(rows, axis=0).tolist())


def worst_seen(pose: Pose, needs: Mapping[str, float], side: Side, either: float) -> WorstSeen:
    """Return which of the needed points is seen worst.

    Of shoulders, hips, knees and ankles the better seen side must be so by `either`. For the other
    needs `side` is taken for the near and for the working one: whether it is the correct one is
    another question.
    """
    sides = Sides.same(side)
    over = [
        (min(float(pose.visibility[joint]) for joint in sides.joints(point)) - least, point)
        for point, least in needs.items()
    ]
    chain = pose.visibility[_CHAIN].max(axis=1) - either
    over += [(float(each), point) for each, point in zip(chain, _CHAIN_POINTS, strict=True)]
    least, point = min(over, key=lambda each: each[0])
    return WorstSeen(least, part_of(point))


def part_of(point: str) -> Part:
    """Return which part of the body a point belongs to, such as "near.ankle"."""
    return _PARTS.get(point.partition(".")[2], Part.TRUNK)


def _left_of_right(world_m: Array) -> tuple[float, float]:
    """Return how much nearer, and how much higher, the left of the trunk is than the right."""
    apart_m = world_m[_TRUNK_RIGHT].mean(axis=0) - world_m[_TRUNK_LEFT].mean(axis=0)
    return float(apart_m[2]), float(apart_m[1])


def yaw_deg_of(pose: Pose) -> float:
    """Return the body's direction as seen from above, as the model has it.

    From the shoulders to the hips, or to the ankles where these are farther: of drawn-up legs they
    say nothing.
    """
    chain_px = pose.xy_px[_CHAIN, 0].mean(axis=1)
    end = max((1, 3), key=lambda part: abs(chain_px[part] - chain_px[0]))
    along_m = pose.world_m[_CHAIN[end]].mean(axis=0) - pose.world_m[_CHAIN[0]].mean(axis=0)
    if along_m[0] < 0.0:
        along_m = -along_m
    return math.degrees(math.atan2(-along_m[2], along_m[0]))


def _floor(outline: Array) -> tuple[float, float, XY]:
    """Return slope, length and middle of the longest edge that the body can rest on."""
    rim = _lower_rim(outline)
    edges = list(pairwise(rim)) or [(rim[0], rim[0])]
    (ax, ay), (bx, by) = max(edges, key=lambda edge: edge[1][0] - edge[0][0])
    slope_deg = math.degrees(math.atan2(by - ay, bx - ax)) if bx > ax else 0.0
    return slope_deg, bx - ax, ((ax + bx) / 2.0, (ay + by) / 2.0)


def _lower_rim(points: Array) -> list[XY]:
    """Return the lower convex hull, from left to right."""
    rim: list[XY] = []
    for x, y in sorted(map(tuple, points.tolist()), key=lambda place: (place[0], -place[1])):
        while len(rim) > 1 and _is_above(rim[-2], rim[-1], (x, y)):
            rim.pop()
        rim.append((x, y))
    return rim


def _is_above(first: XY, middle: XY, last: XY) -> bool:
    """Say whether the middle point lies on or above the line through the two others."""
    across = (last[0] - first[0]) * (middle[1] - first[1])
    return across - (last[1] - first[1]) * (middle[0] - first[0]) <= 0.0
