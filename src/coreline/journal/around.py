"""What surrounds the facts of a set as rows, and back: tries, what was waited for, the view."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from coreline.errors import JournalDamagedError
from coreline.judging.ready import Try, Unmet
from coreline.placement.view import CutOff, Limb, SetVisibility
from coreline.session import SetRecord

Row = tuple[Any, ...]

_TABLES: Final = ("attempt", "unmet", "camera_view", "cut_off")


@dataclass(frozen=True, slots=True)
class SetContext:
    """Entries that came to nothing, what was waited for, and how the set was seen."""

    tries: tuple[Try, ...] = ()
    unmet: tuple[Unmet, ...] = ()
    view: SetVisibility | None = None


def around_of(record: SetRecord) -> SetContext:
    """Return what surrounds the facts of a set."""
    return SetContext(record.tries, record.unmet, record.view)


def write_around(
    connection: sqlite3.Connection, session_id: int, set_place: int, around: SetContext
) -> None:
    """Write it in place of what is there."""
    key = (session_id, set_place)
    for table in _TABLES:
        where = "session_id = ? AND set_place = ?"
        connection.execute(f"DELETE FROM {table} WHERE {where}", key)
    _insert(connection, "attempt", key, map(_of_try, around.tries))
    _insert(connection, "unmet", key, map(_of_unmet, around.unmet))
    if around.view is not None:
        row = (*key, *_of_view(around.view))
        connection.execute("INSERT INTO camera_view VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        cut_off = ((str(each.limb), each.share) for each in around.view.cut_off)
        _insert(connection, "cut_off", key, cut_off)


def read_around(connection: sqlite3.Connection, session_id: int, set_place: int) -> SetContext:
    """Return what surrounds the facts of a set."""
    key = (session_id, set_place)
    tries = tuple(Try(*row) for row in _rows(connection, "attempt", key))
    unmet = tuple(Unmet(*row) for row in _rows(connection, "unmet", key))
    query = (
        "SELECT yaw_deg, width_share, leg_behind, persons, upside_down FROM camera_view"
        " WHERE session_id = ? AND set_place = ?"
    )
    found = connection.execute(query, key).fetchone()
    cut_off = (_cut_off(*row) for row in _rows(connection, "cut_off", key))
    return SetContext(tries, unmet, None if found is None else _view(found, cut_off))


def _insert(
    connection: sqlite3.Connection, table: str, key: tuple[int, int], rows: Iterable[Row]
) -> None:
    for place, row in enumerate(rows, 1):
        marks = ", ".join("?" * (3 + len(row)))
        connection.execute(f"INSERT INTO {table} VALUES ({marks})", (*key, place, *row))


def _rows(connection: sqlite3.Connection, table: str, key: tuple[int, int]) -> list[Row]:
    query = f"SELECT * FROM {table} WHERE session_id = ? AND set_place = ? ORDER BY place"
    return [row[3:] for row in connection.execute(query, key)]


def _of_try(each: Try) -> Row:
    numbers = (each.seen, each.asked, each.share)
    return (each.start_s, each.end_s, each.reason, each.measure, *numbers, each.cue)


def _of_unmet(each: Unmet) -> Row:
    return (each.measure, each.seconds, each.share, each.seen, each.asked, each.cue)


def _of_view(view: SetVisibility) -> Row:
    flags = (view.leg_behind, view.upside_down)
    leg_behind, upside_down = (None if each is None else int(each) for each in flags)
    return (view.yaw_deg, view.width_share, leg_behind, view.persons, upside_down)


def _view(row: Row, cut_off: Iterable[CutOff]) -> SetVisibility:
    yaw_deg, width_share, leg_behind, persons, upside_down = row
    behind, over = (None if each is None else bool(each) for each in (leg_behind, upside_down))
    return SetVisibility(yaw_deg, width_share, tuple(cut_off), behind, persons, over)


def _cut_off(limb: str, share: float) -> CutOff:
    try:
        return CutOff(Limb(limb), share)
    except ValueError as error:
        raise JournalDamagedError(f"a part of the body of an unknown name: {limb}") from error
