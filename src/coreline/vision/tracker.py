"""MediaPipe's landmarker in a video, which survives what would end it."""

from contextlib import nullcontext

import numpy as np
from numpy.typing import NDArray

from coreline.closing import Closing
from coreline.files.streams import silenced_stderr
from coreline.vision.landmarker import SURE, as_mediapipe, close, new_landmarker
from coreline.vision.landmarks import rows_of

Image = NDArray[np.uint8]
Array = NDArray[np.float64]


class Tracker(Closing):
    """Finds one person in a picture and follows them from then on."""

    def __init__(self, model: bytes, *, sure: float = SURE) -> None:
        """Load the model; `sure` is the confidence below which nobody is followed or seen.

        Raises:
            BadModelError: MediaPipe cannot use the model.
        """
        self.sure = sure
        self._model = model
        self._inner = new_landmarker(model, video=True, persons=1, sure=sure)
        self._closed = False
        self._clock_ms = -1
        self._warns = True

    def detect(self, time_ms: int, image_rgb: Image) -> Array | None:
        """Return (33, 7): x, y, z as shares of the width and height (z: width), visibility, world.

        A frame at which MediaPipe fails is tried once more with a new landmarker, then given up.
        """
        if self._closed:
            raise ValueError("the pose estimator is closed")
        try:
            return self._detect(time_ms, image_rgb)
        except (RuntimeError, ValueError):
            self.renew()
        try:
            return self._detect(time_ms, image_rgb)
        except (RuntimeError, ValueError):
            self.renew()
            return None

    def renew(self) -> None:
        """Replace the inner landmarker by one that knows nothing of earlier frames."""
        close(self._inner)
        self._inner = new_landmarker(self._model, video=True, persons=1, sure=self.sure)
        self._clock_ms = -1
        self._warns = True

    def close(self) -> None:
        """Close the inner landmarker; closing twice is allowed."""
        self._closed = True
        close(self._inner)

    def _detect(self, time_ms: int, image_rgb: Image) -> Array | None:
        """Detect, silenced until somebody is first found: only then is the last warning out."""
        self._clock_ms = max(time_ms, self._clock_ms + 1)
        with silenced_stderr() if self._warns else nullcontext():
            result = self._inner.detect_for_video(as_mediapipe(image_rgb), self._clock_ms)
        seen = next(iter(rows_of(result)), None)
        self._warns = self._warns and seen is None
        return seen
