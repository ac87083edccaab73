"""Repetitions: for how long each was held, and why one was refused."""

from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.judging.events import Phase
from judged_films import Outcome, judged
from stick_figure import (
    LegBridge,
    Raise,
    fewest,
    film,
    raises_film,
    rules_of,
    shaken,
    without,
)

RULES = rules_of("w56-belly-bridge")
SHIFT_DEG = 1.5  # the trunk's turn that the model sees when the leg goes up
BEND_PER_TRUNK = 2.2  # shoulders and foot stay where they are: the knee follows the hips
SLIPS: dict[str, dict[str, float]] = {
    "too_short": {"plateau_s": 0.8},
    "knee_bent": {"knee_flexion_deg": 40.0},
    "line_broken": {"trunk_drop_deg": 15.0 / BEND_PER_TRUNK},
    "no_tap": {"tap_m": 0.17},
    "too_low": {"foot_m": 0.33},
}
Reasons = tuple[str, ...]
RATES_FPS = st.sampled_from([8.0, 15.0, 30.0])


def repetition(reasons: Sequence[str]) -> Raise:
    """Return a repetition with so many things wrong with it."""
    wrong: dict[str, float] = {}
    for reason in reasons:
        wrong |= SLIPS[reason]
    return Raise(**wrong)


def outcome_of(wanted: Sequence[Sequence[str]], fps: float = 15.0) -> Outcome:
    story = raises_film([repetition(reasons) for reasons in wanted], shift_deg=SHIFT_DEG)
    return judged(RULES, story.frames(fps))


def assert_reasons(outcome: Outcome, wanted: Sequence[Sequence[str]]) -> None:
    assert [set(reasons) for reasons in outcome.reasons] == [set(reasons) for reasons in wanted]
    assert [each.counted for each in outcome.repetitions] == [not reasons for reasons in wanted]
    numbers = [each.number for each in outcome.repetitions]
    assert numbers == list(range(1, len(wanted) + 1))


# For how long


@fewest
@given(
    plateau_s=st.floats(0.5, 4.0),
    ramp_s=st.floats(0.4, 1.2),
    fps=RATES_FPS,
)
def test_the_time_held_is_the_truth(plateau_s: float, ramp_s: float, fps: float) -> None:
    story = raises_film([Raise(plateau_s, ramp_s)] * 2, shift_deg=SHIFT_DEG)
    repetitions = judged(RULES, story.frames(fps)).repetitions
    assert len(repetitions) == 2
    for each, index in zip(repetitions, (2, 4), strict=True):
        begin_s, end_s = story.plateau(index)
        assert each.hold_s == pytest.approx(plateau_s, abs=0.15)
        assert each.start_s == pytest.approx(begin_s - ramp_s, abs=0.5)
        assert each.top_s == pytest.approx(begin_s, abs=0.5)
        # The foot is given a moment to land, and that is seen a frame later.
        assert each.end_s == pytest.approx(end_s + ramp_s + 0.15, abs=0.25 + 2.0 / fps)


@fewest
@given(plateau_s=st.floats(2.1, 4.0), ramp_s=st.floats(0.4, 1.2), fps=RATES_FPS)
def test_held_for_long_enough_it_counts(plateau_s: float, ramp_s: float, fps: float) -> None:
    story = raises_film([Raise(plateau_s, ramp_s)] * 2, shift_deg=SHIFT_DEG)
    assert judged(RULES, story.frames(fps)).reasons == [(), ()]


@fewest
@given(plateau_s=st.floats(0.3, 1.7), ramp_s=st.floats(0.4, 1.2), fps=RATES_FPS)
def test_let_go_too_soon_it_does_not(plateau_s: float, ramp_s: float, fps: float) -> None:
    story = raises_film([Raise(plateau_s, ramp_s)] * 2, shift_deg=SHIFT_DEG)
    assert judged(RULES, story.frames(fps)).reasons == [("too_short",)] * 2


# Why not


@pytest.mark.parametrize("reason", SLIPS)
def test_each_reason_arises_alone(reason: str) -> None:
    wanted = [(), (reason,), (), (reason,), ()]
    assert_reasons(outcome_of(wanted), wanted)


