"""The whole judge: what the camera, the frame rate and the clock must not change."""

from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.body.measures import Side
from coreline.body.pose import Joint
from coreline.judging.events import (
    Fact,
    Found,
    Lost,
    NeutralFound,
    Ready,
    RepetitionEnded,
    State,
)
from coreline.judging.judge import Judge
from judged_films import Outcome, judged
from stick_figure import (
    BRIDGE,
    BRIDGE_DOWN,
    LEG_BRIDGE,
    PLANK,
    PLANK_PROPPED,
    Bridge,
    Camera,
    Film,
    LegBridge,
    Plank,
    Raise,
    Timed,
    fewest,
    film,
    hidden,
    in_line_s,
    raises_film,
    rules_of,
    shaken,
    thinned,
    without,
)

PLANKS, BRIDGES, RAISES = "w12-back-bridge", "w12-belly-bridge", "w56-belly-bridge"
SHIFT_DEG = 1.5  # the trunk's turn that the model sees when the leg goes up
FILMS: dict[str, Film] = {
    PLANKS: film(
        (PLANK_PROPPED, 0.0, 1.0),
        (PLANK, 0.9, 4.0),
        (Plank(15.0), 0.7, 2.0),
        (PLANK, 0.7, 3.0),
        (Plank(-15.0), 0.7, 1.5),
        (PLANK, 0.7, 2.0),
        (PLANK_PROPPED, 0.9, 1.5),
    ),
    BRIDGES: film(
        (BRIDGE_DOWN, 0.0, 1.0),
        (BRIDGE, 1.2, 4.0),
        (Bridge(-14.0), 0.7, 1.5),
        (BRIDGE, 0.7, 3.0),
        (Bridge(15.0), 0.7, 2.0),
        (BRIDGE, 0.7, 2.0),
        (BRIDGE_DOWN, 1.2, 1.0),
    ),
    RAISES: raises_film(
        [
            Raise(),
            Raise(plateau_s=0.8),
            Raise(knee_flexion_deg=40.0),
            Raise(trunk_drop_deg=7.5),
            Raise(tap_m=0.17),
            Raise(),
            Raise(foot_m=0.33),
        ],
        shift_deg=SHIFT_DEG,
    ),
}
CODES = {PLANKS: ["sag", "pike"], BRIDGES: ["pike", "sag"], RAISES: ["knee_bent", "sag"]}
REASONS: list[tuple[str, ...]] = [
    (),
    ("too_short",),
    ("knee_bent",),
    ("line_broken",),
    ("no_tap",),
    (),
    ("too_low",),
]
EVERY = pytest.mark.parametrize("exercise_id", [PLANKS, BRIDGES, RAISES])


def assert_told(exercise_id: str, outcome: Outcome) -> None:
    """Assert that a film was judged as every film of this exercise must be."""
    assert outcome.codes == CODES[exercise_id]
    if exercise_id == RAISES:
        assert outcome.reasons == REASONS
        assert outcome.holds == []
        return
    assert len(outcome.holds) == 1
    assert outcome.repetitions == []
    band = rules_of(exercise_id).bands[0]
    truth_s = in_line_s(FILMS[exercise_id], (band.good_high + band.fault_high) / 2.0)
    assert outcome.in_line_s == pytest.approx(truth_s, abs=0.3)


# What must change nothing


@EVERY
@pytest.mark.parametrize("fps", [8.0, 60.0])  # with the usual ones frames are dropped, below
def test_the_frame_rate(exercise_id: str, fps: float) -> None:
    assert_told(exercise_id, judged(rules_of(exercise_id), FILMS[exercise_id].frames(fps)))


@EVERY
@pytest.mark.parametrize(("fps", "seed"), [(15.0, 1), (30.0, 2)])
def test_dropped_frames(exercise_id: str, fps: float, seed: int) -> None:
    frames = thinned(FILMS[exercise_id].frames(fps), 0.05, seed)
    assert_told(exercise_id, judged(rules_of(exercise_id), frames))


@EVERY
@pytest.mark.parametrize("seed", [1, 2])
def test_frames_in_which_nobody_was_found(exercise_id: str, seed: int) -> None:
    frames = FILMS[exercise_id].frames(15.0)
    kept = set(thinned(frames, 0.05, seed))
    blinking = [frame if frame in kept else (frame[0], None) for frame in frames]
    assert_told(exercise_id, judged(rules_of(exercise_id), blinking))


