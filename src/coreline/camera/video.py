"""A video file as a source: every frame, as fast as it goes, at the time the file gives it."""

import math
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from coreline.camera.source import Frame, Image, SourceInfo
from coreline.closing import Closing
from coreline.errors import BadSourceError
from coreline.files.kinds import Kind, refuse_other_kind
from coreline.files.reading import check_file, reason_in_dutch
from coreline.limits import FRAMES, PICTURE_PX, RECORDING_S, VIDEO_BYTES
from coreline.printable import printable

FIX: Final = "give an MP4, MKV, MOV, AVI or WebM video"
FIX_NL: Final = "geef een video in MP4, MKV, MOV, AVI of WebM"
_FIX_NL: Final = "geef een video in MP4, MKV, MOV, AVI of WebM"
_WANTED: Final = (f"a video; {FIX}", f"video; {_FIX_NL}")
USUAL_FPS: Final = 30.0  # of most cameras, for a file that says nothing possible
FPS_RANGE: Final = (1.0, 480.0)  # time lapse to slow motion; some files say 0, or a clock's rate
# A longer gap between two frames is taken for a broken clock, not for a pause.
LONGEST_STEP_S: Final = 60.0
# Containers round their length: a video that ends this near to it is whole.
SLACK_S: Final = 0.3
# FFmpeg's messages about broken files are not for our user. OpenCV reads this once in a process,
# when it first opens any video, hence here and not later; -8 is FFmpeg's AV_LOG_QUIET.
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
# Where a length is unknown, FFmpeg makes up a huge one.
NO_COUNT: Final = 1.0e9


class VideoFile(Closing):
    """Frames of a video file. A rotation flag in the file is obeyed.

    Times come from the file, so a varying frame rate is right. A time that is missing, not later
    than the one before, or leaps by more than a minute is replaced by one nominal step.
    """

    def __init__(self, path: Path | str) -> None:
        """Open the file and read its first frame.

        Raises:
            BadSourceError: There is no such file, it is a folder, not a video, or has no frames.
        """
        self._path = Path(path)
        _check_file(self._path)
        self._capture = _opened(self._path)
        try:
            self._first, self._info = self._begun()
        except BaseException:
            self._capture.release()
            raise
        self._frames_read = 0
        self._last_s = -math.inf

    def _begun(self) -> tuple[Image | None, SourceInfo]:
        """Return the first frame, and what is known of the video."""
        _check_size(self._path, self._capture)
        first = self._read()
        if first is None:
            raise BadSourceError(
                f"{self._path}: no frame of this video can be read; {FIX}",
                nl=f"{self._path}: geen beeld van deze video is te lezen; {FIX_NL}",
            )
        info = _info(self._path, self._capture, first)
        _check_length(self._path, info)
        return first, info

    @property
    def info(self) -> SourceInfo:
        """Name, size, rate and length of the video."""
        return self._info

    @property
    def frames_read(self) -> int:
        """How many frames have been handed out so far."""
        return self._frames_read

    @property
    def shortfall(self) -> str | None:
        """Say, after the last frame, that the file promised more; None when it is whole."""
        expected, duration_s = self._info.frames_expected, self._info.duration_s
        if expected is None or duration_s is None or self._frames_read >= expected:
            return None
        if self._last_s + 1.0 / self._info.fps >= duration_s - SLACK_S:
            return None
        return f"{self._path}: {self._frames_read} of {expected} frames read; the file is cut short"

    def frames(self) -> Iterator[Frame | None]:
        """Yield every frame in order. Never None: a file does not stall.

        Raises:
            BadSourceError: There are more than it said, and more than a recording can have.
        """
        image, self._first = self._first, None
        while image is not None:
            if self._frames_read == FRAMES or self._last_s > RECORDING_S:
                raise BadSourceError(
                    f"{self._path}: does not end after {self._frames_read} frames; cut it up",
                    nl=f"{self._path}: houdt na {self._frames_read} beelden niet op; knip hem op",
                )
            self._last_s = next_time_s(self._last_s, self._file_time_s(), self._info.fps)
            self._frames_read += 1
            yield Frame(t_s=self._last_s, image_bgr=image, index=self._frames_read - 1)
            image = self._read()

    def frame_at(self, number: int) -> Image | None:
        """Return one frame by its number, from 0; None where the file does not have it.

        For single frames of a long video; whoever asks does not also read them in order.
        """
        if number == 0 and self._first is not None:
            return self._first
        with _quiet_opencv():
            self._capture.set(cv2.CAP_PROP_POS_FRAMES, number)
        return self._read()

    def close(self) -> None:
        """Let go of the file."""
        self._capture.release()

    def _read(self) -> Image | None:
        with _quiet_opencv():
            there, image = self._capture.read()
        return np.asarray(image, np.uint8) if there else None

    def _file_time_s(self) -> float:
        """Return the time of the frame read last, as the container has it."""
        return self._capture.get(cv2.CAP_PROP_POS_MSEC) / 1000.0


