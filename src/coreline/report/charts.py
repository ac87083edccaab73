"""Where the line of the body's bend over time is drawn, with its band, faults and gaps.

Geometry only, in the units of the picture's own coordinates (x to the right, y down), so that it
can be checked without a browser. Nothing here holds a word or a colour.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil

from coreline.judging.events import Fault, Hold, Phase, Reading, Repetition, Rotation, State
from coreline.report.axis import Place, Scale, Stretch, Tick, boxes_path, lines_path

WIDTH = 400.0
_LEFT, _RIGHT = 38.0, 382.0  # half a label fits beyond the right
_TOP, _BOTTOM = 10.0, 210.0
_LABEL_HEIGHT, _LANE_HEIGHT = 20.0, 21.0
FINEST = 360  # points of time a line is thinned to, one a unit of width: finer nobody sees
_LEAST_LIMIT_DEG, _MOST_LIMIT_DEG, _LIMIT_STEP_DEG = 15.0, 30.0, 5.0
_MARK_ROOM = 13.0  # numbers of faults nearer to each other than this would lie on one another
_STEPS_S = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)
_EDGE_HEIGHT = 4.0
_TICK_DEG = 10
_MOST_TICKS = 5


@dataclass(frozen=True, slots=True)
class FaultMark:
    """A fault on the time axis.

    `lane` says where: "high" and "low" at their edge of the chart, "other" under it. `number` is
    that of the fault in the table, None where there is no room for it.
    """

    x: float
    width: float
    lane: str
    number: int | None


@dataclass(frozen=True, slots=True)
class BandLimits:
    """The good band and where faults begin, degrees from the neutral, + = too low.

    `high_code` is the fault of a line that is too high, `low_code` of one that is too low.
    """

    good_high_deg: float
    good_low_deg: float
    fault_high_deg: float
    fault_low_deg: float
    high_code: str | None
    low_code: str | None


@dataclass(frozen=True, slots=True)
class BendChart:
    """The body line's change from the neutral over time, low drawn low.

    `lines` are unbroken runs; `band` and `fault_lines` are heights, None without limits.
    `high_deg` and `low_deg` are how far the line went each way, as amounts; `clipped` says that
    some of it lies beyond `limit_deg`, where the chart ends.
    """

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    lines: tuple[tuple[Place, ...], ...]
    unseen: tuple[Stretch, ...]
    marks: tuple[FaultMark, ...]
    band: tuple[float, float] | None
    fault_lines: tuple[float, ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    start_s: float
    end_s: float
    high_deg: float
    low_deg: float
    limit_deg: float
    clipped: bool

    @property
    def path(self) -> str:
        """Return the lines as one path."""
        return lines_path(self.lines)

    @property
    def fault_path(self) -> str:
        """Return where the faults of the line are, over the height of the chart."""
        tall = round(self.bottom - self.top, 1)
        marks = [mark for mark in self.marks if mark.lane != "other"]
        return boxes_path((mark.x, self.top, mark.width, tall) for mark in marks)

    @property
    def edge_path(self) -> str:
        """Return the bars at the edges that say when a fault was, and which way."""
        places = {"high": self.top - 4.0, "low": self.bottom - 4.0, "other": self.bottom + 21.0}
        return boxes_path(
            (mark.x, places[mark.lane], mark.width, _EDGE_HEIGHT) for mark in self.marks
        )

    @property
    def numbers(self) -> tuple[tuple[Place, int], ...]:
        """Return where the numbers of the faults are."""
        places = {"high": self.top + 12.0, "low": self.bottom - 15.0, "other": self.bottom + 32.0}
        return tuple(
            ((mark.x + mark.width / 2.0, places[mark.lane]), mark.number)
            for mark in self.marks
            if mark.number is not None
        )


@dataclass(frozen=True, slots=True)
class Axes:
    """Axes that several charts have in common: from 0 to `end_s`, and `limit_deg` either way."""

    end_s: float
    limit_deg: float


# A moment of a line: time in seconds, change in degrees, and which unbroken run it belongs to.
Point = tuple[float, float, int]


def bend_chart(
    readings: Sequence[Reading],
    faults: Sequence[Fault],
    attempts: Sequence[Hold | Repetition | Rotation],
    limits: BandLimits | None,
    buckets: int = FINEST,
    axes: Axes | None = None,
) -> BendChart | None:
    """Return the chart of the time in which something was judged, or None without any.

    Getting into position and coming down again are no part of it: there is no line to keep then.
    `buckets` is how fine the line is: four points each at most. With `axes` the chart has those,
    not its own.
    """
    judged = _judged(readings, attempts)
    points = _points(judged)
    if not points:
        return None
    changes = [deg for _, deg, _ in points]
    start_s, end_s = judged[0].t_s, judged[-1].t_s
    limit_deg = _limit_deg(changes) if axes is None else axes.limit_deg
    first_s, last_s = (start_s, end_s) if axes is None else (0.0, axes.end_s)
    x = Scale(first_s, last_s, _LEFT, _RIGHT)
    y = Scale(-limit_deg, limit_deg, _TOP, _BOTTOM)
    marks = _marks(faults, limits, x)
    under = _LANE_HEIGHT if any(mark.lane == "other" for mark in marks) else 0.0
    return BendChart(
        width=WIDTH,
        height=_BOTTOM + _LABEL_HEIGHT + under,
        left=_LEFT,
        right=_RIGHT,
        top=_TOP,
        bottom=_BOTTOM,
        lines=tuple(_lines(thin(points, buckets), x, y)),
        unseen=tuple(_unseen(judged, x)),
        marks=marks,
        band=(y(limits.good_high_deg), y(limits.good_low_deg)) if limits else None,
        fault_lines=_fault_lines(limits, limit_deg, y),
        x_ticks=tuple(Tick(x(each), each) for each in _times_s(first_s, last_s)),
        y_ticks=tuple(Tick(y(each), each) for each in _degrees(limit_deg)),
        start_s=start_s,
        end_s=end_s,
        high_deg=max(-min(changes), 0.0),
        low_deg=max(*changes, 0.0),
        limit_deg=limit_deg,
        clipped=max(map(abs, changes)) > limit_deg,
    )


def thin(points: Sequence[Point], buckets: int) -> list[Point]:
    """Return a line with four points a bucket of time at most; highest and lowest stay.

    The first and the last of a bucket stay too, so that its neighbours join it where they did.
    """
    if len(points) <= 4 * buckets:
        return list(points)
    first, last = points[0][0], points[-1][0]
    size = (last - first) / buckets
    groups, filling = list[list[Point]](), -1
    for point in points:
        bucket = min(int((point[0] - first) / size), buckets - 1)
        if bucket != filling:
            groups.append([])
            filling = bucket
        groups[-1].append(point)
    return [point for group in groups for point in _corners(group)]


def _corners(group: Sequence[Point]) -> list[Point]:
    """Return the first, lowest, highest and last of some points, in order and each once."""
    degrees = [deg for _, deg, _ in group]
    lowest, highest = degrees.index(min(degrees)), degrees.index(max(degrees))
    return [group[at] for at in sorted({0, lowest, highest, len(group) - 1})]


def _judged(
    readings: Sequence[Reading], attempts: Sequence[Hold | Repetition | Rotation]
) -> list[Reading]:
    """Return the readings from the first attempt to the last."""
    if not attempts:
        return []
    start_s = min(each.start_s for each in attempts)
    end_s = max(each.end_s for each in attempts)
    return [each for each in readings if start_s <= each.t_s <= end_s]


def _change_deg(reading: Reading) -> float | None:
    """Return the bend's change from the neutral, or None where there is none to speak of."""
    if reading.phase is Phase.WAITING or reading.state is State.UNSEEN:
        return None
    if reading.bend_deg is None or reading.neutral_deg is None:
        return None
    return reading.bend_deg - reading.neutral_deg