@EVERY
@fewest
@given(
    scale_px_per_m=st.floats(150.0, 330.0),
    shoulder_px=st.floats(110.0, 150.0),
    floor_px=st.floats(330.0, 470.0),
    head_left=st.booleans(),
)
def test_place_size_and_direction_of_the_body(
    exercise_id: str, scale_px_per_m: float, shoulder_px: float, floor_px: float, *, head_left: bool
) -> None:
    camera = Camera((640, 480), scale_px_per_m, shoulder_px, floor_px, head_left)
    outcome = judged(rules_of(exercise_id), FILMS[exercise_id].frames(10.0, camera))
    assert_told(exercise_id, outcome)


@EVERY
def test_a_portrait_picture(exercise_id: str) -> None:
    camera = Camera((480, 640), 220.0, 90.0, 600.0)
    assert_told(exercise_id, judged(rules_of(exercise_id), FILMS[exercise_id].frames(15.0, camera)))


@EVERY
def test_jitter_of_the_landmarks(exercise_id: str) -> None:
    frames = shaken(FILMS[exercise_id].frames(15.0), 1.5, seed=5)
    assert_told(exercise_id, judged(rules_of(exercise_id), frames))


@cache
def from_zero(exercise_id: str) -> Outcome:
    return judged(rules_of(exercise_id), FILMS[exercise_id].frames(16.0))


@EVERY
@fewest
@given(shift_s=st.integers(1, 100_000))
def test_the_clock_s_zero(exercise_id: str, shift_s: int) -> None:
    # Sixteenths and whole seconds add up exactly: what lies on a limit stays on it.
    rules, frames = rules_of(exercise_id), FILMS[exercise_id].frames(16.0)
    here = from_zero(exercise_id)
    later = [(t + shift_s, replace(pose, t_s=t + shift_s) if pose else None) for t, pose in frames]
    there = judged(rules, later)
    assert [type(fact) for fact in there.facts] == [type(fact) for fact in here.facts]
    assert there.reasons == here.reasons
    for one, other in zip(here.faults, there.faults, strict=True):
        assert (other.start_s - shift_s, other.end_s - shift_s) == pytest.approx(
            (one.start_s, one.end_s), abs=1e-6
        )
    for hold, later_hold in zip(here.holds, there.holds, strict=True):
        assert later_hold.start_s - shift_s == pytest.approx(hold.start_s, abs=1e-6)
        assert later_hold.end_s - shift_s == pytest.approx(hold.end_s, abs=1e-6)
        assert later_hold.in_line_s == pytest.approx(hold.in_line_s, abs=1e-6)
    for rep, later_rep in zip(here.repetitions, there.repetitions, strict=True):
        assert later_rep.hold_s == pytest.approx(rep.hold_s, abs=1e-6)
        assert later_rep.start_s - shift_s == pytest.approx(rep.start_s, abs=1e-6)


@EVERY
def test_another_judge_at_work(exercise_id: str) -> None:
    """Two judges stepped in turn, one of them on something else, say what each says alone."""
    rules, frames = rules_of(exercise_id), FILMS[exercise_id].frames(12.0)
    other_frames = FILMS[PLANKS if exercise_id != PLANKS else BRIDGES].frames(12.0)
    alone = judged(rules, frames)
    judge, other = Judge(rules), Judge(rules)
    facts: list[Fact] = []
    for number, (t_s, pose) in enumerate(frames):
        facts += judge.step(t_s, pose)[1]
        other.step(*other_frames[min(number, len(other_frames) - 1)])
    assert [*facts, *judge.finish(frames[-1][0])] == alone.facts


@pytest.mark.parametrize("exercise_id", [PLANKS, BRIDGES])
@fewest
@given(offset_deg=st.floats(-10.0, 6.0))
def test_a_constant_offset_of_the_bend(exercise_id: str, offset_deg: float) -> None:
    kind = Plank if exercise_id == PLANKS else Bridge
    slip_deg = 14.0
    # Where the bridge's arch and its person's own line add up, the hip still has to stay in place.
    story = film(
        (PLANK_PROPPED if exercise_id == PLANKS else BRIDGE_DOWN, 0.0, 1.0),
        (kind(offset_deg), 0.9, 4.0),
        (kind(offset_deg - slip_deg), 0.7, 1.5),
        (kind(offset_deg), 0.7, 3.0),
    )
    outcome = judged(rules_of(exercise_id), story.frames())
    plain = film(
        *[
            (kind(stay.posture.bend_deg - offset_deg * (number > 0)), stay.move_s, stay.stay_s)
            for number, stay in enumerate(story.stays)
            if isinstance(stay.posture, Plank | Bridge)
        ]
    )
    reference = judged(rules_of(exercise_id), plain.frames())
    assert outcome.codes == reference.codes == ["pike"]
    assert outcome.in_line_s == pytest.approx(reference.in_line_s, abs=0.3)
    assert outcome.holds[0].line_score == pytest.approx(reference.holds[0].line_score, abs=3.0)


