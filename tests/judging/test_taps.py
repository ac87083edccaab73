"""Where a repetition ends: the tap, the position left, the leg that was up from the beginning."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.judging.judge import Judge
from judged_films import Outcome, judged, shown
from stick_figure import (
    LEG_BRIDGE,
    LEG_BRIDGE_DOWN,
    LegBridge,
    Raise,
    fewest,
    film,
    legs_swapped,
    raises_film,
    rules_of,
)

RULES = rules_of("w56-belly-bridge")
SHIFT_DEG = 1.5
TOP = LegBridge(LEG_BRIDGE.trunk_deg + SHIFT_DEG, Raise().foot_m)


def test_a_foot_that_stays_just_above_the_floor_has_not_tapped() -> None:
    story = raises_film([Raise(), Raise(tap_m=0.09), Raise()], shift_deg=SHIFT_DEG)
    assert judged(RULES, story.frames(30.0)).reasons == [(), ("no_tap",), ()]


def test_a_foot_that_touches_a_little_elsewhere_has() -> None:
    story = raises_film([Raise(), Raise(tap_m=0.01), Raise()], shift_deg=SHIFT_DEG)
    assert judged(RULES, story.frames(30.0)).reasons == [(), (), ()]


@fewest
@given(usual_m=st.floats(0.0, 0.03), fps=st.sampled_from([15.0, 30.0]))
def test_a_tap_is_told_from_the_person_s_own_taps(usual_m: float, fps: float) -> None:
    """Somebody whose foot always reads a little high taps; four centimetres more are no tap."""
    raises = [Raise(tap_m=usual_m)] * 3
    story = raises_film([*raises, Raise(tap_m=usual_m + 0.04), *raises], shift_deg=SHIFT_DEG)
    wanted = [(), (), (), ("no_tap",), (), (), ()]
    assert judged(RULES, story.frames(fps)).reasons == wanted


# The leg is up when the position is taken


@pytest.mark.parametrize("fps", [8.0, 15.0, 30.0])
def test_a_leg_that_is_up_when_the_position_is_taken_is_raised(fps: float) -> None:
    low = (LEG_BRIDGE, 0.8, 0.5)
    story = film((LegBridge(0.0, 0.58), 0.0, 1.0), (TOP, 1.0, 2.8), low, (TOP, 0.8, 2.5), low)
    assert judged(RULES, story.frames(fps)).reasons == [(), ()]


def test_let_go_too_soon_it_is_refused_as_any_other() -> None:
    low = (LEG_BRIDGE, 0.8, 0.5)
    story = film((LegBridge(0.0, 0.58), 0.0, 1.0), (TOP, 1.0, 1.0), low, (TOP, 0.8, 2.5), low)
    assert judged(RULES, story.frames()).reasons == [("too_short",), ()]


def test_a_leg_that_is_up_when_it_goes_on_after_an_interruption_rests_where_it_did() -> None:
    """Where people's legs rest says nothing then: the person's own did before."""
    assert RULES.raises is not None
    unknown = RULES.raises.model_copy(update={"rest": None})
    judge = Judge(RULES.model_copy(update={"raises": unknown}))
    story = raises_film([Raise(), Raise(plateau_s=4.0), Raise(), Raise()], shift_deg=SHIFT_DEG)
    frames, (from_s, _) = story.frames(), story.plateau(4)
    before = [each for each in frames if each[0] < from_s + 0.5]
    facts = [fact for each in before for fact in judge.step(*each)[1]]
    facts += judge.finish(before[-1][0], interrupted=True)
    judge.resume()
    after = shown(judge, [each for each in frames if each[0] > from_s + 1.5])
    assert Outcome([], facts).reasons == [()]
    assert after.reasons[-2:] == [(), ()]


@pytest.mark.parametrize("rest_s", [0.2, 0.4])
def test_a_leg_that_was_taken_to_rest_up_is_known_to_rest_lower_once_it_does(rest_s: float) -> None:
    assert RULES.raises is not None
    unknown = RULES.raises.model_copy(update={"rest": None})
    rules = RULES.model_copy(update={"raises": unknown})
    up, low = (TOP, 0.8, 2.5), (LEG_BRIDGE, 0.8, rest_s)
    story = film((TOP, 0.0, 2.0), low, up, low, up, (LEG_BRIDGE, 0.8, 1.0))
    assert judged(rules, story.frames()).reasons == [(), ()]


# The position is left


@pytest.mark.parametrize("plateau_s", [2.5, 1.0])
def test_who_lies_down_from_the_top_made_an_attempt(plateau_s: float) -> None:
    """The hips go down with the leg still up: nothing was tapped."""
    down = LegBridge(LEG_BRIDGE_DOWN.trunk_deg, TOP.foot_m)
    story = film(
        (LEG_BRIDGE_DOWN, 0.0, 1.0),
        (LEG_BRIDGE, 1.0, 1.5),
        (TOP, 0.8, 2.5),
        (LEG_BRIDGE, 0.8, 0.5),
        (TOP, 0.8, plateau_s),
        (down, 0.7, 2.0),
    )
    first, last = judged(RULES, story.frames()).repetitions
    assert first.counted
    assert not last.counted
    assert "no_tap" in last.reasons
    assert ("too_short" in last.reasons) == (plateau_s < 2.0)


def test_hips_that_sink_for_a_moment_with_the_leg_up_leave_nothing() -> None:
    """That is a broken line; the attempt goes on and ends with its tap."""
    sunk = LegBridge(LEG_BRIDGE.trunk_deg / 2.0, TOP.foot_m)
    story = film(
        (LEG_BRIDGE_DOWN, 0.0, 1.0),
        (LEG_BRIDGE, 1.0, 1.5),
        (TOP, 0.8, 2.5),
        (LEG_BRIDGE, 0.8, 0.5),
        (TOP, 0.8, 1.0),
        (sunk, 0.5, 1.2),
        (TOP, 0.5, 0.5),
        (LEG_BRIDGE, 0.8, 1.0),
    )
    first, last = judged(RULES, story.frames()).repetitions
    assert first.counted
    assert "line_broken" in last.reasons
    assert "no_tap" not in last.reasons


def test_hips_that_lie_down_end_the_attempt_at_once() -> None:
    down = LegBridge(LEG_BRIDGE_DOWN.trunk_deg, TOP.foot_m)
    story = film(
        (LEG_BRIDGE_DOWN, 0.0, 1.0),
        (LEG_BRIDGE, 1.0, 1.5),
        *[pose for _ in range(3) for pose in ((TOP, 0.8, 1.5), (down, 0.5, 1.2))],
    )
    assert ["no_tap" in each.reasons for each in judged(RULES, story.frames()).repetitions] == [
        True,
        True,
        True,
    ]


# The line between the raises


@pytest.mark.parametrize(("trunk_deg", "code"), [(16.0, "sag"), (34.0, "pike")])
def test_the_line_between_the_raises_is_judged_too(trunk_deg: float, code: str) -> None:
    story = film(
        (LEG_BRIDGE, 0.0, 3.0),
        (TOP, 0.8, 2.5),
        (LEG_BRIDGE, 0.8, 2.0),
        (LegBridge(trunk_deg), 0.8, 2.0),
        (LEG_BRIDGE, 0.8, 2.0),
        (TOP, 0.8, 2.5),
        (LEG_BRIDGE, 0.8, 0.5),
    )
    outcome = judged(RULES, story.frames())
    assert outcome.codes == [code]
    assert outcome.faults[0].start_s == pytest.approx(story.plateau(3)[0], abs=0.8)
    assert outcome.faults[0].end_s == pytest.approx(story.plateau(3)[1], abs=0.8)
    assert outcome.reasons == [(), ()]


# The leg far from the camera


@pytest.mark.parametrize("far", [False, True])
def test_the_leg_that_works_is_the_one_that_is_up(*, far: bool) -> None:
    raises = [Raise(), Raise(plateau_s=0.8), Raise(knee_flexion_deg=40.0), Raise(tap_m=0.17)]
    frames = raises_film([*raises, Raise()], shift_deg=SHIFT_DEG).frames()
    judge = Judge(RULES, one_leg=True)
    outcome = shown(judge, legs_swapped(frames) if far else frames)
    near_leg = judge.form.scene.sides.near if judge.form and judge.form.scene else None
    assert near_leg is not None
    assert judge.working is (near_leg.other if far else near_leg)
    assert outcome.reasons == [(), ("too_short",), ("knee_bent",), ("no_tap",), ()]


# On the way into the position


UP = LegBridge(LEG_BRIDGE.trunk_deg)


def test_a_leg_that_is_stretched_on_the_way_in_tells_no_range() -> None:
    high, low = LegBridge(TOP.trunk_deg, 0.75), (UP, 0.5, 0.5)
    stretched = ((LEG_BRIDGE_DOWN, 0.0, 1.0), (UP, 1.2, 1.0), (high, 0.5, 0.0), low)
    story = film(*stretched, (TOP, 0.8, 2.8), low, (TOP, 0.8, 2.8), low)
    assert judged(RULES, story.frames(15.0)).reasons == [("too_short",), (), ()]


def test_a_leg_that_rested_before_it_was_raised_was_not_up_yet() -> None:
    way_in = ((LEG_BRIDGE_DOWN, 0.0, 1.0), (LegBridge(25.0, -0.16), 1.2, 0.5), (UP, 0.4, 2.0))
    low = (UP, 0.8, 0.5)
    story = film(*way_in, (TOP, 0.8, 2.8), low, (TOP, 0.8, 2.8), low)
    (first, second) = judged(RULES, story.frames(15.0)).repetitions
    assert (first.reasons, second.reasons) == ((), ())
    assert first.hold_s == pytest.approx(2.8, abs=0.4)
