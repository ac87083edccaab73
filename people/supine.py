"""Postures on the back. The person's right side is near the camera.

All scripted bends lie in the plane of motion (X, Y); angles in degrees, lengths in metres.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from directions import Array, X, Y, Z, cross, norm, orient, polar, slope, turned, two_bone
from human import Human, Pose
from settling import (
    BALL_GIVE_M,
    FOREARMS,
    SHOULDERS,
    SOFT_M,
    SPINE,
    TRUNK,
    OnBall,
    Support,
    flexed,
    hips,
    settle,
    supported_line,
    trunk,
)
from ways import Options, Working

LEFT: Final = -Z
BRIDGE_X: Final = -0.45
REVERSE_X: Final = -0.45
LYING_X: Final = 0.05
BRIDGE_HEEL_M: Final = 0.95
LYING_HEEL_M: Final = 0.50
FLAT_FOOT: Final = np.array([0.96, -0.40, 0])
FACE_UP: Final = np.array([-1, 0.12, 0])
# Slope of a foot against its calf, toes pulled up.
FOOT_DEG: Final = 66.0
SOLE_M: Final = 0.008
HAND_M: Final = 0.035
LYING_M: Final = 0.11
# On the ball the head lies in line, or the hips no higher than the knees.
SINES_OF_SEAT: Final = (0.08, 0.6)


def bridge(human: Human, lift_deg: float, leg: Working, o: Options) -> Pose:
    """Return a bridge: shoulders on the floor or the ball, knees drawn up.

    Args:
        human: Who does it.
        lift_deg: Slope of the line from shoulders to hips.
        leg: Which leg is stretched, how far, and where it goes.
        o: The person's choices.
    """

    def make(heights: Sequence[float]) -> Pose:
        return _bridge_at(human, lift_deg, leg, o, heights[0])

    if o.ball == "shoulders":
        support = Support(("spine_03", "spine_02"), 2 * o.ball_m + 0.1)
        return settle(human, make, [support], OnBall(0, o.ball_m, SOFT_M))
    return settle(human, make, [Support(SHOULDERS, LYING_M)])


def _bridge_at(human: Human, lift_deg: float, leg: Working, o: Options, y_m: float) -> Pose:
    d = polar(lift_deg)
    root = np.array([BRIDGE_X, y_m, 0.0]) + d * human.lengths.trunk
    chest = trunk(human, -d, LEFT)
    face = -polar(lift_deg * 0.6) if o.ball == "shoulders" else FACE_UP
    head = orient(turned(face, -o.lift_deg), LEFT)
    pose = Pose(root=root, pelvis=chest, chest=chest, head=head)
    heel_m = BRIDGE_HEEL_M if o.heel_m is None else o.heel_m
    for side, hip in zip("lr", hips(human, root, chest), strict=True):
        standing = _standing_leg(human, BRIDGE_X + heel_m, hip, o, 1.15)
        if side == leg.side and leg.free > 0:
            standing = _stretched(human, standing, hip, leg)
        pose.set_leg(side, standing, LEFT)
    _lay_arms(pose, _arm_slope(human, y_m), o.arms)
    if o.ball == "shoulders":
        pose.ball = np.array([BRIDGE_X + 0.05, o.ball_m, 0])
    if o.ball == "feet":
        pose.ball = np.array([BRIDGE_X + heel_m + 0.05, o.ball_m, 0])
    return pose


def _standing_leg(
    human: Human, x_m: float, hip: Array, o: Options, width: float
) -> tuple[Array, Array, Array]:
    """Return a leg whose foot stands flat on the floor or on top of the ball, knee up."""
    up = 2 * o.ball_m - BALL_GIVE_M if o.ball == "feet" else 0.0
    spread = 1.0 if o.spread is None else o.spread
    ankle = np.array([x_m, human.ankle_m + SOLE_M + up, hip[2] * width * spread])
    knee = two_bone(hip, ankle, human.lengths.thigh, human.lengths.calf, Y + 0.2 * X)
    return knee - hip, ankle - knee, FLAT_FOOT


def _stretched(
    human: Human, standing: tuple[Array, Array, Array], hip: Array, leg: Working
) -> tuple[Array, Array, Array]:
    """Return a leg on its way from standing to stretched and raised."""
    sine = np.clip((0.082 - hip[1]) / human.lengths.leg, -1, 1)
    down = float(np.degrees(np.arcsin(sine)))
    # On its way out the foot stays off the floor.
    up = leg.up + (1 - leg.up) * leg.free * (1 - leg.free)
    thigh, calf = flexed(human, polar(down + up * (leg.top_deg - down)), leg.knee_deg, Y)
    ends = (thigh, calf, turned(calf, FOOT_DEG))
    a, b, c = (
        polar(slope(begin) + (slope(end) - slope(begin)) * leg.free)
        for begin, end in zip(standing, ends, strict=True)
    )
    return a, b, c


def _arm_slope(human: Human, y_m: float) -> float:
    """Return the slope of straight arms from shoulders at a height to hands on the floor."""
    return -max(y_m - HAND_M, 0) / human.lengths.arm


def _lay_arms(pose: Pose, slope_y: float, arms: str | None) -> None:
    """Lay the arms where the person has them."""
    for side, outward, z in (("l", 1, -1), ("r", -1, 1)):
        if arms == "across":
            _fold_arm(pose, side, outward)
        elif arms == "overhead":
            upper, lower = norm([-1, slope_y, 0.30 * z]), norm([-1, slope_y, 0.02 * z])
            pose.set_arm(side, (upper, lower, lower), -pose.chest[:, 0])
        elif arms == "down":
            upper = pose.chest @ norm([0.55 * outward, -0.75, -0.25])
            lower = pose.chest @ norm([0.15 * outward, -0.9, -0.1])
            pose.set_arm(side, (upper, lower, lower), -pose.chest[:, 0])
        else:
            upper, lower = norm([1, slope_y, 0.22 * z]), norm([1, slope_y, 0.05 * z])
            pose.set_arm(side, (upper, lower, norm([1, -0.03, 0])), Z)


def _fold_arm(pose: Pose, side: str, outward: int) -> None:
    """Lay an arm across the chest."""
    chest = pose.chest
    upper = chest @ norm([0.42 * outward, -0.80, 0.26])
    lower = chest @ norm([-0.86 * outward, 0.28, 0.34])
    hand = norm(lower + chest @ [0, 0, -0.15])
    pose.set_arm(side, (upper, lower, hand), cross(upper, lower))


def pelvic_curl(human: Human, up: float, tilt_deg: float, swing_deg: float, o: Options) -> Pose:
    """Return a pelvic curl.

    Args:
        human: Who does it.
        up: 0 feet on the floor .. 1 legs up, knees slightly bent.
        tilt_deg: Backward tilt of the pelvis.
        swing_deg: Thighs past their place.
        o: The person's choices.
    """

    def make(heights: Sequence[float]) -> Pose:
        y_m = heights[0]
        root = np.array([LYING_X, y_m, 0.0])
        chest, pelvis = trunk(human, -X, LEFT), trunk(human, turned(-X, tilt_deg), LEFT)
        head = orient(turned(FACE_UP, -o.lift_deg), LEFT)
        pose = Pose(root=root, pelvis=pelvis, chest=chest, head=head)
        for side, hip in zip("lr", hips(human, root, pelvis), strict=True):
            standing = _standing_leg(human, LYING_X + _lying_heel_m(o), hip, o, 1.1)
            a, b, c = (
                polar(slope(begin) + (end - slope(begin)) * up)
                for begin, end in zip(standing, _curled_leg(tilt_deg, swing_deg, o), strict=True)
            )
            pose.set_leg(side, (a, b, c), LEFT)
        _lay_arms(pose, _arm_slope(human, y_m), o.arms)
        return pose

    return settle(human, make, [Support((*SHOULDERS, "spine_02"), LYING_M)])


def _curled_leg(tilt_deg: float, swing_deg: float, o: Options) -> tuple[float, float, float]:
    """Return the slopes of thigh, calf and foot of a raised leg."""
    thigh = (84 if o.thigh_deg is None else o.thigh_deg) + 0.9 * tilt_deg + swing_deg
    knee = 36 if o.knee_deg is None else o.knee_deg
    return thigh, thigh - knee, thigh - knee + 62


def _lying_heel_m(o: Options) -> float:
    return LYING_HEEL_M if o.heel_m is None else o.heel_m


def crunch(human: Human, curl_deg: float, o: Options) -> Pose:
    """Return a crunch: knees drawn up, feet flat, the chest curled up from the floor or ball."""
    base_deg = _seat_deg(human, o) if o.ball == "shoulders" else 0.0

    def make(heights: Sequence[float]) -> Pose:
        return _crunch_at(human, curl_deg, base_deg, o, heights[0])

    if o.ball == "shoulders":
        return settle(human, make, [Support(SPINE, 2 * o.ball_m)], OnBall(0, o.ball_m, SOFT_M))
    return settle(human, make, [Support(TRUNK, LYING_M)])


def _seat_deg(human: Human, o: Options) -> float:
    """Return the trunk's slope on a ball that leaves the hips no higher than the knees."""
    drop = 2 * o.ball_m - SOFT_M + 0.09 - human.lengths.calf - human.ankle_m - 0.03
    return float(np.degrees(np.arcsin(np.clip(drop / human.lengths.trunk, *SINES_OF_SEAT))))


