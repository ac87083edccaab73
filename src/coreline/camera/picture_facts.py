"""What a picture tells beside the pose in it: its size, its light, and whether the lens is covered.

Everything is worked out on a copy of 64 by 36 pixels, in which the noise of the sensor is averaged
away: a covered lens gives noise too, and noise is not contrast.
"""

from typing import Final

import cv2

from coreline.camera.source import Image
from coreline.placement.checks import PictureFacts

SMALL_PX: Final = (64, 36)  # a copy in which the noise is averaged away
# Measured on rendered and filmed rooms, dimmed, with noise of 8 grey levels: at 15 % of the light
# they keep a contrast of 2.6 or more, at 5 % they have less than 2.
COVERED_CONTRAST: Final = 2.0
COVERED_BRIGHTNESS: Final = 32.0  # of 255: a lens that is covered lets in no more, a guess
GLANCE: Final = 16  # every so many rows and columns are enough to see that there is light


def facts_of(image_bgr: Image) -> PictureFacts:
    """Return size, mean grey value and contrast of a picture; nobody is counted."""
    small = cv2.resize(image_bgr, SMALL_PX, interpolation=cv2.INTER_AREA)
    grey = cv2.cvtColor(small, cv2.COLOR_BGR2GRAY)
    height, width = image_bgr.shape[:2]
    return PictureFacts(width, height, float(grey.mean()), float(grey.std()))


def is_covered(image_bgr: Image) -> bool:
    """Say whether there is nothing to see: a covered lens, a closed shutter, no light at all.

    A dark room in which a body still stands out is not covered. Nor is a lens that lets a pattern
    of light through, such as a hand held before a lamp: nobody will be seen there.
    """
    if image_bgr[::GLANCE, ::GLANCE].mean() > 2.0 * COVERED_BRIGHTNESS:
        return False
    facts = facts_of(image_bgr)
    return facts.brightness < COVERED_BRIGHTNESS and facts.contrast < COVERED_CONTRAST
