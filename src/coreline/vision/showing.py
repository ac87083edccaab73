"""A look at a part of the picture that one chooses, which MediaPipe does not offer.

Its landmarker looks where the body was in the picture before. So a picture of somebody who lies
exactly there is shown to it first: the still of a demonstration, laid where one wants to look; then
the true picture. Of seven such stills, laid in 120 ways each, the person was found in every one.

Where somebody was seen lately, what surrounds them is left out: it is what they were lost to. Not
where it is a guess: then a wrong body is found more often (at any of 18 places in 14 of 41 pictures
of known people, in 4 with all of the picture).

From there the true body is found where the guess is fair, see `coreline.vision.doubting`, and none
where there is none: never in 340 looks at 20 rendered rooms with a ball and nobody in them.
"""

from dataclasses import replace
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from coreline.body.pose import Pose
from coreline.body.stretched import is_stretched
from coreline.closing import Closing
from coreline.files.demonstrations import START, Shown, still_file
from coreline.vision.choosing import is_same_place
from coreline.vision.doubting import Place, place_of
from coreline.vision.landmarks import pose_of
from coreline.vision.surroundings import alone
from coreline.vision.tracker import Tracker

Image = NDArray[np.uint8]

STILL: Final = Shown("w34-superman", "man")  # who lies flat, alone, whole, and side-on
# The landmarker smooths over time: what comes after one another is shown as if so far apart.
STEP_S: Final = 0.1
# Below MediaPipe's own 0.5 it lets go of whom it follows, and its detector, which comes next, finds
# the wrong body again. Of three known people on a ball whom it loses time and again, the body was
# wrong or not seen for 83, 37 and 19 % of the time in position with 0.5, for 41, 17 and 11 % with
# this; with 0.1 one clip more was judged wrong.
KEPT_SURE: Final = 0.25
LOOKS: Final = 4  # the most; from look to look it comes nearer to the one who is there


class OtherLook(Closing):
    """Looks at a picture where somebody may be, with a landmarker of its own."""

    def __init__(self, model: bytes) -> None:
        """Load a second landmarker, and the still.

        Raises:
            BadModelError: MediaPipe cannot use the model.
        """
        self._model = model
        self._tracker = Tracker(model, sure=KEPT_SURE)
        self._still = _still()
        self._shown = None if self._still is None else self._see(0.0, self._still)

    def look(self, t_s: float, image_bgr: Image, place: Place) -> Pose | None:
        """Return who lies at a place, or None when nobody is seen to lie there.

        Args:
            t_s: Time of the picture, seconds.
            image_bgr: (height, width, 3) uint8.
            place: Where to look.
        """
        if self._still is None or self._shown is None:
            return None
        laid, there = _laid(self._still, self._shown, place, image_bgr.shape[:2])
        began_s = t_s - STEP_S * (LOOKS + 1)
        self._see(began_s, np.zeros_like(image_bgr))  # or it would go on following somebody
        somebody = self._see(began_s + STEP_S, laid)
        if somebody is None or not is_same_place(somebody, there):
            return None
        shown = alone(image_bgr, place) if place.known else image_bgr
        before = None
        for number in range(LOOKS):
            now = self._see(t_s - STEP_S * (LOOKS - 1 - number), shown)
            if now is None:
                return None
            if before is not None and _agree(before, now):
                return replace(now, t_s=t_s)
            before = now
        return None

    def exchanged(self, tracker: Tracker) -> Tracker:
        """Return the landmarker that follows whom the last look found; take another for it."""
        mine = self._tracker
        if tracker.sure != KEPT_SURE:
            tracker.close()
            tracker = Tracker(self._model, sure=KEPT_SURE)
        self._tracker = tracker
        return mine

    def close(self) -> None:
        """Let go of the landmarker. Closing twice is allowed."""
        self._tracker.close()

    def _see(self, t_s: float, image_bgr: Image) -> Pose | None:
        picture = np.asarray(cv2.cvtColor(image_bgr, cv2.COLOR_BGR2RGB), np.uint8)
        seen = self._tracker.detect(round(t_s * 1000.0), picture)
        height, width = image_bgr.shape[:2]
        return None if seen is None else pose_of(t_s, seen, 0, (width, height))


def _agree(*seen: Pose) -> bool:
    """Say whether two looks saw the same one, who lies."""
    return all(is_stretched(pose) for pose in seen) and is_same_place(*seen)


def _laid(still: Image, shown: Pose, place: Place, shape: tuple[int, int]) -> tuple[Image, Pose]:
    """Return a picture in which the person of the still lies at a place, and their pose in it."""
    there = place_of(shown)
    before = complex(*(there.ankles_px - there.shoulders_px))
    after = complex(*(place.ankles_px - place.shoulders_px))
    turn = after / before  # and how much larger
    linear = np.array([[turn.real, -turn.imag], [turn.imag, turn.real]])
    shift_px = place.shoulders_px - linear @ there.shoulders_px
    size_px = (shape[1], shape[0])
    matrix = np.column_stack((linear, shift_px))
    picture = cv2.warpAffine(still, matrix, size_px, borderMode=cv2.BORDER_REPLICATE)
    pose = replace(shown, xy_px=shown.xy_px @ linear.T + shift_px, size_px=size_px)
    return np.asarray(picture, np.uint8), pose


def _still() -> Image | None:
    """Return the still; None where the program's files lack it: nothing is looked for anew then."""
    path = still_file(STILL, START)
    image = None if path is None else cv2.imread(str(path), cv2.IMREAD_COLOR)
    return None if image is None else np.asarray(image, np.uint8)
