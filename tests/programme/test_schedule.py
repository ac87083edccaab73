"""What a day asks for, against the handout, and what was done of it."""

from dataclasses import replace

import pytest

from coreline.programme.day import DayKind, OfferKind, SkipReason, StartChosen, Surface
from coreline.programme.items import session_s
from coreline.programme.life import RestChosen, SetDone
from coreline.programme.pace import set_s
from coreline.programme.schedule import day_plan
from lives import (
    CATALOGUE,
    PROGRAMME,
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
    with_rest,
    with_skip,
)


@pytest.mark.parametrize(
    ("number", "week", "level_id"),
    [
        (1, 1, "w12"),
        (7, 1, "w12"),
        (8, 2, "w12"),
        (14, 2, "w12"),
        (15, 3, "w34"),
        (28, 4, "w34"),
        (29, 5, "w56"),
        (42, 6, "w56"),
        (43, 7, "adv"),
        (49, 7, "adv"),
        (50, 8, "adv"),
        (3650, 522, "adv"),
    ],
)
def test_two_weeks_a_level_then_advanced_without_an_end(
    number: int, week: int, level_id: str
) -> None:
    plan = plan_on(somebody(), number)
    assert (plan.kind, plan.week, plan.level_id) == (DayKind.TRAIN, week, level_id)
    assert {CATALOGUE.get(item.exercise_id).level for item in plan.items} == {level_id}


@pytest.mark.parametrize("number", [1, 15, 29, 43])
def test_every_exercise_has_its_full_dose_on_every_side(number: int) -> None:
    plan = plan_on(somebody(), number)
    asked = {(item.exercise_id, item.side): (item.sets, item.prescribed) for item in plan.items}
    expected: dict[tuple[str, str | None], tuple[int, float]] = {}
    for exercise in CATALOGUE.of_level(plan.level_id or ""):
        sides = ["left", "right"] if exercise.sides != "none" else [None]
        amount = {"hold": 30, "raises": 30, "rolls": 10}[exercise.dose.kind]
        expected |= {(exercise.id, side): (3, amount) for side in sides}
    assert asked == expected


def test_the_second_way_of_a_symmetrical_pose_can_be_left_out() -> None:
    plan = plan_on(somebody(second_way=False), 1)
    sides: dict[str, list[str | None]] = {item.exercise_id: [] for item in plan.items}
    for item in plan.items:
        sides[item.exercise_id].append(item.side)
    assert sides["w12-back-bridge"] == [None]
    assert sides["w12-side-bridge"] == ["left", "right"]


def test_before_the_start_nothing_is_asked_and_one_may_begin() -> None:
    plan = plan_on(somebody(), 0)
    assert plan.kind is DayKind.NOT_STARTED
    assert (plan.items, plan.week, plan.level_id, plan.whole_s) == ((), None, None, 0)
    assert [offer.choice for offer in plan.offers] == [StartChosen(day(0))]


def test_every_day_is_the_reason_the_handout_gives() -> None:
    assert [why.code for why in plan_on(somebody(), 3).why] == [
        "why.level_by_date",
        "why.every_day",
    ]


# Levels


def test_missed_weeks_do_not_stop_the_calendar_and_the_earlier_level_is_offered() -> None:
    plan = plan_on(trained(somebody(), *range(1, 8)), 15)
    assert plan.level_id == "w34"
    (offer,) = offered(plan, OfferKind.EARLIER_LEVEL)
    assert offer.why.code == "why.absent"
    assert dict(offer.what.fill) == {"level": "w12"}
    stayed = with_level(trained(somebody(), *range(1, 8)), 15, "w12")
    assert plan_on(stayed, 15).level_id == "w12"
    assert plan_on(stayed, 40).level_id == "w12"


def test_a_chosen_level_is_its_own_reason() -> None:
    plan = plan_on(with_level(somebody(), 3, "w56"), 9)
    assert plan.level_id == "w56"
    assert plan.why[0].code == "why.level_chosen"


def test_by_readiness_the_level_stays_until_the_person_chooses() -> None:
    life = somebody(level_by="readiness")
    assert plan_on(life, 60).level_id == "w12"
    assert plan_on(with_level(life, 20, "w34"), 60).level_id == "w34"


# What is done of it


