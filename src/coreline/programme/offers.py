"""What may be chosen on a day: a level, an easier exercise, a rest; with why, never forced."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from coreline.programme.catalogue import Catalogue
from coreline.programme.day import Item, Offer, OfferKind, SkipReason, StartChosen
from coreline.programme.diary import Diary
from coreline.programme.items import hurt_badly, is_free, items_in
from coreline.programme.level import (
    BY_DATE,
    LevelOn,
    level_after,
    level_before,
    level_in,
    weeks_are_over,
    weeks_of,
)
from coreline.programme.life import EasierChosen, LevelChosen, RestChosen
from coreline.programme.pain import PainAdvice
from coreline.programme.sayings import Saying, say
from coreline.programme.spec import Level, Programme

_DAY = timedelta(days=1)
_LONGEST_ABSENCE = 400  # days; there is no more to be said of a longer one


@dataclass(frozen=True, slots=True)
class DayContext:
    """One day of one life, and all that offers are worked out from."""

    programme: Programme
    catalogue: Catalogue
    diary: Diary
    day: date
    items: tuple[Item, ...]
    pain: PainAdvice
    at: LevelOn = field(init=False)
    # Several offers, and the question about the level, look back on the same weeks.
    _items: dict[date, tuple[Item, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        """Look up the level once."""
        object.__setattr__(self, "at", level_in(self.programme, self.diary, self.day))

    def is_free(self, day: date) -> bool:
        """Say whether another day asks for nothing."""
        return is_free(self.programme, self.catalogue, self.diary, day)

    def items_of(self, day: date) -> tuple[Item, ...]:
        """Return the items of another day."""
        if day not in self._items:
            self._items[day] = items_in(self.programme, self.catalogue, self.diary, day)
        return self._items[day]


def offers_on(today: DayContext) -> tuple[Offer, ...]:
    """Return what may be chosen on a day of training, what matters most first."""
    earlier = _earlier_level(today)
    later = None if earlier else _next_level(today)
    found = [
        *_rest(today),
        *_easier(today),
        *([earlier] if earlier else []),
        *([later] if later else []),
        *_own_again(today),
        *_start_again(today),
    ]
    return tuple(found)


def end_of_rest(day: date, last: date) -> Offer:
    """Return the offer to train again before a rest is over."""
    why = say("why.resting", until=last)
    return Offer(OfferKind.END_REST, say("offer.end_rest"), why, RestChosen(day, 0))


def start_now(day: date, start: date) -> Offer:
    """Return the offer to begin before the start date."""
    what = say("offer.start_now")
    return Offer(OfferKind.START, what, say("why.not_started", start=start), StartChosen(day))


# Pain


def _rest(today: DayContext) -> Iterator[Offer]:
    days = today.pain.rest_days
    if days is not None:
        what = say("offer.rest", days=days)
        yield Offer(OfferKind.REST, what, say("why.marked_pain"), RestChosen(today.day, days))


def _easier(today: DayContext) -> Iterator[Offer]:
    """Offer an easier exercise for each that hurt when it was last tried, before today."""
    for exercise_id in dict.fromkeys(item.exercise_id for item in today.items):
        instead_id = today.programme.easier.get(exercise_id)
        if instead_id not in today.catalogue.ids or instead_id is None:
            continue
        why = _why_easier(today, exercise_id, instead_id)
        if why is not None:
            what = say("offer.easier", exercise=exercise_id, instead=instead_id)
            choice = EasierChosen(today.day, exercise_id, instead_id)
            yield Offer(OfferKind.EASIER, what, why, choice)


def _why_easier(today: DayContext, exercise_id: str, instead_id: str) -> Saying | None:
    """Return why an exercise might be made easier, if it might."""
    hurt, fine = _last_hurt(today, exercise_id), _last_fine(today, exercise_id)
    decided = today.diary.easier_since(exercise_id, today.day)
    if hurt is not None and fine is None and hurt >= (decided or date.min):
        return say("why.hurt", exercise=exercise_id, day=hurt)
    untried = fine is None and hurt is None and decided is None
    if untried and today.diary.instead_of(instead_id, today.day) != instead_id:
        return say("why.easier_before", exercise=instead_id)
    return None


def hurt_when_last_tried(today: DayContext, exercise_id: str) -> bool:
    """Say whether an exercise hurt badly when it was last begun, before today."""
    return _last_hurt(today, exercise_id) is not None and _last_fine(today, exercise_id) is None


def _last_hurt(today: DayContext, exercise_id: str) -> date | None:
    """Return the last day before this one on which an exercise hurt badly, if ever."""
    diary, before = today.diary, today.day - _DAY
    skipped = [
        each.day
        for each in diary.life.skips
        if each.exercise_id == exercise_id and each.for_pain and each.day <= before
    ]
    told = [
        each.day
        for each in diary.pains_in(exercise_id)
        if each.day <= before and hurt_badly(today.programme, exercise_id, [each])
    ]
    return max([*skipped, *told], default=None)


def _last_fine(today: DayContext, exercise_id: str) -> date | None:
    """Return the last day before this one on which an exercise was done and did not hurt badly."""
    hurt = _last_hurt(today, exercise_id)
    for day in reversed(today.diary.trained_before(today.day)):
        if hurt is not None and day <= hurt:
            return None  # only what came after matters
        if today.diary.sets_of(day, exercise_id):
            return day
    return None


def _own_again(today: DayContext) -> Iterator[Offer]:
    """Offer the level's own exercise again after some days of the easier one without pain."""
    if today.pain.contact is not None or today.pain.rest_days is not None:
        return
    replaced = {item.instead_of: item.exercise_id for item in today.items if item.instead_of}
    for own_id, instead_id in replaced.items():
        if _went_well(today, own_id, instead_id):
            what = say("offer.own_again", exercise=own_id, instead=instead_id)
            why = say("why.went_well", exercise=instead_id)
            choice = EasierChosen(today.day, own_id, own_id)
            yield Offer(OfferKind.OWN_AGAIN, what, why, choice)


