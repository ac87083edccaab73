"""Which exercise a recording shows: all sixteen, whole or in part, and nothing else.

`recordings/<exercise>.landmarks.npz` are rendered bodies, `recordings/real` people, whose labels
say with `is` which exercise it is; without it, it is none.
"""

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coreline.body import steady
from coreline.body.pose import LANDMARKS, Joint, Pose
from coreline.data_files import load_catalogue
from coreline.files.recordings import load_trace
from coreline.judging.recognise import Recogniser, Recognition, Why
from coreline.programme.spec import Exercise
from stick_figure import (
    BRIDGE,
    BRIDGE_DOWN,
    PLANK,
    PLANK_DOWN,
    PLANK_PROPPED,
    Bridge,
    Camera,
    Film,
    Raise,
    Timed,
    film,
    raises_film,
    shaken,
    without,
)

FOLDER = Path(__file__).parent.parent / "recordings"
EXERCISES = load_catalogue()
TWINS = ("w56-back-bridge", "adv-belly-bridge")  # the same picture on the floor
LABELS: dict[str, dict[str, Any]] = tomllib.loads(
    (FOLDER / "real" / "labels.toml").read_text(encoding="utf-8")
)
OTHERS = [name for name, label in LABELS.items() if "is" not in label]
PEOPLE = [name for name, label in LABELS.items() if "is" in label]
# What is done, and in place of which other exercise that is noticed, or is left to a cue.
NOTICED = [
    ("w12-back-bridge", "w12-belly-bridge"),
    ("w12-belly-bridge", "w12-back-bridge"),
    ("w12-pelvic-curl", "w12-belly-bridge"),
    ("w12-side-bridge", "w12-back-bridge"),
    ("w34-belly-bridge", "w34-side-bridge"),
    ("w34-back-bridge", "w34-superman"),
    ("w34-superman", "w12-back-bridge"),
    ("w56-crunch", "w12-pelvic-curl"),
    ("w56-belly-bridge", "w56-side-bridge"),
    ("adv-back-bridge", "w56-side-bridge"),
]
LEFT_TO_THEIR_CUE = [
    ("w12-side-bridge", "w34-side-bridge"),
    ("w34-back-bridge", "w56-back-bridge"),
]
Change = Callable[[Sequence[Timed]], list[Timed]]


@cache
def frames_of(name: str) -> tuple[Timed, ...]:
    return tuple(load_trace(FOLDER / name))


def rendered(exercise_id: str) -> tuple[Timed, ...]:
    return frames_of(f"{exercise_id}.landmarks.npz")


def recognised(frames: Sequence[Timed]) -> Recognition:
    recogniser = Recogniser(EXERCISES)
    for t_s, pose in frames:
        recogniser.step(t_s, pose)
    return recogniser.verdict()


class Noticing:
    """What is noticed in place of exercises, and when; each change of it once."""

    def __init__(self, recogniser: Recogniser, current_ids: Sequence[str]) -> None:
        self._recogniser = recogniser
        self._last: dict[str, str | None] = dict.fromkeys(current_ids)
        self.changes: dict[str, list[tuple[float, str]]] = {each: [] for each in current_ids}

    def watch(self, frames: Sequence[Timed]) -> None:
        for t_s, pose in frames:
            self._recogniser.step(t_s, pose)
            for each, last in self._last.items():
                other = self._recogniser.looks_like(each)
                if other is not None and other != last:
                    self.changes[each].append((t_s, other))
                self._last[each] = other


def noticed_by(
    recogniser: Recogniser, frames: Sequence[Timed], current_ids: Sequence[str]
) -> dict[str, list[tuple[float, str]]]:
    noticing = Noticing(recogniser, current_ids)
    noticing.watch(frames)
    return noticing.changes


@dataclass(frozen=True)
class Watched:
    """What a recording shows up to its middle and as a whole, and what is noticed in it."""

    half: Recognition
    whole: Recognition
    noticed: dict[str, list[tuple[float, str]]]


def asked_about(name: str) -> Sequence[str]:
    """Return in place of which exercises a recording may be noticed: those that a test asks for."""
    done = name.removesuffix(".landmarks.npz")
    pairs = [*NOTICED, *LEFT_TO_THEIR_CUE]
    if done not in EXERCISES.ids:
        return EXERCISES.ids
    return [done, *(current for each, current in pairs if each == done)]