def _crunch_at(human: Human, curl_deg: float, base_deg: float, o: Options, y_m: float) -> Pose:
    root = np.array([LYING_X, y_m, 0])
    # The pelvis comes along when the chest is far up.
    pelvis_deg = max(0, curl_deg - 34) * 0.85 + base_deg
    pelvis = trunk(human, turned(-X, -pelvis_deg), LEFT)
    chest = trunk(human, turned(-X, -curl_deg - base_deg), LEFT)
    head = orient(turned(FACE_UP, -curl_deg * 1.1 - base_deg - o.lift_deg), LEFT)
    pose = Pose(root=root, pelvis=pelvis, chest=chest, head=head)
    for side, hip in zip("lr", hips(human, root, pelvis), strict=True):
        pose.set_leg(side, _standing_leg(human, LYING_X + _lying_heel_m(o), hip, o, 1.1), LEFT)
    _curl_arms(pose, curl_deg, o.arms)
    if o.ball == "shoulders":
        pose.ball = root * [1, 0, 1] + [-0.62 * human.lengths.trunk, o.ball_m, 0]
    return pose


def _curl_arms(pose: Pose, curl_deg: float, arms: str | None) -> None:
    """Lay the arms of a crunch: across, behind the head, or along the body."""
    if arms == "across":
        _lay_arms(pose, -0.10, "across")
        return
    for side, outward in (("l", 1), ("r", -1)):
        if arms == "head":
            upper = pose.chest @ norm([0.80 * outward, 0.35, 0.25])
            lower = pose.chest @ norm([-0.50 * outward, 0.85, -0.05])
            pose.set_arm(side, (upper, lower, lower), cross(upper, lower))
        else:
            rise = -0.12 + curl_deg / 170 - max(0, curl_deg - 40) / 90
            arm = (
                norm([1, rise, -0.2 * outward]),
                norm([1, -0.04 + curl_deg / 150, 0]),
                norm([1, curl_deg / 200, 0]),
            )
            pose.set_arm(side, arm, -LEFT)


