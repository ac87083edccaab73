import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.camera.jpeg import decoded, jpeg_end

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
