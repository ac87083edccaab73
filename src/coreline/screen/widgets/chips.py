"""Keys with what they do, drawn as keys of a keyboard, and clickable."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import pygame
from pygame import Rect, Surface

from coreline.screen import shapes
from coreline.screen.answers import Wish
from coreline.screen.lettering import CAPITAL, Style, draw_text, text_width
from coreline.screen.palette import INK, MUTED, PANEL, Colour

DrawKey = Callable[[Surface, Colour, Rect], None]
RIGHT: DrawKey = shapes.arrow
LEFT: DrawKey = partial(shapes.arrow, right=False)
UP_DOWN: DrawKey = shapes.up_and_down
LARGEST = 0.34  # capital height, in shares of the row


@dataclass(frozen=True, slots=True)
class ClickArea:
    """A place on the window that can be clicked, and what a click on it asks for."""

    box: Rect
    wish: Wish


@dataclass(frozen=True, slots=True)
class Chip:
    """A key, a word or a shape, and what it does; without a wish it can't be clicked."""

    key: str | DrawKey
    text: str
    wish: Wish | None = None


def draw_chips(
    surface: Surface, box: Rect, chips: Sequence[Chip], *, right: bool = False
) -> tuple[ClickArea, ...]:
    """Draw keys in a row, as large as all of them fit; return what can be clicked."""
    capital_px = box.height * LARGEST
    total_px = _width(chips, capital_px)
    if total_px > box.width:
        capital_px *= box.width / total_px
    begin_px = box.right - _width(chips, capital_px) if right else box.left
    spots, left_px = [], float(max(begin_px, box.left))
    for chip in chips:
        place = Rect(round(left_px), box.top, round(_chip_px(chip, capital_px)), box.height)
        _draw_chip(surface, place, chip, capital_px)
        if chip.wish:
            spots.append(ClickArea(place, chip.wish))
        left_px += place.width + _gap_px(capital_px)
    return tuple(spots)


def draw_key(surface: Surface, cap: Rect, key: str | DrawKey, capital_px: float) -> None:
    """Draw a key of the keyboard; arrows are shapes, the typeface has none."""
    pygame.draw.rect(surface, PANEL, cap, border_radius=cap.height // 5)
    pygame.draw.rect(surface, MUTED, cap, 2, border_radius=cap.height // 5)
    if isinstance(key, str):
        draw_text(surface, key, cap.inflate(-6, 0), Style(INK, capital_px, "center"))
        return
    sign = Rect(0, 0, round(cap.height * 0.7), round(cap.height * 0.6))
    sign.center = cap.center
    key(surface, INK, sign)


def _draw_chip(surface: Surface, place: Rect, chip: Chip, capital_px: float) -> None:
    """Draw one key and its word."""
    cap = Rect(place.left, 0, round(_cap_px(chip.key, capital_px)), round(capital_px * 2.1))
    cap.centery = place.centery
    draw_key(surface, cap, chip.key, capital_px)
    words = Rect(cap.right + round(capital_px * 0.6), place.top, 0, place.height)
    words.width = place.right - words.left + 2
    draw_text(surface, chip.text, words, Style(INK, capital_px))


def _width(chips: Sequence[Chip], capital_px: float) -> float:
    """Return how wide keys and words in a row are."""
    widths = [_chip_px(chip, capital_px) for chip in chips]
    return sum(widths) + _gap_px(capital_px) * (len(chips) - 1)


def _chip_px(chip: Chip, capital_px: float) -> float:
    """Return how wide a key with its word is."""
    size_px = max(1, round(capital_px / CAPITAL))
    return _cap_px(chip.key, capital_px) + capital_px * 0.6 + text_width(chip.text, size_px) + 4


def _cap_px(key: str | DrawKey, capital_px: float) -> float:
    """Return how wide a key is."""
    if not isinstance(key, str):
        return capital_px * 2.3
    size_px = max(1, round(capital_px / CAPITAL))
    return max(capital_px * 2.1, text_width(key, size_px) + capital_px * 1.2)


def _gap_px(capital_px: float) -> float:
    """Return how far keys stand apart."""
    return capital_px * 1.7
