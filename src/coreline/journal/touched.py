"""What a transaction saved, found out by SQLite itself, so that no way of writing is forgotten.

Whatever is saved of a session or a person ends with their sum, and a session that goes is deleted
from one table: triggers of this connection alone, in memory, take down whose it was.
"""

import sqlite3
from collections.abc import Iterator
from typing import Final

from coreline.journal.findings import Loss, Lost
from coreline.journal.mark import (
    Line,
    Mark,
    NotesOfDay,
    contents,
    is_newer,
    notes_line,
    person_line,
    session_line,
)
from coreline.journal.migrations import statements

_SCHEMA: Final = """
CREATE TEMP TABLE touched (kind TEXT, id TEXT, PRIMARY KEY (kind, id)) WITHOUT ROWID;
CREATE TEMP TRIGGER session_saved AFTER UPDATE OF sha256 ON main.session BEGIN
  INSERT OR IGNORE INTO touched VALUES ('session', NEW.uid);
END;
CREATE TEMP TRIGGER session_gone AFTER DELETE ON main.session BEGIN
  INSERT OR IGNORE INTO touched VALUES ('session', OLD.uid);
END;
CREATE TEMP TRIGGER person_saved AFTER INSERT ON main.profile_seal BEGIN
  INSERT OR IGNORE INTO touched VALUES ('person', NEW.profile_id);
END;
"""


class Touched:
    """What the transactions of one connection save."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Begin to look; the connection writes, and its schema is up to date."""
        self._connection = connection
        connection.execute("PRAGMA temp_store = MEMORY")
        for statement in statements(_SCHEMA):
            connection.execute(statement)

    def begin(self) -> None:
        """Forget what came before; the transaction has begun."""
        self._connection.execute("DELETE FROM touched")

    def news(self, mark: Mark) -> Iterator[Line]:
        """Yield what the transaction saved, as lines; what was deleted was meant to be."""
        people, sessions = self._names("person"), self._names("session")
        if not people and not sessions:
            return
        now = contents(self._connection, people, sessions)
        for name, person in now.people.items():
            yield person_line(name, person)
        for uid in sessions:
            if uid not in now.sessions:
                yield {"gone": uid}
            elif is_newer(now.sessions[uid], mark.sessions.get(uid)):
                yield session_line(uid, now.sessions[uid])
        days = {of for of in mark.notes if of[0] in people} | set(now.notes)
        changed = (of for of in sorted(days) if mark.notes.get(of) != now.notes.get(of))
        yield from (notes_line(of, now.notes.get(of, NotesOfDay(0))) for of in changed)
        yield from _sealed_anew(mark, people, sessions)

    def _names(self, kind: str) -> list[str]:
        query = "SELECT id FROM touched WHERE kind = ?"
        return [name for (name,) in self._connection.execute(query, (kind,))]


def _sealed_anew(mark: Mark, people: list[str], sessions: list[str]) -> Iterator[Line]:
    """Yield what is still not what was written: a new sum is one of what is there now."""
    again = {Loss(Lost.ALTERED_SESSION, uid, "").key for uid in sessions}
    again |= {Loss(Lost.ALTERED_NOTES, name, "").key for name in people}
    if mark.altered & again:
        yield {"altered": sorted(mark.altered - again)}
