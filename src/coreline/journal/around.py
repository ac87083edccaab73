"""What surrounds the facts of a set as rows, and back: tries, what was waited for, the view."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from coreline.errors import JournalDamagedError
from coreline.judging.ready import Try, Unmet
from coreline.placement.view import CutOff, Limb, SetVisibility
from coreline.session.record import SetRecord

Row = tuple[Any, ...]

_TABLES: Final = ("attempt", "unmet", "camera_view", "cut_off")


def write_around(
    connection: sqlite3.Connection, session_id: int, set_place: int, record: SetRecord
) -> None:
    """Write what surrounds the facts of a set in place of what is there."""
    key = (session_id, set_place)
    for table in _TABLES:
        where = "session_id = ? AND set_place = ?"
        connection.execute(f"DELETE FROM {table} WHERE {where}", key)
    _insert(connection, "attempt", key, map(_of_try, record.tries))
    _insert(connection, "unmet", key, map(_of_unmet, record.unmet))
    if record.view is not None:
        row = (*key, *_of_view(record.view))
        connection.execute("INSERT INTO camera_view VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
        cut_off = ((str(each.limb), each.share) for each in record.view.cut_off)
        _insert(connection, "cut_off", key, cut_off)


@dataclass(frozen=True, slots=True)
class Around:
    """A set's entries that came to nothing, what was waited for, and how it was seen."""

    tries: tuple[Try, ...] = ()
    unmet: tuple[Unmet, ...] = ()
    view: SetVisibility | None = None


def read_around(connection: sqlite3.Connection, session_id: int) -> dict[int, Around]:
    """Return what surrounds the facts of each set of a session, by the place of the set."""
    tables = {table: _rows(connection, table, session_id) for table in _TABLES}
    cut_off = {
        set_place: tuple(_cut_off(*row[1:]) for row in rows)
        for set_place, rows in tables["cut_off"].items()
    }
    views = {
        set_place: _view(row, cut_off.get(set_place, ()))
        for set_place, (row,) in tables["camera_view"].items()
    }
    return {
        set_place: Around(
            tuple(Try(*row[1:]) for row in tables["attempt"].get(set_place, ())),
            tuple(Unmet(*row[1:]) for row in tables["unmet"].get(set_place, ())),
            views.get(set_place),
        )
        for set_place in {place for rows in tables.values() for place in rows}
    }


def _insert(
    connection: sqlite3.Connection, table: str, key: tuple[int, int], rows: Iterable[Row]
) -> None:
    for place, row in enumerate(rows, 1):
        marks = ", ".join("?" * (3 + len(row)))
        connection.execute(f"INSERT INTO {table} VALUES ({marks})", (*key, place, *row))


def _rows(connection: sqlite3.Connection, table: str, session_id: int) -> dict[int, list[Row]]:
    """Return the rows of a session, without it and their set, by the place of the set."""
    found: dict[int, list[Row]] = defaultdict(list)
    for _, set_place, *row in connection.execute(
        f"SELECT * FROM {table} WHERE session_id = ?", (session_id,)
    ):
        found[set_place].append(tuple(row))
    return found


def _of_try(each: Try) -> Row:
    numbers = (each.seen, each.asked, each.share)
    return (each.start_s, each.end_s, each.reason, each.measure, *numbers, each.cue)


def _of_unmet(each: Unmet) -> Row:
    return (each.measure, each.seconds, each.share, each.seen, each.asked, each.cue)


def _of_view(view: SetVisibility) -> Row:
    flags = (view.leg_behind, view.upside_down)
    leg_behind, upside_down = (None if each is None else int(each) for each in flags)
    return (view.yaw_deg, view.width_share, leg_behind, view.persons, upside_down, view.blurred)


def _view(row: Row, cut_off: Iterable[CutOff]) -> SetVisibility:
    yaw_deg, width_share, leg_behind, persons, upside_down, blurred = row
    behind, over = (None if each is None else bool(each) for each in (leg_behind, upside_down))
    return SetVisibility(yaw_deg, width_share, tuple(cut_off), behind, persons, over, blurred)


def _cut_off(limb: str, share: float) -> CutOff:
    try:
        return CutOff(Limb(limb), share)
    except ValueError as error:
        raise JournalDamagedError(
            f"a part of the body of an unknown name: {limb}",
            nl=f"een deel van het lichaam met een onbekende naam: {limb}",
        ) from error
