"""The empty room: floor, mat, wall, furniture and pictures, each pixel by its ray."""

import math
from typing import NamedTuple

import numpy as np
from compiled import compiled
from directions import Array
from places import (
    BOARDS,
    CARPET,
    CURTAIN,
    CUSHIONS,
    DRAWERS,
    PICTURE,
    PLAIN,
    SHELF,
    WINDOW,
    Room,
)
from raster import Linear, Shadows, Vector, chance, grain, lit

HIT_NOTHING, HIT_FLOOR, HIT_WALL = -1, -2, -3
FAR_M = 1e9
PARALLEL = 1e-9
BOARD_M, BOARD_LONG_M, TILE_M = 0.12, 1.3, 0.4
DRAWER_HIGH_M, DRAWER_WIDE_M = 0.25, 0.5
SHELF_M, BOOK_M, CUSHION_M = 0.32, 0.045, 0.6
SKIRTING_M = 0.09
BACKDROP = 0.5


class Walls(NamedTuple):
    """A room as the compiled functions take it; see places.Room.

    Attributes:
        wall_z: Where the wall stands.
        mat: (4,) left, right, back, front.
        mat_rgb: (3,) colour.
        wall: (3,) colour.
        floor: (3,) colour.
        floor_kind: BOARDS, CARPET, TILES or PLAIN.
        skirting: Brightness of the wall's foot.
        boxes: (b, 10) furniture.
        pictures: (p, 8) on the wall.
    """

    wall_z: float
    mat: Array
    mat_rgb: Array
    wall: Array
    floor: Array
    floor_kind: int
    skirting: float
    boxes: Array
    pictures: Array


def walls(room: Room) -> Walls:
    """Return a room as the compiled functions take it."""
    return Walls(
        wall_z=float(room.wall_z),
        mat=np.array(room.mat, float),
        mat_rgb=np.array(room.mat_rgb, float),
        wall=np.array(room.wall, float),
        floor=np.array(room.floor, float),
        floor_kind=int(room.floor_kind),
        skirting=float(room.skirting),
        boxes=np.array(room.boxes, float).reshape(-1, 10),
        pictures=np.array(room.pictures, float).reshape(-1, 8),
    )


@compiled
def paint_room(
    rays: Array, turn: Array, eye: Array, room: Walls, colours: Array, places: Array
) -> None:
    """Find what every ray of the empty room meets.

    Args:
        rays: (h, w, 2) directions at depth 1.
        turn: (3, 3) from the camera to the world.
        eye: (3,) where the camera is, metres.
        room: The room.
        colours: (h, w, 3) is filled with colours.
        places: (h, w, 7) is filled with the point, 1 or (nothing is met) -1, and the normal.
    """
    colour, normal = np.zeros(3), np.zeros(3)
    for y in range(rays.shape[0]):
        for x in range(rays.shape[1]):
            dx, dy = rays[y, x, 0], rays[y, x, 1]
            ray = (
                turn[0, 0] * dx + turn[0, 1] * dy - turn[0, 2],
                turn[1, 0] * dx + turn[1, 1] * dy - turn[1, 2],
                turn[2, 0] * dx + turn[2, 1] * dy - turn[2, 2],
            )
            colour[:] = BACKDROP
            normal[:] = 0
            t = _follow((eye[0], eye[1], eye[2]), ray, room, colour, normal)
            places[y, x, 3] = 1.0 if t > 0 else -1.0
            for c in range(3):
                colours[y, x, c] = colour[c]
                places[y, x, c] = eye[c] + ray[c] * t
                places[y, x, 4 + c] = normal[c]


