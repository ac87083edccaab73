"""Rows from one journal into another: import, export, and what is saved from a damaged file.

Everything has a name that is the same in every copy, so that nothing comes in twice.
"""

import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial
from typing import Any, Final

from coreline.journal.connecting import is_passing
from coreline.journal.people import name_key, read_notes
from coreline.journal.records import Imported
from coreline.journal.seals import (
    NOTE_TABLES,
    SESSION_TABLES,
    is_profile_sound,
    is_session_sound,
    reseal_session,
    seal_profile,
)

Row = tuple[Any, ...]
Fit = Callable[[sqlite3.Connection, int], bool]


class Came(Enum):
    """What became of a session that was to be copied."""

    NEW = auto()
    KNOWN = auto()  # the target has it already, as new or newer
    DAMAGED = auto()  # it is no longer what was written


_UIDS: Final = "SELECT uid FROM session WHERE profile_id = ? ORDER BY id"
_SESSION: Final = "uid, profile_id, day, started_at, ended_at, revision"


def _everything(_source: sqlite3.Connection, _session_id: int) -> bool:
    """Take every session."""
    return True


def merge(
    source: sqlite3.Connection,
    target: sqlite3.Connection,
    only: str | None = None,
    is_fit: Fit = _everything,
) -> Imported:
    """Copy what the target lacks: every person, or `only` the one of this id.

    A session that is not fit, as `is_fit` says, is left out like one that is damaged.

    Of a person that is there already the profile stays as it is; of a session that is there the
    copy saved more often is kept.
    """
    people = [row for row in _all(source, "profile") if only in (None, row[0])]
    altered = {each for each in ids(target) if not is_profile_sound(target, each)}
    new = sum(_copy_profile(source, target, row) for row in people)
    notes = sum(_copy_notes(source, target, row[0]) for row in people)
    came: Counter[Came] = Counter()
    for profile_id, *_ in people:
        came.update(copy_session(source, target, uid, is_fit) for uid in _uids(source, profile_id))
        if profile_id not in altered:  # no new sum over rows that are not what was written
            seal_profile(target, profile_id)
    _copy_current(source, target)
    return Imported(new, came[Came.NEW], notes, came[Came.KNOWN], came[Came.DAMAGED])


def copy_session(
    source: sqlite3.Connection,
    target: sqlite3.Connection,
    uid: str,
    is_fit: Fit = _everything,
) -> Came:
    """Copy a session unless it is damaged or unfit, or the target has it as new or newer."""
    there = target.execute("SELECT revision FROM session WHERE uid = ?", (uid,)).fetchone()
    query = f"SELECT id, {_SESSION} FROM session WHERE uid = ?"
    source_id, *row = source.execute(query, (uid,)).fetchone()
    if there is not None and there[0] >= row[-1]:
        return Came.KNOWN
    if not (is_session_sound(source, source_id) and is_fit(source, source_id)):
        return Came.DAMAGED
    _replace_session(source, target, source_id, row)
    return Came.NEW


def copy_part(source: sqlite3.Connection, target: sqlite3.Connection, uid: str) -> bool:
    """Copy what there is of a session, as one that was never saved: any whole copy is newer."""
    query = f"SELECT id, {_SESSION} FROM session WHERE uid = ?"
    source_id, *row = source.execute(query, (uid,)).fetchone()
    return attempt(target, partial(_put_part, source, target, source_id, row))


def _put_part(
    source: sqlite3.Connection, target: sqlite3.Connection, source_id: int, row: Row
) -> bool:
    uid, person, day, started_at, ended_at, _ = row
    begun = (uid, person, day, started_at, ended_at or started_at, 0)
    _replace_session(source, target, source_id, begun)
    return True


def _replace_session(
    source: sqlite3.Connection, target: sqlite3.Connection, source_id: int, row: Iterable[Any]
) -> None:
    uid, *others = row
    target.execute("DELETE FROM session WHERE uid = ?", (uid,))
    added = target.execute(
        f"INSERT INTO session ({_SESSION}) VALUES (?, ?, ?, ?, ?, ?)", (uid, *others)
    )
    target_id = int(added.lastrowid or 0)
    for table in SESSION_TABLES:
        query = f"SELECT * FROM {table} WHERE session_id = ?"
        rows = ((target_id, *each[1:]) for each in source.execute(query, (source_id,)))
        _insert(target, table, rows)
    reseal_session(target, target_id)


