"""A webcam, or a picture stream on the network: only ever its newest frame.

A thread of its own reads the camera, since reading blocks; `frames` never does. When the camera
falls silent the thread opens it again and again, and frames go on when it is back. OpenCV knows no
time-outs for a webcam but the one set below, so letting go of a stalled camera can take that long.
"""

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Final, Protocol, Self, TypeAlias
from urllib.parse import urlsplit

import cv2
import numpy as np

from coreline.camera.source import Frame, Image, SourceInfo
from coreline.errors import BadSourceError

OPEN_MS: Final = 2500
READ_MS: Final = 2000
ANSWER_S: Final = 0.08  # how long `frames` waits before it says that nothing is new
RETRY_S: Final = 0.5
GIVE_UP_S: Final = 60.0
WANTED_PX: Final = (1280, 720)
USUAL_FPS: Final = 30.0
FPS_RANGE: Final = (1.0, 240.0)
HEIGHT_WIDTH_COLOUR: Final = 3
PROBED: Final = 3  # cameras looked for where the system has no list
BACK_ENDS: Final = {
    "linux": cv2.CAP_V4L2,
    "darwin": cv2.CAP_AVFOUNDATION,
    "win32": cv2.CAP_DSHOW,  # opens at once, where Media Foundation takes up to 20 s
}
DEVICES: Final = Path("/sys/class/video4linux")
PLAY_A_FILE: Final = "or use a video instead"

Where: TypeAlias = int | str


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


OpenCapture: TypeAlias = Callable[[Where], Capture]


def open_capture(where: Where) -> Capture:
    """Open a camera by number or address with OpenCV, which is told to keep quiet."""
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
    os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", str(READ_MS // 1000))
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    if isinstance(where, str):
        limits = [
            cv2.CAP_PROP_OPEN_TIMEOUT_MSEC,
            OPEN_MS,
            cv2.CAP_PROP_READ_TIMEOUT_MSEC,
            READ_MS,
        ]
        return cv2.VideoCapture(where, cv2.CAP_FFMPEG, limits)
    capture = cv2.VideoCapture(where, BACK_ENDS.get(sys.platform, cv2.CAP_ANY))
    # Uncompressed, most webcams give a picture of this size only ten times a second.
    capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
    capture.set(cv2.CAP_PROP_FRAME_WIDTH, WANTED_PX[0])
    capture.set(cv2.CAP_PROP_FRAME_HEIGHT, WANTED_PX[1])
    return capture


class Webcam:
    """Frames of a live camera, each stamped with the monotonic clock when it arrived.

    Made on the main thread: macOS asks for permission there.
    """

    def __init__(self, where: Where = 0, *, opener: OpenCapture = open_capture) -> None:
        """Open the camera and wait for its first frame.

        Args:
            where: Number of a webcam, or the address of a stream (http, rtsp).
            opener: Opens it.

        Raises:
            BadSourceError: There is no such camera, it gives no picture, or cannot be reached.
        """
        self._where, self._opener = where, opener
        self._capture = opener(where)
        first = _read(self._capture)
        if first is None:
            self._capture.release()
            raise BadSourceError(_why_not(where, opener))
        self._info = _info(where, self._capture, first)
        self._change = threading.Condition()
        self._newest: Frame | None = None
        self._arrived = 0
        self._stop = threading.Event()
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="camera")
        self._reader: Future[None] | None = None

    @property
    def info(self) -> SourceInfo:
        """Name, size and rate of the camera."""
        return self._info

    def frames(self) -> Iterator[Frame | None]:
        """Yield the newest frame each time there is one, and None about 12 times a second else.

        Raises:
            BadSourceError: The camera has been gone for a minute.
        """
        self._start()
        while not self._stop.is_set():
            frame = self._take()
            if frame is None and self._reader is not None and self._reader.done():
                self._reader.result()
                return
            yield frame

    def close(self) -> None:
        """Let go of the camera when its thread has ended. Closing twice is allowed."""
        self._stop.set()
        self._pool.shutdown(wait=True)
        self._capture.release()

    def __enter__(self) -> Self:
        """Return the source itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of the camera."""
        self.close()

    def _start(self) -> None:
        if self._reader is None and not self._stop.is_set():
            self._reader = self._pool.submit(self._read_on)

    def _take(self) -> Frame | None:
        """Return the newest frame, which is then no longer new; None if there is none in time."""
        with self._change:
            self._change.wait_for(lambda: self._newest is not None, ANSWER_S)
            frame, self._newest = self._newest, None
            return frame

    def _read_on(self) -> None:
        """Keep the newest frame until told to stop; this is the camera's thread."""
        while not self._stop.is_set():
            image = _read(self._capture)
            if image is None:
                self._reopen()
                continue
            with self._change:
                self._newest = Frame(time.monotonic(), image, self._arrived)
                self._change.notify_all()
            self._arrived += 1

    def _reopen(self) -> None:
        """Open the camera until it is there again, or too long has passed."""
        gone_s = time.monotonic()
        self._capture.release()
        while not self._stop.wait(RETRY_S):
            if time.monotonic() - gone_s > GIVE_UP_S:
                name = self._info.name
                raise BadSourceError(f"{name}: no picture for {GIVE_UP_S:.0f} s; check its cable")
            self._capture = self._opener(self._where)
            if self._capture.isOpened():
                return
            self._capture.release()


