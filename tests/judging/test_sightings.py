"""What is read off the frames of an attempt."""

from collections import deque

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.judging.attempt import Shape
from coreline.judging.sightings import (
    Sighting,
    curve_of,
    longest_gap_s,
    lowest_of,
    median_or,
    since_start,
    speed_of,
    top_of,
)

SHAPE = Shape(level=40.0, top_s=2.0, top_end_s=4.0, ramps_s=0.2)


def moments(*pairs: tuple[float, float]) -> list[Sighting]:
    return [Sighting(t_s, rise, {}) for t_s, rise in pairs]


def test_the_longest_gap_is_between_two_neighbours() -> None:
    assert longest_gap_s(moments((0.0, 0.0), (0.5, 0.0), (2.0, 0.0), (2.1, 0.0))) == 1.5
    assert longest_gap_s(moments((3.0, 1.0))) == 0.0
    assert longest_gap_s([]) == 0.0


def test_an_attempt_starts_when_the_foot_last_lay_before_the_top() -> None:
    """Within a twentieth of the level it lies."""
    found = moments((0.0, 1.0), (0.5, 5.0), (1.0, 2.0), (1.5, 2.1), (2.0, 38.0), (5.0, 1.0))
    assert [each.t_s for each in since_start(found, SHAPE)] == [1.0, 1.5, 2.0, 5.0]


def test_one_that_never_lay_starts_with_its_first_frame() -> None:
    found = moments((0.0, 10.0), (2.0, 38.0), (5.0, 1.0))
    assert since_start(found, SHAPE) == found
    at_the_top = moments((0.0, 10.0), (2.0, 1.0))
    assert since_start(at_the_top, SHAPE) == at_the_top


def test_the_top_s_frames_are_those_from_its_first_to_its_last_moment() -> None:
    found = moments((1.9, 35.0), (2.0, 36.0), (3.0, 40.0), (4.0, 36.0), (4.1, 35.0))
    assert [each.t_s for each in top_of(found, SHAPE)] == [2.0, 3.0, 4.0]
    between = moments((1.9, 35.0), (4.1, 35.0))
    assert top_of(between, SHAPE) == between
    assert curve_of(between) == [(1.9, 35.0), (4.1, 35.0)]


@given(st.integers(1, 60))
def test_the_lowest_leaves_a_stray_tenth_out(number: int) -> None:
    values = [float(each) for each in range(number)]
    strays = number // 10
    assert lowest_of(values) == strays
    assert lowest_of(values[::-1]) == strays


def test_before_there_is_a_range_of_ones_own_another_stands_in() -> None:
    assert median_or(deque(), 25.0) == 25.0
    assert median_or(deque([10.0, 30.0, 12.0]), 25.0) == pytest.approx(12.0)


def test_the_speed_of_few_pictures_is_that_since_the_one_before() -> None:
    assert speed_of(moments((1.0, 5.0))) == 0.0
    assert speed_of(moments((1.0, 5.0), (1.5, 15.0))) == pytest.approx(20.0)
    assert speed_of(moments((0.0, 0.0), (1.0, 5.0), (1.5, 15.0))) == pytest.approx(20.0)
