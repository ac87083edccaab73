"""The command line: what the user types, and one clear line when it cannot be done."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from coreline import __version__
from coreline.body.measures import Side
from coreline.data_files import load_catalogue, load_cues, load_words
from coreline.errors import CorelineError, UnknownExerciseError
from coreline.judging.recognise import Verdict, Why
from coreline.programme.catalogue import Catalogue
from coreline.programme.spec import Exercise, Language
from coreline.recordings import save_trace
from coreline.replay import Recording, judge, read, recognise
from coreline.report.files import check_place, write_csv, write_text
from coreline.report.html import render
from coreline.report.model import TRACE_COLUMNS, Analysis, as_json, trace_rows
from coreline.session import Block, blocks_of
from coreline.training import SAMPLE, Wanted, default_report_path, first_level
from coreline.training import train as run_training

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_USAGE_ERROR = 2
_STDOUT = Path("-")
AUTO = "auto"
_SAMPLE_EXERCISE = "w56-belly-bridge"


_WHY_UNKNOWN = {
    Why.NOBODY: "nobody is seen",
    Why.MOVING: "a position is taken, but the body keeps moving in it",
    Why.TOO_SHORT: "too little is done to tell",
    Why.NO_MOVEMENT: "a start position is held, but no movement follows",
    Why.NO_POSITION: "no start position is held",
}


class SideChoice(StrEnum):
    """The working side on the command line."""

    LEFT = "left"
    RIGHT = "right"
    AUTO = "auto"

    @property
    def side(self) -> Side | None:
        """Return the side, or None to take the one near the camera."""
        return None if self is SideChoice.AUTO else Side(self.value)


class ModelChoice(StrEnum):
    """The pose models."""

    FULL = "full"
    LITE = "lite"
    HEAVY = "heavy"


class LanguageChoice(StrEnum):
    """The languages of screen and report."""

    NL = "nl"
    EN = "en"

    @property
    def language(self) -> Language:
        """Return the language's code."""
        return "nl" if self is LanguageChoice.NL else "en"


def _system_language() -> LanguageChoice:
    """Return Dutch on a Dutch system, English elsewhere."""
    names = [os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    first = next((name for name in names if name), "")
    return LanguageChoice.NL if first.lower().startswith("nl") else LanguageChoice.EN


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"coreline {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show it.")
    ] = False,
) -> None:
    """Train your core: Coreline watches your body line, counts, times, and says what to mend.

    Everything runs on this computer; nothing leaves it.
    """


@app.command(
    epilog="Examples:  coreline analyze clip.mp4 --exercise w12-back-bridge --report form.html"
    "  |  coreline analyze poses.npz --exercise w56-belly-bridge --side left --json -"
)
def analyze(
    clip: Annotated[Path, typer.Argument(help="A video, or a landmark trace (.npz).")],
    exercise: Annotated[
        str, typer.Option("--exercise", "-e", help="The exercise's id, or auto to have it told.")
    ],
    side: Annotated[SideChoice, typer.Option(help="The leg that works.")] = SideChoice.AUTO,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Write the facts; - for standard output.")
    ] = None,
    trace: Annotated[Path | None, typer.Option(help="Write a CSV row a frame.")] = None,
    report: Annotated[Path | None, typer.Option(help="Write the form report (HTML).")] = None,
    save_poses: Annotated[Path | None, typer.Option(help="Write the landmarks (.npz).")] = None,
    own: Annotated[
        Path | None, typer.Option("--exercises", help="Your own: a TOML file or a folder of them.")
    ] = None,
    model: Annotated[ModelChoice, typer.Option(help="The pose model.")] = ModelChoice.FULL,
    language: Annotated[LanguageChoice | None, typer.Option(help="Of the report.")] = None,
) -> None:
    """Judge a recording, faster than it plays, and say what was seen."""
    catalogue = load_catalogue(own)
    chosen = None if exercise == AUTO else _judged_exercise(catalogue, exercise)
    for output in (json_file, trace, report, save_poses):
        if output is not None and output != _STDOUT:
            check_place(output)
    with _progress_bar() as progress:
        recording = read(clip, model=model.value, progress=progress)
    _save_poses(save_poses, recording)
    verdict = None if chosen else recognise(recording, catalogue)
    chosen = chosen or _recognised(catalogue, clip, verdict)
    analysis = judge(recording, chosen, load_cues(), side.side)
    if json_file is not None:
        _write_json(json_file, analysis, verdict)
    if trace is not None:
        write_csv(trace, TRACE_COLUMNS, trace_rows(analysis.readings))
    if report is not None:
        _write_report(report, [analysis], catalogue, language or _system_language())
    _say(recording.shortfall, _recognition_lines(verdict) + summary_lines(analysis), json_file)


