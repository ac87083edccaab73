"""Results on disk, whole or not at all: an older file stays until the new one is finished."""

import contextlib
import csv
import errno
import io
import os
import secrets
from collections.abc import Iterable, Sequence
from pathlib import Path

from coreline.errors import BadOutputError

_REASONS = {
    errno.ENOENT: "there is no such folder; make it first or choose another",
    errno.ENOTDIR: "a part of the path is a file, not a folder; choose another place",
    errno.EACCES: "writing is not allowed here; choose another folder",
    errno.EPERM: "writing is not allowed here; choose another folder",
    errno.EROFS: "the disk can only be read; choose another folder",
    errno.ENOSPC: "the disk is full; make room or choose another disk",
    errno.EDQUOT: "your share of the disk is full; make room or choose another disk",
    errno.ENAMETOOLONG: "the name is too long; choose a shorter one",
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


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file beside its place and put it there when it is finished.

    Raises:
        BadOutputError: It cannot be written there; nothing half-written is left.
    """
    check_place(path)
    if _is_device(path):
        _pour(path, content)
        return
    # Beside the file itself where that is a link, so that the link stays one.
    place = path.resolve() if path.is_symlink() else path
    part = place.with_name(f".{secrets.token_hex(8)}.part")
    try:
        _fill(part, content)
        part.replace(place)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise _refusal(path, error) from error
    finally:
        # The error that is on its way says more than one about the leftover would.
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def check_place(path: Path) -> None:
    """Say before long work whether a file can be put at `path`.

    Raises:
        BadOutputError: It is a folder, or its folder is missing or cannot be written in.
    """
    try:
        complaint = _complaint(path)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise _refusal(path, error) from error
    if complaint:
        raise _refused(path, complaint)


def _complaint(path: Path) -> str:
    """Return why no file can be put there, with the mend, or nothing."""
    folder = path.parent
    if path.is_dir():
        return "is a folder; give the name of a file in it"
    if not folder.is_dir():
        return _cannot(errno.ENOTDIR if folder.exists() else errno.ENOENT)
    if not os.access(folder, os.W_OK):
        return _cannot(errno.EACCES)
    if path.exists() and not os.access(path, os.W_OK):
        return "is read-only; allow writing or choose another name"
    return ""


def _is_device(path: Path) -> bool:
    """Say whether this is a pipe or a device such as /dev/null, which must not be replaced."""
    return path.exists() and not path.is_file()


def _pour(path: Path, content: bytes) -> None:
    try:
        with path.open("wb") as file:
            file.write(content)
    except OSError as error:
        raise _refusal(path, error) from error


def _fill(part: Path, content: bytes) -> None:
    """Write a new file, on the disk when this returns."""
    with part.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _refusal(path: Path, error: OSError | ValueError) -> BadOutputError:
    """Return what went wrong, in the words for it where there are any."""
    code = error.errno if isinstance(error, OSError) and error.errno is not None else 0
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return _refused(path, _cannot(code, f"{said}; choose another place"))


def _cannot(code: int, otherwise: str = "") -> str:
    return f"cannot be written, {_REASONS.get(code, otherwise)}"


def _refused(path: Path, complaint: str) -> BadOutputError:
    """Return the error as one printable line, whatever the path has in it."""
    shown = "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in str(path))
    return BadOutputError(f"{shown}: {complaint}")
