"""Somebody who tries gets an answer: what an entry that came to nothing was, and what it lacked."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.judging.events import HoldEnded, Ready
from coreline.judging.judge import Judge
from coreline.judging.ready import Place, StartGate, Try, Waiting, is_near, lacking
from coreline.programme.rules import Judging
from judged_films import Outcome, forms_of, shown
from stick_figure import (
    BRIDGE,
    BRIDGE_DOWN,
    LEG_BRIDGE,
    LEG_BRIDGE_DOWN,
    PLANK_DOWN,
    Bridge,
    Film,
    LegBridge,
    few,
    film,
    rules_of,
    without,
)

RULES = rules_of("w12-belly-bridge")
BALL_M = 0.45
ON_BALL, DOWN_ON_BALL = Bridge(feet_up_m=BALL_M), Bridge(54.0, feet_up_m=BALL_M)


def asking(hold_s: float) -> Judging:
    """Return the rules with another time for which the position is held."""
    return RULES.model_copy(update={"start": RULES.start.model_copy(update={"hold_s": hold_s})})


def tried(story: Film, hold_s: float = 1.5, fps: float = 15.0) -> tuple[list[Try], Outcome]:
    judge = Judge(asking(hold_s))
    outcome = shown(judge, story.frames(fps))
    return judge.tries, outcome


def and_down(*stays: tuple[Bridge, float, float]) -> Film:
    return film((BRIDGE_DOWN, 0.0, 1.0), *stays, (BRIDGE_DOWN, 0.8, 1.5))


# What an entry was


@few
@given(stay_s=st.floats(0.2, 0.8), fps=st.sampled_from([10.0, 15.0, 30.0]))
def test_a_position_that_is_left_too_soon_was_too_short(stay_s: float, fps: float) -> None:
    story = and_down((BRIDGE, 0.7, stay_s))
    (attempt,), outcome = tried(story, 2.0, fps)
    assert (attempt.reason, attempt.cue) == ("too_short", "fix.hold_longer")
    begin_s, end_s = story.plateau(1)
    assert attempt.start_s == pytest.approx(begin_s, abs=0.6)
    assert attempt.end_s == pytest.approx(end_s, abs=0.6)
    (hold,) = outcome.holds
    assert (hold.start_s, hold.end_s) == (attempt.start_s, attempt.end_s)
    assert hold.reasons == ("too_short",)
    assert (hold.in_line_s, hold.line_score, hold.faults) == (0.0, None, ())
    assert not any(isinstance(fact, Ready) for fact in outcome.facts)


def test_a_position_that_is_never_still_was_unsteady() -> None:
    swing_deg = 2.0 * RULES.start.still_deg
    swings = [(Bridge(swing_deg), 0.4, 0.0), (Bridge(-swing_deg / 2.0), 0.4, 0.0)] * 4
    (attempt,), outcome = tried(and_down((BRIDGE, 0.8, 0.0), *swings))
    assert (attempt.reason, attempt.cue) == ("unsteady", "fix.stay_still")
    assert outcome.holds[0].reasons == ("unsteady",)


def test_hips_that_do_not_come_up_all_the_way_were_too_low() -> None:
    """The reading, how far it came, what is asked for, and how much of the time it was missed."""
    (limit,) = [c for c in RULES.start.conditions if c.measure == "bend" and c.near_max is not None]
    assert limit.near_max is not None
    best_deg = (limit.max + limit.near_max) / 2.0
    (attempt,), outcome = tried(and_down((Bridge(best_deg), 0.8, 3.0)))
    assert (attempt.reason, attempt.measure) == ("too_low", "bend")
    assert attempt.seen == pytest.approx(best_deg, abs=0.5)
    assert attempt.asked == limit.max
    assert attempt.share == 1.0
    assert attempt.cue == limit.cue
    assert outcome.holds[0].reasons == ("too_low",)
    assert attempt.end_s - attempt.start_s == pytest.approx(3.3, abs=0.5)


def test_what_was_missed_for_longest_is_told_and_not_what_was_looked_at_most() -> None:
    (there,) = forms_of(RULES, film((BRIDGE, 0.0, 0.0)).frames())
    sags = {**there.values, "over": 8.0, "bend": 0.0}  # for two seconds, looked at ten times in one
    bent = {**there.values, "over": 20.0, "bend": 27.0}  # for one second, in every picture
    seen = [(number / 10.0, sags) for number in range(20)]
    seen += [(2.0 + number / 30.0, bent) for number in range(31)]
    gate = StartGate(RULES)
    for t_s, values in seen:
        gate.step(replace(there, t_s=t_s, values=values))
    gate.finish()
    attempt = gate.take_try()
    assert attempt is not None
    assert attempt.measure == "over"
    assert attempt.share == pytest.approx(2.0 / 3.0, abs=0.02)


def test_each_entry_is_answered_for_itself() -> None:
    once = [(BRIDGE, 0.7, 0.3), (BRIDGE_DOWN, 0.7, 1.5)]
    story = film((BRIDGE_DOWN, 0.0, 1.0), *once * 3)
    attempts, outcome = tried(story, 2.0)
    assert [attempt.reason for attempt in attempts] == ["too_short"] * 3
    told = [fact.t_s for fact in outcome.facts if isinstance(fact, HoldEnded)]
    for t_s, attempt in zip(told, attempts, strict=True):
        assert attempt.end_s < t_s < attempt.end_s + 0.5


def test_an_entry_that_comes_to_a_hold_is_none_that_came_to_nothing() -> None:
    attempts, outcome = tried(and_down((BRIDGE, 0.8, 4.0)), 0.3)
    assert attempts == []
    assert [hold.reasons for hold in outcome.holds] == [()]


def test_passing_through_is_no_attempt() -> None:
    quick = film((BRIDGE_DOWN, 0.0, 1.0), (BRIDGE, 0.15, 0.0), (BRIDGE_DOWN, 0.15, 1.5))
    assert tried(quick)[0] == []
    assert tried(film((BRIDGE_DOWN, 0.0, 6.0)))[0] == []


def test_who_tries_until_the_end_is_answered_too() -> None:
    """The recording ends, or the person presses on, while they are still trying."""
    attempts, outcome = tried(film((BRIDGE_DOWN, 0.0, 1.0), (BRIDGE, 0.8, 0.9)), 3.0)
    assert [attempt.reason for attempt in attempts] == ["too_short"]
    assert [hold.reasons for hold in outcome.holds] == [("too_short",)]


def test_of_raises_an_entry_is_kept_but_it_is_no_hold() -> None:
    rules = rules_of("w56-belly-bridge")
    longer = rules.start.model_copy(update={"hold_s": 2.0})
    judge = Judge(rules.model_copy(update={"start": longer}))
    story = film((LEG_BRIDGE_DOWN, 0, 1), (LEG_BRIDGE, 0.8, 0.5), (LegBridge(0.0), 0.8, 1.5))
    outcome = shown(judge, story.frames())
    assert [attempt.reason for attempt in judge.tries] == ["too_short"]
    assert (outcome.holds, outcome.repetitions) == ([], [])


@few
@given(bend_deg=st.floats(-20.0, 50.0), on_ball=st.booleans())
def test_who_is_in_position_is_trying(bend_deg: float, *, on_ball: bool) -> None:
    rules = RULES.on_ball() if on_ball else RULES
    posture = Bridge(bend_deg, feet_up_m=BALL_M if on_ball else 0.0)
    (form,) = forms_of(RULES, film((posture, 0.0, 0.0)).frames())
    conditions = rules.start.conditions
    if not lacking(conditions, form):
        assert is_near(conditions, form)


# What was waited for


def test_what_was_missing_is_added_up_second_by_second() -> None:
    judge = Judge(RULES)
    story = film((BRIDGE_DOWN, 0.0, 4.0), (Bridge(30.0), 0.5, 2.0))
    shown(judge, story.frames())
    unmet = {each.measure: each for each in judge.waiting.unmet()}
    assert judge.waiting.waited_s == pytest.approx(6.5, abs=0.1)
    assert judge.waiting.unseen_s == 0.0
    (limit,) = [c for c in RULES.start.conditions if c.measure == "over"]
    assert unmet["bend"].seconds == pytest.approx(6.5, abs=0.2)
    assert unmet["bend"].share == pytest.approx(1.0, abs=0.03)
    bends_deg = [form.values["bend"] for form in forms_of(RULES, story.frames())]
    assert unmet["bend"].seen == pytest.approx(np.mean(bends_deg), abs=0.5)
    assert unmet["over"].seconds == pytest.approx(4.3, abs=0.4)
    assert unmet["over"].asked == limit.min
    assert unmet["over"].seen < limit.min
    seconds = [each.seconds for each in judge.waiting.unmet()]
    assert seconds == sorted(seconds, reverse=True)


def test_what_was_not_seen_was_not_missing() -> None:
    judge = Judge(RULES)
    shown(judge, without(film((BRIDGE_DOWN, 0.0, 6.0)).frames(), 2.0, 5.0))
    assert judge.waiting.unseen_s == pytest.approx(3.0, abs=0.2)
    assert all(each.seconds < 3.3 for each in judge.waiting.unmet())


def test_while_nothing_was_waited_for_nothing_is_missing() -> None:
    assert Waiting().unmet() == ()


# Floor and ball


@pytest.mark.parametrize(("up", "down"), [(BRIDGE, BRIDGE_DOWN), (ON_BALL, DOWN_ON_BALL)])
def test_floor_and_ball_are_told_by_the_feet(up: Bridge, down: Bridge) -> None:
    judge = Judge(RULES)
    story = film((down, 0.0, 1.0), (up, 1.0, 5.0), (down, 1.0, 1.0))
    outcome = shown(judge, story.frames())
    assert judge.place is (Place.BALL if up.feet_up_m else Place.FLOOR)
    (hold,) = outcome.holds
    assert hold.in_line_s == pytest.approx(5.5, abs=0.6)
    assert outcome.codes == []


@pytest.mark.parametrize("fps", [8.0, 15.0, 30.0])
def test_the_place_may_change_but_not_for_a_few_frames(fps: float) -> None:
    gate = StartGate(RULES)
    floor = forms_of(RULES, film((BRIDGE_DOWN, 0.0, 3.0)).frames(fps))
    (seen,) = forms_of(RULES, film((DOWN_ON_BALL, 0.0, 0.0)).frames())
    for number, form in enumerate(floor):
        stray = number % 5 in (2, 4)
        gate.step(replace(form, values=seen.values) if stray else form)
        assert gate.place is Place.FLOOR
    for form in forms_of(RULES, film((DOWN_ON_BALL, 0.0, 2.0)).frames(fps, start_s=3.1)):
        gate.step(form)
    assert gate.place is Place.BALL
    assert gate.rules_here == RULES.on_ball()


def test_where_only_rest_shows_the_ball_it_was_seen_for_good() -> None:
    """On the belly on a ball the legs hang down only until they are lifted."""
    rules = rules_of("w34-superman")
    assert rules.ball is not None
    assert rules.ball.stays
    gate = StartGate(rules)
    (flat,) = forms_of(rules, film((PLANK_DOWN, 0.0, 0.0)).frames())
    hanging = {"leg": -45.0, "knee": 175.0, "face_up": -5.0}
    for number in range(60):
        values = {**flat.values, **(hanging if number < 30 else {"leg": 2.0})}
        gate.step(replace(flat, t_s=number / 15.0, values=values))
    assert gate.place is Place.BALL
