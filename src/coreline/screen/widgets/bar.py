"""The alignment bar: how far the hip is from its line, as the body moves: low is low."""

from dataclasses import dataclass

import pygame
from pygame import Rect, Surface

from coreline.judging.events import State
from coreline.screen import shapes
from coreline.screen.lettering import Style, draw_text
from coreline.screen.palette import FAULT, GOOD, GROUND, INK, MUTED, PANEL, WARN
from coreline.screen.texts import Texts
from coreline.session.view import Line

SHOWN = 1.6  # how far the bar reaches, in widths of the fault limit


@dataclass(frozen=True, slots=True)
class BarScale:
    """Turns degrees into places on the bar; + is down, since the hip is too low."""

    track: Rect
    reach_deg: float

    def y_px(self, deviation_deg: float) -> int:
        """Return the height at which a deviation stands; beyond the bar it stays at its end."""
        share = min(max(deviation_deg / self.reach_deg, -1.0), 1.0)
        return round(self.track.centery + share * self.track.height / 2)


def draw_bar(surface: Surface, box: Rect, line: Line, texts: Texts) -> BarScale:
    """Draw the bar into a box and return its scale."""
    row_px = round(box.height * 0.1)
    track = Rect(0, 0, round(box.width * 0.42), box.height - 3 * row_px)
    track.midtop = (box.centerx + round(box.width * 0.14), box.top + row_px)
    scale = BarScale(track, SHOWN * line.fault_deg)
    _draw_ends(surface, box, track, row_px)
    if line.state is State.UNSEEN:
        _draw_unseen(surface, track)
    else:
        _draw_zones(surface, scale, line)
        if line.deviation_deg is not None:
            _draw_pointer(surface, scale, line.deviation_deg)
    label = Rect(box.left, box.bottom - row_px, box.width, row_px)
    draw_text(surface, texts.word("word.hip"), label, Style(INK, row_px * 0.62, "center"))
    return scale


def _draw_ends(surface: Surface, box: Rect, track: Rect, row_px: int) -> None:
    """Draw the triangles that say which way is up and which down."""
    side_px = round(row_px * 0.5)
    for up, middle_px in ((True, box.top + row_px // 2), (False, track.bottom + row_px // 2)):
        place = Rect(0, 0, round(side_px * 1.3), side_px)
        place.center = (track.centerx, middle_px)
        shapes.triangle(surface, MUTED, place, up=up)


def _draw_zones(surface: Surface, scale: BarScale, line: Line) -> None:
    """Draw the bands: the nearer to good, the wider, so that they differ without colour too."""
    track = scale.track
    pygame.draw.rect(surface, PANEL, track, border_radius=track.width // 4)
    bands = (
        (scale.reach_deg, FAULT, 0.3),
        (line.fault_deg, WARN, 0.55),
        (line.good_deg, GOOD, 1.0),
    )
    for half_deg, colour, share in bands:
        top_px, bottom_px = scale.y_px(-half_deg), scale.y_px(half_deg)
        band = Rect(0, top_px, round(track.width * share), bottom_px - top_px)
        band.centerx = track.centerx
        pygame.draw.rect(surface, GROUND, band.inflate(4, 4))
        pygame.draw.rect(surface, colour, band)


def _draw_pointer(surface: Surface, scale: BarScale, deviation_deg: float) -> None:
    """Draw the pointer: a triangle beside the bar and a line across it."""
    track, y_px = scale.track, scale.y_px(deviation_deg)
    side_px = round(track.width * 0.85)
    line_px = max(3, track.width // 9)
    across = Rect(track.left - side_px // 3, 0, track.width + side_px // 3, line_px)
    across.centery = y_px
    pygame.draw.rect(surface, GROUND, across.inflate(0, line_px))
    pygame.draw.rect(surface, INK, across)
    place = Rect(0, 0, side_px, side_px)
    place.midright = (track.left, y_px)
    shapes.pointer(surface, INK, place)


def _draw_unseen(surface: Surface, track: Rect) -> None:
    """Draw the third state: an empty, hatched bar without a pointer, and a crossed eye."""
    hatched = Surface(track.size)
    hatched.fill(GROUND)
    step_px = max(6, track.width // 3)
    for start_px in range(-track.width, track.height, step_px):
        ends = ((0, start_px + track.width), (track.width, start_px))
        pygame.draw.line(hatched, MUTED, *ends, max(1, track.width // 20))
    surface.blit(hatched, track)
    pygame.draw.rect(surface, MUTED, track, max(2, track.width // 16))
    eye = Rect(0, 0, round(track.width * 1.5), round(track.width * 1.2))
    eye.center = track.center
    pygame.draw.rect(surface, GROUND, eye.inflate(8, 8))
    shapes.crossed_eye(surface, INK, eye, GROUND)
