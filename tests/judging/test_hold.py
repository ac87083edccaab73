"""Holds: what starts, stops and ends their clock, and that none ends early."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.judging.events import FaultBegan, HoldEnded
from coreline.judging.faults import IN_LINE_SHARE
from coreline.judging.judge import Judge
from judged_films import judged
from plank_films import PLANKS, SLIPS, Slip, plank_film, plank_slips, timed
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
    in_line_s,
    rules_of,
)
from ten_sessions import STORIES, play

BRIDGES = rules_of("w12-belly-bridge")
GOOD_DEG = PLANKS.bands[0].good_high
# In line is what is nearer to good than to a fault.
LINE_DEG = GOOD_DEG + IN_LINE_SHARE * (PLANKS.bands[0].fault_high - GOOD_DEG)
RATES_FPS = st.sampled_from([8.0, 15.0, 30.0])


def clocks(story: Film, fps: float = 30.0) -> list[float]:
    """Return the clock after each frame."""
    return timed(story, fps)[1]


# In line


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
