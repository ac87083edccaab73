"""Values that say how a body is placed: a person's choices, and what moves right now."""

from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

Ball: TypeAlias = Literal["feet", "shoulders", "forearm", "belly"]
# Keys of the options in the truth, by the name they have here.
_KEYS: Final = {
    "ball": "ball",
    "radius_m": "R",
    "arms": "arms",
    "spread": "spread",
    "heel_m": "heel",
    "thigh_deg": "thigh",
    "knee_deg": "knee",
    "head_deg": "head",
}


@dataclass(slots=True)
class Options:
    """How a person places the body; None = as usual in the posture.

    Attributes:
        ball: What lies on the ball, None without one.
        radius_m: Of the ball.
        arms: Where they lie: sides, across, overhead, down, head, hip, straight, forearms.
        spread: Of the feet, in widths of the hips.
        heel_m: From shoulder (bridges) or hip to ankle.
        thigh_deg: Slope of the thighs of the pelvic curl.
        knee_deg: Bend of its knees.
        head_deg: How far the head is lifted.
    """

    ball: Ball | None = None
    radius_m: float | None = None
    arms: str | None = None
    spread: float | None = None
    heel_m: float | None = None
    thigh_deg: float | None = None
    knee_deg: float | None = None
    head_deg: float | None = None

    @property
    def ball_m(self) -> float:
        """Radius of the ball, 0 without one."""
        return self.radius_m or 0.0

    @property
    def lift_deg(self) -> float:
        """How far the head is lifted, 0 if nothing is said."""
        return self.head_deg or 0.0

    def as_json(self) -> dict[str, Any]:
        """Return what is said, as it stands in the truth."""
        said = {key: getattr(self, name) for name, key in _KEYS.items()}
        return {key: value for key, value in said.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Working:
    """What the working leg and the free arm do.

    Attributes:
        side: Of the leg, "l" or "r".
        up: 0 down .. 1 raised.
        apart_deg: Between the raised and the other leg.
        knee_deg: Flexion of its knee.
        free: Bridges: 0 foot on the floor .. 1 leg stretched.
        top_deg: Bridges: slope of the raised leg.
        arm: 0 carries .. 1 stretched away.
    """

    side: str = "r"
    up: float = 0.0
    apart_deg: float = 28.0
    knee_deg: float = 0.0
    free: float = 0.0
    top_deg: float = 0.0
    arm: float = 0.0


@dataclass(slots=True)
class State:
    """The state variables of an exercise: what the script moves.

    Attributes:
        pos: 0 at rest .. 1 in position.
        leg: 0 .. 1 free leg brought to its place.
        arm: 0 .. 1 free arm brought to its place.
        q: 0 leg down .. 1 up.
        dev: Extra bend of the line, degrees, + = hip toward the floor.
        knee: Flexion of the working leg, degrees.
        sink: The working limbs sink below their place, degrees.
        swing: Thighs past their place, degrees.
        legs_sink: Superman: share of the legs' lift that is lost.
        arms_sink: Superman: share of the arms' lift that is lost.
        curl: Crunch: rise of the chest, degrees.
        roll: Log roll: turn, degrees, 0 = belly down, 90 = chest to the camera.
        drift: Like dev, but slow, by fatigue.
        gone: 0 at the mat's floor .. 1 sitting, kneeling or on all fours.
    """

    pos: float = 0.0
    leg: float = 0.0
    arm: float = 0.0
    q: float = 0.0
    dev: float = 0.0
    knee: float = 0.0
    sink: float = 0.0
    swing: float = 0.0
    legs_sink: float = 0.0
    arms_sink: float = 0.0
    curl: float = 0.0
    roll: float = 0.0
    drift: float = 0.0
    gone: float = 0.0
