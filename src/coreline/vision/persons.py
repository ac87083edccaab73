"""How many people are in a picture: looked at now and then, beside the one who is followed.

The estimator follows one person and does not notice a second. This looks for up to three in a
single picture with the light model. It takes about 70 ms: ask it once a second, and only while the
person is being placed.
"""

from importlib import import_module
from types import TracebackType
from typing import Any, Final, Self

import cv2
import numpy as np
from numpy.typing import NDArray

from coreline.errors import BadModelError
from coreline.vision.isolation import cut_network, hushed_stderr
from coreline.vision.models import model_bytes

MOST: Final = 3


class PersonCounter:
    """Count people, a picture at a time; close it, or use it as a context manager."""

    def __init__(self, model: str = "lite") -> None:
        """Load the model.

        Raises:
            BadModelError: The model is missing or altered, or MediaPipe cannot use it.
        """
        self._landmarker = _landmarker(model_bytes(model))

    def count(self, image_bgr: NDArray[np.uint8]) -> int:
        """Return how many people are in the picture, three at most."""
        mediapipe = import_module("mediapipe")
        picture = cv2.cvtColor(image_bgr, cv2.COLOR_BGR2RGB)
        image = mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=picture)
        with hushed_stderr():
            return len(self._landmarker.detect(image).pose_landmarks)

    def close(self) -> None:
        """Let go of the model. Closing twice is allowed."""
        with hushed_stderr():
            self._landmarker.close()

    def __enter__(self) -> Self:
        """Return the counter itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()


def _landmarker(model: bytes) -> Any:
    """Return a landmarker for single pictures of several people."""
    cut_network()
    with hushed_stderr():
        tasks = import_module("mediapipe.tasks.python")
        options = tasks.vision.PoseLandmarkerOptions(
            base_options=tasks.BaseOptions(model_asset_buffer=model),
            running_mode=tasks.vision.RunningMode.IMAGE,
            num_poses=MOST,
        )
        try:
            return tasks.vision.PoseLandmarker.create_from_options(options)
        except (RuntimeError, ValueError) as error:
            why = str(error).partition("\n")[0]
            raise BadModelError(f"MediaPipe cannot use the pose model: {why}") from error
