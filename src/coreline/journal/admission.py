"""What a journal from outside must be like before anything of it is taken in.

A database can hold more than rows: views, triggers and computed columns, which SQLite would run. So
its schema must be ours to the letter, as one of our own steps left it. What a row may hold is
looked at afterwards, in the copy: of people and their notes all must be within reason, a session
that is not is left out like one that is damaged.
"""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime
from functools import cache
from typing import Any, Final

from coreline.errors import JournalError
from coreline.journal.connecting import MEMORY, connect, is_passing
from coreline.journal.migrations import migrate, migrations
from coreline.journal.people import read_kept, read_profiles
from coreline.journal.seals import NOTE_TABLES, SESSION_TABLES
from coreline.journal.taken_back import read_turns
from coreline.limits import (
    FIRST_DAY,
    FIRST_START,
    JOURNAL_BLOB_BYTES,
    JOURNAL_HEAP_BYTES,
    JOURNAL_NUMBER,
    JOURNAL_PEOPLE,
    JOURNAL_PERSON_BYTES,
    JOURNAL_PERSON_ROWS,
    JOURNAL_SESSION_BYTES,
    JOURNAL_SESSION_ROWS,
    JOURNAL_SESSIONS,
    JOURNAL_TEXT_SIGNS,
    LAST_DAY,
    NAME_SIGNS,
    PLANS,
    READINGS,
)
from coreline.printable import unseen_sign, why_no_name
from coreline.programme.life import Profile
from coreline.programme.spec import IDENTIFIER

Row = tuple[Any, ...]
Shape = frozenset[tuple[str, str, str, str]]

_STEPS: Final = 1_000  # that a schema can have had: far more than there will ever be
_OURS_TO_SQLITE: Final = ("sqlite_stat1", "sqlite_stat4")  # what it notes for itself
_LEVEL_BY: Final = ("date", "readiness")
_HEIGHT_M: Final = (0.5, 2.6)
# Columns whose numbers are counted with, and so may not be any number.
_RANGES: Final[dict[str, tuple[float, float]]] = {
    "days": (0, 366),
    "score": (0, 10),
    "set_number": (1, 1_000),
    "prescribed": (0, 100_000),
    "done": (0, 100_000),
    "progress": (0, 100_000),
    "adjusted": (-100_000, 100_000),
    "number": (0, 100_000),
    "frames": (0, READINGS),
    "persons": (0, 1_000),
}
_EXERCISES: Final = ("exercise_id", "instead_id")
_LONG_TEXTS: Final = ("description", "plan")
_SIDES: Final = ("left", "right")
# What a table's rows belong to, how many there may be of one, and how many bytes they may hold.
_OF_ONE: Final = {
    **dict.fromkeys(SESSION_TABLES, ("session_id", JOURNAL_SESSION_ROWS, JOURNAL_SESSION_BYTES)),
    **dict.fromkeys(
        (*NOTE_TABLES, "ball_exercise", "profile_seal"),
        ("profile_id", JOURNAL_PERSON_ROWS, JOURNAL_PERSON_BYTES),
    ),
    "prescription": ("profile_id", PLANS, JOURNAL_PERSON_BYTES),
    "migration": ("NULL", _STEPS, JOURNAL_PERSON_BYTES),
    "profile": ("NULL", JOURNAL_PEOPLE, JOURNAL_PERSON_BYTES),
    "current_profile": ("NULL", 1, JOURNAL_PERSON_BYTES),
    "session": ("NULL", JOURNAL_SESSIONS, JOURNAL_SESSION_BYTES),
}


def limit_memory(connection: sqlite3.Connection) -> None:
    """Let SQLite take no more memory than a journal needs, from now on; it raises MemoryError."""
    connection.execute(f"PRAGMA hard_heap_limit = {JOURNAL_HEAP_BYTES}")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, JOURNAL_BLOB_BYTES)


def check_schema(connection: sqlite3.Connection) -> None:
    """Refuse a database that holds anything but our tables, as one of our steps left them.

    Raises:
        JournalError: It does.
    """
    query = "SELECT name FROM migration ORDER BY name LIMIT ?"
    names = [name for (name,) in connection.execute(query, (_STEPS,))]
    if _shape(connection) != _shape_after(len(names)):
        raise JournalError(
            "its tables are not those of a journal; give another file",
            nl="zijn tabellen zijn niet die van een logboek; geef een ander bestand",
        )


def check_sizes(connection: sqlite3.Connection) -> None:
    """Refuse a database in which one person or one session has more than any can have.

    Raises:
        JournalError: It does; the table is named.
    """
    for table, (owner, most_rows, most_bytes) in _OF_ONE.items():
        columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
        if not columns:  # an earlier schema has fewer
            continue
        size = " + ".join(f'coalesce(length(CAST("{each[1]}" AS BLOB)), 0)' for each in columns)
        rows, held = connection.execute(
            "SELECT max(number), max(held) FROM (SELECT count(*) AS number,"
            f" sum({size}) AS held FROM {table} GROUP BY {owner})"
        ).fetchone()
        if (rows or 0) > most_rows or (held or 0) > most_bytes:
            raise JournalError(
                f"table {table} holds more than it can; give another file",
                nl=f"de tabel {table} bevat meer dan kan; geef een ander bestand",
            )


