"""The tables of the report: facts become words, row by row; the template only lays them out."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from coreline.coaching.cues import CueBook
from coreline.data_files import load_cues
from coreline.judging.events import Fault, Hold, Repetition, Rotation
from coreline.programme.done import counts
from coreline.report.accuracy import Accuracy
from coreline.report.numbers import length_s, lowering_s, rising_s
from coreline.report.wording import Wording

SHORT = 12  # a longer table is folded
_NUMBERS = 30  # more in one cell are not read
_COUNTING = "num."  # the cues that say a number


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a table, with a smaller line under it where there is more to say.

    `link` is the anchor that it leads to.
    """

    text: str
    more: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One line of a table; its first cell names it. `refused` ones are hatched."""

    cells: tuple[Cell, ...]
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table, with the sentence that stands in its place when it has no rows.

    A table with a `fold` is shut, and that is what is written on its lid.
    """

    title: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    empty: str = ""
    key: str = ""
    fold: str = ""


def fault_table(faults: Sequence[Fault], w: Wording, most: int) -> Table:
    """Return the first so many faults, numbered in the order in which they are handed in."""
    rows = [
        row(
            str(number),
            w.code("fault", fault.code),
            w.clock(fault.start_s),
            w.seconds(length_s(fault)),
        )
        for number, fault in enumerate(faults[:most], start=1)
    ]
    columns = tuple(w.own(key) for key in ("number", "what", "from", "lasted"))
    title, caption, empty = (w.own(key) for key in ("faults", "faults_caption", "no_faults"))
    fold = w.own("faults_folded", n=len(faults)) if len(rows) > SHORT else ""
    key = _left_out(faults, most, w)
    return Table(title, caption, columns, tuple(rows), empty, key, fold)


def _left_out(rows: Sequence[object], most: int, w: Wording) -> str:
    """Say how many rows were left out, or nothing."""
    more = len(rows) - most
    return w.own("rows_left_out", n=more) if more > 0 else ""


def hold_table(
    holds: Sequence[Hold], w: Wording, accuracy: Accuracy | None = None, asked_s: float = 0.0
) -> Table | None:
    """Return the holds, or None without any; a scrap of what was asked for has no score.

    `accuracy` is the measured error of their line.
    """
    if not holds:
        return None
    rows = tuple(_hold_row(number, hold, asked_s, w) for number, hold in enumerate(holds, start=1))
    keys = ("number", "lasted", "in_line", "line", "seen", "score")
    title, caption, key = (w.own(name) for name in ("holds", "holds_caption", "holds_key"))
    fold = w.own("holds_folded", n=len(rows)) if len(rows) > SHORT else ""
    return Table(title, caption, _columns(keys, accuracy, w), rows, key=key, fold=fold)


def _columns(keys: Sequence[str], accuracy: Accuracy | None, w: Wording) -> tuple[str, ...]:
    """Return the heads of the columns, the line's with its measured error."""
    heads = {key: w.own(key) for key in keys}
    if accuracy is not None and "line" in heads:
        heads["line"] = w.own("line_within", within=accuracy.within_deg)
    return tuple(heads.values())


def _hold_row(number: int, hold: Hold, asked_s: float, w: Wording) -> TableRow:
    if hold.reasons:
        return _refused_hold_row(number, hold, w)
    worst = "" if hold.worst_bend_deg is None else f"max\u00a0{w.bend(hold.worst_bend_deg)}"
    cells = (
        Cell(str(number), w.clock(hold.start_s)),
        Cell(w.seconds(length_s(hold))),
        Cell(w.seconds(hold.in_line_s)),
        Cell(w.bend(hold.mean_bend_deg), worst),
        Cell(f"{w.share(hold.visible_share)}\u00a0%"),
        Cell(w.score(hold.line_score) if counts(hold, asked_s) else w.own("hold_scrap")),
    )
    return TableRow(cells)


def _refused_hold_row(number: int, hold: Hold, w: Wording) -> TableRow:
    """Return an attempt that was no hold, with the reason in place of a score."""
    cells = (
        Cell(str(number), w.clock(hold.start_s)),
        Cell(w.seconds(length_s(hold))),
        Cell(w.seconds(hold.in_line_s)),
        Cell(w.bend(None)),
        Cell(f"{w.share(hold.visible_share)}\u00a0%"),
        Cell(w.word("word.refused"), _reasons(hold, w)),
    )
    return TableRow(cells, refused=True)


def short_table(
    repetitions: Sequence[Repetition], w: Wording, accuracy: Accuracy | None = None
) -> Table:
    """Return the attempts in brief: one by one where they are few, else why which did not count."""
    if len(repetitions) > SHORT:
        return _why_table(repetitions, w)
    columns = _columns(("number", "held", "line", "outcome"), accuracy, w)
    rows = tuple(_short_row(each, w) for each in repetitions)
    return Table(w.own("repetitions"), w.own("repetitions_caption"), columns, rows)


def _short_row(repetition: Repetition, w: Wording) -> TableRow:
    cells = (
        Cell(str(repetition.number)),
        Cell(w.seconds(repetition.hold_s)),
        Cell(w.bend(repetition.bend_worst_deg)),
        outcome(repetition, w),
    )
    return TableRow(cells, refused=not repetition.counted)


