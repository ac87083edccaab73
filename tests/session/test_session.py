"""A session: sets, rests, sides, commands; and that what is shown is what was judged."""

import gc
from collections.abc import Mapping, Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.body.measures import Side
from coreline.body.pose import Joint, Pose
from coreline.data_files import load_cues
from coreline.judging.events import (
    HoldEnded,
    Ready,
    Repetition,
    RepetitionEnded,
    State,
)
from coreline.judging.judge import Judge
from coreline.programme.spec import Exercise, HoldDose, RaisesDose
from coreline.session.blocks import Block, blocks_of
from coreline.session.command import Command
from coreline.session.session import Session, Step
from coreline.session.view import Stage
from stick_figure import (
    PLANK,
    PLANK_DOWN,
    PLANK_PROPPED,
    Camera,
    Film,
    Plank,
    Raise,
    exercise_of,
    few,
    film,
    raises_film,
    without,
)

BOOK = load_cues()
SHIFT_DEG = 1.5
FPS = 15.0
Timed = tuple[float, Pose | None]


def planks(*, sets: int = 1, hold_s: float = 6.0, rest_s: float = 2.0) -> Exercise:
    """Return the front plank with a dose that does not take all day."""
    dose = HoldDose(kind="hold", sets=sets, hold_s=hold_s, rest_s=rest_s)
    return exercise_of("w12-back-bridge").model_copy(update={"dose": dose})


def leg_raises(*, sets: int = 1, repetitions: int = 3, rest_s: float = 2.0) -> Exercise:
    dose = RaisesDose(kind="raises", sets=sets, repetitions=repetitions, hold_s=2.0, rest_s=rest_s)
    return exercise_of("w56-belly-bridge").model_copy(update={"dose": dose})


def session_of(*exercises: Exercise, open_ended: bool = False) -> Session:
    return Session([Block(exercise) for exercise in exercises], BOOK, open_ended=open_ended)


def play(
    session: Session, frames: Sequence[Timed], commands: Mapping[float, Command] | None = None
) -> list[Step]:
    """Return the steps; a command is given with the first frame at or after its time."""
    waiting = sorted((commands or {}).items())
    steps = []
    for t_s, pose in frames:
        command = waiting.pop(0)[1] if waiting and waiting[0][0] <= t_s else None
        steps.append(session.step(t_s, pose, command))
    return steps


def beeps(steps: Sequence[Step]) -> list[str]:
    return [beep for step in steps for beep in step.beeps]


def cues(steps: Sequence[Step]) -> list[str]:
    return [cue for step in steps for cue in step.cues]


def stages(steps: Sequence[Step]) -> list[Stage]:
    """Return the stages in order, each once while it lasts."""
    all_ = [step.view.stage for step in steps]
    return all_[:1] + [after for before, after in pairwise(all_) if after is not before]


def repetitions(steps: Sequence[Step]) -> list[Repetition]:
    facts = [fact for step in steps for fact in step.facts]
    return [fact.repetition for fact in facts if isinstance(fact, RepetitionEnded)]


HOLDING = film((PLANK, 0.0, 60.0)).frames(FPS)


def raising(count: int, *others: Raise) -> Film:
    return raises_film([Raise()] * count + list(others), shift_deg=SHIFT_DEG)


# Sets and rests


def test_a_hold_of_three_sets_goes_through_its_stages() -> None:
    steps = play(session_of(planks(sets=3)), HOLDING)
    a_set = [Stage.GET_READY, Stage.EXERCISE, Stage.REST]
    assert stages(steps) == [*a_set, *a_set, Stage.GET_READY, Stage.EXERCISE, Stage.DONE]
    assert sorted({step.view.course.set_number for step in steps}) == [1, 2, 3]
    assert {step.view.course.sets for step in steps} == {3}


def test_a_set_ends_when_its_dose_is_done_and_the_rest_when_it_is_over() -> None:
    steps = play(session_of(planks(sets=2, hold_s=8.0, rest_s=3.0)), HOLDING)
    first_rest = next(step for step in steps if step.view.stage is Stage.REST)
    assert first_rest.view.progress.held_s == pytest.approx(8.0, abs=0.1)
    assert first_rest.view.rest.left_s == pytest.approx(3.0)
    left_s = [step.view.rest.left_s for step in steps if step.view.stage is Stage.REST]
    assert left_s == sorted(left_s, reverse=True)
    assert len(left_s) / FPS == pytest.approx(3.0, abs=0.1)


