"""A stick figure in a side view that moves from key pose to key pose: drawn, not measured."""

from typing import Annotated, Literal, Self, TypeAlias, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

Joint = Literal[
    "head",
    "shoulder",
    "near_elbow",
    "near_wrist",
    "far_elbow",
    "far_wrist",
    "hip",
    "near_knee",
    "near_ankle",
    "near_toe",
    "far_knee",
    "far_ankle",
    "far_toe",
]
JOINTS: tuple[Joint, ...] = get_args(Joint)
# Body lengths: x from the head's end to the feet's, y up from the floor.
Place: TypeAlias = tuple[float, float]
Across = Annotated[float, Field(ge=-2, le=2)]
Up = Annotated[float, Field(ge=0, le=2)]
Places = Annotated[
    tuple[Annotated[tuple[Across, Up], Field(strict=False)], ...],
    Field(strict=False, min_length=1, max_length=24),
]
Stay = Annotated[float, Field(ge=0, le=10)]
Posture: TypeAlias = dict[str, Place]


class Figure(BaseModel):
    """Key poses of an exercise: each joint with one place, where it stays, or one a key pose.

    Attributes:
        faces: Which way the belly looks; with the working side it says where the head is.
        stay_s: How long each key pose is kept; there are as many poses as numbers.
        move_s: How long it takes from one to the next.
        line: The joints of the body line, which is drawn thick.
        ball: Middle and radius of the ball that is lain or leant on, if there is one.
    """

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, allow_inf_nan=False, defer_build=True
    )

    faces: Literal["up", "down", "camera"]
    stay_s: Annotated[tuple[Stay, ...], Field(strict=False, min_length=1, max_length=24)]
    move_s: Annotated[float, Field(gt=0, le=10)]
    line: Annotated[tuple[Joint, ...], Field(strict=False, min_length=2)]
    head: Places
    shoulder: Places
    near_elbow: Places
    near_wrist: Places
    far_elbow: Places
    far_wrist: Places
    hip: Places
    near_knee: Places
    near_ankle: Places
    near_toe: Places
    far_knee: Places
    far_ankle: Places
    far_toe: Places
    ball: Annotated[tuple[Across, Up, Up], Field(strict=False)] | None = None

    @model_validator(mode="after")
    def _has_a_place_for_every_pose(self) -> Self:
        poses = len(self.stay_s)
        for joint in JOINTS:
            if len(self._places(joint)) not in {1, poses}:
                raise ValueError(f"{joint} needs 1 place or {poses}, one for each of stay_s")
        return self

    @property
    def poses(self) -> int:
        """Number of key poses."""
        return len(self.stay_s)

    @property
    def round_s(self) -> float:
        """Seconds from the first key pose to the last, back the same way, and home."""
        return sum(duration_s for _, _, duration_s in self._legs())

    def key_pose(self, number: int) -> Posture:
        """Return where each joint is in a key pose, counted from 0."""
        return {joint: _at(self._places(joint), number) for joint in JOINTS}

    def at(self, t_s: float) -> Posture:
        """Return where each joint is at a moment; it goes there and back without an end."""
        left_s = t_s % self.round_s if self.round_s else 0.0
        for begin, end, duration_s in self._legs():
            if left_s < duration_s:
                share = _eased(left_s / duration_s)
                return _between(self.key_pose(begin), self.key_pose(end), share)
            left_s -= duration_s
        return self.key_pose(0)

    def extent(self) -> tuple[float, float, float]:
        """Return the furthest left, the furthest right and the highest that a joint gets."""
        places = [place for joint in JOINTS for place in self._places(joint)]
        across = [x for x, _ in places]
        return min(across), max(across), max(y for _, y in places)

    def _legs(self) -> list[tuple[int, int, float]]:
        """Return what is done in a round: from which pose, to which, and for how long."""
        stops = [*range(self.poses), *range(self.poses - 2, 0, -1)]
        legs = []
        for here, there in zip(stops, [*stops[1:], stops[0]], strict=True):
            legs.append((here, here, self.stay_s[here]))
            if here != there:
                legs.append((here, there, self.move_s))
        return legs

    def _places(self, joint: str) -> tuple[Place, ...]:
        """Return the places of a joint."""
        places: tuple[Place, ...] = getattr(self, joint)
        return places


def _at(places: tuple[Place, ...], number: int) -> Place:
    """Return a joint's place in a key pose; one that has a single place stays there."""
    return places[number] if len(places) > 1 else places[0]


def _eased(share: float) -> float:
    """Return how far a movement of the body has got: gently off and gently home."""
    return share**3 * (10 - 15 * share + 6 * share**2)


def _between(begin: Posture, end: Posture, share: float) -> Posture:
    """Return a posture on the way from one to another."""
    return {
        joint: (x + (end[joint][0] - x) * share, y + (end[joint][1] - y) * share)
        for joint, (x, y) in begin.items()
    }
