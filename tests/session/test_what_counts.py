"""What a session makes of holds that are scraps, refused, or in pieces, and whom it praises."""

from pathlib import Path

import pytest

from coreline.data_files import load_catalogue, load_cues
from coreline.files.recordings import load_trace
from coreline.judging.events import HoldEnded
from coreline.programme.done import NoScore
from coreline.session.blocks import Block
from coreline.session.command import Command
from coreline.session.session import Session
from coreline.session.view import Stage
from guided import FPS, LYING_THEN_PLANK, planks, play, session_of, told
from stick_figure import PLANK, PLANK_DOWN, film

RECORDINGS = Path(__file__).parents[1] / "recordings"


def held(*stays_s: float, hold_s: float = 30.0, apart_s: float = 3.0) -> Session:
    """Return a session in which somebody held so long, went down, held again, and stopped."""
    keys = [(PLANK_DOWN, 0.0, 2.0)]
    for stay_s in stays_s:
        keys += [(PLANK, 0.5, stay_s), (PLANK_DOWN, 0.5, apart_s)]
    session = session_of(planks(hold_s=hold_s))
    frames = film(*keys).frames(FPS)
    play(session, frames)
    session.finish(frames[-1][0])
    return session


def test_scraps_of_a_hold_add_up_to_nothing() -> None:
    session = held(*[2.5] * 14)
    (record,) = session.records
    stays = [fact.hold for fact in record.facts if isinstance(fact, HoldEnded)]
    assert len([each for each in stays if not each.reasons]) > 10
    assert record.done == 0.0
    (result,) = session.results()
    assert result.score is not None
    assert (result.done, result.score.withheld) == (0.0, NoScore.NOTHING)


def test_holds_that_are_none_scrap_add_up_and_what_completes_the_set_may_be_short() -> None:
    session = held(14.0, 14.0, 6.0)
    assert session.records[0].done == pytest.approx(30.0)
    assert session.stage is Stage.DONE


def test_what_was_refused_as_a_hold_is_not_done() -> None:
    """Push-ups pass through a plank: the clock ran in them, and nothing of it is kept."""
    trace = load_trace(RECORDINGS / "real" / "push-up.npz")
    session = Session([Block(load_catalogue().get("w12-back-bridge"))], load_cues())
    for t_s, pose in trace:
        session.step(t_s, pose)
    session.finish(t_s)
    (record,) = session.records
    (hold,) = [fact.hold for fact in record.facts if isinstance(fact, HoldEnded)]
    assert hold.reasons
    assert record.done == 0.0


def test_nobody_is_praised_for_a_part() -> None:
    steps = play(session_of(planks(hold_s=30.0)), LYING_THEN_PLANK[:375], {20.0: Command.SKIP})
    assert steps[-1].view.results[0].done > 5.0
    assert "flow.session_complete" not in told(steps)
    assert told(steps)[-1] == "flow.see_you"
