"""Readings side by side are a list of readings, in a sixth of the memory."""

import sys
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.judging.events import Phase, Reading, State
from coreline.judging.readings import Readings

degrees = st.none() | st.floats(-360.0, 360.0)
readings = st.builds(
    Reading,
    t_s=st.floats(0.0, 1e6),
    found=st.booleans(),
    bend_deg=degrees,
    neutral_deg=degrees,
    signal_deg=degrees,
    knee_deg=degrees,
    phase=st.sampled_from(Phase),
    state=st.sampled_from(State),
)


@given(st.lists(readings, max_size=6), readings, st.integers(-8, 8))
def test_they_do_as_a_list_does(given_: list[Reading], another: Reading, at: int) -> None:
    whole, plain = Readings(given_), list(given_)
    assert whole == plain
    assert plain == whole
    assert whole[at:] == plain[at:]
    assert whole[::-1] == plain[::-1]
    whole.append(another)
    plain.append(another)
    assert whole[-1] == another
    whole.insert(at, another)
    plain.insert(at, another)
    assert whole == plain
    whole[0] = another
    plain[0] = another
    del whole[1:2]
    del plain[1:2]
    assert list(whole) == plain
    assert len(whole) == len(plain)


def test_one_that_is_not_there_is_an_error() -> None:
    with pytest.raises(IndexError):
        Readings()[0]


def test_a_frame_takes_less_than_seventy_bytes() -> None:
    def reading(number: int) -> Reading:
        deg = number / 7.0
        return Reading(number / 30.0, True, deg, deg + 1, deg + 2, None, Phase.DOWN, State.GOOD)

    whole, frames = Readings(), 20_000
    tracemalloc.start()
    try:
        for number in range(frames):
            whole.append(reading(number))
        taken_bytes, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert sys.getsizeof(whole) < taken_bytes < 70 * frames
