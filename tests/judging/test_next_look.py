"""How soon the next pose is needed: sooner near a limit, at once on the way, never very late."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.files.recordings import load_trace
from coreline.judging.events import Phase
from coreline.judging.judge import Judge
from coreline.judging.next_look import EVERY_S, STILL_S, NextLook, time_to_s
from coreline.programme.conditions import Condition
from coreline.programme.rules import Judging
from judged_recordings import RECORDINGS
from stick_figure import (
    LENGTH_M,
    PLANK,
    PLANK_PROPPED,
    Film,
    Plank,
    Raise,
    film,
    raises_film,
    rules_of,
)

PLANKS, RAISES, ROLLS = "w12-back-bridge", "w56-belly-bridge", "adv-log-roll"
FPS = 30.0
ROOMS = st.floats(-50.0, 500.0)
SPEEDS = st.floats(0.0, 500.0)


def stepped(
    exercise_id: str, story: Film, fps: float = FPS
) -> list[tuple[float, Phase, bool, float]]:
    """Return of every frame its time, phase, whether it is judged, and what was asked for."""
    judge, looks, rows = Judge(rules_of(exercise_id)), NextLook(), []
    for t_s, pose in story.frames(fps):
        judge.step(t_s, pose)
        rows.append((t_s, judge.machine.phase, judge.active, looks.step(judge)))
    return rows


# The time until a limit


@given(ROOMS, ROOMS, SPEEDS)
def test_the_farther_the_limit_the_later(one: float, other: float, speed: float) -> None:
    near, far = sorted((one, other))
    assert time_to_s(near, speed) <= time_to_s(far, speed)


@given(ROOMS, SPEEDS, SPEEDS)
def test_the_faster_the_sooner(room: float, one: float, other: float) -> None:
    slow, fast = sorted((one, other))
    assert time_to_s(room, fast) <= time_to_s(room, slow)


@given(st.floats(0.01, 500.0), SPEEDS, st.floats(0.0, 250.0))
def test_nothing_is_beyond_its_limit_before_its_time(
    room: float, speed: float, driven: float
) -> None:
    t_s = time_to_s(room, speed)
    assert speed * t_s + driven * t_s**2 / 2.0 <= room * (1.0 + 1e-6)


@given(st.floats(-50.0, 0.0), SPEEDS)
def test_beyond_its_limit_there_is_no_time(room: float, speed: float) -> None:
    assert time_to_s(room, speed) == 0.0


@pytest.mark.parametrize(
    ("room", "speed", "time_s"),
    [(1.25, 0.0, 0.1), (1.75, 5.0, 0.1), (5.0, 0.0, 0.2), (9.0, 20.0, 0.2)],
)
def test_a_body_is_driven_on_by_250_a_second_in_every_second(
    room: float, speed: float, time_s: float
) -> None:
    assert time_to_s(room, speed) == pytest.approx(time_s)


# What a judge asks for


def test_whoever_was_never_seen_is_looked_for_ten_times_a_second() -> None:
    judge, looks = Judge(rules_of(PLANKS)), NextLook()
    for t_s, _ in film((PLANK, 0.0, 1.0)).frames(FPS):
        judge.step(t_s, None)
        assert looks.step(judge) == 0.1


def test_what_has_begun_is_looked_at_in_every_picture_for_a_third_of_a_second() -> None:
    rows = stepped(PLANKS, film((PLANK, 0.0, 8.0)))
    (began_s, *_) = (t_s for t_s, _, active, _ in rows if active)
    later = [(t_s, asked_s) for t_s, _, _, asked_s in rows if t_s >= began_s]
    calm_s = next(t_s for t_s, asked_s in later if asked_s > EVERY_S)
    assert calm_s - began_s == pytest.approx(0.3, abs=1.0 / FPS)
    assert {asked_s for t_s, asked_s in later if t_s >= calm_s} == {STILL_S}


def test_at_the_start_nothing_has_begun() -> None:
    rows = stepped(PLANKS, film((PLANK_PROPPED, 0.0, 1.0)))
    assert min(asked_s for _, _, _, asked_s in rows[:5]) > EVERY_S


def test_a_still_hold_is_looked_at_rarely_and_its_ends_in_every_picture() -> None:
    story = film((PLANK_PROPPED, 0.0, 3.0), (PLANK, 0.9, 8.0), (PLANK_PROPPED, 0.9, 3.0))
    rows, (held_s, left_s) = stepped(PLANKS, story), story.plateau(1)
    still = [asked_s for t_s, _, _, asked_s in rows if held_s + 2.0 < t_s < left_s]
    assert min(still) == STILL_S == 0.1
    came_in = [asked_s for t_s, _, _, asked_s in rows if held_s - 0.2 < t_s < held_s + 0.5]
    assert set(came_in) == {EVERY_S}
    leaves = [asked_s for t_s, _, _, asked_s in rows if left_s + 0.5 < t_s < left_s + 0.9]
    assert max(leaves) < 1.0 / FPS


def test_a_body_that_moved_is_followed_until_it_has_been_still_for_a_while() -> None:
    """Its speed is that of the last quarter of a second, in which the readings were smoothed."""
    story = film((PLANK, 0.0, 6.0), (Plank(6.0), 0.3, 4.0))
    still_s, _ = story.plateau(1)
    rows = stepped(PLANKS, story, 60.0)
    last_s = max(t_s for t_s, _, _, asked_s in rows if t_s > 5.0 and asked_s < STILL_S)
    assert last_s - still_s == pytest.approx(0.135, abs=0.025)


def test_a_fault_that_begins_or_ends_is_looked_at_in_every_picture() -> None:
    story = film((PLANK, 0.0, 6.0), (Plank(18.0), 0.7, 4.0), (PLANK, 0.7, 4.0))
    judge, looks, changes = Judge(rules_of(PLANKS)), NextLook(), 0
    before: tuple[str, ...] = ()
    for t_s, pose in story.frames(FPS):
        asked_s = looks.step(judge) if judge.form else EVERY_S
        judge.step(t_s, pose)
        if judge.machine.faults != before:
            changes += 1
            assert asked_s == EVERY_S, f"at {t_s:.2f} s"
        before = judge.machine.faults
    assert changes == 2


def test_who_lies_far_from_the_position_is_looked_at_rarely_while_one_reading_is_far() -> None:
    standing = film((PLANK_PROPPED, 0.0, 4.0))
    rows = stepped(PLANKS, standing)
    assert min(asked_s for t_s, _, _, asked_s in rows if t_s > 1.0) > 2.0 / FPS


def test_who_nearly_gives_up_trying_is_looked_at_soon() -> None:
    """Hips that hang too low to begin, and nearly too low to be tried with: from 24 degrees on."""
    rows = stepped(PLANKS, film((Plank(23.6), 0.0, 3.0)))
    asked = [asked_s for t_s, _, active, asked_s in rows if t_s > 1.0 and not active]
    assert asked
    assert 0.0 < max(asked) < 0.08


@pytest.mark.parametrize(
    ("posture", "asked_s"),
    [
        (Plank(24.9), time_to_s(0.9, 0.0)),
        (Plank(24.7, shoulder_m=0.1175), STILL_S),
    ],
)
def test_one_reading_out_of_reach_says_how_soon_whatever_others_are_near_to(
    posture: Plank, asked_s: float
) -> None:
    """A bend too large to be tried with, by 0.9, and hips only just high enough over the floor.

    Then hips that are far too low besides, and arms only just long enough.
    """
    rows = stepped(PLANKS, film((posture, 0.0, 3.0)))
    assert rows[-1][-1] == pytest.approx(asked_s, abs=0.002)


@pytest.mark.parametrize("together", [False, True])
def test_two_limits_are_the_same_in_one_condition_and_in_two(*, together: bool) -> None:
    rules = rules_of(PLANKS)
    *others, bent, pikes = rules.start.conditions
    assert (bent.measure, pikes.measure, bent.near_max) == ("bend", "bend", 24.0)
    both = [bent.model_copy(update={"min": pikes.min})] if together else [bent, pikes]
    asked = asked_by(with_conditions(rules, *others, *both), film((Plank(23.6), 0.0, 3.0)))
    assert asked[-1] == pytest.approx(time_to_s(0.4, 0.0), abs=0.002)


@pytest.mark.parametrize("shoulder_m", [0.11, 0.115])
def test_where_the_position_nearly_ends_it_is_looked_at_in_time(shoulder_m: float) -> None:
    """Nearly flat on the floor, in line: the arms are too short for it below 5.8 per cent."""
    story = film((PLANK, 0.0, 3.0), (Plank(shoulder_m=shoulder_m), 2.0, 3.0))
    rows = stepped(PLANKS, story)
    assert all(active for t_s, _, active, _ in rows if t_s > 2.0)
    left = 100.0 * (shoulder_m - 0.03) / LENGTH_M - 5.8
    assert rows[-1][-1] == pytest.approx(min(time_to_s(left, 0.0), STILL_S), abs=0.003)


def test_what_a_position_keeps_of_its_own_line_is_counted_from_that_line() -> None:
    """A line of 8 degrees, kept up to 5 more, and a body that hangs by 4.6 of those."""
    rules = rules_of(PLANKS)
    *others, bent, _ = rules.start.conditions
    own = bent.model_copy(update={"own": True, "keep_max": 5.0})
    story = film((Plank(8.0), 0.0, 6.0), (Plank(12.6), 3.0, 2.0))
    asked = asked_by(with_conditions(rules, *others, own), story)
    assert asked[-1] == pytest.approx(time_to_s(0.4, 0.0), abs=0.002)


def test_how_fast_a_body_moved_while_it_was_out_of_sight_is_nobodys_guess() -> None:
    """It sank by eight degrees meanwhile; what counts is how it moves now that it is seen."""
    frames = film((PLANK, 0.0, 5.0), (Plank(8.0), 0.01, 2.0)).frames(FPS)
    judge, looks, asked = Judge(rules_of(PLANKS)), NextLook(), []
    for t_s, pose in frames:
        judge.step(t_s, None if 4.95 < t_s < 5.1 else pose)
        asked.append((t_s, looks.step(judge)))
    assert judge.active
    assert [asked_s for t_s, asked_s in asked if 5.09 < t_s < 5.15] == [STILL_S, STILL_S]


def asked_by(rules: Judging, story: Film) -> list[float]:
    """Return what is asked for in each frame, by rules of somebody's own."""
    judge, looks, asked = Judge(rules), NextLook(), list[float]()
    for t_s, pose in story.frames(FPS):
        judge.step(t_s, pose)
        asked.append(looks.step(judge))
    return asked


