"""The page of some weeks, for the physiotherapist: one sheet of paper, numbers into words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coreline.programme.catalogue import Catalogue
from coreline.programme.done import Score
from coreline.programme.language import Language
from coreline.programme.marks import Mark
from coreline.programme.texts import TextBook
from coreline.report.form_words import trouble_cell
from coreline.report.html import environment, tidy
from coreline.report.parts import Tile
from coreline.report.phrases import score_short, score_told
from coreline.report.prescribed import prescribed_lines
from coreline.report.summary import programme
from coreline.report.tables import Cell, Table, TableRow, row
from coreline.report.taken_back import taken_back_notes
from coreline.report.timeline import Timeline, timeline
from coreline.report.weeks import Bin, ExerciseWeeks, Halves, WeeksReport
from coreline.report.weeks_form import (
    level_of,
    name_of,
    short_name,
    side_of,
    sides_table,
    standing_out,
    tiring_table,
)
from coreline.report.wording import UNKNOWN, Wording, capital

_A_YEAR = 365
_MARKS = (Mark.DONE, Mark.PART, Mark.MISSED, Mark.PAIN, Mark.REST)
_OF_A_BIN = ("weeks_done", "line_score", "weeks_held", "weeks_before", "weeks_after")


@dataclass(frozen=True, slots=True)
class Days:
    """The drawing of the days, with its words."""

    chart: Timeline
    description: str
    dates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WeeksPage:
    """The whole page."""

    title: str
    heading: str
    tiles: tuple[Tile, ...]
    days: Days | None
    bins: Table
    exercises: Table
    out: tuple[str, ...]
    sides: Table
    tiring: Table
    notes: tuple[str, ...]
    rules: tuple[str, ...]
    advice: str
    prescribed: tuple[str, ...] = ()


def render_weeks(
    report: WeeksReport, catalogue: Catalogue, words: TextBook, language: Language
) -> str:
    """Return the page of some weeks; the same report gives the same bytes.

    Args:
        report: the weeks.
        catalogue: where the exercises' names are.
        words: the words shared with the screen.
        language: of everything on the page.
    """
    w = Wording(words, language)
    page = weeks_page(report, catalogue, w)
    return tidy(environment().get_template("weeks.html.j2").render(page=page, w=w))


def weeks_page(report: WeeksReport, catalogue: Catalogue, w: Wording) -> WeeksPage:
    """Return everything that is on the page."""
    period = w.own("weeks_period", first=w.day(report.first), last=w.day(report.last))
    level = level_of(report, catalogue, w)
    return WeeksPage(
        title=w.own("weeks_title"),
        heading=capital(" · ".join(filter(None, (report.person, period, level)))),
        tiles=tuple(_tiles(report, w)),
        days=_days(report, w),
        bins=_bins_table(report, w),
        exercises=_exercise_table(report, catalogue, w),
        out=tuple(standing_out(report, catalogue, w)),
        sides=sides_table(report, catalogue, w),
        tiring=tiring_table(report, catalogue, w),
        notes=tuple(_notes(report, catalogue, w)),
        rules=tuple(_rules(report, w)),
        advice=programme().pain.contact.in_(w.language) if report.advised else "",
        prescribed=prescribed_lines(report.plan, catalogue, w.language, report.level),
    )


def _rules(report: WeeksReport, w: Wording) -> Iterable[str]:
    yield from (w.own(key) for key in ("rule_change", "rule_sides", "rule_line", "rule_none"))
    if report.forms_from > report.first:
        yield w.own("weeks_form_since", day=w.day_and_month(report.forms_from))


def _tiles(report: WeeksReport, w: Wording) -> Iterable[Tile]:
    amount = report.history.amount
    trained = w.own("weeks_days", n=report.days_trained, all=report.days)
    yield Tile(w.own("weeks_trained"), trained, days_told(report, w))
    share = UNKNOWN if amount.share is None else f"{w.share(amount.share)}\u00a0%"
    sets = w.own("weeks_sets", done=amount.work.sets_whole, all=amount.work.sets_asked)
    yield Tile(w.own("weeks_done"), share, sets)
    yield Tile(w.own("line_score"), *score_told(amount.score, w))
    yield from _pain_tile(report, w)


def days_told(report: WeeksReport, w: Wording) -> str:
    """Return on how many days what became of them, of those marks that there are."""
    counts = [(each, report.marks[each]) for each in _MARKS if report.marks[each]]
    told = [w.own("weeks_mark", n=n, mark=w.word(f"mark.{each}")) for each, n in counts]
    return ", ".join([*told, w.own("weeks_streak", n=report.history.longest_streak)])


def _pain_tile(report: WeeksReport, w: Wording) -> Iterable[Tile]:
    """Yield the pain before training on the first day and the last: the same question twice."""
    both, once = report.pain_before, report.pain_once
    if both is not None:
        value = w.own("pain_arrow", before=both.first.score, after=both.last.score)
        days = [w.day_and_month(each.day) for each in (both.first, both.last)]
        detail = w.own("weeks_pain_detail", first=days[0], last=days[1])
        yield Tile(w.own("weeks_pain"), value, detail)
    elif once is not None:
        detail = w.own("weeks_pain_once_detail", day=w.day_and_month(once.day))
        yield Tile(w.own("weeks_before"), str(once.score), detail)


def _days(report: WeeksReport, w: Wording) -> Days | None:
    chart = timeline(report.bins)
    if chart is None:
        return None
    size = (report.bins[0].last - report.bins[0].first).days + 1
    told = w.own("weeks_desc_day") if size == 1 else w.own("weeks_desc_days", n=size)
    description = f"{told} {w.own('weeks_desc', n=len(report.bins))}"
    dates = tuple(bin_date(each, report, w) for each in report.bins)
    return Days(chart, description, dates)


def bin_date(each: Bin, report: WeeksReport, w: Wording) -> str:
    """Return the first day of a piece, with its year where there are several."""
    if (report.last - report.first).days < _A_YEAR:
        return w.day_and_month(each.first)
    return w.month_and_year(each.first)


# Tables


def bin_columns(w: Wording) -> tuple[str, ...]:
    """Return what the numbers of a piece are called."""
    return tuple(w.own(key) for key in _OF_A_BIN)


def numbers_of(each: Bin, w: Wording) -> tuple[str, ...]:
    """Return the numbers of a piece, in the order of `bin_columns`, as they are read."""
    return (
        UNKNOWN if each.done_share is None else f"{w.share(each.done_share)}\u00a0%",
        score_short(each.score, w),
        w.bare(each.held_s, 0),
        *(_plain(pain, w) for pain in (each.pain_before, each.pain_after)),
    )


def _bins_table(report: WeeksReport, w: Wording) -> Table:
    """Return what is drawn, folded."""
    rows = tuple(row(bin_date(each, report, w), *numbers_of(each, w)) for each in report.bins)
    columns = (w.own("weeks_from"), *bin_columns(w))
    title, caption = w.own("weeks_bins"), w.own("weeks_bins_caption")
    return Table(title, caption, columns, rows, fold=title)


def _plain(value: float | None, w: Wording) -> str:
    """Return an average with a decimal only where it has one; what is drawn has one at most."""
    return UNKNOWN if value is None else w.plain(round(value, 1))


def _exercise_table(report: WeeksReport, catalogue: Catalogue, w: Wording) -> Table:
    what = ("exercise_and_set", "weeks_sets_column", "weeks_amount")
    keys = (*what, "line_score", "weeks_trouble")
    rows = tuple(_exercise_row(each, report, catalogue, w) for each in report.exercises)
    title, caption, empty = (
        w.own(key) for key in ("weeks_exercises", "weeks_exercises_caption", "weeks_nothing")
    )
    return Table(title, caption, tuple(w.own(key) for key in keys), rows, empty)


def _exercise_row(
    each: ExerciseWeeks, report: WeeksReport, catalogue: Catalogue, w: Wording
) -> TableRow:
    unit = "\u00a0s" if each.holds else ""
    cells = (
        Cell(
            short_name(each.exercise, report, catalogue, w),
            side_of(each.exercise, each.side, catalogue, w),
        ),
        Cell(w.own("done_repetitions", counted=each.work.sets_whole, all=each.work.sets_asked)),
        Cell(_both(each.amount, w, unit, 1), _change(each, w)),
        Cell(_both_scores(each.score, w)),
        trouble_cell(report.form(each.exercise, each.side), w),
    )
    return TableRow(cells)


def _both(halves: Halves, w: Wording, unit: str, decimals: int) -> str:
    """Return first and second half, one of them where that is all there is."""
    both = (halves.before, halves.after)
    shown = [UNKNOWN if each is None else w.number(each, decimals) for each in both]
    if shown == [UNKNOWN, UNKNOWN]:
        return UNKNOWN
    return w.own("pain_arrow", before=shown[0], after=shown[1]) + unit


def _both_scores(scores: tuple[Score, Score], w: Wording) -> str:
    """Return the scores of both halves, each with its share of what was asked in it."""
    before, after = (score_short(each, w) for each in scores)
    if (before, after) == (UNKNOWN, UNKNOWN):
        return UNKNOWN
    return w.own("pain_arrow", before=before, after=after)


def _change(each: ExerciseWeeks, w: Wording) -> str:
    if not each.holds:
        return w.own("weeks_no_rule")
    return "" if each.change is None else w.own(f"change_{each.change}")


# What else there is to know


def _notes(report: WeeksReport, catalogue: Catalogue, w: Wording) -> Iterable[str]:
    worst = report.pain_worst
    if worst is not None:
        where = [w.own(f"place_{place}") for place in worst.places]
        where += [name_of(worst.exercise_id, catalogue, w)] if worst.exercise_id else []
        told = "".join(f", {each}" for each in where)
        note = w.own("pain_note", score=worst.score, where=told)
        yield w.own("weeks_worst_pain", note=note, day=w.day(worst.day))
    if skipped := _skipped(report, catalogue, w):
        yield w.own("skipped_pain", names=w.listed(skipped))
    if report.advised:
        days = w.listed([w.day(each) for each in report.advised[-3:]])
        yield w.own("weeks_advised", days=days)
    yield from taken_back_notes(report.taken_back, catalogue, w)


def _skipped(report: WeeksReport, catalogue: Catalogue, w: Wording) -> Sequence[str]:
    """Return the exercises that were left out for pain, with on how many days."""
    days: dict[str, set[object]] = {}
    for each in report.skips:
        if each.for_pain:
            days.setdefault(each.exercise_id, set()).add(each.day)
    return [
        w.own("times", name=name_of(exercise, catalogue, w), n=len(on))
        for exercise, on in days.items()
    ]
