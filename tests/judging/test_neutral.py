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


# How much a reading counts, and how much it says


@pytest.mark.parametrize(("speed", "share"), [(2.9, 1.0), (6.0, 0.5), (7.2, 0.3), (30.0, 0.1)])
def test_what_moves_counts_less_and_never_nothing(speed: float, share: float) -> None:
    """From three degrees a second on; at six half, and at least a tenth."""
    t_s = np.arange(0.0, 1.0, 0.05)
    weights = weights_of(t_s, speed * t_s) / weights_of(t_s, np.zeros(len(t_s)))
    assert weights == pytest.approx(share, abs=0.001)


def test_the_speed_is_read_over_a_third_of_a_second_so_that_jitter_is_none() -> None:
    t_s = np.arange(0.0, 2.0, 0.1)
    jitter = np.where(np.arange(len(t_s)) % 2 == 0, 0.4, -0.4)
    assert weights_of(t_s, jitter)[2:-2] == pytest.approx(
        weights_of(t_s, 0.0 * t_s)[2:-2], rel=0.05
    )
    t_s = np.arange(0.0, 2.0, 0.05)
    leap = np.where(t_s < 0.99, 0.0, 9.0)
    seen = weights_of(t_s, leap) / weights_of(t_s, 0.0 * t_s) < 0.5
    assert t_s[seen] == pytest.approx([0.85, 0.9, 0.95, 1.0, 1.05, 1.1])


def test_what_is_late_counts_a_third_after_eight_seconds_and_a_seventh_at_last() -> None:
    t_s = np.arange(0.0, 60.0, 0.1)
    weights = weights_of(t_s, 0.0 * t_s) / weights_of(t_s, 0.0 * t_s)[0]
    assert weights[80] == pytest.approx(np.exp(-1.0), rel=0.01)
    assert weights[40] == pytest.approx(np.exp(-0.5), rel=0.01)
    assert weights[200] == weights[-1] == pytest.approx(0.15)


def test_the_last_reading_stands_for_as_long_as_the_one_before() -> None:
    first, second, last = weights_of(np.array([0.0, 0.2, 0.3]), np.zeros(3))
    assert first == pytest.approx(2.0 * 0.2, rel=0.01)
    assert (second, last) == pytest.approx((2.0 * 0.1, 2.0 * 0.1), rel=0.05)


def test_of_many_readings_the_line_is_known_as_a_mean_is() -> None:
    """Their noise is two degrees, and it averages out."""
    wide = PriorRange(mean=0.0, sd=30.0)
    assert estimate(np.array([4.0]), np.array([1.0]), wide).value == pytest.approx(4.0, abs=0.5)
    many = estimate(np.full(50, 4.0), np.ones(50), wide)
    assert many.sd == pytest.approx(2.0 / 50.0**0.5, rel=0.15)


def test_of_a_fault_and_a_line_read_as_often_the_plausible_one_is_the_line() -> None:
    """Two fifths of the readings may be anything, anywhere within a quarter of a turn."""
    values = np.array([0.0] * 6 + [30.0] * 4)
    weights, wide = np.full(10, 0.5), PriorRange(mean=0.0, sd=30.0)
    found = estimate(values, weights, wide)
    assert found.value == pytest.approx(0.0, abs=0.5)
    # Where most are elsewhere, that is the line: this person's, or a fault from the beginning.
    other = estimate(30.0 - values, weights, PriorRange(mean=15.0, sd=30.0))
    assert other.value == pytest.approx(30.0, abs=0.5)


@pytest.mark.parametrize(("away_deg", "share"), [(0.0, 0.96), (4.0, 0.78), (6.0, 0.23), (9.0, 0.0)])
def test_a_reading_so_far_from_the_line_is_of_it_in_such_a_share(
    away_deg: float, share: float
) -> None:
    """The noise's bell over what may be anything, as Bayes' rule has it."""
    noise = np.exp(-0.5 * (away_deg / 2.0) ** 2) / (2.0 * np.sqrt(2.0 * np.pi))
    expected = 0.6 * noise / (0.6 * noise + 0.4 / 90.0)
    (found,) = belongs(np.array([3.0 + away_deg]), 3.0)
    assert found == pytest.approx(expected)
    assert found == pytest.approx(share, abs=0.01)


def test_a_line_without_limits_is_looked_for_as_far_as_four_deviations() -> None:
    free = PriorRange(mean=10.0, sd=5.0)
    for value, found in ((29.0, 29.0), (80.0, 10.0), (-9.0, -9.0)):
        many = estimate(np.full(400, value), np.ones(400), free)
        assert many.value == pytest.approx(found, abs=1.5)
    edge = estimate(np.full(4000, 33.0), np.ones(4000), free)
    assert edge.value == pytest.approx(30.0, abs=0.75)
    assert estimate(np.full(4000, -13.0), np.ones(4000), free).value == pytest.approx(
        -10.0, abs=0.75
    )


def test_nothing_is_known_better_than_to_a_step_of_the_grid() -> None:
    sure = estimate(np.full(9000, 1.0), np.ones(9000), PriorRange(mean=0.0, sd=5.0))
    assert sure.sd == pytest.approx(0.5 / 12.0**0.5)
    off_grid = estimate(np.full(9000, 1.2), np.ones(9000), PriorRange(mean=0.0, sd=5.0))
    assert off_grid.value == pytest.approx(1.2, abs=0.26)


def test_half_of_the_weight_lies_on_either_side_of_the_weighted_median() -> None:
    values = np.array([5.0, 1.0, 4.0, 2.0])
    assert weighted_median(values, np.array([1.0, 1.0, 1.0, 1.0])) == 2.0
    assert weighted_median(values, np.array([1.0, 1.0, 3.0, 1.5])) == 4.0
    assert weighted_median(values, np.array([3.0, 1.0, 1.0, 0.5])) == 5.0
    assert weighted_median(values, np.array([0.2, 0.1, 0.1, 3.0])) == 2.0
