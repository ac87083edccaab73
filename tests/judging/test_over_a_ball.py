"""What the pose model shows too little of over a ball, judged whole by the judge itself."""

from collections.abc import Iterator

import pytest

from coreline.files.recordings import load_trace
from coreline.judging.events import Reading
from coreline.judging.judge import Judge
from coreline.judging.ready import Place
from coreline.programme.rules import Judging
from judged_recordings import RECORDINGS
from stick_figure import rules_of

# A known man who sags on his side over a ball.
TRACE = RECORDINGS / "people" / "known" / "w12-side-bridge--11.npz"


def read(rules: Judging) -> Iterator[Reading]:
    """Yield what is read while he is in position."""
    judge = Judge(rules, on_side=True)
    for t_s, pose in load_trace(TRACE):
        reading, _ = judge.step(t_s, pose)
        if judge.active and reading.bend_deg is not None:
            assert judge.place is Place.BALL
            yield reading


def test_the_judge_reads_a_sag_over_a_ball_whole() -> None:
    rules = rules_of("w12-side-bridge")
    assert rules.ball is not None
    short = rules.ball.reads_short["bend"]
    as_seen = rules.model_copy(update={"ball": rules.ball.model_copy(update={"reads_short": {}})})
    whole = {each.t_s: each.bend_deg for each in read(rules)}
    seen = {each.t_s: each.bend_deg for each in read(as_seen)}
    both = sorted(whole.keys() & seen.keys())
    assert len(both) > 100
    deg = [seen[t_s] for t_s in both]
    assert [whole[t_s] for t_s in both] == pytest.approx([short.full(each or 0.0) for each in deg])
    assert max(each or 0.0 for each in deg) > short.above + 10.0, "he does sag"
