"""What a file is, by its first bytes: somebody who gives a photograph for a video is told so.

A file that is of another kind than what was asked for is not damaged, and nothing is to be mended
in it; it is called what it is.
"""

import re
from collections.abc import Callable, Collection
from enum import StrEnum
from pathlib import Path
from typing import Final, TypeVar

from coreline.errors import CorelineError
from coreline.files.reading import opened_file

_HEAD_BYTES: Final = 4096
_NAME_AT: Final = 30  # in a zip archive: the name of the first file in it
_NAME_SIZE_AT: Final = 26
_ANY_SIZE: Final = 2**63  # of the file: only its head is read
Error = TypeVar("Error", bound=CorelineError)


class Kind(StrEnum):
    """The kinds of files that people have, each by what the message calls it."""

    EMPTY = "an empty file"
    JPEG = "a JPEG picture"
    PNG = "a PNG picture"
    GIF = "a GIF picture"
    HEIC = "a HEIC picture"
    PICTURE = "a picture in another format"
    SOUND = "a sound file"
    VIDEO = "a video"
    PDF = "a PDF document"
    DATABASE = "an SQLite database, as the journal is"
    TRACE = "a landmark trace"
    OFFICE = "a document of an office program"
    ARCHIVE = "an archive"
    PAGE = "a page for the browser, as a report is"
    JSON = "a JSON file"
    CALENDAR = "a calendar file"


_IN_DUTCH: Final = {
    Kind.EMPTY: "een leeg bestand",
    Kind.JPEG: "een JPEG-foto",
    Kind.PNG: "een PNG-afbeelding",
    Kind.GIF: "een GIF-afbeelding",
    Kind.HEIC: "een HEIC-foto",
    Kind.PICTURE: "een afbeelding van een andere soort",
    Kind.SOUND: "een geluidsbestand",
    Kind.VIDEO: "een video",
    Kind.PDF: "een PDF-document",
    Kind.DATABASE: "een SQLite-database, zoals het logboek",
    Kind.TRACE: "een opname van lichaamspunten",
    Kind.OFFICE: "een document van een kantoorprogramma",
    Kind.ARCHIVE: "een archief",
    Kind.PAGE: "een pagina voor de browser, zoals een rapport",
    Kind.JSON: "een JSON-bestand",
    Kind.CALENDAR: "een agendabestand",
}

# What a kind begins with; the first that fits is it. Whatever could begin a text is asked for more.
_BEGINNINGS: Final[tuple[tuple[re.Pattern[bytes], Kind], ...]] = tuple(
    (re.compile(begins, re.DOTALL), kind)
    for begins, kind in (
        (rb"\xff\xd8\xff", Kind.JPEG),
        (rb"\x89PNG\r\n\x1a\n", Kind.PNG),
        (rb"GIF8[79]a", Kind.GIF),
        (rb"\0{3}.ftyp(?:hei|hev|mif1)", Kind.HEIC),
        (rb"RIFF.{4}WEBP|BM.{4}\0{4}|II\*\0|MM\0\*|\0{3}.ftypavif", Kind.PICTURE),
        (rb"RIFF.{4}WAVE|ID3[\x02-\x04]|fLaC\0|OggS\0|\0{3}.ftypM4A", Kind.SOUND),
        (
            rb"\x00.{3}(?:ftyp|moov|mdat|wide|free)|\x1aE\xdf\xa3|RIFF.{4}AVI |\x00\x00\x01\xba",
            Kind.VIDEO,
        ),
        (rb"%PDF-", Kind.PDF),
        (rb"SQLite format 3\0", Kind.DATABASE),
        (rb"\xd0\xcf\x11\xe0", Kind.OFFICE),
        (rb"\x1f\x8b|7z\xbc\xaf\x27\x1c|Rar!\x1a", Kind.ARCHIVE),
        (rb"(?i:(?:\xef\xbb\xbf)?\s*<(?:!doctype )?html)", Kind.PAGE),
        (rb"(?i:begin:vcalendar)", Kind.CALENDAR),
        (rb"(?:\xef\xbb\xbf)?\s*\{", Kind.JSON),
    )
)


def kind_of(head: bytes) -> Kind | None:
    """Return what a file is by its first bytes; None where they say nothing."""
    if not head:
        return Kind.EMPTY
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_archive(head)
    return next((kind for begins, kind in _BEGINNINGS if begins.match(head)), None)


def refuse_other_kind(
    path: Path,
    error: Callable[..., Error],
    wanted: tuple[str, str],
    fine: Collection[Kind] = (),
) -> None:
    """Raise an error where a file is plainly of another kind; what cannot be told is let through.

    Args:
        path: The file; where it cannot be read, whoever wants it will say so.
        error: The class of the error.
        wanted: What it should be and what to give, in English, and in Dutch without the article.
        fine: The kinds that it may be.

    Raises:
        CorelineError: It is of another kind, of the class that was given.
    """
    try:
        with opened_file(path, _ANY_SIZE) as file:
            kind = kind_of(file.read(_HEAD_BYTES))
    except (OSError, ValueError):
        return
    if kind is not None and kind not in fine:
        en, nl = wanted
        raise error(f"{path}: is {kind}, not {en}", nl=f"{path}: is {_IN_DUTCH[kind]}, geen {nl}")


def _kind_of_archive(head: bytes) -> Kind | None:
    """Return what a zip archive is by the first file in it; None where that is cut off."""
    size = int.from_bytes(head[_NAME_SIZE_AT : _NAME_SIZE_AT + 2], "little")
    name = head[_NAME_AT : _NAME_AT + size]
    if not name or len(name) < size:
        return None
    if name.endswith(b".npy"):
        return Kind.TRACE
    return Kind.OFFICE if name in {b"[Content_Types].xml", b"mimetype"} else Kind.ARCHIVE
