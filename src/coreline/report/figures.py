"""The drawing of a moment: a stick figure from landmarks, its body line thick, never a picture."""

from collections.abc import Iterable
from dataclasses import dataclass

from coreline.body.pose import Joint
from coreline.judging.moments import Moment
from coreline.report.axis import Place, line_path, lines_path

_SCALE = 160.0  # units of the drawing for a body length
_MARGIN = 14.0
_HEAD = 9.0
_LEAST_HEIGHT = 80.0
_ARM = ("SHOULDER", "ELBOW", "WRIST")
_LEG = ("HIP", "KNEE", "ANKLE", "HEEL", "FOOT_INDEX", "ANKLE")
_TRUNK = ("SHOULDER", "HIP")
HEAD_POINTS = (Joint.NOSE, Joint.LEFT_EAR, Joint.RIGHT_EAR)


@dataclass(frozen=True, slots=True)
class StickFigure:
    """A stick figure: the limbs near the camera and far from it, the body line, head and floor.

    `own` is the person's own best line laid over it at the shoulder, empty where there is none.
    """

    width: float
    height: float
    near: str
    far: str
    line: str
    own: str
    head: Place | None
    head_size: float
    floor: float


def figure_of(moment: Moment, near_side: str | None, best: Moment | None = None) -> StickFigure:
    """Return the drawing of a moment, at the same scale for every moment.

    Args:
        moment: what to draw.
        near_side: "left" or "right", the side that is drawn in front.
        best: the moment whose line is laid over it, where both lie the same way.
    """
    seen = [place for place in moment.points if place is not None]
    left, top = min(x for x, _ in seen), min(y for _, y in seen)
    width = (max(x for x, _ in seen) - left) * _SCALE + 2.0 * _MARGIN
    drop = max(_LEAST_HEIGHT - (-top * _SCALE + 2.0 * _MARGIN), 0.0)
    draw = _Pen(moment, left, top - drop / _SCALE)
    near = "RIGHT" if near_side == "right" else "LEFT"
    far = "LEFT" if near == "RIGHT" else "RIGHT"
    line = draw.through(moment.line)
    own = [draw.place(point) for point in laid_over(moment, best)] if best is not None else []
    return StickFigure(
        width=round(width),
        height=round(-top * _SCALE + 2.0 * _MARGIN + drop),
        near=lines_path(draw.limbs(near)),
        far=lines_path(draw.limbs(far)),
        line=line_path(line),
        own=line_path(own) if own else "",
        head=draw.head(),
        head_size=_HEAD,
        floor=draw.place((0.0, 0.0))[1] + 4.0,
    )


@dataclass(frozen=True, slots=True)
class _Pen:
    """Turns landmarks in body lengths into places of the drawing."""

    moment: Moment
    left: float
    top: float

    def place(self, point: Place) -> Place:
        """Return where a point is drawn."""
        x, y = point
        return (
            float(round((x - self.left) * _SCALE + _MARGIN)),
            float(round((y - self.top) * _SCALE + _MARGIN)),
        )

    def through(self, joints: Iterable[int]) -> list[Place]:
        """Return the line through those of some landmarks that were seen."""
        points = [self.moment.points[joint] for joint in joints]
        return [self.place(point) for point in points if point is not None]

    def limbs(self, side: str) -> list[list[Place]]:
        """Return arm, trunk and leg of one side."""
        return [
            self.through(Joint[f"{side}_{part}"] for part in parts)
            for parts in (_ARM, _TRUNK, _LEG)
        ]

    def head(self) -> Place | None:
        """Return the middle of the head, or None when it was not seen."""
        places = self.through(HEAD_POINTS)
        if not places:
            return None
        across, down = zip(*places, strict=True)
        return (round(sum(across) / len(across), 1), round(sum(down) / len(down), 1))


def laid_over(moment: Moment, best: Moment) -> list[Place]:
    """Return another moment's line, moved to begin where this one's does, in body lengths.

    Nothing where the two lie different ways.
    """
    mine, other = line_of(moment), line_of(best)
    if (mine[-1][0] > mine[0][0]) != (other[-1][0] > other[0][0]):
        return []
    across, down = mine[0][0] - other[0][0], mine[0][1] - other[0][1]
    return [(x + across, y + down) for x, y in other]


def line_of(moment: Moment) -> list[Place]:
    """Return the places of a moment's line, which were all seen, in body lengths."""
    return [place for place in (moment.points[joint] for joint in moment.line) if place is not None]
