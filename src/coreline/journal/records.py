"""What the journal takes in and hands out, beside the values of `programme.life`."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from coreline.programme.day import PlannedSet
from coreline.programme.life import (
    AdviceGiven,
    EasierChosen,
    LevelAsked,
    LevelChosen,
    PainNoted,
    Prescribed,
    RestChosen,
    SetDone,
    Skipped,
)

Note = (
    PainNoted
    | Skipped
    | LevelChosen
    | EasierChosen
    | RestChosen
    | AdviceGiven
    | LevelAsked
    | Prescribed
)


@dataclass(frozen=True, slots=True)
class SessionKept:
    """A session as the journal has it; `ended_at` is None while it is under way or was killed.

    `sets` has what was done, each set once however often it was begun, without those taken back.
    `taken_back` is the day on which all of the session was; None while it counts.
    """

    id: str
    profile_id: str
    day: date
    started_at: datetime
    ended_at: datetime | None
    planned: tuple[PlannedSet, ...]
    sets: tuple[SetDone, ...]
    taken_back: date | None = None


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A session that was killed; of the planned sets `left` to do the first may be half done."""

    session: SessionKept
    left: tuple[PlannedSet, ...]


@dataclass(frozen=True, slots=True)
class Deleted:
    """A person's data is gone; files outside the journal that are theirs are in `folders`."""

    profile_id: str
    sessions: int
    folders: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import brought.

    `known_sessions` were here already; `damaged_sessions` are no longer what was written, and were
    left out.
    """

    profiles: int
    sessions: int
    notes: int
    known_sessions: int
    damaged_sessions: int


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of the whole journal found; `complaints` is empty where all is well.

    `known` is what is missing as well, and has been acknowledged.
    """

    profiles: int
    sessions: int
    complaints: tuple[str, ...]
    known: tuple[str, ...] = ()
