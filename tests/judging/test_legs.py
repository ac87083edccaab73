"""Which leg works: near the camera or far from it, the one that is up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.body.measures import Side
from coreline.judging.events import Ready
from coreline.judging.judge import Judge
from judged_films import Outcome, shown
from raised_leg import ReversePlank
from stick_figure import (
    LEG_BRIDGE_DOWN,
    Camera,
    Film,
    LegBridge,
    Timed,
    few,
    film,
    legs_swapped,
    rules_of,
)

TOP = LegBridge(26.5, 0.50)
ON_ONE_LEG: dict[str, Film] = {
    "w34-belly-bridge": film((LEG_BRIDGE_DOWN, 0.0, 1.0), (TOP, 1.2, 6.0)),
    "w34-back-bridge": film(
        (ReversePlank(30.0), 0.0, 1.0),
        (ReversePlank(0.0), 1.0, 0.5),
        (ReversePlank(0.0, near_deg=22.0), 0.8, 6.0),
    ),
}
EITHER = pytest.mark.parametrize("far", [False, True])
EVERY = pytest.mark.parametrize("exercise_id", ON_ONE_LEG)


def frames_of(exercise_id: str, camera: Camera, *, far: bool) -> list[Timed]:
    frames = ON_ONE_LEG[exercise_id].frames(15.0, camera)
    return legs_swapped(frames) if far else frames


def held(exercise_id: str, camera: Camera, *, far: bool) -> tuple[Judge, Outcome]:
    judge = Judge(rules_of(exercise_id), one_leg=True)
    return judge, shown(judge, frames_of(exercise_id, camera, far=far))


@EVERY
@EITHER
@pytest.mark.parametrize("head_left", [True, False])
def test_a_hold_on_one_leg_is_judged_whichever_is_up(
    exercise_id: str, *, far: bool, head_left: bool
) -> None:
    judge, outcome = held(exercise_id, Camera(head_left=head_left), far=far)
    near = Side.RIGHT if head_left else Side.LEFT
    (hold,) = [each for each in outcome.holds if not each.reasons]
    assert hold.in_line_s == pytest.approx(6.3, abs=0.7)
    assert outcome.codes == []
    assert judge.working is (near.other if far else near)
    (ready,) = [fact for fact in outcome.facts if isinstance(fact, Ready)]
    assert ready.near_side is near


@EITHER
def test_a_leg_that_was_asked_for_stays_the_one(*, far: bool) -> None:
    near = Side.RIGHT
    judge = Judge(rules_of("w34-belly-bridge"), near.other if far else near, one_leg=True)
    outcome = shown(judge, frames_of("w34-belly-bridge", Camera(), far=far))
    (ready,) = [fact for fact in outcome.facts if isinstance(fact, Ready)]
    assert ready.working_side is (near.other if far else near)
    assert judge.working is ready.working_side


@EITHER
def test_which_leg_is_up_is_told_anew_once_the_position_was_left(*, far: bool) -> None:
    judge = Judge(rules_of("w34-belly-bridge"), one_leg=True)
    first = film((LEG_BRIDGE_DOWN, 0.0, 1.0), (TOP, 1.2, 6.0), (LEG_BRIDGE_DOWN, 1.2, 1.5))
    then = film((LEG_BRIDGE_DOWN, 0.0, 1.0), (TOP, 1.2, 3.0)).frames(start_s=first.duration_s + 0.1)
    for frame in legs_swapped(first.frames()) if far else first.frames():
        judge.step(*frame)
    assert (judge.active, judge.working) == (False, Side.LEFT if far else Side.RIGHT)
    for frame in then if far else legs_swapped(then):
        judge.step(*frame)
    assert (judge.active, judge.working) == (True, Side.RIGHT if far else Side.LEFT)


def test_with_both_feet_down_nobody_knows() -> None:
    judge = Judge(rules_of("w34-back-bridge"), one_leg=True)
    outcome = shown(judge, film((ReversePlank(0.0), 0.0, 5.0)).frames())
    assert outcome.holds == []
    assert judge.working is None
    assert judge.hint() == "fix.leg_higher"


@EITHER
@few
@given(bend_deg=st.floats(-12.0, 2.0))
def test_the_line_is_that_of_the_leg_that_carries(bend_deg: float, *, far: bool) -> None:
    story = film((ReversePlank(bend_deg, near_deg=22.0), 0.0, 5.0))
    frames = legs_swapped(story.frames()) if far else story.frames()
    judge = Judge(rules_of("w34-back-bridge"), one_leg=True)
    last = shown(judge, frames).readings[-1]
    assert last.bend_deg == pytest.approx(bend_deg, abs=0.5)
    assert last.neutral_deg == pytest.approx(bend_deg, abs=2.0)
