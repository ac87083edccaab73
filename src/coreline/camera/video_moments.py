"""Which frames of a kept video show the moments worth a picture: a small file beside the video.

The video's clock is not the session's: it begins with the first frame, and frames are repeated,
dropped and, where a computer slept, left out. So the recorder notes which frame it wrote for which
time, and this file says for each moment which frame shows it, where in it the body is, and what the
frame looks like from afar, by which another picture in its place is told.
"""

import json
from array import array
from bisect import bisect_left
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Final

import cv2
import numpy as np
from pydantic import Field, TypeAdapter, ValidationError

from coreline.camera.source import Image
from coreline.files.reading import read_file
from coreline.files.writing import write_text
from coreline.judging.moments import InPicture, Moment
from coreline.limits import FRAMES, LANDMARK_PX, MOMENTS, MOMENTS_BYTES, SIDE_PX

SCHEMA: Final = 1
SUFFIX: Final = ".moments.json"
NEAR_S: Final = 0.1  # a frame farther from a moment in time does not show it
_AFAR: Final = 8  # squares a side
_ALIKE: Final = 10.0  # grey values that a square may differ by, on average: the codec's share is 2

Pixels = Annotated[float, Field(ge=-LANDMARK_PX, le=LANDMARK_PX, allow_inf_nan=False)]
Seconds = Annotated[float, Field(ge=-1.0e9, le=1.0e9, allow_inf_nan=False)]
Side = Annotated[int, Field(ge=1, le=SIDE_PX)]


@dataclass(frozen=True, slots=True)
class VideoMoment:
    """Where in a video a moment is.

    Attributes:
        t_s: Of the moment, on the session's clock.
        frame: Number of the frame that shows it, from 0.
        frame_s: When that was taken, on the same clock.
        afar: The frame as 8 x 8 grey values, in hexadecimal.
        origin_px: Where the moment's points are counted from, in pixels of the video.
        length_px: The length of the body there.
    """

    t_s: Seconds
    frame: Annotated[int, Field(ge=0, le=2 * FRAMES)]
    frame_s: Seconds
    afar: Annotated[str, Field(pattern=f"^[0-9a-f]{{{2 * _AFAR * _AFAR}}}$")]
    origin_px: tuple[Pixels, Pixels]
    length_px: Annotated[float, Field(gt=0.0, le=LANDMARK_PX, allow_inf_nan=False)]


@dataclass(frozen=True, slots=True)
class VideoMoments:
    """The moments of a video, and of which session it is; `size_px` is its width and height."""

    session: str
    video: str
    size_px: tuple[Side, Side]
    moments: Annotated[tuple[VideoMoment, ...], Field(max_length=MOMENTS)] = ()
    schema: int = SCHEMA

    def in_picture(self, moment: VideoMoment) -> InPicture:
        """Return where a moment's points are in the frame."""
        return InPicture(self.size_px, moment.origin_px, moment.length_px)


_DOCUMENT: Final = TypeAdapter(VideoMoments)


class FrameIndex:
    """Which frame of a video was written for which time, and which moments were found in it."""

    def __init__(self, session_id: str, video: str, size_px: tuple[int, int]) -> None:
        """Begin for a video that has no frame yet."""
        self._session_id, self._video, self._size_px = session_id, video, size_px
        self._times_s, self._frames = array("d"), array("q")
        self._afar: list[bytes] = []
        self._found: dict[float, VideoMoment] = {}

    @property
    def document(self) -> VideoMoments:
        """Return all that was found so far."""
        moments = tuple(self._found.values())
        return VideoMoments(self._session_id, self._video, self._size_px, moments)

    def add(self, t_s: float, frame: int, image: Image) -> None:
        """Note which frame shows a time; times must increase."""
        self._times_s.append(t_s)
        self._frames.append(frame)
        self._afar.append(from_afar(image))

    def take(self, moment: Moment) -> bool:
        """Find a moment's frame; say whether it is a new one that has any."""
        place = self._nearest(moment.t_s)
        known = moment.t_s in self._found or len(self._found) >= MOMENTS
        if place is None or moment.in_picture is None or known:
            return False
        there = _in_video(moment.in_picture, self._size_px)
        self._found[moment.t_s] = VideoMoment(
            moment.t_s,
            self._frames[place],
            self._times_s[place],
            self._afar[place].hex(),
            there.origin_px,
            there.length_px,
        )
        return True

    def _nearest(self, t_s: float) -> int | None:
        """Return the place of the frame nearest in time; None where none is near."""
        after = bisect_left(self._times_s, t_s)
        places = [each for each in (after - 1, after) if 0 <= each < len(self._times_s)]
        nearest = min(places, key=lambda each: abs(self._times_s[each] - t_s), default=None)
        if nearest is None or abs(self._times_s[nearest] - t_s) > NEAR_S:
            return None
        return nearest


def _in_video(there: InPicture, size_px: tuple[int, int]) -> InPicture:
    """Return where that is in a video, into whose size the picture was fitted."""
    corner, inner = fitting(there.size_px, size_px)
    scale = inner[0] / there.size_px[0]
    x, y = (
        round(start + each * scale, 2) for start, each in zip(corner, there.origin_px, strict=True)
    )
    return InPicture(size_px, (x, y), round(there.length_px * scale, 2))


def fitting(
    picture_px: tuple[int, int], size_px: tuple[int, int]
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return left and top, width and height of a picture as large as it fits, in the middle."""
    scale = min(size_px[0] / picture_px[0], size_px[1] / picture_px[1])
    across, down = (
        max(min(round(each * scale), most), 1)
        for each, most in zip(picture_px, size_px, strict=True)
    )
    return ((size_px[0] - across) // 2, (size_px[1] - down) // 2), (across, down)


def from_afar(image: Image) -> bytes:
    """Return a picture as 8 x 8 grey values, row by row: enough to tell it from another one."""
    small = cv2.resize(image, (_AFAR, _AFAR), interpolation=cv2.INTER_AREA)
    return np.asarray(small.mean(axis=2).round(), np.uint8).tobytes()


def looks_like(image: Image, afar: str) -> bool:
    """Say whether a picture is the one that looked so from afar."""
    here, then = (np.frombuffer(each, np.uint8) for each in (from_afar(image), bytes.fromhex(afar)))
    return float(np.abs(here.astype(float) - then).mean()) <= _ALIKE


def moments_file(video: Path) -> Path:
    """Return where the moments of a video are kept, or would be."""
    return video.with_suffix(SUFFIX)


def keep_moments(video: Path, index: FrameIndex) -> None:
    """Write down the moments that were found, in place of those that are there.

    Raises:
        BadOutputError: It cannot be written.
    """
    document = asdict(index.document)
    write_text(moments_file(video), json.dumps(document, indent=1) + "\n")


def moments_of(path: Path) -> VideoMoments | None:
    """Return what is kept of a video's moments; None where that is missing or cannot be read."""
    try:
        found = _DOCUMENT.validate_json(read_file(path, MOMENTS_BYTES))
    except (OSError, ValidationError, ValueError, RecursionError):
        return None
    return found if found.schema == SCHEMA else None
