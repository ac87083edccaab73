"""Lying still and holding up a hand, on stick figures and on recordings with known content."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from coreline.body.pose import Joint, Pose
from coreline.body.presence import Presence, hand_is_up, length_px
from coreline.data_files import load_catalogue
from coreline.recordings import load_trace
from stick_figure import PLANK, PLANK_DOWN, film, shaken

RECORDINGS = Path(__file__).parents[1] / "recordings"
NAMES = sorted(path.name.removesuffix(".landmarks.npz") for path in RECORDINGS.glob("*.npz"))
LIFTING = {exercise.id for exercise in load_catalogue() if exercise.lifts_arm}


def follow(frames: list[tuple[float, Pose | None]]) -> tuple[list[float], list[float]]:
    """Return when the body was still, and when a hand was taken for a sign."""
    presence, still_s, hands_s = Presence(), [], []
    for t_s, pose in frames:
        presence.step(t_s, pose)
        if presence.is_still:
            still_s.append(t_s)
        if presence.took_hand():
            hands_s.append(t_s)
    return still_s, hands_s


@pytest.mark.parametrize("fps", [8.0, 15.0, 30.0, 60.0])
def test_still_after_two_seconds_at_any_rate(fps: float) -> None:
    still_s, _ = follow(shaken(film((PLANK_DOWN, 0.0, 6.0)).frames(fps), sd_px=2.0, seed=1))
    assert still_s[0] == pytest.approx(2.0, abs=1.5 / fps)
    assert len(still_s) / fps == pytest.approx(4.0, abs=0.3)


def test_getting_up_is_not_lying_still() -> None:
    story = film((PLANK_DOWN, 0.0, 3.0), (PLANK, 1.5, 4.0))
    still_s, _ = follow(story.frames(15.0))
    assert not [t_s for t_s in still_s if 3.9 < t_s < 5.6]
    assert [t_s for t_s in still_s if t_s > 6.5]


def test_nobody_is_not_still() -> None:
    presence = Presence()
    for number in range(60):
        presence.step(number / 15.0, None)
    assert not presence.is_still
    assert presence.absent_s == pytest.approx(59 / 15.0)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "adv-log-roll"])
def test_every_recording_is_still_in_its_start_position(name: str) -> None:
    still_s, _ = follow(list(load_trace(RECORDINGS / f"{name}.landmarks.npz")))
    assert still_s[0] < 6.0


@pytest.mark.parametrize("name", [name for name in NAMES if name not in LIFTING])
def test_no_exercise_that_lifts_no_arm_looks_like_a_raised_hand(name: str) -> None:
    _, hands_s = follow(list(load_trace(RECORDINGS / f"{name}.landmarks.npz")))
    assert hands_s == []


def test_exercises_with_an_arm_held_up_are_why_the_sign_is_off_there() -> None:
    _, hands_s = follow(list(load_trace(RECORDINGS / "adv-side-bridge.landmarks.npz")))
    assert hands_s


@pytest.mark.parametrize(
    ("name", "side"),
    [
        *((name, side) for name in ("w56-belly-bridge", "w56-crunch") for side in (0, 1)),
        ("w12-side-bridge", 0),  # the other arm bears the body
        ("w34-back-bridge", 0),
    ],
)
def test_a_hand_held_up_is_seen_whatever_the_posture(name: str, side: int) -> None:
    frames = [
        (t_s, _raised(pose, side) if pose and 2.0 <= t_s < 4.0 else pose)
        for t_s, pose in load_trace(RECORDINGS / f"{name}.landmarks.npz")
    ]
    _, hands_s = follow(frames)
    assert len(hands_s) == 1
    assert 2.7 <= hands_s[0] <= 3.3


def _raised(pose: Pose, side: int) -> Pose:
    """Return a pose with one arm straight up, as long as this body's arms are."""
    shoulder, elbow, wrist = (Joint(joint + side) for joint in (11, 13, 15))
    xy_px, arm_px = pose.xy_px.copy(), 0.4 * length_px(pose)
    xy_px[elbow] = xy_px[shoulder] - (0.0, arm_px / 2)
    xy_px[wrist] = xy_px[shoulder] - (0.0, arm_px)
    visibility = pose.visibility.copy()
    visibility[[elbow, wrist]] = 0.9
    return replace(pose, xy_px=xy_px, visibility=visibility)


def test_a_hand_that_is_not_seen_is_no_sign() -> None:
    pose = film((PLANK, 0.0, 1.0)).frames(1.0)[0][1]
    assert pose is not None
    assert hand_is_up(_raised(pose, 0))
    hidden = replace(_raised(pose, 0), visibility=np.full(33, 0.3))
    assert not hand_is_up(hidden)
