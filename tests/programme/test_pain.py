"""The handout's four rules for pain, and their limits."""

from dataclasses import replace
from importlib.resources import files

import pytest

from coreline.data_files import load_programme
from coreline.errors import BadDataError
from coreline.programme.catalogue import parse_programme
from coreline.programme.day import DayKind, OfferKind
from coreline.programme.life import Life, PainNoted, RestChosen
from coreline.programme.pain import (
    Contact,
    ContactReason,
    advice_after,
    ask_after,
    ask_before,
    contact_advice,
    pain_today,
)
from lives import (
    AFTER,
    BEFORE,
    DURING,
    PROGRAMME,
    RULES,
    codes,
    day,
    offered,
    plan_on,
    somebody,
    trained,
    with_advice,
    with_hurt,
    with_pain,
    with_rest,
)


def contact_on(life: Life, number: int) -> Contact | None:
    return contact_advice(PROGRAMME, life, day(number))


def reassured(life: Life, number: int) -> bool:
    return "pain.may_rise" in codes(plan_on(life, number))


def after_rest(score: int, *, rest: int = 3, restart: int | None = None) -> Life:
    """Marked pain on day 5, a rest, and an answer on the day after it."""
    life = with_rest(with_pain(with_pain(somebody(), 1, 1), 5, 7), 5, rest)
    life = trained(life, restart) if restart else life
    return with_pain(life, 5 + rest, score)


# Asking


def test_one_is_asked_before_once_a_day_and_after_when_something_was_done() -> None:
    life = somebody()
    assert ask_before(life, day(1))
    assert not ask_before(with_pain(life, 1, 0), day(1))
    assert ask_before(with_pain(life, 1, 0), day(2))
    assert not ask_after(life, day(1))
    done = trained(life, 1)
    assert ask_after(done, day(1))
    assert not ask_after(with_pain(done, 1, 2, AFTER), day(1))


# 1. A slight rise in the first three weeks is normal


@pytest.mark.parametrize(("number", "says"), [(2, True), (21, True), (22, False), (60, False)])
def test_the_reassurance_is_for_the_first_three_weeks(number: int, *, says: bool) -> None:
    life = with_pain(with_pain(somebody(), 1, 2), number, 3)
    assert reassured(life, number) is says


@pytest.mark.parametrize(
    ("scores", "says"),
    [
        ((2, 2), False),
        ((2, 3), True),
        ((2, 4), True),
        ((2, 5), False),  # more than slightly
        ((3, 5), True),
        ((4, 6), False),  # marked
        ((3, 1, 2), True),  # above the one before
        ((1, 2, 3, 4), False),  # slowly, but far above the first
        ((5, 3), False),
        ((3,), False),  # nothing to compare with
    ],
)
def test_only_a_slight_rise_is_reassured(scores: tuple[int, ...], *, says: bool) -> None:
    life = somebody()
    for number, score in enumerate(scores, 1):
        life = with_pain(life, number, score)
    assert reassured(life, len(scores)) is says


def test_a_rise_in_the_session_is_one_too_and_yesterday_s_is_not_said_again() -> None:
    life = with_pain(with_pain(somebody(), 2, 2, BEFORE), 2, 3, AFTER)
    assert reassured(life, 2)
    assert not reassured(life, 3)


def test_pain_before_the_start_is_no_rise_of_the_first_weeks() -> None:
    life = with_pain(with_pain(somebody(), -3, 1), -2, 2)
    assert not pain_today(PROGRAMME, life, day(-2)).reassure


# 2. An exercise that hurts badly


def test_the_answer_to_an_exercise_that_hurts_badly_is_to_skip_it() -> None:
    noted = PainNoted(day(3), DURING, 8, (), "w12-side-bridge")
    advice = advice_after(PROGRAMME, somebody(), noted)
    assert advice.skip_id == "w12-side-bridge"
    assert [each.code for each in advice.sayings] == ["pain.skip"]
    assert advice_after(PROGRAMME, with_hurt(somebody(), 3, "w12-side-bridge"), noted) == advice
    mild = replace(noted, score=5)
    assert advice_after(PROGRAMME, somebody(), mild).skip_id is None


# 3. Marked pain


