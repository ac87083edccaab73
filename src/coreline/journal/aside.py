"""Damaged files are put beside the journal under another name, never deleted."""

import sqlite3
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Final

from coreline.journal.backups import copy_to, remove, with_company
from coreline.journal.ledger import has_content

_ASIDE: Final = ".damaged-"


def set_aside(database: Path) -> Path | None:
    """Move a database, and what lies beside it, out of the way; return its new place.

    None where there was nothing to keep: no file, or empty ones.

    Raises:
        OSError: It cannot be moved.
    """
    if not any(has_content(each) for each in with_company(database)):
        remove(database)
        return None
    place = new_place(database)
    for each, there in zip(with_company(database), with_company(place), strict=True):
        if each.exists():
            each.replace(there)
    return place


def copy_aside(connection: sqlite3.Connection, database: Path) -> Path:
    """Put a copy of a database by, before something of it is deleted; return where it is.

    Raises:
        OSError: It cannot be written.
        sqlite3.Error: It cannot be written, or the database cannot be read.
    """
    place = new_place(database)
    copy_to(connection, place)
    return place


def new_place(database: Path) -> Path:
    """Return where a damaged file goes that is found now."""
    now = datetime.now().astimezone()
    return database.with_name(f"{database.name}{_ASIDE}{now:%Y-%m-%d-%H%M%S-%f}")


def were_set_aside(database: Path) -> list[Path]:
    """Return the databases that were set aside, newest first; of some only the log may be left."""
    ends = ("-wal", "-shm", "-journal")
    found = {_without(each, ends) for each in all_aside(database)}
    return sorted(found, key=lambda path: path.name, reverse=True)


def all_aside(database: Path) -> Iterable[Path]:
    """Return every file that was set aside, logs too."""
    return database.parent.glob(f"{database.name}{_ASIDE}*")


def _without(path: Path, ends: Iterable[str]) -> Path:
    for end in ends:
        if path.name.endswith(end):
            return path.with_name(path.name.removesuffix(end))
    return path
