"""Who is in a picture beside the one who is followed: looked at now and then.

The estimator follows one person and does not notice a second. This looks for up to three in a
single picture with the light model, which takes about 30 ms.

Of two people who are near each other or of different size the detector gives one. So whoever is
known is painted over, and then the other one is found. With head and trunk painted over that was
so in 48 of 48 rendered pictures of somebody who stands before or behind one who lies, and in 35
of 48 the other way about. What is left of the legs then looks like somebody in 7 of 83 pictures of
one person, but never in the same place once the whole body is painted over: so who is to be counted
is looked for in both ways (43 and 30 of 48, and 0 of 83).
"""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from coreline.body.pose import Pose
from coreline.body.presence import length_px
from coreline.closing import Closing
from coreline.files.streams import silenced_stderr
from coreline.vision.choosing import is_same_place, is_somebody_else
from coreline.vision.landmarker import as_mediapipe, close, new_landmarker
from coreline.vision.landmarks import pose_of, rows_of
from coreline.vision.models import model_bytes

Image = NDArray[np.uint8]

MOST: Final = 3  # that there is a second is all that is told; a third is room for a mistake
_HEAD_AND_TRUNK: Final = [*range(13), 23, 24]
# In lengths of the body, on all sides.
_AROUND: Final = 0.12
_AROUND_WHOLE: Final = 0.06  # half, or the one beside would be painted over too: a guess


class PersonCounter(Closing):
    """Find people, a picture at a time; close it, or use it as a context manager."""

    def __init__(self, model: str = "lite") -> None:
        """Load the model.

        Raises:
            BadModelError: The model is missing or altered, or MediaPipe cannot use it.
        """
        self._landmarker = new_landmarker(model_bytes(model), video=False, persons=MOST)

    def count(self, image_bgr: Image) -> int:
        """Return how many people are in the picture, three at most."""
        known = self._poses(0.0, image_bgr, (image_bgr.shape[1], image_bgr.shape[0]))
        if len(known) != 1:
            return len(known)
        more = self._beside(image_bgr, known[0], whole=False)
        again = self._beside(image_bgr, known[0], whole=True) if more else []
        sure = [each for each in more if any(is_same_place(each, one) for one in again)]
        return min(1 + len(sure), MOST)

    def others(self, image_bgr: Image, pose: Pose, *, whole: bool = False) -> list[Pose]:
        """Return whoever else is seen; the one in `pose` may be among them once more.

        Args:
            image_bgr: (height, width, 3) uint8, of any size.
            pose: The one who is known; what is returned is in the same pixels.
            whole: Paint over all of them, not only head and trunk.
        """
        return self._poses(pose.t_s, without(image_bgr, pose, whole=whole), pose.size_px)

    def close(self) -> None:
        """Let go of the model. Closing twice is allowed."""
        close(self._landmarker)

    def _beside(self, image_bgr: Image, pose: Pose, *, whole: bool) -> list[Pose]:
        others = self.others(image_bgr, pose, whole=whole)
        return [each for each in others if is_somebody_else(each, pose)]

    def _poses(self, t_s: float, image_bgr: Image, size_px: tuple[int, int]) -> list[Pose]:
        picture = np.asarray(cv2.cvtColor(image_bgr, cv2.COLOR_BGR2RGB), np.uint8)
        with silenced_stderr():
            rows = rows_of(self._landmarker.detect(as_mediapipe(picture)))
        poses = (pose_of(t_s, seen, 0, size_px) for seen in rows)
        return [pose for pose in poses if pose is not None]


def without(image_bgr: Image, pose: Pose, *, whole: bool = False) -> Image:
    """Return a copy of a picture with somebody's head and trunk painted over, or all of them."""
    height, width = image_bgr.shape[:2]
    scale = width / pose.size_px[0]
    points_px = (pose.xy_px if whole else pose.xy_px[_HEAD_AND_TRUNK]) * scale
    around_px = (_AROUND_WHOLE if whole else _AROUND) * length_px(pose) * scale
    left, top = (points_px.min(axis=0) - around_px).clip(0.0, (width, height)).astype(int)
    right, bottom = (points_px.max(axis=0) + around_px).clip(0.0, (width, height)).astype(int)
    painted = image_bgr.copy()
    painted[top:bottom, left:right] = cv2.mean(image_bgr)[:3]
    return painted
