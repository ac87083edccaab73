"""The loop of somebody who does an exercise right, from its file to the picture of a moment."""

import os
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from coreline.files.demonstrations import BODIES, START, TOP, Body, Shown, loop_file, still_file
from coreline.programme.spec import Exercise
from coreline.screen.scene import Image

# As in camera/video: OpenCV reads this once, when it first opens any video.
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
STILL_S: Final = 1.5  # of each of the two stills, where a loop can't be decoded
MOST_FRAMES: Final = 120
STILLS_KEPT: Final = 4


@dataclass(frozen=True, slots=True, eq=False)
class Loop:
    """Pictures (height, width, 3), blue first, when each begins, and how long all of them last."""

    frames: tuple[Image, ...]
    starts_s: tuple[float, ...]
    length_s: float

    def at(self, t_s: float) -> Image:
        """Return the picture of a time since the beginning; it goes round."""
        return self.frames[bisect_right(self.starts_s, t_s % self.length_s) - 1]


def body_of(exercise: Exercise, side: str | None, set_number: int) -> Body:
    """Return who shows a set: the woman and the man in turn, from set to set and side to side.

    A person's profile says nothing of their sex, and need not: whoever trains sees both.
    """
    turns = exercise.place + set_number + (side == "left")
    return BODIES[turns % len(BODIES)]


def load_loop(shown: Shown) -> Loop | None:
    """Return a loop; where no decoder takes it, its two stills in turn; None without any."""
    path = loop_file(shown)
    if path is None:
        return None
    return decode(path) or _of_stills(shown)


def decode(path: Path) -> Loop | None:
    """Return a video as a loop, or None where it cannot be read."""
    # Not by a graphics card: it takes longer to get ready than all of the loop takes here.
    by_hand = [cv2.CAP_PROP_HW_ACCELERATION, cv2.VIDEO_ACCELERATION_NONE]
    capture = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG, by_hand)
    try:
        read = list(_frames(capture))
        step_s = 1 / max(capture.get(cv2.CAP_PROP_FPS), 1.0)
    finally:
        capture.release()
    if not read:
        return None
    frames, starts_s = zip(*read, strict=True)
    return Loop(frames, starts_s, starts_s[-1] + step_s)


def _frames(capture: cv2.VideoCapture) -> Iterator[tuple[Image, float]]:
    """Yield each picture with its time."""
    for _ in range(MOST_FRAMES):
        read, image = capture.read()
        if not read:
            return
        yield np.asarray(image, np.uint8), capture.get(cv2.CAP_PROP_POS_MSEC) / 1000


def _of_stills(shown: Shown) -> Loop | None:
    stills = [still_of(shown, what) for what in (START, TOP)]
    frames = tuple(still for still in stills if still is not None)
    starts_s = tuple(number * STILL_S for number in range(len(frames)))
    return Loop(frames, starts_s, len(frames) * STILL_S) if frames else None


@lru_cache(maxsize=STILLS_KEPT)
def still_of(shown: Shown, what: str) -> Image | None:
    """Return a still, see `still_file`; None where there is none. It takes some 3 ms."""
    path = still_file(shown, what)
    if path is None:
        return None
    data = np.frombuffer(path.read_bytes(), np.uint8)
    image = cv2.imdecode(data, cv2.IMREAD_COLOR)
    return None if image is None else np.asarray(image, np.uint8)
