"""Postures on the belly. The person's left side is near the camera.

All scripted bends lie in the plane of motion (X, Y); angles in degrees, lengths in metres.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from directions import Array, X, Y, Z, mix, norm, orient, polar, slope, turned
from human import Bones, Human, Pose
from settling import (
    FOREARMS,
    HANDS,
    SOFT_M,
    SPINE,
    OnBall,
    Support,
    flexed,
    settle,
    supported_line,
    trunk,
)
from ways import Options, Working

LEFT: Final = Z
PLANK_X: Final = -0.55
LYING_X: Final = 0.1
# Foot and toes of somebody who stands on the toes.
TOE_STAND: Final = np.array([0.26, -1, 0])
TOES_UP: Final = np.array([0.55, 0.75, 0])
# Less flexion than this is a straight leg.
STRAIGHT_DEG: Final = 2


def front_plank(human: Human, bend_deg: float, leg: Working, o: Options) -> Pose:
    """Return a plank on the forearms (or straight arms) and toes.

    Args:
        human: Who does it.
        bend_deg: Of the line, + = hip toward the floor.
        leg: Which straight leg is raised and how far; the arm of the other side is stretched
            forward. With no leg raised both knees sink.
        o: The person's choices.
    """
    high, straight = o.ball == "feet", o.arms == "straight"
    support = "r" if leg.side == "l" else "l"

    def make(heights: Sequence[float]) -> Pose:
        return _plank_at(human, bend_deg, leg, o, heights)

    arm: Bones = HANDS if straight else FOREARMS
    if leg.arm:
        arm = ("lowerarm_" + leg.side, "hand_" + leg.side)
    foot = ("foot_" + support, "ball_" + support) + (("calf_" + support,) if high else ())
    supports = [
        Support(arm, 0.3 + 0.25 * straight),
        Support(foot, 0.13 + 2 * o.ball_m * high),
    ]
    return settle(human, make, supports, OnBall(1, o.ball_m) if high else None)


def _plank_at(
    human: Human, bend_deg: float, leg: Working, o: Options, heights: Sequence[float]
) -> Pose:
    shoulder = np.array([PLANK_X, heights[0], 0])
    root, ankle = supported_line(human, shoulder, heights[1], bend_deg)
    chest, down = trunk(human, shoulder - root, LEFT), norm(ankle - root)
    head = orient(turned(norm(shoulder - root), 3 + o.lift_deg), LEFT)
    pose = Pose(root=root, pelvis=chest, chest=chest, head=head)
    for side, z in (("l", 1), ("r", -1)):
        _plank_leg(human, pose, side, down, leg, high=o.ball == "feet")
        if side == leg.side and leg.up > 0:
            _raise_leg(human, pose, down, leg)
        free = leg.arm if side != leg.side else 0.0
        _plank_arm(pose, side, z, free, straight=o.arms == "straight")
    if o.ball == "feet":
        pose.ball = np.array([ankle[0] - 0.05, o.ball_m, 0])
    return pose


def _plank_leg(
    human: Human, pose: Pose, side: str, down: Array, leg: Working, *, high: bool
) -> None:
    """Set a leg that stands on its toes, or lies with its instep on the ball."""
    foot = turned(down, -22) if high else norm(TOE_STAND)
    pose.toes[side] = orient(np.array([-foot[1], foot[0], 0]) if high else TOES_UP, LEFT)
    thigh, calf = turned(down, -1.0), turned(down, 1.0)
    if leg.knee_deg > STRAIGHT_DEG and leg.up == 0:
        thigh, calf = flexed(human, down, leg.knee_deg, -Y)
        foot = turned(foot, slope(calf) - slope(down)) if high else foot
    pose.set_leg(side, (thigh, calf, foot), LEFT)


def _raise_leg(human: Human, pose: Pose, down: Array, leg: Working) -> None:
    """Raise the working leg; the toes come in line with the foot as it leaves the floor."""
    d = turned(down, leg.up * leg.apart_deg)
    thigh, calf = turned(d, -1.0), turned(d, 1.0)
    if leg.knee_deg > STRAIGHT_DEG:
        thigh, calf = flexed(human, d, leg.knee_deg, -Y)
    w = min(leg.up * 4, 1)
    foot = polar(slope(TOE_STAND) * (1 - w) + (slope(calf) - 48) * w)
    pose.set_leg(leg.side, (thigh, calf, foot), LEFT)
    pose.toes[leg.side] = orient(mix(TOES_UP, [-foot[1], foot[0], 0], w), LEFT)


def _plank_arm(pose: Pose, side: str, z: int, free: float, *, straight: bool) -> None:
    """Set an arm: 0 carries .. 1 stretched forward; on its way it swings out and down."""
    swing = 4 * free * (1 - free) * np.array([-0.2, -0.1, 0.2 * z])
    upper = norm(mix([0, -1, 0.04 * z], [-1, -0.12, 0.22 * z], free) + swing)
    lower = norm(mix([-1, 0, -0.05 * z], [-1, -0.06, 0.05 * z], free))
    hand = lower
    if straight:
        upper = lower = norm(mix([-0.03, -1, 0.04 * z], [-1, -0.1, 0.1 * z], free) + swing)
        hand = norm(mix([-1, -0.12, 0], lower, free))
    pose.set_arm(side, (upper, lower, hand), -LEFT)


def superman(
    human: Human, lifts_deg: tuple[float, float, float], knee_deg: float, o: Options
) -> Pose:
    """Return somebody on the belly, on the floor or the ball, with everything lifted.

    Args:
        human: Who does it.
        lifts_deg: Slopes of chest, legs and arms.
        knee_deg: Flexion of the knees.
        o: The person's choices.
    """

    def make(heights: Sequence[float]) -> Pose:
        return _superman_at(human, lifts_deg, knee_deg, o, heights[0])

    bones = ("pelvis", *SPINE, "thigh_l", "thigh_r")
    if o.ball == "belly":
        support = Support(bones[:3], 2 * o.ball_m + 0.1)
        return settle(human, make, [support], OnBall(0, o.ball_m, SOFT_M))
    return settle(human, make, [Support(bones, 0.12)])


def _superman_at(
    human: Human, lifts_deg: tuple[float, float, float], knee_deg: float, o: Options, y_m: float
) -> Pose:
    chest_deg, legs_deg, arms_deg = lifts_deg
    pelvis = trunk(human, turned(-X, -0.25 * chest_deg), LEFT)
    chest = trunk(human, turned(-X, -chest_deg), LEFT)
    head = orient(turned(-X, -chest_deg * 1.1 - 4 - o.lift_deg), LEFT)
    pose = Pose(root=np.array([LYING_X, y_m, 0]), pelvis=pelvis, chest=chest, head=head)
    for side, z in (("l", 1), ("r", -1)):
        thigh = norm(turned(X, legs_deg) + 0.05 * z * Z)
        calf = norm(turned(X, legs_deg + knee_deg) + 0.05 * z * Z)
        foot = turned(calf, -14 - min(max(legs_deg, 0), 10))
        pose.set_leg(side, (thigh, calf, foot), LEFT)
        arm = norm(turned(-X, -arms_deg) + 0.14 * z * Z)
        pose.set_arm(side, (arm, arm, arm), -LEFT)
    if o.ball == "belly":
        pose.ball = np.array([LYING_X - 0.35 * human.lengths.trunk, o.ball_m, 0])
    return pose


def kneel(human: Human, x_m: float, stoop_deg: float) -> Pose:
    """Return kneeling toward the head's side, hips at `x_m`; stooped by 80: on all fours."""
    up, low = turned(Y, stoop_deg), stoop_deg > 45

    def make(heights: Sequence[float]) -> Pose:
        chest = trunk(human, up, LEFT)
        head = orient(turned(up, -0.4 * stoop_deg), LEFT)
        root = np.array([x_m, heights[0], 0.0])
        pose = Pose(root=root, pelvis=chest, chest=chest, head=head)
        thigh = -Y if low else norm([0.25, -1, 0])
        hand = norm([-0.9, -0.25, 0]) if low else -Y
        for side, z in (("l", 1), ("r", -1)):
            pose.set_leg(side, (thigh, norm([1, -0.03, 0]), norm([1, -0.25, 0])), LEFT)
            arm = (norm([-0.08, -1, 0.12 * z]), norm([-0.12, -1, 0.02 * z]), hand)
            pose.set_arm(side, arm, -Z)
        return pose

    bones = ("calf_l", "calf_r", "foot_l", "foot_r", "thigh_l", "thigh_r")
    return settle(human, make, [Support(bones, 0.5)])
