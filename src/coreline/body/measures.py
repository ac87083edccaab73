"""What can be measured on one pose: bends, angles, slopes, heights, named points in, degrees out.

What points and kinds of measures there are, and how they are written, is said in `points`.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple

from coreline.body.points import LOWEST, POINTS, SUPPORTED
from coreline.body.pose import Joint, Pose
from coreline.body.side import Side

# The side of a body is named here too, for those who measure.
__all__ = [
    "XY",
    "BodyFrame",
    "Joints",
    "Measure",
    "Places",
    "Reader",
    "Reading",
    "Side",
    "Sides",
    "legs_in",
    "point_xy",
]

_PARTS: dict[str, tuple[Joint, Joint]] = {
    "ear": (Joint.LEFT_EAR, Joint.RIGHT_EAR),
    "shoulder": (Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER),
    "elbow": (Joint.LEFT_ELBOW, Joint.RIGHT_ELBOW),
    "wrist": (Joint.LEFT_WRIST, Joint.RIGHT_WRIST),
    "hip": (Joint.LEFT_HIP, Joint.RIGHT_HIP),
    "knee": (Joint.LEFT_KNEE, Joint.RIGHT_KNEE),
    "ankle": (Joint.LEFT_ANKLE, Joint.RIGHT_ANKLE),
    "heel": (Joint.LEFT_HEEL, Joint.RIGHT_HEEL),
    "toe": (Joint.LEFT_FOOT_INDEX, Joint.RIGHT_FOOT_INDEX),
}
_LEG_PARTS = ("knee", "ankle", "heel", "toe", "foot")
_ONE_SIDE = ("near", "far", "work", "support")  # the other roles are of either leg

Joints = tuple[Joint, ...]
XY = tuple[float, float]
Landmarks = list[list[float]]  # (33, 2) pixels

_ROUNDED_SHARE = 0.01  # of the picture's longer edge: what is as little outside of it is in it

# Of the longer leg's reach: by so much the lower ankle is of the leg stood on. A guess, from one
# clip; nobody has measured it.
_LOWER_SHARE = 0.25

# Of a body between two supports that stand still, how far the trunk leans over the line from one to
# the other where the body is straight, and how far it bends where the trunk leans by a degree less.
# Both follow from the lengths of trunk, thigh and shank. On a bent leg: of 53 known people, on the
# floor and on a ball, the first is 25.4 with an sd of 2.8 besides their own line, the second 2.0
# (1.7 to 2.5). On a straight one a straight body is the line, and a trunk of 0.65 of the leg's
# length makes the second 1.65; of 60 known people it was 1.6 to 1.8.
_LEANS = {"bent_leg_bend": (25.4, 2.0), "straight_leg_bend": (0.0, 1.65)}


class Sides(NamedTuple):
    """Which anatomical side is near the camera, and which one works.

    This and `Measure` are asked for in every frame as keys: tuples are hashed soonest.
    """

    near: Side
    work: Side

    @classmethod
    def same(cls, side: Side) -> "Sides":
        """Return the sides of a body whose near side works too."""
        return cls(side, side)

    def of(self, role: str) -> Side:
        """Return the side that a role (not `mid`) stands for."""
        return _side_of(role, self.near, self.work)

    def joints(self, point: str) -> Joints:
        """Return the landmarks that a point is made from."""
        return _joints_by_point(self)[point]


def _side_of(role: str, near: Side, work: Side) -> Side:
    match role:
        case "near" | "high" | "straight":
            return near
        case "far" | "low" | "bent":
            return near.other
        case "work":
            return work
        case _:
            return work.other


def _joints_of(point: str, near: Side, work: Side) -> Joints:
    """Return the landmarks that a point is made from, by the side that is near and that works."""
    if point == "nose":
        return (Joint.NOSE,)
    role, part = point.split(".")
    pairs = [_PARTS[name] for name in LOWEST.get(part, (part,))]
    if role == "mid":
        return tuple(joint for pair in pairs for joint in pair)
    is_left = _side_of(role, near, work) is Side.LEFT
    return tuple(left if is_left else right for left, right in pairs)


# Looked up for every point of every measure in every frame, so it is worked out beforehand: by
# whether the near side and the working one are the left ones.
_PLACES = {
    (near is Side.LEFT, work is Side.LEFT): {
        point: _joints_of(point, near, work) for point in POINTS
    }
    for near in Side
    for work in Side
}
# Roles that each pose fills anew.
_BY_REACH = frozenset(point for point in POINTS if point.startswith(("straight.", "bent.")))
_BY_POSE = _BY_REACH | {point for point in POINTS if point.startswith(("high.", "low."))}


def _joints_by_point(sides: Sides) -> dict[str, Joints]:
    """Return the landmarks that each point is made from."""
    return _PLACES[sides.near is Side.LEFT, sides.work is Side.LEFT]


@dataclass(frozen=True, slots=True)
class BodyFrame:
    """How the body lies in the picture.

    Attributes:
        sides: near and working side.
        feet_sign: +1 when the feet are toward the right of the picture, -1 toward the left.
        length_px: shoulder-hip-knee-ankle length of the near side.
        supports_deg: how far the line from one support of the body to the other rises, degrees, as
            it did when the position was reached; None where nobody knows.
    """

    sides: Sides
    feet_sign: int
    length_px: float
    supports_deg: float | None = None


Reading = Callable[[list[XY], BodyFrame, Pose], float]


def _by_height(xy_px: Landmarks, point: str) -> Sides:
    """Return the sides as they are for *high* and *low*: the higher limb is the near one.

    The parts of a foot go with their ankle; of an arm it is the lower end that tells.
    """
    part = point.split(".")[1]
    if part == "arm":
        return Sides.same(min(Side, key=lambda side: _arm_px(xy_px, side)))
    left, right = _PARTS[part if part in ("hip", "knee") else "ankle"]
    higher = Side.LEFT if xy_px[left][1] <= xy_px[right][1] else Side.RIGHT
    return Sides.same(higher)


def _arm_px(xy_px: Landmarks, side: Side) -> float:
    """Return how far down in the picture the lower end of an arm is."""
    return max(xy_px[joint][1] for joint in Sides.same(side).joints("near.arm"))


def _by_reach(xy_px: Landmarks) -> Sides:
    """Return the sides for *straight* and *bent*: the straighter leg is the near one.

    Nothing lies below the foot that bears the body: where an ankle is plainly the lower one, its
    leg is the bent one, however short a half hidden leg looks.
    """
    (left_x, left_y), (right_x, right_y) = xy_px[Joint.LEFT_ANKLE], xy_px[Joint.RIGHT_ANKLE]
    (one_x, one_y), (other_x, other_y) = xy_px[Joint.LEFT_HIP], xy_px[Joint.RIGHT_HIP]
    hips_x, hips_y = (one_x + other_x) / 2.0, (one_y + other_y) / 2.0
    left_y, right_y = left_y - hips_y, right_y - hips_y
    left_px, right_px = math.hypot(left_x - hips_x, left_y), math.hypot(right_x - hips_x, right_y)
    lower_px = left_y - right_y
    if abs(lower_px) > _LOWER_SHARE * max(left_px, right_px):
        straighter = Side.RIGHT if lower_px > 0 else Side.LEFT
    else:
        straighter = Side.LEFT if left_px >= right_px else Side.RIGHT
    return Sides.same(straighter)


def point_xy(pose: Pose, point: str, sides: Sides) -> XY:
    """Return a point's pixel position."""
    return Places(pose, sides).of(point)


