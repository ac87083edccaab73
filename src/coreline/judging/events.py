"""The facts that leave the judging, frozen; sound, screen and report only match on them."""

from dataclasses import dataclass
from enum import StrEnum

NOT_SEEN = "not_seen"  # what was needed was out of sight
BLURRED = "blurred"  # the picture was; see `coreline.judging.blurred`
TOO_FEW_PICTURES = "too_few_pictures"  # they came too rarely to judge by
NOBODYS = (NOT_SEEN, TOO_FEW_PICTURES)  # codes of faults that are nobody's


class State(StrEnum):
    """What can be said of the form at one moment; never being seen is nobody's fault."""

    GOOD = "good"
    NOT_GOOD = "not_good"
    UNSEEN = "cant_see"


class Phase(StrEnum):
    """Where in the exercise the body is."""

    WAITING = "waiting"
    HOLDING = "holding"
    DOWN = "down"
    RISING = "rising"
    TOP = "top"
    LOWERING = "lowering"


class Ending(StrEnum):
    """Why what was under way is over."""

    LEFT = "left"  # the position was left
    LOST = "lost"  # the body was not seen for too long
    OVER = "over"  # the recording ended, or the person did


@dataclass(frozen=True, slots=True)
class Fault:
    """A form fault with a beginning and an end; `code` as in docs/formats.md."""

    code: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Hold:
    """One stay in position, from reaching it to leaving it.

    `in_line_s` counts the time in line. Bends are changes from the neutral, degrees, + = hip toward
    the floor. What was too little seen to be scored is None. With `reasons` it was an attempt that
    did not come to a hold, and says why not.
    """

    start_s: float
    end_s: float
    in_line_s: float
    mean_bend_deg: float | None
    worst_bend_deg: float | None
    visible_share: float
    line_score: float | None
    faults: tuple[Fault, ...]
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Repetition:
    """One attempt at a repetition, counted or refused with its reasons.

    `peak_deg` is the movement's signal at the top; `hold_s` the time held there; bends are changes
    from the neutral during the top, degrees, + = hip toward the floor.
    """

    number: int
    start_s: float
    top_s: float | None
    end_s: float
    hold_s: float
    counted: bool
    reasons: tuple[str, ...]
    peak_deg: float
    bend_mean_deg: float | None
    bend_worst_deg: float | None
    knee_min_deg: float | None
    line_score: float | None


@dataclass(frozen=True, slots=True)
class Rotation:
    """One turn of the body around its length."""

    start_s: float
    end_s: float
    direction: str
    counted: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ready:
    """The start position was held: from now on things count."""

    t_s: float
    near_side: str
    working_side: str | None


@dataclass(frozen=True, slots=True)
class NeutralFound:
    """The person's own line, the zero that every bend is judged from, as it is known now.

    `sd_deg` is how sure it is: one standard deviation of the estimate, None where nobody knows.
    """

    t_s: float
    neutral_deg: float
    sd_deg: float | None = None


@dataclass(frozen=True, slots=True)
class FaultBegan:
    """A form fault has lasted long enough to exist; it began at `start_s`.

    No `FaultEnded` follows where it turns out to have been the way down, or the person's own line.
    """

    t_s: float
    start_s: float
    code: str


@dataclass(frozen=True, slots=True)
class FaultEnded:
    """A fault that had begun is over."""

    t_s: float
    fault: Fault


@dataclass(frozen=True, slots=True)
class LetGo:
    """The line was given up and soon taken up again, hands and feet where they were.

    The hold before it is over; `fault` names what happened between it and the next one.
    """

    t_s: float
    fault: Fault


@dataclass(frozen=True, slots=True)
class Lost:
    """The landmarks that are needed have been out of sight for longer than is bridged."""

    t_s: float


@dataclass(frozen=True, slots=True)
class Found:
    """The landmarks that are needed are in sight again."""

    t_s: float


@dataclass(frozen=True, slots=True)
class HoldEnded:
    """A hold is over."""

    t_s: float
    hold: Hold


@dataclass(frozen=True, slots=True)
class RepetitionEnded:
    """An attempt at a repetition is over."""

    t_s: float
    repetition: Repetition


@dataclass(frozen=True, slots=True)
class RotationEnded:
    """A turn is over."""

    t_s: float
    rotation: Rotation


Fact = (
    Ready
    | NeutralFound
    | FaultBegan
    | FaultEnded
    | LetGo
    | Lost
    | Found
    | HoldEnded
    | RepetitionEnded
    | RotationEnded
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was measured in one frame; a row of the trace. NaN-free: what is unknown is None.

    `bend_deg` is absolute (+ = hip toward the floor); `neutral_deg` the person's own.
    """

    t_s: float
    found: bool
    bend_deg: float | None
    neutral_deg: float | None
    signal_deg: float | None
    knee_deg: float | None
    phase: Phase
    state: State
