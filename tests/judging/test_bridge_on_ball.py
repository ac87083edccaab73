"""Who is in a bridge on one leg over a ball, and who only lies there."""

from pathlib import Path

from coreline.body.form import Form
from coreline.files.recordings import load_trace
from coreline.judging.events import RepetitionEnded
from coreline.judging.judge import Judge
from coreline.judging.ready import Place, StartGate
from stick_figure import rules_of

RULES = rules_of("w56-belly-bridge")
# Whom the near leg hides the other one of, from beginning to end: two raises and one too short.
HIDDEN = Path(__file__).parents[1] / "recordings" / "people" / "known" / "w56-belly-bridge--13.npz"
IN_BRIDGE = {"face_up": 5.0, "over": 16.0, "supports": 50.0, "support_knee": 100.0, "knee": 172.0}


def is_reached(**changed: float) -> bool:
    """Say whether somebody who stays like this comes into position."""
    values = {**dict.fromkeys(RULES.measures, 0.0), **IN_BRIDGE, **changed}
    gate = StartGate(RULES)
    gate.place = Place.BALL
    return any(gate.step(Form(n / 15, True, True, None, values, None)) for n in range(30))


def test_lying_over_the_ball_with_both_knees_bent_is_no_bridge() -> None:
    assert is_reached()
    assert not is_reached(over=13.0, knee=85.0, support_knee=85.0)


def test_a_support_leg_that_is_read_where_the_other_one_is_keeps_nobody_out() -> None:
    assert is_reached(support_knee=175.0, over=4.0)
    assert not is_reached(support_knee=175.0, over=-4.0)


def test_whoever_is_hidden_so_is_judged_all_the_time() -> None:
    judge, frames = Judge(RULES, one_leg=True), list(load_trace(HIDDEN))
    facts = [fact for t_s, pose in frames for fact in judge.step(t_s, pose)[1]]
    facts += judge.finish(frames[-1][0])
    done = [fact.repetition for fact in facts if isinstance(fact, RepetitionEnded)]
    # On the way in, the leg being stretched looks like a raise that is too short.
    assert [each.reasons for each in done if 3.0 < each.end_s < 13.0] == [(), (), ("too_short",)]