def with_conditions(rules: Judging, *conditions: Condition) -> Judging:
    """Return rules with other conditions of the start position."""
    start = rules.start.model_copy(update={"conditions": list(conditions)})
    return rules.model_copy(update={"start": start})


def test_before_a_fault_begins_it_is_looked_at_in_time() -> None:
    rows = stepped(PLANKS, film((PLANK, 0.0, 6.0), (Plank(16.0), 10.0, 1.0)))
    drifts = [asked_s for t_s, _, active, asked_s in rows if t_s > 7.0 and active]
    # Once where the line ends, and then where the fault begins.
    before = [soon for soon, now in itertools.pairwise(drifts) if now == EVERY_S < soon]
    assert before
    assert max(before) < 2.0 / FPS


def test_of_a_roll_every_picture_is_asked_for() -> None:
    judge, looks = Judge(rules_of(ROLLS)), NextLook()
    asked = set[float]()
    for t_s, pose in load_trace(RECORDINGS / f"{ROLLS}.landmarks.npz"):
        judge.step(t_s, pose)
        asked |= {looks.step(judge)} if judge.active else set()
    assert asked == {EVERY_S}


def test_a_leg_on_its_way_is_looked_at_in_every_picture() -> None:
    rows = stepped(RAISES, raises_film([Raise(), Raise(plateau_s=4.0)], shift_deg=1.5))
    on_the_way = [asked for _, phase, _, asked in rows if phase in (Phase.RISING, Phase.LOWERING)]
    assert len(on_the_way) > 20
    assert set(on_the_way) == {EVERY_S}
    at_the_top = [asked for _, phase, _, asked in rows if phase is Phase.TOP]
    assert max(at_the_top) == STILL_S