def cameras() -> dict[int, str]:
    """Return the names of this machine's webcams by number, as far as the system tells.

    Linux keeps a list. A webcam has several entries there; the one that gives pictures is the
    first. Elsewhere the first few numbers are tried, and have no names.
    """
    if sys.platform == "linux":
        return _listed(DEVICES)
    return {number: "" for number in range(PROBED) if _opens(number, open_capture)}


def _listed(devices: Path) -> dict[int, str]:
    """Return the cameras in the kernel's list."""
    found = {}
    for device in sorted(devices.glob("video*")):
        number = device.name.removeprefix("video")
        if number.isdecimal() and _line(device / "index") in {"0", ""}:
            found[int(number)] = _line(device / "name")
    return dict(sorted(found.items()))


def _line(path: Path) -> str:
    """Return what a small file of the kernel says."""
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


def _read(capture: Capture) -> Image | None:
    """Return the next frame, or None when the camera gives none."""
    if not capture.isOpened():
        return None
    there, image = capture.read()
    if not there or not isinstance(image, np.ndarray) or image.ndim != HEIGHT_WIDTH_COLOUR:
        return None
    return np.asarray(image, np.uint8)


def _opens(number: int, opener: OpenCapture) -> bool:
    capture = opener(number)
    try:
        return capture.isOpened()
    finally:
        capture.release()


def _info(where: Where, capture: Capture, first: Image) -> SourceInfo:
    """Return the facts; the size is the real one, cameras do not always give what is asked."""
    said_fps = capture.get(cv2.CAP_PROP_FPS)
    fps = said_fps if FPS_RANGE[0] <= said_fps <= FPS_RANGE[1] else USUAL_FPS
    return SourceInfo(_name(where), width=first.shape[1], height=first.shape[0], fps=fps)


def _name(where: Where) -> str:
    """Return what to call a camera; an address without its password and its query."""
    if isinstance(where, int):
        return f"camera {where}"
    parts = urlsplit(where)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def _why_not(where: Where, opener: OpenCapture) -> str:
    """Return one line that says why a camera does not open, and the mend."""
    name = _name(where)
    if isinstance(where, str):
        return f"{name}: no pictures come from this address; check it, {PLAY_A_FILE}"
    if sys.platform == "linux":
        return _why_not_on_linux(where, cameras())
    others = [number for number in range(PROBED) if number != where and _opens(number, opener)]
    if others:
        return f"{name}: does not open; there is {_enumerated(dict.fromkeys(others, ''))}"
    return f"{name}: does not open; connect it, close other programs, allow it, {PLAY_A_FILE}"


def _why_not_on_linux(number: int, found: dict[int, str]) -> str:
    """Return why a camera does not open, from the kernel's list and the device's rights."""
    device = Path(f"/dev/video{number}")
    if not found:
        return f"camera {number}: this machine has no camera; connect one, {PLAY_A_FILE}"
    if number not in found:
        return f"camera {number}: there is none; there is {_enumerated(found)}"
    if not os.access(device, os.R_OK | os.W_OK):
        return (
            f"camera {number}: {device} may not be opened; join the group 'video' and log in anew"
        )
    return f"camera {number}: gives no picture; close other programs that use it, {PLAY_A_FILE}"


def _enumerated(found: dict[int, str]) -> str:
    """Return cameras as a list in words."""
    named = (f"camera {number}" + (f" ({name})" if name else "") for number, name in found.items())
    return ", ".join(named)
