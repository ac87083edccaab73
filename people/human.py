"""A skinned human: directions of the segments in, vertices and joints out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

import numpy as np
from directions import Array, frame, slerp
from numpy.typing import NDArray

Segment: TypeAlias = tuple[Array, Array]
Placed: TypeAlias = tuple[Array, Array]
Bones: TypeAlias = tuple[str, ...]

SIDES: Final = (("l", "left"), ("r", "right"))
JOINTS: Final = ["nose", "left_eye", "right_eye", "left_ear", "right_ear"] + [
    f"{side}_{name}"
    for name in ("shoulder", "elbow", "wrist", "hip", "knee", "ankle", "heel", "foot_index")
    for side in ("left", "right")
]
# Bone whose head is the joint; vertex that is the joint.
BONE_JOINTS: Final = (
    ("upperarm", "shoulder"),
    ("lowerarm", "elbow"),
    ("hand", "wrist"),
    ("thigh", "hip"),
    ("calf", "knee"),
    ("foot", "ankle"),
)
VERTEX_JOINTS: Final = (("eye", "eye"), ("ear", "ear"), ("heel", "heel"), ("toe", "foot_index"))
ARM: Final = ("upperarm", "lowerarm", "hand")
# Every limb segment with the bone at whose head it ends.
LIMBS: Final = (
    ("thigh", "calf"),
    ("calf", "foot"),
    ("foot", "ball"),
    ("upperarm", "lowerarm"),
    ("lowerarm", "hand"),
    ("hand", None),
)


@dataclass(frozen=True, slots=True, eq=False)
class Mesh:
    """A body at rest, standing with its arms stretched sideways.

    Attributes:
        vertices: (n, 3) metres.
        triangles: (m, 3) numbers of vertices.
        colours: (n, 3) linear, 0..1.
        hair: (n,) True where hair grows.
        weights: (n, b) how far each bone carries a vertex; a row sums to 1.
        heads: (b, 3) where each bone begins, metres.
        tails: (b, 3) where it ends.
        parents: (b,) number of the bone before, -1 for the first; parents come first.
        bones: Their names.
        landmarks: Vertices that are joints, by name ("nose", "eye_l", ...).
    """

    vertices: Array
    triangles: NDArray[Any]
    colours: Array
    hair: NDArray[np.bool_]
    weights: Array
    heads: Array
    tails: Array
    parents: NDArray[Any]
    bones: Bones
    landmarks: dict[str, int]


@dataclass(slots=True, eq=False)
class Pose:
    """How a body stands in the world.

    Attributes:
        root: (3,) middle of the hips, metres.
        pelvis: Rotation.
        chest: Rotation.
        head: Rotation.
        limbs: Direction and hinge of every limb segment, such as "calf_l".
        toes: Rotation of the toes by side ("l", "r"); those of the foot if missing.
        ball: (3,) centre of the ball, or None without one.
    """

    root: Array
    pelvis: Array
    chest: Array
    head: Array
    limbs: dict[str, Segment] = field(default_factory=dict)
    toes: dict[str, Array] = field(default_factory=dict)
    ball: Array | None = None

    def set_leg(self, side: str, leg: "tuple[Array, Array, Array]", hinge: Array) -> None:
        """Point thigh, calf and foot of a side, all about one hinge."""
        for bone, direction in zip(("thigh", "calf", "foot"), leg, strict=True):
            self.limbs[f"{bone}_{side}"] = (direction, hinge)

    def set_arm(self, side: str, arm: "tuple[Array, Array, Array]", hinge: Array) -> None:
        """Point upper arm, lower arm and hand of a side, all about one hinge."""
        for bone, direction in zip(ARM, arm, strict=True):
            self.limbs[f"{bone}_{side}"] = (direction, hinge)


@dataclass(frozen=True, slots=True)
class Lengths:
    """Of a body's segments, joint to joint, metres; `leg` is thigh and calf."""

    thigh: float
    calf: float
    upper_arm: float
    lower_arm: float
    trunk: float

    @property
    def leg(self) -> float:
        """Thigh and calf."""
        return self.thigh + self.calf

    @property
    def arm(self) -> float:
        """Upper and lower arm."""
        return self.upper_arm + self.lower_arm


