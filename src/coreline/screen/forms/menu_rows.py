"""How the rows of a menu look: text at the left, the present value at the right."""

from dataclasses import dataclass
from typing import assert_never

import pygame
from pygame import Rect, Surface

from coreline.programme.language import Language
from coreline.screen import shapes
from coreline.screen.lettering import CAPITAL, LINE_PITCH, Style, draw_text, fit, text_width, wrap
from coreline.screen.menu import (
    Button,
    Choice,
    Control,
    Heading,
    Item,
    Number,
    TextField,
    TextRow,
    Toggle,
)
from coreline.screen.palette import CALM, GOOD, GROUND, INK, MUTED
from coreline.screen.texts import Texts
from coreline.screen.widgets.chips import draw_key
from coreline.screen.widgets.choices import draw_choice

VALUE = 0.42  # of the row's width
TEXT = 0.34  # capital height, of the row's height
CARET = "|"


@dataclass(frozen=True, slots=True)
class RowAreas:
    """Where a row's parts are: the whole of it, and the arrows of what goes up and down."""

    box: Rect
    less: Rect | None = None
    more: Rect | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """How a control is just now: chosen or not, and what is being typed into it."""

    chosen: bool
    typed: str | None = None


def row_height(item: Item, width_px: int, row_px: int) -> int:
    """Return how high an item stands; a text that is only read may take several lines."""
    if not isinstance(item, TextRow):
        return row_px
    size_px = _line_size_px(row_px)
    lines = wrap(item.text, size_px, _line_width(item, width_px), "Regular")
    return round(len(lines) * size_px * LINE_PITCH) + row_px // 4


