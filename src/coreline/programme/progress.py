"""What has been done so far, in numbers: days, streak, share of what was asked, pain, line, holds.

A session may be split over the day, so what counts is the day. Asked for is what the plan of that
day asked for: nothing on a day of rest, not what was left out because it hurt, and nothing of today
until it is done or over. Doing more than was asked makes no more than the whole.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta

from coreline.programme.catalogue import Catalogue
from coreline.programme.day import DayKind, Item, SkipReason
from coreline.programme.diary import Diary, is_overall
from coreline.programme.life import Life, PainMoment, SetDone
from coreline.programme.schedule import bare_plan
from coreline.programme.spec import Programme

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Filters:
    """What to look at: from a day, to a day (in it), one exercise, one side; None: all."""

    first: date | None = None
    last: date | None = None
    exercise_id: str | None = None
    side: str | None = None

    def takes(self, exercise_id: str, side: str | None) -> bool:
        """Say whether an exercise on a side is looked at."""
        return self.exercise_id in (None, exercise_id) and self.side in (None, side)


@dataclass(frozen=True, slots=True)
class Amount:
    """How much was asked for and done.

    `sets_done` counts parts of sets too, of those asked for only. `held_s` and `count` are all that
    was held and repeated, asked for or not; `best_s` the longest of the sets of a hold.
    """

    sets_asked: int
    sets_done: float
    held_s: float
    best_s: float
    count: int
    line_score: float | None

    @property
    def share(self) -> float | None:
        """Return how much of what was asked for was done, 0 to 1; None where nothing was asked."""
        return self.sets_done / self.sets_asked if self.sets_asked else None


@dataclass(frozen=True, slots=True)
class PainOfDay:
    """The first answer before, the worst during and the last after; None where there was none."""

    before: int | None
    during: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class DayDone:
    """One day with something in it: sets asked for or done, or an answer about pain."""

    day: date
    kind: DayKind
    level_id: str | None
    amount: Amount
    pain: PainOfDay


@dataclass(frozen=True, slots=True)
class ExerciseDone:
    """One exercise on one side, over all days looked at; `days` are those on which it was done."""

    exercise_id: str
    side: str | None
    days: int
    amount: Amount


@dataclass(frozen=True, slots=True)
class History:
    """All of it; `trained_days` has a set in each, the streaks are in days and pass over rests."""

    first: date
    last: date
    days: tuple[DayDone, ...]
    exercises: tuple[ExerciseDone, ...]
    amount: Amount
    trained_days: int
    streak: int
    longest_streak: int


def history(
    programme: Programme,
    catalogue: Catalogue,
    life: Life,
    today: date,
    filters: Filters | None = None,
) -> History:
    """Return what was done up to and on a day."""
    filters = filters or Filters()
    diary = Diary(life)
    first, last = _range(diary, today, filters)
    looks = [_look(programme, catalogue, diary, day, filters) for day in _days(first, last)]
    looks = [_asked_by_now(look, today) for look in looks]
    holds = {each.id for each in catalogue.everything if each.machine == "hold"}
    items = [item for look in looks for item in look.items]
    sets = [each for look in looks for each in look.sets]
    return History(
        first=first,
        last=last,
        days=tuple(_day_done(look, holds) for look in looks if look.has_something),
        exercises=tuple(_by_exercise(catalogue.ids, holds, items, sets)),
        amount=_amount(holds, items, sets),
        trained_days=sum(1 for look in looks if look.sets),
        streak=streak(diary, today),
        longest_streak=longest_streak(diary, today),
    )


# One day


@dataclass(frozen=True, slots=True)
class _DayResult:
    """What one day asked for and got, after the filters."""

    day: date
    kind: DayKind
    level_id: str | None
    items: tuple[Item, ...]
    sets: tuple[SetDone, ...]
    pain: PainOfDay

    @property
    def has_something(self) -> bool:
        """Say whether the day is worth a line."""
        return bool(self.items or self.sets) or self.pain != PainOfDay(None, None, None)


def _range(diary: Diary, today: date, filters: Filters) -> tuple[date, date]:
    """Return the first and last day to look at; nothing is known of days after today."""
    trained = diary.trained_before(today + _DAY)
    beginning = min([diary.profile.start, *trained[:1], today])
    first = max(filters.first or beginning, beginning)
    last = min(filters.last or today, today)
    return first, last


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def _look(
    programme: Programme, catalogue: Catalogue, diary: Diary, day: date, filters: Filters
) -> _DayResult:
    plan = bare_plan(programme, catalogue, diary, day)
    items = [item for item in plan.items if filters.takes(item.exercise_id, item.side)]
    sets = [each for each in diary.sets_on(day) if filters.takes(each.exercise_id, each.side)]
    asked = tuple(item for item in items if item.skipped is not SkipReason.PAIN)
    return _DayResult(day, plan.kind, plan.level_id, asked, tuple(sets), _pain(diary, day))


def _asked_by_now(look: _DayResult, today: date) -> _DayResult:
    """Return a day without what may still be done of it."""
    if look.day < today or not any(item.open_sets for item in look.items):
        return look
    return _DayResult(look.day, look.kind, look.level_id, (), look.sets, look.pain)


def _pain(diary: Diary, day: date) -> PainOfDay:
    answers = diary.pains_on(day)
    before = [each.score for each in answers if each.moment is PainMoment.BEFORE]
    after = [each.score for each in answers if each.moment is PainMoment.AFTER]
    during = [each.score for each in answers if not is_overall(each)]
    return PainOfDay(
        before[0] if before else None, max(during, default=None), after[-1] if after else None
    )


def _day_done(look: _DayResult, holds: Set[str]) -> DayDone:
    amount = _amount(holds, look.items, look.sets)
    return DayDone(look.day, look.kind, look.level_id, amount, look.pain)


# Sums


def _by_exercise(
    order: Sequence[str], holds: Set[str], items: Iterable[Item], sets: Iterable[SetDone]
) -> Iterator[ExerciseDone]:
    """Yield each exercise and side in the order of the programme; those that are gone come last."""
    asked: dict[tuple[str, str | None], list[Item]] = defaultdict(list)
    done: dict[tuple[str, str | None], list[SetDone]] = defaultdict(list)
    for item in items:
        asked[item.exercise_id, item.side].append(item)
    for each in sets:
        done[each.exercise_id, each.side].append(each)
    places = {exercise_id: place for place, exercise_id in enumerate(order)}
    keys = sorted(
        asked.keys() | done.keys(),
        key=lambda key: (places.get(key[0], len(places)), key[0], key[1] or ""),
    )
    for key in keys:
        days = len({each.day for each in done[key]})
        yield ExerciseDone(*key, days, _amount(holds, asked[key], done[key]))


def _amount(holds: Set[str], items: Iterable[Item], sets: Iterable[SetDone]) -> Amount:
    items, sets = tuple(items), tuple(sets)
    held = [each.done for each in sets if each.exercise_id in holds]
    counted = [each.done for each in sets if each.exercise_id not in holds]
    return Amount(
        sets_asked=sum(item.sets for item in items),
        sets_done=sum(item.done_share * item.sets for item in items),
        held_s=sum(held),
        best_s=max(held, default=0.0),
        count=round(sum(counted)),
        line_score=_mean_score(sets),
    )


def _mean_score(sets: Iterable[SetDone]) -> float | None:
    """Return the mean line score, each set weighed by how much of it was done."""
    scored = [
        (each.line_score, each.done / each.prescribed)
        for each in sets
        if each.line_score is not None and each.prescribed > 0 and each.done > 0
    ]
    whole = sum(weight for _, weight in scored)
    return sum(score * weight for score, weight in scored) / whole if whole else None


# Streaks


def streak(diary: Diary, today: date) -> int:
    """Return how many days in a row were trained up to today, or up to yesterday."""
    days, day = 0, today if diary.sets_on(today) else today - _DAY
    trained = diary.trained_before(today + _DAY)
    while trained and day >= trained[0]:
        if diary.sets_on(day):
            days += 1
        elif not diary.is_free(day):
            break
        day -= _DAY
    return days


def longest_streak(diary: Diary, today: date) -> int:
    """Return the most days in a row that were ever trained."""
    longest = days = 0
    before: date | None = None
    for day in diary.trained_before(today + _DAY):
        days = days + 1 if before is not None and _only_rests(diary, before, day) else 1
        longest, before = max(longest, days), day
    return longest


def _only_rests(diary: Diary, before: date, after: date) -> bool:
    """Say whether every day between two was one of rest."""
    between = (before + timedelta(days=n) for n in range(1, (after - before).days))
    return all(diary.is_free(day) for day in between)