@pytest.mark.parametrize("reason", ["too_short", "knee_bent", "no_tap"])
def test_each_reason_arises_in_the_first_repetition(reason: str) -> None:
    wanted = [(reason,), (), ()]
    assert_reasons(outcome_of(wanted), wanted)


@pytest.mark.parametrize("drop_deg", [12.0, -12.0])
def test_a_plainly_broken_line_is_told_in_the_first_repetition(drop_deg: float) -> None:
    """How the model reads a line with the leg up is not known yet, but not as far off as that."""
    story = raises_film([Raise(trunk_drop_deg=drop_deg), Raise(), Raise()], shift_deg=SHIFT_DEG)
    assert judged(RULES, story.frames()).reasons == [("line_broken",), (), ()]


@pytest.mark.parametrize("pair", list(combinations(SLIPS, 2)), ids="+".join)
def test_any_two_reasons_arise_together(pair: Reasons) -> None:
    wanted = [(), pair, ()]
    assert_reasons(outcome_of(wanted), wanted)


def test_all_reasons_arise_together() -> None:
    wanted = [(), tuple(SLIPS), ()]
    assert_reasons(outcome_of(wanted), wanted)


@fewest
@given(
    wanted=st.lists(st.sets(st.sampled_from(list(SLIPS)), max_size=2), min_size=1, max_size=5),
    fps=RATES_FPS,
)
def test_reasons_are_right_in_any_order(wanted: list[set[str]], fps: float) -> None:
    # A good one first, against whose height the low ones are low, and one last, since an attempt
    # is only seen to have ended without a tap when another follows.
    whole: list[Reasons] = [(), *(tuple(sorted(reasons)) for reasons in wanted), ()]
    assert_reasons(outcome_of(whole, fps), whole)


def test_a_line_that_sags_and_one_that_arches_are_both_broken() -> None:
    story = raises_film(
        [Raise(), Raise(trunk_drop_deg=7.0), Raise(trunk_drop_deg=-7.0), Raise()],
        shift_deg=SHIFT_DEG,
    )
    outcome = judged(RULES, story.frames())
    assert outcome.reasons == [(), ("line_broken",), ("line_broken",), ()]
    assert outcome.codes == ["sag", "pike"]
    _, sagging, arching, _ = outcome.repetitions
    assert sagging.bend_mean_deg == pytest.approx(7.0 * BEND_PER_TRUNK, abs=2.0)
    assert arching.bend_mean_deg == pytest.approx(-7.0 * BEND_PER_TRUNK, abs=1.5)


def test_the_knee_s_least_angle_is_reported() -> None:
    outcome = outcome_of([(), ("knee_bent",)])
    straight, bent = outcome.repetitions
    assert straight.knee_min_deg == pytest.approx(180.0, abs=1.0)
    assert bent.knee_min_deg == pytest.approx(140.0, abs=1.5)


@fewest
@given(drop_deg=st.floats(-2.0, 2.0), flexion_deg=st.floats(0.0, 14.0))
def test_small_departures_from_the_form_are_no_reason(drop_deg: float, flexion_deg: float) -> None:
    wobbly = Raise(trunk_drop_deg=drop_deg, knee_flexion_deg=flexion_deg)
    story = raises_film([Raise(), wobbly, Raise()], shift_deg=SHIFT_DEG)
    assert judged(RULES, story.frames()).reasons == [(), (), ()]


@fewest
@given(own_shift_deg=st.floats(-3.5, 3.5), rise_deg=st.floats(-4.0, 4.0))
def test_the_neutral_is_the_person_s_own(own_shift_deg: float, rise_deg: float) -> None:
    """A person whom the model reads otherwise, or who lies otherwise, is judged the same."""
    shift_deg = SHIFT_DEG + own_shift_deg / BEND_PER_TRUNK
    slips: list[Reasons] = [(), ("line_broken",), (), ("knee_bent",), ("too_short",), ()]
    story = raises_film([repetition(reasons) for reasons in slips], shift_deg=shift_deg)
    lying = film(
        *[
            (
                LegBridge(
                    stay.posture.trunk_deg + rise_deg * (stay.posture.trunk_deg > 5.0),
                    stay.posture.foot_m,
                    stay.posture.knee_flexion_deg,
                ),
                stay.move_s,
                stay.stay_s,
            )
            for stay in story.stays
            if isinstance(stay.posture, LegBridge)
        ]
    )
    assert_reasons(judged(RULES, lying.frames()), slips)


