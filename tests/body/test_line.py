"""What a deviation from the neutral scores."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.body.line import line_score, mean, mean_score, worst

DEGREES = st.floats(-90.0, 90.0)
GOOD = st.floats(1.0, 20.0)


@pytest.mark.parametrize(
    ("deviation_deg", "score"),
    [(0.0, 100.0), (5.0, 100.0), (-5.0, 100.0), (10.0, 50.0), (-10.0, 50.0), (15.0, 0.0)],
)
def test_full_marks_in_the_band_none_from_three_times_its_width(
    deviation_deg: float, score: float
) -> None:
    assert line_score(deviation_deg, 5.0) == pytest.approx(score)


@given(deviation_deg=DEGREES, good_deg=GOOD)
def test_a_score_lies_between_0_and_100_and_does_not_ask_for_the_sign(
    deviation_deg: float, good_deg: float
) -> None:
    score = line_score(deviation_deg, good_deg)
    assert 0.0 <= score <= 100.0
    assert score == line_score(-deviation_deg, good_deg)


@given(one_deg=DEGREES, other_deg=DEGREES, good_deg=GOOD)
def test_farther_from_the_line_never_scores_more(
    one_deg: float, other_deg: float, good_deg: float
) -> None:
    nearer_deg, farther_deg = sorted((one_deg, other_deg), key=abs)
    assert line_score(farther_deg, good_deg) <= line_score(nearer_deg, good_deg)


def test_of_no_moments_nothing_is_said() -> None:
    assert mean_score([], 5.0, []) is None
    assert mean([], []) is None
    assert worst([]) is None


def test_the_mean_score_is_the_mean_of_the_scores_not_the_score_of_the_mean() -> None:
    assert mean_score([-10.0, 10.0], 5.0, [0.1, 0.1]) == pytest.approx(50.0)
    assert mean([-10.0, 10.0], [0.1, 0.1]) == pytest.approx(0.0)


def test_the_worst_keeps_its_sign() -> None:
    assert worst([3.0, -12.0, 11.0]) == -12.0
    assert worst([3.0, -1.0, 11.0]) == 11.0


def test_what_lasted_longer_counts_for_more() -> None:
    assert mean([0.0, 8.0], [0.3, 0.1]) == pytest.approx(2.0)
    assert mean_score([0.0, 10.0], 5.0, [0.3, 0.1]) == pytest.approx(87.5)