def take_back(source: sqlite3.Connection, target: sqlite3.Connection, uid: str) -> bool:
    """Put a session of a backup, if it is sound there, in place of the target's damaged one."""
    query = f"SELECT id, {_SESSION} FROM session WHERE uid = ?"
    found = source.execute(query, (uid,)).fetchone()
    if found is None or not is_session_sound(source, found[0]):
        return False
    _replace_session(source, target, found[0], found[1:])
    return True


def take_back_notes(
    source: sqlite3.Connection, target: sqlite3.Connection, profile_id: str
) -> bool:
    """Put a person's own rows of a backup, if they are sound there, in place of damaged ones.

    What was noted since stays, as far as can be told.
    """
    there = source.execute("SELECT 1 FROM profile WHERE id = ?", (profile_id,)).fetchone()
    if there is None or not is_profile_sound(source, profile_id):
        return False
    _replace_profile(source, target, profile_id)
    for table in NOTE_TABLES:
        _take_back_rows(source, target, table, profile_id)
    try:
        read_notes(target, profile_id)
    except (ValueError, sqlite3.Error):  # what is damaged is newer than the backup
        for table in NOTE_TABLES:
            target.execute(f"DELETE FROM {table} WHERE profile_id = ?", (profile_id,))
        _copy_notes(source, target, profile_id)
    seal_profile(target, profile_id)
    return True


def take_day(
    source: sqlite3.Connection, target: sqlite3.Connection, profile_id: str, day: str
) -> None:
    """Put what a person noted and chose on a day in place of what the target has of that day."""
    where = "WHERE profile_id = ? AND day = ?"
    for table in NOTE_TABLES:
        target.execute(f"DELETE FROM {table} {where}", (profile_id, day))
        query = f"SELECT * FROM {table} {where} ORDER BY id"
        rows = source.execute(query, (profile_id, day)).fetchall()
        # One of them may be there under a day or a person that is not its own.
        target.executemany(f"DELETE FROM {table} WHERE uid = ?", [(row[1],) for row in rows])
        _insert(target, table, ((None, *row[1:]) for row in rows))


def _replace_profile(
    source: sqlite3.Connection, target: sqlite3.Connection, profile_id: str
) -> None:
    """Put a person's own row, and what they do on the ball, in place of the target's."""
    columns = [each[1] for each in source.execute("PRAGMA table_info(profile)")]
    values = ", ".join(f"{column} = ?" for column in columns)
    query = "SELECT * FROM profile WHERE id = ?"
    person = source.execute(query, (profile_id,)).fetchone()
    target.execute(f"UPDATE profile SET {values} WHERE id = ?", (*person, profile_id))
    target.execute("DELETE FROM ball_exercise WHERE profile_id = ?", (profile_id,))
    query = "SELECT * FROM ball_exercise WHERE profile_id = ?"
    _insert(target, "ball_exercise", source.execute(query, (profile_id,)))


