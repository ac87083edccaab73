"""Postures on the side, chest to the camera, and turning round the long axis.

All scripted bends lie in the plane of motion (X, Y); angles in degrees, lengths in metres.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from directions import Array, X, Y, Z, cross, frame, mix, norm, orient, slerp, slope, turned
from human import Human, Pose
from settling import OnBall, Support, hips, settle, supported_line, trunk
from ways import Options, Working

SIDE_X: Final = -0.45
ROLL_X: Final = -0.55
# The ankles lie this far from the middle, one over the other.
HALF_FEET_M: Final = 0.045
# A knee bent so far is turned out all the way, by so much.
TURNED_OUT: Final = (25, 60)
BOTH_FEET: Final = ("foot_l", "ball_l", "foot_r", "ball_r")


def side_plank(human: Human, bend_deg: float, leg: Working, o: Options) -> Pose:
    """Return a side bridge on the right forearm, on the floor or the ball.

    Args:
        human: Who does it.
        bend_deg: Of the line, + = hip toward the floor.
        leg: How far the left (top) leg is raised and its knee bent, and whether the left arm is
            stretched up.
        o: The person's choices.
    """
    high = o.ball == "forearm"

    def make(heights: Sequence[float]) -> Pose:
        return _side_at(human, bend_deg, leg, o, heights)

    supports = [
        Support(("lowerarm_r", "hand_r"), 0.43 + 2 * o.ball_m * high),
        Support(("foot_r", "ball_r"), 0.12),
    ]
    return settle(human, make, supports, OnBall(0, o.ball_m) if high else None)


def _side_at(
    human: Human, bend_deg: float, leg: Working, o: Options, heights: Sequence[float]
) -> Pose:
    shoulder = np.array([SIDE_X, heights[0], 0])
    root, ankle = supported_line(human, shoulder, heights[1], bend_deg)
    up, down = norm(shoulder - root), norm(ankle - root)
    left, leg_left = np.array([up[1], -up[0], 0]), np.array([-down[1], down[0], 0])
    pose = Pose(
        root=root,
        pelvis=orient(norm(up - down), left),
        chest=trunk(human, up, left),
        head=orient(turned(up, o.lift_deg), left),
    )
    lower_hip, upper_hip = reversed(hips(human, root, pose.pelvis))
    _top_leg(human, pose, norm(ankle + leg_left * HALF_FEET_M - upper_hip), leg)
    thigh = norm(ankle + leg_left * -HALF_FEET_M - lower_hip)
    pose.set_leg("r", (thigh, thigh, _side_foot(thigh, leg_left)), leg_left)
    forearm = norm([-0.25, 0, 1])
    pose.set_arm("r", (-Y, forearm, forearm), -X)
    _free_arm(pose, up, left, leg.arm, o.arms)
    if o.ball == "forearm":
        pose.ball = np.array([SIDE_X - 0.03, o.ball_m, 0.12])
    return pose


def _side_foot(calf: Array, hinge: Array) -> Array:
    return norm(0.55 * calf + 0.85 * norm(cross(calf, hinge)))


def _top_leg(human: Human, pose: Pose, along: Array, leg: Working) -> None:
    """Set the top leg: raised, and its knee bent so that it shows.

    The thigh turns out and the calf falls to the floor side and back; the line from hip to ankle
    stays at its height.
    """
    thigh = calf = turned(along, leg.up * leg.apart_deg)
    hinge = np.array([-thigh[1], thigh[0], 0])
    if leg.knee_deg:
        turn = np.radians(TURNED_OUT[1] * min(1, leg.knee_deg / TURNED_OUT[0]))
        back = -np.sin(turn) * hinge - np.cos(turn) * Z
        hinge = cross(thigh, back)
        knee = np.radians(leg.knee_deg)
        calf = norm(thigh * np.cos(knee) + back * np.sin(knee))
        whole = human.lengths.thigh * thigh + human.lengths.calf * calf
        off = slope(thigh) - slope(whole)
        thigh, calf, hinge = turned(thigh, off), turned(calf, off), turned(hinge, off)
    pose.set_leg("l", (thigh, calf, _side_foot(calf, hinge)), hinge)


def _free_arm(pose: Pose, up: Array, left: Array, raised: float, arms: str | None) -> None:
    """Set the left arm: along the body, on the hip, or stretched straight up."""
    a = np.radians(8 + raised * (82 + 180 - slope(up)))
    d = left * np.sin(a) - up * np.cos(a)
    if arms == "hip" and not raised:
        upper, lower = norm(0.75 * left - 0.55 * up), norm(-0.62 * left - 0.72 * up + 0.25 * Z)
        pose.set_arm("l", (upper, lower, norm(lower + 0.3 * Z)), cross(upper, lower))
        return
    arm = (norm(d + 0.03 * Z), norm(d + 0.15 * Z * (1 - raised)), norm(d + 0.06 * Z))
    pose.set_arm("l", arm, -left * np.cos(a) - up * np.sin(a))


def log_roll(human: Human, roll_deg: float, bend_deg: float) -> Pose:
    """Return a log roll on straight arms; the body turns on the spot.

    The hands slide under the shoulders.

    Args:
        human: Who does it.
        roll_deg: 0 belly down, 90 chest to the camera, 180 belly up, 270 back to the camera.
        bend_deg: Of the line, + = hip toward the floor.
    """
    a = np.radians(roll_deg)

    def make(heights: Sequence[float]) -> Pose:
        return _rolled_at(human, a, bend_deg, heights)

    carrying = [s for s, sign in (("l", 1), ("r", -1)) if sign * np.sin(a) <= 1e-9]
    hands = tuple(f"{bone}_{s}" for s in carrying for bone in ("lowerarm", "hand"))
    supports = [Support(hands, human.lengths.arm + 0.05), Support(BOTH_FEET, 0.1)]
    return settle(human, make, supports)


def _rolled_at(human: Human, a: float, bend_deg: float, heights: Sequence[float]) -> Pose:
    left = np.array([0, np.sin(a), np.cos(a)])
    prone, side = max(0.0, np.cos(a)) ** 2, np.sin(a) ** 2
    high = heights[0] + human.half_shoulders_m * abs(np.sin(a))
    shoulder = np.array([ROLL_X, high, 0])
    root, ankle = supported_line(human, shoulder, heights[1], bend_deg)
    up, down = norm(shoulder - root), norm(ankle - root)
    chest = trunk(human, up, left)
    pelvis = slerp(chest, trunk(human, norm(up - down), left), side)
    pose = Pose(root=root, pelvis=pelvis, chest=chest, head=orient(up, left))
    forward = cross(chest[:, 0], up)
    for s, sign, hip in zip("lr", (1, -1), hips(human, root, pelvis), strict=True):
        thigh = norm(ankle + 0.05 * sign * left - hip)
        foot = norm(thigh * (0.45 - 0.19 * prone) + forward * 0.93)
        pose.set_leg(s, (thigh, thigh, foot), left)
        standing = orient(0.55 * thigh - 0.75 * forward, left)
        pose.toes[s] = slerp(frame(foot, left) @ human.rest_frames["foot_" + s], standing, prone)
        _rolling_arm(pose, s, a, side, carries=sign * np.sin(a) <= 1e-9)
    return pose


def _rolling_arm(pose: Pose, s: str, a: float, side: float, *, carries: bool) -> None:
    """Set an arm: the lower one carries, the upper one swings over."""
    if carries:
        pose.set_arm(s, (-Y, -Y, -X), -Z)
        return
    d = np.array([0, -np.cos(2 * a), np.sin(2 * a)])
    hinge = np.array([0, -np.sin(2 * a), -np.cos(2 * a)])
    pose.set_arm(s, (d, d, norm(mix(-X, d, min(1, 2 * side)))), hinge)
