"""How far the judging is off, per exercise, over clips whose truth is known.

python benchmarks/accuracy.py [FOLDER ...] [--pixels] [--degraded] [--poses FOLDER]
                              [--json FILE] [--write]

Without a folder: the project's own clips. In a folder, `<name>.json.gz` is the truth of
`<name>.landmarks.npz` and `<name>.mp4`. The landmarks are judged; `--pixels` runs the pose model on
the videos, `--degraded` on worse copies of them, each about as long as the clip lasts. `--write`
renews docs/accuracy.md and the figures of the report, always from the project's own landmarks, and
keeps what a run over pixels gave for that page.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from comparing import Compared, compare
from degrading import AS_IS, DEGRADATIONS, Degradation, save_seen
from figures import ALL, RUNS, Figures, Runs, figures_of
from page import accuracy_toml, named_runs, page, runs_with, shortfalls
from rich.console import Console
from tables import COUNTING, MEASURING, Table, degraded_table, outcome_table, table_of
from truth import Clip, clips_in, exercise_of, load_document, truth_of

from coreline.coaching.cues import CueBook
from coreline.data_files import load_catalogue, load_cues
from coreline.errors import BadSourceError, CorelineError
from coreline.programme.catalogue import Catalogue
from coreline.programme.rules import Judging
from coreline.programme.spec import Exercise
from coreline.recordings import Trace, load_trace
from coreline.replay import judge, read
from coreline.report.model import Analysis, Source, analyse
from coreline.session import SetRecord

PROJECT = Path(__file__).resolve().parents[1]
OWN_CLIPS = PROJECT / "tests" / "recordings"
PAGE = PROJECT / "docs" / "accuracy.md"
REPORT_DATA = PROJECT / "src" / "coreline" / "report" / "accuracy.toml"
KEPT_RUNS = Path(__file__).with_name("pixel_runs.json")
USAGE_ERROR = 2


# One clip


def judged_clip(clip: Clip, recording: Path, catalogue: Catalogue, book: CueBook) -> Compared:
    """Judge a recording of a clip, and compare it with the clip's truth.

    Raises:
        BadSourceError: The truth or the recording cannot be read.
        UnknownExerciseError: The truth is of an exercise that the catalogue lacks.
    """
    document = load_document(clip.truth)
    exercise = catalogue.get(exercise_of(document))
    truth = truth_of(document, rules_of(exercise).line)
    return compare(clip.name, truth, analysed(recording, exercise, book))


def rules_of(exercise: Exercise) -> Judging:
    """Return how an exercise is judged."""
    if exercise.judging is None:
        raise BadSourceError(f"{exercise.id}: has a truth but is not judged")
    return exercise.judging


def analysed(recording: Path, exercise: Exercise, book: CueBook) -> Analysis:
    """Return what the judging makes of a landmark trace; of one with nobody in it, nothing."""
    trace = load_trace(recording)
    if any(pose is not None for _, pose in trace):
        return judge(read(recording), exercise, book)
    return unseen(exercise, trace, recording.name)


def unseen(exercise: Exercise, trace: Trace, name: str) -> Analysis:
    """Return the analysis of a recording in which nobody was found: nothing was judged."""
    record = SetRecord(exercise.id, None, 1)
    return analyse(
        record,
        Source(
            file=name,
            width=trace.width,
            height=trace.height,
            fps=trace.fps,
            duration_s=trace.duration_s,
            frames_expected=trace.frames,
            frames_read=trace.frames,
            found_share=0.0,
        ),
    )


# All clips


def from_landmarks(clips: Iterable[Clip]) -> tuple[Figures, ...]:
    """Return the figures over the clips that have landmarks."""
    return summed((clip, clip.landmarks) for clip in clips if clip.landmarks.is_file())


def from_pixels(
    clips: Iterable[Clip], degradation: Degradation, poses: Path
) -> tuple[Figures, ...]:
    """Return the figures over the clips that have a video, each degraded.

    What the pose model sees is written to the folder `poses`; what is there already is not made
    anew.
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
    catalogue, book = load_catalogue(), load_cues()
    compared = [judged_clip(clip, place, catalogue, book) for clip, place in recordings]
    if not compared:
        raise BadSourceError("none of the clips has what is to be judged; see --help")
    figures = []
    for exercise in catalogue:
        clips = [each for each in compared if each.exercise == exercise.id]
        if clips:
            line = rules_of(exercise).line
            figures.append(figures_of(exercise.id, exercise.confidence, line, clips))
    return (*figures, figures_of(ALL, "", "", compared))


