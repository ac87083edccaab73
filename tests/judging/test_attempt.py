"""The shape of one attempt: its level, and for how long it was truly held."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.judging.attempt import Sample, Shape, first_above, shape_of
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


@pytest.mark.parametrize("at_s", [1.0, 2.0, 4.8])
def test_one_sample_far_too_high_is_no_top(at_s: float) -> None:
    """On the way up, at the top, and on the way down."""
    leapt = [(t, 90.0 if abs(t - at_s) < 0.03 else r) for t, r in attempt(3.0, 0.8, 0.8)]
    assert max(rise for _, rise in leapt) == 90.0
    assert shape_of(leapt, 0.5).level == pytest.approx(40.0, rel=0.03)


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
    assert first_above([(1.0, 2.0), (3.0, 4.0), (5.0, 9.0)], 5.0) == pytest.approx(3.4)
    assert first_above([(3.0, 8.0), (4.0, 0.0)], 5.0) == 3.0
    assert first_above([], 5.0) is None


# What ends a top, and what is taken off for its ways


def test_a_drop_of_a_single_frame_ends_it_where_it_fell() -> None:
    """However far it fell: what is above again one frame later is another top."""
    dropped = [(t, 20.0 if t == 4.0 else r) for t, r in attempt(3.0, 0.8, 0.8)]
    assert 3.85 < shape_of(dropped, 0.5).top_end_s < 4.0


@pytest.mark.parametrize(("dip_s", "ends"), [(0.45, False), (0.58, True)])
def test_half_a_second_below_the_top_is_a_flicker_and_longer_its_end(
    dip_s: float, *, ends: bool
) -> None:
    dipped = [
        (t, 27.0 if 2.5 <= t <= 2.5 + dip_s else r) for t, r in attempt(3.0, 0.8, 0.8, fps=60.0)
    ]
    assert (shape_of(dipped, 0.5).hold_s < 2.0) is ends


def up_and_down(*corners: tuple[float, float], fps: float = 100.0) -> list[Sample]:
    """Return a curve that goes straight from corner to corner: seconds, rise."""
    times = np.arange(corners[0][0], corners[-1][0] + 0.5 / fps, 1.0 / fps)
    corners_s, tops = np.array(corners).T
    rises = np.interp(times, corners_s, tops)
    return [(float(t_s), float(rise)) for t_s, rise in zip(times, rises, strict=True)]


def test_of_an_even_rise_its_time_from_a_tenth_to_nine_tenths_is_known() -> None:
    """Of which as much is taken off as is asked for."""
    curve = up_and_down((0.0, 0.0), (1.0, 40.0), (3.0, 40.0), (3.5, 0.0))
    whole = shape_of(curve, 1.0)
    assert whole.ramps_s == pytest.approx(0.8 + 0.4, abs=0.05)
    assert shape_of(curve, 0.25).ramps_s == pytest.approx(whole.ramps_s / 4.0)
    assert whole.top_end_s - whole.top_s == pytest.approx(2.0 + 0.1 + 0.05, abs=0.05)


def test_who_pauses_low_on_the_way_up_loses_nothing_by_it() -> None:
    straight = up_and_down((0.0, 0.0), (0.8, 40.0), (2.8, 40.0), (3.6, 0.0))
    paused = up_and_down(
        (0.0, 0.0), (0.32, 16.0), (2.32, 16.0), (2.8, 40.0), (4.8, 40.0), (5.6, 0.0)
    )
    assert shape_of(paused, 0.5).hold_s == pytest.approx(shape_of(straight, 0.5).hold_s, abs=0.03)


def test_however_slow_the_ways_are_little_is_taken_off_for_them() -> None:
    slow, slower = (shape_of(attempt(2.0, each, each), 1.0).ramps_s for each in (5.0, 9.0))
    assert slow == slower == pytest.approx(2.4)  # 1.2 s a way: what takes longer is no one movement


@pytest.mark.parametrize(("share", "known"), [(0.3, True), (0.4, False)])
def test_a_way_up_that_began_out_of_sight_is_taken_to_be_as_the_way_down(
    share: float, *, known: bool
) -> None:
    """From a third of the height there is enough of it to be measured itself."""
    curve = up_and_down((0.0, 0.0), (0.5, 40.0), (2.5, 40.0), (3.5, 0.0))
    late = [sample for sample in curve if sample[0] > 2.0 or sample[1] >= share * 40.0]
    ramps_s = 0.4 + 0.8 if known else 0.8 + 0.8
    assert shape_of(late, 1.0).ramps_s == pytest.approx(ramps_s, abs=0.05)


# What may have been held where the leg was not seen


TOP = Shape(level=40.0, top_s=2.0, top_end_s=5.0, ramps_s=0.4)


@pytest.mark.parametrize(
    ("gaps", "least_s", "most_s"),
    [
        ([], 2.6, 2.6),
        ([(0.5, 1.5), (6.0, 9.0)], 2.6, 2.6),  # neither is in the top
        ([(1.0, 2.0), (5.0, 6.0)], 2.6, 2.6),  # nor are those that only touch it
        ([(3.0, 3.5)], 1.1, 2.6),  # the longer of two pieces, or both and the gap
        ([(3.0, 3.5), (4.0, 4.8)], 0.6, 2.6),
        ([(1.0, 2.5)], 2.1, 3.6),  # it may have been up all the time before it was seen to be
        ([(4.5, 7.0)], 2.1, 4.6),
    ],
)
def test_the_top_was_held_for_as_long_as_was_seen_or_for_all_that_was_not(
    gaps: list[tuple[float, float]], least_s: float, most_s: float
) -> None:
    assert TOP.hold_limits_s(gaps) == pytest.approx((least_s, most_s))


def test_a_top_shorter_than_its_ways_was_not_held() -> None:
    assert Shape(level=40.0, top_s=2.0, top_end_s=2.3, ramps_s=0.4).hold_s == 0.0
