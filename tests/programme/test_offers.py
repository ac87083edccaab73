"""What may be chosen, when, and that nothing of it happens by itself."""

import re
from dataclasses import replace
from importlib.resources import files

import pytest

from coreline.errors import BadDataError
from coreline.programme.catalogue import parse_programme
from coreline.programme.day import OfferKind, StartChosen
from coreline.programme.life import EasierChosen, LevelChosen, Life
from lives import (
    CATALOGUE,
    PROGRAMME,
    START,
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
    with_skip,
)

LEVELS = ("w12", "w34", "w56", "adv")
BRIDGE, EASIER_BRIDGE = "w34-side-bridge", "w12-side-bridge"


def why(life: Life, number: int, kind: OfferKind) -> list[str]:
    return [offer.why.code for offer in offered(plan_on(life, number), kind)]


def level_offered(life: Life, number: int, kind: OfferKind) -> list[object]:
    return [offer.choice for offer in offered(plan_on(life, number), kind)]


# An easier exercise


def test_the_easier_one_is_of_an_earlier_level_and_exists() -> None:
    for exercise_id, easier_id in PROGRAMME.easier.items():
        here, there = CATALOGUE.get(exercise_id).level, CATALOGUE.get(easier_id).level
        assert LEVELS.index(there) < LEVELS.index(here)


def test_an_easier_exercise_is_offered_the_next_time_not_the_same_day() -> None:
    life = with_hurt(somebody(), 16, BRIDGE)
    assert why(life, 16, OfferKind.EASIER) == []
    assert why(life, 17, OfferKind.EASIER) == ["why.hurt"]
    (offer,) = offered(plan_on(life, 17), OfferKind.EASIER)
    assert offer.choice == EasierChosen(day(17), BRIDGE, EASIER_BRIDGE)


def test_a_skip_for_pain_is_enough_one_by_choice_is_not() -> None:
    assert why(with_skip(somebody(), 16, BRIDGE), 17, OfferKind.EASIER) == ["why.hurt"]
    assert why(with_skip(somebody(), 16, BRIDGE, for_pain=False), 17, OfferKind.EASIER) == []


def test_nothing_is_replaced_until_it_is_chosen() -> None:
    life = with_hurt(somebody(), 16, BRIDGE)
    assert not any(item.instead_of for item in plan_on(life, 17).items)
    chosen = with_easier(life, 17, BRIDGE, EASIER_BRIDGE)
    assert any(item.instead_of == BRIDGE for item in plan_on(chosen, 17).items)
    assert why(chosen, 17, OfferKind.EASIER) == []


def test_the_offer_goes_when_the_exercise_was_done_without_pain() -> None:
    life = trained(with_hurt(somebody(), 16, BRIDGE), 17)
    assert why(life, 18, OfferKind.EASIER) == []
    assert "note.hurt_last_time" not in codes(plan_on(life, 18))


@pytest.mark.parametrize("exercise_id", ["w34-superman", "adv-log-roll"])
def test_an_exercise_without_an_easier_one_is_only_skipped(exercise_id: str) -> None:
    number = 16 if exercise_id.startswith("w34") else 44
    life = with_hurt(somebody(), number, exercise_id)
    assert why(life, number + 1, OfferKind.EASIER) == []
    assert "note.hurt_last_time" in codes(plan_on(life, number + 1))


def test_the_easier_one_that_hurts_has_an_easier_one_in_its_turn() -> None:
    life = with_easier(somebody(), 30, "w56-side-bridge", BRIDGE)
    life = with_hurt(life, 30, BRIDGE)
    (offer,) = offered(plan_on(life, 31), OfferKind.EASIER)
    assert offer.choice == EasierChosen(day(31), BRIDGE, EASIER_BRIDGE)
    life = with_easier(life, 31, BRIDGE, EASIER_BRIDGE)
    assert EASIER_BRIDGE in [item.exercise_id for item in plan_on(life, 31).items]


def test_who_did_the_easier_one_is_offered_it_again_at_the_next_level() -> None:
    life = trained(with_easier(somebody(), 17, BRIDGE, EASIER_BRIDGE), *range(17, 29))
    assert why(life, 29, OfferKind.EASIER) == ["why.easier_before"]