def test_only_time_in_position_counts_for_the_dose() -> None:
    frames = film((PLANK_DOWN, 0.0, 60.0)).frames(FPS)
    steps = play(session_of(planks(hold_s=2.0)), frames)
    assert stages(steps) == [Stage.GET_READY]
    assert {step.view.progress.held_s for step in steps} == {0.0}


def test_a_slip_down_does_not_undo_what_was_held() -> None:
    up, down = (PLANK, 0.9, 5.0), (PLANK_PROPPED, 0.9, 2.0)
    frames = film((PLANK_PROPPED, 0.0, 1.0), up, down, up, down).frames(FPS)
    steps = play(session_of(planks(hold_s=8.0)), frames)
    assert steps[-1].view.stage is Stage.DONE
    held_s = [step.view.progress.held_s for step in steps]
    assert all(after >= before - 1e-9 for before, after in pairwise(held_s))


def test_the_next_exercise_follows_the_last_set() -> None:
    session = session_of(planks(hold_s=3.0, rest_s=1.0), leg_raises(repetitions=1))
    plank_frames = film((PLANK, 0.0, 6.0)).frames(FPS)
    raise_frames = raising(2).frames(FPS, start_s=6.1)
    steps = play(session, [*plank_frames, *raise_frames])
    ids = [step.view.exercise_id for step in steps]
    assert (ids[0], ids[-1]) == ("w12-back-bridge", "w56-belly-bridge")
    assert steps[-1].view.stage is Stage.DONE
    assert [record.exercise_id for record in session.records] == [ids[0], ids[-1]]


# Blocks and sides


def test_sides_are_blocks() -> None:
    legs, ways, plain = (
        exercise_of(each) for each in ("w56-belly-bridge", "w12-back-bridge", "w12-belly-bridge")
    )
    assert [(block.side, block.work) for block in blocks_of(legs)] == [
        (Side.LEFT, Side.LEFT),
        (Side.RIGHT, Side.RIGHT),
    ]
    assert [(block.side, block.work) for block in blocks_of(ways)] == [
        (Side.LEFT, None),
        (Side.RIGHT, None),
    ]
    assert [(block.side, block.work) for block in blocks_of(plain)] == [(None, None)]
    assert [block.side for block in blocks_of(legs, Side.RIGHT)] == [Side.RIGHT]


def test_the_record_says_how_the_person_lay_and_which_leg_worked() -> None:
    session = session_of(leg_raises())
    play(session, raising(1).frames(FPS))
    record = session.records[0]
    assert (record.near_side, record.side) == (Side.RIGHT, Side.RIGHT)
    other = session_of(leg_raises())
    play(other, raising(1).frames(FPS, Camera(head_left=False)))
    assert other.records[0].side is Side.LEFT


def test_nothing_to_do_and_what_is_not_judged_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one block"):
        Session([], BOOK)
    unjudged = planks().model_copy(update={"judging": None})
    with pytest.raises(ValueError, match="w12-back-bridge is not judged"):
        session_of(unjudged)


# Beeps and words


def test_halfway_and_end_beep_once_a_set() -> None:
    steps = play(session_of(planks(sets=2, hold_s=14.0)), HOLDING)
    assert beeps(steps) == ["ready", "halfway", "end", "zero", "ready", "halfway", "end"]
    halfway = next(step for step in steps if "halfway" in step.beeps)
    assert halfway.view.progress.held_s == pytest.approx(7.0, abs=0.1)


def test_a_whole_hold_is_accompanied() -> None:
    steps = play(session_of(planks(hold_s=30.0)), HOLDING)
    assert cues(steps) == [
        "hold.start",
        "hold.halfway",
        "hold.ten_left",
        "hold.five_left",
        "flow.session_complete",
    ]


def test_repetitions_beep_as_they_were_judged_and_halfway_once() -> None:
    story = raises_film(
        [Raise(), Raise(plateau_s=0.8), Raise(), Raise(), Raise()], shift_deg=SHIFT_DEG
    )
    steps = play(session_of(leg_raises(repetitions=4)), story.frames(FPS))
    assert beeps(steps) == [
        "ready",
        "counted",
        "refused",
        "counted",
        "halfway",
        "counted",
        "counted",
        "end",
    ]
    assert "fix.hold_longer" in cues(steps)
    assert steps[-1].view.stage is Stage.DONE


def test_after_a_while_the_hint_says_what_to_correct() -> None:
    frames = film((PLANK_PROPPED, 0.0, 9.0)).frames(FPS)
    steps = play(session_of(planks()), frames)
    assert set(cues(steps)) == {"fix.hips_up"}
    first = next(step for step in steps if step.cues)
    assert 2.0 <= first.view.t_s <= 4.0


