"""What has been done so far, in numbers: days, streak, share of what was asked, pain, line, holds.

A session may be split over the day, so what counts is the day. Asked for is what the plan of that
day asked for: nothing on a day of rest, not what was left out because it hurt (what was stopped for
it stays), and nothing of today until it is done or over. Doing more than was asked makes no more
than the whole.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import Self, TypeVar

from coreline.programme.catalogue import Catalogue
from coreline.programme.day import DayKind, Item, SkipReason
from coreline.programme.diary import Diary
from coreline.programme.done import Done, Score, Scored, has_line, scored_of
from coreline.programme.felt import NO_PAIN_NOTED, PainOfDay, pain_of_day
from coreline.programme.items import is_free
from coreline.programme.life import Life, SetDone
from coreline.programme.schedule import bare_plan
from coreline.programme.spec import Programme

_DAY = timedelta(days=1)
_Sided = TypeVar("_Sided", Item, SetDone)


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

    `work` is of what was asked for only. `held_s` (the clock's seconds) and `count` are all that
    was held and repeated, asked for or not; `best_s` the longest of the sets of a hold.
    """

    work: Done
    held_s: float
    best_s: float
    count: int
    scored: Scored

    @property
    def share(self) -> float | None:
        """Return how much of what was asked for was done, 0 to 1; None where nothing was asked."""
        return self.work.share

    @property
    def score(self) -> Score:
        """Return the line score with its share of what was asked for."""
        return self.scored.score()


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
    """All of it; `trained_days` has a set in each, the streaks are in days and pass over rests.

    `free` are the days that asked for nothing.
    """

    first: date
    last: date
    days: tuple[DayDone, ...]
    exercises: tuple[ExerciseDone, ...]
    amount: Amount
    trained_days: int
    streak: int
    longest_streak: int
    free: frozenset[date] = frozenset()


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
    free = partial(is_free, programme, catalogue, diary)
    sums = _Sums.of(catalogue)
    items = [item for look in looks for item in look.items]
    scored = [item for look in looks for item in look.scored]
    sets = [each for look in looks for each in look.sets]
    return History(
        first=first,
        last=last,
        days=tuple(_day_done(look, sums) for look in looks if look.has_something),
        exercises=tuple(_by_exercise(catalogue.ids, sums, items, scored, sets)),
        amount=sums.amount(items, scored, sets),
        trained_days=sum(1 for look in looks if look.sets),
        streak=_streak(diary, free, today),
        longest_streak=_longest_streak(diary, free, today),
        free=frozenset(look.day for look in looks if look.kind is DayKind.REST),
    )


# One day


@dataclass(frozen=True, slots=True)
class _DayResult:
    """What one day asked for and got, after the filters.

    `items` are asked for by now; a score is measured against `scored`, which holds too what is
    still to come today.
    """

    day: date
    kind: DayKind
    level_id: str | None
    items: tuple[Item, ...]
    scored: tuple[Item, ...]
    sets: tuple[SetDone, ...]
    pain: PainOfDay

    @property
    def has_something(self) -> bool:
        """Say whether the day is worth a line."""
        return bool(self.items or self.sets) or self.pain != NO_PAIN_NOTED


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
    asked = tuple(item for item in items if _is_asked(item))
    return _DayResult(
        day, plan.kind, plan.level_id, asked, asked, tuple(sets), pain_of_day(diary.pains_on(day))
    )


def _is_asked(item: Item) -> bool:
    """Say whether an exercise counts as asked for: not where it hurt before it was begun."""
    return item.skipped is not SkipReason.PAIN or any(each > 0.0 for each in item.done)


def _asked_by_now(look: _DayResult, today: date) -> _DayResult:
    """Return a day without what may still be done of it."""
    if look.day < today or not any(item.open_sets for item in look.items):
        return look
    return replace(look, items=(), scored=look.items if look.sets else ())


def _day_done(look: _DayResult, sums: "_Sums") -> DayDone:
    amount = sums.amount(look.items, look.scored, look.sets)
    return DayDone(look.day, look.kind, look.level_id, amount, look.pain)


# Sums


def _by_exercise(
    order: Sequence[str],
    sums: "_Sums",
    items: Iterable[Item],
    scored: Iterable[Item],
    sets: Iterable[SetDone],
) -> Iterator[ExerciseDone]:
    """Yield each exercise and side in the order of the programme; those that are gone come last."""
    asked, measured, done = _by_key(items), _by_key(scored), _by_key(sets)
    places = {exercise_id: place for place, exercise_id in enumerate(order)}
    keys = sorted(
        asked.keys() | done.keys(),
        key=lambda key: (places.get(key[0], len(places)), key[0], key[1] or ""),
    )
    for key in keys:
        days = len({each.day for each in done[key]})
        yield ExerciseDone(*key, days, sums.amount(asked[key], measured[key], done[key]))


def _by_key(some: Iterable[_Sided]) -> dict[tuple[str, str | None], list[_Sided]]:
    found: dict[tuple[str, str | None], list[_Sided]] = defaultdict(list)
    for each in some:
        found[each.exercise_id, each.side].append(each)
    return found


@dataclass(frozen=True, slots=True)
class _Sums:
    """Adds up; by their ids it knows which exercises are held, and which have a line."""

    holds: Set[str]
    lines: Set[str]

    @classmethod
    def of(cls, catalogue: Catalogue) -> Self:
        """Return what adds up a catalogue's exercises."""
        holds = {each.id for each in catalogue.everything if each.machine == "hold"}
        return cls(holds, {each.id for each in catalogue.everything if has_line(each)})

    def amount(
        self, items: Iterable[Item], scored: Iterable[Item], sets: Iterable[SetDone]
    ) -> Amount:
        """Return the sum; a score is measured against `scored`, or the sets where that is none."""
        sets = tuple(sets)
        held = [each.done for each in sets if each.exercise_id in self.holds]
        lined = [each for each in sets if each.exercise_id in self.lines]
        asked = sum(item.sets for item in scored if item.exercise_id in self.lines)
        return Amount(
            work=sum((item.work for item in items), Done()),
            held_s=sum(held),
            best_s=max(held, default=0.0),
            count=round(sum(each.done for each in sets if each.exercise_id not in self.holds)),
            scored=scored_of(lined, asked or None),
        )


# Streaks


def _streak(diary: Diary, free: Callable[[date], bool], today: date) -> int:
    """Return how many days in a row were trained up to today, or up to yesterday."""
    days, day = 0, today if diary.sets_on(today) else today - _DAY
    trained = diary.trained_before(today + _DAY)
    while trained and day >= trained[0]:
        if diary.sets_on(day):
            days += 1
        elif not free(day):
            break
        day -= _DAY
    return days


def _longest_streak(diary: Diary, free: Callable[[date], bool], today: date) -> int:
    """Return the most days in a row that were ever trained."""
    longest = days = 0
    before: date | None = None
    for day in diary.trained_before(today + _DAY):
        days = days + 1 if before is not None and _only_rests(free, before, day) else 1
        longest, before = max(longest, days), day
    return longest


def _only_rests(free: Callable[[date], bool], before: date, after: date) -> bool:
    """Say whether every day between two was one of rest."""
    between = (before + timedelta(days=n) for n in range(1, (after - before).days))
    return all(map(free, between))
