"""Nothing that was finished is lost: not by a kill, not by a full disk; and nobody waits for it."""

import gc
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from coreline.data_files import load_catalogue, load_cues
from coreline.errors import BadOutputError, JournalError
from coreline.files.recordings import load_trace
from coreline.journal.database import Journal, memory_journal, open_journal
from coreline.journal.entries import SetClosed
from coreline.journal.recorder import Recorder
from coreline.journal.sessions import session_start
from coreline.judging.events import HoldEnded, Lost, RepetitionEnded
from coreline.programme.language import Language
from coreline.session.blocks import Block
from coreline.session.record import SetRecord
from coreline.session.session import Session
from journal_values import (
    ANNA,
    DAY,
    ENDED_AT,
    HOLD,
    NOTES,
    PAIN,
    PLAN,
    RAISES,
    ROLL,
    STARTED_AT,
    as_kept,
    copy_of,
    judged,
    keep_session,
)
from judged_recordings import RECORDINGS

KILL = Path(__file__).parents[2] / "benchmarks" / "kill.py"
LIMIT_S = 60.0  # ends what would wait for ever
START = session_start(ANNA.id, DAY, STARTED_AT, PLAN)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with open_journal(tmp_path / "coreline.sqlite3", today=DAY) as opened:
        opened.save_profile(ANNA)
        yield opened


@pytest.mark.parametrize("exercise_id", [HOLD, RAISES, ROLL])
def test_a_session_is_followed_frame_by_frame(journal: Journal, exercise_id: str) -> None:
    """At every moment, what is finished is there once the recorder says so."""
    catalogue = load_catalogue()
    session = Session([Block(catalogue.get(exercise_id))], load_cues(), open_ended=True)
    with Recorder(journal, START) as recorder:
        t_s, looked = 0.0, 0
        for t_s, pose in load_trace(RECORDINGS / f"{exercise_id}.landmarks.npz"):
            view = session.step(t_s, pose).view
            held_s = view.progress.held_s if view.machine == "hold" else 0.0
            before = recorder.receipt().entries
            recorder.follow(session.records, held_s)
            if recorder.receipt().entries > before:  # some may be written by now
                assert recorder.flush()
                looked += 1
                (kept,) = journal.set_records(START.uid)
                facts = session.records[0].facts
                assert kept.facts == facts[: len(kept.facts)]
                assert _finished(kept) == _finished(session.records[0])
                assert kept.done >= int(held_s)
                assert journal.check().complaints == ()
        session.finish(t_s)
        recorder.follow(session.records)
        recorder.end_session(ENDED_AT)
    assert looked >= 3
    assert journal.set_records(START.uid) == [as_kept(session.records[0])]


def _finished(record: SetRecord) -> list[object]:
    return [fact for fact in record.facts if isinstance(fact, HoldEnded | RepetitionEnded)]


def test_the_loop_never_waits_for_the_disk(journal: Journal) -> None:
    """The journal is held up; handing over goes on all the same, and is written afterwards."""
    record = judged(RAISES)
    with Recorder(journal, START) as recorder:
        with journal.reading():  # as long as this thread has it, the other cannot write
            recorder.follow([copy_of(record)])
            recorder.note(PAIN)
            assert recorder.unsaved >= 2
            assert not recorder.flush(0.01)
        assert recorder.flush()
        assert journal.life(ANNA.id).pains == (PAIN,)
    assert "journal" not in [thread.name for thread in threading.enumerate()]


def test_a_receipt_is_settled_when_all_that_was_handed_over_before_is_on_the_disk(
    journal: Journal,
) -> None:
    record = copy_of(judged(RAISES))
    with Recorder(journal, START, patience_s=LIMIT_S) as recorder:
        assert recorder.receipt().settled(LIMIT_S)
        with journal.reading():
            recorder.follow([record])
            receipt = recorder.receipt()
            assert not receipt.settled()
            assert not receipt.settled(0.01)
            assert recorder.keeps_up
        assert receipt.settled(LIMIT_S)
        (kept,) = journal.set_records(START.uid)
        assert _finished(kept) == _finished(record)


