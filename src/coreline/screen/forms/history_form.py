"""What was done, in pictures: a calendar and charts, gone through by key, presenter or mouse."""

from collections.abc import Sequence
from typing import Final

import pygame
from pygame import Rect, Surface

from coreline.screen.answers import Answer, Changed, Dismissed
from coreline.screen.forms.form import LEAVE, LESS, MORE, PICK, Key, Point, clamp, draw_scrollbar
from coreline.screen.forms.menu_rows import draw_stepper
from coreline.screen.layout import PageMeasures
from coreline.screen.lettering import Style, draw_text
from coreline.screen.menu import CalendarPicture, ChartPicture, Choice, HistoryPage
from coreline.screen.palette import GROUND, INK, MUTED, PANEL
from coreline.screen.texts import Texts
from coreline.screen.widgets.calendar import (
    DAYS,
    DaySpot,
    days_of,
    draw_calendar,
    draw_signs,
    week_of,
)
from coreline.screen.widgets.chart import Frame, draw_chart, has_values
from coreline.screen.widgets.chips import LEFT, RIGHT, UP_DOWN, Chip, draw_chips, draw_key
from coreline.screen.widgets.choices import draw_choice

BACK: Final = {pygame.K_BACKSPACE, *LEAVE}
FORWARD: Final = {pygame.K_PAGEDOWN, pygame.K_TAB, *PICK}  # to the next picture
BACKWARD: Final = {pygame.K_PAGEUP}
WIDE: Final = (0.1, 0.09, 0.6, 0.12, 0.09)  # head, tabs, picture, what it says, and keys
UPRIGHT: Final = (0.06, 0.1, 0.68, 0.1, 0.06)
LEAST_WEEK: Final = 0.062  # so high a week is at least, in shares of the window's shorter side


