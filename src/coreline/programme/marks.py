"""What became of each day, in a word: the calendar of what was done."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from coreline.programme.day import DayKind
from coreline.programme.diary import Diary
from coreline.programme.felt import hurt_on
from coreline.programme.life import Life
from coreline.programme.progress import DayDone, History
from coreline.programme.spec import PainRules


class Mark(StrEnum):
    """What became of a day; of one on which something was as much as tried, done or part."""

    DONE = "done"  # all that was asked for
    PART = "part"  # less than that
    MISSED = "missed"
    PAIN = "pain"  # nothing, because it hurt
    REST = "rest"
    OPEN = "open"  # today, as long as nothing is done
    NONE = "none"  # nothing was asked: before the start, or days to come


SHOWN: Final = (Mark.DONE, Mark.PART, Mark.MISSED, Mark.PAIN, Mark.REST, Mark.OPEN)


@dataclass(frozen=True, slots=True)
class MarkedDay:
    """A day with its mark. It `hurt` when so much pain was noted that something is to be skipped.

    `done` is the day in numbers, None where there is nothing to say in numbers.
    """

    day: date
    mark: Mark
    hurt: bool
    done: DayDone | None


def marked_days(found: History, life: Life, rules: PainRules, today: date) -> tuple[MarkedDay, ...]:
    """Return every day that a history looks at, in order.

    Args:
        found: the history, of all exercises.
        life: the same person's, for rests and for what was left out.
        rules: from which score on it hurts.
        today: of which what is not done may still come.
    """
    diary = Diary(life)
    done = {each.day: each for each in found.days}
    marked = []
    for day in _days(found.first, found.last):
        hurt, free = hurt_on(diary, day, rules), day in found.free
        mark = _mark(day, done.get(day), diary, today, hurt=hurt, free=free)
        marked.append(MarkedDay(day, mark, hurt, done.get(day)))
    return tuple(marked)


def days_by_mark(marked: Iterable[MarkedDay]) -> dict[Mark, int]:
    """Return on how many days there is which mark."""
    found = Counter(each.mark for each in marked)
    return {mark: found[mark] for mark in Mark}


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def _mark(
    day: date, done: DayDone | None, diary: Diary, today: date, *, hurt: bool, free: bool
) -> Mark:
    if done is not None and diary.sets_on(day):
        return Mark.DONE if _is_whole(done) else Mark.PART
    # The physiotherapist's plan may ask for nothing on a day on which pain was noted.
    if free:
        return Mark.REST
    if day < diary.profile.start:
        return Mark.NONE
    if day == today:
        return Mark.OPEN
    if hurt:
        return Mark.PAIN
    # Nor need anything be noted on such a day.
    return Mark.REST if done is None else Mark.MISSED


def _is_whole(done: DayDone) -> bool:
    """Say whether all was done; on a day of rest, which asks for nothing, anything is."""
    if done.amount.share is None:
        return done.kind is DayKind.REST
    return done.amount.work.is_whole