def test_a_receipt_waits_no_longer_than_its_patience_and_says_so_first(journal: Journal) -> None:
    warnings: list[str] = []
    with Recorder(journal, START, warnings.append, patience_s=0.0) as recorder:
        assert recorder.flush(LIMIT_S)
        with journal.reading():
            recorder.note(PAIN)
            assert not recorder.keeps_up
            assert recorder.receipt().settled()
            (warning,) = warnings
            assert "takes long" in warning
            assert "kept in memory" in warning
            recorder.follow([copy_of(judged(RAISES))])
            assert recorder.receipt().settled()
        assert recorder.flush(LIMIT_S)
        assert recorder.keeps_up
        assert len(warnings) == 1, "once"
        with journal.reading():
            recorder.note(NOTES[1])
            assert recorder.receipt().settled()
        assert len(warnings) == 2, "and once more when it had been on the disk in between"


def test_trouble_settles_a_receipt_after_it_was_said(journal: Journal) -> None:
    warnings, knew = list[str](), list[bool]()

    def warn(line: str) -> None:
        warnings.append(line)
        knew.append(recorder.trouble is not None or receipt.settled())

    with Recorder(journal, START, warn, retry_s=0.01, patience_s=LIMIT_S) as recorder:
        assert recorder.flush(LIMIT_S)
        with read_only(journal):
            recorder.note(PAIN)
            receipt = recorder.receipt()
            assert receipt.settled(LIMIT_S)
            assert knew == [False], "nothing is told before the warning"
            assert not recorder.keeps_up
        _wait_until_saved(recorder)
        _wait_until_it_keeps_up(recorder)  # which it says a moment after it has written
        assert recorder.keeps_up
    assert len(warnings) == 1
    assert journal.life(ANNA.id).pains == (PAIN,)


def test_a_thread_that_has_ended_settles_a_receipt_after_that_was_said(journal: Journal) -> None:
    warnings: list[str] = []
    recorder = Recorder(journal, START, warnings.append, patience_s=LIMIT_S)
    recorder.flush()
    journal.delete_profile(ANNA.id)
    recorder.follow([copy_of(judged(RAISES))])
    assert recorder.receipt().settled(LIMIT_S)
    assert len(warnings) == 1
    assert "kept in memory" in warnings[0]
    with pytest.raises(JournalError, match="not in the journal"):
        recorder.close()


def test_a_repetition_and_its_count_are_one_entry(journal: Journal) -> None:
    record = copy_of(judged(RAISES))
    facts, record.facts, record.done = record.facts, [], 0.0
    with Recorder(journal, START) as recorder, journal.reading():
        recorder.follow([record])
        before = recorder.unsaved
        counted = next(n for n, fact in enumerate(facts) if isinstance(fact, RepetitionEnded))
        record.facts = facts[: counted + 1]
        recorder.follow([record], 1.0)
        assert recorder.unsaved == before + 2  # with the first of them the session begins


def test_the_sum_is_right_after_every_write(journal: Journal) -> None:
    """Also when a set before was written again, a write failed, or somebody else wrote."""
    records = [copy_of(judged(each)) for each in (HOLD, RAISES, ROLL, HOLD)]
    with Recorder(journal, START, retry_s=0.01) as recorder:

        def is_sound() -> bool:
            _wait_until_saved(recorder)
            return journal.check().complaints == ()

        for number in range(1, 4):
            recorder.follow(records[:number])
            assert is_sound()
        records[1].adjusted = 1
        recorder.close_set(records[1])
        assert is_sound()
        with read_only(journal):
            recorder.follow(records)
            assert not recorder.flush()
        assert is_sound()
        journal.end_session(START.uid, ENDED_AT)
        records[-1].facts.append(Lost(99.0))
        recorder.follow(records, records[-1].done + 1)
        assert is_sound()


@pytest.mark.parametrize("change", [-1, 1])
def test_a_count_put_right_survives_a_kill(journal: Journal, change: int) -> None:
    record = copy_of(judged(RAISES))
    counted = record.done
    with Recorder(journal, START) as recorder:
        recorder.follow([record])
        record.adjusted = change
        recorder.follow([record], counted + change)
        record.facts = [*record.facts, Lost(99.0)]
        recorder.follow([record], counted + change)
    # Here the program is killed.
    unfinished = journal.unfinished(ANNA.id, DAY)
    assert unfinished is not None
    assert [each.done for each in unfinished.session.sets] == [counted + change]