@cache
def watched(name: str) -> Watched:
    """Watch a recording once; that asking changes nothing is a test of its own."""
    frames, recogniser = frames_of(name), Recogniser(EXERCISES)
    noticing, middle = Noticing(recogniser, asked_about(name)), len(first_half(frames))
    noticing.watch(frames[:middle])
    half = recogniser.verdict()
    noticing.watch(frames[middle:])
    return Watched(half, recogniser.verdict(), noticing.changes)


# What may be done to a recording


def _other_side(joint: Joint) -> Joint:
    name = joint.name
    swapped = name.replace("LEFT", "-").replace("RIGHT", "LEFT").replace("-", "RIGHT")
    return Joint[swapped]


_SWAPPED = [int(_other_side(joint)) for joint in Joint]


def mirrored(frames: Sequence[Timed]) -> list[Timed]:
    """Return what the camera would have seen of the mirrored person."""

    def mirror(pose: Pose | None) -> Pose | None:
        if pose is None:
            return None
        xy_px = pose.xy_px[_SWAPPED] * (-1.0, 1.0) + (pose.size_px[0], 0.0)
        return replace(
            pose,
            xy_px=xy_px,
            depth_px=pose.depth_px[_SWAPPED],
            visibility=pose.visibility[_SWAPPED],
            world_m=pose.world_m[_SWAPPED] * (-1.0, 1.0, 1.0),
        )

    return [(t_s, mirror(pose)) for t_s, pose in frames]


def at_8_fps(frames: Sequence[Timed]) -> list[Timed]:
    kept: list[Timed] = []
    for frame in frames:
        if not kept or frame[0] >= frames[0][0] + len(kept) / 8.0 - 1e-6:
            kept.append(frame)
    return kept


def part(frames: Sequence[Timed], first: float, last: float) -> list[Timed]:
    """Return the frames from one share of the time to another."""
    begin_s, whole_s = frames[0][0], frames[-1][0] - frames[0][0]
    return [frame for frame in frames if first <= (frame[0] - begin_s) / whole_s <= last]


def first_half(frames: Sequence[Timed]) -> list[Timed]:
    return part(frames, 0.0, 0.5)


def begun_late_mirrored_at_8_fps(frames: Sequence[Timed]) -> list[Timed]:
    """Return a recording harmed in three ways at once, each of which is to change nothing."""
    return mirrored(at_8_fps(part(frames, 0.3, 1.0)))


# None leaves the recording as it is; what it and its first half show is worked out only once. To
# look at another change of a recording takes seconds: that is done of one in three.
UNCHANGED_OR_HALF: list[Change | None] = [None, first_half]


def changes_of(names: Sequence[str]) -> list[tuple[str, Change | None]]:
    """Return recordings and what is done to them: one in three is harmed as well."""
    usual = [(name, change) for name in names for change in UNCHANGED_OR_HALF]
    return [*usual, *((name, begun_late_mirrored_at_8_fps) for name in names[::3])]


def shown(name: str, change: Change | None) -> Recognition:
    """Return what a recording shows when this was done to it."""
    if change is None:
        return watched(name).whole
    return watched(name).half if change is first_half else recognised(change(frames_of(name)))


# What it is


@pytest.mark.parametrize(("exercise_id", "change"), changes_of(EXERCISES.ids))
def test_every_exercise_is_recognised(exercise_id: str, change: Change | None) -> None:
    verdict = shown(f"{exercise_id}.landmarks.npz", change)
    if exercise_id in TWINS:
        assert verdict.exercise_id == TWINS[0]
        assert [guess.exercise_id for guess in verdict.alternatives] == [TWINS[1]]
        assert verdict.why is Why.SAME_PICTURE
    else:
        assert (verdict.exercise_id, verdict.why) == (exercise_id, Why.CLEAR)
    assert 0.3 < verdict.score <= 1.0


@pytest.mark.parametrize(
    ("name", "change"), [each for each in changes_of(PEOPLE) if each[1] is not first_half]
)
def test_people_are_recognised(name: str, change: Change | None) -> None:
    verdict = shown(f"real/{name}.npz", change)
    assert verdict.exercise_id == LABELS[name]["is"]


@pytest.mark.parametrize(("name", "change"), changes_of(OTHERS))
def test_what_is_none_of_them_is_not_made_one(name: str, change: Change | None) -> None:
    verdict = shown(f"real/{name}.npz", change)
    assert verdict.exercise_id is None
    assert verdict.score == 0.0
    assert verdict.why not in (Why.CLEAR, Why.SAME_PICTURE, Why.NOBODY)


