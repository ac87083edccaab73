"""A plan of a physiotherapist takes the place of the handout's schedule, not of its pain rules."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coreline.programme.day import DayKind, DayPlan, OfferKind, SkipReason
from coreline.programme.diary import Diary
from coreline.programme.explain import explained
from coreline.programme.items import session_s
from coreline.programme.level import level_on
from coreline.programme.life import Life
from coreline.programme.marks import Mark, marked_days
from coreline.programme.plan import plan as plan_of
from coreline.programme.prescription import NOTHING_PRESCRIBED, Prescription, prescribed
from coreline.programme.progress import history
from coreline.programme.schedule import bare_plan
from lives import (
    CATALOGUE,
    PROGRAMME,
    RULES,
    a_set,
    codes,
    day,
    offered,
    plan_on,
    somebody,
    trained,
    with_easier,
    with_hurt,
    with_level,
    with_pain,
    with_rest,
)
from plans import of, plans, with_plan

SIDE, CURL, CRUNCH = "w12-side-bridge", "w12-pelvic-curl", "w56-crunch"
ANY_DAY = st.integers(1, 60)


def ids(plan: DayPlan) -> list[str]:
    return list(dict.fromkeys(item.exercise_id for item in plan.items))


def planned(number: int = 1, **said: object) -> DayPlan:
    return plan_on(with_plan(somebody(), 1, Prescription.model_validate(said)), number)


# What it changes


def test_another_dose_and_one_side() -> None:
    said = of(SIDE, sets=2, hold_s=20.0, rest_s=45.0, side="left", note="Rustig.")
    items = [each for each in planned(by="Jan", exercises=(said,)).items if each.note]
    assert [(each.exercise_id, each.side) for each in items] == [(SIDE, "left")]
    assert (items[0].sets, items[0].prescribed, items[0].dose.rest_s) == (2, 20.0, 45.0)
    assert (items[0].prescribed_by, items[0].note) == ("Jan", "Rustig.")


def test_a_raise_has_other_repetitions_and_is_held_at_the_top_as_its_words_say() -> None:
    said = of(CRUNCH, extra=True, count=12)
    dose = next(each for each in planned(exercises=(said,)).items if each.prescribed_by == "").dose
    assert dose.model_dump() == {
        "kind": "raises",
        "sets": 3,
        "repetitions": 12,
        "hold_s": 2.0,
        "rest_s": 30.0,
    }


def test_left_out_added_and_in_another_order() -> None:
    found = planned(leave_out=(CURL,), exercises=(of(CRUNCH, extra=True),), order=(CRUNCH, SIDE))
    assert ids(found) == [CRUNCH, SIDE, "w12-belly-bridge", "w12-back-bridge"]


def test_only_these_whatever_the_level() -> None:
    found = planned(only=True, exercises=(of(CRUNCH), of(SIDE)))
    assert ids(found) == [CRUNCH, SIDE]
    assert found.why[0].code == "why.plan_only"


def test_what_is_said_of_an_exercise_of_another_level_waits_for_it() -> None:
    said = of(CRUNCH, sets=1)
    life = with_plan(somebody(), 1, Prescription(exercises=(said,)))
    assert CRUNCH not in ids(plan_on(life, 1))
    (item,) = [each for each in plan_on(life, 29).items if each.exercise_id == CRUNCH]
    assert item.sets == 1


def test_days_of_the_week_are_days_off_that_nobody_misses() -> None:
    life = with_plan(somebody(), 1, Prescription(days=(0, 2)))  # day 1 is a Sunday
    kinds = [plan_on(life, number).kind for number in range(1, 8)]
    train = [kind is DayKind.TRAIN for kind in kinds]
    assert train == [False, True, False, True, False, False, False]
    life = trained(life, 2, 4)
    missed = plan_on(life, 8).missed
    assert missed is not None
    assert (missed.days, missed.sets) == ((), 0)
    found = history(PROGRAMME, CATALOGUE, life, day(8))
    assert (found.amount.share, found.streak) == (1.0, 2)
    marks = [each.mark for each in marked_days(found, life, RULES, day(8))]
    done = {Mark.DONE: (2, 4), Mark.REST: (1, 3, 5, 6, 7)}
    assert all(marks[number - 1] is mark for mark, days in done.items() for number in days)


def test_a_day_on_which_every_exercise_is_off_is_no_missed_one() -> None:
    level = [each.id for each in CATALOGUE.of_level("w12")]
    plan = Prescription(exercises=tuple(of(each, days=(0,)) for each in level))
    life = with_plan(somebody(), 1, plan)
    assert plan_on(life, 1).kind is DayKind.REST
    found = history(PROGRAMME, CATALOGUE, life, day(3))
    marks = [each.mark for each in marked_days(found, life, RULES, day(3))]
    assert marks[:2] == [Mark.REST, Mark.MISSED]


def test_days_on_which_every_exercise_is_off_break_no_streak_and_are_no_absence() -> None:
    level = [each.id for each in CATALOGUE.of_level("w12")]
    plan = Prescription(exercises=tuple(of(each, days=(0, 3)) for each in level))
    life = trained(with_plan(somebody(), 1, plan), 2, 5, 9, 12)  # Mondays and Thursdays
    found = history(PROGRAMME, CATALOGUE, life, day(14))
    assert (found.streak, found.longest_streak) == (4, 4)
    assert marked_days(found, life, RULES, day(14))[-1].mark is Mark.REST  # today, a Saturday
    weekly = Prescription(exercises=tuple(of(each, days=(0,)) for each in level))
    plan_later = plan_on(trained(with_plan(somebody(), 1, weekly), 2), 14)  # one Monday later
    assert plan_later.missed is not None
    assert plan_later.missed.days == (day(9),)
    assert not [each for each in plan_later.offers if each.why.code == "why.absent"]


@pytest.mark.parametrize("score", [2, 8])
def test_pain_noted_on_a_day_on_which_nothing_was_asked_makes_it_no_missed_one(score: int) -> None:
    level = [each.id for each in CATALOGUE.of_level("w12")]
    plan = Prescription(exercises=tuple(of(each, days=(0,)) for each in level))
    life = with_pain(with_plan(somebody(), 1, plan), 3, score)
    found = history(PROGRAMME, CATALOGUE, life, day(4))
    marks = [each.mark for each in marked_days(found, life, RULES, day(4))]
    assert marks[1:3] == [Mark.MISSED, Mark.REST]


def test_it_ends_by_its_last_day_and_by_an_empty_one() -> None:
    plan = Prescription(until=day(3), leave_out=(CURL,))
    life = with_plan(somebody(), 1, plan)
    assert [CURL in ids(plan_on(life, number)) for number in (1, 3, 4)] == [False, False, True]
    ended = with_plan(with_plan(somebody(), 1, replace_until(plan)), 5, NOTHING_PRESCRIBED)
    assert [CURL in ids(plan_on(ended, number)) for number in (4, 5)] == [False, True]


def replace_until(plan: Prescription) -> Prescription:
    return plan.model_copy(update={"until": None})


def test_the_past_keeps_what_was_asked_then() -> None:
    life = trained(with_plan(somebody(), 1, Prescription(exercises=(of(SIDE, sets=1),))), 1)
    before = history(PROGRAMME, CATALOGUE, life, day(1))
    life = with_plan(life, 2, Prescription(exercises=(of(SIDE, sets=9),)))
    after = history(PROGRAMME, CATALOGUE, life, day(1))
    assert before == after
    assert before.amount.share == 1.0


def test_less_than_the_handout_s_dose_is_all_of_what_was_asked() -> None:
    life = with_plan(somebody(), 1, Prescription(only=True, exercises=(of(CURL, hold_s=10.0),)))
    (item,) = plan_on(life, 1).items
    sets = tuple(a_set(1, item, number, 10.0) for number in (1, 2, 3))
    assert plan_on(replace(life, sets=sets), 1).complete


def test_an_exercise_that_is_gone_is_passed_over() -> None:
    assert ids(planned(exercises=(of("gone", extra=True), of(SIDE)))) == ids(plan_on(somebody(), 1))


def test_catalogue_with_the_plan_s_doses() -> None:
    found = prescribed(Prescription(exercises=(of(SIDE, sets=1),)), CATALOGUE)
    assert (found.get(SIDE).dose.sets, found.get(CURL).dose.sets) == (1, 3)
    assert found.ids == CATALOGUE.ids


# The level


def level(life: Life, number: int) -> tuple[str, bool]:
    at = level_on(PROGRAMME, life, day(number))
    return at.level.id, at.kept


def test_a_stay_holds_until_its_day_and_the_level_does_not_change_by_itself_then() -> None:
    life = with_plan(somebody(asked_from=None), 1, Prescription(level="w12", level_until=day(20)))
    assert level(life, 18) == ("w12", True)
    assert plan_on(life, 18).question is None
    assert level(life, 21) == ("w12", False)
    assert offered(plan_on(trained(life, 20), 21), OfferKind.NEXT_LEVEL)


def test_during_a_stay_only_a_lower_level_can_be_chosen() -> None:
    stay = Prescription(level="w34", level_until=day(20))
    life = with_plan(somebody(asked_from=None), 5, stay)
    assert level(with_level(life, 7, "w56"), 8) == ("w34", True)
    assert level(with_level(life, 7, "w56"), 30) == ("w34", False), "nor when it is over"
    assert level(with_level(life, 7, "w12"), 8)[0] == "w12"
    assert level(with_level(life, 22, "w56"), 23)[0] == "w56"


def test_the_same_stay_said_again_leaves_a_lower_choice_and_a_new_one_does_not() -> None:
    stay = Prescription(level="w34")
    life = with_level(with_plan(somebody(), 5, stay), 7, "w12")
    again = with_plan(life, 9, stay.model_copy(update={"note": "Goed zo."}))
    assert level(again, 10)[0] == "w12"
    assert level(with_plan(life, 9, Prescription(level="w56")), 10)[0] == "w56"


def test_a_stay_that_begins_anew_after_a_choice_holds() -> None:
    first = Prescription(level="w12", until=day(5))
    life = with_level(with_plan(somebody(), 1, first), 10, "w34")
    assert level(life, 11)[0] == "w34"
    assert level(with_plan(life, 12, Prescription(level="w12")), 13) == ("w12", True)


def test_a_plan_said_again_after_its_stay_was_over_moves_nobody() -> None:
    stay = Prescription(level="w12", level_until=day(10))
    life = with_level(with_plan(somebody(asked_from=None), 1, stay), 15, "w34")
    again = with_plan(life, 20, stay.model_copy(update={"note": "Goed zo."}))
    assert level(again, 20) == ("w34", False)


def test_who_went_lower_may_come_back_to_the_level_of_the_stay() -> None:
    life = with_level(with_plan(somebody(), 1, Prescription(level="w34")), 3, "w12")
    assert level(life, 20) == ("w12", False)
    assert level(with_level(life, 20, "w34"), 20) == ("w34", True)


def test_who_stays_at_the_level_of_a_stay_is_not_asked_again() -> None:
    life = with_plan(somebody(asked_from=None), 1, Prescription(level="w34"))
    life = trained(life, 1, 2)
    assert plan_on(life, 20).question is not None
    stayed = with_level(life, 20, "w34")
    assert plan_on(stayed, 20).question is None
    assert level(stayed, 21) == ("w34", True)


def test_of_a_plan_and_a_lower_choice_on_one_day_the_choice_counts() -> None:
    """The patient may always go lower; which of the two came first is not known."""
    life = with_plan(with_level(somebody(), 5, "w12"), 5, Prescription(level="w34"))
    assert level(life, 5) == ("w12", False)
    assert level(with_level(life, 6, "w34"), 6) == ("w34", True)


def test_the_weeks_to_come_know_of_the_stay() -> None:
    life = somebody(asked_from=None)
    free = plan_of(PROGRAMME, CATALOGUE, life, day(1), 4).days
    assert [each.level_id for each in free] == ["w12"] * 14 + ["w34"] * 14
    kept = with_plan(life, 1, Prescription(level="w12", level_until=day(20)))
    found = plan_of(PROGRAMME, CATALOGUE, kept, day(1), 4).days
    assert [each.level_id for each in found] == ["w12"] * 20 + ["w34"] * 8
    always = with_plan(life, 1, Prescription(level="w12"))
    found = plan_of(PROGRAMME, CATALOGUE, always, day(1), 4).days
    assert {each.level_id for each in found} == {"w12"}


# Pain stands above it


@given(plans(), ANY_DAY, st.integers(0, 9))
@settings(max_examples=25, deadline=None)
def test_whatever_hurts_badly_is_skipped_under_any_plan(
    plan: Prescription, number: int, which: int
) -> None:
    life = with_plan(somebody(), 1, plan)
    asked = plan_on(life, number).items
    if not asked:
        return
    exercise_id = asked[which % len(asked)].exercise_id
    hurt = plan_on(with_hurt(life, number, exercise_id), number)
    skipped = [each for each in hurt.items if each.exercise_id == exercise_id]
    assert skipped
    assert all(each.skipped is SkipReason.PAIN and not each.open_sets for each in skipped)


@given(plans(), ANY_DAY)
@settings(max_examples=25, deadline=None)
def test_what_the_handout_says_of_pain_is_said_under_any_plan(
    plan: Prescription, number: int
) -> None:
    plain = with_pain(with_pain(somebody(), number, 8), number + 8, 8)
    life = with_plan(plain, 1, plan)
    for each in (number, number + 8):
        found, usual = plan_on(life, each), plan_on(plain, each)
        said = [code for code in codes(found) if code.startswith(("pain.", "contact."))]
        assert said == [code for code in codes(usual) if code.startswith(("pain.", "contact."))]
        if found.kind is DayKind.TRAIN:
            rests = [offer.choice for offer in offered(found, OfferKind.REST)]
            assert rests == [offer.choice for offer in offered(usual, OfferKind.REST)]
        assert not offered(found, OfferKind.NEXT_LEVEL)


def test_marked_pain_on_a_day_off_brings_the_offer_to_rest_with_the_advice() -> None:
    life = with_plan(somebody(), 1, Prescription(days=(0, 2)))
    found = plan_on(with_pain(life, 3, 8), 3)
    assert (found.kind, "pain.rest" in codes(found)) == (DayKind.REST, True)
    assert [each.kind for each in found.offers] == [OfferKind.REST]
    assert plan_on(life, 3).offers == ()


@given(plans(), ANY_DAY)
@settings(max_examples=20, deadline=None)
def test_a_rest_is_one_under_any_plan(plan: Prescription, number: int) -> None:
    life = with_rest(with_plan(somebody(), 1, plan), number, 3)
    found = plan_on(life, number + 1)
    assert (found.kind, found.items, found.why[0].code) == (DayKind.REST, (), "why.resting")
    assert found.plan == Diary(life).plan_on(day(number + 1))


def test_a_plan_is_known_before_the_first_day_too() -> None:
    """What is changed in the window is changed from the plan of today."""
    given = Prescription(by="Jan")
    found = plan_on(with_plan(somebody(), -3, given), -1)
    assert (found.kind, found.plan) == (DayKind.NOT_STARTED, given)


def test_an_easier_exercise_stays_easier_and_takes_over_the_dose() -> None:
    said = of("w34-back-bridge", sets=1, hold_s=12.0, side="right")
    life = with_easier(somebody(), 16, "w34-back-bridge", "w12-back-bridge")
    life = with_plan(life, 17, Prescription(exercises=(said,)))
    (item,) = [each for each in plan_on(life, 17).items if each.instead_of]
    assert (item.exercise_id, item.side) == ("w12-back-bridge", "right")
    assert (item.sets, item.prescribed) == (1, 12.0)


@pytest.mark.parametrize("easier", [(SIDE, CURL), (CURL, SIDE)])
def test_what_stands_in_for_one_of_the_same_level_is_named_once(easier: tuple[str, str]) -> None:
    own, instead = easier
    life = with_easier(somebody(), 2, own, instead)
    found = explained(PROGRAMME, CATALOGUE, Diary(life), plan_on(life, 2))
    assert [each.exercise_id for each in found].count(instead) == 1
    assert own not in [each.exercise_id for each in found]
    (reasons,) = [each.reasons for each in found if each.exercise_id == instead]
    assert [each.code for each in reasons].count("instead") == 1


def test_what_stands_in_for_two_says_so_of_both() -> None:
    level = [each.id for each in CATALOGUE.of_level("w34")][:2]
    life = with_easier(
        with_easier(with_level(somebody(), 2, "w34"), 2, level[0], SIDE), 2, level[1], SIDE
    )
    found = explained(PROGRAMME, CATALOGUE, Diary(life), plan_on(life, 2))
    assert not set(level) & {each.exercise_id for each in found}
    (reasons,) = [each.reasons for each in found if each.exercise_id == SIDE]
    assert [each.code for each in reasons].count("instead") == 2


# Nothing said, nothing changed; and every plan has an answer


@given(ANY_DAY, st.sampled_from(["date", "readiness"]))
@settings(max_examples=20, deadline=None)
def test_a_plan_that_says_nothing_changes_nothing(number: int, level_by: str) -> None:
    life = trained(somebody(level_by=level_by, asked_from=None), 1, 2)
    assert plan_on(with_plan(life, 1, NOTHING_PRESCRIBED), number) == plan_on(life, number)


@given(plans(), ANY_DAY)
@settings(max_examples=40, deadline=None)
def test_every_plan_asks_for_what_it_says_and_can_be_explained(
    plan: Prescription, number: int
) -> None:
    life = with_plan(somebody(), 1, plan)
    diary = Diary(life)
    found = bare_plan(PROGRAMME, CATALOGUE, diary, day(number))
    holds = plan.holds_on(day(number))
    assert (found.kind is DayKind.TRAIN) == bool(found.items)
    for item in found.items:
        said = plan.of(item.exercise_id) if holds else None
        assert item.dose == (
            CATALOGUE.get(item.exercise_id).dose
            if said is None
            else said.dose(CATALOGUE.get(item.exercise_id).dose)
        )
    if holds:
        assert not set(ids(found)) & set(plan.leave_out)
        assert not (plan.days and found.items and day(number).weekday() not in plan.days)
        if plan.only:
            assert set(ids(found)) <= {each.exercise for each in plan.exercises}
    reasons = explained(PROGRAMME, CATALOGUE, diary, found)
    assert {each.exercise_id for each in reasons if each.asked} == set(ids(found))
    assert all(each.reasons for each in reasons)
    assert found.whole_s == session_s(found.items, PROGRAMME.pace)


@given(plans())
def test_a_plan_is_the_same_after_the_journal_s_text(plan: Prescription) -> None:
    text = plan.model_dump_json(exclude_defaults=True)
    assert Prescription.model_validate_json(text) == plan


@pytest.mark.parametrize(
    "said",
    [
        {"exercises": (of(SIDE), of(SIDE))},
        {"exercises": (of(SIDE),), "leave_out": (SIDE,)},
        {"level_until": day(9)},
        {"only": True},
        {"days": (2, 1)},
        {"days": (7,)},
        {"note": "x" * 601},
        {"by": "two\nlines"},
        {"order": (SIDE, SIDE)},
    ],
)
def test_what_does_not_go_together_is_no_plan(said: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="validation error"):
        Prescription.model_validate(said)