# The command


def kept_runs() -> Runs:
    """Return the figures that earlier runs over pixels were kept with."""
    return RUNS.validate_json(KEPT_RUNS.read_bytes()) if KEPT_RUNS.is_file() else {}


def pixel_runs(clips: Sequence[Clip], chosen: argparse.Namespace) -> Runs:
    """Return the figures of the runs over pixels that were asked for."""
    wanted = [AS_IS] if chosen.pixels or chosen.degraded else []
    wanted += DEGRADATIONS if chosen.degraded else ()
    with tempfile.TemporaryDirectory() as passing:
        poses = Path(chosen.poses or passing)
        poses.mkdir(parents=True, exist_ok=True)
        return {each.name: from_pixels(clips, each, poses) for each in wanted}


def tables_to_print(figures: Sequence[Figures], runs: Runs) -> list[Table]:
    """Return what the terminal shows."""
    shown = [("Landmarks", figures)] if figures else []
    shown += [("Pixels", runs[AS_IS.name])] if AS_IS.name in runs else []
    tables = []
    for name, each in shown:
        tables += [table_of(f"{name}: counting and naming", COUNTING, each)]
        tables += [table_of(f"{name}: measuring the line", MEASURING, each)]
    if len(runs) > 1:
        named = named_runs(runs)
        tables += [degraded_table("Worse pictures", named), outcome_table("One by one", named)]
    return tables


def write_all(own: Sequence[Figures], runs: Runs) -> None:
    """Renew the page, the report's figures, and the runs that are kept for the page."""
    kept = runs_with(kept_runs(), runs)
    if runs:
        KEPT_RUNS.write_bytes(RUNS.dump_json(kept, indent=1, by_alias=True) + b"\n")
    PAGE.write_text(page(own, kept), encoding="utf-8")
    REPORT_DATA.write_text(accuracy_toml(own), encoding="utf-8")


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return what was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument("--pixels", action="store_true", help="run the pose model on the videos")
    parser.add_argument("--degraded", action="store_true", help="and on worse copies of them")
    parser.add_argument("--poses", type=Path, help="keep what the pose model saw, and use it again")
    parser.add_argument("--json", type=Path, help="write every figure, by run")
    parser.add_argument("--write", action="store_true", help="renew the page and the report's data")
    return parser.parse_args(arguments)


def run(chosen: argparse.Namespace) -> None:
    """Judge, print and write."""
    clips = clips_in(chosen.folders or [OWN_CLIPS])
    traced = [clip for clip in clips if clip.landmarks.is_file()]
    figures = from_landmarks(traced) if traced or not chosen.pixels else ()
    runs = pixel_runs(clips, chosen)
    console = Console(width=None if sys.stdout.isatty() else 200)
    for table in tables_to_print(figures, runs):
        console.print(table.rich())
    if figures:
        console.print(f"Aims:\n{shortfalls(figures)}", markup=False)
    if chosen.json:
        every = {"landmarks": figures, **runs} if figures else runs
        chosen.json.write_bytes(RUNS.dump_json(every, indent=1) + b"\n")
    if chosen.write:
        own = figures if not chosen.folders else from_landmarks(clips_in([OWN_CLIPS]))
        write_all(own, runs)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; a mistake that can be mended is one line."""
    try:
        run(parsed(arguments))
    except CorelineError as error:
        print(f"accuracy: {error}", file=sys.stderr)
        sys.exit(USAGE_ERROR)


if __name__ == "__main__":
    main()
