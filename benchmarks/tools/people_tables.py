"""The tables over rendered people: by exercise, by what the people and their rooms are like."""

from collections.abc import Callable, Mapping, Sequence

from tools.judged_people import Judged
from tools.summaries import Summary, failures_of, grouped, summary_of
from tools.tables import NONE, Column, Table, number, pair, percent, table_of

ALL = "all"
FAR = ", far leg"
ENDS = (", floor", f", floor{FAR}", ", ball", f", ball{FAR}")
# What groups people, their rooms and their ways, in the order of the table.
COMPARED = (
    "place",
    "results",
    "working leg",
    "kind",
    "start",
    "getting in",
    "fatigue",
    "tremor",
    "own line",
    "sex",
    "age",
    "weight",
    "height",
    "clothes",
    "contrast",
    "view",
    "lens height",
    "picture",
    "format",
    "head",
)

COUNTING: tuple[Column[Summary], ...] = (
    Column("clips", "how many, each of another person in another room.", lambda s: str(s.clips)),
    Column(
        "exact",
        "clips of which everything is right: every attempt counted or refused as it should be and "
        "nothing else counted; or the seconds in line right within what the truth leaves open and "
        "0.8 s a stretch, and every clear fault met by a fault at its time.",
        lambda s: str(s.exact),
    ),
    Column(
        "95 %",
        "Wilson's interval of that share: so sure are the clips that are here of all people like "
        "these.",
        lambda s: between(s.exact_between),
    ),
    Column(
        "attempts right",
        "attempts that were counted or refused as they should be; those at a limit, where either "
        "is right, are left out.",
        lambda s: f"{s.attempts_right} of {s.attempts}" if s.attempts else NONE,
    ),
    Column(
        "reasons",
        "precision / recall of the reasons for which attempts were refused.",
        lambda s: pair(s.reasons.precision, s.reasons.recall),
    ),
    Column(
        "faults",
        "precision / recall of the faults of holds: the right name at its time.",
        lambda s: pair(s.faults.precision, s.faults.recall),
    ),
    Column("false", "attempts counted where there was none.", lambda s: str(s.invented)),
    Column(
        "in line, s",
        "error of the seconds in line of a clip, beyond what the truth leaves open: mean, worst.",
        lambda s: seconds_off(s.held_mean_s, s.held_worst_s),
    ),
)
P95: Column[Summary] = Column(
    "p95 °",
    "95th percentile of the absolute error of the line's change from the person's own neutral: the "
    "± of the report.",
    lambda s: number(s.p95_deg),
)
MEASURING: tuple[Column[Summary], ...] = (
    Column("clips", "as above.", lambda s: str(s.clips)),
    Column(
        "bias °",
        "mean error of the line's change from the person's own neutral, which is what is judged; "
        "+ = read as lower than it is.",
        lambda s: number(s.bias_deg, signed=True),
    ),
    Column("sd °", "standard deviation of that error.", lambda s: number(s.sd_deg)),
    P95,
    Column("frames", "how many that is from.", lambda s: str(s.frames)),
    Column(
        "read",
        "share of the frames in which the line is judged that have a reading; what was never read "
        "is not in the error.",
        lambda s: percent(s.read_share),
    ),
)


def between(shares: tuple[float, float]) -> str:
    """Return an interval of shares in percent, rounded outward."""
    low, high = shares
    return f"{int(100.0 * low)}-{-int(-100.0 * high // 1)} %"


def seconds_off(mean_s: float | None, worst_s: float | None) -> str:
    """Return the mean and the worst error of the seconds in line."""
    return NONE if mean_s is None else f"{number(mean_s, 2)}, {number(worst_s, 1)}"


def exercise_rows(clips: Sequence[Judged], order: Sequence[str]) -> dict[str, Summary]:
    """Return a row an exercise, place and leg, in the programme's order, and one of all.

    Args:
        clips: at least one.
        order: ids of the exercises in the programme's order.
    """
    names = [f"{name}{end}" for name in order for end in ENDS]
    return {**grouped(clips, exercise_name, names), ALL: summary_of(clips)}


def exercise_name(clip: Judged) -> str:
    """Return exercise, place and, where it is the far one, leg."""
    end = FAR if is_far(clip) else ""
    return f"{clip.labels['exercise']}, {clip.labels['place']}{end}"


def is_far(clip: Judged) -> bool:
    """Say whether the leg that works is the one far from the camera."""
    return clip.labels["working leg"] == "far"


def group_rows(clips: Sequence[Judged]) -> dict[str, Summary]:
    """Return a row for each group of what divides the clips."""
    rows: dict[str, Summary] = {}
    for label in COMPARED:
        groups = grouped(clips, _labelled(label))
        rows |= groups if len(groups) > 1 else {}
    return rows


def _labelled(label: str) -> Callable[[Judged], str]:
    """Return what names the group of a clip."""
    return lambda clip: f"{label}: {clip.labels[label]}"


def failure_table(title: str, clips: Sequence[Judged]) -> Table:
    """Return what went wrong, how often, and in which exercises."""
    rows = [
        (what, str(len(names)), str(len(set(names))), _exercises(names))
        for what, names in failures_of(clips).items()
    ]
    return Table(title, ("what went wrong", "times", "clips", "exercises"), tuple(rows))


def _exercises(names: Sequence[str]) -> str:
    return ", ".join(sorted({name.partition("--")[0] for name in names}))


def clip_table(title: str, clips: Sequence[Judged]) -> Table:
    """Return a row a clip: exact or not, and at a glance what was right."""
    rows = [
        (each.name, "exact" if each.exact else "WRONG", each.marks, "; ".join(each.failures))
        for each in clips
    ]
    return Table(
        title, ("clip", "", "attempts, or hold and faults", "what went wrong"), tuple(rows)
    )


def people_tables(clips: Sequence[Judged], order: Sequence[str]) -> Mapping[str, Table]:
    """Return the tables of the page and the terminal by their titles."""
    exercises, groups = exercise_rows(clips, order), group_rows(clips)
    return {
        "Each exercise": table_of("Each exercise", "exercise", COUNTING, exercises),
        "The line": table_of("The line", "exercise", MEASURING, exercises),
        "People, rooms and ways": table_of(
            "People, rooms and ways", "group", (*COUNTING, P95), groups
        ),
        "What goes wrong": failure_table("What goes wrong", clips),
    }
