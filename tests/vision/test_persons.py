"""How many people are in a picture."""

from collections.abc import Iterator

import numpy as np
import pytest

from coreline.camera.source import Image
from coreline.camera.video import VideoFile
from coreline.errors import BadModelError
from coreline.vision.persons import PersonCounter
from placement import RECORDINGS

CLIPS = ("w12-back-bridge", "adv-log-roll")


@pytest.fixture(scope="module")
def counter() -> Iterator[PersonCounter]:
    with PersonCounter() as one:
        yield one


@pytest.fixture(scope="module")
def pictures() -> list[Image]:
    return [_picture(name, 60) for name in CLIPS]


def _picture(name: str, index: int) -> Image:
    with VideoFile(RECORDINGS / f"{name}.mp4") as source:
        frames = (frame for frame in source.frames() if frame is not None)
        return next(frame.image_bgr for frame in frames if frame.index == index)


def test_one_is_one_and_two_are_two(counter: PersonCounter, pictures: list[Image]) -> None:
    assert [counter.count(picture) for picture in pictures] == [1, 1]
    both = np.ascontiguousarray(np.vstack([picture[120:340] for picture in pictures]))
    assert counter.count(both) == 2


def test_an_empty_room_is_nobody(counter: PersonCounter) -> None:
    assert counter.count(np.full((480, 640, 3), 130, np.uint8)) == 0


def test_a_model_that_is_not_there_is_said_so() -> None:
    with pytest.raises(BadModelError):
        PersonCounter("tiny")


def test_closing_twice_is_allowed() -> None:
    counter = PersonCounter()
    counter.close()
    counter.close()