# Ready, neutral, sides


@EVERY
@pytest.mark.parametrize("head_left", [True, False])
def test_ready_comes_once_and_says_the_sides(exercise_id: str, *, head_left: bool) -> None:
    frames = FILMS[exercise_id].frames(15.0, Camera(head_left=head_left))
    facts = judged(rules_of(exercise_id), frames).facts
    (ready,) = [fact for fact in facts if isinstance(fact, Ready)]
    near = Side.LEFT if (exercise_id == PLANKS) == head_left else Side.RIGHT
    assert (ready.near_side, ready.working_side) == (near, near)


@pytest.mark.parametrize("exercise_id", [PLANKS, BRIDGES])
def test_the_line_is_told_whenever_it_is_known_better(exercise_id: str) -> None:
    outcome = judged(rules_of(exercise_id), FILMS[exercise_id].frames(15.0))
    found = [fact for fact in outcome.facts if isinstance(fact, NeutralFound)]
    assert found[0].t_s == next(f.t_s for f in outcome.facts if isinstance(f, Ready))
    assert found[-1].neutral_deg == pytest.approx(0.0, abs=1.5)
    assert all(abs(b.neutral_deg - a.neutral_deg) >= 1.5 for a, b in pairwise(found))


@pytest.mark.parametrize("work", list(Side))
def test_the_working_side_is_as_asked(work: Side) -> None:
    judge = Judge(rules_of(BRIDGES), work)
    facts = [fact for frame in film((BRIDGE, 0.0, 2.0)).frames() for fact in judge.step(*frame)[1]]
    (ready,) = [fact for fact in facts if isinstance(fact, Ready)]
    assert ready.working_side == work


def test_a_line_that_is_resumed_sagging_does_not_become_the_neutral() -> None:
    down = (PLANK_PROPPED, 0.9, 9.0)
    story = film((PLANK, 0.0, 6.0), down, (Plank(14.0), 0.9, 5.0), down, (PLANK, 0.9, 4.0))
    outcome = judged(rules_of(PLANKS), story.frames())
    first, sagging, last = outcome.holds
    assert (first.faults, last.faults) == ((), ())
    assert [fault.code for fault in sagging.faults] == ["sag"]
    assert sagging.in_line_s < 0.5
    assert outcome.in_line_s == pytest.approx(10.3, abs=0.6)


# Readings


@EVERY
def test_every_frame_has_its_reading(exercise_id: str) -> None:
    frames = without(FILMS[exercise_id].frames(15.0), 5.0, 5.3)
    outcome = judged(rules_of(exercise_id), frames)
    assert [reading.t_s for reading in outcome.readings] == [t_s for t_s, _ in frames]
    for reading, (_, pose) in zip(outcome.readings, frames, strict=True):
        assert reading.found == (pose is not None)
        assert (reading.bend_deg is None) == (pose is None)
        if pose is None:
            assert reading.state is State.UNSEEN


def test_the_bend_is_absolute_and_the_neutral_beside_it() -> None:
    story = film((Plank(6.0), 0.0, 3.0), (Plank(18.0), 0.6, 2.0))
    last = judged(rules_of(PLANKS), story.frames()).readings[-1]
    assert last.bend_deg == pytest.approx(18.0, abs=0.1)
    assert last.neutral_deg == pytest.approx(6.0, abs=1.0)
    assert last.knee_deg == pytest.approx(180.0, abs=0.1)


def test_the_state_is_good_in_line_and_not_good_out_of_it() -> None:
    story = film((PLANK_PROPPED, 0.0, 1.0), (PLANK, 0.9, 3.0), (Plank(14.0), 0.6, 2.0))
    outcome = judged(rules_of(PLANKS), story.frames(30.0))
    begin_s, end_s = story.plateau(1)
    states = {reading.t_s: reading.state for reading in outcome.readings}
    assert {states[t] for t in states if begin_s + 1.2 < t < end_s} == {State.GOOD}
    begin_s, end_s = story.plateau(2)
    assert {states[t] for t in states if begin_s < t < end_s} == {State.NOT_GOOD}
    assert states[0.5] is State.NOT_GOOD


