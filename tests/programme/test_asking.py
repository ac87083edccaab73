"""No level changes unless somebody says so: they are asked, and the answer is kept."""

from dataclasses import replace

import pytest

from coreline.programme.asking import with_question
from coreline.programme.day import LevelQuestion, OfferKind, Speaks
from coreline.programme.level import level_on
from coreline.programme.life import LevelAsked, LevelChosen, Life
from lives import (
    PROGRAMME,
    day,
    offered,
    plan_on,
    somebody,
    trained,
    with_level,
    with_pain,
)


def newcomer() -> Life:
    """Somebody whom the calendar never moved."""
    return somebody(asked_from=None)


def question(life: Life, number: int) -> LevelQuestion:
    found = plan_on(life, number).question
    assert found is not None
    return found


def speaks(life: Life, number: int) -> dict[str, Speaks]:
    return {said.code: each for each, said in question(life, number).facts}


@pytest.mark.parametrize("number", [15, 29, 200])
def test_the_level_stays_until_the_person_answers(number: int) -> None:
    life = trained(newcomer(), *range(1, number))
    assert plan_on(life, number).level_id == "w12"
    assert question(life, number).asks.code == "why.weeks_over"
    assert plan_on(life, 14).question is None


def test_the_answers_are_going_on_staying_and_going_back_and_each_is_kept() -> None:
    life = trained(with_level(newcomer(), 1, "w34"), *range(1, 15))
    found = question(life, 15)
    assert [offer.choice for offer in found.offers] == [
        LevelChosen(day(15), "w56"),
        LevelChosen(day(15), "w34"),
        LevelChosen(day(15), "w12"),
    ]
    for level_id in ("w56", "w34", "w12"):
        answered = with_level(life, 15, level_id)
        assert plan_on(answered, 15).question is None
        assert level_on(PROGRAMME, answered, day(16)).level.id == level_id
    assert found.asked == LevelAsked(day(15), "w34", after_absence=False)


def test_who_stays_is_asked_again_after_the_weeks_or_when_ready_and_not_the_next_day() -> None:
    life = trained(newcomer(), *range(1, 15), score=40.0)
    life = trained(with_level(life, 15, "w12"), *range(15, 29), score=40.0)
    asked = [number for number in range(15, 30) if plan_on(life, number).question is not None]
    assert asked == [29]


def test_what_speaks_for_it() -> None:
    life = with_pain(trained(newcomer(), *range(1, 15)), 13, 2)
    assert speaks(life, 15) == {
        "question.done": Speaks.FOR,
        "question.line": Speaks.FOR,
        "question.pain": Speaks.FOR,
    }


def test_what_speaks_against_it() -> None:
    life = with_pain(trained(newcomer(), *range(9, 15), share=0.5, score=40.0), 14, 5)
    assert speaks(life, 15) == {
        "question.done": Speaks.AGAINST,
        "question.line": Speaks.AGAINST,
        "question.pain": Speaks.AGAINST,
    }
    (done, _, pain) = (dict(said.fill) for _, said in question(life, 15).facts)
    assert (done["share"], done["since"], pain["score"]) == (21, day(1), 5)


def test_what_is_not_known_speaks_for_neither() -> None:
    life = trained(newcomer(), *range(5, 15), score=None)
    assert speaks(life, 15) == {
        "question.done": Speaks.NEITHER,
        "question.line_unseen": Speaks.NEITHER,
        "question.pain_unknown": Speaks.NEITHER,
    }


def test_with_marked_pain_nobody_is_asked_to_go_on() -> None:
    life = with_pain(trained(newcomer(), *range(1, 15)), 14, 7)
    assert plan_on(life, 15).question is None
    assert offered(plan_on(life, 15), OfferKind.NEXT_LEVEL) == []


def test_after_missed_weeks_it_is_asked_where_to_begin_again() -> None:
    life = trained(with_level(newcomer(), 1, "w34"), *range(1, 4))
    found = question(life, 20)
    assert (found.asks.code, dict(found.asks.fill)) == ("question.absent", {"days": 16})
    assert [offer.kind for offer in found.offers] == [
        OfferKind.EARLIER_LEVEL,
        OfferKind.SAME_LEVEL,
        OfferKind.START,
    ]
    assert found.asked.after_absence
    assert plan_on(with_level(life, 20, "w34"), 20).question is None


def test_who_never_trained_is_asked_where_to_begin_not_whether_to_go_on() -> None:
    found = question(newcomer(), 15)
    assert found.asks.code == "question.absent"
    assert [offer.kind for offer in found.offers] == [OfferKind.SAME_LEVEL, OfferKind.START]
    assert plan_on(with_level(newcomer(), 15, "w12"), 16).question is None


def test_the_answers_come_first_and_each_offer_once() -> None:
    plan = plan_on(with_pain(trained(newcomer(), *range(1, 15)), 14, 4), 15)
    assert plan.question is not None
    assert plan.offers[: len(plan.question.offers)] == plan.question.offers
    assert len(set(plan.offers)) == len(plan.offers)
    assert with_question(None, plan.offers) == plan.offers


def test_whom_the_calendar_moved_keeps_that_past_and_is_asked_from_then_on() -> None:
    life = trained(somebody(asked_from=day(20)), *range(1, 43))
    levels = [level_on(PROGRAMME, life, day(number)).level.id for number in (14, 15, 20, 60)]
    assert levels == ["w12", "w34", "w34", "w34"]
    assert plan_on(life, 28).question is None
    assert question(life, 29).asks.code == "why.weeks_over"


def test_changing_what_moves_the_level_or_the_start_moves_nobody() -> None:
    life = somebody(asked_from=day(20))
    for changed in (replace(life.profile, level_by="readiness"), life.profile):
        there = replace(life, profile=changed)
        assert level_on(PROGRAMME, there, day(60)).level.id == "w34"
    early = replace(newcomer().profile, start=day(-400))
    assert level_on(PROGRAMME, Life(early), day(1)).level.id == "w12"
