"""One set: what is said of its clock and its count, and what goes on record."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.body.measures import Side
from coreline.judging.events import Phase, State
from coreline.session.blocks import Block
from coreline.session.set_run import SetRun, idle_reading, rules_of
from guided import leg_raises, planks
from stick_figure import PLANK, PLANK_PROPPED, exercise_of, film


def marks(run: SetRun) -> tuple[list[str], list[str]]:
    remarks, beeps = run.progress(0.0)
    return [each.cue_id for each in remarks], beeps


def hold(done_s: float, hold_s: float = 30.0) -> SetRun:
    """Return a set of a hold of which so much was done before."""
    return SetRun(Block(planks(hold_s=hold_s)), 1, done_s)


def raises(done: int, repetitions: int = 30) -> SetRun:
    return SetRun(Block(leg_raises(repetitions=repetitions)), 1, float(done))


# The clock of a hold


@pytest.mark.parametrize(
    ("hold_s", "done_s", "cue_id"),
    [
        (30.0, 0.0, "hold.start"),
        (30.0, 14.9, "hold.start"),
        (30.0, 15.0, "hold.halfway"),
        (30.0, 19.9, "hold.halfway"),
        (30.0, 20.0, "hold.ten_left"),
        (30.0, 24.9, "hold.ten_left"),
        (30.0, 25.0, "hold.five_left"),
        # With ten seconds left half way, or nearly so, half way is said and not both.
        (20.0, 10.0, "hold.halfway"),
        (20.0, 14.9, "hold.halfway"),
        (20.0, 15.0, "hold.five_left"),
        (20.2, 10.2, "hold.ten_left"),
        # Of five seconds in all, "five seconds left" is no news.
        (5.0, 0.0, "hold.start"),
        (5.0, 2.5, "hold.halfway"),
        (5.1, 0.1, "hold.five_left"),
    ],
)
def test_the_marks_of_a_hold(hold_s: float, done_s: float, cue_id: str) -> None:
    assert marks(hold(done_s, hold_s))[0] == [cue_id]


def test_a_mark_is_said_once_and_only_half_way_beeps() -> None:
    run = hold(15.0)
    assert marks(run) == (["hold.halfway"], ["halfway"])
    assert marks(run) == ([], [])
    assert marks(hold(0.0))[1] == marks(hold(25.0))[1] == []


# The count


@pytest.mark.parametrize(
    ("repetitions", "done", "cue_id"),
    [
        (30, 14, None),
        (30, 15, "rep.halfway"),
        (30, 25, "rep.five_more"),
        (30, 27, "rep.three_more"),
        (30, 29, "rep.last_one"),
        (10, 5, "rep.five_more"),
        (10, 9, "rep.last_one"),
        (9, 8, "rep.halfway"),  # of so few the last ones are not announced
        (9, 4, None),
        (9, 5, "rep.halfway"),
        (1, 1, None),  # a set of one has no half
        (2, 1, "rep.halfway"),
    ],
)
def test_the_marks_of_a_count(repetitions: int, done: int, cue_id: str | None) -> None:
    assert marks(raises(done, repetitions))[0] == ([cue_id] if cue_id else [])


@given(st.integers(1, 30), st.integers(0, 30))
def test_a_set_is_done_when_its_dose_is(repetitions: int, done: int) -> None:
    assert raises(done, repetitions).is_done == (done >= repetitions)
    assert hold(float(done), float(repetitions)).is_done == (done >= repetitions)


def test_a_count_is_corrected_but_never_below_nothing() -> None:
    run = raises(0)
    assert not run.adjust(-1)
    assert run.adjust(1)
    assert run.adjust(1)
    assert run.count == 2
    assert run.adjust(-1)
    assert run.count == run.adjusted == 1
    assert run.record.adjusted == 1, "at once, so that the journal can keep it"
    assert not hold(0.0).adjust(1)


def test_of_an_earlier_session_only_the_rest_is_put_on_record() -> None:
    run = raises(10)
    run.adjust(4)
    run.settle()
    assert (run.count, run.record.done, run.record.adjusted) == (14, 4.0, 4)
    many = raises(28)
    many.adjust(5)
    many.settle()
    assert many.record.done == 2.0  # what is above the dose is not counted


def test_what_is_a_hold_has_no_count_and_what_is_counted_no_clock() -> None:
    assert (hold(12.0).held_s, hold(12.0).count, hold(12.0).amount) == (12.0, 0, 12.0)
    assert (raises(12).held_s, raises(12).count, raises(12).amount) == (0.0, 12, 12.0)
    assert raises(0).top_s(5.0) == 0.0
    assert hold(3.0).top_s(5.0) == 3.0


@pytest.mark.parametrize("open_ended", [False, True])
def test_a_set_that_was_told_to_be_done_stays_so_though_its_last_moment_was_the_way_down(
    *, open_ended: bool
) -> None:
    """Of a recording nothing is told meanwhile, and nothing is added."""
    run = SetRun(Block(planks(hold_s=8.0)), 1, open_ended=open_ended)
    story = film((PLANK, 0.0, 7.1), (PLANK_PROPPED, 1.0, 3.0))
    for t_s, pose in story.frames(15.0):
        run.see(t_s, pose, waiting=False)
        if run.is_done:
            run.close(t_s)
            break
    assert run.record.done == (pytest.approx(7.5, abs=0.2) if open_ended else 8.0)
    assert run.is_done is not open_ended


# The record


def test_a_new_record_knows_its_place_and_nothing_else() -> None:
    run = SetRun(Block(planks(hold_s=8.0), Side.LEFT), 2)
    record = run.record
    assert (record.set_number, record.side, record.prescribed) == (2, Side.LEFT, 8.0)
    assert record.facts == []
    assert record.readings == []
    assert not run.begun
    assert not run.under_way
    assert run.line() == ()


def test_a_frame_in_which_nothing_is_judged_says_whether_somebody_was_there() -> None:
    pose = film((PLANK, 0.0, 1.0)).frames(8.0)[0][1]
    seen, empty = idle_reading(1.0, pose), idle_reading(2.0, None)
    assert (seen.t_s, seen.state, seen.phase) == (1.0, State.NOT_GOOD, Phase.WAITING)
    assert empty.state is State.UNSEEN
    assert (seen, empty) == (idle_reading(1.0, pose), idle_reading(2.0, None))
    assert [each.bend_deg for each in (seen, empty)] == [None, None]


def test_an_exercise_that_is_not_judged_has_no_rules() -> None:
    exercise = exercise_of("w12-back-bridge").model_copy(update={"judging": None})
    with pytest.raises(ValueError, match="w12-back-bridge is not judged"):
        rules_of(exercise)


def test_nothing_is_said_of_the_clock_while_nobody_is_seen() -> None:
    run = hold(0.0)
    frames = film((PLANK, 0.0, 4.0), (PLANK_PROPPED, 0.3, 5.0)).frames(15.0)
    told = []
    for t_s, pose in [*frames, *((9.5 + n / 15.0, None) for n in range(30))]:
        run.see(t_s, pose, waiting=False)
        told += [(t_s, each.cue_id) for each in run.progress(t_s)[0]]
    assert [cue for t_s, cue in told if t_s >= 9.5] == []