def test_a_killed_session_is_offered_where_it_was(journal: Journal) -> None:
    hold, raises = judged(HOLD), judged(RAISES)
    half = copy_of(raises)
    half.facts, half.done = half.facts[:-1], 0.0
    with Recorder(journal, START) as recorder:
        recorder.follow([hold])
        recorder.follow([hold, half])
    # Here the program is killed: no set closed but the first, no end.
    counted = sum(
        isinstance(fact, RepetitionEnded) and fact.repetition.counted for fact in half.facts
    )
    unfinished = journal.unfinished(ANNA.id, DAY)
    assert unfinished is not None
    assert unfinished.left == PLAN[1:]
    assert [each.done for each in unfinished.session.sets] == [hold.done, counted]
    assert journal.unfinished(ANNA.id, date(2026, 11, 2)) is None
    with Recorder(journal, unfinished.session.id) as recorder:
        again = copy_of(raises)
        recorder.follow([again])
        recorder.follow([again, judged(ROLL)])
        recorder.end_session(ENDED_AT)
    assert journal.unfinished(ANNA.id, DAY) is None
    (session,) = journal.sessions(ANNA.id)
    assert [done.done for done in session.sets] == [
        hold.done,
        counted + raises.done,
        judged(ROLL).done,
    ]


def test_a_session_not_gone_on_with_is_no_longer_offered(journal: Journal) -> None:
    session_id = keep_session(journal, [judged(HOLD)], ended=False)
    assert journal.unfinished(ANNA.id, DAY) is not None
    journal.end_session(session_id, ENDED_AT)
    assert journal.unfinished(ANNA.id, DAY) is None
    assert len(journal.life(ANNA.id).sets) == 1


def test_a_running_hold_is_kept_each_second(journal: Journal) -> None:
    record = SetRecord(HOLD, None, 1, prescribed=30.0)
    with Recorder(journal, START) as recorder:
        for tenth in range(125):
            recorder.follow([record], tenth / 10)
        assert recorder.flush()
        assert [kept.done for kept in journal.set_records(START.uid)] == [12.0]
        assert recorder.unsaved == 0
        with journal.reading() as connection:
            (revision,) = connection.execute("SELECT revision FROM session").fetchone()
        assert revision <= 2 + 13  # a commit a second, and those of the beginning


def test_a_count_put_right_afterwards_is_kept(journal: Journal) -> None:
    record = copy_of(judged(RAISES))
    with Recorder(journal, START) as recorder:
        recorder.close_set(record)
        record.adjusted, record.done = 2, record.done + 2
        recorder.close_set(record)
        recorder.end_session(ENDED_AT)
    assert journal.set_records(START.uid) == [as_kept(record)]
    assert [each.done for each in journal.life(ANNA.id).sets] == [record.done]


def test_a_skipped_set_is_done_with_and_one_begun_anew_is_not(journal: Journal) -> None:
    skipped = SetRecord(HOLD, None, 1, prescribed=30.0)
    again = SetRecord(RAISES, None, 1, prescribed=30.0)
    with Recorder(journal, START) as recorder:
        recorder.follow([skipped])
        recorder.follow([skipped, again])
        recorder.follow([skipped, again, copy_of(judged(RAISES))])
    unfinished = journal.unfinished(ANNA.id, DAY)
    assert unfinished is not None
    assert unfinished.left == PLAN[1:]


def test_of_a_set_done_anew_the_better_counts(journal: Journal) -> None:
    record = judged(RAISES)
    worse = copy_of(record)
    worse.done, worse.facts = 1.0, worse.facts[:6]
    keep_session(journal, [record, worse])
    assert [each.done for each in journal.life(ANNA.id).sets] == [record.done]


def test_what_is_written_leaves_the_memory(journal: Journal) -> None:
    """An hour of readings is not kept twice."""

    def waiting() -> int:
        return sum(isinstance(each, SetClosed) for each in gc.get_objects())

    before = waiting()
    with Recorder(journal, START) as recorder:
        recorder.close_set(copy_of(judged(HOLD)))
        assert recorder.flush(LIMIT_S)
        assert recorder.receipt().settled()
        assert waiting() == before
        assert recorder.unsaved == 0


