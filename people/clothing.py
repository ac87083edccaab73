"""Clothes, hair and face, painted on a body by where its vertices lie at rest."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from directions import Array
from human import Bones
from numpy.typing import NDArray
from persons import Person

Mask = NDArray[np.bool_]

LIPS_RGB: Final = (0.55, 0.22, 0.20)
# How thick things are, metres: what is worn, and how far wide clothes stand off.
SHIRT_M, SHORTS_M, SHOE_M, WIDE_M = 0.010, 0.008, 0.010, 0.024
HAIR_M, CROPPED_M = 0.014, 0.003
IRIS_M, PUPIL_M = 0.0062, 0.0028
WHITE: Final = [0.82, 0.82, 0.80]
IRIS: Final = [0.22, 0.13, 0.08]
PUPIL: Final = [0.02, 0.02, 0.02]
BROW_M: Final = 0.0048
MASK_FULL: Final = 255


@dataclass(frozen=True, slots=True, eq=False)
class Undressed:
    """A body at rest before it is dressed.

    Attributes:
        vertices: (n, 3) metres.
        weights: (n, b) how far each bone carries a vertex.
        bones: Their names.
        heads: Where each begins, (3,) metres.
        masks: Arrays of basis.npz: lips and ears (n,) 0..255, eye (2, n).
    """

    vertices: Array
    weights: Array
    bones: Bones
    heads: dict[str, Array]
    masks: dict[str, NDArray[Any]]

    def share(self, *bones: str) -> Array:
        """Return how far some bones together carry each vertex, (n,)."""
        return np.asarray(sum(self.weights[:, self.bones.index(bone)] for bone in bones))

    @property
    def eye_centre(self) -> Array:
        """Middle of the left eye, (3,) metres."""
        return np.asarray(self.vertices[self.masks["eye"][0]].mean(0))

    @property
    def eyes(self) -> Mask:
        """Vertices of either eye, (n,)."""
        return np.asarray(self.masks["eye"].any(0))

    @property
    def ears(self) -> Mask:
        """Vertices of either ear, (n,)."""
        return np.asarray(self.masks["ears"] > 0.4 * MASK_FULL)


@dataclass(frozen=True, slots=True, eq=False)
class Dressed:
    """What clothes and hair make of a body.

    Attributes:
        colours: (n, 3) linear.
        thickness: (n,) metres over the skin.
        hair: (n,) where hair grows.
        landmarks: Vertices that are joints, by name.
    """

    colours: Array
    thickness: Array
    hair: Mask
    landmarks: dict[str, int]


def dress(person: Person, body: Undressed) -> Dressed:
    """Return colours, thickness of the clothes, hair and landmarks of a body."""
    colours, thickness = _skin(person, body), np.zeros(len(body.vertices))
    _put_on_clothes(person, body, colours, thickness)
    hair = _hair(person, body)
    thin = person.hair_kind in ("cropped", "bald")
    own = np.array(person.hair)
    colours[hair] = 0.6 * own + 0.4 * np.array(person.skin) if thin else own
    thickness[hair] = CROPPED_M if thin else HAIR_M
    _paint_face(person, body, colours)
    return Dressed(colours, thickness, hair, _landmarks(body, hair))


def _skin(person: Person, body: Undressed) -> Array:
    skin = np.array(person.skin)
    lips = body.masks["lips"][:, None] / MASK_FULL
    red = 0.5 * np.array(LIPS_RGB) + 0.5 * skin * [1, 0.6, 0.6]
    return np.asarray(skin * (1 - 0.55 * lips) + 0.55 * lips * red)


def _put_on_clothes(person: Person, body: Undressed, colours: Array, thickness: Array) -> None:
    """Paint trousers, shirt and shoes, in this order."""
    y, heads = body.vertices[:, 1], body.heads
    loose = WIDE_M * person.wide
    low = _trousers(person, body)
    hips_y, knees_y = heads["thigh_l"][1], heads["calf_l"][1]
    drop = np.clip((hips_y + 0.02 - y[low]) / (hips_y - knees_y), 0, 1)  # wider down the leg
    colours[low], thickness[low] = person.shorts, SHORTS_M + loose * (0.15 + 0.75 * drop)
    along, shirt = _along_arm(body), _shirt(person, body)
    # A wide shirt hangs from the chest: thickest round the waist, thin at neck and armpit.
    neck = np.clip((heads["neck_01"][1] - y) / 0.25, 0.15, 1)
    hang = neck * np.clip(1.6 - along, 0.3, 1)
    colours[shirt], thickness[shirt] = person.shirt, (SHIRT_M + loose * hang)[shirt]
    if not person.barefoot:
        feet = body.share("foot_l", "foot_r", "ball_l", "ball_r") > 0.5
        shoes = feet & (y < heads["foot_l"][1] + 0.01)
        colours[shoes], thickness[shoes] = person.shoes, SHOE_M


def _along_arm(body: Undressed) -> Array:
    """Return how far out a vertex lies, in upper arms from the shoulder, (n,)."""
    shoulder, elbow = body.heads["upperarm_l"][0], body.heads["lowerarm_l"][0]
    return np.asarray((np.abs(body.vertices[:, 0]) - shoulder) / (elbow - shoulder))


def _waist_m(body: Undressed) -> float:
    return float(body.heads["spine_01"][1] + 0.01)


def _shirt(person: Person, body: Undressed) -> Mask:
    y = body.vertices[:, 1]
    head = body.share("head", "neck_01")
    shirt = (y > _waist_m(body) - 0.05) & (head < 0.5) & (_along_arm(body) < person.sleeve)
    shirt &= y < body.heads["neck_01"][1] + 0.005
    return np.asarray(shirt & (body.share("hand_l", "hand_r") < 0.5))


def _trousers(person: Person, body: Undressed) -> Mask:
    y, heads = body.vertices[:, 1], body.heads
    knees_y, hips_y, ankles_y = (heads[bone][1] for bone in ("calf_l", "thigh_l", "foot_l"))
    hem = knees_y + person.leg * ((hips_y - knees_y) if person.leg > 0 else (knees_y - ankles_y))
    arms = body.share(*(f"{bone}_{s}" for bone in ("upperarm", "lowerarm", "hand") for s in "lr"))
    low = (y <= _waist_m(body)) & (y > hem) & (arms < 0.3)
    return np.asarray(low & (body.share("ball_l", "ball_r") < 0.3))


def _hair(person: Person, body: Undressed) -> Mask:
    """Return where hair grows: above a line that falls from the forehead to the nape."""
    _, y, depth = body.vertices.T
    _, eye_y, eye_z = body.eye_centre
    behind = np.clip(-(depth - eye_z + 0.075), 0, 0.04)
    sides = np.where(depth > eye_z - 0.075, eye_y + 0.025, eye_y - 0.075 + 0.35 * behind)
    line = np.where(depth > eye_z - 0.02, eye_y + 0.060, sides)
    hair = (body.share("head", "neck_01") > 0.6) & (y > line) & ~body.eyes & ~body.ears
    if person.hair_kind == "bald":
        hair &= (y < eye_y + 0.07) & (depth < eye_z - 0.09)
    return np.asarray(hair)


def _paint_face(person: Person, body: Undressed, colours: Array) -> None:
    """Paint brows and eyes."""
    x, y, depth = body.vertices.T
    out = np.abs(x)
    eye_x, eye_y, eye_z = abs(body.eye_centre[0]), body.eye_centre[1], body.eye_centre[2]
    arch = np.abs(y - (eye_y + 0.021 - 0.10 * np.maximum(0, out - eye_x - 0.01)))
    brow = (depth > eye_z - 0.045) & (arch < BROW_M) & (out > eye_x - 0.02)
    brow &= (out < eye_x + 0.022) & ~body.eyes
    colours[brow] = 0.5 * np.array(person.hair) + 0.3 * np.array(person.skin)
    for eye in body.masks["eye"]:
        centre = body.vertices[eye].mean(0)
        off_m = np.hypot(x - centre[0], y - centre[1])
        seen = eye & (depth > centre[2])
        colours[eye] = WHITE
        colours[seen & (off_m < IRIS_M)] = IRIS
        colours[seen & (off_m < PUPIL_M)] = PUPIL


def _landmarks(body: Undressed, hair: Mask) -> dict[str, int]:
    """Return the outermost vertex of nose, ears, eyes, toes and heels."""
    x, y, depth = body.vertices.T
    eye_y = body.eye_centre[1]
    face = (body.share("head", "neck_01") > 0.9) & ~hair & (np.abs(x) < 0.01)
    nose = face & (y < eye_y - 0.01) & (y > eye_y - 0.07)
    found = {"nose": _outermost(nose, depth)}
    for number, (side, sign) in enumerate((("l", 1), ("r", -1))):
        found["ear_" + side] = _outermost(body.ears & (x * sign > 0), x * sign)
        found["toe_" + side] = _outermost(body.share("ball_" + side) > 0.5, depth)
        found["heel_" + side] = _outermost(body.share("foot_" + side) > 0.5, -depth - 0.3 * y)
        found["eye_" + side] = _outermost(body.masks["eye"][number], depth)
    return found


def _outermost(where: Mask, value: Array) -> int:
    numbers = np.where(where)[0]
    return int(numbers[np.argmax(value[numbers])])
