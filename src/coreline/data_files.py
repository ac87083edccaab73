"""The package's own data files, and the user's own exercises, read and checked."""

from collections.abc import Callable, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from coreline.coaching.cues import CueBook, parse_cues
from coreline.coaching.words import Words, parse_words
from coreline.errors import BadDataError
from coreline.files.own_exercises import as_text, asked_for, exercise_files, read_own_exercise
from coreline.placement.rules import Rules, parse_placement
from coreline.programme.catalogue import Catalogue, Gathering, parse_programme
from coreline.programme.shared import Shared, parse_shared
from coreline.programme.spec import Programme
from coreline.programme.wording import Sentences, parse_sentences

Refused = Callable[[str], None]


def load_programme() -> Programme:
    """Return what the handout says beside its exercises.

    Raises:
        BadDataError: The package's file is malformed.
    """
    return parse_programme(*_read_own("programme/programme.toml"))


def load_catalogue(
    extra: Path | None = None, kept: Path | None = None, refused: Refused | None = None
) -> Catalogue:
    """Return every exercise of the package, those of the person's folder, and those pointed at.

    Args:
        extra: a TOML file or a folder of them that was asked for: what is wrong there is an error.
        kept: the folder in which the person keeps their own; it need not be there.
        refused: told of each file of `kept` that cannot be taken, in a line; all others are. None:
            the first of them is an error as well.

    Raises:
        BadDataError: A file is malformed or unreadable, or two have the same id.
    """
    gathered = Gathering(load_programme().level_ids, load_shared())
    for source in _toml_files(files("coreline") / "programme" / "exercises"):
        gathered.add(_read(source, source.name), source.name)
    folder = kept if kept is not None and kept.is_dir() else None
    cue_ids = () if folder is None and extra is None else load_cues().ids
    taken = [] if folder is None else _gather_kept(gathered, folder, cue_ids, refused or _refuse)
    for path in [] if extra is None else asked_for(extra):
        if path.resolve() not in taken:
            gathered.add_own(read_own_exercise(path), str(path), cue_ids)
    return gathered.catalogue()


def _gather_kept(
    gathered: Gathering, folder: Path, cue_ids: Sequence[str], refused: Refused
) -> list[Path]:
    """Take up what a person keeps, as far as it can be; return which files were taken."""
    try:
        found = exercise_files(folder)
    except BadDataError as error:
        refused(str(error))
        return []
    taken = []
    for path in found:
        try:
            gathered.add_own(read_own_exercise(path), str(path), cue_ids)
        except BadDataError as error:
            refused(str(error))
        else:
            taken.append(path.resolve())
    return taken


def _refuse(trouble: str) -> None:
    raise BadDataError(trouble)


def load_shared() -> Shared:
    """Return the bands and conditions that exercises may name with `use`."""
    return parse_shared(_read_own("programme/shared.toml")[0])


def load_cues() -> CueBook:
    """Return every spoken cue.

    Raises:
        BadDataError: The package's file is malformed.
    """
    return parse_cues(*_read_own("coaching/cues.toml"))


def load_sentences() -> Sentences:
    """Return the sentences of the plan: why, what may be chosen, what to know.

    Raises:
        BadDataError: The package's file is malformed.
    """
    return parse_sentences(*_read_own("programme/texts.toml"))


def load_words() -> Words:
    """Return the short words of screen and report.

    Raises:
        BadDataError: The package's file is malformed.
    """
    return parse_words(*_read_own("coaching/texts.toml"))


def words_with(catalogue: Catalogue) -> Words:
    """Return the short words of screen and report, with those that exercises bring.

    Raises:
        BadDataError: The package's file is malformed.
    """
    return load_words().with_own(catalogue.everything)


def load_placement() -> Rules:
    """Return the numbers of the set-up check and the calibration.

    Raises:
        BadDataError: The package's file is malformed.
    """
    return parse_placement(*_read_own("placement/placement.toml"))


def _toml_files(folder: Traversable) -> list[Traversable]:
    """Return the TOML files of a folder by name."""
    found = [entry for entry in folder.iterdir() if entry.name.endswith(".toml")]
    return sorted(found, key=lambda entry: entry.name)


def _read_own(path: str) -> tuple[str, str]:
    """Return text and name of one of the package's own files."""
    source = files("coreline").joinpath(*path.split("/"))
    return _read(source, source.name), source.name


def _read(source: Traversable, name: str) -> str:
    """Return the text of one of the package's own files."""
    try:
        return as_text(source.read_bytes(), name)
    except OSError as error:
        raise BadDataError(f"{name}: cannot be read: {error.strerror}") from error
