"""The person's own line as an estimate: what moves it, what does not, and how sure it is."""

from collections.abc import Sequence
from statistics import median_low

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.body.pose import Array
from coreline.judging.neutral import (
    Estimate,
    belongs,
    estimate,
    joined,
    weighted_median,
    weights_of,
)
from coreline.programme.rules import PriorRange

PEOPLE = PriorRange(mean=-3.0, sd=8.0, low=-24.0, high=12.0)
FPS = st.sampled_from([8.0, 15.0, 30.0, 60.0])
OWN_DEG = st.floats(-14.0, 7.0)
_MOVE_S = 0.6  # from one value to the next

Part = tuple[float, float]  # a reading, and for how long it is kept


def readings(parts: Sequence[Part], fps: float = 15.0) -> tuple[Array, Array]:
    """Return times and readings of values kept one after another, with the ways between them."""
    corners_s, corners = [0.0], [parts[0][0]]
    for value, stay_s in parts:
        if len(corners) > 1:
            corners_s.append(corners_s[-1] + _MOVE_S)
            corners.append(value)
        corners_s.append(corners_s[-1] + stay_s)
        corners.append(value)
    t_s = np.arange(0.0, corners_s[-1], 1.0 / fps)
    return t_s, np.interp(t_s, corners_s, corners)


def own_of(
    parts: Sequence[Part],
    fps: float = 15.0,
    prior: PriorRange = PEOPLE,
    noise_seed: int | None = None,
) -> Estimate:
    """Return what the line is taken for."""
    t_s, values = readings(parts, fps)
    if noise_seed is not None:
        values = values + np.random.default_rng(noise_seed).normal(0.0, 1.0, len(values))
    return estimate(values, weights_of(t_s, values), prior)


# What does not move it


@given(own_deg=OWN_DEG, away_deg=st.floats(10.0, 25.0), high=st.booleans(), fps=FPS)
def test_an_overshoot_at_the_start_does_not(
    own_deg: float, away_deg: float, fps: float, *, high: bool
) -> None:
    over_deg = own_deg + (away_deg if high else -away_deg)
    found = own_of([(over_deg, 0.8), (own_deg, 5.0)], fps)
    assert found.value == pytest.approx(own_deg, abs=1.5)


@given(own_deg=OWN_DEG, away_deg=st.floats(12.0, 40.0), high=st.booleans(), fps=FPS)
def test_a_fault_of_three_seconds_does_not(
    own_deg: float, away_deg: float, fps: float, *, high: bool
) -> None:
    fault_deg = own_deg + (away_deg if high else -away_deg)
    plain = own_of([(own_deg, 12.0)], fps)
    found = own_of([(own_deg, 5.0), (fault_deg, 3.0), (own_deg, 4.0)], fps)
    assert found.value == pytest.approx(plain.value, abs=1.0)


@given(own_deg=st.floats(-10.0, 4.0), seed=st.integers(0, 1000))
def test_noise_does_not(own_deg: float, seed: int) -> None:
    found = own_of([(own_deg, 8.0)], noise_seed=seed)
    assert found.value == pytest.approx(own_deg, abs=1.5)


@given(seed=st.integers(0, 1000))
def test_the_order_of_the_readings_does_not(seed: int) -> None:
    t_s, values = readings([(-15.0, 1.0), (2.0, 4.0), (14.0, 2.0)])
    weights = weights_of(t_s, values)
    order = np.random.default_rng(seed).permutation(len(values))
    one, other = estimate(values, weights, PEOPLE), estimate(values[order], weights[order], PEOPLE)
    assert (other.value, other.sd) == pytest.approx((one.value, one.sd), abs=1e-9)


@pytest.mark.parametrize("fps", [8.0, 15.0, 30.0, 60.0])
@pytest.mark.parametrize("parts", [[(4.0, 3.0)], [(-15.0, 0.8), (2.0, 4.0), (14.0, 2.0)]])
def test_the_frame_rate_does_not(parts: list[Part], fps: float) -> None:
    usual, found = own_of(parts, 20.0), own_of(parts, fps)
    assert found.value == pytest.approx(usual.value, abs=0.5)
    assert found.sd == pytest.approx(usual.sd, rel=0.2)


# What it is


def test_without_readings_it_is_what_is_known_of_people() -> None:
    free = PriorRange(mean=-3.0, sd=5.0)
    nothing = np.empty(0)
    found = estimate(nothing, nothing, free)
    assert found.value == pytest.approx(-3.0, abs=0.25)
    assert found.sd == pytest.approx(5.0, rel=0.02)
    assert estimate(nothing, nothing, PEOPLE).sd < PEOPLE.sd  # its limits say something too


@given(value=st.floats(-180.0, 180.0), seconds=st.floats(0.2, 30.0))
def test_what_is_nobody_s_line_is_never_learnt(value: float, seconds: float) -> None:
    found = own_of([(value, seconds)])
    assert PEOPLE.low <= found.value <= PEOPLE.high + 0.5


def test_somebody_who_sags_all_along_is_not_believed() -> None:
    assert own_of([(25.0, 20.0)]).value < 15.0
    assert own_of([(-45.0, 20.0)]).value > -35.0


@given(own_deg=OWN_DEG, fps=FPS)
def test_it_gets_surer_with_the_time(own_deg: float, fps: float) -> None:
    first, later, last = (own_of([(own_deg, s)], fps).sd for s in (0.5, 3.0, 10.0))
    assert PEOPLE.sd > first > later > last