@compiled
def _follow(eye: Vector, ray: Vector, room: Walls, colour: Array, normal: Array) -> float:
    """Follow a ray: fill colour and normal, return the distance, -1 if it meets nothing."""
    t, hit = FAR_M, HIT_NOTHING
    if ray[1] < -1e-6:
        t, hit = -eye[1] / ray[1], HIT_FLOOR
    if ray[2] < -1e-6:
        to_wall = (room.wall_z - eye[2]) / ray[2]
        if 0 < to_wall < t:
            t, hit = to_wall, HIT_WALL
    for b in range(room.boxes.shape[0]):
        near, axis = _meet_box(eye, ray, room.boxes, b)
        if 0 < near < t:
            t, hit = near, b
            normal[:] = 0
            normal[axis] = -1.0 if ray[axis] > 0 else 1.0
    p = (eye[0] + ray[0] * t, eye[1] + ray[1] * t, eye[2] + ray[2] * t)
    if hit == HIT_NOTHING:
        return -1.0
    _paint(p, hit, room, colour, normal)
    return t


@compiled
def _paint(p: Vector, hit: int, room: Walls, colour: Array, normal: Array) -> None:
    """Fill the colour of the point that is hit, and the normal of floor and wall."""
    if hit == HIT_FLOOR:
        normal[0], normal[1], normal[2] = 0.0, 1.0, 0.0
        _paint_floor(p[0], p[2], room, colour)
    elif hit == HIT_WALL:
        normal[0], normal[1], normal[2] = 0.0, 0.0, 1.0
        _paint_wall(p[0], p[1], room, colour)
    else:
        _paint_box(p, room.boxes[hit], normal[2] > 0.5, colour)


@compiled
def _meet_box(eye: Vector, ray: Vector, boxes: Array, b: int) -> tuple[float, int]:
    """Return how far a box is along a ray (-1: not met), and across which axis its side lies."""
    near, far, axis = 0.0, FAR_M, 0
    for c in range(3):
        d = ray[c]
        if abs(d) < PARALLEL:
            d = PARALLEL
        t0, t1 = (boxes[b, 2 * c] - eye[c]) / d, (boxes[b, 2 * c + 1] - eye[c]) / d
        if t0 > t1:
            t0, t1 = t1, t0
        if t0 > near:
            near, axis = t0, c
        far = min(far, t1)
    return (near, axis) if near < far else (-1.0, axis)


@compiled
def _shade_of(colour: Array, rgb: Array, share: float) -> None:
    for c in range(3):
        colour[c] = rgb[c] * share


@compiled
def _paint_floor(x: float, z: float, room: Walls, colour: Array) -> None:
    plain, mat = room.floor_kind == PLAIN, room.mat
    if x > mat[0] and x < mat[1] and z > mat[2] and z < mat[3]:
        _shade_of(colour, room.mat_rgb, 1.0 if plain else 0.92 + 0.16 * grain(x * 90, z * 90))
    elif plain:
        _shade_of(colour, room.floor, 1.0)
    elif room.floor_kind == BOARDS:
        _shade_of(colour, room.floor, _boards(x, z))
    elif room.floor_kind == CARPET:
        _shade_of(colour, room.floor, 0.85 + 0.3 * grain(x * 140, z * 140))
    else:
        _shade_of(colour, room.floor, _tiles(x, z))


@compiled
def _boards(x: float, z: float) -> float:
    board = math.floor(z / BOARD_M)
    piece = math.floor((x + chance(board, 7) * BOARD_LONG_M) / BOARD_LONG_M)
    tone = 0.78 + 0.3 * chance(board * 31 + 5, piece) + 0.14 * grain(x * 4 + piece * 9, z * 90)
    return tone * 0.6 if z / BOARD_M - board < 0.025 else tone


@compiled
def _tiles(x: float, z: float) -> float:
    tone = 0.95 + 0.08 * grain(x * 9, z * 9)
    joint = min(x / TILE_M - math.floor(x / TILE_M), z / TILE_M - math.floor(z / TILE_M)) < 0.02
    return tone * 0.7 if joint else tone


@compiled
def _paint_wall(x: float, y: float, room: Walls, colour: Array) -> None:
    plain = room.floor_kind == PLAIN
    _shade_of(colour, room.wall, 1.0 if plain else 0.97 + 0.05 * grain(x * 7, y * 7))
    if y < SKIRTING_M:
        colour[:] = room.skirting
    for p in range(room.pictures.shape[0]):
        edges = room.pictures[p]
        if x > edges[0] and x < edges[1] and y > edges[2] and y < edges[3]:
            _paint_picture(x, y, edges, colour)


