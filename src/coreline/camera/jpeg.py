"""JPEG pictures, whole or not at all.

Decoders fill up half a picture with grey and say that all went well; so a picture is looked through
from its first marker to its last before it is decoded.
"""

import re
from typing import Final

import cv2
import numpy as np

from coreline.camera.source import Image

START: Final = b"\xff\xd8"
END: Final = b"\xff\xd9"
_FILL: Final = 0xFF
_START_CODE: Final = 0xD8
_END_CODE: Final = 0xD9
_SCAN_CODE: Final = 0xDA
# Inside a scan, FF is followed by 00 or a restart mark; anything else ends it.
_MARK: Final = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")


def jpeg_end(data: bytes | bytearray, start: int = 0) -> int | None:
    """Return the place behind the last byte of the JPEG that begins at `start`.

    None when it does not begin there, is cut off, or another picture begins before it has ended.
    """
    if data[start : start + 2] != START:
        return None
    place = start + 2
    while (code := _code(data, place)) is not None:
        if code == _END_CODE:
            return place + 2
        place = _behind_segment(data, place)
        if code == _SCAN_CODE:
            mark = _MARK.search(data, place)
            place = len(data) if mark is None else mark.start()
    return None


def decoded(data: bytes) -> Image | None:
    """Return the picture in a JPEG; None when it is not whole or makes no sense."""
    end = jpeg_end(data)
    if end is None:
        return None
    packed = np.frombuffer(data, np.uint8, end)
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
