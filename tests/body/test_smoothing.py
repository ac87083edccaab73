"""Smoothing goes by time, not by frames."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.body.smoothing import OneEuro

RATES_FPS = (8.0, 15.0, 30.0, 60.0)
SAMPLES = st.lists(st.floats(-180.0, 180.0), min_size=1, max_size=30)


def smoothed(
    signal: Callable[[float], float], fps: float, seconds: float, *, beta: float = 0.02
) -> dict[float, float]:
    """Return the smoothed signal by time."""
    filter_ = OneEuro(1.5, beta)
    times = [number / fps for number in range(int(seconds * fps) + 1)]
    return {t_s: float(filter_.step(t_s, [signal(t_s)])[0]) for t_s in times}


def slow(t_s: float) -> float:
    """Swing by 10 degrees once in six seconds."""
    return 10.0 * math.sin(2.0 * math.pi * t_s / 6.0)


@pytest.mark.parametrize("fps", RATES_FPS)
def test_a_slow_signal_comes_out_the_same_at_any_frame_rate(fps: float) -> None:
    reference = smoothed(slow, 240.0, 12.0)
    for t_s, value in smoothed(slow, fps, 12.0).items():
        if t_s == int(t_s) and t_s >= 1.0:
            # Within the lag of half a frame at 8 fps, where it swings fastest.
            assert value == pytest.approx(reference[t_s], abs=0.7)


@pytest.mark.parametrize("fps", RATES_FPS)
def test_a_step_is_followed_within_half_a_second(fps: float) -> None:
    after = smoothed(lambda t_s: 0.0 if t_s < 1.0 else 20.0, fps, 2.0)
    late = [value for t_s, value in after.items() if t_s >= 1.5]
    assert min(late) > 17.0
    assert max(late) <= 20.0


def test_jitter_at_rest_is_smoothed_away() -> None:
    noise = np.random.default_rng(4).normal(0.0, 1.0, 600)
    filter_ = OneEuro(1.5, 0.02)
    out = [float(filter_.step(n / 30.0, [noise.item(n)])[0]) for n in range(len(noise))]
    assert np.std(out[30:]) < 0.5 * np.std(noise[30:])


def test_speed_opens_the_filter() -> None:
    def ramp(t_s: float) -> float:
        return 60.0 * t_s

    lag_deg = ramp(2.0) - smoothed(ramp, 30.0, 2.0)[2.0]
    stiff_lag_deg = ramp(2.0) - smoothed(ramp, 30.0, 2.0, beta=0.0)[2.0]
    assert 0.0 < lag_deg < 0.7 * stiff_lag_deg


@given(samples=SAMPLES)
def test_nothing_comes_out_that_lies_beyond_what_went_in(samples: list[float]) -> None:
    filter_ = OneEuro(0.5, 0.01)
    for number, sample in enumerate(samples):
        value = float(filter_.step(number / 15.0, [sample])[0])
        seen = samples[: number + 1]
        assert min(seen) - 1e-9 <= value <= max(seen) + 1e-9


@given(one=SAMPLES, other=SAMPLES)
def test_components_do_not_touch_each_other(one: list[float], other: list[float]) -> None:
    together, alone = OneEuro(1.0, 0.05), OneEuro(1.0, 0.05)
    for number, (first, second) in enumerate(zip(one, other, strict=False)):
        both = together.step(number / 15.0, [first, second])
        assert both[0] == alone.step(number / 15.0, [first])[0]


def test_the_first_sample_passes_and_after_a_reset_the_next_does() -> None:
    filter_ = OneEuro(0.5, 0.0)
    assert filter_.step(0.0, [40.0])[0] == 40.0
    assert filter_.step(0.1, [0.0])[0] > 10.0
    filter_.reset()
    assert filter_.step(0.2, [-7.0])[0] == -7.0


def test_time_that_does_not_go_on_begins_anew() -> None:
    filter_ = OneEuro(0.5, 0.0)
    filter_.step(5.0, [40.0])
    assert filter_.step(5.0, [10.0])[0] == 10.0
    assert filter_.step(1.0, [20.0])[0] == 20.0


def test_what_went_in_is_left_as_it_was() -> None:
    filter_ = OneEuro(0.5, 0.0)
    first, second = [1.0], [9.0]
    filter_.step(0.0, first)
    filter_.step(0.1, second)
    assert (first, second) == ([1.0], [9.0])
