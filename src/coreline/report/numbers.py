"""What the sets of a report add up to; pure numbers, not a word among them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby

from coreline.judging.events import NOBODYS, Fault, Hold, Repetition, Rotation
from coreline.programme.day import PlannedSet
from coreline.programme.done import LEAST_DONE, HoldSeconds, Score, hold_seconds, score_of
from coreline.programme.life import SetDone
from coreline.report.model import Analysis

_MOSTLY = 2 / 3  # of what went wrong, on one side or late in a set: worth saying
_LEAST_TIMES = 3  # fewer tell no pattern
_UNSURE_DEG = 4.0  # of a line: twice this is where a fault begins, so that one may be none

Attempt = Hold | Repetition | Rotation


@dataclass(frozen=True, slots=True)
class Tally:
    """What went wrong in some sets, by code: how often, and how long in all.

    `refused` is how many attempts each reason cost.
    """

    faults: Mapping[str, int] = field(default_factory=dict)
    refused: Mapping[str, int] = field(default_factory=dict)
    lasted_s: Mapping[str, float] = field(default_factory=dict)

    def __add__(self, other: "Tally") -> "Tally":
        """Return both together."""
        lasted_s = dict(self.lasted_s)
        for code, length in other.lasted_s.items():
            lasted_s[code] = lasted_s.get(code, 0.0) + length
        return Tally(
            Counter(self.faults) + Counter(other.faults),
            Counter(self.refused) + Counter(other.refused),
            lasted_s,
        )

    def times(self, code: str) -> int:
        """Return how often something went wrong.

        A code that is a fault and a reason too, such as `knee_bent`, is one thing: the larger
        number of the two counts.
        """
        return max(self.faults.get(code, 0), self.refused.get(code, 0))

    @property
    def all_times(self) -> int:
        """Return how often anything went wrong; not being seen is nobody's fault."""
        return sum(self.times(code) for code in self.codes if code not in NOBODYS)

    @property
    def codes(self) -> tuple[str, ...]:
        """Return everything that went wrong, in order of the alphabet."""
        return tuple(sorted({*self.faults, *self.refused}))

    @property
    def commonest(self) -> tuple[str, str] | None:
        """Return the table, "fault" or "reason", and the code of what went wrong most often.

        Of equals, the one that also cost a repetition comes first, then the one that lasted
        longest. Not being seen is named only when there is nothing else.
        """
        if not self.codes:
            return None
        code = max(
            self.codes,
            key=lambda c: (
                c not in NOBODYS,
                self.times(c),
                self.refused.get(c, 0),
                self.lasted_s.get(c, 0.0),
            ),
        )
        cost, found = self.refused.get(code, 0), self.faults.get(code, 0)
        return ("reason" if cost >= found else "fault"), code


@dataclass(frozen=True, slots=True)
class FrequentFault:
    """What went wrong most often.

    `table` is "fault" or "reason", `code` one of theirs. `exercise` and `side` are where it was
    most often; `mostly` says that it was seldom on another side, of which there is one, and `late`
    that it mostly came in the last third of a set.
    """

    table: str
    code: str
    times: int
    exercise: str
    side: str | None
    mostly: bool
    late: bool


def length_s(part: Hold | Rotation | Fault) -> float:
    """Return how long something lasted."""
    return part.end_s - part.start_s


def attempts(analysis: Analysis) -> tuple[Attempt, ...]:
    """Return everything that was done in a set, counted or not; what was no hold is not done."""
    return (*analysis.held, *analysis.repetitions, *analysis.rotations)


def countable(analysis: Analysis) -> tuple[Repetition | Rotation, ...]:
    """Return the attempts that are counted or refused."""
    return (*analysis.repetitions, *analysis.rotations)


def counted(analysis: Analysis) -> int:
    """Return how many counted, with what the person changed by hand."""
    return max(sum(each.counted for each in countable(analysis)) + analysis.record.adjusted, 0)


def done(analysis: Analysis) -> float:
    """Return what is done of a set: the seconds of a hold's clock, else what counted."""
    return analysis.record.done if analysis.holds else float(counted(analysis))


