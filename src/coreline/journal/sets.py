"""What each set of a session came to, from its rows."""

import dataclasses
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from coreline.journal.taken_back import Part, gone
from coreline.programme.day import PlannedSet
from coreline.programme.life import SetDone

SetKey = tuple[str, str | None, int]
_HERE: Final = "{0}.session_id = e.session_id AND {0}.set_place = e.place"
# Of a set `e`: a hold, a repetition or a turn was done or refused, or somebody came near to one.
# Without any there is nothing to tell, be the start position held or not.
TRIED: Final = "(e.done > 0{})".format(
    "".join(
        f" OR EXISTS (SELECT 1 FROM {table} WHERE {_HERE.format(table)})"
        for table in ("hold", "repetition", "rotation", "attempt")
    )
)


class SetRow(NamedTuple):
    """One row of the journal's sets; a set has several if it was gone on with or done again.

    `closed` is False where the program was killed in it, `tried` where nothing was done in it or as
    much as tried: then it is none.
    """

    session_uid: str
    place: int
    done: SetDone
    closed: bool
    tried: bool

    @property
    def key(self) -> SetKey:
        """Return which set of the session it is a row of."""
        return (self.done.exercise_id, self.done.side, self.done.set_number)


def read_rows(
    connection: sqlite3.Connection,
    where: str,
    values: Sequence[Any],
    away: Collection[Part],
) -> dict[int, list[SetRow]]:
    """Return the rows of the sets of every session that `where` picks, by the session's number.

    What is `away` is left out.
    """
    query = (
        "SELECT s.id, s.uid, e.place, s.day, e.exercise_id, e.side, e.set_number, e.done,"
        f" e.prescribed, e.line_score, e.closed, {TRIED}"
        " FROM session s JOIN exercise_set e ON e.session_id = s.id"
        f" WHERE {where} ORDER BY s.day, s.id, e.place"
    )
    found: dict[int, list[SetRow]] = {}
    days: dict[str, date] = {}
    for session_id, uid, place, day, *done, closed, tried in connection.execute(query, values):
        if away and Part(uid, place) in away:
            continue
        if day not in days:
            days[day] = date.fromisoformat(day)
        row = SetRow(uid, place, SetDone(days[day], *done), bool(closed), bool(tried))
        found.setdefault(session_id, []).append(row)
    return found


def read_tried(connection: sqlite3.Connection, uids: Sequence[str]) -> tuple[str, ...]:
    """Return the exercises of sessions of which a set was at least tried, as they came first."""
    away = gone(connection)
    query = (
        "SELECT e.place, e.exercise_id FROM session s JOIN exercise_set e ON e.session_id = s.id"
        f" WHERE s.uid = ? AND {TRIED} ORDER BY e.place"
    )
    return tuple(
        dict.fromkeys(
            exercise_id
            for uid in uids
            for place, exercise_id in connection.execute(query, (uid,))
            if Part(uid, place) not in away
        )
    )


def sets_done(rows: Iterable[SetRow]) -> tuple[SetDone, ...]:
    """Return each set once: one that goes on after a kill adds up, of two done again the better."""
    best: dict[SetKey, SetDone] = {}
    carried: dict[SetKey, float] = {}
    for row in rows:
        if not row.tried:
            continue
        each, key = row.done, row.key
        if key in carried:
            each = dataclasses.replace(each, done=each.done + carried.pop(key))
        if not row.closed:
            carried[key] = each.done
        if key not in best or each.done >= best[key].done:
            best[key] = each
    return tuple(best.values())


def is_left(planned: PlannedSet, rows: Iterable[SetRow]) -> bool:
    """Say whether a planned set is still to do, or to be gone on with."""
    fitting = [row for row in rows if planned.fits(row.done)]
    if fitting and fitting[-1].closed:
        return False
    return max((each.done for each in sets_done(fitting)), default=0.0) < planned.prescribed
