"""The recorder: what a session brings goes to the journal without keeping the picture waiting.

    with Recorder(journal, session_start(profile.id, day, now, planned)) as recorder:
        ...  # after every step of the session:
        recorder.follow(session.records)
        ...
        recorder.end_session(now)

The loop hands over; one thread writes, a commit a repetition, rotation or hold, and one a second of
a running hold. What is handed over stays in memory until it is written, so that a session on a full
disk goes on, is written as soon as there is room, and can be exported until then.

The thread waits for entries, and writes all that wait in one commit: all is well, or nothing of it
is there. A commit that fails is trouble: the entries stay, the person is warned once, and it is
tried again every few seconds and one last time at the end; when all is written, and there is
trouble once more, the person is warned once more. Only what a disk or another program may
do is trouble; any other error ends the thread and is raised where it is joined.

Whoever tells of something only when it is on the disk takes a receipt for it. It is settled when
that is written, and also when it will not be soon, of which the person has been warned by then.

A failed start is no session: until something was as much as tried nothing is written. What the
person noted meanwhile is a note, and kept as such.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Final

from coreline.closing import Closing
from coreline.errors import (
    JournalBusyError,
    JournalDamagedError,
    JournalError,
    JournalUnwritableError,
)
from coreline.journal.database import Journal
from coreline.journal.entries import (
    Begun,
    Described,
    Ended,
    JournalEntry,
    Noted,
    SetClosed,
    SetWent,
)
from coreline.journal.exchange import new_file
from coreline.journal.facts import Placed
from coreline.journal.merging import copy_session
from coreline.journal.people import write_profile
from coreline.journal.records import Note
from coreline.journal.seals import RunningSeal, seal_session
from coreline.journal.sessions import SessionStart, next_place, session_row
from coreline.judging.events import HoldEnded, RepetitionEnded, RotationEnded
from coreline.printable import printable
from coreline.programme.language import Language
from coreline.programme.life import Profile
from coreline.programme.own import description_of
from coreline.programme.spec import Exercise, Text
from coreline.session.record import SetRecord

RETRY_S: Final = 5.0  # to make room takes the person longer; a try costs a few milliseconds
# Longer than our own commits take (p99 16 ms; 1.6 s at the most on a disk and two processors that
# nineteen programs wanted), and short enough that a count is still heard before the next repetition
# is over, which takes four seconds. A disk that wakes up, or another program's lock, can take
# longer: a session is not to stand still for that.
PATIENCE_S: Final = 3.0
_GOES_ON: Final = Text(
    en="the session goes on and is kept in memory",
    nl="de training gaat door en wordt in het geheugen bewaard",
)
_TROUBLE: Final = (JournalUnwritableError, JournalBusyError, JournalDamagedError)
_KEPT_AT_ONCE: Final = (RepetitionEnded, RotationEnded, HoldEnded)

Warn = Callable[[str], None]
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _HandedOver:
    """How much of a set has been handed over; `done` is without what was `adjusted` by hand."""

    record: SetRecord
    place: int
    done: float = 0.0
    adjusted: int = 0
    facts: int = 0
    cues: int = 0
    waiting: list[Placed] = field(default_factory=list)
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """For all that was handed over to a recorder until a moment: so many entries."""

    recorder: "Recorder"
    entries: int

    def settled(self, wait_s: float = 0.0) -> bool:
        """Wait so long at most; say whether it is on the disk, or the person knows that it is not.

        A write that fails settles it, and so does one that takes longer than the recorder's
        patience: what was handed over is kept in memory, and written when that can be done.
        """
        return self.recorder.is_settled(self.entries, wait_s)


class Recorder(Closing):
    """Write one session; a context, so that the thread is always joined.

    `trouble` says why nothing can be written at the moment; None when all is well.
    """

    def __init__(
        self,
        journal: Journal,
        session: SessionStart | str,
        warn: Warn | None = None,
        retry_s: float = RETRY_S,
        patience_s: float = PATIENCE_S,
        language: Language = "en",
    ) -> None:
        """Start the thread.

        Args:
            journal: Where the session is kept.
            session: One that begins, whether it can be written at the moment or not; or what one
                that was killed is called, to go on with it.
            warn: Called from any thread when something cannot be written, before it counts as
                settled; once, until all is written again.
            retry_s: How long after a failure writing is tried again.
            patience_s: How long a receipt waits for a write that neither succeeds nor fails.
            language: In which `warn` is told.

        Raises:
            JournalError: There is no such session.
            UnknownProfileError: There is no such profile.
        """
        self.trouble: str | None = None
        self._journal, self._warn, self._warned = journal, warn, False
        self._language = language
        self._retry_s, self._patience_s = retry_s, patience_s
        self._entries: deque[JournalEntry] = deque()  # that are not written yet
        self._handed_s: deque[float] = deque()  # when each was handed over
        self._held_back: list[JournalEntry] = []  # until something was as much as tried
        self._written = self._over = 0
        self._sets: list[_HandedOver] = []
        self._seal = RunningSeal()
        self._closing = self._gave_up = False
        self._error: BaseException | None = None
        self._news = threading.Condition()
        if isinstance(session, SessionStart):
            self.session_id, self._first_place = session.uid, 1
            self._profile = journal.profile(session.profile_id)
            self._held_back.append(Begun(session))
        else:
            self.session_id = session
            self._profile, self._first_place = _resumed(journal, session)
        self._thread = threading.Thread(target=self._run, name="journal")
        self._thread.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Write what is left and join the thread; an error that is on its way goes first."""
        self._join()
        if error is None:
            self._raise()

    def close(self) -> None:
        """Write what is left, join the thread, and raise what it could not cope with."""
        self._join()
        self._raise()

    # What the loop hands over; none of these waits

    def follow(self, records: Sequence[SetRecord], done: float | None = None) -> None:
        """Take over what is new; to be called after every step.

        Args:
            records: All of the session's records; those before the last are over.
            done: What was done of the last one so far, without what was done before this session;
                None: as its record says.
        """
        while self._over < len(records) - 1:
            record, after = records[self._over : self._over + 2]
            # A set that was only got ready for is skipped, unless it is started again right away.
            if _is_begun(record) or not _is_same(record, after):
                self.close_set(record)
            self._over += 1
        last = records[-1]
        each = self._of(last)
        new = last.facts[each.facts :]
        each.waiting += enumerate(new, each.facts + 1)
        each.facts += len(new)
        # A repetition and the count that it makes are one entry: neither is there without the other
        goes_on = self._goes_on(each, last.done if done is None else done)
        if goes_on or any(isinstance(fact, _KEPT_AT_ONCE) for fact in new):
            self._send(each)

    def describe(self, exercises: Sequence[Exercise]) -> None:
        """Keep what exercises of the person's own are, which outlive their files."""
        if exercises:
            described = Described({each.id: description_of(each) for each in exercises})
            self._hand_over(described, tried=False)

    def close_set(self, record: SetRecord) -> None:
        """Keep the whole of a set that is over.

        Again where its count was put right since, but not once its record has let go of the rest.
        """
        each = self._of(record)
        each.closed = True
        readings, facts, cues = record.readings[:], list(record.facts), list(record.cues)
        whole = replace(record, readings=readings, facts=facts, cues=cues)
        self._hand_over(SetClosed(each.place, whole), tried=whole.tried)

    def note(self, note: Note) -> None:
        """Keep what the person noted or chose during the session."""
        self._hand_over(Noted(self._profile.id, note), of_session=False)

    def end_session(self, ended_at: datetime) -> None:
        """Keep that the session is over, its last set with it."""
        if self._sets and not self._sets[-1].closed and _is_begun(self._sets[-1].record):
            self.close_set(self._sets[-1].record)
        self._hand_over(Ended(ended_at), tried=False)

    # What has become of it

    @property
    def nothing_tried(self) -> bool:
        """Say whether nothing was as much as tried, so that there is no such session."""
        return bool(self._held_back)

    @property
    def unsaved(self) -> int:
        """Return how many things handed over are not on the disk yet."""
        return len(self._entries)

    @property
    def reaches_disk(self) -> bool:
        """Say whether what is handed over is on a disk soon, as things are now."""
        return self.keeps_up and not self._journal.in_memory

    @property
    def keeps_up(self) -> bool:
        """Say whether what is handed over is written without trouble or delay."""
        if self.trouble is not None or self._error is not None:
            return False
        with self._news:  # the thread takes away what it has written
            first_s = self._handed_s[0] if self._handed_s else None
        return first_s is None or time.monotonic() - first_s < self._patience_s

    def receipt(self) -> Receipt:
        """Return the receipt for everything handed over so far."""
        with self._news:
            return Receipt(self, self._written + len(self._entries))

    def is_settled(self, entries: int, wait_s: float) -> bool:
        """Say whether so many entries are on the disk, or the person knows that they are not."""

        def is_over() -> bool:
            return self._written >= entries or not self.keeps_up

        with self._news:
            if not self._news.wait_for(is_over, wait_s):
                return False
            is_late = self._written < entries
        if is_late:
            self._tell(self._wrong("the disk takes long to write", "de schijf schrijft traag"))
        return True

    def flush(self, timeout_s: float | None = None) -> bool:
        """Wait until everything handed over is on the disk; say whether it is."""

        def is_settled() -> bool:
            return not self.unsaved or self.trouble is not None or self._error is not None

        with self._news:
            self._news.wait_for(is_settled, timeout_s)
            return not self.unsaved

    def export(self, path: Path) -> None:
        """Write the session, saved or not, to a file that `coreline journal import` reads.

        Raises:
            BadOutputError: It cannot be written there either.
        """
        with self._news:
            entries = [*self._held_back, *self._entries]
            written = self._written if not self._held_back else 0
        with new_file(path) as target:
            write_profile(target, self._profile)
            if written or self._first_place > 1:
                with self._journal.reading() as source:
                    copy_session(source, target, self.session_id)
            for entry in entries:
                entry.write(target, self.session_id)
            seal_session(target, session_row(target, self.session_id))

    # The main thread's side

    def _of(self, record: SetRecord) -> _HandedOver:
        for each in reversed(self._sets):
            if each.record is record:
                return each
        self._sets.append(_HandedOver(record, self._first_place + len(self._sets)))
        return self._sets[-1]

    def _goes_on(self, each: _HandedOver, done: float) -> bool:
        """Note how far a set is; say of a second, a repetition or turn more, or a correction."""
        before, each.done = each.done, max(each.done, done - each.record.adjusted)
        adjusted, each.adjusted = each.adjusted, each.record.adjusted
        return int(each.done) > int(before) or each.adjusted != adjusted

    def _send(self, each: _HandedOver) -> None:
        cues = each.record.cues[each.cues :]
        placed = tuple((place, *cue) for place, cue in enumerate(cues, each.cues + 1))
        bare = replace(each.record, done=each.done, readings=[], facts=[], cues=[])
        self._hand_over(SetWent(each.place, bare, tuple(each.waiting), placed))
        each.cues += len(cues)
        each.waiting = []

    def _hand_over(
        self, entry: JournalEntry, *, tried: bool = True, of_session: bool = True
    ) -> None:
        """Have an entry written; what comes before anything was `tried` waits for that.

        What is not `of_session` does not begin it, and waits for nothing.
        """
        if self._held_back and of_session and not tried:
            self._held_back.append(entry)
            return
        entries = [entry]
        if of_session:
            entries, self._held_back = [*self._held_back, entry], []
        with self._news:
            for each in entries:
                self._entries.append(each)
                self._handed_s.append(time.monotonic())
            self._news.notify_all()

    def _join(self) -> None:
        with self._news:
            self._closing = True
            self._news.notify_all()
        self._thread.join()

    def _raise(self) -> None:
        error, self._error = self._error, None
        if error is not None:
            raise error

    # The thread's side

    def _run(self) -> None:
        try:
            while self._has_work():
                self._write()
        except BaseException as error:  # noqa: BLE001 - raised again where the thread is joined
            self._tell(self._wrong(f"cannot be written ({error})", "kan niet bewaard worden"))
            with self._news:
                self._error = error
                self._news.notify_all()

    def _has_work(self) -> bool:
        """Wait for something to write; False when the session is over, and nothing more can be."""
        with self._news:
            if self.trouble is None:
                self._news.wait_for(lambda: self._closing or self.unsaved)
                return bool(self.unsaved)
            if self._gave_up:
                return False
            self._news.wait_for(lambda: self._closing, self._retry_s)
            self._gave_up = self._closing  # one last time
            return True

    def _write(self) -> None:
        """Write everything that waits, in one commit."""
        with self._news:
            batch = list(self._entries)
        try:
            with self._journal.writing() as connection:
                for entry in batch:
                    entry.write(connection, self.session_id)
                if not all(isinstance(each, Noted) for each in batch):
                    row = session_row(connection, self.session_id)
                    places = [each.place for each in batch if isinstance(each, SetWent | SetClosed)]
                    self._seal.seal(connection, row, places)
        except _TROUBLE as error:
            self._settle(0, error)
        else:
            self._settle(len(batch), None)

    def _settle(self, written: int, trouble: JournalError | None) -> None:
        if trouble is not None:
            self._tell(trouble)  # before anything is told as if it were on the disk
        with self._news:
            self._written += written
            for _ in range(written):
                self._entries.popleft()
                self._handed_s.popleft()
            if self.trouble is not None and trouble is None:
                _log.info("written again")
            self.trouble = None if trouble is None else str(trouble)
            self._warned = self._warned and self.unsaved > 0
            self._news.notify_all()

    def _wrong(self, en: str, nl: str) -> JournalError:
        """Return what is wrong with the journal's file."""
        shown = printable(str(self._journal.path))
        return JournalError(f"{shown}: {en}", nl=f"{shown}: {nl}")

    def _tell(self, trouble: JournalError) -> None:
        """Warn the person, the first time since all was written."""
        with self._news:
            warned, self._warned = self._warned, True
        if self._warn is not None and not warned:
            goes_on = _GOES_ON.in_(self._language)
            self._warn(f"{trouble.in_(self._language)}; {goes_on}")


def _resumed(journal: Journal, session_id: str) -> tuple[Profile, int]:
    """Return whose session it is, and the place of its next set."""
    with journal.reading() as connection:
        row = session_row(connection, session_id)
        query = "SELECT profile_id FROM session WHERE id = ?"
        (profile_id,) = connection.execute(query, (row,)).fetchone()
        return journal.profile(profile_id), next_place(connection, row)


def _is_begun(record: SetRecord) -> bool:
    """Say whether the start position of a set was ever held, or something was tried in it."""
    return record.near_side is not None or any(
        isinstance(fact, _KEPT_AT_ONCE) for fact in record.facts
    )


def _is_same(record: SetRecord, other: SetRecord) -> bool:
    same = (record.exercise_id, record.set_number) == (other.exercise_id, other.set_number)
    return same and (record.side is other.side or None in (record.side, other.side))