def test_out_of_sight_it_beeps_and_says_so() -> None:
    steps = play(session_of(planks(hold_s=20.0)), without(HOLDING, 5.0, 6.2))
    assert beeps(steps).count("lost") == 1
    assert "setup.lost" in cues(steps)
    blind = steps[int(5.9 * FPS)].view
    assert blind.line.state is State.UNSEEN
    assert not blind.progress.clock_runs


def test_the_latest_cue_is_shown_for_a_while() -> None:
    steps = play(session_of(planks(hold_s=30.0)), HOLDING)
    said_s = next(step.view.t_s for step in steps if "hold.start" in step.cues)
    shown = [step.view.t_s for step in steps if step.view.cue_id == "hold.start"]
    assert shown[0] == said_s
    assert 3.0 <= shown[-1] - said_s <= 5.0


# Commands


def test_a_pause_stops_everything_and_keeps_what_was_held() -> None:
    pause = {5.0: Command.PAUSE, 9.0: Command.PAUSE}
    steps = play(session_of(planks(hold_s=10.0)), HOLDING, pause)
    paused = [step for step in steps if step.view.stage is Stage.PAUSED]
    assert len(paused) / FPS == pytest.approx(4.0, abs=0.1)
    assert [type(fact) for fact in paused[0].facts] == [HoldEnded]
    assert all(step.facts == () for step in paused[1:])
    assert {round(step.view.progress.held_s, 6) for step in paused} == {
        round(paused[0].view.progress.held_s, 6)
    }
    assert paused[0].view.progress.held_s == pytest.approx(5.0, abs=0.15)
    assert steps[-1].view.stage is Stage.DONE
    done_s = next(step.view.t_s for step in steps if step.view.stage is Stage.DONE)
    assert done_s == pytest.approx(14.0, abs=1.0)
    assert {"flow.paused", "flow.resume"} <= set(cues(steps))
    assert beeps(steps).count("end") == 1


def test_a_pause_keeps_the_count() -> None:
    story = raising(4)
    up_s, _ = story.plateau(6)
    pause = {up_s - 1.0: Command.PAUSE, up_s - 0.9: Command.PAUSE}
    steps = play(session_of(leg_raises(repetitions=9)), story.frames(FPS), pause)
    counts = [step.view.progress.count for step in steps]
    assert counts == sorted(counts)
    assert counts[-1] == sum(each.counted for each in repetitions(steps))


def test_skip_ends_the_set_and_then_the_rest() -> None:
    skips = {4.0: Command.SKIP, 6.0: Command.SKIP}
    session = session_of(planks(sets=2, hold_s=30.0, rest_s=30.0))
    steps = play(session, HOLDING[: int(9 * FPS)], skips)
    assert stages(steps) == [
        Stage.GET_READY,
        Stage.EXERCISE,
        Stage.REST,
        Stage.GET_READY,
        Stage.EXERCISE,
    ]
    assert steps[-1].view.course.set_number == 2
    assert len([f for f in session.records[0].facts if isinstance(f, HoldEnded)]) == 1


def test_what_was_let_go_of_is_not_needed_any_more() -> None:
    """Not for the results, the lines that were found and the sets to come."""
    whole, lighter = (session_of(planks(sets=3), leg_raises(repetitions=1)) for _ in range(2))
    for t_s, pose in [*HOLDING, *raising(2).frames(FPS, start_s=60.1)]:
        seen, light = (each.step(t_s, pose) for each in (whole, lighter))
        assert (seen.view, seen.facts, seen.cues) == (light.view, light.facts, light.cues)
        lighter.let_go()
    assert whole.results() == lighter.results()
    assert all(each.score and each.score.value for each in lighter.results())
    assert whole.lines_found() == lighter.lines_found()
    *over, last = lighter.records
    assert len(over) == 3
    assert not any(each.readings or each.facts or each.cues for each in over)
    assert not any(each.best or each.worst for each in over)
    assert last.readings == whole.records[-1].readings
    assert [each.done for each in over] == [each.done for each in whole.records[:-1]]


def test_of_a_set_that_is_over_nothing_stays_but_its_record() -> None:
    """A judge holds seconds of poses, and the judges that watch for other exercises do as well."""

    def judges() -> int:
        return sum(isinstance(each, Judge) for each in gc.get_objects())

    before = judges()
    session = Session([Block(planks(sets=6))], BOOK, others=[planks(), leg_raises()])
    in_one = judges() - before
    skipped = {float(t_s): Command.SKIP for t_s in range(1, 9)}
    play(session, film((PLANK_DOWN, 0.0, 10.0)).frames(FPS), skipped)
    assert len(session.records) == 5
    assert judges() - before == in_one


