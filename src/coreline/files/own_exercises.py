"""The files of a person's own exercises: which there are, and their texts.

Only regular files are read, and none that is larger than an exercise can be: what lies in a folder
need not be what its name says.
"""

import stat
from pathlib import Path

from coreline.errors import BadDataError
from coreline.files.reading import reason_in_dutch
from coreline.files.toml_texts import read_toml
from coreline.limits import EXERCISE_BYTES, EXERCISES


def exercise_files(folder: Path) -> list[Path]:
    """Return the exercise files in a folder by name; hidden ones are none.

    Raises:
        BadDataError: It cannot be looked into, or there are more than a person can have written.
    """
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        raise BadDataError(
            f"{folder}: cannot be read: {error.strerror}",
            nl=f"{folder}: niet te lezen: {reason_in_dutch(error)}",
        ) from error
    found = [each for each in entries if _is_exercise(each)]
    if len(found) > EXERCISES:
        raise BadDataError(
            f"{folder}: has {len(found)} TOML files; keep {EXERCISES} exercises in it at most",
            nl=f"{folder}: heeft {len(found)} TOML-bestanden; bewaar er hoogstens {EXERCISES} "
            "oefeningen in",
        )
    return found


def asked_for(path: Path) -> list[Path]:
    """Return the exercise files that somebody pointed at: one, or those of a folder.

    Raises:
        BadDataError: There are none, or too many.
    """
    try:
        is_folder = stat.S_ISDIR(path.stat().st_mode)
    except (OSError, ValueError) as error:
        raise BadDataError(
            f"{path}: not found; give a TOML file or a folder of them",
            nl=f"{path}: niet gevonden; geef een TOML-bestand of een map ermee",
        ) from error
    if not is_folder:
        return [path]
    found = exercise_files(path)
    if not found:
        raise BadDataError(
            f"{path}: no exercise in it; put a TOML file there",
            nl=f"{path}: er zit geen oefening in; zet er een TOML-bestand in",
        )
    return found


def read_own_exercise(path: Path) -> str:
    """Return the text of an exercise's file.

    Raises:
        BadDataError: It is no regular file, too large, unreadable, or not UTF-8, or it holds more
            than an exercise can.
    """
    try:
        return read_toml(path, EXERCISE_BYTES)
    except OSError as error:
        raise BadDataError(
            f"{path}: {error.strerror or error}; give a TOML file of an exercise, or a folder of "
            "them, or take it out of the folder",
            nl=f"{path}: {reason_in_dutch(error)}; geef een TOML-bestand van een oefening, of een "
            "map ermee, of haal het uit de map",
        ) from error


def _is_exercise(path: Path) -> bool:
    return path.suffix == ".toml" and not path.name.startswith(".") and path.is_file()
