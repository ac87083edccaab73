"""Journals as nobody means them: bytes, rows under sums that fit again, and schemas."""

import random
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from coreline.journal.seals import reseal_session, seal_profile
from tools.mutating import FLOATS, TEXTS, damaged


def damaged_journal(draw: random.Random, path: Path) -> None:
    """Damage a journal's file: its bytes, its rows under sums that fit again, or its schema."""
    way = draw.random()
    if way < 0.35:
        path.write_bytes(damaged(draw, path.read_bytes()))
        return
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for _ in range(draw.randint(1, 3)):
            try:
                (_alter_schema if way < 0.5 else _alter_row)(draw, connection)
            except sqlite3.Error:
                continue  # SQLite itself would not have it
        _seal(connection)
    if draw.random() < 0.1:
        path.write_bytes(damaged(draw, path.read_bytes()))


def _alter_row(draw: random.Random, connection: sqlite3.Connection) -> None:
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'migration'"
    table = draw.choice(sorted(name for (name,) in connection.execute(query)))
    columns = [(each[1], each[2]) for each in connection.execute(f"PRAGMA table_info({table})")]
    column, kind = draw.choice(columns)
    values: dict[str, Sequence[object]] = {
        "TEXT": (*TEXTS, None, "x" * 3_000_000),
        "REAL": (*FLOATS, None),
        "INTEGER": (0, -1, 10**9, 2**63 - 1, -(2**63), None),
        "BLOB": (b"", b"\xff" * 9, bytes(3_000_000), draw.randbytes(900)),
    }
    value = draw.choice(values[kind])
    raw = "CAST(x'ff41' AS TEXT)" if kind == "TEXT" and draw.random() < 0.1 else "?"
    where = "" if draw.random() < 0.3 else " WHERE rowid = 1"
    if "WITHOUT ROWID" in str(
        connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    ):
        where = ""
    connection.execute(
        f"UPDATE {table} SET {column} = {raw}{where}", (value,) if raw == "?" else ()
    )


def _alter_schema(draw: random.Random, connection: sqlite3.Connection) -> None:
    rows = (
        "WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < {})"
        " SELECT 1, 1, i, 0.0, hex(zeroblob({})) FROM n"
    )
    connection.execute(
        draw.choice(
            (
                "CREATE TRIGGER t AFTER INSERT ON session BEGIN DELETE FROM profile; END",
                "CREATE VIEW v AS SELECT * FROM v2",
                "CREATE TABLE more (a)",
                "ALTER TABLE session ADD COLUMN c TEXT AS (hex(zeroblob(900000)))",
                "CREATE INDEX i ON session (hex(uid))",
                "DROP TABLE cue",
                "ALTER TABLE cue RENAME TO said",
                "DELETE FROM migration WHERE name > '003'",
                "INSERT INTO migration VALUES ('999-later', 'x')",
                "PRAGMA user_version = 99",
                "PRAGMA application_id = 1",
                "INSERT INTO cue " + rows.format(300_000, 1),
                "INSERT INTO cue " + rows.format(1_010, 900_000),
                "UPDATE sqlite_master SET sql = 'x'",
            )
        )
    )


def _seal(connection: sqlite3.Connection) -> None:
    """Make the sums fit again, as whoever alters a file can."""
    try:
        for (session_id,) in connection.execute("SELECT id FROM session").fetchall():
            reseal_session(connection, session_id)
        for (profile_id,) in connection.execute("SELECT id FROM profile").fetchall():
            seal_profile(connection, profile_id)
    except (sqlite3.Error, ValueError, TypeError):
        return
