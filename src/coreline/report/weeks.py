"""Many sessions as numbers: what was done of what was asked, hold times, sides, line and pain.

Pure. What counts as a change or as a difference between the sides is `programme.change`'s to say.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil
from typing import Final, TypeVar

from coreline.programme.catalogue import Catalogue
from coreline.programme.change import Change, change_s, weaker_side
from coreline.programme.diary import Diary
from coreline.programme.done import Done, Score, Scored, score_of
from coreline.programme.felt import PainOverDays, pain_over_days
from coreline.programme.level import level_in
from coreline.programme.life import AdviceGiven, Life, PainNoted, SetDone, Skipped, TakenBack
from coreline.programme.marks import Mark, days_by_mark, marked_days
from coreline.programme.prescription import NOTHING_PRESCRIBED, Prescription
from coreline.programme.progress import DayDone, ExerciseDone, Filters, History, history
from coreline.programme.since_start import SinceStart, since_start
from coreline.programme.spec import Programme
from coreline.report.form import FormOf, SetForm, forms_of

WEEK = 7
FORM_WEEKS: Final = 12  # of more the form is not looked at: it takes a second a month
_Dated = TypeVar("_Dated", SetDone, PainNoted, Skipped, AdviceGiven, TakenBack)
_MOST_BINS = 60  # more marks than this beside one another are not read
_BIN_DAYS = (1, 7, 14, 28, 56, 112)


@dataclass(frozen=True, slots=True)
class Halves:
    """An average a set, in the first half of the time looked at and in the second."""

    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class ExerciseWeeks:
    """One exercise on one side. `change` is None where there is no rule, or nothing to compare.

    `score` is that of the first half of the time looked at and of the second.
    """

    exercise: str
    side: str | None
    holds: bool
    work: Done
    amount: Halves
    change: Change | None
    score: tuple[Score, Score]


@dataclass(frozen=True, slots=True)
class SidesWeeks:
    """Left against right of an exercise that was done on both, averages a set of the same dose.

    `left` and `right` are seconds of a hold, else what counted; `weaker` is the side that holds
    less, None where they differ too little to speak of, and where there is no rule.
    """

    exercise: str
    holds: bool
    left: float
    right: float
    weaker: str | None


@dataclass(frozen=True, slots=True)
class Bin:
    """Some days beside one another, for a chart: averages, None where there is nothing.

    `held_s` is how long was held on a day, of those on which anything was.
    """

    first: date
    last: date
    done_share: float | None
    score: Score
    held_s: float | None
    pain_before: float | None
    pain_after: float | None


@dataclass(frozen=True, slots=True)
class WeeksReport:
    """Everything about some weeks of one person.

    `plan` is what the physiotherapist prescribes on the last day, when the person is at `level`.
    `marks` says on how many days what became of them. `pain_before` are the answers before training
    on the first day and the last; where there is but one such day, it alone is in `pain_once`.
    `forms` are of the days from `forms_from` on; `since_start` is what changed by the rule.
    """

    person: str
    first: date
    last: date
    days_trained: int
    days: int
    history: History
    exercises: tuple[ExerciseWeeks, ...]
    sides: tuple[SidesWeeks, ...]
    bins: tuple[Bin, ...]
    marks: Mapping[Mark, int]
    pain_before: PainOverDays | None
    pain_once: PainNoted | None
    pain_worst: PainNoted | None
    skips: tuple[Skipped, ...]
    advised: tuple[date, ...]
    taken_back: tuple[TakenBack, ...] = ()
    plan: Prescription = NOTHING_PRESCRIBED
    level: str | None = None
    forms: tuple[FormOf, ...] = ()
    forms_from: date = date.min
    since_start: tuple[SinceStart, ...] = ()

    @property
    def exercise_ids(self) -> tuple[str, ...]:
        """Return the exercises of which anything was asked or done, each once."""
        return tuple(dict.fromkeys(each.exercise for each in self.exercises))

    def form(self, exercise_id: str, side: str | None) -> FormOf | None:
        """Return the form of an exercise on a side; None where it was not looked at."""
        return next(
            (each for each in self.forms if (each.exercise_id, each.side) == (exercise_id, side)),
            None,
        )


def form_days(today: date, weeks: int) -> tuple[date, date]:
    """Return the first and last day of which the form is looked at: of many weeks the last ones."""
    return _days_before(today, min(weeks, FORM_WEEKS) * WEEK - 1), today


def weeks_report(
    programme: Programme,
    catalogue: Catalogue,
    life: Life,
    today: date,
    weeks: int,
    taken_back: Iterable[TakenBack] = (),
) -> WeeksReport:
    """Return what the last weeks were, today the last day of them.

    Args:
        programme: the levels and their weeks.
        catalogue: the exercises.
        life: everything the person did and noted.
        today: the calendar day where the person lives.
        weeks: how many, at least 1.
        taken_back: everything that the person took back.
    """
    first = _days_before(today, weeks * WEEK - 1)
    found = history(programme, catalogue, life, today, Filters(first=first, last=today))
    within, diary = _Within(found.first, today), Diary(life)
    scores = [
        {(each.exercise_id, each.side): each.amount.score for each in half.exercises}
        for half in (
            history(programme, catalogue, life, today, Filters(first=begin, last=end))
            for begin, end in within.halves
        )
    ]
    sets, pains = within.only(life.sets), within.only(life.pains)
    holds = {each.id for each in catalogue.everything if each.machine == "hold"}
    return WeeksReport(
        person=life.profile.name,
        first=found.first,
        last=today,
        days_trained=found.trained_days,
        days=(today - found.first).days + 1,
        history=found,
        exercises=tuple(_exercises(found, sets, catalogue, within, scores)),
        sides=tuple(_sides(sets, catalogue)),
        bins=bins_of(found.days, found.first, today),
        marks=days_by_mark(marked_days(found, life, programme.pain.rules, today)),
        pain_before=pain_over_days(pains),
        pain_once=next((each for each in pains if each.moment == "before"), None),
        pain_worst=max(pains, key=lambda each: each.score, default=None),
        skips=tuple(within.only(life.skips)),
        advised=tuple(each.day for each in within.only(life.advice)),
        taken_back=tuple(within.only(taken_back)),
        plan=diary.plan_on(today),
        level=level_in(programme, diary, today).level.id,
        since_start=since_start(life.sets, holds, found.first, today),
    )


def with_form(report: WeeksReport, forms: Iterable[SetForm]) -> WeeksReport:
    """Return a report with the form of the sets of `form_days`; without it nothing is said of it.

    Args:
        report: some weeks.
        forms: of the sets that were tried on those days; others are left out.
    """
    weeks = (report.last - report.first).days // WEEK + 1
    first = max(form_days(report.last, weeks)[0], report.first)
    within = (each for each in forms if first <= each.day <= report.last)
    return replace(report, forms=forms_of(within), forms_from=first)


def bins_of_exercise(
    programme: Programme,
    catalogue: Catalogue,
    life: Life,
    report: WeeksReport,
    exercise: tuple[str, str | None],
) -> tuple[Bin, ...]:
    """Return the pieces of a report's weeks for one exercise on one side, or on both as one.

    Args:
        programme: the levels and their weeks.
        catalogue: the exercises.
        life: everything the person did and noted.
        report: of the same person.
        exercise: its id and the side.
    """
    filters = Filters(report.first, report.last, *exercise)
    days = history(programme, catalogue, life, report.last, filters).days
    return bins_of(days, report.first, report.last)


def bin_of_day(done: DayDone | None, day: date) -> Bin:
    """Return one day as a piece by itself."""
    return _bin([] if done is None else [done], day, 0, 0)


def _days_before(day: date, days: int) -> date:
    """Return an earlier day, the first there is where that is further back."""
    return date.min if days > (day - date.min).days else day - timedelta(days=days)


@dataclass(frozen=True, slots=True)
class _Within:
    """Some days in a row, both ends in it."""

    first: date
    last: date

    def only(self, happened: Iterable[_Dated]) -> list[_Dated]:
        """Return what happened on these days."""
        return [each for each in happened if self.first <= each.day <= self.last]

    @property
    def halves(self) -> tuple[tuple[date, date], tuple[date, date]]:
        """Return the first day and the last of both halves; of an odd one more in the first."""
        days = (self.last - self.first).days + 1
        second = self.first + timedelta(days=ceil(days / 2))
        return (self.first, second - timedelta(days=1)), (second, self.last)

    def is_early(self, day: date) -> bool:
        """Say whether a day lies in the first half."""
        return day <= self.halves[0][1]


def _exercises(
    found: History,
    sets: Sequence[SetDone],
    catalogue: Catalogue,
    within: _Within,
    scores: Sequence[Mapping[tuple[str, str | None], Score]],
) -> Iterable[ExerciseWeeks]:
    """Yield each exercise and side of which anything was asked or done."""
    for each in found.exercises:
        own = [one for one in sets if (one.exercise_id, one.side) == (each.exercise_id, each.side)]
        holds = _is_hold(each.exercise_id, catalogue)
        amount = _halves(own, within, lambda one: one.done)
        yield ExerciseWeeks(
            exercise=each.exercise_id,
            side=each.side,
            holds=holds,
            work=each.amount.work,
            amount=amount,
            change=_change(amount) if holds else None,
            score=(_score_in(scores[0], each), _score_in(scores[1], each)),
        )


def _score_in(scores: Mapping[tuple[str, str | None], Score], each: ExerciseDone) -> Score:
    """Return an exercise's score among those of some days; nothing of it was done in others."""
    return scores.get((each.exercise_id, each.side), score_of(()))


