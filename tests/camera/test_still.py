"""A single picture as a source."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from coreline.camera.source import Frame
from coreline.camera.still import StillPicture
from coreline.errors import BadSourceError


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
        (b"", "is not a picture"),
        (b"text, no picture", "is not a picture"),
    ],
)
def test_what_is_no_picture_is_said_so(tmp_path: Path, content: bytes | None, said: str) -> None:
    path = tmp_path / "a.png"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BadSourceError, match=said):
        StillPicture(path)
