"""The ring with the large number in it: seconds held, repetitions counted, rest left."""

from dataclasses import dataclass
from functools import lru_cache
from math import sqrt

from pygame import Rect, Surface

from coreline.screen import shapes
from coreline.screen.lettering import CAPITAL, Style, draw_text, text_width
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
    has_inner = dial.inner_share is not None
    face, number = _face(diameter_px, dial.number, dial.label, has_inner, dial.stopped)
    surface.blit(face, box)
    square = Rect(box.left, box.top, diameter_px, diameter_px)
    colour = MUTED if dial.stopped else dial.colour
    shapes.ring(surface, colour, square, diameter_px * RING, dial.share)
    if dial.inner_share is not None:
        inner = _shrunk(square, diameter_px * (RING + GAP))
        shapes.ring(surface, CALM, inner, diameter_px * INNER_RING, dial.inner_share)
    return number.move(box.topleft)


@lru_cache(maxsize=8)
def _face(
    diameter_px: int, number: int, label: str, has_inner: bool, stopped: bool
) -> tuple[Surface, Rect]:
    """Return what rarely changes, and where its number is: empty rings, number and words."""
    surface = Surface((diameter_px, diameter_px))
    surface.fill(GROUND)
    box = surface.get_rect()
    shapes.ring(surface, PANEL, box, diameter_px * RING)
    inner = _shrunk(box, diameter_px * (RING + GAP))
    if has_inner:
        shapes.ring(surface, PANEL, inner, diameter_px * INNER_RING)
        inner = _shrunk(inner, diameter_px * INNER_RING)
    inner = _shrunk(inner, diameter_px * GAP)
    _draw_label(surface, inner, label, stopped=stopped)
    return surface, _draw_number(surface, inner, number)


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


def _draw_label(surface: Surface, inner: Rect, text: str, *, stopped: bool) -> None:
    """Draw the words below the number, with the sign for pause when the dial is stopped."""
    radius_px = min(inner.size) / 2
    label = Rect(0, 0, round(radius_px * 1.2), round(radius_px * 0.27))
    label.midtop = (inner.centerx, round(inner.centery + radius_px * 0.48))
    if stopped:
        sign = Rect(0, 0, round(label.height * 0.7), round(label.height * 0.7))
        sign.midtop = (inner.centerx, label.bottom - round(radius_px * 0.03))
        shapes.pause(surface, INK, sign)
    draw_text(surface, text, label, Style(INK, label.height * 0.56, "center"))
