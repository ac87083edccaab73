"""The one interface of everything that gives frames."""

from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from coreline.placement.checks import CameraTrouble

Image = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture and its moment.

    Attributes:
        t_s: Seconds on one monotonic clock; each frame of a source is later than the one before.
        image_bgr: (height, width, 3), blue green red, never mirrored.
        index: Number of the frame within its source, from 0; a dropped frame leaves a gap.
    """

    t_s: float
    image_bgr: Image
    index: int


@dataclass(frozen=True, slots=True)
class Trouble:
    """There is no usable picture now, and why; yielded at least ten times a second while it lasts.

    `t_s` is on the clock of the frames.
    """

    t_s: float
    kind: CameraTrouble


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """What is known of a source before its first frame.

    Attributes:
        name: What to call it in a message: a file name, a camera.
        width: Of the frames, pixels, as they are handed out.
        height: Of the frames, pixels, as they are handed out.
        fps: Nominal; frames carry their own times, so use this for display only.
        duration_s: None for a live source, and for a file that does not say.
        frames_expected: None for a live source, and for a file that does not say.
    """

    name: str
    width: int
    height: int
    fps: float
    duration_s: float | None = None
    frames_expected: int | None = None


class FrameSource(Protocol):
    """Frames from a camera or a file.

    Use it as a context manager; frames may be asked for once. After leaving it, no thread, process
    or device of the source is left.
    """

    @property
    def info(self) -> SourceInfo:
        """Facts about the source, known from opening it."""
        ...

    def frames(self) -> Iterator[Frame | Trouble | None]:
        """Yield frames until the source ends.

        Yields None, or the trouble the camera is in, at least ten times a second while nothing new
        has come, so that whoever reads never freezes.

        Raises:
            BadSourceError: The source cannot go on.
        """
        ...

    def __enter__(self) -> Self:
        """Return the source itself."""
        ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of the file or the camera."""
        ...
