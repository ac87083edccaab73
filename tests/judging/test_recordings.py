"""Golden recordings: landmarks in, facts out.

`recordings/<name>.landmarks.npz` is what the pose model saw of a rendered body, and
`recordings/<name>.expected.toml` what that body truly did; a new pair of files is a new test.
`recordings/real` holds traces of people, with what must never be counted of them.
"""

import tomllib
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import pytest

from coreline.body.pose import LANDMARKS, Joint, Pose
from coreline.files.recordings import load_trace
from coreline.judging.events import (
    TOO_FEW_PICTURES,
    FaultEnded,
    HoldEnded,
    RepetitionEnded,
    RotationEnded,
)
from coreline.session.record import SetRecord
from judged_films import Outcome
from judged_recordings import record_of, record_of_trace, recorded
from stick_figure import Timed, exercise_of

FOLDER = Path(__file__).parent.parent / "recordings"
SUFFIX = ".expected.toml"
NAMES = sorted(path.name.removesuffix(SUFFIX) for path in FOLDER.glob(f"*{SUFFIX}"))
LABELS: dict[str, dict[str, Any]] = tomllib.loads(
    (FOLDER / "real" / "labels.toml").read_text(encoding="utf-8")
)
NEVER = [
    (name, each)
    for name, label in LABELS.items()
    for each in label["nothing"]
    if exercise_of(each).judged
]
EVERY = pytest.mark.parametrize("name", NAMES)
Note = Callable[[str, object], None]
Change = Callable[[list[Timed]], list[Timed]]


@cache
def expected_of(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}{SUFFIX}").read_text(encoding="utf-8"))


def judged(record: SetRecord) -> Outcome:
    return Outcome(record.readings, record.facts)


def outcome_of(name: str) -> Outcome:
    return judged(record_of(name))


def test_there_are_recordings_to_judge() -> None:
    assert {"w12-back-bridge", "w12-belly-bridge", "w56-belly-bridge"} <= set(NAMES)
    assert len(NEVER) >= 14


@pytest.mark.parametrize("name", [name for name in NAMES if "near_side" in expected_of(name)])
def test_the_near_side_is_right(name: str) -> None:
    assert record_of(name).near_side == expected_of(name)["near_side"]


@EVERY
def test_the_time_in_line(name: str, record_property: Note) -> None:
    truth_s = sum(end_s - start_s for start_s, end_s in expected_of(name).get("in_line_s", []))
    error_s = outcome_of(name).in_line_s - truth_s
    record_property("in_line_error_s", round(error_s, 3))
    assert abs(error_s) <= 0.5, f"in line for {truth_s:.2f} s, read {error_s:+.2f} s"


@EVERY
def test_a_hold_lasts_from_the_first_to_the_last_time_in_line(name: str) -> None:
    stretches = expected_of(name).get("in_line_s", [])
    holds = outcome_of(name).holds
    assert len(holds) == bool(stretches)
    for hold in holds:
        assert hold.start_s == pytest.approx(stretches[0][0], abs=0.5)
        assert hold.end_s == pytest.approx(stretches[-1][1], abs=0.5)
        assert hold.visible_share > 0.95


@EVERY
def test_the_faults_of_a_hold(name: str) -> None:
    truths = expected_of(name).get("faults", [])
    faults = [fault for hold in outcome_of(name).holds for fault in hold.faults]
    assert [fault.code for fault in faults] == [truth["code"] for truth in truths]
    for fault, truth in zip(faults, truths, strict=True):
        assert fault.start_s == pytest.approx(truth["start_s"], abs=0.5)
        assert fault.end_s == pytest.approx(truth["end_s"], abs=0.5)