def legs_in(point: str, sides: Sides) -> frozenset[Side]:
    """Return the sides whose leg a point may be of; none of a point above the hips."""
    role, _, part = point.partition(".")
    if part not in _LEG_PARTS:
        return frozenset()
    return frozenset({sides.of(role)}) if role in _ONE_SIDE else frozenset(Side)


def _bend(points: list[XY], _scene: BodyFrame, _pose: Pose) -> float:
    """Return 180° minus the angle at the middle point, signed, + = it is on the floor side.

    The sign is that of the middle point's offset from the line through the outer two, along the
    line's normal that points down in the picture.
    """
    (ax, ay), (bx, by), (cx, cy) = points
    bend = 180.0 - _angle(points, _scene, _pose)
    along_x, along_y = cx - ax, cy - ay
    offset = (bx - ax) * -along_y + (by - ay) * along_x
    return bend if (offset >= 0) == (along_x >= 0) else -bend


def _angle(points: list[XY], _scene: BodyFrame, _pose: Pose) -> float:
    """Return the angle at the middle point, 0 to 180 degrees."""
    (ax, ay), (bx, by), (cx, cy) = points
    first = math.atan2(ay - by, ax - bx)
    second = math.atan2(cy - by, cx - bx)
    return 180.0 - abs(abs(math.degrees(first - second)) % 360.0 - 180.0)


