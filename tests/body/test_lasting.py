"""How long moments stand for, however unevenly they come."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.body.lasting import SAMPLE_S, lasting_s, share_of_time

STEPS_S = st.lists(st.floats(0.01, 2.0), min_size=1, max_size=50)


def times_of(steps_s: list[float]) -> list[float]:
    return [sum(steps_s[:number]) for number in range(len(steps_s) + 1)]


@given(STEPS_S)
def test_a_moment_lasts_until_the_next_and_never_too_long(steps_s: list[float]) -> None:
    lasts_s = lasting_s(times_of(steps_s))
    expected = [min(each, 0.5) for each in [*steps_s, steps_s[-1]]]
    assert lasts_s == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(("fps", "kept"), [(8.0, 8), (10.0, 10), (11.0, 11), (12.0, 6)])
def test_samples_are_taken_of_every_picture_of_ten_a_second(fps: float, kept: int) -> None:
    """As the times of a camera tremble, of ten a second none is passed over; of twelve half are."""
    taken = [0.0]
    for number in range(1, round(fps)):
        if number / fps - taken[-1] >= SAMPLE_S:
            taken.append(number / fps)
    assert len(taken) == kept


def test_of_no_moments_nothing_lasts() -> None:
    assert lasting_s([]) == []
    assert share_of_time([], []) == 0.0
    assert share_of_time([3.0], [True]) == 1.0
    assert lasting_s([3.0]) == [0.5]


@given(st.lists(st.booleans(), min_size=1, max_size=60))
def test_of_even_moments_the_share_is_that_of_their_number(so: list[bool]) -> None:
    times_s = [number / 16 for number in range(len(so))]
    assert share_of_time(times_s, so) == pytest.approx(sum(so) / len(so))


def test_that_it_was_looked_at_more_often_makes_nothing_last_longer() -> None:
    even = [number / 30 for number in range(61)]
    uneven = [t_s for number, t_s in enumerate(even) if t_s >= 1.0 or number % 3 == 0]
    shares = [share_of_time(times_s, [t_s < 1.0 for t_s in times_s]) for times_s in (even, uneven)]
    assert shares[1] == pytest.approx(shares[0], abs=0.02)


@given(st.lists(st.tuples(st.floats(-9.0, 9.0), st.booleans()), max_size=30))
def test_of_times_that_go_back_as_in_a_damaged_file_it_is_a_share_as_well(
    moments: list[tuple[float, bool]],
) -> None:
    share = share_of_time([t_s for t_s, _ in moments], [so for _, so in moments])
    assert 0.0 <= share <= 1.0 + 1e-9
