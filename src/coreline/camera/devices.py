"""What the child process reads pictures from: a webcam, a picture stream, any other address."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, Protocol, TypeAlias
from urllib.parse import urlsplit

import cv2
import numpy as np

from coreline.camera.mjpeg import SCHEMES, NotAPictureStreamError, open_picture_stream
from coreline.camera.source import Image
from coreline.placement.checks import CameraTrouble

# Of a stall FFmpeg tells after 30 s by itself, V4L2 after 10: far too late. Opening may be slower
# than reading. Guesses, below the 3 s within which a camera that is absent is to be told.
OPEN_MS: Final = 2500
READ_MS: Final = 2000
# Of wide shape, as people lie; more pixels gain nothing, the model sees 256 of the body
WANTED_PX: Final = (1280, 720)
HEIGHT_WIDTH_COLOUR: Final = 3
COLOURS: Final = 3
BACK_ENDS: Final = {
    "linux": cv2.CAP_V4L2,
    "darwin": cv2.CAP_AVFOUNDATION,
    "win32": cv2.CAP_DSHOW,  # opens at once, where Media Foundation takes up to 20 s
}

# What FFmpeg reads from a web address: no lists of other addresses, which may be anywhere.
FORMATS: Final = (
    *("mjpeg", "mpjpeg", "jpeg_pipe", "image2pipe", "mov", "matroska", "avi", "mpegts", "mpeg"),
    *("flv", "asf", "ogg", "h264", "hevc", "m4v"),
)
WHY_SIGNS: Final = 200  # of what a camera says itself
_OPTIONS: Final = "OPENCV_FFMPEG_CAPTURE_OPTIONS"

Where: TypeAlias = int | str
Given: TypeAlias = Image | CameraTrouble


class CameraDevice(Protocol):
    """A camera that is open."""

    @property
    def fps(self) -> float:
        """Pictures per second, as it says itself; 0 where it does not say."""
        ...

    def read(self) -> Given:
        """Wait for the next picture, or for the reason why there is none.

        BROKEN means that the next one may be good again; STALLED and GONE, that it has to be opened
        again.
        """
        ...

    def release(self) -> None:
        """Let go of it."""
        ...


class CannotOpenError(Exception):
    """There is no such camera now; `why` is empty where that is not known."""

    def __init__(self, why: str = "", kind: CameraTrouble = CameraTrouble.GONE) -> None:
        """Say why in a few words."""
        super().__init__(why)
        self.why, self.kind = why, kind


OpenDevice: TypeAlias = Callable[[Where], CameraDevice]


class Capture(Protocol):
    """The part of OpenCV's VideoCapture that is used."""

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        """Say whether there is a camera."""
        ...

    def read(self) -> tuple[bool, object]:
        """Wait for the next frame; False when there is none."""
        ...

    def get(self, propId: int, /) -> float:  # noqa: N803 - OpenCV's name
        """Return a property."""
        ...

    def release(self) -> None:
        """Let go of the camera."""
        ...


class OpenCvDevice:
    """A camera or stream that OpenCV reads."""

    def __init__(self, capture: Capture) -> None:
        """Take over a capture.

        Raises:
            CannotOpenError: It is not open.
        """
        if not capture.isOpened():
            capture.release()
            raise CannotOpenError
        self._capture = capture

    @property
    def fps(self) -> float:
        """Pictures per second, as the driver says."""
        return self._capture.get(cv2.CAP_PROP_FPS)

    def read(self) -> Given:
        """Wait for the next picture; GONE when there is none, whatever the cause."""
        there, image = self._capture.read()
        if not there or not isinstance(image, np.ndarray):
            return CameraTrouble.GONE
        if image.ndim != HEIGHT_WIDTH_COLOUR or image.shape[2] != COLOURS:
            return CameraTrouble.BROKEN
        return np.asarray(image, np.uint8)

    def release(self) -> None:
        """Let go of the camera."""
        self._capture.release()


def open_device(where: Where) -> CameraDevice:
    """Open a camera by its number, or an address.

    A stream of JPEG pictures is read by ourselves, everything else by OpenCV: FFmpeg stretches
    pictures that change their size, keeps old ones, and takes half a picture for a whole one.

    Raises:
        CannotOpenError: There is no such camera, or nothing at that address.
    """
    _silence_libraries()
    if isinstance(where, int):
        return OpenCvDevice(_webcam(where))
    if urlsplit(where).scheme not in SCHEMES:
        return OpenCvDevice(_stream(where))
    try:
        return open_picture_stream(where)
    except NotAPictureStreamError as other:
        with _on_the_same_host():
            return OpenCvDevice(_stream(other.address))
    except OSError as error:
        raise _not_reached(error) from error


@contextmanager
def _on_the_same_host() -> Iterator[None]:
    """Let FFmpeg follow nobody to another address: it reads what is at this one."""
    before = os.environ.get(_OPTIONS)
    os.environ[_OPTIONS] = f"max_redirects;0|format_whitelist;{','.join(FORMATS)}"
    try:
        yield
    finally:
        del os.environ[_OPTIONS]
        if before is not None:
            os.environ[_OPTIONS] = before


def _silence_libraries() -> None:
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
    os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", str(READ_MS // 1000))
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)


def _webcam(number: int) -> Capture:
    capture = cv2.VideoCapture(number, BACK_ENDS.get(sys.platform, cv2.CAP_ANY))
    # Uncompressed, most webcams give a picture of this size only ten times a second.
    capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
    capture.set(cv2.CAP_PROP_FRAME_WIDTH, WANTED_PX[0])
    capture.set(cv2.CAP_PROP_FRAME_HEIGHT, WANTED_PX[1])
    return capture


def _stream(address: str) -> Capture:
    limits = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, OPEN_MS, cv2.CAP_PROP_READ_TIMEOUT_MSEC, READ_MS]
    return cv2.VideoCapture(address, cv2.CAP_FFMPEG, limits)


def _not_reached(error: OSError) -> CannotOpenError:
    """Return in a few words why an address does not answer; never the address, it has secrets."""
    cause = getattr(error, "reason", None) or error
    if isinstance(cause, TimeoutError):
        return CannotOpenError("no answer", CameraTrouble.STALLED)
    if isinstance(cause, OSError):
        cause = cause.strerror
    return CannotOpenError(str(cause or "").lower()[:WHY_SIGNS])
