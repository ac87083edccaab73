"""The weeks to come."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.programme.day import DayKind
from coreline.programme.life import Life
from coreline.programme.plan import Plan, plan
from lives import CATALOGUE, PROGRAMME, day, somebody, with_easier, with_level, with_rest


def weeks(life: Life, first: int, number: int) -> Plan:
    return plan(PROGRAMME, CATALOGUE, life, day(first), number)


def test_eight_weeks_are_the_handout_s_three_levels_and_two_weeks_of_advanced() -> None:
    found = weeks(somebody(), 1, 8)
    assert len(found.weeks) == 8
    assert [{each.level_id for each in week.days} for week in found.weeks] == [
        *([{"w12"}] * 2),
        *([{"w34"}] * 2),
        *([{"w56"}] * 2),
        *([{"adv"}] * 2),
    ]
    assert all(each.kind is DayKind.TRAIN and each.items for each in found.days)
    assert len(found.days) == 56


def test_a_week_begins_with_its_first_day() -> None:
    (week,) = weeks(somebody(), 1, 1).weeks
    assert week.first == day(1)


def test_the_days_before_the_start_and_of_rest_ask_for_nothing() -> None:
    found = weeks(with_rest(somebody(), 3, 2), -1, 1)
    assert [each.kind for each in found.days] == [
        DayKind.NOT_STARTED,
        DayKind.NOT_STARTED,
        DayKind.TRAIN,
        DayKind.TRAIN,
        DayKind.REST,
        DayKind.REST,
        DayKind.TRAIN,
    ]


def test_what_is_chosen_now_holds_for_what_is_to_come() -> None:
    life = with_easier(with_level(somebody(), 3, "w34"), 3, "w34-superman", "w12-pelvic-curl")
    found = weeks(life, 3, 2)
    assert {each.level_id for each in found.days} == {"w34"}
    assert all(each.items[-1].exercise_id == "w12-pelvic-curl" for each in found.days)


@given(st.integers(-400, 4000), st.integers(1, 10))
def test_no_day_is_left_out_or_doubled(first: int, number: int) -> None:
    days = [each.day for each in weeks(somebody(), first, number).days]
    assert days == [day(first + each) for each in range(7 * number)]


def test_no_weeks_is_no_plan() -> None:
    with pytest.raises(ValueError, match="at least one week"):
        weeks(somebody(), 1, 0)
