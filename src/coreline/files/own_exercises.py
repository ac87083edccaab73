"""The files of a person's own exercises: which there are, and their texts.

Only regular files are read, and none that is larger than an exercise can be: what lies in a folder
need not be what its name says.
"""

from pathlib import Path
from typing import Final

from coreline.errors import BadDataError

LARGEST_BYTES: Final = 256 * 1024  # the longest exercise of the programme has 8 kB
MOST_FILES: Final = 100


def exercise_files(folder: Path) -> list[Path]:
    """Return the exercise files in a folder by name; hidden ones are none.

    Raises:
        BadDataError: It cannot be looked into, or there are more than a person can have written.
    """
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        raise BadDataError(f"{folder}: cannot be read: {error.strerror}") from error
    found = [each for each in entries if _is_exercise(each)]
    if len(found) > MOST_FILES:
        raise BadDataError(
            f"{folder}: has {len(found)} TOML files; keep {MOST_FILES} exercises in it at most"
        )
    return found


def asked_for(path: Path) -> list[Path]:
    """Return the exercise files that somebody pointed at: one, or those of a folder.

    Raises:
        BadDataError: There are none, or too many.
    """
    if not path.exists():
        raise BadDataError(f"{path}: not found; give a TOML file or a folder of them")
    if not path.is_dir():
        return [path]
    found = exercise_files(path)
    if not found:
        raise BadDataError(f"{path}: no exercise in it; put a TOML file there")
    return found


def read_own_exercise(path: Path) -> str:
    """Return the text of an exercise's file.

    Raises:
        BadDataError: It is no regular file, too large, unreadable, or not UTF-8.
    """
    if not path.is_file():
        raise BadDataError(f"{path}: is no regular file; give a TOML file or a folder of them")
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST_BYTES + 1)
    except OSError as error:
        raise BadDataError(f"{path}: cannot be read: {error.strerror}") from error
    if len(raw) > LARGEST_BYTES:
        raise BadDataError(
            f"{path}: is larger than {LARGEST_BYTES // 1024} kB, which no exercise is; "
            "take it out of the folder, or cut it down"
        )
    return as_text(raw, str(path))


def as_text(raw: bytes, name: str) -> str:
    """Return a file's text; a byte order mark, as some editors leave, is passed over.

    Raises:
        BadDataError: It is not UTF-8.
    """
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise BadDataError(f"{name}:{line}: not UTF-8; save the file as UTF-8") from error


def _is_exercise(path: Path) -> bool:
    return path.suffix == ".toml" and not path.name.startswith(".") and path.is_file()