def test_facts_that_finish_nothing_cost_no_commit(journal: Journal) -> None:
    with Recorder(journal, START) as recorder:
        assert recorder.flush()
        recorder.follow([SetRecord(HOLD, None, 1, facts=[Lost(1.0), Lost(2.0)])])
        assert recorder.unsaved == 0


def test_what_the_thread_cannot_cope_with_is_raised_where_it_is_joined(journal: Journal) -> None:
    recorder = Recorder(journal, START)
    recorder.flush()
    journal.delete_profile(ANNA.id)
    recorder.follow([copy_of(judged(RAISES))])
    with pytest.raises(JournalError, match="not in the journal"):
        recorder.close()


def test_an_error_on_its_way_goes_first(journal: Journal) -> None:
    def fail() -> None:
        with Recorder(journal, START) as recorder:
            recorder.flush()
            journal.delete_profile(ANNA.id)
            recorder.follow([copy_of(judged(RAISES))])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()


def test_a_session_that_is_not_there_cannot_be_gone_on_with(journal: Journal) -> None:
    with pytest.raises(JournalError, match="not in the journal"):
        Recorder(journal, "never")


def test_what_only_memory_holds_is_settled_and_on_no_disk(tmp_path: Path) -> None:
    with memory_journal(tmp_path / "none") as journal:
        journal.save_profile(ANNA)
        with Recorder(journal, START, pytest.fail) as recorder:
            recorder.note(PAIN)
            assert recorder.receipt().settled(LIMIT_S)
            assert not recorder.reaches_disk


# Full disks


@contextmanager
def read_only(journal: Journal) -> Iterator[None]:
    """Let SQLite refuse to write, as on a disk that can only be read."""
    with journal.reading() as connection:
        connection.execute("PRAGMA query_only = ON")
    yield
    with journal.reading() as connection:
        connection.execute("PRAGMA query_only = OFF")


@contextmanager
def full(journal: Journal) -> Iterator[None]:
    """Let SQLite find no room for another page, which is how it meets a full disk."""
    with journal.reading() as connection:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")
    yield
    with journal.reading() as connection:
        connection.execute("PRAGMA max_page_count = 1000000")


@pytest.mark.parametrize(
    ("language", "said"), [("en", ("disk is full", "goes on")), ("nl", ("schijf is vol", "door"))]
)
def test_a_session_on_a_full_disk_goes_on_and_is_written_when_there_is_room(
    journal: Journal, tmp_path: Path, language: Language, said: tuple[str, str]
) -> None:
    warnings: list[str] = []
    records = [judged(HOLD), judged(RAISES), judged(ROLL)]
    with Recorder(journal, START, warnings.append, retry_s=0.01, language=language) as recorder:
        recorder.follow(records[:1])
        assert recorder.flush()
        with full(journal):
            recorder.follow(records)
            recorder.note(PAIN)
            assert not recorder.flush()
            assert recorder.trouble is not None
            assert "disk is full" in recorder.trouble
            recorder.follow([*records, copy_of(judged(HOLD), 2)])
            recorder.export(tmp_path / "saved.sqlite3")
            time.sleep(0.1)  # it is tried again and again
            assert recorder.unsaved > 0
        recorder.end_session(ENDED_AT)
        _wait_until_saved(recorder)
        _wait_until_it_keeps_up(recorder)  # which it says a moment after it has written
        assert recorder.trouble is None
    assert len(warnings) == 1
    assert all(each in warnings[0] for each in said)
    kept = journal.set_records(START.uid)
    assert kept[:3] == [as_kept(record) for record in records]
    assert journal.life(ANNA.id).pains == (PAIN,)
    assert journal.check().complaints == ()
    with memory_journal(tmp_path / "none") as other:
        assert other.import_(tmp_path / "saved.sqlite3").sessions == 1
        assert other.set_records(START.uid)[:3] == kept[:3]
        assert other.profiles() == (ANNA,)
    assert journal.import_(tmp_path / "saved.sqlite3").sessions == 0


