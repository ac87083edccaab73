"""The moving stick figure: an exercise's key poses, drawn at one moment."""

from itertools import pairwise

import pygame
from pygame import Rect, Surface

from coreline.programme.figure import Figure
from coreline.screen import shapes
from coreline.screen.palette import CALM, GOOD, GROUND, INK, MUTED, Colour
from coreline.screen.shapes import Point

HEAD = 0.062  # radius, body lengths
LIMB = 0.028  # width, body lengths
MARGIN = 0.1  # around the figure, body lengths
LIMBS = (
    ("shoulder", "{side}_elbow", "{side}_wrist"),
    ("hip", "{side}_knee", "{side}_ankle", "{side}_toe"),
)


def draw_figure(
    surface: Surface, box: Rect, figure: Figure, t_s: float, *, turned: bool = False
) -> None:
    """Draw a figure on its floor, as large as the box allows; `turned` puts its head right."""
    scale = _Scale(box, figure, turned=turned)
    places = {joint: scale.point(place) for joint, place in figure.at(t_s).items()}
    width_px = max(2.0, scale.unit_px * LIMB)
    floor = ((box.left, scale.floor_px + width_px / 2), (box.right, scale.floor_px + width_px / 2))
    pygame.draw.line(surface, MUTED, *floor, max(2, round(width_px / 3)))
    if figure.ball:
        _draw_ball(surface, scale, figure.ball)
    _draw_limbs(surface, places, "far", MUTED, width_px * 0.8)
    _draw_chain(surface, INK, [places["shoulder"], places["hip"]], width_px)
    _draw_limbs(surface, places, "near", INK, width_px)
    _draw_chain(surface, GOOD, [places[joint] for joint in figure.line], width_px * 1.25)
    shapes.disc(surface, INK, places["head"], scale.unit_px * HEAD)
    shapes.disc(surface, GROUND, places["head"], scale.unit_px * HEAD - width_px * 0.7)


class _Scale:
    """Turns body lengths into pixels of a box."""

    def __init__(self, box: Rect, figure: Figure, *, turned: bool) -> None:
        left, right, up = figure.extent()
        left, right, up = left - MARGIN, right + MARGIN, up + MARGIN
        if figure.ball:
            x, y, radius = figure.ball
            left, right, up = min(left, x - radius), max(right, x + radius), max(up, y + radius)
        self.unit_px = min(box.width / (right - left), box.height / (up + LIMB * 2))
        self.floor_px = box.centery + self.unit_px * up / 2
        self._middle = (left + right) / 2
        self._centre_px = box.centerx
        self._way = -1 if turned else 1

    def point(self, place: tuple[float, float]) -> Point:
        """Return a place's pixel."""
        x, y = place
        across_px = self._way * (x - self._middle) * self.unit_px
        return self._centre_px + across_px, self.floor_px - y * self.unit_px


def _draw_limbs(
    surface: Surface, places: dict[str, Point], side: str, colour: Colour, width_px: float
) -> None:
    """Draw the arm and the leg of one side."""
    for limb in LIMBS:
        chain = [places[joint.format(side=side)] for joint in limb]
        _draw_chain(surface, colour, chain, width_px)


def _draw_chain(surface: Surface, colour: Colour, points: list[Point], width_px: float) -> None:
    """Draw lines from point to point."""
    for ends in pairwise(points):
        shapes.stroke(surface, colour, ends, width_px)


def _draw_ball(surface: Surface, scale: _Scale, ball: tuple[float, float, float]) -> None:
    """Draw the ball as a ring."""
    x, y, radius = ball
    across_px = scale.unit_px * radius
    box = Rect(0, 0, round(2 * across_px), round(2 * across_px))
    box.center = (round(scale.point((x, y))[0]), round(scale.point((x, y))[1]))
    shapes.ring(surface, CALM, box, max(2.0, scale.unit_px * LIMB * 0.6))