class HistoryForm:
    """Takes keys and mouse for one page of pictures; new values go on where one was."""

    def __init__(self, page: HistoryPage, texts: Texts) -> None:
        """Begin with the first picture, at its latest day."""
        self._page, self._texts = page, texts
        self._number = 0
        self._places = [_last(picture) for picture in page.pictures]
        self._week = 0  # the first that is in sight
        self._days: tuple[DaySpot, ...] = ()
        self._frame: Frame | None = None
        self._tabs: list[Rect] = []
        self._steppers: list[tuple[Choice, Rect, Rect]] = []

    @property
    def state(self) -> object:
        """Everything that can be seen of it."""
        return self._page, self._number, tuple(self._places), self._week

    @property
    def told(self) -> str:
        """All of the day or place that is looked at, in words."""
        match picture := self._picture:
            case CalendarPicture():
                return days_of(picture)[self._place].text
            case ChartPicture():
                return picture.texts[self._place] if has_values(picture) else picture.empty

    def show(self, page: HistoryPage) -> None:
        """Take new values; what was the latest place stays the latest."""
        before, self._page = self._page, page
        self._places = [
            _kept(place, _last(old), _last(new))
            for place, old, new in zip(self._places, before.pictures, page.pictures, strict=True)
        ]

    def draw(self, surface: Surface) -> None:
        """Draw title, tabs, the picture, what it says, and the keys."""
        surface.fill(GROUND)
        measure = PageMeasures.of(surface.get_size())
        shares = UPRIGHT if measure.upright else WIDE
        head, tabs, body, told, foot = measure.rows(measure.box, *shares)
        self._steppers, self._days, self._frame = [], (), None
        self._draw_head(surface, head, measure)
        self._draw_tabs(surface, _tabs(tabs, measure, len(self._page.pictures)))
        match picture := self._picture:
            case CalendarPicture():
                upright = measure.upright
                parts = measure.rows(body, 0.7, 0.3) if upright else measure.columns(body, 0.8, 0.2)
                self._draw_calendar(surface, parts, picture)
            case ChartPicture():
                self._draw_chart(surface, body, picture, measure)
        pygame.draw.rect(surface, PANEL, told, border_radius=told.height // 8)
        style = Style(INK, measure.capital_px * 0.4, "center", max_lines=2)
        draw_text(surface, self.told, told.inflate(-measure.gap_px, 0), style)
        self._draw_keys(surface, *measure.columns(foot, 0.82, 0.18))

    def press(self, key: Key) -> tuple[Answer, ...]:
        """Take a key."""
        if key.code in BACK or key.letter in {"b", "B", "."}:
            return (Dismissed(),)
        if key.letter in {"+", "-", "="}:
            return _next_of(self._page.span, -1 if key.letter == "-" else 1, ends=True)
        if key.code in {pygame.K_UP, pygame.K_DOWN}:
            return self._go_down(1 if key.code == pygame.K_DOWN else -1)
        if key.code in FORWARD | BACKWARD:
            self._turn_to((self._number + (1 if key.code in FORWARD else -1)) % len(self._places))
        elif key.letter.isdecimal() and 1 <= int(key.letter) <= len(self._places):
            self._turn_to(int(key.letter) - 1)
        elif key.code in LESS | MORE:
            self._go_to(self._place + (1 if key.code in MORE else -1))
        elif key.code in {pygame.K_HOME, pygame.K_END}:
            self._go_to(0 if key.code == pygame.K_HOME else _last(self._picture))
        return ()

    def type(self, text: str) -> tuple[Answer, ...]:
        """Nothing is typed here."""
        del text
        return ()

    def point(self, at: Point) -> None:
        """Look at the day or place under the mouse."""
        if self._frame is not None and self._frame.box.collidepoint(at):
            self._places[self._number] = self._frame.place_at(at[0]) or 0
        for spot in self._days:
            if spot.box.collidepoint(at):
                self._places[self._number] = spot.number

    def click(self, at: Point) -> tuple[Answer, ...]:
        """Choose a picture, another exercise or other weeks; a day is looked at as by pointing."""
        self.point(at)
        for number, tab in enumerate(self._tabs):
            if tab.collidepoint(at):
                self._turn_to(number)
        for choice, less, more in self._steppers:
            if less.collidepoint(at) or more.collidepoint(at):
                return _next_of(choice, 1 if more.collidepoint(at) else -1)
        return ()

    def wheel(self, steps: int) -> None:
        """Go through the weeks of the calendar, or along the chart."""
        by = DAYS if isinstance(self._picture, CalendarPicture) else -1
        self._go_to(self._place - steps * by)

    @property
    def _picture(self) -> CalendarPicture | ChartPicture:
        return self._page.pictures[self._number]

    @property
    def _place(self) -> int:
        return self._places[self._number]

    def _turn_to(self, number: int) -> None:
        self._number = number

    def _go_to(self, place: int) -> None:
        self._places[self._number] = clamp(place, 0, _last(self._picture))

    def _go_down(self, step: int) -> tuple[Answer, ...]:
        """Go a week on in the calendar, to the next exercise in a chart that shows one."""
        picture = self._picture
        if isinstance(picture, CalendarPicture):
            self._go_to(self._place + step * DAYS)
        elif picture.of_one:
            return _next_of(self._page.subject, step)
        return ()

    def _draw_head(self, surface: Surface, box: Rect, measure: PageMeasures) -> None:
        """Draw the title, and how many weeks are looked at."""
        title, span = measure.columns(box, 0.68, 0.32)
        draw_text(surface, self._page.title, title, Style(INK, measure.capital_px * 0.55))
        self._draw_stepper(surface, span, self._page.span)

    def _draw_stepper(self, surface: Surface, box: Rect, choice: Choice) -> None:
        value = dict(choice.options).get(choice.value, choice.value)
        self._steppers.append((choice, *draw_stepper(surface, box, value)))

    def _draw_tabs(self, surface: Surface, columns: Sequence[Rect]) -> None:
        """Draw the pictures' names, each with the number that leads to it."""
        self._tabs = list(columns)
        for number, (tab, picture) in enumerate(zip(columns, self._page.pictures, strict=True)):
            draw_choice(surface, tab, chosen=number == self._number)
            cap = Rect(0, 0, round(tab.height * 0.6), round(tab.height * 0.6))
            cap.midleft = (tab.left + round(tab.height * 0.3), tab.centery)
            draw_key(surface, cap, str(number + 1), tab.height * 0.24)
            text = Rect(cap.right + round(tab.height * 0.3), tab.top, 0, tab.height)
            text.width = tab.right - text.left - 4
            draw_text(surface, picture.name, text, Style(INK, tab.height * 0.32))

    def _draw_calendar(
        self, surface: Surface, parts: Sequence[Rect], picture: CalendarPicture
    ) -> None:
        """Draw the weeks for which there is room, that of the chosen day among them."""
        weeks, signs = parts
        least_px = min(surface.get_size()) * LEAST_WEEK
        room = clamp(int(weeks.height / least_px) - 1, 1, len(picture.weeks))
        here = week_of(picture, self._place)
        self._week = clamp(self._week, here - room + 1, here)
        self._week = clamp(self._week, 0, len(picture.weeks) - room)
        rows = range(self._week, self._week + room)
        self._days = draw_calendar(surface, weeks, picture, rows, self._place)
        row_px = weeks.height / (room + 1)
        whole_px = round((len(picture.weeks) + 1) * row_px)
        draw_scrollbar(surface, weeks.inflate(16, 0), round(self._week * row_px), whole_px)
        draw_signs(surface, signs, picture.signs)

    def _draw_chart(
        self, surface: Surface, box: Rect, picture: ChartPicture, measure: PageMeasures
    ) -> None:
        if picture.of_one:
            subject, box = measure.rows(box, 0.14, 0.86)
            self._draw_stepper(surface, subject, self._page.subject)
        if has_values(picture):
            self._frame = draw_chart(surface, box, picture, self._place)

    def _draw_keys(self, surface: Surface, keys: Rect, back: Rect) -> None:
        """Draw what the keys do here."""
        own = self._texts.own
        chips = [Chip(LEFT, ""), Chip(RIGHT, own("arrows_day"))]
        if isinstance(self._picture, CalendarPicture):
            chips.append(Chip(UP_DOWN, own("arrows_week")))
        elif self._picture.of_one:
            chips.append(Chip(UP_DOWN, own("arrows_exercise")))
        chips.append(Chip("+ \N{MINUS SIGN}", own("more_weeks")))
        draw_chips(surface, keys, chips)
        style = Style(MUTED, back.height * 0.3, "right")
        draw_text(surface, f"Esc  {own('page_back')}", back, style)


def _tabs(box: Rect, measure: PageMeasures, number: int) -> list[Rect]:
    """Return where the tabs are: beside one another, in two rows where that is too narrow."""
    if not measure.upright:
        return measure.columns(box, *[1.0] * number)
    first = (number + 1) // 2
    upper, lower = measure.rows(box, 1.0, 1.0)
    columns = (measure.columns(row, *[1.0] * first) for row in (upper, lower))
    return [tab for row in columns for tab in row][:number]


def _last(picture: CalendarPicture | ChartPicture) -> int:
    """Return the number of the latest day or place."""
    return len(picture.labels if isinstance(picture, ChartPicture) else days_of(picture)) - 1


def _kept(place: int, old_last: int, last: int) -> int:
    """Return where one is after a change: as far from the latest as before."""
    return clamp(last - (old_last - place), 0, last)


def _next_of(choice: Choice, step: int, *, ends: bool = False) -> tuple[Answer, ...]:
    """Return the next value or the one before; past the last comes the first, unless it `ends`."""
    values = [value for value, _ in choice.options]
    wanted = values.index(choice.value) + step
    number = clamp(wanted, 0, len(values) - 1) if ends else wanted % len(values)
    return (Changed(choice.id, values[number]),) if values[number] != choice.value else ()
