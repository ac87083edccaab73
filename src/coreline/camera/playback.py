"""A video file played as if it were a camera: each frame at its time, late ones left out."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from coreline.camera.source import Frame, SourceInfo
from coreline.camera.video import VideoFile
from coreline.closing import Closing
from coreline.files.resources import resource_file

ANSWER_S: Final = 0.08  # a longer wait is broken up, so that whoever reads never freezes
LONGEST_GAP_S: Final = 0.25  # a machine too slow for the video still shows this much of it
SAMPLE: Final = "w56-belly-bridge.mp4"


def sample_path() -> Path:
    """Return the video that travels with the program.

    Raises:
        MissingResourceError: It is not there.
    """
    return resource_file("samples", SAMPLE)


class Playback(Closing):
    """Frames of a video file in real time; it ends when the video does."""

    def __init__(
        self,
        path: Path | str,
        clock_s: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Open the file.

        Args:
            path: The video.
            clock_s: The time it is played by, seconds.
            sleep: Lets so many seconds of that time pass.

        Raises:
            BadSourceError: It is not a video that can be read.
        """
        self._file = VideoFile(path)
        self._clock_s, self._sleep = clock_s, sleep

    @property
    def info(self) -> SourceInfo:
        """Name, size, rate and length of the video."""
        return self._file.info

    def frames(self) -> Iterator[Frame | None]:
        """Yield each frame at its time, counted from the first one asked for; None in between.

        A frame whose successor is due already is left out, as a camera would have it.
        """
        start_s = shown_s = self._clock_s()
        for frame in self._file.frames():
            if frame is None:
                continue
            yield from self._pauses(start_s + frame.t_s)
            now_s = self._clock_s()
            late_s = now_s - (start_s + frame.t_s)
            if late_s < 1.0 / self.info.fps or now_s - shown_s > LONGEST_GAP_S:
                shown_s = now_s
                yield frame

    def _pauses(self, due_s: float) -> Iterator[None]:
        """Wait until a moment of the clock, yielding None whenever the wait is long."""
        while (wait_s := due_s - self._clock_s()) > 0:
            self._sleep(min(wait_s, ANSWER_S))
            if wait_s > ANSWER_S:
                yield None

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()
