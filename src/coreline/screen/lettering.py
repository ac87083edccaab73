"""Text that fits its box: measured, wrapped and shrunk, and rendered once."""

import re
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Final, Generic, Literal, TypeVar

import pygame
from pygame import Rect, Surface
from pygame.font import Font

from coreline.screen.palette import Colour

Align = Literal["left", "center", "right"]
Weight = Literal["Bold", "Regular"]
Measure = Callable[[str, int, Weight], float]  # how wide a text is at a size, pixels

CAPITAL = 0.67  # height of a capital, in sizes of the typeface
LINE_PITCH = 1.04  # from line to line, in sizes of the typeface
LONGEST = 600  # characters that are drawn into one box; no more of them could be read
SMALLEST_PX = 9
_MEASURED_PX = 48  # at which widths are measured for all sizes: large enough to round little
ELLIPSIS = "…"
TIE = "\u00a0"  # a space at which no line is broken
_SPACE = re.compile(r"[^\S\u00a0]+")

KeyT = TypeVar("KeyT")
ThingT = TypeVar("ThingT")


class Shelf(Generic[KeyT, ThingT]):
    """Keeps what was asked for last, as much of it as there is room for, but always a few things.

    Counted in bytes and not in things: a count that fills a third of the window takes as much as a
    hundred short words, and every number is another one.
    """

    def __init__(self, room_bytes: int, few: int) -> None:
        """Begin with nothing."""
        self._room_bytes, self._few = room_bytes, few
        self._things: OrderedDict[KeyT, tuple[ThingT, int]] = OrderedDict()
        self.bytes = 0

    def get(self, key: KeyT) -> ThingT | None:
        """Return what is kept under a key, if it still is."""
        if key not in self._things:
            return None
        self._things.move_to_end(key)
        return self._things[key][0]

    def put(self, key: KeyT, thing: ThingT, size_bytes: int) -> None:
        """Keep something new; what was not asked for longest makes room."""
        self._things[key] = (thing, size_bytes)
        self.bytes += size_bytes
        while self.bytes > self._room_bytes and len(self._things) > self._few:
            _, (_, freed_bytes) = self._things.popitem(last=False)
            self.bytes -= freed_bytes

    def clear(self) -> None:
        """Keep nothing any more."""
        self._things.clear()
        self.bytes = 0


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set: its colour, its largest capital height in pixels, and its place."""

    colour: Colour
    capital_px: float
    align: Align = "left"
    weight: Weight = "Bold"
    max_lines: int = 1


@dataclass(frozen=True, slots=True)
class Fitted:
    """A text broken into lines at the size at which it fits."""

    lines: tuple[str, ...]
    size_px: int


# The lines of a page took 4.8 MB at most at 1920 by 1080; on a larger screen a page's are kept.
RENDERED: Final[Shelf[Hashable, tuple[Surface, Rect]]] = Shelf(6 << 20, few=32)


class Rehearsal(Surface):
    """A surface on which nothing is drawn and texts are noted: to know what a page will need."""

    def __init__(self, size: tuple[int, int]) -> None:
        """Begin with nothing noted."""
        super().__init__(size)
        self.set_clip(Rect(0, 0, 0, 0))
        self.noted: list[tuple[str, tuple[int, int], Style]] = []


def draw_text(surface: Surface, text: str, box: Rect, style: Style) -> Rect:
    """Draw a text into a box, centred in its height, and return the rectangle it covers.

    In a rehearsal it is noted, and said to cover the box.
    """
    text = printable(text[:LONGEST])
    if isinstance(surface, Rehearsal):
        surface.noted.append((text, box.size, style))
        return box.copy()
    fitted = fit(text, box.size, style)
    pitch_px = fitted.size_px * LINE_PITCH
    top_px = box.centery - pitch_px * len(fitted.lines) / 2
    covered = Rect(box.centerx, box.centery, 0, 0)
    for number, line in enumerate(fitted.lines):
        middle = Rect(box.left, round(top_px + number * pitch_px), box.width, round(pitch_px))
        image, ink = _render(line, fitted.size_px, style.weight, style.colour)
        place = _aligned(image, middle, style.align)
        surface.blit(image, place)
        inked = ink.move(place.topleft)
        covered = inked if number == 0 else covered.union(inked)
    return covered


@lru_cache(maxsize=512)
def get_ready(text: str, size: tuple[int, int], style: Style) -> None:
    """Do beforehand what takes long when a text is first drawn.

    That is to find its size, for which letters are measured in several, and to have its letters
    drawn in that size; those the typeface keeps. The text itself would take too much memory.
    """
    fitted = fit(text, size, style)
    for line in fitted.lines:
        _rendered(line, fitted.size_px, style.weight, style.colour)


@lru_cache(maxsize=1024)
def fit(text: str, size: tuple[int, int], style: Style) -> Fitted:
    """Return a text's lines at the largest size at which they stay within a width and height."""
    largest_px = max(SMALLEST_PX, round(style.capital_px / CAPITAL))
    low_px = _likely_px(text, size, style, largest_px)
    while low_px > SMALLEST_PX and not _fits(text, low_px, size, style):
        low_px -= 1
    while low_px < largest_px and _fits(text, low_px + 1, size, style):
        low_px += 1
    lines = _wrap(text, low_px, size[0], style.weight)
    if _fits(text, low_px, size, style):
        return Fitted(tuple(_balanced(text, low_px, lines, style.weight)), low_px)
    return Fitted(tuple(_cut(lines, low_px, size[0], style)), low_px)