class Human:
    """A body that can be posed.

    Attributes:
        mesh: The body at rest.
        index: Number of every bone by its name.
        lengths: Of its segments.
        mid_hip: (3,) middle of the hips at rest.
        trunk_tilt: Forward lean of the line from hips to shoulders at rest, radians.
        half_shoulders_m: From the middle to a shoulder.
        ankle_m: Height of the ankle over the sole.
        settled: Last heights of the supports by which supports they are; where the next search for
            them starts.
    """

    def __init__(self, mesh: Mesh) -> None:
        """Take the body at rest and measure it."""
        self.mesh = mesh
        self.index = {bone: number for number, bone in enumerate(mesh.bones)}
        self.settled: dict[tuple[tuple[Bones, ...], int | None], list[float]] = {}
        self._parts: dict[Bones, tuple[Array, Array]] = {}
        thigh, shoulder = self.at_rest("thigh_l"), self.at_rest("upperarm_l")
        self.mid_hip: Array = 0.5 * (thigh + self.at_rest("thigh_r"))
        trunk = 0.5 * (shoulder + self.at_rest("upperarm_r")) - self.mid_hip
        self.lengths = Lengths(
            thigh=self._between("thigh_l", "calf_l"),
            calf=self._between("calf_l", "foot_l"),
            upper_arm=self._between("upperarm_l", "lowerarm_l"),
            lower_arm=self._between("lowerarm_l", "hand_l"),
            trunk=float(np.linalg.norm(trunk)),
        )
        self.trunk_tilt = float(np.arctan2(trunk[2], trunk[1]))
        self.half_shoulders_m = abs(float(shoulder[0]))
        self.ankle_m = float(self.at_rest("foot_l")[1] - mesh.vertices[:, 1].min())
        self.rest_frames = {
            f"{bone}_{side}": self._rest_frame(bone, end, side)
            for side in "lr"
            for bone, end in LIMBS
        }

    def at_rest(self, bone: str) -> Array:
        """Return where a bone begins in the body at rest, (3,) metres."""
        return np.asarray(self.mesh.heads[self.index[bone]])

    def _between(self, a: str, b: str) -> float:
        return float(np.linalg.norm(self.at_rest(b) - self.at_rest(a)))

    def _rest_frame(self, bone: str, end: str | None, side: str) -> Array:
        """Return the turn that takes a limb segment out of its place at rest."""
        upper = self.at_rest("lowerarm_" + side) - self.at_rest("upperarm_" + side)
        lower = self.at_rest("hand_" + side) - self.at_rest("lowerarm_" + side)
        number = self.index[f"{bone}_{side}"]
        tip = self.at_rest(f"{end}_{side}") if end else self.mesh.tails[number]
        hinge = np.cross(upper, lower) if bone in ARM else np.array([1.0, 0, 0])
        return frame(tip - self.mesh.heads[number], hinge).T

    def place(self, pose: Pose) -> Placed:
        """Return the bones' rotations (b, 3, 3) and where they begin (b, 3)."""
        pelvis, chest = pose.pelvis, pose.chest
        turns = {
            "pelvis": pelvis,
            "spine_01": slerp(pelvis, chest, 0.33),
            "spine_02": slerp(pelvis, chest, 0.67),
            "spine_03": chest,
            "neck_01": slerp(chest, pose.head, 0.5),
            "head": pose.head,
            "clavicle_l": chest,
            "clavicle_r": chest,
        }
        for bone, rest in self.rest_frames.items():
            turns[bone] = frame(*pose.limbs[bone]) @ rest
        for side in "lr":
            turns["ball_" + side] = pose.toes.get(side, turns["foot_" + side])
        rotations = np.array([turns[bone] for bone in self.mesh.bones])
        return rotations, self._chain(rotations, pose.root)

    def _chain(self, rotations: Array, root: Array) -> Array:
        """Return where every bone begins, hung one on the other from the root."""
        heads, begins = self.mesh.heads, np.zeros((len(rotations), 3))
        for i, parent in enumerate(self.mesh.parents):
            if parent < 0:
                begins[i] = root + rotations[i] @ (heads[i] - self.mid_hip)
            else:
                begins[i] = begins[parent] + rotations[parent] @ (heads[i] - heads[parent])
        return begins

    def skin(self, placed: Placed, bones: Bones | None = None) -> Array:
        """Return vertices (n, 3), all or those that belong to some bones."""
        vertices, weights = self._part(bones)
        rotations, begins = placed
        offsets = begins - np.einsum("nij,nj->ni", rotations, self.mesh.heads)
        flat = np.concatenate([rotations.reshape(len(rotations), 9), offsets], 1)
        blended = weights @ flat
        turns = blended[:, :9].reshape(-1, 3, 3)
        moved: Array = np.einsum("vij,vj->vi", turns, vertices)
        return np.asarray(moved + blended[:, 9:])

    def _part(self, bones: Bones | None) -> tuple[Array, Array]:
        """Return vertices at rest and their weights, taken out once: of few bones it is often."""
        if bones is None:
            return self.mesh.vertices, self.mesh.weights
        if bones not in self._parts:
            share = sum(self.mesh.weights[:, self.index[bone]] for bone in bones)
            which = np.where(np.asarray(share) > 0.5)[0]
            self._parts[bones] = self.mesh.vertices[which], self.mesh.weights[which]
        return self._parts[bones]

    def lowest(self, placed: Placed, bones: Sequence[str]) -> float:
        """Return the height of the lowest vertex that belongs to these bones, metres."""
        return float(self.skin(placed, tuple(bones))[:, 1].min())

    def gap(self, placed: Placed, bones: Sequence[str], centre: Array, radius_m: float) -> float:
        """Return the least height of these bones' vertices over the upper half of a ball."""
        v = self.skin(placed, tuple(bones)) - centre
        r2 = v[:, 0] ** 2 + v[:, 2] ** 2
        over = r2 < (0.95 * radius_m) ** 2
        if not over.any():
            return float(v[:, 1].min() - radius_m)
        return float((v[over, 1] - np.sqrt(radius_m * radius_m - r2[over])).min())

    def pose(self, pose: Pose) -> tuple[Array, dict[str, Array]]:
        """Return vertices (n, 3) and joints (3,) by name, metres."""
        placed = self.place(pose)
        v, begins = self.skin(placed), placed[1]
        joints = {"nose": v[self.mesh.landmarks["nose"]].copy()}
        for s, side in SIDES:
            for bone, name in BONE_JOINTS:
                joints[f"{side}_{name}"] = begins[self.index[f"{bone}_{s}"]].copy()
            for landmark, name in VERTEX_JOINTS:
                joints[f"{side}_{name}"] = v[self.mesh.landmarks[f"{landmark}_{s}"]].copy()
        return v, joints