@pytest.mark.parametrize(("score", "days"), [(5, None), (6, 3), (10, 3)])
def test_rest_is_offered_from_marked_pain_on(score: int, days: int | None) -> None:
    life = with_pain(somebody(), 10, score)
    assert pain_today(PROGRAMME, life, day(10)).rest_days == days
    offers = offered(plan_on(life, 10), OfferKind.REST)
    assert [offer.choice for offer in offers] == ([RestChosen(day(10), 3)] if days else [])


def test_rest_is_never_forced() -> None:
    plan = plan_on(with_pain(somebody(), 10, 10), 10)
    assert plan.kind is DayKind.TRAIN
    assert all(item.skipped is None for item in plan.items)


def test_yesterday_s_marked_pain_counts_until_it_is_asked_again() -> None:
    life = with_pain(somebody(), 10, 7, AFTER)
    assert pain_today(PROGRAMME, life, day(11)).rest_days == 3
    assert pain_today(PROGRAMME, life, day(12)).rest_days is None
    assert pain_today(PROGRAMME, with_pain(life, 11, 3), day(11)).rest_days is None


def test_who_rests_is_not_asked_to_rest() -> None:
    life = with_rest(with_pain(somebody(), 10, 7), 10, 3)
    assert pain_today(PROGRAMME, life, day(10)).rest_days is None


@pytest.mark.parametrize(
    ("score", "said"), [(3, []), (4, ["pain.skip", "pain.rest"]), (6, ["pain.rest"])]
)
def test_what_is_said_to_a_score_after_the_first_weeks(score: int, said: list[str]) -> None:
    advice = pain_today(PROGRAMME, with_pain(somebody(), 30, score), day(30))
    assert [each.code for each in advice.sayings] == said


# 4. Contact


@pytest.mark.parametrize(("score", "stays"), [(0, False), (3, False), (4, True), (7, True)])
def test_pain_that_is_not_gone_after_the_rest_calls_for_contact(score: int, *, stays: bool) -> None:
    contact = contact_on(after_rest(score), 8)
    assert contact == (Contact(ContactReason.STAYS, day(8), aloud=True) if stays else None)


def test_what_was_there_before_the_programme_counts_as_gone() -> None:
    life = with_rest(with_pain(with_pain(somebody(), 1, 5), 5, 8), 5, 3)
    assert contact_on(with_pain(life, 8, 5), 8) is None
    assert contact_on(with_pain(life, 8, 6), 8) is not None


def test_what_was_marked_from_the_first_day_does_not_count_as_gone() -> None:
    life = with_rest(with_pain(somebody(), 1, 8), 1, 3)
    assert contact_on(with_pain(life, 4, 7), 4) is not None


@pytest.mark.parametrize(("number", "score", "returns"), [(14, 7, True), (15, 7, False), (9, 5, 0)])
def test_marked_pain_soon_after_the_restart_calls_for_contact(
    number: int, score: int, *, returns: bool
) -> None:
    life = with_pain(after_rest(1, restart=8), number, score, AFTER)
    contact = contact_on(life, number)
    assert (contact is not None) is bool(returns)
    if contact is not None:
        assert (contact.reason, contact.since) == (ContactReason.RETURNS, day(number))


def test_an_exercise_that_hurts_badly_soon_after_the_restart_calls_for_contact() -> None:
    life = after_rest(1, restart=8)
    contact = contact_on(with_hurt(life, 9, "w12-side-bridge"), 9)
    assert contact is not None
    assert contact.reason is ContactReason.RETURNS
    assert contact_on(with_hurt(life, 9, "w12-side-bridge", 5), 9) is None


def test_soon_is_reckoned_from_the_restart_not_from_the_end_of_the_rest() -> None:
    late = trained(with_pain(after_rest(1), 20, 1), 20)
    assert contact_on(with_pain(late, 25, 7, AFTER), 25) is not None
    assert contact_on(with_pain(late, 27, 7, AFTER), 27) is None


def test_a_holiday_is_no_rest_for_pain() -> None:
    life = with_rest(with_pain(somebody(), 1, 1), 5, 3)
    assert contact_on(with_pain(life, 8, 5), 8) is None


@pytest.mark.parametrize(("number", "calls"), [(11, False), (12, True)])
def test_marked_pain_that_lasts_calls_for_contact_without_a_rest_too(
    number: int, *, calls: bool
) -> None:
    life = with_pain(with_pain(somebody(), 5, 7), number, 4)
    assert (contact_on(life, number) is not None) is calls
    assert contact_on(with_pain(with_pain(life, 8, 2), number, 4), number) is None or not calls


