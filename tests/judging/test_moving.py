"""How much of the time repetitions and turns took."""

from collections.abc import Iterable

import pytest

from coreline.judging.events import (
    Fact,
    Ready,
    Repetition,
    RepetitionEnded,
    Rotation,
    RotationEnded,
)
from coreline.judging.moving import MovingTime
from stick_figure import rules_of

RAISES, ROLL = rules_of("w56-belly-bridge"), rules_of("adv-log-roll")  # a top lasts 2 s


def raised(start_s: float, end_s: float, *reasons: str, hold_s: float = 2.0) -> Fact:
    repetition = Repetition(
        number=1,
        start_s=start_s,
        top_s=start_s,
        end_s=end_s,
        hold_s=hold_s,
        counted=not reasons,
        reasons=reasons,
        peak_deg=0.0,
        bend_mean_deg=None,
        bend_worst_deg=None,
        knee_min_deg=None,
        line_score=None,
    )
    return RepetitionEnded(end_s, repetition)


def turned(start_s: float, end_s: float, *reasons: str) -> Fact:
    return RotationEnded(end_s, Rotation(start_s, end_s, "x", not reasons, reasons))


def after(facts: Iterable[Fact], rules: object = RAISES) -> MovingTime:
    moving = MovingTime(RAISES if rules is RAISES else ROLL)
    moving.step(facts)
    return moving


def test_before_anything_nothing_was_done() -> None:
    moving = after([])
    assert not moving.started
    assert (moving.moved_s, moving.attempted_s, moving.last_done_s) == (0.0, 0.0, None)
    assert (moving.swings, moving.swung_s) == (0, 0.0)
    assert after([Ready(1.0, "left", "left")]).started


def test_a_single_rise_may_be_anything_two_are_a_movement() -> None:
    assert after([raised(1.0, 5.0)]).moved_s == 0.0
    two = after([raised(1.0, 5.0), raised(6.0, 9.0)])
    assert two.moved_s == two.attempted_s == 7.0
    assert two.last_done_s == 9.0


def test_a_single_turn_is_one() -> None:
    one = after([turned(1.0, 8.0)], ROLL)
    assert (one.moved_s, one.last_done_s) == (7.0, 8.0)
    assert after([turned(1.0, 8.0, "incomplete")], ROLL).attempted_s == 0.0
    assert after([turned(1.0, 8.0, "too_fast")], ROLL).moved_s == 7.0


@pytest.mark.parametrize("reason", ["too_short", "not_seen", "no_tap"])
def test_tops_that_were_never_held_are_another_exercise(reason: str) -> None:
    moving = after([raised(1.0, 5.0, reason), raised(6.0, 9.0, reason)])
    assert (moving.moved_s, moving.attempted_s, moving.last_done_s) == (0.0, 7.0, None)
    assert after([raised(1.0, 5.0, reason), raised(6.0, 9.0)]).moved_s == 7.0


def test_a_top_three_times_as_long_as_asked_is_still_a_raise_and_a_longer_one_a_hold() -> None:
    assert after([raised(0.0, 8.0, hold_s=6.0)] * 2).moved_s == 16.0
    held = after([raised(0.0, 8.0, hold_s=6.1)] * 2)
    assert (held.moved_s, held.attempted_s, held.swings) == (0.0, 0.0, 0)


def test_what_lacks_nothing_but_its_hold_is_a_swing() -> None:
    moving = after(
        [raised(0.0, 3.0), raised(4.0, 6.0, "too_short", "too_low"), raised(7.0, 9.0, "no_tap")]
    )
    assert (moving.swings, moving.swung_s) == (2, 5.0)
    assert after([raised(0.0, 3.0, "too_high")]).swings == 1
