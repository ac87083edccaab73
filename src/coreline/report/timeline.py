"""The drawing of many days beside one another: what was done, the line score, the pain."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from coreline.report.axis import Place, Scale, Tick, boxes_path, line_path, lines_path
from coreline.report.bars import Box, Panel
from coreline.report.weeks import Bin

WIDTH = 520.0
_LEFT, _RIGHT = 56.0, 500.0
_DONE = (20.0, 64.0)
_SCORE = (94.0, 138.0)
_PAIN = (168.0, 212.0)
_LABEL_HEIGHT = 24.0
_WIDEST = 60.0
_MOST_TICKS = 4  # dates must not touch, also where they are drawn large
_CROSS = 3.0


@dataclass(frozen=True, slots=True)
class Timeline:
    """Three rows over the same days: shares done as bars, line score and pain as lines.

    `scores`, `before` and `after` are unbroken runs; pain before a session has points as dots, pain
    after it as crosses.
    """

    width: float
    height: float
    left: float
    right: float
    bottom: float
    done: Panel
    bars: tuple[Box, ...]
    score: Panel
    scores: tuple[tuple[Place, ...], ...]
    pain: Panel
    before: tuple[tuple[Place, ...], ...]
    after: tuple[tuple[Place, ...], ...]
    x_ticks: tuple[Tick, ...]  # the number of the bin

    @property
    def bars_path(self) -> str:
        """Return the bars as one path."""
        return boxes_path(self.bars)

    def lines(self, name: str) -> str:
        """Return the lines of that name as one path."""
        return lines_path(getattr(self, name))

    def dots(self, name: str) -> str:
        """Return their points as one path, drawn round by their caps."""
        return "".join(f"{line_path([place])}h0" for run in getattr(self, name) for place in run)

    def crosses(self, name: str) -> str:
        """Return their points as one path of crosses."""
        places = [place for run in getattr(self, name) for place in run]
        return lines_path(line for x, y in places for line in _cross(x, y))


def timeline(bins: Sequence[Bin]) -> Timeline | None:
    """Return the drawing, or None without days."""
    if not bins:
        return None
    pitch = (_RIGHT - _LEFT) / len(bins)
    middles = [round(_LEFT + (place + 0.5) * pitch, 1) for place in range(len(bins))]
    done_y, score_y = Scale(0.0, 1.0, *_DONE[::-1]), Scale(0.0, 100.0, *_SCORE[::-1])
    pain_y = Scale(0.0, 10.0, *_PAIN[::-1])
    return Timeline(
        width=WIDTH,
        height=_PAIN[1] + _LABEL_HEIGHT,
        left=_LEFT,
        right=_RIGHT,
        bottom=_PAIN[1],
        done=_panel(_DONE, done_y, (0.0, 1.0)),
        bars=tuple(_bars(bins, middles, pitch, done_y)),
        score=_panel(_SCORE, score_y, (0.0, 50.0, 100.0)),
        scores=_runs(bins, middles, lambda each: each.score.value, score_y),
        pain=_panel(_PAIN, pain_y, (0.0, 5.0, 10.0)),
        before=_runs(bins, middles, lambda each: each.pain_before, pain_y),
        after=_runs(bins, middles, lambda each: each.pain_after, pain_y),
        x_ticks=_ticks(middles),
    )


def _panel(edges: tuple[float, float], y: Scale, values: Sequence[float]) -> Panel:
    return Panel(*edges, tuple(Tick(y(each), each) for each in values))


def _bars(bins: Sequence[Bin], middles: Sequence[float], pitch: float, y: Scale) -> Iterable[Box]:
    width = round(min(pitch * 0.7, _WIDEST), 1)
    for each, middle in zip(bins, middles, strict=True):
        if each.done_share is not None:
            top = y(each.done_share)
            yield (round(middle - width / 2.0, 1), top, width, round(y.start - top, 1))


def _runs(
    bins: Sequence[Bin],
    middles: Sequence[float],
    value_of: Callable[[Bin], float | None],
    y: Scale,
) -> tuple[tuple[Place, ...], ...]:
    """Return lines through the values that are known, broken where one is not."""
    values = [(middle, value_of(each)) for each, middle in zip(bins, middles, strict=True)]
    return tuple(
        tuple((middle, y(value)) for middle, value in run if value is not None)
        for known, run in groupby(values, key=lambda pair: pair[1] is not None)
        if known
    )


def _ticks(middles: Sequence[float]) -> tuple[Tick, ...]:
    """Return which bins have their day under them."""
    every = max(-(-len(middles) // _MOST_TICKS), 1)
    return tuple(Tick(middles[at], at) for at in range(0, len(middles), every))


def _cross(x: float, y: float) -> tuple[tuple[Place, ...], ...]:
    return (
        ((x - _CROSS, y - _CROSS), (x + _CROSS, y + _CROSS)),
        ((x - _CROSS, y + _CROSS), (x + _CROSS, y - _CROSS)),
    )
