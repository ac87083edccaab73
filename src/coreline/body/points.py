"""The names of what can be measured on a body: its points, and the kinds of measures.

They stand apart from `measures`, which reads them on a pose: data that name them are checked
without any arithmetic.

Points are written `role.part`. The roles are *near* and *far* (from the camera), *work* and
*support* (the leg that is raised, and the other), *mid* (halfway between left and right), and
*high* and *low* (of the legs, or of the arms, whichever is higher and lower now: the model easily
mixes up two straight legs, and then only this can be relied on), *straight* and *bent* (of the
legs, the one whose ankle is farther from the hips now, and the other: in a bridge on one bent leg
that tells them apart, up and down, also where one hides the other). The parts are ear, shoulder,
elbow, wrist, hip, knee, ankle, heel, toe, and two that are the lowest of several: *foot* (ankle,
heel, toe) and *arm* (elbow, wrist). The nose stands alone.
"""

from typing import Final

PARTS: Final = ("ear", "shoulder", "elbow", "wrist", "hip", "knee", "ankle", "heel", "toe")
LOWEST: Final[dict[str, tuple[str, ...]]] = {
    "foot": ("ankle", "heel", "toe"),
    "arm": ("elbow", "wrist"),
}
_ROLES: Final = ("near", "far", "work", "support", "mid", "high", "low", "straight", "bent")
POINTS: Final[tuple[str, ...]] = (
    "nose",
    *(f"{role}.{part}" for role in _ROLES for part in (*PARTS, *LOWEST)),
)
# How many points each kind of measure is made from.
POINTS_OF_KIND: Final = {
    "bend": 3,
    "angle": 3,
    "slope": 2,
    "fall": 2,
    "between": 4,
    "height": 2,
    "over": 3,
    "bent_leg_bend": 3,
    "straight_leg_bend": 3,
    "along": 2,
    "distance": 2,
    "roll_cos": 0,
    "roll_sin": 0,
}
# Those that are read over the line between the two supports of the body.
SUPPORTED: Final = ("bent_leg_bend", "straight_leg_bend")
KINDS: Final = tuple(POINTS_OF_KIND)