def check_people(connection: sqlite3.Connection) -> None:
    """Refuse a journal with a person, or something a person noted, that is beyond reason.

    Raises:
        JournalError: There is one; the table is named.
    """
    for table in ("profile", "ball_exercise", "current_profile", *NOTE_TABLES):
        if not all(map(_fits(connection, table), connection.execute(f"SELECT * FROM {table}"))):
            raise JournalError(
                f"table {table} holds what nobody notes; give another file",
                nl=f"in de tabel {table} staat wat niemand noteert; geef een ander bestand",
            )
    if not all(_is_fit("uid", uid) for (uid,) in connection.execute("SELECT uid FROM session")):
        raise JournalError(
            "table session holds what is no name; give another file",
            nl="in de tabel session staat iets dat geen naam is; geef een ander bestand",
        )
    for person in read_profiles(connection):
        if not _is_person(person):
            raise JournalError(
                "table profile holds somebody who cannot be; give another file",
                nl="in de tabel profile staat iemand die niet kan bestaan; geef een ander bestand",
            )
        _check_notes(connection, person.id)


def _check_notes(connection: sqlite3.Connection, profile_id: str) -> None:
    try:
        kept = read_kept(connection, profile_id)
    except ValueError as error:
        raise JournalError(
            "table prescription holds no plan of a physiotherapist; give another file",
            nl="in de tabel prescription staat geen plan van een fysiotherapeut; geef een ander "
            "bestand",
        ) from error
    for each in kept:
        if not _is_day(each.note.day) or (each.at is not None and each.at.tzinfo is None):
            raise JournalError(
                f"a note of {each.note.day}: cannot be; give another file",
                nl=f"een notitie van {each.note.day} kan niet; geef een ander bestand",
            )
    if not all(_is_day(each.day) for each in read_turns(connection, profile_id).values()):
        raise JournalError(
            "table taken_back has a day that cannot be; give another file",
            nl="in de tabel taken_back staat een dag die niet kan; geef een ander bestand",
        )


def is_session_fit(connection: sqlite3.Connection, session_id: int) -> bool:
    """Say whether all that a session holds can be read and is within reason."""
    from coreline.journal.set_records import check_records  # noqa: PLC0415 - brings the judging

    try:
        rows = ("SELECT * FROM session WHERE id = ?", "session")
        tables = [(f"SELECT * FROM {each} WHERE session_id = ?", each) for each in SESSION_TABLES]
        for query, table in (rows, *tables):
            found = connection.execute(query, (session_id,))
            if not all(map(_fits(connection, table), found)):
                return False
        check_records(connection, session_id)
        query = "SELECT day, started_at, ended_at FROM session WHERE id = ?"
        day, *times = connection.execute(query, (session_id,)).fetchone()
        return _is_day(date.fromisoformat(day)) and all(_is_time(each) for each in times if each)
    except (sqlite3.DataError, sqlite3.OperationalError) as error:
        if is_passing(error):
            raise
        return False  # a text that is none
    except (JournalError, ValueError, TypeError, LookupError, OverflowError):
        return False


def _shape(connection: sqlite3.Connection) -> Shape:
    """Return everything that a schema consists of, blanks and remarks left out."""
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master")
    return frozenset(
        (kind, name, table, _plain(sql or ""))
        for kind, name, table, sql in rows
        if not (kind == "table" and name in _OURS_TO_SQLITE)
    )


def _plain(sql: str) -> str:
    return " ".join(word for line in sql.split("\n") for word in line.partition("--")[0].split())


@cache
def _shape_after(steps: int) -> Shape:
    """Return the schema after so many of our steps."""
    with closing(connect(MEMORY)) as connection:
        migrate(connection, migrations()[:steps])
        return _shape(connection)


def _fits(connection: sqlite3.Connection, table: str) -> Callable[[Row], bool]:
    """Return what says of a table's row whether each of its values is within reason."""
    columns = [each[1] for each in connection.execute(f"PRAGMA table_info({table})")]
    numbered = ("id", "session_id")  # within this file, by SQLite itself

    def fits(row: Row) -> bool:
        pairs = zip(columns, row, strict=True)
        return all(_is_fit(name, value) for name, value in pairs if name not in numbered)

    return fits


@cache
def _choices() -> dict[str, tuple[str, ...]]:
    """Return the words that a column may have, where it has words."""
    from coreline.judging.roll import BACK_FIRST, CHEST_FIRST  # noqa: PLC0415 - brings the judging

    sides = dict.fromkeys(("side", "near_side", "working_side"), _SIDES)
    return {**sides, "direction": (CHEST_FIRST, BACK_FIRST)}


def _is_fit(column: str, value: object) -> bool:
    match value:
        case str() if column in _choices():
            return value in _choices()[column]
        case str() if column in _EXERCISES:
            return len(value) <= NAME_SIGNS and re.fullmatch(IDENTIFIER, value) is not None
        case str():
            most = JOURNAL_TEXT_SIGNS if column in _LONG_TEXTS else NAME_SIGNS * 2
            return len(value) <= most and unseen_sign(value) is None
        case int() | float():
            low, high = _RANGES.get(column, (-JOURNAL_NUMBER, JOURNAL_NUMBER))
            return low <= value <= high
        case _:
            return True


def _is_person(person: Profile) -> bool:
    """Say whether somebody could have made this profile here."""
    return (
        why_no_name(person.name) is None
        and why_no_name(person.place) is None
        and person.language in ("nl", "en")
        and person.level_by in _LEVEL_BY
        and FIRST_START <= person.start <= LAST_DAY
        and (person.asked_from is None or _is_day(person.asked_from))
        and _HEIGHT_M[0] <= (person.height_m or _HEIGHT_M[0]) <= _HEIGHT_M[1]
    )


def _is_day(day: date) -> bool:
    return FIRST_DAY <= day <= LAST_DAY


def _is_time(written: str) -> bool:
    moment = datetime.fromisoformat(written)
    return moment.tzinfo is not None and _is_day(moment.date())
