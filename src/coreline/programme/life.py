"""What a person has done, felt and chosen so far: the values that the schedule is worked out from.

Days are calendar days where the person lives; whoever makes these values has settled the time zone.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from coreline.programme.language import Language
from coreline.programme.prescription import Prescription

USUAL_PLACE: Final = "home"


class PainMoment(StrEnum):
    """When the person was asked."""

    BEFORE = "before"  # the session
    DURING = "during"  # an exercise, at the key P
    AFTER = "after"  # the session


class PainPlace(StrEnum):
    """Where it hurts, as the handout names the complaints."""

    BACK = "back"
    BUTTOCK = "buttock"
    HAMSTRING = "hamstring"
    GROIN = "groin"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Profile:
    """A person; `on_ball` names the exercises done on the ball, all others are on the floor.

    `place` is what the spot is called where their camera stands, as `coreline calibrate` keeps it.
    `asked_from` is the day since which no level changes unasked; until then the calendar moved it.
    None: it never did.
    """

    id: str
    name: str
    language: Language
    start: date
    height_m: float | None = None
    on_ball: frozenset[str] = frozenset()
    second_way: bool = True  # a symmetrical pose is done facing each way
    level_by: str = "date"  # or "readiness": the next level is offered, never forced
    place: str = USUAL_PLACE
    asked_from: date | None = None


@dataclass(frozen=True, slots=True)
class SetDone:
    """One set that was done, in part or whole.

    `done` and `prescribed` are seconds of a hold, else repetitions or rotations.
    """

    day: date
    exercise_id: str
    side: str | None
    set_number: int
    done: float
    prescribed: float
    line_score: float | None = None


@dataclass(frozen=True, slots=True)
class PainNoted:
    """One answer to how much it hurts, 0 to 10, and where."""

    day: date
    moment: PainMoment
    score: int
    places: tuple[PainPlace, ...] = ()
    exercise_id: str | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """An exercise that was left out on a day, for pain or by choice."""

    day: date
    exercise_id: str
    side: str | None
    for_pain: bool


@dataclass(frozen=True, slots=True)
class LevelChosen:
    """From this day on the person trains this level, until the next choice."""

    day: date
    level_id: str


@dataclass(frozen=True, slots=True)
class EasierChosen:
    """From this day on an exercise is replaced by an easier one; by itself: take it back."""

    day: date
    exercise_id: str
    instead_id: str


@dataclass(frozen=True, slots=True)
class RestChosen:
    """The person rests for so many days, this one the first."""

    day: date
    days: int


@dataclass(frozen=True, slots=True)
class AdviceGiven:
    """The advice to contact the sports physician was given on this day."""

    day: date


@dataclass(frozen=True, slots=True)
class LevelAsked:
    """The person was asked on this day about the level that they were at; once a day is enough."""

    day: date
    level_id: str
    after_absence: bool


@dataclass(frozen=True, slots=True)
class Prescribed:
    """From this day on a plan of the physiotherapist holds; an empty one ends it."""

    day: date
    plan: Prescription


class TakenKind(StrEnum):
    """What sort of thing was taken back."""

    SESSION = "session"
    SET = "set"
    PAIN = "pain"
    SKIP = "skip"
    LEVEL = "level"
    EASIER = "easier"
    REST = "rest"
    ADVICE = "advice"
    ASKED = "asked"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class TakenBack:
    """Something of a day that the person took back `on` another: no life has it, reports say so.

    The exercise, its side and the number of the set are known where there are such, and so is the
    session that a set is of, or that was taken back itself.
    """

    kind: TakenKind
    day: date
    on: date
    exercise_id: str | None = None
    side: str | None = None
    set_number: int | None = None
    session_id: str | None = None


@dataclass(frozen=True, slots=True)
class Life:
    """Everything the schedule needs to know of a person; each list in order of time."""

    profile: Profile
    sets: tuple[SetDone, ...] = ()
    pains: tuple[PainNoted, ...] = ()
    skips: tuple[Skipped, ...] = ()
    levels: tuple[LevelChosen, ...] = ()
    easier: tuple[EasierChosen, ...] = ()
    rests: tuple[RestChosen, ...] = ()
    advice: tuple[AdviceGiven, ...] = field(default=())
    asked: tuple[LevelAsked, ...] = ()
    plans: tuple[Prescribed, ...] = ()
