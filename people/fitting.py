"""What depends on the body: how far its hips are from the floor, where its feet must stand."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import prone
import sideways
import supine
from directions import Array
from exercises import Doer, Spec
from human import Human, Pose
from ways import Options, Working

SEAT: Final = ("pelvis", "thigh_l", "thigh_r", "spine_01")
# Slopes of a bridge's trunk between which is searched: on the floor, feet on the ball, shoulders
# on the ball.
FLOOR_LIFTS_DEG: Final = (-10, 50)
FEET_LIFTS_DEG: Final = (-12, 62)
SHOULDER_LIFTS_DEG: Final = (-50, 45)
LIFT_STEP_DEG: Final = 1.5
# A ball under forearm or feet keeps the hips off the floor: they bend no further than this.
MOST_BEND_DEG: Final = {"forearm": 24.0, "feet": 40.0}
MOST_BEND_OF_ALL_DEG: Final = 60.0
MOST_BRIDGE_BEND_DEG: Final = 38.0
SEARCHES: Final = 18


def measured(human: Human, spec: Spec, options: Options, knee_deg: float | None = None) -> Doer:
    """Return a body measured for an exercise.

    Args:
        human: The body.
        spec: The exercise.
        options: The person's choices; a bridge gets its heel from the knee's angle.
        knee_deg: The standing knee's angle in the good line of a bridge.
    """
    doer = Doer(human, spec, options)
    if spec.posture == "bridge":
        _measure_bridge(doer, knee_deg)
    elif spec.posture in PLANKS:
        doer.rest_deg = _plank_rest_deg(doer)
    elif spec.posture == "superman" and options.ball:
        doer.low_deg = _hanging_deg(doer)
    return doer


def bisect(f: Callable[[float], float], low: float, high: float, rounds: int = SEARCHES) -> float:
    """Return where a falling function crosses zero between two bounds."""
    for _ in range(rounds):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if f(middle) > 0 else (low, middle)
    return 0.5 * (low + high)


@dataclass(frozen=True, slots=True)
class _Bridge:
    """A bridge of one body with both feet down, at any slope of the trunk."""

    human: Human
    options: Options

    def pose(self, lift_deg: float) -> Pose:
        return supine.bridge(self.human, lift_deg, Working(up=1.0), self.options)

    def angles_deg(self, lift_deg: float) -> tuple[float, float]:
        """Return the bend of the line and the angle of the knee."""
        begins = self.human.place(self.pose(lift_deg))[1]
        shoulder, hip, knee, ankle = (
            self._middle(begins, bone) for bone in ("upperarm", "thigh", "calf", "foot")
        )
        trunk, thigh, calf = hip - shoulder, knee - hip, ankle - knee
        return _turn_deg(trunk, thigh), 180 - abs(_turn_deg(thigh, calf))

    def _middle(self, begins: Array, bone: str) -> Array:
        index = self.human.index
        return np.asarray(0.5 * (begins[index[bone + "_l"]] + begins[index[bone + "_r"]])[:2])

    def bend_deg(self, lift_deg: float) -> float:
        return self.angles_deg(lift_deg)[0]


def _turn_deg(p: Array, q: Array) -> float:
    return float(np.degrees(np.arctan2(p[0] * q[1] - p[1] * q[0], p @ q)))


def _measure_bridge(doer: Doer, knee_deg: float | None) -> None:
    """Put the feet where the knee's angle asks; find the trunk's slope for every bend."""
    human, o = doer.human, doer.options
    bridge = _Bridge(human, o)
    low, high = FEET_LIFTS_DEG if o.ball else FLOOR_LIFTS_DEG
    if o.ball == "shoulders":
        low, high = SHOULDER_LIFTS_DEG

    def too_bent(heel_m: float) -> float:
        o.heel_m = heel_m
        in_line_deg = bisect(bridge.bend_deg, low, high, 8)
        return knee_deg - bridge.angles_deg(in_line_deg)[1] if knee_deg else 0.0

    if knee_deg:  # the further the feet, the straighter the knee
        reach_m = human.lengths.trunk + human.lengths.thigh
        o.heel_m = bisect(too_bent, 0.55 * reach_m, reach_m + human.lengths.calf, 7)
    doer.lifts = np.arange(low, high, LIFT_STEP_DEG)
    doer.bends = np.array([bridge.bend_deg(lift_deg) for lift_deg in doer.lifts])
    if o.ball == "shoulders":
        doer.rest_deg = min(MOST_BRIDGE_BEND_DEG, float(doer.bends.max()) - 3)
    else:
        down_deg = bisect(lambda lift_deg: -_seat_m(human, bridge.pose(lift_deg)), low, 20)
        doer.rest_deg = bridge.bend_deg(down_deg)


def _seat_m(human: Human, pose: Pose) -> float:
    """Return the height of the lowest part of the seat."""
    return human.lowest(human.place(pose), SEAT)


PLANKS: Final[dict[str, Callable[[Human, float, Working, Options], Pose]]] = {
    "side": sideways.side_plank,
    "plank": prone.front_plank,
    "reverse": supine.reverse_plank,
}


def _plank_rest_deg(doer: Doer) -> float:
    """Return the bend of the line at which the seat lies on the floor, or the ball ends it."""
    plank = PLANKS[doer.spec.posture]
    legs_down = Working(side="l" if doer.spec.posture == "plank" else "r")

    def seat_m(bend_deg: float) -> float:
        return _seat_m(doer.human, plank(doer.human, bend_deg, legs_down, doer.options))

    most = MOST_BEND_DEG.get(doer.options.ball or "", MOST_BEND_OF_ALL_DEG)
    return min(bisect(seat_m, 2, 60), most)


def _hanging_deg(doer: Doer) -> float:
    """Return the slope of the legs with the feet on the floor, belly on the ball."""

    def feet_m(legs_deg: float) -> float:
        pose = prone.superman(doer.human, (-16, legs_deg, -62), 0.0, doer.options)
        return doer.human.lowest(doer.human.place(pose), ("foot_l", "foot_r", "ball_l", "ball_r"))

    return bisect(lambda legs_deg: -feet_m(legs_deg), -60, 0)
