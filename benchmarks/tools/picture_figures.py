"""The figures of one exercise over the clips of a run over pictures, and what is kept of runs."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict

from tools.comparing import Compared, Tally, Verdict
from tools.truth import Array

KEPT_RUNS = Path(__file__).resolve().parents[1] / "pixel_runs.json"
ALL = "all"
PERCENTILE = 95.0


class Figures(BaseModel):
    """What was measured over the clips of one exercise, or over those of all.

    Shares are 0..1, None where there was nothing to say. Errors are measured less true: seconds,
    or degrees, + = hip toward the floor.

    Attributes:
        exercise: its id, or "all".
        clips: their names.
        exact, off_by_one, cant_see, wrong: numbers of clips by their count. `cant_see` and `wrong`
            share out what is not exact; `off_by_one` is part of either.
        off_by: the count that is farthest off, + = too many.
        attempts, attempts_right: and how many were rightly counted or refused.
        invented: counted where there was no attempt.
        edge_worst_s: of the faults of holds.
        in_line_mean_s, in_line_worst_s: mean of the absolute errors, and the largest with its sign.
        frames: in which the line was judged.
        change_p95_deg: of the line's change from the neutral, 95th percentile of the absolute
            errors.
        seen_share: of the frames in position; seen_least_share that of the worst clip.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    exercise: str
    clips: tuple[str, ...]
    exact: int
    off_by_one: int
    cant_see: int
    wrong: int
    off_by: int
    attempts: int
    attempts_right: int
    invented: int
    reason_precision: float | None
    reason_recall: float | None
    fault_precision: float | None
    fault_recall: float | None
    edge_worst_s: float | None
    in_line_mean_s: float | None
    in_line_worst_s: float | None
    frames: int
    change_p95_deg: float | None
    seen_share: float
    seen_least_share: float


# A name for each run, and the figures of its exercises.
Runs = dict[str, tuple[Figures, ...]]


class KeptRuns(BaseModel):
    """What is kept of runs over pictures, and the fingerprint of the judging that gave it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    judging: str
    runs: Runs


def kept_runs() -> KeptRuns:
    """Return what is kept of the last runs."""
    if not KEPT_RUNS.is_file():
        return KeptRuns(judging="", runs={})
    return KeptRuns.model_validate_json(KEPT_RUNS.read_bytes())


def figures_of(name: str, clips: Sequence[Compared]) -> Figures:
    """Return the figures over some clips, of which there is at least one."""
    reasons = sum((clip.reasons for clip in clips), Tally())
    faults = sum((clip.faults for clip in clips), Tally())
    held_s = [clip.in_line_error_s for clip in clips if clip.in_line_error_s is not None]
    change_deg = np.concatenate([clip.change_errors_deg for clip in clips])
    return Figures(
        exercise=name,
        clips=tuple(clip.clip for clip in clips),
        exact=_with(clips, Verdict.EXACT),
        off_by_one=sum(abs(clip.off_by) == 1 for clip in clips),
        cant_see=_with(clips, Verdict.CANT_SEE),
        wrong=_with(clips, Verdict.WRONG),
        off_by=_farthest([clip.off_by for clip in clips]),
        attempts=sum(clip.attempts for clip in clips),
        attempts_right=sum(clip.attempts_right for clip in clips),
        invented=sum(clip.invented for clip in clips),
        reason_precision=reasons.precision,
        reason_recall=reasons.recall,
        fault_precision=faults.precision,
        fault_recall=faults.recall,
        edge_worst_s=_worst([edge_s for clip in clips for edge_s in clip.edges_s]),
        in_line_mean_s=_mean_abs(np.array(held_s)),
        in_line_worst_s=_worst(held_s),
        frames=len(change_deg),
        change_p95_deg=p95(change_deg),
        seen_share=float(np.mean([clip.seen_share for clip in clips])),
        seen_least_share=min(clip.seen_share for clip in clips),
    )


def p95(errors_deg: Array) -> float | None:
    """Return the 95th percentile of the absolute errors; None without any."""
    return float(np.percentile(np.abs(errors_deg), PERCENTILE)) if len(errors_deg) else None


def _with(clips: Sequence[Compared], verdict: Verdict) -> int:
    return sum(clip.verdict is verdict for clip in clips)


def _farthest(values: Sequence[int]) -> int:
    return max(values, key=abs)


def _worst(values: Sequence[float]) -> float | None:
    return max(values, key=abs) if values else None


def _mean_abs(values: Array) -> float | None:
    return float(np.abs(values).mean()) if len(values) else None
