"""Of some weeks: what stands out, left against right, and who tires; numbers into words."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from coreline.programme.catalogue import Catalogue
from coreline.programme.since_start import SinceStart
from coreline.report.form import FormOf
from coreline.report.form_words import (
    days_listed,
    line_error_deg,
    over_told,
    tires,
    trouble_told,
    within_told,
)
from coreline.report.phrases import side_name
from coreline.report.summary import programme
from coreline.report.tables import Cell, Table, TableRow
from coreline.report.weeks import SidesWeeks, WeeksReport
from coreline.report.wording import UNKNOWN, Wording, capital

_MOST_OUT: Final = 5  # more does not stand out; the tables have all of it
_SIDES: Final = 2
_LEAST_TIMES: Final = 3  # what went wrong less often is no pattern


def name_of(exercise_id: str, catalogue: Catalogue, w: Wording) -> str:
    """Return an exercise's name with its level's, two levels share names; else its id."""
    if exercise_id not in catalogue:
        return exercise_id
    exercise = catalogue.get(exercise_id)
    levels = {each.id: each.name.in_(w.language) for each in programme().levels}
    name = exercise.name.in_(w.language)
    return f"{name} ({levels[exercise.level]})" if exercise.level in levels else name


def level_of(report: WeeksReport, catalogue: Catalogue, w: Wording) -> str:
    """Return the level that all exercises of a report are of, or nothing where they are several."""
    of = {catalogue.get(each).level for each in report.exercise_ids if each in catalogue}
    levels = {each.id: each.name.in_(w.language) for each in programme().levels}
    return levels.get(of.pop(), "") if len(of) == 1 else ""


def short_name(exercise_id: str, report: WeeksReport, catalogue: Catalogue, w: Wording) -> str:
    """Return an exercise's name; without its level where there is but one, which is told above."""
    if exercise_id in catalogue and level_of(report, catalogue, w):
        return catalogue.get(exercise_id).name.in_(w.language)
    return name_of(exercise_id, catalogue, w)


def side_of(exercise_id: str, side: str | None, catalogue: Catalogue, w: Wording) -> str:
    """Return a side as the exercise calls it, or nothing."""
    if exercise_id not in catalogue:
        return w.word(f"side.{side}") if side else ""
    return side_name(side, catalogue.get(exercise_id), w)


# What stands out


def standing_out(report: WeeksReport, catalogue: Catalogue, w: Wording) -> tuple[str, ...]:
    """Return in a sentence each what is to be known first: only what a rule makes of it."""
    return tuple(_sentences(report, catalogue, w))[:_MOST_OUT]


def _sentences(report: WeeksReport, catalogue: Catalogue, w: Wording) -> Iterator[str]:
    yield from _troubles(report, catalogue, w)
    for each in report.since_start:
        yield _since_start(each, report, catalogue, w)
    for sides in report.sides:
        yield from _apart(sides, report, catalogue, w)
    for form in report.forms:
        if form.exercise_id in catalogue:
            name = _of_side(form, report, catalogue, w)
            yield from tires(form, name, catalogue.get(form.exercise_id), w)


def _troubles(report: WeeksReport, catalogue: Catalogue, w: Wording) -> Iterator[str]:
    """Yield what was let go of again and again, and what else went wrong most often of all."""
    for each in report.forms:
        if each.let_go is not None:
            longest = w.seconds(each.let_go.longest_s)
            yield w.own("out_let_go", longest=longest, **_trouble(each, report, catalogue, w))
    others = [each for each in report.forms if each.let_go is None]
    most = max(others, key=_times, default=None)
    if most is not None and _times(most) >= _LEAST_TIMES:
        yield w.own("out_trouble", **_trouble(most, report, catalogue, w))


def _times(form: FormOf) -> int:
    commonest = form.tally.commonest
    return 0 if commonest is None else form.tally.times(commonest[1])


def _trouble(form: FormOf, report: WeeksReport, catalogue: Catalogue, w: Wording) -> dict[str, str]:
    name = _of_side(form, report, catalogue, w)
    return {"name": name, "what": trouble_told(form, w), "days": days_listed(form.days, w)}


def _since_start(each: SinceStart, report: WeeksReport, catalogue: Catalogue, w: Wording) -> str:
    return w.own(
        f"out_{each.change}",
        name=_of_side(each, report, catalogue, w),
        start=w.seconds(each.start_s),
        now=w.seconds(each.now_s),
        first=days_listed(each.started, w),
        last=days_listed(each.now, w),
    )


