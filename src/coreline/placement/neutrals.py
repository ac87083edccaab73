"""A person's own lines, kept for one place of one camera, and whether it still stands there.

The body line is judged as a change from the person's own neutral, and how that neutral reads
depends on where the camera stands. So it is kept with the place, and found anew when the camera was
moved.
"""

from dataclasses import dataclass

from coreline.body.measures import Side
from coreline.placement.geometry import CameraPlace, FoundBy
from coreline.placement.rules import Rules


@dataclass(frozen=True, slots=True)
class Neutral:
    """What an exercise's line reads when it is the person's own best, on one side.

    `side` is as the exercise counts sides; None where it has none.
    """

    exercise_id: str
    side: Side | None
    line_deg: float


@dataclass(frozen=True, slots=True)
class Neutrals:
    """The neutrals found at one place, one for each exercise and side."""

    found: tuple[Neutral, ...] = ()

    def lines_deg(self) -> dict[tuple[str, Side | None], float]:
        """Return the lines by exercise and side."""
        return {(each.exercise_id, each.side): each.line_deg for each in self.found}

    def with_(self, neutral: Neutral) -> "Neutrals":
        """Return these, with one put in the place of an older one."""
        key = (neutral.exercise_id, neutral.side)
        others = (each for each in self.found if (each.exercise_id, each.side) != key)
        return Neutrals((*others, neutral))


def moved(old: CameraPlace, new: CameraPlace, rules: Rules) -> bool:
    """Say whether the camera was moved between two measurements.

    What a body tells is coarser than what the sheets do: where either was found by a body, more is
    allowed, and the angle, which a body does not tell, is not compared.
    """
    if old.size_px != new.size_px:
        return True
    coarse = FoundBy.BODY in (old.found_by, new.found_by)
    factor = rules.moved.coarse_factor if coarse else 1.0
    falls_px = (abs(a - b) for a, b in zip(old.floor_px, new.floor_px, strict=True))
    if max(falls_px) > factor * rules.moved.floor_share * old.size_px[1]:
        return True
    if abs(new.scale_px_m / old.scale_px_m - 1.0) > factor * rules.moved.scale_share:
        return True
    return _turned(old, new, rules)


def _turned(old: CameraPlace, new: CameraPlace, rules: Rules) -> bool:
    if old.yaw_deg is None or new.yaw_deg is None:
        return False
    return abs(new.yaw_deg - old.yaw_deg) > rules.moved.yaw_deg
