"""The exercises a command knows: the programme's, the person's own, and those it was pointed at."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from coreline.data_files import load_catalogue
from coreline.errors import BadDataError, CorelineError
from coreline.files.folders import exercises_folder
from coreline.files.own_exercises import asked_for, exercise_files, read_own_exercise
from coreline.programme.catalogue import Catalogue

Own = Annotated[
    Path | None,
    typer.Option("--exercises", help="Your own beside those kept: a TOML file or a folder."),
]


def exercises_known(own: Path | None = None) -> Catalogue:
    """Return every exercise, those that the person keeps and those in `own` among them.

    Raises:
        BadDataError: A file is malformed or unreadable.
    """
    return load_catalogue(own, exercises_folder())


def own_texts(own: Path | None = None) -> tuple[tuple[str, str], ...]:
    """Return name and text of each exercise that is not the programme's, for who has no such files.

    Raises:
        BadDataError: A file is unreadable.
    """
    kept = exercises_folder()
    paths = exercise_files(kept) if kept.is_dir() else []
    known = {path.resolve() for path in paths}
    if own is not None:
        paths += [path for path in asked_for(own) if path.resolve() not in known]
    return tuple((str(path), read_own_exercise(path)) for path in paths)


def exercises_to_train(say: Callable[[CorelineError], None], own: Path | None = None) -> Catalogue:
    """Return the same for somebody who wants to train: a kept file that is broken is left out.

    `say` is told which and why; a broken one in `own` was asked for, and is an error.

    Raises:
        BadDataError: A file of `own` is malformed or unreadable.
    """
    return load_catalogue(own, exercises_folder(), lambda why: say(_left_out(why)))


def _left_out(why: BadDataError) -> BadDataError:
    return BadDataError(f"left out: {why}", nl=f"weggelaten: {why.in_('nl')}")
