"""A single picture as a source: the same frame for two seconds."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from coreline.camera.source import Frame, Image, SourceInfo
from coreline.closing import Closing
from coreline.errors import BadSourceError

# The set-up check looks at a second and more of a picture: a still one is shown for two
FPS: Final = 15.0
DURATION_S: Final = 2.0


class StillPicture(Closing):
    """Frames of one picture file, for two seconds."""

    def __init__(self, path: Path | str) -> None:
        """Read the file.

        Raises:
            BadSourceError: There is no such file, or it is not a picture.
        """
        place = Path(path)
        self._image = _read(place)
        height, width = self._image.shape[:2]
        count = round(FPS * DURATION_S)
        self._info = SourceInfo(place.name, width, height, FPS, DURATION_S, count)

    @property
    def info(self) -> SourceInfo:
        """Name and size of the picture."""
        return self._info

    def frames(self) -> Iterator[Frame | None]:
        """Yield the picture again and again, each time a little later."""
        for index in range(self._info.frames_expected or 0):
            yield Frame(t_s=index / FPS, image_bgr=self._image, index=index)

    def close(self) -> None:
        """There is nothing to let go of."""


def _read(path: Path) -> Image:
    """Return the picture; read by Python, since OpenCV fails on some names."""
    try:
        content = np.frombuffer(path.read_bytes(), np.uint8)
    except OSError as error:
        raise BadSourceError(
            f"{path}: cannot be read ({error.strerror}); give the path of a picture"
        ) from error
    image = cv2.imdecode(content, cv2.IMREAD_COLOR) if len(content) else None
    if image is None:
        raise BadSourceError(f"{path}: is not a picture; give a PNG or JPEG file")
    return np.asarray(image, np.uint8)
