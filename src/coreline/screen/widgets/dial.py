"""The ring with the large number in it: seconds held, repetitions counted, rest left."""

from dataclasses import dataclass
from functools import lru_cache
from math import sqrt

from pygame import Rect, Surface

from coreline.screen import shapes
from coreline.screen.lettering import CAPITAL, Rehearsal, Style, draw_text, text_width
from coreline.screen.palette import CALM, GOOD, GROUND, INK, MUTED, PANEL, Colour

RING = 0.04  # widths, in diameters
INNER_RING = 0.02
GAP = 0.007
LIFT = 0.03  # how far the number stands above the middle, in inner radii


@dataclass(frozen=True, slots=True)
class Dial:
    """What a ring shows.

    `share` fills the ring; `inner_share`, where given, a thin second one inside it. A stopped dial
    is grey and has the sign for pause.
    """

    number: int
    label: str
    share: float
    inner_share: float | None = None
    stopped: bool = False
    colour: Colour = GOOD


def draw_dial(surface: Surface, box: Rect, dial: Dial) -> Rect:
    """Draw a ring into a square box and return the rectangle its number covers."""
    diameter_px = min(box.size)
    square = Rect(box.left, box.top, diameter_px, diameter_px)
    has_inner = dial.inner_share is not None
    if isinstance(surface, Rehearsal):
        return _draw_words(surface, _inner(square, has_inner=has_inner), dial.number, dial.label)
    face, number = _face(diameter_px, dial.number, dial.label, has_inner, dial.stopped)
    surface.blit(face, box)
    colour = MUTED if dial.stopped else dial.colour
    shapes.ring(surface, colour, square, diameter_px * RING, dial.share)
    if dial.inner_share is not None:
        second = _shrunk(square, diameter_px * (RING + GAP))
        shapes.ring(surface, CALM, second, diameter_px * INNER_RING, dial.inner_share)
    return number.move(box.topleft)


@lru_cache(maxsize=8)
def _face(
    diameter_px: int, number: int, label: str, has_inner: bool, stopped: bool
) -> tuple[Surface, Rect]:
    """Return what rarely changes, and where its number is: empty rings, number and words."""
    surface = _empty(diameter_px, has_inner, stopped).copy()
    inner = _inner(surface.get_rect(), has_inner=has_inner)
    return surface, _draw_words(surface, inner, number, label)


@lru_cache(maxsize=4)
def _empty(diameter_px: int, has_inner: bool, stopped: bool) -> Surface:
    """Return what is there without words and number: empty rings, and the sign for pause."""
    surface = Surface((diameter_px, diameter_px))
    surface.fill(GROUND)
    box = surface.get_rect()
    shapes.ring(surface, PANEL, box, diameter_px * RING)
    if has_inner:
        second = _shrunk(box, diameter_px * (RING + GAP))
        shapes.ring(surface, PANEL, second, diameter_px * INNER_RING)
    if stopped:
        inner = _inner(box, has_inner=has_inner)
        label = _label(inner)
        sign = Rect(0, 0, round(label.height * 0.7), round(label.height * 0.7))
        sign.midtop = (inner.centerx, label.bottom - round(min(inner.size) / 2 * 0.03))
        shapes.pause(surface, INK, sign)
    return surface


def _inner(square: Rect, *, has_inner: bool) -> Rect:
    """Return what the rings leave free."""
    diameter_px = square.width
    inner = _shrunk(square, diameter_px * (RING + GAP))
    if has_inner:
        inner = _shrunk(inner, diameter_px * INNER_RING)
    return _shrunk(inner, diameter_px * GAP)


def _draw_words(surface: Surface, inner: Rect, number: int, label: str) -> Rect:
    """Draw the words and the number, and return what the number covers."""
    place = _label(inner)
    draw_text(surface, label, place, Style(INK, place.height * 0.56, "center"))
    return _draw_number(surface, inner, number)


def _label(inner: Rect) -> Rect:
    """Return the place of the words below the number."""
    radius_px = min(inner.size) / 2
    label = Rect(0, 0, round(radius_px * 1.2), round(radius_px * 0.27))
    label.midtop = (inner.centerx, round(inner.centery + radius_px * 0.48))
    return label


def _shrunk(box: Rect, by_px: float) -> Rect:
    """Return a box that is smaller on every side."""
    return box.inflate(-2 * round(by_px), -2 * round(by_px))


def _draw_number(surface: Surface, inner: Rect, number: int) -> Rect:
    """Draw the number as large as the ring holds two digits."""
    text = str(number)
    radius_px = min(inner.size) / 2
    size_px = _number_size_px(radius_px, max(2, len(text)))
    middle = Rect(0, 0, inner.width, round(size_px * 1.2))
    middle.center = (inner.centerx, round(inner.centery - LIFT * radius_px))
    return draw_text(surface, text, middle, Style(INK, size_px * CAPITAL, "center"))


def _number_size_px(radius_px: float, digits: int) -> float:
    """Return the size at which the upper corners of a number touch a circle around it."""
    half_width = text_width("0" * digits, 1000) / 2000 * 0.97
    half_height = CAPITAL / 2
    # Solve (w s)^2 + (h s + lift r)^2 = r^2 for the size s.
    square = half_width**2 + half_height**2
    middle = half_height * LIFT * radius_px
    rest = (1 - LIFT**2) * radius_px**2
    return (sqrt(middle**2 + square * rest) - middle) / square
