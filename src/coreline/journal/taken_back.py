"""What was taken back, as rows: it stays where it is, and who reads leaves it out.

A thing that was taken back can be put back, and taken back again: each is a row with the number of
its turn, and the last turn holds. The rows of two copies of a journal are simply put together: what
was taken back in either is taken back in both, unless it was put back since.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

WHOLE: Final = 0  # in the place of a set: the note, or all of the session


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """A note or a whole session by its uid, or one row of a session's sets."""

    uid: str
    place: int = WHOLE

    @property
    def name(self) -> str:
        """Return what it is called."""
        return f"{self.uid}/{self.place}" if self.place else self.uid


@dataclass(frozen=True, slots=True)
class Turn:
    """The last turn of a part: `number` is odd where it was taken back, on the day `written`."""

    number: int
    written: str
    led_by: str

    @property
    def day(self) -> date:
        """Return on which calendar day it was; what is damaged is told only to who asks for it."""
        return date.fromisoformat(self.written)

    @property
    def is_back(self) -> bool:
        """Say whether it counts after all."""
        return self.number % 2 == 0


def read_turns(connection: sqlite3.Connection, profile_id: str | None = None) -> dict[Part, Turn]:
    """Return the last turn of all that was ever taken back, of everybody or of one person."""
    where, values = ("WHERE profile_id = ?", (profile_id,)) if profile_id is not None else ("", ())
    rows = connection.execute(
        f"SELECT of_uid, set_place, turn, day, led_by FROM taken_back {where} ORDER BY turn, id",
        values,
    )
    return {Part(uid, place): Turn(turn, day, led_by) for uid, place, turn, day, led_by in rows}


def gone(connection: sqlite3.Connection, profile_id: str | None = None) -> dict[Part, Turn]:
    """Return what is taken back now, and with which turn."""
    turns = read_turns(connection, profile_id)
    return {part: turn for part, turn in turns.items() if not turn.is_back}


def gone_by_leader(turns: Mapping[Part, Turn]) -> dict[str, list[Part]]:
    """Return what is taken back by the name of what the person chose, that one first."""
    found: dict[str, list[Part]] = defaultdict(list)
    for part, turn in sorted(turns.items(), key=lambda each: each[0].name != each[1].led_by):
        if not turn.is_back:
            found[turn.led_by].append(part)
    return dict(found)


def write_turns(
    connection: sqlite3.Connection,
    profile_id: str,
    parts: Iterable[Part],
    day: date,
    led_by: str,
) -> None:
    """Write that parts are taken back, or are put back where they are taken back already."""
    before = read_turns(connection, profile_id)
    for part in parts:
        turn = before[part].number + 1 if part in before else 1
        row = (f"{part.uid}/{part.place}/{turn}", profile_id, day.isoformat(), part.uid)
        connection.execute(
            "INSERT INTO taken_back VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)",
            (*row, part.place, turn, led_by),
        )
