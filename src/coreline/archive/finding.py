"""Which clips a person means: files, folders of them, addresses."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from coreline.archive.tasks import file_name, is_address, without_secrets
from coreline.errors import BadSourceError
from coreline.files.kinds import Kind, kind_of
from coreline.files.reading import is_folder, opened_file, reason_in_dutch
from coreline.limits import CLIPS, VIDEO_BYTES
from coreline.printable import printable

# What a camera or a telephone calls a video, and what --save-poses writes.
_SUFFIXES: Final = frozenset(
    (".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi", ".mpg", ".mpeg", ".3gp", ".mts", ".npz")
)
_CLIPS: Final = (Kind.VIDEO, Kind.TRACE)
_HEAD_BYTES: Final = 4096


@dataclass(frozen=True, slots=True)
class Found:
    """The clips, each as where it is and what it is called, and what was passed over."""

    clips: tuple[tuple[str, str], ...]
    passed_over: tuple[str, ...] = ()


def clips_in(places: Sequence[str], but: Path) -> Found:
    """Return the clips that are meant, those of a folder by name, each once.

    A file that is named is a clip, whatever it is; of a folder those are whose name or first bytes
    say so. Hidden files are none, and nothing in `but` is.

    Raises:
        BadSourceError: What is named is not there or is `but` itself, a folder cannot be looked
            into, there is no clip at all, or there are too many.
    """
    clips: dict[str, str] = {}
    passed_over: list[str] = []
    for place in places:
        if is_address(place):
            clips.setdefault(place, without_secrets(place))
        elif not is_folder(Path(place)):
            _refuse_missing(place)
            clips.setdefault(place, printable(place) if len(places) > 1 else file_name(place))
        else:
            _refuse_same(Path(place), but)
            for path in _files_of(Path(place), but.resolve()):
                name = printable(path if len(places) > 1 else path.relative_to(place))
                if _is_clip(path):
                    clips.setdefault(str(path), name)
                else:
                    passed_over.append(name)
    _refuse_number(len(clips), places)
    return Found(tuple(clips.items()), tuple(passed_over))


def _refuse_missing(place: str) -> None:
    """Raise where nothing is there: a slip of the hand, of which no page has to be made."""
    try:
        Path(place).stat()
    except (OSError, ValueError) as error:
        why = error if isinstance(error, OSError) else OSError(str(error))
        shown = printable(place)
        raise BadSourceError(
            f"{shown}: {why.strerror or why}; give videos, landmark traces or folders of them",
            nl=f"{shown}: {reason_in_dutch(why)}; geef video's, reeksen lichaamspunten of mappen "
            "daarvan",
        ) from error


def _refuse_same(folder: Path, but: Path) -> None:
    if folder.resolve() == but.resolve():
        raise BadSourceError(
            f"{printable(folder)}: has the clips in it; give --out another folder",
            nl=f"{printable(folder)}: daar staan de opnamen in; geef --out een andere map",
        )


def _refuse_number(number: int, places: Sequence[str]) -> None:
    where = printable(", ".join(places[:3]))
    if not number:
        raise BadSourceError(
            f"{where}: no clip in it; put videos or landmark traces there",
            nl=f"{where}: er is geen opname in; zet er video's of reeksen lichaamspunten in",
        )
    if number > CLIPS:
        raise BadSourceError(
            f"{where}: {number} clips, {CLIPS} at most; give them in parts",
            nl=f"{where}: {number} opnamen, hoogstens {CLIPS}; geef ze in delen",
        )


def _files_of(folder: Path, but: Path) -> Iterator[Path]:
    """Yield the files below a folder in order of their names; links to folders are not followed."""

    def refuse(error: OSError) -> None:
        raise BadSourceError(
            f"{error.filename}: {error.strerror or error}; allow reading it or take it out",
            nl=f"{error.filename}: {reason_in_dutch(error)}; sta lezen toe of haal het weg",
        ) from error

    for place, folders, names in os.walk(folder, onerror=refuse):
        within = Path(place)
        folders[:] = sorted(
            each
            for each in folders
            if not each.startswith(".") and (within / each).resolve() != but
        )
        yield from (within / each for each in sorted(names) if not each.startswith("."))


def _is_clip(path: Path) -> bool:
    if path.suffix.lower() in _SUFFIXES:
        return True
    try:
        with opened_file(path, VIDEO_BYTES) as file:
            return kind_of(file.read(_HEAD_BYTES)) in _CLIPS
    except (OSError, ValueError):
        return False
