"""The shape of one attempt: its level, and for how long it was truly held."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.judging.attempt import Sample, first_above, shape_of
from stick_figure import minimum_jerk

RATES_FPS = st.sampled_from([8.0, 15.0, 30.0, 60.0])


def attempt(
    plateau_s: float, rise_s: float, fall_s: float, *, level: float = 40.0, fps: float = 15.0
) -> list[Sample]:
    """Return a rise from 0 to a plateau and back, minimum jerk, half a second of rest around it."""

    def height(t_s: float) -> float:
        up = minimum_jerk((t_s - 0.5) / rise_s)
        down = minimum_jerk((t_s - 0.5 - rise_s - plateau_s) / fall_s)
        return level * (up - down)

    whole_s = 1.0 + rise_s + plateau_s + fall_s
    return [(n / fps, height(n / fps)) for n in range(int(whole_s * fps) + 1)]


@given(
    plateau_s=st.floats(0.5, 4.0),
    rise_s=st.floats(0.4, 1.2),
    fall_s=st.floats(0.4, 1.2),
    fps=st.sampled_from([15.0, 30.0, 60.0]),
)
def test_the_time_held_is_that_of_the_plateau(
    plateau_s: float, rise_s: float, fall_s: float, fps: float
) -> None:
    shape = shape_of(attempt(plateau_s, rise_s, fall_s, fps=fps), 0.5)
    assert shape.hold_s == pytest.approx(plateau_s, abs=0.1)
    assert shape.level == pytest.approx(40.0, rel=0.03)


@given(level=st.floats(1.0, 500.0), fps=RATES_FPS)
def test_the_height_of_the_top_does_not_change_its_times(level: float, fps: float) -> None:
    small = shape_of(attempt(2.0, 0.8, 0.6, fps=fps), 0.5)
    other = shape_of(attempt(2.0, 0.8, 0.6, level=level, fps=fps), 0.5)
    assert other.hold_s == pytest.approx(small.hold_s, abs=1e-6)
    assert other.top_s == pytest.approx(small.top_s, abs=1e-6)
    assert other.level == pytest.approx(small.level * level / 40.0)


@given(shift_s=st.floats(-1e4, 1e4), fps=RATES_FPS)
def test_later_is_the_same_later(shift_s: float, fps: float) -> None:
    curve = attempt(1.5, 0.5, 0.9, fps=fps)
    here, there = shape_of(curve, 0.5), shape_of([(t + shift_s, r) for t, r in curve], 0.5)
    assert there.hold_s == pytest.approx(here.hold_s, abs=1e-6)
    assert there.top_s - shift_s == pytest.approx(here.top_s, abs=1e-6)
    assert there.top_end_s - shift_s == pytest.approx(here.top_end_s, abs=1e-6)


def test_backward_it_was_held_as_long() -> None:
    curve = attempt(1.7, 0.5, 1.1)
    backward = [(-t_s, rise) for t_s, rise in reversed(curve)]
    assert shape_of(backward, 0.5).hold_s == pytest.approx(shape_of(curve, 0.5).hold_s)


def test_a_dip_that_stays_high_does_not_end_the_top() -> None:
    dipped = [(t, 34.0 if 2.0 <= t <= 2.2 else r) for t, r in attempt(3.0, 0.8, 0.8)]
    assert shape_of(dipped, 0.5).hold_s == pytest.approx(3.0, abs=0.15)


def test_a_drop_ends_it_and_the_longest_part_counts() -> None:
    dropped = [(t, 20.0 if 2.0 <= t <= 2.4 else r) for t, r in attempt(3.0, 0.8, 0.8)]
    shape = shape_of(dropped, 0.5)
    assert shape.top_s == pytest.approx(2.45, abs=0.15)
    assert shape.hold_s < 2.2


def test_a_flicker_of_the_reading_does_not() -> None:
    flickered = [(t, 27.0 if 2.0 <= t <= 2.3 else r) for t, r in attempt(3.0, 0.8, 0.8)]
    assert shape_of(flickered, 0.5).hold_s == pytest.approx(3.0, abs=0.15)


def test_one_sample_a_little_too_high_does_not_set_the_level() -> None:
    jumped = [(t, 48.0 if t == 2.0 else r) for t, r in attempt(3.0, 0.8, 0.8)]
    assert shape_of(jumped, 0.5).level == pytest.approx(40.0, rel=0.03)
    assert shape_of(jumped, 0.5).hold_s == pytest.approx(3.0, abs=0.15)


@given(rises=st.lists(st.floats(0.0, 100.0), min_size=1, max_size=30))
def test_any_curve_has_a_shape_and_its_times_are_in_order(rises: list[float]) -> None:
    curve = [(n / 15.0, rise) for n, rise in enumerate(rises)]
    shape = shape_of(curve, 0.5)
    assert curve[0][0] <= shape.top_s <= shape.top_end_s <= curve[-1][0]
    assert 0.0 <= shape.hold_s <= shape.top_end_s - shape.top_s
    assert 0.0 <= shape.level <= max(rises)


@given(rises=st.lists(st.integers(0, 100), min_size=1, max_size=20), wanted=st.integers(1, 100))
def test_first_above_is_the_first_crossing(rises: list[int], wanted: int) -> None:
    curve = [(float(n), float(rise)) for n, rise in enumerate(rises)]
    at_s = first_above(curve, wanted)
    if at_s is None:
        assert max(rises) < wanted
        return
    assert all(rise < wanted for t_s, rise in curve if t_s < at_s - 1e-9)
    after = [b for a, b in pairwise([(-1.0, 0.0), *curve]) if a[0] < at_s <= b[0] + 1e-9]
    assert after[0][1] >= wanted


def test_first_above_goes_straight_between_samples() -> None:
    assert first_above([(0.0, 0.0), (1.0, 10.0)], 2.5) == pytest.approx(0.25)
    assert first_above([(3.0, 8.0), (4.0, 0.0)], 5.0) == 3.0
    assert first_above([], 5.0) is None
