"""The journal: everything a person has done, felt and chosen, in one SQLite file.

    with open_journal() as journal:
        life = journal.life(journal.current_profile().id)

One program at a time writes it, through one connection. What a session brings during training goes
through `recorder.Recorder`, which does not keep the picture waiting.
"""

from collections.abc import Collection, Sequence
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from coreline.errors import (
    JournalBusyError,
    JournalError,
    JournalUnwritableError,
)
from coreline.files.folders import database_file
from coreline.journal import people, sessions
from coreline.journal.aside import all_aside
from coreline.journal.backups import folder_of, new_part, purge, remove, take_out
from coreline.journal.connecting import (
    MEMORY,
    connect,
    connect_for_writing,
    in_our_words,
)
from coreline.journal.exchange import export_to, incoming
from coreline.journal.guarded import Guarded
from coreline.journal.ledger import Ledger
from coreline.journal.locking import Lock
from coreline.journal.merging import merge
from coreline.journal.migrations import migrate
from coreline.journal.opening import open_for_reading, put_in_order
from coreline.journal.own_exercises import Remembered, read_remembered
from coreline.journal.records import (
    Deleted,
    Imported,
    Note,
    SessionKept,
    Unfinished,
)
from coreline.journal.seals import seal_session
from coreline.journal.sets import read_tried
from coreline.programme.life import (
    Life,
    Profile,
)

if TYPE_CHECKING:
    from coreline.journal.readings import SeenInSet
    from coreline.session.record import SetRecord

FOLDERS: Final = ("reports", "videos", "plans")  # of a person, beside the journal


def open_journal(
    path: Path | None = None, *, read_only: bool = False, today: date | None = None
) -> "Journal":
    """Open the journal; one that is not there is made, one that is damaged is repaired.

    Args:
        path: The file; None: the one in the data folder.
        read_only: Only read; works beside a program that writes, and on a disk that cannot be
            written.
        today: The day, for the daily backup; None: as the computer's clock has it.

    Raises:
        JournalBusyError: Another program has it open, and this one wants to write.
        JournalUnwritableError: It cannot be written; `memory_journal` helps.
        JournalError: It is not a journal, or a newer program's.
    """
    place = path or database_file()
    day = today or datetime.now().astimezone().date()
    try:
        lock = Lock(place)
    except (JournalBusyError, JournalUnwritableError):
        if read_only and place.exists():
            return Journal(open_for_reading(place), place, ledger=Ledger(place))
        raise
    try:
        with in_our_words(place):
            found = put_in_order(place, day)
            if read_only:
                lock.close()
                connection = open_for_reading(place)
                return Journal(connection, place, ledger=found.ledger, passing=found.passing)
            found.ledger.begin()
            return Journal(
                connect_for_writing(place),
                place,
                lock=lock,
                ledger=found.ledger,
                passing=found.passing,
            )
    except BaseException:
        lock.close()
        raise


def memory_journal(path: Path | None = None) -> "Journal":
    """Return a journal in memory that begins with what the file at `path` holds, if it can be read.

    For a disk that cannot be written: everything works, and is lost at the end unless `export`ed.
    """
    place = path or database_file()
    connection, passing = connect(MEMORY), list[JournalError]()
    try:
        with in_our_words(place), closing(open_for_reading(place)) as source:
            source.backup(connection)
    except JournalError as error:
        if place.exists():  # nobody seems to train here, and that is not so
            passing.append(error)
    migrate(connection)
    return Journal(connection, place, ledger=Ledger(place), in_memory=True, passing=passing)