def _went_well(today: DayContext, own_id: str, instead_id: str) -> bool:
    """Say whether the easier exercise was done in whole, without pain, often enough."""
    sessions = today.programme.moving.sessions
    since = today.diary.easier_since(own_id, today.day) or date.min
    days = [
        day
        for day in reversed(today.diary.trained_before(today.day))
        if day >= since and today.diary.sets_of(day, instead_id)
    ][:sessions]
    return len(days) == sessions and all(_is_whole(today, day, instead_id) for day in days)


def _is_whole(today: DayContext, day: date, exercise_id: str) -> bool:
    """Say whether all of an exercise was done on a day, and pain allowed it."""
    items = [each for each in today.items_of(day) if each.exercise_id == exercise_id]
    done = bool(items) and all(
        each.skipped is None and each.done_share >= today.programme.moving.done_from
        for each in items
    )
    return done and pain_allows(today, day, day)


# Levels


def _earlier_level(today: DayContext) -> Offer | None:
    """Offer an earlier level: for pain, after an absence, or when the last one was not done."""
    for find in (_for_pain, _after_absence, _before_not_done):
        found = find(today)
        if found is not None:
            level, why = found
            what = say("offer.earlier_level", level=level.id)
            return Offer(OfferKind.EARLIER_LEVEL, what, why, LevelChosen(today.day, level.id))
    return None


def _for_pain(today: DayContext) -> tuple[Level, Saying] | None:
    before = level_before(today.programme, today.at.level)
    since = _trouble_since(today)
    if before is None or since is None or _was_chosen_since(today, since):
        return None
    return before, say("why.pain")


def _trouble_since(today: DayContext) -> date | None:
    """Return since when pain has asked for less: an advice that stands, marked pain, a restart."""
    rules = today.programme.pain.rules
    if today.pain.contact is not None:
        return today.pain.contact.since
    soon = today.day - timedelta(days=rules.soon_days)
    marked = [
        each.day
        for each in today.diary.overall_until(today.day)
        if each.day > soon and each.score >= rules.marked_from
    ]
    return marked[0] if marked else None


def _was_chosen_since(today: DayContext, day: date) -> bool:
    """Say whether the person has chosen a level since, and so has answered already."""
    return today.at.chosen and today.at.since >= day


def _after_absence(today: DayContext) -> tuple[Level, Saying] | None:
    away = days_away(today)
    if away < today.programme.moving.absent_days:
        return None
    trained = today.diary.trained_before(today.day)
    last = trained[-1] if trained else None
    if _was_chosen_since(today, last + _DAY if last else date.min):
        return None
    level = _level_to_go_on_at(today, last)
    return None if level is None else (level, say("why.absent", days=away))


def _level_to_go_on_at(today: DayContext, last: date | None) -> Level | None:
    """Return the level last trained, or the one before if that is the present one."""
    levels, now = today.programme.levels, today.at.level
    then = levels[0]
    if last is not None and last >= today.diary.profile.start:
        then = level_in(today.programme, today.diary, last).level
    if levels.index(then) < levels.index(now):
        return then
    return level_before(today.programme, now)


