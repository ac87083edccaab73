"""When in a gap a reading crossed a limit, by how it moved on both sides of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.judging.faults import crossed_s

READING = st.floats(-30.0, 30.0)


def test_where_both_sides_rest_it_crosses_as_a_body_that_begins_and_comes_to_a_stop() -> None:
    at = crossed_s(10.0, (0.9, 0.0), (1.0, 0.0), (1.4, 20.0), (1.5, 20.0))
    assert at == pytest.approx(1.2)
    early = crossed_s(3.0, (0.9, 0.0), (1.0, 0.0), (1.4, 20.0), (1.5, 20.0))
    assert early > 1.0 + 0.4 * 3.0 / 20.0


def test_a_line_that_sank_a_little_beyond_the_limit_was_beyond_it_soon() -> None:
    """Fast when last seen, at rest when seen again: on a straight way only at the end."""
    sank_s = crossed_s(10.0, (0.92, 5.5), (1.0, 8.0), (1.4, 10.3), (1.48, 10.5))
    straight_s = crossed_s(10.0, None, (1.0, 8.0), (1.4, 10.3), (1.9, 10.5))
    assert straight_s == pytest.approx(1.0 + 0.4 * 2.0 / 2.3)
    assert sank_s < 1.25
    back_s = crossed_s(10.0, (0.92, 10.5), (1.0, 10.3), (1.4, 8.0), (1.48, 5.5))
    assert back_s == pytest.approx(2.4 - sank_s, abs=0.03)  # and back the other way round


@given(
    readings=st.tuples(READING, READING),
    ends=st.tuples(st.floats(-9.0, 9.5), st.floats(10.5, 30.0)),
    limit=st.just(10.0),
)
def test_however_fast_it_moved_it_crosses_within_the_gap(
    readings: tuple[float, float], ends: tuple[float, float], limit: float
) -> None:
    (before, after), (last, first) = readings, ends
    at = crossed_s(limit, (0.9, before), (1.0, last), (1.4, first), (1.5, after))
    assert 1.0 < at < 1.4
