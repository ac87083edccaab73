"""Find a pose model, and refuse one that is not byte for byte the one Coreline was tried with."""

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from coreline.errors import BadModelError, CorelineError
from coreline.files.resources import resource_dir

VARIANTS: Final = ("full", "lite", "heavy")
LIST_NAME: Final = "models.toml"
BUILD: Final = "python models/build_models.py --variant"


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """What `models.toml` says of one model.

    Attributes:
        variant: full, lite or heavy.
        path: Where the bundle lies, or would lie.
        sha256: Of the whole bundle, in hexadecimal.
        size_bytes: Length of the bundle.
        shipped: Whether it comes with Coreline, or is made by the user.
    """

    variant: str
    path: Path
    sha256: str
    size_bytes: int
    shipped: bool


def model_entry(variant: str, folder: Path | None = None) -> ModelEntry:
    """Return what `models.toml` says of `variant`.

    Args:
        variant: One of `VARIANTS`.
        folder: The folder with `models.toml`; the project's own when None.

    Raises:
        BadModelError: The list is missing or malformed, or does not name the variant.
    """
    place = _models_dir() if folder is None else folder
    table = _listed(place / LIST_NAME)
    if variant not in table:
        there = ", ".join(table)
        raise BadModelError(
            f"no pose model is called {variant!r}; choose {there}",
            nl=f"geen houdingsmodel heet {variant!r}; kies {there}",
        )
    return _entry(place, variant, table[variant])


def model_bytes(variant: str, folder: Path | None = None) -> bytes:
    """Return the bundle of `variant`, its sha256 checked.

    The bytes themselves are handed on, not the path: what was checked is what is run, and a path
    with letters that MediaPipe cannot open does not matter.

    Raises:
        BadModelError: The bundle is missing, unreadable or altered; says how to fix it.
    """
    entry = model_entry(variant, folder)
    try:
        data = entry.path.read_bytes()
    except FileNotFoundError as error:
        raise _missing(entry) from error
    except OSError as error:
        raise BadModelError(
            f"pose model {entry.path} cannot be read ({error.strerror}); allow reading it, or "
            f"{_fix(entry)}",
            nl=f"houdingsmodel {entry.path} is niet te lezen ({error.strerror}); sta lezen toe, of "
            f"{_fix_nl(entry)}",
        ) from error
    if hashlib.sha256(data).hexdigest() != entry.sha256:
        raise BadModelError(
            f"pose model {entry.path} is altered: {len(data)} bytes, sha256 not as listed in "
            f"{LIST_NAME}; {_fix(entry)}",
            nl=f"houdingsmodel {entry.path} is veranderd: {len(data)} bytes, sha256 niet als in "
            f"{LIST_NAME}; {_fix_nl(entry)}",
        )
    return data


def _models_dir() -> Path:
    try:
        return resource_dir("models")
    except CorelineError as error:
        raise BadModelError(str(error), nl=error.nl) from error


def _listed(path: Path) -> dict[str, object]:
    """Return the tables of `models.toml` by variant."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8")).get("model")
    except (OSError, ValueError) as error:
        raise BadModelError(
            f"{path} cannot be read: {error}; install Coreline again",
            nl=f"{path} is niet te lezen: {error}; installeer Coreline opnieuw",
        ) from error
    if not isinstance(table, dict):
        raise BadModelError(
            f"{path} has no [model.*] tables; install Coreline again",
            nl=f"{path} heeft geen tabellen [model.*]; installeer Coreline opnieuw",
        )
    return table


def _entry(folder: Path, variant: str, row: object) -> ModelEntry:
    match row:
        case {
            "file": str(name),
            "sha256": str(sha256),
            "bytes": int(size_bytes),
            "shipped": bool(shipped),
        }:
            return ModelEntry(variant, folder / name, sha256, size_bytes, shipped)
        case _:
            raise BadModelError(
                f"{folder / LIST_NAME} [model.{variant}]: file, sha256, bytes or shipped is "
                "missing or of the wrong kind; install Coreline again",
                nl=f"{folder / LIST_NAME} [model.{variant}]: file, sha256, bytes of shipped "
                "ontbreekt of is van de verkeerde soort; installeer Coreline opnieuw",
            )


def _missing(entry: ModelEntry) -> BadModelError:
    if entry.shipped:
        return BadModelError(
            f"pose model {entry.path} is missing; {_fix(entry)}",
            nl=f"houdingsmodel {entry.path} ontbreekt; {_fix_nl(entry)}",
        )
    return BadModelError(
        f"the {entry.variant} pose model does not come with Coreline; make it with "
        f"`{BUILD} {entry.variant}` in a checkout, or choose full or lite",
        nl=f"het houdingsmodel {entry.variant} komt niet met Coreline mee; maak het met "
        f"`{BUILD} {entry.variant}` in de broncode, of kies full of lite",
    )


def _fix_nl(entry: ModelEntry) -> str:
    again = f"maak het opnieuw met `{BUILD} {entry.variant}` in de broncode"
    return f"{again}, of installeer Coreline opnieuw"


def _fix(entry: ModelEntry) -> str:
    return f"make it again with `{BUILD} {entry.variant}` in a checkout, or install Coreline again"