def days_away(today: DayContext) -> int:
    """Return on how many days in a row, up to yesterday, nothing of what was asked was done."""
    diary, day = today.diary, today.day
    trained = diary.trained_before(day)
    first = max(diary.profile.start, trained[-1] + _DAY if trained else date.min)
    first = max(first, day - timedelta(days=min(_LONGEST_ABSENCE, (day - date.min).days)))
    days = (first + timedelta(days=each) for each in range((day - first).days))
    return sum(1 for each in days if not today.is_free(each))


def _before_not_done(today: DayContext) -> tuple[Level, Saying] | None:
    """Offer to stay, in the first days that the calendar brings a level."""
    before = level_before(today.programme, today.at.level)
    moving = today.programme.moving
    new = not today.at.chosen and (today.day - today.at.since).days < moving.stay_days
    if before is None or not new:
        return None
    first = today.at.since - timedelta(weeks=weeks_of(before))
    if done_share(today, days_between(first, today.at.since)) >= moving.stay_below:
        return None
    return before, say("why.not_done", level=before.id)


def days_between(first: date, end: date) -> list[date]:
    """Return the days from one to before another."""
    return [first + timedelta(days=each) for each in range((end - first).days)]


def done_share(today: DayContext, days: Iterable[date]) -> float:
    """Return how much of what days of training would ask for was done, 0 to 1."""
    items = [item for day in days for item in today.items_of(day)]
    asked = [item for item in items if item.skipped is not SkipReason.PAIN]
    return sum(item.done_share for item in asked) / len(asked) if asked else 0.0


def _next_level(today: DayContext) -> Offer | None:
    """Offer the next level to whoever is through with the weeks, or moves by choice and is ready.

    Whom the physiotherapist keeps at a level is not asked to leave it.
    """
    level = level_after(today.programme, today.at.level)
    if level is None or today.at.kept:
        return None
    why = _why_next(today)
    if why is None:
        return None
    what = say("offer.next_level", level=level.id)
    return Offer(OfferKind.NEXT_LEVEL, what, why, LevelChosen(today.day, level.id))


def _why_next(today: DayContext) -> Saying | None:
    if _trouble_since(today) is not None:
        return None
    first = today.day - timedelta(days=today.programme.moving.recent_days)
    by_weeks = not today.at.chosen and today.diary.profile.level_by == BY_DATE
    if not by_weeks and pain_allows(today, first, today.day) and is_ready(today):
        return say("why.ready", sessions=today.programme.moving.sessions)
    if weeks_are_over(today.at.level, today.at.since, today.day):
        return say("why.weeks_over", level=today.at.level.id)
    return None


def is_ready(today: DayContext) -> bool:
    """Say whether the last sessions at this level were good enough for the next one."""
    moving = today.programme.moving
    first = max(today.at.since, today.day - timedelta(days=moving.recent_days))
    days = [day for day in today.diary.trained_before(today.day) if day >= first]
    days = days[-moving.sessions :]
    return len(days) == moving.sessions and all(_was_good(today, day) for day in days)


def _was_good(today: DayContext, day: date) -> bool:
    """Say whether a session was done nearly in whole, in good form, and nothing hurt badly."""
    moving, items = today.programme.moving, today.items_of(day)
    if not items or any(item.skipped is not None for item in items):
        return False
    sets = [each for each in today.diary.sets_on(day) if _is_of(each.exercise_id, items)]
    scores = [each.line_score for each in sets if each.line_score is not None]
    if not scores or len(scores) < moving.scored_from * len(sets):
        return False
    done = sum(item.done_share for item in items) / len(items)
    return done >= moving.done_from and sum(scores) / len(scores) >= moving.line_score_from


def _is_of(exercise_id: str, items: tuple[Item, ...]) -> bool:
    return any(item.exercise_id == exercise_id for item in items)


def pain_allows(today: DayContext, first: date, last: date) -> bool:
    """Say whether no answer from one day to another was above what allows for more."""
    limit = today.programme.moving.pain_to
    answers = (each for each in today.diary.pains_until(last) if each.day >= first)
    return all(each.score <= limit for each in answers)


def _start_again(today: DayContext) -> Iterator[Offer]:
    """Offer to begin with week 1, after a long absence or to one who never began."""
    diary, moving = today.diary, today.programme.moving
    away = days_away(today)
    began = any(day >= diary.profile.start for day in diary.trained_before(today.day))
    if away >= (moving.start_again_days if began else moving.absent_days):
        what, why = say("offer.start_again"), say("why.absent", days=away)
        yield Offer(OfferKind.START, what, why, StartChosen(today.day))
