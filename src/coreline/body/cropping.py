"""What part of one picture shows the body, and what of that may be shown without the face.

Without the face, everything is blurred but the body from the neck down: so the head is covered with
its hair, and so is whoever else is in the picture. Where the head is not known, the body is only
left as it is from the hips down, and never in the upper half.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from coreline.body.framing import Section, reach_of_px
from coreline.body.pose import Array, Joint

SHAPE: Final = 1.6  # width over height
_MARGIN: Final = 0.08  # of the body's longer extent: joints lie inside the body
HEAD: Final = tuple(range(Joint.NOSE, Joint.LEFT_SHOULDER))
_EARS: Final = (Joint.LEFT_EAR, Joint.RIGHT_EAR)
_SHOULDERS: Final = (Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER)
_HIPS: Final = (Joint.LEFT_HIP, Joint.RIGHT_HIP)

# How far the head reaches from the middle of its landmarks, hair and all. Of an adult it is 12 cm
# to the crown and 15 to the chin, of 140 from shoulder to ankle and 52 of trunk; the largest of
# these holds, since a body is foreshortened and a head is not.
_OF_BODY: Final = 0.14
_OF_TRUNK: Final = 0.36
_OF_NECK: Final = 0.9  # of the way from the ears to the shoulders
_OF_LANDMARKS: Final = 1.4  # of the way from the middle to the farthest of its own
# A head whose landmarks lie farther apart, or so far from the shoulders, is none: lengths.
_WIDEST: Final = 0.35
_FARTHEST: Final = 0.5

# The body's parts as broad lines: half their width in lengths, clothes and all.
_PARTS: Final = (
    (("SHOULDER", "ELBOW", "WRIST", "INDEX"), 0.05),
    (("SHOULDER", "HIP"), 0.1),
)
_LEGS: Final = (("HIP", "KNEE", "ANKLE", "HEEL", "FOOT_INDEX", "ANKLE"), 0.08)


@dataclass(frozen=True, slots=True)
class Head:
    """A circle, in pixels, that the head with its hair lies in."""

    x: float
    y: float
    radius: float


def crop_of(points_px: Array, size_px: tuple[int, int]) -> Section:
    """Return the part of a picture that shows the body with a margin, as far as the picture goes.

    Args:
        points_px: (33, 2) landmarks, not a number where one was not seen; one was.
        size_px: Width and height of the picture.
    """
    reach_px = reach_of_px(points_px, size_px)
    margin_px = _MARGIN * float((reach_px[2:] - reach_px[:2]).max())
    edges_px = reach_px + margin_px * np.array([-1.0, -1.0, 1.0, 1.0])
    return Section.of(edges_px, size_px).widened(size_px, SHAPE)


def head_of(points_px: Array, length_px: float) -> Head | None:
    """Return where the head is, or None where that is not known.

    Args:
        points_px: (33, 2) landmarks, not a number where one was not seen.
        length_px: The body's length, shoulder to ankle.
    """
    head_px, shoulders_px = _known(points_px, HEAD), _known(points_px, _SHOULDERS)
    ears_px, hips_px = _known(points_px, _EARS), _known(points_px, _HIPS)
    if not len(ears_px) or not len(shoulders_px) or not np.isfinite(points_px[Joint.NOSE]).all():
        return None
    # Between nose and ears: the middle of all would lie in the face, where most landmarks are.
    middle = (ears_px.mean(axis=0) + points_px[Joint.NOSE]) / 2.0
    spread_px = float(np.hypot(*(head_px - middle).T).max())
    neck_px = float(np.hypot(*(ears_px.mean(axis=0) - shoulders_px.mean(axis=0))))
    if spread_px > _WIDEST * length_px or neck_px > _FARTHEST * length_px:
        return None
    trunk_px = (
        float(np.hypot(*(hips_px.mean(axis=0) - shoulders_px.mean(axis=0)))) if len(hips_px) else 0
    )
    sizes_px = (
        _OF_BODY * length_px,
        _OF_TRUNK * trunk_px,
        _OF_NECK * neck_px,
        _OF_LANDMARKS * spread_px,
    )
    return Head(float(middle[0]), float(middle[1]), max(sizes_px))


def faceless(size_px: tuple[int, int], points_px: Array, length_px: float) -> NDArray[np.bool_]:
    """Return which pixels may be shown as they are, (height, width); all others are blurred.

    Args:
        size_px: Width and height of the picture.
        points_px: (33, 2) landmarks in it, not a number where one was not seen.
        length_px: The body's length in it.
    """
    down, across = np.mgrid[: size_px[1], : size_px[0]].astype(np.float64)
    head = head_of(points_px, length_px)
    shown = np.zeros(size_px[::-1], np.bool_)
    for start, end, half_px in _lines(points_px, length_px, legs_alone=head is None):
        shown |= _is_near(across, down, start, end, half_px)
    if head is None:
        shown[: size_px[1] // 2] = False
        shown &= _beyond_hips(across, down, points_px)
        return shown
    shown &= np.hypot(across - head.x, down - head.y) > head.radius
    return shown


def _known(points_px: Array, joints: Iterable[int]) -> Array:
    """Return those of some landmarks that were seen."""
    points = points_px[list(joints)]
    return points[np.isfinite(points).all(axis=1)]


def _lines(
    points_px: Array, length_px: float, *, legs_alone: bool
) -> Iterator[tuple[Array, Array, float]]:
    """Yield the lines of the body whose ends were both seen, each with half its width."""
    for names, half in (_LEGS,) if legs_alone else (*_PARTS, _LEGS):
        for side in ("LEFT", "RIGHT"):
            joints = [points_px[Joint[f"{side}_{name}"]] for name in names]
            for start, end in pairwise(joints):
                if np.isfinite([start, end]).all():
                    yield start, end, half * length_px


def _is_near(
    across: Array, down: Array, start: Array, end: Array, half_px: float
) -> NDArray[np.bool_]:
    """Say of each pixel whether it is so near to a line."""
    way = end - start
    along = ((across - start[0]) * way[0] + (down - start[1]) * way[1]) / max(way @ way, 1e-9)
    along = along.clip(0.0, 1.0)
    off_px = np.hypot(across - start[0] - along * way[0], down - start[1] - along * way[1])
    return np.asarray(off_px <= half_px)


def _beyond_hips(across: Array, down: Array, points_px: Array) -> NDArray[np.bool_]:
    """Say of each pixel whether it lies on the feet's side of the hips; nowhere if unknown."""
    hips, shoulders = _known(points_px, _HIPS), _known(points_px, _SHOULDERS)
    if not len(hips) or not len(shoulders):
        return np.zeros(across.shape, np.bool_)
    hip, way = hips.mean(axis=0), hips.mean(axis=0) - shoulders.mean(axis=0)
    return np.asarray((across - hip[0]) * way[0] + (down - hip[1]) * way[1] > 0.0)
