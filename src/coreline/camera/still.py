"""A single picture as a source: the same frame for two seconds."""

import math
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from coreline.camera.jpeg import decoded, look_through
from coreline.camera.source import Frame, Image, SourceInfo
from coreline.closing import Closing
from coreline.errors import BadSourceError
from coreline.files.kinds import Kind, refuse_other_kind
from coreline.files.reading import read_file, reason_in_dutch
from coreline.files.streams import silenced_stderr
from coreline.limits import PHOTO_BYTES, PICTURE_PX
from coreline.printable import printable

# The set-up check looks at a second and more of a picture: a still one is shown for two
FPS: Final = 15.0
DURATION_S: Final = 2.0
_WANTED: Final = ("a PNG or JPEG; give one of these", "PNG of JPEG; geef een van deze")
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_PNG_SIZE: Final = struct.Struct(">16xII")  # its first piece always says the size


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
        self._info = SourceInfo(printable(place.name), width, height, FPS, DURATION_S, count)

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
    refuse_other_kind(path, BadSourceError, _WANTED, {Kind.JPEG, Kind.PNG})
    try:
        content = read_file(path, PHOTO_BYTES)
    except OSError as error:
        raise BadSourceError(
            f"{path}: cannot be read ({error.strerror or error}); give the path of a picture",
            nl=f"{path}: niet te lezen ({reason_in_dutch(error)}); geef het pad van een foto",
        ) from error
    size_px = _size_px(content)
    if size_px is not None and math.prod(size_px) > PICTURE_PX:
        raise BadSourceError(
            f"{path}: has {size_px[0]} x {size_px[1]} pixels, {PICTURE_PX // 1_000_000} million at "
            "most; make it smaller",
            nl=f"{path}: heeft {size_px[0]} x {size_px[1]} beeldpunten, hoogstens "
            f"{PICTURE_PX // 1_000_000} miljoen kan; maak hem kleiner",
        )
    with silenced_stderr():  # the decoders tell of damage there and nowhere else
        image = None if size_px is None else _decoded(content)
    if image is None:
        raise BadSourceError(
            f"{path}: is not a picture, or not a whole one; give a PNG or JPEG",
            nl=f"{path}: is geen foto, of geen hele; geef een PNG of JPEG",
        )
    return image


def _size_px(content: bytes) -> tuple[int, int] | None:
    """Return width and height as a picture says them; None of what is neither PNG nor JPEG."""
    if content.startswith(_PNG) and len(content) >= _PNG_SIZE.size:
        width, height = _PNG_SIZE.unpack_from(content)
        return width, height
    found = look_through(content)
    return None if found is None else (found.width_px, found.height_px)


def _decoded(content: bytes) -> Image | None:
    if not content.startswith(_PNG):
        return decoded(content)
    try:
        image = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error:  # a size that OpenCV itself refuses
        return None
    return None if image is None else np.asarray(image, np.uint8)
