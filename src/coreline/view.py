"""What one moment of a session looks like: plain values from which the screen is drawn."""

from dataclasses import dataclass
from enum import StrEnum

from coreline.judging.events import Phase, State


class Stage(StrEnum):
    """What the session is doing."""

    GET_READY = "get_ready"  # waiting for the start position
    EXERCISE = "exercise"  # a set is running
    PAUSED = "paused"  # the person stopped for a moment
    REST = "rest"  # between two sets, or before the other side
    DONE = "done"  # everything prescribed is done, or the person ended it


@dataclass(frozen=True, slots=True)
class View:
    """One moment of the session.

    `deviation_deg` is the bend's change from the neutral, + = hip too low. `line` names the
    landmark numbers of the body line, head end first. `cue_id` is the latest cue worth showing.
    """

    t_s: float
    stage: Stage
    exercise_id: str
    machine: str  # "hold", "raises" or "roll"
    side: str | None  # the side that works, "left" or "right"
    near_side: str | None
    set_number: int  # 1-based
    sets: int
    state: State
    phase: Phase
    deviation_deg: float | None
    good_deg: float  # half width of the green band
    fault_deg: float  # beyond this it is a fault
    knee_deg: float | None
    count: int  # repetitions counted in this set
    refused: int
    target_count: int | None
    held_s: float  # of the hold's clock, or of the present top
    target_hold_s: float  # 30 s of a hold, 2 s of a raise
    clock_runs: bool
    rest_left_s: float
    faults: tuple[str, ...]  # codes of the faults that are on now
    cue_id: str | None
    line: tuple[int, ...]
    other_id: str | None = None  # the exercise that seems to be done in place of this one
