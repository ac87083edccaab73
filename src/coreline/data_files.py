"""The package's own data files, and the user's own exercises, read and checked."""

from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from pydantic import BaseModel

from coreline.coaching.cues import CueBook, parse_cues
from coreline.coaching.words import WordsFile
from coreline.errors import BadDataError
from coreline.placement.rules import Rules, parse_placement
from coreline.programme.catalogue import Catalogue, parse_catalogue, parse_programme
from coreline.programme.shared import Shared, parse_shared
from coreline.programme.spec import Programme
from coreline.programme.texts import TextBook, parse_texts
from coreline.programme.wording import SentencesFile


def load_programme() -> Programme:
    """Return what the handout says beside its exercises.

    Raises:
        BadDataError: The package's file is malformed.
    """
    return parse_programme(*read_own("programme/programme.toml"))


def load_catalogue(extra: Path | None = None) -> Catalogue:
    """Return every exercise of the package, and those of `extra`: a TOML file or a folder of them.

    Raises:
        BadDataError: A file is malformed or unreadable, or two have the same id.
    """
    own = _toml_files(files("coreline") / "programme" / "exercises")
    texts = {source.name: _read(source, source.name) for source in own}
    if extra is not None:
        texts |= {str(source): _read(source, str(source)) for source in _extra_files(extra)}
    return parse_catalogue(texts, load_programme().level_ids, load_shared())


def load_shared() -> Shared:
    """Return what exercises may name with `use`.

    Raises:
        BadDataError: The package's file is malformed.
    """
    return parse_shared(*read_own("programme/shared.toml"))


def load_cues() -> CueBook:
    """Return every spoken cue.

    Raises:
        BadDataError: The package's file is malformed.
    """
    return parse_cues(*read_own("coaching/cues.toml"))


@lru_cache
def load_texts(path: str, shape: type[BaseModel]) -> TextBook:
    """Return the texts of one of the package's own files, such as `screen/texts.toml`.

    Raises:
        BadDataError: The file is malformed or unreadable.
    """
    return parse_texts(*read_own(path), shape)


def load_sentences() -> TextBook:
    """Return the sentences of the plan: why, what may be chosen, what to know.

    Raises:
        BadDataError: The package's file is malformed.
    """
    return load_texts("programme/texts.toml", SentencesFile)


def load_words() -> TextBook:
    """Return the short words of screen and report.

    Raises:
        BadDataError: The package's file is malformed.
    """
    return load_texts("coaching/texts.toml", WordsFile)


def load_placement() -> Rules:
    """Return the numbers of the set-up check and the calibration.

    Raises:
        BadDataError: The package's file is malformed.
    """
    return parse_placement(*read_own("placement/placement.toml"))


def _extra_files(extra: Path) -> list[Path]:
    """Return the exercise files the user pointed at."""
    if not extra.exists():
        raise BadDataError(f"{extra}: not found; give a TOML file or a folder of them")
    if extra.is_file():
        return [extra]
    found = sorted(extra.glob("*.toml"))
    if not found:
        raise BadDataError(f"{extra}: no exercise in it; put a TOML file there")
    return found


def _toml_files(folder: Traversable) -> list[Traversable]:
    """Return the TOML files of a folder by name."""
    found = [entry for entry in folder.iterdir() if entry.name.endswith(".toml")]
    return sorted(found, key=lambda entry: entry.name)


def read_own(path: str) -> tuple[str, str]:
    """Return text and path of one of the package's own files.

    Raises:
        BadDataError: It is not there, or cannot be read.
    """
    return _read(files("coreline").joinpath(*path.split("/")), path), path


def _read(source: Traversable, name: str) -> str:
    """Return a file's text; a byte order mark, as some editors leave, is passed over."""
    try:
        return source.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise BadDataError(f"{name}:{line}: not UTF-8; save the file as UTF-8") from error
    except OSError as error:
        raise BadDataError(f"{name}: cannot be read: {error.strerror}") from error
