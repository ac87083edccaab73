"""The arrays of an `.npz` archive, read by hand: nothing is unpacked before its size is known.

numpy and zipfile believe what a file says of itself: of a few kilobytes they make gigabytes, and
what is damaged they meet with a dozen kinds of errors. What we write is a small part of what they
read, and only that is taken: members that are stored or deflated, arrays of plain numbers.
"""

import math
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Collection
from typing import BinaryIO, Final

import numpy as np
from numpy.typing import NDArray

Arrays = dict[str, NDArray[np.generic]]

_END: Final = b"PK\x05\x06"  # of a zip archive: its last record, which is 22 bytes long
_END_BYTES: Final = 22
_LONGEST_COMMENT: Final = 65_535
_LARGE_END: Final = b"PK\x06\x07"  # of one that is larger than it may be
_LARGE_END_BYTES: Final = 20
_DIRECTORY_BYTES: Final = 65_536  # seven arrays take 500
_ENTRIES: Final = 100
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_MAGIC: Final = b"\x93NUMPY"
_HEADER: Final = re.compile(
    rb"\{'descr': '([<>|=]?(?:f[248]|[iu][1248]))', 'fortran_order': (True|False), "
    rb"'shape': \(((?:\d{1,9}, ?)*(?:\d{1,9})?)\), *\} *\n"
)
_HEADER_BYTES: Final = 4_096  # numpy fills its own up to 128
# What zipfile raises on archives that are damaged, each in its own way.
_DAMAGED: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)


class BadArraysError(Exception):
    """This is no archive of plain arrays, or one of them is larger than it may be."""


def read_arrays(file: BinaryIO, names: Collection[str], most_numbers: int) -> Arrays:
    """Return those of the named arrays that an archive has; others are passed over.

    Args:
        file: Opened, and no larger than it may be.
        names: Of the arrays.
        most_numbers: How many numbers each of them may hold.

    Raises:
        BadArraysError: It is no archive of plain arrays, is damaged, or holds more.
    """
    try:
        _check_directory(file)
        with zipfile.ZipFile(file) as archive:
            members = {each.filename: each for each in archive.infolist()}
            found = {name: members.get(f"{name}.npy") for name in names}
            return {
                name: _array(name, archive, member, most_numbers)
                for name, member in found.items()
                if member is not None
            }
    except _DAMAGED as error:
        why = str(error).partition("\n")[0] or type(error).__name__
        raise BadArraysError(f"is not a readable .npz archive ({why})") from error


def _check_directory(file: BinaryIO) -> None:
    """Refuse an archive whose list of members would fill the memory."""
    size = file.seek(0, 2)
    file.seek(max(size - _END_BYTES - _LONGEST_COMMENT - _LARGE_END_BYTES, 0))
    tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_BYTES:
        raise zipfile.BadZipFile("its end is missing")
    entries, directory_bytes = struct.unpack_from("<HL", tail, at + 10)
    is_large = tail.startswith(_LARGE_END, max(at - _LARGE_END_BYTES, 0))
    if is_large or entries > _ENTRIES or directory_bytes > _DIRECTORY_BYTES:
        raise zipfile.BadZipFile("it has more members than a trace")
    file.seek(0)


def _array(
    name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo, most_numbers: int
) -> NDArray[np.generic]:
    if member.compress_type not in _METHODS:
        raise BadArraysError(f"array {name!r} is packed in a way that is not read")
    with archive.open(member) as packed:
        dtype, shape, columns_first = _header(name, packed.read)
        numbers = math.prod(shape)
        if numbers > most_numbers:
            raise BadArraysError(f"array {name!r} has {numbers} numbers, {most_numbers} at most")
        content = packed.read(numbers * dtype.itemsize)
        if len(content) < numbers * dtype.itemsize or packed.read(1):
            raise BadArraysError(f"array {name!r} is not as long as it says")
    flat = np.frombuffer(content, dtype)
    return flat.reshape(shape, order="F" if columns_first else "C")


def _header(
    name: str, read: Callable[[int], bytes]
) -> tuple[np.dtype[np.generic], tuple[int, ...], bool]:
    """Return an array's kind of numbers, its shape, and whether its columns come first."""
    start = read(len(_MAGIC) + 2)
    width = {1: 2, 2: 4}.get(start[-2] if len(start) > len(_MAGIC) else 0, 0)
    if not start.startswith(_MAGIC) or not width:
        raise BadArraysError(f"array {name!r} is no array of numpy")
    size = int.from_bytes(read(width), "little")
    found = _HEADER.fullmatch(read(size)) if size <= _HEADER_BYTES else None
    if found is None:
        raise BadArraysError(f"array {name!r} is no array of plain numbers")
    shape = tuple(int(each) for each in found[3].replace(b" ", b"").split(b",") if each)
    return np.dtype(found[1].decode()), shape, found[2] == b"True"
