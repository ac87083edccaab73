"""Triangles into pictures, and light that falls past them: a small rasteriser for the CPU.

Everything is a loop over pixels or triangles that numba compiles.
"""

import math
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from compiled import compiled
from directions import Array
from numpy.typing import NDArray

Linear: TypeAlias = NDArray[np.float32]
Vector: TypeAlias = tuple[float, float, float]
# A depth that stands for "behind the camera", and what a shadow map holds where nothing is.
BEHIND = -1e8
NOTHING = -1e9
# A triangle thinner than this is not seen.
LEAST_AREA = 1e-12
# How far a lit point is moved off its surface, and how much nearer the light a shadow must begin.
OFF_M = 0.012
BEFORE_M = 0.008


class Shadows(NamedTuple):
    """Lamps, infinitely far away, and how far each sees.

    Attributes:
        u: (n, 3) right of each lamp's map.
        v: (n, 3) down in each lamp's map.
        toward: (n, 3) to the lamp.
        rgb: (n, 3) how bright it is.
        maps: (n, s, s) the nearest point to the lamp, metres along `toward`.
        centre: (3,) middle of the maps, metres.
        radius_m: What they cover around it.
    """

    u: Array
    v: Array
    toward: Array
    rgb: Array
    maps: Array
    centre: Array
    radius_m: float


@compiled
def rasterise(
    points: Array, triangles: NDArray[Any], front: float, depth: Array, hit: NDArray[np.int32]
) -> None:
    """Find the nearest triangle of every pixel.

    Args:
        points: (n, 3) x and y in pixels, z larger = nearer.
        triangles: (m, 3) numbers of points.
        front: Sign of the area of a triangle that faces the picture.
        depth: (h, w) is raised to the nearest z.
        hit: (h, w) is set to the triangle's number.
    """
    for k in range(triangles.shape[0]):
        _draw(points, triangles, k, front, depth, hit)


@compiled
def _draw(
    points: Array,
    triangles: NDArray[Any],
    k: int,
    front: float,
    depth: Array,
    hit: NDArray[np.int32],
) -> None:
    a, b, c = triangles[k, 0], triangles[k, 1], triangles[k, 2]
    za, zb, zc = points[a, 2], points[b, 2], points[c, 2]
    x0, y0, x1, y1 = points[a, 0], points[a, 1], points[b, 0], points[b, 1]
    x2, y2 = points[c, 0], points[c, 1]
    area = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)
    if za <= BEHIND or zb <= BEHIND or zc <= BEHIND or area * front < LEAST_AREA:
        return
    left = max(0, math.ceil(min(x0, x1, x2) - 0.5))
    right = min(depth.shape[1] - 1, math.floor(max(x0, x1, x2) - 0.5))
    top = max(0, math.ceil(min(y0, y1, y2) - 0.5))
    bottom = min(depth.shape[0] - 1, math.floor(max(y0, y1, y2) - 0.5))
    inverse = 1.0 / area
    for y in range(top, bottom + 1):
        for x in range(left, right + 1):
            px, py = x + 0.5, y + 0.5
            w1 = ((px - x0) * (y2 - y0) - (x2 - x0) * (py - y0)) * inverse
            w2 = ((x1 - x0) * (py - y0) - (px - x0) * (y1 - y0)) * inverse
            w0 = 1 - w1 - w2
            if w0 < 0 or w1 < 0 or w2 < 0:
                continue
            z = w0 * za + w1 * zb + w2 * zc
            if z > depth[y, x]:
                depth[y, x] = z
                hit[y, x] = k


@compiled
def cast_shadows(vertices: Array, triangles: NDArray[Any], shadows: Shadows) -> None:
    """Fill the maps of all lamps with a surface: vertices (n, 3), triangles (m, 3)."""
    size = shadows.maps.shape[1]
    points = np.empty(vertices.shape)
    hit = np.zeros((size, size), np.int32)
    for lamp in range(shadows.u.shape[0]):
        for i in range(vertices.shape[0]):
            x = vertices[i, 0] - shadows.centre[0]
            y = vertices[i, 1] - shadows.centre[1]
            z = vertices[i, 2] - shadows.centre[2]
            u, w, d = _seen_by(shadows, lamp, (x, y, z))
            points[i, 0], points[i, 1], points[i, 2] = u, w, d
        shadows.maps[lamp][:] = NOTHING
        rasterise(points, triangles, 1.0, shadows.maps[lamp], hit)


@compiled
def _seen_by(shadows: Shadows, lamp: int, p: Vector) -> Vector:
    """Return where in its map, pixels, and how near a lamp sees a point round the centre."""
    u, v, d, r = shadows.u, shadows.v, shadows.toward, shadows.radius_m
    scale = 2 * r
    size = shadows.maps.shape[1]
    return (
        (p[0] * u[lamp, 0] + p[1] * u[lamp, 1] + p[2] * u[lamp, 2] + r) / scale * size,
        (p[0] * v[lamp, 0] + p[1] * v[lamp, 1] + p[2] * v[lamp, 2] + r) / scale * size,
        p[0] * d[lamp, 0] + p[1] * d[lamp, 1] + p[2] * d[lamp, 2],
    )


@compiled
def lit(p: Vector, n: Vector, base: Vector, shadows: Shadows, jitter: float) -> Vector:
    """Return the light at a point.

    Args:
        p: The point, metres.
        n: Where its surface looks.
        base: Light that comes from everywhere.
        shadows: The lamps.
        jitter: 0..1 pixel by which the maps are read beside the point, against stripes.
    """
    red, green, blue = base
    size, toward, rgb = shadows.maps.shape[1], shadows.toward, shadows.rgb
    off = (
        p[0] + n[0] * OFF_M - shadows.centre[0],
        p[1] + n[1] * OFF_M - shadows.centre[1],
        p[2] + n[2] * OFF_M - shadows.centre[2],
    )
    for lamp in range(toward.shape[0]):
        facing = n[0] * toward[lamp, 0] + n[1] * toward[lamp, 1] + n[2] * toward[lamp, 2]
        if facing <= 0:
            continue
        u, w, d = _seen_by(shadows, lamp, off)
        column, row = int(u + jitter - 0.5), int(w + jitter - 0.5)
        covered = column >= 0 and row >= 0 and column < size and row < size
        if covered and shadows.maps[lamp, row, column] > d + BEFORE_M:
            continue
        red += rgb[lamp, 0] * facing
        green += rgb[lamp, 1] * facing
        blue += rgb[lamp, 2] * facing
    return red, green, blue


@compiled
def chance(x: int, y: int) -> float:
    """Return a number 0..1 that looks random, always the same for two whole numbers."""
    n = (x * 374761393 + y * 668265263) & 0x7FFFFFFF
    n = ((n ^ (n >> 13)) * 1274126177) & 0x7FFFFFFF
    return ((n ^ (n >> 16)) & 0xFFFF) / 65535.0


@compiled
def grain(x: float, y: float) -> float:
    """Return a number 0..1 that changes smoothly over the plane, in patches of size 1."""
    ix, iy = math.floor(x), math.floor(y)
    fx, fy = x - ix, y - iy
    fx = fx * fx * (3 - 2 * fx)
    fy = fy * fy * (3 - 2 * fy)
    upper = chance(ix, iy) * (1 - fx) + chance(ix + 1, iy) * fx
    lower = chance(ix, iy + 1) * (1 - fx) + chance(ix + 1, iy + 1) * fx
    return upper * (1 - fy) + lower * fy
