"""A day's training in parts."""

from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.programme.items import session_s
from coreline.programme.parts import parts_of
from lives import PROGRAMME, plan_on, somebody, with_skip

PACE = PROGRAMME.pace


@given(st.integers(1, 70), st.integers(1, 6))
def test_nothing_is_lost_and_no_exercise_is_torn_apart(day: int, number: int) -> None:
    items = plan_on(somebody(), day).items
    parts = parts_of(items, number, PACE)
    assert len(parts) == number
    assert tuple(item for part in parts for item in part) == items
    for _, sides in groupby(items, key=lambda item: item.exercise_id):
        own = set(sides)
        assert sum(1 for part in parts if own & set(part)) == 1


@given(st.integers(1, 70))
def test_two_parts_take_about_equally_long(day: int) -> None:
    """They differ by no more than the longest exercise, which stays in one piece."""
    items = plan_on(somebody(), day).items
    longest_s = max(
        session_s(list(sides), PACE)
        for _, sides in groupby(items, key=lambda item: item.exercise_id)
    )
    first_s, second_s = (session_s(part, PACE) for part in parts_of(items, 2, PACE))
    assert abs(first_s - second_s) <= longest_s


def test_what_is_left_out_is_in_no_part() -> None:
    skipped = plan_on(somebody(), 1).items[0].exercise_id
    items = plan_on(with_skip(somebody(), 1, skipped), 1).items
    parts = parts_of(items, 3, PACE)
    assert skipped not in {item.exercise_id for part in parts for item in part}
    assert parts_of((), 2, PACE) == ((), ())
    with pytest.raises(ValueError, match="at least one part"):
        parts_of(items, 0, PACE)