def _apart(
    each: SidesWeeks, report: WeeksReport, catalogue: Catalogue, w: Wording
) -> Iterator[str]:
    """Yield how the sides differ, where they do by a rule."""
    name = short_name(each.exercise, report, catalogue, w)
    if each.weaker is not None:
        side = side_of(each.exercise, each.weaker, catalogue, w)
        left, right = w.seconds(each.left), w.seconds(each.right)
        yield w.own("out_weaker", name=name, side=side, left=left, right=right)
    forms = _forms(each, report)
    if within := _line_apart(forms):
        left, right = (w.bend(form.bend_deg) for form in forms)
        yield w.own("out_sides_line", name=name, left=left, right=right, within=within)


def _forms(each: SidesWeeks, report: WeeksReport) -> tuple[FormOf, ...]:
    """Return the form of the left side and of the right, or of neither."""
    both = [report.form(each.exercise, side) for side in ("left", "right")]
    known = tuple(form for form in both if form is not None)
    return known if len(known) == len(both) else ()


def _line_apart(forms: Sequence[FormOf]) -> int | None:
    """Return the error of the line where the sides differ by more than it, else None."""
    bends = [form.bend_deg for form in forms if form.bend_deg is not None]
    within = line_error_deg(*forms) if len(bends) == _SIDES else None
    if within is None:
        return None
    return within if abs(bends[0] - bends[1]) > within else None


def _of_side(
    one: FormOf | SinceStart, report: WeeksReport, catalogue: Catalogue, w: Wording
) -> str:
    name = short_name(one.exercise_id, report, catalogue, w)
    told = side_of(one.exercise_id, one.side, catalogue, w)
    return f"{name}, {told}" if told else name


# Tables


def sides_table(report: WeeksReport, catalogue: Catalogue, w: Wording) -> Table:
    """Return left against right, an exercise a row; what is concluded goes by the rules."""
    rows = tuple(_sides_row(each, report, catalogue, w) for each in report.sides)
    keys = ("exercise_and_set", "weeks_amount", "line", "weeks_wrong_a_set", "meaning")
    columns = tuple(w.own(key) for key in keys)
    title, caption = w.own("sides_title"), w.own("weeks_sides_caption")
    return Table(title, caption, columns, rows, w.own("weeks_sides_none"))


def _sides_row(each: SidesWeeks, report: WeeksReport, catalogue: Catalogue, w: Wording) -> TableRow:
    unit = "\u00a0s" if each.holds else ""
    amount = f"{_pair([w.number(value) for value in (each.left, each.right)], w)}{unit}"
    line = wrong = UNKNOWN
    if forms := _forms(each, report):
        line = _pair([w.bend(form.bend_deg) for form in forms], w)
        wrong = _pair([w.number(form.troubles_a_set) for form in forms], w)
    said = "; ".join(_meaning(each, forms, catalogue, w))
    return TableRow(
        tuple(
            map(Cell, (short_name(each.exercise, report, catalogue, w), amount, line, wrong, said))
        )
    )


def _pair(both: Sequence[str], w: Wording) -> str:
    return w.own("weeks_pair", left=both[0], right=both[1])


def _meaning(
    each: SidesWeeks, forms: Sequence[FormOf], catalogue: Catalogue, w: Wording
) -> Iterable[str]:
    if each.weaker is not None:
        yield w.own("weeks_sides_differ", side=side_of(each.exercise, each.weaker, catalogue, w))
    within = _line_apart(forms)
    if within is not None:
        yield w.own("weeks_sides_line", within=within)
    if each.weaker is None and within is None:
        yield w.own("weeks_sides_same" if each.holds else "weeks_no_rule")


def tiring_table(report: WeeksReport, catalogue: Catalogue, w: Wording) -> Table:
    """Return within a set and over the sets of a day, an exercise and side a row."""
    rows = tuple(_tiring_rows(report, catalogue, w))
    keys = ("exercise_and_set", "weeks_in_a_set", "weeks_over_sets")
    columns = tuple(w.own(key) for key in keys)
    title, caption = w.own("tiring_title"), w.own("weeks_tiring_caption")
    return Table(title, caption, columns, rows, w.own("weeks_tiring_none"))


def _tiring_rows(report: WeeksReport, catalogue: Catalogue, w: Wording) -> Iterator[TableRow]:
    for each in report.forms:
        if each.exercise_id not in catalogue or not (each.within or each.over):
            continue
        exercise = catalogue.get(each.exercise_id)
        side = side_of(each.exercise_id, each.side, catalogue, w)
        within = within_told(each, exercise, w, briefly=True)
        told = (
            capital(some) or UNKNOWN
            for some in (within, over_told(each, exercise, w, briefly=True))
        )
        yield TableRow(
            (Cell(short_name(each.exercise_id, report, catalogue, w), side), *map(Cell, told))
        )
