"""What is kept about people on this computer: every file of it, and what it holds.

The folders are looked through, not asked about: a file that nobody foresaw is listed as unknown.
Nothing is opened but the journal, to count; nothing is changed.
"""

import re
import sqlite3
import stat
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from coreline.errors import CorelineError
from coreline.journal.opening import open_for_reading

OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


class Kind(StrEnum):
    """What a file is, in the order in which it is shown."""

    JOURNAL = "journal"
    LEDGER = "ledger"
    BACKUPS = "backups"
    DAMAGED = "damaged"
    MARKS = "marks"
    PLACES = "places"
    REPORTS = "reports"
    VIDEOS = "videos"
    PLANS = "plans"
    EXERCISES = "exercises"
    VOICE = "voice"
    SETTINGS = "settings"
    REMINDER = "reminder"
    LOG = "log"
    LEFTOVERS = "leftovers"
    UNKNOWN = "unknown"


# What files are called, below the data folder or that of the settings; the first that fits holds.
_NAMES: Final = tuple(
    (kind, re.compile(name))
    for kind, name in (
        (Kind.LEFTOVERS, r"(.*/)?\.[^/]*\.part[^/]*"),
        (Kind.DAMAGED, r"(coreline\.sqlite3|places\.json)\.damaged[^/]*"),
        (Kind.JOURNAL, r"coreline\.sqlite3(-wal|-shm|-journal)?"),
        (Kind.LEDGER, r"coreline\.sqlite3\.ledger"),
        (Kind.MARKS, r"coreline\.sqlite3\.(lock|suspect)"),
        (Kind.BACKUPS, r"backups/coreline-[^/]*\.sqlite3(-wal|-shm|-journal)?"),
        (Kind.PLACES, r"places\.json"),
        (Kind.REPORTS, r"reports/.*"),
        (Kind.VIDEOS, r"videos/.*"),
        (Kind.PLANS, r"plans/.*"),
        (Kind.EXERCISES, r"exercises/.*"),
        (Kind.VOICE, r"recordings/.*"),
        (Kind.SETTINGS, r"settings\.toml"),
        (Kind.REMINDER, r"reminder\.xml"),
        (Kind.LOG, r"log/(coreline\.log(\.\d+)?|fault\.txt)"),
    )
)
# What is counted of each person, with the rows that are.
_OF_SESSIONS: Final = "FROM {} x JOIN session s ON s.id = x.session_id WHERE s.profile_id = ?"
_CHOICES: Final = ("skip", "level_choice", "easier_choice", "rest_choice", "advice", "taken_back")
_COUNTS: Final[Mapping[str, Sequence[str]]] = {
    "sessions": ("FROM session WHERE profile_id = ?",),
    "sets": (_OF_SESSIONS.format("exercise_set"),),
    "attempts": tuple(map(_OF_SESSIONS.format, ("repetition", "rotation", "hold"))),
    "traces": (_OF_SESSIONS.format("reading"),),
    "drawings": (_OF_SESSIONS.format("drawn_moment"),),
    "pains": ("FROM pain WHERE profile_id = ?",),
    "choices": tuple(f"FROM {table} WHERE profile_id = ?" for table in _CHOICES),
}


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file as it lies there.

    `mode` has the rights alone, None where the system has none; `is_open` says that others who use
    this computer may have it: neither it nor the folder of it all keeps them out.
    """

    kind: Kind
    path: Path
    size: int
    mode: int | None
    is_open: bool


@dataclass(frozen=True, slots=True)
class PersonKept:
    """How much of a person is in the journal, by what it is."""

    name: str
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Counted:
    """What the journal holds of whom; `trouble` says why that cannot be told."""

    people: tuple[PersonKept, ...] = ()
    trouble: str | None = None


def files_kept(
    folders: Sequence[Path], voice: Path | None = None, reminder: Iterable[Path] = ()
) -> list[KeptFile]:
    """Return every file below the folders, each once, by kind and name; links are not followed.

    Args:
        folders: that of the data and that of the settings, which may be one.
        voice: the person's own recordings, where they lie elsewhere.
        reminder: the files that the system's timer would have of the reminder, there or not.
    """
    found: dict[Path, KeptFile] = {}
    for folder in folders:
        for path in _below(folder):
            found.setdefault(path, _kept(path, folder, _kind_of(path.relative_to(folder))))
    for path in () if voice is None else _below(voice):
        found.setdefault(path, _kept(path, voice or path, Kind.VOICE))
    for path in filter(Path.is_file, reminder):
        found.setdefault(path, _kept(path, path.parent, Kind.REMINDER))
    order = list(Kind)
    return sorted(found.values(), key=lambda each: (order.index(each.kind), each.path))


def by_kind(files: Sequence[KeptFile]) -> dict[Kind, list[KeptFile]]:
    """Return the files of each kind, also of those of which there are none."""
    found: dict[Kind, list[KeptFile]] = defaultdict(list)
    for each in files:
        found[each.kind].append(each)
    return {kind: found[kind] for kind in Kind}


def count_people(journal: Path) -> Counted:
    """Return how much the journal holds of each person, by name; it is only read."""
    if not journal.is_file():
        return Counted()
    try:
        with closing(open_for_reading(journal)) as connection:
            people = connection.execute("SELECT id, name FROM profile ORDER BY name").fetchall()
            return Counted(tuple(_person(connection, *each) for each in people))
    except CorelineError as error:
        return Counted(trouble=str(error))
    except (sqlite3.Error, ValueError) as error:
        return Counted(trouble=f"{journal.name}: cannot be read ({type(error).__name__})")


def _person(connection: sqlite3.Connection, profile_id: str, name: str) -> PersonKept:
    counts = {
        what: sum(
            int(connection.execute(f"SELECT count(*) {rows}", (profile_id,)).fetchone()[0])
            for rows in all_rows
        )
        for what, all_rows in _COUNTS.items()
    }
    return PersonKept(name, counts)


def _below(folder: Path) -> Iterator[Path]:
    """Yield everything below a folder that is no folder itself."""
    try:
        entries = sorted(folder.iterdir())
    except OSError:  # there is none, or nobody may look into it: then nothing of ours is there
        return
    for each in entries:
        if each.is_dir() and not each.is_symlink():
            yield from _below(each)
        else:
            yield each


def _kept(path: Path, folder: Path, kind: Kind) -> KeptFile:
    size, mode = _about(path)
    _, around = _about(folder)
    return KeptFile(kind, path, size, mode, bool((mode or 0) & (around or 0) & OTHERS))


def _about(path: Path) -> tuple[int, int | None]:
    """Return size and rights."""
    try:
        about = path.lstat()
    except OSError:  # it has gone since
        return 0, None
    return about.st_size, None if sys.platform == "win32" else stat.S_IMODE(about.st_mode)


def _kind_of(path: Path) -> Kind:
    name = path.as_posix()
    return next((kind for kind, form in _NAMES if form.fullmatch(name)), Kind.UNKNOWN)