def test_a_plank_in_which_the_body_keeps_moving_is_said_to_move() -> None:
    verdict = shown("real/push-up.npz", None)
    assert verdict.why is Why.MOVING
    assert verdict.alternatives[0].exercise_id == "w12-back-bridge"


def test_somebody_who_only_lies_there_has_no_movement() -> None:
    assert shown("real/bracing.npz", None).why is Why.NO_MOVEMENT


def test_without_frames_or_without_anybody_there_is_nobody() -> None:
    nobody = Recognition(None, 0.0, (), Why.NOBODY)
    assert recognised([]) == nobody
    assert recognised([(number / 15.0, None) for number in range(300)]) == nobody


@settings(max_examples=12)
@given(seed=st.integers(0, 10_000), spread_px=st.floats(0.0, 200.0))
def test_noise_is_nothing(seed: int, spread_px: float) -> None:
    numbers = np.random.default_rng(seed)

    def pose(t_s: float) -> Pose:
        return Pose(
            t_s=t_s,
            xy_px=numbers.normal((320.0, 240.0), spread_px, (LANDMARKS, 2)),
            depth_px=np.zeros(LANDMARKS),
            visibility=numbers.uniform(0.5, 1.0, LANDMARKS),
            world_m=numbers.normal(0.0, 0.5, (LANDMARKS, 3)),
            size_px=(640, 480),
        )

    assert recognised([(n / 15.0, pose(n / 15.0)) for n in range(75)]).exercise_id is None


def upright(pose: Pose) -> Pose:
    """Return somebody lying as somebody standing."""
    x_px, y_px = pose.xy_px[:, 0], pose.xy_px[:, 1]
    return replace(pose, xy_px=np.stack([640.0 - y_px, x_px], axis=1), size_px=(480, 640))


@settings(max_examples=6)
@given(seed=st.integers(0, 1000), head_left=st.booleans())
def test_somebody_who_stands_does_none_of_them(seed: int, *, head_left: bool) -> None:
    lying = film((PLANK_DOWN, 0.0, 5.0)).frames(15.0, Camera(head_left=head_left))
    standing = [(t_s, upright(pose) if pose else None) for t_s, pose in lying]
    assert recognised(shaken(standing, 1.0, seed)).exercise_id is None


# How much of it there must be, of the two simplest


def two_holds() -> Recogniser:
    return Recogniser([EXERCISES.get(each) for each in ("w12-belly-bridge", "w12-back-bridge")])


def verdict_of(*stories: Film) -> Recognition:
    """Return what is made of films one after another, ten pictures a second."""
    recogniser, begin_s = two_holds(), 0.0
    for story in stories:
        for t_s, pose in story.frames(10.0, start_s=begin_s):
            recogniser.step(t_s, pose)
        begin_s = t_s + 0.2
    return recogniser.verdict()


@pytest.mark.parametrize(("stay_s", "why"), [(1.2, Why.TOO_SHORT), (1.8, Why.CLEAR)])
def test_a_position_is_held_for_two_seconds(stay_s: float, why: Why) -> None:
    verdict = verdict_of(
        film((BRIDGE_DOWN, 0.0, 2.0), (BRIDGE, 0.5, stay_s), (BRIDGE_DOWN, 0.5, 1.0))
    )
    assert verdict.why is why


@pytest.mark.parametrize(("rest_s", "is_enough"), [(20.0, True), (44.0, False)])
def test_a_tenth_of_the_time_is_enough(rest_s: float, *, is_enough: bool) -> None:
    once = film((BRIDGE_DOWN, 0.0, 1.0), (BRIDGE, 0.5, 3.5), (BRIDGE_DOWN, 0.5, rest_s))
    assert (verdict_of(once).exercise_id == "w12-belly-bridge") is is_enough


@pytest.mark.parametrize(
    ("plank_s", "meant"), [(4.0, "w12-belly-bridge"), (7.5, "w12-back-bridge")]
)
def test_of_two_the_one_that_asks_for_more_is_meant_where_it_explains_half_as_much(
    plank_s: float, meant: str
) -> None:
    bridge = film((BRIDGE_DOWN, 0.0, 0.5), (BRIDGE, 0.5, 10.0), (BRIDGE_DOWN, 0.5, 0.5))
    plank = film((PLANK_PROPPED, 0.0, 0.5), (PLANK, 0.5, plank_s), (PLANK_PROPPED, 0.5, 0.5))
    verdict = verdict_of(bridge, plank)
    assert verdict.exercise_id == meant
    assert len(verdict.alternatives) == 1


