"""Why each exercise is there on a day, or is not: handout, plan, rule for pain, choice."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from coreline.programme.catalogue import Catalogue
from coreline.programme.day import DayKind, DayPlan, Item
from coreline.programme.diary import Diary
from coreline.programme.items import items_in
from coreline.programme.level import level_in, week_of
from coreline.programme.prescription import PrescribedExercise, exercises_of
from coreline.programme.sayings import Saying, say
from coreline.programme.spec import Dose, Programme

DaysOfWeek = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason in words; where it names a dose or days, those still need a language."""

    code: str
    saying: Saying | None = None
    doses: tuple[Dose, Dose] | None = None  # the plan's, and the handout's
    days: DaysOfWeek = ()


@dataclass(frozen=True, slots=True)
class Explained:
    """An exercise of a day, the sides that are asked for, and why; `asked` says whether it is."""

    exercise_id: str
    asked: bool
    sides: tuple[str, ...]
    dose: Dose
    reasons: tuple[Reason, ...]


def explained(
    programme: Programme, catalogue: Catalogue, diary: Diary, plan: DayPlan
) -> tuple[Explained, ...]:
    """Return why each exercise is there on a day, and why others are not.

    Args:
        programme: the handout's weeks and rules.
        catalogue: the exercises.
        diary: of the person; see `schedule.day_diary`.
        plan: what the day asks for.
    """
    if plan.kind is DayKind.NOT_STARTED:
        return ()
    day = plan.day
    items = items_in(programme, catalogue, diary, day)
    by_exercise: dict[str, list[Item]] = {}
    for item in items:
        by_exercise.setdefault(item.exercise_id, []).append(item)
    day_off = plan.kind is DayKind.REST
    about = _About(programme, catalogue, diary, day)
    found = [about.asked(each, day_off=day_off) for each in by_exercise.values()]
    there = {item.exercise_id for item in items}
    return (*found, *about.missing(there))


@dataclass(frozen=True, slots=True)
class _About:
    """A day of a life, about which reasons are given."""

    programme: Programme
    catalogue: Catalogue
    diary: Diary
    day: date

    def asked(self, items: Sequence[Item], *, day_off: bool) -> Explained:
        """Return why an exercise is there; on a day off it is not, for that reason first."""
        first = items[0]
        skipped = [item for item in items if item.skipped is not None]
        reasons = [Reason("rest", say("explain.rest"))] if day_off else []
        reasons += [*self._where_from(first), *self._changed(first), *_skipped(skipped)]
        sides = tuple(item.side for item in items if item.side and item.skipped is None)
        asked = not day_off and len(skipped) < len(items)
        return Explained(first.exercise_id, asked, sides, first.dose, tuple(reasons))

    def missing(self, there: set[str]) -> Iterator[Explained]:
        """Yield what the level or the plan has, and this day has not.

        `there` are the exercises that it has; what one of them stands in for is told with that one.
        """
        plan, level = self.diary.plan_on(self.day), self._level_id
        ids = [] if plan.only else [each.id for each in self.catalogue.of_level(level)]
        ids += [each.exercise for each in plan.exercises if each.extra or plan.only]
        for exercise_id in dict.fromkeys(ids):
            if exercise_id in there or exercise_id not in self.catalogue.ids:
                continue
            if self._instead_of(exercise_id) in there and exercise_id in self._own_ids:
                continue
            said = plan.of(exercise_id)
            if exercise_id in plan.leave_out:
                reason = Reason("left_out", say("explain.left_out"))
            else:
                days = plan.days if said is None or not said.days else said.days
                reason = Reason("not_today", days=days)
            dose = plan.dose(self.catalogue.get(exercise_id))
            yield Explained(exercise_id, False, (), dose, (reason,))

    @property
    def _level_id(self) -> str:
        return level_in(self.programme, self.diary, self.day).level.id

    @property
    def _own_ids(self) -> list[str]:
        """Return what the day asks for, before anything is done in place of it."""
        plan = self.diary.plan_on(self.day)
        return [each.id for each in exercises_of(plan, self.catalogue, self._level_id, self.day)]

    def _instead_of(self, exercise_id: str) -> str:
        """Return what is done in place of an exercise, if it still exists."""
        instead_id = self.diary.instead_of(exercise_id, self.day)
        return instead_id if instead_id in self.catalogue.ids else exercise_id

    def _where_from(self, item: Item) -> Iterator[Reason]:
        plan = self.diary.plan_on(self.day)
        own_id = item.instead_of or item.exercise_id
        said, level = plan.of(own_id), self._level_id
        of_level = self.catalogue.get(own_id).level == level
        if plan.only or (said is not None and said.extra and not of_level):
            yield Reason("of_plan", say("explain.of_plan"))
        else:
            week = week_of(self.diary.profile.start, self.day)
            yield Reason("of_level", say("explain.of_level", level=level, week=week))
        for each in self._own_ids:
            if each != item.exercise_id and self._instead_of(each) == item.exercise_id:
                instead = say("explain.instead", exercise=each, instead=item.exercise_id)
                yield Reason("instead", instead)

    def _changed(self, item: Item) -> Iterator[Reason]:
        """Yield what the plan changes of an exercise."""
        usual = self.catalogue.get(item.exercise_id).dose
        if item.dose != usual:
            yield Reason("dose", doses=(item.dose, usual))
        said = self.diary.plan_on(self.day).of(item.instead_of or item.exercise_id)
        if said is not None:
            yield from _said(said)


def _said(said: PrescribedExercise) -> Iterator[Reason]:
    if said.side is not None:
        yield Reason("side", say(f"explain.side_{said.side}"))
    if said.days:
        yield Reason("days", days=said.days)
    if said.note:
        yield Reason("note", say("explain.note", note=said.note))


def _skipped(items: Sequence[Item]) -> Iterator[Reason]:
    for reason in dict.fromkeys(item.skipped for item in items):
        yield Reason(f"skipped_{reason}", say(f"explain.skipped_{reason}"))