# Lost and found


def told(frames: list[Timed]) -> list[str]:
    facts = judged(rules_of(PLANKS), frames).facts
    return [type(fact).__name__ for fact in facts if isinstance(fact, Lost | Found)]


def test_lost_is_said_once_and_found_once() -> None:
    frames = film((PLANK, 0.0, 12.0)).frames(30.0)
    assert told(without(frames, 5.0, 5.4)) == []
    assert told(without(frames, 5.0, 6.5)) == ["Lost", "Found"]
    assert told(without(frames, 5.0, 9.0)) == ["Lost", "Found"]
    assert told(hidden(frames, [Joint.LEFT_HIP], 5.0, 6.5)) == ["Lost", "Found"]


def test_a_point_outside_the_picture_is_lost_too() -> None:
    frames = film((PLANK, 0.0, 8.0)).frames(30.0)
    cut = [
        (t, replace(pose, size_px=(400, 480)) if pose is not None and 4.0 <= t < 5.0 else pose)
        for t, pose in frames
    ]
    assert told(cut) == ["Lost", "Found"]


def test_in_an_empty_room_nothing_happens() -> None:
    outcome = judged(rules_of(PLANKS), [(n / 15.0, None) for n in range(150)])
    assert outcome.facts == []
    assert {reading.state for reading in outcome.readings} == {State.UNSEEN}


@EVERY
def test_nothing_is_counted_of_the_other_exercises(exercise_id: str) -> None:
    for other, story in FILMS.items():
        if other == exercise_id or {other, exercise_id} == {BRIDGES, RAISES}:
            continue
        outcome = judged(rules_of(exercise_id), story.frames())
        assert (outcome.holds, outcome.repetitions) == ([], [])


def test_finishing_twice_ends_nothing_twice() -> None:
    judge = Judge(rules_of(PLANKS))
    for frame in film((PLANK, 0.0, 3.0)).frames():
        judge.step(*frame)
    assert len(judge.finish(3.0)) == 1
    assert judge.finish(3.1) == []


def test_the_raises_neutral_is_that_of_the_top() -> None:
    judge = Judge(rules_of(RAISES))
    for frame in raises_film([Raise()] * 3, shift_deg=SHIFT_DEG).frames():
        judge.step(*frame)
    top = LegBridge(LEG_BRIDGE.trunk_deg + SHIFT_DEG, Raise().foot_m)
    assert judge.neutral_deg == pytest.approx(top.bend_deg, abs=1.5)
    assert judge.neutral is not None
    assert judge.neutral["bend"] == pytest.approx(LEG_BRIDGE.bend_deg, abs=2.0)


@pytest.mark.parametrize("signal", ["raise", "lift", None])
def test_a_top_tells_of_the_signal_and_where_there_is_none_of_the_motion(
    signal: str | None,
) -> None:
    judge = Judge(rules_of(RAISES).model_copy(update={"signal": signal}))
    forms, ended = {}, []
    for t_s, pose in raises_film([Raise(3.0, foot_m=0.45)], shift_deg=SHIFT_DEG).frames():
        _, facts = judge.step(t_s, pose)
        forms[t_s] = judge.form
        ended += [fact.repetition for fact in facts if isinstance(fact, RepetitionEnded)]
    (repetition,) = ended
    top_s = repetition.top_s
    assert top_s is not None
    at_top = forms[min(forms, key=lambda t_s: abs(t_s - top_s - 1.5))]
    assert at_top is not None
    read = at_top.values
    others = [read[each] for each in ("raise", "lift", "bend") if each != (signal or "lift")]
    assert repetition.peak_deg == pytest.approx(read[signal or "lift"], abs=0.5)
    assert all(abs(repetition.peak_deg - each) > 3.0 for each in others)


@pytest.mark.parametrize(("exercise_id", "apart"), [(PLANKS, False), (RAISES, True)])
def test_a_reading_has_what_is_followed_beside_the_line(exercise_id: str, *, apart: bool) -> None:
    """Of a raise that is how high the leg is, which is not what is judged; of a plank its line."""
    readings = judged(rules_of(exercise_id), FILMS[exercise_id].frames()).readings
    seen = [each for each in readings if each.bend_deg is not None]
    assert seen
    assert all(each.signal_deg is not None for each in seen)
    assert any(each.signal_deg != each.bend_deg for each in seen) == apart