@app.command(
    epilog="Examples:  coreline train --source sample  |  coreline train -e w12-back-bridge"
    "  |  coreline train --source http://phone.local:8080/video"
)
def train(
    source: Annotated[
        str, typer.Option("--source", "-s", help="Webcam number, address, video file, or sample.")
    ] = "0",
    exercise: Annotated[
        str | None, typer.Option("--exercise", "-e", help="One exercise; all of week 1 without.")
    ] = None,
    side: Annotated[SideChoice, typer.Option(help="Only this side.")] = SideChoice.AUTO,
    report: Annotated[Path | None, typer.Option(help="Where the report goes.")] = None,
    own: Annotated[
        Path | None, typer.Option("--exercises", help="Your own: a TOML file or a folder of them.")
    ] = None,
    model: Annotated[ModelChoice, typer.Option(help="The pose model.")] = ModelChoice.FULL,
    language: Annotated[LanguageChoice | None, typer.Option(help="Of screen and report.")] = None,
    full_screen: Annotated[bool, typer.Option("--full-screen", help="Fill the screen.")] = False,
    mute: Annotated[bool, typer.Option("--mute", help="Without beeps.")] = False,
) -> None:
    """Train in front of the camera, and get the form report at the end."""
    tongue = language or _system_language()
    wanted = Wanted(source, model.value, tongue.language, full_screen, mute)
    if report is not None:
        check_place(report)
    if source == SAMPLE and exercise is None:
        exercise = _SAMPLE_EXERCISE
    catalogue = load_catalogue(own)
    chosen = [_judged_exercise(catalogue, exercise)] if exercise else first_level(catalogue)
    # A recording shows one side: the one that is near. At the camera both are asked for in turn.
    recorded = source == SAMPLE or Path(source).is_file()
    one_side = recorded and side.side is None
    blocks = [
        block
        for each in chosen
        for block in ([Block(each)] if one_side else blocks_of(each, side.side))
    ]
    analyses = run_training(wanted, blocks, catalogue, load_cues(), typer.echo)
    if not analyses:
        typer.echo("Nothing to report: no start position was held.")
        return
    place = report or default_report_path()
    _write_report(place, analyses, catalogue, tongue)
    typer.echo(f"Report: {place}")


@app.command()
def exercises(
    own: Annotated[
        Path | None, typer.Option("--exercises", help="Your own: a TOML file or a folder of them.")
    ] = None,
    language: Annotated[LanguageChoice | None, typer.Option(help="Of the names.")] = None,
) -> None:
    """List the exercises, and which of them the camera judges so far."""
    chosen = (language or _system_language()).language
    for exercise in load_catalogue(own):
        mark = "" if exercise.judged else "  (shown and timed, not yet judged)"
        typer.echo(f"{exercise.id:18} {exercise.name.in_(chosen)}{mark}")


def _recognised(catalogue: Catalogue, clip: Path, verdict: Verdict | None) -> Exercise:
    """Return the exercise that was recognised."""
    if verdict is not None and verdict.exercise_id is not None:
        return catalogue.get(verdict.exercise_id)
    why = f" ({_WHY_UNKNOWN[verdict.why]})" if verdict is not None else ""
    raise UnknownExerciseError(
        f"{clip}: cannot tell which exercise this is{why}; name it with --exercise ID, "
        "coreline exercises lists them"
    )