# Half way


def test_turned_half_way_the_attempt_is_refused_and_the_next_begins_there() -> None:
    wanted: list[Reasons] = [(), ("no_tap",), (), ()]
    outcome = outcome_of(wanted, 30.0)
    assert_reasons(outcome, wanted)
    _, half, after, _ = outcome.repetitions
    assert half.end_s == pytest.approx(after.start_s)
    assert after.hold_s == pytest.approx(2.5, abs=0.15)


@fewest
@given(rest_s=st.floats(0.0, 6.0))
def test_a_tap_or_a_rest_on_the_floor_are_the_same_to_the_count(rest_s: float) -> None:
    story = raises_film([Raise(rest_s=rest_s)] * 3, shift_deg=SHIFT_DEG)
    assert judged(RULES, story.frames()).reasons == [(), (), ()]


# What is no attempt


def test_getting_up_and_lying_down_are_no_attempts() -> None:
    story = raises_film([], shift_deg=SHIFT_DEG, ready_s=5.0)
    assert judged(RULES, story.frames()).repetitions == []


@fewest
@given(foot_m=st.floats(0.0, 0.08), plateau_s=st.floats(0.0, 3.0))
def test_a_foot_that_only_fidgets_makes_no_attempt(foot_m: float, plateau_s: float) -> None:
    fidget = Raise(plateau_s, 0.4, foot_m)
    story = raises_film([Raise(), fidget, fidget, Raise()], shift_deg=SHIFT_DEG)
    assert judged(RULES, story.frames()).reasons == [(), ()]


# Not seen


@pytest.mark.parametrize("gap_s", [1.0, 1.2, 1.8])
def test_an_attempt_that_was_not_seen_is_refused_for_that_alone(gap_s: float) -> None:
    story = raises_film([Raise(), Raise(), Raise()], shift_deg=SHIFT_DEG)
    begin_s, _ = story.plateau(4)
    outcome = judged(RULES, without(story.frames(30.0), begin_s + 0.2, begin_s + 0.2 + gap_s))
    assert outcome.reasons == [(), ("not_seen",), ()]


@pytest.mark.parametrize("gap_s", [0.1, 0.3, 0.45, 0.7])
def test_a_short_gap_in_an_attempt_is_bridged(gap_s: float) -> None:
    story = raises_film([Raise(), Raise(), Raise()], shift_deg=SHIFT_DEG)
    begin_s, _ = story.plateau(4)
    outcome = judged(RULES, without(story.frames(30.0), begin_s + 0.5, begin_s + 0.5 + gap_s))
    assert outcome.reasons == [(), (), ()]
    assert outcome.repetitions[1].hold_s == pytest.approx(2.5, abs=0.15)


THREE = raises_film([Raise(), Raise(), Raise()], shift_deg=SHIFT_DEG).frames()


@pytest.fixture(scope="module")
def three_end_s() -> list[float]:
    """Return when each of three good repetitions is over."""
    return [each.end_s for each in judged(RULES, THREE).repetitions]


@pytest.mark.parametrize("gap_s", [0.2, 0.7])
@pytest.mark.parametrize("after_s", [0.0, 0.3, 0.6])
def test_a_gap_after_a_finished_repetition_costs_neither_it_nor_the_next(
    gap_s: float, after_s: float, three_end_s: list[float]
) -> None:
    unseen, missing = THREE, THREE
    for end_s in (each + 0.01 + after_s for each in three_end_s):
        unseen = without(unseen, end_s, end_s + gap_s)
        missing = [each for each in missing if not end_s <= each[0] < end_s + gap_s]
    assert judged(RULES, unseen).reasons == [(), (), ()]
    assert judged(RULES, missing).reasons == [(), (), ()]


def test_once_the_foot_has_landed_losing_the_body_takes_nothing_back() -> None:
    story = raises_film([Raise(), Raise(rest_s=4.0)], shift_deg=SHIFT_DEG)
    frames = story.frames(30.0)
    landed_s = judged(RULES, frames).repetitions[1].end_s + 0.01
    assert judged(RULES, without(frames, landed_s, landed_s + 60.0)).reasons == [(), ()]


