"""Holds that are not seen for a while: what a gap bridges, pauses, ends, and never costs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.body.pose import Joint, Pose
from coreline.judging.events import HoldEnded, State
from coreline.judging.hold import LEAST_VISIBLE_SHARE, HoldMachine
from coreline.judging.judge import Judge
from judged_films import Outcome, judged
from plank_films import PLANKS, SLIPS, Slip, plank_film, plank_slips, timed
from stick_figure import PLANK, Plank, few, film, hidden, without

LEFT_LEG = (Joint.LEFT_HIP, Joint.LEFT_KNEE, Joint.LEFT_ANKLE)


def seconds_of(judge: Judge, frames: list[tuple[float, Pose | None]]) -> list[float]:
    """Return the seconds in position, by the clock and in line, of all holds together."""
    seconds = [0.0, 0.0, 0.0]
    for frame in [*frames, None]:
        facts = judge.step(*frame)[1] if frame else judge.finish(frames[-1][0])
        for fact in facts:
            if isinstance(fact, HoldEnded) and isinstance(judge.machine, HoldMachine):
                hold = fact.hold
                of_it = (hold.end_s - hold.start_s, judge.machine.clock_s, hold.in_line_s)
                seconds = [a + b for a, b in zip(seconds, of_it, strict=True)]
    return seconds


@pytest.mark.parametrize("gap_s", [0.1, 0.3, 0.45, 0.7])
def test_a_short_gap_is_bridged(gap_s: float) -> None:
    story = film((PLANK, 0.0, 10.0))
    gap = (5.0, 5.0 + gap_s)
    outcome, seconds = timed(story, gap=gap)
    (hold,) = outcome.holds
    assert hold.in_line_s == pytest.approx(10.0, abs=0.1)
    assert seconds[-1] == pytest.approx(10.0, abs=0.1)
    assert outcome.codes == []


ONE_SAG = film((PLANK, 0.0, 4.0), (Plank(18.0), 0.6, 3.0), (PLANK, 0.6, 5.0))


@pytest.fixture(scope="module")
def seen_whole() -> tuple[Outcome, list[float]]:
    """Return what is said of one sag without a gap, and the clock."""
    return timed(ONE_SAG)


@pytest.mark.parametrize("gap_s", [0.2, 0.4, 0.7])
@pytest.mark.parametrize("at", ["into the fault", "out of it"])
def test_a_gap_over_the_edge_of_a_fault_hardly_moves_the_clock(
    gap_s: float, at: str, seen_whole: tuple[Outcome, list[float]]
) -> None:
    """The edge lies where a straight line between what was seen on both sides crosses the limit."""
    middle_s = 4.3 if at == "into the fault" else 7.9
    usual, usual_s = seen_whole
    outcome, seconds = timed(ONE_SAG, gap=(middle_s - gap_s / 2.0, middle_s + gap_s / 2.0))
    assert outcome.codes == usual.codes == ["sag"]
    assert outcome.in_line_s == pytest.approx(usual.in_line_s, abs=0.2)
    assert seconds[-1] == pytest.approx(usual_s[-1], abs=0.2)


@few
@given(
    slips=SLIPS,
    gaps=st.lists(st.tuples(st.floats(0.3, 2.0), st.floats(0.1, 0.4)), min_size=10, max_size=10),
    fps=st.sampled_from([12.0, 15.0, 30.0]),
)
def test_ten_drop_outs_move_the_clock_by_no_more_than_a_few_tenths_of_a_second(
    slips: list[Slip], gaps: list[tuple[float, float]], fps: float
) -> None:
    story = plank_film(*plank_slips(slips))
    judge_whole, judge_gappy = Judge(PLANKS), Judge(PLANKS)
    frames = story.frames(fps)
    whole = seconds_of(judge_whole, frames)
    since_s = 0.5
    for apart_s, lasts_s in gaps:
        frames = without(frames, since_s + apart_s, since_s + apart_s + lasts_s)
        since_s += apart_s + lasts_s
    assert seconds_of(judge_gappy, frames) == pytest.approx(whole, abs=0.3)


@few
@given(slips=SLIPS, gap=st.tuples(st.floats(0.5, 20.0), st.floats(0.0, 1.9)))
def test_in_line_is_part_of_the_clock_and_that_of_the_time_in_position(
    slips: list[Slip], gap: tuple[float, float]
) -> None:
    frames = without(plank_film(*plank_slips(slips)).frames(15.0), gap[0], sum(gap))
    position_s, clock_s, in_line_s = seconds_of(Judge(PLANKS), frames)
    # Between two pictures both are known to half of the time between them, at each edge.
    assert in_line_s <= clock_s + (1 + 2 * len(slips)) / 30.0
    assert clock_s <= position_s + 1e-6


@pytest.mark.parametrize("gap_s", [1.0, 1.3, 1.8])
def test_a_longer_gap_pauses_the_clock_and_is_named(gap_s: float) -> None:
    story = film((PLANK, 0.0, 10.0))
    gap = (5.0, 5.0 + gap_s)
    outcome, seconds = timed(story, gap=gap)
    (hold,) = outcome.holds
    assert hold.in_line_s == pytest.approx(10.0 - gap_s, abs=0.1)
    assert seconds[-1] == pytest.approx(10.0 - gap_s, abs=0.15)
    (fault,) = outcome.faults
    assert fault.code == "not_seen"
    assert fault.end_s - fault.start_s == pytest.approx(gap_s, abs=0.1)


@pytest.mark.parametrize("gap_s", [2.2, 3.0, 6.0])
def test_a_long_gap_ends_the_hold_where_it_was_last_seen(gap_s: float) -> None:
    story = film((PLANK, 0.0, 14.0))
    first, second = judged(PLANKS, without(story.frames(30.0), 5.0, 5.0 + gap_s)).holds
    assert first.end_s == pytest.approx(5.0, abs=0.1)
    assert second.start_s == pytest.approx(5.0 + gap_s, abs=0.1)
    assert first.in_line_s + second.in_line_s == pytest.approx(14.0 - gap_s, abs=0.2)


@few
@given(begin_s=st.floats(2.5, 6.0), gap_s=st.floats(0.05, 1.9), bend_deg=st.floats(-4.0, 4.0))
def test_what_was_not_seen_is_never_scored(begin_s: float, gap_s: float, bend_deg: float) -> None:
    story = film((PLANK, 0.0, 2.0), (Plank(bend_deg), 0.5, 8.0))
    whole = judged(PLANKS, story.frames()).holds
    gappy = judged(PLANKS, without(story.frames(), begin_s, begin_s + gap_s)).holds
    assert len(whole) == len(gappy) == 1
    assert gappy[0].line_score == pytest.approx(whole[0].line_score, abs=1e-6)
    assert gappy[0].faults == ()


def test_a_hip_that_is_hidden_while_it_sags_is_not_judged() -> None:
    story = film((PLANK, 0.0, 4.0), (Plank(18.0), 0.4, 0.6), (PLANK, 0.4, 4.0))
    begin_s, end_s = story.plateau(1)
    frames = hidden(story.frames(30.0), LEFT_LEG, begin_s - 0.35, end_s + 0.35)
    outcome = judged(PLANKS, frames)
    assert "sag" in judged(PLANKS, story.frames(30.0)).codes
    assert "sag" not in outcome.codes
    blind = [r for r in outcome.readings if begin_s <= r.t_s < end_s]
    assert {reading.state for reading in blind} == {State.UNSEEN}


def blinking(seen_s: float, unseen_s: float) -> Outcome:
    """Return a hold that is seen and not seen in turn, after three seconds in full sight."""
    frames = film((PLANK, 0.0, 23.0)).frames(30.0)
    period_s = seen_s + unseen_s
    for number in range(int(20.0 / period_s)):
        begin_s = 3.0 + number * period_s
        frames = without(frames, begin_s, begin_s + unseen_s)
    return judged(PLANKS, frames)


def test_of_a_hold_too_little_seen_the_score_is_withheld() -> None:
    (clear,) = blinking(1.0, 0.2).holds
    assert clear.visible_share > LEAST_VISIBLE_SHARE
    assert clear.line_score == 100.0
    (dim,) = blinking(0.4, 1.0).holds
    assert dim.visible_share < LEAST_VISIBLE_SHARE
    assert dim.line_score is None
    assert dim.mean_bend_deg is None
    assert dim.worst_bend_deg is None


def test_the_visible_share_is_that_of_time_not_of_frames() -> None:
    (hold,) = judged(PLANKS, without(film((PLANK, 0.0, 10.0)).frames(30.0), 4.0, 5.0)).holds
    assert hold.visible_share == pytest.approx(0.9, abs=0.01)
