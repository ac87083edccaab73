"""Holds: what starts, stops and ends their clock, and that none ends early."""

from itertools import pairwise
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.body.pose import Joint, Pose
from coreline.judging.events import Fact, FaultBegan, HoldEnded, Reading, State
from coreline.judging.faults import IN_LINE_SHARE
from coreline.judging.hold import LEAST_VISIBLE_SHARE, HoldMachine
from coreline.judging.judge import Judge
from judged_films import Outcome, judged
from stick_figure import (
    BRIDGE,
    BRIDGE_DOWN,
    PLANK,
    PLANK_DOWN,
    PLANK_PROPPED,
    Bridge,
    Film,
    Plank,
    Posture,
    few,
    film,
    hidden,
    in_line_s,
    rules_of,
    without,
)
from ten_sessions import STORIES, play

PLANKS, BRIDGES = rules_of("w12-back-bridge"), rules_of("w12-belly-bridge")
GRACE = PLANKS.grace
GOOD_DEG = PLANKS.bands[0].good_high
# In line is what is nearer to good than to a fault.
LINE_DEG = GOOD_DEG + IN_LINE_SHARE * (PLANKS.bands[0].fault_high - GOOD_DEG)
LEFT_LEG = (Joint.LEFT_HIP, Joint.LEFT_KNEE, Joint.LEFT_ANKLE)
RATES_FPS = st.sampled_from([8.0, 15.0, 30.0])


def plank_film(*parts: tuple[Posture, float, float]) -> Film:
    """Return a film that begins and ends with the hips on the floor."""
    return film((PLANK_PROPPED, 0.0, 1.0), (PLANK, 0.9, 4.0), *parts, (PLANK_PROPPED, 0.9, 1.5))


def timed(
    story: Film, fps: float = 30.0, *, gap: tuple[float, float] | None = None
) -> tuple[Outcome, list[float]]:
    """Return what is said of a plank, and the clock after each frame."""
    frames = story.frames(fps)
    judge, seconds = Judge(PLANKS), list[float]()
    readings, facts = list[Reading](), list[Fact]()
    for t_s, pose in without(frames, *gap) if gap else frames:
        reading, happened = judge.step(t_s, pose)
        readings.append(reading)
        facts += happened
        assert isinstance(judge.machine, HoldMachine)
        seconds.append(judge.machine.clock_s)
    return Outcome(readings, [*facts, *judge.finish(frames[-1][0])]), seconds


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


def clocks(story: Film, fps: float = 30.0) -> list[float]:
    """Return the clock after each frame."""
    return timed(story, fps)[1]


# In line


class Slip(NamedTuple):
    """A departure from the line, and how long the line is kept after it."""

    bend_deg: float
    ramp_s: float
    stay_s: float
    after_s: float


def plank_slips(slips: list[Slip]) -> list[tuple[Posture, float, float]]:
    """Return the stays that follow each other in a plank with slips."""
    return [
        stay
        for slip in slips
        for stay in (
            (Plank(slip.bend_deg), slip.ramp_s, slip.stay_s),
            (PLANK, slip.ramp_s, slip.after_s),
        )
    ]


SLIPS = st.lists(
    st.builds(
        Slip,
        bend_deg=st.sampled_from([15.0, -15.0, 12.0, -20.0]),
        ramp_s=st.floats(0.5, 1.2),
        stay_s=st.floats(1.0, 3.0),
        after_s=st.floats(1.0, 5.0),
    ),
    max_size=4,
)


@few
@given(slips=SLIPS, fps=st.sampled_from([15.0, 30.0]))
def test_a_plank_s_time_in_line_is_the_truth(slips: list[Slip], fps: float) -> None:
    story = plank_film(*plank_slips(slips))
    outcome = judged(PLANKS, story.frames(fps))
    assert len(outcome.holds) == 1
    assert outcome.in_line_s == pytest.approx(in_line_s(story, LINE_DEG), abs=0.3)
    assert outcome.codes == ["sag" if slip.bend_deg > 0 else "pike" for slip in slips]


@few
@given(slips=SLIPS, fps=st.sampled_from([15.0, 30.0]))
def test_a_bridge_s_time_in_line_is_the_truth(slips: list[Slip], fps: float) -> None:
    parts: list[tuple[Posture, float, float]] = []
    for slip in slips:
        parts += [
            (Bridge(slip.bend_deg), slip.ramp_s, slip.stay_s),
            (BRIDGE, slip.ramp_s, slip.after_s),
        ]
    story = film((BRIDGE_DOWN, 0.0, 1.0), (BRIDGE, 1.2, 4.0), *parts, (BRIDGE_DOWN, 1.2, 1.0))
    outcome = judged(BRIDGES, story.frames(fps))
    assert len(outcome.holds) == 1
    assert outcome.in_line_s == pytest.approx(in_line_s(story, LINE_DEG), abs=0.3)
    assert outcome.codes == ["sag" if slip.bend_deg > 0 else "pike" for slip in slips]


