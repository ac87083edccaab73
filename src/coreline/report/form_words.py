"""The form over sets and days in words: what goes wrong most, how the sides differ, who tires."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from coreline.programme.change import Change, change_s
from coreline.programme.spec import Exercise
from coreline.programme.tiring import Ends, Measure
from coreline.report.accuracy import accuracy_of
from coreline.report.form import FormOf
from coreline.report.phrases import side_name
from coreline.report.tables import Cell
from coreline.report.wording import UNKNOWN, Wording, capital

_MOST_PIECES: Final = 7  # of a row of days; more are counted
_DAY: Final = timedelta(days=1)


# What goes wrong most


def trouble_cell(form: FormOf | None, w: Wording) -> Cell:
    """Return what went wrong most often, how often, and on which days."""
    if form is None:
        return Cell(UNKNOWN)
    told = trouble_told(form, w)
    return Cell(told, days_listed(form.days, w)) if told else Cell(w.own("trouble_none"))


def trouble_told(form: FormOf, w: Wording) -> str:
    """Return what went wrong most often and how often, or nothing."""
    if form.let_go is not None:
        return w.own("trouble_let_go", n=form.let_go.let_go)
    if form.tally.commonest is None:
        return ""
    table, code = form.tally.commonest
    return w.own("trouble_times", name=w.code(table, code), n=form.tally.times(code))


def days_listed(days: Sequence[date], w: Wording) -> str:
    """Return days in few words: `2, 4-6 November`; of very many how many they are, and the last."""
    runs = _runs(days)
    if len(runs) > _MOST_PIECES:
        return w.own("days_many", n=len(days), last=w.day_and_month(days[-1]))
    months = []
    for _, own in groupby(runs, key=lambda run: (run[0].year, run[0].month)):
        *others, (first, last) = own
        named = w.day_and_month(last)
        pieces = [_numbers(*each) for each in others]
        months.append(", ".join([*pieces, named if first == last else f"{first.day}\u2013{named}"]))
    return "; ".join(months)


def _numbers(first: date, last: date) -> str:
    return str(first.day) if first == last else f"{first.day}\u2013{last.day}"


def _runs(days: Sequence[date]) -> list[tuple[date, date]]:
    """Return days that follow one another as one piece; none goes from one month into the next."""
    runs: list[tuple[date, date]] = []
    for day in days:
        if runs and day - runs[-1][1] == _DAY and day.day != 1:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs


# Who tires


def tiring_lines(forms: Sequence[FormOf], exercise: Exercise, w: Wording) -> tuple[str, ...]:
    """Return what is to be said of one exercise in a session, side by side; nothing of too little.

    The last line says what is concluded from it.
    """
    lines = []
    for each in forms:
        side = capital(side_name(each.side, exercise, w))
        for key, told in (
            ("tiring_within", within_told(each, exercise, w)),
            ("tiring_over", over_told(each, exercise, w)),
        ):
            if told:
                line = w.own(key, what=told)
                lines.append(w.own("tiring_side", side=side, line=line) if side else line)
    return (*lines, w.own("tiring_key")) if lines else ()


def within_told(form: FormOf, exercise: Exercise, w: Wording, *, briefly: bool = False) -> str:
    """Return the first third of a set against the last, or nothing.

    `briefly` it is not said of a line that it did not change.
    """
    return ", ".join(_measures(form, form.within, exercise, w, briefly=briefly))


def over_told(form: FormOf, exercise: Exercise, w: Wording, *, briefly: bool = False) -> str:
    """Return the first set of a day against the last, or nothing; `briefly` the main two."""
    ends = form.over
    if briefly:
        ends = {each: ends[each] for each in (Measure.AMOUNT, Measure.LINE) if each in ends}
    return ", ".join(_measures(form, ends, exercise, w, briefly=briefly))


def _measures(
    form: FormOf,
    ends: Mapping[Measure, Ends],
    exercise: Exercise,
    w: Wording,
    *,
    briefly: bool,
) -> Iterator[str]:
    for measure in Measure:
        if measure in ends:
            told = _measure(measure, ends[measure], exercise, w)
            verdict = _verdict(measure, ends[measure], form, exercise, w, briefly=briefly)
            yield f"{told} ({verdict})" if verdict else told


def _measure(measure: Measure, ends: Ends, exercise: Exercise, w: Wording) -> str:
    """Return one measure at both ends."""
    both = (ends.first, ends.last)
    name = f"{measure}_{exercise.machine}" if measure is Measure.AMOUNT else measure
    match measure:
        case Measure.LINE:
            first, last = (w.bend(each) for each in both)
        case Measure.HEIGHT:
            first, last = (w.angle(each) for each in both)
        case Measure.AMOUNT if exercise.machine != "hold":
            first, last = (w.number(each) for each in both)
        case _:
            first, last = w.number(ends.first), w.seconds(ends.last)
    return w.own("measure", name=w.own(f"measure_{name}"), first=first, last=last)


def _verdict(
    measure: Measure, ends: Ends, form: FormOf, exercise: Exercise, w: Wording, *, briefly: bool
) -> str:
    """Return what the rule makes of a measure, where there is one; `briefly` only of a change."""
    if measure is Measure.AMOUNT and exercise.machine == "hold":
        change = change_s(ends.first, ends.last)
        return "" if change is Change.NONE else w.own(f"tiring_{change}")
    within = line_error_deg(form) if measure is Measure.LINE else None
    if within is None:
        return ""
    if abs(ends.change) > within:
        return w.own("line_brief" if briefly else "line_beyond", within=within)
    return "" if briefly else w.own("line_inside", within=within)


def line_error_deg(*forms: FormOf) -> int | None:
    """Return what two readings of the line of an exercise differ by themselves.

    None where that was not measured.
    """
    done_on = [each for form in forms for each in form.done_on]
    accuracy = accuracy_of(forms[0].exercise_id, done_on)
    return None if accuracy is None else accuracy.between_deg


# What stands out of some weeks


def tires(form: FormOf, name: str, exercise: Exercise, w: Wording) -> Iterable[str]:
    """Yield a sentence for what changes, by a rule, within a set and over the sets of a day."""
    line, within = form.within.get(Measure.LINE), line_error_deg(form)
    if line is not None and within is not None and abs(line.change) > within:
        key = "out_tires_low" if line.change > 0.0 else "out_tires_high"
        n = w.number(abs(line.change), 0)
        yield w.own(key, name=name, n=n, within=within)
    held = form.over.get(Measure.AMOUNT)
    if held is None or exercise.machine != "hold":
        return
    change = change_s(held.first, held.last)
    if change is not Change.NONE:
        first, last = w.seconds(held.first), w.seconds(held.last)
        yield w.own(f"out_sets_{change}", name=name, first=first, last=last)