def test_a_session_can_be_split_over_the_day() -> None:
    whole = plan_on(somebody(), 1)
    life = trained(somebody(), 1, share=0.5)
    half = plan_on(life, 1)
    assert sum(item.sets_done for item in half.items) == 9
    assert 0 < half.left_s < whole.left_s == whole.whole_s == half.whole_s
    done = plan_on(trained(life, 1), 1)
    assert done.complete
    assert done.left_s == 0
    assert codes(done) == ["note.complete"]


def test_what_is_done_of_a_set_adds_up_and_never_beyond_the_dose() -> None:
    life, item = somebody(), plan_on(somebody(), 1).items[0]
    sets = (a_set(1, item, 1, 12), a_set(1, item, 1, 10), a_set(1, item, 2, 45))
    found = plan_on(replace(life, sets=sets), 1).items[0]
    assert found.done == (22, 30, 0)
    assert found.open_sets == (1, 3)
    assert found.sets_done == 1


def test_sets_of_other_days_sides_and_numbers_do_not_count() -> None:
    item = plan_on(somebody(), 1).items[1]
    stray = (
        a_set(2, item, 1),
        a_set(0, item, 1),
        a_set(1, item, 7),
        a_set(1, item, 0),
        replace(a_set(1, item, 1), side="right"),
        replace(a_set(1, item, 1), side=None),
        replace(a_set(1, item, 2), done=-4.0),
    )
    assert plan_on(replace(somebody(), sets=stray), 1).items[1].done == (0, 0, 0)


@pytest.mark.parametrize(("side", "left", "right"), [("left", 1, 0), ("right", 0, 1), (None, 1, 0)])
def test_a_symmetrical_pose_without_a_side_is_the_first_way(
    side: str | None, left: int, right: int
) -> None:
    sets = (SetDone(day(1), "w12-back-bridge", side, 1, 30, 30),)
    items = plan_on(replace(somebody(), sets=sets), 1).items
    done = {item.side: item.sets_done for item in items if item.exercise_id == "w12-back-bridge"}
    assert done == {"left": left, "right": right}
    one_way = plan_on(replace(somebody(second_way=False), sets=sets), 1).items
    (pose,) = [item for item in one_way if item.exercise_id == "w12-back-bridge"]
    assert pose.sets_done == 1


# Time


@pytest.mark.parametrize(("number", "minutes"), [(1, 21), (15, 24), (29, 66), (43, 63)])
def test_times_are_honest(number: int, minutes: int) -> None:
    assert round(plan_on(somebody(), number).whole_s / 60) == minutes


def test_a_set_of_thirty_raises_takes_two_and_a_half_minutes() -> None:
    assert set_s(CATALOGUE.get("w56-crunch").dose, PROGRAMME.pace) == 150


def test_time_is_doses_rests_getting_ready_turning_and_changing() -> None:
    items = plan_on(somebody(), 1).items
    assert session_s(items[:1], PROGRAMME.pace) == 20 + 3 * (5 + 30) + 2 * 30
    assert session_s(items[1:3], PROGRAMME.pace) == 20 + 10 + 6 * (5 + 30) + 5 * 30
    assert session_s((), PROGRAMME.pace) == 0


def test_a_long_session_says_that_it_can_be_split() -> None:
    assert "note.split" not in codes(plan_on(somebody(), 28))
    assert "note.split" in codes(plan_on(somebody(), 29))


# Pain, rest, easier


def test_an_exercise_that_hurts_is_skipped_today_and_only_today() -> None:
    life = with_hurt(somebody(), 1, "w12-side-bridge")
    skipped = [item for item in plan_on(life, 1).items if item.skipped]
    assert [(item.exercise_id, item.side) for item in skipped] == [
        ("w12-side-bridge", "left"),
        ("w12-side-bridge", "right"),
    ]
    assert all(item.skipped is SkipReason.PAIN and not item.open_sets for item in skipped)
    assert plan_on(life, 1).whole_s < plan_on(somebody(), 1).whole_s
    assert "why.skipped_pain" in [why.code for why in plan_on(life, 1).why]
    assert not any(item.skipped for item in plan_on(life, 2).items)
    assert "note.hurt_last_time" in codes(plan_on(life, 2))


