"""The small marks of what goes on beside the exercise: recording, journal, sound, camera."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

import pygame
from pygame import Rect, Surface

from coreline.screen import shapes
from coreline.screen.lettering import CAPITAL, Style, draw_text, text_width
from coreline.screen.palette import GROUND, INK, RECORDING, Colour
from coreline.screen.scene import Scene
from coreline.screen.texts import Texts

LINE = 2.6  # height of a line of marks, in capitals
Symbol = Callable[[Surface, Colour, Rect], None]


@dataclass(frozen=True, slots=True)
class Sign:
    """A symbol with its word: neither its colour nor its shape has to be known."""

    symbol: Symbol
    text: str
    colour: Colour = INK


def marks_of(scene: Scene, texts: Texts, *, camera: bool = True) -> tuple[Sign, ...]:
    """Return the marks of a moment, the most important first; of the camera where asked for."""
    marks = []
    if scene.recording:
        marks.append(Sign(_dot, texts.own("mark_recording"), RECORDING))
    if scene.unkept:
        marks.append(Sign(shapes.cross, texts.own("mark_unkept")))
    if scene.stale and camera:
        marks.append(Sign(_no_picture, texts.own("mark_stale")))
    elif scene.slow and camera:
        marks.append(Sign(shapes.slowness, texts.own("mark_slow")))
    elif scene.light and camera:
        marks.append(Sign(shapes.slowness, texts.own("mark_light")))
    if scene.blurred and camera:
        marks.append(Sign(_no_picture, texts.own("mark_blurred")))
    if scene.silent or scene.muted:
        word = texts.own("mark_muted" if scene.muted else "mark_silent")
        marks.append(Sign(shapes.muted_speaker, word))
    return tuple(marks)


def draw_marks(surface: Surface, box: Rect, marks: tuple[Sign, ...], capital_px: float) -> None:
    """Draw marks at the foot of a box, in as many lines as they need.

    Where there is no room for all, the least important are left out: smaller, none could be read.
    """
    lines = _lines(marks, box.width, capital_px)
    while len(lines) > 1 and len(lines) * LINE * capital_px > box.height:
        marks = marks[:-1]
        lines = _lines(marks, box.width, capital_px)
    if lines and len(lines) * LINE * capital_px > box.height:
        capital_px = box.height / (len(lines) * LINE)
    height_px = round(capital_px * LINE)
    for number, line in enumerate(lines):
        left_px, top_px = box.left, box.bottom - (len(lines) - number) * height_px
        for mark in line:
            width_px = round(_mark_px(mark, capital_px))
            _draw_mark(surface, Rect(left_px, top_px, width_px, height_px), mark, capital_px)
            left_px += width_px


def marks_height_px(marks: tuple[Sign, ...], width_px: int, capital_px: float) -> int:
    """Return how high a box of a width has to be for all marks."""
    return ceil(len(_lines(marks, width_px, capital_px)) * LINE * capital_px)


def _lines(marks: tuple[Sign, ...], width_px: int, capital_px: float) -> list[list[Sign]]:
    """Return marks in lines that are not wider than a width."""
    lines: list[list[Sign]] = []
    free_px = 0.0
    for mark in marks:
        mark_px = _mark_px(mark, capital_px)
        if not lines or mark_px > free_px:
            lines.append([])
            free_px = float(width_px)
        lines[-1].append(mark)
        free_px -= mark_px
    return lines


def _draw_mark(surface: Surface, place: Rect, mark: Sign, capital_px: float) -> None:
    """Draw one mark on a ground of its own, so that it stands out on any picture."""
    side_px = round(capital_px * 1.5)
    ground = Rect(place.left, 0, place.width - round(capital_px * 0.5), round(capital_px * 2.3))
    ground.centery = place.centery
    pygame.draw.rect(surface, GROUND, ground, border_radius=ground.height // 4)
    sign = Rect(0, 0, side_px, side_px)
    sign.midleft = (ground.left + round(capital_px * 0.5), ground.centery)
    mark.symbol(surface, mark.colour, sign)
    words = Rect(sign.right + round(capital_px * 0.5), ground.top, 0, ground.height)
    words.width = ground.right - words.left
    draw_text(surface, mark.text, words, Style(INK, capital_px))


def _mark_px(mark: Sign, capital_px: float) -> float:
    """Return how wide a mark is, with the space behind it."""
    return text_width(mark.text, max(1, round(capital_px / CAPITAL))) + capital_px * 3.7 + 2


def _dot(surface: Surface, colour: Colour, box: Rect) -> None:
    """Draw the dot that says that something is recorded."""
    shapes.disc(surface, colour, box.center, box.width * 0.42)


def _no_picture(surface: Surface, colour: Colour, box: Rect) -> None:
    """Draw a crossed eye."""
    shapes.crossed_eye(surface, colour, box, GROUND)
