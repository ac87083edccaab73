"""Directions, rotations and angles in space.

World: X to the right, Y up, Z to the camera, metres; the head lies at -X, the floor is Y = 0.
Rotations are 3x3 matrices whose columns are the turned axes. Angles are in degrees.
"""

from typing import Final, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array: TypeAlias = NDArray[np.float64]

X: Final[Array] = np.array([1.0, 0.0, 0.0])
Y: Final[Array] = np.array([0.0, 1.0, 0.0])
Z: Final[Array] = np.array([0.0, 0.0, 1.0])


def norm(vector: ArrayLike) -> Array:
    """Return a vector (3,) at length 1."""
    a = np.asarray(vector, float)
    return np.asarray(a / np.linalg.norm(a))


def cross(a: Array, b: Array) -> Array:
    """Return the vector square to two vectors (3,); numpy's own is slow for so few numbers."""
    (x, y, z), (u, v, w) = a, b
    return np.array([y * w - z * v, z * u - x * w, x * v - y * u])


def frame(direction: ArrayLike, hinge: ArrayLike) -> Array:
    """Return the rotation with the direction as first axis; the second is near the hinge."""
    d = norm(direction)
    h = np.asarray(hinge, float)
    h = norm(h - d * (h @ d))
    return np.stack([d, h, cross(d, h)], 1)


def rotation(vector: Array) -> Array:
    """Return the rotation about a vector (3,) by its length, radians."""
    size = np.linalg.norm(vector)
    if size < 1e-9:
        return np.eye(3)
    k = vector / size
    cross = np.array([[0, -k[2], k[1]], [k[2], 0, -k[0]], [-k[1], k[0], 0]])
    return np.asarray(np.eye(3) + np.sin(size) * cross + (1 - np.cos(size)) * cross @ cross)


def slerp(a: Array, b: Array, share: float) -> Array:
    """Return the rotation that lies a share of the way from `a` to `b`."""
    r = a.T @ b
    turn = np.arccos(np.clip((np.trace(r) - 1) / 2, -1, 1))
    if turn < 1e-8:
        return a
    axis = np.array([r[2, 1] - r[1, 2], r[0, 2] - r[2, 0], r[1, 0] - r[0, 1]])
    return np.asarray(a @ rotation(share * turn / (2 * np.sin(turn)) * axis))


def two_bone(start: Array, end: Array, upper_m: float, lower_m: float, pole: Array) -> Array:
    """Return the middle joint of a chain of two bones, bent toward the pole."""
    d = end - start
    reach = min(float(np.linalg.norm(d)), (upper_m + lower_m) * 0.99999)
    u = norm(d)
    x = (upper_m * upper_m - lower_m * lower_m + reach * reach) / (2 * reach)
    q = pole - u * (pole @ u)
    return np.asarray(start + u * x + norm(q) * np.sqrt(max(upper_m * upper_m - x * x, 0)))


def angle(a: Array, b: Array, c: Array) -> float:
    """Return the angle a-b-c, 0 to 180."""
    u, w = np.asarray(a) - b, np.asarray(c) - b
    cosine = np.clip(u @ w / np.linalg.norm(u) / np.linalg.norm(w), -1, 1)
    return float(np.degrees(np.arccos(cosine)))


def orient(up: Array, left: ArrayLike) -> Array:
    """Return the rotation of a trunk or head with its up along `up` and its left near `left`."""
    u = norm(up)
    towards = np.asarray(left, float)
    towards = norm(towards - u * (u @ towards))
    return np.stack([towards, u, cross(towards, u)], 1)


def turned(d: Array, by_deg: float) -> Array:
    """Return a direction turned in the plane of motion, + = counter-clockwise in the picture."""
    a = np.radians(by_deg)
    x, y = d[0] * np.cos(a) - d[1] * np.sin(a), d[0] * np.sin(a) + d[1] * np.cos(a)
    return np.array([x, y, d[2]])


def polar(deg: float) -> Array:
    """Return the direction in the plane of motion, 0 = to the feet, 90 = up."""
    return np.array([np.cos(np.radians(deg)), np.sin(np.radians(deg)), 0.0])


def slope(d: Array) -> float:
    """Return how far a direction points above X, degrees, full circle."""
    return float(np.degrees(np.arctan2(d[1], d[0])))


def mix(a: ArrayLike, b: ArrayLike, share: float) -> Array:
    """Return the point a share of the way from `a` to `b`."""
    return np.asarray(np.asarray(a, float) * (1 - share) + np.asarray(b, float) * share)
