"""A sum over the rows of a session, and over a person's own: SQLite itself keeps none.

Of seventy random altered bits `PRAGMA quick_check` noticed thirty-one; the sum notices them all.
"""

import hashlib
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

# Every table that holds rows of a session; `session_id` is the first column of each.
SESSION_TABLES: Final = (
    "planned_set",
    "exercise_set",
    "repetition",
    "hold",
    "hold_fault",
    "rotation",
    "fact",
    "cue",
    "reading",
    "drawn_moment",
    "attempt",
    "unmet",
    "camera_view",
    "cut_off",
    "own_exercise",
)
# Of all but these, the second column is the place of the set, and the rows of a set stay as they
# are once a later one has begun.
_WHOLE: Final = ("planned_set", "own_exercise")
# Every table of notes, and the one of what was taken back; each begins with the columns `id`,
# `uid`, `profile_id` and `day`.
NOTE_TABLES: Final = (
    "pain",
    "skip",
    "level_choice",
    "easier_choice",
    "rest_choice",
    "advice",
    "taken_back",
    "prescription",
    "level_asked",
)
_LAST: Final = 2**62  # after every set there can be
_OF_SESSION: Final = "uid, profile_id, day, started_at, ended_at, revision"
_OF_NOTES: Final = {
    "profile": "SELECT * FROM profile WHERE id = ?",
    "ball_exercise": "SELECT * FROM ball_exercise WHERE profile_id = ? ORDER BY exercise_id",
    **{name: f"SELECT * FROM {name} WHERE profile_id = ? ORDER BY uid" for name in NOTE_TABLES},
}


def session_sum(connection: sqlite3.Connection, session_id: int) -> str:
    """Return the sum over all rows of a session; it is the same in every copy of the journal."""
    return _session_sum(connection, session_id, 1, {})


def _session_sum(
    connection: sqlite3.Connection, session_id: int, first: int, before: Mapping[str, bytes]
) -> str:
    """Return the sum over a session; `before` holds the rows of the sets before the first."""
    sums, tables = hashlib.sha256(), _there(connection, SESSION_TABLES)
    with _texts_as(bytes, connection):
        own = connection.execute(f"SELECT {_OF_SESSION} FROM session WHERE id = ?", (session_id,))
        _add(sums, "session", own.fetchall())
        for table in tables:
            sums.update(table.encode())
            sums.update(before.get(table, b""))
            sums.update(_rows_of_sets(connection, table, session_id, (first, _LAST)))
    return sums.hexdigest()


def _rows_of_sets(
    connection: sqlite3.Connection, table: str, session_id: int, places: tuple[int, int]
) -> bytes:
    """Return the rows of the sets from a place on to before another, as they go into the sum."""
    query, values = f"SELECT * FROM {table} WHERE session_id = ?", [session_id]
    if table not in _WHOLE:
        column = "place" if table == "exercise_set" else "set_place"
        query, values = f"{query} AND {column} >= ? AND {column} < ?", [session_id, *places]
    return _bytes_of(sorted(row[1:] for row in connection.execute(query, values)))


class RunningSeal:
    """Seals a session that is under way, reading the rows of each set that is over only once.

    A repetition is told when it is written. In the twentieth set of a session, reading all of them
    for each would take longer than the disk does.
    """

    def __init__(self) -> None:
        """Know nothing of the session yet."""
        self._first, self._before = 1, dict[str, bytes]()
        self._kept = ""

    def seal(
        self, connection: sqlite3.Connection, session_id: int, places: Collection[int]
    ) -> None:
        """Count the saving, and keep the sum, when the sets at these places were written."""
        query = "SELECT sha256 FROM session WHERE id = ?"
        (kept,) = connection.execute(query, (session_id,)).fetchone()
        # Somebody else wrote, a transaction came to nothing, or a set was written again.
        if kept != self._kept or min(places, default=self._first) < self._first:
            self._first, self._before = 1, {}
        self._go_on_to(connection, session_id, max(places, default=self._first))
        connection.execute("UPDATE session SET revision = revision + 1 WHERE id = ?", (session_id,))
        self._kept = _session_sum(connection, session_id, self._first, self._before)
        _keep_sum(connection, session_id, self._kept)

    def _go_on_to(self, connection: sqlite3.Connection, session_id: int, place: int) -> None:
        """Take up the rows of the sets before a place."""
        if place == self._first:
            return
        tables = [each for each in _there(connection, SESSION_TABLES) if each not in _WHOLE]
        with _texts_as(bytes, connection):
            for table in tables:
                rows = _rows_of_sets(connection, table, session_id, (self._first, place))
                self._before[table] = self._before.get(table, b"") + rows
        self._first = place


def profile_sum(connection: sqlite3.Connection, profile_id: str) -> str:
    """Return the sum over a person's own rows."""
    sums, tables = hashlib.sha256(), _there(connection, _OF_NOTES)
    with _texts_as(bytes, connection):
        for table in tables:
            rows = connection.execute(_OF_NOTES[table], (profile_id,))
            numbered = table in NOTE_TABLES
            _add(sums, table, (row[1:] if numbered else row for row in rows))
    return sums.hexdigest()


