"""The real model on real pixels: the first second of the sample clip."""

import subprocess
import sys
from itertools import islice
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from coreline.body.pose import Joint, Pose
from coreline.camera.source import Frame, Image
from coreline.camera.video import VideoFile
from coreline.errors import BadModelError
from coreline.files.recordings import load_trace
from coreline.files.resources import resource_file
from coreline.files.streams import silenced_stderr
from coreline.vision import PoseEstimator
from coreline.vision.choosing import is_upright
from coreline.vision.landmarker import as_mediapipe
from coreline.vision.tracker import Tracker
from coreline.vision.turning import TURNS_DEG, Array, directions_back, points_back, turned

KNOWN = Path(__file__).parent / "data" / "w56-belly-bridge-start.npz"
JOINTS = [
    Joint.LEFT_SHOULDER,
    Joint.RIGHT_SHOULDER,
    Joint.LEFT_HIP,
    Joint.RIGHT_HIP,
    Joint.LEFT_KNEE,
    Joint.RIGHT_KNEE,
    Joint.LEFT_ANKLE,
    Joint.RIGHT_ANKLE,
]
STEP_S = 1.0 / 15.0


@pytest.fixture(scope="module")
def frames() -> list[Frame]:
    path = resource_file("samples", "w56-belly-bridge.mp4")
    with VideoFile(path) as video:
        return [frame for frame in islice(video.frames(), 20) if frame is not None]


@pytest.fixture(scope="module")
def upright(frames: list[Frame]) -> list[Pose]:
    with PoseEstimator() as running:
        poses = [running.estimate(frame.t_s, frame.image_bgr) for frame in frames]
    found = [pose for pose in poses if pose is not None]
    assert len(found) == len(frames)
    return found


def torso_px(pose: Pose) -> float:
    shoulder, hip = pose.xy_px[Joint.LEFT_SHOULDER], pose.xy_px[Joint.LEFT_HIP]
    return float(np.linalg.norm(shoulder - hip))


def gap_share(one: Pose, other: Pose) -> float:
    """Mean distance of the main joints of two poses, as a share of the torso."""
    gaps_px = np.linalg.norm(one.xy_px[JOINTS] - other.xy_px[JOINTS], axis=1)
    return float(gaps_px.mean()) / torso_px(one)


def black(frame: Frame) -> Image:
    return np.zeros_like(frame.image_bgr)


def test_landmarks_lie_where_they_are_known_to_lie(upright: list[Pose]) -> None:
    known = [pose for _, pose in load_trace(KNOWN) if pose is not None]
    gaps = [gap_share(a, b) for a, b in zip(known, upright, strict=True)]
    assert max(gaps) < 0.03
    near = np.abs(known[-1].world_m[JOINTS] - upright[-1].world_m[JOINTS])
    assert near.mean() < 0.03
    assert np.corrcoef(known[-1].depth_px, upright[-1].depth_px)[0, 1] > 0.98


def test_poses_carry_the_frames_own_time_and_size(frames: list[Frame], upright: list[Pose]) -> None:
    assert [pose.t_s for pose in upright] == [frame.t_s for frame in frames]
    assert {pose.size_px for pose in upright} == {(640, 480)}


@pytest.mark.parametrize("turn", [1, 2])
def test_a_picture_looked_at_turned_gives_the_same_landmarks(
    turn: int, frames: list[Frame], upright: list[Pose]
) -> None:
    with PoseEstimator() as running:
        running._turn = turn
        poses = [running.estimate(frame.t_s, frame.image_bgr) for frame in frames]
        assert running.turn_deg == TURNS_DEG[turn]
    same_as(upright, poses)


@pytest.mark.parametrize("turn_deg", [90, 270])
def test_a_picture_that_comes_turned_gives_the_same_landmarks_turned(
    turn_deg: int, frames: list[Frame], upright: list[Pose]
) -> None:
    with PoseEstimator() as running:
        seen = [running.estimate(f.t_s, turned(f.image_bgr, turn_deg)) for f in frames]
    assert all(pose is not None and pose.size_px == (480, 640) for pose in seen)
    same_as(upright, [turned_back(pose, turn_deg) for pose in seen if pose is not None])


def turned_back(pose: Pose, turn_deg: int) -> Pose:
    return Pose(
        t_s=pose.t_s,
        xy_px=points_back(pose.xy_px, turn_deg, (640, 480)),
        depth_px=pose.depth_px,
        visibility=pose.visibility,
        world_m=directions_back(pose.world_m, turn_deg),
        size_px=(640, 480),
    )


def same_as(expected: list[Pose], actual: list[Pose | None]) -> None:
    """Compare all but the first frames, in which tracking settles."""
    for one, other in list(zip(expected, actual, strict=True))[5:]:
        assert other is not None
        assert gap_share(one, other) < 0.10
        assert np.abs(one.world_m[JOINTS] - other.world_m[JOINTS]).mean() < 0.08


