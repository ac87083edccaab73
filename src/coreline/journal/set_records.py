"""What was measured and said in a set, from its rows; who calls has begun the transaction.

Readings are nearly all of what is kept, in bytes and in the time it takes: who needs their sum
alone, as an export does, asks for that.
"""

import sqlite3
from collections import defaultdict
from typing import Any, Final

from coreline.body.measures import Side
from coreline.errors import JournalDamagedError
from coreline.journal.around import Around, read_around
from coreline.journal.facts import read_facts
from coreline.journal.readings import SeenInSet, summed_up, unpack, unpack_points
from coreline.journal.taken_back import Part, gone
from coreline.judging.moments import Moment
from coreline.judging.readings import Readings
from coreline.judging.ready import Place
from coreline.session.record import SetRecord

_SETS: Final = (
    "SELECT place, exercise_id, side, set_number, near_side, neutral_deg, neutral_sd_deg,"
    " done_on, waited_s, waited_unseen_s, done, prescribed, adjusted, skipped_for_pain"
    " FROM exercise_set WHERE session_id = ? ORDER BY place"
)


def read_seen(connection: sqlite3.Connection, session_id: int) -> list[SeenInSet]:
    """Return what the readings of each set of a session come to; of damaged ones nothing."""
    query = (
        "SELECT e.place, r.packed FROM exercise_set e LEFT JOIN reading r"
        " ON r.session_id = e.session_id AND r.set_place = e.place"
        " WHERE e.session_id = ? ORDER BY e.place"
    )
    rows = _counting(connection, session_id, query)
    return [_seen(packed) for _, packed in rows]


def _counting(connection: sqlite3.Connection, session_id: int, query: str) -> list[tuple[Any, ...]]:
    """Return the rows of a session's sets, their place first, without those taken back."""
    away = gone(connection)
    (uid,) = connection.execute("SELECT uid FROM session WHERE id = ?", (session_id,)).fetchone()
    rows = connection.execute(query, (session_id,)).fetchall()
    return [row for row in rows if Part(uid, row[0]) not in away]


def _seen(packed: bytes | None) -> SeenInSet:
    try:
        return SeenInSet() if packed is None else summed_up(packed)
    except JournalDamagedError:
        return SeenInSet()


def read_records(
    connection: sqlite3.Connection, session_id: int, *, readings: bool = True
) -> list[SetRecord]:
    """Return everything that was measured and said in a session, a record a set.

    Sets that were taken back are left out.
    """
    rows = _counting(connection, session_id, _SETS)
    found = _Found(connection, session_id, readings=readings)
    return [_record(row, found) for row in rows]


def check_records(connection: sqlite3.Connection, session_id: int) -> None:
    """Read every set of a session, those taken back too, but none of the readings.

    Raises:
        JournalDamagedError, LookupError, TypeError, ValueError: One of them cannot be read.
    """
    found = _Found(connection, session_id, readings=False)
    for row in connection.execute(_SETS, (session_id,)).fetchall():
        _record(row, found)


class _Found:
    """Everything that is in the rows of a session, by the place of the set."""

    def __init__(self, connection: sqlite3.Connection, session_id: int, *, readings: bool) -> None:
        """Read each table once."""
        self.facts = read_facts(connection, session_id)
        self.around = read_around(connection, session_id)
        self.cues: dict[int, list[tuple[float, str]]] = defaultdict(list)
        query = "SELECT set_place, t_s, cue_id FROM cue WHERE session_id = ? ORDER BY 1, place"
        for set_place, t_s, cue_id in connection.execute(query, (session_id,)):
            self.cues[set_place].append((t_s, cue_id))
        self.moments = _moments(connection, session_id)
        self.readings: dict[int, Readings] = {}
        if readings:
            query = "SELECT set_place, packed FROM reading WHERE session_id = ?"
            self.readings = {
                set_place: _readings(packed)
                for set_place, packed in connection.execute(query, (session_id,))
            }


def _record(row: tuple[Any, ...], found: _Found) -> SetRecord:
    place, exercise_id, side, set_number, near_side, neutral_deg, sd_deg, done_on = row[:8]
    waited_s, waited_unseen_s, done, prescribed, adjusted, for_pain = row[8:]
    around = found.around.get(place, Around())
    moments = found.moments.get(place, {})
    return SetRecord(
        exercise_id=exercise_id,
        side=Side(side) if side else None,
        set_number=set_number,
        near_side=Side(near_side) if near_side else None,
        neutral_deg=neutral_deg,
        neutral_sd_deg=sd_deg,
        place=Place(done_on) if done_on else None,
        tries=around.tries,
        unmet=around.unmet,
        waited_s=waited_s,
        waited_unseen_s=waited_unseen_s,
        view=around.view,
        readings=found.readings.get(place, Readings()),
        facts=found.facts.get(place, []),
        cues=found.cues.get(place, []),
        done=done,
        prescribed=prescribed,
        adjusted=adjusted,
        best=moments.get("best"),
        worst=moments.get("worst"),
        skipped_for_pain=bool(for_pain),
    )


def _readings(packed: bytes) -> Readings:
    """Return the readings; of damaged ones none, since the facts are worth having without them."""
    try:
        return unpack(packed)
    except JournalDamagedError:
        return Readings()


def _moments(connection: sqlite3.Connection, session_id: int) -> dict[int, dict[str, Moment]]:
    found: dict[int, dict[str, Moment]] = defaultdict(dict)
    query = (
        "SELECT set_place, kind, t_s, bend_deg, points, line FROM drawn_moment WHERE session_id = ?"
    )
    for set_place, kind, t_s, bend_deg, points, line in connection.execute(query, (session_id,)):
        numbers = tuple(int(number) for number in line.split())
        found[set_place][kind] = Moment(t_s, bend_deg, unpack_points(points), numbers)
    return found
