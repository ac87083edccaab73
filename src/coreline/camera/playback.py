"""A video file played as if it were a camera: each frame at its time, late ones left out.

A recording can wait, though. On a machine that is too slow to judge it in real time the film slows
down, rather than that it gets too few pictures to be judged at all.
"""

import math
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from coreline.camera.source import Frame, SourceInfo
from coreline.camera.video import VideoFile
from coreline.closing import Closing
from coreline.files.resources import resource_file

ANSWER_S: Final = 0.08  # a longer wait is broken up, so that whoever reads never freezes
LONGEST_STEP_S: Final = 0.1  # of the film: ten pictures a second, two more than a set is judged by
_ROUNDING_S: Final = 1e-3  # of the times in a file
SAMPLE: Final = "w56-belly-bridge.mp4"


def sample_path() -> Path:
    """Return the video that travels with the program.

    Raises:
        MissingResourceError: It is not there.
    """
    return resource_file("samples", SAMPLE)


class Playback(Closing):
    """Frames of a video file in real time, if the machine is up to it; it ends when they do."""

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

        A frame whose successor is due already is left out, as a camera would have it; but where
        that would leave too long a gap in the film, the rest of it comes so much later.
        """
        start_s, step_s, shown_s = self._clock_s(), 1.0 / self.info.fps, -math.inf
        for frame in self._file.frames():
            if frame is None:
                continue
            yield from self._pauses(start_s + frame.t_s)
            late_s = self._clock_s() - (start_s + frame.t_s)
            is_late = late_s >= step_s
            if is_late and frame.t_s + step_s - shown_s <= LONGEST_STEP_S + _ROUNDING_S:
                continue
            start_s += late_s if is_late else 0.0
            shown_s = frame.t_s
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
