"""The drawings with a bar for each thing done: repetitions of a set, and the sets of two sides."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor

from coreline.judging.events import Repetition
from coreline.report.axis import Place, Scale, Tick, boxes_path, line_path, posts_path, shortest
from coreline.report.numbers import lowering_s, rising_s

WIDTH = 400.0
_LEFT, _RIGHT = 38.0, 382.0  # half a label fits beyond the right
_HELD_TOP, _HELD_BOTTOM = 20.0, 104.0
_HEIGHT_TOP, _HEIGHT_BOTTOM = 134.0, 180.0
_TEMPO_TOP, _TEMPO_BOTTOM = 210.0, 270.0
# Where the rows' names stand, the same in every chart: the page has them once.
ROW_NAMES = (_LEFT, (_HELD_TOP - 8.0, _HEIGHT_TOP - 8.0, _TEMPO_TOP - 8.0))
_LABEL_HEIGHT = 20.0
_LEAST_HELD_S = 3.0
_LONGEST_DRAWN_S = 6.0  # a longer way up or down is drawn at the edge
_LEAST_RANGE_DEG = 10.0
_NUMBERED = 12
_WIDEST = 40.0
_CROSS = 3.0
_SIDES_TOP, _SIDES_BOTTOM = 20.0, 110.0

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Panel:
    """One row of a drawing: its edges, its axis, and how high the mark is where there is one."""

    top: float
    bottom: float
    y_ticks: tuple[Tick, ...]
    target: float | None = None


@dataclass(frozen=True, slots=True)
class RepetitionsChart:
    """Every attempt of a set, in three rows above one another.

    `held` bars are how long the top was held, `heights` marks how high it was (a dot counted, a
    cross refused), `tempo` bars the way up above its middle line and the way down below it. Bars
    that are full are upright lines as thick as `bar_width`: half the bytes of a box.
    """

    width: float
    height: float
    left: float
    right: float
    bottom: float
    bar_width: float
    held: Panel
    counted: tuple[Box, ...]
    refused: tuple[Box, ...]
    heights: Panel
    dots: tuple[Place, ...]
    crosses: tuple[Place, ...]
    tempo: Panel
    middle: float
    ways: tuple[Box, ...]
    x_ticks: tuple[Tick, ...]
    longest_s: float

    @property
    def dots_path(self) -> str:
        """Return the heights of the counted ones: points, drawn round by their caps."""
        return "".join(f"{line_path([place])}h0" for place in self.dots)

    @property
    def crosses_path(self) -> str:
        """Return the heights of the refused ones, a cross each."""
        return "".join(map(_cross_path, self.crosses))

    @property
    def counted_path(self) -> str:
        """Return the bars of those that counted."""
        return _posts(self.counted)

    @property
    def refused_path(self) -> str:
        """Return the bars of those that did not, as boxes to be hatched."""
        return boxes_path(self.refused)

    @property
    def ways_path(self) -> str:
        """Return the bars of the ways up and down."""
        return _posts(self.ways)


@dataclass(frozen=True, slots=True)
class SideBar:
    """What one side did in one set, with the letter that stands under it."""

    box: Box
    side: str
    value: float
    middle: float


@dataclass(frozen=True, slots=True)
class SidesChart:
    """Left against right, set by set; `target` is the height of what was prescribed."""

    width: float
    height: float
    left: float
    right: float
    panel: Panel
    bars: tuple[SideBar, ...]
    x_ticks: tuple[Tick, ...]  # the sets


def repetitions_chart(
    repetitions: Sequence[Repetition], target_s: float
) -> RepetitionsChart | None:
    """Return the chart of every attempt, or None without attempts; `target_s` is the mark."""
    if not repetitions:
        return None
    pitch = min((_RIGHT - _LEFT) / len(repetitions), _WIDEST)
    columns = _Columns(pitch, tuple(repetitions))
    longest_s = max(each.hold_s for each in repetitions)
    most_s = float(ceil(max(longest_s, target_s, _LEAST_HELD_S)))
    held_y = Scale(0.0, most_s, _HELD_BOTTOM, _HELD_TOP, 0)
    height_y = _height_scale(repetitions)
    middle = (_TEMPO_TOP + _TEMPO_BOTTOM) / 2.0
    up_y, down_y, tempo = _tempo(repetitions, middle)
    return RepetitionsChart(
        width=WIDTH,
        height=_TEMPO_BOTTOM + _LABEL_HEIGHT,
        left=_LEFT,
        right=_RIGHT,
        bottom=_TEMPO_BOTTOM,
        bar_width=columns.width,
        held=Panel(
            _HELD_TOP,
            _HELD_BOTTOM,
            tuple(Tick(held_y(each), each) for each in sorted({0.0, target_s, most_s})),
            held_y(target_s),
        ),
        counted=tuple(columns.bars(held_y, counted=True)),
        refused=tuple(columns.bars(held_y, counted=False)),
        heights=Panel(
            _HEIGHT_TOP,
            _HEIGHT_BOTTOM,
            tuple(Tick(height_y(each), each) for each in (height_y.first, height_y.last)),
        ),
        dots=tuple(columns.marks(height_y, counted=True)),
        crosses=tuple(columns.marks(height_y, counted=False)),
        tempo=tempo,
        middle=middle,
        ways=tuple(columns.ways(up_y, down_y)),
        x_ticks=columns.ticks(),
        longest_s=longest_s,
    )


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where each attempt's bars stand."""

    pitch: float
    repetitions: tuple[Repetition, ...]

    @property
    def width(self) -> float:
        """Return the width of a bar."""
        return round(self.pitch * 0.8, 2)

    def x(self, place: int) -> float:
        """Return the left edge of a bar."""
        return round(_LEFT + place * self.pitch + self.pitch * 0.1, 2)

    def middle(self, place: int) -> float:
        """Return the middle of a bar."""
        return round(self.x(place) + self.width / 2.0, 1)

    def bars(self, y: Scale, *, counted: bool) -> Iterable[Box]:
        """Yield how long the top was held, of those that counted or of those that did not."""
        for place, each in enumerate(self.repetitions):
            if each.counted is counted:
                top = y(each.hold_s)
                yield (self.x(place), top, self.width, round(y.start - top, 1))

    def marks(self, y: Scale, *, counted: bool) -> Iterable[Place]:
        """Yield where the tops were."""
        for place, each in enumerate(self.repetitions):
            if each.counted is counted:
                yield (self.middle(place), y(each.peak_deg))

    def ways(self, up_y: Scale, down_y: Scale) -> Iterable[Box]:
        """Yield the ways up and down as one bar across the middle; none where one is not known."""
        for place, each in enumerate(self.repetitions):
            up_s, down_s = rising_s(each), lowering_s(each)
            if up_s is not None and down_s is not None:
                top = up_y(up_s)
                yield (self.x(place), top, self.width, round(down_y(down_s) - top, 1))

    def ticks(self) -> tuple[Tick, ...]:
        """Return the numbers under the bars: all of them, or every fifth where they are many."""
        count = len(self.repetitions)
        every = 1 if count <= _NUMBERED else 5 * ceil(count / (5 * _NUMBERED))
        places = range(0, count, every)
        return tuple(Tick(self.middle(at), self.repetitions[at].number) for at in places)


