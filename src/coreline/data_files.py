"""The package's own data files, and the user's own exercises, read and checked."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel

from coreline.errors import BadDataError
from coreline.files.own_exercises import asked_for, exercise_files, read_own_exercise
from coreline.files.reading import as_text
from coreline.programme.catalogue import Catalogue, Gathering, parse_programme
from coreline.programme.shared import Shared, parse_shared
from coreline.programme.spec import Programme
from coreline.programme.texts import TextBook, parse_texts
from coreline.programme.toml_data import parse_model
from coreline.programme.wording import SentencesFile

if TYPE_CHECKING:
    from coreline.coaching.cues import CueBook
    from coreline.placement.rules import Rules
    from coreline.programme.typed import Vocabulary

# The shapes of what half of the commands do not read are imported where it is read.

# What is wrong in a file is said in the words of its format, which are English.
_SAYS_WHICH_NL = "coreline exercises zegt welke"
Refused = Callable[[BadDataError], None]


@lru_cache
def load_programme() -> Programme:
    """Return what the handout says beside its exercises.

    Raises:
        BadDataError: The package's file is malformed.
    """
    return parse_programme(*read_own("programme/programme.toml"))


def load_catalogue(
    extra: Path | None = None, kept: Path | None = None, refused: Refused | None = None
) -> Catalogue:
    """Return every exercise of the package, those of the person's folder, and those pointed at.

    Args:
        extra: a TOML file or a folder of them that was asked for: what is wrong there is an error.
        kept: the folder in which the person keeps their own; it need not be there.
        refused: told of each file of `kept` that cannot be taken; all others are. None: the first
            of them is an error as well.

    Raises:
        BadDataError: A file is malformed or unreadable, or two have the same id.
    """
    gathered = _of_the_package().copy()
    folder = kept if kept is not None and kept.is_dir() else None
    cue_ids = () if folder is None and extra is None else load_cues().ids
    taken = [] if folder is None else _gather_kept(gathered, folder, cue_ids, refused or _refuse)
    for path in [] if extra is None else asked_for(extra):
        if path.resolve() not in taken:
            gathered.add_own(read_own_exercise(path), str(path), cue_ids)
    return gathered.catalogue()


@lru_cache(maxsize=4)
def catalogue_with(own: tuple[tuple[str, str], ...]) -> Catalogue:
    """Return every exercise of the package, and those whose files' names and texts are handed in.

    Raises:
        BadDataError: A text is malformed, or two have the same id.
    """
    gathered = _of_the_package().copy()
    for name, text in own:
        gathered.add_own(text, name, load_cues().ids)
    return gathered.catalogue()


@lru_cache
def _of_the_package() -> Gathering:
    """Read the package's exercises once: they stay, and every command and page asks for them."""
    gathered = Gathering(load_programme().level_ids, load_shared())
    for source in _toml_files(files("coreline") / "programme" / "exercises"):
        gathered.add(_read(source, source.name), source.name)
    return gathered


def _gather_kept(
    gathered: Gathering, folder: Path, cue_ids: Sequence[str], refused: Refused
) -> list[Path]:
    """Take up what a person keeps, as far as it can be; return which files were taken."""
    try:
        found = exercise_files(folder)
    except BadDataError as error:
        refused(error)
        return []
    taken = []
    for path in found:
        try:
            gathered.add_own(read_own_exercise(path), str(path), cue_ids)
        except BadDataError as error:
            refused(BadDataError(str(error), nl=f"{path}: hierin zit een fout; {_SAYS_WHICH_NL}"))
        else:
            taken.append(path.resolve())
    return taken


def _refuse(trouble: BadDataError) -> None:
    raise trouble


def load_shared() -> Shared:
    """Return what exercises may name with `use`.

    Raises:
        BadDataError: The package's file is malformed.
    """
    return parse_shared(*read_own("programme/shared.toml"))


@lru_cache
def load_cues() -> "CueBook":
    """Return every spoken cue.

    Raises:
        BadDataError: The package's file is malformed.
    """
    from coreline.coaching.cues import parse_cues  # noqa: PLC0415 - see above

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


@lru_cache
def load_vocabulary() -> "Vocabulary":
    """Return the words that a person may type.

    Raises:
        BadDataError: The package's file is malformed.
    """
    from coreline.programme.typed import Vocabulary  # noqa: PLC0415 - see above

    return parse_model(*read_own("programme/typed.toml"), Vocabulary)


def load_words() -> TextBook:
    """Return the short words of screen and report.

    Raises:
        BadDataError: The package's file is malformed.
    """
    from coreline.coaching.words import WordsFile  # noqa: PLC0415 - see above

    return load_texts("coaching/texts.toml", WordsFile)


def words_with(catalogue: Catalogue) -> TextBook:
    """Return the short words of screen and report, with those that exercises bring.

    Raises:
        BadDataError: The package's file is malformed.
    """
    from coreline.coaching.words import words_of  # noqa: PLC0415 - see above

    return load_words().with_more(words_of(catalogue.everything))


@lru_cache
def load_placement() -> "Rules":
    """Return the numbers of the set-up check and the calibration.

    Raises:
        BadDataError: The package's file is malformed.
    """
    from coreline.placement.rules import parse_placement  # noqa: PLC0415 - see above

    return parse_placement(*read_own("placement/placement.toml"))


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
    """Return the text of one of the package's own files."""
    try:
        return as_text(source.read_bytes(), name)
    except OSError as error:
        raise BadDataError(
            f"{name}: cannot be read: {error.strerror}",
            nl=f"{name}: niet te lezen: {error.strerror}",
        ) from error
