"""Where good ends and a fault begins, against the person's own line, and which faults there are.

Below `fine` it is good, above `bad` it is a fault; between them lies the grey band, where either
verdict is right. These are the truth's limits, not the program's: a judge that is compared with
the truth must not read them.
"""

from dataclasses import dataclass
from typing import Final

from exercises import CRUNCH, CURL, Doer
from ways import Ball


@dataclass(frozen=True, slots=True)
class Limit:
    """Of a state variable, in its unit (degrees, or a share of the lift)."""

    fine: float
    threshold: float
    bad: float


LIMITS: Final = {
    "dev": Limit(7, 10, 13),
    "knee": Limit(15, 20, 23),
    "sink": Limit(8, 13, 16),
    "tilt": Limit(4, 6, 9),
    "swing": Limit(8, 25, 28),
    "legs_sink": Limit(0.3, 0.5, 0.65),
    "arms_sink": Limit(0.3, 0.5, 0.65),
}
# Getting there, as a share or in degrees: out of the mat, into position, leg to its place.
GONE: Final = Limit(3, 10, 40)
LYING: Final = Limit(15, 30, 50)
LEG_AWAY: Final = Limit(12, 35, 60)

HOLD_S: Final = 2.0
HOLD_GREY_S: Final = 0.15
TAP_FINE_CM, TAP_BAD_CM = 1.0, 4.0
# Rise of the crunch, degrees, and of a leg, as a share of the person's own.
LOW_DEG, LOW_FINE_DEG, HIGH_FINE_DEG, HIGH_DEG = 12, 18, 47, 53
LOW_SHARE, LOW_FINE_SHARE = 0.78, 0.94
ROLL_FINE_DEG, ROLL_BAD_DEG = 12, 18
ROLL_FAST_S, ROLL_FINE_S = 2.8, 3.4


@dataclass(frozen=True, slots=True)
class FaultKind:
    """How a fault is scripted: a state variable, from the least to the most."""

    variable: str
    least: float
    most: float


FAULTS: Final = {
    "sag": FaultKind("dev", 0, 30),
    "pike": FaultKind("dev", 0, -30),
    "arch": FaultKind("dev", 0, -28),
    "knee_bent": FaultKind("knee", 0, 50),
    "leg_sunk": FaultKind("sink", 0, 25),
    "hips_down": FaultKind("sink", 0, 14),
    "legs_swing": FaultKind("swing", 5, 38),
    "legs_sink": FaultKind("legs_sink", 0.1, 1),
    "arms_sink": FaultKind("arms_sink", 0.1, 1),
}
HOLD_FAULTS: Final = {
    "w12-belly-bridge": ["sag", "arch"],
    "w12-side-bridge": ["sag", "pike"],
    "w12-back-bridge": ["sag", "pike", "knee_bent"],
    CURL: ["hips_down", "legs_swing"],
    "w34-belly-bridge": ["sag", "leg_sunk", "knee_bent"],
    "w34-side-bridge": ["sag", "pike", "leg_sunk", "knee_bent"],
    "w34-back-bridge": ["sag", "knee_bent", "leg_sunk"],
    "w34-superman": ["legs_sink", "arms_sink"],
}
# Lines that only sag while the leg is raised; the others pike as well.
ONLY_SAG: Final = ("w56-belly-bridge", "w56-back-bridge", "adv-belly-bridge")
# What lies on the ball, for the exercises which the programme allows it.
BALL: Final[dict[str, Ball]] = {
    "w12-belly-bridge": "feet",
    "w12-side-bridge": "forearm",
    "w12-back-bridge": "feet",
    "w34-belly-bridge": "shoulders",
    "w34-side-bridge": "forearm",
    "w34-back-bridge": "feet",
    "w34-superman": "belly",
    "w56-belly-bridge": "shoulders",
    "w56-side-bridge": "forearm",
    "w56-back-bridge": "feet",
    CRUNCH: "shoulders",
    "adv-belly-bridge": "feet",
    "adv-side-bridge": "forearm",
}


def limit(exercise: str, variable: str) -> Limit:
    """Return a state variable's limit in an exercise."""
    return LIMITS["tilt" if exercise == CURL and variable == "sink" else variable]


def ball_radius_m(height_m: float) -> float:
    """Return the radius of the ball that suits a person: 55, 65 or 75 cm across."""
    return 0.275 if height_m < 1.68 else 0.325 if height_m <= 1.88 else 0.375


def possible_sag_deg(doer: Doer, deg: float) -> float:
    """Return a bend that the floor allows: below the person's line the hips soon touch it."""
    return min(deg, max(doer.rest_deg - doer.way.own - 1.5, 4.0)) if deg > 0 else deg
