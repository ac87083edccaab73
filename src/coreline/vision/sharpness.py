"""Whether the picture is blurred: a lens that is smeared or out of focus.

An edge that is sharp loses more of its steepness when the picture is smoothed than one that is
blurred already. So the steepest edges of the picture, smoothed a little and smoothed much, are
compared; that says nothing of what the picture shows, and of moving limbs it says nothing either,
since the room behind them stays as sharp as it was. Zhuo and Sim, Defocus map estimation from a
single image (Pattern Recognition 44, 2011), find blur by the same ratio.

Measured at 640 px, on two pictures each of 78 rendered people and 16 rendered exercises, two each
of 8 filmed clips, and 36 photos. The smallest and the largest ratio:

    as they are 1.60 to 2.53    sigma 1 px 1.43 to 2.15    2 px 1.27 to 1.73
    2.5 px 1.18 to 1.56         3 px 1.18 to 1.44          4 px 1.11 to 1.32

A poor JPEG (quality 25) changes nothing, a compressed film blurred by 3 px had 1.39 to 1.48. The
noise of a dark picture looks like sharp edges, so of such a picture nothing is said. One of 160 x
120 pixels is about as blurred as one by 2 px.
"""

from collections import deque
from dataclasses import dataclass, field
from statistics import median
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]

LONGEST_PX: Final = 640  # what is measured does not depend on the camera's resolution
LITTLE_PX: Final = 1.0  # sigma; less would take the noise of a sensor for edges
MUCH_PX: Final = 3.0
STEEPEST: Final = 0.99  # of the picture's pixels, the hundredth with the steepest edges
GLANCE: Final = 64  # one of so many tells about where that begins
HIGHEST: Final = 0.98  # and a little below that, so that it is among what is above
# With a sigma of 3 px, of sixteen exercises two were counted wrongly, and half of the reasons that
# were given were none. All pictures above that are as they are lie above `SHARP`.
BLURRED: Final = 1.45
SHARP: Final = 1.55
EVERY_S: Final = 1.0  # a lens changes slowly, and a look takes as long as half a pose
# In eighths of a grey level a pixel, of the picture that is smoothed much. The pictures above have
# 16 and more, dimmed to a quarter 4 to 16: below that there may be no edge but noise.
FAINT: Final = 16.0
OVER: Final = 3  # looks: a camera that seeks its focus is blurred for a moment


def steepness_ratio(image_bgr: Image) -> float | None:
    """Return how much steeper the edges are when smoothed little than when smoothed much.

    Args:
        image_bgr: (height, width, 3) uint8.

    Returns:
        About 1.2 of a blurred picture and 2 of a sharp one; None where its edges are too faint.
    """
    height, width = image_bgr.shape[:2]
    share = LONGEST_PX / max(height, width)
    grey = np.asarray(cv2.cvtColor(image_bgr, cv2.COLOR_BGR2GRAY), np.uint8)
    if share != 1.0:
        size_px = (max(1, round(width * share)), max(1, round(height * share)))
        how = cv2.INTER_AREA if share < 1.0 else cv2.INTER_LINEAR
        grey = np.asarray(cv2.resize(grey, size_px, interpolation=how), np.uint8)
    much = _steepness(grey, MUCH_PX)
    return None if much < FAINT else _steepness(grey, LITTLE_PX) / much


def _steepness(grey: Image, sigma_px: float) -> float:
    """Return how steep the steepest edges are of a picture that is smoothed first."""
    smooth = cv2.GaussianBlur(grey, (0, 0), sigma_px)
    across = cv2.Sobel(smooth, cv2.CV_32F, 1, 0)
    down = cv2.Sobel(smooth, cv2.CV_32F, 0, 1)
    steep = np.asarray(cv2.magnitude(across, down).ravel(), np.float32)
    return ranked(steep, int(STEEPEST * (len(steep) - 1)))


def ranked(values: NDArray[np.float32], rank: int) -> float:
    """Return the value that comes at a rank, from 0, when all are put in order: a high one.

    It is looked for among the highest alone, as a few of them tell. To part all of them at their
    rank took up to 7 ms, of a picture with many that are equal; this takes 0.1.
    """
    few = np.sort(values[::GLANCE])
    highest = values[values >= few[int(HIGHEST * (len(few) - 1))]]
    left = len(values) - rank
    among = highest if len(highest) >= left else values
    return float(np.sort(among)[len(among) - left])


@dataclass(slots=True)
class BlurWatch:
    """Follow whether the pictures are blurred, by a look at one of them a second."""

    is_blurred: bool = field(default=False, init=False)
    _ratios: deque[float] = field(default_factory=lambda: deque(maxlen=OVER), init=False)
    _looked_s: float | None = field(default=None, init=False)

    def step(self, t_s: float, image_bgr: Image) -> bool:
        """Take in a picture and say whether they are blurred; a clock that went back starts over.

        Args:
            t_s: Time of the picture, seconds.
            image_bgr: (height, width, 3) uint8.
        """
        if self._looked_s is not None and t_s < self._looked_s:
            self._ratios.clear()
        elif self._looked_s is not None and t_s < self._looked_s + EVERY_S:
            return self.is_blurred
        self._looked_s = t_s
        ratio = steepness_ratio(image_bgr)
        if ratio is None:
            return self.is_blurred
        self._ratios.append(ratio)
        self.is_blurred = median(self._ratios) < (SHARP if self.is_blurred else BLURRED)
        return self.is_blurred
