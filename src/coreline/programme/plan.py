"""The weeks to come, as far as they are known: what is chosen now holds until the next choice."""

from dataclasses import dataclass
from datetime import date, timedelta

from coreline.programme.catalogue import Catalogue
from coreline.programme.day import DayPlan
from coreline.programme.diary import Diary
from coreline.programme.level import WEEK, levels_expected
from coreline.programme.life import Life
from coreline.programme.schedule import bare_plan
from coreline.programme.spec import Programme


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days in a row; those of one calendar do not begin with those of another."""

    days: tuple[DayPlan, ...]

    @property
    def first(self) -> date:
        """Return the first of the days."""
        return self.days[0].day


@dataclass(frozen=True, slots=True)
class Plan:
    """Some weeks of one person."""

    weeks: tuple[Week, ...]

    @property
    def days(self) -> tuple[DayPlan, ...]:
        """Return every day in order."""
        return tuple(day for week in self.weeks for day in week.days)


def plan(
    programme: Programme,
    catalogue: Catalogue,
    life: Life,
    first: date,
    weeks: int,
    today: date | None = None,
) -> Plan:
    """Return so many weeks from a first day on.

    Of the days after `today`, the first one where none is given, it is expected that the person
    goes on to the next level when it is time.

    Raises:
        ValueError: There are no weeks.
    """
    if weeks < 1:
        raise ValueError("a plan has at least one week")
    last = first + timedelta(days=weeks * WEEK - 1)
    diary = Diary(life, levels_expected(programme, life, today or first, last))
    days = [
        bare_plan(programme, catalogue, diary, first + timedelta(days=number))
        for number in range(weeks * WEEK)
    ]
    return Plan(tuple(Week(tuple(days[at : at + WEEK])) for at in range(0, len(days), WEEK)))