def test_the_level_s_own_exercise_is_offered_again_after_three_good_days() -> None:
    life = trained(with_easier(somebody(), 17, BRIDGE, EASIER_BRIDGE), 17, 18)
    assert why(life, 19, OfferKind.OWN_AGAIN) == []
    life = trained(life, 19)
    assert why(life, 20, OfferKind.OWN_AGAIN) == ["why.went_well"]
    assert why(with_pain(life, 19, 5), 20, OfferKind.OWN_AGAIN) == []
    back = with_easier(life, 20, BRIDGE, BRIDGE)
    assert not any(item.instead_of for item in plan_on(back, 20).items)
    assert why(back, 20, OfferKind.OWN_AGAIN) == []


# The next level


def ready(*numbers: int, score: float | None = 90.0, share: float = 1.0) -> Life:
    return trained(somebody(level_by="readiness"), *numbers, score=score, share=share)


def test_the_next_level_is_offered_after_three_good_days() -> None:
    assert level_offered(ready(1, 2), 3, OfferKind.NEXT_LEVEL) == []
    plan = plan_on(ready(1, 2, 3), 4)
    assert [offer.choice for offer in offered(plan, OfferKind.NEXT_LEVEL)] == [
        LevelChosen(day(4), "w34")
    ]
    assert plan.level_id == "w12"  # offered, not done


@pytest.mark.parametrize(
    "life",
    [
        ready(1, 2, 3, score=74.0),
        ready(1, 2, 3, share=0.8),
        ready(1, 2, 3, score=None),
        with_pain(ready(1, 2, 3), 3, 4),
        with_skip(ready(1, 2, 3), 3, "w12-pelvic-curl", for_pain=True),
        with_hurt(ready(1, 2, 3), 2, "w12-pelvic-curl"),
    ],
    ids=["form", "dose", "unseen", "pain", "skipped", "hurt"],
)
def test_what_speaks_against_the_next_level(life: Life) -> None:
    assert level_offered(life, 4, OfferKind.NEXT_LEVEL) == []


def test_good_form_and_little_pain_at_their_limits() -> None:
    assert why(ready(1, 2, 3, score=75.0), 4, OfferKind.NEXT_LEVEL) == ["why.ready"]
    mild = with_pain(ready(1, 2, 3), 3, 3)
    assert why(mild, 4, OfferKind.NEXT_LEVEL) == ["why.ready"]


def test_good_days_that_are_long_ago_do_not_count() -> None:
    assert why(ready(1, 2, 3), 8, OfferKind.NEXT_LEVEL) == ["why.ready"]
    assert why(ready(1, 2, 3), 9, OfferKind.NEXT_LEVEL) == []


def test_by_date_nothing_is_offered_before_its_time() -> None:
    assert level_offered(trained(somebody(), *range(1, 8)), 8, OfferKind.NEXT_LEVEL) == []


def test_after_the_weeks_of_a_level_the_next_one_is_offered_whatever_the_form() -> None:
    life = ready(*range(1, 15), score=40.0)
    assert why(life, 14, OfferKind.NEXT_LEVEL) == []
    assert why(life, 15, OfferKind.NEXT_LEVEL) == ["why.weeks_over"]
    assert why(with_pain(life, 14, 5), 15, OfferKind.NEXT_LEVEL) == ["why.weeks_over"]
    assert why(with_pain(life, 14, 6), 15, OfferKind.NEXT_LEVEL) == []


def test_who_chose_a_level_is_offered_the_next_one_two_weeks_later() -> None:
    life = with_level(somebody(), 20, "w12")
    life = trained(life, *range(20, 34), score=40.0)
    assert why(life, 33, OfferKind.NEXT_LEVEL) == []
    assert why(life, 34, OfferKind.NEXT_LEVEL) == ["why.weeks_over"]


def test_after_advanced_there_is_nothing_to_offer() -> None:
    life = trained(with_level(somebody(), 1, "adv"), *range(1, 30))
    assert level_offered(life, 30, OfferKind.NEXT_LEVEL) == []


# An earlier level


