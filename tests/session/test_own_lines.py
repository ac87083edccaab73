"""The person's own line in a session: kept from before, found in this one."""

from dataclasses import replace

import pytest

from coreline.body.measures import Side
from coreline.judging.events import FaultBegan, Ready
from coreline.placement.neutrals import Usual
from coreline.session.inputs import Guidance
from coreline.session.view import Stage
from guided import (
    COUNTED_IN,
    FPS,
    planks,
    play,
    session_of,
    told,
)
from stick_figure import (
    PLANK,
    PLANK_DOWN,
    Plank,
    film,
)

KNOWN: dict[tuple[str, Side | None], Usual] = {("w12-back-bridge", None): Usual(0.0, 1.0)}

GOT_INTO = film((PLANK_DOWN, 0.0, 8.0), (PLANK, 1.0, 40.0)).frames(FPS)


def test_the_own_line_is_asked_for_once_and_nobody_waits_for_it() -> None:
    guidance = Guidance(explain=False)
    steps = play(session_of(planks(sets=2), guidance=guidance), GOT_INTO)
    assert told(steps).count("hold.own_line") == 1
    ready_s = next(step.view.t_s for step in steps if any(isinstance(f, Ready) for f in step.facts))
    assert 8.0 < ready_s < 9.0 + 1.0
    assert steps[-1].view.stage is Stage.DONE


def test_a_line_that_is_kept_is_not_asked_for() -> None:
    guidance = Guidance(explain=False, neutrals=KNOWN)
    steps = play(session_of(planks(sets=2), guidance=guidance), GOT_INTO)
    assert "hold.own_line" not in told(steps)


def test_a_hold_is_judged_by_the_kept_line_until_its_own_is_known() -> None:
    frames = film((Plank(bend_deg=11.0), 0.0, 20.0)).frames(FPS)
    guidances = COUNTED_IN, replace(COUNTED_IN, neutrals=KNOWN)
    free, kept = (play(session_of(planks(), guidance=each), frames) for each in guidances)
    assert not any(isinstance(fact, FaultBegan) for step in free for fact in step.facts)
    began = [f for step in kept for f in step.facts if isinstance(f, FaultBegan)]
    assert [fact.code for fact in began] == ["sag"]
    assert "fix.hips_up" in told(kept)
    assert "fix.hips_up" not in told(free)


@pytest.mark.parametrize(("seconds", "found"), [(12.0, True), (0.6, False)])
def test_a_line_is_kept_once_it_is_sure(seconds: float, *, found: bool) -> None:
    session = session_of(planks(hold_s=20.0))
    frames = film((Plank(bend_deg=-4.0), 0.0, seconds)).frames(FPS)
    play(session, frames)
    session.finish(seconds)
    lines = session.lines_found()
    assert [(each.exercise_id, each.side, each.kind) for each in lines] == (
        [("w12-back-bridge", None, "bend")] if found else []
    )
    assert all(each.line_deg == pytest.approx(-4.0, abs=1.0) for each in lines)


def test_a_line_that_was_read_in_another_way_is_not_judged_by() -> None:
    other = {key: replace(usual, kind="bent_leg_bend") for key, usual in KNOWN.items()}
    guidance = Guidance(explain=False, neutrals=other)
    steps = play(session_of(planks(sets=2), guidance=guidance), GOT_INTO)
    assert "hold.own_line" in told(steps), "it is found anew"
    frames = film((Plank(bend_deg=11.0), 0.0, 20.0)).frames(FPS)
    steps = play(session_of(planks(), guidance=replace(COUNTED_IN, neutrals=other)), frames)
    assert not any(isinstance(fact, FaultBegan) for step in steps for fact in step.facts)
