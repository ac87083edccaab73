"""Where the camera stands: from two upright sheets, or from a body on the floor and its height.

Two sheets of the same size stand at the ends of the mat. The nearer one is larger in the picture:
with heights h1 and h2, the camera D away and the sheets L apart,

    sin(yaw) = 2 (D / L) (h1 - h2) / (h1 + h2)

which is exact for a camera without distortion, D being the mean of the two depths. D / L needs the
lens: its field of view, or the distance measured with a tape. Upright edges that lean against each
other give the pitch, and with it the height of the lens; the line through the sheets' feet is the
floor, and what of its slope is not perspective is the camera's roll.
"""

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from coreline.body.pose import Array
from coreline.placement.rules import Rules
from coreline.placement.sight import Sight

_TOP_LEFT, _TOP_RIGHT, _BOTTOM_RIGHT, _BOTTOM_LEFT = range(4)
_MM = 1000.0  # in a metre


class FoundBy(StrEnum):
    """What a camera's place was measured with."""

    SHEETS = "sheets"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class CameraPlace:
    """Where a camera stands, as far as it is known; None where it is not.

    Attributes:
        found_by: what it was measured with.
        size_px: width and height of the picture.
        floor_px: height in the picture, down from the top, of the mat's line on the floor at the
            left and at the right edge.
        scale_px_m: pixels of a metre in the middle of the mat.
        distance_m: from the lens to the middle of the mat, along the way the camera looks.
        yaw_deg: how far the picture is from parallel to the mat; + = the right end is nearer.
        roll_deg: + = the picture is turned clockwise, its level lines fall to the right.
        pitch_deg: + = the camera looks down.
        height_m: of the lens above the floor.
    """

    found_by: FoundBy
    size_px: tuple[int, int]
    floor_px: tuple[float, float]
    scale_px_m: float
    distance_m: float
    yaw_deg: float | None = None
    roll_deg: float | None = None
    pitch_deg: float | None = None
    height_m: float | None = None


def focal_px(width_px: int, hfov_deg: float) -> float:
    """Return the focal length for a field of view."""
    return width_px / 2.0 / math.tan(math.radians(hfov_deg) / 2.0)


def place_from_sheets(
    one: Array,
    other: Array,
    size_px: tuple[int, int],
    rules: Rules,
    *,
    hfov_deg: float | None = None,
    distance_m: float | None = None,
) -> CameraPlace:
    """Return where the camera stands.

    Args:
        one: (4, 2) pixels, the corners of a sheet's marker: top left, top right, bottom right,
            bottom left.
        other: those of the other sheet.
        size_px: width and height of the picture.
        rules: the sheets' measures, and the lens to take where nothing is known of it.
        hfov_deg: the lens, where it is known.
        distance_m: from the lens to the middle of the mat, where it was measured; it tells the
            lens, and goes before `hfov_deg`.

    Raises:
        ValueError: The sheets stand above each other in the picture.
    """
    marker_m = rules.sheets.marker_mm / _MM
    foot_share = rules.sheets.foot_mm / rules.sheets.marker_mm
    turn = _turn(one, other)
    pair = sorted(
        (_sheet(_level(each, turn, size_px), foot_share) for each in (one, other)), key=_x
    )
    left, right = pair
    if right.x_px - left.x_px < (left.height_px + right.height_px) / 2.0:
        raise ValueError("the two sheets are not beside each other")
    focal = focal_px(size_px[0], hfov_deg or rules.lens.hfov_deg)
    if distance_m is not None:
        focal = 2.0 * distance_m / (marker_m / left.height_px + marker_m / right.height_px)
    pose = _solve(left, right, focal, marker_m)
    line = _line(left.foot_px, right.foot_px, turn, size_px)
    return CameraPlace(
        found_by=FoundBy.SHEETS,
        size_px=size_px,
        floor_px=line,
        scale_px_m=focal / pose.distance_m,
        distance_m=pose.distance_m,
        yaw_deg=pose.yaw_deg,
        roll_deg=math.degrees(turn) + pose.roll_deg,
        pitch_deg=pose.pitch_deg,
        height_m=pose.height_m,
    )


