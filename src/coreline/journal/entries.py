"""What a session hands over to be kept; an entry can be written to any journal's connection."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from coreline.journal.around import write_around
from coreline.journal.facts import Placed, forget_facts
from coreline.journal.own_exercises import write_exercise
from coreline.journal.people import write_note
from coreline.journal.records import Note
from coreline.journal.sessions import (
    SessionStart,
    end_row,
    insert_session,
    session_row,
)
from coreline.journal.set_writing import write_cues, write_moments, write_readings, write_set
from coreline.session.record import SetRecord

PlacedCue = tuple[int, float, str]


class JournalEntry(Protocol):
    """Something to be kept of the session called `uid`."""

    def write(self, connection: sqlite3.Connection, uid: str) -> None:
        """Write it; the transaction has begun."""


@dataclass(frozen=True, slots=True)
class Begun:
    """The session begins."""

    start: SessionStart

    def write(self, connection: sqlite3.Connection, uid: str) -> None:  # noqa: ARG002 - every entry is written the same way
        """Write the session and what it is to consist of."""
        insert_session(connection, self.start)


@dataclass(frozen=True, slots=True)
class Described:
    """What exercises are that only the person's own files know, by their ids."""

    exercises: Mapping[str, str]

    def write(self, connection: sqlite3.Connection, uid: str) -> None:
        """Write what they are in this session."""
        row = session_row(connection, uid)
        for exercise_id, description in self.exercises.items():
            write_exercise(connection, row, exercise_id, description)


@dataclass(frozen=True, slots=True)
class SetWent:
    """What is new in a set that is under way; `record` has none of its facts, cues and readings."""

    place: int
    record: SetRecord
    facts: tuple[Placed, ...]
    cues: tuple[PlacedCue, ...]

    def write(self, connection: sqlite3.Connection, uid: str) -> None:
        """Write the facts and cues that are new, and where the set stands."""
        row = session_row(connection, uid)
        write_set(connection, row, self.place, self.record, self.facts)
        write_cues(connection, row, self.place, self.cues)


@dataclass(frozen=True, slots=True)
class SetClosed:
    """The whole of a set that is over; `record` is no longer changed."""

    place: int
    record: SetRecord

    def write(self, connection: sqlite3.Connection, uid: str) -> None:
        """Write the set in place of what was written of it while it was under way."""
        row, record = session_row(connection, uid), self.record
        forget_facts(connection, row, self.place)
        facts = tuple(enumerate(record.facts, 1))
        write_set(connection, row, self.place, record, facts, closed=True)
        cues = tuple((place, *cue) for place, cue in enumerate(record.cues, 1))
        write_cues(connection, row, self.place, cues)
        write_readings(connection, row, self.place, record.readings)
        write_moments(connection, row, self.place, {"best": record.best, "worst": record.worst})
        write_around(connection, row, self.place, record)


@dataclass(frozen=True, slots=True)
class Noted:
    """The person noted or chose something during the session."""

    profile_id: str
    note: Note

    def write(self, connection: sqlite3.Connection, uid: str) -> None:  # noqa: ARG002 - every entry is written the same way
        """Write the note."""
        write_note(connection, self.profile_id, self.note)


@dataclass(frozen=True, slots=True)
class Ended:
    """The session is over."""

    ended_at: datetime

    def write(self, connection: sqlite3.Connection, uid: str) -> None:
        """Write when it ended."""
        end_row(connection, session_row(connection, uid), self.ended_at)
