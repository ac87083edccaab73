"""What of a session can be read only in part, and how it is taken over when that is wanted.

Such a session is not what was written: its sum says so, and no one can tell whether what could be
read is right in every number. It is taken only when it is asked for. It is then sealed as it is, as
one that was never saved, so that a whole copy of it, should one turn up, takes its place; the
ledger goes on knowing that a part of it is missing.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from coreline.errors import JournalError
from coreline.files.kinds import Kind, refuse_other_kind
from coreline.journal.admission import is_session_fit
from coreline.journal.backups import with_company
from coreline.journal.exchange import NO_JOURNAL
from coreline.journal.mark import Mark
from coreline.journal.mending import take_from
from coreline.journal.merging import Wanted, copy_part
from coreline.journal.pages import read_pages
from coreline.journal.seals import is_session_sound
from coreline.journal.sessions import read_sets
from coreline.printable import printable


@dataclass(frozen=True, slots=True)
class PartlyRead:
    """A session that can be read in part: whose, of which day, and how many of its sets."""

    uid: str
    person: str
    day: date
    sets: int


@dataclass(frozen=True, slots=True)
class Recovered:
    """What came out of damaged files.

    Attributes:
        files: So many were read.
        people: So many came back that were not there.
        sessions: So many are whole, and are in the journal now.
        parts: Those of which a part is in the journal now.
        left: Those of which a part could be taken.
    """

    files: int = 0
    people: int = 0
    sessions: int = 0
    parts: tuple[PartlyRead, ...] = ()
    left: tuple[PartlyRead, ...] = ()

    def and_more(self, other: "Recovered") -> "Recovered":
        """Return what came out of these files and others."""
        return Recovered(
            self.files + other.files,
            self.people + other.people,
            self.sessions + other.sessions,
            self.parts + other.parts,
            self.left + other.left,
        )


def read_from(file: Path, target: sqlite3.Connection, mark: Mark, *, parts: bool) -> Recovered:
    """Take over what can be read of a damaged file; the transaction has begun.

    Raises:
        JournalError: It cannot be read at all.
    """
    shown = printable(str(file))
    there = [each for each in with_company(file) if each.is_file()]
    if not there:
        raise JournalError(
            f"{shown}: no such file; give one that was set aside",
            nl=f"{shown}: dit bestand is er niet; geef er een dat opzij is gezet",
        )
    if there == [file]:  # with another beside it, it was a journal that something was written over
        refuse_other_kind(file, JournalError, NO_JOURNAL, {Kind.DATABASE, Kind.EMPTY})
    try:
        source = read_pages(file)
    except (OSError, ValueError) as error:
        raise JournalError(
            f"{shown}: cannot be read ({error}); give another file",
            nl=f"{shown}: is niet te lezen; geef een ander bestand",
        ) from error
    with closing(source):
        came = take_from(source, target, mark, Wanted())
        taken = tuple(take_parts(source, target)) if parts else ()
        return Recovered(1, came.people, came.sessions, taken, partly_read(source, target))


def partly_read(source: sqlite3.Connection, target: sqlite3.Connection) -> tuple[PartlyRead, ...]:
    """Return the sessions that a damaged file holds in part, and the journal not at all."""
    query = "SELECT id, uid, profile_id, day FROM session ORDER BY day, id"
    return tuple(
        PartlyRead(uid, person, date.fromisoformat(day), sets)
        for row, uid, person, day in source.execute(query).fetchall()
        if not _is_in(target, uid)
        and not is_session_sound(source, row)
        and (sets := _readable_sets(source, row))
    )


def take_parts(source: sqlite3.Connection, target: sqlite3.Connection) -> Iterator[PartlyRead]:
    """Take over the sessions that are there in part; yield each. The transaction has begun."""
    for each in partly_read(source, target):
        known = target.execute("SELECT 1 FROM profile WHERE id = ?", (each.person,)).fetchone()
        if known is not None and copy_part(source, target, each.uid):
            yield each


def _is_in(target: sqlite3.Connection, uid: str) -> bool:
    found = target.execute("SELECT 1 FROM session WHERE uid = ?", (uid,)).fetchone()
    return found is not None


def _readable_sets(source: sqlite3.Connection, row: int) -> int:
    """Return how many sets of a session can be read; 0 where one cannot be understood.

    What it says must be within reason as well, as of a journal from outside.
    """
    from coreline.journal.set_records import read_records  # noqa: PLC0415 - brings the judging

    try:
        read_sets(source, "s.id = ?", (row,))
        count = len(read_records(source, row))
        return count if is_session_fit(source, row) else 0
    except (JournalError, LookupError, TypeError, ValueError, sqlite3.Error):
        return 0
