"""Pauses: what makes one, what is said in it, how it ends; and pain."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from coreline.data_files import load_catalogue
from coreline.judging.events import FaultEnded, HoldEnded, Repetition, RepetitionEnded, State
from coreline.placement.checks import CameraTrouble
from coreline.session.blocks import Block, blocks_of
from coreline.session.command import Command
from coreline.session.inputs import Conditions, Guidance
from coreline.session.session import Session, Step
from coreline.session.view import Pause, Stage
from guided import (
    BOOK,
    COUNTED_IN,
    FPS,
    PLANK_ALL_ALONG,
    Timed,
    counted,
    leg_raises,
    planks,
    play,
    raising,
    session_of,
    stages,
    told,
    when,
    with_hand,
)
from stick_figure import (
    PLANK,
    PLANK_DOWN,
    film,
)

# What pauses


def test_leaving_the_picture_pauses_and_coming_back_goes_on() -> None:
    frames = film((PLANK, 0.0, 40.0)).frames(FPS)
    gone = [(t_s, None if 5.0 < t_s < 15.0 else pose) for t_s, pose in frames]
    steps = play(session_of(planks(hold_s=10.0)), gone)
    paused = [step for step in steps if step.view.stage is Stage.PAUSED]
    assert {step.view.pause for step in paused} == {Pause.LEFT}
    assert paused[0].view.t_s == pytest.approx(8.0, abs=0.3)
    assert paused[-1].view.t_s == pytest.approx(16.0, abs=0.3)
    assert "pause.left" in told(steps)
    result = steps[-1].view.results[0]
    assert (stages(steps)[-1], result.done) == (Stage.DONE, 10.0)


def test_a_pause_that_was_skipped_is_over_when_the_person_is_back() -> None:
    frames = film((PLANK, 0.0, 40.0)).frames(FPS)
    gone = [(t_s, None if 5.0 < t_s < 11.0 else pose) for t_s, pose in frames]
    session = session_of(planks(hold_s=12.0, sets=2, rest_s=20.0))
    steps = play(session, gone, {9.0: Command.SKIP})
    rests = [step.view.t_s for step in steps if step.view.stage is Stage.REST]
    assert rests[0] == pytest.approx(9.0, abs=0.3)
    assert rests[-1] - rests[0] == pytest.approx(20.0, abs=0.5)


def test_a_raised_hand_pauses_and_raised_again_goes_on() -> None:
    frames = with_hand(PLANK_ALL_ALONG, (6.0, 8.0), (12.0, 14.0))
    steps = play(session_of(planks(hold_s=20.0)), frames)
    paused = [step for step in steps if step.view.stage is Stage.PAUSED]
    assert {step.view.pause for step in paused} == {Pause.HAND}
    assert paused[0].view.t_s == pytest.approx(7.0, abs=0.3)
    assert paused[-1].view.t_s == pytest.approx(13.0, abs=0.3)


def test_a_hand_up_for_a_moment_is_no_sign() -> None:
    steps = play(session_of(planks(hold_s=20.0)), with_hand(PLANK_ALL_ALONG, (6.0, 6.7)))
    assert Stage.PAUSED not in stages(steps)


@pytest.mark.parametrize("change", [{"lifts_arm": True}, {"view": "chest"}])
def test_where_an_arm_may_go_up_a_raised_hand_means_nothing(change: dict[str, object]) -> None:
    lifting = planks(hold_s=20.0).model_copy(update=change)
    steps = play(session_of(lifting), with_hand(PLANK_ALL_ALONG, (6.0, 9.0)))
    assert Stage.PAUSED not in stages(steps)
    assert {e.id for e in load_catalogue() if e.lifts_arm} == {
        "w34-superman", "adv-side-bridge", "adv-back-bridge", "adv-log-roll",
    }  # fmt: skip


def test_in_a_rest_the_sign_works_whatever_the_exercise() -> None:
    lifting = planks(hold_s=4.0, sets=2, rest_s=20.0).model_copy(update={"lifts_arm": True})
    steps = play(session_of(lifting), with_hand(PLANK_ALL_ALONG, (12.0, 14.0), (18.0, 20.0)))
    paused = [step for step in steps if step.view.stage is Stage.PAUSED]
    assert paused[0].view.t_s == pytest.approx(13.0, abs=0.3)
    assert paused[-1].view.t_s == pytest.approx(19.0, abs=0.3)


def test_an_arm_that_is_up_all_along_is_no_sign() -> None:
    steps = play(session_of(planks(hold_s=20.0)), with_hand(PLANK_ALL_ALONG, (0.0, 30.0)))
    assert Stage.PAUSED not in stages(steps)


# Too few pictures


def slowed(frames: Sequence[Timed], fps: float, from_s: float, until_s: float) -> list[Timed]:
    """Return the frames with so few a second from one time to another."""
    kept, last_s = list[Timed](), -1.0
    for t_s, pose in frames:
        if not from_s <= t_s < until_s or t_s - last_s >= 1.0 / fps - 1e-6:
            kept.append((t_s, pose))
            last_s = t_s
    return kept


def facts_of(steps: Sequence[Step], kind: type) -> list[object]:
    return [fact for step in steps for fact in step.facts if isinstance(fact, kind)]


def repetitions_of(steps: Sequence[Step]) -> list[Repetition]:
    facts = [fact for step in steps for fact in step.facts]
    return [fact.repetition for fact in facts if isinstance(fact, RepetitionEnded)]


@pytest.mark.parametrize("fps", [3.0, 5.0, 7.0])
def test_with_too_few_pictures_it_says_so_and_counts_nothing(fps: float) -> None:
    session = session_of(planks(hold_s=20.0))
    steps = play(session, film((PLANK, 0.0, 40.0)).frames(fps))
    assert when(steps, "camera.slow") <= 5.0
    assert {step.view.trouble for step in steps[-20:]} == {CameraTrouble.SLOW}
    assert {step.reading.state for step in steps[-20:]} == {State.UNSEEN}
    assert session.done == 0.0
    assert facts_of(steps, HoldEnded) == []
    (ended,) = [f for f in session.finish(40.0) if isinstance(f, FaultEnded)]
    assert (ended.fault.code, ended.fault.end_s) == ("too_few_pictures", 40.0)
    assert ended.fault.start_s == pytest.approx(0.0, abs=0.5)


def test_a_hold_counts_until_the_pictures_became_too_few_and_goes_on_after() -> None:
    session = session_of(planks(hold_s=60.0))
    steps = play(session, slowed(film((PLANK, 0.0, 32.0)).frames(15.0), 5.0, 9.0, 19.0))
    paused = [step.view.t_s for step in steps if step.view.stage is Stage.PAUSED]
    assert (paused[0], paused[-1]) == pytest.approx((11.0, 21.5), abs=0.6)
    (hold,) = [fact.hold for fact in facts_of(steps, HoldEnded) if isinstance(fact, HoldEnded)]
    assert hold.end_s == pytest.approx(9.0, abs=0.3)
    held_s = hold.end_s - hold.start_s + steps[-1].view.t_s - paused[-1]
    assert session.done == pytest.approx(held_s, abs=1.0)
    assert "camera.back" in told(steps)


def test_repetitions_are_kept_and_none_is_refused_when_the_pictures_become_too_few() -> None:
    session = session_of(leg_raises(repetitions=10))
    frames = raising(4).frames(15.0)
    usual = repetitions_of(play(session, frames))
    from_s = usual[2].start_s + 1.0
    slow = play(session_of(leg_raises(repetitions=10)), slowed(frames, 5.0, from_s, 99.0))
    assert [each.reasons for each in repetitions_of(slow)] == [(), ()]


# What is said in a pause


def said_in_pause(steps: Sequence[Step]) -> list[tuple[float, str]]:
    """Return what is said while it is paused, with the time since it was."""
    paused = [step for step in steps if step.view.stage is Stage.PAUSED]
    begun_s = paused[0].view.t_s
    return [(step.view.t_s - begun_s, cue) for step in paused for cue in step.cues]


NO_HAND = replace(COUNTED_IN, hand_pauses=False)


@pytest.mark.parametrize(("guidance", "how"), [(COUNTED_IN, "go_on"), (NO_HAND, "space")])
def test_a_pause_by_key_says_how_to_go_on(guidance: Guidance, how: str) -> None:
    session = session_of(planks(hold_s=20.0), guidance=guidance)
    said = said_in_pause(play(session, PLANK_ALL_ALONG, {5.0: Command.PAUSE}))
    assert [cue for _, cue in said[:2]] == ["flow.paused", f"pause.{how}"]
    assert said[1][0] == pytest.approx(1.5, abs=0.2)


def test_a_pause_by_hand_says_how_to_go_on_and_reminds_of_it() -> None:
    session = session_of(planks(hold_s=40.0))
    said = said_in_pause(play(session, with_hand(PLANK_ALL_ALONG, (6.0, 8.0))))
    assert [cue for _, cue in said] == ["pause.hand", "pause.go_on", "pause.go_on"]
    assert said[2][0] == pytest.approx(15.0, abs=0.2)


def test_how_to_go_on_waits_for_the_voice() -> None:
    session, said = session_of(planks(hold_s=20.0)), dict[str, float]()
    for t_s, pose in PLANK_ALL_ALONG[: round(15.0 * FPS)]:
        command = Command.PAUSE if "flow.paused" not in said and t_s >= 5.0 else None
        step = session.step(t_s, pose, command, Conditions(speaking=5.0 < t_s < 9.0))
        said |= dict.fromkeys(step.cues, t_s)
    assert said["pause.go_on"] == pytest.approx(9.0, abs=0.2)


def test_somebody_who_left_is_told_to_come_back_into_position() -> None:
    gone = [(t_s, None if 5.0 < t_s < 15.0 else pose) for t_s, pose in PLANK_ALL_ALONG]
    said = said_in_pause(play(session_of(planks(hold_s=10.0)), gone))
    assert [cue for _, cue in said] == ["pause.left", "pause.lie_down"]


@pytest.mark.parametrize("guidance", [COUNTED_IN, None])
@pytest.mark.parametrize("kind", list(CameraTrouble))
def test_without_a_picture_it_is_said_that_it_goes_on_by_itself(
    kind: CameraTrouble, guidance: Guidance | None
) -> None:
    session = Session([Block(planks(hold_s=20.0))], BOOK, guidance=guidance)
    said = said_in_pause(play(session, PLANK_ALL_ALONG, trouble=(5.0, 9.0, kind)))
    assert [cue for _, cue in said] == [f"camera.{kind.value}", "pause.by_itself"]


def test_once_it_goes_on_nothing_more_is_said_of_the_pause() -> None:
    commands = {5.0: Command.PAUSE, 6.0: Command.PAUSE}
    steps = play(session_of(planks(hold_s=40.0)), PLANK_ALL_ALONG, commands)
    assert {"flow.paused", "flow.resume"} <= set(told(steps))
    assert "pause.go_on" not in told(steps)


def test_pain_in_a_pause_asks_only_its_own_question() -> None:
    commands = {5.0: Command.PAUSE, 5.5: Command.PAIN}
    said = said_in_pause(play(session_of(planks(hold_s=40.0)), PLANK_ALL_ALONG, commands))
    assert [cue for _, cue in said] == ["flow.paused", "pain.asked"]


@pytest.mark.parametrize("kind", list(CameraTrouble))
def test_camera_trouble_pauses_at_once_and_keeps_what_was_done(kind: CameraTrouble) -> None:
    frames = raising(6).frames(FPS)
    cut_s = 2.2 + 1.5 + 4.5 * 2 + 1.6  # in the middle of the third repetition
    steps = play(session_of(leg_raises(repetitions=6)), frames, trouble=(cut_s, cut_s + 3.0, kind))
    in_trouble = [step for step in steps if step.view.trouble is kind]
    assert {step.view.stage for step in in_trouble} == {Stage.PAUSED}
    assert f"camera.{kind.value}" in told(in_trouble)
    assert "lost" in in_trouble[0].beeps
    before = counted([step for step in steps if step.view.t_s < cut_s])
    assert before == 2
    assert in_trouble[-1].view.progress.count == before
    assert "camera.back" in told(steps)


def test_a_rest_stands_still_while_the_camera_is_away() -> None:
    session = session_of(planks(sets=2, rest_s=5.0))
    frames = film((PLANK, 0.0, 60.0)).frames(FPS)
    rest_s = next(
        step.view.t_s for step in play(session_of(planks(sets=2, rest_s=5.0)), frames)
        if step.view.stage is Stage.REST
    )  # fmt: skip
    steps = play(session, frames, trouble=(rest_s + 1.0, rest_s + 9.0, CameraTrouble.GONE))
    resting = [step.view for step in steps if step.view.stage is Stage.REST]
    assert len(resting) / FPS == pytest.approx(5.0, abs=0.3)
    assert resting[-1].t_s - resting[0].t_s == pytest.approx(13.5, abs=0.4)


def test_after_the_camera_is_back_the_person_is_counted_in_anew() -> None:
    lying = film((PLANK_DOWN, 0.0, 30.0)).frames(FPS)
    steps = play(session_of(planks()), lying, trouble=(8.0, 12.0, CameraTrouble.STALLED))
    assert told(steps).count("flow.go") == 2


# Pain


def test_pain_is_asked_about_and_noted() -> None:
    commands = {3.0: Command.PAIN, 5.0: Command.PAIN_NOTE}
    steps = play(session_of(planks()), PLANK_ALL_ALONG, commands)
    paused = [step for step in steps if step.view.stage is Stage.PAUSED]
    assert {step.view.pause for step in paused} == {Pause.PAIN}
    assert {"pain.asked", "pain.go_on"} <= set(told(steps))
    (answer,) = [step.pain for step in steps if step.pain]
    assert (answer.exercise_id, answer.answer) == ("w12-back-bridge", Command.PAIN_NOTE)
    assert steps[-1].view.results[0].done == pytest.approx(6.0)


def test_an_exercise_that_hurts_is_left_on_both_sides() -> None:
    blocks = [*blocks_of(leg_raises(repetitions=5)), Block(planks())]
    session = Session(blocks, BOOK, guidance=COUNTED_IN)
    steps = play(session, PLANK_ALL_ALONG, {3.0: Command.PAIN, 4.0: Command.PAIN_SKIP})
    assert "pain.skipped" in told(steps)
    done = steps[-1].view.results
    assert [result.skipped for result in done] == [True, False, False]
    assert done[2].done == pytest.approx(6.0)
    assert (session.records[0].skipped_for_pain, session.records[-1].exercise_id) == (
        True,
        "w12-back-bridge",
    )


def test_pain_can_stop_the_session() -> None:
    session = session_of(planks(), planks())
    steps = play(session, PLANK_ALL_ALONG, {3.0: Command.PAIN, 4.0: Command.PAIN_STOP})
    assert "pain.stopped" in told(steps)
    assert stages(steps)[-1] is Stage.DONE
    assert session.records[0].done > 0.0


def test_an_answer_that_nothing_was_asked_for_changes_nothing() -> None:
    plain = play(session_of(planks()), PLANK_ALL_ALONG)
    answered = play(session_of(planks()), PLANK_ALL_ALONG, {3.0: Command.PAIN_STOP})
    assert [step.view for step in plain] == [step.view for step in answered]


def test_what_is_stopped_for_the_keys_goes_on_after_them_and_stays_stopped_twice() -> None:
    commands = {4.0: Command.HALT, 5.0: Command.HALT, 9.0: Command.GO_ON, 12.0: Command.GO_ON}
    steps = play(session_of(planks(hold_s=20.0)), PLANK_ALL_ALONG, commands)
    paused = [step.view.t_s for step in steps if step.view.stage is Stage.PAUSED]
    assert paused[0] == pytest.approx(4.0, abs=0.1)
    assert paused[-1] == pytest.approx(9.0, abs=0.1)
