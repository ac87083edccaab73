"""Finds poses, and now and then counts the people, while somebody wants to know."""

import time
from contextlib import ExitStack
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from coreline.body.pose import Pose
from coreline.closing import Closing
from coreline.vision.estimator import PoseEstimator
from coreline.vision.persons import PersonCounter

EVERY_S: Final = 1.0  # a count takes up to three looks of 30 ms, and nobody comes in faster


class Company(Closing):
    """An estimator that also knows how many people are in the picture.

    Counting takes as long as two or three poses, so it is done in the estimator's thread and only
    while `wanted`. Set `wanted` and read `persons` from any thread.
    """

    def __init__(self, model: str) -> None:
        """Take the pose model's name; nothing is loaded before it is entered."""
        self.wanted = False
        self.persons: int | None = None
        self._model = model
        self._stack = ExitStack()
        self._estimator: PoseEstimator | None = None
        self._counter: PersonCounter | None = None
        self._counted_s = -EVERY_S

    def estimate(self, t_s: float, image_bgr: NDArray[np.uint8], /) -> Pose | None:
        """Return the pose in a picture."""
        if self._estimator is None:
            raise RuntimeError("enter it first")
        self._count(image_bgr)
        return self._estimator.estimate(t_s, image_bgr)

    def _count(self, image_bgr: NDArray[np.uint8]) -> None:
        now_s = time.monotonic()
        if not self.wanted or now_s - self._counted_s < EVERY_S:
            return
        if self._counter is None:
            self._counter = self._stack.enter_context(PersonCounter())
        self.persons = self._counter.count(image_bgr)
        self._counted_s = now_s

    def __enter__(self) -> Self:
        """Load the pose model and return the estimator itself."""
        self._estimator = self._stack.enter_context(PoseEstimator(self._model))
        return self

    def close(self) -> None:
        """Let go of the models."""
        self._stack.close()
