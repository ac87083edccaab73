"""The named steps that make the database what it is; all that are still to do are one transaction.

A step is a file in `sql/`, run once and never altered afterwards; a change of the schema is a new
file. The sums over the rows are kept again after each.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Final

from coreline.errors import JournalError
from coreline.journal.connecting import transaction
from coreline.journal.seals import all_sound, seal_all

APPLICATION_ID: Final = 0x436F7265  # "Core", so that a file of ours is known from others


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: its name and the SQL of it."""

    name: str
    sql: str


@cache
def migrations() -> tuple[Migration, ...]:
    """Return every step, in order."""
    folder = files("coreline.journal") / "sql"
    found = sorted((each for each in folder.iterdir()), key=lambda each: each.name)
    return tuple(
        Migration(each.name.removesuffix(".sql"), each.read_text(encoding="utf-8"))
        for each in found
        if each.name.endswith(".sql")
    )


def applied(connection: sqlite3.Connection) -> list[str]:
    """Return the names of the steps that a database has behind it."""
    if not has_table(connection, "migration"):
        return []
    return [name for (name,) in connection.execute("SELECT name FROM migration ORDER BY name")]


def pending(
    connection: sqlite3.Connection, steps: Sequence[Migration] | None = None
) -> list[Migration]:
    """Return which of the steps, those of this program where none are given, are still to do.

    Raises:
        JournalError: The database has had steps that this program does not know.
    """
    behind, steps = applied(connection), migrations() if steps is None else steps
    known = [each.name for each in steps]
    if strange := [name for name in behind if name not in known]:
        raise JournalError(
            f"written by a newer Coreline (it knows {strange[-1]}); update Coreline to open it",
            nl=f"geschreven door een nieuwere Coreline (die kent {strange[-1]}); werk Coreline bij "
            "om het te openen",
        )
    return [each for each in steps if each.name not in behind]


def migrate(connection: sqlite3.Connection, steps: Sequence[Migration] | None = None) -> list[str]:
    """Do the steps that are still to do, all of them or none, and return their names.

    A new file takes ten: to wait for the disk once is most of what making it costs.

    Args:
        connection: Writable, in autocommit mode.
        steps: Those of another program, older or newer; None: those of this one.

    Raises:
        JournalError: The database has had steps that are not among them.
    """
    todo = pending(connection, steps)
    if todo:
        with transaction(connection):
            for step in todo:
                _apply(connection, step)
    return [step.name for step in todo]


def has_table(connection: sqlite3.Connection, name: str) -> bool:
    """Say whether the database has a table of this name."""
    query = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    return connection.execute(query, (name,)).fetchone() is not None


def is_ours(connection: sqlite3.Connection) -> bool:
    """Say whether a file bears the mark of a journal."""
    return bool(connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,))


def _apply(connection: sqlite3.Connection, step: Migration) -> None:
    """Do one step, within a transaction."""
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    sound = all_sound(connection)
    for statement in statements(step.sql):
        connection.execute(statement)
    seal_all(connection, sound)
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    connection.execute("INSERT INTO migration VALUES (?, ?)", (step.name, now))


def statements(sql: str) -> list[str]:
    """Return the statements of a step; none of them holds a semicolon but at its end."""
    found, part = [], ""
    for line in sql.splitlines(keepends=True):
        part += line
        if sqlite3.complete_statement(part):
            found.append(part)
            part = ""
    return found
