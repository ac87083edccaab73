"""The one place that writes files: whole or not at all, and for their owner alone.

What happens depends on what there is at the place:

- a file, or nothing yet: the new one is written beside it, put on the disk and moved there when it
  is finished. Everything Coreline writes is about a person, so it has mode 0600, or the older
  file's where that is stricter;
- a link: the file it points at is replaced, the link stays;
- a pipe, a socket that listens, or a device such as /dev/null: it is written into once all is
  known, and stays what it is. Where nobody reads, that is said at once; whoever reads slowly is
  waited for, as in any pipe;
- a folder, a disk, a link to nothing, a place that is missing or cannot be written: one line.

What was there before is untouched until then, and nothing half-written is left.
"""

import csv
import errno
import io
import os
import secrets
import socket
import stat
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from coreline.errors import BadOutputError

OWNER_ONLY_FILE: Final = 0o600
_PROBE_BYTES: Final = 4096  # a block, so that a full disk is noticed
# Windows has neither this nor pipes among its files.
_AT_ONCE: Final[int] = getattr(os, "O_NONBLOCK", 0)
_NO_LINK: Final[int] = getattr(os, "O_NOFOLLOW", 0)
_IN_USE: Final = (5, 32)  # what Windows says of replacing a file that another program has open
Said = tuple[str, str]  # in English and Dutch
_REASONS: Final[dict[int, Said]] = {
    errno.ENOENT: (
        "there is no such folder; make it first or choose another",
        "deze map is er niet; maak hem eerst of kies een andere",
    ),
    errno.ENOTDIR: (
        "a part of the path is a file, not a folder; choose another place",
        "een deel van het pad is een bestand, geen map; kies een andere plek",
    ),
    errno.EACCES: (
        "writing is not allowed here; choose another folder",
        "schrijven mag hier niet; kies een andere map",
    ),
    errno.EPERM: (
        "writing is not allowed here; choose another folder",
        "schrijven mag hier niet; kies een andere map",
    ),
    errno.EROFS: (
        "the disk can only be read; choose another folder",
        "de schijf is alleen te lezen; kies een andere map",
    ),
    errno.ENOSPC: (
        "the disk is full; make room or choose another disk",
        "de schijf is vol; maak ruimte of kies een andere schijf",
    ),
    errno.EDQUOT: (
        "your share of the disk is full; make room or choose another disk",
        "je deel van de schijf is vol; maak ruimte of kies een andere schijf",
    ),
    errno.EFBIG: (
        "it is larger than this disk or a limit allows; choose another disk",
        "het is groter dan deze schijf of een grens toestaat; kies een andere schijf",
    ),
    errno.ENAMETOOLONG: (
        "the name is too long; choose a shorter one",
        "de naam is te lang; kies een kortere",
    ),
    errno.ENXIO: (
        "nobody reads from it; start what is to read it first",
        "niemand leest ervan; start eerst wat het moet lezen",
    ),
    errno.ECONNREFUSED: (
        "nobody reads from it; start what is to read it first",
        "niemand leest ervan; start eerst wat het moet lezen",
    ),
    errno.ECONNRESET: (
        "what read it has ended; start that again",
        "wat het las is gestopt; start dat opnieuw",
    ),
    errno.EPIPE: (
        "what read it has ended; start that again",
        "wat het las is gestopt; start dat opnieuw",
    ),
}


def write_text(path: Path, text: str) -> None:
    """Write a text as UTF-8, line ends as they are.

    Raises:
        BadOutputError: It cannot be written there; nothing half-written is left.
    """
    write_bytes(path, text.encode("utf-8"))


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a table as RFC 4180 has it: commas, CRLF, UTF-8.

    Raises:
        BadOutputError: It cannot be written there; nothing half-written is left.
    """
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(header)
    writer.writerows(rows)
    write_text(path, table.getvalue())


def write_pieces(path: Path, pieces: Iterable[str]) -> None:
    """Write a text that comes in pieces as UTF-8; none of them is kept in memory for a file.

    Raises:
        BadOutputError: It cannot be written there; nothing half-written is left.
    """
    with opened(path) as file:
        for piece in pieces:
            file.write(piece.encode("utf-8"))


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file as it is.

    Raises:
        BadOutputError: It cannot be written there; nothing half-written is left.
    """
    with opened(path) as file:
        file.write(content)


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Hand out a file to fill, which can be sought in; it is in its place when all went well.

    Raises:
        BadOutputError: It cannot be written there; nothing half-written is left.
    """
    check_place(path)
    try:
        if _is_stream(path):
            content = io.BytesIO()
            yield content
            _pour(path, content.getvalue())
        else:
            # The file is closed before it is moved: Windows moves none that is open.
            with replacing(path) as part, part.open("r+b") as file:
                yield file
    except OSError as error:
        raise refusal(path, error) from error


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Hand out an empty file beside a place, which it takes when all went well.

    For what writes by name, as SQLite does, into a place of our own.

    Raises:
        OSError: It cannot be written there; nothing half-written is left.
    """
    place = _end_of(path)
    part = place.with_name(f".{secrets.token_hex(8)}.part")
    try:
        make_file(part)
        yield part
        _put_on_disk(part)
        _keep_mode(part, place)
        part.replace(place)
        _put_folder_on_disk(place.parent)
    finally:
        # The error that is on its way says more than one about the leftover would.
        with suppress(OSError):
            part.unlink(missing_ok=True)


