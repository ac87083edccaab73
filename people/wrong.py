"""What is shown of an exercise done wrong: its faults by the codes of the program, as states.

Each is far enough from right to be told at a glance, and no further than the floor allows. What a
body here cannot do, such as feet that slide, has no picture.
"""

from dataclasses import replace
from typing import Final

from exercises import CRUNCH, CURL, Doer
from limits import possible_sag_deg
from ways import State

SAG_DEG: Final = 24.0
BRIDGE_SAG_DEG: Final = 34.0  # the knees stay up: it shows less
# Of the way up, and of the crunch in degrees: what stays too low.
LOW_SHARE, LOW_CURL_DEG = 0.4, 9.0

LINE: Final = ("sag", "pike")
RAISED: Final = (*LINE, "knee_bent", "leg_low", "leg_high")
REPEATED: Final = (*LINE, "knee_bent", "too_low")
WRONG: Final[dict[str, tuple[str, ...]]] = {
    "w12-belly-bridge": LINE,
    "w12-side-bridge": (*LINE, "knee_bent"),
    "w12-back-bridge": (*LINE, "knee_bent"),
    CURL: ("hips_low", "legs_swing"),
    "w34-belly-bridge": RAISED,
    "w34-side-bridge": RAISED,
    "w34-back-bridge": RAISED,
    "w34-superman": ("legs_low", "arms_low", "knee_bent"),
    "w56-belly-bridge": REPEATED,
    "w56-side-bridge": REPEATED,
    "w56-back-bridge": REPEATED,
    CRUNCH: ("too_low", "too_high"),
    "adv-belly-bridge": REPEATED,
    "adv-side-bridge": (*REPEATED, "arm_low"),
    "adv-back-bridge": REPEATED,
    "adv-log-roll": LINE,
}
# What a fault moves, and how far.
MOVED: Final[dict[str, dict[str, float]]] = {
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


def wrong(code: str, right: State, doer: Doer) -> State:
    """Return the state in which somebody makes a fault who else does it right."""
    if code == "sag":
        sag_deg = BRIDGE_SAG_DEG if doer.spec.posture == "bridge" else SAG_DEG
        return replace(right, dev=possible_sag_deg(doer, sag_deg))
    if code == "too_low":
        return replace(right, q=LOW_SHARE * right.q, curl=min(right.curl, LOW_CURL_DEG))
    return replace(right, **MOVED[code])