def _judged_exercise(catalogue: Catalogue, exercise_id: str) -> Exercise:
    """Return an exercise that the camera judges."""
    chosen = catalogue.get(exercise_id)
    if not chosen.judged:
        judged = ", ".join(each.id for each in catalogue if each.judged)
        raise UnknownExerciseError(
            f"{exercise_id}: is in the programme but not judged yet; judged so far: {judged}"
        )
    return chosen


@contextmanager
def _progress_bar() -> Iterator[Callable[[int, int | None], None]]:
    """Show how far the work is, on standard error, when somebody is looking."""
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.completed} of {task.total} frames"),
        BarColumn(),
        TimeRemainingColumn(),
    )
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task("frames", total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)


def _write_json(path: Path, analysis: Analysis, verdict: Verdict | None) -> None:
    document = as_json(analysis)
    if verdict is not None:
        document["recognised"] = {
            "exercise": verdict.exercise_id,
            "alternatives": [guess.exercise_id for guess in verdict.alternatives],
        }
    text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    if path == _STDOUT:
        typer.echo(text, nl=False)
    else:
        write_text(path, text)


def _write_report(
    path: Path, analyses: list[Analysis], catalogue: Catalogue, language: LanguageChoice
) -> None:
    page = render(analyses, catalogue, load_words(), language.language)
    write_text(path, page)


def _save_poses(path: Path | None, recording: Recording) -> None:
    if path is not None:
        source = recording.source
        size_px = (source.width, source.height)
        save_trace(path, recording.frames, size_px=size_px, fps=source.fps)


def _say(shortfall: str | None, lines: list[str], json_file: Path | None) -> None:
    """Say what was seen, unless standard output is taken by the facts."""
    if shortfall is not None:
        typer.echo(f"coreline: {shortfall}", err=True)
    if json_file != _STDOUT:
        typer.echo("\n".join(lines))


def _recognition_lines(verdict: Verdict | None) -> list[str]:
    """Return what was recognised, in a line."""
    if verdict is None:
        return []
    others = [guess.exercise_id for guess in verdict.alternatives]
    same = verdict.why is Why.SAME_PICTURE
    also = f" ({'looks the same: ' if same else 'less likely: '}{', '.join(others)})"
    return [f"This looks like {verdict.exercise_id}{also if others else ''}."]


def summary_lines(analysis: Analysis) -> list[str]:
    """Return what a set came to, in a few plain lines."""
    source = analysis.source
    lines = [f"{analysis.exercise}: {source.file}, seen {source.found_share:.0%} of the time"]
    for hold in analysis.holds:
        whole_s = hold.end_s - hold.start_s
        lines.append(
            f"  hold at {hold.start_s:.1f} s: {hold.in_line_s:.1f} of {whole_s:.1f} s in line"
        )
    for each in analysis.repetitions:
        verdict = "counted" if each.counted else f"refused: {', '.join(each.reasons)}"
        lines.append(f"  repetition {each.number}: held {each.hold_s:.1f} s, {verdict}")
    lines += [
        f"  {fault.code}: {fault.start_s:.1f} to {fault.end_s:.1f} s" for fault in analysis.faults
    ]
    if not analysis.holds and not analysis.repetitions:
        lines.append("  nothing counted: the start position was never held")
    if analysis.line_score is not None:
        lines.append(f"  line score {analysis.line_score:.0f} of 100")
    return lines


def main() -> None:
    """Run the command line; a mistake that can be mended is one line, and exit code 2."""
    try:
        app()
    except CorelineError as error:
        typer.echo(f"coreline: {error}", err=True)
        sys.exit(_USAGE_ERROR)
    except KeyboardInterrupt:
        typer.echo("coreline: stopped", err=True)
        sys.exit(130)
