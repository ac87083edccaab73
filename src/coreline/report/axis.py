"""What every drawing of the report is made from: scales, ticks, and short paths."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight mapping from values to one coordinate of the picture."""

    first: float
    last: float
    start: float
    end: float
    decimals: int = 1

    def __call__(self, value: float) -> float:
        """Return where a value lies, rounded; beyond the ends it is at the edge."""
        span = self.last - self.first
        share = (value - self.first) / span if span > 0 else 0.0
        place = self.start + min(max(share, 0.0), 1.0) * (self.end - self.start)
        return round(place, self.decimals)


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis and the value there."""

    place: float
    value: float


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the time axis, from `x` over `width`."""

    x: float
    width: float


def line_path(places: Sequence[Place]) -> str:
    """Return a line through some places as the shortest path: steps of tenths."""
    tenths = [(round(x * 10), round(y * 10)) for x, y in places]
    steps = [(bx - ax, by - ay) for (ax, ay), (bx, by) in pairwise(tenths)]
    return f"M{_joined(tenths[:1])}" + (f"l{_joined(steps)}" if steps else "")


def lines_path(lines: Iterable[Sequence[Place]]) -> str:
    """Return several lines as one path."""
    return "".join(line_path(places) for places in lines if places)


def boxes_path(boxes: Iterable[tuple[float, float, float, float]]) -> str:
    """Return boxes, each as x, y, width and height, as one path."""
    parts = []
    for x, y, width, height in boxes:
        across, down = shortest(width), shortest(height)
        parts.append(f"M{shortest(x)} {shortest(y)}h{across}v{down}h-{across}z")
    return "".join(parts)


def posts_path(posts: Iterable[tuple[float, float, float]]) -> str:
    """Return upright lines, each as x, where it begins and how far down it goes, as one path."""
    parts = []
    for x, y, length in posts:
        start = f"M{shortest(x)} {shortest(y)}"
        parts.append(f"{start}v{shortest(length)}")
    return "".join(parts)


def shortest(value: float) -> str:
    """Return a coordinate, rounded to a tenth, in the fewest signs."""
    return _number(round(value * 10))


def _joined(tenths: Iterable[tuple[int, int]]) -> str:
    """Return pairs of numbers; a minus sign parts them as well as a space does."""
    words = [_number(each) for pair in tenths for each in pair]
    text = words[0]
    for word in words[1:]:
        text += word if word.startswith("-") else f" {word}"
    return text


def _number(tenths: int) -> str:
    """Return a number of tenths in the fewest signs."""
    whole, rest = divmod(abs(tenths), 10)
    sign = "-" if tenths < 0 else ""
    if not rest:
        return f"{sign}{whole}"
    return f"{sign}{whole or ''}.{rest}"