def test_a_long_gap_on_the_way_up_decides_nothing() -> None:
    story = raises_film([Raise(), Raise(plateau_s=3.5), Raise()], shift_deg=SHIFT_DEG)
    begin_s, _ = story.plateau(4)
    frames = without(story.frames(30.0), begin_s - 0.8, begin_s + 0.4)
    assert judged(RULES, frames).reasons == [(), (), ()]


def test_where_the_foot_was_lowest_out_of_sight_nobody_says_that_it_did_not_tap() -> None:
    story = raises_film([Raise(), Raise(tap_m=0.17, rest_s=0.2), Raise()], shift_deg=SHIFT_DEG)
    low_s, end_s = story.plateau(5)
    frames = without(story.frames(30.0), low_s - 0.2, end_s + 0.2)
    assert judged(RULES, frames).reasons == [(), ("not_seen",), ()]


@pytest.mark.parametrize("gap_s", [0.35, 0.7])
def test_a_foot_that_was_seen_to_stop_above_the_ground_did_not_tap_in_a_gap(gap_s: float) -> None:
    story = raises_film([Raise(), Raise(tap_m=0.17, rest_s=0.3), Raise()], shift_deg=SHIFT_DEG)
    frames = story.frames(30.0)
    low_s = judged(RULES, frames).repetitions[1].end_s + 0.01
    seen = judged(RULES, without(frames, low_s, low_s + gap_s))
    assert seen.reasons == [(), ("no_tap",), ()]


@pytest.mark.parametrize("before_s", [0.45, 0.4, 0.35, 0.3, 0.1])
def test_a_gap_on_the_way_to_where_the_foot_turns_makes_no_one_raise_of_two(
    before_s: float,
) -> None:
    """Whether the foot tapped in it nobody may know; that it went up twice one does."""
    half = Raise(tap_m=0.17, rest_s=0.2, ramp_s=0.6)
    story = raises_film([half, Raise(ramp_s=0.6)], shift_deg=SHIFT_DEG)
    low_s, _ = story.plateau(3)
    frames = without(story.frames(30.0), low_s - before_s, low_s - before_s + 0.4)
    refused, counted = judged(RULES, frames).reasons
    assert refused in {("no_tap",), ("not_seen",)}
    assert counted == ()


def test_a_gap_while_the_foot_rests_is_no_matter() -> None:
    story = raises_film([Raise(rest_s=3.0), Raise()], shift_deg=SHIFT_DEG)
    rest_s, _ = story.plateau(3)
    frames = without(story.frames(30.0), rest_s + 0.5, rest_s + 2.0)
    assert judged(RULES, frames).reasons == [(), ()]


# What is shown meanwhile


@fewest
@given(ramp_s=st.floats(1.0, 2.5), fps=st.sampled_from([15.0, 30.0]))
def test_a_leg_that_is_still_rising_is_not_at_its_top(ramp_s: float, fps: float) -> None:
    """Its time at the top does not run yet, however high it is already."""
    story = raises_film([Raise(2.5, ramp_s)] * 2, shift_deg=SHIFT_DEG)
    readings = judged(RULES, story.frames(fps)).readings
    for index in (2, 4):
        begin_s, _ = story.plateau(index)
        rising = [r.phase for r in readings if begin_s - ramp_s < r.t_s < begin_s - 0.35 * ramp_s]
        assert rising
        assert Phase.TOP not in rising


def test_the_phases_follow_each_other_round() -> None:
    outcome = judged(RULES, raises_film([Raise(), Raise()], shift_deg=SHIFT_DEG).frames(30.0))
    phases = [reading.phase for reading in outcome.readings]
    order = [one for one, before in zip(phases, [None, *phases], strict=False) if one != before]
    once = [Phase.DOWN, Phase.RISING, Phase.TOP, Phase.LOWERING]
    assert order == [Phase.WAITING, *once, *once, Phase.DOWN, Phase.WAITING]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_jitter_of_the_landmarks_changes_no_reason(seed: int) -> None:
    wanted: list[Reasons] = [(), ("too_short",), ("knee_bent",), ("line_broken",), ("no_tap",), ()]
    story = raises_film([repetition(reasons) for reasons in wanted], shift_deg=SHIFT_DEG)
    assert_reasons(judged(RULES, shaken(story.frames(), 1.5, seed)), wanted)
