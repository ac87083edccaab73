"""What one moment of a session looks like: plain values from which the screen is drawn."""

from dataclasses import dataclass
from enum import StrEnum

from coreline.body.framing import Section
from coreline.judging.events import Phase, State
from coreline.placement.checks import CameraTrouble, Check
from coreline.programme.done import Score, share_of


class Stage(StrEnum):
    """What the session is doing."""

    SETUP = "setup"  # camera and body are being placed
    EXPLAIN = "explain"  # the exercise is shown and explained
    GET_READY = "get_ready"  # waiting for the start position
    COUNTDOWN = "countdown"  # three, two, one
    EXERCISE = "exercise"  # a set is running
    PAUSED = "paused"  # the person stopped for a moment, or the camera did
    REST = "rest"  # between two sets, or before the other side
    DONE = "done"  # everything prescribed is done, or the person ended it


class Pause(StrEnum):
    """Why the session is paused."""

    ASKED = "asked"  # by key
    HAND = "hand"  # a raised hand
    LEFT = "left"  # nobody is in the picture
    CAMERA = "camera"  # no usable picture
    PAIN = "pain"  # it hurts; the person is asked what to do


@dataclass(frozen=True, slots=True)
class Coming:
    """The set that comes next; `turns` says that the person changes sides for it."""

    exercise_id: str
    side: str | None
    set_number: int
    sets: int
    turns: bool


@dataclass(frozen=True, slots=True)
class Result:
    """What was done of one exercise on one side: seconds of a hold, else repetitions or turns.

    Of each set it is no more than was asked for. Without a line the exercise has no `score`.
    """

    exercise_id: str
    side: str | None
    done: float
    prescribed: float
    score: Score | None
    skipped: bool = False

    @property
    def share(self) -> float:
        """Return how much of what was asked for was done, 0 to 1."""
        return share_of(self.done, self.prescribed)

    @property
    def is_whole(self) -> bool:
        """Say whether all that was asked for was done."""
        return not self.skipped and self.share >= 1.0


@dataclass(frozen=True, slots=True)
class Progress:
    """What is done of the set under way, and how much there is to do."""

    phase: Phase
    count: int  # repetitions counted in this set
    refused: int
    target_count: int | None
    held_s: float  # of the hold's clock, or of the present top
    target_hold_s: float  # 30 s of a hold, 2 s of a raise
    clock_runs: bool


@dataclass(frozen=True, slots=True)
class Line:
    """How the body's line is, and where it is seen.

    `deviation_deg` is the bend's change from the neutral, + = hip too low. `joints` are the
    landmark numbers of the line, head end first.
    """

    state: State
    deviation_deg: float | None
    good_deg: float  # half width of the green band
    fault_deg: float  # beyond this it is a fault
    faults: tuple[str, ...]  # codes of the faults that are on now
    joints: tuple[int, ...]
    near_side: str | None


@dataclass(frozen=True, slots=True)
class RestTime:
    """How long a rest still lasts, and the whole of it, made longer or not; 0 outside a rest."""

    left_s: float = 0.0
    whole_s: float = 0.0


@dataclass(frozen=True, slots=True)
class InCourse:
    """Where in the session the person is; a block is one exercise on one side."""

    set_number: int  # of `sets`, 1-based
    sets: int
    block_number: int = 1  # of `blocks`, 1-based
    blocks: int = 1
    left_s: float = 0.0  # an honest guess of how long the session still takes
    coming: Coming | None = None


@dataclass(frozen=True, slots=True)
class View:
    """One moment of the session. `cue_id` is the latest cue worth showing."""

    t_s: float
    stage: Stage
    exercise_id: str
    machine: str  # "hold", "raises" or "roll"
    side: str | None  # the side that works, "left" or "right"
    progress: Progress
    line: Line
    course: InCourse
    rest: RestTime = RestTime()
    cue_id: str | None = None
    other_id: str | None = None  # the exercise that seems to be done in place of this one
    countdown: int | None = None  # 3, 2, 1
    checks: tuple[Check, ...] = ()  # of the set-up check
    pause: Pause | None = None
    hand: bool = False  # a raised hand pauses, and goes on again
    in_position: bool = False  # the start position is taken, and only has to be kept
    may_go_on: bool = False  # it was offered to go on anyway
    section: Section | None = None  # of the picture, that shows the body; None: all of it
    trouble: CameraTrouble | None = None
    results: tuple[Result, ...] = ()  # when done
    on_ball: frozenset[str] = frozenset()  # the exercises that the person does on the ball