def alike(texts: Iterable[str], size: tuple[int, int], style: Style) -> Style:
    """Return the largest style in which each of some texts stays within a width and height."""
    sizes = [fit(printable(text[:LONGEST]), size, style).size_px * CAPITAL for text in texts]
    return replace(style, capital_px=min(sizes, default=style.capital_px))


def printable(text: str) -> str:
    """Return a text that can be drawn, with spaces for what is unprintable."""
    return "".join(letter if letter.isprintable() or letter == TIE else " " for letter in text)


def wrap(text: str, size_px: int, width_px: int, weight: Weight = "Bold") -> tuple[str, ...]:
    """Return a text's lines at a size; a word that is wider than the width is broken."""
    words = [
        piece
        for word in _words(printable(text))
        for piece in _broken(word, size_px, width_px, weight)
    ]
    return tuple(_wrap(" ".join(words), size_px, width_px, weight))


@lru_cache(maxsize=4096)
def text_width(text: str, size_px: int, weight: Weight = "Bold") -> int:
    """Return how wide a text is set on one line, pixels; fitting a text asks again and again."""
    return font(size_px, weight).size(text)[0]


@lru_cache(maxsize=256)
def font(size_px: int, weight: Weight) -> Font:
    """Return the typeface at a size."""
    if not pygame.font.get_init():
        pygame.font.init()
    return Font(BytesIO(_typeface(weight)), size_px)


@lru_cache(maxsize=2)
def _typeface(weight: Weight) -> bytes:
    """Return a weight of Atkinson Hyperlegible."""
    name = f"AtkinsonHyperlegible-{weight}.ttf"
    return (files("coreline") / "screen" / "fonts" / name).read_bytes()


def _render(line: str, size_px: int, weight: Weight, colour: Colour) -> tuple[Surface, Rect]:
    """Return a line as a picture, and where its ink is; drawing it again costs a blit."""
    key = (line, size_px, weight, colour)
    rendered = RENDERED.get(key)
    if rendered is None:
        rendered = _rendered(*key)
        RENDERED.put(key, rendered, rendered[0].get_height() * rendered[0].get_pitch())
    return rendered


