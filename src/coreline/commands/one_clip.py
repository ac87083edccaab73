"""One recording: judged, held against another one, told, and written as it is asked for."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from coreline.archive.tasks import AUTO
from coreline.archive.unrecognised import not_recognised
from coreline.choices.language import spoken_language
from coreline.coaching.spoken import spoken
from coreline.coaching.words import words_of
from coreline.commands.comparing import compared_clips, comparison_lines, write_comparison
from coreline.commands.form_report import write_report
from coreline.commands.options import (
    STDOUT,
    LanguageChoice,
    PlaceChoice,
    SideChoice,
    judged_exercise,
    usual_language,
)
from coreline.commands.set_summary import summary_lines
from coreline.commands.terminal import tell, tell_document, tell_lines
from coreline.commands.wording import words_in
from coreline.data_files import load_cues, load_words
from coreline.errors import BadDataError
from coreline.files.recordings import save_trace
from coreline.files.writing import check_place, write_csv, write_text
from coreline.judging.recognise import Recognition, Why
from coreline.printable import as_json
from coreline.programme.catalogue import Catalogue
from coreline.programme.language import Language
from coreline.programme.spec import Exercise
from coreline.programme.typed import folded
from coreline.report.model import TRACE_COLUMNS, Analysis, trace_rows
from coreline.report.model import as_json as document_of
from coreline.report.wording import Wording
from coreline.training.looks import Watch
from coreline.training.replay import Recording, judge, read, recognise


@dataclass(frozen=True, slots=True)
class OneClip:
    """What is asked for of one clip: what is written, against which other one it is held, how."""

    json_file: Path | None
    trace: Path | None
    report: Path | None
    save_poses: Path | None
    compare: Path | None
    sparing: bool | None

    def refuse(self) -> None:
        """Raise BadDataError where something is asked for that many clips do not have."""
        for each in fields(self):
            if getattr(self, each.name) is not None:
                name = f"--{each.name.removesuffix('_file').replace('_', '-')}"
                raise BadDataError(
                    f"{name}: is of one clip; leave it out, with --out each has its own report",
                    nl=f"{name}: hoort bij één opname; laat het weg, met --out heeft elke een "
                    "rapport",
                )


def analyze_one(
    clip: Path,
    exercise: str,
    catalogue: Catalogue,
    how: tuple[SideChoice, PlaceChoice, str, LanguageChoice | None],
    one: OneClip,
) -> None:
    """Judge a recording as one exercise, or as the one it is seen to be; tell and write it."""
    side, on, model, language = how
    chosen = None if folded(exercise) == AUTO else judged_exercise(catalogue, exercise)
    for output in (one.json_file, one.trace, one.report, one.save_poses):
        if output is not None and output != STDOUT:
            check_place(output)
    watched = chosen if one.sparing else None  # what is yet to be told is looked for everywhere
    recording = _read(clip, model, watched, side, on)
    _save_poses(one.save_poses, recording)
    verdict = None if chosen else recognise(recording, catalogue)
    chosen = chosen or _recognised(catalogue, clip, verdict)
    analysis = judge(recording, chosen, spoken(load_cues(), [chosen]), side.side, on.place)
    if one.json_file is not None:
        _write_json(one.json_file, analysis, verdict)
    if one.trace is not None:
        write_csv(one.trace, TRACE_COLUMNS, trace_rows(analysis.record.readings))
    spoken_in = language.language if language is not None else spoken_language()
    lines = [*_recognition_lines(verdict, spoken_in), *summary_lines(analysis, chosen, spoken_in)]
    if one.compare is not None:
        other = _read(one.compare, model, watched, side, on)
        second = judge(other, chosen, spoken(load_cues(), [chosen]), side.side, on.place)
        both = compared_clips((clip, one.compare), (analysis, second))
        w = Wording(load_words().with_more(words_of([chosen])), spoken_in)
        lines += [*summary_lines(second, chosen, spoken_in), *comparison_lines(both, chosen, w)]
        if one.report is not None:
            write_comparison(one.report, both, catalogue, (language or usual_language()).language)
        _say_short(other.shortfall)
    elif one.report is not None:
        write_report(one.report, [analysis], catalogue, language or usual_language())
    _say(recording.shortfall, lines, one.json_file)


def _read(
    clip: Path, model: str, watched: Exercise | None, side: SideChoice, on: PlaceChoice
) -> Recording:
    """Find the poses, in every picture or as often as the judging of an exercise needs them."""
    watch = None
    if watched is not None:
        watch = Watch(watched, spoken(load_cues(), [watched]), side.side, on.place)
    with _progress_bar() as progress:
        return read(clip, model=model, progress=progress, watch=watch)


def _recognised(catalogue: Catalogue, clip: Path, verdict: Recognition | None) -> Exercise:
    """Return the exercise that was recognised."""
    if verdict is not None and verdict.exercise_id is not None:
        return catalogue.get(verdict.exercise_id)
    raise not_recognised(clip, verdict)


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


def _write_json(path: Path, analysis: Analysis, verdict: Recognition | None) -> None:
    document = document_of(analysis)
    if verdict is not None:
        document["recognised"] = {
            "exercise": verdict.exercise_id,
            "alternatives": [guess.exercise_id for guess in verdict.alternatives],
        }
    if path == STDOUT:
        tell_document(document)
    else:
        write_text(path, as_json(document) + "\n")


def _save_poses(path: Path | None, recording: Recording) -> None:
    if path is not None:
        source = recording.source
        size_px = (source.width, source.height)
        save_trace(path, recording.frames, size_px=size_px, fps=source.fps)


def _say_short(shortfall: str | None) -> None:
    if shortfall is not None:
        tell(f"coreline: {shortfall}", err=True)


def _say(shortfall: str | None, lines: list[str], json_file: Path | None) -> None:
    """Say what was seen, unless standard output is taken by the facts."""
    _say_short(shortfall)
    if json_file != STDOUT:
        tell_lines(lines)


def _recognition_lines(verdict: Recognition | None, language: Language) -> list[str]:
    """Return what was recognised, in a line."""
    if verdict is None:
        return []
    say = words_in(language)
    others = ", ".join(guess.exercise_id for guess in verdict.alternatives)
    key = "same_picture" if verdict.why is Why.SAME_PICTURE else "less_likely"
    also = f" ({say(f'analyze.{key}', others=others)})" if others else ""
    return [say("analyze.looks_like", exercise=verdict.exercise_id) + also + "."]
