"""What is shown of an exercise done wrong: its faults by the codes of the program, as states.

Each is far enough from right to be told at a glance, and no further than the floor allows. Two are
no states: feet that slid stand elsewhere from the start, and of a body that rolls back all that is
above its supports turns.
"""

from dataclasses import replace
from typing import Final

import numpy as np
from courses import smooth
from directions import Array
from exercises import CRUNCH, CURL, Doer
from limits import possible_sag_deg
from sideways import SIDE_X
from ways import State

SAG_DEG: Final = 24.0
BRIDGE_SAG_DEG: Final = 34.0  # the knees stay up: it shows less
# Of the way up, and of the crunch in degrees: what stays too low.
LOW_SHARE, LOW_CURL_DEG = 0.4, 9.0

SLIDE, ROLL_BACK = "feet_slide", "trunk_rolled"
# Where feet have slid to: the knee's angle in a bridge; in a crunch from hip to heel, in thighs.
SLID_KNEE_DEG, SLID_THIGHS = 130.0, 1.5
# How far the top of a body rolls back, and so high above its supports it does so fully.
ROLLED_DEG, ROLLED_M = 38.0, 0.28

LINE: Final = ("sag", "pike")
RAISED: Final = (*LINE, "knee_bent", "leg_low", "leg_high")
REPEATED: Final = (*LINE, "knee_bent", "too_low")
WRONG: Final[dict[str, tuple[str, ...]]] = {
    "w12-belly-bridge": (*LINE, SLIDE),
    "w12-side-bridge": (*LINE, "knee_bent", ROLL_BACK),
    "w12-back-bridge": (*LINE, "knee_bent"),
    CURL: ("hips_low", "legs_swing"),
    "w34-belly-bridge": RAISED,
    "w34-side-bridge": (*RAISED, ROLL_BACK),
    "w34-back-bridge": RAISED,
    "w34-superman": ("legs_low", "arms_low", "knee_bent"),
    "w56-belly-bridge": REPEATED,
    "w56-side-bridge": REPEATED,
    "w56-back-bridge": REPEATED,
    CRUNCH: ("too_low", "too_high", SLIDE),
    "adv-belly-bridge": REPEATED,
    "adv-side-bridge": (*REPEATED, "arm_low"),
    "adv-back-bridge": REPEATED,
    "adv-log-roll": LINE,
}
# What a fault moves, and how far.
MOVED: Final[dict[str, dict[str, float]]] = {
    SLIDE: {},
    ROLL_BACK: {},
    "pike": {"dev": -27.0},
    "knee_bent": {"knee": 48.0},
    "leg_low": {"sink": 20.0},
    "leg_high": {"sink": -20.0},
    "hips_low": {"sink": 14.0},
    "legs_swing": {"swing": 34.0},
    "legs_low": {"legs_sink": 1.0},
    "arms_low": {"arms_sink": 1.0},
    "arm_low": {"arm": 0.45},
    "too_high": {"curl": 58.0},
}


def shown_wrong(exercise: str, *, ball: bool) -> tuple[str, ...]:
    """Return the faults that are drawn; feet do not slide off a ball, they roll it."""
    return tuple(code for code in WRONG[exercise] if code != SLIDE or not ball)


def rolled_back(vertices: Array, support_m: float) -> Array:
    """Return a body on its side whose top has rolled back, away from the camera.

    Args:
        vertices: (n, 3), head left.
        support_m: How high the forearm lies: 0, or the ball's top.
    """
    left, right = SIDE_X, float(vertices[:, 0].max())
    along = np.array([right - left, -support_m, 0.0])
    along /= np.linalg.norm(along)
    up = np.array([-along[1], along[0], 0.0])
    begin = np.array([left, support_m, 0.0])
    high_m, toward_m = (vertices - begin) @ up, vertices[:, 2]
    share = np.array([smooth(x) for x in high_m / ROLLED_M])
    a = np.radians(ROLLED_DEG) * share
    turned_m = high_m * np.cos(a) + toward_m * np.sin(a)
    out = vertices + np.outer(turned_m - high_m, up)
    out[:, 2] = toward_m * np.cos(a) - high_m * np.sin(a)
    return out


def wrong(code: str, right: State, doer: Doer) -> State:
    """Return the state in which somebody makes a fault who else does it right."""
    if code == "sag":
        sag_deg = BRIDGE_SAG_DEG if doer.spec.posture == "bridge" else SAG_DEG
        return replace(right, dev=possible_sag_deg(doer, sag_deg))
    if code == "too_low":
        return replace(right, q=LOW_SHARE * right.q, curl=min(right.curl, LOW_CURL_DEG))
    return replace(right, **MOVED[code])
