"""One word for where pictures come from: a camera, an address, a file, or the sample."""

from pathlib import Path
from typing import Final

from coreline.camera.names import cameras, find_camera
from coreline.camera.playback import Playback, sample_path
from coreline.camera.source import FrameSource
from coreline.camera.webcam import Webcam
from coreline.choices.settings import FIRST_CAMERA
from coreline.files.reading import is_file

SAMPLE: Final = "sample"
VIDEO_ENDINGS: Final = (".mp4", ".mkv", ".mov", ".avi", ".webm", ".m4v", ".mpg", ".mpeg", ".wmv")


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
    if _is_file(where):
        return Playback(Path(where))
    return Webcam(_first() if where == FIRST_CAMERA else find_camera(where))


def is_recording(where: str) -> bool:
    """Say whether this is a recording, which ends by itself and shows one side."""
    return where == SAMPLE or ("://" not in where and _is_file(where))


def is_own_camera(where: str) -> bool:
    """Say whether this is one of this computer's cameras."""
    return "://" not in where and not is_recording(where)


def _is_file(where: str) -> bool:
    """Say whether a file is meant, be it there or not; a camera's name has no such ending."""
    return is_file(Path(where)) or where.lower().endswith(VIDEO_ENDINGS)


def _first() -> int:
    """Return the number of the first camera; 0 where none is listed, which then says why not."""
    return min(cameras(), default=0)
