"""People who do not get into the line in one go: judged again as the line is known better."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.judging.course import Course
from coreline.judging.events import Fault, FaultBegan, LetGo
from coreline.judging.faults import FaultBoard
from coreline.judging.hold import HoldMachine
from coreline.judging.judge import Judge, Prior
from judged_films import Outcome, forms_of, judged, shown
from stick_figure import (
    BRIDGE,
    BRIDGE_DOWN,
    PLANK,
    PLANK_PROPPED,
    Bridge,
    Plank,
    Posture,
    few,
    film,
    rules_of,
)

PLANKS, BRIDGES = rules_of("w12-back-bridge"), rules_of("w12-belly-bridge")
FPS = st.sampled_from([10.0, 15.0, 30.0])


def last_neutral_deg(outcome: Outcome) -> float:
    """Return the line as it was known at last."""
    return [r.neutral_deg for r in outcome.readings if r.neutral_deg is not None][-1]


# Judged again


@few
@given(
    first_deg=st.floats(-18.0, 14.0),
    stays=st.lists(
        st.tuples(st.sampled_from([0.0, 15.0, -15.0]), st.floats(0.4, 1.0), st.floats(0.5, 4.0)),
        max_size=4,
    ),
    fps=FPS,
)
def test_a_hold_judged_again_is_one_judged_from_its_last_line_at_once(
    first_deg: float, stays: list[tuple[float, float, float]], fps: float
) -> None:
    slips: list[tuple[Posture, float, float]] = [
        (Plank(bend_deg), move_s, stay_s) for bend_deg, move_s, stay_s in stays
    ]
    story = film((Plank(first_deg), 0.0, 1.0), (PLANK, 0.6, 5.0), *slips)
    machine = HoldMachine(PLANKS)
    forms = forms_of(PLANKS, story.frames(fps))
    machine.begin(forms[:5], PLANKS, {})
    for form in forms[5:]:
        machine.step(form)
    at_once = Course(PLANKS, machine.neutral, FaultBoard(PLANKS.bands, PLANKS.grace))
    for form in forms:
        at_once.step(form)
    assert machine.clock_s == pytest.approx(at_once.ran_s(at_once.begins_s))
    assert machine.clock_runs == at_once.clock_runs
    assert machine._course.frames == at_once.frames
    assert machine._course.faults == at_once.faults
    assert machine.faults == at_once.board.codes()


# Corrected after getting in


@few
@given(
    own_deg=st.floats(-8.0, 5.0),
    away_deg=st.sampled_from([-20.0, -14.0, 14.0]),
    away_s=st.floats(0.4, 2.0),
    fps=FPS,
)
def test_who_corrects_the_line_is_judged_from_the_corrected_one(
    own_deg: float, away_deg: float, away_s: float, fps: float
) -> None:
    story = film(
        (PLANK_PROPPED, 0.0, 1.0),
        (Plank(own_deg + away_deg), 1.0, away_s),
        (Plank(own_deg), 0.6, 9.0),
    )
    outcome = judged(PLANKS, story.frames(fps))
    (hold,) = outcome.holds
    begin_s, end_s = story.plateau(2)
    assert last_neutral_deg(outcome) == pytest.approx(own_deg, abs=1.5)
    assert all(fault.end_s < begin_s + 0.3 for fault in hold.faults)
    assert begin_s + hold.in_line_s >= end_s - 0.3


def test_a_fault_of_an_overshoot_s_line_is_withdrawn_soon() -> None:
    """From the line of the overshoot the corrected one looks like a fault, for a moment."""
    story = film((PLANK_PROPPED, 0.0, 1.0), (Plank(-18.0), 1.0, 0.8), (PLANK, 0.6, 8.0))
    judge = Judge(PLANKS)
    begun_s = story.plateau(2)[0]
    for t_s, pose in story.frames():
        judge.step(t_s, pose)
        if t_s > begun_s + 2.0:
            assert judge.machine.faults == ()


def test_a_late_fault_is_told_once_the_line_is_known() -> None:
    """Piked from the first moment, which is seen for what it is as soon as the hold begins."""
    outcome = judged(PLANKS, film((PLANK_PROPPED, 0.0, 1.0), (Plank(-35.0), 1.0, 6.0)).frames())
    began = [fact for fact in outcome.facts if isinstance(fact, FaultBegan)]
    assert [fact.code for fact in began] == ["pike"]
    assert began[0].start_s < 2.5


def test_a_clip_that_begins_in_mid_position_is_a_hold_from_its_first_frame() -> None:
    for rules, posture in ((PLANKS, PLANK), (BRIDGES, BRIDGE)):
        (hold,) = judged(rules, film((posture, 0.0, 8.0)).frames()).holds
        assert (hold.start_s, hold.end_s) == pytest.approx((0.0, 8.0), abs=0.1)
        assert hold.in_line_s == pytest.approx(8.0, abs=0.1)
        assert hold.faults == ()


# Wrong from beginning to end


@pytest.mark.parametrize("fps", [10.0, 30.0])
@pytest.mark.parametrize(
    ("exercise_id", "posture", "code"),
    [
        ("w12-back-bridge", Plank(-36.0), "pike"),
        ("w12-belly-bridge", Bridge(-38.0), "pike"),
        ("w12-belly-bridge", Bridge(21.0), "sag"),
    ],
)
def test_who_stands_wrong_all_along_is_told(
    exercise_id: str, posture: Posture, code: str, fps: float
) -> None:
    down = PLANK_PROPPED if isinstance(posture, Plank) else BRIDGE_DOWN
    story = film((down, 0.0, 1.0), (posture, 1.2, 10.0))
    outcome = judged(rules_of(exercise_id), story.frames(fps))
    (hold,) = outcome.holds
    (fault,) = hold.faults
    begin_s, end_s = story.plateau(1)
    assert fault.code == code
    assert (fault.start_s, fault.end_s) == pytest.approx((begin_s, end_s), abs=0.8)
    assert hold.in_line_s < 0.6
    assert hold.line_score is not None
    assert hold.line_score < 30.0


def test_the_line_of_earlier_sets_names_a_fault_from_the_beginning() -> None:
    """Hips so high are somebody's line, but not that of somebody who was seen before."""
    story = film((PLANK_PROPPED, 0.0, 1.0), (Plank(-12.0), 1.0, 3.0))
    unknown = shown(Judge(PLANKS), story.frames())
    known = shown(Judge(PLANKS, prior=Prior(3.0, 1.0)), story.frames())
    assert [fault.code for hold in unknown.holds for fault in hold.faults] == []
    assert [fault.code for hold in known.holds for fault in hold.faults] == ["pike"]


