"""Keeps a session's video, when that is asked for: a thread of its own writes, nobody waits for it.

MPEG-4 in a Matroska file: of what this OpenCV can write without more libraries it is the least work
and the least room, and a file that was cut off still plays up to there. Beside it lies which of its
frames show the moments worth a picture (`video_moments`).
"""

import os
import queue
import shutil
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from math import inf
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from coreline.camera.source import Image
from coreline.camera.video_moments import FrameIndex, fitting, keep_moments
from coreline.closing import Closing
from coreline.errors import CorelineError
from coreline.files.writing import make_file
from coreline.judging.moments import Moment
from coreline.programme.language import Language

CODEC: Final = "mp4v"
SUFFIX: Final = ".mkv"
WAITING: Final = 15  # frames for a disk that is busy
IDLE_S: Final = 0.5  # without a frame for so long, the last one is shown on
ROOM_BYTES: Final = 100_000_000  # stays free on the disk
CHECK_S: Final = 1.0  # seconds of video between two looks at the disk
LOST_S: Final = 120.0  # of video without the file having grown: it is not being written
LEAP_S: Final = 60.0  # a longer time without frames, such as a computer asleep, is left out
CLOSE_S: Final = 0.1  # between two tries to hand over the end to a queue that is full
# FFmpeg's messages are not for our user.
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")


class _CannotKeepError(CorelineError):
    """The video cannot be written, or not any more."""


