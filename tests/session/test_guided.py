"""The trainer at the mat: set-up, explanation, counting in, pauses, pain, corrections, the line."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.body.measures import Side
from coreline.body.pose import Pose
from coreline.coaching.spoken import how_cue, name_cue
from coreline.judging.events import Found, Lost
from coreline.placement.checks import CameraTrouble, Check, PictureFacts, PlacementTopic, Verdict
from coreline.programme.spec import Exercise
from coreline.session.blocks import Block, blocks_of
from coreline.session.command import Command
from coreline.session.inputs import Conditions, Guidance
from coreline.session.session import Session
from coreline.session.view import Stage
from guided import (
    BOOK,
    COUNTED_IN,
    FPS,
    LYING_THEN_PLANK,
    PLANK_ALL_ALONG,
    counted,
    leg_raises,
    planks,
    play,
    raising,
    session_of,
    stages,
    told,
    when,
)
from stick_figure import (
    PLANK,
    PLANK_DOWN,
    Plank,
    few,
    film,
)

# Counting in


def test_who_lies_still_is_counted_in() -> None:
    steps = play(session_of(planks()), LYING_THEN_PLANK)
    assert stages(steps)[:4] == [
        Stage.GET_READY,
        Stage.COUNTDOWN,
        Stage.GET_READY,
        Stage.EXERCISE,
    ]
    times = [when(steps, cue) for cue in ("num.03", "num.02", "num.01", "flow.go")]
    assert np.diff(times) == pytest.approx([1.0, 1.0, 1.0], abs=1.5 / FPS)
    assert 2.0 <= times[0] <= 2.5  # two seconds of lying still
    assert [step.view.countdown for step in steps if step.view.countdown][:: int(FPS)] == [3, 2, 1]
    assert stages(steps)[-1] is Stage.DONE


def test_who_begins_earlier_has_begun() -> None:
    steps = play(session_of(planks()), PLANK_ALL_ALONG)
    assert Stage.COUNTDOWN not in stages(steps)
    assert steps[-1].view.results[0].done == pytest.approx(6.0)


def test_nothing_of_a_repetition_is_lost_by_beginning_too_early() -> None:
    frames = raising(3, ready_s=3.0).frames(FPS)
    steps = play(session_of(leg_raises()), frames)
    assert Stage.COUNTDOWN in stages(steps)
    assert counted(steps) == 3
    assert stages(steps)[-1] is Stage.DONE


def test_whoever_was_counted_in_has_time_to_get_into_position() -> None:
    frames = film((PLANK_DOWN, 0.0, 12.0)).frames(FPS)
    steps = play(session_of(planks()), frames)
    (go,) = [step for step in steps if "flow.go" in step.cues]
    assert go.cues == ("flow.go",)
    assert when(steps, "pos.front_plank") - go.view.t_s == pytest.approx(2.5, abs=0.2)


def test_after_a_pause_a_hint_waits_as_long_as_at_first() -> None:
    frames = film((PLANK_DOWN, 0.0, 9.0)).frames(FPS)
    session = session_of(planks(), guidance=replace(COUNTED_IN, count_in=False))
    steps = play(session, frames, {1.0: Command.PAUSE, 5.0: Command.PAUSE})
    assert when(steps, "pos.front_plank") == pytest.approx(7.5, abs=0.2)


def test_a_hint_waits_for_what_is_being_said() -> None:
    session, said = session_of(planks(), guidance=replace(COUNTED_IN, count_in=False)), []
    for t_s, pose in film((PLANK_DOWN, 0.0, 9.0)).frames(FPS):
        step = session.step(t_s, pose, None, Conditions(speaking=1.0 < t_s < 6.0))
        said += [(t_s, cue) for cue in step.cues]
    assert [cue for _, cue in said] == ["pos.front_plank"]
    assert said[0][0] == pytest.approx(6.0, abs=0.2)


def test_three_two_one_begins_when_the_voice_is_free() -> None:
    session = session_of(planks())
    counted: list[float] = []
    for t_s, pose in film((PLANK_DOWN, 0.0, 12.0)).frames(FPS):
        step = session.step(t_s, pose, None, Conditions(speaking=t_s < 4.0))
        counted += [t_s for cue in step.cues if cue == "num.03"]
    assert counted == [pytest.approx(4.0, abs=0.1)]


@pytest.mark.parametrize("exercise", [planks(), leg_raises()])
def test_the_end_is_told_at_the_end(exercise: Exercise) -> None:
    frames = PLANK_ALL_ALONG if exercise.machine == "hold" else raising(3, ready_s=3.0).frames(FPS)
    steps = play(session_of(exercise), frames)
    (end,) = [step for step in steps if step.ended]
    assert end.view.stage is Stage.DONE
    assert end.cues[0] == "flow.session_complete"


@pytest.mark.parametrize("exercise", [planks(), leg_raises()])
def test_nobody_is_praised_for_skipping_everything(exercise: Exercise) -> None:
    steps = play(session_of(exercise), LYING_THEN_PLANK[:40], {1.0: Command.SKIP})
    assert stages(steps)[-1] is Stage.DONE
    assert "flow.session_complete" not in told(steps)
    assert told(steps)[-1] == "flow.see_you"


def test_pictures_that_come_too_late_are_not_the_person_who_went_away() -> None:
    frames = [(t_s, pose) for t_s, pose in LYING_THEN_PLANK if not 12.0 < t_s < 13.0]
    steps = play(session_of(planks(hold_s=10.0)), frames)
    (gap,) = [step for step in steps if any(isinstance(fact, Lost) for fact in step.facts)]
    assert any(isinstance(fact, Found) for fact in gap.facts)
    assert "lost" not in [beep for step in steps for beep in step.beeps]
    assert not {"setup.lost", "setup.all_good"} & set(told(steps))


def test_a_body_that_moves_is_not_counted_in() -> None:
    swaying = film(*[(Plank(bend_deg=bend), 0.4, 0.0) for bend in (0.0, 30.0) * 10])
    down = film((PLANK_DOWN, 0.0, 0.2), *[(s.posture, 0.4, 0.0) for s in swaying.stays])
    assert Stage.COUNTDOWN not in stages(play(session_of(planks()), down.frames(FPS)))


def test_leaving_while_being_counted_in_breaks_it_off() -> None:
    frames = film((PLANK_DOWN, 0.0, 12.0)).frames(FPS)
    gone = [(t_s, None if 3.0 < t_s < 6.0 else pose) for t_s, pose in frames]
    steps = play(session_of(planks()), gone)
    assert "flow.go" not in [cue for step in steps for cue in step.cues if step.view.t_s < 8.0]
    assert told(steps).count("num.03") == 2


def test_a_recording_is_not_counted_in() -> None:
    session = Session([Block(planks())], BOOK)
    assert Stage.COUNTDOWN not in stages(play(session, LYING_THEN_PLANK))


# Explaining


def test_an_exercise_is_explained_once_and_in_order() -> None:
    guidance = Guidance(count_in=False)
    session = Session(blocks_of(leg_raises(repetitions=1)), BOOK, guidance=guidance)
    steps = play(session, film((PLANK_DOWN, 0.0, 60.0)).frames(5.0), {40.0: Command.SKIP})
    exercise = leg_raises()
    first = [name_cue(exercise.id), how_cue(exercise.id), "side.left_leg"]
    assert [cue for cue in told(steps) if cue in first] == first
    assert stages(steps)[0] is Stage.EXPLAIN
    assert told(steps).count(how_cue(exercise.id)) == 1


def test_what_is_explained_waits_for_the_voice() -> None:
    session = session_of(planks(), guidance=Guidance(count_in=False))
    spoken_s: dict[str, float] = {}
    until_s = 0.0
    for number in range(600):
        t_s = number / FPS
        step = session.step(t_s, None, None, Conditions(speaking=t_s < until_s))
        for cue in step.cues:
            spoken_s[cue], until_s = t_s, t_s + 7.0
        if step.view.stage is not Stage.EXPLAIN:
            break
    assert len(spoken_s) >= 2
    assert min(np.diff(list(spoken_s.values()))) >= 7.0


def test_the_explanation_can_be_skipped() -> None:
    session = session_of(planks(), guidance=Guidance(count_in=False))
    steps = play(session, PLANK_ALL_ALONG, {0.5: Command.SKIP})
    assert stages(steps)[:2] == [Stage.EXPLAIN, Stage.GET_READY]
    assert next(step.view.t_s for step in steps if step.view.stage is Stage.EXERCISE) < 3.0


@pytest.mark.parametrize(
    ("command", "cuts"),
    [(Command.SKIP, True), (Command.PAUSE, True), (Command.NEXT, True), (Command.PLUS, False)],
)
def test_what_is_being_said_is_cut_off_by_who_wants_something_else(
    command: Command, *, cuts: bool
) -> None:
    session = session_of(planks(), planks(), guidance=Guidance(count_in=False))
    steps = play(session, PLANK_ALL_ALONG[:60], {2.0: command})
    assert [step.view.t_s for step in steps if step.cut_off] == ([2.0] if cuts else [])


# Setting up


class Checked:
    """A set-up check that fails until a moment, and says why."""

    def __init__(self, right_from_s: float) -> None:
        self.right_from_s, self.t_s = right_from_s, 0.0

    @property
    def passed(self) -> bool:
        return self.t_s >= self.right_from_s

    @property
    def advice(self) -> str | None:
        return None if self.passed else "setup.step_back"

    def step(
        self, t_s: float, _pose: Pose | None, _picture: PictureFacts | None, /
    ) -> tuple[Check, ...]:
        self.t_s = t_s
        verdict = Verdict.PASS if self.passed else Verdict.FAIL
        return (Check(PlacementTopic.DISTANCE, verdict, self.advice),)


def set_up(right_from_s: float) -> Guidance:
    return replace(COUNTED_IN, checker=lambda _exercise, _side: Checked(right_from_s))


def test_nothing_begins_before_the_set_up_is_right() -> None:
    steps = play(session_of(planks(), guidance=set_up(12.0)), PLANK_ALL_ALONG)
    assert stages(steps)[0] is Stage.SETUP
    assert next(s.view.t_s for s in steps if s.view.stage is not Stage.SETUP) >= 12.0
    assert told(steps).count("setup.step_back") == 1
    assert steps[0].view.checks[0].verdict is Verdict.FAIL


def test_the_set_up_can_be_passed_over_and_says_so() -> None:
    steps = play(session_of(planks(), guidance=set_up(1e9)), PLANK_ALL_ALONG, {40.0: Command.SKIP})
    assert when(steps, "setup.go_on_hand") == pytest.approx(30.0, abs=4.0)
    assert stages(steps)[1] is not Stage.SETUP


def test_each_side_is_checked() -> None:
    asked: list[tuple[str, Side | None]] = []

    def checker(exercise: Exercise, side: Side | None) -> Checked:
        asked.append((exercise.id, side))
        return Checked(0.0)

    exercise = leg_raises(repetitions=1, rest_s=0.5)
    session = Session(blocks_of(exercise), BOOK, guidance=replace(COUNTED_IN, checker=checker))
    play(session, film((PLANK_DOWN, 0.0, 9.0)).frames(5.0), {1.0: Command.SKIP, 1.5: Command.SKIP})
    assert asked == [(exercise.id, Side.LEFT), (exercise.id, Side.RIGHT)]


# Correcting, skipping, going back


def test_a_count_is_corrected_by_hand_and_that_is_kept() -> None:
    frames = raising(3).frames(FPS)
    session = session_of(leg_raises(repetitions=4))
    steps = play(session, frames, {9.5: Command.PLUS})
    assert counted(steps) == 3
    assert steps[-1].view.stage is Stage.DONE
    (record,) = session.records
    assert (record.done, record.adjusted) == (4.0, 1)
    assert "count.added" in told(steps)


def test_a_count_never_falls_below_nothing() -> None:
    session = session_of(leg_raises())
    steps = play(session, raising(1).frames(FPS), dict.fromkeys((1.0, 1.5, 2.0), Command.MINUS))
    assert min(step.view.progress.count for step in steps) == 0
    assert "count.taken_off" not in told(steps)


def test_after_a_correction_the_voice_counts_on_from_there() -> None:
    steps = play(session_of(leg_raises(repetitions=9)), raising(3).frames(FPS), {9.5: Command.PLUS})
    numbers = [cue for cue in told(steps) if cue.startswith("num.")]
    assert numbers[-2:] == ["num.03", "num.04"]


def test_a_rest_can_be_made_longer_and_shorter() -> None:
    lengths = []
    for command in (None, Command.PLUS, Command.MINUS):
        commands = {7.5: command} if command else {}
        steps = play(session_of(planks(sets=2, rest_s=20.0)), PLANK_ALL_ALONG, commands)
        lengths.append(sum(step.view.stage is Stage.REST for step in steps) / FPS)
    assert np.diff(lengths[:2])[0] == pytest.approx(15.0, abs=0.2)
    assert lengths[2] == pytest.approx(5.0, abs=0.2)


def test_a_rest_says_what_comes_next_and_beeps_at_zero() -> None:
    blocks = blocks_of(leg_raises(repetitions=1, rest_s=8.0))
    session = Session([*blocks, Block(planks())], BOOK, guidance=COUNTED_IN)
    steps = play(session, PLANK_ALL_ALONG, {1.0: Command.SKIP, 12.0: Command.SKIP})
    first, second = (
        next(step.view.course.coming for step in steps if step.view.stage is Stage.REST
             and step.view.course.block_number == number)
        for number in (1, 2)
    )  # fmt: skip
    assert first is not None
    assert (first.turns, first.side) == (True, Side.RIGHT)
    assert second is not None
    assert (second.turns, second.exercise_id) == (False, "w12-back-bridge")
    assert {"flow.other_leg", "flow.next_exercise"} <= set(told(steps))
    assert [beep for step in steps for beep in step.beeps].count("zero") >= 2


def test_an_exercise_can_be_left() -> None:
    session = session_of(planks(sets=3), leg_raises())
    steps = play(session, PLANK_ALL_ALONG, {2.0: Command.NEXT})
    assert "flow.skipped" in told(steps)
    assert steps[-1].view.exercise_id == "w56-belly-bridge"


def test_back_before_anything_was_done_goes_to_the_set_before() -> None:
    session = session_of(planks(sets=3, rest_s=1.0))
    lying = film((PLANK_DOWN, 0.0, 30.0)).frames(FPS)
    steps = play(
        session, lying, {1.0: Command.SKIP, 2.0: Command.SKIP, 4.0: Command.BACK, 6.0: Command.BACK}
    )
    numbers = [step.view.course.set_number for step in steps]
    assert sorted(set(numbers)) == [1, 2]
    assert numbers[-1] == 1


# A session split over the day


def test_sets_that_are_done_are_not_asked_for_again() -> None:
    session = Session([Block(planks(sets=3), sets_done=2, begun=4.0)], BOOK, guidance=COUNTED_IN)
    steps = play(session, PLANK_ALL_ALONG)
    assert {step.view.course.set_number for step in steps} == {3}
    held = next(step.view.progress.held_s for step in steps if step.view.stage is Stage.EXERCISE)
    assert held == pytest.approx(4.0, abs=1.0)
    (record,) = session.records
    assert record.done == pytest.approx(2.0, abs=0.2)
    assert steps[-1].view.results[0].done == pytest.approx(18.0, abs=0.2)


# Whatever happens


@few
@given(data=st.data())
def test_whatever_is_pressed_and_whatever_the_camera_does_the_books_agree(
    data: st.DataObject,
) -> None:
    blocks = [Block(planks(sets=2, hold_s=2.0)), *blocks_of(leg_raises(repetitions=2, sets=2))]
    guidance = Guidance(checker=lambda _exercise, _side: Checked(1.0))
    session = Session(blocks, BOOK, guidance=guidance)
    story = film((PLANK, 0.0, 12.0)).frames(8.0)
    frames = [*story, *((t_s + 12.2, pose) for t_s, pose in raising(2).frames(8.0))]
    times = [t_s for t_s, _ in frames]
    commands = data.draw(
        st.dictionaries(st.sampled_from(times), st.sampled_from(list(Command)), max_size=12)
    )
    kind = data.draw(st.none() | st.sampled_from(list(CameraTrouble)))
    start_s = data.draw(st.sampled_from(times))
    trouble = (start_s, start_s + 2.0, kind) if kind else None
    steps = play(session, frames, commands, trouble)
    session.finish(times[-1])
    for step in steps:
        view = step.view
        assert view.progress.count >= 0
        assert 1 <= view.course.set_number <= view.course.sets
        assert 1 <= view.course.block_number <= view.course.blocks
        assert (view.pause is not None) == (view.stage is Stage.PAUSED)
        assert view.course.left_s >= 0.0
    ended = [record for step in steps for record in step.ended]
    assert len({id(record) for record in ended}) == len(ended)
    for record in session.records:
        assert 0.0 <= record.done <= record.prescribed
    assert all(
        0.0 <= result.done <= result.prescribed for step in steps for result in step.view.results
    )