@compiled
def _paint_picture(x: float, y: float, picture: Array, colour: Array) -> None:
    edge_m = min(x - picture[0], picture[1] - x, y - picture[2], picture[3] - y)
    kind = picture[7]
    _shade_of(colour, picture[4:7], 1.0)
    if kind == PICTURE:
        colour[0] *= 0.5 + grain(x * 6, y * 6)
        colour[1] *= 0.5 + grain(x * 5 + 9, y * 9)
        if edge_m < 0.03:
            colour[:] = 0.1
    elif kind == WINDOW:
        if edge_m < 0.05 or abs(x - 0.5 * (picture[0] + picture[1])) < 0.02:
            colour[:] = 0.8
    elif kind == CURTAIN:
        _shade_of(colour, picture[4:7], 0.75 + 0.25 * math.sin(x * 70))


@compiled
def _paint_box(p: Vector, box: Array, front: bool, colour: Array) -> None:
    kind = box[9]
    tone = 0.95 + 0.08 * grain(p[0] * 30 + p[2] * 30, p[1] * 30)
    if kind == DRAWERS:
        high, wide = (p[1] - box[2]) / DRAWER_HIGH_M, (p[0] - box[0]) / DRAWER_WIDE_M
        if high - math.floor(high) < 0.04 or wide - math.floor(wide) < 0.02:
            tone *= 0.5
    _shade_of(colour, box[6:9], tone)
    if kind == SHELF and front:
        _paint_books(p[0], p[1], colour)
    if kind == CUSHIONS:
        wide = (p[0] - box[0]) / CUSHION_M
        seam = 0.7 if wide - math.floor(wide) < 0.05 else 1.0
        cloth = 0.9 + 0.2 * grain(p[0] * 120, p[1] * 120)
        for c in range(3):
            colour[c] *= seam * cloth


@compiled
def _paint_books(x: float, y: float, colour: Array) -> None:
    row, column = math.floor(y / SHELF_M), math.floor(x / BOOK_M)
    high = y / SHELF_M - row
    if high < 0.1:
        return
    if high < 0.6 + 0.35 * chance(column, row):
        for c in range(3):
            colour[c] = 0.08 + 0.5 * chance(column * 3 + c, row * 7 + c)
    else:
        for c in range(3):
            colour[c] *= 0.3


@compiled
def light_room(places: Array, ambient: Array, shadows: Shadows, light: Array) -> None:
    """Fill the light (h, w, 3) that falls on what the rays meet (h, w, 7, see paint_room)."""
    base = (ambient[0], ambient[1], ambient[2])
    for y in range(places.shape[0]):
        for x in range(places.shape[1]):
            p = (places[y, x, 0], places[y, x, 1], places[y, x, 2])
            n = (places[y, x, 4], places[y, x, 5], places[y, x, 6])
            found = (1.0, 1.0, 1.0)
            if places[y, x, 3] >= 0:
                found = lit(p, n, base, shadows, chance(x, y))
            light[y, x, 0], light[y, x, 1], light[y, x, 2] = found


@compiled
def combine(colours: Array, light: Array, coarse: float, picture: Linear) -> None:
    """Fill a picture (h, w, 3) with colours (h, w, 3) under a light that is so much coarser."""
    h, w = light.shape[0], light.shape[1]
    for y in range(colours.shape[0]):
        ly = min(max((y + 0.5) / coarse - 0.5, 0.0), h - 1.001)
        row = int(ly)
        fy = ly - row
        for x in range(colours.shape[1]):
            lx = min(max((x + 0.5) / coarse - 0.5, 0.0), w - 1.001)
            column = int(lx)
            fx = lx - column
            for c in range(3):
                upper = light[row, column, c] * (1 - fx) + light[row, column + 1, c] * fx
                lower = light[row + 1, column, c] * (1 - fx) + light[row + 1, column + 1, c] * fx
                picture[y, x, c] = colours[y, x, c] * (upper * (1 - fy) + lower * fy)
