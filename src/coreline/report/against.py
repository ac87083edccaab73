"""Left against right of one exercise, with what a difference means and what it does not."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from coreline.programme.change import is_side_difference_s
from coreline.programme.done import LEAST_DONE, Score, score_of
from coreline.programme.life import SetDone
from coreline.programme.spec import Exercise
from coreline.report.accuracy import Accuracy, accuracy_of
from coreline.report.bars import sides_chart
from coreline.report.model import Analysis
from coreline.report.numbers import (
    attempts,
    counted,
    done,
    mean_bend_deg,
    mean_top_s,
    set_done,
)
from coreline.report.parts import Against, DescribedChart
from coreline.report.phrases import amount, score_short
from coreline.report.tables import Table, TableRow, row
from coreline.report.wording import UNKNOWN, Wording

_SIDES = ("left", "right")


def against_of(exercise: Exercise, analyses: Sequence[Analysis], w: Wording) -> Against | None:
    """Return the two sides against one another, or None where not both were done."""
    sides = {
        side: [each for each in analyses if each.record.side == side and attempts(each)]
        for side in _SIDES
    }
    if not all(sides.values()):
        return None
    columns = [w.own(key) for key in ("sides_what", "left", "right", "difference", "meaning")]
    rows = tuple(_rows(exercise, sides, w))
    table = Table(w.own("sides_title"), w.own("sides_caption"), tuple(columns), rows)
    return Against(table, _picture(exercise, sides, w))


def _rows(
    exercise: Exercise, sides: Mapping[str, Sequence[Analysis]], w: Wording
) -> Iterable[TableRow]:
    left, right = (sides[side] for side in _SIDES)
    if exercise.machine == "hold":
        yield _held_row(per_set(done, left), per_set(done, right), w)
    else:
        yield _plain_row("sides_counted", [per_set(counted, left), per_set(counted, right)], w)
    if exercise.machine == "raises":
        yield _plain_row("sides_top", [mean_top_s(left), mean_top_s(right)], w, "s")
    if exercise.machine != "roll":
        yield _score_row([score_of_sets(left), score_of_sets(right)], w)
        accuracy = accuracy_of(exercise.id, (each.record for each in (*left, *right)))
        yield _line_row(accuracy, mean_bend_deg(left), mean_bend_deg(right), w)


def _held_row(left_s: float, right_s: float, w: Wording) -> TableRow:
    """Return the hold times; a set each, for a side that did fewer did not hold them shorter."""
    rule = "sides_rule_differs" if is_side_difference_s(left_s, right_s) else "sides_rule_same"
    values = (w.seconds(left_s), w.seconds(right_s), w.seconds(abs(left_s - right_s)))
    return row(w.own("sides_held"), *values, w.own(rule))


def per_set(amount_of: Callable[[Analysis], float], analyses: Sequence[Analysis]) -> float:
    """Return the average a set; several tries of one are one."""
    return sum(map(amount_of, analyses)) / len({each.record.set_number for each in analyses})


def _plain_row(key: str, both: Sequence[float | None], w: Wording, unit: str = "") -> TableRow:
    """Return what there is no rule for: shown, and nothing said of it."""
    left, right = both
    difference = None if left is None or right is None else abs(left - right)
    ending = f"\u00a0{unit}" if unit else ""
    values = (UNKNOWN if each is None else f"{w.number(each)}{ending}" for each in both)
    gap = UNKNOWN if difference is None else f"{w.number(difference)}{ending}"
    return row(w.own(key), *values, gap, w.own("sides_no_rule"))


def score_of_sets(analyses: Sequence[Analysis]) -> Score:
    """Return a side's score; of several tries of a set the best is taken."""
    best: dict[int, SetDone] = {}
    for each in map(set_done, analyses):
        if each.set_number not in best or each.done >= best[each.set_number].done:
            best[each.set_number] = each
    # As of a set: nobody asked an amount of a recording.
    least_done = 0.0 if any(each.source.file for each in analyses) else LEAST_DONE
    return score_of(best.values(), least_done=least_done)


def _score_row(both: Sequence[Score], w: Wording) -> TableRow:
    """Return the scores of both sides, each with its share of the sets that were done."""
    left, right = (each.value for each in both)
    gap = UNKNOWN if left is None or right is None else w.number(abs(left - right))
    shown = (score_short(each, w) for each in both)
    return row(w.own("line_score"), *shown, gap, w.own("sides_no_rule"))


def _line_row(
    accuracy: Accuracy | None, left: float | None, right: float | None, w: Wording
) -> TableRow:
    """Return the lines of both sides; a difference within the error of the reading is none."""
    name, shown = w.own("sides_line"), (w.bend(left), w.bend(right))
    if left is None or right is None:
        return row(name, *shown, UNKNOWN, w.own("sides_no_rule"))
    difference = f"{w.number(abs(left - right))}°"
    if accuracy is None:
        return row(name, *shown, difference, w.own("error_not_measured"))
    beyond = abs(left - right) > accuracy.between_deg
    key = "sides_beyond_error" if beyond else "sides_within_error"
    return row(name, *shown, difference, w.own(key, within=accuracy.between_deg))


def _picture(
    exercise: Exercise, sides: Mapping[str, Sequence[Analysis]], w: Wording
) -> DescribedChart | None:
    numbers = sorted({each.record.set_number for side in sides.values() for each in side})
    sets = [(number, _done_in(number, sides)) for number in numbers]
    chart = sides_chart(sets, amount(exercise))
    if chart is None:
        return None
    title = "sides_chart_held" if exercise.machine == "hold" else "sides_chart_counted"
    told = [
        w.own("sides_desc_set", n=number, values=w.listed([_told(each, w) for each in values]))
        for number, values in sets
    ]
    description = w.own("sides_desc", values="; ".join(told))
    return DescribedChart(w.own(title), description, w.own("sides_key"), chart)


def _done_in(number: int, sides: Mapping[str, Sequence[Analysis]]) -> list[tuple[str, float]]:
    """Return what each side did in a set, in however many tries."""
    return [
        (side, sum(done(each) for each in analyses if each.record.set_number == number))
        for side, analyses in sides.items()
        if any(each.record.set_number == number for each in analyses)
    ]


def _told(value: tuple[str, float], w: Wording) -> str:
    side, much = value
    return f"{w.own(side).lower()} {w.plain(round(much, 1))}"
