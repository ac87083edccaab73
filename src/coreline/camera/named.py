"""What a person may name as the source of pictures; nothing is opened to tell one from another."""

from pathlib import Path
from typing import Final

from coreline.files.reading import is_file

SAMPLE: Final = "sample"
VIDEO_ENDINGS: Final = (".mp4", ".mkv", ".mov", ".avi", ".webm", ".m4v", ".mpg", ".mpeg", ".wmv")


def is_recording(where: str) -> bool:
    """Say whether this is a recording, which ends by itself and shows one side."""
    return where == SAMPLE or ("://" not in where and is_video(where))


def is_own_camera(where: str) -> bool:
    """Say whether this is one of this computer's cameras."""
    return "://" not in where and not is_recording(where)


def is_video(where: str) -> bool:
    """Say whether a file is meant, be it there or not; a camera's name has no such ending."""
    return is_file(Path(where)) or where.lower().endswith(VIDEO_ENDINGS)
