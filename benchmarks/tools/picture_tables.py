"""The tables of runs over pictures: what a worse picture costs."""

from collections.abc import Mapping, Sequence

from tools.picture_figures import ALL, Figures
from tools.tables import NONE, Column, Table, number, pair, percent, table_of

COUNTING: tuple[Column[Figures], ...] = (
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
        lambda f: pair(f.reason_precision, f.reason_recall),
    ),
    Column(
        "faults",
        "precision / recall of the faults of holds: the right name at the right time, either edge "
        "within 0.5 s.",
        lambda f: pair(f.fault_precision, f.fault_recall),
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

DEGRADED: tuple[Column[Figures], ...] = (
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
    Column(
        "reasons",
        "precision / recall of the reasons of refused attempts.",
        lambda f: pair(f.reason_precision, f.reason_recall),
    ),
    Column(
        "faults",
        "the same of faults, either edge within 0.5 s.",
        lambda f: pair(f.fault_precision, f.fault_recall),
    ),
    Column(
        "in line, s",
        "error of the seconds in line of a clip: mean, and the largest.",
        lambda f: _mean_and_worst(f.in_line_mean_s, f.in_line_worst_s),
    ),
    Column("p95 °", "of the line's change, as above.", lambda f: number(f.change_p95_deg)),
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
    return table_of(title, "picture", DEGRADED, {each.exercise: each for each in totals})


def exercise_table(
    title: str, columns: Sequence[Column[Figures]], rows: Sequence[Figures]
) -> Table:
    """Return one row an exercise."""
    return table_of(title, "exercise", columns, {each.exercise: each for each in rows})


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


def _mean_and_worst(mean: float | None, worst: float | None) -> str:
    return NONE if mean is None else f"{number(mean, 2)}, {number(worst, 2, signed=True)}"