def _points(readings: Iterable[Reading]) -> list[Point]:
    """Return the moments that have a change; what lies between two runs was not judged."""
    points, run, judged = list[Point](), 0, True
    for each in readings:
        deg = _change_deg(each)
        if (deg is not None) != judged:
            run, judged = run + 1, not judged
        if deg is not None:
            points.append((each.t_s, deg, run))
    return points


def _lines(points: Sequence[Point], x: Scale, y: Scale) -> Iterable[tuple[Place, ...]]:
    """Yield a line for each run; one that is a single moment gets a length, so that it shows."""
    for _, run in groupby(points, key=lambda point: point[2]):
        places = [(x(t_s), y(deg)) for t_s, deg, _ in run]
        if len(places) == 1:
            places.append((places[0][0] + 1.0, places[0][1]))
        yield tuple(places)


def _unseen(readings: Sequence[Reading], x: Scale) -> list[Stretch]:
    """Return the stretches in which the body was not seen, to the next frame with something."""
    ends = [each.t_s for each in readings[1:]] + [readings[-1].t_s]
    spans = zip(readings, ends, strict=True)
    runs = groupby(spans, key=lambda span: span[0].state is State.UNSEEN)
    gaps = [list(run) for unseen, run in runs if unseen]
    return _joined([_stretch(run[0][0].t_s, run[-1][1], x) for run in gaps])


