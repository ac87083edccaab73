"""What the journal remembers of exercises that no file describes any more."""

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

_IDS: Final = (
    "SELECT exercise_id FROM exercise_set UNION SELECT exercise_id FROM planned_set"
    " UNION SELECT exercise_id FROM skip UNION SELECT exercise_id FROM pain"
    " WHERE exercise_id IS NOT NULL ORDER BY exercise_id"
)
_NEWEST: Final = (
    "SELECT description FROM own_exercise o JOIN session s ON s.id = o.session_id"
    " WHERE exercise_id = ? ORDER BY s.day DESC, s.id DESC LIMIT 1"
)
_ASKED: Final = (
    "SELECT max(set_number), max(prescribed), max(side IS NOT NULL) FROM"
    " (SELECT set_number, prescribed, side FROM exercise_set WHERE exercise_id = :id"
    " UNION ALL SELECT set_number, prescribed, side FROM planned_set WHERE exercise_id = :id)"
)
_HAS: Final = (
    "SELECT 1 FROM exercise_set e JOIN {} t ON t.session_id = e.session_id"
    " AND t.set_place = e.place WHERE e.exercise_id = ? LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class Remembered:
    """An exercise as the sessions have it.

    `kind` is hold, raises or rolls, by what was counted; `prescribed` in seconds of a hold, else in
    repetitions or turns. `description` is what its file said, None where that was not kept.
    """

    exercise_id: str
    kind: str
    sets: int
    prescribed: float
    sided: bool
    description: str | None


def write_exercise(
    connection: sqlite3.Connection, session_id: int, exercise_id: str, description: str
) -> None:
    """Write what an exercise is in a session, in place of what was written before."""
    row = (session_id, exercise_id, description)
    connection.execute("INSERT OR REPLACE INTO own_exercise VALUES (?, ?, ?)", row)


def read_remembered(
    connection: sqlite3.Connection, known: Collection[str]
) -> tuple[Remembered, ...]:
    """Return every exercise of the journal that is none of the known ones, in order of id."""
    ids = [each for (each,) in connection.execute(_IDS) if each not in known]
    return tuple(_remembered(connection, each) for each in ids)


def _remembered(connection: sqlite3.Connection, exercise_id: str) -> Remembered:
    sets, prescribed, sided = connection.execute(_ASKED, {"id": exercise_id}).fetchone()
    described = connection.execute(_NEWEST, (exercise_id,)).fetchone()
    return Remembered(
        exercise_id=exercise_id,
        kind=_kind(connection, exercise_id),
        sets=sets or 1,
        prescribed=prescribed or 1.0,
        sided=bool(sided),
        description=None if described is None else described[0],
    )


def _kind(connection: sqlite3.Connection, exercise_id: str) -> str:
    for table, kind in (("repetition", "raises"), ("rotation", "rolls")):
        if connection.execute(_HAS.format(table), (exercise_id,)).fetchone() is not None:
            return kind
    return "hold"
