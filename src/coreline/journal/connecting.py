"""Connections to the database, and SQLite's errors in our words."""

import errno
import logging
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from coreline.errors import (
    JournalBusyError,
    JournalDamagedError,
    JournalError,
    JournalUnwritableError,
)
from coreline.files.writing import make_file
from coreline.printable import printable
from coreline.programme.spec import Text

# Longer than any of our own commits (p99 16 ms): who has it longer is another program
BUSY_S: Final = 5.0
MEMORY: Final = Path(":memory:")
_OLDEST_SQLITE: Final = (3, 37, 0)  # STRICT tables
_DAMAGED: Final = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT)
_BUSY: Final = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_UNWRITABLE: Final = {
    sqlite3.SQLITE_FULL: Text(
        en="the disk is full; make room",
        nl="de schijf is vol; maak ruimte",
    ),
    sqlite3.SQLITE_READONLY: Text(
        en="the file or the disk can only be read; allow writing",
        nl="het bestand of de schijf is alleen te lezen; sta schrijven toe",
    ),
    sqlite3.SQLITE_CANTOPEN: Text(
        en="it cannot be opened; look whether its folder may be written in",
        nl="het gaat niet open; kijk of in de map geschreven mag worden",
    ),
    sqlite3.SQLITE_PERM: Text(
        en="writing is not allowed; allow it",
        nl="schrijven mag niet; sta het toe",
    ),
    sqlite3.SQLITE_IOERR: Text(
        en="the disk refuses; make room, or look whether it is failing",
        nl="de schijf weigert; maak ruimte, of kijk of hij kapot gaat",
    ),
}

_log = logging.getLogger(__name__)


def connect(path: Path, *, read_only: bool = False, immutable: bool = False) -> sqlite3.Connection:
    """Return a connection in autocommit mode.

    Args:
        path: The file; it is made for its owner alone where it is not there. `MEMORY`: none.
        read_only: Only read, beside a program that writes.
        immutable: Nobody can write, and nothing can be put beside the file.

    Raises:
        JournalError: This SQLite is too old.
        sqlite3.Error: It cannot be opened.
    """
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        raise JournalError(
            f"SQLite {sqlite3.sqlite_version} is too old, Coreline needs 3.37; use a newer Python",
            nl=f"SQLite {sqlite3.sqlite_version} is te oud, Coreline heeft 3.37 nodig; gebruik een "
            "nieuwere Python",
        )
    if path == MEMORY:
        place = "file::memory:"
    else:
        mode = "ro" if read_only or immutable else "rwc"
        place = f"{path.absolute().as_uri()}?mode={mode}{'&immutable=1' if immutable else ''}"
    connection = sqlite3.connect(
        place, uri=True, timeout=BUSY_S, isolation_level=None, check_same_thread=False
    )
    for pragma in ("foreign_keys = ON", "trusted_schema = OFF", "cell_size_check = ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def connect_for_writing(path: Path) -> sqlite3.Connection:
    """Return a connection whose commits survive a power cut.

    Raises:
        OSError: The file cannot be made.
        sqlite3.Error: It cannot be opened, or is no database.
    """
    if path != MEMORY and not path.exists():
        # SQLite gives its -wal and -shm the rights of the file itself.
        make_file(path)
    connection = connect(path)
    try:
        _make_safe(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _make_safe(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    if sys.platform == "darwin":  # where fsync alone does not reach the disk
        connection.execute("PRAGMA fullfsync = ON")
        connection.execute("PRAGMA checkpoint_fullfsync = ON")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Commit everything that is done within, or none of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # After some errors SQLite has rolled back by itself.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def in_our_words(path: Path) -> Iterator[None]:
    """Raise SQLite's and the system's errors as our own, with the fix."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        trouble = said_of(path, error)
        _log.warning("%s: %s", type(trouble).__name__, _code_of(error))
        raise trouble from error
    except UnicodeEncodeError as error:
        raise JournalError(
            "half a character in a text; write it again",
            nl="een halve letter in een tekst; schrijf die opnieuw",
        ) from error
    except ValueError as error:  # a day that is none, a text that is none
        _log.warning("%s: a value that is none", JournalDamagedError.__name__)
        raise _damaged(path, error) from error


def _code_of(error: sqlite3.Error | OSError) -> str:
    """Return what SQLite or the system calls an error; its message may quote a row."""
    if isinstance(error, OSError):
        return errno.errorcode.get(error.errno or 0, "no code")
    return str(getattr(error, "sqlite_errorname", "no code"))


def said_of(path: Path, error: sqlite3.Error | OSError) -> JournalError:
    """Return an error in our words."""
    shown = printable(str(path))
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        return _unwritable(shown, sqlite3.SQLITE_FULL)
    if isinstance(error, OSError):
        return JournalUnwritableError(
            f"{shown}: cannot be written ({error.strerror or error}); allow writing there",
            nl=f"{shown}: er kan niet in geschreven worden; sta schrijven daar toe",
        )
    # The low byte says what went wrong, the others in which place of SQLite.
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if is_damage(error):
        return _damaged(path, error)
    if code in _BUSY:
        return JournalBusyError(
            f"{shown}: another program is using it; close that one first",
            nl=f"{shown}: een ander programma gebruikt het; sluit dat eerst",
        )
    if code in _UNWRITABLE:
        return _unwritable(shown, code)
    return JournalError(
        f"{shown}: {error}; run coreline journal check",
        nl=f"{shown}: er is iets mis mee; doe coreline journal check",
    )


def _unwritable(shown: str, code: int) -> JournalUnwritableError:
    why = _UNWRITABLE[code]
    return JournalUnwritableError(
        f"{shown}: cannot be written, {why.en}",
        nl=f"{shown}: er kan niet in geschreven worden, {why.nl}",
    )


def is_passing(error: sqlite3.Error) -> bool:
    """Say whether SQLite means the disk or another program, and nothing that stands in the file."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in _BUSY or code in _UNWRITABLE


def is_damage(error: sqlite3.Error) -> bool:
    """Say whether SQLite means that the file is damaged."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in _DAMAGED or (code == 0 and "decode" in str(error))


def _damaged(path: Path, error: Exception) -> JournalDamagedError:
    return JournalDamagedError(
        f"{printable(str(path))}: is damaged ({printable(str(error))}); "
        "start Coreline again, it puts the backup back",
        nl=f"{printable(str(path))}: is beschadigd; start Coreline opnieuw, dan zet het de "
        "reservekopie terug",
    )
