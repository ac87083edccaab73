"""The pages of a database file and of its log, and the rows that lie in a page.

Nothing here trusts what it reads: a length that cannot be, a chain that goes in a circle, a text
that is none leave out one row and no more. The format: https://www.sqlite.org/fileformat2.html
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from coreline.closing import Closing

MAGIC: Final = b"SQLite format 3\0"
LARGEST: Final = 2**31  # bytes of a file: a hundred years
_LONGEST_ROW: Final = 2**24  # bytes; the readings of an hour's set are a tenth of that
_USUAL_SIZE: Final = 4096  # of every journal's pages; for a file whose first page is lost
_SIZES: Final = tuple(2**n for n in range(9, 17))
_HEAD, _WAL_HEAD, _FRAME_HEAD = 100, 32, 24  # bytes
_TABLE_LEAF, _INDEX_LEAF, _INDEX_INSIDE = 0x0D, 0x0A, 0x02
_HEAD_OF: Final = {_TABLE_LEAF: 8, _INDEX_LEAF: 8, _INDEX_INSIDE: 12}
_INTEGER_BYTES: Final = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}  # by serial type
_GOES_ON: Final = 0x80  # in a byte of a number: another one follows
_NULL, _REAL, _ZERO, _ONE, _FIRST_BLOB = 0, 7, 8, 9, 12


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it lies in a page: its number, where its table numbers them, and its values."""

    number: int | None
    values: tuple[Any, ...]


