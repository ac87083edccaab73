"""The journal's file: the connection, one thread at a time, and the ledger that is kept beside it.

Whatever is written goes through `writing`, which keeps in the ledger what was saved, after the
commit. So everything that is missing later can be named, and is, until it is acknowledged.
"""

import logging
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from coreline.closing import Closing
from coreline.errors import JournalBusyError, JournalDamagedError, JournalError
from coreline.journal.aside import were_set_aside
from coreline.journal.backups import backups
from coreline.journal.checking import Damage, check, damage, repair
from coreline.journal.connecting import in_our_words, transaction
from coreline.journal.findings import Loss, Lost, Notices
from coreline.journal.ledger import Ledger
from coreline.journal.locking import Lock
from coreline.journal.mark import Line, contents
from coreline.journal.mending import bring_back, put_people_back, put_profile_right
from coreline.journal.opening import suspect
from coreline.journal.people import read_profiles
from coreline.journal.records import Checked
from coreline.journal.recovering import Recovered, read_from
from coreline.journal.repairing import altered_keys
from coreline.journal.touched import Touched
from coreline.printable import printable

_log = logging.getLogger(__name__)


class Guarded(Closing):
    """A database and the ledger that it is held against; a base of `Journal`."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: Path,
        *,
        ledger: Ledger,
        lock: Lock | None = None,
        in_memory: bool = False,
        passing: Sequence[JournalError] = (),
    ) -> None:
        """Take over a connection that is ready; see `open_journal`."""
        self.path, self.in_memory, self._passing = path, in_memory, tuple(passing)
        self._connection, self._lock, self._ledger = connection, lock, ledger
        self._touched = Touched(connection) if lock is not None else None
        if ledger.mark.has_news or passing:
            _log.warning("opened with something to tell about it")
        # The recorder's thread and the main one take turns.
        self._turn = threading.RLock()

    def close(self) -> None:
        """Close, and let another program in."""
        with self._turn:
            self._connection.close()
        if self._lock is not None:
            with suppress(OSError):  # then it is looked through once more at the next opening
                self._ledger.close()
            self._lock.close()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Hand out the connection to read from, errors in our words."""
        with self._turn, self._watching():
            yield self._connection

    @contextmanager
    def writing(self, *, mending: bool = False) -> Iterator[sqlite3.Connection]:
        """Hand out the connection within a transaction, errors in our words.

        What it saved is in the ledger afterwards; what it deleted is no longer there, unless it is
        `mending`, when what was kept once remains what was kept.
        """
        with self._turn, self._watching():
            with transaction(self._connection):
                if self._touched is not None:
                    self._touched.begin()
                yield self._connection
                news = self._news(mending=mending)
            with suppress(OSError):  # the ledger may know less than the journal holds
                self._ledger.keep(news)

    def _news(self, *, mending: bool) -> list[Line]:
        if self._touched is None:
            return []
        if mending:
            return list(self._ledger.mark.new_in(contents(self._connection)))
        return list(self._touched.news(self._ledger.mark))

    @contextmanager
    def at_one_moment(self) -> Iterator[None]:
        """Read everything as it is now, whatever another program writes meanwhile."""
        with self.reading() as connection:
            connection.execute("BEGIN")
        try:
            yield
        finally:
            with self.reading() as connection:
                connection.execute("ROLLBACK")

    @contextmanager
    def _watching(self) -> Iterator[None]:
        """Raise errors in our words, and have damage seen to when the journal is opened next."""
        try:
            with in_our_words(self.path):
                yield
        except JournalDamagedError:
            if not self.in_memory:
                suspect(self.path)
            raise

    # What is wrong with it

    @property
    def notices(self) -> Notices:
        """What the person should know of it, until it is acknowledged."""
        mark = self._ledger.mark
        if self.in_memory:
            return Notices(passing=self._passing)
        # What was not missing when it was opened is not missing now.
        found = self._losses() if mark.lost else ()
        losses = tuple(each for each in found if each.key not in mark.acknowledged)
        mishaps = tuple(mishap for mishap in mark.mishaps.values() if not mishap.seen)
        there = {each.name for each in were_set_aside(self.path)}
        aside = tuple(mishap.aside for mishap in mishaps if mishap.aside in there)
        return Notices(mishaps, losses, aside if losses else (), self._passing)

    @property
    def lost_everybody(self) -> bool:
        """Whether nobody is in it, and there were people, or the whole file was replaced."""
        mark = self._ledger.mark
        replaced = any(mishap.of_file for mishap in mark.mishaps.values())
        with self.reading() as connection:
            return bool(mark.people or replaced) and not read_profiles(connection)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of everybody who was kept in it, as far as the ledger knows them."""
        people = self._ledger.mark.people.values()
        return tuple(str(person.profile.get("language")) for person in people)

    def has_lost_sessions(self, profile_id: str) -> bool:
        """Say whether sessions of a person were kept once and are missing."""
        mine = {
            uid for uid, kept in self._ledger.mark.sessions.items() if kept.person == profile_id
        }
        losses = self._losses() if self._ledger.mark.lost else ()
        return any(loss.kind is Lost.SESSION and loss.id in mine for loss in losses)

    def _losses(self) -> tuple[Loss, ...]:
        """Return everything that was kept once and is missing, acknowledged or not."""
        with self.reading() as connection:
            return self._ledger.mark.losses(contents(connection))

    def acknowledge(self) -> Notices:
        """Take what the notices say as known: it is no longer told. Return what they were.

        Raises:
            JournalUnwritableError: It cannot be written.
        """
        known, mark = self.notices, self._ledger.mark
        with self.reading() as connection:
            lines = list(mark.accepted(contents(connection), known.losses))
            anew = [replace(each, seen=True) for each in mark.mishaps.values() if each.of_file]
            over = [each.id for each in mark.mishaps.values() if not each.of_file]
            self._ledger.keep(
                [*lines, *(each.as_line() for each in anew), {"over": over}], on_disk=True
            )
        return known

    def recover(self, damaged: Sequence[Path] = (), *, parts: bool = False) -> Recovered:
        """Take over what can be read of damaged files, and is what was written.

        Args:
            damaged: Database files; none: all that were set aside.
            parts: Take sessions too that can be read in part only.

        Raises:
            JournalError: A file cannot be read.
        """
        found = Recovered()
        with self.writing(mending=True) as connection:
            put_people_back(connection, self._ledger.mark)
            for file in damaged or were_set_aside(self.path):
                more = read_from(file, connection, self._ledger.mark, parts=parts)
                found = found.and_more(more)
        return found

    def check(self) -> Checked:
        """Look through everything, and say what is not what was written, and what is missing."""
        with self.reading() as connection:
            return check(connection, self._losses(), self._ledger.mark.acknowledged)

    def repair(self) -> bool:
        """Take back from the backups what is not what was written, and what is missing.

        Of what a person noted, that of the day of the backup and since stays as it is. Says
        whether all is what was written.
        """
        mark = self._ledger.mark
        with self.writing(mending=True) as connection:
            for each in damage(connection).profiles:
                put_profile_right(connection, mark, each)
            bring_back(connection, self.path, mark)
            left = repair(connection, damage(connection), backups(self.path))
        with suppress(OSError):
            self._ledger.keep([{"altered": sorted(altered_keys(left))}])
        return left == Damage()

    def _empty_wal(self) -> None:
        if self.in_memory:
            return
        busy, *_ = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise JournalBusyError(
                f"{printable(str(self.path))}: another program is reading it; close that one first",
                nl=f"{printable(str(self.path))}: een ander programma leest erin; sluit dat eerst",
            )