def _slope(points: list[XY], scene: BodyFrame, _pose: Pose) -> float:
    """Return how far the first-to-second direction rises, degrees; 0 = level, toward the feet."""
    (ax, ay), (bx, by) = points
    return math.degrees(math.atan2(ay - by, (bx - ax) * scene.feet_sign))


def _fall(points: list[XY], scene: BodyFrame, pose: Pose) -> float:
    """Return how far the first-to-second direction falls, degrees: the slope with its sign turned.

    Of the back that is how far the shoulders are above the hips.
    """
    return -_slope(points, scene, pose)


def _between(points: list[XY], scene: BodyFrame, pose: Pose) -> float:
    """Return the first pair's slope less the second pair's, wrapped to -180..180 degrees."""
    return _wrapped(_slope(points[:2], scene, pose) - _slope(points[2:], scene, pose))


def _wrapped(turn_deg: float) -> float:
    """Return the same direction between -180 and 180 degrees."""
    return (turn_deg + 180.0) % 360.0 - 180.0


def _height(points: list[XY], scene: BodyFrame, _pose: Pose) -> float:
    """Return how far the first point is above the second, percent of the body's length."""
    return 100.0 * (points[1][1] - points[0][1]) / scene.length_px


def _over(points: list[XY], scene: BodyFrame, _pose: Pose) -> float:
    """Return how far the first point is above the line through the two others.

    Perpendicular to that line, percent of the body's length. From one support of the body to the
    other it tells whether the hips are off the ground, whether a support stands on the floor or on
    a ball.
    """
    (px, py), (ax, ay), (bx, by) = points
    along_x, along_y = bx - ax, by - ay
    below = (py - ay) * along_x - (px - ax) * along_y
    size = math.copysign(math.hypot(along_x, along_y) or 1.0, along_x)
    return -100.0 * below / (size * scene.length_px)


def _supported_bend(kind: str) -> Reading:
    """Return what reads the bend at the hips from the trunk alone: shoulders, hips, foot.

    Both supports stand still, so that the hips sink only as the trunk leans less. The legs, one of
    which hides the other, are not asked.
    """
    straight_deg, bends_per_deg = _LEANS[kind]

    def reading(points: list[XY], scene: BodyFrame, pose: Pose) -> float:
        shoulders, hips, foot = points
        supports_deg = scene.supports_deg
        if supports_deg is None:
            supports_deg = _slope([shoulders, foot], scene, pose)
        leans_deg = _wrapped(_slope([shoulders, hips], scene, pose) - supports_deg)
        return bends_per_deg * (straight_deg - leans_deg)

    return reading


def _along(points: list[XY], scene: BodyFrame, _pose: Pose) -> float:
    """Return how far the first point is feetward of the second, percent of the body's length."""
    return 100.0 * scene.feet_sign * (points[0][0] - points[1][0]) / scene.length_px


def _distance(points: list[XY], scene: BodyFrame, _pose: Pose) -> float:
    """Return the distance of two points, percent of the body's length."""
    (ax, ay), (bx, by) = points
    return 100.0 * math.hypot(bx - ax, by - ay) / scene.length_px


def _roll_parts(scene: BodyFrame, pose: Pose) -> XY:
    """Return cosine and sine of the roll angle.

    From the model's metric landmarks, since only they have a depth in the unit of the height:
    0 = belly down, 90 = chest to the camera, 180 = belly up. Shoulders and hips are taken together.
    """
    world = pose.world_m
    across = world[Joint.LEFT_SHOULDER] - world[Joint.RIGHT_SHOULDER]
    across = across + world[Joint.LEFT_HIP] - world[Joint.RIGHT_HIP]
    up_m, toward_m = -float(across[1]), -float(across[2])
    size_m = math.hypot(up_m, toward_m) or 1.0
    return scene.feet_sign * toward_m / size_m, scene.feet_sign * up_m / size_m


def _roll_cos(_points: list[XY], scene: BodyFrame, pose: Pose) -> float:
    """Return the cosine of the roll angle."""
    return _roll_parts(scene, pose)[0]


def _roll_sin(_points: list[XY], scene: BodyFrame, pose: Pose) -> float:
    """Return the sine of the roll angle."""
    return _roll_parts(scene, pose)[1]


