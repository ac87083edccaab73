"""The ledger: beside the database, in a file of its own, what was once kept in it.

SQLite does not know that a file is an older copy, that rows were deleted by hand, or that a log
that belonged to it is gone; the ledger does. It is a file of lines, `coreline.sqlite3.ledger`, each
a JSON object behind the CRC-32 of it, and read as a fold: what a line says replaces what an earlier
one said of the same thing. Three rules make it worth something:

- A line is written after the commit that it is about. So the ledger never says more than the
  database once held, and a line that is lost with the power makes nothing seem to be missing.
- `open` is on the disk before anything is changed, and `closed`, with the size, time and sum of
  the database, comes when it was closed and all of its log is in it. A file that is still that to
  the byte needs no looking through; a log beside it is not its own.
- What happened to the journal is a line as well, until the person has acknowledged it.

A ledger that is missing is made anew from the database. Lines that are damaged are left out; where
good ones follow them, so that it was no write that broke off, that is told as well.
"""

import hashlib
import json
import os
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from coreline.files.writing import append, replacing
from coreline.journal.mark import Line, Mark

LONGEST: Final = 8 * 2**20  # bytes; ten years take half of one
MOST_LINES: Final = 100_000  # ten years are five thousand
_SPARE: Final = 500  # lines that say what later ones replace, before it is written in short
_SETTLED_NS: Final = 2_000_000_000  # a change so soon after the last may bear the same time


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the database was to the byte when it was closed."""

    size: int
    mtime_ns: int
    ctime_ns: int
    sha256: str

    def has_times_of(self, about: os.stat_result) -> bool:
        """Say whether a file was last changed when this one was."""
        return (about.st_mtime_ns, about.st_ctime_ns) == (self.mtime_ns, self.ctime_ns)


class Ledger:
    """What was kept, in memory as `mark` and in its file; written only by who has the lock."""

    def __init__(self, database: Path) -> None:
        """Read the ledger of a database, as far as it can be read; see `ledger_file`."""
        self.mark = Mark()
        self.is_there = self.is_damaged = False
        self._path, self._database = ledger_file(database), database
        self._stamp: Stamp | None = None  # None while it is open
        self._last: Stamp | None = None
        self._count, self._torn = 0, False
        self._read()

    # Reading

    def _read(self) -> None:
        raw = _read(self._path)
        if raw is None:
            return
        self.is_there, self._torn = True, not raw.endswith(b"\n")
        rows = raw.splitlines() if len(raw) <= LONGEST else []
        broken = not rows or len(rows) > MOST_LINES
        for row in rows[:MOST_LINES]:
            line = _line_of(row)
            if line is not None and self._take(line):
                # What follows broken lines was written after them: no write that broke off.
                self.is_damaged = self.is_damaged or broken
                self._count += 1
            elif row:
                broken = True
        self.is_damaged = self.is_damaged or (broken and self._count == 0)
        if self.is_damaged:
            self._stamp = self._last = None

    def _take(self, line: Line) -> bool:
        try:
            if "state" in line:
                self._stamp = _stamp_of(line)
                self._last = self._stamp or self._last
            else:
                self.mark.take(line)
        except (KeyError, TypeError, ValueError):
            return False
        return True

    # The database that it is about

    @property
    def is_whole(self) -> bool:
        """Whether there is a ledger, and all of it can be read."""
        return self.is_there and not self.is_damaged

    def is_untouched(self, *, closely: bool) -> bool:
        """Say whether the database is to the byte what it was when it was closed.

        Size and time tell, unless it was written just before or is looked at `closely`.
        """
        stamp = self._stamp
        try:
            if stamp is None or not self._database.is_file():
                return False
            about = self._database.stat()
            if about.st_size != stamp.size:
                return False
            same = stamp.has_times_of(about) and self._is_settled(about)
            return (same and not closely) or sum_of(self._database) == stamp.sha256
        except OSError:
            return False

    def _is_settled(self, about: os.stat_result) -> bool:
        """Say whether a change after the stamp would show in the time of the file."""
        latest_ns = max(about.st_mtime_ns, about.st_ctime_ns)
        return self._path.stat().st_mtime_ns - latest_ns > _SETTLED_NS

    # Writing

    def begin(self) -> None:
        """Have it on the disk that the database is about to be changed.

        Raises:
            OSError: It cannot be written.
        """
        if self._stamp is not None or not self.is_whole:
            self.keep([{"state": "open"}], on_disk=True)

    def keep(self, lines: Iterable[Line], *, on_disk: bool = False) -> None:
        """Take up lines, and add them to the file.

        Raises:
            OSError: They cannot be written.
        """
        lines = list(lines)
        if lines and (self._torn or not self.is_whole):
            self.write_in_short()
        taken = [line for line in lines if self._take(line)]
        if not taken:
            return
        text = b"".join(map(_row_of, taken))
        try:
            append(self._path, text, on_disk=on_disk)
        except OSError:
            self._torn = True
            raise
        self._count += len(taken)

    def close(self) -> None:
        """Keep what the database is now that it is closed, if no log of it is left.

        Raises:
            OSError: It cannot be written.
        """
        if any(map(has_content, logs_of(self._database))) or not self._database.is_file():
            return
        about, stamp = self._database.stat(), self._last
        unchanged = stamp is not None and stamp.has_times_of(about)
        if unchanged and self._stamp is not None and self._is_settled(about):
            return
        if self._count > sum(1 for _ in self.mark.lines()) + _SPARE:
            self.write_in_short()
        found = stamp.sha256 if stamp is not None and unchanged else sum_of(self._database)
        closed = Stamp(about.st_size, about.st_mtime_ns, about.st_ctime_ns, found)
        self.keep([{"state": "closed", **asdict(closed)}])

    def learn(self, lines: Iterable[Line]) -> None:
        """Take up lines without writing them: they are in the file when it is written anew."""
        for line in list(lines):
            self._take(line)

    def write_in_short(self) -> None:
        """Write all of it anew, each thing once, in place of what is there.

        Raises:
            OSError: It cannot be written.
        """
        lines: Sequence[Line] = [{"state": "open"}, *self.mark.lines()]
        with replacing(self._path) as part:
            part.write_bytes(b"".join(map(_row_of, lines)))
        self._count, self._torn, self._stamp = len(lines), False, None
        self.is_damaged, self.is_there = False, True

    def forget(self, person: str) -> None:
        """Leave out a person, so that nothing of theirs is left in the file.

        Raises:
            OSError: It cannot be written.
        """
        self.mark.forget(person)
        self.write_in_short()


def ledger_file(database: Path) -> Path:
    """Return where the ledger of a database is."""
    return database.with_name(f"{database.name}.ledger")


def logs_of(database: Path) -> tuple[Path, ...]:
    """Return the files beside a database from which SQLite would bring it up to date."""
    return tuple(database.with_name(f"{database.name}-{end}") for end in ("wal", "journal"))


def has_content(path: Path) -> bool:
    """Say whether there is a file with something in it."""
    try:
        return path.stat().st_size > 0
    except OSError:
        return False


def sum_of(path: Path) -> str:
    """Return the sum of a whole file.

    Raises:
        OSError: It cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read(path: Path) -> bytes | None:
    """Return what is in a ledger, one byte more than it may hold at most; None: there is none."""
    try:
        if not path.is_file():  # a pipe or a device would never end
            return None
        with path.open("rb") as file:
            return file.read(LONGEST + 1)
    except OSError:
        return b"?"  # it is there, and says nothing


def _stamp_of(line: Line) -> Stamp | None:
    if line["state"] != "closed":
        return None
    times_ns = int(line["mtime_ns"]), int(line["ctime_ns"])
    return Stamp(int(line["size"]), *times_ns, str(line["sha256"]))


def _row_of(line: Line) -> bytes:
    body = json.dumps(line, separators=(",", ":")).encode()
    return b"%08x %s\n" % (zlib.crc32(body), body)


def _line_of(row: bytes) -> Line | None:
    """Return the line that a row of the file holds, or None of a damaged one."""
    head, _, body = row.partition(b" ")
    if head != b"%08x" % zlib.crc32(body):
        return None
    try:
        line = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return line if isinstance(line, dict) else None
