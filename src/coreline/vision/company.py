"""Finds poses, with the light model where the machine is too slow for the one that was chosen.

Now and then the people are counted as well, while somebody wants to know.
"""

import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from coreline.body.pose import Pose
from coreline.closing import Closing
from coreline.errors import BadModelError
from coreline.vision.estimator import PoseEstimator
from coreline.vision.keeping_up import LIGHT, KeepingUp
from coreline.vision.persons import PersonCounter
from coreline.vision.sharpness import BlurWatch

EVERY_S: Final = 1.0  # a count takes up to three looks of 30 ms, and nobody comes in faster


class Company(Closing):
    """An estimator that also knows how many people are in the picture.

    Counting takes as long as two or three poses, so it is done in the estimator's thread and only
    while `wanted`. Set `wanted` and read the rest from any thread.
    """

    def __init__(self, model: str, clock_s: Callable[[], float] = time.monotonic) -> None:
        """Take the pose model's name; nothing is loaded before it is entered."""
        self.wanted = False
        self.persons: int | None = None
        self._keeping_up, self._clock_s = KeepingUp(model), clock_s
        self._blur = BlurWatch()  # a lens does not change with the model
        self._stack = ExitStack()
        self._estimator: PoseEstimator | None = None
        self._counter: PersonCounter | None = None
        self._counted_s = -EVERY_S

    def estimate(self, t_s: float, image_bgr: NDArray[np.uint8], /) -> Pose | None:
        """Return the pose in a picture."""
        if self._estimator is None:
            raise RuntimeError("enter it first")
        self._count(image_bgr)
        begun_s = self._clock_s()
        pose = self._estimator.estimate(t_s, image_bgr)
        ended_s = self._clock_s()
        if self._keeping_up.step(ended_s, ended_s - begun_s):
            self._change()
        return pose

    @property
    def persons_now(self) -> int | None:
        """Return how many people were there lately, as whoever looks for the pose saw it anyway."""
        return self._estimator.persons_now if self._estimator is not None else None

    @property
    def light(self) -> bool:
        """Say whether the light model is used because the machine is too slow for the usual one."""
        return self._keeping_up.light

    def _change(self) -> None:
        """Take another model; where that is missing, go on with the present one, and for good."""
        try:
            other = PoseEstimator(self._keeping_up.model, blur=self._blur)
        except BadModelError:
            self._keeping_up = KeepingUp(LIGHT)
            return
        if self._estimator is not None:
            self._estimator.close()
        self._estimator = self._stack.enter_context(other)

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
        estimator = PoseEstimator(self._keeping_up.model, blur=self._blur)
        self._estimator = self._stack.enter_context(estimator)
        return self

    def close(self) -> None:
        """Let go of the models."""
        self._stack.close()
