"""A person's body from basis.npz (CC0 1.0, MakeHuman/MPFB2): blended, scaled, dressed."""

from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from clothing import Undressed, dress
from directions import Array
from human import Mesh
from numpy.typing import NDArray
from persons import Person, shape_weights

BASIS: Final = Path(__file__).with_name("basis.npz")
LEAST_SHARE: Final = 1e-4


@cache
def basis() -> dict[str, NDArray[Any]]:
    """Return the arrays of basis.npz; build_basis.py says what they are."""
    with np.load(BASIS) as archive:
        return {name: archive[name] for name in archive}


def build(person: Person) -> Mesh:
    """Return the dressed body of a person at rest."""
    z = basis()
    vertices, joints = _blended(person)
    scale = person.height / (vertices[:, 1].max() - vertices[:, 1].min())
    vertices, joints = vertices * scale, joints * scale
    bones = tuple(str(bone) for bone in z["bones"])
    heads, tails = joints[: len(bones)], joints[len(bones) :]
    bare = Undressed(vertices, z["W"].astype(float), bones, dict(zip(bones, heads, strict=True)), z)
    dressed = dress(person, bare)
    vertices = vertices + normals(vertices, z["t"]) * dressed.thickness[:, None]
    mesh = Mesh(
        vertices=vertices,
        triangles=z["t"],
        colours=dressed.colours,
        hair=dressed.hair,
        weights=bare.weights,
        heads=heads,
        tails=tails,
        parents=z["parent"],
        bones=bones,
        landmarks=dressed.landmarks,
    )
    return _with_tied_hair(person, mesh) if person.hair_kind in ("bun", "tail") else mesh


def _blended(person: Person) -> tuple[Array, Array]:
    """Return vertices (n, 3) and ends of bones (2b, 3) of a person's shape, not yet to scale."""
    z = basis()
    number = {str(name): i for i, name in enumerate(z["names"])}
    vertices, joints = z["base"].astype(float), z["joints"].copy()
    for name, weight in shape_weights(person).items():
        if weight > LEAST_SHARE:
            i = number[name]
            vertices += (weight * z["scales"][i]) * z["deltas"][i]
            joints += weight * z["moved"][i]
    return vertices, joints


def normals(vertices: Array, triangles: NDArray[Any]) -> Array:
    """Return the directions (n, 3) in which a surface looks at its vertices."""
    a, b, c = (vertices[triangles[:, k]] for k in range(3))
    faces = np.cross(b - a, c - a)
    n = np.zeros_like(vertices)
    for corner in range(3):
        for axis in range(3):
            n[:, axis] += np.bincount(triangles[:, corner], faces[:, axis], len(vertices))
    return np.asarray(n / np.maximum(np.linalg.norm(n, axis=1, keepdims=True), 1e-12))


def ellipsoid(
    centre: tuple[float, float, float], radii: tuple[float, float, float], rings: int = 10
) -> tuple[Array, NDArray[np.int64]]:
    """Return vertices and triangles of an ellipsoid of some rings, each of twice as many points."""
    around = 2 * rings
    theta = np.linspace(0, np.pi, rings + 1)[:, None]
    phi = np.linspace(0, 2 * np.pi, around, endpoint=False)[None]
    points = (np.sin(theta) * np.cos(phi), np.cos(theta) + 0 * phi, np.sin(theta) * np.sin(phi))
    vertices = np.stack(points, -1).reshape(-1, 3)
    triangles = []
    for i in range(rings):
        for j in range(around):
            a, b = i * around + j, i * around + (j + 1) % around
            triangles += [(a, b, a + around), (b, b + around, a + around)]
    return np.asarray(centre) + vertices * radii, np.array(triangles)


def _with_tied_hair(person: Person, mesh: Mesh) -> Mesh:
    """Return a body with a bun or a tail at the back of its head."""
    hairy = np.where(mesh.hair)[0]
    back = mesh.vertices[hairy[np.argmin(mesh.vertices[hairy, 2])]]
    top = mesh.vertices[hairy, 1].max()
    if person.hair_kind == "tail":
        knot = ((0, back[1] + 0.035, back[2] - 0.012), (0.042, 0.04, 0.036))
        tail = ((0, back[1] - 0.04, back[2] - 0.03), (0.028, 0.085, 0.022))
        pieces = [knot, tail]
    else:
        middle = (0, 0.5 * (top + back[1]) + 0.02, back[2] - 0.004)
        pieces = [(middle, (0.045, 0.042, 0.040))]
    for centre, radii in pieces:
        mesh = _with_piece(mesh, ellipsoid(centre, radii), person.hair)
    return mesh


def _with_piece(mesh: Mesh, piece: tuple[Array, NDArray[Any]], colour: list[float]) -> Mesh:
    """Return a body with a piece of hair that the head carries."""
    vertices, triangles = piece
    weights = np.zeros((len(vertices), len(mesh.bones)))
    weights[:, mesh.bones.index("head")] = 1
    return Mesh(
        vertices=np.concatenate([mesh.vertices, vertices]),
        triangles=np.concatenate([mesh.triangles, triangles + len(mesh.vertices)]),
        colours=np.concatenate([mesh.colours, np.tile(colour, (len(vertices), 1))]),
        hair=np.concatenate([mesh.hair, np.ones(len(vertices), bool)]),
        weights=np.concatenate([mesh.weights, weights]),
        heads=mesh.heads,
        tails=mesh.tails,
        parents=mesh.parents,
        bones=mesh.bones,
        landmarks=mesh.landmarks,
    )