def _rendered(line: str, size_px: int, weight: Weight, colour: Colour) -> tuple[Surface, Rect]:
    typeface = font(size_px, weight)
    if not typeface.size(line)[0]:  # such as a lone accent
        return Surface((0, typeface.get_height())), Rect(0, 0, 0, 0)
    image = typeface.render(line, True, colour)
    return image, image.get_bounding_rect()


def _aligned(image: Surface, box: Rect, align: Align) -> Rect:
    """Return where an image stands in a box."""
    place = image.get_rect(center=box.center)
    if align == "left":
        place.left = box.left
    elif align == "right":
        place.right = box.right
    return place


def _likely_px(text: str, size: tuple[int, int], style: Style, largest_px: int) -> int:
    """Return about the largest size at which a text fits, by its widths at one size.

    The first measuring at a size takes half a millisecond, and a page has some twenty texts: to try
    each at all the sizes of a search made the window stand still.
    """
    low_px, high_px = SMALLEST_PX, largest_px
    while low_px < high_px:
        middle_px = (low_px + high_px + 1) // 2
        if _fits(text, middle_px, size, style, _about):
            low_px = middle_px
        else:
            high_px = middle_px - 1
    return low_px


def _about(text: str, size_px: int, weight: Weight) -> float:
    """Return about how wide a text is set on one line, pixels."""
    return text_width(text, _MEASURED_PX, weight) * size_px / _MEASURED_PX


def _fits(
    text: str, size_px: int, size: tuple[int, int], style: Style, measure: Measure = text_width
) -> bool:
    """Say whether a text, wrapped, stays within a width, a height and its number of lines."""
    lines = _wrap(text, size_px, size[0], style.weight, measure)
    if len(lines) > style.max_lines or len(lines) * size_px * LINE_PITCH > size[1]:
        return False
    return max(measure(line, size_px, style.weight) for line in lines) <= size[0]


def _wrap(
    text: str, size_px: int, width_px: int, weight: Weight, measure: Measure = text_width
) -> list[str]:
    """Return a text's lines, each filled with as many words as go into the width."""
    lines: list[str] = []
    for word in _words(text):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer, size_px, weight) <= width_px:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines or [""]


def _words(text: str) -> list[str]:
    """Return what lines are made of; words that are tied together are one."""
    return [word for word in _SPACE.split(text) if word.strip()]


def _balanced(text: str, size_px: int, lines: list[str], weight: Weight) -> list[str]:
    """Return the same number of lines, as equal in length as they can be: no word left alone."""
    while True:
        narrower_px = _widest_px(lines, size_px, weight) - 1
        tighter = _wrap(text, size_px, narrower_px, weight)
        if len(tighter) > len(lines) or _widest_px(tighter, size_px, weight) > narrower_px:
            return lines
        lines = tighter


def _widest_px(lines: list[str], size_px: int, weight: Weight) -> int:
    """Return the width of the longest line."""
    return max(text_width(line, size_px, weight) for line in lines)


def _cut(lines: list[str], size_px: int, width_px: int, style: Style) -> list[str]:
    """Return the lines there is room for, what is cut off marked with an ellipsis."""
    kept = lines[: style.max_lines]
    return [_cut_line(line, size_px, width_px, style.weight) for line in kept]


def _cut_line(line: str, size_px: int, width_px: int, weight: Weight) -> str:
    """Return as much of a line as the width holds."""
    if text_width(line, size_px, weight) <= width_px:
        return line
    low, high = 0, len(line)
    while low < high:
        middle = (low + high + 1) // 2
        if text_width(line[:middle] + ELLIPSIS, size_px, weight) <= width_px:
            low = middle
        else:
            high = middle - 1
    return line[:low] + ELLIPSIS


def _broken(word: str, size_px: int, width_px: int, weight: Weight) -> list[str]:
    """Return a word in pieces that go into the width; at least one letter each."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and text_width(pieces[-1] + letter, size_px, weight) > width_px:
            pieces.append(letter)
        else:
            pieces[-1] += letter
    return pieces