def append(path: Path, content: bytes, *, on_disk: bool) -> None:
    """Add to the end of a file of our own; it is made where it is missing.

    Args:
        path: The file.
        content: What is added, in one piece.
        on_disk: Wait until it survives a power cut; without, it survives the end of the program.

    Raises:
        OSError: It cannot be written; a part of it may have been.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, OWNER_ONLY_FILE)
    with os.fdopen(descriptor, "ab", buffering=0) as file:
        if file.write(content) != len(content):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        if on_disk:
            os.fsync(file.fileno())


def make_file(path: Path) -> None:
    """Make a new, empty file that only its owner may read.

    Raises:
        OSError: It is there already, or cannot be made.
    """
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY_FILE))


def appending(path: Path) -> io.TextIOWrapper:
    """Open a file of our own to write at its end; it is made for its owner alone.

    Raises:
        OSError: It cannot be written, or is no file.
    """
    how = os.O_CREAT | os.O_APPEND | os.O_WRONLY | _AT_ONCE | _NO_LINK
    descriptor = os.open(path, how, OWNER_ONLY_FILE)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "is no file", str(path))
    return os.fdopen(descriptor, "a", encoding="utf-8")


def try_to_write(folder: Path) -> None:
    """Write a file that goes by itself; rights alone do not tell.

    Raises:
        OSError: It cannot be written there.
    """
    with tempfile.TemporaryFile(dir=folder) as file:
        file.write(bytes(_PROBE_BYTES))
        file.flush()
        os.fsync(file.fileno())


def check_place(path: Path) -> None:
    """Say before long work whether something can be written at `path`.

    Raises:
        BadOutputError: It is a folder, or its folder is missing or cannot be written in.
    """
    try:
        complaint = _complaint(path)
    except OSError as error:
        raise refusal(path, error) from error
    if complaint:
        raise _refused(path, complaint)


def _complaint(path: Path) -> Said | None:
    """Return why nothing can be written there, with the fix, or None."""
    if "\0" in str(path):
        return (
            "is no name for a file; choose another",
            "is geen naam voor een bestand; kies een andere",
        )
    if path.is_symlink() and not path.exists():
        return (
            "is a link to what is not there; correct the link or choose another name",
            "is een koppeling naar wat er niet is; verbeter de koppeling of kies een andere naam",
        )
    if path.is_dir():
        return (
            "is a folder; give the name of a file in it",
            "is een map; geef de naam van een bestand erin",
        )
    if path.is_block_device():
        return (
            "is a whole disk; give the name of a file",
            "is een hele schijf; geef de naam van een bestand",
        )
    if path.exists() and not os.access(path, os.W_OK):
        return (
            "is read-only; allow writing or choose another name",
            "is alleen te lezen; sta schrijven toe of kies een andere naam",
        )
    return None if _is_stream(path) else _complaint_of_folder(_end_of(path).parent)


def _complaint_of_folder(folder: Path) -> Said | None:
    if not folder.is_dir():
        return _cannot(errno.ENOTDIR if folder.exists() else errno.ENOENT)
    return None if os.access(folder, os.W_OK) else _cannot(errno.EACCES)


def _is_stream(path: Path) -> bool:
    """Say whether this is a pipe, a socket or a device, which must not be replaced."""
    return path.exists() and not path.is_file()


def _end_of(path: Path) -> Path:
    """Return the file itself where `path` is a link, so that the link stays one."""
    return path.resolve() if path.is_symlink() else path


def _pour(path: Path, content: bytes) -> None:
    """Write into what is there; opening a pipe that nobody reads would wait for ever."""
    if path.is_socket():
        with socket.socket(socket.AF_UNIX) as into:
            into.connect(os.fspath(path))
            into.sendall(content)
        return
    descriptor = os.open(path, os.O_WRONLY | _AT_ONCE)
    with os.fdopen(descriptor, "wb") as file:
        if _AT_ONCE:
            os.set_blocking(descriptor, True)
        file.write(content)


def _put_on_disk(part: Path) -> None:
    descriptor = os.open(part, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _put_folder_on_disk(folder: Path) -> None:
    """Have the new name survive a power cut too, where the file system can do that."""
    if os.name == "posix":
        with suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def _keep_mode(part: Path, place: Path) -> None:
    """Give a new file no right that the older one does not have."""
    if place.exists():
        mode = stat.S_IMODE(place.stat().st_mode) & OWNER_ONLY_FILE
        if mode != OWNER_ONLY_FILE:
            part.chmod(mode)


def refusal(path: Path, error: OSError) -> BadOutputError:
    """Return what went wrong at a place, in the words for it where there are any."""
    if getattr(error, "winerror", None) in _IN_USE and path.is_file():
        return _refused(
            path,
            (
                "cannot be written, another program has it open; close it there or choose another",
                "is niet te schrijven, een ander programma heeft het open; kies iets anders",
            ),
        )
    why = error.strerror or error
    otherwise = (f"{why}; choose another place", f"{why}; kies een andere plek")
    return _refused(path, _cannot(error.errno or 0, otherwise))


def _cannot(code: int, otherwise: Said = ("", "")) -> Said:
    en, nl = _REASONS.get(code, otherwise)
    return f"cannot be written, {en}", f"is niet te schrijven, {nl}"


def _refused(path: Path, complaint: Said) -> BadOutputError:
    en, nl = complaint
    return BadOutputError(f"{path}: {en}", nl=f"{path}: {nl}")