def test_skipping_the_last_set_ends_the_session() -> None:
    steps = play(session_of(planks(hold_s=30.0)), HOLDING[:90], {3.0: Command.SKIP})
    assert steps[-1].view.stage is Stage.DONE
    assert beeps(steps).count("end") == 1


def test_back_does_the_set_anew_and_keeps_the_record_of_what_was_done() -> None:
    session = session_of(planks(sets=2, hold_s=30.0))
    steps = play(session, HOLDING[: int(9 * FPS)], {5.0: Command.BACK})
    at_s = next(n for n, step in enumerate(steps) if step.view.t_s >= 5.0)
    assert steps[at_s].view.progress.held_s == pytest.approx(0.0, abs=0.1)
    assert steps[-1].view.course.set_number == 1
    assert [record.set_number for record in session.records] == [1, 1]
    assert any(isinstance(fact, HoldEnded) for fact in session.records[0].facts)


@pytest.mark.parametrize("command", list(Command))
def test_after_the_end_nothing_changes(command: Command) -> None:
    session = session_of(planks(hold_s=30.0))
    steps = play(session, HOLDING[:150], {4.0: Command.END, 6.0: command})
    after = [step for step in steps if step.view.t_s >= 4.0]
    assert {step.view.stage for step in after} == {Stage.DONE}
    assert [type(fact) for fact in after[0].facts] == [HoldEnded]
    assert all(step.facts == () for step in after[1:])
    assert beeps(after) == ["end"]
    assert len([f for f in session.records[0].facts if isinstance(f, HoldEnded)]) == 1
    assert session.finish(99.0) == []


def test_finishing_ends_what_is_under_way() -> None:
    session = session_of(planks(hold_s=30.0))
    play(session, HOLDING[:90])
    (ended,) = session.finish(6.0)
    assert isinstance(ended, HoldEnded)
    assert session.records[0].facts[-1] is ended
    assert session.stage is Stage.DONE


# A recording


def test_a_recording_has_no_dose_and_no_rest() -> None:
    session = session_of(planks(hold_s=2.0), open_ended=True)
    steps = play(session, HOLDING[:300])
    assert stages(steps) == [Stage.GET_READY, Stage.EXERCISE]
    assert len(session.records) == 1
    assert len(session.records[0].readings) == 300


def test_the_record_holds_every_fact_and_every_cue() -> None:
    session = session_of(leg_raises(repetitions=2))
    steps = play(session, raising(3).frames(FPS))
    (record,) = session.records
    facts = [fact for step in steps for fact in step.facts]
    assert [fact for fact in record.facts if fact in facts] == facts
    assert [cue for _, cue in record.cues] == cues(steps)
    assert record.neutral_deg is not None


# What is shown is what was judged

COMMANDS = st.dictionaries(st.floats(0.5, 25.0), st.sampled_from(list(Command)), max_size=3)
SOME_RAISES = st.lists(
    st.sampled_from(
        [Raise(), Raise(plateau_s=0.8), Raise(tap_m=0.17), Raise(knee_flexion_deg=40.0)]
    ),
    min_size=2,
    max_size=6,
)


@few
@given(raises=SOME_RAISES, commands=COMMANDS)
def test_the_count_shown_is_that_of_the_set_and_never_above_the_dose(
    raises: list[Raise], commands: dict[float, Command]
) -> None:
    session = session_of(leg_raises(sets=2, repetitions=2, rest_s=1.0))
    story = raises_film(raises, shift_deg=SHIFT_DEG)
    waiting = sorted(commands.items())
    for t_s, pose in story.frames(FPS):
        command = waiting.pop(0)[1] if waiting and waiting[0][0] <= t_s else None
        view = session.step(t_s, pose, command).view
        facts = session.records[-1].facts
        ended = [fact.repetition for fact in facts if isinstance(fact, RepetitionEnded)]
        assert view.progress.count == sum(each.counted for each in ended)
        assert view.progress.refused == sum(not each.counted for each in ended)
        assert view.progress.target_count is not None
        assert view.progress.count <= view.progress.target_count
        assert 1 <= view.course.set_number <= view.course.sets


