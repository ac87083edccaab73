"""Advice on the position: what was missing most, once something was missing for a while."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.session.hints import Hints

AFTER_S = 2.5
CUES = st.sampled_from(["fix.hips_up", "fix.knee_straight", "pos.bridge"])


def said(parts: Sequence[tuple[str | None, float]], fps: float = 10.0) -> list[tuple[float, str]]:
    """Return what is due, and when, of cues that are missing for so many seconds each."""
    hints, due, t_s, end_s = Hints(), [], 0.0, 0.0
    for cue_id, seconds in parts:
        end_s += seconds
        while t_s < end_s - 1e-6:
            due += [(t_s, remark.cue_id) for remark in hints.step(t_s, cue_id)]
            t_s += 1.0 / fps
    return due


@given(cue_id=CUES, fps=st.sampled_from([8.0, 15.0, 30.0]))
def test_what_is_missing_for_long_is_said(cue_id: str, fps: float) -> None:
    due = said([(cue_id, 5.0)], fps)
    assert due[0][0] == pytest.approx(AFTER_S, abs=1.5 / fps)
    assert {each for _, each in due} == {cue_id}


def test_somebody_who_is_just_getting_there_is_left_alone() -> None:
    assert said([("fix.hips_up", 2.3), (None, 5.0)]) == []


@given(
    parts=st.lists(st.tuples(CUES, st.floats(0.2, 0.9)), min_size=8, max_size=20),
)
def test_the_times_of_changing_causes_add_up(parts: list[tuple[str, float]]) -> None:
    """Wrong now in one way and now in another is wrong all the time."""
    due = said([*parts, *parts])
    assert due
    assert due[0][0] == pytest.approx(AFTER_S, abs=0.3)


def test_what_was_missing_most_is_said() -> None:
    due = said([("fix.hips_up", 1.6), ("fix.knee_straight", 0.8), ("pos.bridge", 0.5)])
    assert {cue_id for _, cue_id in due} == {"fix.hips_up"}


def test_a_short_moment_in_position_forgets_nothing_a_longer_one_all() -> None:
    wrong = ("fix.hips_up", 1.5)
    assert said([wrong, (None, 0.5), wrong]) != []
    assert said([wrong, (None, 1.5), wrong]) == []


def test_nothing_is_said_while_nothing_is_missing() -> None:
    assert said([("fix.hips_up", 2.4), (None, 0.8)]) == []
    assert said([(None, 20.0)]) == []


def test_a_stall_between_two_frames_is_nobody_s_time() -> None:
    hints = Hints()
    assert hints.step(0.0, "fix.hips_up") == []
    assert hints.step(60.0, "fix.hips_up") == []
    assert hints.step(60.1, "fix.hips_up") == []
