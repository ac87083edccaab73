"""What a set comes to, from the rows of what happened in it; what counts is `programme.done`'s."""

import sqlite3
from typing import Final, NamedTuple

from coreline.programme.done import counts, line_parts, line_score_of

_HERE: Final = "WHERE session_id = ? AND set_place = ?"
_HOLDS: Final = f"SELECT start_s, end_s, in_line_s, line_score, reasons FROM hold {_HERE}"
_TOPS: Final = f"SELECT line_score, hold_s, counted FROM repetition {_HERE}"
_TURNS: Final = f"SELECT count(*) FROM rotation {_HERE} AND counted = 1"
_SET: Final = (
    "SELECT prescribed, adjusted, progress, closed FROM exercise_set"
    " WHERE session_id = ? AND place = ?"
)
_KEEP: Final = "UPDATE exercise_set SET done = ?, line_score = ? WHERE session_id = ? AND place = ?"


class _Stay(NamedTuple):
    start_s: float
    end_s: float
    in_line_s: float
    line_score: float | None
    reasons: tuple[str, ...]


def sum_up(connection: sqlite3.Connection, session_id: int, place: int, done: float) -> None:
    """Write what is done of a set and its line score.

    Args:
        connection: The transaction has begun.
        session_id: The number of the session within this file.
        place: That of the set in the session.
        done: What was done, as the session says; while the set is under way it is worked out from
            what has been written.
    """
    key = (session_id, place)
    prescribed, adjusted, progress, closed = connection.execute(_SET, key).fetchone()
    stays = [
        _Stay(start_s, end_s, in_line_s, score, tuple(reasons.split()))
        for start_s, end_s, in_line_s, score, reasons in connection.execute(_HOLDS, key)
    ]
    tops = connection.execute(_TOPS, key).fetchall()
    if not closed:
        (turns,) = connection.execute(_TURNS, key).fetchone()
        counted = sum(bool(each) for _, _, each in tops) + turns
        # A set is a hold or it is counted, so that only one of these is not 0.
        held_s = sum(each.in_line_s for each in stays if counts(each, prescribed))
        done = max(0.0, adjusted + max(progress, counted, held_s))
    parts = [*line_parts(stays, prescribed), *((score, held_s) for score, held_s, _ in tops)]
    connection.execute(_KEEP, (done, line_score_of(parts), *key))