@few
@given(bends=st.lists(st.sampled_from([0.0, 7.0, 14.0, -14.0]), max_size=5), commands=COMMANDS)
def test_the_view_of_a_hold_agrees_with_itself(
    bends: list[float], commands: dict[float, Command]
) -> None:
    session = session_of(planks(sets=2, hold_s=9.0, rest_s=2.0))
    story = film(
        (PLANK_PROPPED, 0.0, 1.0), (PLANK, 0.9, 3.0), *[(Plank(b), 0.6, 2.5) for b in bends]
    )
    steps = play(session, story.frames(FPS), commands)
    for step in steps:
        view = step.view
        assert 0.0 <= view.progress.held_s <= view.progress.target_hold_s + 2.0 / FPS
        assert (view.rest.left_s > 0.0) <= (view.stage is Stage.REST)
        assert not view.line.faults or view.stage is Stage.EXERCISE
        assert view.progress.count == view.progress.refused == 0
        assert view.t_s == step.reading.t_s
        if view.line.state is State.GOOD:
            assert view.line.deviation_deg is not None
            assert abs(view.line.deviation_deg) <= view.line.good_deg
    assert all(beeps_in_a_set <= 1 for beeps_in_a_set in end_beeps(steps))


def end_beeps(steps: Sequence[Step]) -> list[int]:
    """Return how often the end of each stretch of one set was beeped."""
    counts = [0]
    for before, after in pairwise(steps):
        if before.view.stage is Stage.REST and after.view.stage is Stage.GET_READY:
            counts.append(0)
        counts[-1] += after.beeps.count("end")
    return counts


def test_the_line_to_draw_is_that_of_the_near_side() -> None:
    steps = play(session_of(planks()), HOLDING[:30])
    assert steps[-1].view.line.joints == (Joint.LEFT_SHOULDER, Joint.LEFT_HIP, Joint.LEFT_ANKLE)
    assert steps[-1].view.line.near_side == "left"


def test_the_faults_shown_are_those_that_are_on() -> None:
    story = film((PLANK, 0.0, 4.0), (Plank(15.0), 0.5, 3.0), (PLANK, 0.5, 3.0))
    steps = play(session_of(planks(hold_s=30.0)), story.frames(FPS))
    shown = [step.view.t_s for step in steps if step.view.line.faults == ("sag",)]
    begin_s, end_s = story.plateau(1)
    assert shown[0] == pytest.approx(begin_s + 0.3, abs=0.4)
    assert shown[-1] == pytest.approx(end_s + 0.4, abs=0.4)
    assert not any(
        step.view.progress.clock_runs for step in steps if begin_s + 1.2 < step.view.t_s < end_s
    )


def test_the_top_s_clock_is_shown_while_the_leg_is_up() -> None:
    story = raising(1)
    steps = play(session_of(leg_raises(repetitions=5)), story.frames(FPS))
    begin_s, end_s = story.plateau(2)
    middle = [s.view for s in steps if begin_s + 0.7 < s.view.t_s < end_s - 0.1]
    for view in middle:
        assert view.progress.held_s == pytest.approx(view.t_s - begin_s, abs=0.4)
    assert steps[-1].view.progress.held_s == 0.0


def test_each_set_begins_with_a_judge_that_knows_nothing() -> None:
    up = film((Plank(6.0), 0.0, 7.5), (Plank(-4.0), 0.4, 20.0))
    session = session_of(planks(sets=2, hold_s=5.0, rest_s=4.0))
    play(session, up.frames(FPS))
    neutrals = [record.neutral_deg for record in session.records]
    assert neutrals == [pytest.approx(6.0, abs=1.0), pytest.approx(-4.0, abs=1.0)]
    readies = [f for r in session.records for f in r.facts if isinstance(f, Ready)]
    assert len(readies) == 2


def test_another_exercise_is_said_to_be_one() -> None:
    """Somebody planks while the bridge is asked for."""
    block = Block(exercise_of("w12-belly-bridge"))
    others = [exercise_of("w12-belly-bridge"), exercise_of("w12-back-bridge")]
    steps = play(Session([block], BOOK, others=others), HOLDING)
    assert cues(steps).count("setup.other_exercise") == 1
    assert {step.view.other_id for step in steps} == {None, "w12-back-bridge"}
    assert {step.view.stage for step in steps} == {Stage.GET_READY}


def test_the_right_exercise_is_not_taken_for_another() -> None:
    others = [exercise_of("w12-belly-bridge"), exercise_of("w12-back-bridge")]
    steps = play(Session([Block(exercise_of("w12-back-bridge"))], BOOK, others=others), HOLDING)
    assert "setup.other_exercise" not in cues(steps)
