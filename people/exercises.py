"""The 16 exercises of the programme, and their postures as functions of a state."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final, Literal, TypeAlias

import numpy as np
import prone
import sideways
import supine
from directions import Array
from human import Human, Pose
from ways import Options, State, Working

Kind: TypeAlias = Literal["hold", "raise", "roll"]
Posture: TypeAlias = Literal[
    "bridge", "side", "plank", "reverse", "curl", "superman", "crunch", "roll"
]
Line: TypeAlias = tuple[str, str, str]

CRUNCH: Final = "w56-crunch"
CURL: Final = "w12-pelvic-curl"
ROLL: Final = "adv-log-roll"
# The pelvis shares the bend of a side bridge: so much more makes the joints bend by what is asked.
SIDE_SHARE: Final = 1.22

SHOULDER_KNEE: Final[Line] = ("near_shoulder", "near_hip", "support_knee")
SHOULDER_ANKLE: Final[Line] = ("near_shoulder", "near_hip", "support_ankle")
MIDDLE_SUPPORT: Final[Line] = ("mid_shoulder", "mid_hip", "support_ankle")
MIDDLE: Final[Line] = ("mid_shoulder", "mid_hip", "mid_ankle")


@dataclass(frozen=True, slots=True)
class Spec:
    """What an exercise is.

    Attributes:
        kind: What is judged: seconds, repetitions or rotations.
        posture: What the body does.
        line: The three joints whose bend is the line; near, support and mid are filled in later.
        signal: The field of a frame that moves most.
        uses: State variables that bring the free leg or arm to its place first.
    """

    kind: Kind
    posture: Posture
    line: Line
    signal: str
    uses: tuple[str, ...] = ()

    @property
    def near(self) -> str:
        """Side near the camera before mirroring: left, right, or front (the chest)."""
        if self.posture == "side":
            return "front"
        return "left" if self.posture in ("plank", "superman", "roll") else "right"

    @property
    def work(self) -> str:
        """Side of the working leg before mirroring."""
        return "left" if self.near == "front" else self.near

    @property
    def has_line(self) -> bool:
        """Whether the bend of the line is judged while it is held."""
        return self.posture not in ("curl", "superman")


# In the order of the programme; a clip is drawn from the seed and the place in this list.
EXERCISES: Final[dict[str, Spec]] = {
    "w12-belly-bridge": Spec("hold", "bridge", SHOULDER_KNEE, "bend_deg"),
    "w12-side-bridge": Spec("hold", "side", MIDDLE_SUPPORT, "bend_deg"),
    "w12-back-bridge": Spec("hold", "plank", SHOULDER_ANKLE, "bend_deg"),
    CURL: Spec("hold", "curl", SHOULDER_KNEE, "thigh_deg", ("leg",)),
    "w34-belly-bridge": Spec("hold", "bridge", SHOULDER_KNEE, "bend_deg", ("leg",)),
    "w34-side-bridge": Spec("hold", "side", MIDDLE_SUPPORT, "bend_deg", ("leg",)),
    "w34-back-bridge": Spec("hold", "reverse", SHOULDER_ANKLE, "bend_deg", ("leg",)),
    "w34-superman": Spec("hold", "superman", SHOULDER_ANKLE, "leg_deg"),
    "w56-belly-bridge": Spec("raise", "bridge", SHOULDER_KNEE, "raise_deg", ("leg",)),
    "w56-side-bridge": Spec("raise", "side", MIDDLE_SUPPORT, "raise_deg"),
    "w56-back-bridge": Spec("raise", "reverse", SHOULDER_ANKLE, "raise_deg"),
    CRUNCH: Spec("raise", "crunch", SHOULDER_KNEE, "trunk_deg"),
    "adv-belly-bridge": Spec("raise", "reverse", SHOULDER_ANKLE, "raise_deg"),
    "adv-side-bridge": Spec("raise", "side", MIDDLE_SUPPORT, "raise_deg", ("arm",)),
    "adv-back-bridge": Spec("raise", "plank", SHOULDER_ANKLE, "raise_deg", ("arm",)),
    ROLL: Spec("roll", "roll", MIDDLE, "roll_deg"),
}


@dataclass(slots=True)
class Way:
    """A person's own way of doing it.

    Attributes:
        own: The line they hold in good position, degrees of bend.
        amp: How far they lift in superman, 1 = as scripted.
        tremor: How unsteady they are.
        tilt: Of the pelvis in the curl, degrees.
        apart: Between the raised and the other leg, degrees.
        knee: Angle of the standing knee of a bridge, degrees; None elsewhere.
    """

    own: float = 0.0
    amp: float = 1.0
    tremor: float = 0.0
    tilt: float = 15.0
    apart: float = 28.0
    knee: float | None = None

    def as_json(self) -> dict[str, Any]:
        """Return it as it stands in the truth."""
        return asdict(self)


@dataclass(slots=True, eq=False)
class Doer:
    """A body with its choices, measured for one exercise (see fitting.measured).

    Attributes:
        human: The body.
        spec: The exercise.
        options: The person's choices.
        way: The person's way of doing it.
        side: The working leg, "l" or "r".
        rest_deg: Bend of the line with the hips on the floor.
        lifts: (n,) slopes of the trunk of a bridge, degrees.
        bends: (n,) the line's bend at each.
        low_deg: Superman on a ball: slope of the legs with the feet on the floor.
    """

    human: Human
    spec: Spec
    options: Options
    way: Way = field(default_factory=Way)
    side: str = "r"
    rest_deg: float = 25.0
    lifts: Array = field(default_factory=lambda: np.zeros(0))
    bends: Array = field(default_factory=lambda: np.zeros(0))
    low_deg: float = 0.0

    def pose(self, s: State) -> Pose:
        """Return the body's pose in a state."""
        return POSES[self.spec.posture](self, s)

    def line_deg(self, s: State) -> float:
        """Return the bend of the line in a state, + = hip toward the floor."""
        return (1 - s.pos) * self.rest_deg + s.dev + s.drift + s.pos * self.way.own


