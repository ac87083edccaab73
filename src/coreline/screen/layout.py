"""Where things stand, for any size of window; numbers only."""

from dataclasses import dataclass
from typing import Self

from pygame import Rect

Size = tuple[int, int]
READABLE = 0.11  # capital height of what is read from the mat, in shares of the shorter side
GAP = 0.025
RING = 0.714  # the ring's diameter on a wide page, in shares of its height
UPRIGHT = 0.9  # a window higher than so many widths has its parts below one another


@dataclass(frozen=True, slots=True)
class PageMeasures:
    """The window's own measures, from which all sizes follow."""

    box: Rect  # the window without its margin
    gap_px: int
    capital_px: float  # of what must be read from the mat
    upright: bool

    @classmethod
    def of(cls, size: Size) -> Self:
        """Return the measures of a window."""
        width_px, height_px = size
        short_px = min(size)
        gap_px = round(short_px * GAP)
        box = Rect(gap_px, gap_px, width_px - 2 * gap_px, height_px - 2 * gap_px)
        return cls(box, gap_px, short_px * READABLE, height_px > width_px * UPRIGHT)

    def rows(self, box: Rect, *shares: float) -> list[Rect]:
        """Return a box cut into rows with gaps between them, by shares of the height."""
        free_px = box.height - self.gap_px * (len(shares) - 1)
        heights = _parts(free_px, shares)
        tops = _starts(box.top, heights, self.gap_px)
        return [
            Rect(box.left, top_px, box.width, height_px)
            for top_px, height_px in zip(tops, heights, strict=True)
        ]

    def columns(self, box: Rect, *shares: float) -> list[Rect]:
        """Return a box cut into columns with gaps between them, by shares of the width."""
        free_px = box.width - self.gap_px * (len(shares) - 1)
        widths = _parts(free_px, shares)
        lefts = _starts(box.left, widths, self.gap_px)
        return [
            Rect(left_px, box.top, width_px, box.height)
            for left_px, width_px in zip(lefts, widths, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Layout:
    """The rectangles of the exercise page."""

    title: Rect
    picture: Rect
    sets: Rect
    bar: Rect
    ring: Rect
    sentence: Rect
    capital_px: float


def layout(size: Size) -> Layout:
    """Return the exercise page's rectangles for a window's size."""
    measure = PageMeasures.of(size)
    return _tall(measure) if measure.upright else _wide(measure)


def is_narrow(column: Rect) -> bool:
    """Say whether a column has no room for two texts beside each other."""
    return column.width < column.height * 0.9


def square(box: Rect) -> Rect:
    """Return the largest square in the middle of a box."""
    side_px = min(box.size)
    inner = Rect(0, 0, side_px, side_px)
    inner.center = box.center
    return inner


def _wide(measure: PageMeasures) -> Layout:
    """Return a landscape page: picture left, bar and ring right, the sentence below."""
    top, sentence = measure.rows(measure.box, 0.745, 0.255)
    # What the ring and the bar leave is the picture's: a person who lies fills most of it.
    ring_px = min(round(measure.box.height * RING), round(top.width * 0.5))
    bar_px = min(round(top.height * 0.2), round(top.width * 0.06))
    left_px = top.width - ring_px - bar_px - 2 * measure.gap_px
    left = Rect(top.left, top.top, left_px, top.height)
    # In a narrow column the side stands below the name.
    shares = (0.28, 0.51, 0.21) if is_narrow(left) else (0.15, 0.755, 0.095)
    title, picture, sets = measure.rows(left, *shares)
    ring = Rect(top.right - ring_px, top.centery - ring_px // 2, ring_px, ring_px)
    bar = Rect(left.right + measure.gap_px, top.top, bar_px, top.height)
    return Layout(title, picture, sets, bar, ring, sentence, measure.capital_px)


def _tall(measure: PageMeasures) -> Layout:
    """Return an upright page: picture, then bar and ring, then the sentence."""
    title, picture, middle, sets, sentence = measure.rows(measure.box, 0.07, 0.3, 0.42, 0.05, 0.16)
    bar_px = round(measure.box.width * 0.095)
    bar = Rect(middle.left, middle.top, bar_px, middle.height)
    rest = Rect(bar.right + measure.gap_px, middle.top, 0, middle.height)
    rest.width = middle.right - rest.left
    return Layout(title, picture, sets, bar, square(rest), sentence, measure.capital_px)


def _parts(free_px: int, shares: tuple[float, ...]) -> list[int]:
    """Return a length cut into shares of the whole, never longer than it."""
    whole = sum(shares)
    return [max(1, int(free_px * share / whole)) for share in shares]


def _starts(first_px: int, lengths: list[int], gap_px: int) -> list[int]:
    """Return where parts begin that stand one after another."""
    return [first_px + sum(lengths[:number]) + number * gap_px for number in range(len(lengths))]