def test_the_frame_is_tried_turned_while_nobody_is_seen(frames: list[Frame]) -> None:
    with PoseEstimator() as running:
        turns = []
        for number in range(4):
            turns.append(running.turn_deg)
            assert running.estimate(number * STEP_S, black(frames[0])) is None
        assert turns == [0, 90, 270, 0]
        found = [running.estimate((4 + n) * STEP_S, f.image_bgr) for n, f in enumerate(frames[:3])]
    assert found[-1] is not None


def test_without_lock_on_the_frame_stays_as_it_is(frames: list[Frame]) -> None:
    with PoseEstimator(lock_on=False) as running:
        for number in range(3):
            running.estimate(number * STEP_S, black(frames[0]))
            assert running.turn_deg == 0


def test_the_turn_that_found_somebody_is_kept_and_tried_first_after_losing_them(
    frames: list[Frame],
) -> None:
    with PoseEstimator() as running:
        running._turn = 1
        assert running.estimate(0.0, frames[0].image_bgr) is not None
        times_s = (number * STEP_S for number in range(1, 20))
        lost = next(t_s for t_s in times_s if running.estimate(t_s, black(frames[0])) is None)
        assert running.turn_deg == 90
        assert running.estimate(lost + STEP_S, frames[1].image_bgr) is not None
        assert running.turn_deg == 90


DIM = 0.15
NOISE_SD = 8.0


def dimmed(frame: Frame) -> Image:
    """The picture with hardly any light, and the noise that a camera then has."""
    noise = np.random.default_rng(frame.index).normal(0.0, NOISE_SD, frame.image_bgr.shape)
    return (DIM * frame.image_bgr + noise).clip(0.0, 255.0).astype(np.uint8)


def test_somebody_in_the_dark_is_found_where_they_are(
    frames: list[Frame], upright: list[Pose]
) -> None:
    dark = [dimmed(frame) for frame in frames]
    with PoseEstimator(lock_on=False) as running:
        assert [running.estimate(f.t_s, d) for f, d in zip(frames, dark, strict=True)][-1] is None
    with PoseEstimator() as running:
        poses = [running.estimate(f.t_s, d) for f, d in zip(frames, dark, strict=True)]
    assert all(pose is not None and pose.size_px == (640, 480) for pose in poses[5:])
    gaps = [gap_share(a, b) for a, b in zip(upright[5:], poses[5:], strict=True) if b]
    assert float(np.median(gaps)) < 0.08


def test_a_large_dark_picture_gives_landmarks_in_its_own_pixels(
    frames: list[Frame], upright: list[Pose]
) -> None:
    with PoseEstimator() as running:
        poses = [
            running.estimate(f.t_s, np.asarray(cv2.resize(dimmed(f), (1280, 960)), np.uint8))
            for f in frames[:8]
        ]
    last = poses[-1]
    assert last is not None
    assert last.size_px == (1280, 960)
    gaps_px = np.linalg.norm(last.xy_px[JOINTS] / 2.0 - upright[7].xy_px[JOINTS], axis=1)
    assert float(gaps_px.mean()) / torso_px(upright[7]) < 0.10


@pytest.fixture(scope="module")
def helped() -> list[Frame]:
    """A rendered person who lies, and one who stands behind the mat from the beginning."""
    with VideoFile(KNOWN.parent / "helper-stands-by.mp4") as video:
        return [frame for frame in video.frames() if frame is not None]


def test_the_one_who_lies_is_followed_and_not_the_one_who_stands(helped: list[Frame]) -> None:
    with PoseEstimator(lock_on=False) as running:
        first = [running.estimate(frame.t_s, frame.image_bgr) for frame in helped[:5]]
        assert all(pose is not None and is_upright(pose) for pose in first)
        assert running.persons_seen is None
    with PoseEstimator() as running:
        poses = [running.estimate(frame.t_s, frame.image_bgr) for frame in helped]
        assert running.persons_seen == 2
    assert all(pose is not None and not is_upright(pose) for pose in poses[2:])
    # Head at the right, feet at the left, on the floor: the lower half of 640 by 360 pixels.
    last = poses[-1]
    assert last is not None
    assert last.xy_px[Joint.LEFT_ANKLE, 0] < 300
    assert last.xy_px[Joint.NOSE, 0] > 400
    assert last.xy_px[JOINTS, 1].min() > 230


def test_one_person_is_one(frames: list[Frame]) -> None:
    with PoseEstimator() as running:
        assert running.persons_seen is None
        for frame in frames:
            running.estimate(frame.t_s, frame.image_bgr)
        assert running.persons_seen == 1