def _is_hold(exercise_id: str, catalogue: Catalogue) -> bool:
    return exercise_id in catalogue and catalogue.get(exercise_id).machine == "hold"


def _halves(
    sets: Sequence[SetDone], within: _Within, value_of: Callable[[SetDone], float | None]
) -> Halves:
    early = [value_of(each) for each in sets if within.is_early(each.day)]
    late = [value_of(each) for each in sets if not within.is_early(each.day)]
    return Halves(_mean(early), _mean(late))


def _change(amount: Halves) -> Change | None:
    if amount.before is None or amount.after is None:
        return None
    return change_s(amount.before, amount.after)


def _sides(sets: Sequence[SetDone], catalogue: Catalogue) -> Iterable[SidesWeeks]:
    """Yield the exercises that were done on both sides, of each the sets with a common dose."""
    for exercise_id in (each.id for each in catalogue.everything):
        both = [
            [one for one in sets if (one.exercise_id, one.side) == (exercise_id, side)]
            for side in ("left", "right")
        ]
        asked = {one.prescribed for one in both[0]} & {one.prescribed for one in both[1]}
        left, right = (_mean(one.done for one in side if one.prescribed in asked) for side in both)
        if left is not None and right is not None:
            holds = _is_hold(exercise_id, catalogue)
            weaker = weaker_side(left, right) if holds else None
            yield SidesWeeks(exercise_id, holds, left, right, weaker)


