"""Print docs/schema.md, the database's schema as the migrations make it: run this as a module.

python -m coreline.journal.describe > docs/schema.md
"""

import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Final

from coreline.journal.connecting import MEMORY, connect
from coreline.journal.migrations import Migration, migrate, migrations

_HEAD: Final = """\
# The journal's schema

Made by `python -m coreline.journal.describe > docs/schema.md`; a test holds it to the migrations.

The journal is one SQLite file, `coreline.sqlite3` in the data folder, `coreline.sqlite3-wal` and
`-shm` beside it while it is open, `coreline.sqlite3.lock` so that one program at a time writes, and
a folder `backups`: the first opening of a day makes a copy, of which the last three are kept, and
there is one from before the last change of the schema. An exported file and a backup are databases
of the same schema; `coreline journal import` reads either, also of an older schema.

## When something is wrong with it

Beside it lies `coreline.sqlite3.ledger`: a line for everybody, each session and each day's notes
that were ever kept, written after the commit; what the file was to the byte when it was closed; and
what happened to it. A file that is still that to the byte is looked through once a day, and but for
the two largest tables in between. One that is not, or that a killed program left, is looked through
whole: SQLite's own structures, the sums over every session and person, and whether all that the
ledger knows is there. `coreline.sqlite3.suspect` asks for the same, where damage was met.

A file that is damaged is set aside as `coreline.sqlite3.damaged-…`, and the newest good backup put
in its place. What the damaged file still holds and is what was written is taken over from it, where
SQLite gives up page by page; so are rows and sessions that are missing from a file that is whole,
from the backups, and people from the ledger. A log that is not the file's own, and would harm it,
is undone.

Every command that opens the journal, and the window, says in one line what was found, what was set
aside and put back, and what is missing, by person and day, until `coreline journal acknowledge`.
`coreline journal check` names all that is missing, also afterwards. `coreline journal recover`
reads a damaged file again; with `--parts` it takes over sessions of which only a part can be read,
which stay known as not whole. A person who is deleted is deleted from the ledger as well.

## What is in it

Days are calendar days where the person lives. Times of a session (`_s`) are seconds on the camera's
clock. What the person is called everywhere is the profile's `id`; a session's and a note's `uid` is
the same in every copy, which is why an import never doubles anything.
"""
_TABLE: Final = re.compile(r"^CREATE TABLE (\w+)")
_ALTER: Final = re.compile(r"^ALTER TABLE (\w+) ADD COLUMN")
_COLUMN: Final = re.compile(r"^  ([a-z][a-z0-9_]*) [A-Z][^;]*?[,;]? -- (.+)$|^  (\w+) .*; -- (.+)$")


@dataclass(slots=True)
class _Table:
    about: str
    since: str
    columns: dict[str, str] = field(default_factory=dict)


def describe() -> str:
    """Return the page."""
    tables: dict[str, _Table] = {}
    for step in migrations():
        _read_step(step, tables)
    with closing(connect(MEMORY)) as connection:
        migrate(connection)
        parts = [_section(connection, name, table) for name, table in tables.items()]
    steps = "\n".join(f"- `{step.name}`" for step in migrations())
    return "\n".join([_HEAD, "Migrations, in order:\n", f"{steps}\n", *parts])


def _read_step(step: Migration, tables: dict[str, _Table]) -> None:
    """Take up the comments of a step: above a table or what is added to it, and behind columns."""
    about, name = [], ""
    for line in step.sql.splitlines():
        if line.startswith("-- "):
            about.append(line.removeprefix("-- "))
        elif found := _TABLE.match(line):
            name = found[1]
            tables[name] = _Table(" ".join(about), step.name)
            about = []
        elif found := _ALTER.match(line):
            name = found[1]
            tables[name].about = " ".join([tables[name].about, *about])
            about = []
        elif found := _COLUMN.match(line):
            column, comment = (part for part in found.groups() if part)
            tables[name].columns[column] = comment


def _section(connection: sqlite3.Connection, name: str, table: _Table) -> str:
    rows = "\n".join(_rows(connection, name, table))
    return (
        f"## {name}\n\n{table.about} Since `{table.since}`.\n\n"
        f"| column | type | |\n|---|---|---|\n{rows}\n"
    )


def _rows(connection: sqlite3.Connection, name: str, table: _Table) -> Iterator[str]:
    for _, column, kind, not_null, _, key in connection.execute(f"PRAGMA table_info({name})"):
        mark = " key" if key else ("" if not_null else ", or NULL")
        yield f"| `{column}` | {kind.lower()}{mark} | {table.columns[column]} |"


if __name__ == "__main__":
    sys.stdout.write(describe())
