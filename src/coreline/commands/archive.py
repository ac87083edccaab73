"""`coreline analyze FOLDER --out FOLDER`: many clips judged, with a page over all reports."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Final, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from coreline.archive.clip_list import clips_listed
from coreline.archive.cluster import outcomes as outcomes_away
from coreline.archive.fetching import INSTALL, can_fetch
from coreline.archive.finding import clips_in
from coreline.archive.kept import RunFolder
from coreline.archive.pool import cores, outcomes
from coreline.archive.run import Ended, Judges, Run, can_write_parquet
from coreline.archive.tasks import AUTO, Asked, Clip, Settings, is_address, named
from coreline.archive.versions import versions_here
from coreline.commands.options import judged_exercise
from coreline.commands.own_exercises import exercises_known, own_texts
from coreline.commands.terminal import tell
from coreline.commands.wording import words_in
from coreline.data_files import words_with
from coreline.errors import BadDataError, BadSourceError
from coreline.files.reading import is_folder
from coreline.programme.catalogue import Catalogue
from coreline.programme.language import Language
from coreline.programme.texts import TextsIn
from coreline.programme.typed import folded
from coreline.report.archive_page import ClipResult, worst_first

SOME_FAILED: Final = 3  # exit code: all were looked at, and some could not be judged
_STOPPED: Final = 130  # what a shell returns after Ctrl-C
_ENDED: Final = 143  # and after SIGTERM
_MOST_ROWS: Final = 40  # on the terminal: two screens; the page has them all
_NAMED: Final = 3  # of the files that are passed over
_SPEED_OVER_S: Final = 3_600.0  # clips take minutes, and the time left is told from them


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was typed.

    Attributes:
        places: Files, folders, addresses.
        listed: A list of clips; None without.
        out: Where the results go.
        exercise: As typed; None is auto.
        asked: The rest of what is asked of every clip.
        own: Exercises of somebody's own.
        model: The pose model.
        language: Of everything that is written.
        workers: How many judge at once; None for one a core.
        parquet: Also the typed table.
        cluster: The address of the scheduler that has others judge; None for here.
    """

    places: tuple[str, ...]
    listed: Path | None
    out: Path
    exercise: str | None
    asked: Asked
    own: Path | None
    model: str
    language: Language
    workers: int | None = None
    parquet: bool = False
    cluster: str | None = None


def analyze_many(wanted: Wanted) -> None:
    """Judge every clip that was not judged before, write the page and the tables, say how it went.

    Raises:
        CorelineError: Nothing can be begun, or not be gone on with; what is kept stays.
        typer.Exit: Some could not be judged, or it was stopped.
    """
    if wanted.parquet and not can_write_parquet():
        raise BadDataError(
            "--parquet: pyarrow is not installed; install coreline[parquet]",
            nl="--parquet: pyarrow is niet geïnstalleerd; installeer coreline[parquet]",
        )
    catalogue = exercises_known(wanted.own)
    clips = _clips(wanted, catalogue)
    if any(clip.is_remote for clip in clips) and not can_fetch():
        raise BadSourceError(INSTALL[0], nl=INSTALL[1])
    if wanted.cluster is not None:  # a worker is in another folder
        clips = [each if each.is_remote else replace(each, where=_whole(each)) for each in clips]
    settings = Settings(
        model=wanted.model,
        language=wanted.language,
        versions=versions_here(wanted.model),
        own=own_texts(wanted.own),
        away=wanted.cluster is not None,
    )
    say = words_in(wanted.language)
    with RunFolder(wanted.out) as folder, _stoppable(), _progress(len(clips), say) as tell_of:
        run = Run(clips, settings, folder, tell_of)
        try:
            run.judge(_judges(wanted, settings, len(clips)))
            results = run.write_tables(words_with(catalogue), parquet=wanted.parquet)
        except KeyboardInterrupt as stopped:
            _stop(stopped, tell_of, say)
    _tell_results(results, folder, say)
    if any(each.row is None for each in results):
        raise typer.Exit(SOME_FAILED)


def _clips(wanted: Wanted, catalogue: Catalogue) -> list[Clip]:
    def exercise_of(given: str) -> str:
        return AUTO if folded(given) == AUTO else judged_exercise(catalogue, given).id

    usual = replace(wanted.asked, exercise=exercise_of(wanted.exercise or AUTO))
    if wanted.listed is not None:
        return clips_listed(wanted.listed, _folder_of_list(wanted), usual, exercise_of)
    found = clips_in(wanted.places, wanted.out)
    if found.passed_over:
        said, number = words_in(wanted.language), len(found.passed_over)
        more = ", …" if number > _NAMED else ""
        which = ", ".join(found.passed_over[:_NAMED]) + more
        tell(said("archive.passed_over", n=number, which=which), err=True)
    return named(found.clips, usual)