def draw_item(surface: Surface, box: Rect, item: Heading | TextRow, row_px: int) -> None:
    """Draw a row that is only read."""
    if isinstance(item, Heading):
        lower = Rect(box.left, box.top + box.height // 4, box.width, box.height * 3 // 4)
        draw_text(surface, item.text, lower, Style(CALM, row_px * 0.32))
        return
    size_px = _line_size_px(row_px)
    lines = wrap(item.text, size_px, _line_width(item, box.width), "Regular")
    for number, line in enumerate(lines):
        top_px = box.top + row_px // 8 + round(number * size_px * LINE_PITCH)
        row = Rect(box.left, top_px, box.width, round(size_px * LINE_PITCH))
        draw_text(surface, line, row, Style(INK, size_px * CAPITAL, weight="Regular"))
    if item.detail:
        detail = _right(box, 0.45)
        draw_text(surface, item.detail, detail, Style(MUTED, size_px * CAPITAL, "right"))


def draw_control(
    surface: Surface, box: Rect, control: Control, look: Look, texts: Texts
) -> RowAreas:
    """Draw an item that can be chosen, and return where its parts are."""
    draw_choice(surface, box, chosen=look.chosen)
    inner = box.inflate(-box.height * 4 // 5, 0)
    value = _right(inner, VALUE)
    name = Rect(inner.left, inner.top, value.left - inner.left - box.height // 5, inner.height)
    if isinstance(control, Button) and not control.detail:
        name.width = inner.width - (box.height if control.key else 0)
    draw_text(surface, control.text, name, Style(INK, box.height * TEXT, max_lines=2))
    match control:
        case Button():
            _draw_button(surface, inner, control)
        case Toggle():
            _draw_toggle(surface, value, control, texts)
        case TextField():
            _draw_entry(surface, value, control, look.typed)
        case Choice() | Number():
            less, more = draw_stepper(surface, value, value_of(control, texts.language, look.typed))
            return RowAreas(box, less, more)
        case _:
            assert_never(control)
    return RowAreas(box)


def value_of(control: Choice | Number, language: Language, typed: str | None = None) -> str:
    """Return a value in words; in Dutch a comma stands before the decimals."""
    if isinstance(control, Choice):
        return dict(control.options).get(control.value, control.value)
    if typed is not None:
        return f"{typed}{CARET} {control.unit}".rstrip()
    number = f"{control.value:.{control.decimals}f}"
    if language == "nl":
        number = number.replace(".", ",")
    return f"{number} {control.unit}".rstrip()


def _draw_button(surface: Surface, box: Rect, button: Button) -> None:
    """Draw what stands at the right of a button: a detail, and the letter that presses it."""
    right_px = box.right
    if button.key:
        cap = Rect(0, 0, round(box.height * 0.62), round(box.height * 0.62))
        cap.midright = (right_px, box.centery)
        draw_key(surface, cap, button.key.upper(), box.height * 0.26)
        right_px = cap.left - box.height // 5
    if button.detail:
        detail = _right(box, VALUE)
        detail.width = max(1, right_px - detail.left)
        draw_text(surface, button.detail, detail, Style(MUTED, box.height * 0.3, "right"))


def _draw_toggle(surface: Surface, box: Rect, toggle: Toggle, texts: Texts) -> None:
    """Draw a switch: the knob's side, a tick and a word say that it is on."""
    height_px = round(box.height * 0.5)
    switch = Rect(0, 0, round(height_px * 1.9), height_px)
    switch.midright = (box.right, box.centery)
    radius_px = height_px // 2
    pygame.draw.rect(surface, GOOD if toggle.on else GROUND, switch, border_radius=radius_px)
    pygame.draw.rect(surface, GOOD if toggle.on else MUTED, switch, 2, border_radius=radius_px)
    knob = Rect(0, 0, height_px - 6, height_px - 6)
    knob.center = switch.center
    if toggle.on:
        knob.right = switch.right - 3
    else:
        knob.left = switch.left + 3
    shapes.disc(surface, GROUND if toggle.on else MUTED, knob.center, knob.width / 2)
    if toggle.on:
        shapes.tick(surface, GOOD, knob.inflate(-knob.width // 3, -knob.height // 3))
    words = Rect(box.left, box.top, switch.left - box.left - box.height // 5, box.height)
    text = texts.own("on" if toggle.on else "off")
    draw_text(surface, text, words, Style(INK, box.height * 0.3, "right"))


def draw_stepper(surface: Surface, box: Rect, text: str) -> tuple[Rect, Rect]:
    """Draw a value between two arrows, and return where these are."""
    side_px = round(box.height * 0.7)
    less, more = Rect(0, 0, side_px, side_px), Rect(0, 0, side_px, side_px)
    less.midleft, more.midright = (box.left, box.centery), (box.right, box.centery)
    for place, right in ((less, False), (more, True)):
        pygame.draw.rect(surface, GROUND, place, border_radius=side_px // 5)
        shapes.arrow(surface, INK, place.inflate(-side_px // 3, -side_px // 3), right=right)
    words = Rect(less.right + 4, box.top, max(1, more.left - less.right - 8), box.height)
    draw_text(surface, text, words, Style(INK, box.height * 0.3, "center", max_lines=2))
    return less, more


def _draw_entry(surface: Surface, box: Rect, entry: TextField, typed: str | None) -> None:
    """Draw a line of text in its frame; of a long one, its end while it is typed."""
    frame = box.inflate(0, -box.height // 3)
    pygame.draw.rect(surface, GROUND, frame, border_radius=frame.height // 6)
    pygame.draw.rect(surface, MUTED if typed is None else GOOD, frame, 2)
    inner = frame.inflate(-frame.height // 2, 0)
    if typed is not None:
        size_px = fit("Hg", inner.size, Style(INK, box.height * 0.28)).size_px
        text = _tail(typed, size_px, inner.width)
        draw_text(surface, text + CARET, inner, Style(INK, size_px * CAPITAL))
    else:
        colour = INK if entry.value else MUTED
        draw_text(surface, entry.value or entry.hint, inner, Style(colour, box.height * 0.28))


def _tail(text: str, size_px: int, width_px: int) -> str:
    """Return as much of the end of a text as the width holds beside the caret."""
    while text and text_width(text + CARET, size_px) > width_px:
        text = text[max(1, len(text) // 16) :]
    return text


def _right(box: Rect, share: float) -> Rect:
    """Return the right share of a box."""
    part = Rect(0, box.top, max(1, round(box.width * share)), box.height)
    part.right = box.right
    return part


def _line_size_px(row_px: int) -> int:
    """Return the size of a text that is only read."""
    return max(9, round(row_px * 0.3 / CAPITAL))


def _line_width(item: TextRow, width_px: int) -> int:
    """Return how wide the text of a row that is only read may be."""
    return max(1, round(width_px * (0.53 if item.detail else 0.97)))
