"""What a physiotherapist prescribes in place of the handout's schedule, as one value.

It says how much of an exercise, on which side and days, what is left out or comes beside it, in
which order, and at which level the person stays. What it does not say is as the handout has it, so
an empty one changes nothing. The handout's rules of pain stand above it: it has no word on them.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from coreline.limits import NAME_SIGNS, PLAN_EXERCISES, PLAN_NOTE_SIGNS
from coreline.printable import unseen_sign
from coreline.programme.catalogue import Catalogue
from coreline.programme.spec import (
    Dose,
    Exercise,
    Frozen,
    HoldDose,
    Identifier,
    RaisesDose,
    RollsDose,
    Times,
)

MOST_SETS: Final = 10
MOST_COUNT: Final = 100
MOST_HOLD_S: Final = 600.0
MOST_REST_S: Final = 600.0
DAYS_OF_WEEK: Final = 7


def _seen(text: str) -> str:
    """Return a text; raise ValueError where a sign in it is not seen and changes others."""
    if unseen_sign(text, but="\n") is not None:
        raise ValueError("has a sign that is not seen")
    return text


def _one_line(text: str) -> str:
    """Return a text; raise ValueError where it has several lines."""
    if "\n" in text:
        raise ValueError("must be one line")
    return text


def _in_order(days: tuple[int, ...]) -> tuple[int, ...]:
    """Return days of the week; raise ValueError unless each is there once, in order."""
    if list(days) != sorted(set(days)):
        raise ValueError("must be days of the week in order")
    return days


def _each_once(ids: tuple[str, ...]) -> tuple[str, ...]:
    """Return ids; raise ValueError where one is there twice."""
    if len(set(ids)) != len(ids):
        raise ValueError("names an exercise twice")
    return ids


_Note = Annotated[
    str,
    StringConstraints(max_length=PLAN_NOTE_SIGNS, strip_whitespace=True),
    AfterValidator(_seen),
]
_Name = Annotated[
    str,
    StringConstraints(max_length=NAME_SIGNS, strip_whitespace=True),
    AfterValidator(_seen),
    AfterValidator(_one_line),
]
_Days = Annotated[
    tuple[Annotated[int, Field(ge=0, lt=DAYS_OF_WEEK)], ...], AfterValidator(_in_order)
]
_Ids = Annotated[
    tuple[Identifier, ...], Field(max_length=PLAN_EXERCISES), AfterValidator(_each_once)
]
_Sets = Annotated[int, Field(ge=1, le=MOST_SETS)]
_Count = Annotated[Times, Field(le=MOST_COUNT)]
_HoldS = Annotated[float, Field(ge=1, le=MOST_HOLD_S)]
_RestS = Annotated[float, Field(ge=0, le=MOST_REST_S)]


class PrescribedExercise(Frozen):
    """What is prescribed of one exercise; None and () are as the handout has it.

    `hold_s` is how long a hold lasts; `count` repetitions or rotations of a set. `extra` is asked
    for beside the exercises of the level, whichever that is. `days` counts from Monday, 0.
    """

    exercise: Identifier
    extra: bool = False
    sets: _Sets | None = None
    hold_s: _HoldS | None = None
    count: _Count | None = None
    rest_s: _RestS | None = None
    side: Literal["left", "right"] | None = None
    days: _Days = ()
    note: _Note = ""

    def dose(self, usual: Dose) -> Dose:
        """Return a dose with what is prescribed of it."""
        changed: dict[str, float | None]
        match usual:
            case HoldDose():
                changed = {"sets": self.sets, "hold_s": self.hold_s, "rest_s": self.rest_s}
            case RaisesDose():
                # How long the top is held is part of the exercise: its words and its voice say it.
                changed = {"sets": self.sets, "repetitions": self.count, "rest_s": self.rest_s}
            case RollsDose():
                changed = {"sets": self.sets, "rotations": self.count, "rest_s": self.rest_s}
        given = {key: value for key, value in changed.items() if value is not None}
        return usual.model_copy(update=given) if given else usual


class Prescription(Frozen):
    """A plan of a physiotherapist.

    `by` is who made it, `note` what they say to the person. With `only`, the exercises listed are
    all that is asked for, in their order; else they change those of the level. `level` is where the
    person stays, up to and on `level_until`, or until further notice. `days` are those of the week,
    from Monday, 0; none of them: every day. It holds up to and on `until`, or until another.
    """

    by: _Name = ""
    note: _Note = ""
    level: Identifier | None = None
    level_until: date | None = None
    days: _Days = ()
    until: date | None = None
    only: bool = False
    leave_out: _Ids = ()
    order: _Ids = ()
    exercises: Annotated[tuple[PrescribedExercise, ...], Field(max_length=PLAN_EXERCISES)] = ()

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        ids = [each.exercise for each in self.exercises]
        if len(set(ids)) != len(ids):
            raise ValueError("an exercise is prescribed twice")
        if set(ids) & set(self.leave_out):
            raise ValueError("an exercise is prescribed and left out")
        if self.level is None and self.level_until is not None:
            raise ValueError("there is no level to stay at")
        if self.only and not self.exercises:
            raise ValueError("only these, and there are none")
        return self

    @property
    def says_nothing(self) -> bool:
        """Say whether everything is as the handout has it, and nobody says a word."""
        return self == NOTHING_PRESCRIBED

    def of(self, exercise_id: str) -> PrescribedExercise | None:
        """Return what is prescribed of an exercise, or None."""
        if not self.exercises:
            return None
        return next((each for each in self.exercises if each.exercise == exercise_id), None)

    def dose(self, exercise: Exercise) -> Dose:
        """Return how much of an exercise is asked for."""
        found = self.of(exercise.id)
        return exercise.dose if found is None else found.dose(exercise.dose)

    def is_day_off(self, day: date) -> bool:
        """Say whether nothing at all is asked for on a day, by its place in the week."""
        if self.days and day.weekday() not in self.days:
            return True
        return self.only and not any(_is_on(each, day) for each in self.exercises)

    def holds_on(self, day: date) -> bool:
        """Say whether a plan that was begun holds on a day still."""
        return self.until is None or day <= self.until

    def stays_at_level_on(self, day: date) -> bool:
        """Say whether the person is to stay at the level on a day."""
        if self.level is None or not self.holds_on(day):
            return False
        return self.level_until is None or day <= self.level_until


NOTHING_PRESCRIBED: Final = Prescription()


def exercises_of(
    plan: Prescription, catalogue: Catalogue, level_id: str, day: date | None = None
) -> Iterator[Exercise]:
    """Yield the exercises that a plan asks for, in order.

    Args:
        plan: that of the physiotherapist; an empty one asks for what the level has.
        catalogue: the exercises there are; one that is gone is passed over.
        level_id: the level of the day.
        day: the day; None: whatever day it is.
    """
    if day is not None and plan.is_day_off(day):
        return
    known = _in_order_of(plan, _chosen(plan, catalogue, level_id))
    for exercise in known:
        said = plan.of(exercise.id)
        if said is None or day is None or _is_on(said, day):
            yield exercise


def prescribed(plan: Prescription, catalogue: Catalogue) -> Catalogue:
    """Return the exercises with the doses of a plan."""
    known = (each for each in plan.exercises if each.exercise in catalogue)
    doses = {each.exercise: each.dose(catalogue.get(each.exercise).dose) for each in known}
    return catalogue.with_doses(doses) if doses else catalogue


def _chosen(plan: Prescription, catalogue: Catalogue, level_id: str) -> list[Exercise]:
    listed = [each for each in plan.exercises if each.exercise in catalogue.ids]
    if plan.only:
        return [catalogue.get(each.exercise) for each in listed]
    of_level = [each for each in catalogue.of_level(level_id) if each.id not in plan.leave_out]
    there = {each.id for each in of_level}
    extra = (each.exercise for each in listed if each.extra and each.exercise not in there)
    return [*of_level, *(catalogue.get(each) for each in extra)]


def _in_order_of(plan: Prescription, exercises: Iterable[Exercise]) -> list[Exercise]:
    """Return exercises, those that the plan puts in an order first."""
    places = {exercise_id: place for place, exercise_id in enumerate(plan.order)}
    return sorted(exercises, key=lambda each: places.get(each.id, len(places)))


def _is_on(said: PrescribedExercise, day: date) -> bool:
    return not said.days or day.weekday() in said.days
