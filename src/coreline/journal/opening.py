"""What must be in order before the journal is used: the file whole, backed up and up to date.

Always in this order, since each step trusts the one before it:

1. Is it, to the byte, what it was when it was last closed? The ledger beside it knows. Where it is
   not, where a program was killed or damage was met, everything is looked through; else everything
   of the last month once a day, and a tenth of that in between.
2. Is the file whole? One that is not is set aside, not deleted, and the newest good backup takes
   its place, with every session that can still be read from the damaged file and is what was
   written. The same where a log that is not its own lay beside it and did harm.
3. Is it ours, and of which version? It is backed up before it is brought up to date.
4. Rows that are no longer what was written (SQLite notices no flipped bit), and sessions that were
   kept once and are missing, are taken back from the backups.
5. Today's backup is made, last, so that none is ever made of what was not looked at.

What was done is in the ledger, and told until the person has acknowledged it. Only what leaves no
journal to open is an error.
"""

import shutil
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto
from pathlib import Path
from typing import Final

from coreline.errors import JournalError
from coreline.files.writing import OWNER_ONLY_FILE, make_file
from coreline.journal.backups import (
    back_up_before,
    back_up_daily,
    backups,
    is_backed_up,
    is_mostly_whole,
    is_whole,
    new_part,
    remove_parts,
)
from coreline.journal.checking import Damage, damage, has_our_columns
from coreline.journal.connecting import connect, connect_for_writing, in_our_words, is_damage
from coreline.journal.findings import Found
from coreline.journal.ledger import Ledger, has_content, logs_of
from coreline.journal.mark import contents, without_sums
from coreline.journal.mending import has_strays
from coreline.journal.migrations import applied, has_table, is_ours, migrations, pending
from coreline.journal.repairing import (
    bring_up_to_date,
    new_mishap,
    put_back,
    repair_file,
    repair_rows,
    tell,
)
from coreline.printable import printable

_LEAST_SIZE: Final = 512  # SQLite takes less than that for a new database
_RECENT: Final = timedelta(days=31)  # of these days the rows themselves are looked at daily


class _CheckDepth(Enum):
    """How closely the database is looked at before it is used."""

    PASSING = auto()  # once a day is enough for the rest
    DAILY = auto()
    SUSPICIOUS = auto()  # damage was met in it, or it is not what it was when it was closed


@dataclass(frozen=True, slots=True)
class InOrder:
    """A journal that may be used: its ledger, and in words what is so at this opening alone."""

    ledger: Ledger
    passing: tuple[JournalError, ...]


def put_in_order(database: Path, today: date) -> InOrder:
    """Repair, back up and migrate the database, and return what is known of it.

    Raises:
        JournalError: The file is not a journal, or of a newer program.
        OSError: It cannot be written.
        sqlite3.Error: It cannot be written.
    """
    remove_parts(database)
    ledger = _ledger_of(database, today)
    look = _how_closely(database, ledger, today)
    _undo_strange_log(database, ledger, today)
    if not _is_sound(database, look, ledger):
        repair_file(database, ledger, today)
    _check_ours(database, ledger)
    with closing(connect_for_writing(database)) as connection:
        _bring_up_to_date(connection, database, ledger, today)
        if look is not _CheckDepth.PASSING:
            since = date.min if look is _CheckDepth.SUSPICIOUS else today - _RECENT
            repair_rows(connection, database, ledger, today, since)
            _take_up(connection, ledger)
            _suspicion(database).unlink(missing_ok=True)
        passing = _backed_up(connection, database, today)
    with suppress(OSError):  # it is looked through once more, then
        ledger.close()
    return InOrder(ledger, passing)


def _ledger_of(database: Path, today: date) -> Ledger:
    """Return the ledger; where it is not whole, with what the backups say was kept."""
    ledger = Ledger(database)
    if ledger.is_whole:
        return ledger
    for backup in backups(database):
        with (
            suppress(sqlite3.Error, ValueError),
            closing(connect(backup, read_only=True)) as source,
        ):
            ledger.learn(ledger.mark.new_in(without_sums(contents(source))))
    if ledger.is_damaged:
        ledger.begin()
        tell(ledger, new_mishap(Found.LIST, today))
    return ledger


def _take_up(connection: sqlite3.Connection, ledger: Ledger) -> None:
    """Keep in the ledger what the database holds beyond it, and what of the losses is known."""
    now, mark = contents(connection), ledger.mark
    lines = list(mark.new_in(now))
    missing = frozenset(loss.key for loss in mark.losses(now))
    if missing != mark.lost:
        lines.append({"lost": sorted(missing)})
    if mark.acknowledged - missing:
        lines.append({"acknowledged": sorted(mark.acknowledged & missing)})
    over = [mishap.id for mishap in mark.mishaps.values() if mishap.seen and now.people]
    if over:
        lines.append({"over": over})
    with suppress(OSError):
        ledger.keep(lines)


