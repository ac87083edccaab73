"""Files from outside are read here: regular ones alone, and none that is larger than it can be.

What lies in a folder need not be what its name says: a pipe would be waited for, a device never
ends, and a file may fill the memory.
"""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from coreline.errors import BadDataError
from coreline.limits import KILOBYTE, MEGABYTE

# Windows has no pipes among its files, other systems no texts that are altered when read.
_FLAGS: Final[int] = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


_IN_DUTCH: Final = {
    errno.ENOENT: "bestaat niet",
    errno.ENOTDIR: "een deel van het pad is een bestand",
    errno.EACCES: "mag niet gelezen worden",
    errno.EPERM: "mag niet gelezen worden",
    errno.EISDIR: "is een map",
    errno.EINVAL: "is geen gewoon bestand",
    errno.ENAMETOOLONG: "de naam is te lang",
    errno.EIO: "de schijf geeft een fout",
}


class UnfitFileError(OSError):
    """A file is none that is read; `strerror` says why, as it does for other errors."""


def read_file(path: Path, most_bytes: int, *, also_device: bool = False) -> bytes:
    """Return all that a file holds.

    Args:
        path: The file.
        most_bytes: As large as such a file can be.
        also_device: A device such as /dev/null does as well; no more is taken from it either.

    Raises:
        UnfitFileError: It is no regular file, or larger.
        OSError: It cannot be read.
    """
    with opened_file(path, most_bytes, also_device=also_device) as file:
        content = file.read(most_bytes + 1)
    if len(content) > most_bytes:  # a device, or a file that grows
        raise _too_large(most_bytes)
    return content


@contextmanager
def opened_file(path: Path, most_bytes: int, *, also_device: bool = False) -> Iterator[BinaryIO]:
    """Hand out a file to read from.

    Raises:
        UnfitFileError: It is no regular file, or larger.
        OSError: It cannot be read.
    """
    _check(path.stat(), most_bytes, also_device=also_device)  # opening alone may move a tape
    with os.fdopen(os.open(path, _FLAGS), "rb") as file:
        _check(os.fstat(file.fileno()), most_bytes, also_device=also_device)
        yield file


def check_file(path: Path, most_bytes: int) -> None:
    """Look at a file that something else will open by its name.

    Raises:
        UnfitFileError: It is no regular file, or larger.
        OSError: It cannot be looked at.
    """
    _check(path.stat(), most_bytes, also_device=False)


def as_text(raw: bytes, name: str) -> str:
    """Return a file's text; a byte order mark, as some editors leave, is passed over.

    Raises:
        BadDataError: It is not UTF-8.
    """
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise BadDataError(
            f"{name}:{line}: not UTF-8; save the file as UTF-8",
            nl=f"{name}:{line}: geen UTF-8; bewaar het bestand als UTF-8",
        ) from error


def reason_in_dutch(error: OSError) -> str:
    """Return why a file cannot be read; in the system's words where there are none of ours."""
    if isinstance(error, UnfitFileError) and error.errno == errno.EFBIG:
        return str(error.strerror).replace("is larger than", "is groter dan")
    return _IN_DUTCH.get(error.errno or 0, error.strerror or str(error))


def is_file(path: Path) -> bool:
    """Say whether a regular file is there; at a name that none can have, there is none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def is_folder(path: Path) -> bool:
    """Say whether a folder is there; at a name that none can have, there is none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def size_in_words(size: int) -> str:
    """Return a number of bytes as one says it."""
    if size < MEGABYTE:
        return f"{size // KILOBYTE} kB"
    return f"{size // MEGABYTE} MB"


def _check(found: os.stat_result, most_bytes: int, *, also_device: bool) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise UnfitFileError(errno.EISDIR, "is a folder")
    if not stat.S_ISREG(found.st_mode) and not (also_device and stat.S_ISCHR(found.st_mode)):
        raise UnfitFileError(errno.EINVAL, "is no regular file")
    if found.st_size > most_bytes:
        raise _too_large(most_bytes)


def _too_large(most_bytes: int) -> UnfitFileError:
    return UnfitFileError(errno.EFBIG, f"is larger than {size_in_words(most_bytes)}")
