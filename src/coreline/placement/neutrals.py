"""A person's own lines, kept for one place of one camera, and whether it still stands there.

The body line is judged as a change from the person's own neutral, and how that neutral reads
depends on where the camera stands. So it is kept with the place, and found again when the camera
was moved.
"""

from dataclasses import dataclass, replace
from statistics import median

from coreline.body.measures import Side
from coreline.placement.geometry import CameraPlace, FoundBy
from coreline.placement.rules import Rules

_KEPT = 8  # sets; what was longer ago was another body
_FEW = 2  # sets that say nothing of how far they lie apart
_SD_DEG = 3.0  # a guess; lines of one person over several days would settle it
_LEAST_SD_DEG = 1.5  # half of that: few sets lie together by chance
_FIRST_KIND = "bend"  # the only one there was before the kind was kept


@dataclass(frozen=True, slots=True)
class Usual:
    """A person's line over several sets, and how far those lie apart as a standard deviation.

    `kind` is the kind of measure that read it: what another kind reads is another number.
    """

    line_deg: float
    sd_deg: float
    kind: str = _FIRST_KIND


@dataclass(frozen=True, slots=True)
class Neutral:
    """What an exercise's line reads when it is the person's own best, on one side.

    `side` is as the exercise counts sides; None where it has none. `line_deg` is the last set's,
    `earlier_deg` those of sets before it, the oldest first: one set may have been a bad one. `kind`
    is the kind of measure that read all of them.
    """

    exercise_id: str
    side: Side | None
    line_deg: float
    earlier_deg: tuple[float, ...] = ()
    kind: str = _FIRST_KIND

    @property
    def usual(self) -> Usual:
        """Return the line over all sets that are known: their median, and how far they lie apart.

        The spread is the median distance from the median, as a standard deviation (1.4826 of it in
        a normal distribution); a single set says as much as people's sets usually lie apart.
        """
        lines_deg = [*self.earlier_deg, self.line_deg]
        middle_deg = median(lines_deg)
        apart_deg = 1.4826 * median(abs(each - middle_deg) for each in lines_deg)
        sd_deg = max(apart_deg, _LEAST_SD_DEG) if len(lines_deg) > _FEW else _SD_DEG
        return Usual(middle_deg, sd_deg, self.kind)


@dataclass(frozen=True, slots=True)
class Neutrals:
    """The neutrals found at one place, one for each exercise and side."""

    found: tuple[Neutral, ...] = ()

    def lines(self) -> dict[tuple[str, Side | None], Usual]:
        """Return the lines by exercise and side."""
        return {(each.exercise_id, each.side): each.usual for each in self.found}

    def with_(self, neutral: Neutral) -> "Neutrals":
        """Return these with a newer set's; older ones of its kind are kept as its earlier ones."""
        key = (neutral.exercise_id, neutral.side)
        others = tuple(each for each in self.found if (each.exercise_id, each.side) != key)
        older = [each for each in self.found if (each.exercise_id, each.side) == key]
        alike = [each for each in older if each.kind == neutral.kind]
        known_deg = [deg for each in alike for deg in (*each.earlier_deg, each.line_deg)]
        earlier_deg = tuple(known_deg[-(_KEPT - 1) :])
        return Neutrals((*others, replace(neutral, earlier_deg=earlier_deg)))


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
