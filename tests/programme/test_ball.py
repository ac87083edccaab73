"""Which ball for which height."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.data_files import load_programme
from coreline.errors import BadDataError
from coreline.programme.ball import ball_diameter_cm

SIZES = load_programme().ball.sizes


@pytest.mark.parametrize(
    ("height_m", "diameter_cm"),
    [
        (1.50, 55),
        (1.679, 55),
        (1.68, 65),
        (168 * 0.01, 65),
        (1.75, 65),
        (1.88, 65),
        (188 * 0.01, 65),
        (1.881, 75),
        (2.05, 75),
    ],
)
def test_the_handout_s_limits(height_m: float, diameter_cm: int) -> None:
    assert ball_diameter_cm(height_m, SIZES) == diameter_cm


@given(st.floats(0.5, 2.6), st.floats(0.5, 2.6))
def test_a_taller_person_never_gets_a_smaller_ball(one: float, other: float) -> None:
    shorter, taller = sorted((one, other))
    assert ball_diameter_cm(shorter, SIZES) <= ball_diameter_cm(taller, SIZES)


@pytest.mark.parametrize("height_m", [0.0, -1.7, 175.0, float("nan"), float("inf")])
def test_a_height_in_another_unit_is_refused(height_m: float) -> None:
    with pytest.raises(BadDataError, match=r"give it in metres, such as 1\.75$"):
        ball_diameter_cm(height_m, SIZES)
