"""What the journal takes in and hands out, beside the values of `programme.life`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from coreline.programme.life import (
    AdviceGiven,
    EasierChosen,
    LevelChosen,
    PainNoted,
    RestChosen,
    SetDone,
    Skipped,
)

_Key = tuple[str, str | None, int]
Note = PainNoted | Skipped | LevelChosen | EasierChosen | RestChosen | AdviceGiven


@dataclass(frozen=True, slots=True)
class PlannedSet:
    """One set that a session is to consist of.

    `prescribed` is seconds of a hold, else repetitions or turns. A side of None is one for both, or
    whichever side the person lies on.
    """

    exercise_id: str
    side: str | None
    set_number: int
    prescribed: float

    def fits(self, exercise_id: str, side: str | None, set_number: int) -> bool:
        """Say whether a set that was begun is this one."""
        same_side = self.side is None or side is None or self.side == side
        same = (self.exercise_id, self.set_number) == (exercise_id, set_number)
        return same and same_side


@dataclass(frozen=True, slots=True)
class SetKept:
    """One row of the journal's sets.

    `closed` is False where the program was killed in it, `begun` where the start position was never
    held and nothing was done.
    """

    done: SetDone
    closed: bool
    begun: bool = True


@dataclass(frozen=True, slots=True)
class SetLeft:
    """A planned set that is still to do, and what was done of it already, in the same unit."""

    planned: PlannedSet
    done: float


@dataclass(frozen=True, slots=True)
class SessionKept:
    """A session as the journal has it; `ended_at` is None while it is under way or was killed."""

    id: str
    profile_id: str
    day: date
    started_at: datetime
    ended_at: datetime | None
    planned: tuple[PlannedSet, ...]
    rows: tuple[SetKept, ...]

    @property
    def sets(self) -> tuple[SetDone, ...]:
        """Return what was done, each set once however often it was begun."""
        return sets_done(self.rows)


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A session that was killed: what it was to be, what is done, what is left."""

    session: SessionKept

    @property
    def left(self) -> tuple[SetLeft, ...]:
        """Return the planned sets that are still to do, in order; the first may be half done."""
        return tuple(left for planned in self.session.planned if (left := self._left(planned)))

    def _left(self, planned: PlannedSet) -> SetLeft | None:
        rows = [row for row in self.session.rows if _fits(planned, row)]
        if rows and rows[-1].closed:
            return None
        done = max((each.done for each in sets_done(rows)), default=0.0)
        return None if done >= planned.prescribed else SetLeft(planned, done)


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
    """What a check of the whole journal found; `complaints` is empty where all is well."""

    profiles: int
    sessions: int
    complaints: tuple[str, ...]


def sets_done(rows: Sequence[SetKept]) -> tuple[SetDone, ...]:
    """Return each set once: one that goes on after a kill adds up, of two done again the better."""
    best: dict[_Key, SetDone] = {}
    carried: dict[_Key, float] = {}
    for row in rows:
        if not row.begun:
            continue
        each = row.done
        key = (each.exercise_id, each.side, each.set_number)
        if key in carried:
            each = replace(each, done=each.done + carried.pop(key))
        if not row.closed:
            carried[key] = each.done
        if key not in best or each.done >= best[key].done:
            best[key] = each
    return tuple(best.values())


def _fits(planned: PlannedSet, row: SetKept) -> bool:
    return planned.fits(row.done.exercise_id, row.done.side, row.done.set_number)
