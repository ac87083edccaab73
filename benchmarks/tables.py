"""The tables: columns from figures, drawn as Markdown for the page and as text for the terminal."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from figures import ALL, Figures
from rich.table import Table as RichTable

NONE = "-"

Show = Callable[[Figures], str]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head, what it means, and how a row fills it."""

    head: str
    meaning: str
    show: Show


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text under heads; the first column names the row."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def markdown(self) -> str:
        """Return the table as Markdown, numbers to the right."""
        rule = ["---", *["--:"] * (len(self.heads) - 1)]
        lines = [self.heads, tuple(rule), *self.rows]
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)

    def rich(self) -> RichTable:
        """Return the table for the terminal."""
        table = RichTable(title=self.title, title_justify="left")
        for number, head in enumerate(self.heads):
            table.add_column(head, justify="right" if number else "left")
        for row in self.rows:
            table.add_row(*row)
        return table


def table_of(title: str, columns: Sequence[Column], figures: Sequence[Figures]) -> Table:
    """Return one row an exercise."""
    rows = [(each.exercise, *(column.show(each) for column in columns)) for each in figures]
    return Table(title, ("exercise", *(column.head for column in columns)), tuple(rows))


def meanings(columns: Sequence[Column]) -> str:
    """Return what the columns mean, as a Markdown list."""
    return "\n".join(f"- **{column.head}**: {column.meaning}" for column in columns)


# How values are shown


def number(value: float | None, decimals: int = 1, *, signed: bool = False) -> str:
    """Return a number with its sign where asked for, without a sign before a zero."""
    if value is None:
        return NONE
    shown = f"{value:+.{decimals}f}" if signed else f"{value:.{decimals}f}"
    return f"{0.0:.{decimals}f}" if float(shown) == 0.0 else shown


def percent(share: float | None) -> str:
    """Return a share in percent, rounded toward the worse: only what is whole is 100."""
    return NONE if share is None else f"{int(100.0 * share + 1e-9)} %"


COUNTING = (
    Column("clips", "how many.", lambda f: str(len(f.clips))),
    Column(
        "exact",
        "clips in which as many were counted as there truly were: repetitions, turns, and of holds "
        "the times the position was taken up. A repetition that begins half way up, without a tap "
        "before, may be counted or refused for that.",
        lambda f: str(f.exact),
    ),
    Column(
        "off by one",
        "clips in which one too many or one too few was counted.",
        lambda f: str(f.off_by_one),
    ),
    Column(
        "false",
        "repetitions, turns and holds counted where there was none, getting into position and "
        "coming down among them.",
        lambda f: str(f.invented),
    ),
    Column(
        "attempts right",
        "attempts that were counted or refused as they should have been, of those there were; "
        "matched with the judged ones by their time.",
        lambda f: f"{f.attempts_right} of {f.attempts}",
    ),
    Column(
        "reasons",
        "precision / recall of the reasons for which attempts were refused. A turn in the "
        "direction of the one before is refused by the programme, though not by the truth: "
        "`same_direction` is held to be true of a turn that has nothing else against it.",
        lambda f: _pair(f.reason_precision, f.reason_recall),
    ),
    Column(
        "faults",
        "precision / recall of the faults of holds: the right name at the right time, either edge "
        "within 0.5 s.",
        lambda f: _pair(f.fault_precision, f.fault_recall),
    ),
    Column(
        "edge, s",
        "the edge of a fault that is farthest off, + = too late.",
        lambda f: number(f.edge_worst_s, 2, signed=True),
    ),
    Column(
        "in line, s",
        "error of the seconds in line of a whole clip: mean of the absolute ones, and the largest.",
        lambda f: _mean_and_worst(f.in_line_mean_s, f.in_line_worst_s),
    ),
)