def _bridge(doer: Doer, s: State) -> Pose:
    lift_deg = float(np.interp(-doer.line_deg(s), -doer.bends, doer.lifts))
    in_line_deg = float(np.interp(0, -doer.bends, doer.lifts))
    leg = Working(
        side=doer.side,
        up=1.0 if doer.spec.kind == "hold" else s.q,
        knee_deg=s.knee,
        free=s.leg,
        top_deg=in_line_deg - s.sink,
    )
    return supine.bridge(doer.human, lift_deg, leg, doer.options)


def _side(doer: Doer, s: State) -> Pose:
    lying = (1 - s.pos) * doer.rest_deg
    bend_deg = lying + SIDE_SHARE * (doer.line_deg(s) - lying)
    leg = replace(_raised(doer, s), apart_deg=doer.way.apart - s.sink)
    return sideways.side_plank(doer.human, bend_deg, leg, doer.options)


def _plank(doer: Doer, s: State) -> Pose:
    leg = replace(_raised(doer, s), up=s.q)
    return prone.front_plank(doer.human, doer.line_deg(s), leg, doer.options)


def _reverse(doer: Doer, s: State) -> Pose:
    leg = replace(_raised(doer, s), apart_deg=doer.way.apart - s.sink)
    return supine.reverse_plank(doer.human, doer.line_deg(s), leg, doer.options)


def _raised(doer: Doer, s: State) -> Working:
    """Return the straight leg that is raised from a plank, on whichever side."""
    up = max(s.q, s.leg)
    return Working(doer.side, up, doer.way.apart, knee_deg=s.knee, arm=s.arm)


def _curl(doer: Doer, s: State) -> Pose:
    tilt_deg = 1 + doer.way.tilt * s.leg - s.sink
    return supine.pelvic_curl(doer.human, s.pos, tilt_deg, s.swing, doer.options)


def _superman(doer: Doer, s: State) -> Pose:
    amp, o = doer.way.amp, doer.options
    if o.ball:
        lifts_deg = (
            -16 + amp * (34 * s.pos - 15 * s.arms_sink),
            doer.low_deg + (6 - doer.low_deg) * s.pos - 20 * s.legs_sink,
            -62 + amp * (82 * s.pos - 45 * s.arms_sink),
        )
    else:
        lifts_deg = (
            4 + amp * (17 * s.pos - 12 * s.arms_sink),
            1 + amp * 14 * (s.pos - s.legs_sink),
            3 + amp * 21 * (s.pos - s.arms_sink),
        )
    return prone.superman(doer.human, lifts_deg, s.knee, o)


def _crunch(doer: Doer, s: State) -> Pose:
    return supine.crunch(doer.human, s.curl, doer.options)


def _roll(doer: Doer, s: State) -> Pose:
    return sideways.log_roll(doer.human, s.roll, s.dev + doer.way.own)


POSES: Final[dict[Posture, Callable[[Doer, State], Pose]]] = {
    "bridge": _bridge,
    "side": _side,
    "plank": _plank,
    "reverse": _reverse,
    "curl": _curl,
    "superman": _superman,
    "crunch": _crunch,
    "roll": _roll,
}