_KINDS: dict[str, Reading] = {
    "bend": _bend,
    "angle": _angle,
    "slope": _slope,
    "fall": _fall,
    "between": _between,
    "height": _height,
    "over": _over,
    **{kind: _supported_bend(kind) for kind in SUPPORTED},
    "along": _along,
    "distance": _distance,
    "roll_cos": _roll_cos,
    "roll_sin": _roll_sin,
}


class Measure(NamedTuple):
    """One thing to measure: a kind and its points."""

    kind: str
    points: tuple[str, ...]

    def of(self, pose: Pose, scene: BodyFrame) -> float:
        """Return the reading: degrees, or percent of the body's length for places."""
        return Reader(Places(pose, scene.sides), scene).read(self)


@dataclass(slots=True, eq=False)
class Places:
    """Where the points of one pose are; what was looked for before is not looked for anew.

    Attributes:
        pose: The pose.
        sides: Its near and its working side.
        xy_px: (33, 2) and `visibility` (33,) as the pose has them. In lists: of a few numbers here
            and there, an array takes longer to hand out each than all that is done with it.
    """

    pose: Pose
    sides: Sides
    xy_px: Landmarks = field(init=False)
    visibility: list[float] = field(init=False)
    _by_point: dict[str, Joints] = field(init=False)
    _found: dict[str, XY] = field(default_factory=dict, init=False)
    _shown: dict[str, float] = field(default_factory=dict, init=False)
    _reach: Sides | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        """Take the numbers out of the arrays."""
        self.xy_px, self.visibility = self.pose.xy_px.tolist(), self.pose.visibility.tolist()
        self._by_point = _joints_by_point(self.sides)

    def of(self, point: str) -> XY:
        """Return a point's pixel position."""
        if (place := self._found.get(point)) is None:
            place = self._found[point] = self._place(point)
        return place

    def visibility_of(self, point: str) -> float:
        """Return the least visibility of the landmarks that a point is made from, 0 to 1."""
        return min(self.visibility[joint] for joint in self._joints(point))

    def shown_of(self, point: str) -> float:
        """Return how visible a point is inside the picture, 0 to 1, and -1 of one outside.

        Of a point halfway between left and right the one that is seen better tells, of the lowest
        of several the first. Roles that a pose fills anew are taken as the sides have them.
        """
        if (shown := self._shown.get(point)) is None:
            joints = self._by_point[point]
            either = joints if point.startswith("mid.") else joints[:1]
            within = [self.visibility[joint] for joint in either if self._is_inside(joint)]
            shown = self._shown[point] = max(within, default=-1.0)
        return shown

    def _is_inside(self, joint: Joint) -> bool:
        """Say whether a landmark lies in the picture; a little outside is rounding."""
        width, height = self.pose.size_px
        x_px, y_px = self.xy_px[joint]
        slack_px = _ROUNDED_SHARE * max(width, height)
        return -slack_px <= x_px <= width + slack_px and -slack_px <= y_px <= height + slack_px

    def _place(self, point: str) -> XY:
        joints = self._joints(point)
        if len(joints) == 1:
            x_px, y_px = self.xy_px[joints[0]]
            return x_px, y_px
        places = [self.xy_px[joint] for joint in joints]
        if point.startswith("mid."):
            many = len(places)
            xs_px, ys_px = zip(*places, strict=True)
            return sum(xs_px) / many, sum(ys_px) / many
        x_px, y_px = max(places, key=itemgetter(1))
        return x_px, y_px

    def _joints(self, point: str) -> Joints:
        """Return the landmarks that a point is made from in this pose."""
        if point not in _BY_POSE:
            return self._by_point[point]
        if point not in _BY_REACH:
            return _by_height(self.xy_px, point).joints(point)
        if self._reach is None:
            self._reach = _by_reach(self.xy_px)
        return self._reach.joints(point)


@dataclass(slots=True, eq=False)
class Reader:
    """Read measures on one pose; what was read before is not read anew."""

    places: Places
    scene: BodyFrame
    _read: dict[Measure, float] = field(default_factory=dict, init=False)

    def read(self, measure: Measure) -> float:
        """Return the reading: degrees, or percent of the body's length for places."""
        if (value := self._read.get(measure)) is None:
            points = list(map(self.places.of, measure.points))
            value = _KINDS[measure.kind](points, self.scene, self.places.pose)
            self._read[measure] = value
        return value
