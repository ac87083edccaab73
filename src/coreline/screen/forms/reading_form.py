"""A page to read: set in lines that are not too long, and turned by key, wheel or presenter."""

from dataclasses import dataclass
from math import ceil

import pygame
from pygame import Rect, Surface

from coreline.screen.answers import Answer, Dismissed
from coreline.screen.forms.form import LEAVE, Key, Point, clamp, draw_scrollbar
from coreline.screen.layout import PageMeasures
from coreline.screen.lettering import CAPITAL, Style, Weight, draw_text, wrap
from coreline.screen.menu import Article
from coreline.screen.palette import CALM, GROUND, INK, MUTED, Colour
from coreline.screen.texts import Texts

HEADING = "# "
LETTERS = 0.046  # size of the typeface, in shares of the window's shorter side
PITCH = 1.4  # from line to line, in sizes of the typeface: more than on a sign, easier to read
WIDEST = 32  # a line, in sizes of the typeface
BACK = {pygame.K_BACKSPACE, pygame.K_RETURN, pygame.K_KP_ENTER, *LEAVE}
PAGES = {
    pygame.K_PAGEDOWN: 1,
    pygame.K_RIGHT: 1,
    pygame.K_SPACE: 1,
    pygame.K_PAGEUP: -1,
    pygame.K_LEFT: -1,
}
LINES = {pygame.K_DOWN: 1, pygame.K_UP: -1}


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the page: its text, and how it is set."""

    text: str
    weight: Weight
    colour: Colour


class ReadingForm:
    """Takes keys and mouse for one page to read."""

    def __init__(self, reading: Article, texts: Texts) -> None:
        """Begin at the top."""
        self._texts = texts
        self._reading = reading
        self._line = 0  # the first that is in sight
        self._lines: list[_Line] = []
        self._room = 1

    @property
    def title(self) -> str:
        """The page's title, by which it is known when it comes with new values."""
        return self._reading.title

    @property
    def state(self) -> object:
        """Everything that can be seen of it."""
        return self._reading, self._line

    @property
    def page(self) -> tuple[int, int]:
        """Which page is in sight, and of how many."""
        pages = max(1, ceil(len(self._lines) / self._room))
        last = self._line >= len(self._lines) - self._room
        return (pages if last else self._line // self._room + 1), pages

    def show(self, reading: Article) -> None:
        """Take a new text."""
        self._reading = reading

    def draw(self, surface: Surface) -> None:
        """Draw the title, the lines in sight, and where one is."""
        surface.fill(GROUND)
        self.draw_in(surface, surface.get_rect())

    def draw_in(self, surface: Surface, box: Rect) -> None:
        """Draw it into a part of the window, as into a window of that size."""
        measure = PageMeasures.of(box.size)
        inner = measure.box.move(box.topleft)
        title, body, foot = measure.rows(inner, 0.15, 0.76, 0.09)
        size_px = max(12, round(min(box.size) * LETTERS))
        column = Rect(0, body.top, min(body.width - 2 * measure.gap_px, WIDEST * size_px), 0)
        column.centerx = body.centerx
        heading = Rect(column.left, title.top, column.width, title.height)
        draw_text(surface, self._reading.title, heading, Style(INK, measure.capital_px * 0.6))
        self._lines = _lines_of(self._reading, size_px, column.width)
        self._room = max(1, int(body.height / (size_px * PITCH)))
        self._line = clamp(self._line, 0, len(self._lines) - self._room)
        self._draw_lines(surface, column, size_px)
        height_px = round(len(self._lines) * size_px * PITCH)
        draw_scrollbar(surface, body, min(self._offset_px(size_px, body), height_px), height_px)
        self._draw_foot(surface, Rect(column.left, foot.top, column.width, foot.height))

    def press(self, key: Key) -> tuple[Answer, ...]:
        """Take a key: turn the page, or leave."""
        if key.code in BACK or key.letter in {"b", "B", "."}:
            return (Dismissed(),)
        self._line += PAGES.get(key.code, 0) * max(1, self._room - 1)
        self._line += LINES.get(key.code, 0)
        if key.code in {pygame.K_HOME, pygame.K_END}:
            self._line = 0 if key.code == pygame.K_HOME else len(self._lines)
        self._line = clamp(self._line, 0, len(self._lines) - self._room)
        return ()

    def type(self, text: str) -> tuple[Answer, ...]:
        """Nothing is typed on a page to read."""
        del text
        return ()

    def point(self, at: Point) -> None:
        """The mouse chooses nothing here."""

    def click(self, at: Point) -> tuple[Answer, ...]:
        """A click does nothing: one may click while reading."""
        del at
        return ()

    def wheel(self, steps: int) -> None:
        """Scroll."""
        self._line = clamp(self._line - 2 * steps, 0, len(self._lines) - self._room)

    def _draw_lines(self, surface: Surface, column: Rect, size_px: int) -> None:
        """Draw the lines in sight."""
        pitch_px = size_px * PITCH
        for number, line in enumerate(self._lines[self._line : self._line + self._room]):
            row = Rect(
                column.left, column.top + round(number * pitch_px), column.width, round(pitch_px)
            )
            if line.text:
                style = Style(line.colour, size_px * CAPITAL, weight=line.weight)
                draw_text(surface, line.text, row, style)

    def _draw_foot(self, surface: Surface, box: Rect) -> None:
        """Draw how to leave, and the page's number."""
        style = Style(MUTED, box.height * 0.32)
        draw_text(surface, f"Esc  {self._texts.own('page_back')}", box, style)
        number, pages = self.page
        if pages > 1:
            text = self._texts.own("page_of", n=number, m=pages)
            draw_text(surface, text, box, Style(MUTED, box.height * 0.32, "right"))

    def _offset_px(self, size_px: int, body: Rect) -> int:
        """Return how far the page is scrolled, as the bar at its edge shows it."""
        over = len(self._lines) - self._room
        free_px = round(len(self._lines) * size_px * PITCH) - body.height
        return round(free_px * self._line / over) if over > 0 else 0


def _lines_of(reading: Article, size_px: int, width_px: int) -> list[_Line]:
    """Return all lines, with an empty one between paragraphs."""
    lines: list[_Line] = []
    for paragraph in reading.paragraphs:
        heading = paragraph.startswith(HEADING)
        text = paragraph.removeprefix(HEADING) if heading else paragraph
        weight: Weight = "Bold" if heading else "Regular"
        colour = CALM if heading else INK
        lines += [_Line(line, weight, colour) for line in wrap(text, size_px, width_px, weight)]
        if not heading:
            lines.append(_Line("", weight, colour))
    while lines and not lines[-1].text:
        lines.pop()
    return lines
