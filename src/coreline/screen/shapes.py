"""Plain shapes with smooth edges; the typeface has no arrows, ticks or signs, so they are drawn."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise
from math import cos, hypot, pi, sin

import pygame
from pygame import Rect, Surface

from coreline.screen.palette import Colour

Point = tuple[float, float]
Draw = Callable[[Surface, Colour, Rect], None]
FULL_TURN = 2 * pi


def polygon(surface: Surface, colour: Colour, points: Sequence[Point]) -> None:
    """Draw a filled polygon whose edge is smooth."""
    pygame.draw.polygon(surface, colour, points)
    pygame.draw.aalines(surface, colour, True, points)


def disc(surface: Surface, colour: Colour, centre: Point, radius_px: float) -> None:
    """Draw a filled circle."""
    across_px, down_px = centre
    polygon(
        surface,
        colour,
        [
            (across_px + radius_px * sine, down_px - radius_px * cosine)
            for sine, cosine in _turn(_steps(radius_px, FULL_TURN), 0.0, FULL_TURN)
        ],
    )


def stroke(surface: Surface, colour: Colour, ends: tuple[Point, Point], width_px: float) -> None:
    """Draw a thick line with round ends."""
    (start_x, start_y), (end_x, end_y) = ends
    radius_px, length_px = width_px / 2, hypot(end_x - start_x, end_y - start_y)
    # The sine and cosine of where it heads, clockwise from the top; a point heads downward.
    sine, cosine = (0.0, -1.0)
    if length_px:
        sine, cosine = (end_x - start_x) / length_px, (start_y - end_y) / length_px
    right_px, up_px = radius_px * sine, radius_px * cosine
    # Turned from a half circle that is worked out once: a skeleton has a hundred of them, and each
    # is another one in every picture.
    half = [
        (right_px * along + up_px * aside, up_px * along - right_px * aside)
        for aside, along in _turn(_steps(radius_px, pi), -pi / 2, pi / 2)
    ]
    front = [(end_x + right, end_y - up) for right, up in half]
    back = [(start_x - right, start_y + up) for right, up in half]
    polygon(surface, colour, front + back)


def dashes(
    surface: Surface,
    colour: Colour,
    ends: tuple[Point, Point],
    width_px: float,
    dash_px: float,
) -> None:
    """Draw a thick line broken into dashes, beginning and ending with one."""
    (start_x, start_y), (end_x, end_y) = ends
    length_px = hypot(end_x - start_x, end_y - start_y)
    pieces = max(1, round(length_px / dash_px) // 2 * 2 + 1)
    for piece in range(0, pieces, 2):
        share, until = piece / pieces, (piece + 1) / pieces
        begin = (start_x + (end_x - start_x) * share, start_y + (end_y - start_y) * share)
        stop = (start_x + (end_x - start_x) * until, start_y + (end_y - start_y) * until)
        stroke(surface, colour, (begin, stop), width_px)


def ring(
    surface: Surface,
    colour: Colour,
    box: Rect,
    width_px: float,
    share: float = 1.0,
) -> None:
    """Draw a share of a ring, from the top and clockwise, inside a square box."""
    sweep = FULL_TURN * min(max(share, 0.0), 1.0)
    if sweep == 0:
        return
    radius_px = min(box.size) / 2 - 1
    outer = _from_top(box.center, radius_px, sweep)
    inner = _from_top(box.center, radius_px - width_px, sweep)
    polygon(surface, colour, [*outer, *reversed(inner)])


def tick(surface: Surface, colour: Colour, box: Rect) -> None:
    """Draw a tick."""
    corners = [_inside(box, x, y) for x, y in ((0.1, 0.55), (0.38, 0.82), (0.9, 0.2))]
    width_px = min(box.size) * 0.15
    stroke(surface, colour, (corners[0], corners[1]), width_px)
    stroke(surface, colour, (corners[1], corners[2]), width_px)


def triangle(surface: Surface, colour: Colour, box: Rect, *, up: bool = True) -> None:
    """Draw a triangle that points up, or down."""
    base, point = (0.92, 0.08) if up else (0.08, 0.92)
    corners = [_inside(box, x, y) for x, y in ((0.02, base), (0.98, base), (0.5, point))]
    polygon(surface, colour, corners)


def up_and_down(surface: Surface, colour: Colour, box: Rect) -> None:
    """Draw a triangle that points up, and below it one that points down."""
    upper = Rect(box.left, box.top, box.width, round(box.height * 0.42))
    lower = upper.move(0, box.height - upper.height)
    triangle(surface, colour, upper)
    triangle(surface, colour, lower, up=False)


def pointer(surface: Surface, colour: Colour, box: Rect) -> None:
    """Draw a triangle that points to the right."""
    polygon(surface, colour, (box.topleft, (box.right, box.centery), box.bottomleft))


def arrow(surface: Surface, colour: Colour, box: Rect, *, right: bool = True) -> None:
    """Draw an arrow to the right, or to the left."""
    tail, point, back = (0.08, 0.92, 0.58) if right else (0.92, 0.08, 0.42)
    width_px = max(2.0, min(box.size) * 0.12)
    tip = _inside(box, point, 0.5)
    for end in (_inside(box, tail, 0.5), _inside(box, back, 0.18), _inside(box, back, 0.82)):
        stroke(surface, colour, (end, tip), width_px)


def crossed_eye(surface: Surface, colour: Colour, box: Rect, ground: Colour) -> None:
    """Draw an eye with a stroke through it: what cannot be seen."""
    width_px = max(2.0, min(box.size) * 0.09)
    upper = [_inside(box, step / 12, 0.5 - 0.3 * sin(pi * step / 12)) for step in range(13)]
    lower = [_inside(box, step / 12, 0.5 + 0.3 * sin(pi * step / 12)) for step in range(13)]
    for lid in (upper, lower):
        for start, end in pairwise(lid):
            stroke(surface, colour, (start, end), width_px)
    disc(surface, colour, box.center, min(box.size) * 0.13)
    ends = (_inside(box, 0.12, 0.92), _inside(box, 0.88, 0.08))
    stroke(surface, ground, ends, width_px * 3)
    stroke(surface, colour, ends, width_px)


def pause(surface: Surface, colour: Colour, box: Rect) -> None:
    """Draw two upright bars: the clock stands still."""
    width_px = min(box.size) * 0.22
    for across in (0.28, 0.72):
        ends = (_inside(box, across, 0.15), _inside(box, across, 0.85))
        stroke(surface, colour, ends, width_px)


def cross(surface: Surface, colour: Colour, box: Rect) -> None:
    """Draw a cross."""
    width_px = max(2.0, min(box.size) * 0.14)
    stroke(surface, colour, (_inside(box, 0.15, 0.15), _inside(box, 0.85, 0.85)), width_px)
    stroke(surface, colour, (_inside(box, 0.15, 0.85), _inside(box, 0.85, 0.15)), width_px)


def muted_speaker(surface: Surface, colour: Colour, box: Rect) -> None:
    """Draw a loudspeaker with a cross beside it: no sound."""
    cone = ((0.0, 0.35), (0.2, 0.35), (0.5, 0.1), (0.5, 0.9), (0.2, 0.65), (0.0, 0.65))
    polygon(surface, colour, [_inside(box, x, y) for x, y in cone])
    side_px = round(min(box.size) * 0.42)
    beside = Rect(0, 0, side_px, side_px)
    beside.midright = box.midright
    cross(surface, colour, beside)


def half_disc(surface: Surface, colour: Colour, box: Rect) -> None:
    """Draw a ring of which the left half is full: begun, and not finished."""
    square_px = min(box.size)
    inner = Rect(0, 0, square_px, square_px)
    inner.center = box.center
    ring(surface, colour, inner, square_px * 0.13)
    polygon(surface, colour, _arc(inner.center, square_px / 2 - 1, pi, FULL_TURN))


def dash(surface: Surface, colour: Colour, box: Rect) -> None:
    """Draw a short level line: passed over."""
    ends = (_inside(box, 0.15, 0.5), _inside(box, 0.85, 0.5))
    stroke(surface, colour, ends, max(2.0, min(box.size) * 0.16))


def unknown(surface: Surface, colour: Colour, box: Rect) -> None:
    """Draw an empty ring: nothing is known yet."""
    square_px = min(box.size)
    inner = Rect(0, 0, round(square_px * 0.8), round(square_px * 0.8))
    inner.center = box.center
    ring(surface, colour, inner, max(2.0, square_px * 0.1))


def slowness(surface: Surface, colour: Colour, box: Rect) -> None:
    """Draw three dots that grow: it comes slowly."""
    for across, radius in ((0.15, 0.08), (0.45, 0.12), (0.82, 0.17)):
        disc(surface, colour, _inside(box, across, 0.5), min(box.size) * radius)


def _from_top(centre: Point, radius_px: float, sweep: float) -> tuple[Point, ...]:
    """Return points along an arc that begins at the top; of one that grows only the last is new."""
    circle = _circle(centre, radius_px)
    whole = int(sweep / FULL_TURN * (len(circle) - 1))
    across_px, down_px = centre
    end = across_px + radius_px * sin(sweep), down_px - radius_px * cos(sweep)
    return *circle[: whole + 1], end


@lru_cache(maxsize=64)
def _circle(centre: Point, radius_px: float) -> tuple[Point, ...]:
    """Return points around a circle, from its top to its top."""
    return _arc(centre, radius_px, 0.0, FULL_TURN)


def _arc(centre: Point, radius_px: float, start: float, end: float) -> tuple[Point, ...]:
    """Return points along an arc, angles in radians clockwise from the top."""
    across_px, down_px = centre
    turn = _turn(_steps(radius_px, abs(end - start)), start, end)
    return tuple(
        [(across_px + radius_px * sine, down_px - radius_px * cosine) for sine, cosine in turn]
    )


def _steps(radius_px: float, sweep: float) -> int:
    """Return of how many straight lines an arc is made, so that it looks round."""
    return max(6, round(sweep * (2 + radius_px / 12)))


@lru_cache(maxsize=64)
def _turn(steps: int, start: float, end: float) -> tuple[Point, ...]:
    """Return sine and cosine of angles that are evenly apart."""
    angles = [start + (end - start) * step / steps for step in range(steps + 1)]
    return tuple([(sin(angle), cos(angle)) for angle in angles])


def _inside(box: Rect, across: float, down: float) -> Point:
    """Return a point of a box, from shares of its width and height."""
    return box.left + box.width * across, box.top + box.height * down