class PageFile(Closing):
    """A database file, which may be missing, with what its log holds of later pages."""

    def __init__(self, database: Path) -> None:
        """Open both.

        Raises:
            OSError: They cannot be read.
            ValueError: Larger than a journal ever is.
        """
        log = database.with_name(f"{database.name}-wal")
        self._files = [each.open("rb") for each in (database, log) if each.is_file()]
        sizes = {each.name: each.seek(0, 2) for each in self._files}
        self._main = self._named(database)
        self._log = self._named(log)
        main_size, log_size = sizes.get(str(database), 0), sizes.get(str(log), 0)
        if max(main_size, log_size) > LARGEST:
            self.close()
            raise ValueError("larger than any journal")
        self.size, self.usable = self._page_sizes()
        self._frames = dict(self._later_pages(log_size))
        self.count = max(main_size // self.size, *self._frames, 0, 0)
        self._budget = 4 * (main_size + log_size)  # bytes of rows: a circle of pages ends

    def close(self) -> None:
        """Close both."""
        for each in self._files:
            each.close()

    def rows(self) -> Iterator[Row]:
        """Yield every row that can be read, page by page."""
        for number in range(1, self.count + 1):
            page = self._page(number)
            start = _HEAD if number == 1 else 0
            if len(page) == self.size and page[start] in _HEAD_OF:
                yield from self._rows_of(page, start)

    # Pages

    def _named(self, path: Path) -> BinaryIO | None:
        return next((each for each in self._files if each.name == str(path)), None)

    def _page_sizes(self) -> tuple[int, int]:
        """Return how large a page is, and how much of it is used."""
        head = self._read(self._main, 0, _HEAD)
        if len(head) == _HEAD and head.startswith(MAGIC):
            size = struct.unpack_from(">H", head, 16)[0]
            size = 65536 if size == 1 else size
            if size in _SIZES:
                return size, size - head[20]
        head = self._read(self._log, 0, _WAL_HEAD)
        size = struct.unpack_from(">I", head, 8)[0] if len(head) == _WAL_HEAD else 0
        return (size, size) if size in _SIZES else (_USUAL_SIZE, _USUAL_SIZE)

    def _later_pages(self, log_size: int) -> Iterator[tuple[int, int]]:
        """Yield pages of the log by number, with where they are; each whole commit in its turn."""
        salts = self._read(self._log, 16, 8)
        waiting: list[tuple[int, int]] = []
        for at in range(_WAL_HEAD, log_size - _FRAME_HEAD - self.size + 1, _FRAME_HEAD + self.size):
            head = self._read(self._log, at, _FRAME_HEAD)
            number, pages_after_commit = struct.unpack_from(">II", head)
            if head[8:16] != salts or not 0 < number <= LARGEST // self.size:
                continue  # of an earlier log, or damaged
            waiting.append((number, at + _FRAME_HEAD))
            if pages_after_commit:
                yield from waiting
                waiting = []

    def _page(self, number: int) -> bytes:
        if number in self._frames:
            return self._read(self._log, self._frames[number], self.size)
        return self._read(self._main, (number - 1) * self.size, self.size)

    def _read(self, file: BinaryIO | None, at: int, length: int) -> bytes:
        if file is None:
            return b""
        file.seek(at)
        return file.read(length)

    # Rows

    def _rows_of(self, page: bytes, start: int) -> Iterator[Row]:
        kind = page[start]
        (count,) = struct.unpack_from(">H", page, start + 3)
        first = start + _HEAD_OF[kind]
        for place in range(first, min(first + 2 * count, self.size - 1), 2):
            (at,) = struct.unpack_from(">H", page, place)
            try:
                yield self._row(page, at + 4 if kind == _INDEX_INSIDE else at, kind)
            except (IndexError, struct.error, ValueError):
                continue

    def _row(self, page: bytes, at: int, kind: int) -> Row:
        length, at = _varint(page, at)
        number = None
        if kind == _TABLE_LEAF:
            number, at = _varint(page, at)
        self._budget -= length
        if not 0 < length <= _LONGEST_ROW or self._budget < 0:
            raise ValueError("no length of a row")
        return Row(number, _values(self._payload(page, at, length, kind)))

    def _payload(self, page: bytes, at: int, length: int, kind: int) -> bytes:
        """Return the whole of a row; what does not fit its page is in a chain of others."""
        usable = self.usable
        most = usable - 35 if kind == _TABLE_LEAF else (usable - 12) * 64 // 255 - 23
        here = length
        if length > most:
            least = (usable - 12) * 32 // 255 - 23
            here = least + (length - least) % (usable - 4)
            here = least if here > most else here
        if at + here > len(page):
            raise ValueError("outside its page")
        parts, left, seen = [page[at : at + here]], length - here, set[int]()
        following = struct.unpack_from(">I", page, at + here)[0] if left else 0
        while left > 0:
            if following in seen or following < 1:
                raise ValueError("a chain that ends too soon, or never")
            seen.add(following)
            more = self._page(following)
            (following,) = struct.unpack_from(">I", more)
            parts.append(more[4 : 4 + min(left, usable - 4)])
            left -= usable - 4
        payload = b"".join(parts)
        if len(payload) != length:
            raise ValueError("shorter than it says")
        return payload


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """Return a number of one to nine bytes, and where it ends."""
    value = 0
    for place in range(8):
        byte = data[at + place]
        value = value << 7 | byte & ~_GOES_ON
        if not byte & _GOES_ON:
            return value, at + place + 1
    value = value << 8 | data[at + 8]
    return (value - 2**64 if value >= 2**63 else value), at + 9


def _values(payload: bytes) -> tuple[Any, ...]:
    """Return the values of a row.

    Raises:
        ValueError: They are none, or a text is none.
    """
    end, at = _varint(payload, 0)
    body, values = end, []
    while at < end:
        kind, at = _varint(payload, at)
        value, body = _value(payload, body, kind)
        values.append(value)
    if at != end or body != len(payload):
        raise ValueError("not the length it says")
    return tuple(values)


def _value(payload: bytes, at: int, kind: int) -> tuple[Any, int]:
    """Return a value, and where it ends."""
    if kind in _INTEGER_BYTES:
        end = at + _INTEGER_BYTES[kind]
        value: Any = int.from_bytes(payload[at:end], "big", signed=True)
    elif kind >= _FIRST_BLOB:
        end = at + (kind - _FIRST_BLOB) // 2
        raw = payload[at:end]
        value = raw if kind % 2 == 0 else raw.decode()
    elif kind == _REAL:
        end = at + 8
        (value,) = struct.unpack_from(">d", payload, at)
    elif kind in (_NULL, _ZERO, _ONE):
        return {_NULL: None, _ZERO: 0, _ONE: 1}[kind], at
    else:
        raise ValueError("no kind of value")
    if end > len(payload):
        raise ValueError("outside its row")
    return value, end
