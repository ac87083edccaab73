"""The body in the picture: which sample shows which triangle, and how that is lit."""

import math
from typing import Any, NamedTuple

import numpy as np
from compiled import compiled
from directions import Array
from numpy.typing import NDArray
from raster import Linear, Shadows, Vector, chance, grain, lit

# So far below the floor a body is hidden by it.
SUNK_M = 0.004
# Samples of a pixel whose depths differ by less lie on one surface: one of them will do, unless
# the surface is seen at a grazing angle.
ALIKE = 0.01
GRAZING = 0.35


class Surface(NamedTuple):
    """What is seen: vertices, normals, colours (n, 3), triangles (m, 3), hair (n,) 0 or 1."""

    vertices: Array
    normals: Array
    triangles: NDArray[Any]
    colours: Array
    hair: Array


class Samples(NamedTuple):
    """What every sample of the picture sees.

    Attributes:
        rays: (h, w, 2) directions at depth 1.
        turn: (3, 3) from the camera to the world.
        eye: (3,) where the camera is, metres.
        depth: (h, w) 1 / metres.
        hit: (h, w) number of the triangle, -1 for none.
        side: How many samples a pixel is wide.
    """

    rays: Array
    turn: Array
    eye: Array
    depth: Array
    hit: NDArray[np.int32]
    side: int


class Surround(NamedTuple):
    """Light from everywhere (3,), the floor's colour (3,), and whether cloth has no grain."""

    ambient: Array
    floor: Array
    plain: bool


@compiled
def shade(
    window: tuple[int, int, int, int],
    samples: Samples,
    surface: Surface,
    shadows: Shadows,
    surround: Surround,
    picture: Linear,
) -> None:
    """Lay a surface over the empty room in a picture (h, w, 3), within left, right, top, bottom."""
    for y in range(window[2], window[3]):
        for x in range(window[0], window[1]):
            many = _alike(x, y, samples)
            if many > 0:
                _shade_pixel((x, y, many), samples, surface, shadows, surround, picture)


@compiled
def _alike(x: int, y: int, samples: Samples) -> int:
    """Return for how many samples the first may stand: 0 if all see the room, 1 at an edge."""
    side = samples.side
    near, far, hits = 0.0, 1e9, 0
    for s in range(side * side):
        row, column = y * side + s // side, x * side + s % side
        if samples.hit[row, column] >= 0:
            hits += 1
            near = max(near, samples.depth[row, column])
            far = min(far, samples.depth[row, column])
    if hits == side * side and near - far < ALIKE * near:
        return hits
    return min(hits, 1)