def _fault_lines(limits: BandLimits | None, limit_deg: float, y: Scale) -> tuple[float, ...]:
    """Return the heights at which faults begin, those that lie within the chart."""
    if limits is None:
        return ()
    both_deg = (limits.fault_high_deg, limits.fault_low_deg)
    return tuple(y(each) for each in both_deg if abs(each) < limit_deg)


def _joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Return stretches with those joined that touch at this size."""
    joined: list[Stretch] = []
    for each in stretches:
        if joined and each.x <= joined[-1].x + joined[-1].width:
            before = joined.pop()
            end = max(before.x + before.width, each.x + each.width)
            joined.append(Stretch(before.x, round(end - before.x, 1)))
        else:
            joined.append(each)
    return joined


def _stretch(start_s: float, end_s: float, x: Scale) -> Stretch:
    return Stretch(x(start_s), round(max(x(end_s) - x(start_s), 1.0), 1))


def _marks(faults: Sequence[Fault], limits: BandLimits | None, x: Scale) -> tuple[FaultMark, ...]:
    """Return a mark for each fault; those too near the one before go without their number."""
    marks: list[FaultMark] = []
    taken: dict[str, float] = {}
    for number, fault in enumerate(faults, start=1):
        if fault.end_s < x.first or fault.start_s > x.last:
            continue
        lane, place = _lane(fault.code, limits), _stretch(fault.start_s, fault.end_s, x)
        middle = place.x + place.width / 2.0
        free = middle - taken.get(lane, 0.0) >= _MARK_ROOM
        if free:
            taken[lane] = middle
        marks.append(FaultMark(place.x, place.width, lane, number if free else None))
    return tuple(marks)


def _lane(code: str, limits: BandLimits | None) -> str:
    if limits is not None and code == limits.high_code:
        return "high"
    return "low" if limits is not None and code == limits.low_code else "other"


def _limit_deg(changes: Sequence[float]) -> float:
    """Return where the chart ends: what was reached, between the least and the most shown."""
    reached_deg = max(map(abs, changes))
    rounded = ceil(reached_deg / _LIMIT_STEP_DEG) * _LIMIT_STEP_DEG
    return min(max(rounded, _LEAST_LIMIT_DEG), _MOST_LIMIT_DEG)


def _degrees(limit_deg: float) -> list[float]:
    """Return the values on the axis of degrees, every 10."""
    most = int(limit_deg) // _TICK_DEG * _TICK_DEG
    return [float(each) for each in range(-most, most + _TICK_DEG, _TICK_DEG)]


def _times_s(start_s: float, end_s: float) -> list[float]:
    """Return round times between two, few enough to be read."""
    fitting = [step for step in _STEPS_S if (end_s - start_s) / step <= _MOST_TICKS]
    step = fitting[0] if fitting else _STEPS_S[-1]
    first = ceil(start_s / step)
    return [float(each * step) for each in range(first, int(end_s // step) + 1)]
