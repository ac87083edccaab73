"""What became of each day: the calendar of what was done."""

from dataclasses import replace

import pytest

from coreline.programme.life import Life
from coreline.programme.marks import Mark, MarkedDay, marked_days
from coreline.programme.progress import Filters, history
from lives import (
    CATALOGUE,
    PROGRAMME,
    RULES,
    day,
    plan_on,
    somebody,
    trained,
    with_hurt,
    with_pain,
    with_rest,
    with_skip,
)


def marked(life: Life, until: int, first: int = 1) -> tuple[MarkedDay, ...]:
    filters = Filters(day(first), day(until))
    found = history(PROGRAMME, CATALOGUE, life, day(until), filters)
    return marked_days(found, life, RULES, day(until))


def marks(life: Life, until: int) -> list[Mark]:
    return [each.mark for each in marked(life, until)]


def test_every_day_has_what_became_of_it() -> None:
    life = with_rest(trained(trained(somebody(), 1), 2, share=0.5), 4, 2)
    assert marks(life, 6) == [
        Mark.DONE,
        Mark.PART,
        Mark.MISSED,
        Mark.REST,
        Mark.REST,
        Mark.OPEN,
    ]


def test_today_is_open_until_something_is_done_and_part_until_all_is() -> None:
    begun = trained(somebody(), 1, share=0.3)
    assert marks(begun, 1) == [Mark.PART]
    assert marks(trained(begun, 1), 1) == [Mark.DONE]


def test_a_day_on_which_all_was_left_out_for_pain_is_no_missed_one() -> None:
    life = somebody()
    for item in plan_on(life, 1).items:
        life = with_skip(life, 1, item.exercise_id)
    assert [(each.mark, each.hurt) for each in marked(life, 2)] == [
        (Mark.PAIN, True),
        (Mark.OPEN, False),
    ]


@pytest.mark.parametrize(("score", "hurt"), [(5, False), (6, True)])
def test_a_day_hurt_from_the_handout_s_own_score_on(score: int, hurt: bool) -> None:
    life = with_pain(trained(somebody(), 1), 1, score)
    assert [(each.mark, each.hurt) for each in marked(life, 1)] == [(Mark.DONE, hurt)]
    exercise = plan_on(life, 1).items[0].exercise_id
    assert marked(with_hurt(somebody(), 1, exercise, score), 2)[0].hurt is hurt


def test_a_trained_day_within_a_rest_is_told_by_what_was_done() -> None:
    life = trained(somebody(), 1)
    assert marks(with_rest(life, 1, 2), 2) == [Mark.DONE, Mark.REST]


def test_before_the_start_nothing_was_asked() -> None:
    early = replace(trained(somebody(), 1), profile=replace(somebody().profile, start=day(3)))
    assert marks(early, 4) == [Mark.PART, Mark.NONE, Mark.MISSED, Mark.OPEN]


def test_the_numbers_are_those_of_the_history() -> None:
    life = trained(somebody(), 1, 3, share=0.5)
    found = history(PROGRAMME, CATALOGUE, life, day(4))
    told = {each.day: each.done for each in marked(life, 4) if each.done is not None}
    assert told == {each.day: each for each in found.days}
