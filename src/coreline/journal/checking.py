"""Whether the journal still holds what was written, and what can be done where it does not."""

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from coreline.errors import JournalError
from coreline.journal.backups import is_whole, new_part
from coreline.journal.connecting import MEMORY, connect, is_passing
from coreline.journal.exchange import incoming
from coreline.journal.findings import Loss, Lost
from coreline.journal.merging import take_back, take_back_notes
from coreline.journal.migrations import migrate
from coreline.journal.records import Checked
from coreline.journal.seals import is_profile_sound, is_session_sound, lenient
from coreline.printable import printable

Columns = dict[str, tuple[tuple[Any, ...], ...]]


@dataclass(frozen=True, slots=True)
class Damage:
    """Who and what is no longer what was written: profiles by id, sessions by uid."""

    profiles: frozenset[str] = frozenset()
    sessions: frozenset[str] = frozenset()


def damage(connection: sqlite3.Connection, since: date = date.min) -> Damage:
    """Look through every person's own rows, and the sessions since a day."""
    query = "SELECT id, uid FROM session WHERE day >= ?"
    with lenient(connection):
        people = [each for (each,) in connection.execute("SELECT id FROM profile")]
        sessions = connection.execute(query, (since.isoformat(),)).fetchall()
        return Damage(
            frozenset(each for each in people if not is_profile_sound(connection, each)),
            frozenset(uid for row, uid in sessions if not is_session_sound(connection, row)),
        )


_MISSING: Final = {
    Lost.PERSON: "{name} is missing, with everything",
    Lost.SESSION: "the session of {day} of {name} is missing",
    Lost.PART: "a part of the session of {day} of {name} is missing",
    Lost.NOTES: "of what {name} noted or chose on {day}, {count} are missing",
    Lost.PROFILE: "the profile of {name} is an older one",
    Lost.ALTERED_NOTES: "what {name} noted or chose on {day} is no longer what was written",
}


def check(
    connection: sqlite3.Connection,
    losses: Iterable[Loss] = (),
    acknowledged: Collection[str] = (),
) -> Checked:
    """Look through everything, and say what is wrong.

    Args:
        connection: To the database.
        losses: What was kept once and is missing, as the ledger knows.
        acknowledged: The keys of those that the person knows of.
    """
    found = [*_altered(connection), *_missing(losses)]
    complaints = [] if is_whole(connection) else ["the structure of the file is damaged"]
    complaints += [text for key, text in found if key not in acknowledged]
    known = [text for key, text in found if key in acknowledged]
    (people,) = connection.execute("SELECT count(*) FROM profile").fetchone()
    (sessions,) = connection.execute("SELECT count(*) FROM session").fetchone()
    return Checked(people, sessions, tuple(complaints), tuple(known))


def _missing(losses: Iterable[Loss]) -> Iterator[tuple[str, str]]:
    """Yield the keys of losses, and words for them, but for what the rows themselves tell."""
    for loss in losses:
        of_rows = loss.kind is Lost.ALTERED_NOTES and loss.day is None
        if loss.kind in _MISSING and not of_rows:
            yield loss.key, _MISSING[loss.kind].format(**asdict(loss))


def _altered(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Yield whose rows are no longer what was written: the key of the loss, and words for it."""
    found = damage(connection)
    with lenient(connection):
        people = connection.execute("SELECT id, name FROM profile ORDER BY id").fetchall()
        sessions = connection.execute("SELECT uid, day FROM session ORDER BY day, id").fetchall()
    for profile_id, name in people:
        if profile_id in found.profiles:
            key = Loss(Lost.ALTERED_NOTES, profile_id, "").key
            yield key, f"what {printable(name)} noted or chose is no longer what was written"
    for uid, day in sessions:
        if uid in found.sessions:
            key = Loss(Lost.ALTERED_SESSION, uid, "").key
            yield key, f"the session of {printable(day)} is no longer what was written"


def repair(connection: sqlite3.Connection, found: Damage, backups: Iterable[Path]) -> Damage:
    """Take what is damaged back from the newest backup in which it is sound; return the rest.

    The transaction has begun.
    """
    for backup in backups:
        if found == Damage():
            break
        with suppress(JournalError), incoming(backup, new_part(backup)) as source:
            found = Damage(
                _left(found.profiles, lambda each: take_back_notes(source, connection, each)),
                _left(found.sessions, lambda each: take_back(source, connection, each)),
            )
    return found


def has_our_columns(connection: sqlite3.Connection) -> bool:
    """Say whether tables and columns are called what this program calls them.

    Raises:
        sqlite3.Error: The disk or another program does not let it be read.
    """
    try:
        return _columns(connection) == _our_columns()
    except UnicodeDecodeError:
        return False
    except sqlite3.Error as error:
        if is_passing(error):
            raise
        return False


@cache
def _our_columns() -> Columns:
    with closing(connect(MEMORY)) as connection:
        migrate(connection)
        return _columns(connection)


def _columns(connection: sqlite3.Connection) -> Columns:
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return {
        table: tuple(connection.execute(f'PRAGMA table_info("{table}")')) for (table,) in tables
    }


def _left(damaged: frozenset[str], take: Callable[[str], bool]) -> frozenset[str]:
    return frozenset(each for each in sorted(damaged) if not take(each))