@pytest.mark.parametrize(("bend_deg", "code"), [(15.0, "sag"), (-15.0, "pike")])
@pytest.mark.parametrize("rules_id", ["w12-back-bridge", "w12-belly-bridge"])
def test_too_low_and_too_high_are_told_apart(rules_id: str, bend_deg: float, code: str) -> None:
    if rules_id == "w12-back-bridge":
        story = plank_film((Plank(bend_deg), 0.8, 2.0), (PLANK, 0.8, 2.0))
    else:
        bent = Bridge(bend_deg)
        story = film(
            (BRIDGE_DOWN, 0.0, 1.0), (BRIDGE, 1.0, 4.0), (bent, 0.8, 2.0), (BRIDGE, 0.8, 3.0)
        )
    outcome = judged(rules_of(rules_id), story.frames(30.0))
    (hold,) = outcome.holds
    (fault,) = hold.faults
    begin_s, end_s = story.plateau(2)
    assert fault.code == code
    assert fault.start_s == pytest.approx(begin_s - 0.3, abs=0.3)
    assert fault.end_s == pytest.approx(end_s + 0.3, abs=0.3)
    assert hold.worst_bend_deg == pytest.approx(bend_deg, abs=0.6)


def test_a_slip_within_the_warning_band_is_no_fault_and_not_in_line() -> None:
    story = plank_film((Plank(9.6), 0.5, 3.0), (PLANK, 0.5, 3.0))
    outcome = judged(PLANKS, story.frames(30.0))
    assert outcome.codes == []
    assert outcome.in_line_s == pytest.approx(in_line_s(story, LINE_DEG), abs=0.3)
    assert outcome.in_line_s < outcome.holds[0].end_s - outcome.holds[0].start_s - 2.5


def test_bent_knees_are_a_fault_of_the_plank() -> None:
    story = plank_film((Plank(0.0, knee_flexion_deg=30.0), 0.6, 2.0), (PLANK, 0.6, 2.0))
    assert judged(PLANKS, story.frames()).codes == ["knee_bent"]


@pytest.mark.parametrize("slide_m", [0.16, -0.16])
def test_sliding_feet_are_a_fault_of_the_bridge(slide_m: float) -> None:
    story = film((BRIDGE, 0.0, 3.0), (Bridge(0.0, foot_slide_m=slide_m), 1.0, 3.0))
    assert judged(BRIDGES, story.frames()).codes == ["feet_slide"]


# Getting there and back


@pytest.mark.parametrize("fps", [8.0, 15.0, 60.0])
def test_getting_up_and_lying_down_never_count(fps: float) -> None:
    story = film((PLANK_DOWN, 0.0, 2.0), (PLANK_PROPPED, 1.0, 1.0), (PLANK, 1.0, 6.0))
    down = film(*[(s.posture, s.move_s, s.stay_s) for s in story.stays], (PLANK_PROPPED, 1.0, 2.0))
    (hold,) = judged(PLANKS, down.frames(fps)).holds
    begin_s, end_s = story.plateau(2)
    assert hold.start_s == pytest.approx(begin_s, abs=0.5)
    assert hold.end_s == pytest.approx(end_s, abs=0.5)
    assert hold.faults == ()


@few
@given(ramp_s=st.floats(0.4, 1.4), stay_s=st.floats(2.0, 6.0))
def test_the_way_down_is_no_fault(ramp_s: float, stay_s: float) -> None:
    story = film((BRIDGE_DOWN, 0.0, 1.0), (BRIDGE, 1.0, stay_s), (BRIDGE_DOWN, ramp_s, 1.0))
    outcome = judged(BRIDGES, story.frames())
    (hold,) = outcome.holds
    assert hold.faults == ()
    assert hold.end_s <= story.plateau(1)[1] + 0.6 * ramp_s + 0.2


@pytest.mark.parametrize(("sags_s", "codes"), [(1.8, []), (2.3, ["sag"])])
def test_a_sag_that_lasted_is_a_fault_though_the_way_down_follows(
    sags_s: float, codes: list[str]
) -> None:
    sagging = Bridge(18.0)
    story = film(
        (BRIDGE_DOWN, 0.0, 1.0), (BRIDGE, 1.0, 5.0), (sagging, 0.5, sags_s), (BRIDGE_DOWN, 0.5, 2.0)
    )
    (hold,) = judged(BRIDGES, story.frames(30.0)).holds
    assert [fault.code for fault in hold.faults] == codes


def test_up_and_down_again_with_a_rest_are_two_holds() -> None:
    up = (PLANK, 0.9, 4.0)
    story = film(
        (PLANK_PROPPED, 0.0, 1.0), up, (PLANK_PROPPED, 0.9, 9.0), up, (PLANK_PROPPED, 1, 1)
    )
    outcome = judged(PLANKS, story.frames())
    assert [hold.faults for hold in outcome.holds] == [(), ()]
    for hold, index in zip(outcome.holds, (1, 3), strict=True):
        assert (hold.start_s, hold.end_s) == pytest.approx(story.plateau(index), abs=0.5)