def reverse_plank(human: Human, bend_deg: float, leg: Working, o: Options) -> Pose:
    """Return a reverse plank: on the forearms and heels, belly up.

    Args:
        human: Who does it.
        bend_deg: Of the line, + = hip toward the floor.
        leg: Which straight leg is raised, how far, and how far its knee bends.
        o: The person's choices.
    """
    high = o.ball == "feet"
    support = "l" if leg.side == "r" else "r"

    def make(heights: Sequence[float]) -> Pose:
        return _reverse_at(human, bend_deg, leg, o, heights)

    foot = ("foot_" + support, "ball_" + support) + (("calf_" + support,) if high else ())
    supports = [Support(FOREARMS, 0.33), Support(foot, 0.08 + 2 * o.ball_m * high)]
    return settle(human, make, supports, OnBall(1, o.ball_m) if high else None)


def _reverse_at(
    human: Human, bend_deg: float, leg: Working, o: Options, heights: Sequence[float]
) -> Pose:
    shoulder = np.array([REVERSE_X, heights[0], 0])
    root, ankle = supported_line(human, shoulder, heights[1], bend_deg)
    chest, down = trunk(human, shoulder - root, LEFT), norm(ankle - root)
    head = orient(turned(norm(shoulder - root), -14 - o.lift_deg), LEFT)
    pose = Pose(root=root, pelvis=chest, chest=chest, head=head)
    for side, z in (("l", -1), ("r", 1)):
        if side == leg.side:
            thigh, calf = flexed(human, turned(down, leg.up * leg.apart_deg), leg.knee_deg, Y)
        else:
            thigh, calf = turned(down, -0.5), turned(down, 0.5)
        pose.set_leg(side, (thigh, calf, turned(calf, FOOT_DEG)), LEFT)
        arm = (norm([0.20, -1, 0.10 * z]), norm([1, -0.03, -0.05 * z]), norm([1, 0, 0]))
        pose.set_arm(side, arm, -LEFT)
    if o.ball == "feet":
        pose.ball = np.array([ankle[0] - 0.06, o.ball_m, 0])
    return pose


