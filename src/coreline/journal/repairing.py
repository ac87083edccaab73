"""What is done where the journal is damaged; each thing found is told until it is acknowledged.

A mishap is in the ledger before the file is put back, so that a program that is killed in between
has told it all the same.
"""

import secrets
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from coreline.errors import JournalError
from coreline.journal.aside import copy_aside, set_aside
from coreline.journal.backups import backups, copy_to, day_of, is_good
from coreline.journal.checking import Damage, damage, repair
from coreline.journal.connecting import connect, connect_for_writing, transaction
from coreline.journal.findings import Found, Loss, Lost, Mishap
from coreline.journal.ledger import Ledger
from coreline.journal.mark import Mark, contents, notes_in
from coreline.journal.mending import (
    Brought,
    bring_back,
    drop_strays,
    has_strays,
    put_people_back,
    put_profile_right,
    restorable,
    take_from,
)
from coreline.journal.merging import Wanted
from coreline.journal.migrations import migrate, pending
from coreline.journal.pages import read_pages
from coreline.journal.recovering import partly_read


def new_mishap(found: Found, day: date, aside: Path | None = None) -> Mishap:
    """Return a mishap that is to be told."""
    return Mishap(secrets.token_hex(4), found, day, aside.name if aside else "")


def tell(ledger: Ledger, mishap: Mishap) -> None:
    """Have a mishap on the disk.

    Raises:
        OSError: It cannot be written.
    """
    ledger.keep([mishap.as_line()], on_disk=True)


def bring_up_to_date(connection: sqlite3.Connection, ledger: Ledger) -> None:
    """Do the steps that are still to do; what they make of the rows is what was kept, from now on.

    Raises:
        OSError: It cannot be written.
        sqlite3.Error: It cannot be written.
    """
    before = notes_in(connection)
    if migrate(connection):
        ledger.keep(ledger.mark.changed_by_step(before, notes_in(connection)))


# The file


def repair_file(database: Path, ledger: Ledger, today: date) -> None:
    """Set the damaged file aside and put the newest good backup in its place.

    What can still be read of the damaged file, and is what was written, is taken over from it.

    Raises:
        OSError: It cannot be written.
        sqlite3.Error: It cannot be written.
    """
    ledger.begin()
    aside = set_aside(database)
    mishap = new_mishap(Found.DAMAGED if aside else Found.GONE, today, aside)
    tell(ledger, mishap)
    backup = next((each for each in backups(database) if is_good(each)), None)
    if backup is not None:
        with closing(connect(backup, read_only=True)) as connection:
            copy_to(connection, database)
        mishap = replace(mishap, restored=day_of(backup))
    tell(ledger, _refilled(database, ledger, aside, mishap))


def put_back(database: Path, keepsake: Path, ledger: Ledger, today: date) -> None:
    """Put the journal back as it was closed, where a log that is not its own has changed it.

    Raises:
        OSError: It cannot be written.
        sqlite3.Error: It cannot be written.
    """
    ledger.begin()
    aside = set_aside(database)
    mishap = new_mishap(Found.STRAY, today, aside)
    tell(ledger, mishap)
    keepsake.replace(database)
    tell(ledger, _refilled(database, ledger, aside, mishap))


def _refilled(database: Path, ledger: Ledger, aside: Path | None, mishap: Mishap) -> Mishap:
    """Take over what is sound in the damaged file, and who is known by the ledger."""
    mark, newer = ledger.mark, mishap.found is not Found.STRAY
    with closing(connect_for_writing(database)) as target:
        bring_up_to_date(target, ledger)
        brought = _salvaged(target, aside, mark, newer=newer) if aside else Brought()
        with transaction(target):
            put = put_people_back(target, mark)
        left = restorable(mark.losses(contents(target)))
        partly = 0
        if aside is not None and (left or not mark.people):
            more, partly = _read_out(target, aside, mark, newer=newer)
            brought = brought.and_more(more)
    return replace(mishap, saved=brought.sessions, people=put, partly=partly)


def _salvaged(target: sqlite3.Connection, damaged: Path, mark: Mark, *, newer: bool) -> Brought:
    """Take over from a damaged file what SQLite can still read of it."""
    try:
        with closing(connect(damaged, read_only=True)) as source, transaction(target):
            if pending(source):
                return Brought()  # as an older program left it
            return take_from(source, target, mark, Wanted(newer=newer))
    except (sqlite3.Error, JournalError, ValueError):
        return Brought()