def note_sums(
    connection: sqlite3.Connection, profile_id: str | None = None
) -> dict[tuple[str, str], tuple[int, str]]:
    """Return how many notes of each person and day there are, and the sum over them."""
    rows: dict[tuple[str, str], list[tuple[Any, ...]]] = {}
    where, values = ("", ()) if profile_id is None else (" WHERE profile_id = ?", (profile_id,))
    with lenient(connection):
        for table in _there(connection, NOTE_TABLES):
            for row in connection.execute(f"SELECT * FROM {table}{where}", values):
                rows.setdefault((row[2], row[3]), []).append((table, *row[1:]))
    return {of: (len(found), _sum_of(found)) for of, found in rows.items()}


def _sum_of(rows: Iterable[tuple[Any, ...]]) -> str:
    text = repr(sorted(rows, key=lambda row: row[:2]))
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()


def seal_session(connection: sqlite3.Connection, session_id: int) -> None:
    """Count the saving, and keep the sum of what the session holds now."""
    connection.execute("UPDATE session SET revision = revision + 1 WHERE id = ?", (session_id,))
    reseal_session(connection, session_id)


def reseal_session(connection: sqlite3.Connection, session_id: int) -> None:
    """Keep the sum of what the session holds now."""
    _keep_sum(connection, session_id, session_sum(connection, session_id))


def _keep_sum(connection: sqlite3.Connection, session_id: int, found: str) -> None:
    connection.execute("UPDATE session SET sha256 = ? WHERE id = ?", (found, session_id))


def seal_profile(connection: sqlite3.Connection, profile_id: str) -> None:
    """Keep the sum of a person's own rows as they are now."""
    kept = (profile_id, profile_sum(connection, profile_id))
    connection.execute("INSERT OR REPLACE INTO profile_seal VALUES (?, ?)", kept)


@dataclass(frozen=True, slots=True)
class Sound:
    """The sessions, by number, and the people that are still what was written."""

    sessions: tuple[int, ...]
    profiles: tuple[str, ...]


def all_sound(connection: sqlite3.Connection) -> Sound:
    """Return what is still what was written; everything, where no sums were kept yet."""
    sealed = bool(_there(connection, ("profile_seal",)))
    sessions = [] if not _there(connection, ("session",)) else _column(connection, "session")
    profiles = [] if not _there(connection, ("profile",)) else _column(connection, "profile")
    return Sound(
        tuple(each for each in sessions if not sealed or is_session_sound(connection, each)),
        tuple(each for each in profiles if not sealed or is_profile_sound(connection, each)),
    )


def seal_all(connection: sqlite3.Connection, sound: Sound) -> None:
    """Keep the sums again after a step that changed what rows are; damage stays to be seen."""
    if not _there(connection, ("profile_seal",)):
        return
    for session_id in sound.sessions:
        reseal_session(connection, session_id)
    for profile_id in sound.profiles:
        seal_profile(connection, profile_id)


def is_session_sound(connection: sqlite3.Connection, session_id: int) -> bool:
    """Say whether a session still holds what was written."""
    query = "SELECT sha256 FROM session WHERE id = ?"
    (kept,) = connection.execute(query, (session_id,)).fetchone()
    return bool(kept == session_sum(connection, session_id))


def is_profile_sound(connection: sqlite3.Connection, profile_id: str) -> bool:
    """Say whether a person's own rows still hold what was written."""
    query = "SELECT sha256 FROM profile_seal WHERE profile_id = ?"
    kept = connection.execute(query, (profile_id,)).fetchone()
    return kept is not None and bool(kept[0] == profile_sum(connection, profile_id))


@contextmanager
def lenient(connection: sqlite3.Connection) -> Iterator[None]:
    """Read texts that are no longer texts all the same, to say whose they are."""
    with _texts_as(lambda raw: raw.decode(errors="replace"), connection):
        yield


@contextmanager
def _texts_as(
    make: Callable[[bytes], str | bytes], connection: sqlite3.Connection
) -> Iterator[None]:
    before, connection.text_factory = connection.text_factory, make
    try:
        yield
    finally:
        connection.text_factory = before


def _add(sums: "hashlib._Hash", table: str, rows: Iterable[tuple[object, ...]]) -> None:
    sums.update(table.encode())
    sums.update(_bytes_of(rows))


def _bytes_of(rows: Iterable[tuple[object, ...]]) -> bytes:
    return b"".join(
        b"".join(
            (value if isinstance(value, bytes) else repr(value).encode()) + b"\x1f" for value in row
        )
        + b"\x1e"
        for row in rows
    )


def _there(connection: sqlite3.Connection, tables: Iterable[str]) -> list[str]:
    """Return the tables that there are: an earlier schema has fewer."""
    query = "SELECT name FROM sqlite_master WHERE type = 'table'"
    found = {name for (name,) in connection.execute(query)}
    return [table for table in tables if table in found]


def _column(connection: sqlite3.Connection, table: str) -> list[Any]:
    return [each for (each,) in connection.execute(f"SELECT id FROM {table}")]
