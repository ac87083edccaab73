"""Today's page: what is to be done, how far it is, and where one can go from here."""

import pygame
from pygame import Rect, Surface

from coreline.screen import shapes
from coreline.screen.answers import Answer, Dismissed, Picked
from coreline.screen.forms.form import (
    DOWN,
    LEAVE,
    LESS,
    MORE,
    UP,
    Key,
    Point,
    clamp,
    draw_scrollbar,
)
from coreline.screen.layout import PageMeasures
from coreline.screen.lettering import CAPITAL, Style, draw_text, text_width
from coreline.screen.menu import Button, TodayPage, TodayRow
from coreline.screen.overlays import KeyMeaning, draw_help
from coreline.screen.palette import CALM, GOOD, GROUND, INK, MUTED, PANEL
from coreline.screen.texts import Texts
from coreline.screen.widgets.chips import UP_DOWN, draw_key
from coreline.screen.widgets.choices import draw_choice

WHOLE = 0.995
LARGEST_ROW = 0.13  # of the window's shorter side
SMALLEST_ROW = 0.057
HEADING = 0.22
BUTTON = 0.085


class TodayForm:
    """Takes keys and mouse for today's page; the first button is chosen at first."""

    def __init__(self, today: TodayPage, texts: Texts) -> None:
        """Begin at the first button."""
        self._texts = texts
        self._today = today
        self._chosen = len(self._row_ids())
        self._first = 0  # the row at the top of the list
        self._helping = False  # the keys lie over the page
        self._spots: list[tuple[Rect, int]] = []

    @property
    def state(self) -> object:
        """Everything that can be seen of it."""
        return self._today, self._chosen, self._first, self._helping

    @property
    def chosen_id(self) -> str | None:
        """The id of the row or button that Enter takes."""
        ids = self._ids()
        return ids[self._chosen] if ids else None

    def show(self, today: TodayPage) -> None:
        """Take new values and stay at the same row or button."""
        chosen, self._today = self.chosen_id, today
        ids = self._ids()
        self._chosen = ids.index(chosen) if chosen in ids else len(self._row_ids())

    def draw(self, surface: Surface) -> None:
        """Draw the heading, the rows and the buttons; or the keys, which cover them."""
        surface.fill(GROUND)
        if self._helping:
            presenter = self._texts.own("presenter_chooses")
            draw_help(surface, self._keys(), presenter, self._texts)
            return
        measure = PageMeasures.of(surface.get_size())
        self._spots.clear()
        short_px = min(surface.get_size())
        lines = self._button_lines(measure.box.width, round(short_px * BUTTON))
        buttons_px = len(lines) * (round(short_px * BUTTON) + measure.gap_px // 2)
        buttons = Rect(0, measure.box.bottom - buttons_px, measure.box.width, buttons_px)
        buttons.left = measure.box.left
        top = Rect(measure.box.left, measure.box.top, measure.box.width, round(short_px * HEADING))
        self._draw_heading(surface, top, measure)
        middle = Rect(top.left, top.bottom + measure.gap_px // 2, top.width, 0)
        middle.height = buttons.top - middle.top - measure.gap_px
        self._draw_rows(surface, middle, measure)
        self._draw_buttons(surface, buttons, lines, measure)

    def press(self, key: Key) -> tuple[Answer, ...]:
        """Take a key; while the keys are shown, only what closes them means anything."""
        if key.helps or (self._helping and (key.picks or key.code in LEAVE)):
            self._helping = not self._helping
            return ()
        return () if self._helping else self._press_page(key)

    def _press_page(self, key: Key) -> tuple[Answer, ...]:
        """Take a key of the page itself."""
        if key.code in LEAVE:
            return (Dismissed(),)
        if key.code in UP | DOWN | LESS | MORE:
            step = 1 if key.code in DOWN | MORE else -1
            self._chosen = clamp(self._chosen + step, 0, len(self._ids()) - 1)
            return ()
        for button in self._today.buttons:
            if key.letter and button.key.lower() == key.letter.lower():
                return (Picked(button.id),)
        chosen = self.chosen_id
        return (Picked(chosen),) if key.picks and chosen is not None else ()

    def type(self, text: str) -> tuple[Answer, ...]:
        """Nothing is typed here; letters come as keys."""
        del text
        return ()

    def point(self, at: Point) -> None:
        """Choose what is under the mouse."""
        if self._helping:
            return
        for box, number in self._spots:
            if box.collidepoint(at):
                self._chosen = number

    def click(self, at: Point) -> tuple[Answer, ...]:
        """Take a click on a row or a button; anywhere, it closes the keys."""
        if self._helping:
            self._helping = False
            return ()
        for box, number in self._spots:
            if box.collidepoint(at):
                self._chosen = number
                return (Picked(self._ids()[number]),)
        return ()

    def wheel(self, steps: int) -> None:
        """Scroll the list."""
        if self._helping:
            return
        self._first = clamp(self._first - steps, 0, len(self._today.rows) - 1)

    def _draw_heading(self, surface: Surface, box: Rect, measure: PageMeasures) -> None:
        """Draw the day, the level and why it is these exercises."""
        title, summary, why = measure.rows(box, 0.5, 0.25, 0.25)
        draw_text(surface, self._today.title, title, Style(INK, measure.capital_px * 0.72))
        style = Style(INK, measure.capital_px * 0.36)
        draw_text(surface, self._today.summary, summary, style)
        why_style = Style(MUTED, measure.capital_px * 0.32, weight="Regular", max_lines=2)
        draw_text(surface, self._today.why, why, why_style)

    def _draw_rows(self, surface: Surface, box: Rect, measure: PageMeasures) -> None:
        """Draw as many rows as there is room for, the chosen one among them."""
        rows, short_px = self._today.rows, min(surface.get_size())
        if self._today.note:
            note = Rect(box.left, 0, box.width, round(short_px * 0.06))
            note.bottom = box.bottom
            style = Style(CALM, measure.capital_px * 0.32, max_lines=2)
            draw_text(surface, self._today.note, note, style)
            box = Rect(box.left, box.top, box.width, box.height - note.height - 4)
        least_px = round(short_px * SMALLEST_ROW)
        room = max(1, box.height // least_px)
        shown = min(len(rows), room)
        self._first = self._kept_in_sight(shown)
        row_px = min(round(short_px * LARGEST_ROW), box.height // max(shown, 1))
        draw_scrollbar(surface, box, self._first * row_px, len(rows) * row_px)
        if shown < len(rows):
            box = Rect(box.left, box.top, box.width - measure.gap_px, box.height)
        for place in range(shown):
            row = Rect(box.left, box.top + place * row_px, box.width, row_px - max(3, row_px // 9))
            self._draw_row(surface, row, rows[self._first + place])

    def _kept_in_sight(self, shown: int) -> int:
        """Return the first row, so that the chosen one is in sight."""
        first = clamp(self._first, 0, len(self._today.rows) - shown)
        ids = [row.id for row in self._today.rows]
        if self._chosen < len(self._row_ids()):
            place = ids.index(self._row_ids()[self._chosen])
            return clamp(first, place - shown + 1, place)
        return first

    def _draw_row(self, surface: Surface, box: Rect, row: TodayRow) -> None:
        """Draw an exercise: a shape for how far it is, its name, its dose and a word."""
        number = self._row_ids().index(row.id) if row.id else None
        draw_choice(surface, box, chosen=number is not None and number == self._chosen)
        if number is not None:
            self._spots.append((box, number))
        inner = box.inflate(-box.height, 0)
        sign = Rect(0, 0, round(box.height * 0.42), round(box.height * 0.42))
        sign.midleft = inner.midleft
        _draw_share(surface, sign, row)
        left_px, lines = sign.right + box.height // 3, 2
        words = Rect(left_px, box.top, inner.right - left_px, box.height)
        measure = PageMeasures.of(surface.get_size())
        capital_px = box.height * (0.24 if measure.upright else 0.38)
        if measure.upright:
            left, status = measure.columns(words, 0.7, 0.3)
            (name, detail), lines = measure.rows(left, 0.5, 0.5), 1
        else:
            name, detail, status = measure.columns(words, 0.46, 0.3, 0.24)
        draw_text(surface, row.text, name, Style(INK, capital_px, max_lines=lines))
        style = Style(INK, capital_px, weight="Regular", max_lines=lines)
        draw_text(surface, row.detail, detail, style)
        colour = GOOD if row.next or (row.share or 0.0) >= WHOLE else MUTED
        word = Style(colour, capital_px * 0.9, "right", max_lines=2)
        draw_text(surface, row.status, status, word)

    def _button_lines(self, width_px: int, height_px: int) -> list[list[tuple[int, int]]]:
        """Return the buttons broken into lines: the number of each, and how wide it is."""
        lines: list[list[tuple[int, int]]] = [[]]
        left_px, gap_px = width_px, height_px // 4
        for number, button in enumerate(self._today.buttons):
            wide_px = min(width_px, _button_px(button, height_px))
            if lines[-1] and wide_px > left_px:
                lines.append([])
                left_px = width_px
            lines[-1].append((number, wide_px))
            left_px -= wide_px + gap_px
        return lines

    def _draw_buttons(
        self, surface: Surface, box: Rect, lines: list[list[tuple[int, int]]], measure: PageMeasures
    ) -> None:
        """Draw the buttons in their lines."""
        height_px = round(min(surface.get_size()) * BUTTON)
        for place, line in enumerate(lines):
            left_px = box.left
            top_px = box.top + place * (height_px + measure.gap_px // 2)
            for number, wide_px in line:
                self._draw_button(surface, Rect(left_px, top_px, wide_px, height_px), number)
                left_px += wide_px + height_px // 4

    def _draw_button(self, surface: Surface, box: Rect, number: int) -> None:
        """Draw a button with its letter; the first stands out by its ground."""
        button, place = self._today.buttons[number], number + len(self._row_ids())
        self._spots.append((box, place))
        draw_choice(surface, box, chosen=place == self._chosen)
        key = button.key.upper() or ("Enter" if number == 0 else "")
        words = box.inflate(-round(box.height * 0.6), 0)
        if key:
            size_px = round(box.height * 0.24 / CAPITAL)
            cap = Rect(0, 0, 0, round(box.height * 0.58))
            cap.width = max(cap.height, text_width(key, size_px) + cap.height // 2)
            cap.midleft = words.midleft
            draw_key(surface, cap, key, box.height * 0.24)
            words.width -= cap.width + box.height // 5
            words.left = cap.right + box.height // 5
        draw_text(surface, button.text, words, Style(INK, box.height * 0.3))

    def _keys(self) -> list[KeyMeaning]:
        """Return the keys that mean something here."""
        own, word = self._texts.own, self._texts.word
        letters = [(each.key.upper(), each.text) for each in self._today.buttons if each.key]
        return [
            (UP_DOWN, own("choose_key")),
            ("Enter", own("take_key")),
            *letters,
            ("F11", own("full_screen")),
            ("?", word("key.help")),
            ("Esc", own("stop")),
        ]

    def _row_ids(self) -> list[str]:
        """Return the ids of the rows that can be chosen."""
        return [row.id for row in self._today.rows if row.id]

    def _ids(self) -> list[str]:
        """Return the ids of everything that can be chosen."""
        return [*self._row_ids(), *(button.id for button in self._today.buttons)]


def _button_px(button: Button, height_px: int) -> int:
    """Return how wide a button is."""
    words_px = text_width(button.text, max(1, round(height_px * 0.3 / CAPITAL)))
    key = button.key or "Enter"
    key_px = max(height_px * 0.58, text_width(key, round(height_px * 0.24 / CAPITAL)) + 20)
    return round(words_px + key_px + height_px * 1.1)


def _draw_share(surface: Surface, box: Rect, row: TodayRow) -> None:
    """Draw how far it is: a tick, a half-full ring, an empty ring, or a dash for nothing asked."""
    if row.share is None:
        shapes.dash(surface, MUTED, box)
    elif row.share >= WHOLE:
        shapes.tick(surface, GOOD, box)
    elif row.share > 0:
        shapes.half_disc(surface, CALM, box)
    elif row.next:
        pygame.draw.rect(surface, PANEL, box)
        shapes.pointer(surface, GOOD, box)
    else:
        shapes.unknown(surface, MUTED, box)
