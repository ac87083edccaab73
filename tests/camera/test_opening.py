"""One word for where pictures come from."""

from pathlib import Path

import pytest

from coreline.camera.named import is_own_camera, is_recording
from coreline.camera.names import cameras
from coreline.camera.opening import open_source
from coreline.camera.playback import sample_path
from coreline.errors import BadSourceError


def test_the_sample_and_a_file_are_opened() -> None:
    for where in ("sample", str(sample_path())):
        with open_source(where) as source:
            assert (source.info.width, source.info.height) == (640, 480)


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("gone.mp4", "no such file"),
        ("http://127.0.0.1:9/video", "no pictures come from this address"),
        ("no such camera at all", "camera"),
    ],
)
def test_what_is_not_there_is_said_for_what_it_is(where: str, said: str) -> None:
    with pytest.raises(BadSourceError, match=said) as caught:
        open_source(where)
    assert where in str(caught.value)


@pytest.mark.skipif(bool(cameras()), reason="there is a camera here")
@pytest.mark.parametrize("where", ["first", "0"])
def test_no_camera_is_said(where: str) -> None:
    with pytest.raises(BadSourceError, match="this machine has no camera"):
        open_source(where)


@pytest.mark.parametrize(
    ("where", "recording", "own_camera"),
    [
        ("sample", True, False),
        ("clip.MP4", True, False),
        ("first", False, True),
        ("2", False, True),
        ("HD Webcam", False, True),
        ("http://phone:8080/clip.mp4", False, False),
        ("rtsp://10.0.0.2/live", False, False),
    ],
)
def test_what_a_word_stands_for(where: str, recording: bool, own_camera: bool) -> None:
    assert is_recording(where) is recording
    assert is_own_camera(where) is own_camera


def test_a_file_that_is_there_is_one_whatever_its_name(tmp_path: Path) -> None:
    clip = tmp_path / "clip.of.mine"
    clip.write_bytes(sample_path().read_bytes())
    assert is_recording(str(clip))