def next_time_s(last_s: float, file_s: float, fps: float) -> float:
    """Return the time of a frame: the file's where it can be used, else one step after the last.

    Args:
        last_s: Time of the frame before; minus infinity for the first.
        file_s: What the file says; may be anything, NaN included.
        fps: Nominal frames per second.
    """
    if last_s == -math.inf:
        return file_s if 0.0 <= file_s <= LONGEST_STEP_S else 0.0
    usable = last_s < file_s <= last_s + LONGEST_STEP_S
    return file_s if usable else last_s + 1.0 / fps


def _check_file(path: Path) -> None:
    try:
        check_file(path, VIDEO_BYTES)
    except FileNotFoundError as error:
        raise BadSourceError(
            f"{path}: no such file; check the name",
            nl=f"{path}: dit bestand is er niet; kijk de naam na",
        ) from error
    except OSError as error:
        raise BadSourceError(
            f"{path}: {error.strerror or error}; {FIX}",
            nl=f"{path}: {reason_in_dutch(error)}; {FIX_NL}",
        ) from error
    if not os.access(path, os.R_OK):
        raise BadSourceError(
            f"{path}: may not be read; change its permissions",
            nl=f"{path}: mag niet gelezen worden; verander de rechten",
        )
    refuse_other_kind(path, BadSourceError, _WANTED, {Kind.VIDEO, Kind.GIF})


def _check_size(path: Path, capture: cv2.VideoCapture) -> None:
    """Refuse pictures that would fill the memory before the first one is decoded."""
    width, height = (
        capture.get(each) for each in (cv2.CAP_PROP_FRAME_WIDTH, cv2.CAP_PROP_FRAME_HEIGHT)
    )
    if not width * height <= PICTURE_PX:
        raise BadSourceError(
            f"{path}: has pictures of {width:.0f} x {height:.0f} pixels, "
            f"{PICTURE_PX // 1_000_000} million at most; make it smaller",
            nl=f"{path}: heeft beelden van {width:.0f} x {height:.0f} beeldpunten, hoogstens "
            f"{PICTURE_PX // 1_000_000} miljoen kan; maak hem kleiner",
        )


def _check_length(path: Path, info: SourceInfo) -> None:
    frames, duration_s = info.frames_expected or 0, info.duration_s or 0.0
    if frames > FRAMES:
        raise BadSourceError(
            f"{path}: has {frames} frames, {FRAMES} at most; cut it up",
            nl=f"{path}: heeft {frames} beelden, hoogstens {FRAMES} kan; knip hem op",
        )
    if duration_s > RECORDING_S:
        raise BadSourceError(
            f"{path}: lasts {duration_s:.0f} s, {RECORDING_S:.0f} at most; cut it up",
            nl=f"{path}: duurt {duration_s:.0f} s, hoogstens {RECORDING_S:.0f} kan; knip hem op",
        )


def _opened(path: Path) -> cv2.VideoCapture:
    """Open with FFmpeg, which obeys rotation flags and knows the frames' times."""
    with _quiet_opencv():
        capture = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG)
    if not capture.isOpened():
        raise BadSourceError(
            f"{path}: is not a video, or is cut off before it begins; {FIX}",
            nl=f"{path}: is geen video, of is afgebroken voor hij begint; {_FIX_NL}",
        )
    capture.set(cv2.CAP_PROP_ORIENTATION_AUTO, 1)
    return capture


@contextmanager
def _quiet_opencv() -> Iterator[None]:
    """Let OpenCV itself say nothing on standard error while the block lasts."""
    level = cv2.utils.logging.getLogLevel()
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    try:
        yield
    finally:
        cv2.utils.logging.setLogLevel(level)


def _info(path: Path, capture: cv2.VideoCapture, first: Image) -> SourceInfo:
    """Return the facts; the size is that of a real frame, which rotation may have turned."""
    said_fps = capture.get(cv2.CAP_PROP_FPS)
    fps = said_fps if FPS_RANGE[0] <= said_fps <= FPS_RANGE[1] else USUAL_FPS
    count = capture.get(cv2.CAP_PROP_FRAME_COUNT)
    expected = round(count) if 1.0 <= count < NO_COUNT else None
    return SourceInfo(
        name=printable(path.name),
        width=first.shape[1],
        height=first.shape[0],
        fps=fps,
        duration_s=None if expected is None else expected / fps,
        frames_expected=expected,
    )
