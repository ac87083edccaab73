"""What counts as change, and what is only measuring error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.programme.change import (
    Change,
    change_s,
    is_change_s,
    is_side_difference_s,
    weaker_side,
)

held = st.floats(0, 600)


@pytest.mark.parametrize(
    ("before_s", "after_s", "change"),
    [
        (100, 130, Change.NONE),  # 30 s and 30 %, and beyond neither
        (100, 130.1, Change.LONGER),
        (100, 70, Change.NONE),
        (100, 69.9, Change.SHORTER),
        (20, 26, Change.NONE),
        (20, 26.1, Change.LONGER),  # beyond 30 %
        (200, 230, Change.NONE),
        (200, 231, Change.LONGER),  # beyond 30 s
        (0, 30, Change.NONE),
        (0, 31, Change.LONGER),
        (0, 0, Change.NONE),
    ],
)
def test_a_change_is_beyond_30_s_or_30_percent(
    before_s: float, after_s: float, change: Change
) -> None:
    assert change_s(before_s, after_s) is change


@pytest.mark.parametrize(
    ("left_s", "right_s", "weaker"),
    [
        (30, 30, None),
        (90, 80, "right"),  # from 10 s
        (90, 80.1, None),
        (20, 17, "right"),  # from 15 % of the longer
        (17.1, 20, None),
        (17, 20, "left"),
        (0, 0, None),
        (0, 1, "left"),
    ],
)
def test_sides_differ_from_10_s_or_15_percent(
    left_s: float, right_s: float, weaker: str | None
) -> None:
    assert weaker_side(left_s, right_s) == weaker


@given(held, held)
def test_no_change_without_a_difference_and_always_beyond_the_seconds(
    before_s: float, after_s: float
) -> None:
    assert not is_change_s(before_s, before_s)
    if abs(after_s - before_s) > 30.001:
        assert is_change_s(before_s, after_s)


@given(held, held)
def test_it_does_not_matter_which_side_is_named_first(left_s: float, right_s: float) -> None:
    assert is_side_difference_s(left_s, right_s) == is_side_difference_s(right_s, left_s)
