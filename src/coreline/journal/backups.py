"""Copies of the database beside it: one a day, one before each change of its schema.

A backup is a whole database of its own, so `coreline journal import` reads one as well.
"""

import re
import secrets
import sqlite3
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from typing import Final

from coreline.files.folders import make_folder
from coreline.files.writing import replacing
from coreline.journal.connecting import connect
from coreline.journal.migrations import has_table

KEPT: Final = 3  # of the daily ones
KEPT_BEFORE: Final = 1  # of those made before a migration
_LARGE: Final = ("repetition", "reading")
_FOLDER: Final = "backups"
_DAILY: Final = "daily"
_BEFORE: Final = "before"
_NAME: Final = re.compile(r"-(?P<number>\d+)-(?P<day>\d{4}-\d\d-\d\d)-(daily|before-.+)\.sqlite3$")


def backups(database: Path) -> list[Path]:
    """Return the backups of a database, newest first.

    They are numbered: a clock that once ran ahead would make every later backup the oldest.
    """
    found = folder_of(database).glob(f"{database.stem}-*.sqlite3")
    return sorted((each for each in found if _NAME.search(each.name)), key=_number, reverse=True)


def day_of(backup: Path) -> date:
    """Return the day on which a backup was made."""
    found = _NAME.search(backup.name)
    return date.fromisoformat(found["day"]) if found else date.min


def folder_of(database: Path) -> Path:
    """Return where the backups of a database are."""
    return database.parent / _FOLDER


def back_up_daily(connection: sqlite3.Connection, database: Path, today: date) -> None:
    """Make today's backup unless there is one, and let go of the oldest.

    Raises:
        OSError: It cannot be written.
        sqlite3.Error: It cannot be written, or the database cannot be read.
    """
    if not is_backed_up(database, today):
        copy_to(connection, _place(database, today, _DAILY))
        _let_go(database, _DAILY, KEPT)


def is_backed_up(database: Path, today: date) -> bool:
    """Say whether today's backup has been made."""
    return any(each.name.endswith(f"-{today}-{_DAILY}.sqlite3") for each in backups(database))


def back_up_before(connection: sqlite3.Connection, database: Path, today: date, step: str) -> None:
    """Make a backup before a step that changes the schema.

    Raises:
        OSError: It cannot be written.
        sqlite3.Error: It cannot be written, or the database cannot be read.
    """
    copy_to(connection, _place(database, today, f"{_BEFORE}-{step}"))
    _let_go(database, _BEFORE, KEPT_BEFORE)


def _place(database: Path, today: date, kind: str) -> Path:
    number = max((_number(each) for each in backups(database)), default=0) + 1
    return folder_of(database) / f"{database.stem}-{number:06}-{today}-{kind}.sqlite3"


def _number(backup: Path) -> int:
    found = _NAME.search(backup.name)
    return int(found["number"]) if found else 0


def new_part(database: Path) -> Path:
    """Return a name beside a database for a copy that is needed for a moment."""
    return database.with_name(f".{database.name}.{secrets.token_hex(8)}.part")


def remove_parts(database: Path) -> None:
    """Remove copies that a program was killed over; who calls has the lock."""
    left = [*database.parent.glob(f".{database.name}.*.part*")]
    left += folder_of(database).glob(".*.part*")
    for each in left:
        with suppress(OSError):
            each.unlink()


def copy_to(connection: sqlite3.Connection, place: Path) -> None:
    """Copy a whole database to a file of its own, whole or not at all.

    Raises:
        OSError: It cannot be written.
        sqlite3.Error: It cannot be written, or the database cannot be read.
    """
    make_folder(place.parent)
    with replacing(place) as part:
        try:
            with closing(connect(part)) as copy:
                connection.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")  # so that it is one file
        except BaseException:
            remove(part)
            raise


def purge(backup: Path, profile_id: str) -> None:
    """Take a person out of a backup; one that cannot be opened is removed.

    Raises:
        OSError: It cannot be removed.
    """
    try:
        with closing(connect(backup)) as connection:
            take_out(connection, profile_id)
    except (sqlite3.Error, ValueError):  # ValueError: a text that is none any more
        remove(backup)


def take_out(connection: sqlite3.Connection, profile_id: str) -> None:
    """Delete a person and everything of theirs, and write over where it was."""
    connection.execute("PRAGMA secure_delete = ON")
    # What is put aside while the file is packed stays in memory, and off the disk.
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("DELETE FROM profile WHERE id = ?", (profile_id,))
    connection.execute("VACUUM")


def is_good(backup: Path) -> bool:
    """Say whether a backup can be put back."""
    try:
        with closing(connect(backup, read_only=True)) as connection:
            return has_table(connection, "profile") and is_whole(connection)
    except (sqlite3.Error, ValueError):
        return False


def is_whole(connection: sqlite3.Connection) -> bool:
    """Say whether SQLite finds its own structures in order."""
    return bool(connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",))


def is_mostly_whole(connection: sqlite3.Connection) -> bool:
    """Say the same of all but the two tables that hold nine tenths of the file.

    At ten years the whole takes most of a second, this a tenth of that.
    """
    query = "SELECT name FROM sqlite_master WHERE type = 'table'"
    tables = [name for (name,) in connection.execute(query) if name not in _LARGE]
    return all(
        connection.execute(f'PRAGMA integrity_check("{table}")').fetchone() == ("ok",)
        for table in tables
    )


def remove(path: Path) -> None:
    """Remove a database file and what SQLite put beside it.

    Raises:
        OSError: It cannot be removed.
    """
    for each in with_company(path):
        each.unlink(missing_ok=True)


def with_company(path: Path) -> list[Path]:
    """Return a database file and the files that SQLite may put beside it."""
    return [path.with_name(path.name + end) for end in ("", "-wal", "-shm", "-journal")]


def _let_go(database: Path, kind: str, kept: int) -> None:
    """Remove the oldest backups of a kind; one that will not go is no reason to stop."""
    of_kind = [each for each in backups(database) if f"-{kind}" in each.name]
    for old in of_kind[kept:]:
        with suppress(OSError):
            remove(old)