def test_lying_flat_on_the_belly_is_no_plank_any_more() -> None:
    story = film((PLANK, 0.0, 4.0), (PLANK_DOWN, 1.0, 8.0))
    outcome = judged(PLANKS, story.frames())
    (hold,) = outcome.holds
    assert hold.end_s == pytest.approx(4.0, abs=1.0)
    assert hold.faults == ()


@pytest.mark.parametrize("ramp_s", [0.5, 1.5, 3.0])
def test_the_way_up_is_not_part_of_the_hold(ramp_s: float) -> None:
    """However slowly somebody gets up, neither its worst bend nor its score is of the way."""
    story = film((PLANK_PROPPED, 0.0, 1.0), (PLANK, ramp_s, 5.0))
    (hold,) = judged(PLANKS, story.frames(30.0)).holds
    assert hold.faults == ()
    assert hold.worst_bend_deg == pytest.approx(0.0, abs=GOOD_DEG)


def test_a_line_that_is_crossed_on_the_way_up_is_not_reached_yet() -> None:
    """Who lies on the floor is in line too, and bends on the way from there to the bridge."""
    played = play(STORIES[0], lambda _session: None)
    facts = [fact for record in played.records for fact in record.facts]
    worst_deg = [fact.hold.worst_bend_deg for fact in facts if isinstance(fact, HoldEnded)]
    assert worst_deg == pytest.approx([0.0] * 3, abs=GOOD_DEG)


@few
@given(
    stays=st.lists(
        st.tuples(st.floats(-9.0, 12.0), st.floats(0.3, 1.0), st.floats(0.2, 4.0)), max_size=8
    ),
    fps=RATES_FPS,
)
def test_a_hold_never_ends_while_the_position_is_kept(
    stays: list[tuple[float, float, float]], fps: float
) -> None:
    wobbles = [(Plank(bend_deg), move_s, stay_s) for bend_deg, move_s, stay_s in stays]
    story = film((PLANK, 0.0, 2.0), *wobbles)
    frames = story.frames(fps)
    judge = Judge(PLANKS)
    facts = [fact for t_s, pose in frames for fact in judge.step(t_s, pose)[1]]
    assert not any(isinstance(fact, HoldEnded) for fact in facts)
    assert judge.active


# The clock


@pytest.mark.parametrize("fps", [8.0, 15.0, 30.0, 60.0])
def test_in_line_the_clock_is_a_clock(fps: float) -> None:
    story = film((PLANK, 0.0, 12.0))
    assert clocks(story, fps)[-1] == pytest.approx(12.0, abs=2.0 / fps)


def test_a_short_slip_does_not_stop_the_clock_a_long_one_does() -> None:
    short = film((PLANK, 0.0, 4.0), (Plank(15.0), 0.4, 0.2), (PLANK, 0.4, 5.0))
    assert clocks(short)[-1] == pytest.approx(10.0, abs=0.1)
    long = film((PLANK, 0.0, 4.0), (Plank(15.0), 0.4, 6.0), (PLANK, 0.4, 5.0))
    # Of some seven seconds at fault the clock runs on for the first one only.
    assert clocks(long)[-1] == pytest.approx(15.8 - 5.7, abs=0.4)


@few
@given(slips=SLIPS)
def test_the_clock_never_runs_backward_and_never_faster_than_time(slips: list[Slip]) -> None:
    story = film((PLANK, 0.0, 3.0), *plank_slips(slips))
    seconds = clocks(story, 15.0)
    for number, (before, after) in enumerate(pairwise(seconds)):
        assert after >= before
        assert after <= (number + 1) / 15.0 + 1e-6


# Not seen


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


# The score


@pytest.mark.parametrize("bend_deg", [0.0, 4.0, 12.0, 16.0])
def test_the_score_follows_the_bend_and_not_its_sign(bend_deg: float) -> None:
    def score(bend_deg: float) -> float:
        story = film((PLANK, 0.0, 8.0), (Plank(bend_deg), 0.4, 4.0))
        (hold,) = judged(PLANKS, story.frames()).holds
        assert hold.line_score is not None
        return hold.line_score

    # The line is known to half a degree.
    assert score(bend_deg) == pytest.approx(score(-bend_deg), abs=4.0)
    assert (score(bend_deg) < 100.0) == (bend_deg > GOOD_DEG)


def test_a_line_that_stays_unsure_keeps_a_fault_back_for_four_seconds_at_most() -> None:
    """Somebody who wobbles never gives a sure line; bent knees are named all the same."""
    wobble = [
        (
            Plank(bend_deg=4.0 * (-1.0) ** each, knee_flexion_deg=30.0 if each > 5 else 0.0),
            0.25,
            0.05,
        )
        for each in range(20)
    ]
    story = film((PLANK_PROPPED, 0.0, 1.0), (PLANK, 0.9, 0.1), *wobble, (PLANK_PROPPED, 0.9, 1.0))
    outcome = judged(PLANKS, story.frames(15.0))
    (hold,) = outcome.holds
    told_s = [each.t_s for each in outcome.facts if isinstance(each, FaultBegan)]
    assert told_s[0] - hold.start_s == pytest.approx(4.0, abs=0.3)
