"""How many people are in a picture."""

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from coreline.body.pose import Pose
from coreline.camera.source import Image
from coreline.camera.video import VideoFile
from coreline.errors import BadModelError
from coreline.vision.choosing import is_same_place, is_somebody_else, is_upright
from coreline.vision.estimator import PoseEstimator
from coreline.vision.persons import PersonCounter, without
from placement import RECORDINGS

CLIPS = ("w12-back-bridge", "adv-log-roll")


@pytest.fixture(scope="module")
def counter() -> Iterator[PersonCounter]:
    with PersonCounter() as one:
        yield one


@pytest.fixture(scope="module")
def pictures() -> list[Image]:
    return [_picture(name, 60) for name in CLIPS]


def two_people() -> list[Image]:
    """One who lies, and one who stands behind, rendered; 1.5 s."""
    with VideoFile(Path(__file__).parent / "data" / "helper-stands-by.mp4") as source:
        return [frame.image_bgr for frame in source.frames() if frame is not None]


def _picture(name: str, index: int) -> Image:
    with VideoFile(RECORDINGS / f"{name}.mp4") as source:
        frames = (frame for frame in source.frames() if frame is not None)
        return next(frame.image_bgr for frame in frames if frame.index == index)


def test_one_is_one_and_two_are_two(counter: PersonCounter, pictures: list[Image]) -> None:
    assert [counter.count(picture) for picture in pictures] == [1, 1]
    both = np.ascontiguousarray(np.vstack([picture[120:340] for picture in pictures]))
    assert counter.count(both) == 2


def test_one_who_stands_behind_the_other_is_counted(counter: PersonCounter) -> None:
    assert [counter.count(picture) for picture in two_people()[:3]] == [2, 2, 2]


def test_the_other_one_is_found_whoever_of_the_two_is_known(counter: PersonCounter) -> None:
    picture = two_people()[0]
    with PoseEstimator(lock_on=False) as running:
        stands = running.estimate(1.0, picture)
    assert stands is not None
    assert is_upright(stands)
    (lies,) = (one for one in counter.others(picture, stands) if is_somebody_else(one, stands))
    assert not is_upright(lies)
    assert (lies.t_s, lies.size_px) == (1.0, (640, 360))
    (again,) = counter.others(picture, lies, whole=True)
    assert is_same_place(again, stands)


def test_a_smaller_picture_gives_the_same_pixels(counter: PersonCounter) -> None:
    picture = two_people()[0]
    with PoseEstimator(lock_on=False) as running:
        stands = running.estimate(1.0, picture)
    assert stands is not None
    small = np.asarray(cv2.resize(picture, (480, 270), interpolation=cv2.INTER_AREA), np.uint8)
    (lies,), (lies_too,) = counter.others(picture, stands), counter.others(small, stands)
    assert np.abs(lies.xy_px[11:13] - lies_too.xy_px[11:13]).max() < 12.0


def test_painting_over_leaves_the_rest_and_the_picture_itself() -> None:
    picture = np.random.default_rng(1).integers(0, 255, (360, 640, 3), np.uint8)
    before = picture.copy()
    xy_px = np.full((33, 2), 100.0)
    xy_px[25:] = (500.0, 300.0)
    one = Pose(0.0, xy_px, np.ones(33), np.ones(33), np.zeros((33, 3)), (640, 360))
    for whole, end in ((False, (100, 100)), (True, (300, 500))):
        painted = without(picture, one, whole=whole)
        changed = np.argwhere((painted != picture).any(axis=2))
        assert (changed.max(axis=0) >= end).all()
        assert (changed.max(axis=0) <= np.array(end) + 60).all()
    assert np.array_equal(picture, before)


def test_an_empty_room_is_nobody(counter: PersonCounter) -> None:
    assert counter.count(np.full((480, 640, 3), 130, np.uint8)) == 0


def test_a_model_that_is_not_there_is_said_so() -> None:
    with pytest.raises(BadModelError):
        PersonCounter("tiny")


def test_closing_twice_is_allowed() -> None:
    counter = PersonCounter()
    counter.close()
    counter.close()
