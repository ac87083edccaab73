"""The word that begins a movement."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from coreline.session.nudges import Nudges


def times_said(
    idle_from_s: float, until_s: float, *, fresh: bool, step_s: float = 0.1
) -> list[float]:
    nudges, said = Nudges(), []
    for step in range(round(until_s / step_s)):
        t_s = step * step_s
        if nudges.step(t_s, idle=t_s >= idle_from_s, fresh=fresh):
            said.append(t_s)
    return said


@given(idle_from_s=st.floats(0.0, 5.0), fps=st.integers(8, 60))
def test_in_a_fresh_set_it_is_said_at_once_and_nobody_waits_eight_seconds(
    idle_from_s: float, fps: int
) -> None:
    said = times_said(idle_from_s, 22.0, fresh=True, step_s=1.0 / fps)
    assert said[0] - idle_from_s <= 1.0 / fps + 1e-6
    assert all(b - a <= 8.0 for a, b in pairwise(said))


def test_somebody_who_rests_is_reminded_after_a_while_and_then_left_in_peace() -> None:
    said = times_said(0.0, 120.0, fresh=False)
    assert 6.9 <= said[0] <= 7.2
    assert len(said) == 3


def test_a_movement_begins_the_time_anew() -> None:
    nudges = Nudges()
    assert not any(nudges.step(t_s, idle=True, fresh=False) for t_s in (0.0, 3.0, 6.0))
    nudges.step(6.5, idle=False, fresh=False)
    assert not any(nudges.step(t_s, idle=True, fresh=False) for t_s in (7.0, 10.0, 13.5))
    assert nudges.step(14.1, idle=True, fresh=False)
