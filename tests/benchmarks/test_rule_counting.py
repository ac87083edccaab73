import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from tools.rule_counting import angle_deg, counted, kindest_count


def test_a_straight_body_and_a_right_angle() -> None:
    assert angle_deg((0, 0), (1, 0), (2, 0)) == 180.0
    assert math.isclose(angle_deg((0, 1), (0, 0), (1, 0)), 90.0)
    assert math.isnan(angle_deg((1, 1), (1, 1), (2, 0)))


def waves(number: int, low_deg: float, high_deg: float) -> NDArray[np.float64]:
    """Return so many movements up and down again, 20 frames each."""
    phase = np.linspace(0.0, 2.0 * np.pi * number, 20 * number + 1)
    return low_deg + (high_deg - low_deg) * (1.0 - np.cos(phase)) / 2.0


@given(st.integers(1, 12), st.floats(20.0, 120.0), st.floats(10.0, 60.0))
def test_with_thresholds_in_between_every_movement_is_counted_once(
    number: int, low_deg: float, range_deg: float
) -> None:
    high_deg = low_deg + range_deg
    angles = waves(number, low_deg, high_deg)
    down_deg, up_deg = low_deg + range_deg / 3, high_deg - range_deg / 3
    assert counted(angles, down_deg, up_deg) == number
    assert counted(angles, low_deg - 1.0, up_deg) == 0, "it is never down"
    unseen = np.where(np.arange(len(angles)) % 4 == 1, np.nan, angles)
    assert counted(unseen, down_deg, up_deg) == number


def test_the_joint_that_moves_most_is_taken_and_the_way_in_left_out() -> None:
    moving, still = waves(5, 90.0, 130.0), np.full(101, 170.0)
    way_in = np.linspace(10.0, 90.0, 30)
    angles = {
        "hip": list(np.concatenate((way_in, moving))),
        "knee": list(np.concatenate((way_in, still))),
    }
    inside = np.arange(131) >= 30
    assert kindest_count(angles, inside) == 5
    assert kindest_count({"hip": [math.nan] * 131}, inside) == 0