def _read_out(
    target: sqlite3.Connection, damaged: Path, mark: Mark, *, newer: bool
) -> tuple[Brought, int]:
    """Take over what can be read page by page; return also how much is there only in part."""
    try:
        with closing(read_pages(damaged)) as source, transaction(target):
            brought = take_from(source, target, mark, Wanted(newer=newer))
            return brought, len(partly_read(source, target))
    except (sqlite3.Error, JournalError, ValueError, OSError):
        return Brought(), 0


# The rows


@dataclass(frozen=True, slots=True)
class _Look:
    """What a look at the rows finds that was not known: wrong sums, what is missing, strays."""

    damage: Damage
    lost: tuple[Loss, ...]
    strays: bool

    @property
    def is_behind(self) -> bool:
        """Whether something is missing that is not a part of what was altered."""
        altered = self.damage.profiles | self.damage.sessions
        missing = (loss for loss in self.lost if loss.kind is not Lost.ALTERED_NOTES)
        return self.strays or any(loss.id not in altered for loss in missing)


def repair_rows(
    connection: sqlite3.Connection, database: Path, ledger: Ledger, today: date, since: date
) -> None:
    """Look at the rows since a day, and take back from the backups what is wrong or missing.

    Raises:
        OSError: It cannot be written.
        sqlite3.Error: It cannot be written.
    """
    look, mark = _look(connection, ledger, since), ledger.mark
    left = look.damage
    if look.lost or look.strays or not altered_keys(left) <= mark.altered:
        ledger.begin()
        aside = copy_aside(connection, database) if look.strays else None
        told = _is_told(ledger, today)
        with transaction(connection):
            put = put_people_back(connection, mark)
            drop_strays(connection)
            for each in look.damage.profiles:
                put_profile_right(connection, mark, each)
            brought = bring_back(connection, database, mark)
            left = repair(connection, damage(connection, since), backups(database))
        _tell_altered(ledger, look, left, brought, today)
        if look.is_behind and not (told and brought == Brought()):
            mishap = replace(new_mishap(Found.BEHIND, today, aside), restored=brought.day)
            people = put + brought.people
            tell(ledger, replace(mishap, saved=brought.sessions, people=people))
    _know_altered(ledger, left, since)


def _look(connection: sqlite3.Connection, ledger: Ledger, since: date) -> _Look:
    losses = restorable(ledger.mark.losses(contents(connection)))
    new = tuple(loss for loss in losses if loss.key not in ledger.mark.lost)
    return _Look(damage(connection, since), new, has_strays(connection))


def _is_told(ledger: Ledger, today: date) -> bool:
    """Say whether it was found today, with the file, why something is missing."""
    return any(mishap.day == today and not mishap.seen for mishap in ledger.mark.mishaps.values())


def _tell_altered(ledger: Ledger, look: _Look, left: Damage, brought: Brought, today: date) -> None:
    """Tell of rows that are no longer what was written, once."""
    if altered_keys(look.damage) <= ledger.mark.altered:
        return
    mishap = new_mishap(Found.ALTERED, today)
    if not look.is_behind:
        mishap = replace(mishap, restored=brought.day)
    saved = len(look.damage.sessions) - len(left.sessions)
    people = len(look.damage.profiles) - len(left.profiles)
    tell(ledger, replace(mishap, saved=saved, people=people))


def altered_keys(found: Damage) -> frozenset[str]:
    """Return the keys of the losses that rows which are not what was written amount to."""
    people = (Loss(Lost.ALTERED_NOTES, each, "").key for each in found.profiles)
    sessions = (Loss(Lost.ALTERED_SESSION, each, "").key for each in found.sessions)
    return frozenset([*people, *sessions])


def _know_altered(ledger: Ledger, left: Damage, since: date) -> None:
    """Keep whose rows are not what was written; of what was not looked at, as it was known."""
    mark = ledger.mark
    older = {uid for uid, kept in mark.sessions.items() if kept.day < since.isoformat()}
    unseen = {key for key in mark.altered if key.split(":")[1] in older}
    if mark.altered != (altered := altered_keys(left) | unseen):
        with suppress(OSError):
            ledger.keep([{"altered": sorted(altered)}])
