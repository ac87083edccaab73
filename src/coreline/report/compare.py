"""Two of the same exercise against one another: sessions, recordings, or the sides of a session.

Every number with its difference, and whether that is more than measuring alone would make. Hold
times have the rule of `programme.change`; the line has the error that was measured; of repetitions,
scores and faults there is no rule, so nothing is concluded from them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from coreline.judging.events import NOBODYS
from coreline.judging.moments import Moment
from coreline.programme.change import is_change_s, is_side_difference_s
from coreline.programme.spec import Exercise
from coreline.report.accuracy import Accuracy, accuracy_of
from coreline.report.against import per_set, score_of_sets
from coreline.report.model import Analysis
from coreline.report.numbers import (
    attempts,
    counted,
    done,
    mean_bend_deg,
    mean_top_s,
    seconds,
    worst_bend_deg,
)
from coreline.report.phrases import score_short
from coreline.report.tables import Cell, Table, TableRow
from coreline.report.wording import UNKNOWN, Wording, capital

_FAULTS = 5  # kinds of faults that are listed, the most frequent of both together


class Rule(StrEnum):
    """By what rule hold times differ: those of one body at two times, or of its two sides."""

    CHANGE = "change"
    SIDES = "sides"

    def differs(self, first_s: float, second_s: float) -> bool:
        """Say whether two hold times differ by more than measuring does."""
        if self is Rule.SIDES:
            return is_side_difference_s(first_s, second_s)
        return is_change_s(first_s, second_s)


@dataclass(frozen=True, slots=True)
class Compared:
    """One of the two: what it is called, and its sets in the order in which they were done."""

    name: str
    sets: tuple[Analysis, ...]

    def of(self, exercise_id: str, side: str | None) -> list[Analysis]:
        """Return the sets of an exercise on a side in which something was done."""
        return [
            each
            for each in self.sets
            if (each.record.exercise_id, each.record.side) == (exercise_id, side) and attempts(each)
        ]

    @property
    def kinds(self) -> list[tuple[str, str | None]]:
        """Return which exercises it has on which side, in order."""
        tried = (each.record for each in self.sets if attempts(each))
        return list(dict.fromkeys((each.exercise_id, each.side) for each in tried))


def compare_table(
    exercise: Exercise,
    both: tuple[Sequence[Analysis], Sequence[Analysis]],
    rule: Rule,
    w: Wording,
) -> Table:
    """Return the numbers of one exercise in both, with what their differences mean.

    Args:
        exercise: What was done.
        both: The sets of the one and of the other; there is something in each.
        rule: By what rule hold times differ.
        w: The words.
    """
    columns = [w.own(key) for key in ("sides_what", "compare_a", "compare_b")]
    columns.append(w.own("compare_difference"))
    rows = tuple(_rows(exercise, both, rule, w))
    return Table(w.own("compare_numbers"), w.own("compare_caption"), tuple(columns), rows)


def _rows(
    exercise: Exercise,
    both: tuple[Sequence[Analysis], Sequence[Analysis]],
    rule: Rule,
    w: Wording,
) -> Iterator[TableRow]:
    if exercise.machine == "hold":
        yield _held_row("sides_held", [per_set(done, each) for each in both], rule, w)
        longest_s = [max(seconds(one).longest_s for one in each) for each in both]
        yield _held_row("compare_longest", longest_s, rule, w)
        in_line_s = [per_set(lambda one: seconds(one).in_line_s, each) for each in both]
        yield _plain_row(w.own("compare_in_line"), in_line_s, w, "s")
    else:
        yield _plain_row(w.own("sides_counted"), [per_set(counted, each) for each in both], w)
    if exercise.machine == "raises":
        yield _plain_row(w.own("sides_top"), [mean_top_s(each) for each in both], w, "s")
    if exercise.machine != "roll":
        yield _score_row(both, w)
        accuracy = accuracy_of(exercise.id, (each.record for sets in both for each in sets))
        yield _line_row(accuracy, [mean_bend_deg(each) for each in both], w)
        # The farthest of thousands of readings is mostly one that is off: there is no rule for it.
        worst = [worst_bend_deg(each) for each in both]
        yield _row(w.own("compare_worst"), *_bends(worst, w), w.own("sides_no_rule"))
    yield from _fault_rows(both, w)


def _row(name: str, first: str, second: str, gap: str, meaning: str) -> TableRow:
    """Return a row whose meaning stands under its name: a column of it would be a narrow one."""
    return TableRow((Cell(name, meaning), Cell(first), Cell(second), Cell(gap)))


def _held_row(key: str, both_s: Sequence[float], rule: Rule, w: Wording) -> TableRow:
    first_s, second_s = both_s
    verdict = "differs" if rule.differs(first_s, second_s) else "same"
    gap = _signed(second_s - first_s, w, "\u00a0s")
    shown = (w.seconds(first_s), w.seconds(second_s))
    return _row(w.own(key), *shown, gap, w.own(f"compare_{rule}_{verdict}"))


def _plain_row(name: str, both: Sequence[float | None], w: Wording, unit: str = "") -> TableRow:
    """Return what there is no rule for: shown, and nothing said of it."""
    first, second = both
    ending = f"\u00a0{unit}" if unit else ""
    a, b = (UNKNOWN if each is None else f"{w.number(each)}{ending}" for each in both)
    gap = UNKNOWN if first is None or second is None else _signed(second - first, w, ending)
    return _row(name, a, b, gap, w.own("sides_no_rule"))


def _score_row(both: tuple[Sequence[Analysis], Sequence[Analysis]], w: Wording) -> TableRow:
    """Return the line scores, each with its share of what was asked for."""
    scores = [score_of_sets(each) for each in both]
    first, second = (each.value for each in scores)
    gap = UNKNOWN if first is None or second is None else _signed(second - first, w, "", 0)
    a, b = (score_short(each, w) for each in scores)
    return _row(w.own("line_score"), a, b, gap, w.own("sides_no_rule"))


def _line_row(accuracy: Accuracy | None, both_deg: Sequence[float | None], w: Wording) -> TableRow:
    """Return the lines; a difference within the error of two readings is none."""
    name, shown = w.own("sides_line"), _bends(both_deg, w)
    first, second = both_deg
    if first is None or second is None:
        return _row(name, *shown, w.own("sides_no_rule"))
    if accuracy is None:
        return _row(name, *shown, w.own("error_not_measured"))
    verdict = "beyond" if abs(second - first) > accuracy.between_deg else "within"
    return _row(name, *shown, w.own(f"sides_{verdict}_error", within=accuracy.between_deg))


def _bends(both_deg: Sequence[float | None], w: Wording) -> tuple[str, str, str]:
    """Return two lines in words, and how much higher or lower the second is."""
    first, second = both_deg
    shown = w.bend(first), w.bend(second)
    if first is None or second is None:
        return (*shown, UNKNOWN)
    key = "compare_lower" if second > first else "compare_higher"
    # In its narrow column the word may stand under the number.
    return (*shown, w.own(key, n=w.number(abs(second - first))).replace("\u00a0", " "))


def _fault_rows(
    both: tuple[Sequence[Analysis], Sequence[Analysis]], w: Wording
) -> Iterator[TableRow]:
    """Yield how often a set each fault came, the most frequent first."""
    first, second = (_faults(each) for each in both)
    for code, _ in (first + second).most_common(_FAULTS):
        times = [
            found[code] / len({each.record.set_number for each in sets})
            for found, sets in zip((first, second), both, strict=True)
        ]
        yield _plain_row(w.own("compare_fault", name=capital(w.code("fault", code))), times, w)


def _faults(sets: Iterable[Analysis]) -> Counter[str]:
    return Counter(
        fault.code for each in sets for fault in each.faults if fault.code not in NOBODYS
    )


def _signed(value: float, w: Wording, unit: str, decimals: int = 1) -> str:
    """Return a difference with its sign: what the second has more, or less."""
    shown = w.number(value, decimals)
    return f"{'+' if float(f'{value:.{decimals}f}') > 0.0 else ''}{shown}{unit}"


def best_of(sets: Iterable[Analysis]) -> Moment | None:
    """Return the best moment of some sets."""
    known = [each.record.best for each in sets if each.record.best is not None]
    return min(known, key=lambda moment: abs(moment.bend_deg), default=None)


def worst_of(sets: Iterable[Analysis]) -> Moment | None:
    """Return the worst moment of some sets."""
    known = [each.record.worst for each in sets if each.record.worst is not None]
    return max(known, key=lambda moment: abs(moment.bend_deg), default=None)