def test_times_may_repeat_crowd_and_step_back(frames: list[Frame]) -> None:
    times_s = [5.0, 5.0, 5.0001, 5.0002, 4.0, 4.066, 9e9, 9e9 + 0.066, 0.0, -3.0]
    with PoseEstimator() as running:
        poses = [
            running.estimate(t_s, frame.image_bgr)
            for t_s, frame in zip(times_s, frames, strict=False)
        ]
    assert [pose.t_s if pose else None for pose in poses] == times_s


def test_another_frame_size_is_survived(frames: list[Frame]) -> None:
    small = [cv2.resize(f.image_bgr, (320, 240)) for f in frames[:2]]
    with PoseEstimator() as running:
        running.estimate(0.0, frames[0].image_bgr)
        poses = [running.estimate(0.1 + n * STEP_S, np.asarray(i)) for n, i in enumerate(small)]
    assert all(pose is not None and pose.size_px == (320, 240) for pose in poses)


def test_a_failure_inside_costs_no_frame(frames: list[Frame]) -> None:
    with PoseEstimator() as running:
        running.estimate(0.0, frames[0].image_bgr)
        # A time before the last one is what MediaPipe itself does not survive.
        image = as_mediapipe(frames[0].image_bgr)
        running._landmarker._inner.detect_for_video(image, 50_000)
        assert running.estimate(0.1, frames[1].image_bgr) is not None


@pytest.mark.parametrize(
    ("image", "what"),
    [
        (np.zeros((480, 640), np.uint8), "expected"),
        (np.zeros((480, 640, 4), np.uint8), "expected"),
        (np.zeros((0, 640, 3), np.uint8), "expected"),
        (np.zeros((480, 640, 3), np.float32), "expected"),
    ],
)
def test_what_is_no_picture_is_refused(image: Image, what: str) -> None:
    with PoseEstimator("lite") as running, pytest.raises(ValueError, match=what):
        running.estimate(0.0, image)


def test_a_time_that_is_no_number_is_refused(frames: list[Frame]) -> None:
    with PoseEstimator("lite") as running, pytest.raises(ValueError, match="t_s"):
        running.estimate(float("nan"), frames[0].image_bgr)


def test_closing_twice_is_allowed_and_use_after_it_is_not(frames: list[Frame]) -> None:
    running = PoseEstimator("lite")
    running.close()
    running.close()
    with pytest.raises(ValueError, match="closed"):
        running.estimate(0.0, frames[0].image_bgr)


def test_what_is_no_model_is_refused() -> None:
    with pytest.raises(BadModelError, match="cannot use"):
        Tracker(b"not a model")


def test_importing_the_package_does_not_load_mediapipe() -> None:
    code = "import sys, coreline.vision; sys.exit('mediapipe' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("ending", ["running.close()", "pass"])
def test_the_terminal_stays_clean(ending: str) -> None:
    code = f"""
from coreline.camera.video import VideoFile
from coreline.files.resources import resource_file
from coreline.vision import PoseEstimator
running = PoseEstimator("lite")
frame = next(VideoFile(resource_file("samples", "w56-belly-bridge.mp4")).frames())
assert running.estimate(0.0, frame.image_bgr)
{ending}
"""
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_standard_error_speaks_again_after_the_silence(capfd: pytest.CaptureFixture[str]) -> None:
    with silenced_stderr():
        sys.stderr.flush()
    sys.stderr.write("heard\n")
    assert capfd.readouterr().err == "heard\n"


@given(
    turn_deg=st.sampled_from(TURNS_DEG),
    width=st.integers(2, 40),
    height=st.integers(2, 40),
    data=st.data(),
)
def test_a_pixel_is_brought_back_to_where_it_was(
    turn_deg: int, width: int, height: int, data: st.DataObject
) -> None:
    x, y = data.draw(st.integers(0, width - 1)), data.draw(st.integers(0, height - 1))
    picture = np.zeros((height, width, 3), np.uint8)
    picture[y, x] = 255
    row, column = np.argwhere(turned(picture, turn_deg)[:, :, 0])[0]
    middle = np.array([[column + 0.5, row + 0.5]])
    np.testing.assert_allclose(points_back(middle, turn_deg, (width, height)), [[x + 0.5, y + 0.5]])


@given(
    turn_deg=st.sampled_from(TURNS_DEG),
    points=arrays(np.float64, (4, 3), elements=st.floats(-1e3, 1e3)),
)
def test_directions_turn_as_the_points_they_join(turn_deg: int, points: Array) -> None:
    size_px = (640, 480)
    joined = points_back(points[1:, :2], turn_deg, size_px) - points_back(
        points[:1, :2], turn_deg, size_px
    )
    back = directions_back(points[1:] - points[:1], turn_deg)
    np.testing.assert_allclose(back[:, :2], joined, atol=1e-9)
    np.testing.assert_array_equal(back[:, 2], (points[1:] - points[:1])[:, 2])
