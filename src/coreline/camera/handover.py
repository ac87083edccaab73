"""What the child process tells the camera's side of the program, and the memory both look at.

The two take turns: the child writes a picture only when it has been asked for one, and is asked
again only when that picture has been copied. So one place for a picture is enough, nothing is
locked, and a child that is killed leaves nothing half done. Every question has one answer.
"""

from dataclasses import dataclass
from multiprocessing.shared_memory import SharedMemory
from typing import Final, TypeAlias

import numpy as np

from coreline.camera.inspection import LARGEST_PX
from coreline.camera.source import Image
from coreline.placement.checks import CameraTrouble

COLOURS: Final = 3
# The memory for the largest picture is set aside, but only as much as is written to is ever used.
ROOM_BYTES: Final = LARGEST_PX * COLOURS
# The child answers within this time, with or without a picture.
ANSWER_S: Final = 0.06


@dataclass(frozen=True, slots=True)
class PictureReady:
    """There is a new picture in the memory.

    Attributes:
        t_s: When it arrived in the child, on the clock of `time.monotonic`. That clock is one for
            the whole machine on Linux, macOS and Windows, so it is the parent's clock too.
        width: Pixels.
        height: Pixels.
        number: Of the usable pictures of this child, from 0.
        gap_s: The longest time between two usable pictures since the last one handed over, in time
            that the child was given; by the clock where everything seems to have been stopped.
        fps: Said by the camera; 0 where it does not say.
    """

    t_s: float
    width: int
    height: int
    number: int
    gap_s: float
    fps: float


@dataclass(frozen=True, slots=True)
class Nothing:
    """There is no new picture; how long that has been, in time that the child was given.

    Attributes:
        kind: What is wrong with those that came last, or GONE; None when they were good or none
            came.
        unusable_s: Since the last usable picture; infinite before the first.
        silent_s: Since the last picture of any kind; infinite before the first.
        stuck_s: How long the camera has not answered the child: a call that does not return.
        opening: Whether that call is the one that opens it.
        why: Why it could not be opened; None once it could.
        size_px: Width and height of the last picture, usable or not; None before the first.
        fps: Said by the camera; 0 where it does not say.
    """

    kind: CameraTrouble | None
    unusable_s: float
    silent_s: float
    stuck_s: float
    opening: bool
    why: str | None
    size_px: tuple[int, int] | None
    fps: float


@dataclass(frozen=True, slots=True)
class Failed:
    """The child met an error that is no trouble of a camera: it is to be raised in the parent."""

    error: Exception


Answer: TypeAlias = PictureReady | Nothing | Failed


def write_picture(memory: SharedMemory, image: Image) -> None:
    """Copy a picture into the memory."""
    _view(memory, image.shape)[:] = image


def read_picture(memory: SharedMemory, picture: PictureReady) -> Image:
    """Copy the picture out of the memory."""
    return _view(memory, (picture.height, picture.width, COLOURS)).copy()


def _view(memory: SharedMemory, shape: tuple[int, ...]) -> Image:
    return np.ndarray(shape, np.uint8, buffer=memory.buf)