@EVERY
def test_the_change_of_the_bend_in_a_fault(name: str, record_property: Note) -> None:
    for truth in expected_of(name).get("faults", []):
        if "bend_change_deg" not in truth:
            continue
        changes_deg = [
            reading.bend_deg - reading.neutral_deg
            for reading in outcome_of(name).readings
            if truth["start_s"] + 0.8 <= reading.t_s <= truth["end_s"] - 0.8
            and reading.bend_deg is not None
            and reading.neutral_deg is not None
        ]
        change_deg = median(changes_deg)
        record_property(f"{truth['code']}_change_deg", round(change_deg, 1))
        # The pose model itself reads a change of 13-15 degrees as 11-19.
        assert change_deg == pytest.approx(truth["bend_change_deg"], abs=5.0)


@EVERY
def test_every_repetition_is_counted_or_refused_for_what_was_wrong(name: str) -> None:
    truths = expected_of(name).get("repetitions", [])
    repetitions = outcome_of(name).repetitions
    assert len(repetitions) == len(truths)
    for repetition, truth in zip(repetitions, truths, strict=True):
        assert repetition.counted == (not repetition.reasons)
        if truth.get("may_be_refused"):
            assert set(repetition.reasons) <= {"no_tap"}
        else:
            assert set(repetition.reasons) == set(truth["reasons"]), f"number {repetition.number}"


@EVERY
def test_the_times_of_the_repetitions(name: str, record_property: Note) -> None:
    truths = expected_of(name).get("repetitions", [])
    errors_s = []
    for repetition, truth in zip(outcome_of(name).repetitions, truths, strict=True):
        assert repetition.start_s == pytest.approx(truth["start_s"], abs=0.5)
        assert repetition.top_s == pytest.approx(truth["top_s"], abs=0.5)
        assert repetition.end_s == pytest.approx(truth["end_s"], abs=0.5)
        errors_s.append(round(repetition.hold_s - truth["plateau_s"], 3))
    record_property("hold_errors_s", errors_s)
    for error_s, truth in zip(errors_s, truths, strict=True):
        # A hip that drops takes the leg along and makes the top's edges less sharp.
        allowed_s = 0.3 if "line_broken" in truth["reasons"] else 0.2
        assert abs(error_s) <= allowed_s, f"held, error in s: {errors_s}"


@EVERY
def test_every_turn_is_counted_or_refused_for_what_was_wrong(name: str) -> None:
    truths = expected_of(name).get("rotations", [])
    facts = outcome_of(name).facts
    rotations = [fact.rotation for fact in facts if isinstance(fact, RotationEnded)]
    assert [set(each.reasons) for each in rotations] == [set(each["reasons"]) for each in truths]


@pytest.mark.parametrize(("name", "exercise_id"), NEVER)
def test_nothing_is_counted_of_people_who_do_something_else(name: str, exercise_id: str) -> None:
    outcome = judged(record_of_trace(f"real/{name}.npz", exercise_id))
    assert (outcome.holds, outcome.repetitions) == ([], [])


@pytest.mark.parametrize("name", [name for name, label in LABELS.items() if "is" in label])
def test_a_person_s_bridges_are_each_found(name: str) -> None:
    label = LABELS[name]
    outcome = judged(record_of_trace(f"real/{name}.npz", label["is"]))
    assert len(outcome.holds) == len(label["tops"])
    for hold, (start_s, end_s) in zip(outcome.holds, label["tops"], strict=True):
        assert hold.start_s == pytest.approx(start_s, abs=0.5)
        assert hold.end_s == pytest.approx(end_s, abs=0.5)


def mirrored(pose: Pose) -> Pose:
    """Return the pose of the mirror image: left and right change places."""
    order = np.arange(LANDMARKS)
    for joint in Joint:
        if "LEFT" in joint.name:
            other = Joint[joint.name.replace("LEFT", "RIGHT")]
            order[[joint, other]] = other, joint
    across = np.array([-1.0, 1.0])
    return replace(
        pose,
        xy_px=(pose.xy_px * across + np.array([pose.size_px[0], 0.0]))[order],
        depth_px=pose.depth_px[order],
        visibility=pose.visibility[order],
        world_m=(pose.world_m * np.array([-1.0, 1.0, 1.0]))[order],
    )