class VideoRecorder(Closing):
    """Writes frames into a video whose times are theirs; a context manager.

    The video has a constant rate: a frame is repeated or left out so that what is seen at a moment
    was there at that moment. Frames of another size are fitted in with black bars, never stretched.
    Only its owner can read the file. When it cannot be written, that is said once and the recording
    ends; nothing else does.
    """

    def __init__(
        self,
        path: Path,
        size_px: tuple[int, int],
        fps: float,
        say: Callable[[str], None],
        language: Language = "en",
        session_id: str = "",
    ) -> None:
        """Begin the file; it ends in `.mkv` whatever is asked.

        Args:
            path: A file that does not exist yet.
            size_px: Width and height of the video.
            fps: Frames per second of the video.
            say: Is told why the recording ended early, in one line, from the recorder's thread.
            language: In which it is told.
            session_id: Of which session it is; empty where nothing else of that is kept.
        """
        self.path = path.with_suffix(SUFFIX)
        self._size_px = (size_px[0] // 2 * 2, size_px[1] // 2 * 2)  # the codec halves colours
        self._fps, self._say, self._language = fps, say, language
        self._waiting: queue.Queue[tuple[float, Image] | None] = queue.Queue(WAITING)
        self._written = 0
        self._on = True
        self._grown_at, self._bytes = 0, 0
        self._start_s: float | None = None
        self._newest_s = 0.0
        self._last: Image | None = None
        self._index = FrameIndex(session_id, self.path.name, self._size_px)
        self._marked: deque[Moment] = deque()
        self._thread = threading.Thread(target=self._run, name="recorder", daemon=True)
        self._thread.start()

    @property
    def recording(self) -> bool:
        """Say whether frames are still being kept."""
        return self._on

    def write(self, t_s: float, image_bgr: Image, /) -> None:
        """Keep a frame. Never waits: when too many are waiting it is dropped.

        Args:
            t_s: Seconds, later than the frame before.
            image_bgr: Of any size; it may not be changed afterwards.
        """
        if not self._on:
            return
        with suppress(queue.Full):
            self._waiting.put_nowait((t_s, image_bgr))

    def mark(self, moment: Moment, /) -> None:
        """Keep which frame shows a moment, and where the body is in it. Never waits.

        Args:
            moment: Of a frame that was handed over before; one without a picture is passed over.
        """
        self._marked.append(moment)

    def close(self) -> None:
        """Write what waits and end the file. Closing twice is allowed."""
        while self._thread.is_alive():
            with suppress(queue.Full):
                self._waiting.put(None, timeout=CLOSE_S)
            self._thread.join(CLOSE_S)

    def _run(self) -> None:
        """Write until told to end; this is the thread."""
        writer: cv2.VideoWriter | None = None
        try:
            make_file(self.path)
            writer = self._opened()
            self._write_all(writer)
        except _CannotKeepError as error:
            self._stop(error)
        except OSError as error:
            why = error.strerror or str(error)
            self._stop(_CannotKeepError(why, nl="schrijven lukt niet"))
        finally:
            if writer is not None:
                writer.release()
        self._empty()

    def _write_all(self, writer: cv2.VideoWriter) -> None:
        idle_s = 0.0
        while True:
            try:
                frame = self._waiting.get(timeout=IDLE_S)
            except queue.Empty:
                idle_s += IDLE_S
                self._repeat(writer, idle_s)
                continue
            if frame is None:
                self._keep_marked(inf)
                return
            idle_s = 0.0
            self._write(writer, *frame)
            self._keep_marked(self._newest_s)

    def _keep_marked(self, until_s: float) -> None:
        """Write down where in the video the moments up to a time are that were marked.

        Where that cannot be written the video is none the worse; a report then says what it lacks.
        """
        found = False
        while self._marked and self._marked[0].t_s <= until_s:
            found |= self._index.take(self._marked.popleft())
        if found:
            with suppress(CorelineError):
                keep_moments(self.path, self._index)

    def _write(self, writer: cv2.VideoWriter, t_s: float, image: Image) -> None:
        """Write a frame at its place: the one before fills the time up to it."""
        start_s = t_s if self._start_s is None else self._start_s
        ahead_s = t_s - start_s - self._written / self._fps
        self._start_s = start_s + (ahead_s if ahead_s > LEAP_S else 0.0)
        self._newest_s = t_s
        place = round((t_s - self._start_s) * self._fps)
        self._fill(writer, place)
        self._last = fitted(image, self._size_px)
        if self._written <= place:  # else the place is taken: two frames came in the time of one
            self._index.add(t_s, place, self._last)
        self._fill(writer, place + 1)

    def _repeat(self, writer: cv2.VideoWriter, idle_s: float) -> None:
        """Show the last frame on while none comes, so that there is no hurry afterwards."""
        if self._start_s is not None:
            lasted_s = self._newest_s - self._start_s + idle_s - IDLE_S
            self._fill(writer, round(lasted_s * self._fps))

    def _fill(self, writer: cv2.VideoWriter, frames: int) -> None:
        """Write the last frame until the video has so many."""
        while self._last is not None and self._written < frames:
            writer.write(self._last)
            self._written += 1
            if self._written % max(round(CHECK_S * self._fps), 1) == 0:
                self._check_disk()

    def _opened(self) -> cv2.VideoWriter:
        cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
        code = cv2.VideoWriter.fourcc(*CODEC)
        writer = cv2.VideoWriter(str(self.path), cv2.CAP_FFMPEG, code, self._fps, self._size_px)
        if not writer.isOpened():
            raise _CannotKeepError(
                "this OpenCV cannot write such a video", nl="deze OpenCV kan zo'n video niet maken"
            )
        self._check_disk()
        return writer

    def _check_disk(self) -> None:
        """Look whether there is room and the file grows; OpenCV does not say when writing fails.

        Raises:
            _CannotKeepError: There is none, or it does not.
        """
        if shutil.disk_usage(self.path.parent).free < ROOM_BYTES:
            room = f"{ROOM_BYTES // 1_000_000} MB"
            raise _CannotKeepError(
                f"less than {room} are free on the disk",
                nl=f"op de schijf is minder dan {room} vrij",
            )
        size = self.path.stat().st_size
        if size != self._bytes:
            self._bytes, self._grown_at = size, self._written
        if self._written - self._grown_at > LOST_S * self._fps:
            raise _CannotKeepError(
                "it does not grow; the disk or a limit is full",
                nl="ze groeit niet; de schijf of een grens is vol",
            )

    def _stop(self, why: CorelineError) -> None:
        self._on = False
        told = {
            "en": f"{self.path}: the video is no longer kept: {why}; the session goes on",
            "nl": f"{self.path}: de video wordt niet meer bewaard: {why.in_('nl')}; de training "
            "gaat door",
        }
        self._say(told[self._language])

    def _empty(self) -> None:
        """Take what still waits, so that nobody waits for room."""
        self._on = False
        while not self._waiting.empty():
            self._waiting.get_nowait()


def fitted(image: Image, size_px: tuple[int, int]) -> Image:
    """Return a picture as large as it fits into a size, on black, in its own shape."""
    width, height = size_px
    if image.shape[:2] == (height, width):
        return image
    (left, top), (across, down) = fitting((image.shape[1], image.shape[0]), size_px)
    small = cv2.resize(image, (across, down), interpolation=cv2.INTER_AREA)
    whole = np.zeros((height, width, 3), np.uint8)
    whole[top : top + down, left : left + across] = small
    return whole