def test_staying_is_offered_when_the_level_before_was_hardly_done() -> None:
    hardly = trained(somebody(), 1, 2, 3, 12, 13, 14)
    assert why(hardly, 15, OfferKind.EARLIER_LEVEL) == ["why.not_done"]
    assert level_offered(hardly, 17, OfferKind.EARLIER_LEVEL) == [LevelChosen(day(17), "w12")]
    assert level_offered(trained(hardly, 15, 16, 17), 18, OfferKind.EARLIER_LEVEL) == []
    half = trained(somebody(), *range(8, 15))
    assert level_offered(half, 15, OfferKind.EARLIER_LEVEL) == []


@pytest.mark.parametrize(("number", "found"), [(27, []), (28, ["why.absent"])])
def test_an_absence_of_a_week_offers_the_level_before(number: int, found: list[str]) -> None:
    life = trained(somebody(), *range(1, 21))
    assert why(life, number, OfferKind.EARLIER_LEVEL) == found


def test_after_an_absence_over_a_change_one_may_go_on_where_one_was() -> None:
    life = trained(somebody(), *range(1, 27))
    assert level_offered(life, 45, OfferKind.EARLIER_LEVEL) == [LevelChosen(day(45), "w34")]


def test_rest_is_no_absence() -> None:
    life = with_rest(trained(somebody(), *range(1, 21)), 21, 7)
    assert level_offered(life, 28, OfferKind.EARLIER_LEVEL) == []


def test_a_level_that_was_rested_through_was_hardly_done() -> None:
    life = with_rest(trained(somebody(), *range(1, 16)), 16, 13)
    assert why(life, 29, OfferKind.EARLIER_LEVEL) == ["why.not_done"]


def test_an_answer_is_not_asked_for_twice() -> None:
    life = with_level(trained(somebody(), *range(1, 21)), 30, "w12")
    assert level_offered(life, 31, OfferKind.EARLIER_LEVEL) == []


def test_pain_offers_the_level_before_where_there_is_one() -> None:
    assert why(with_pain(somebody(), 16, 7), 16, OfferKind.EARLIER_LEVEL) == ["why.pain"]
    assert why(with_pain(somebody(), 2, 7), 2, OfferKind.EARLIER_LEVEL) == []
    chosen = with_level(with_pain(somebody(), 16, 7), 16, "w12")
    assert why(chosen, 16, OfferKind.EARLIER_LEVEL) == []


def test_more_is_never_offered_beside_less() -> None:
    life = with_level(somebody(), 1, "w34")
    plan = plan_on(with_pain(trained(life, *range(1, 20)), 20, 7), 20)
    assert offered(plan, OfferKind.EARLIER_LEVEL)
    assert not offered(plan, OfferKind.NEXT_LEVEL)


# Beginning again


def test_beginning_again_is_offered_after_two_weeks_away() -> None:
    life = trained(somebody(), *range(1, 6))
    assert why(life, 19, OfferKind.START) == []
    assert why(life, 20, OfferKind.START) == ["why.absent"]
    (offer,) = offered(plan_on(life, 20), OfferKind.START)
    assert offer.choice == StartChosen(day(20))
    again = replace(life, profile=replace(life.profile, start=day(20)))
    plan = plan_on(again, 20)
    assert (plan.week, plan.level_id) == (1, "w12")


def test_who_never_began_is_offered_it_after_a_week() -> None:
    assert why(somebody(), 7, OfferKind.START) == []
    assert why(somebody(), 8, OfferKind.START) == ["why.absent"]


def test_an_absence_of_a_lifetime_is_answered_too() -> None:
    life = trained(replace(somebody(), profile=replace(somebody().profile, start=START)), 1)
    assert why(life, 20_000, OfferKind.START) == ["why.absent"]


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ('w34-side-bridge = "w34-side-bridge"', "would be easier than itself"),
        ('w12-side-bridge = "w34-side-bridge"\nw34-side-bridge = "w12-side-bridge"', "itself"),
        ('w34-side-bridge = "No id"', "easier.w34-side-bridge"),
    ],
)
def test_a_table_of_easier_ones_that_goes_round_is_refused(new: str, said: str) -> None:
    text = (files("coreline") / "programme" / "programme.toml").read_text(encoding="utf-8")
    old = 'w34-side-bridge = "w12-side-bridge"'
    assert text.count(old) == 1
    with pytest.raises(BadDataError, match=re.escape(said)):
        parse_programme(text.replace(old, new), "p.toml")
