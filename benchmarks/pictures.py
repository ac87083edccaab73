"""What a worse picture costs: clips judged from their videos, as they are and made worse.

python benchmarks/pictures.py [FOLDER] [--degraded] [--poses FOLDER] [--write]

In the folder, `<name>.json.gz` is the truth of `<name>.mp4`, in the format of tests/recordings. The
pose model is run on every video, with `--degraded` on worse copies too, each about as long as the
clip lasts; what it saw is kept in `--poses` and used again. `--write` keeps the figures
(benchmarks/pixel_runs.json), and `python benchmarks/accuracy.py --write` draws them into
docs/accuracy.md.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console
from tools.comparing import Compared, compare
from tools.degrading import AS_IS, DEGRADATIONS, Degradation, save_seen
from tools.fingerprint import fingerprint
from tools.judged_people import analysed, rules_of
from tools.picture_figures import ALL, KEPT_RUNS, Figures, KeptRuns, Runs, figures_of
from tools.picture_page import named_runs
from tools.picture_tables import COUNTING, degraded_table, exercise_table, outcome_table
from tools.truth import Clip, clips_in, exercise_of, load_document, truth_of

from coreline.data_files import load_catalogue
from coreline.errors import BadSourceError, CorelineError
from coreline.programme.catalogue import Catalogue

OWN_CLIPS = Path(__file__).resolve().parents[1] / "tests" / "recordings"
USAGE_ERROR = 2


def judged_clip(clip: Clip, recording: Path, catalogue: Catalogue) -> Compared:
    """Judge a recording of a clip, and compare it with the clip's truth.

    Raises:
        BadSourceError: The truth or the recording cannot be read.
        UnknownExerciseError: The truth is of an exercise that the catalogue lacks.
    """
    document = load_document(clip.truth)
    exercise = catalogue.get(exercise_of(document))
    truth = truth_of(document, rules_of(exercise).line)
    return compare(clip.name, truth, analysed(recording, exercise))


def from_pixels(
    clips: Iterable[Clip], degradation: Degradation, poses: Path
) -> tuple[Figures, ...]:
    """Return the figures over the clips that have a video, each degraded.

    What the pose model sees is written to the folder `poses`; what is there already is not made
    again.
    """
    filmed = [clip for clip in clips if clip.video.is_file()]
    return summed((clip, seen_in(clip, degradation, poses)) for clip in filmed)


def seen_in(clip: Clip, degradation: Degradation, poses: Path) -> Path:
    """Return the landmarks that the pose model sees in a degraded clip."""
    place = poses / f"{clip.name}.{degradation.name}.npz"
    if not place.is_file():
        print(f"{clip.name}: {degradation.what}", file=sys.stderr, flush=True)
        save_seen(clip.video, degradation, place)
    return place


def summed(recordings: Iterable[tuple[Clip, Path]]) -> tuple[Figures, ...]:
    """Return the figures of every exercise in the programme's order, and of all together.

    Raises:
        BadSourceError: There is nothing to judge.
    """
    catalogue = load_catalogue()
    compared = [judged_clip(clip, place, catalogue) for clip, place in recordings]
    if not compared:
        raise BadSourceError("none of the clips has a video; give a folder in which they have")
    by_exercise = [
        (exercise.id, [each for each in compared if each.exercise == exercise.id])
        for exercise in catalogue
    ]
    figures = [figures_of(name, clips) for name, clips in by_exercise if clips]
    return (*figures, figures_of(ALL, compared))


def keep(runs: Runs) -> None:
    """Keep runs in the place of all older ones."""
    kept = KeptRuns(judging=fingerprint(), runs=runs)
    KEPT_RUNS.write_text(kept.model_dump_json(indent=1) + "\n", encoding="utf-8")


def pixel_runs(clips: Sequence[Clip], chosen: argparse.Namespace) -> Runs:
    """Return the figures of the runs that were asked for."""
    wanted = [AS_IS, *(DEGRADATIONS if chosen.degraded else ())]
    with tempfile.TemporaryDirectory() as passing:
        poses = Path(chosen.poses or passing)
        poses.mkdir(parents=True, exist_ok=True)
        return {each.name: from_pixels(clips, each, poses) for each in wanted}


def show(runs: Runs) -> None:
    """Print the tables."""
    console = Console(width=None if sys.stdout.isatty() else 200)
    console.print(exercise_table("As it is", COUNTING, runs[AS_IS.name]).rich())
    if len(runs) > 1:
        named = named_runs(runs)
        console.print(degraded_table("Worse pictures", named).rich())
        console.print(outcome_table("One by one", named).rich())


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return what was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path, default=OWN_CLIPS)
    parser.add_argument("--degraded", action="store_true", help="and on worse copies of them")
    parser.add_argument("--poses", type=Path, help="keep what the pose model saw, and use it again")
    parser.add_argument("--write", action="store_true", help="keep the figures")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; a mistake that the user can correct is one line."""
    chosen = parsed(arguments)
    try:
        runs = pixel_runs(clips_in([chosen.folder]), chosen)
    except CorelineError as error:
        print(f"pictures: {error}", file=sys.stderr)
        sys.exit(USAGE_ERROR)
    show(runs)
    if chosen.write:
        keep(runs)


if __name__ == "__main__":
    main()
