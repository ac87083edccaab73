"""Two moments laid over one another: stick figures at one scale, told apart by colour and stroke.

They are laid together where their body lines begin, both with the head at the same end: what lies
the other way is mirrored, as left and right are.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from coreline.body.pose import Joint
from coreline.judging.moments import Moment
from coreline.report.axis import Place, line_path, lines_path
from coreline.report.figures import HEAD_POINTS, line_of

_SCALE = 200.0  # units of the drawing for a body length
_MARGIN = 14.0
_LEAST_HEIGHT = 80.0
_HEAD = 11.0
_LIMBS = (
    ("SHOULDER", "ELBOW", "WRIST"),
    ("SHOULDER", "HIP"),
    ("HIP", "KNEE", "ANKLE", "HEEL", "FOOT_INDEX", "ANKLE"),
)

Points = dict[int, Place]


@dataclass(frozen=True, slots=True)
class OverlaidBody:
    """One of the two: both its sides' limbs, its body line, and the middle of its head."""

    limbs: str
    line: str
    head: Place | None


@dataclass(frozen=True, slots=True)
class Overlay:
    """Two bodies in one drawing; the first is drawn whole, the second in dashes."""

    width: float
    height: float
    first: OverlaidBody
    second: OverlaidBody
    head_size: float = _HEAD


def overlay_of(first: Moment, second: Moment) -> Overlay:
    """Return two moments laid over one another, the second moved and turned to the first."""
    mine, other = _points(first), _laid_on(first, second)
    every = [*mine.values(), *other.values()]
    left, top = min(x for x, _ in every), min(y for _, y in every)
    right, bottom = max(x for x, _ in every), max(y for _, y in every)
    height = (bottom - top) * _SCALE + 2.0 * _MARGIN
    drop = max(_LEAST_HEIGHT - height, 0.0)
    pen = _Pen(left, top - drop / _SCALE)
    return Overlay(
        width=round((right - left) * _SCALE + 2.0 * _MARGIN),
        height=round(height + drop),
        first=pen.body(mine, first),
        second=pen.body(other, second),
    )


def _points(moment: Moment) -> Points:
    """Return the landmarks that were seen, by their number."""
    return {joint: place for joint, place in enumerate(moment.points) if place is not None}


def _laid_on(first: Moment, second: Moment) -> Points:
    """Return the second's landmarks with its line beginning where the first's does."""
    mine, other = line_of(first), line_of(second)
    way = -1.0 if _is_rightward(mine) is not _is_rightward(other) else 1.0
    across, down = mine[0][0] - way * other[0][0], mine[0][1] - other[0][1]
    return {joint: (way * x + across, y + down) for joint, (x, y) in _points(second).items()}


def _is_rightward(line: list[Place]) -> bool:
    return line[-1][0] > line[0][0]


@dataclass(frozen=True, slots=True)
class _Pen:
    """Turns places in body lengths into those of the drawing."""

    left: float
    top: float

    def body(self, points: Points, moment: Moment) -> OverlaidBody:
        """Return what is drawn of a body."""
        limbs = [
            self._through(points, (Joint[f"{side}_{part}"] for part in parts))
            for side in ("LEFT", "RIGHT")
            for parts in _LIMBS
        ]
        head = self._through(points, HEAD_POINTS)
        return OverlaidBody(
            limbs=lines_path(limbs),
            line=line_path(self._through(points, moment.line)),
            head=_middle(head) if head else None,
        )

    def _through(self, points: Points, joints: Iterable[int]) -> list[Place]:
        """Return the line through those of some landmarks that were seen."""
        seen = (points[joint] for joint in joints if joint in points)
        return [
            (
                round((x - self.left) * _SCALE + _MARGIN, 1),
                round((y - self.top) * _SCALE + _MARGIN, 1),
            )
            for x, y in seen
        ]


def _middle(places: list[Place]) -> Place:
    across, down = zip(*places, strict=True)
    return (round(sum(across) / len(places), 1), round(sum(down) / len(places), 1))
