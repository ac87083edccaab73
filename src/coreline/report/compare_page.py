"""The page of a comparison: numbers, drawings laid over one another, charts on the same axes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from coreline.judging.events import Fault, Hold, Reading, Repetition, Rotation
from coreline.judging.moments import Moment
from coreline.programme.catalogue import Catalogue
from coreline.programme.language import Language
from coreline.programme.own import GoneExercise
from coreline.programme.spec import Exercise
from coreline.programme.texts import TextBook
from coreline.report.accuracy import accuracy_of
from coreline.report.charts import FINEST, Axes, BandLimits, BendChart, bend_chart
from coreline.report.compare import Compared, Rule, best_of, compare_table, worst_of
from coreline.report.html import environment, tidy
from coreline.report.model import Analysis
from coreline.report.numbers import attempts
from coreline.report.overlay import Overlay, overlay_of
from coreline.report.parts import DescribedChart
from coreline.report.phrases import band_limits, dose, good_band, side_name
from coreline.report.settled import settled
from coreline.report.tables import Table
from coreline.report.wording import Wording, capital

_LARGEST = 950_000  # bytes, as of every page
_POINTS = (1800, 600, 200, 0)  # of time on all charts together: what is tried in turn
_COARSEST = 16
Part = TypeVar("Part", bound=Fault | Hold | Repetition | Rotation)


@dataclass(frozen=True, slots=True)
class Overlaid:
    """A drawing of two moments, with its caption and what it shows in words."""

    caption: str
    description: str
    figure: Overlay


@dataclass(frozen=True, slots=True)
class ChartPair:
    """The same set in both, on the same axes."""

    title: str
    first: DescribedChart
    second: DescribedChart


@dataclass(frozen=True, slots=True)
class ComparedExercise:
    """Everything about one exercise on one side in both."""

    anchor: str
    title: str
    subtitle: str
    table: Table
    overlays: tuple[Overlaid, ...]
    charts: tuple[ChartPair, ...]


@dataclass(frozen=True, slots=True)
class ComparePage:
    """The whole page; `notes` say what only one of them has."""

    title: str
    heading: str
    first: str
    second: str
    notes: tuple[str, ...]
    exercises: tuple[ComparedExercise, ...]


def in_both(first: Compared, second: Compared) -> list[tuple[str, str | None]]:
    """Return which exercises, on which side, both have, in the order of the first."""
    return [kind for kind in first.kinds if kind in second.kinds]


def render_comparison(
    both: tuple[Compared, Compared],
    catalogue: Catalogue,
    words: TextBook,
    language: Language,
    *,
    rule: Rule = Rule.CHANGE,
    heading: str = "",
) -> str:
    """Return the page; the same sessions give the same bytes.

    Args:
        both: What is compared; they have an exercise in common (`in_both`).
        catalogue: Where the exercises' names and doses are.
        words: The words shared with the screen.
        language: Of everything on the page.
        rule: By what rule hold times differ.
        heading: Whose it is.

    Raises:
        UnknownExerciseError: A set is of an exercise that the catalogue lacks.
    """
    w, source = Wording(words, language), ""
    template = environment().get_template("compare.html.j2")
    for points in _POINTS:
        page = _page(both, catalogue, w, (rule, heading, points))
        source = tidy(template.render(page=page, w=w))
        if len(source.encode("utf-8")) <= _LARGEST:
            break
    return source


def by_sides(sets: Sequence[Analysis], w: Wording) -> tuple[Compared, Compared]:
    """Return the left and the right of a session, each as if it were without a side."""
    left, right = (
        Compared(
            w.own(side),
            tuple(
                replace(each, record=replace(each.record, side=None))
                for each in sets
                if each.record.side == side
            ),
        )
        for side in ("left", "right")
    )
    return left, right


def _page(
    both: tuple[Compared, Compared],
    catalogue: Catalogue,
    w: Wording,
    how: tuple[Rule, str, int],
) -> ComparePage:
    first, second = both
    rule, heading, points = how
    kinds = in_both(first, second)
    charts = 2 * sum(len(_common(first.of(*kind), second.of(*kind))) for kind in kinds)
    buckets = min(max(points // max(charts, 1), _COARSEST), FINEST)
    return ComparePage(
        title=w.own("compare_title"),
        heading=heading,
        first=first.name,
        second=second.name,
        notes=tuple(_notes(both, kinds, catalogue, w)),
        exercises=tuple(
            _exercise(f"e{place}", kind, both, catalogue, w, (rule, buckets))
            for place, kind in enumerate(kinds, start=1)
        ),
    )


def _notes(
    both: tuple[Compared, Compared],
    kinds: Sequence[tuple[str, str | None]],
    catalogue: Catalogue,
    w: Wording,
) -> Iterator[str]:
    """Yield what only one of them has."""
    for letter, each in zip("ab", both, strict=True):
        alone = [_named(*kind, catalogue, w) for kind in each.kinds if kind not in kinds]
        if alone:
            yield w.own(f"compare_only_{letter}", names=w.listed(alone))


def _named(exercise_id: str, side: str | None, catalogue: Catalogue, w: Wording) -> str:
    exercise = catalogue.get(exercise_id)
    name, where = exercise.name.in_(w.language), side_name(side, exercise, w)
    return f"{name} ({where})" if where else name


def _exercise(
    anchor: str,
    kind: tuple[str, str | None],
    both: tuple[Compared, Compared],
    catalogue: Catalogue,
    w: Wording,
    how: tuple[Rule, int],
) -> ComparedExercise:
    exercise, (rule, buckets) = catalogue.get(kind[0]), how
    first, second = (each.of(*kind) for each in both)
    pairs = _common(first, second)
    return ComparedExercise(
        anchor=anchor,
        title=capital(_named(*kind, catalogue, w)),
        subtitle=_subtitle(exercise, (*first, *second), w),
        table=compare_table(exercise, (first, second), rule, w),
        overlays=tuple(_overlays(first, second, w)),
        charts=tuple(_charts(pairs, exercise, w, buckets)),
    )


def _subtitle(exercise: Exercise, sets: Sequence[Analysis], w: Wording) -> str:
    """Return the dose, and between what two readings of the line a difference is none."""
    if isinstance(exercise, GoneExercise):
        return w.own("exercise_gone")
    accuracy = accuracy_of(exercise.id, (each.record for each in sets))
    parts = [dose(exercise, w)]
    if accuracy is not None:
        parts.append(
            w.own("compare_error", within=accuracy.within_deg, between=accuracy.between_deg)
        )
    return " · ".join(parts)


def _overlays(
    first: Sequence[Analysis], second: Sequence[Analysis], w: Wording
) -> Iterator[Overlaid]:
    """Yield the best moments over one another, and the worst."""
    for key, found in (("best", best_of), ("worst", worst_of)):
        mine, other = found(first), found(second)
        if mine is not None and other is not None:
            bends = {"a": _bend(mine, w), "b": _bend(other, w)}
            caption = w.own("compare_moments", which=w.own(key), **bends)
            description = w.own("compare_moments_desc")
            yield Overlaid(caption, description, overlay_of(mine, other))


def _bend(moment: Moment, w: Wording) -> str:
    return w.bend(moment.bend_deg)


def _common(
    first: Sequence[Analysis], second: Sequence[Analysis]
) -> list[tuple[Analysis, Analysis]]:
    """Return the sets of the same number; of several tries of one the longest."""
    mine, other = _by_number(first), _by_number(second)
    return [(mine[number], other[number]) for number in sorted(mine.keys() & other.keys())]


def _by_number(sets: Iterable[Analysis]) -> dict[int, Analysis]:
    found: dict[int, Analysis] = {}
    for each in sets:
        number = each.record.set_number
        if number not in found or _lasted_s(each) > _lasted_s(found[number]):
            found[number] = each
    return found


def _lasted_s(analysis: Analysis) -> float:
    parts = attempts(analysis)
    return max(each.end_s for each in parts) - min(each.start_s for each in parts)


def _charts(
    pairs: Sequence[tuple[Analysis, Analysis]], exercise: Exercise, w: Wording, buckets: int
) -> Iterator[ChartPair]:
    """Yield the body lines of each set of both, all on the same axes."""
    limits = band_limits(exercise)
    if limits is None:
        return
    begun = [(_from_its_start(one), _from_its_start(other)) for one, other in pairs]
    drawn = [_chart(each, limits, buckets) for both in begun for each in both]
    known = [chart for chart in drawn if chart is not None]
    if not known:
        return
    # The longest and the highest of all: the same for every chart of the exercise.
    axes = Axes(max(each.end_s for each in known), max(each.limit_deg for each in known))
    for pair, both in zip(pairs, begun, strict=True):
        first, second = (_chart(each, limits, buckets, axes) for each in both)
        if first is not None and second is not None:
            yield ChartPair(
                w.own("set_title", n=pair[0].record.set_number),
                _described("compare_a", first, limits, w),
                _described("compare_b", second, limits, w),
            )


@dataclass(frozen=True, slots=True)
class _FromItsStart:
    """A set whose first attempt begins at 0 s."""

    readings: Sequence[Reading]
    faults: Sequence[Fault]
    parts: Sequence[Hold | Repetition | Rotation]


def _from_its_start(analysis: Analysis) -> _FromItsStart:
    parts = attempts(analysis)
    start_s = min(each.start_s for each in parts)
    return _FromItsStart(
        [_earlier_reading(each, start_s) for each in settled(analysis)],
        [_earlier(each, start_s) for each in analysis.faults],
        [_earlier(each, start_s) for each in parts],
    )


def _chart(
    begun: _FromItsStart, limits: BandLimits, buckets: int, axes: Axes | None = None
) -> BendChart | None:
    """Return the body line of a set from its first attempt on."""
    chart = bend_chart(begun.readings, begun.faults, begun.parts, limits, buckets, axes)
    # The numbers of faults are those of a table, which is not on this page.
    return chart and replace(chart, marks=tuple(replace(each, number=None) for each in chart.marks))


def _earlier_reading(reading: Reading, by_s: float) -> Reading:
    return replace(reading, t_s=reading.t_s - by_s)


def _earlier(part: Part, by_s: float) -> Part:
    """Return something that lasts as if it had been so much earlier."""
    return replace(part, start_s=part.start_s - by_s, end_s=part.end_s - by_s)


def _described(key: str, chart: BendChart, limits: BandLimits, w: Wording) -> DescribedChart:
    description = w.own(
        "line_desc",
        start=w.clock(chart.start_s),
        end=w.clock(chart.end_s),
        band=good_band(limits, w),
        high=w.number(chart.high_deg),
        low=w.number(chart.low_deg),
    )
    return DescribedChart(w.own(key), description, "", chart)