def seconds(analysis: Analysis) -> HoldSeconds:
    """Return the seconds of a set of a hold."""
    return hold_seconds(analysis.holds, done(analysis), analysis.record.prescribed)


def set_score(analysis: Analysis) -> Score:
    """Return the line score of a set, which is of so much of what the set asks for.

    For a recording nobody asked an amount: its score is given however little it shows.
    """
    least_done = 0.0 if analysis.source.file else LEAST_DONE
    return score_of([set_done(analysis)], 1, least_done=least_done)


def set_done(analysis: Analysis) -> SetDone:
    """Return a set as everything counts with it; its day is none."""
    record = analysis.record
    which = (record.exercise_id, record.side, record.set_number)
    return SetDone(date.min, *which, done(analysis), record.prescribed, analysis.line_score)


def is_unsure(analysis: Analysis) -> bool:
    """Say whether the person's own line is not known well enough to tell a fault from it."""
    sd_deg = analysis.record.neutral_sd_deg
    return sd_deg is not None and sd_deg > _UNSURE_DEG


def bend_and_seconds(analyses: Iterable[Analysis]) -> tuple[float, float]:
    """Return the change of the line times seconds, summed over what was held, and the seconds."""
    parts: list[tuple[float | None, float]] = []
    for each in analyses:
        parts += [(hold.mean_bend_deg, length_s(hold)) for hold in each.held]
        parts += [(one.bend_mean_deg, one.hold_s) for one in each.repetitions]
    known = [(bend_deg, weight_s) for bend_deg, weight_s in parts if bend_deg is not None]
    whole_s = sum(weight_s for _, weight_s in known)
    return sum(bend_deg * weight_s for bend_deg, weight_s in known), whole_s


def mean_bend_deg(analyses: Iterable[Analysis]) -> float | None:
    """Return the mean change of the line, each part weighed by the time it was held."""
    bend_deg_s, whole_s = bend_and_seconds(analyses)
    return bend_deg_s / whole_s if whole_s > 0 else None


def worst_bend_deg(analyses: Iterable[Analysis]) -> float | None:
    """Return the change of the line that was farthest from 0, with its sign."""
    known = []
    for each in analyses:
        known += [hold.worst_bend_deg for hold in each.held]
        known += [one.bend_worst_deg for one in each.repetitions]
    return max((each for each in known if each is not None), key=abs, default=None)


def mean_top_s(analyses: Iterable[Analysis]) -> float | None:
    """Return how long the top was held on average, refused attempts too."""
    tops_s = [one.hold_s for each in analyses for one in each.repetitions]
    return sum(tops_s) / len(tops_s) if tops_s else None


def rising_s(repetition: Repetition) -> float | None:
    """Return the time from leaving the ground to the top."""
    return None if repetition.top_s is None else repetition.top_s - repetition.start_s


def lowering_s(repetition: Repetition) -> float | None:
    """Return the time from the end of the top to the ground."""
    if repetition.top_s is None:
        return None
    return max(repetition.end_s - repetition.top_s - repetition.hold_s, 0.0)


def done_of(planned: PlannedSet, done: Iterable[SetDone]) -> float:
    """Return what was done of a planned set; one without a side is done on any."""
    return sum(each.done for each in done if planned.fits(each))


def grouped(analyses: Iterable[Analysis]) -> list[tuple[str, list[list[Analysis]]]]:
    """Return the sets by exercise and in it by side, each in the order in which it came first."""
    sets = list(analyses)
    exercises = list(dict.fromkeys(each.record.exercise_id for each in sets))
    sides = list(dict.fromkeys((each.record.exercise_id, each.record.side) for each in sets))
    order = sorted(
        sets,
        key=lambda each: (
            exercises.index(each.record.exercise_id),
            sides.index((each.record.exercise_id, each.record.side)),
            each.record.set_number,
        ),
    )
    return [
        (exercise, [list(side) for _, side in groupby(group, key=lambda each: each.record.side)])
        for exercise, group in groupby(order, key=lambda each: each.record.exercise_id)
    ]