def _why_table(repetitions: Sequence[Repetition], w: Wording) -> Table:
    """Return each reason with the attempts that it cost, the most frequent reason first."""
    numbers: dict[str, list[int]] = {}
    for each in repetitions:
        for code in each.reasons:
            numbers.setdefault(code, []).append(each.number)
    rows = tuple(
        row(w.code("reason", code), str(len(cost)), _numbers(cost, w))
        for code, cost in sorted(numbers.items(), key=lambda pair: -len(pair[1]))
    )
    columns = tuple(w.own(key) for key in ("why", "cue_times", "which"))
    title, caption, empty = (
        w.own(key) for key in ("refused_title", "refused_caption", "refused_none")
    )
    return Table(title, caption, columns, rows, empty)


def _numbers(numbers: Sequence[int], w: Wording) -> str:
    shown = ", ".join(map(str, numbers[:_NUMBERS]))
    more = len(numbers) - _NUMBERS
    return w.own("and_more", shown=shown, n=more) if more > 0 else shown


def repetition_table(
    repetitions: Sequence[Repetition], w: Wording, accuracy: Accuracy | None, most: int
) -> Table | None:
    """Return the first so many attempts with every figure, folded, or None without any."""
    if not repetitions:
        return None
    when = ("number", "held_column", "up_column", "down_column", "height_column")
    how = ("knee_column", "counted_or_why")
    line = w.own("line_degrees_unknown")
    if accuracy is not None:
        line = w.own("line_degrees", within=accuracy.within_deg)
    rows = tuple(_repetition_row(each, w) for each in repetitions[:most])
    left_out = _left_out(repetitions, most, w)
    return Table(
        w.own("repetitions"),
        w.own("repetitions_caption"),
        (*(w.own(key) for key in when), line, *(w.own(key) for key in how)),
        rows,
        key=" ".join(filter(None, (left_out, w.own("columns_key")))),
        fold=w.number_of("repetitions_folded", len(repetitions)),
    )


def _repetition_row(repetition: Repetition, w: Wording) -> TableRow:
    texts = (
        str(repetition.number),
        w.bare(repetition.hold_s),
        w.bare(rising_s(repetition)),
        w.bare(lowering_s(repetition)),
        w.bare(repetition.peak_deg, 0),
        w.bend(repetition.bend_worst_deg, bare=True),
        w.bare(repetition.knee_min_deg, 0),
    )
    why = w.word("word.counted") if repetition.counted else _reasons(repetition, w)
    return TableRow((*(Cell(text) for text in texts), Cell(why)), refused=not repetition.counted)


def rotation_table(rotations: Sequence[Rotation], w: Wording) -> Table | None:
    """Return every turn, or None without any."""
    if not rotations:
        return None
    columns = tuple(w.own(key) for key in ("number", "from", "lasted", "direction", "outcome"))
    rows = tuple(
        TableRow(
            (
                Cell(str(number)),
                Cell(w.clock(each.start_s)),
                Cell(w.seconds(length_s(each))),
                Cell(_direction(each.direction, w)),
                outcome(each, w),
            ),
            refused=not each.counted,
        )
        for number, each in enumerate(rotations, start=1)
    )
    fold = w.own("rotations_caption") if len(rows) > SHORT else ""
    return Table(w.own("rotations"), w.own("rotations_caption"), columns, rows, fold=fold)


def _direction(direction: str, w: Wording) -> str:
    if direction in ("left", "right"):
        return w.word(f"side.{direction}")
    return w.own(f"direction_{direction}")


def cue_table(cue_ids: Iterable[str], w: Wording) -> Table:
    """Return what was said and how often; the counting is left out, the repetitions are listed."""
    said = Counter(cue_ids)
    texts = Counter[str]()
    for cue_id, times in said.items():
        if not cue_id.startswith(_COUNTING):
            texts[_cue_text(cue_id, w)] += times
    rows = tuple(row(text, str(times)) for text, times in texts.most_common())
    key = w.own("cues_key") if any(each.startswith(_COUNTING) for each in said) else ""
    title, caption, empty = (w.own(name) for name in ("cues", "cues_caption", "no_cues"))
    columns = (w.own("cue"), w.own("cue_times"))
    return Table(title, caption, columns, rows, empty, key, fold=title if rows else "")


def _cue_text(cue_id: str, w: Wording) -> str:
    book = _cue_book()
    if cue_id in book:
        return book.get(cue_id).text.in_(w.language)
    return w.cue(cue_id) or cue_id


def outcome(attempt: Repetition | Rotation, w: Wording) -> Cell:
    """Return whether an attempt counted, and every reason why it did not."""
    if attempt.counted:
        return Cell(w.word("word.counted"))
    return Cell(w.word("word.refused"), _reasons(attempt, w))


def _reasons(attempt: Hold | Repetition | Rotation, w: Wording) -> str:
    return ", ".join(w.code("reason", code) for code in attempt.reasons)


@lru_cache(maxsize=1)
def _cue_book() -> CueBook:
    return load_cues()


def row(*texts: str) -> TableRow:
    """Return a row of plain texts."""
    return TableRow(tuple(Cell(text) for text in texts))