@compiled
def _shade_pixel(
    pixel: tuple[int, int, int],
    samples: Samples,
    surface: Surface,
    shadows: Shadows,
    surround: Surround,
    picture: Linear,
) -> None:
    x, y, weight = pixel
    side, bare = samples.side, 0
    red, green, blue = 0.0, 0.0, 0.0
    for s in range(side * side):
        if weight > 1 and s > 0:
            break
        at = (y * side + s // side, x * side + s % side)
        if samples.hit[at] < 0 or _height(at, samples) < -SUNK_M:
            bare += weight
            continue
        r, g, b, facing = _sample(at, samples, surface, shadows, surround)
        if facing < GRAZING:
            weight = 1
        red += weight * r
        green += weight * g
        blue += weight * b
    whole = side * side
    picture[y, x, 0] = (red + bare * picture[y, x, 0]) / whole
    picture[y, x, 1] = (green + bare * picture[y, x, 1]) / whole
    picture[y, x, 2] = (blue + bare * picture[y, x, 2]) / whole


@compiled
def _ray(at: tuple[int, int], samples: Samples, axis: int) -> float:
    turn = samples.turn
    across, down = samples.rays[at[0], at[1], 0], samples.rays[at[0], at[1], 1]
    along: float = turn[axis, 0] * across + turn[axis, 1] * down - turn[axis, 2]
    return along


@compiled
def _height(at: tuple[int, int], samples: Samples) -> float:
    """Return how high the point lies that a sample sees, metres."""
    height_m: float = samples.eye[1] + _ray(at, samples, 1) / samples.depth[at]
    return height_m


@compiled
def _sample(
    at: tuple[int, int],
    samples: Samples,
    surface: Surface,
    shadows: Shadows,
    surround: Surround,
) -> tuple[float, float, float, float]:
    """Return the light that comes back from a sample, and how far its surface faces the camera."""
    k, t, eye = samples.hit[at], 1.0 / samples.depth[at], samples.eye
    ray = (_ray(at, samples, 0), _ray(at, samples, 1), _ray(at, samples, 2))
    p = (eye[0] + ray[0] * t, eye[1] + ray[1] * t, eye[2] + ray[2] * t)
    weights = _weights(p, surface, k)
    n = _normal(weights, surface, k)
    facing = -(n[0] * ray[0] + n[1] * ray[1] + n[2] * ray[2])
    if facing < 0:
        n, facing = (-n[0], -n[1], -n[2]), -facing
    up = 0.5 - 0.5 * n[1]  # light comes back from the floor
    ambient, floor = surround.ambient, surround.floor
    base = (
        ambient[0] * (1 - up) + up * floor[0] * 1.2 * ambient[0],
        ambient[1] * (1 - up) + up * floor[1] * 1.2 * ambient[1],
        ambient[2] * (1 - up) + up * floor[2] * 1.2 * ambient[2],
    )
    light = lit(p, n, base, shadows, chance(at[1], at[0]))
    tone = 1.0 if surround.plain else _cloth(p, weights, surface, k)
    return (
        _mixed(surface.colours, weights, surface.triangles, k, 0) * tone * light[0],
        _mixed(surface.colours, weights, surface.triangles, k, 1) * tone * light[1],
        _mixed(surface.colours, weights, surface.triangles, k, 2) * tone * light[2],
        facing,
    )


@compiled
def _mixed(values: Array, weights: Vector, triangles: NDArray[Any], k: int, axis: int) -> float:
    i, j, h = triangles[k, 0], triangles[k, 1], triangles[k, 2]
    a, b, c = values[i, axis], values[j, axis], values[h, axis]
    mixed: float = weights[0] * a + weights[1] * b + weights[2] * c
    return mixed


@compiled
def _cloth(p: Vector, weights: Vector, surface: Surface, k: int) -> float:
    """Return the grain of skin and cloth, or of hair."""
    triangle = surface.triangles[k]
    hair = (
        weights[0] * surface.hair[triangle[0]]
        + weights[1] * surface.hair[triangle[1]]
        + weights[2] * surface.hair[triangle[2]]
    )
    if hair > 0.5:
        return 0.6 + 0.8 * grain((p[0] + p[2]) * 220, (p[1] - p[2]) * 70)
    return 0.94 + 0.12 * grain(p[0] * 60, (p[1] + p[2]) * 60)


@compiled
def _weights(p: Vector, surface: Surface, k: int) -> Vector:
    """Return how near a point of a triangle lies to each corner."""
    i, j, h = surface.triangles[k, 0], surface.triangles[k, 1], surface.triangles[k, 2]
    v = surface.vertices
    d11 = d12 = d22 = q1 = q2 = 0.0
    for c in range(3):
        e1, e2, q = v[j, c] - v[i, c], v[h, c] - v[i, c], p[c] - v[i, c]
        d11 += e1 * e1
        d12 += e1 * e2
        d22 += e2 * e2
        q1 += q * e1
        q2 += q * e2
    area = max(d11 * d22 - d12 * d12, 1e-20)
    b1 = min(1.0, max(0.0, (d22 * q1 - d12 * q2) / area))
    b2 = min(1.0, max(0.0, (d11 * q2 - d12 * q1) / area))
    return max(0.0, 1 - b1 - b2), b1, b2


@compiled
def _normal(weights: Vector, surface: Surface, k: int) -> Vector:
    """Return where the surface looks between the corners of a triangle."""
    x = _mixed(surface.normals, weights, surface.triangles, k, 0)
    y = _mixed(surface.normals, weights, surface.triangles, k, 1)
    z = _mixed(surface.normals, weights, surface.triangles, k, 2)
    r = 1.0 / math.sqrt(x * x + y * y + z * z + 1e-20)
    return x * r, y * r, z * r


@compiled
def develop(
    linear: Linear,
    curve: Array,
    gain: float,
    noise: float,
    grain_of: Linear,
    out: NDArray[np.uint8],
) -> None:
    """Fill a picture of 8 bits from linear light.

    Args:
        linear: (h, w, 3) light.
        curve: (n,) tone curve.
        gain: Steps of the curve to a unit of light.
        noise: Of the sensor, as a share of white.
        grain_of: (h, w, 3) where it goes up and down.
        out: (h, w, 3) is filled.
    """
    last = curve.shape[0] - 1
    for y in range(linear.shape[0]):
        for x in range(linear.shape[1]):
            for c in range(3):
                v = curve[min(last, int(linear[y, x, c] * gain))] + noise * grain_of[y, x, c]
                out[y, x, c] = int(min(1.0, max(0.0, v)) * 255 + 0.5)
