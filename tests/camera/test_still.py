"""A single picture as a source."""

import struct
from pathlib import Path

import cv2
import numpy as np
import pytest

from coreline.camera.source import Frame
from coreline.camera.still import StillPicture
from coreline.errors import BadSourceError
from coreline.limits import PHOTO_BYTES
from targets import pipe


def test_it_is_the_same_picture_for_two_seconds(tmp_path: Path) -> None:
    path = tmp_path / "foto é.png"
    image = np.arange(8 * 6 * 3, dtype=np.uint8).reshape(6, 8, 3)
    path.write_bytes(cv2.imencode(".png", image)[1].tobytes())
    with StillPicture(path) as source:
        frames = [frame for frame in source.frames() if isinstance(frame, Frame)]
        assert (source.info.width, source.info.height, source.info.name) == (8, 6, "foto é.png")
    assert len(frames) == source.info.frames_expected
    assert all((frame.image_bgr == image).all() for frame in frames)
    assert frames[-1].t_s - frames[0].t_s == pytest.approx(2.0, abs=0.1)
    assert (np.diff([frame.t_s for frame in frames]) > 0.0).all()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot be read"),
        (b"", "is an empty file"),
        (b"text, no picture", "is not a picture"),
    ],
)
def test_what_is_no_picture_is_said_so(tmp_path: Path, content: bytes | None, said: str) -> None:
    path = tmp_path / "a.png"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BadSourceError, match=said):
        StillPicture(path)


def test_a_photo_that_would_fill_the_memory_is_refused_by_its_head(tmp_path: Path) -> None:
    png = bytearray(cv2.imencode(".png", np.zeros((6, 8, 3), np.uint8))[1].tobytes())
    png[16:24] = struct.pack(">II", 100_000, 100_000)
    jpeg = bytearray(cv2.imencode(".jpg", np.zeros((6, 8, 3), np.uint8))[1].tobytes())
    at = jpeg.index(b"\xff\xc0") + 5
    jpeg[at : at + 4] = struct.pack(">HH", 60_000, 60_000)
    for content in (png, jpeg):
        (tmp_path / "a").write_bytes(content)
        with pytest.raises(BadSourceError, match=r"000 x \d+ pixels, 33 million at most"):
            StillPicture(tmp_path / "a")


def test_half_a_photo_and_other_kinds_of_pictures_are_refused(tmp_path: Path) -> None:
    image = np.zeros((60, 80, 3), np.uint8)
    for content in (
        cv2.imencode(".jpg", image)[1].tobytes()[:-200],
        cv2.imencode(".bmp", image)[1].tobytes(),
        cv2.imencode(".tiff", image)[1].tobytes(),
        b"\x89PNG\r\n\x1a\n" + bytes(60),
    ):
        (tmp_path / "a").write_bytes(content)
        with pytest.raises(BadSourceError, match="a PNG or JPEG"):
            StillPicture(tmp_path / "a")


def test_a_pipe_and_a_huge_file_are_not_read(tmp_path: Path) -> None:
    with pytest.raises(BadSourceError, match="is no regular file"):
        StillPicture(pipe(tmp_path / "pipe"))
    with (tmp_path / "huge").open("wb") as file:
        file.truncate(PHOTO_BYTES + 1)
    with pytest.raises(BadSourceError, match="is larger than 64 MB"):
        StillPicture(tmp_path / "huge")
