"""Which level a day is at, and why. It never changes by itself: somebody chooses it.

The handout gives a level two weeks by the calendar; when they are over the person is asked
(`asking`), and until they answer it stays. A missed week moves nobody back by itself either: after
an absence the earlier level is offered (`offers`). A level stays until the next choice.

A plan of the physiotherapist may name a level: then that is it, and it stays so after the plan.
While the plan keeps the person there, a choice of a higher level counts for nothing, also later;
that of a lower one counts, for pain stands above any plan, and so does coming back from it.

Journals from before levels were asked for have people whom the calendar moved. Of these the level
of each day up to `Profile.asked_from` is what the calendar said, and from then on it is asked too.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from coreline.programme.diary import Diary
from coreline.programme.life import LevelChosen, Life
from coreline.programme.prescription import Prescription
from coreline.programme.sayings import Saying, say
from coreline.programme.spec import Level, Programme

BY_DATE, BY_READINESS = "date", "readiness"
WEEK = 7


@dataclass(frozen=True, slots=True)
class LevelOn:
    """The level of a day, the day since which it is, and why.

    `chosen` says that somebody chose it; `kept` that the physiotherapist keeps the person there.
    """

    level: Level
    since: date
    why: Saying
    chosen: bool
    kept: bool = False


def week_of(start: date, day: date) -> int:
    """Return the training week of a day, 1-based; 0 or less before the start."""
    return (day - start).days // WEEK + 1


def level_on(programme: Programme, life: Life, day: date) -> LevelOn:
    """Return the level of a day from the start on; before it, the level of the start."""
    return level_in(programme, Diary(life), day)


def level_in(programme: Programme, diary: Diary, day: date) -> LevelOn:
    """Return the level of a day from a life that is sorted already."""
    expected = diary.level_expected(day)
    if expected is not None:
        level = level_called(programme, expected.level_id)
        why = say("why.level_expected", level=level.id, since=expected.day)
        return LevelOn(level, expected.day, why, chosen=True)
    order = _order_on(programme, diary, day)
    choice = _choice_on(programme, diary, day)
    if order is not None and (choice is None or choice.day < order.since):
        return order
    if choice is not None:
        level = level_called(programme, choice.level_id)
        why = say("why.level_chosen", level=level.id, since=choice.day)
        kept = _keeps_at(diary, day) == level.id
        return LevelOn(level, choice.day, why, chosen=True, kept=kept)
    return _by_calendar(programme, diary, day)


def _by_calendar(programme: Programme, diary: Diary, day: date) -> LevelOn:
    """Return the level where nobody chose one: the first, or where the calendar once came to."""
    start, asked_from = diary.profile.start, diary.profile.asked_from
    week = max(week_of(start, day if asked_from is None else min(day, asked_from)), 1)
    level = programme.levels[0] if asked_from is None else programme.level_of_week(week)
    since = start + timedelta(weeks=level.first_week - 1)
    now = max(week_of(start, day), 1)
    if diary.profile.level_by == BY_DATE and programme.level_of_week(now) == level:
        why = say("why.level_by_date", level=level.id, week=now)
    else:
        why = say("why.level_kept", level=level.id)
    return LevelOn(level, since, why, chosen=False)


# The physiotherapist's word


def _order_on(programme: Programme, diary: Diary, day: date) -> LevelOn | None:
    """Return the level that a plan put the person at last, up to and on a day.

    A plan that was kept when its stay was over already says nothing of the level: it is one of
    before, with something else in it changed.
    """
    found: LevelOn | None = None
    before: Prescription | None = None
    for each in diary.plans_until(day):
        wanted, stood = each.plan.level, before is not None and before.stays_at_level_on(each.day)
        again = stood and before is not None and before.level == wanted
        before = each.plan
        if not each.plan.stays_at_level_on(each.day):
            continue
        if wanted in programme.level_ids and wanted is not None and not again:
            why = say("why.level_plan", level=wanted)
            found = LevelOn(level_called(programme, wanted), each.day, why, chosen=True)
    if found is None:
        return None
    return replace(found, kept=_keeps_at(diary, day) == found.level.id)


def _keeps_at(diary: Diary, day: date) -> str | None:
    """Return the level at which the plan of a day keeps the person."""
    plan = diary.plan_on(day)
    return plan.level if plan.stays_at_level_on(day) else None


def _choice_on(programme: Programme, diary: Diary, day: date) -> LevelChosen | None:
    """Return the person's own choice that is in force, without those that a plan did not allow."""
    ids = programme.level_ids

    def is_allowed(choice: LevelChosen) -> bool:
        kept = _keeps_at(diary, choice.day)
        return kept not in ids or ids.index(choice.level_id) <= ids.index(kept)

    choices = reversed(diary.level_choices(day, ids))
    return next((each for each in choices if is_allowed(each)), None)


def level_called(programme: Programme, level_id: str) -> Level:
    """Return the level with an id that is known to exist."""
    return programme.levels[programme.level_ids.index(level_id)]


def level_before(programme: Programme, level: Level) -> Level | None:
    """Return the level before one, or None before the first."""
    index = programme.level_ids.index(level.id)
    return programme.levels[index - 1] if index > 0 else None


def level_after(programme: Programme, level: Level) -> Level | None:
    """Return the level after one, or None after the last."""
    index = programme.level_ids.index(level.id) + 1
    return programme.levels[index] if index < len(programme.levels) else None


def weeks_are_over(level: Level, since: date, day: date) -> bool:
    """Say whether the weeks that the handout gives a level have passed; the last one's never do."""
    if level.last_week is None:
        return False
    return (day - since).days >= weeks_of(level) * WEEK


def weeks_of(level: Level) -> int:
    """Return how many weeks the handout gives a level; of one without an end, one."""
    return (level.last_week or level.first_week) - level.first_week + 1


def level_due(at: LevelOn) -> date | None:
    """Return from which day on the person is asked to go on, or None at the last level."""
    if at.level.last_week is None:
        return None
    return at.since + timedelta(weeks=weeks_of(at.level))


def levels_expected(
    programme: Programme, life: Life, today: date, last: date
) -> tuple[LevelChosen, ...]:
    """Return the levels of the days after today, up to a last one, if the person goes on in time.

    Nobody is expected to go on who moves by readiness, or whom the physiotherapist keeps.
    """
    diary = Diary(life)
    first = max(today, life.profile.start)
    at, expected = level_in(programme, diary, first), list[LevelChosen]()
    while life.profile.level_by == BY_DATE:
        due, after = level_due(at), level_after(programme, at.level)
        day = max(due, today + timedelta(days=1)) if due is not None else None
        if day is None or after is None or day > last:
            break
        kept_at = _keeps_at(diary, day)
        if kept_at is not None:
            freed = _freed_after(diary, day, last)
            if freed is None:
                break
            day = freed
        expected.append(LevelChosen(day, after.id))
        at = LevelOn(after, day, at.why, chosen=True)
    return tuple(expected)


def _freed_after(diary: Diary, day: date, last: date) -> date | None:
    """Return the first day, not after the last, on which no plan keeps the person any longer."""
    days = (day + timedelta(days=number) for number in range((last - day).days + 1))
    return next((each for each in days if _keeps_at(diary, each) is None), None)
