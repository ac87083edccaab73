"""Which pictures of a camera can be used, and why not."""

import math
from typing import Final

import cv2
import numpy as np

from coreline.camera.picture_facts import is_covered
from coreline.camera.source import Image
from coreline.placement.checks import CameraTrouble

# 4K, more than any webcam: a picture of 16,000 x 16,000 took 1.5 GB
LARGEST_PX: Final = 3840 * 2160
GLANCE: Final = 16  # rows compared first; two pictures that differ do so here nearly always


class Inspector:
    """Compares each picture of a camera with the one before.

    A picture that equals the one before in every pixel is refused: it tells nothing new. Sensors
    have noise, so a camera that works gives no two equal pictures for long. A made-up scene in
    which nothing at all moves, coded the same way each time, is the exception: it cannot be told
    from a camera that hangs, and is taken for one.
    """

    def __init__(self) -> None:
        """Begin without a picture."""
        self._last: Image | None = None

    def objection(self, image: Image) -> CameraTrouble | None:
        """Return why a picture cannot be used; None when it can."""
        last, self._last = self._last, image
        if is_covered(image):
            return CameraTrouble.BLACK
        if last is not None and same_picture(image, last):
            return CameraTrouble.FROZEN
        return None


def same_picture(one: Image, other: Image) -> bool:
    """Say whether two pictures are equal, exactly."""
    if one.shape != other.shape or not np.array_equal(one[::GLANCE], other[::GLANCE]):
        return False
    return np.array_equal(one, other)


def within_limits(image: Image) -> Image:
    """Return a picture; one larger than 4K is made smaller by a whole number, never stretched."""
    height, width = image.shape[:2]
    step = math.ceil(math.sqrt(height * width / LARGEST_PX))
    if step <= 1:
        return image
    whole = image[: height - height % step, : width - width % step]
    size_px = (width // step, height // step)
    return np.asarray(cv2.resize(whole, size_px, interpolation=cv2.INTER_AREA), np.uint8)
