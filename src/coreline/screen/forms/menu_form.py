"""A menu under the person's hands: what is chosen, how far it is scrolled, what is being typed."""

from dataclasses import dataclass
from typing import assert_never

import pygame
from pygame import Rect, Surface

from coreline.screen.answers import Answer, Changed, Dismissed, Picked
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
from coreline.screen.forms.menu_rows import Look, RowAreas, draw_control, draw_item, row_height
from coreline.screen.layout import PageMeasures
from coreline.screen.lettering import Style, draw_text
from coreline.screen.menu import (
    Button,
    Choice,
    Control,
    Heading,
    Menu,
    Number,
    TextField,
    TextRow,
    Toggle,
    controls_of,
)
from coreline.screen.palette import GROUND, INK, MUTED
from coreline.screen.texts import Texts

ROW = 0.095  # of the window's shorter side
LEAST_ROW = 0.072  # so low a row may become where then all of the page is in sight
SPACE = 0.12  # between rows, in rows
WHEEL = 0.8  # rows that one step of the wheel scrolls
DIGITS = frozenset("0123456789.,-")
ERASE = {pygame.K_BACKSPACE, pygame.K_DELETE}


@dataclass(frozen=True, slots=True)
class _Drawn:
    """Where a control was drawn."""

    number: int
    parts: RowAreas


