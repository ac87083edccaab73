"""JPEG pictures, whole or not at all.

Decoders fill up half a picture with grey and say that all went well; so a picture is looked through
from its first marker to its last before it is decoded.
"""

import math
import re
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from coreline.camera.source import Image
from coreline.limits import JPEG_SCANS, PICTURE_PX

START: Final = b"\xff\xd8"
END: Final = b"\xff\xd9"
_FILL: Final = 0xFF
_START_CODE: Final = 0xD8
_END_CODE: Final = 0xD9
_SCAN_CODE: Final = 0xDA
_FRAME_CODES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # those are tables
# Inside a scan, FF is followed by 00 or a restart mark; anything else ends it.
_MARK: Final = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")


@dataclass(frozen=True, slots=True)
class Jpeg:
    """What is known of a whole picture that was looked through.

    Attributes:
        end: The place behind its last byte.
        width_px: As its frame says; 0 where it has none.
        height_px: Likewise.
        scans: How often the picture is gone over.
    """

    end: int
    width_px: int
    height_px: int
    scans: int

    @property
    def can_be_decoded(self) -> bool:
        """Say whether decoding takes no more memory and time than a picture needs."""
        return self.width_px * self.height_px <= PICTURE_PX and self.scans <= JPEG_SCANS


def look_through(data: bytes | bytearray, start: int = 0) -> Jpeg | None:
    """Look through the JPEG that begins at `start`, without decoding anything.

    None when it does not begin there, is cut off, or another picture begins before it has ended.
    """
    if data[start : start + 2] != START:
        return None
    place, size_px, scans = start + 2, (0, 0), 0
    while (code := _code(data, place)) is not None:
        if code == _END_CODE:
            return Jpeg(place + 2, *size_px, scans)
        if code in _FRAME_CODES:
            size_px = max(size_px, _size_px(data, place), key=math.prod)
        place = _behind_segment(data, place)
        if code == _SCAN_CODE:
            scans += 1
            mark = _MARK.search(data, place)
            place = len(data) if mark is None else mark.start()
    return None


def jpeg_end(data: bytes | bytearray, start: int = 0) -> int | None:
    """Return the place behind the last byte of the JPEG that begins at `start`; see above."""
    found = look_through(data, start)
    return None if found is None else found.end


def decoded(data: bytes) -> Image | None:
    """Return the picture in a JPEG; None when it is not whole, makes no sense, or is too large."""
    found = look_through(data)
    if found is None or not found.can_be_decoded:
        return None
    packed = np.frombuffer(data, np.uint8, found.end)
    image = cv2.imdecode(packed, cv2.IMREAD_COLOR)
    return None if image is None else np.asarray(image, np.uint8)


def _code(data: bytes | bytearray, place: int) -> int | None:
    """Return the code of the mark that stands here; None when none does that may."""
    if len(data) < place + 2 or data[place] != _FILL:
        return None
    code = data[place + 1]
    return None if code in (0x00, _FILL, _START_CODE) else code


def _behind_segment(data: bytes | bytearray, place: int) -> int:
    return place + 2 + int.from_bytes(data[place + 2 : place + 4], "big")


def _size_px(data: bytes | bytearray, place: int) -> tuple[int, int]:
    height, width = (int.from_bytes(data[place + at : place + at + 2], "big") for at in (5, 7))
    return width, height
