"""What a report is measured against: what was asked for, and how far each exercise and side came.

Pure numbers, by `programme.done`. Of a session that was kept every set is taken once, as the
journal counts it; a recording that is looked at by itself asks for the sets that are in it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coreline.programme.catalogue import Catalogue
from coreline.programme.day import PlannedSet
from coreline.programme.done import (
    LEAST_DONE,
    Done,
    HoldSeconds,
    Score,
    Scored,
    done_of,
    has_line,
    scored_of,
)
from coreline.programme.life import PainMoment, PainNoted
from coreline.programme.spec import Exercise
from coreline.report.model import Analysis, SessionReport
from coreline.report.numbers import countable, seconds, set_done
from coreline.report.numbers import done_of as done_of_set


@dataclass(frozen=True, slots=True)
class SideWork:
    """One exercise on one side: what was asked for, and what came of it.

    Attributes:
        exercise: the exercise.
        side: None where it has none, or where it was not asked for a side.
        asked_of_one: what one set asks for: seconds of a hold, else repetitions or turns.
        work: in sets.
        amount, asked: in seconds or times, of each set no more than it asks for.
        scored: what its line score is made of.
        held: the seconds of a hold; None of other exercises.
        refused: how many attempts did not count.
        untried: how many sets were not as much as tried.
        passed: how many of these were passed over: what was to come after them was tried.
        for_pain: it was stopped, or left out, because it hurt.
        hurt: how much it hurt, 0 to 10, as it was noted last; None where it was not.
        by_choice: it was left out by choice.
    """

    exercise: Exercise
    side: str | None
    asked_of_one: float
    work: Done
    amount: float
    asked: float
    scored: Scored
    held: HoldSeconds | None
    refused: int
    untried: int
    passed: int = 0
    for_pain: bool = False
    hurt: int | None = None
    by_choice: bool = False


def side_works(report: SessionReport, catalogue: Catalogue) -> tuple[SideWork, ...]:
    """Return each exercise and side that was asked for or done, in the order of the plan."""
    planned = dict.fromkeys((each.exercise_id, each.side) for each in report.planned)
    for each in report.analyses:
        key = (each.record.exercise_id, each.record.side)
        if not any(_is_of(one, key) for one in planned):
            planned[key] = None
    return tuple(_side_work(report, catalogue.get(key[0]), key[1]) for key in planned)


def _is_of(asked: tuple[str, str | None], done: tuple[str, str | None]) -> bool:
    """Say whether a side that was done is one that was asked for; None is any."""
    return asked[0] == done[0] and (asked[1] == done[1] or None in (asked[1], done[1]))


def _side_work(report: SessionReport, exercise: Exercise, side: str | None) -> SideWork:
    key = (exercise.id, side)
    analyses = [
        each for each in report.analyses if _is_of(key, (each.record.exercise_id, each.record.side))
    ]
    planned = [each for each in report.planned if (each.exercise_id, each.side) == key]
    sets = [each for each in report.done if _is_of(key, (each.exercise_id, each.side))]
    sets = sets or [set_done(each) for each in analyses]
    pairs = [(done_of_set(each, sets), each.prescribed) for each in planned]
    if not report.planned:
        pairs = [(each.done, each.prescribed) for each in sets]
    lined = sets if has_line(exercise) else []
    skips = [each for each in report.skipped if _is_of(key, (each.exercise_id, each.side))]
    tried = {each.record.set_number for each in analyses}
    return SideWork(
        exercise=exercise,
        side=side,
        asked_of_one=pairs[0][1] if pairs else 0.0,
        work=done_of(pairs),
        amount=sum(min(done, asked) for done, asked in pairs)
        if pairs
        else sum(each.done for each in sets),
        asked=sum(asked for _, asked in pairs),
        scored=scored_of(lined, len(pairs) if has_line(exercise) else 0),
        held=seconds_of(analyses) if exercise.machine == "hold" else None,
        refused=sum(bool(one.reasons) for each in analyses for one in countable(each)),
        untried=sum(each.set_number not in tried for each in planned),
        passed=sum((each.exercise_id, each.side) == key for each in _passed_over(report)),
        for_pain=any(each.for_pain for each in skips)
        or any(each.record.skipped_for_pain for each in analyses),
        hurt=next((each.score for each in reversed(report.pains) if _is_in(each, exercise)), None),
        by_choice=any(not each.for_pain for each in skips),
    )


def _is_in(noted: PainNoted, exercise: Exercise) -> bool:
    """Say whether an answer is about how an exercise felt while it was done."""
    return noted.moment is PainMoment.DURING and noted.exercise_id == exercise.id


def _passed_over(report: SessionReport) -> Sequence[PlannedSet]:
    """Return the sets without a try before the last one with any: nobody gets past them else."""
    tried = [
        any(
            _is_of((planned.exercise_id, planned.side), (each.record.exercise_id, each.record.side))
            and planned.set_number == each.record.set_number
            for each in report.analyses
        )
        for planned in report.planned
    ]
    last = max((place for place, each in enumerate(tried) if each), default=0)
    return [report.planned[place] for place in range(last) if not tried[place]]


def as_asked(exercise: Exercise, planned: Iterable[PlannedSet]) -> Exercise:
    """Return an exercise with the dose that a session asked of it, where it asked for any.

    That of one in place of another is not its own. The sets that were done earlier on the day are
    not planned again, but the numbers of the others count them.
    """
    sets = [each for each in planned if each.exercise_id == exercise.id]
    if not sets:
        return exercise
    of_one = {"hold": "hold_s", "raises": "repetitions", "rolls": "rotations"}[exercise.dose.kind]
    amount = sets[0].prescribed if of_one == "hold_s" else round(sets[0].prescribed)
    asked = {"sets": max(each.set_number for each in sets), of_one: amount}
    return exercise.model_copy(update={"dose": exercise.dose.model_copy(update=asked)})


def seconds_of(analyses: Iterable[Analysis]) -> HoldSeconds:
    """Return the seconds of some sets of a hold together."""
    return sum((seconds(each) for each in analyses), HoldSeconds())


def work_of(works: Iterable[SideWork]) -> Done:
    """Return several exercises and sides together: an exercise, or the whole session."""
    return sum((each.work for each in works), Done())


def score_of_works(works: Iterable[SideWork], *, recording: bool = False) -> Score:
    """Return their score; that of a `recording` is given however little it shows."""
    least_done = 0.0 if recording else LEAST_DONE
    return sum((each.scored for each in works), Scored()).score(least_done)


def is_recording(report: SessionReport) -> bool:
    """Say whether a report is of recordings, for which nobody asked an amount."""
    return not report.planned and all(each.source.file for each in report.analyses)


def of_exercise(works: Sequence[SideWork], exercise_id: str) -> list[SideWork]:
    """Return an exercise's sides."""
    return [each for each in works if each.exercise.id == exercise_id]
