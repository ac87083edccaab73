"""The vision thread: what goes in comes out, in order, with a pose where there was a picture."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count

import numpy as np
import pytest
from numpy.typing import NDArray

from coreline.body.pose import LANDMARKS, Pose
from coreline.camera.source import Frame, Trouble
from coreline.placement.checks import CameraTrouble
from coreline.vision.worker import Seen, Worker

IMAGE = np.zeros((48, 64, 3), np.uint8)
Item = Frame | Trouble | None


@dataclass
class Estimator:
    """Finds the same pose in every picture, and keeps the times it was asked for."""

    asked_s: list[float]

    def estimate(self, t_s: float, image_bgr: NDArray[np.uint8], /) -> Pose:
        self.asked_s.append(t_s)
        ones = np.ones(LANDMARKS)
        size_px = (image_bgr.shape[1], image_bgr.shape[0])
        return Pose(t_s, np.ones((LANDMARKS, 2)), ones, ones, np.ones((LANDMARKS, 3)), size_px)


@pytest.fixture(autouse=True)
def _no_thread_is_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    assert set(threading.enumerate()) <= before


def all_seen(items: list[Item], asked_s: list[float]) -> list[Seen[Frame]]:
    @contextmanager
    def make() -> Iterator[Estimator]:
        yield Estimator(asked_s)

    seen: list[Seen[Frame]] = []
    with Worker[Frame](iter(items), make, count(0.0).__next__) as worker:
        while not worker.ended:
            seen += worker.drain(0.1)
        worker.drain()
    return seen


def test_trouble_comes_through_in_its_place_without_a_pose() -> None:
    asked_s: list[float] = []
    items: list[Item] = [
        Frame(1.0, IMAGE, 0),
        None,
        Trouble(2.0, CameraTrouble.STALLED),
        Trouble(2.1, CameraTrouble.RESIZED),
        Frame(3.0, IMAGE, 1),
    ]
    seen = all_seen(items, asked_s)
    assert [one.frame or one.trouble for one in seen] == items
    assert [one.pose is not None for one in seen] == [True, False, False, False, True]
    assert asked_s == [1.0, 3.0]
    assert [one.arrived_s for one in seen] == [0.0, 1.0, 2.0, 3.0, 4.0], "by the clock it was given"


def test_what_is_raised_among_the_frames_is_raised_after_all_before_it() -> None:
    def failing() -> Iterator[Item]:
        yield Frame(1.0, IMAGE, 0)
        yield Trouble(2.0, CameraTrouble.GONE)
        raise LookupError("gone for good")

    @contextmanager
    def make() -> Iterator[Estimator]:
        yield Estimator([])

    seen: list[Seen[Frame]] = []
    with Worker[Frame](failing(), make) as worker:
        with pytest.raises(LookupError, match="gone for good"):
            _drain_all(worker, seen)
        assert len(seen) == 2


def _drain_all(worker: Worker[Frame], seen: list[Seen[Frame]]) -> None:
    while True:
        seen += worker.drain(0.1)
