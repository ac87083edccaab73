"""A curve as a small SVG: sizes along the bottom, a cost up the side, both from 0; pure."""

from collections.abc import Callable, Iterator, Sequence
from html import escape
from typing import Final

WIDTH, HEIGHT = 420, 240
LEFT, RIGHT, TOP, BOTTOM = 56, 16, 34, 40
TEXT: Final = 'font-family="sans-serif" font-size="12" fill="#1f2328"'
Place = Callable[[float, float], tuple[float, float]]
NICE: Final = (1.0, 2.0, 2.5, 5.0, 10.0)


def top_of(value: float) -> float:
    """Return a round number that is not below a value, for the end of an axis."""
    if value <= 0.0:
        return 1.0
    power = 1.0
    while power * 10.0 <= value:
        power *= 10.0
    while power > value:
        power /= 10.0
    return next(power * each for each in NICE if power * each >= value)


def curve(title: str, across: str, points: Sequence[tuple[float, float]]) -> str:
    """Return the picture of a cost.

    Args:
        title: what it is, with its unit.
        across: what the sizes are.
        points: (size, cost), sizes rising.
    """
    most_x, most_y = max(x for x, _ in points), top_of(max(y for _, y in points))

    def place(x: float, y: float) -> tuple[float, float]:
        return (
            LEFT + (WIDTH - LEFT - RIGHT) * x / most_x,
            HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * y / most_y,
        )

    placed = [place(x, y) for x, y in points]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in placed)
    marks = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>' for x, y in placed)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">'
        f"<title>{escape(title)}</title>"
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>'
        f'<text x="{LEFT}" y="18" {TEXT} font-weight="bold">{escape(title)}</text>'
        f"{''.join(_grid(most_y, place))}"
        f"{''.join(_sizes(points, place))}"
        f'<text x="{WIDTH - RIGHT}" y="{HEIGHT - 6}" {TEXT} text-anchor="end">{escape(across)}'
        f'</text><polyline points="{line}" fill="none" stroke="#1f6f50" stroke-width="2"/>'
        f'<g fill="#1f6f50">{marks}</g></svg>\n'
    )


def _grid(most_y: float, place: Place) -> Iterator[str]:
    for part in (0.0, 0.5, 1.0):
        x, y = place(0.0, part * most_y)
        yield f'<path d="M{x:.1f} {y:.1f}H{WIDTH - RIGHT}" stroke="#d0d7de"/>'
        yield f'<text x="{x - 6:.1f}" y="{y + 4:.1f}" {TEXT} text-anchor="end">'
        yield f"{part * most_y:g}</text>"


def _sizes(points: Sequence[tuple[float, float]], place: Place) -> Iterator[str]:
    """Yield the sizes below the axis; one that would stand in the last one is left out."""
    last_x = -float("inf")
    for size, _ in points:
        x, y = place(size, 0.0)
        if x - last_x >= 24.0:
            last_x = x
            yield f'<text x="{x:.1f}" y="{y + 16:.1f}" {TEXT} text-anchor="middle">{size:g}</text>'
