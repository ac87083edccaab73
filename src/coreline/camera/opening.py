"""One word for where pictures come from: a camera, an address, a file, or the sample."""

from pathlib import Path

from coreline.camera.named import SAMPLE, is_video
from coreline.camera.names import cameras, find_camera
from coreline.camera.playback import Playback, sample_path
from coreline.camera.source import FrameSource
from coreline.camera.webcam import Webcam
from coreline.choices.settings import FIRST_CAMERA


def open_source(where: str) -> FrameSource:
    """Return what a person named, opened.

    Args:
        where: first (camera), a camera's number or name, an address, a video file, or sample.

    Raises:
        BadSourceError: It cannot be opened, or no camera has this name.
        MissingResourceError: The sample is not there.
    """
    if where == SAMPLE:
        return Playback(sample_path())
    if "://" in where:
        return Webcam(where)
    if is_video(where):
        return Playback(Path(where))
    return Webcam(_first() if where == FIRST_CAMERA else find_camera(where))


def _first() -> int:
    """Return the number of the first camera; 0 where none is listed, which then says why not."""
    return min(cameras(), default=0)
