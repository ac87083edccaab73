"""Sessions and their sets, as rows of one connection; who calls has begun the transaction."""

import dataclasses
import sqlite3
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from coreline.errors import JournalError
from coreline.journal.records import SessionKept, Unfinished
from coreline.journal.seals import seal_session
from coreline.journal.sets import TRIED, SetRow, is_left, read_rows, sets_done
from coreline.journal.taken_back import Part, Turn, gone
from coreline.programme.day import PlannedSet
from coreline.programme.life import SetDone

_SESSIONS: Final = (
    "SELECT s.id, s.uid, s.profile_id, s.day, s.started_at, s.ended_at FROM session s"
    " WHERE {} ORDER BY s.day, s.id"
)
# A failed start is no session.
_SOMETHING_TRIED: Final = (
    f"EXISTS (SELECT 1 FROM exercise_set e WHERE e.session_id = s.id AND {TRIED})"
)


# Writing


@dataclass(frozen=True, slots=True)
class SessionStart:
    """How a session began; `uid` is what it is called outside the database."""

    uid: str
    profile_id: str
    day: date
    started_at: datetime
    planned: tuple[PlannedSet, ...]


def session_start(
    profile_id: str, day: date, started_at: datetime, planned: Sequence[PlannedSet]
) -> SessionStart:
    """Return a session that begins now, with a name of its own.

    Raises:
        ValueError: `started_at` has no time zone.
    """
    if started_at.utcoffset() is None:
        raise ValueError("a session starts at a time with a time zone")
    return SessionStart(uuid.uuid4().hex, profile_id, day, started_at, tuple(planned))


def insert_session(connection: sqlite3.Connection, start: SessionStart) -> None:
    """Write a session that begins, and what it is to consist of.

    Raises:
        JournalError: Whose session it is, is not in the journal any more.
    """
    query = "SELECT 1 FROM profile WHERE id = ?"
    if connection.execute(query, (start.profile_id,)).fetchone() is None:
        raise JournalError(
            f"person {start.profile_id}: is not in the journal; it may have been deleted",
            nl=f"persoon {start.profile_id}: staat niet in het logboek; misschien is die gewist",
        )
    row = (start.uid, start.profile_id, start.day.isoformat(), start.started_at.isoformat())
    added = connection.execute(
        "INSERT INTO session (uid, profile_id, day, started_at, revision) VALUES (?, ?, ?, ?, 0)",
        row,
    )
    session_id = int(added.lastrowid or 0)
    rows = [
        (session_id, place, *dataclasses.astuple(planned))
        for place, planned in enumerate(start.planned, 1)
    ]
    connection.executemany("INSERT INTO planned_set VALUES (?, ?, ?, ?, ?, ?)", rows)
    seal_session(connection, session_id)


def session_row(connection: sqlite3.Connection, uid: str) -> int:
    """Return a session's number within this file.

    Raises:
        JournalError: There is no such session.
    """
    found = connection.execute("SELECT id FROM session WHERE uid = ?", (uid,)).fetchone()
    if found is None:
        raise JournalError(
            f"session {uid}: is not in the journal; it may have been deleted",
            nl=f"training {uid}: staat niet in het logboek; misschien is ze gewist",
        )
    return int(found[0])


def end_row(connection: sqlite3.Connection, session_id: int, ended_at: datetime) -> None:
    """Write that a session is over."""
    values = (ended_at.isoformat(), session_id)
    connection.execute("UPDATE session SET ended_at = ? WHERE id = ?", values)


def next_place(connection: sqlite3.Connection, session_id: int) -> int:
    """Return the place of the next set of a session."""
    query = "SELECT coalesce(max(place), 0) + 1 FROM exercise_set WHERE session_id = ?"
    return int(connection.execute(query, (session_id,)).fetchone()[0])


# Reading


def read_planned(connection: sqlite3.Connection, session_id: int) -> tuple[PlannedSet, ...]:
    """Return what a session was to consist of."""
    query = (
        "SELECT exercise_id, side, set_number, prescribed FROM planned_set"
        " WHERE session_id = ? ORDER BY place"
    )
    return tuple(PlannedSet(*row) for row in connection.execute(query, (session_id,)))


def read_sets(
    connection: sqlite3.Connection, where: str, values: Sequence[Any]
) -> tuple[SetDone, ...]:
    """Return what was done in every session that `where` picks, each set of one once.

    What was taken back is left out.
    """
    away = gone(connection)
    rows = read_rows(connection, where, values, away)
    return tuple(
        done
        for each in rows.values()
        if Part(each[0].session_uid) not in away
        for done in sets_done(each)
    )


def read_sessions(
    connection: sqlite3.Connection, where: str, values: Sequence[Any]
) -> list[SessionKept]:
    """Return every session that `where` picks and in which something was tried, in order of time.

    Those that were taken back are among them, and say so; sets that were are left out.
    """
    away = gone(connection)
    rows = read_rows(connection, where, values, away)
    query = _SESSIONS.format(f"{where} AND {_SOMETHING_TRIED}")
    found = connection.execute(query, values).fetchall()
    return [_session(connection, row, rows.get(row[0], ()), away) for row in found]


def read_unfinished(
    connection: sqlite3.Connection, where: str, values: Sequence[Any]
) -> Unfinished | None:
    """Return the newest session that `where` picks, if anything of it is left to do."""
    away = gone(connection)
    query = _SESSIONS.format(f"{where} AND {_SOMETHING_TRIED}")
    rows_found = connection.execute(query, values).fetchall()
    found = [row for row in rows_found if Part(row[1]) not in away]
    if not found:
        return None
    newest = found[-1]
    rows = read_rows(connection, "s.id = ?", newest[:1], away).get(newest[0], [])
    session = _session(connection, newest, rows, away)
    left = tuple(planned for planned in session.planned if is_left(planned, rows))
    return Unfinished(session, left) if left else None


def _session(
    connection: sqlite3.Connection,
    row: tuple[Any, ...],
    rows: Iterable[SetRow],
    away: Mapping[Part, Turn],
) -> SessionKept:
    session_id, uid, profile_id, day, started_at, ended_at = row
    turn = away.get(Part(uid))
    return SessionKept(
        id=uid,
        profile_id=profile_id,
        day=date.fromisoformat(day),
        started_at=datetime.fromisoformat(started_at),
        ended_at=datetime.fromisoformat(ended_at) if ended_at else None,
        planned=read_planned(connection, session_id),
        sets=sets_done(rows),
        taken_back=None if turn is None else turn.day,
    )
