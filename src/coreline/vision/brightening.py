"""Make a dark picture light enough for the pose model; a picture that is not dark stays as it is.

What a dark picture lacks is not light but calm: the noise of the sensor is as large as what there
is to see, and light that is simply added makes that worse. So the picture is smoothed first and
made lighter after. Measured on rendered people whose pictures were dimmed to a quarter, with noise
of 8 grey levels: of 32 stills of eight people, each looked at as it is and turned, the lying
person was found in

    as it is .25    gamma .06    CLAHE .06    both .03    gain .31
    smoothed with a sigma of 1 px, then gain .78    of 1.5 px .88    of 2 px .97

and of 20 others dimmed to a half .55 as they are, 1.00 smoothed with 1 px. Once somebody is
followed, less smoothing keeps the joints apart: their median error against the bright picture is
2.7 to 4.4 % of the trunk as it is, 1.5 to 2.9 with 1 px and 2.4 to 4.3 with 2 px.
"""

from dataclasses import dataclass, field
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]

SMALL_PX: Final = (64, 36)  # a copy in which the noise is averaged away
GLANCE_PX: Final = 200  # and so many columns of the picture are enough for it
# The brightest tenth: dark clothes and a black mat do not make a room dark
BRIGHT: Final = 0.9
# Grey values of 255. Of 178 rendered and filmed clips that are not dimmed, the brightest tenth
# begins at 52 in one, at 72 to 75 in three, and above that in all others. Between the two values
# what was done to the last picture is done to this one.
DARK: Final = 68.0
LIGHT: Final = 78.0
AIM: Final = 125.0  # most rendered rooms have 100 to 160 there
GAIN_MOST: Final = 8.0  # below that there are fewer than 16 grey values to make anything of
# Against the noise of dark pictures: the detector looks at a small copy and bears more smoothing
# than the joints do. Guesses; footage of dark rooms would settle them.
LOOKING_SIGMA_PX: Final = 2.0
FOLLOWING_SIGMA_PX: Final = 1.0
# Dark pictures longer than this are made smaller first, which costs the joints nothing (the model
# sees 256 pixels of the body) and smooths as well.
LONGEST_PX: Final = 640


def brightness_of(image_bgr: Image) -> float:
    """Return the grey value at which the brightest tenth of a picture begins, 0 to 255.

    A lamp in a dark room does not make it light, and a light body before a black wall is not dark.
    """
    step = max(1, image_bgr.shape[1] // GLANCE_PX)
    # To take columns out of rows is twice as fast as to have both left out at once.
    few = image_bgr[::step].take(range(0, image_bgr.shape[1], step), axis=1)
    small = cv2.resize(few, SMALL_PX, interpolation=cv2.INTER_AREA)
    grey = np.sort(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), axis=None)
    rank = BRIGHT * (len(grey) - 1)  # between two: np.percentile takes several times as long
    below, above = grey[int(rank) : int(rank) + 2].tolist()
    return float(below + (rank - int(rank)) * (above - below))


def brightened(image_bgr: Image, brightness: float, *, looking: bool) -> Image:
    """Return a smoothed and lighter copy of a picture, smaller where it is very large.

    Args:
        image_bgr: (height, width, 3) uint8.
        brightness: What `brightness_of` says of it.
        looking: Whether nobody is followed yet, so that more smoothing does no harm.
    """
    sigma_px = LOOKING_SIGMA_PX if looking else FOLLOWING_SIGMA_PX
    smooth = cv2.GaussianBlur(_shrunk(image_bgr), (0, 0), sigma_px)
    gain = min(AIM / max(brightness, 1.0), GAIN_MOST)
    return np.asarray(cv2.convertScaleAbs(smooth, alpha=gain), np.uint8)


def _shrunk(image_bgr: Image) -> Image:
    """Return the picture no longer than LONGEST_PX."""
    height, width = image_bgr.shape[:2]
    share = LONGEST_PX / max(height, width)
    if share >= 1.0:
        return image_bgr
    size_px = (max(1, round(width * share)), max(1, round(height * share)))
    return np.asarray(cv2.resize(image_bgr, size_px, interpolation=cv2.INTER_AREA), np.uint8)


@dataclass(slots=True)
class Brightener:
    """Follow whether the pictures are dark, and lighten those that are."""

    is_dark: bool = field(default=False, init=False)

    def step(self, image_bgr: Image, *, looking: bool) -> Image:
        """Return the picture for the pose model: the very same one unless it is dark."""
        brightness = brightness_of(image_bgr)
        self.is_dark = brightness < (LIGHT if self.is_dark else DARK)
        return brightened(image_bgr, brightness, looking=looking) if self.is_dark else image_bgr
