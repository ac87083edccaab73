"""The first third of a set against the last, and the first set of a day against the last."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.programme.tiring import (
    Ends,
    first_and_last_set,
    first_and_last_third,
    least_held_s,
    mean_ends,
)

VALUES = st.floats(-90, 90)
WEIGHTS = st.floats(0.05, 5.0)
SAMPLES = st.lists(st.tuples(VALUES, WEIGHTS), min_size=9, max_size=40)


def of(*values: float | None) -> Ends | None:
    return first_and_last_third([(value, 1.0) for value in values])


def test_two_of_six_are_a_third() -> None:
    assert of(1, 3, 50, 50, 7, 9) == Ends(2.0, 8.0)
    assert of(1, 3, 50, 50, 50, 7, 9) == Ends(2.0, 8.0)


def test_what_lasted_longer_weighs_more() -> None:
    samples = [(2.0, 1.0), (5.0, 2.0), (0.0, 3.0), (8.0, 2.0), (2.0, 1.0)]
    assert first_and_last_third(samples) == Ends(4.0, 6.0)


@pytest.mark.parametrize("unseen", [(0, 1), (7, 8), range(9)])
def test_a_third_that_was_not_seen_says_nothing(unseen: Sequence[int]) -> None:
    assert of(*(None if number in unseen else 4.0 for number in range(9))) is None


def test_little_that_was_not_seen_is_passed_over() -> None:
    assert of(1, 1, 1, None, 9, 9, 9, 9, 9, 9, 9, 5) == Ends(1.0, 8.0)


def test_nothing_at_all() -> None:
    assert of() is None
    assert of(3.0) is None
    assert first_and_last_third([(1.0, 0.0)]) is None


@given(SAMPLES)
def test_backwards_the_ends_change_places(samples: list[tuple[float, float]]) -> None:
    forth, back = first_and_last_third(samples), first_and_last_third(samples[::-1])
    if forth is None:
        assert back is None
        return
    assert back is not None
    assert (back.first, back.last) == pytest.approx((forth.last, forth.first), abs=1e-6)


@given(SAMPLES, st.floats(-20, 20), st.floats(0.1, 10))
def test_all_higher_and_all_longer_is_the_same_change(
    samples: list[tuple[float, float]], higher: float, longer: float
) -> None:
    before = first_and_last_third(samples)
    moved = [(value + higher, weight * longer) for value, weight in samples]
    after = first_and_last_third(moved)
    if before is None or after is None:
        assert before is after
        return
    assert after.change == pytest.approx(before.change, abs=1e-6)
    assert after.first == pytest.approx(before.first + higher, abs=1e-6)


@given(SAMPLES)
def test_who_never_falls_back_has_no_lower_end(samples: list[tuple[float, float]]) -> None:
    values = sorted(value for value, _ in samples)
    rising = [(value, weight) for value, (_, weight) in zip(values, samples, strict=True)]
    found = first_and_last_third(rising)
    if found is not None:
        assert found.change >= -1e-6
        assert values[0] - 1e-6 <= found.first <= found.last + 1e-6 <= values[-1] + 2e-6


@given(st.lists(VALUES, min_size=6, max_size=40))
def test_equal_weights_always_have_ends(values: list[float]) -> None:
    assert of(*values) is not None


def test_the_first_and_last_set_go_by_their_numbers() -> None:
    assert first_and_last_set({3: 10.0, 1: 30.0, 2: 25.0}) == Ends(30.0, 10.0)
    assert first_and_last_set({1: None, 2: 25.0, 3: 10.0}) == Ends(25.0, 10.0)
    assert first_and_last_set({2: 25.0}) is None
    assert first_and_last_set({}) is None


@given(st.lists(st.builds(Ends, VALUES, VALUES), min_size=1))
def test_an_average_changes_by_the_average(several: list[Ends]) -> None:
    mean = mean_ends(several)
    assert mean is not None
    expected = sum(each.change for each in several) / len(several)
    assert mean.change == pytest.approx(expected, abs=1e-6)
    assert mean_ends([]) is None


@pytest.mark.parametrize(("asked_s", "least_s"), [(30.0, 15.0), (60.0, 15.0), (10.0, 5.0)])
def test_a_third_is_no_scrap(asked_s: float, least_s: float) -> None:
    assert least_held_s(asked_s) == pytest.approx(least_s)
