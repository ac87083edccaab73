"""The part of docs/accuracy.md that says what a worse picture costs; pure."""

from collections.abc import Mapping, Sequence

from tools.degrading import AS_IS, DEGRADATIONS
from tools.picture_figures import Figures, KeptRuns
from tools.picture_tables import DEGRADED, degraded_table, outcome_table
from tools.tables import meanings

COMMAND = "python benchmarks/pictures.py FOLDER --degraded --write"

WORSE = f"""**Not strangers:** these are the 16 clips of one rendered young man in
`tests/recordings`, which numbers of the judging were set on. They say what is lost when the picture
gets worse, not how well other people are judged. The pose model is run again on their videos, as
they are and made worse: `{COMMAND}`. The
tables are kept from the last such run (`benchmarks/pixel_runs.json`){{when}}. To say *can't see* is
right, a wrong count is not.
"""
OLDER = ", **which was of an older judging than the one above**"

OUTCOMES = """Each exercise by itself: what became of the count (in brackets how far it is off), of
holds the error of the seconds in line, of others the attempts where not all are right.
"""


def picture_parts(kept: KeptRuns, judging: str) -> list[str]:
    """Return what the pictures gave, no more than was run.

    Args:
        kept: the last runs.
        judging: fingerprint of today's; runs of another one are said to be older.
    """
    known = named_runs(kept.runs)
    if not known:
        return []
    return [
        "## What a worse picture costs",
        WORSE.format(when="" if kept.judging == judging else OLDER),
        degraded_table("", known).markdown(),
        meanings(DEGRADED),
        outcome_table("", known).markdown(),
        OUTCOMES,
    ]


def named_runs(runs: Mapping[str, Sequence[Figures]]) -> dict[str, Sequence[Figures]]:
    """Return the runs under the words for their degradation, in their fixed order."""
    return {each.what: runs[each.name] for each in (AS_IS, *DEGRADATIONS) if each.name in runs}
