"""The roll angle of a body: followed as it turns, and through leaps of its reading."""

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.body.form import Form
from coreline.judging.roll_angle import RollAngle, roll_deg, shortest_deg

FPS = 15.0
TURNING = st.lists(st.floats(-20.0, 20.0), min_size=1, max_size=60)  # degrees from frame to frame


def followed(readings_deg: Iterable[float], fps: float = FPS) -> list[float]:
    """Return the angle after each reading, the first of which is where it begins."""
    first_deg, *others = readings_deg
    angle, found = RollAngle(0.0, first_deg), [first_deg]
    for number, raw_deg in enumerate(others, 1):
        angle.step(number / fps, raw_deg)
        found.append(angle.deg)
    return found


def lying(deg: float, seconds: float = 0.6) -> list[float]:
    return [deg] * round(seconds * FPS)


def turning(from_deg: float, to_deg: float, seconds: float) -> list[float]:
    steps = round(seconds * FPS)
    return [from_deg + (to_deg - from_deg) * n / steps for n in range(1, steps + 1)]


def folded(angles_deg: Sequence[float]) -> list[float]:
    """Return angles as they are read, -180 to 180 degrees."""
    return [shortest_deg(0.0, each) for each in angles_deg]


@given(st.floats(-179.0, 179.0))
def test_the_angle_is_read_back(angle_deg: float) -> None:
    angle = math.radians(angle_deg)
    values = {"roll_sin": math.sin(angle), "roll_cos": math.cos(angle)}
    assert roll_deg(Form(0.0, True, True, None, values, None)) == pytest.approx(angle_deg)


@given(TURNING)
def test_a_body_that_turns_is_followed_without_a_seam(steps_deg: list[float]) -> None:
    angles = [0.0]
    for step_deg in steps_deg:
        angles.append(angles[-1] + step_deg)
    assert followed(folded(angles)) == pytest.approx(angles, abs=1e-6)


@given(st.lists(st.floats(-180.0, 180.0), min_size=1, max_size=3), st.floats(-90.0, 90.0))
def test_leaps_and_back_are_none(leaps_deg: list[float], rests_deg: float) -> None:
    readings = [*lying(rests_deg), *leaps_deg, *lying(rests_deg)]
    assert followed(readings)[-1] == pytest.approx(rests_deg, abs=1e-6)


@pytest.mark.parametrize(
    "by_way_of",
    [
        (-147.0, 119.0, 102.0, -72.0),  # a known body, from belly up to its back to the camera
        (5.0, 100.0, 154.0, -25.0),
        (-153.0, -98.0),
        (),
    ],
)
@pytest.mark.parametrize("sense", [1.0, -1.0])
def test_a_leap_ends_where_the_body_is_the_short_way(
    by_way_of: Sequence[float], sense: float
) -> None:
    way = [*lying(0.0), *turning(0.0, 180.0, 2.0), *lying(180.0), *by_way_of, *lying(285.0)]
    turned = [*way, *turning(285.0, 360.0, 1.0), *lying(360.0)]
    found = followed(folded([sense * each for each in turned]))
    assert found[-1] == pytest.approx(sense * 360.0)
    assert max(abs(b - a) for a, b in pairwise(found)) < 120.0


def test_what_drifts_before_it_leaps_is_not_where_the_body_lay() -> None:
    drift = [177.0, 174.0, 168.0, 148.0]  # a known body that truly went on to 240
    readings = [*lying(0.0), *turning(0.0, 178.0, 2.0), *lying(178.0), *drift, 207.0]
    assert followed(folded(readings))[-1] == pytest.approx(148.0), "the leap is not over"
    assert followed(folded([*readings, *lying(294.0)]))[-1] == pytest.approx(294.0)


def test_nothing_of_a_leap_is_believed_until_it_is_over() -> None:
    angle, believed = RollAngle(0.0, 0.0), []
    for number, raw_deg in enumerate([0.0, 0.0, 100.0, 100.0, 100.0, 100.0, 100.0, 100.0], 1):
        believed.append(angle.step(number / FPS, raw_deg))
    assert believed == [True, True, False, False, False, False, True, True]


@given(st.floats(8.0, 60.0), st.floats(3.0, 9.0))
def test_a_whole_turn_is_one_at_any_rate(fps: float, seconds: float) -> None:
    steps = math.ceil(seconds * fps)
    angles = [360.0 * n / steps for n in range(steps + 1)]
    assert followed(folded(angles), fps)[-1] == pytest.approx(360.0)