def _height_scale(repetitions: Sequence[Repetition]) -> Scale:
    """Return the scale of the heights: round tens around what was reached."""
    lowest = min(each.peak_deg for each in repetitions)
    highest = max(each.peak_deg for each in repetitions)
    low = _LEAST_RANGE_DEG * floor(lowest / _LEAST_RANGE_DEG)
    high = max(_LEAST_RANGE_DEG * ceil(highest / _LEAST_RANGE_DEG), low + _LEAST_RANGE_DEG)
    return Scale(low, high, _HEIGHT_BOTTOM, _HEIGHT_TOP, 0)


def _tempo(repetitions: Sequence[Repetition], middle: float) -> tuple[Scale, Scale, Panel]:
    """Return the scales of the ways up and down, and the row that they are drawn in."""
    known = [each for way in (rising_s, lowering_s) for each in map(way, repetitions) if each]
    most_s = float(min(ceil(max(known, default=1.0)), _LONGEST_DRAWN_S))
    up_y = Scale(0.0, most_s, middle, _TEMPO_TOP, 0)
    down_y = Scale(0.0, most_s, middle, _TEMPO_BOTTOM, 0)
    ticks = (Tick(up_y(most_s), most_s), Tick(middle, 0.0), Tick(down_y(most_s), most_s))
    return up_y, down_y, Panel(_TEMPO_TOP, _TEMPO_BOTTOM, ticks)


def sides_chart(
    sets: Sequence[tuple[int, Sequence[tuple[str, float]]]], target: float
) -> SidesChart | None:
    """Return left against right.

    Args:
        sets: each set's number, with what each side did in it.
        target: what was prescribed of a set on each side.
    """
    values = [value for _, sides in sets for _, value in sides]
    if not values:
        return None
    most = max(*values, target, 1.0)
    y = Scale(0.0, most, _SIDES_BOTTOM, _SIDES_TOP)
    pitch = min((_RIGHT - _LEFT) / len(sets), 4.0 * _WIDEST)
    bars = tuple(_side_bars(sets, y, pitch))
    numbers = tuple(
        Tick(round(_LEFT + (place + 0.5) * pitch, 1), number)
        for place, (number, _) in enumerate(sets)
    )
    ticks = tuple(Tick(y(each), each) for each in sorted({0.0, target}))
    panel = Panel(_SIDES_TOP, _SIDES_BOTTOM, ticks, y(target))
    height = _SIDES_BOTTOM + 2.0 * _LABEL_HEIGHT
    return SidesChart(WIDTH, height, _LEFT, _RIGHT, panel, bars, numbers)


def _side_bars(
    sets: Sequence[tuple[int, Sequence[tuple[str, float]]]], y: Scale, pitch: float
) -> Iterable[SideBar]:
    width = round(min(pitch * 0.36, _WIDEST), 1)
    for place, (_, sides) in enumerate(sets):
        middle = _LEFT + (place + 0.5) * pitch
        for at, (side, value) in enumerate(sides):
            x = round(middle + (at - len(sides) / 2.0) * (width + 3.0) + 1.5, 1)
            box = (x, y(value), width, round(_SIDES_BOTTOM - y(value), 1))
            yield SideBar(box, side, value, round(x + width / 2.0, 1))


def _posts(boxes: Iterable[Box]) -> str:
    return posts_path((x + width / 2.0, y, height) for x, y, width, height in boxes)


def _cross_path(place: Place) -> str:
    x, y = place
    size = shortest(2.0 * _CROSS)
    return f"M{shortest(x - _CROSS)} {shortest(y - _CROSS)}l{size} {size}m0-{size}l-{size} {size}"
