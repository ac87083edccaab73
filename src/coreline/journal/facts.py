"""The facts of a set as rows, and back."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from operator import itemgetter
from typing import Any, Final, assert_never

from coreline.errors import JournalDamagedError
from coreline.judging.events import (
    Fact,
    Fault,
    FaultBegan,
    FaultEnded,
    Found,
    Hold,
    HoldEnded,
    LetGo,
    Lost,
    NeutralFound,
    Ready,
    Repetition,
    RepetitionEnded,
    Rotation,
    RotationEnded,
)

Row = tuple[Any, ...]
Placed = tuple[int, Fact]

_OTHER: Final = ("near_side", "working_side", "neutral_deg", "code", "start_s", "end_s", "sd_deg")
_FACT_TABLES: Final = ("repetition", "hold", "rotation", "fact")


def write_facts(
    connection: sqlite3.Connection, session_id: int, set_place: int, facts: Sequence[Placed]
) -> None:
    """Write facts with their places in the set; what is there already stays."""
    for place, fact in facts:
        key = (session_id, set_place, place)
        for table, row in _rows_of(key, fact):
            marks = ", ".join("?" * len(row))
            connection.execute(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", row)


def forget_facts(connection: sqlite3.Connection, session_id: int, set_place: int) -> None:
    """Take the facts of a set away, to write them again."""
    for table in ("hold_fault", *_FACT_TABLES):
        query = f"DELETE FROM {table} WHERE session_id = ? AND set_place = ?"
        connection.execute(query, (session_id, set_place))


def read_facts(connection: sqlite3.Connection, session_id: int) -> dict[int, list[Fact]]:
    """Return the facts of each set of a session in their order, by the place of the set."""
    found: dict[int, list[Placed]] = defaultdict(list)
    for table, make in (("repetition", _repetition), ("rotation", _rotation), ("fact", _other)):
        for row in _rows(connection, table, session_id):
            found[row[1]].append((row[2], make(row)))
    faults: dict[tuple[int, int], list[Fault]] = defaultdict(list)
    for _, set_place, hold_place, _, code, start_s, end_s in _rows(
        connection, "hold_fault", session_id
    ):
        faults[set_place, hold_place].append(Fault(code, start_s, end_s))
    for row in _rows(connection, "hold", session_id):
        found[row[1]].append((row[2], _hold(row, faults.get((row[1], row[2]), ()))))
    return {
        set_place: [fact for _, fact in sorted(placed, key=itemgetter(0))]
        for set_place, placed in found.items()
    }


def _rows(connection: sqlite3.Connection, table: str, session_id: int) -> Iterator[Row]:
    """Yield the rows of a session in the order of their places, which is the one of the table."""
    return connection.execute(f"SELECT * FROM {table} WHERE session_id = ?", (session_id,))


# To rows


def _rows_of(key: Row, fact: Fact) -> Iterator[tuple[str, Row]]:
    match fact:
        case RepetitionEnded(t_s=t_s, repetition=done):
            yield "repetition", (*key, t_s, *_repetition_values(done))
        case RotationEnded(t_s=t_s, rotation=turn):
            reasons = " ".join(turn.reasons)
            values = (turn.start_s, turn.end_s, turn.direction, int(turn.counted), reasons)
            yield "rotation", (*key, t_s, *values)
        case HoldEnded(t_s=t_s, hold=hold):
            yield "hold", (*key, t_s, *_hold_values(hold))
            for number, fault in enumerate(hold.faults, 1):
                yield "hold_fault", (*key, number, fault.code, fault.start_s, fault.end_s)
        case _:
            yield "fact", (*key, *_other_row(fact))


def _repetition_values(done: Repetition) -> Row:
    return (
        done.number,
        done.start_s,
        done.top_s,
        done.end_s,
        done.hold_s,
        int(done.counted),
        " ".join(done.reasons),
        done.peak_deg,
        done.bend_mean_deg,
        done.bend_worst_deg,
        done.knee_min_deg,
        done.line_score,
    )


def _hold_values(hold: Hold) -> Row:
    return (
        hold.start_s,
        hold.end_s,
        hold.in_line_s,
        hold.mean_bend_deg,
        hold.worst_bend_deg,
        hold.visible_share,
        hold.line_score,
        " ".join(hold.reasons),
    )


def _other_row(
    fact: Ready | NeutralFound | FaultBegan | FaultEnded | LetGo | Lost | Found,
) -> Row:
    """Return kind, time, and the values that this kind has."""
    values: dict[str, object] = {}
    match fact:
        case Ready():
            kind = "ready"
            values = {"near_side": fact.near_side, "working_side": fact.working_side}
        case NeutralFound():
            kind = "neutral_found"
            values = {"neutral_deg": fact.neutral_deg, "sd_deg": fact.sd_deg}
        case FaultBegan():
            kind, values = "fault_began", {"code": fact.code, "start_s": fact.start_s}
        case FaultEnded(fault=fault):
            kind, values = "fault_ended", asdict(fault)
        case LetGo(fault=fault):
            kind, values = "let_go", asdict(fault)
        case Lost():
            kind = "lost"
        case Found():
            kind = "found"
        case _:
            assert_never(fact)
    return (kind, fact.t_s, *(values.get(name) for name in _OTHER))


# From rows


def _repetition(row: Row) -> RepetitionEnded:
    t_s, number, start_s, top_s, end_s, hold_s, counted, reasons = row[3:11]
    peak_deg, bend_mean_deg, bend_worst_deg, knee_min_deg, line_score = row[11:]
    repetition = Repetition(
        number=number,
        start_s=start_s,
        top_s=top_s,
        end_s=end_s,
        hold_s=hold_s,
        counted=bool(counted),
        reasons=tuple(reasons.split()),
        peak_deg=peak_deg,
        bend_mean_deg=bend_mean_deg,
        bend_worst_deg=bend_worst_deg,
        knee_min_deg=knee_min_deg,
        line_score=line_score,
    )
    return RepetitionEnded(t_s, repetition)


def _rotation(row: Row) -> RotationEnded:
    t_s, start_s, end_s, direction, counted, reasons = row[3:]
    return RotationEnded(
        t_s, Rotation(start_s, end_s, direction, bool(counted), tuple(reasons.split()))
    )


def _hold(row: Row, faults: Sequence[Fault]) -> HoldEnded:
    t_s, start_s, end_s, in_line_s, mean_bend_deg, worst_bend_deg, visible_share = row[3:10]
    score, reasons = row[10:]
    hold = Hold(
        start_s=start_s,
        end_s=end_s,
        in_line_s=in_line_s,
        mean_bend_deg=mean_bend_deg,
        worst_bend_deg=worst_bend_deg,
        visible_share=visible_share,
        line_score=score,
        faults=tuple(faults),
        reasons=tuple(reasons.split()),
    )
    return HoldEnded(t_s, hold)


def _other(row: Row) -> Fact:
    kind, t_s, near_side, working_side, neutral_deg, code, start_s, end_s, sd_deg = row[3:]
    match kind:
        case "ready":
            return Ready(t_s, near_side, working_side)
        case "neutral_found":
            return NeutralFound(t_s, neutral_deg, sd_deg)
        case "fault_began":
            return FaultBegan(t_s, start_s, code)
        case "fault_ended" | "let_go":
            fault = Fault(code, start_s, end_s)
            return FaultEnded(t_s, fault) if kind == "fault_ended" else LetGo(t_s, fault)
        case "lost":
            return Lost(t_s)
        case "found":
            return Found(t_s)
        case _:
            raise JournalDamagedError(
                f"a fact of an unknown kind: {kind}", nl=f"een feit van een onbekende soort: {kind}"
            )
