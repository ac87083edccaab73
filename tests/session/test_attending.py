"""Whoever waits hears what to do, how to go on anyway, and nothing that is done already."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.misplaced import shifted

from coreline.body.pose import Joint, Pose, turned_over
from coreline.data_files import load_catalogue, load_placement
from coreline.placement.setup import SetupCheck
from coreline.session.attending import Offer, Patience, tells_what_to_do
from coreline.session.command import Command
from coreline.session.inputs import Guidance
from coreline.session.session import Session, Step
from coreline.session.view import Stage
from guided import (
    BOOK,
    COUNTED_IN,
    FPS,
    PLANK_ALL_ALONG,
    Timed,
    leg_raises,
    planks,
    play,
    session_of,
    stages,
    told,
    when,
)
from stick_figure import PLANK, PLANK_DOWN, Plank, few, film

LONGEST_S = 20.0
RULES = load_placement()
CHECKED = replace(
    COUNTED_IN, checker=lambda exercise, side: SetupCheck(exercise, side, RULES), count_in=False
)
FEET_OUT_PX = 300.0
OUT_PX = 400.0  # then the feet are out of the picture


def hand_up(frames: Sequence[Timed], from_s: float, to_s: float) -> list[Timed]:
    return [
        (t_s, raised(pose) if pose is not None and from_s <= t_s < to_s else pose)
        for t_s, pose in frames
    ]


def raised(pose: Pose) -> Pose:
    xy_px, visibility = pose.xy_px.copy(), pose.visibility.copy()
    xy_px[Joint.LEFT_ELBOW] = xy_px[Joint.LEFT_SHOULDER] - (0, 90)
    xy_px[Joint.LEFT_WRIST] = xy_px[Joint.LEFT_SHOULDER] - (0, 190)
    visibility[[Joint.LEFT_ELBOW, Joint.LEFT_WRIST]] = 0.9
    return replace(pose, xy_px=xy_px, visibility=visibility)


def cut_off(frames: Sequence[Timed]) -> list[Timed]:
    """Return frames in which the feet are out of the picture."""
    return [(t_s, pose and shifted(OUT_PX, 0.0)(pose)) for t_s, pose in frames]


def longest_wait_s(steps: Sequence[Step]) -> float:
    """Return the longest time in a row in which somebody waited and did not hear what to do."""
    longest_s = since_s = 0.0
    for step in steps:
        waits = step.view.stage in (Stage.SETUP, Stage.GET_READY)
        if not waits or any(tells_what_to_do(each) for each in step.cues):
            since_s = step.view.t_s
        longest_s = max(longest_s, step.view.t_s - since_s)
    return longest_s


# What is said, and when


def test_patience_ends_after_its_time_and_begins_anew_with_what_was_heard() -> None:
    patience = Patience()
    assert [patience.step(t_s, 7.0) for t_s in (100.0, 106.9, 107.0, 108.0)] == [
        False, False, True, True,
    ]  # fmt: skip
    patience.hear(109.0, ["flow.set_2_of_3"])
    assert patience.step(109.0, 7.0), "which set it is says nothing to do"
    patience.hear(110.0, ["flow.set_2_of_3", "fix.hips_up"])
    assert [patience.step(t_s, 7.0) for t_s in (116.9, 117.0)] == [False, True]
    assert not patience.step(118.0, None)
    assert not patience.step(119.0, 7.0), "waiting begins anew"


def test_an_offer_is_made_after_half_a_minute_and_again_and_ends_with_the_waiting() -> None:
    offer, made = Offer(), []
    for second in range(100):
        made += [second] if offer.step(float(second), waits=True) else []
        assert offer.stands is (second >= 30)
    assert made == [30, 60, 90]
    assert not offer.step(100.0, waits=False)
    assert not offer.stands
    assert not offer.step(101.0, waits=True)


def test_every_cue_that_is_said_to_who_waits_tells_what_to_do() -> None:
    advice = [cue.id for cue in BOOK if cue.id.startswith(("setup.", "pos.", "fix."))]
    assert {each for each in advice if not tells_what_to_do(each)} == {
        "setup.welcome", "setup.all_good", "setup.on_ball", "setup.on_floor",
        "setup.other_exercise",
    }  # fmt: skip
    starts = (each.judging.start.conditions for each in load_catalogue() if each.judging)
    lacks = {each.cue for conditions in starts for each in conditions if each.cue}
    assert {each for each in lacks if not tells_what_to_do(each)} == set()
    assert not tells_what_to_do("flow.set_1_of_3")
    assert tells_what_to_do("flow.skip_hand")


# Nobody waits for long


def hidden(pose: Pose) -> Pose:
    return replace(pose, visibility=np.full_like(pose.visibility, 0.1))


KINDS = st.sampled_from(["nobody", "down", "plank", "sag", "hidden", "cut off", "flickers"])


def frames_of(kind: str, from_s: float, to_s: float) -> list[Timed]:
    posture = {"down": PLANK_DOWN, "sag": Plank(35.0)}.get(kind, PLANK)
    frames = film((posture, 0.0, to_s - from_s)).frames(10.0)
    alter = {"nobody": lambda _: None, "hidden": hidden, "cut off": shifted(OUT_PX, 0.0)}
    poses = [alter[kind](pose) if kind in alter and pose else pose for _, pose in frames]
    if kind == "flickers":
        poses = [pose if number % 5 == 0 else None for number, pose in enumerate(poses)]
    return [(from_s + number / 10.0, pose) for number, pose in enumerate(poses)]


@few
@given(
    parts=st.lists(st.tuples(KINDS, st.floats(1.0, 50.0)), min_size=2, max_size=6),
    checks=st.booleans(),
    hand=st.booleans(),
)
def test_nobody_waits_longer_than_twenty_seconds_without_hearing_what_to_do(
    parts: list[tuple[str, float]], *, checks: bool, hand: bool
) -> None:
    guidance = replace(CHECKED if checks else COUNTED_IN, hand_pauses=hand)
    session, t_s, steps = session_of(planks(hold_s=300.0), guidance=guidance), 0.0, list[Step]()
    for kind, seconds in parts:
        steps += play(session, frames_of(kind, t_s, t_s + seconds))
        t_s += seconds + 0.1
    assert longest_wait_s(steps) <= LONGEST_S


def test_nothing_says_that_nobody_is_seen_while_somebody_is() -> None:
    frames = [*frames_of("nobody", 0.0, 9.0), *frames_of("flickers", 9.1, 40.0)]
    for guidance in (CHECKED, COUNTED_IN):
        for step, (_, pose) in zip(
            play(session_of(planks(), guidance=guidance), frames), frames, strict=True
        ):
            if pose is not None:
                assert step.view.cue_id not in ("setup.no_person", "setup.lost", "pause.left")
                cue_ids = {each.cue_id for each in step.view.checks}
                assert "setup.no_person" not in cue_ids


def test_what_hides_in_a_set_is_named() -> None:
    """Somebody is drawn there: it would be wrong to say that nobody is seen."""
    frames = film((PLANK, 0.0, 20.0)).frames(FPS)
    out = shifted(FEET_OUT_PX, 0.0)
    gone = [(t_s, pose and out(pose) if t_s > 8.0 else pose) for t_s, pose in frames]
    said = told(play(session_of(planks(hold_s=30.0)), gone))
    assert "setup.legs_hidden" in said
    assert "setup.lost" not in said


def test_a_fault_that_stops_the_clock_for_long_is_corrected_again() -> None:
    sagging = film((PLANK, 0.0, 8.0), (Plank(bend_deg=22.0), 1.0, 45.0)).frames(FPS)
    steps = play(session_of(planks(hold_s=60.0)), sagging)
    heard = [step.view.t_s for step in steps if "fix.hips_up" in step.cues]
    assert len(heard) >= 3
    assert np.diff(heard).max() <= LONGEST_S


# Going on anyway


BAD = cut_off(PLANK_ALL_ALONG)


def test_a_raised_hand_goes_on_once_that_was_offered() -> None:
    early, late = hand_up(BAD, 10.0, 13.0), hand_up(BAD, 36.0, 39.0)
    assert set(stages(play(session_of(planks(), guidance=CHECKED), early))) == {Stage.SETUP}
    steps = play(session_of(planks(), guidance=CHECKED), late)
    offered_s = when(steps, "setup.go_on_hand")
    assert offered_s == pytest.approx(30.0, abs=4.0)
    left = next(step for step in steps if step.view.stage is not Stage.SETUP)
    assert left.view.t_s == pytest.approx(37.0, abs=0.3)
    assert left.cut_off
    offered = [step.view.may_go_on for step in steps if step.view.stage is Stage.SETUP]
    assert offered == sorted(offered)
    assert offered[-1]


def test_whoever_is_seen_upside_down_raises_the_hand_downward() -> None:
    frames = [(t_s, pose and turned_over(pose)) for t_s, pose in hand_up(BAD, 36.0, 39.0)]
    steps = play(session_of(planks(), guidance=CHECKED), frames)
    left = next(step for step in steps if step.view.stage is not Stage.SETUP)
    assert left.view.t_s == pytest.approx(37.0, abs=0.3)


def test_where_hands_mean_nothing_the_key_alone_is_offered() -> None:
    guidance = replace(CHECKED, hand_pauses=False)
    steps = play(session_of(planks(), guidance=guidance), hand_up(BAD, 36.0, 39.0))
    assert "setup.go_on" in told(steps)
    assert set(stages(steps)) == {Stage.SETUP}


@pytest.mark.parametrize("lifts_arm", [False, True])
def test_a_set_that_cannot_begin_can_be_skipped(*, lifts_arm: bool) -> None:
    exercise = planks(sets=2).model_copy(update={"lifts_arm": lifts_arm})
    frames = hand_up(BAD, 36.0, 39.0)
    steps = play(session_of(exercise, guidance=replace(COUNTED_IN, count_in=False)), frames)
    assert ("flow.skip_key" if lifts_arm else "flow.skip_hand") in told(steps)
    assert (Stage.REST in stages(steps)) is not lifts_arm
    by_key = play(session_of(exercise), BAD, {40.0: Command.SKIP})
    assert Stage.REST in stages(by_key)


def test_before_the_offer_a_hand_pauses_as_ever() -> None:
    steps = play(session_of(planks()), hand_up(BAD, 20.0, 23.0))
    assert Stage.PAUSED in stages(steps)


# Whoever is in position


def cues_after_rest(coming: Plank) -> list[str]:
    story = film((PLANK, 0.0, 5.0), (coming, 0.5, 20.0)).frames(FPS)
    steps = play(session_of(planks(sets=2, hold_s=3.0, rest_s=8.0)), story)
    rested_s = next(s.view.t_s for s in steps if s.view.stage is Stage.REST) + 8.0
    return told([step for step in steps if rested_s <= step.view.t_s < rested_s + 6.0])


def test_a_rest_that_ends_has_only_somebody_get_ready_who_is_not() -> None:
    assert cues_after_rest(PLANK)[0] != "pos.get_ready"
    low = Plank(bend_deg=45.0)
    assert cues_after_rest(low)[0] == "pos.get_ready"


def test_that_the_position_is_taken_is_shown() -> None:
    story = film((Plank(bend_deg=45.0), 0.0, 3.0), (PLANK, 1.0, 3.0)).frames(FPS)
    at_once = replace(COUNTED_IN, count_in=False)
    steps = play(session_of(planks(), guidance=at_once), story)
    ready = [step for step in steps if step.view.stage is Stage.GET_READY]
    assert not ready[10].view.in_position
    assert any(step.view.in_position for step in steps if step.view.t_s > 3.0)
    assert not any(step.view.in_position for step in steps if step.view.stage is Stage.EXERCISE)


def test_a_recording_is_not_attended_to() -> None:
    session = Session(session_of(leg_raises()).blocks, BOOK)
    steps = play(session, frames_of("hidden", 0.0, 60.0))
    assert told(steps) == []


def test_guidance_of_all_kinds_says_how_to_skip() -> None:
    session = session_of(planks(), guidance=Guidance(explain=False))
    assert "flow.skip_hand" in told(play(session, frames_of("nobody", 0.0, 60.0)))
