"""A set as rows, while it runs and when it is over; who calls has begun the transaction.

It stands apart from what reads sessions: that needs nothing of the judging.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Final

from coreline.journal.facts import Placed, write_facts
from coreline.journal.readings import pack, pack_points
from coreline.journal.sums import sum_up
from coreline.judging.events import Reading
from coreline.judging.moments import Moment
from coreline.session.record import SetRecord

_OPEN: Final = (
    "INSERT OR IGNORE INTO exercise_set (session_id, place, exercise_id, side, set_number,"
    " prescribed, progress, done, closed) VALUES (?, ?, ?, ?, ?, ?, 0, 0, 0)"
)
_UPDATE: Final = (
    "UPDATE exercise_set SET side = ?, near_side = ?, neutral_deg = ?, neutral_sd_deg = ?,"
    " done_on = ?, waited_s = ?, waited_unseen_s = ?, adjusted = ?,"
    " skipped_for_pain = ?, closed = ?, progress = max(progress, ?)"
    " WHERE session_id = ? AND place = ?"
)


def write_set(
    connection: sqlite3.Connection,
    session_id: int,
    place: int,
    record: SetRecord,
    facts: Sequence[Placed] = (),
    *,
    closed: bool = False,
) -> None:
    """Write what is known of a set and facts that are new; a set that is not there is begun.

    Of what the record holds many of, facts and readings and the like, nothing is written.
    """
    key = (record.exercise_id, record.side, record.set_number)
    connection.execute(_OPEN, (session_id, place, *key, record.prescribed))
    write_facts(connection, session_id, place, facts)
    line = (record.side, record.near_side, record.neutral_deg, record.neutral_sd_deg)
    waited = (record.place, record.waited_s, record.waited_unseen_s)
    flags = (record.adjusted, int(record.skipped_for_pain), int(closed))
    connection.execute(_UPDATE, (*line, *waited, *flags, record.done, session_id, place))
    sum_up(connection, session_id, place, record.done)


def write_cues(
    connection: sqlite3.Connection,
    session_id: int,
    place: int,
    cues: Sequence[tuple[int, float, str]],
) -> None:
    """Write what was said, each with its place; what is there already stays."""
    rows = [(session_id, place, *cue) for cue in cues]
    connection.executemany("INSERT OR IGNORE INTO cue VALUES (?, ?, ?, ?, ?)", rows)


def write_readings(
    connection: sqlite3.Connection, session_id: int, place: int, readings: Sequence[Reading]
) -> None:
    """Write the readings of a set in place of those that are there."""
    row = (session_id, place, len(readings), pack(readings))
    connection.execute("INSERT OR REPLACE INTO reading VALUES (?, ?, ?, ?)", row)


def write_moments(
    connection: sqlite3.Connection,
    session_id: int,
    place: int,
    moments: Mapping[str, Moment | None],
) -> None:
    """Write the moments worth a drawing in place of those that are there."""
    for kind, moment in moments.items():
        connection.execute(
            "DELETE FROM drawn_moment WHERE session_id = ? AND set_place = ? AND kind = ?",
            (session_id, place, kind),
        )
        if moment is not None:
            line = " ".join(str(number) for number in moment.line)
            row = (moment.t_s, moment.bend_deg, pack_points(moment.points), line)
            connection.execute(
                "INSERT INTO drawn_moment VALUES (?, ?, ?, ?, ?, ?, ?)",
                (session_id, place, kind, *row),
            )
