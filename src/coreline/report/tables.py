"""The tables of the report: facts become words, row by row; the template only lays them out."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from coreline.coaching.cues import CueBook
from coreline.data_files import load_cues
from coreline.judging.events import Fault, Hold, Repetition, Rotation
from coreline.report.accuracy import Accuracy
from coreline.report.wording import Wording

_COUNTING = "num."  # the cues that say a number


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a table, with a smaller line under it where there is more to say."""

    text: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table; its first cell names it. `refused` ones are hatched."""

    cells: tuple[Cell, ...]
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table, with the sentence that stands in its place when it has no rows."""

    title: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    empty: str = ""
    key: str = ""


def fault_table(faults: Sequence[Fault], w: Wording) -> Table:
    """Return the faults, numbered in the order in which they are handed in."""
    rows = [
        _row(
            str(number),
            w.code("fault", fault.code),
            w.clock(fault.start_s),
            w.seconds(length_s(fault)),
        )
        for number, fault in enumerate(faults, start=1)
    ]
    columns = tuple(w.own(key) for key in ("number", "what", "from", "lasted"))
    title, caption, empty = (w.own(key) for key in ("faults", "faults_caption", "no_faults"))
    return Table(title, caption, columns, tuple(rows), empty)


def hold_table(holds: Sequence[Hold], w: Wording, accuracy: Accuracy | None = None) -> Table | None:
    """Return the holds, or None without any; `accuracy` is the measured error of their line."""
    if not holds:
        return None
    rows = tuple(_hold_row(number, hold, w) for number, hold in enumerate(holds, start=1))
    keys = ("number", "lasted", "in_line", "line", "seen", "score")
    title, caption = w.own("holds"), w.own("holds_caption")
    return Table(title, caption, _columns(keys, accuracy, w), rows, key=w.own("holds_key"))


def _columns(keys: Sequence[str], accuracy: Accuracy | None, w: Wording) -> tuple[str, ...]:
    """Return the heads of the columns, the line's with its measured error."""
    heads = {key: w.own(key) for key in keys}
    if accuracy is not None:
        heads["line"] = w.own("line_within", within=accuracy.within_deg)
    return tuple(heads.values())


def _hold_row(number: int, hold: Hold, w: Wording) -> Row:
    cells = (
        Cell(str(number), w.clock(hold.start_s)),
        Cell(w.seconds(length_s(hold))),
        Cell(w.seconds(hold.in_line_s)),
        _line_cell(hold.mean_bend_deg, hold.worst_bend_deg, w),
        Cell(f"{w.share(hold.visible_share)}\u00a0%"),
        Cell(w.score(hold.line_score)),
    )
    return Row(cells)


def _line_cell(mean_deg: float | None, worst_deg: float | None, w: Wording) -> Cell:
    """Return the average bend with the worst under it."""
    worst = "" if worst_deg is None else f"max\u00a0{w.bend(worst_deg)}"
    return Cell(w.bend(mean_deg), worst)


def repetition_table(
    repetitions: Sequence[Repetition], w: Wording, accuracy: Accuracy | None = None
) -> Table | None:
    """Return every attempt, or None without any; `accuracy` is the error of their line."""
    if not repetitions:
        return None
    columns = _columns(("number", "held", "line", "knee", "score", "outcome"), accuracy, w)
    rows = tuple(_repetition_row(each, w) for each in repetitions)
    title, caption = w.own("repetitions"), w.own("repetitions_caption")
    return Table(title, caption, columns, rows, key=w.own("columns_key"))


def _repetition_row(repetition: Repetition, w: Wording) -> Row:
    cells = (
        Cell(str(repetition.number), w.clock(repetition.start_s)),
        Cell(w.seconds(repetition.hold_s)),
        _line_cell(repetition.bend_mean_deg, repetition.bend_worst_deg, w),
        Cell(w.angle(repetition.knee_min_deg)),
        Cell(w.score(repetition.line_score)),
        _outcome(repetition, w),
    )
    return Row(cells, refused=not repetition.counted)


def rotation_table(rotations: Sequence[Rotation], w: Wording) -> Table | None:
    """Return every turn, or None without any."""
    if not rotations:
        return None
    columns = tuple(w.own(key) for key in ("number", "from", "lasted", "direction", "outcome"))
    rows = tuple(
        Row(
            (
                Cell(str(number)),
                Cell(w.clock(each.start_s)),
                Cell(w.seconds(length_s(each))),
                Cell(_direction(each.direction, w)),
                _outcome(each, w),
            ),
            refused=not each.counted,
        )
        for number, each in enumerate(rotations, start=1)
    )
    return Table(w.own("rotations"), w.own("rotations_caption"), columns, rows)


def _direction(direction: str, w: Wording) -> str:
    return w.word(f"side.{direction}") if direction in ("left", "right") else direction


def cue_table(cues: Sequence[tuple[float, str]], w: Wording) -> Table:
    """Return what was said; the counting is left out, the repetitions are in a table already."""
    book = _cue_book()
    rows = tuple(
        _row(w.clock(t_s), book.get(cue_id).text.in_(w.language) if cue_id in book else cue_id)
        for t_s, cue_id in cues
        if not cue_id.startswith(_COUNTING)
    )
    title, caption, empty = (w.own(key) for key in ("cues", "cues_caption", "no_cues"))
    key = w.own("cues_key") if len(rows) < len(cues) else ""
    return Table(title, caption, (w.own("at"), w.own("cue")), rows, empty, key)


def _outcome(attempt: Repetition | Rotation, w: Wording) -> Cell:
    """Return whether an attempt counted, and every reason why it did not."""
    if attempt.counted:
        return Cell(w.word("word.counted"))
    reasons = ", ".join(w.code("reason", code) for code in attempt.reasons)
    return Cell(w.word("word.refused"), reasons)


@lru_cache(maxsize=1)
def _cue_book() -> CueBook:
    return load_cues()


def length_s(part: Hold | Rotation | Fault) -> float:
    """Return how long something lasted."""
    return part.end_s - part.start_s


def _row(*texts: str) -> Row:
    return Row(tuple(Cell(text) for text in texts))
