"""Pictures of moments out of a kept video: cropped to the body, small, on request without faces.

A video that is missing, cut short, of something else or damaged gives no picture, and a reason.
"""

from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from coreline.body.cropping import crop_of, faceless, head_of
from coreline.body.framing import Section
from coreline.body.pose import Array
from coreline.camera.source import Image
from coreline.camera.video import VideoFile
from coreline.camera.video_moments import SUFFIX, VideoMoment, VideoMoments, looks_like, moments_of
from coreline.errors import BadSourceError
from coreline.judging.moments import InPicture, Moment

# All pictures of a report, as they stand in it; the page itself has the rest of a megabyte.
MOST_BYTES: Final = 600_000
LARGEST_BYTES: Final = 60_000  # of one of them: more is not seen
# Width in pixels and quality: what is tried in turn until a picture is small enough.
_SIZES: Final = ((720, 75), (600, 65), (480, 60), (400, 50), (320, 45), (240, 35), (160, 25))
_BLOCKS: Final = 4  # of a head that is blurred: fewer than any face can be told by
_HEAD_SHARE: Final = 0.14  # half a head, of a body's length, where it is not known


class NoPicture(StrEnum):
    """Why there is no picture of a moment."""

    NO_VIDEO = "no_video"  # none was kept of the session, or none says which moments it shows
    GONE = "gone"  # the video itself is not there, or cannot be read
    CUT = "cut"  # it ends before the moment
    OTHER = "other"  # it shows something else at that moment
    TOO_MANY = "too_many"  # the pictures would make the report too large


@dataclass(frozen=True, slots=True)
class MomentPicture:
    """A picture of a moment.

    Attributes:
        source: The picture as it stands in a page, `data:image/webp;base64,…`.
        size_px: Its width and height.
        there: Where in it the moment's points are.
    """

    source: str
    size_px: tuple[int, int]
    there: InPicture


@dataclass(frozen=True, slots=True)
class Album:
    """The pictures of some moments by their time, and why the others have none."""

    pictures: Mapping[float, MomentPicture]
    missing: Mapping[float, NoPicture]


@dataclass(frozen=True, slots=True)
class _Crop:
    """A part of a frame, and where in it a moment's points are."""

    image: Image
    there: InPicture
    points: Array


def moments_files(folder: Path) -> list[Path]:
    """Return what lies in a folder beside videos; nothing where there is no such folder."""
    return sorted(folder.glob(f"*{SUFFIX}"))