def _take_back_rows(
    source: sqlite3.Connection, target: sqlite3.Connection, table: str, profile_id: str
) -> None:
    """Put a table's rows of a backup in place of those that are there; what is newer stays."""
    rows = source.execute(f"SELECT * FROM {table} WHERE profile_id = ?", (profile_id,)).fetchall()
    newest = max((row[3] for row in rows), default="")
    target.executemany(f"DELETE FROM {table} WHERE uid = ?", [(row[1],) for row in rows])
    query = f"DELETE FROM {table} WHERE profile_id = ? AND day < ?"
    target.execute(query, (profile_id, newest))
    _insert(target, table, [(None, *row[1:]) for row in rows])


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be taken from another copy of the journal.

    Attributes:
        people: Only of these; None: of everybody.
        sessions: Only these; None: all.
        newer: The copy is the later one: of a person whom both have, its row holds.
    """

    people: Collection[str] | None = None
    sessions: Collection[str] | None = None
    newer: bool = False


def salvage(
    source: sqlite3.Connection, target: sqlite3.Connection, wanted: Wanted
) -> tuple[int, int]:
    """Copy what is still what was written, and not here or older; the source may be damaged.

    What a person noted comes along where all of it is sound. The transaction has begun.

    Returns:
        How many people were not there, and how many sessions were copied.
    """
    people = 0
    for each in _among(_readable(source, "SELECT id FROM profile", ()), wanted.people):
        people += attempt(target, partial(_salvage_person, source, target, each, wanted))
    attempt(target, partial(_copy_current, source, target))
    mine = _among(ids(target), wanted.people)
    uids = [uid for person in mine for uid in _readable(source, _UIDS, (person,))]
    chosen = _among(uids, wanted.sessions)
    came = [attempt(target, partial(_salvage_session, source, target, uid)) for uid in chosen]
    return people, sum(came)


def _among(found: list[str], only: Collection[str] | None) -> list[str]:
    return [each for each in found if only is None or each in only]


def _readable(source: sqlite3.Connection, query: str, values: Row) -> list[str]:
    try:
        return [each for (each,) in source.execute(query, values).fetchall()]
    except sqlite3.Error:
        return []


def _salvage_person(
    source: sqlite3.Connection, target: sqlite3.Connection, profile_id: str, wanted: Wanted
) -> bool:
    if not is_profile_sound(source, profile_id):
        return False
    was_sound = is_profile_sound(target, profile_id)
    query = "SELECT * FROM profile WHERE id = ?"
    is_new = _copy_profile(source, target, source.execute(query, (profile_id,)).fetchone())
    if wanted.newer and not is_new:
        _replace_profile(source, target, profile_id)
    _copy_notes(source, target, profile_id)
    if is_new or was_sound:  # as in `merge`
        seal_profile(target, profile_id)
    return is_new


def _salvage_session(source: sqlite3.Connection, target: sqlite3.Connection, uid: str) -> bool:
    return copy_session(source, target, uid) is Came.NEW


def attempt(target: sqlite3.Connection, copy: Callable[[], bool]) -> bool:
    """Say whether something could be copied; what could be in part is taken back.

    Raises:
        sqlite3.Error: The disk or another program does not let it be written.
    """
    target.execute("SAVEPOINT attempt")
    try:
        came = copy()
    except (sqlite3.Error, TypeError, ValueError) as error:  # whatever a damaged row looks like
        if isinstance(error, sqlite3.Error) and is_passing(error):
            raise
        target.execute("ROLLBACK TO attempt")
        came = False
    target.execute("RELEASE attempt")
    return came


def _copy_profile(source: sqlite3.Connection, target: sqlite3.Connection, row: Row) -> bool:
    """Copy a profile that is not there; a second person of the same name gets a number."""
    profile_id, name, *others = row
    people = _all(target, "profile")
    if any(each[0] == profile_id for each in people):
        return False
    taken = {name_key(each[1]) for each in people}
    _insert(target, "profile", [(profile_id, free_name(name, taken), *others)])
    query = "SELECT * FROM ball_exercise WHERE profile_id = ?"
    _insert(target, "ball_exercise", source.execute(query, (profile_id,)))
    return True


def free_name(name: str, taken: Collection[str]) -> str:
    """Return a name that nobody has; `taken` are those of the others, as `name_key` has them."""
    number, free = 1, name
    while name_key(free) in taken:
        number += 1
        free = f"{name} ({number})"
    return free


def _copy_notes(source: sqlite3.Connection, target: sqlite3.Connection, profile_id: str) -> int:
    before = target.total_changes
    for table in NOTE_TABLES:
        query = f"SELECT * FROM {table} WHERE profile_id = ? ORDER BY id"
        rows = ((None, *row[1:]) for row in source.execute(query, (profile_id,)))
        _insert(target, table, rows, "INSERT OR IGNORE")
    return target.total_changes - before


def _copy_current(source: sqlite3.Connection, target: sqlite3.Connection) -> bool:
    """Take over who trains when nobody is named, where the target does not know; say whether."""
    before = target.total_changes
    chosen = source.execute("SELECT profile_id FROM current_profile").fetchone()
    if chosen is not None and chosen[0] in ids(target):
        target.execute("INSERT OR IGNORE INTO current_profile VALUES (1, ?)", chosen)
    return target.total_changes > before


def _insert(
    target: sqlite3.Connection, table: str, rows: Iterable[Row], verb: str = "INSERT"
) -> None:
    for row in rows:
        target.execute(f"{verb} INTO {table} VALUES ({', '.join('?' * len(row))})", row)


def _all(connection: sqlite3.Connection, table: str) -> list[Row]:
    return connection.execute(f"SELECT * FROM {table}").fetchall()


def ids(connection: sqlite3.Connection) -> list[str]:
    """Return the ids of everybody."""
    return [row[0] for row in _all(connection, "profile")]


def _uids(connection: sqlite3.Connection, profile_id: str) -> Iterator[str]:
    for (uid,) in connection.execute(_UIDS, (profile_id,)).fetchall():
        yield uid