def _mean(values: Iterable[float | None]) -> float | None:
    known = [each for each in values if each is not None]
    return sum(known) / len(known) if known else None


def bins_of(days: Sequence[DayDone], first: date, last: date) -> tuple[Bin, ...]:
    """Return the days in so few equal pieces that they can be drawn; the last may be shorter."""
    length = (last - first).days + 1
    size = next(
        (each for each in _BIN_DAYS if length / each <= _MOST_BINS), ceil(length / _MOST_BINS)
    )
    pieces: list[list[DayDone]] = [[] for _ in range(ceil(length / size))]
    for each in days:
        pieces[(each.day - first).days // size].append(each)
    return tuple(
        _bin(piece, first, place * size, min((place + 1) * size, length) - 1)
        for place, piece in enumerate(pieces)
    )


def _bin(days: Sequence[DayDone], first: date, start: int, end: int) -> Bin:
    return Bin(
        first=first + timedelta(days=start),
        last=first + timedelta(days=end),
        done_share=sum((each.amount.work for each in days), Done()).share,
        score=sum((each.amount.scored for each in days), Scored()).score(),
        held_s=_mean(each.amount.held_s or None for each in days),
        pain_before=_mean(each.pain.before for each in days),
        pain_after=_mean(each.pain.after for each in days),
    )
