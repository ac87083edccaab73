"""Weeks of days below one another, each day with its number and the sign of what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pygame
from pygame import Rect, Surface

from coreline.programme.marks import Mark
from coreline.screen import shapes
from coreline.screen.lettering import Style, alike, draw_text
from coreline.screen.menu import CalendarPicture, DayCell
from coreline.screen.palette import CALM, FAULT, GOOD, INK, MUTED, PANEL, WARN, Colour
from coreline.screen.widgets.choices import draw_choice

DAYS: Final = 7
LABEL: Final = 0.13  # of the width, for the week's name
HEAD: Final = 0.7  # the line of the weekdays, in rows
TEXT: Final = 0.34  # capital height, of a row
TEXT_ALONE: Final = 0.55  # of half a row, where nothing stands beside it
NARROW: Final = 1.7  # a day less wide than so many heights has its sign below its number
SIGNS: Final[dict[Mark, tuple[Colour, shapes.Draw]]] = {
    Mark.DONE: (GOOD, shapes.tick),
    Mark.PART: (WARN, shapes.half_disc),
    Mark.MISSED: (MUTED, shapes.cross),
    Mark.PAIN: (FAULT, shapes.triangle),
    Mark.REST: (CALM, shapes.pause),
    Mark.OPEN: (INK, shapes.unknown),
}


@dataclass(frozen=True, slots=True)
class DaySpot:
    """Where a day was drawn, by its number in the order of the calendar."""

    box: Rect
    number: int


def days_of(picture: CalendarPicture) -> tuple[DayCell, ...]:
    """Return the days that are looked at, in order."""
    return tuple(cell for week in picture.weeks for cell in week.cells if cell is not None)


def week_of(picture: CalendarPicture, number: int) -> int:
    """Return in which row a day stands, by its number."""
    for row, week in enumerate(picture.weeks):
        number -= sum(cell is not None for cell in week.cells)
        if number < 0:
            return row
    return len(picture.weeks) - 1


def draw_calendar(
    surface: Surface, box: Rect, picture: CalendarPicture, rows: range, chosen: int
) -> tuple[DaySpot, ...]:
    """Draw some weeks of a calendar; return where the days are."""
    row_px = box.height / (len(rows) + HEAD)
    for column, name in enumerate(picture.weekdays):
        head = _cell(box, column, 0.0, row_px * HEAD)
        draw_text(surface, name, head, Style(MUTED, row_px * TEXT * 0.9, "center"))
    number = sum(len(_days(week.cells)) for week in picture.weeks[: rows.start])
    spots: list[DaySpot] = []
    named = Rect(box.left, box.top, round(box.width * LABEL), round(row_px)).inflate(-8, 0)
    style = Style(MUTED, row_px * TEXT * 0.9, max_lines=2)
    style = alike([picture.weeks[row].label for row in rows], named.size, style)
    for place, row in enumerate(rows):
        week, top_px = picture.weeks[row], row_px * (HEAD + place)
        draw_text(surface, week.label, named.move(0, round(top_px)), style)
        for column, cell in enumerate(week.cells):
            if cell is not None:
                spot = DaySpot(_cell(box, column, top_px, row_px).inflate(-4, -4), number)
                draw_day(surface, spot.box, cell, chosen=number == chosen)
                spots.append(spot)
                number += 1
    return tuple(spots)


def draw_day(surface: Surface, box: Rect, cell: DayCell, *, chosen: bool) -> None:
    """Draw one day."""
    if cell.sign is Mark.NONE:
        pygame.draw.rect(surface, PANEL, box, 1, border_radius=box.height // 6)
    else:
        pygame.draw.rect(surface, PANEL, box, border_radius=box.height // 6)
    if chosen:
        draw_choice(surface, box, chosen=True)
    inner = box.inflate(-box.width // 8, 0)
    number, signs, share = inner, inner, TEXT
    if box.width < box.height * NARROW:  # no room beside one another
        number = Rect(inner.left, inner.top, inner.width, inner.height // 2)
        signs, share = number.move(0, number.height), TEXT_ALONE
    pale = MUTED if cell.sign is Mark.NONE else INK
    draw_text(surface, cell.number, number, Style(pale, number.height * share))
    sign = _square(signs, share * 1.6)
    draw_sign(surface, sign, cell.sign)
    if cell.hurt and cell.sign is not Mark.PAIN:
        small = _square(signs, share * 1.2)
        small.right = sign.left - signs.height // 8
        draw_sign(surface, small, Mark.PAIN)


def draw_sign(surface: Surface, box: Rect, sign: Mark) -> None:
    """Draw the sign of what became of a day."""
    if sign in SIGNS:
        colour, draw = SIGNS[sign]
        draw(surface, colour, box)


def draw_signs(surface: Surface, box: Rect, signs: Sequence[tuple[Mark, str]]) -> None:
    """Draw what each sign means, below one another; in two columns where that is wide enough."""
    columns = 2 if box.width > box.height else 1
    rows = -(-len(signs) // columns)
    width_px = box.width / columns
    row_px = min(box.height / max(rows, 1), width_px * 0.3)
    for place, (sign, word) in enumerate(signs):
        corner = box.left + place // rows * width_px, box.top + place % rows * row_px
        row = Rect(round(corner[0]), round(corner[1]), round(width_px), round(row_px))
        mark = Rect(row.left, 0, round(row_px * 0.42), round(row_px * 0.42))
        mark.centery = row.centery
        draw_sign(surface, mark, sign)
        text = Rect(mark.right + round(row_px * 0.3), row.top, 0, row.height)
        text.width = row.right - text.left
        draw_text(surface, word, text, Style(INK, row_px * 0.3, max_lines=2))


def _cell(box: Rect, column: int, top_px: float, height_px: float) -> Rect:
    left_px = box.left + box.width * LABEL
    width_px = (box.right - left_px) / DAYS
    corner = round(left_px + column * width_px), round(box.top + top_px)
    return Rect(corner, (round(width_px), round(height_px)))


def _square(box: Rect, share: float) -> Rect:
    side_px = round(box.height * share)
    square = Rect(0, 0, side_px, side_px)
    square.midright = box.midright
    return square


def _days(cells: Sequence[DayCell | None]) -> list[DayCell]:
    return [cell for cell in cells if cell is not None]
