"""Nothing counts before the start position was held."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.judging.events import NeutralFound, Phase, Ready
from coreline.judging.judge import Judge
from coreline.judging.ready import StartGate, failing
from judged_films import forms_of, judged
from stick_figure import (
    BRIDGE,
    BRIDGE_DOWN,
    LEG_BRIDGE,
    LEG_BRIDGE_DOWN,
    PLANK,
    PLANK_DOWN,
    PLANK_PROPPED,
    Bridge,
    Camera,
    Film,
    LegBridge,
    Plank,
    Posture,
    few,
    film,
    rules_of,
    without,
)

PLANKS, BRIDGES, RAISES = "w12-back-bridge", "w12-belly-bridge", "w56-belly-bridge"
UP: dict[str, Posture] = {PLANKS: PLANK, BRIDGES: BRIDGE, RAISES: LEG_BRIDGE}
DOWN: dict[str, Posture] = {PLANKS: PLANK_DOWN, BRIDGES: BRIDGE_DOWN, RAISES: LEG_BRIDGE_DOWN}
EVERY = pytest.mark.parametrize("exercise_id", [PLANKS, BRIDGES, RAISES])
FPS = (8.0, 15.0, 30.0, 60.0)


def ready_s(exercise_id: str, story: Film, fps: float = 30.0) -> list[float]:
    facts = judged(rules_of(exercise_id), story.frames(fps)).facts
    return [fact.t_s for fact in facts if isinstance(fact, Ready)]


@EVERY
@pytest.mark.parametrize("fps", FPS)
def test_the_gate_opens_when_the_position_was_held_for_its_time(
    exercise_id: str, fps: float
) -> None:
    rules = rules_of(exercise_id)
    story = film((UP[exercise_id], 0.0, 3.0))
    (opened_s,) = ready_s(exercise_id, story, fps)
    # Four fifths of the time are enough, and every frame stands for the time until the next.
    hold_s = rules.start.hold_s
    assert 0.8 * hold_s - 1.0 / fps - 1e-6 <= opened_s <= hold_s + 2.0 / fps + 1e-6


@EVERY
@pytest.mark.parametrize("fps", FPS)
def test_passing_through_the_position_does_not_open_it(exercise_id: str, fps: float) -> None:
    down, up = DOWN[exercise_id], UP[exercise_id]
    down = PLANK_PROPPED if exercise_id == PLANKS else down
    story = film((down, 0.0, 1.0), (up, 0.4, 0.0), (down, 0.4, 1.0))
    assert ready_s(exercise_id, story, fps) == []


@EVERY
def test_lying_still_never_opens_it(exercise_id: str) -> None:
    outcome = judged(rules_of(exercise_id), film((DOWN[exercise_id], 0.0, 8.0)).frames())
    assert outcome.facts == []
    assert {reading.phase for reading in outcome.readings} == {Phase.WAITING}


def test_propped_up_with_the_hips_on_the_floor_is_no_plank() -> None:
    assert ready_s(PLANKS, film((PLANK_PROPPED, 0.0, 8.0))) == []


@pytest.mark.parametrize(
    ("exercise_id", "posture"),
    [
        (PLANKS, BRIDGE),
        (PLANKS, BRIDGE_DOWN),
        (PLANKS, Plank(0.0, knee_flexion_deg=40.0)),
        (PLANKS, Plank(-60.0)),
        (BRIDGES, PLANK),
        (BRIDGES, PLANK_DOWN),
        (BRIDGES, Bridge(30.0)),
        (RAISES, PLANK),
        (RAISES, LegBridge(3.0, foot_m=0.5)),
        (RAISES, BRIDGE_DOWN),
    ],
)
def test_another_position_does_not_open_it(exercise_id: str, posture: Posture) -> None:
    assert ready_s(exercise_id, film((posture, 0.0, 5.0))) == []


@EVERY
def test_a_position_in_which_the_line_still_moves_does_not_open_it(exercise_id: str) -> None:
    rules = rules_of(exercise_id)
    swing_deg = 4.0 * rules.start.still_deg
    swings: dict[str, tuple[Posture, Posture]] = {
        PLANKS: (Plank(-swing_deg / 2), Plank(swing_deg / 2)),
        BRIDGES: (Bridge(-swing_deg / 2), Bridge(swing_deg / 2)),
        RAISES: (
            LegBridge(25.0 - swing_deg / 4.4, foot_m=0.0),
            LegBridge(25.0 + swing_deg / 4.4, foot_m=0.0),
        ),
    }
    one, other = swings[exercise_id]
    pairs = [(other, 0.3, 0.0), (one, 0.3, 0.0)] * 8
    assert ready_s(exercise_id, film((one, 0.0, 0.05), *pairs)) == []


@EVERY
def test_a_position_that_is_not_seen_does_not_open_it(exercise_id: str) -> None:
    story = film((UP[exercise_id], 0.0, 4.0))
    frames = story.frames(30.0)
    blinking = [frame if n % 3 else (frame[0], None) for n, frame in enumerate(frames)]
    facts = judged(rules_of(exercise_id), blinking).facts
    assert not any(isinstance(fact, Ready) for fact in facts)


@EVERY
def test_one_frame_without_anybody_is_forgiven(exercise_id: str) -> None:
    frames = film((UP[exercise_id], 0.0, 2.0)).frames(30.0)
    facts = judged(rules_of(exercise_id), without(frames, 0.21, 0.24)).facts
    hold_s = rules_of(exercise_id).start.hold_s
    first_s = next(fact.t_s for fact in facts if isinstance(fact, Ready))
    assert 0.7 * hold_s <= first_s <= hold_s + 0.1


# What the gate saw


@few
@given(bend_deg=st.floats(-10.0, 10.0))
def test_the_neutral_is_the_line_that_was_held(bend_deg: float) -> None:
    story = film((PLANK_PROPPED, 0.0, 1.0), (Plank(bend_deg), 0.8, 5.0))
    facts = judged(rules_of(PLANKS), story.frames()).facts
    found = [fact for fact in facts if isinstance(fact, NeutralFound)]
    assert found[-1].neutral_deg == pytest.approx(bend_deg, abs=2.5)


def test_the_gate_s_medians_are_those_of_what_it_saw() -> None:
    rules = rules_of(PLANKS)
    gate = StartGate(rules)
    for form in forms_of(rules, film((Plank(4.0), 0.0, 2.0)).frames()):
        opened = gate.step(form)
    assert opened
    assert gate.medians()["bend"] == pytest.approx(4.0, abs=1e-6)
    assert gate.medians()["knee"] == pytest.approx(180.0, abs=1e-4)
    assert all(form.t_s >= 2.0 - rules.start.hold_s for form in gate.recent())


def test_after_a_reset_the_gate_waits_its_whole_time_again() -> None:
    rules = rules_of(PLANKS)
    gate = StartGate(rules)
    forms = forms_of(rules, film((PLANK, 0.0, 4.0)).frames())
    opened = [gate.step(form) for form in forms[:30]]
    gate.reset()
    again = [gate.step(form) for form in forms[30:]]
    assert opened.index(True) == again.index(True)


@pytest.mark.parametrize(("gap_s", "first_s"), [(0.2, 17.0), (1.0, 19.0)])
def test_the_gate_remembers_since_when_the_position_was_held(gap_s: float, first_s: float) -> None:
    """A few seconds, and only what was seen; a longer gap begins it again."""
    rules = rules_of(PLANKS)
    frames = without(film((PLANK, 0.0, 20.0)).frames(), 18.0, 18.0 + gap_s)
    gate = StartGate(rules)
    for form in forms_of(rules, frames):
        gate.step(form)
    history = gate.history()
    assert history[0].t_s == pytest.approx(first_s, abs=0.1)
    assert all(form.seen for form in history)


def test_the_gate_s_history_begins_where_the_position_was_reached() -> None:
    rules = rules_of(PLANKS)
    gate = StartGate(rules)
    story = film((PLANK_DOWN, 0.0, 1.0), (PLANK, 1.0, 0.7))
    for form in forms_of(rules, story.frames(30.0)):
        gate.step(form)
    history = gate.history()
    assert failing(rules.start.conditions, history[0]) is None
    assert 1.0 < history[0].t_s < 2.0
    assert history[-1].t_s == pytest.approx(2.7, abs=0.05)


@pytest.mark.parametrize(("out_s", "first_s"), [((0.1, 0.4), 0.4), ((1.0, 1.2), 0.0)])
def test_a_touch_on_the_way_in_is_not_the_start_and_a_slip_later_does_not_end_it(
    out_s: tuple[float, float], first_s: float
) -> None:
    rules = rules_of(PLANKS)
    gate = StartGate(rules)
    up, down = (
        forms_of(rules, film((posture, 0.0, 2.0)).frames(30.0)) for posture in (PLANK, PLANK_DOWN)
    )
    for held, left in zip(up, down, strict=True):
        if gate.step(left if out_s[0] <= held.t_s < out_s[1] else held) and held.t_s > out_s[1]:
            break
    assert held.t_s < 2.0 - 0.1
    assert gate.history()[0].t_s == pytest.approx(first_s, abs=0.04)


# What is still wrong


@pytest.mark.parametrize(
    ("exercise_id", "posture", "cue_id"),
    [
        (PLANKS, BRIDGE, "pos.front_plank"),
        (PLANKS, Plank(0.0, knee_flexion_deg=40.0), "fix.knees_straight"),
        (PLANKS, Plank(-55.0), "fix.hips_down"),
        (PLANKS, PLANK_PROPPED, "fix.hips_up"),
        (BRIDGES, PLANK, "pos.bridge"),
        (BRIDGES, BRIDGE_DOWN, "fix.hips_up"),
        (RAISES, LegBridge(5.0), "fix.hips_up"),
        (RAISES, PLANK, "pos.bridge"),
    ],
)
def test_the_hint_says_what_to_correct(exercise_id: str, posture: Posture, cue_id: str) -> None:
    judge = Judge(rules_of(exercise_id))
    for t_s, pose in film((posture, 0.0, 1.0)).frames():
        judge.step(t_s, pose)
    assert judge.hint() == cue_id


@EVERY
def test_a_position_that_is_right_needs_no_hint_and_neither_does_an_empty_room(
    exercise_id: str,
) -> None:
    judge = Judge(rules_of(exercise_id))
    assert judge.hint() is None
    judge.step(0.0, Camera().pose(0.0, UP[exercise_id]))
    assert judge.hint() is None
    judge.step(0.1, None)
    assert judge.hint() is None


def test_failing_names_the_first_condition_that_is_not_met() -> None:
    rules = rules_of(PLANKS)
    (form,) = forms_of(rules, [(0.0, Camera().pose(0.0, Plank(0.0, 40.0)))])
    failed = failing(rules.start.conditions, form)
    assert failed is not None
    assert failed.measure == "knee"
    (good,) = forms_of(rules, [(0.0, Camera().pose(0.0, PLANK))])
    assert failing(rules.start.conditions, good) is None
