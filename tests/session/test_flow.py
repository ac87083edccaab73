"""The way from set to set against the clock: rests, the time left, a camera that comes back."""

import pytest

from coreline.placement.checks import CameraTrouble
from coreline.programme.spec import Pace
from coreline.session.blocks import Block
from coreline.session.inputs import Conditions, Guidance
from coreline.session.session import Session
from coreline.session.view import Pause, Stage
from guided import BOOK, Timed, planks, play
from stick_figure import PLANK, film

PACE = Pace(raise_s=3, roll_s=8, ready_s=5, turn_s=10, change_s=20, long_from_s=2400)


def in_plank(until_s: float, then_s: float = 0.0) -> list[Timed]:
    """Return the plank held for a while, and then nobody for another, eight times a second."""
    frames: list[Timed] = [*film((PLANK, 0.0, until_s)).frames(8.0)]
    return frames + [(until_s + eighth / 8.0, None) for eighth in range(1, int(then_s * 8.0) + 1)]


def test_the_time_left_falls_with_what_is_held_and_stands_in_a_rest() -> None:
    guidance = Guidance(explain=False, count_in=False, learn_neutral=False, pace=PACE)
    session = Session([Block(planks(sets=2, hold_s=4.0, rest_s=2.0))], BOOK, guidance=guidance)
    views = [step.view for step in play(session, in_plank(20.0))]
    a_set_s = 4.0 + 5.0 + 2.0
    assert views[0].course.left_s == 2 * a_set_s
    resting = {view.course.left_s for view in views if view.stage is Stage.REST}
    assert resting == {a_set_s}
    for view in views:
        if view.stage is Stage.EXERCISE:
            left_s = (3 - view.course.set_number) * a_set_s - view.progress.held_s / 4.0 * a_set_s
            assert view.course.left_s == pytest.approx(left_s)
    assert views[-1].stage is Stage.DONE
    assert views[-1].course.left_s == pytest.approx(0.0)


@pytest.mark.parametrize(("rest_s", "warned"), [(20.0, True), (19.0, False)])
def test_a_long_rest_is_announced_to_end_ten_seconds_before(rest_s: float, *, warned: bool) -> None:
    session = Session([Block(planks(sets=2, hold_s=3.0, rest_s=rest_s))], BOOK)
    steps = play(session, in_plank(6.0, 25.0))
    told_s = [step.view.rest.left_s for step in steps if "flow.rest_ten_left" in step.cues]
    assert told_s == ([pytest.approx(10.0, abs=0.13)] if warned else [])


def test_the_camera_must_be_back_for_half_a_second() -> None:
    session = Session([Block(planks(hold_s=20.0))], BOOK)
    gone, back = Conditions(trouble=CameraTrouble.STALLED), Conditions()
    for t_s, pose in in_plank(3.0):
        session.step(t_s, pose)
    assert session.step(4.0, None, None, gone).view.pause is Pause.CAMERA
    stages_after = [session.step(4.0 + n / 8.0, None, None, back).view.stage for n in (1, 2, 3, 4)]
    assert stages_after == [Stage.PAUSED] * 3 + [Stage.GET_READY]
