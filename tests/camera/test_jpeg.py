import struct
import tracemalloc

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.camera.jpeg import decoded, jpeg_end, look_through
from coreline.limits import JPEG_SCANS

PICTURE = np.random.default_rng(3).integers(0, 255, (48, 64, 3)).astype(np.uint8)


def jpeg(*settings: int) -> bytes:
    return cv2.imencode(".jpg", PICTURE, settings)[1].tobytes()


@pytest.mark.parametrize(
    "settings",
    [(), (cv2.IMWRITE_JPEG_PROGRESSIVE, 1), (cv2.IMWRITE_JPEG_RST_INTERVAL, 2)],
    ids=["plain", "progressive", "with restart marks"],
)
def test_a_whole_picture_ends_where_it_ends(settings: tuple[int, ...]) -> None:
    data = jpeg(*settings)
    assert jpeg_end(data + b"\0\0more") == len(data)
    assert jpeg_end(b"before" + data, 6) == len(data) + 6
    image = decoded(data + b"\r\n--next")
    assert image is not None
    assert image.shape == PICTURE.shape


@given(st.integers(0, len(jpeg()) - 1))
def test_a_picture_cut_off_anywhere_is_none(length: int) -> None:
    assert jpeg_end(jpeg()[:length]) is None
    assert decoded(jpeg()[:length]) is None


@given(st.integers(400, len(jpeg()) - 3))
def test_half_a_picture_does_not_swallow_the_next(length: int) -> None:
    assert jpeg_end(jpeg()[:length] + b"\r\n--part\r\n\r\n" + jpeg()) is None


@given(st.binary(max_size=300))
def test_anything_at_all_is_looked_through_without_harm(data: bytes) -> None:
    for rubbish in (data, b"\xff\xd8" + data, jpeg()[:400] + data):
        end = jpeg_end(rubbish)
        assert end is None or 4 <= end <= len(rubbish)


def test_a_picture_whose_ends_are_there_but_nothing_in_between_is_none() -> None:
    assert decoded(b"\xff\xd8\xff\xd9") is None
    assert decoded(b"") is None


def with_size(data: bytes, width: int, height: int) -> bytes:
    """Return a JPEG that says so of its size."""
    at = data.index(b"\xff\xc0") + 5
    return data[:at] + struct.pack(">HH", height, width) + data[at + 4 :]


def test_what_a_picture_says_of_itself_is_read_without_decoding() -> None:
    found = look_through(jpeg())
    assert found is not None
    assert (found.end, found.width_px, found.height_px, found.scans) == (len(jpeg()), 64, 48, 1)
    progressive = look_through(jpeg(cv2.IMWRITE_JPEG_PROGRESSIVE, 1))
    assert progressive is not None
    assert 1 < progressive.scans < 20
    assert progressive.can_be_decoded


@pytest.mark.parametrize("size_px", [(65_000, 65_000), (7_681, 4_320), (0xFFFF, 600)])
def test_a_picture_that_would_fill_the_memory_is_none(size_px: tuple[int, int]) -> None:
    tracemalloc.start()
    assert decoded(with_size(jpeg(), *size_px)) is None
    assert tracemalloc.get_traced_memory()[1] < 100_000
    tracemalloc.stop()


def test_a_picture_that_is_gone_over_without_end_is_none() -> None:
    data = jpeg(cv2.IMWRITE_JPEG_PROGRESSIVE, 1)
    last = data.rindex(b"\xff\xda")
    assert decoded(data[:-2] + data[last:-2] * JPEG_SCANS + data[-2:]) is None