@pytest.mark.parametrize(
    ("bent_s", "why"), [(0.0, Why.SAME_PICTURE), (1.0, Why.CLEAR), (4.0, Why.CLEAR)]
)
def test_only_what_explains_nine_tenths_as_much_is_the_same_picture(
    bent_s: float, why: Why
) -> None:
    story = film((BRIDGE_DOWN, 0.0, 1.0), (BRIDGE, 0.5, 5.0), (Bridge(bend_deg=18.0), 0.2, bent_s))
    recogniser = Recogniser([EXERCISES.get("w12-belly-bridge"), straighter_bridge()])
    for t_s, pose in story.frames(10.0):
        recogniser.step(t_s, pose)
    assert recogniser.verdict().exercise_id == "w12-belly-bridge"
    assert recogniser.verdict().why is why


def straighter_bridge() -> Exercise:
    """Return a supine bridge of which everything is asked as before, but a straighter line."""
    exercise = EXERCISES.get("w12-belly-bridge")
    rules = exercise.judging
    assert rules is not None
    conditions = tuple(
        each.model_copy(update={"max": 8.0, "keep_max": 8.0}) if each.measure == "bend" else each
        for each in rules.start.conditions
    )
    start = rules.start.model_copy(update={"conditions": conditions})
    judging = rules.model_copy(update={"start": start})
    return exercise.model_copy(update={"id": "straighter", "judging": judging})


# What it depends on, and what not

UP_AND_DOWN = film((BRIDGE_DOWN, 0.0, 1.5), (BRIDGE, 1.0, 4.0), (BRIDGE_DOWN, 1.0, 1.5))
ONE_PLANK = film((PLANK_PROPPED, 0.0, 1.5), (PLANK, 1.0, 4.0), (PLANK_PROPPED, 1.0, 1.5))


@settings(max_examples=8)
@given(
    shown_and_meant=st.sampled_from(
        [(UP_AND_DOWN, "w12-belly-bridge"), (ONE_PLANK, "w12-back-bridge")]
    ),
    fps=st.sampled_from([8.0, 15.0, 30.0, 60.0]),
    scale=st.floats(200.0, 380.0),
    head_left=st.booleans(),
    start_s=st.floats(0.0, 1e4),
    seed=st.integers(0, 1000),
)
def test_a_figure_is_recognised_however_it_is_filmed(
    shown_and_meant: tuple[Film, str],
    fps: float,
    scale: float,
    start_s: float,
    seed: int,
    *,
    head_left: bool,
) -> None:
    camera = Camera(scale_px_per_m=scale, head_left=head_left, shoulder_px=90.0)
    story, expected = shown_and_meant
    frames = story.frames(fps, camera, start_s=start_s)
    assert recognised(shaken(frames, 0.4, seed)).exercise_id == expected


@pytest.mark.parametrize(("count", "plateau_s"), [(2, 2.1), (2, 4.0), (3, 2.1)])
def test_repetitions_are_no_hold(count: int, plateau_s: float) -> None:
    frames = raises_film([Raise(plateau_s=plateau_s)] * count, shift_deg=1.5).frames()
    assert recognised(frames).exercise_id == "w56-belly-bridge"


def test_a_leg_that_only_swings_may_be_many_things() -> None:
    swings = [Raise(plateau_s=0.0, ramp_s=0.4, rest_s=0.1)] * 6
    assert recognised(raises_film(swings, shift_deg=1.5).frames()).exercise_id is None


def test_one_second_of_a_position_is_too_short_to_tell() -> None:
    story = film((BRIDGE_DOWN, 0.0, 4.0), (BRIDGE, 0.6, 1.0), (BRIDGE_DOWN, 0.6, 4.0))
    verdict = recognised(story.frames())
    assert (verdict.exercise_id, verdict.why) == (None, Why.TOO_SHORT)


def test_rests_between_holds_do_not_matter() -> None:
    hold = [(PLANK, 1.0, 3.0), (PLANK_PROPPED, 1.0, 6.0)]
    frames = film((PLANK_PROPPED, 0.0, 3.0), *hold, *hold, *hold).frames()
    assert recognised(frames).exercise_id == "w12-back-bridge"


