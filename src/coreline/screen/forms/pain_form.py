"""The question how much it hurts and where; it can always be passed over."""

import pygame
from pygame import Rect, Surface

from coreline.screen import shapes
from coreline.screen.answers import Answer, Dismissed, PainGiven
from coreline.screen.forms.form import DOWN, LEAVE, LESS, MORE, UP, Key, Point, clamp
from coreline.screen.layout import PageMeasures
from coreline.screen.lettering import Style, draw_text
from coreline.screen.menu import PainQuestion
from coreline.screen.palette import CALM, GROUND, INK, MUTED, PANEL
from coreline.screen.texts import Texts
from coreline.screen.widgets.choices import draw_choice

WORST = 10
SCALE, PLACES, BUTTONS = range(3)  # the rows of the page
Cell = tuple[int, int]  # row and column


class PainForm:
    """Takes keys and mouse for the question; the answer leaves when it is confirmed."""

    def __init__(self, question: PainQuestion, texts: Texts) -> None:
        """Begin at the scale."""
        self._texts = texts
        self._question = question
        self._score = question.score
        self._places = frozenset(question.chosen)
        self._cell: Cell = (SCALE, question.score or 0)
        self._spots: list[tuple[Rect, Cell]] = []

    @property
    def title(self) -> str:
        """The page's title, by which it is known when it comes with new values."""
        return self._question.title

    @property
    def state(self) -> object:
        """Everything that can be seen of it."""
        return self._question, self._score, self._places, self._cell

    @property
    def answer(self) -> PainGiven | None:
        """What would be answered now; nothing as long as no number is chosen."""
        if self._score is None:
            return None
        ids = (place for place, _ in self._question.places)
        return PainGiven(self._score, tuple(place for place in ids if place in self._places))

    def show(self, question: PainQuestion) -> None:
        """Take new words; what was chosen stays."""
        self._question = question

    def draw(self, surface: Surface) -> None:
        """Draw the scale, the places and the two buttons."""
        measure = PageMeasures.of(surface.get_size())
        surface.fill(GROUND)
        self._spots.clear()
        rows = measure.rows(measure.box, 0.2, 0.2, 0.07, 0.09, 0.15, 0.16, 0.13)
        title, scale, ends, where, places, buttons, foot = rows
        heading = Style(INK, measure.capital_px * 0.7, max_lines=2)
        draw_text(surface, self._question.title, title, heading)
        self._draw_scale(surface, scale, measure)
        self._draw_ends(surface, ends, measure)
        if self._question.places:
            style = Style(INK, measure.capital_px * 0.4)
            draw_text(surface, self._texts.own("pain_where"), where, style)
        self._draw_places(surface, places, measure)
        self._draw_buttons(surface, buttons, measure)
        note = self._question.note or self._texts.own("pain_keys")
        style = Style(MUTED, measure.capital_px * 0.3, max_lines=3, weight="Regular")
        draw_text(surface, note, foot, style)

    def press(self, key: Key) -> tuple[Answer, ...]:
        """Take a key."""
        row, column = self._cell
        if key.code in LEAVE:
            return (Dismissed(),)
        if key.letter.isdecimal() and key.letter.isascii():
            self._take_digit(int(key.letter))
        elif key.code in UP | DOWN:
            self._go_to_row(row + (1 if key.code in DOWN else -1))
        elif key.code in LESS | MORE:
            self._go_along(row, column, 1 if key.code in MORE else -1)
        elif key.code == pygame.K_SPACE or key.letter in {"b", "B", "."}:
            return self._take(self._cell)
        elif key.picks:
            return self._take((BUTTONS, column if row == BUTTONS else 0))
        return ()

    def type(self, text: str) -> tuple[Answer, ...]:
        """Digits come as keys."""
        del text
        return ()

    def point(self, at: Point) -> None:
        """The mouse chooses nothing until it is clicked: a score is not given in passing."""

    def click(self, at: Point) -> tuple[Answer, ...]:
        """Take a click on a number, a place or a button."""
        for box, cell in self._spots:
            if box.collidepoint(at):
                self._cell = cell
                return self._take(cell)
        return ()

    def wheel(self, steps: int) -> None:
        """Everything is in sight."""

    def _take_digit(self, digit: int) -> None:
        """Take a digit as the score; a nought after a one makes ten."""
        ten = digit == 0 and self._score == 1 and self._cell == (SCALE, 1)
        self._score = WORST if ten else digit
        self._cell = (SCALE, self._score)

    def _go_to_row(self, row: int) -> None:
        """Go up or down, past the places where there are none."""
        row = clamp(row, SCALE, BUTTONS)
        if row == PLACES and not self._question.places:
            row = BUTTONS if self._cell[0] == SCALE else SCALE
        column = self._score or 0 if row == SCALE else 0
        self._cell = (row, column)

    def _go_along(self, row: int, column: int, step: int) -> None:
        """Go left or right; along the scale the score goes too."""
        lengths = (WORST + 1, len(self._question.places), 2)
        if row == SCALE and self._score is None:
            column, step = 0, 0
        column = clamp(column + step, 0, lengths[row] - 1)
        self._cell = (row, column)
        if row == SCALE:
            self._score = column

    def _take(self, cell: Cell) -> tuple[Answer, ...]:
        """Choose a number, choose or leave a place, confirm, or pass over."""
        row, column = cell
        if row == SCALE:
            self._score = column
        elif row == PLACES:
            self._places ^= {self._question.places[column][0]}
        elif column == 1:
            return (Dismissed(),)
        elif self.answer is not None:
            return (self.answer,)
        return ()

    def _draw_scale(self, surface: Surface, box: Rect, measure: PageMeasures) -> None:
        """Draw the numbers; the worse the higher, the chosen one on a ground of its own."""
        for number, column in enumerate(measure.columns(box, *[1] * (WORST + 1))):
            height_px = round(box.height * (0.5 + 0.5 * number / WORST))
            bar = Rect(column.left, box.bottom - height_px, column.width, height_px)
            chosen = number == self._score
            pygame.draw.rect(surface, CALM if chosen else PANEL, bar, border_radius=6)
            self._spots.append(
                (Rect(column.left, box.top, column.width, box.height), (SCALE, number))
            )
            if self._cell == (SCALE, number):
                pygame.draw.rect(surface, INK, bar, max(3, bar.width // 16), border_radius=6)
            digits = Rect(bar.left, bar.bottom - round(box.height * 0.5), bar.width, 0)
            digits.height = round(box.height * 0.5)
            ink = GROUND if chosen else INK
            style = Style(ink, measure.capital_px * 0.55, "center")
            draw_text(surface, str(number), digits.inflate(-6, 0), style)

    def _draw_ends(self, surface: Surface, box: Rect, measure: PageMeasures) -> None:
        """Draw what the ends of the scale mean."""
        for key, align in (("pain_none", "left"), ("pain_worst", "right")):
            half = Rect(box.left, box.top, box.width // 2, box.height)
            if align == "right":
                half.right = box.right
            style = Style(MUTED, measure.capital_px * 0.32, "left" if align == "left" else "right")
            draw_text(surface, self._texts.own(key), half, style)

    def _draw_places(self, surface: Surface, box: Rect, measure: PageMeasures) -> None:
        """Draw the places, a tick in front of those that are chosen."""
        places = self._question.places
        if not places:
            return
        columns = measure.columns(box, *[1] * len(places))
        for number, (column, (place, word)) in enumerate(zip(columns, places, strict=True)):
            self._spots.append((column, (PLACES, number)))
            draw_choice(surface, column, chosen=self._cell == (PLACES, number))
            side_px = min(round(column.height * 0.4), column.width // 6)
            sign = Rect(0, 0, side_px, side_px)
            sign.midleft = (column.left + side_px // 3, column.centery)
            chosen = place in self._places
            draw = shapes.tick if chosen else shapes.unknown
            draw(surface, CALM if chosen else MUTED, sign)
            words = Rect(sign.right + side_px // 3, column.top, 0, column.height)
            words.width = column.right - words.left - side_px // 3
            draw_text(surface, word, words, Style(INK, measure.capital_px * 0.36, max_lines=2))

    def _draw_buttons(self, surface: Surface, box: Rect, measure: PageMeasures) -> None:
        """Draw the buttons; the first is pale as long as there is no number."""
        keys = ("confirm", "pass_over")
        for number, column in enumerate(measure.columns(box, 0.5, 0.5)):
            self._spots.append((column, (BUTTONS, number)))
            draw_choice(surface, column, chosen=self._cell == (BUTTONS, number))
            pale = number == 0 and self._score is None
            style = Style(MUTED if pale else INK, measure.capital_px * 0.5, "center")
            draw_text(surface, self._texts.own(keys[number]), column, style)