def test_pain_that_was_gone_in_between_does_not_last() -> None:
    life = somebody()
    for number, score in ((5, 7), (8, 2), (12, 5)):
        life = with_pain(life, number, score)
    assert contact_on(life, 12) is None


def test_a_single_exercise_that_hurts_now_and_then_is_skipped_and_no_more() -> None:
    life = somebody()
    for number in range(5, 60, 10):
        life = with_hurt(life, number, "w12-side-bridge")
    assert contact_on(life, 59) is None


def test_what_nothing_was_heard_of_for_weeks_is_another_time() -> None:
    assert contact_on(with_pain(with_pain(somebody(), 5, 7), 34, 5), 34) is None
    assert contact_on(with_pain(with_pain(somebody(), 5, 7), 33, 5), 33) is not None


def test_the_advice_is_said_aloud_once_and_stands_until_the_pain_is_gone() -> None:
    life = with_advice(after_rest(7), 8)
    contact = contact_on(life, 8)
    assert contact is not None
    assert not contact.aloud
    assert {"pain.contact", "contact.stays"} <= set(codes(plan_on(life, 20)))
    assert contact_on(with_pain(life, 20, 2), 20) is None


def test_the_advice_of_one_rest_is_not_said_again_when_pain_comes_and_goes() -> None:
    life = with_advice(with_pain(after_rest(1, restart=8), 8, 7, AFTER), 8)
    life = with_pain(with_pain(life, 9, 1), 9, 7, AFTER)
    contact = contact_on(life, 9)
    assert contact is not None
    assert not contact.aloud


def test_another_rest_is_another_cause() -> None:
    life = with_advice(with_pain(after_rest(1, restart=8), 8, 7, AFTER), 8)
    life = with_pain(with_rest(life, 9, 3), 12, 1)
    contact = contact_on(with_pain(life, 13, 8), 13)
    assert contact is not None
    assert contact.aloud


@pytest.mark.parametrize(("number", "stands"), [(36, True), (37, False)])
def test_the_advice_stands_for_four_weeks_after_the_last_answer(
    number: int, *, stands: bool
) -> None:
    assert (contact_on(after_rest(7), number) is not None) is stands


def test_the_advice_can_be_made_to_be_said_again() -> None:
    rules = RULES.model_copy(update={"say_again_days": 14})
    pain = PROGRAMME.pain.model_copy(update={"rules": rules})
    programme = PROGRAMME.model_copy(update={"pain": pain})
    life = with_advice(after_rest(7), 8)
    said = [contact_advice(programme, life, day(number)) for number in (21, 22)]
    assert [each.aloud for each in said if each is not None] == [False, True]


def test_advice_of_a_day_that_is_still_to_come_was_not_given() -> None:
    contact = contact_on(with_advice(after_rest(7), 400), 8)
    assert contact is not None
    assert contact.aloud


def test_no_reassurance_where_contact_is_advised() -> None:
    life = with_pain(after_rest(4), 9, 5)
    assert contact_on(life, 9) is not None
    assert not reassured(life, 9)


# Data


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("gone_to = 3", "gone_to = 4", "pain.rules: gone_to must be below mind_from"),
        ("marked_from = 6", "marked_from = 11", "pain.rules.marked_from: 11: must be less"),
        ("mind_from = 4", "mind_from = 7", "pain.rules: gone_to must be below mind_from"),
        ("rest_days = 3", "rest_days = 30", "pain.rules: rest_days must be longest_rest_days"),
    ],
)
def test_limits_that_contradict_each_other_are_refused(old: str, new: str, said: str) -> None:
    text = (files("coreline") / "programme" / "programme.toml").read_text(encoding="utf-8")
    assert text.count(old) >= 1
    with pytest.raises(BadDataError, match=said):
        parse_programme(text.replace(old, new), "p.toml")


def test_the_limits_are_those_of_the_data() -> None:
    rules = load_programme().pain.rules
    assert (rules.hurts_badly_from, rules.marked_from, rules.rest_days) == (6, 6, 3)
    assert load_programme().pain.may_rise_weeks == 3
