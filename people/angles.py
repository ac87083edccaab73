"""The true angles of a body in the plane of motion, as they stand in every frame of a truth."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from directions import Array, angle
from exercises import CRUNCH, Spec

Joints: TypeAlias = Mapping[str, Array]
FOOT: Final = ("ankle", "heel", "foot_index")


@dataclass(frozen=True, slots=True)
class Sides:
    """Which side of the person is where, after mirroring: "left" or "right".

    Attributes:
        near: Side near the camera; "front" in the side bridges, "both in turn" in the log roll.
        work: Side of the working leg.
        support: Side of the other.
    """

    near: str
    work: str
    support: str

    def line(self, spec: Spec) -> list[str]:
        """Return the three joints of an exercise's line; mid_x is the mean of left and right."""
        names = {"near": self.near, "support": self.support, "mid": "mid"}
        parts = (name.split("_") for name in spec.line)
        return [f"{names[which]}_{part}" for which, part in parts]


def joint(joints: Joints, name: str) -> Array:
    """Return a joint; mid_x is between left and right."""
    if not name.startswith("mid_"):
        return joints[name]
    name = name.removeprefix("mid_")
    return np.asarray(0.5 * (joints["left_" + name] + joints["right_" + name]))


def signed_bend(shoulder: Array, hip: Array, end: Array) -> float:
    """Return the bend of a line in the picture plane (y up), + = hip on its floor side."""
    whole, part = end - shoulder, hip - shoulder
    turn = (whole[0] * part[1] - whole[1] * part[0]) * np.sign(whole[0])
    return float(np.copysign(180 - angle(shoulder, hip, end), -turn))


def elevation(a: Array, b: Array) -> float:
    """Return how far b lies above a, -90..90."""
    return float(np.degrees(np.arctan2(b[1] - a[1], abs(b[0] - a[0]) + 1e-9)))


def turn_up(a: Array, b: Array, *, mirrored: bool) -> float:
    """Return the slope from a to b, full circle: 0 toward the feet, 90 up, > 90 to the head."""
    along = (b[0] - a[0]) * (-1 if mirrored else 1)
    return float(np.degrees(np.arctan2(b[1] - a[1], along)))


def angles(
    joints: Joints, exercise: str, spec: Spec, sides: Sides, *, mirrored: bool
) -> dict[str, float]:
    """Return a frame's fields: angles in degrees and heights in metres.

    Args:
        joints: (3,) by name, metres.
        exercise: Its id.
        spec: What it is.
        sides: Which side works, and which is near.
        mirrored: Whether the head lies at the right of the picture.
    """

    def at(name: str) -> Array:
        return joint(joints, name)[:2]

    work, support = sides.work, sides.support
    read = sides.near if sides.near in ("left", "right") else "mid"
    leg = elevation(at(work + "_hip"), at(work + "_ankle"))
    trunk = elevation(at("mid_hip"), at("mid_shoulder"))
    along = at("mid_shoulder") - at("mid_hip")
    slant = float(np.degrees(np.arctan2(-along[1], abs(along[0]))))
    if spec.posture == "bridge":
        raised = leg - slant
    elif exercise == CRUNCH:
        raised = trunk
    else:
        raised = leg - elevation(at(support + "_hip"), at(support + "_ankle"))
    knee = angle(joints[work + "_hip"], joints[work + "_knee"], joints[work + "_ankle"])
    return {
        "bend_deg": signed_bend(*(at(name) for name in sides.line(spec))),
        "knee_deg": knee,
        "trunk_deg": trunk,
        "thigh_deg": turn_up(at(work + "_hip"), at(work + "_knee"), mirrored=mirrored),
        "leg_deg": leg,
        "arm_deg": elevation(at(read + "_shoulder"), at(read + "_wrist")),
        "hip_y_m": float(at("mid_hip")[1]),
        "foot_y_m": float(min(joints[f"{work}_{name}"][1] for name in FOOT)),
        "raise_deg": raised,
    }
