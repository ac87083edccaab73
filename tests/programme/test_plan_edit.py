"""Changes of a plan one at a time: each is a plan again, and says no more than it must."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from coreline.programme.plan_edit import (
    added,
    left_out,
    usual_of,
    with_day,
    with_exercise,
    with_level,
)
from coreline.programme.prescription import NOTHING_PRESCRIBED, Prescription, exercises_of
from lives import CATALOGUE, PROGRAMME, day
from plans import IDS, of, plans

SIDE, CRUNCH = "w12-side-bridge", "w56-crunch"
LEVELS = st.sampled_from(PROGRAMME.level_ids)


def asked(plan: Prescription, level_id: str) -> list[str]:
    return [each.id for each in exercises_of(plan, CATALOGUE, level_id)]


def test_a_dose_that_is_the_handout_s_again_is_not_said() -> None:
    exercise = CATALOGUE.get(SIDE)
    plan = with_exercise(NOTHING_PRESCRIBED, exercise, sets=2)
    assert plan == Prescription(exercises=(of(SIDE, sets=2),))
    assert with_exercise(plan, exercise, sets=3) == NOTHING_PRESCRIBED


def test_the_last_day_of_the_week_stays_and_all_of_them_are_not_said() -> None:
    plan = NOTHING_PRESCRIBED
    for weekday in range(7):
        plan = with_day(plan, weekday, on=False)
    assert plan.days == (6,)
    for weekday in range(7):
        plan = with_day(plan, weekday, on=True)
    assert plan == NOTHING_PRESCRIBED


def test_without_a_level_there_is_no_day_to_stay_until() -> None:
    plan = Prescription(level="w12", level_until=day(9))
    assert with_level(plan, None) == NOTHING_PRESCRIBED
    assert with_level(plan, "w34").level_until == day(9)


def test_what_was_added_goes_by_leaving_the_plan() -> None:
    plan = added(NOTHING_PRESCRIBED, CRUNCH, of_level=False)
    assert plan.exercises == (of(CRUNCH, extra=True),)
    assert left_out(plan, CRUNCH, out=True, of_level=False) == NOTHING_PRESCRIBED


@given(plans(), st.sampled_from(IDS), LEVELS, st.booleans())
@settings(max_examples=80, deadline=None)
def test_an_exercise_is_asked_after_adding_and_not_after_leaving_out(
    plan: Prescription, exercise_id: str, level_id: str, out: bool
) -> None:
    of_level = CATALOGUE.get(exercise_id).level == level_id
    if out:
        found = left_out(plan, exercise_id, out=True, of_level=of_level)
        last = plan.only and not found.only  # then it is the level's again
        assert last or exercise_id not in asked(found, level_id)
    elif exercise_id not in asked(plan, level_id):
        assert exercise_id in asked(added(plan, exercise_id, of_level=of_level), level_id)


@given(plans(), st.sampled_from(IDS), st.integers(1, 10), st.integers(0, 600))
@settings(max_examples=60, deadline=None)
def test_a_changed_dose_is_the_dose_and_nothing_else_changes(
    plan: Prescription, exercise_id: str, sets: int, rest_s: int
) -> None:
    exercise = CATALOGUE.get(exercise_id)
    plan = left_out(plan, exercise_id, out=False, of_level=True)
    changed: dict[str, Any] = {"sets": sets, "rest_s": float(rest_s)}
    found = with_exercise(plan, exercise, **changed)
    dose = found.dose(exercise)
    assert (dose.sets, dose.rest_s) == (sets, rest_s)
    others = [each for each in plan.exercises if each.exercise != exercise_id]
    assert [each for each in found.exercises if each.exercise != exercise_id] == others
    assert with_exercise(found, exercise, **changed) == found
    usual = with_exercise(found, exercise, **{key: usual_of(exercise)[key] for key in changed})
    assert usual.dose(exercise).sets == exercise.dose.sets
