"""Rendered people, judged as `coreline analyze` judges, and what of that is kept.

`judged/known.json` and `judged/strangers.json` hold a line a clip, from which the published page is
drawn, and the fingerprint of the judging that gave them.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError

from coreline.coaching.cues import CueBook
from coreline.data_files import load_catalogue, load_cues
from coreline.errors import BadSourceError
from coreline.files.recordings import Trace, load_trace
from coreline.programme.catalogue import Catalogue
from coreline.programme.rules import Judging
from coreline.programme.spec import Exercise
from coreline.report.model import Analysis, Source, analyse, as_json
from coreline.report.settled import settled
from coreline.session.record import SetRecord
from coreline.training.replay import judge, read
from tools.comparing import Tally
from tools.fingerprint import fingerprint
from tools.grouping import labels_of
from tools.line_errors import errors_deg, readings_in
from tools.recorded_people import Person, load_person
from tools.scoring import Score, score
from tools.truth import Array, line_of

KEPT: Final = Path(__file__).resolve().parents[1] / "judged"
STEP_DEG: Final = 0.1  # of the kept errors of the line
MEND: Final = "run python benchmarks/accuracy.py --write"

Counts = tuple[int, int, int]


class Judged(BaseModel):
    """One clip, judged and compared.

    Attributes:
        name: `<exercise>--<seed>`.
        digest: of the clip's file, so that another clip of the same name is noticed.
        labels: the groups it is of, see grouping.py.
        exact, attempts, attempts_right, invented, held_error_s, failures, marks: see `Score`.
        reasons, faults: right, said and true, see `Tally`.
        found_share: share of the frames in which somebody was found.
        read_share: share of the frames in which the line is judged that have a reading.
        line_errors: of the line's change from the neutral, how many frames have an error of so
            many steps of `STEP_DEG`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    digest: str
    labels: dict[str, str]
    exact: bool
    attempts: int
    attempts_right: int
    invented: int
    reasons: Counts
    faults: Counts
    held_error_s: float | None
    failures: tuple[str, ...]
    marks: str
    found_share: float
    read_share: float
    line_errors: dict[int, int]

    @property
    def errors_deg(self) -> Array:
        """Return the error of every frame, to a step, smallest first."""
        steps = sorted(self.line_errors)
        times = [self.line_errors[step] for step in steps]
        return np.repeat(np.array(steps, np.float64) * STEP_DEG, times)


class Kept(BaseModel):
    """What is kept of one half: the clips by name, and which judging they were judged with."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    judging: str
    clips: tuple[Judged, ...]


# Judging


@lru_cache(maxsize=1)
def _catalogue() -> Catalogue:
    return load_catalogue()


@lru_cache(maxsize=1)
def _cues() -> CueBook:
    return load_cues()


def rules_of(exercise: Exercise) -> Judging:
    """Return how an exercise is judged.

    Raises:
        BadSourceError: It is not.
    """
    if exercise.judging is None:
        raise BadSourceError(f"{exercise.id}: has a truth but is not judged")
    return exercise.judging


def analysed(trace: Path, exercise: Exercise) -> Analysis:
    """Return what the judging makes of a landmark trace; of one with nobody in it, nothing."""
    frames = load_trace(trace)
    if any(pose is not None for _, pose in frames):
        return judge(read(trace), exercise, _cues())
    return unseen(exercise, frames, trace.name)


def unseen(exercise: Exercise, trace: Trace, name: str) -> Analysis:
    """Return the analysis of a recording in which nobody was found: nothing was judged."""
    source = Source(
        file=name,
        width=trace.width,
        height=trace.height,
        fps=trace.fps,
        duration_s=trace.duration_s,
        frames_expected=trace.frames,
        frames_read=trace.frames,
        found_share=0.0,
    )
    return analyse(SetRecord(exercise.id, None, 1), source)


def judged_file(path: Path) -> Judged:
    """Judge a clip, packed or as the generator left it, and compare it with its truth.

    Raises:
        BadSourceError: It cannot be read.
        UnknownExerciseError: It is of an exercise that the catalogue lacks.
    """
    person = load_person(path)
    exercise = _catalogue().get(person.document["meta"]["exercise"])
    analysis = analysed(person.trace, exercise)
    scored = score(person.document["expected"], as_json(analysis))
    return _judged(path, person, scored, analysis)


def _judged(path: Path, person: Person, scored: Score, analysis: Analysis) -> Judged:
    line = line_of(person.document, rules_of(_catalogue().get(analysis.record.exercise_id)).line)
    known = readings_in(settled(analysis), line.t_s, line.judged)
    off_deg = errors_deg(known, line)
    return Judged(
        name=person.name,
        digest=hashlib.sha256(path.read_bytes()).hexdigest()[:16],
        labels=labels_of(person.document["meta"]),
        exact=scored.exact,
        attempts=scored.attempts,
        attempts_right=scored.attempts_right,
        invented=scored.invented,
        reasons=_counts(scored.reasons),
        faults=_counts(scored.faults),
        held_error_s=_rounded(scored.held_error_s),
        failures=scored.failures,
        marks=scored.marks,
        found_share=round(analysis.source.found_share, 3),
        read_share=round(len(off_deg) / max(len(known), 1), 3),
        line_errors=dict(
            sorted(Counter(np.round(off_deg / STEP_DEG).astype(int).tolist()).items())
        ),
    )


def _counts(tally: Tally) -> Counts:
    return tally.right, tally.said, tally.true


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def judged_files(paths: Sequence[Path], processes: int = 1) -> list[Judged]:
    """Judge clips, in the order given."""
    if processes == 1:
        return [judged_file(path) for path in paths]
    with ProcessPoolExecutor(processes) as pool:
        return list(pool.map(judged_file, paths, chunksize=4))


# Keeping


def load_kept(path: Path) -> Kept:
    """Return what was kept of a half.

    Raises:
        BadSourceError: There is no such file, or it is no list of judged clips.
    """
    try:
        return Kept.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise BadSourceError(f"{path}: is no list of judged clips; {MEND}") from error


def save_kept(path: Path, clips: Iterable[Judged]) -> None:
    """Write judged clips, a line each, with the fingerprint of today's judging."""
    ordered = sorted(clips, key=lambda each: each.name)
    lines = ",\n".join(json.dumps(each.model_dump(), ensure_ascii=False) for each in ordered)
    path.parent.mkdir(exist_ok=True)
    text = f'{{"judging": "{fingerprint()}", "clips": [\n{lines}\n]}}\n'
    path.write_text(text, encoding="utf-8")