def test_who_is_lost_is_looked_for_in_every_picture_and_who_stays_away_rarely() -> None:
    frames = film((PLANK, 0.0, 10.0)).frames(FPS)
    gone = [(t_s, pose if t_s < 4.0 else None) for t_s, pose in frames]
    judge, looks, asked = Judge(rules_of(PLANKS)), NextLook(), {}
    for t_s, pose in gone:
        judge.step(t_s, pose)
        asked[t_s] = looks.step(judge)
    assert {asked_s for t_s, asked_s in asked.items() if 4.0 <= t_s < 5.9} == {EVERY_S}
    assert {asked_s for t_s, asked_s in asked.items() if t_s > 6.1} == {STILL_S}


@pytest.mark.parametrize("fps", [8.0, 15.0, 30.0, 60.0])
@pytest.mark.parametrize("exercise_id", [PLANKS, RAISES])
def test_nothing_is_asked_for_that_is_later_than_a_still_body_needs(
    exercise_id: str, fps: float
) -> None:
    stories = {
        PLANKS: film((PLANK_PROPPED, 0.0, 2.0), (PLANK, 0.9, 5.0), (Plank(9.0), 2.0, 3.0)),
        RAISES: raises_film([Raise(), Raise(tap_m=0.17)], shift_deg=1.5),
    }
    judge, looks = Judge(rules_of(exercise_id)), NextLook()
    for t_s, pose in stories[exercise_id].frames(fps):
        judge.step(t_s, pose)
        assert EVERY_S <= looks.step(judge) <= STILL_S
