"""Cameras for the child process, which finds them by name; a small file tells them what to do.

The file holds one word, and perhaps more: `run`, `false`, `absent`, `block`, `wedge`, `repeat`,
`black`, `half`, `flat`, `raise`, `die`, `size 80 60`.
"""

import os
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import cv2
import numpy as np

from coreline.camera import capture
from coreline.camera.devices import CameraDevice, OpenCvDevice, Where
from coreline.camera.source import Image

OPENER = "camera.fake_camera:open_fake"
STEP_S = 0.02
SIZE_PX = (64, 48)


class Control:
    """The file that tells the camera what to do."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.says("run")

    def says(self, words: str) -> None:
        """Change what the camera does, all at once."""
        new = self.path.with_suffix(".new")
        new.write_text(words, encoding="ascii")
        new.replace(self.path)

    @property
    def where(self) -> str:
        return f"fake://{self.path}"


def _asked(path: Path) -> Path:
    """Return the file that gets a byte longer with each picture."""
    return path.with_suffix(".asked")


def made_by(control: Path) -> int:
    """Return how many pictures a camera was asked for."""
    return _asked(control).stat().st_size


def open_fake(where: Where) -> CameraDevice:
    """Open the camera that the file at the end of the address is for."""
    return OpenCvDevice(FakeCapture(Path(urlsplit(str(where)).path)))


def open_patiently(where: Where) -> CameraDevice:
    """Open it in a process that takes all the time it needs to let go of it."""
    capture.LET_GO_S = 60.0  # type: ignore[misc]
    return open_fake(where)


def open_absent(_where: Where) -> CameraDevice:
    return OpenCvDevice(FakeCapture(Path("/nowhere")))


def open_telling(_where: Where) -> CameraDevice:
    """Tell, as an error, what this process has loaded."""
    named = {"mediapipe", "pygame", "typer", "coreline.cli", "coreline.camera.capture"}
    raise LookupError(" ".join(sorted(named & set(sys.modules))))


class Unportable(Exception):  # noqa: N818 - its name is not the point
    def __init__(self, one: str, two: str) -> None:
        super().__init__(one + two)


class FakeCapture:
    """What OpenCV makes of a webcam, without one."""

    def __init__(self, path: Path) -> None:
        self.path, self.number = path, 0

    def words(self) -> list[str]:
        try:
            return self.path.read_text(encoding="ascii").split()
        except FileNotFoundError:
            return ["absent"]

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        return self.words()[0] != "absent"

    def read(self) -> tuple[bool, object]:
        time.sleep(STEP_S)
        with _asked(self.path).open("ab") as file:
            file.write(b".")
        while (words := self.words())[0] == "block":
            time.sleep(0.01)
        match words:
            case ["wedge"]:
                (self.path.parent / "wedged").touch()
                time.sleep(3600.0)
            case ["raise"]:
                raise RuntimeError("the driver died")
            case ["raise", "oddly"]:
                raise Unportable("an odd", " error")
            case ["die"]:
                os._exit(3)
        self.number += words[0] != "repeat"
        return self._picture(words)

    def _picture(self, words: list[str]) -> tuple[bool, object]:
        match words:
            case ["false"] | ["absent"]:
                return False, None
            case ["flat"]:
                return True, np.zeros((1, 4096), np.uint8)
            case ["black"]:
                return True, np.zeros((SIZE_PX[1], SIZE_PX[0], 3), np.uint8)
            case ["half"]:
                return True, half_decoded(self.number)
            case ["size", width, height]:
                return True, noise(self.number, int(width), int(height))
        return True, noise(self.number, *SIZE_PX)

    def get(self, _prop: int, /) -> float:
        return 50.0

    def release(self) -> None:
        (self.path.parent / "released").touch()


def noise(number: int, width: int, height: int) -> Image:
    image = np.random.default_rng(number).integers(0, 255, (height, width, 3))
    return image.astype(np.uint8)


def half_decoded(number: int) -> Image:
    """Return what a webcam's driver makes of half a JPEG: a picture with a grey end."""
    data = cv2.imencode(".jpg", noise(number, *SIZE_PX))[1]
    cut = np.concatenate([data[: len(data) // 2], np.array([0xFF, 0xD9], np.uint8)])
    return np.asarray(cv2.imdecode(cut, cv2.IMREAD_COLOR), np.uint8)