def _whole(clip: Clip) -> str:
    return str(Path(clip.where).absolute())


def _folder_of_list(wanted: Wanted) -> Path | None:
    """Return the folder in which the files of a list lie, where one was given beside it."""
    if not wanted.places:
        return None
    place = wanted.places[0]
    if len(wanted.places) > 1 or is_address(place) or not is_folder(Path(place)):
        raise BadSourceError(
            "--list: it names the clips; give beside it the one folder that they are in, or none",
            nl="--list: die noemt de opnamen; geef ernaast de ene map waarin ze staan, of niets",
        )
    return Path(place)


def _judges(wanted: Wanted, settings: Settings, clips: int) -> Judges:
    if wanted.cluster is not None:
        return partial(outcomes_away, address=wanted.cluster, settings=settings)
    return partial(outcomes, workers=min(wanted.workers or cores(), clips))


# Stopping


class _Ended(KeyboardInterrupt):
    """The system asked the program to end."""


@contextmanager
def _stoppable() -> Iterator[None]:
    """Take SIGTERM as Ctrl-C is taken, so that workers are ended and nothing is half-written."""

    def end(_number: int, _frame: FrameType | None) -> NoReturn:
        raise _Ended

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _stop(stopped: KeyboardInterrupt, tell_of: "_Account", say: TextsIn) -> NoReturn:
    tell_of.end()
    tell(say("archive.stopped"), err=True)
    raise typer.Exit(_ENDED if isinstance(stopped, _Ended) else _STOPPED) from stopped


# What is told


class _Account:
    """Tells how far a run is: a bar where somebody is looking, a line of each clip that failed."""

    def __init__(self, clips: int, bar: Progress, say: TextsIn) -> None:
        self._left, self._bar, self._say = clips, bar, say
        self._task = bar.add_task("", total=clips)

    def __call__(self, ended: Ended) -> None:
        """Take a clip of which it is known what came of it."""
        if ended.before:  # it says nothing of how long the others take
            self._left -= 1
            self._bar.update(self._task, total=self._left)
        else:
            self._bar.advance(self._task)
        language = self._say.language
        if ended.error is not None:
            tell(f"coreline: {ended.error[language == 'nl']}", err=True)
        elif ended.notice:
            tell(f"coreline: {ended.notice}", err=True)

    def end(self) -> None:
        """Take the bar away."""
        self._bar.stop()


@contextmanager
def _progress(clips: int, say: TextsIn) -> Iterator[_Account]:
    console = Console(stderr=True)
    columns = (
        MofNCompleteColumn(),
        TextColumn(say("archive.clips")),
        BarColumn(),
        TimeRemainingColumn(),
    )
    with Progress(
        *columns,
        console=console,
        transient=True,
        disable=not (console.is_terminal and sys.stdout.isatty()),
        speed_estimate_period=_SPEED_OVER_S,
    ) as bar:
        yield _Account(clips, bar, say)


def _tell_results(results: list[ClipResult], folder: RunFolder, say: TextsIn) -> None:
    """Show the worst of the clips where somebody is looking, and say where all of them are."""
    console = Console()
    if console.is_terminal:
        console.print(_table(worst_first(results), say), markup=False)
        if (more := len(results) - _MOST_ROWS) > 0:
            tell(say("archive.more", n=more))
    missed = sum(each.row is None for each in results)
    key = "archive.ended_missed" if missed else "archive.ended"
    tell(say(key, judged=len(results) - missed, missed=missed, place=folder.index))


def _table(results: list[ClipResult], say: TextsIn) -> Table:
    names = ("clip", "exercise", "did", "score", "mend")
    table = Table(*(say(f"archive.{name}") for name in names))
    for each in results[:_MOST_ROWS]:
        # As texts: what is in brackets would be taken for a colour.
        table.add_row(*map(Text, _row(each)))
    return table


def _row(result: ClipResult) -> tuple[str, ...]:
    row = result.row
    if row is None:
        return result.name, "", "", "", result.error
    exercise = f"{row['exercise']} {row['side']}".strip()
    return result.name, exercise, row["done"], row["score"], row["improve"]