def sit(human: Human, x_m: float) -> Pose:
    """Return hook sitting, hands behind, hips at `x_m`."""

    def make(heights: Sequence[float]) -> Pose:
        root = np.array([x_m, heights[0], 0.0])
        chest, pelvis = trunk(human, turned(Y, 18), LEFT), trunk(human, turned(Y, 30), LEFT)
        pose = Pose(root=root, pelvis=pelvis, chest=chest, head=orient(turned(Y, 4), LEFT))
        for side, hip in zip("lr", hips(human, root, pelvis), strict=True):
            heel_m = x_m + 0.68 * human.lengths.leg
            pose.set_leg(side, _standing_leg(human, heel_m, hip, Options(), 1.2), LEFT)
            _lean_on(human, pose, side)
        return pose

    return settle(human, make, [Support(("pelvis", "thigh_l", "thigh_r"), 0.1)])


def _lean_on(human: Human, pose: Pose, side: str) -> None:
    """Put a hand on the floor behind."""
    upper_m, lower_m = human.lengths.upper_arm, human.lengths.lower_arm
    shoulder = pose.root + pose.pelvis @ (human.at_rest("spine_01") - human.mid_hip)
    arm = human.at_rest("upperarm_" + side) - human.at_rest("spine_01")
    shoulder = shoulder + pose.chest @ arm
    square = (0.97 * (upper_m + lower_m)) ** 2 - (shoulder[1] - 0.05) ** 2
    reach = np.sqrt(max(square, 0.01))
    hand = np.array([shoulder[0] - min(0.30, reach), 0.05, shoulder[2] * 1.15])
    elbow = two_bone(shoulder, hand, upper_m, lower_m, -X)
    bones = (norm(elbow - shoulder), norm(hand - elbow), norm([-0.9, -0.1, 0]))
    pose.set_arm(side, bones, Z)
