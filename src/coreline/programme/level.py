"""Which level a day is at, and why: by the handout's weeks, or by the person's own choice.

The weeks run by the calendar from the start date, missed days included: so does the handout, and so
does the person who reads in it "3rd and 4th week". A missed week therefore moves nobody back by
itself; after an absence, or at the start of a level whose forerunner was hardly done, the earlier
one is offered (`offers`). A chosen level stays until the next choice: one who chose differs from
the calendar on purpose. Whoever moves by readiness stays, from the first level on, until choosing.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from coreline.programme.diary import Diary
from coreline.programme.life import Life
from coreline.programme.sayings import Saying, say
from coreline.programme.spec import Level, Programme

BY_DATE, BY_READINESS = "date", "readiness"
WEEK = 7


@dataclass(frozen=True, slots=True)
class LevelOn:
    """The level of a day, the day since which it is, and why; `chosen` by the person."""

    level: Level
    since: date
    why: Saying
    chosen: bool


def week_of(start: date, day: date) -> int:
    """Return the training week of a day, 1-based; 0 or less before the start."""
    return (day - start).days // WEEK + 1


def level_on(programme: Programme, life: Life, day: date) -> LevelOn:
    """Return the level of a day from the start on; before it, the level of the start."""
    return level_in(programme, Diary(life), day)


def level_in(programme: Programme, diary: Diary, day: date) -> LevelOn:
    """Return the level of a day from a life that is sorted already."""
    start = diary.profile.start
    choice = diary.level_choice(day, programme.level_ids)
    if choice is not None:
        level = level_called(programme, choice.level_id)
        why = say("why.level_chosen", level=level.id, since=choice.day)
        return LevelOn(level, choice.day, why, chosen=True)
    if diary.profile.level_by == BY_READINESS:
        level = programme.levels[0]
        return LevelOn(level, start, say("why.level_kept", level=level.id), chosen=False)
    week = max(week_of(start, day), 1)
    level = programme.level_of_week(week)
    since = start + timedelta(weeks=level.first_week - 1)
    return LevelOn(level, since, say("why.level_by_date", level=level.id, week=week), chosen=False)


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
    weeks = level.last_week - level.first_week + 1
    return (day - since).days >= weeks * WEEK
