"""What must be in order before the journal is used: the file whole, backed up and up to date.

Always in this order, since each step trusts the one before it:

1. Is the file whole? How closely is looked depends: everything once a day, after a program that was
   killed, or where damage was met; else what takes a tenth of the time.
2. A file that is not is set aside, not deleted, and the newest good backup takes its place, with
   every session that can still be read from the damaged file and is what was written.
3. Is it ours, and of which version? It is backed up before it is brought up to date.
4. Single rows that are no longer what was written (SQLite notices no flipped bit) are taken back
   from the backups.
5. Today's backup is made, last, so that none is ever made of what was not looked at.

What was done is told in notices. Only what leaves no journal to open is an error.
"""

import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from datetime import date, datetime, timedelta
from enum import Enum, auto
from pathlib import Path
from typing import Final

from coreline.errors import JournalError
from coreline.files.writing import OWNER_ONLY_FILE
from coreline.journal.backups import (
    back_up_before,
    back_up_daily,
    backups,
    copy_to,
    day_of,
    is_backed_up,
    is_good,
    is_mostly_whole,
    is_whole,
    remove_parts,
    with_company,
)
from coreline.journal.checking import Damage, damage, has_our_columns, repair
from coreline.journal.connecting import (
    connect,
    connect_for_writing,
    in_our_words,
    is_damage,
    transaction,
)
from coreline.journal.merging import salvage
from coreline.journal.migrations import applied, has_table, is_ours, migrate, migrations, pending
from coreline.printable import printable

ASIDE: Final = ".damaged-"
_LEAST_SIZE: Final = 512  # SQLite takes less than that for a new database
_RECENT: Final = timedelta(days=31)  # of these days the rows themselves are looked at daily


class _CheckDepth(Enum):
    """How closely the database is looked at before it is used."""

    PASSING = auto()  # once a day is enough for the rest
    DAILY = auto()
    SUSPICIOUS = auto()  # damage was met in it


def put_in_order(database: Path, today: date) -> list[str]:
    """Repair, back up and migrate the database, and return what the person should know of it.

    Raises:
        JournalError: The file is not a journal, or of a newer program.
        OSError: It cannot be written.
        sqlite3.Error: It cannot be written.
    """
    remove_parts(database)
    look = _how_closely(database, today)
    notices = [] if _is_sound(database, look) else _repair(database)
    with closing(connect_for_writing(database)) as connection:
        _check_ours(connection, database)
        _bring_up_to_date(connection, database, today)
        notices += _repaired(connection, database, look, today)
        _suspicion(database).unlink(missing_ok=True)
        return notices + _backed_up(connection, database, today)


def _repaired(
    connection: sqlite3.Connection, database: Path, look: _CheckDepth, today: date
) -> list[str]:
    """Take rows that are no longer what was written back from the backups, and say so."""
    if look is _CheckDepth.PASSING:
        return []
    since = date.min if look is _CheckDepth.SUSPICIOUS else today - _RECENT
    found = damage(connection, since)
    if found == Damage():
        return []
    with transaction(connection):
        left = repair(connection, found, backups(database))
    if left == Damage():
        return ["A part of the journal was damaged; it is taken back from the backup."]
    return ["A part of the journal is damaged; coreline journal check says which."]


def _backed_up(connection: sqlite3.Connection, database: Path, today: date) -> list[str]:
    """Make today's backup, and say when that cannot be done: no reason not to train."""
    try:
        back_up_daily(connection, database, today)
    except (OSError, sqlite3.OperationalError) as error:
        return [f"No backup of the journal could be made today ({error})."]
    return []


def suspect(database: Path) -> None:
    """Have the whole database looked through when it is opened next: damage was met in it."""
    with suppress(OSError):
        _suspicion(database).touch(OWNER_ONLY_FILE)


def _suspicion(database: Path) -> Path:
    return database.with_name(f"{database.name}.suspect")


def _how_closely(database: Path, today: date) -> _CheckDepth:
    if _suspicion(database).exists():
        return _CheckDepth.SUSPICIOUS
    left = database.with_name(f"{database.name}-wal")  # by a program that was killed
    killed = left.exists() and left.stat().st_size > 0
    return _CheckDepth.DAILY if killed or not is_backed_up(database, today) else _CheckDepth.PASSING