def refusals(analyses: Iterable[Analysis]) -> list[tuple[str, int]]:
    """Return why attempts did not count and how often, the most frequent reason first."""
    codes = Counter(code for each in analyses for one in refusable(each) for code in one.reasons)
    return codes.most_common()


def refusable(analysis: Analysis) -> tuple[Attempt, ...]:
    """Return what can have reasons, the attempts at a hold among it."""
    return (*analysis.holds, *countable(analysis))


def tally_of(analyses: Sequence[Analysis]) -> Tally:
    """Return what went wrong in some sets."""
    faults = [fault for each in analyses for fault in _faults_done(each)]
    lasted_s: dict[str, float] = {}
    for fault in faults:
        lasted_s[fault.code] = lasted_s.get(fault.code, 0.0) + length_s(fault)
    cost = dict(refusals(_without_getting_there(analyses)))
    return Tally(Counter(fault.code for fault in faults), cost, lasted_s)


def most_frequent(analyses: Sequence[Analysis]) -> FrequentFault | None:
    """Return what went wrong most often, or None."""
    commonest = tally_of(analyses).commonest
    if commonest is None:
        return None
    table, code = commonest
    seen = [(each, _times_s(each, table, code)) for each in _without_getting_there(analyses)]
    times = sum(len(times_s) for _, times_s in seen)
    exercise, side = _most_often_in(seen)
    mostly, late = _mostly_on(seen, times) is not None, _mostly_late(seen, times)
    return FrequentFault(table, code, times, exercise, side, mostly, late)


def _times_s(analysis: Analysis, table: str, code: str) -> list[float]:
    """Return when something went wrong in a set."""
    if table == "fault":
        return [fault.start_s for fault in _faults_done(analysis) if fault.code == code]
    return [each.start_s for each in refusable(analysis) if code in each.reasons]


def _without_getting_there(analyses: Iterable[Analysis]) -> list[Analysis]:
    """Return the sets without the attempts before a hold: what counts is the hold in the end."""
    return [replace(each, holds=each.held) if each.held else each for each in analyses]


def _faults_done(analysis: Analysis) -> list[Fault]:
    """Return the faults of what was done; of somebody who moves, moving is the thing to improve."""
    refused = [hold for hold in analysis.holds if hold.reasons]
    return [
        fault
        for fault in analysis.faults
        if not any(hold.start_s <= fault.start_s < hold.end_s for hold in refused)
    ]


def _most_often_in(seen: Sequence[tuple[Analysis, list[float]]]) -> tuple[str, str | None]:
    """Return the exercise in which it went wrong most often, and on which side of it.

    Of equals it is the first one.
    """
    exercises: Counter[str] = Counter()
    sides: Counter[tuple[str, str | None]] = Counter()
    for analysis, times_s in seen:
        exercises[analysis.record.exercise_id] += len(times_s)
        sides[analysis.record.exercise_id, analysis.record.side] += len(times_s)
    exercise = exercises.most_common(1)[0][0]
    return next(key for key, _ in sides.most_common() if key[0] == exercise)


def _mostly_on(seen: Sequence[tuple[Analysis, list[float]]], times: int) -> str | None:
    """Return the side on which it mostly went wrong, where there were two."""
    if times < _LEAST_TIMES or {each.record.side for each, _ in seen} != {"left", "right"}:
        return None
    sides: Counter[str | None] = Counter()
    for analysis, times_s in seen:
        sides[analysis.record.side] += len(times_s)
    side, most = sides.most_common(1)[0]
    return side if most >= _MOSTLY * times else None


def _mostly_late(seen: Sequence[tuple[Analysis, list[float]]], times: int) -> bool:
    """Say whether it mostly went wrong in the last third of a set."""
    late = 0
    for analysis, times_s in seen:
        parts = attempts(analysis)
        if parts:
            first_s, last_s = parts[0].start_s, max(each.end_s for each in parts)
            late += sum(t_s >= first_s + _MOSTLY * (last_s - first_s) for t_s in times_s)
    return times >= _LEAST_TIMES and late >= _MOSTLY * times