@pytest.mark.parametrize(("score", "skipped"), [(5, False), (6, True), (10, True)])
def test_from_which_score_an_exercise_is_skipped(score: int, *, skipped: bool) -> None:
    plan = plan_on(with_hurt(somebody(), 1, "w12-pelvic-curl", score), 1)
    assert any(item.skipped is not None for item in plan.items) is skipped


def test_one_side_that_hurts_leaves_the_other_in() -> None:
    life = with_skip(with_hurt(somebody(), 1, "w12-side-bridge"), 1, "w12-side-bridge", "left")
    reasons = {
        item.side: item.skipped
        for item in plan_on(life, 1).items
        if item.exercise_id == "w12-side-bridge"
    }
    assert reasons == {"left": SkipReason.PAIN, "right": None}


def test_what_was_left_out_by_choice_says_so() -> None:
    life = with_skip(somebody(), 1, "w12-pelvic-curl", for_pain=False)
    assert plan_on(life, 1).items[-1].skipped is SkipReason.CHOICE


def test_a_day_of_rest_asks_for_nothing_and_can_be_ended() -> None:
    plan = plan_on(with_rest(somebody(), 4, 3), 6)
    assert (plan.kind, plan.items, plan.whole_s) == (DayKind.REST, (), 0)
    assert dict(plan.why[0].fill) == {"until": day(6)}
    (offer,) = plan.offers
    assert offer.choice == RestChosen(day(6), 0)
    assert plan_on(with_rest(with_rest(somebody(), 4, 3), 6, 0), 6).kind is DayKind.TRAIN


def test_an_easier_exercise_takes_the_place_of_the_level_s_own() -> None:
    life = with_easier(somebody(), 16, "w34-back-bridge", "w12-back-bridge")
    items = [item for item in plan_on(life, 16).items if item.instead_of]
    assert {(item.exercise_id, item.instead_of) for item in items} == {
        ("w12-back-bridge", "w34-back-bridge")
    }
    assert "why.replaced" in [why.code for why in plan_on(life, 16).why]
    assert not any(item.instead_of for item in plan_on(life, 15).items)


def test_two_exercises_with_the_same_easier_one_are_done_once() -> None:
    life = with_easier(somebody(), 16, "w34-back-bridge", "w12-pelvic-curl")
    life = with_easier(life, 16, "w34-superman", "w12-pelvic-curl")
    ids = [item.exercise_id for item in plan_on(life, 16).items]
    assert ids.count("w12-pelvic-curl") == 1


def test_an_easier_exercise_that_is_gone_leaves_the_level_s_own() -> None:
    life = with_easier(somebody(), 16, "w34-superman", "gone")
    assert plan_on(life, 16).items[-1].exercise_id == "w34-superman"


def test_ball_or_floor_is_the_person_s_choice_for_each_exercise() -> None:
    plan = plan_on(somebody(on_ball=frozenset({"w12-side-bridge"})), 1)
    on_ball = {item.exercise_id for item in plan.items if item.surface is Surface.BALL}
    assert on_ball == {"w12-side-bridge"}


# Missed


def test_missed_are_days_without_a_set_and_sets_not_done() -> None:
    life = trained(trained(somebody(), 1, 2), 4, share=0.5)
    missed = plan_on(life, 5).missed
    assert missed is not None
    assert missed.days == (day(3),)
    assert missed.sets == 18 + 9


def test_rest_and_pain_are_not_missed() -> None:
    life = with_rest(somebody(), 1, 3)
    for exercise in CATALOGUE.of_level("w12"):
        life = with_skip(life, 4, exercise.id)
    missed = plan_on(life, 5).missed
    assert missed is not None
    assert (missed.days, missed.sets) == ((), 0)


def test_a_day_to_come_has_missed_nothing_and_offers_nothing() -> None:
    plan = day_plan(PROGRAMME, CATALOGUE, somebody(), day(30), today=day(2))
    assert plan.kind is DayKind.TRAIN
    assert (plan.missed, plan.offers, plan.notes) == (None, (), ())


def test_the_first_day_of_a_level_says_that_it_is_new() -> None:
    life = trained(somebody(), *range(1, 15))
    assert "note.new_level" in codes(plan_on(life, 15))
    assert "note.new_level" not in codes(plan_on(life, 16))
    assert "note.new_level" not in codes(plan_on(somebody(), 1))