def _is_sound(database: Path, look: _CheckDepth) -> bool:
    """Say whether the file is a whole database; one that is not there is, where none ever was."""
    size = database.stat().st_size if database.exists() else 0
    if size == 0:
        return not backups(database)  # a first start that was killed leaves nothing as well
    if size < _LEAST_SIZE:
        return False
    try:
        with closing(connect(database)) as connection:
            return _is_sound_inside(connection, look, size)
    except UnicodeDecodeError:
        return False
    except sqlite3.DatabaseError as error:
        if is_damage(error):
            return False
        raise


def _is_sound_inside(connection: sqlite3.Connection, look: _CheckDepth, size: int) -> bool:
    if look is _CheckDepth.PASSING:
        whole = _has_all_pages(connection, size) and is_mostly_whole(connection)
    else:
        whole = is_whole(connection)
    if not has_table(connection, "migration"):
        return whole and not is_ours(connection)
    if not whole:
        return False
    ours = applied(connection) == [step.name for step in migrations()]
    return not ours or has_our_columns(connection)


def _has_all_pages(connection: sqlite3.Connection, size: int) -> bool:
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    (page_size,) = connection.execute("PRAGMA page_size").fetchone()
    return bool(pages * page_size <= size)


def _check_ours(connection: sqlite3.Connection, database: Path) -> None:
    if has_table(connection, "migration"):
        return
    if connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is not None:
        raise JournalError(
            f"{printable(str(database))}: is another program's database; move it elsewhere"
        )


def _bring_up_to_date(connection: sqlite3.Connection, database: Path, today: date) -> None:
    try:
        steps = pending(connection)
    except JournalError as error:
        raise JournalError(f"{printable(str(database))}: {error}") from error
    if steps and has_table(connection, "migration"):
        back_up_before(connection, database, today, steps[0].name)
    migrate(connection)


def _repair(database: Path) -> list[str]:
    """Set the damaged file aside and put the newest good backup in its place.

    What can still be read of the damaged file, and is what was written, is taken over from it.
    """
    aside, said = None, "The journal was gone."
    if database.exists():
        aside = _set_aside(database)
        said = f"The journal was damaged; it is set aside as {printable(aside.name)}."
    backup = next((each for each in backups(database) if is_good(each)), None)
    if backup is None:
        none = "No backup of it is whole" if backups(database) else "There is no backup"
        return [f"{said} {none}, so the journal starts over."]
    with closing(connect(backup, read_only=True)) as connection:
        copy_to(connection, database)
    saved = 0 if aside is None else _salvage(database, aside)
    since = f", and newer sessions were saved from the file: {saved}" if saved else ""
    return [f"{said} The backup of {day_of(backup)} is put back{since}."]


def _set_aside(database: Path) -> Path:
    now = datetime.now().astimezone()
    aside = database.with_name(f"{database.name}{ASIDE}{now:%Y-%m-%d-%H%M%S-%f}")
    for each, place in zip(with_company(database), with_company(aside), strict=True):
        if each.exists():
            each.replace(place)
    return aside


def set_aside(database: Path) -> Iterable[Path]:
    """Return the damaged files that were set aside."""
    return database.parent.glob(f"{database.name}{ASIDE}*")


def _salvage(database: Path, damaged: Path) -> int:
    """Return how many sessions were taken over from the damaged file."""
    with closing(connect_for_writing(database)) as target:
        migrate(target)
        try:
            with closing(connect(damaged, read_only=True)) as source, transaction(target):
                if pending(source):
                    return 0  # as an older program left it: the backup is all there is
                return salvage(source, target)
        except (sqlite3.Error, JournalError, ValueError):
            return 0


def open_for_reading(place: Path) -> sqlite3.Connection:
    """Return a connection that only reads, also where nothing can be put beside the file.

    Raises:
        JournalError: It cannot be read, or is not a journal as this program makes it.
    """
    with in_our_words(place):
        connection = connect(place, read_only=True)
        try:
            connection.execute("SELECT 1 FROM sqlite_master")
        except sqlite3.OperationalError:
            connection.close()
            connection = connect(place, immutable=True)
        try:
            _check_readable(connection, place)
        except BaseException:
            connection.close()
            raise
    return connection


def _check_readable(connection: sqlite3.Connection, place: Path) -> None:
    shown = printable(str(place))
    if not has_table(connection, "migration"):
        raise JournalError(f"{shown}: is not a journal of Coreline; give another file")
    try:
        steps = pending(connection)
    except JournalError as error:
        raise JournalError(f"{shown}: {error}") from error
    if steps:
        raise JournalError(f"{shown}: was made by an older Coreline; open it for writing once")
