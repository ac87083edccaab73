"""Bodies that MediaPipe misses are found where they lie: the real model on real pixels.

The pictures are of two rendered people (CC0 1.0), known ones: one with the shoulders on a ball, for
whom the model takes somebody who sits in the middle of the body, and one in a dim room with the
feet on it, whom it does not find.
"""

from pathlib import Path

import numpy as np
import pytest

from coreline.body.pose import Joint, Pose
from coreline.body.stretched import is_folded, is_stretched
from coreline.camera.source import Frame, Image
from coreline.camera.video import VideoFile
from coreline.vision import PoseEstimator, showing
from coreline.vision.doubting import Place, guesses
from coreline.vision.models import model_bytes
from coreline.vision.showing import OtherLook
from coreline.vision.tracker import Tracker

DATA = Path(__file__).parent / "data"
# Where shoulders and ankles truly are in all pictures, pixels, one leg of the first one stands.
ON_BALL = "shoulders-on-ball.mp4", (387.0, 179.0), (112.0, 218.0)
DIM = "feet-on-ball-dim.mp4", (365.0, 287.0), (201.0, 197.0)
Case = tuple[str, tuple[float, float], tuple[float, float]]


def frames_of(name: str) -> list[Frame]:
    with VideoFile(DATA / name) as video:
        return [frame for frame in video.frames() if frame is not None]


def poses_of(frames: list[Frame], *, lock_on: bool = True) -> list[Pose | None]:
    with PoseEstimator(lock_on=lock_on) as running:
        return [running.estimate(frame.t_s, frame.image_bgr) for frame in frames]


def place_in(case: Case) -> Place:
    return Place(np.array(case[1]), np.array(case[2]))


def off(pose: Pose, case: Case) -> float:
    """How far shoulders and the farther ankle are off, as a share of the body's length."""
    place = place_in(case)
    length_px = float(np.hypot(*(place.ankles_px - place.shoulders_px)))
    shoulders = pose.xy_px[[Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER]].mean(axis=0)
    ankles = pose.xy_px[[Joint.LEFT_ANKLE, Joint.RIGHT_ANKLE]]
    ankle = max(ankles, key=lambda each: float(np.hypot(*(each - shoulders))))
    gaps_px = (np.hypot(*(shoulders - place.shoulders_px)), np.hypot(*(ankle - place.ankles_px)))
    return float(max(gaps_px)) / length_px


def test_without_a_doubt_one_is_misread_and_the_other_never_found() -> None:
    misread = poses_of(frames_of(ON_BALL[0]), lock_on=False)
    assert all(pose is not None and is_folded(pose) for pose in misread)
    dim = poses_of(frames_of(DIM[0]), lock_on=False)
    assert all(pose is None or off(pose, DIM) > 0.5 for pose in dim)


def test_a_wrong_body_is_left_for_the_true_one_within_a_second() -> None:
    frames = frames_of(ON_BALL[0])
    poses = poses_of(frames)
    late = [pose for frame, pose in zip(frames, poses, strict=True) if frame.t_s > 1.0]
    assert late
    for pose in late:
        assert pose is not None
        assert is_stretched(pose)
        assert off(pose, ON_BALL) < 0.15


@pytest.mark.parametrize("case", [ON_BALL, DIM], ids=["on ball", "dim"])
def test_who_is_shown_where_the_body_is_finds_it_and_follows_it(case: Case) -> None:
    frames = frames_of(case[0])
    with OtherLook(model_bytes("full")) as other:
        pose = other.look(frames[0].t_s, frames[0].image_bgr, place_in(case))
        assert pose is not None
        assert pose.t_s == frames[0].t_s
        assert off(pose, case) < 0.15
        with other.exchanged(Tracker(model_bytes("full"))) as tracker:
            for frame in frames[1:]:
                seen = tracker.detect(round(frame.t_s * 1000.0), frame.image_bgr[..., ::-1].copy())
                assert seen is not None


def test_nobody_is_found_where_nobody_is() -> None:
    frame = frames_of(ON_BALL[0])[0]
    wall = frame.image_bgr.copy()
    wall[:] = np.median(wall, axis=(0, 1))
    with OtherLook(model_bytes("full")) as other:
        for number, place in enumerate(guesses((wall.shape[1], wall.shape[0]))):
            assert other.look(float(number), wall, place) is None


def test_without_the_still_nothing_is_found_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(showing, "still_file", lambda *_: None)
    frame: Frame = frames_of(ON_BALL[0])[0]
    image: Image = frame.image_bgr
    with OtherLook(model_bytes("full")) as other:
        assert other.look(frame.t_s, image, place_in(ON_BALL)) is None