def test_in_a_steady_hold_it_is_the_plateau_nearest_to_what_is_plausible() -> None:
    near, far = 0.0, 11.0
    assert own_of([(near, 4.0), (far, 4.0)]).value == pytest.approx(near, abs=1.0)
    assert own_of([(far, 2.0), (near, 4.0)]).value == pytest.approx(near, abs=1.0)


# Earlier sets


@given(
    own_deg=OWN_DEG,
    sd_deg=st.floats(0.2, 12.0),
)
def test_earlier_sets_sharpen_what_is_known(own_deg: float, sd_deg: float) -> None:
    prior = joined(PEOPLE, Estimate(own_deg, sd_deg))
    low_deg, high_deg = sorted((PEOPLE.mean, own_deg))
    assert low_deg - 1e-9 <= prior.mean <= high_deg + 1e-9
    assert prior.sd < min(PEOPLE.sd, max(sd_deg, 2.0))
    assert (prior.low, prior.high) == (PEOPLE.low, PEOPLE.high)


@given(st.floats(-20.0, 20.0), st.floats(2.0, 12.0))
def test_each_counts_by_how_sure_it_is(own_deg: float, sd_deg: float) -> None:
    """By the inverse of its variance, as independent measurements of one thing do."""
    prior = joined(PEOPLE, Estimate(own_deg, sd_deg))
    own_share = PEOPLE.sd**2 / (PEOPLE.sd**2 + sd_deg**2)
    assert prior.mean == pytest.approx(PEOPLE.mean + own_share * (own_deg - PEOPLE.mean))
    assert prior.sd == pytest.approx(PEOPLE.sd * sd_deg / (PEOPLE.sd**2 + sd_deg**2) ** 0.5)


def test_nobody_s_own_line_is_surer_than_a_reading_s_noise() -> None:
    assert joined(PEOPLE, Estimate(0.0, 0.01)) == joined(PEOPLE, Estimate(0.0, 2.0))


def test_without_earlier_sets_people_are_all_that_is_known() -> None:
    assert joined(PEOPLE, None) == PEOPLE


def test_earlier_sets_decide_between_two_plateaus() -> None:
    parts = [(-8.0, 3.0), (6.0, 3.0)]
    for own_deg in (-8.0, 6.0):
        prior = joined(PEOPLE, Estimate(own_deg, 1.0))
        assert own_of(parts, prior=prior).value == pytest.approx(own_deg, abs=1.0)


def test_earlier_sets_make_a_fault_from_the_beginning_no_line() -> None:
    """Somebody who stood straight before and now sags by ten degrees does so."""
    prior = joined(PEOPLE, Estimate(0.0, 1.0))
    assert own_of([(11.0, 2.0)], prior=prior).value < 5.0


# The weights


@given(fps=FPS, seconds=st.floats(2.0, 12.0))
def test_readings_count_by_their_time_and_not_by_their_number(fps: float, seconds: float) -> None:
    t_s, values = readings([(5.0, seconds)], fps)
    usual_s, usual = readings([(5.0, seconds)], 20.0)
    ours, theirs = weights_of(t_s, values).sum(), weights_of(usual_s, usual).sum()
    assert ours == pytest.approx(theirs, rel=0.1)


def test_what_moves_counts_less_and_so_does_what_is_late() -> None:
    t_s, values = readings([(0.0, 4.0), (20.0, 16.0)])
    weights = weights_of(t_s, values)
    still, moving = weights[(t_s > 1.0) & (t_s < 3.0)], weights[(t_s > 4.2) & (t_s < 4.4)]
    late = weights[t_s > 15.0]
    assert moving.max() < 0.5 * still.min()
    assert 0.0 < late.max() < 0.5 * still.min()


def test_a_second_of_stillness_counts_two_at_first_and_never_more() -> None:
    t_s, values = readings([(5.0, 1.0)], 20.0)
    weights = weights_of(t_s, values)
    assert weights.max() == pytest.approx(2.0 / 20.0)
    assert 1.8 < weights.sum() < 2.0


def test_a_reading_stands_for_half_a_second_at_most() -> None:
    t_s = np.array([0.0, 0.1, 5.0, 5.1])
    weights = weights_of(t_s, np.zeros(4))
    assert weights[1] == pytest.approx(5.0 * weights[0], rel=0.02)


def test_of_a_single_reading_there_is_a_weight_too() -> None:
    assert weights_of(np.array([1.0]), np.array([4.0])).tolist() == [0.1]
    assert weights_of(np.empty(0), np.empty(0)).tolist() == []


# Shares and medians


@given(own_deg=OWN_DEG, nearer=st.floats(0.0, 20.0), by=st.floats(0.1, 20.0))
def test_the_nearer_a_reading_the_more_it_is_the_line_s(
    own_deg: float, nearer: float, by: float
) -> None:
    one, other = belongs(np.array([own_deg + nearer, own_deg - nearer - by]), own_deg)
    assert 0.0 <= other < one <= 1.0
    assert belongs(np.array([own_deg, own_deg + 15.0]), own_deg).round(1).tolist() == [1.0, 0.0]


@given(values=st.lists(st.floats(-50.0, 50.0), min_size=1, max_size=30))
def test_with_equal_weights_the_weighted_median_is_the_median(values: list[float]) -> None:
    found = weighted_median(np.array(values), np.ones(len(values)))
    assert found == median_low(values)


def test_the_weighted_median_goes_by_the_weights() -> None:
    values, weights = np.array([1.0, 2.0, 3.0]), np.array([1.0, 1.0, 5.0])
    assert weighted_median(values, weights) == 3.0