class Journal(Guarded):
    """An open journal; `notices` is what the person should know about it."""

    # People

    def profiles(self) -> tuple[Profile, ...]:
        """Return every profile in order of name."""
        with self.reading() as connection:
            return people.read_profiles(connection)

    def profile(self, id_or_name: str) -> Profile:
        """Return the profile of this id or name; case does not matter.

        Raises:
            UnknownProfileError: There is none.
        """
        with self.reading() as connection:
            return people.find_profile(connection, id_or_name)

    def current_profile(self) -> Profile | None:
        """Return who trains when nobody is named: the chosen one, or the only one there is."""
        with self.reading() as connection:
            profile_id = people.current_id(connection)
            return None if profile_id is None else people.find_profile(connection, profile_id)

    def use_profile(self, profile_id: str) -> None:
        """Choose who trains when nobody is named.

        Raises:
            UnknownProfileError: There is no such profile.
        """
        with self.writing() as connection:
            people.write_current(connection, people.find_profile(connection, profile_id).id)

    def save_profile(self, profile: Profile) -> None:
        """Keep a profile, new or changed; `new_id` makes an id for a new one.

        Raises:
            NameRefusedError: The name cannot be one, or another profile has it.
        """
        with self.writing() as connection:
            people.write_profile(connection, profile)

    def delete_profile(self, profile_id: str) -> Deleted:
        """Delete a person: every row, what is left of it in the file, and in every backup.

        Damaged files that were set aside go as well. The folders returned may hold files of theirs.

        Raises:
            UnknownProfileError: There is no such profile.
            JournalBusyError: Another program is reading the journal; nothing is deleted.
        """
        with self.reading() as connection:
            person = people.find_profile(connection, profile_id)
            self._empty_wal()
            query = "SELECT count(*) FROM session WHERE profile_id = ?"
            (count,) = connection.execute(query, (person.id,)).fetchone()
            if not self.in_memory:
                self._ledger.forget(person.id)
            take_out(connection, person.id)
            self._empty_wal()
            for backup in folder_of(self.path).glob("*.sqlite3"):
                purge(backup, person.id)
            for damaged in all_aside(self.path):
                remove(damaged)
        return Deleted(person.id, count, self.folders_of(person.id))

    def folders_of(self, profile_id: str) -> tuple[Path, ...]:
        """Return where files of one person belong that are not in the journal."""
        return tuple(self.path.parent / name / profile_id for name in FOLDERS)

    # What they noted and chose

    def life(self, profile_id: str) -> Life:
        """Return everything that the schedule needs to know of a person.

        Raises:
            UnknownProfileError: There is no such profile.
        """
        with self.reading() as connection:
            person = people.find_profile(connection, profile_id)
            sets = sessions.read_sets(connection, "s.profile_id = ?", (person.id,))
            return Life(person, sets, **people.read_notes(connection, person.id))

    def note(self, profile_id: str, note: Note) -> None:
        """Keep what a person noted or chose.

        Raises:
            UnknownProfileError: There is no such profile.
        """
        with self.writing() as connection:
            people.write_note(connection, people.find_profile(connection, profile_id).id, note)

    # Sessions

    def end_session(self, session_id: str, ended_at: datetime) -> None:
        """Keep that a session is over, also one that was killed and is not gone on with."""
        with self.writing() as connection:
            row = sessions.session_row(connection, session_id)
            sessions.end_row(connection, row, ended_at)
            seal_session(connection, row)

    def unfinished(self, profile_id: str, day: date) -> Unfinished | None:
        """Return the session of this day that was killed, the newest, if anything of it is left."""
        where = "s.profile_id = ? AND s.day = ? AND s.ended_at IS NULL"
        with self.reading() as connection:
            return sessions.read_unfinished(connection, where, (profile_id, day.isoformat()))

    def sessions(
        self,
        profile_id: str,
        first: date | None = None,
        last: date | None = None,
        *,
        taken_back: bool = False,
    ) -> tuple[SessionKept, ...]:
        """Return a person's sessions from one day to another, both included, in order of time.

        One in which nothing was done is none. With `taken_back` it is those that were taken back.
        """
        days = ((first or date.min).isoformat(), (last or date.max).isoformat())
        where = "s.profile_id = ? AND s.day BETWEEN ? AND ?"
        with self.reading() as connection:
            found = sessions.read_sessions(connection, where, (profile_id, *days))
            return tuple(each for each in found if (each.taken_back is not None) is taken_back)

    def exercises_tried(self, kept: Sequence[SessionKept]) -> tuple[str, ...]:
        """Return the exercises of sessions of which a set was tried, as they came first."""
        with self.reading() as connection:
            return read_tried(connection, [each.id for each in kept])

    def seen_in(self, session_id: str) -> "list[SeenInSet]":
        """Return what the readings of each set of a session come to.

        Raises:
            JournalError: There is no such session.
        """
        from coreline.journal.set_records import read_seen  # noqa: PLC0415 - brings the judging

        with self.reading() as connection:
            return read_seen(connection, sessions.session_row(connection, session_id))

    def set_records(self, session_id: str, *, readings: bool = True) -> "list[SetRecord]":
        """Return everything that was measured and said in a session, a record a set.

        Without `readings` those are left out, which take most of the time and the room. Otherwise
        they come back rounded to a thousandth, as the report writes them; everything else as it
        was. A set in which the program was killed has no readings, nor one whose readings are
        damaged.

        Raises:
            JournalError: There is no such session.
        """
        from coreline.journal.set_records import read_records  # noqa: PLC0415 - brings the judging

        with self.reading() as connection:
            row = sessions.session_row(connection, session_id)
            return read_records(connection, row, readings=readings)

    def remembered(self, known: Collection[str]) -> tuple[Remembered, ...]:
        """Return what is held of exercises that are none of the known ones, everybody's."""
        with self.reading() as connection:
            return read_remembered(connection, known)

    # The whole of it

    def export(self, path: Path, profile_id: str | None = None) -> None:
        """Write everything, or everything of one person, to one file that `import_` reads.

        Raises:
            BadOutputError: It cannot be written there.
            UnknownProfileError: There is no such profile.
        """
        only = None if profile_id is None else self.profile(profile_id).id
        with self.reading() as source:
            export_to(source, path, only)

    def import_(self, path: Path) -> Imported:
        """Take in what an exported file or a backup holds and this journal lacks; twice is once.

        Raises:
            JournalError: The file is not a journal, is damaged, or a newer program's.
        """
        from coreline.journal.admission import is_session_fit  # noqa: PLC0415 - brings the judging

        part = MEMORY if self.in_memory else new_part(self.path)
        with incoming(path, part) as source, self.writing() as connection:
            return merge(source, connection, is_fit=is_session_fit)