class MenuForm:
    """Takes keys and mouse for one menu; a new menu of the same title goes on where one was."""

    def __init__(self, menu: Menu, texts: Texts) -> None:
        """Begin at the item that the menu names, or at its first."""
        self._texts = texts
        self._menu = menu
        self._controls = controls_of(menu)
        self._chosen = self._number_of(menu.selected)
        self._offset_px = 0
        self._follows = True  # the chosen item is kept in sight, until the wheel is turned
        self._typed: str | None = None
        self._drawn: list[_Drawn] = []
        self._view = Rect(0, 0, 0, 0)
        self._row_px = 1

    @property
    def title(self) -> str:
        """The page's title, by which it is known when it comes with new values."""
        return self._menu.title

    @property
    def state(self) -> object:
        """Everything that can be seen of it."""
        return self._menu, self._chosen, self._offset_px, self._typed

    @property
    def chosen_id(self) -> str | None:
        """The id of the item that is chosen."""
        return self._controls[self._chosen].id if self._controls else None

    def show(self, menu: Menu) -> None:
        """Take new values, and stay where one was."""
        chosen, self._menu, self._controls = self.chosen_id, menu, controls_of(menu)
        self._chosen = self._number_of(chosen)

    def draw(self, surface: Surface) -> None:
        """Draw title, items and note."""
        measure = PageMeasures.of(surface.get_size())
        title, self._view, foot = measure.rows(measure.box, 0.13, 0.73, 0.14)
        surface.fill(GROUND)
        draw_text(surface, self._menu.title, title, Style(INK, measure.capital_px * 0.6))
        self._row_px = self._row_for(min(surface.get_size()))
        self._draw_items(surface)
        note, back = measure.columns(foot, 0.78, 0.22)
        style = Style(MUTED, measure.capital_px * 0.3, max_lines=3, weight="Regular")
        if text := self._note():
            draw_text(surface, text, note, style)
        leave = Style(MUTED, measure.capital_px * 0.3, "right")
        draw_text(surface, f"Esc  {self._texts.own('page_back')}", back, leave)

    def press(self, key: Key) -> tuple[Answer, ...]:
        """Take a key."""
        if self._typed is not None:
            return self._press_typing(key)
        if key.code in LEAVE:
            return (Dismissed(),)
        if key.code in UP | DOWN:
            self._move(1 if key.code in DOWN else -1)
            return ()
        if pressed := self._shortcut(key):
            return pressed
        return self._press_control(key) if self._controls else ()

    def type(self, text: str) -> tuple[Answer, ...]:
        """Take text into a line of text, or digits into a number."""
        match self._control():
            case TextField(value=value, longest=longest):
                self._typed = ((value if self._typed is None else self._typed) + text)[:longest]
            case Number() if set(text) <= DIGITS and (self._typed is not None or text != "-"):
                self._typed = ((self._typed or "") + text)[:12]
            case _:
                pass
        return ()

    def point(self, at: Point) -> None:
        """Choose the item under the mouse, unless something is being typed."""
        if self._typed is None and (drawn := self._under(at)):
            self._chosen = drawn.number

    def click(self, at: Point) -> tuple[Answer, ...]:
        """Take a click on an item or one of its arrows; what was typed before counts."""
        drawn = self._under(at)
        if drawn and drawn.number == self._chosen and self._typed is not None:
            return ()
        answers = self._finish_typing()
        if not drawn:
            return answers
        self._chosen = drawn.number
        control = self._controls[drawn.number]
        if drawn.parts.less and drawn.parts.less.collidepoint(at):
            return (*answers, *self._step(control, -1))
        return (*answers, *self._pick(control))

    def wheel(self, steps: int) -> None:
        """Scroll."""
        self._follows = False
        self._offset_px -= round(steps * WHEEL * self._row_px)
        self._offset_px = clamp(self._offset_px, 0, self._content_px() - self._view.height)

    def _row_for(self, short_px: int) -> int:
        """Return how high a row is: lower where then all of the page is in sight at once."""
        usual_px, least_px = round(short_px * ROW), round(short_px * LEAST_ROW)
        for self._row_px in range(usual_px, least_px - 1, -1):
            if self._content_px() <= self._view.height:
                return self._row_px
        return usual_px

    def _draw_items(self, surface: Surface) -> None:
        """Draw what of the items is in sight."""
        boxes = self._boxes()
        self._drawn.clear()
        if self._follows:
            self._scroll_to_chosen(boxes)
        self._offset_px = clamp(self._offset_px, 0, self._content_px() - self._view.height)
        surface.set_clip(self._view)
        number = 0
        for item, box in zip(self._menu.items, boxes, strict=True):
            place = box.move(0, -self._offset_px)
            if isinstance(item, Heading | TextRow):
                if place.colliderect(self._view):
                    draw_item(surface, place, item, self._row_px)
                continue
            if place.colliderect(self._view):
                self._draw_control(surface, place, number)
            number += 1
        surface.set_clip(None)
        draw_scrollbar(surface, self._view, self._offset_px, self._content_px())

    def _draw_control(self, surface: Surface, box: Rect, number: int) -> None:
        """Draw an item that can be chosen, and remember where."""
        chosen = number == self._chosen
        look = Look(chosen, self._typed if chosen else None)
        parts = draw_control(surface, box, self._controls[number], look, self._texts)
        self._drawn.append(_Drawn(number, parts))

    def _boxes(self) -> list[Rect]:
        """Return where each item would stand if the page were not scrolled."""
        width_px = self._view.width - max(16, self._view.width // 60)
        top_px, boxes = self._view.top, []
        for item in self._menu.items:
            height_px = row_height(item, width_px, self._row_px)
            boxes.append(Rect(self._view.left, top_px, width_px, height_px))
            top_px += height_px + round(self._row_px * SPACE)
        return boxes

    def _content_px(self) -> int:
        """Return how high all items together are."""
        boxes = self._boxes()
        return boxes[-1].bottom - self._view.top if boxes else 0

    def _scroll_to_chosen(self, boxes: list[Rect]) -> None:
        """Scroll so far that the chosen item is in sight, with some of what is around it."""
        controls = [
            box
            for item, box in zip(self._menu.items, boxes, strict=True)
            if not isinstance(item, Heading | TextRow)
        ]
        if not controls:
            return
        box = controls[self._chosen].move(0, -self._view.top)
        margin_px = self._row_px if self._chosen else box.top
        lowest_px = box.top - margin_px
        self._offset_px = clamp(
            self._offset_px, box.bottom + self._row_px // 2 - self._view.height, lowest_px
        )

    def _note(self) -> str:
        """Return what is said of the chosen item, or of the menu."""
        control = self._control()
        return (control.note if control else "") or self._menu.note

    def _control(self) -> Control | None:
        """Return the chosen item, if there is any."""
        return self._controls[self._chosen] if self._controls else None

    def _number_of(self, item_id: str | None) -> int:
        """Return the number of an item that can be chosen; the first where there is no such id."""
        ids = [control.id for control in self._controls]
        return ids.index(item_id) if item_id in ids else 0

    def _move(self, steps: int) -> None:
        """Choose the next item, or scroll where there is nothing to choose."""
        if not self._controls:
            self.wheel(-steps)
            return
        self._follows = True
        self._chosen = clamp(self._chosen + steps, 0, len(self._controls) - 1)

    def _shortcut(self, key: Key) -> tuple[Answer, ...]:
        """Return the button that a letter presses."""
        if isinstance(self._control(), TextField) or not key.letter:
            return ()
        for control in self._controls:
            if isinstance(control, Button) and control.key.lower() == key.letter.lower():
                return (Picked(control.id),)
        return ()

    def _press_control(self, key: Key) -> tuple[Answer, ...]:
        """Take a key for the chosen item."""
        control = self._controls[self._chosen]
        if key.code in ERASE and isinstance(control, TextField | Number):
            self._typed = control.value[:-1] if isinstance(control, TextField) else ""
            return ()
        if key.code in LESS | MORE:
            return self._step(control, 1 if key.code in MORE else -1)
        if isinstance(control, Number) and key.letter in {"+", "-"}:
            return self._step(control, 1 if key.letter == "+" else -1)
        if isinstance(control, TextField) and key.letter.isprintable() and key.letter:
            return ()  # it comes as typed text
        return self._pick(control) if key.picks else ()

    def _press_typing(self, key: Key) -> tuple[Answer, ...]:
        """Take a key while something is typed."""
        if key.code in LEAVE:
            self._typed = None
        elif key.code in {pygame.K_RETURN, pygame.K_KP_ENTER}:
            return self._finish_typing()
        elif key.code in ERASE:
            self._typed = (self._typed or "")[:-1]
        elif key.code in UP | DOWN:
            answers = self._finish_typing()
            self._move(1 if key.code in DOWN else -1)
            return answers
        return ()

    def _pick(self, control: Control) -> tuple[Answer, ...]:
        """Do what Enter does."""
        match control:
            case Button():
                return (Picked(control.id),)
            case Toggle():
                return (Changed(control.id, not control.on),)
            case TextField():
                self._typed = control.value
                return ()
            case Choice() | Number():
                return self._step(control, 1)
            case _:
                assert_never(control)

    def _step(self, control: Control, steps: int) -> tuple[Answer, ...]:
        """Return the next value or the one before."""
        match control:
            case Toggle():
                return (Changed(control.id, steps > 0),) if control.on != (steps > 0) else ()
            case Choice() if control.options:
                values = [value for value, _ in control.options]
                here = values.index(control.value) if control.value in values else -steps
                return self._change(control, values[(here + steps) % len(values)])
            case Number():
                return self._change(control, _stepped(control, steps))
            case _:
                return ()

    def _finish_typing(self) -> tuple[Answer, ...]:
        """Return what was typed as a change."""
        typed, self._typed = self._typed, None
        control = self._control()
        if typed is None:
            return ()
        if isinstance(control, TextField):
            return self._change(control, typed.strip())
        if isinstance(control, Number):
            return self._change(control, _parsed(control, typed))
        return ()

    @staticmethod
    def _change(control: TextField | Choice | Number, value: str | float) -> tuple[Answer, ...]:
        """Return a change, if it is one."""
        return (Changed(control.id, value),) if value != control.value else ()

    def _under(self, at: Point) -> _Drawn | None:
        """Return the item at a point, if there is one in sight."""
        if not self._view.collidepoint(at):
            return None
        return next((each for each in self._drawn if each.parts.box.collidepoint(at)), None)


def _stepped(number: Number, steps: int) -> float:
    """Return a number some steps further, within its limits."""
    return _within(number, number.value + steps * number.step)


def _parsed(number: Number, typed: str) -> float:
    """Return what was typed as a number within its limits; what is none changes nothing."""
    try:
        return _within(number, float(typed.replace(",", ".")))
    except ValueError:
        return number.value


def _within(number: Number, value: float) -> float:
    """Return a number within its limits, rounded as it is shown."""
    return round(min(max(value, number.low), number.high), number.decimals)
