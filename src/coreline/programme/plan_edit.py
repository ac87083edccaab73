"""Changes of a plan, one at a time: each gives another plan, which says no more than it must."""

from typing import Any, Final

from coreline.programme.prescription import DAYS_OF_WEEK, PrescribedExercise, Prescription
from coreline.programme.spec import Exercise, HoldDose, RaisesDose, RollsDose

DOSE_KEYS: Final = ("sets", "hold_s", "count", "rest_s")


def with_values(plan: Prescription, **changed: Any) -> Prescription:
    """Return a plan with other values of its own, checked.

    Raises:
        ValueError: They do not go together.
    """
    values = {name: getattr(plan, name) for name in Prescription.model_fields}
    return Prescription(**{**values, **changed})


def with_day(plan: Prescription, weekday: int, *, on: bool) -> Prescription:
    """Return a plan with a day of the week more or less; the last one stays."""
    days = set(plan.days or range(DAYS_OF_WEEK))
    days = days | {weekday} if on else days - {weekday}
    if not days:
        return plan
    every = len(days) == DAYS_OF_WEEK
    return with_values(plan, days=() if every else tuple(sorted(days)))


def with_level(plan: Prescription, level_id: str | None) -> Prescription:
    """Return a plan that keeps the person at a level, or at none."""
    until = plan.level_until if level_id is not None else None
    return with_values(plan, level=level_id, level_until=until)


def left_out(plan: Prescription, exercise_id: str, *, out: bool, of_level: bool) -> Prescription:
    """Return a plan in which an exercise is left out, or asked after all.

    `of_level` says that the level has it; one that has been added goes by leaving the plan.
    """
    others = tuple(each for each in plan.leave_out if each != exercise_id)
    said = tuple(each for each in plan.exercises if each.exercise != exercise_id)
    if not out:
        return with_values(plan, leave_out=others)
    if plan.only or not of_level:
        return with_values(plan, exercises=said, only=plan.only and bool(said))
    return with_values(plan, exercises=said, leave_out=(*others, exercise_id))


def added(plan: Prescription, exercise_id: str, *, of_level: bool) -> Prescription:
    """Return a plan that asks for an exercise; `of_level` says that the level has it anyway."""
    others = tuple(each for each in plan.leave_out if each != exercise_id)
    if of_level and not plan.only:
        return with_values(plan, leave_out=others)
    waits = plan.of(exercise_id) or PrescribedExercise(exercise=exercise_id)
    said = waits.model_copy(update={"extra": not of_level})
    exercises = tuple(each for each in plan.exercises if each.exercise != exercise_id)
    return with_values(plan, leave_out=others, exercises=(*exercises, said))


def with_exercise(plan: Prescription, exercise: Exercise, **changed: Any) -> Prescription:
    """Return a plan that says something else of an exercise; what is as usual is not said.

    Raises:
        ValueError: A value is none that can be prescribed.
    """
    found = plan.of(exercise.id) or PrescribedExercise(exercise=exercise.id)
    values = {name: getattr(found, name) for name in PrescribedExercise.model_fields}
    values.update(changed)
    usual = usual_of(exercise)
    for key in DOSE_KEYS:
        if values[key] == usual.get(key):
            values[key] = None
    said = PrescribedExercise(**values)
    says_nothing = said == PrescribedExercise(exercise=exercise.id) and not plan.only
    places = [each.exercise for each in plan.exercises]
    place = places.index(exercise.id) if exercise.id in places else len(places)
    exercises = [each for each in plan.exercises if each.exercise != exercise.id]
    if not says_nothing:
        exercises.insert(place, said)
    return with_values(plan, exercises=tuple(exercises))


def usual_of(exercise: Exercise) -> dict[str, float | int]:
    """Return the handout's dose of an exercise, by the keys of a plan."""
    match exercise.dose:
        case HoldDose(sets=sets, hold_s=hold_s, rest_s=rest_s):
            return {"sets": sets, "hold_s": hold_s, "rest_s": rest_s}
        case RaisesDose(sets=sets, repetitions=count, rest_s=rest_s):
            return {"sets": sets, "count": count, "rest_s": rest_s}
        case RollsDose(sets=sets, rotations=count, rest_s=rest_s):
            return {"sets": sets, "count": count, "rest_s": rest_s}
