"""Where in the session the person is, and how long it still takes."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.body.measures import Side
from coreline.programme.spec import Exercise, HoldDose, Pace, RaisesDose
from coreline.session.blocks import Block
from coreline.session.course import Course
from stick_figure import exercise_of

PACE = Pace(raise_s=3, roll_s=8, ready_s=5, turn_s=10, change_s=20, long_from_s=2400)
SET_S = 6.0 + 5.0 + 2.0  # held, got ready for, rested after
RAISES_S = 4 * (2.0 + 3.0) + 5.0 + 10.0


def planks(sets: int = 3) -> Exercise:
    dose = HoldDose(kind="hold", sets=sets, hold_s=6.0, rest_s=2.0)
    return exercise_of("w12-back-bridge").model_copy(update={"dose": dose})


def leg_raises(sets: int = 2) -> Exercise:
    dose = RaisesDose(kind="raises", sets=sets, repetitions=4, hold_s=2.0, rest_s=10.0)
    return exercise_of("w56-belly-bridge").model_copy(update={"dose": dose})


BOTH = (Block(planks(), Side.LEFT), Block(planks(), Side.RIGHT))
ALL = (*BOTH, Block(leg_raises()))


def walked(course: Course) -> list[tuple[int, int]]:
    """Return every set on the way to the end, with the number of its block."""
    places = [(course.index, course.set_number)]
    while not course.is_last:
        course.go_on()
        places.append((course.index, course.set_number))
    return places


# How long yet


def test_the_time_left_is_that_of_the_sets_left() -> None:
    course = Course(ALL, PACE)
    left_s = [course.left_s(0.0)]
    while not course.is_last:
        course.go_on()
        left_s.append(course.left_s(0.0))
    raises_s = 2 * RAISES_S
    assert left_s == pytest.approx(
        [raises_s + sets * SET_S for sets in (6, 5, 4, 3, 2, 1)] + [raises_s, RAISES_S]
    )


def test_the_part_of_a_set_that_is_done_takes_no_time_any_more() -> None:
    course = Course([Block(planks(1))], PACE)
    assert course.left_s(0.0) == pytest.approx(SET_S)
    assert course.left_s(0.25) == pytest.approx(0.75 * SET_S)
    assert course.left_s(1.0) == 0.0
    assert course.left_s(1.7) == 0.0  # who does more than was asked is not owed time


@given(st.lists(st.integers(1, 4), min_size=1, max_size=4))
def test_a_set_that_is_done_is_worth_the_next_one_begun(sets: Sequence[int]) -> None:
    course = Course([Block(planks(each)) for each in sets], PACE)
    while not course.is_last:
        after_s = course.left_s(1.0)
        course.go_on()
        assert course.left_s(0.0) == pytest.approx(after_s)
    assert course.left_s(1.0) == 0.0


def test_sets_of_a_coming_block_that_are_done_already_take_no_time() -> None:
    course = Course([Block(planks()), Block(planks(), sets_done=2)], PACE)
    assert course.left_s(0.0) == pytest.approx(4 * SET_S)


def test_without_a_pace_nothing_is_known_of_the_time() -> None:
    assert Course(ALL).left_s(0.0) == 0.0


# From set to set


def test_the_way_goes_through_every_set_once() -> None:
    assert walked(Course(ALL)) == [(0, 1), (0, 2), (0, 3), (1, 1), (1, 2), (1, 3), (2, 1), (2, 2)]


def test_what_was_done_before_is_not_done_again() -> None:
    course = Course([Block(planks(), sets_done=1), Block(planks(), sets_done=2)])
    assert walked(course) == [(0, 2), (0, 3), (1, 3)]


def test_a_block_that_is_done_already_is_left_at_its_last_set() -> None:
    assert Course([Block(planks(), sets_done=3)]).set_number == 3


def test_going_on_says_whether_another_block_comes() -> None:
    course = Course(ALL)
    assert [course.go_on() for _ in range(7)] == [False, False, True, False, False, True, False]


def test_going_back_retraces_the_way_to_the_first_set() -> None:
    course = Course(ALL)
    there = walked(course)
    back = [there[-1]]
    while course.go_back():
        back.append((course.index, course.set_number))
    assert back == there[::-1]
    assert (course.index, course.set_number) == (0, 1)


def test_leaving_a_block_leaves_its_other_side_and_leaving_the_exercise_both() -> None:
    course = Course(ALL)
    course.leave_block()
    assert (course.index, course.set_number) == (0, 3)
    course = Course(ALL)
    course.leave_exercise()
    assert (course.index, course.set_number) == (1, 3)
    course.go_on()
    course.leave_exercise()
    assert (course.index, course.set_number) == (2, 2)
    assert course.is_last


def test_what_comes_next_is_named() -> None:
    course = Course(ALL)
    coming = []
    while (each := course.coming) is not None:
        coming.append((each.exercise_id, each.side, each.set_number, each.turns))
        course.go_on()
    plank, raises = planks().id, leg_raises().id
    assert coming == [
        (plank, Side.LEFT, 2, False),
        (plank, Side.LEFT, 3, False),
        (plank, Side.RIGHT, 1, True),
        (plank, Side.RIGHT, 2, False),
        (plank, Side.RIGHT, 3, False),
        (raises, None, 1, False),
        (raises, None, 2, False),
    ]
    assert course.is_last


def test_a_session_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one block"):
        Course([])