def place_from_body(
    sight: Sight,
    size_px: tuple[int, int],
    person_m: float,
    rules: Rules,
    *,
    hfov_deg: float | None = None,
) -> CameraPlace:
    """Return what a body lying on the floor tells of the camera, for a person's height.

    Scale and floor line only: a body says too little of the camera's angles. The floor lies where
    the lowest joints are, a few centimetres high.
    """
    scale_px_m = sight.chain_px / (rules.person.chain_share * person_m)
    focal = focal_px(size_px[0], hfov_deg or rules.lens.hfov_deg)
    fall = math.tan(math.radians(sight.floor_deg))
    at_left_px = sight.floor_y_px - fall * sight.floor_x_px
    return CameraPlace(
        found_by=FoundBy.BODY,
        size_px=size_px,
        floor_px=(at_left_px, at_left_px + fall * size_px[0]),
        scale_px_m=scale_px_m,
        distance_m=focal / scale_px_m,
    )


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One sheet in a picture turned level, from the picture's middle."""

    x_px: float
    height_px: float
    foot_px: tuple[float, float]
    lean: float  # of its upright edges: how far the foot is to the right, by its height


@dataclass(frozen=True, slots=True)
class _Solved:
    """Distance, angles and height of a camera."""

    distance_m: float
    yaw_deg: float
    pitch_deg: float
    roll_deg: float
    height_m: float


def _solve(left: _Sheet, right: _Sheet, focal: float, marker_m: float) -> _Solved:
    """Return the camera for two sheets in a picture that is nearly level."""
    depths_m = [focal * marker_m / each.height_px for each in (left, right)]
    distance_m = sum(depths_m) / 2.0
    across_m = (right.x_px * depths_m[1] - left.x_px * depths_m[0]) / focal
    apart_m = math.hypot(across_m, depths_m[1] - depths_m[0])
    unlike = (right.height_px - left.height_px) / (right.height_px + left.height_px)
    sine = 2.0 * (distance_m / apart_m) * unlike
    # Upright edges run together below a camera that looks down.
    down = -(right.lean - left.lean) * focal / (right.x_px - left.x_px)
    horizon_px = -focal * down
    cosine = math.cos(math.atan(down))
    feet_px = [left.foot_px[1] - horizon_px, right.foot_px[1] - horizon_px]
    height_m = sum(
        foot * depth * cosine / focal for foot, depth in zip(feet_px, depths_m, strict=True)
    ) / len(depths_m)
    fall_px = focal * height_m / cosine * (1.0 / depths_m[1] - 1.0 / depths_m[0])
    rest_px = feet_px[1] - feet_px[0] - fall_px
    return _Solved(
        distance_m=distance_m,
        yaw_deg=math.degrees(math.asin(min(max(sine, -1.0), 1.0))),
        pitch_deg=math.degrees(math.atan(down)),
        roll_deg=math.degrees(math.atan2(rest_px, right.foot_px[0] - left.foot_px[0])),
        height_m=height_m,
    )


def _turn(*sheets: Array) -> float:
    """Return by how much the sheets' upright edges are turned clockwise, radians."""
    down = np.sum([_down(corners) for corners in sheets], axis=0)
    return -math.atan2(float(down[0]), float(down[1]))


def _down(corners: Array) -> Array:
    """Return the way from the middle of a marker's upper edge to that of its lower one."""
    return np.asarray(_edges(corners).mean(axis=0))


def _edges(corners: Array) -> Array:
    """Return the left and the right edge of a marker, from the top down."""
    return corners[[_BOTTOM_LEFT, _BOTTOM_RIGHT]] - corners[[_TOP_LEFT, _TOP_RIGHT]]


def _level(corners: Array, turn: float, size_px: tuple[int, int]) -> Array:
    """Return corners from the picture's middle, turned back so that upright is upright."""
    cosine, sine = math.cos(turn), math.sin(turn)
    turning = np.array([[cosine, -sine], [sine, cosine]])
    return np.asarray((corners - np.array(size_px) / 2.0) @ turning)


def _sheet(corners: Array, foot_share: float) -> _Sheet:
    """Return a sheet from its corners."""
    edges, down = _edges(corners), _down(corners)
    base = corners[[_BOTTOM_LEFT, _BOTTOM_RIGHT]].mean(axis=0)
    foot = base + down * foot_share
    return _Sheet(
        x_px=float(corners[:, 0].mean()),
        height_px=float(np.hypot(edges[:, 0], edges[:, 1]).mean()),
        foot_px=(float(foot[0]), float(foot[1])),
        lean=float(down[0] / down[1]),
    )


def _x(sheet: _Sheet) -> float:
    return sheet.x_px


def _line(
    left: tuple[float, float], right: tuple[float, float], turn: float, size_px: tuple[int, int]
) -> tuple[float, float]:
    """Return where a line through two points of the level picture meets the picture's edges."""
    cosine, sine = math.cos(turn), math.sin(turn)
    back = np.array([[cosine, sine], [-sine, cosine]])
    (ax, ay), (bx, by) = np.array([left, right]) @ back + np.array(size_px) / 2.0
    fall = (by - ay) / (bx - ax)
    return float(ay - fall * ax), float(ay + fall * (size_px[0] - ax))
