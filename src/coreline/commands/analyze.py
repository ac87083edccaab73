"""`coreline analyze`: judge a recording."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from coreline.archive.tasks import AUTO, Asked
from coreline.archive.unrecognised import not_recognised
from coreline.choices.language import spoken_language
from coreline.coaching.spoken import spoken
from coreline.coaching.words import words_of
from coreline.commands.archive import Wanted, analyze_many
from coreline.commands.comparing import compared_clips, comparison_lines, write_comparison
from coreline.commands.form_report import write_report
from coreline.commands.options import (
    EXERCISE_HELP,
    LANGUAGES,
    PLACES,
    SIDES,
    STDOUT,
    LanguageChoice,
    ModelChoice,
    PlaceChoice,
    SideChoice,
    judged_exercise,
    language_typed,
    missing,
    place_typed,
    side_typed,
    usual_language,
)
from coreline.commands.own_exercises import Own, exercises_known
from coreline.commands.terminal import tell, tell_document, tell_lines
from coreline.commands.wording import words_in
from coreline.data_files import load_cues, load_words
from coreline.errors import BadDataError, BadOutputError
from coreline.files.reading import is_folder
from coreline.files.recordings import save_trace
from coreline.files.writing import check_place, write_csv, write_text
from coreline.judging.events import Hold, Repetition, Rotation
from coreline.judging.recognise import Recognition, Why
from coreline.printable import as_json
from coreline.programme.catalogue import Catalogue
from coreline.programme.done import percent_of
from coreline.programme.language import Language
from coreline.programme.spec import Exercise
from coreline.programme.texts import TextsIn
from coreline.programme.typed import folded
from coreline.report.model import TRACE_COLUMNS, Analysis, trace_rows
from coreline.report.model import as_json as document_of
from coreline.report.numbers import attempts, is_unsure, set_score
from coreline.report.seen import confidence_of, hindrances_of, view_sentences
from coreline.report.waited import tries_sentence, waiting_sentence
from coreline.report.wording import Wording
from coreline.training.looks import Watch
from coreline.training.replay import Recording, judge, read, recognise

_MOST_WORKERS: Final = 256  # more processes than cores of any computer are a slip of the hand
EXAMPLES = (
    "Examples:  coreline analyze clip.mp4 --exercise plank --report form.html"
    "  |  coreline analyze before.mp4 -e plank --compare after.mp4 --report both.html"
    "  |  coreline analyze poses.npz --exercise w56-belly-bridge --side left --json -"
    "  |  coreline analyze clips --out judged --list clips.csv"
)


def analyze(
    context: typer.Context,
    clips: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="CLIP", help="A video or landmark trace (.npz); with --out many, or folders."
        ),
    ] = None,
    exercise: Annotated[
        str | None, typer.Option("--exercise", "-e", help=f"{EXERCISE_HELP} Auto recognises it.")
    ] = None,
    side: Annotated[
        SideChoice, typer.Option(parser=side_typed, metavar=SIDES, help="The leg that works.")
    ] = SideChoice.AUTO,
    on: Annotated[
        PlaceChoice,
        typer.Option(
            parser=place_typed,
            metavar=PLACES,
            help="What it is done on, where that cannot be seen.",
        ),
    ] = PlaceChoice.AUTO,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Write the facts; - for standard output.")
    ] = None,
    trace: Annotated[Path | None, typer.Option(help="Write a CSV row a frame.")] = None,
    report: Annotated[Path | None, typer.Option(help="Write the form report (HTML).")] = None,
    save_poses: Annotated[Path | None, typer.Option(help="Write the landmarks (.npz).")] = None,
    compare: Annotated[
        Path | None,
        typer.Option(
            metavar="CLIP2",
            help="Another recording of the same exercise, against this one; --report shows both.",
        ),
    ] = None,
    own: Own = None,
    sparing: Annotated[
        bool,
        typer.Option(
            "--sparing",
            help="Look for the pose only where something may change, as train does: quicker.",
        ),
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Judge many, on all cores: where all of it goes."),
    ] = None,
    listed: Annotated[
        Path | None,
        typer.Option(
            "--list", metavar="CSV", help="With --out: clips, each with exercise, side, person …"
        ),
    ] = None,
    parquet: Annotated[
        bool, typer.Option("--parquet", help="With --out: every attempt as Parquet too.")
    ] = False,
    workers: Annotated[
        int | None,
        typer.Option(min=1, max=_MOST_WORKERS, help="With --out: how many clips at once."),
    ] = None,
    dask: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS", help="With --out: have the workers of this Dask cluster judge."
        ),
    ] = None,
    model: Annotated[ModelChoice, typer.Option(help="The pose model.")] = ModelChoice.FULL,
    language: Annotated[
        LanguageChoice | None,
        typer.Option(parser=language_typed, metavar=LANGUAGES, help="Of report and terminal."),
    ] = None,
) -> None:
    """Judge a recording, faster than it plays, and say what was seen; with --out many of them.

    Of many, FOLDER/index.html is the page over all reports. What was judged before is not judged
    again, also after a kill. Exit code 3: some could not be judged.
    """
    one = _One(json_file, trace, report, save_poses, compare, sparing or None)
    if out is not None:
        one.refuse()
        if dask is not None and workers is not None:
            raise BadDataError(
                "--workers: is of this computer; a cluster has the workers that it has",
                nl="--workers: gaat over deze computer; een cluster heeft de werkers die het heeft",
            )
        if not clips and listed is None:
            raise missing(context, "'clip'", "argument")
        analyze_many(
            Wanted(
                places=tuple(clips or ()),
                listed=listed,
                out=out,
                exercise=exercise,
                asked=Asked(side=side.side, place=on.place),
                own=own,
                model=model.value,
                language=(language or usual_language()).language,
                workers=workers,
                parquet=parquet,
                cluster=dask,
            )
        )
        return
    if parquet or workers is not None or dask is not None:
        raise BadDataError(
            "--parquet, --workers and --dask go with --out FOLDER; add it or leave them out",
            nl="--parquet, --workers en --dask horen bij --out MAP; voeg die toe of laat ze weg",
        )
    clip = _one_clip(context, clips, listed)
    if exercise is None:
        raise missing(context, "'--exercise' / '-e'", "option")
    _analyze_one(clip, exercise, exercises_known(own), (side, on, model.value, language), one)


@dataclass(frozen=True, slots=True)
class _One:
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


def _analyze_one(
    clip: Path,
    exercise: str,
    catalogue: Catalogue,
    how: tuple[SideChoice, PlaceChoice, str, LanguageChoice | None],
    one: _One,
) -> None:
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


def _one_clip(context: typer.Context, clips: list[str] | None, listed: Path | None) -> Path:
    """Return the one clip; where there are several it has to be said where all of it goes.

    Raises:
        BadOutputError: There are several.
    """
    given = clips or []
    if listed is not None or len(given) > 1 or any(is_folder(Path(each)) for each in given):
        what = str(listed) if listed is not None else given[0]
        raise BadOutputError(
            f"{what}: are many clips; say with --out FOLDER where their reports go",
            nl=f"{what}: zijn meer opnamen; zeg met --out MAP waar de rapporten komen",
        )
    if not given:
        raise missing(context, "'clip'", "argument")
    return Path(given[0])


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


def summary_lines(analysis: Analysis, exercise: Exercise, language: Language = "en") -> list[str]:
    """Return what a set came to, in a few plain lines."""
    source, exercise_id = analysis.source, analysis.record.exercise_id
    w = Wording(load_words().with_more(words_of([exercise])), language)
    say = words_in(language)
    share = f"{source.found_share:.0%}"
    head = say("analyze.seen", exercise=exercise_id, file=source.file, share=share)
    parts = [*_done_lines(analysis, w, say), *_waited_lines(analysis, exercise, w, say)]
    score = set_score(analysis)
    if score.value is not None:
        of = percent_of(score.share)
        parts.append(say("analyze.score", n=f"{score.value:.0f}", share=of))
    parts += _sureness_lines(analysis, exercise, w, say)
    return [head, *(f"  {part}" for part in parts)]


def _done_lines(analysis: Analysis, w: Wording, say: TextsIn) -> Iterator[str]:
    """Yield what was held, tried and counted, and the faults."""
    # What was tried is told with what was missed.
    tried_s = {each.start_s for each in analysis.record.tries}
    for hold in analysis.holds:
        if not hold.reasons or hold.start_s not in tried_s:
            yield _hold_line(hold, w, say)
    for each in analysis.repetitions:
        held = w.number(each.hold_s)
        verdict = _verdict(each, w, say)
        yield say("analyze.repetition", n=each.number, held=held, verdict=verdict)
    for turn in analysis.rotations:
        verdict = _verdict(turn, w, say)
        yield say("analyze.rotation", at=w.number(turn.start_s), verdict=verdict)
    for fault in analysis.faults:
        name = w.word(f"fault.{fault.code}.name")
        span = w.number(fault.start_s), w.number(fault.end_s)
        yield say("analyze.fault", name=name, first=span[0], last=span[1])


def _hold_line(hold: Hold, w: Wording, say: TextsIn) -> str:
    at, whole = w.number(hold.start_s), w.number(hold.end_s - hold.start_s)
    if hold.reasons:
        return say("analyze.no_hold", at=at, whole=whole, why=_reasons(hold.reasons, w))
    return say("analyze.hold", at=at, whole=whole, in_line=w.number(hold.in_line_s))


def _verdict(attempt: Repetition | Rotation, w: Wording, say: TextsIn) -> str:
    if attempt.counted:
        return say("analyze.counted")
    return say("analyze.refused", why=_reasons(attempt.reasons, w))


def _reasons(reasons: Sequence[str], w: Wording) -> str:
    return ", ".join(w.word(f"reason.{each}.name") for each in reasons)


def _waited_lines(
    analysis: Analysis, exercise: Exercise, w: Wording, say: TextsIn
) -> Iterator[str]:
    """Yield what was tried and waited for where little counted, or that nothing did."""
    waited = waiting_sentence(analysis, exercise, w)
    if not waited and not attempts(analysis):
        waited = say("analyze.no_hold_came" if analysis.holds else "analyze.never_held")
    yield from filter(None, (tries_sentence(analysis, exercise, w), waited))


def _sureness_lines(
    analysis: Analysis, exercise: Exercise, w: Wording, say: TextsIn
) -> Iterator[str]:
    """Yield how sure the person's own line is, and what hindered from seeing it."""
    record = analysis.record
    if record.neutral_deg is not None and record.neutral_sd_deg is not None:
        sd = w.number(record.neutral_sd_deg)
        key = "own_line_unsure" if is_unsure(analysis) else "own_line"
        yield say(f"analyze.{key}", line=w.number(record.neutral_deg), sd=sd)
    yield from view_sentences([analysis], w)
    if hindrances_of([analysis]):
        word = w.word(f"confidence.{confidence_of(exercise, [analysis])}")
        yield w.own("confidence_seen", word=word)
