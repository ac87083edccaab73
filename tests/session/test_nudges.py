"""The word that begins a movement or leads it on."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.files.recordings import load_trace
from coreline.session.nudges import Nudges
from coreline.session.session import Step
from coreline.session.view import Stage
from guided import FPS, SHIFT_DEG, leg_raises, play, session_of, told
from judged_recordings import RECORDINGS
from stick_figure import Raise, exercise_of, raises_film


def times_said(until_s: float, *, idle: bool, attempts: int, step_s: float = 0.1) -> list[float]:
    """Return when a word is said to somebody in position from 0 s on to whom all is said."""
    nudges, said = Nudges(), list[float]()
    for step in range(round(until_s / step_s)):
        t_s = step * step_s
        last_s = said[-1] if said else None
        if nudges.step(t_s, idle=idle, attempts=attempts, counted=0, said_s=last_s):
            said.append(t_s)
    return said


@given(fps=st.integers(8, 60))
def test_in_a_fresh_set_it_is_said_at_once_and_nobody_waits_eight_seconds(fps: int) -> None:
    said = times_said(22.0, idle=True, attempts=0, step_s=1.0 / fps)
    assert said[0] == 0.0
    assert all(b - a <= 8.0 for a, b in pairwise(said))
    assert len(said) == 3


def test_somebody_who_rests_is_reminded_after_a_while_and_then_left_in_peace() -> None:
    said = times_said(120.0, idle=True, attempts=2)
    assert 6.9 <= said[0] <= 7.2
    assert len(said) == 3


def test_somebody_who_moves_slowly_is_never_left_alone() -> None:
    said = times_said(60.0, idle=False, attempts=0)
    assert 6.9 <= said[0] <= 7.2
    assert all(6.9 <= b - a <= 7.2 for a, b in pairwise(said))
    assert len(said) == 8


def test_while_something_moves_it_stays_due_until_a_word_is_heard() -> None:
    nudges = Nudges()

    def due(t_s: float, said_s: float) -> bool:
        return nudges.step(t_s, idle=False, attempts=1, counted=0, said_s=said_s)

    assert not due(3.0, said_s=2.0)
    assert all(due(t_s, said_s=2.0) for t_s in (10.0, 10.1, 11.5))
    assert not due(11.6, said_s=11.5)


@pytest.mark.parametrize("idle", [True, False])
def test_what_counts_or_is_said_begins_the_time_anew(idle: bool) -> None:
    nudges = Nudges()
    assert not nudges.step(0.0, idle=idle, attempts=1, counted=0, said_s=None)
    assert not nudges.step(6.9, idle=idle, attempts=2, counted=1, said_s=None)
    assert not nudges.step(13.8, idle=idle, attempts=2, counted=1, said_s=None)
    assert not nudges.step(20.0, idle=idle, attempts=2, counted=1, said_s=13.5)
    assert nudges.step(20.6, idle=idle, attempts=2, counted=1, said_s=13.5)


def test_whoever_rested_and_moved_again_is_reminded_again() -> None:
    nudges = Nudges()
    rest = [
        nudges.step(t_s / 10, idle=True, attempts=1, counted=0, said_s=None) for t_s in range(600)
    ]
    assert sum(rest) == 3
    nudges.step(60.0, idle=False, attempts=1, counted=0, said_s=59.0)
    assert nudges.step(70.0, idle=True, attempts=1, counted=0, said_s=59.0)


LOG_ROLL = RECORDINGS / "adv-log-roll.landmarks.npz"

# In a set, with everything else that is said


def quiet_s(steps: Sequence[Step]) -> float:
    """Return the longest time without a word or a count of somebody who trains."""
    marks, count = [steps[0].view.t_s], 0
    for step in steps:
        idle = step.view.stage is not Stage.EXERCISE
        if step.cues or step.view.progress.count > count or idle:
            marks.append(step.view.t_s)
        count = step.view.progress.count
    return max(b - a for a, b in pairwise([*marks, steps[-1].view.t_s]))


@pytest.mark.parametrize(
    ("slow", "cue_id"),
    [
        (Raise(ramp_s=12.0), "hold.keep"),
        (Raise(foot_m=0.2, plateau_s=12.0), "fix.leg_higher"),
        (Raise(plateau_s=12.0), "rep.down"),
        (Raise(tap_m=0.2, rest_s=12.0), "fix.tap_ground"),
    ],
)
def test_a_slow_raise_is_led_on(slow: Raise, cue_id: str) -> None:
    frames = raises_film([Raise(), slow, Raise()], shift_deg=SHIFT_DEG).frames(FPS)
    steps = play(session_of(leg_raises(repetitions=30)), frames)
    assert cue_id in told(steps)
    assert quiet_s(steps) <= 8.0


@pytest.mark.parametrize("times", [1.0, 1.3, 1.6])
def test_nobody_turns_for_eight_seconds_without_a_word(times: float) -> None:
    frames = [(t_s * times, pose) for t_s, pose in load_trace(LOG_ROLL)]
    steps = play(session_of(exercise_of("adv-log-roll")), frames)
    assert steps[-1].view.progress.count > 0
    assert quiet_s(steps) <= 8.0