def enlarged(pose: Pose) -> Pose:
    """Return the pose in a picture of twice the size, somewhere else in it."""
    width, height = pose.size_px
    return replace(pose, xy_px=pose.xy_px * 2.0 + 35.0, size_px=(2 * width + 70, 2 * height + 70))


def mirrored_with_frames_dropped(frames: list[Timed]) -> list[Timed]:
    """Return the mirror image with one frame in twenty, here and there, missing."""
    kept = [frame for number, frame in enumerate(frames) if number * 7919 % 20]
    return [(t_s, pose and mirrored(pose)) for t_s, pose in kept]


def enlarged_with_two_frames_of_three(frames: list[Timed]) -> list[Timed]:
    """Return a larger picture, fewer times a second."""
    kept = [frame for number, frame in enumerate(frames) if number % 3 != 1]
    return [(t_s, pose and enlarged(pose)) for t_s, pose in kept]


def one_frame_of_three(frames: list[Timed]) -> list[Timed]:
    return frames[::3]


def outcome_of_changed(name: str, change: Change) -> Outcome:
    frames = change(list(load_trace(FOLDER / f"{name}.landmarks.npz")))
    return judged(recorded(frames, expected_of(name)["exercise"]))


# Two changes at once, each of which is to change nothing: a recording takes a second to judge.
@pytest.mark.parametrize(
    "change", [mirrored_with_frames_dropped, enlarged_with_two_frames_of_three]
)
@EVERY
def test_the_camera_makes_no_difference(name: str, change: Change) -> None:
    seen, usual = outcome_of_changed(name, change), outcome_of(name)
    assert seen.reasons == usual.reasons
    # With a frame in three missing each of up to six edges may be off by half of 0.13 s.
    assert seen.in_line_s == pytest.approx(usual.in_line_s, abs=0.42)
    assert [each.faults == () for each in seen.holds] == [each.faults == () for each in usual.holds]
    assert [type(fact) for fact in seen.facts if isinstance(fact, RotationEnded)] == [
        type(fact) for fact in usual.facts if isinstance(fact, RotationEnded)
    ]


@EVERY
def test_with_five_pictures_a_second_it_is_said_and_nothing_is_judged(name: str) -> None:
    seen = outcome_of_changed(name, one_frame_of_three)
    faults = [fact.fault.code for fact in seen.facts if isinstance(fact, FaultEnded)]
    assert TOO_FEW_PICTURES in faults
    assert (seen.holds, seen.repetitions) == ([], [])
    assert not any(isinstance(fact, RotationEnded) for fact in seen.facts)


# The moments that are kept for a drawing


@pytest.mark.parametrize("name", [name for name in NAMES if name != "adv-log-roll"])
def test_the_worst_moment_of_a_recording_is_the_worst_that_is_reported(name: str) -> None:
    record = record_of(name)
    reported = [
        fact.hold.worst_bend_deg if isinstance(fact, HoldEnded) else fact.repetition.bend_worst_deg
        for fact in record.facts
        if isinstance(fact, HoldEnded | RepetitionEnded)
    ]
    known = [each for each in reported if each is not None]
    assert record.worst is not None
    assert record.worst.bend_deg == max(known, key=abs)
    assert record.best is not None
    assert abs(record.best.bend_deg) <= 5.0
    within = [
        fact.hold if isinstance(fact, HoldEnded) else fact.repetition
        for fact in record.facts
        if isinstance(fact, HoldEnded | RepetitionEnded)
    ]
    assert any(each.start_s <= record.worst.t_s <= each.end_s for each in within)
    assert all(record.worst.points[joint] is not None for joint in record.worst.line)


def test_a_roll_has_none() -> None:
    record = record_of("adv-log-roll")
    assert (record.best, record.worst) == (None, None)