MEASURING = (
    Column("line", "the angle that is judged: see below.", lambda f: f.line or NONE),
    Column(
        "absolute, °",
        "error of the angle as it is read: bias, and mean of the absolute errors.",
        lambda f: _bias_and_mean(f.bend_bias_deg, f.bend_mean_abs_deg),
    ),
    Column(
        "change, bias °",
        "error of the change from the person's own neutral, which is what is judged.",
        lambda f: number(f.change_bias_deg, signed=True),
    ),
    Column("sd °", "standard deviation of that error.", lambda f: number(f.change_sd_deg)),
    Column(
        "p95 °",
        "95th percentile of its absolute value: the ± of the report.",
        lambda f: number(f.change_p95_deg),
    ),
    Column(
        "whole movement, p95 °",
        "the same with the ways up and down of a repetition, in which the line is not judged.",
        lambda f: number(f.motion_p95_deg),
    ),
    Column("frames", "how many that is from.", lambda f: str(f.frames)),
    Column(
        "seen",
        "share of the frames in position in which everything was seen that the judging needs.",
        lambda f: percent(f.seen_share),
    ),
    Column(
        "confidence",
        "what one camera can make of the exercise, as its data says.",
        lambda f: f.confidence or NONE,
    ),
)

DEGRADED = (
    Column("clips", "how many.", lambda f: str(len(f.clips))),
    Column("count exact", "clips with the true count.", lambda f: str(f.exact)),
    Column(
        "can't see",
        "clips with too small a count, every attempt that is missing said to be unseen or out of "
        "sight for more than 30 % of its time.",
        lambda f: str(f.cant_see),
    ),
    Column("count wrong", "all other clips.", lambda f: str(f.wrong)),
    *(column for column in COUNTING if column.head in {"false", "attempts right"}),
    Column("reasons", "as above.", lambda f: _pair(f.reason_precision, f.reason_recall)),
    Column("faults", "as above.", lambda f: _pair(f.fault_precision, f.fault_recall)),
    Column(
        "in line, s", "as above.", lambda f: _mean_and_worst(f.in_line_mean_s, f.in_line_worst_s)
    ),
    Column("p95 °", "as above.", lambda f: number(f.change_p95_deg)),
    Column(
        "seen, least",
        "share of the frames in position that could be judged, and that of the worst clip.",
        lambda f: f"{percent(f.seen_share)}, {percent(f.seen_least_share)}",
    ),
)


def degraded_table(title: str, runs: Mapping[str, Sequence[Figures]]) -> Table:
    """Return one row a degradation, over all its clips."""
    totals = [
        each.model_copy(update={"exercise": name})
        for name, figures in runs.items()
        for each in figures
        if each.exercise == ALL
    ]
    table = table_of(title, DEGRADED, totals)
    return Table(title, ("picture", *table.heads[1:]), table.rows)


def outcome_table(title: str, runs: Mapping[str, Sequence[Figures]]) -> Table:
    """Return one row an exercise and one column a degradation: what became of it there."""
    cells: dict[str, dict[str, str]] = {}
    for run, figures in runs.items():
        for each in figures:
            if each.exercise != ALL:
                cells.setdefault(each.exercise, {})[run] = outcome(each)
    rows = [(name, *(row.get(run, NONE) for run in runs)) for name, row in cells.items()]
    return Table(title, ("exercise", *runs), tuple(rows))


def outcome(figures: Figures) -> str:
    """Return what became of an exercise's counts, its seconds in line and its attempts, briefly."""
    parts = [_count_outcome(figures)]
    if figures.in_line_worst_s is not None:
        parts.append(f"{number(figures.in_line_worst_s, signed=True)} s")
    elif figures.attempts_right < figures.attempts:
        parts.append(f"{figures.attempts_right} of {figures.attempts} attempts right")
    return ", ".join(parts)


def _count_outcome(figures: Figures) -> str:
    if figures.wrong:
        return f"wrong ({number(figures.off_by, 0, signed=True)})"
    if figures.cant_see:
        return f"can't see ({number(figures.off_by, 0, signed=True)})"
    return "exact"


def _pair(first: float | None, second: float | None) -> str:
    if first is None and second is None:
        return NONE
    return f"{number(first, 2)} / {number(second, 2)}"


def _mean_and_worst(mean: float | None, worst: float | None) -> str:
    return NONE if mean is None else f"{number(mean, 2)}, {number(worst, 2, signed=True)}"


def _bias_and_mean(bias: float | None, mean: float | None) -> str:
    return NONE if bias is None else f"{number(bias, signed=True)}, {number(mean)}"