def test_the_log_tells_of_a_full_disk_and_of_its_end(
    journal: Journal, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "coreline.journal")
    with Recorder(journal, START, retry_s=0.01) as recorder:
        assert recorder.flush()
        with full(journal):
            recorder.follow([judged(HOLD), judged(RAISES), judged(ROLL)])
            assert not recorder.flush()
        _wait_until_saved(recorder)
    told = [each.getMessage() for each in caplog.records]
    assert told[0] == "JournalUnwritableError: SQLITE_FULL"
    assert told[-1] == "written again"


def _wait_until_saved(recorder: Recorder) -> None:
    until_s = time.monotonic() + 60.0
    while recorder.unsaved and time.monotonic() < until_s:
        time.sleep(0.01)


def _wait_until_it_keeps_up(recorder: Recorder) -> None:
    until_s = time.monotonic() + 60.0
    while not recorder.keeps_up and time.monotonic() < until_s:
        time.sleep(0.01)


def test_a_session_that_never_found_room_is_exported(journal: Journal, tmp_path: Path) -> None:
    records = [judged(HOLD), judged(RAISES)]
    with full(journal):
        with journal.reading():  # so that it is all one write: a small one may find room
            recorder = Recorder(journal, START)
            recorder.follow(records)
            recorder.end_session(ENDED_AT)
        recorder.close()
        assert recorder.unsaved > 0
        with pytest.raises(BadOutputError):
            recorder.export(tmp_path / "no" / "folder")
        recorder.export(tmp_path / "saved.sqlite3")
    journal.import_(tmp_path / "saved.sqlite3")
    assert journal.set_records(START.uid) == [as_kept(record) for record in records]
    assert journal.unfinished(ANNA.id, DAY) is None


SHRUNK = """
import resource, sys
from pathlib import Path
from coreline.journal.database import open_journal
from coreline.journal.recorder import Recorder
from journal_values import ANNA, DAY, ENDED_AT, HOLD, PLAN, RAISES, STARTED_AT, judged
from coreline.journal.sessions import session_start

path = Path(sys.argv[1])
records = [judged(RAISES), judged(HOLD)]
with open_journal(path) as journal:
    journal.save_profile(ANNA)
    start = session_start(ANNA.id, DAY, STARTED_AT, PLAN)
    warnings = []
    with Recorder(journal, start, warnings.append, retry_s=0.05) as recorder:
        assert recorder.flush()
        resource.setrlimit(resource.RLIMIT_FSIZE, (16384, resource.RLIM_INFINITY))
        recorder.follow(records)
        assert not recorder.flush(), "written past the limit"
        assert len(warnings) == 1, warnings
        infinity = resource.RLIM_INFINITY
        resource.setrlimit(resource.RLIMIT_FSIZE, (infinity, infinity))
        recorder.end_session(ENDED_AT)
        while recorder.unsaved:
            pass
with open_journal(path) as journal:
    assert [len(each.facts) for each in journal.set_records(start.uid)] == [
        len(record.facts) for record in records
    ]
    assert journal.check().complaints == (), journal.check()
print("saved")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_disk_that_takes_no_more_bytes(tmp_path: Path) -> None:
    """The system itself refuses to write, in the middle of a commit."""
    done = subprocess.run(
        [sys.executable, "-c", SHRUNK, tmp_path / "coreline.sqlite3"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.stdout == "saved\n", done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork")
def test_nothing_that_was_printed_is_lost_by_a_kill() -> None:
    done = subprocess.run(
        [sys.executable, KILL, "--trials", "3", "--whole", "0"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "3 kills, 0 of the whole program"
    assert "0 lost, doubled or not offered again" in lines


def test_the_day_is_the_persons_and_the_time_is_the_worlds(journal: Journal) -> None:
    late = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    recorder = Recorder(journal, session_start(ANNA.id, date(2026, 10, 24), late, ()))
    recorder.follow([judged(HOLD)])
    recorder.end_session(late)
    recorder.close()
    (session,) = journal.sessions(ANNA.id)
    assert (session.day, session.started_at) == (date(2026, 10, 24), late)
