"""A journal read out of a damaged file row by row, where SQLite itself gives up.

SQLite reads a table from its root downwards, and refuses all of it where a page on the way is
damaged. Here every page is looked at by itself (`page_file`). Which table a row is of is told by
its shape, since ours are known: how many columns, of which kinds, and how a day, a time or a sum is
written. Where no table fits, or more than one, the row is left out. Whether what was read is what
was written is for the sums to say, afterwards.
"""

import re
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from coreline.journal.connecting import MEMORY, connect, transaction
from coreline.journal.mending import drop_strays
from coreline.journal.migrations import Migration, migrate, migrations
from coreline.journal.page_file import PageFile, Row

_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT.+")
_ID: Final = re.compile(r"(?![0-9a-f]{64}$)[a-z0-9-]+")  # of the programme; neither sum nor time
_WRITTEN: Final = {
    "day": _DAY,
    "start": _DAY,
    "started_at": _TIME,
    "ended_at": _TIME,
    "applied_at": _TIME,
    "at": _TIME,
    "sha256": re.compile(r"[0-9a-f]{64}"),
    "exercise_id": _ID,
    "instead_id": _ID,
    "level_id": _ID,
}
_KINDS: Final = {"TEXT": str, "INTEGER": int, "REAL": (int, float), "BLOB": bytes}


@dataclass(frozen=True, slots=True)
class _Column:
    """A column as a row holds it; `number` where it is the row's own number."""

    name: str
    kind: str
    may_lack: bool
    default: Any
    number: bool

    def fits(self, value: Any) -> bool:
        """Say whether a value may stand here."""
        if value is None:
            return self.may_lack or self.number
        written = _WRITTEN.get(self.name)
        return isinstance(value, _KINDS[self.kind]) and (  # type: ignore[arg-type]
            written is None or written.fullmatch(value) is not None
        )


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the rows of a table look like; `numbered` where each has a number of its own."""

    table: str
    columns: tuple[_Column, ...]
    numbered: bool

    def fits(self, row: Row) -> bool:
        """Say whether the values of a row may be those of one of this table."""
        return all(
            column.fits(value) for column, value in zip(self.columns, row.values, strict=False)
        )

    def insert(self, target: sqlite3.Connection, row: Row) -> None:
        """Write a row that fits; of two with the same key the first stays."""
        added = self.columns[len(row.values) :]
        values = [*row.values, *(each.default for each in added)]
        chosen = [
            row.number if column.number else value
            for column, value in zip(self.columns, values, strict=True)
        ]
        names = ", ".join(column.name for column in self.columns)
        marks = ", ".join("?" * len(chosen))
        target.execute(f"INSERT OR IGNORE INTO {self.table} ({names}) VALUES ({marks})", chosen)


def read_pages(database: Path) -> sqlite3.Connection:
    """Return a journal in memory that holds every row that can be read out of a file and its log.

    Rows of sets and sessions that could not be read are left out.

    Raises:
        OSError: The file cannot be read.
        ValueError: It is larger than a journal ever is.
    """
    target = connect(MEMORY)
    try:
        with PageFile(database) as file:
            migrate(target, _steps(file.rows()))
            target.execute("PRAGMA foreign_keys = OFF")
            with transaction(target):
                _fill(target, file.rows())
        target.execute("PRAGMA foreign_keys = ON")
        migrate(target)
        with transaction(target):
            drop_strays(target, ("session", "exercise_set", "hold"))  # their person may be known
    except BaseException:
        target.close()
        raise
    return target


def _steps(rows: Iterable[Row]) -> Sequence[Migration]:
    """Return the steps that a file had behind it; all, where that cannot be read."""
    known = {each.name: number for number, each in enumerate(migrations(), 1)}
    latest = 0
    for row in rows:
        if len(row.values) == 2 and row.values[0] in known:  # noqa: PLR2004 - name and time
            latest = max(latest, known[row.values[0]])
        elif latest:
            break  # they lie side by side
    return migrations()[: latest or None]


def _fill(target: sqlite3.Connection, rows: Iterable[Row]) -> None:
    shapes: dict[tuple[bool, int], list[_Shape]] = {}
    lengths = _lengths()
    for shape in _shapes(target):
        for length in lengths[shape.table]:
            shapes.setdefault((shape.numbered, length), []).append(shape)
    for row in rows:
        likely = shapes.get((row.number is not None, len(row.values)), ())
        fitting = [shape for shape in likely if shape.fits(row)]
        if len(fitting) == 1:
            fitting[0].insert(target, row)


@cache
def _lengths() -> dict[str, set[int]]:
    """Return how many values a row of each table may have: older ones lack what came later."""
    found: dict[str, set[int]] = {}
    with closing(connect(MEMORY)) as connection:
        for number in range(1, len(migrations()) + 1):
            migrate(connection, migrations()[:number])
            for shape in _shapes(connection):
                found.setdefault(shape.table, set()).add(len(shape.columns))
    return found


def _shapes(target: sqlite3.Connection) -> list[_Shape]:
    """Return the shapes of all tables of a journal."""
    found = target.execute("PRAGMA main.table_list").fetchall()
    return [
        _shape(target, name, numbered=not without_number)
        for _, name, kind, _, without_number, _ in found
        if kind == "table" and not name.startswith("sqlite_")
    ]


def _shape(target: sqlite3.Connection, table: str, *, numbered: bool) -> _Shape:
    rows = target.execute(f"PRAGMA table_info({table})").fetchall()
    if not numbered:  # the key comes first
        rows.sort(key=lambda row: (not row[5], row[5]))
    keys = sum(bool(row[5]) for row in rows)
    columns = []
    for _, name, kind, not_null, default, key in rows:
        value = None if default is None else target.execute(f"SELECT {default}").fetchone()[0]
        number = numbered and bool(key) and keys == 1 and kind == "INTEGER"
        columns.append(_Column(name, kind, not not_null, value, number))
    return _Shape(table, tuple(columns), numbered)