# Let go and taken up again


def bridges(*stays: tuple[Bridge, float, float]) -> list[Fault]:
    outcome = judged(BRIDGES, film((BRIDGE_DOWN, 0.0, 1.0), *stays).frames())
    return [fact.fault for fact in outcome.facts if isinstance(fact, LetGo)]


@few
@given(down_s=st.floats(0.5, 3.0))
def test_hips_that_drop_and_come_back_are_named(down_s: float) -> None:
    story = film(
        (BRIDGE_DOWN, 0.0, 1.0), (BRIDGE, 1.0, 4.0), (BRIDGE_DOWN, 0.8, down_s), (BRIDGE, 0.8, 4.0)
    )
    outcome = judged(BRIDGES, story.frames())
    (let_go,) = [fact for fact in outcome.facts if isinstance(fact, LetGo)]
    begin_s, end_s = story.plateau(2)
    first, second = outcome.holds
    assert let_go.fault.code == "sag"
    assert let_go.fault.start_s == pytest.approx(begin_s - 0.3, abs=0.4)
    assert let_go.fault.end_s == pytest.approx(end_s + 0.4, abs=0.5)
    assert (first.faults, second.faults) == ((), ())
    assert first.end_s <= let_go.fault.start_s
    assert let_go.fault.end_s <= second.start_s + 0.5


def test_a_rest_is_nothing_that_was_let_go() -> None:
    assert bridges((BRIDGE, 1.0, 4.0), (BRIDGE_DOWN, 0.8, 8.0), (BRIDGE, 0.8, 4.0)) == []


def test_who_does_not_come_back_has_lain_down() -> None:
    assert bridges((BRIDGE, 1.0, 4.0), (BRIDGE_DOWN, 0.8, 4.0)) == []


def test_it_is_named_once_and_for_each_time() -> None:
    once = [(BRIDGE, 0.8, 3.0), (BRIDGE_DOWN, 0.8, 1.0)]
    assert [fault.code for fault in bridges(*once, *once, (BRIDGE, 0.8, 3.0))] == ["sag", "sag"]


def test_a_sag_while_hands_and_feet_stand_is_a_fault_and_not_the_end() -> None:
    story = film((PLANK, 0.0, 5.0), (Plank(18.0), 0.7, 4.0), (PLANK, 0.7, 4.0))
    outcome = judged(PLANKS, story.frames())
    (hold,) = outcome.holds
    assert [fault.code for fault in hold.faults] == ["sag"]
    assert hold.in_line_s == pytest.approx(9.8, abs=0.5)
    assert not any(isinstance(fact, LetGo) for fact in outcome.facts)