def _backed_up(
    connection: sqlite3.Connection, database: Path, today: date
) -> tuple[JournalError, ...]:
    """Make today's backup, and say when that cannot be done: no reason not to train."""
    try:
        back_up_daily(connection, database, today)
    except (OSError, sqlite3.OperationalError) as error:
        said = JournalError(
            f"No backup of the journal could be made today ({error}).",
            nl="Vandaag kon er geen reservekopie van het logboek gemaakt worden.",
        )
        return (said,)
    return ()


def suspect(database: Path) -> None:
    """Have the whole database looked through when it is opened next: damage was met in it."""
    with suppress(OSError):
        _suspicion(database).touch(OWNER_ONLY_FILE)


def _suspicion(database: Path) -> Path:
    return database.with_name(f"{database.name}.suspect")


def _how_closely(database: Path, ledger: Ledger, today: date) -> _CheckDepth:
    backed_up = is_backed_up(database, today)
    if _suspicion(database).exists() or any(map(has_content, logs_of(database))):
        return _CheckDepth.SUSPICIOUS  # met before, or the program was killed
    if not ledger.is_untouched(closely=not backed_up):
        return _CheckDepth.SUSPICIOUS
    return _CheckDepth.PASSING if backed_up else _CheckDepth.DAILY


# A log that is not of this file


def _undo_strange_log(database: Path, ledger: Ledger, today: date) -> None:
    """Put the journal back as it was closed, where a log that came later does harm to it.

    SQLite would replay an old log over a newer file. The file is kept by until it is clear whether
    it does harm: it may be the log of a program that knows no ledger, and was killed.
    """
    strange = any(map(has_content, logs_of(database)))
    if not strange or not ledger.is_untouched(closely=True):
        return
    keepsake = new_part(database)
    make_file(keepsake)
    shutil.copyfile(database, keepsake)
    if _is_harmed(database, ledger):
        put_back(database, keepsake, ledger, today)
    else:
        keepsake.unlink()


def _is_harmed(database: Path, ledger: Ledger) -> bool:
    """Say whether a database, its log with it, is not sound, or lacks what was kept."""
    if not _is_sound(database, _CheckDepth.SUSPICIOUS, ledger):
        return True
    with closing(connect_for_writing(database)) as connection:
        if not has_table(connection, "migration") or pending(connection):
            return False
        lost = [loss.key for loss in ledger.mark.losses(contents(connection))]
        wrong = damage(connection) != Damage() or has_strays(connection)
        return wrong or not ledger.mark.lost.issuperset(lost)


# Whether it is sound


def _is_sound(database: Path, look: _CheckDepth, ledger: Ledger) -> bool:
    """Say whether the file is a whole database; one that is not there is, where none ever was."""
    size = database.stat().st_size if database.exists() else 0
    if size == 0:  # a first start that was killed leaves nothing as well
        return not backups(database) and not ledger.is_there
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


# Whether it is ours


def _check_ours(database: Path, ledger: Ledger) -> None:
    """Leave another program's database as it is: not even its way of writing is changed."""
    if not has_content(database):
        return
    with closing(connect(database)) as connection:
        query = "SELECT 1 FROM sqlite_master LIMIT 1"
        empty = connection.execute(query).fetchone() is None
        if empty or has_table(connection, "migration"):
            return
    known = bool(ledger.mark.people or backups(database))
    then, then_nl = (", and yours is put back", ", dan wordt het jouwe teruggezet")
    raise JournalError(
        f"{printable(str(database))}: is another program's database; move it elsewhere"
        f"{then if known else ''}",
        nl=f"{printable(str(database))}: is van een ander programma; zet het ergens anders"
        f"{then_nl if known else ''}",
    )


def _bring_up_to_date(
    connection: sqlite3.Connection, database: Path, ledger: Ledger, today: date
) -> None:
    try:
        steps = pending(connection)
    except JournalError as error:
        raise _about(database, error) from error
    if not steps:
        return
    if has_table(connection, "migration"):
        ledger.begin()
        back_up_before(connection, database, today, steps[0].name)
    bring_up_to_date(connection, ledger)


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
        raise JournalError(
            f"{shown}: is not a journal of Coreline; give another file",
            nl=f"{shown}: is geen logboek van Coreline; geef een ander bestand",
        )
    try:
        steps = pending(connection)
    except JournalError as error:
        raise _about(place, error) from error
    if steps:
        raise JournalError(
            f"{shown}: was made by an older Coreline; open it for writing once",
            nl=f"{shown}: is van een oudere Coreline; open het één keer om te schrijven",
        )


def _about(place: Path, error: JournalError) -> JournalError:
    """Return an error with the file that it is about."""
    shown = printable(str(place))
    return JournalError(f"{shown}: {error}", nl=f"{shown}: {error.in_('nl')}")