def pictures_of(
    moments: Sequence[Moment], files: Iterable[Path], session_id: str, *, faces: bool = True
) -> Album:
    """Return pictures of a session's moments, as many as fit into `MOST_BYTES` together.

    Args:
        moments: Of one session, on its clock.
        files: What lies beside the videos that may be of it.
        session_id: Of which session they are.
        faces: Whether faces may be seen.
    """
    known = dict(_known_moments(files, session_id))
    pictures: dict[float, MomentPicture] = {}
    missing: dict[float, NoPicture] = {}
    share = min(MOST_BYTES // max(len(moments), 1), LARGEST_BYTES)
    for moment in moments:
        found = known.get(moment.t_s)
        crop = NoPicture.NO_VIDEO if found is None else _crop(moment, *found)
        picture = crop if isinstance(crop, NoPicture) else _fitting(crop, share, faces=faces)
        if isinstance(picture, NoPicture):
            missing[moment.t_s] = picture
        else:
            pictures[moment.t_s] = picture
    return Album(pictures, missing)


def _known_moments(
    files: Iterable[Path], session_id: str
) -> Iterable[tuple[float, tuple[Path, VideoMoments, VideoMoment]]]:
    """Yield where the moments of a session are, by their time; a session may have two videos."""
    for path in files:
        video = moments_of(path)
        if video is not None and video.session == session_id:
            # Whatever the file says, its video lies beside it.
            place = path.parent / Path(video.video).name
            yield from ((each.t_s, (place, video, each)) for each in video.moments)


def _crop(moment: Moment, place: Path, video: VideoMoments, kept: VideoMoment) -> _Crop | NoPicture:
    """Return the part of a video's frame that shows a moment's body."""
    image = _frame(place, video, kept.frame)
    if isinstance(image, NoPicture):
        return image
    if not looks_like(image, kept.afar):
        return NoPicture.OTHER
    there = video.in_picture(kept)
    points = np.array([(np.nan, np.nan) if each is None else each for each in moment.points])
    return _cut_out(image, points, there)


def _frame(path: Path, video: VideoMoments, number: int) -> Image | NoPicture:
    try:
        with VideoFile(path) as file:
            if (file.info.width, file.info.height) != video.size_px:
                return NoPicture.OTHER
            image = file.frame_at(number)
    except (BadSourceError, OSError, ValueError, cv2.error):
        return NoPicture.GONE
    return NoPicture.CUT if image is None else image


def _cut_out(image: Image, points: Array, there: InPicture) -> _Crop:
    """Return the body's part of a picture."""
    points_px = np.array(there.origin_px) + there.length_px * points
    section = crop_of(points_px, there.size_px)
    (left, top), (right, bottom) = _corners(section, there.size_px)
    origin_px = (there.origin_px[0] - left, there.origin_px[1] - top)
    inner = InPicture((right - left, bottom - top), origin_px, there.length_px)
    return _Crop(image[top:bottom, left:right], inner, points)


def _corners(section: Section, size_px: tuple[int, int]) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return a section's corners in whole pixels: all of it, and a pixel at least."""
    width, height = size_px
    left, top = (
        min(int(section.left * width), width - 1),
        min(int(section.top * height), height - 1),
    )
    right, bottom = np.ceil(section.right * width), np.ceil(section.bottom * height)
    return (left, top), (max(int(right), left + 1), max(int(bottom), top + 1))


def _fitting(crop: _Crop, most_bytes: int, *, faces: bool) -> MomentPicture | NoPicture:
    """Return a picture as good as fits into so many bytes, as it stands in a page."""
    for width_px, quality in _SIZES:
        small = _shrunk(crop, width_px)
        image = small.image if faces else without_faces(small.image, small.points, small.there)
        source = _source(image, quality)
        if source is not None and len(source) <= most_bytes:
            return MomentPicture(source, small.there.size_px, small.there)
    return NoPicture.TOO_MANY


def _shrunk(crop: _Crop, width_px: int) -> _Crop:
    """Return a crop no wider than so many pixels."""
    height, width = crop.image.shape[:2]
    scale = min(width_px / width, 1.0)
    size_px = (max(round(width * scale), 1), max(round(height * scale), 1))
    image = cv2.resize(crop.image, size_px, interpolation=cv2.INTER_AREA)
    x, y = crop.there.origin_px
    there = InPicture(size_px, (x * scale, y * scale), crop.there.length_px * scale)
    return _Crop(np.asarray(image, np.uint8), there, crop.points)


def without_faces(image: Image, points: Array, there: InPicture) -> Image:
    """Return a picture in which nothing is sharp but the body from the neck down.

    Args:
        image: (height, width, 3).
        points: (33, 2) in body lengths, not a number where one was not seen.
        there: Where they are in the picture.
    """
    points_px = np.array(there.origin_px) + there.length_px * points
    head = head_of(points_px, there.length_px)
    radius_px = head.radius if head is not None else _HEAD_SHARE * there.length_px
    height, width = image.shape[:2]
    block_px = max(2.0 * radius_px / _BLOCKS, 2.0)
    size = (max(round(width / block_px), 1), max(round(height / block_px), 1))
    coarse = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    blurred = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR)
    sharp = faceless((width, height), points_px, there.length_px)
    return np.where(sharp[:, :, None], image, blurred).astype(np.uint8)


def _source(image: Image, quality: int) -> str | None:
    there, encoded = cv2.imencode(".webp", image, [cv2.IMWRITE_WEBP_QUALITY, quality])
    if not there:
        return None
    return f"data:image/webp;base64,{b64encode(encoded.tobytes()).decode('ascii')}"