def test_going_out_of_sight_does_not_matter() -> None:
    frames = without(rendered("w12-side-bridge"), 10.0, 16.0)
    assert recognised(frames).exercise_id == "w12-side-bridge"


def test_what_all_judges_ask_of_a_pose_is_worked_out_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    corrected: list[float] = []

    def counted(past: steady._Past, pose: Pose) -> object:
        corrected.append(pose.t_s)
        return as_it_is(past, pose)

    as_it_is = steady._corrected
    monkeypatch.setattr(steady, "_corrected", counted)
    frames = film((PLANK_DOWN, 0.0, 1.0), (PLANK, 0.6, 2.0)).frames(8.0)
    recognised(frames)
    assert corrected == [t_s for t_s, _ in frames]


def test_asking_changes_nothing() -> None:
    recogniser = Recogniser(EXERCISES)
    frames = part(rendered("w34-side-bridge"), 0.0, 0.6)
    for t_s, pose in frames:
        recogniser.step(t_s, pose)
        recogniser.looks_like("w12-back-bridge")
        last = recogniser.verdict()
    assert last == recogniser.verdict() == recognised(frames)


def test_only_those_that_are_asked_about_are_named() -> None:
    recogniser = Recogniser([each for each in EXERCISES if each.level == "w34"])
    for t_s, pose in rendered("w12-back-bridge"):
        recogniser.step(t_s, pose)
    assert recogniser.verdict().exercise_id is None


# In place of another one


@pytest.mark.parametrize("exercise_id", EXERCISES.ids)
def test_an_exercise_is_not_taken_for_another_while_it_is_done(exercise_id: str) -> None:
    assert watched(f"{exercise_id}.landmarks.npz").noticed[exercise_id] == []


@pytest.mark.parametrize(("done", "current"), NOTICED)
def test_another_exercise_is_noticed(done: str, current: str) -> None:
    (first_s, other), *more = watched(f"{done}.landmarks.npz").noticed[current]
    assert other == done
    assert first_s >= 4.0
    assert {again for _, again in more} <= {done}


def test_a_single_thing_that_is_missing_is_left_to_its_own_cue() -> None:
    for done, current in LEFT_TO_THEIR_CUE:
        assert watched(f"{done}.landmarks.npz").noticed[current] == []


@pytest.mark.parametrize("name", OTHERS)
def test_nothing_is_noticed_in_what_is_none_of_them(name: str) -> None:
    assert not any(watched(f"real/{name}.npz").noticed.values())


def test_four_seconds_are_enough_to_be_noticed() -> None:
    changes = noticed_by(two_holds(), film((PLANK, 0.0, 6.0)).frames(), ["w12-belly-bridge"])
    ((first_s, other),) = changes["w12-belly-bridge"]
    assert other == "w12-back-bridge"
    assert first_s == pytest.approx(4.2, abs=0.3)


def test_three_seconds_are_not_enough_to_be_noticed() -> None:
    story = film((PLANK_PROPPED, 0.0, 2.0), (PLANK, 1.0, 3.0), (PLANK_PROPPED, 1.0, 2.0))
    changes = noticed_by(Recogniser(EXERCISES), story.frames(), ["w12-belly-bridge"])
    assert changes == {"w12-belly-bridge": []}


def test_an_exercise_that_is_not_known_looks_like_nothing() -> None:
    known = Recogniser([EXERCISES.get("w12-back-bridge")])
    assert noticed_by(known, rendered("w12-back-bridge"), ["squat"]) == {"squat": []}


def test_time_that_was_not_looked_at_is_no_evidence() -> None:
    frames = film((PLANK, 0.0, 3.0)).frames()
    later = [(t_s + 60.0, replace(pose, t_s=t_s + 60.0) if pose else None) for t_s, pose in frames]
    changes = noticed_by(Recogniser(EXERCISES), [*frames, *later], ["w12-belly-bridge"])
    assert changes == {"w12-belly-bridge": []}


def test_a_look_that_comes_a_little_early_counts_as_any() -> None:
    early = film((PLANK, 0.0, 7.0)).frames(10.1)
    in_half = [(t_s, pose if at % 2 == 0 else None) for at, (t_s, pose) in enumerate(early)]
    noticed = {
        name: noticed_by(Recogniser(EXERCISES), frames, ["w12-belly-bridge"])["w12-belly-bridge"]
        for name, frames in {"all": early, "half": in_half}.items()
    }
    assert noticed["all"]
    assert not noticed["half"]
