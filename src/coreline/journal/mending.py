"""What is put back into a journal: people from the ledger, sessions and notes from other copies."""

import sqlite3
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from coreline.errors import JournalError
from coreline.journal.backups import backups, day_of, new_part
from coreline.journal.exchange import incoming
from coreline.journal.findings import Loss, Lost
from coreline.journal.mark import Mark, Person, contents, notes_in
from coreline.journal.merging import Wanted, attempt, free_name, ids, salvage, take_day
from coreline.journal.people import name_key
from coreline.journal.seals import is_profile_sound, seal_profile

# What another copy of the journal may still have.
_RESTORABLE: Final = (Lost.PERSON, Lost.SESSION, Lost.PART, Lost.NOTES, Lost.ALTERED_NOTES)


@dataclass(frozen=True, slots=True)
class Brought:
    """How many sessions and people came back, and from the backup of which day."""

    sessions: int = 0
    people: int = 0
    day: date | None = None

    def and_more(self, other: "Brought") -> "Brought":
        """Return what came back in both."""
        sessions, people = self.sessions + other.sessions, self.people + other.people
        return Brought(sessions, people, self.day or other.day)


def restorable(losses: Iterable[Loss]) -> tuple[Loss, ...]:
    """Return the losses that another copy may make good."""
    return tuple(loss for loss in losses if loss.kind in _RESTORABLE)


def put_people_back(connection: sqlite3.Connection, mark: Mark) -> int:
    """Write the profiles that the ledger knows and the journal lacks; return how many.

    What they noted and chose is not in the ledger. The transaction has begun.
    """
    there = {name for (name,) in connection.execute("SELECT id FROM profile")}
    let_go = {key for key in mark.acknowledged if key.startswith(f"{Lost.PERSON}:")}
    missing = [
        (name, person)
        for name, person in mark.people.items()
        if name not in there and Loss(Lost.PERSON, name, "").key not in let_go
    ]
    return sum(_put_person(connection, name, person) for name, person in missing)


def _put_person(connection: sqlite3.Connection, name: str, person: Person) -> bool:
    taken = [name_key(each) for (each,) in connection.execute("SELECT name FROM profile")]
    row = {**person.profile, "name": free_name(str(person.profile.get("name")), taken)}
    columns = [each[1] for each in connection.execute("PRAGMA table_info(profile)")]
    known = [each for each in columns if each in row]
    marks = ", ".join("?" * len(known))
    balls = [(name, each) for each in person.on_ball]

    def write() -> bool:
        connection.execute(
            f"INSERT INTO profile ({', '.join(known)}) VALUES ({marks})",
            [row[each] for each in known],
        )
        connection.executemany("INSERT OR IGNORE INTO ball_exercise VALUES (?, ?)", balls)
        seal_profile(connection, name)
        return True

    return attempt(connection, write)


def put_profile_right(connection: sqlite3.Connection, mark: Mark, name: str) -> None:
    """Write a person's own row as the ledger has it, where the sum says that it was that.

    The transaction has begun.
    """
    person = mark.people.get(name)
    if person is None:
        return
    columns = [each[1] for each in connection.execute("PRAGMA table_info(profile)")]
    known = [each for each in columns if each in person.profile]
    values = ", ".join(f"{column} = ?" for column in known)
    row = [person.profile[each] for each in known]
    balls = [(name, each) for each in person.on_ball]

    def write() -> bool:
        connection.execute(f"UPDATE profile SET {values} WHERE id = ?", [*row, name])
        connection.execute("DELETE FROM ball_exercise WHERE profile_id = ?", (name,))
        connection.executemany("INSERT INTO ball_exercise VALUES (?, ?)", balls)
        if not is_profile_sound(connection, name):
            raise ValueError("the ledger has another row than the sum is of")
        return True

    attempt(connection, write)


def take_from(
    source: sqlite3.Connection, target: sqlite3.Connection, mark: Mark, wanted: Wanted
) -> Brought:
    """Take what is sound in another copy and missing here. The transaction has begun."""
    people, sessions = salvage(source, target, wanted)
    attempt(target, partial(_take_notes, source, target, mark))
    return Brought(sessions, people)


def _take_notes(source: sqlite3.Connection, target: sqlite3.Connection, mark: Mark) -> bool:
    """Take the notes of days on which they are there what they were, and are not here."""
    there, here = notes_in(source), notes_in(target)
    days = [
        of
        for of, noted in mark.notes.items()
        if noted.sum and there.get(of) == noted and here.get(of) != noted
    ]
    people = {person for person, _ in days} & set(ids(target))
    sound = [each for each in people if is_profile_sound(target, each)]
    for of in days:
        if of[0] in people:
            take_day(source, target, *of)
    for each in sound:  # of the others the sum is of what was right, and may be so again
        seal_profile(target, each)
    return True


def bring_back(connection: sqlite3.Connection, database: Path, mark: Mark) -> Brought:
    """Take what is missing from the backups, the newest first, as far as they have it.

    Nobody and nothing that the mark does not know comes back. The transaction has begun.
    """
    brought, wanted = Brought(), Wanted(set(mark.people), set(mark.sessions))
    losses = mark.losses(contents(connection))
    for backup in backups(database):
        if not restorable(losses):
            break
        with suppress(JournalError), incoming(backup, new_part(backup)) as source:
            before = losses
            came = take_from(source, connection, mark, wanted)
            losses = mark.losses(contents(connection))
            day = day_of(backup) if losses != before else None
            brought = brought.and_more(replace(came, day=day))
    return brought


# Rows that belong to nothing


def has_strays(connection: sqlite3.Connection, among: Collection[str] = ()) -> bool:
    """Say whether rows are there whose session, set or person is not; `among` these, if any."""
    strays = connection.execute("PRAGMA foreign_key_check").fetchall()
    return any(not among or parent in among for _, _, parent, _ in strays)


def drop_strays(connection: sqlite3.Connection, among: Collection[str] = ()) -> None:
    """Delete rows whose session, set or person is not there: a new one may get their number.

    Args:
        connection: The transaction has begun.
        among: Only those that belong to rows of these tables; none: all.
    """
    query = "SELECT name FROM sqlite_master WHERE type = 'table'"
    tables = [name for (name,) in connection.execute(query).fetchall()]
    while has_strays(connection, among):
        for table in tables:
            for parent, columns in _parents(connection, table):
                if among and parent not in among:
                    continue
                same = " AND ".join(f"p.{theirs} = {table}.{ours}" for ours, theirs in columns)
                connection.execute(
                    f"DELETE FROM {table} WHERE NOT EXISTS (SELECT 1 FROM {parent} p WHERE {same})"
                )


def _parents(connection: sqlite3.Connection, table: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the tables that a table refers to, with the columns here and there."""
    found: dict[int, tuple[str, list[tuple[str, str]]]] = {}
    for number, _, parent, ours, theirs, *_ in connection.execute(
        f"PRAGMA foreign_key_list({table})"
    ).fetchall():
        columns = found.setdefault(number, (parent, []))[1]
        columns.append((ours, theirs or _key(connection, parent)[len(columns)]))
    return list(found.values())


def _key(connection: sqlite3.Connection, table: str) -> list[str]:
    rows = connection.execute(f"PRAGMA table_info({table})").fetchall()
    return [row[1] for row in sorted(rows, key=lambda row: row[5]) if row[5]]
