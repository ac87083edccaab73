"""Damaged, foreign, locked, read-only, full: the journal opens all the same, or says why not."""

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from coreline.errors import (
    CorelineError,
    JournalBusyError,
    JournalDamagedError,
    JournalError,
    JournalUnwritableError,
)
from coreline.journal import locking
from coreline.journal.backups import backups
from coreline.journal.checking import has_our_columns
from coreline.journal.connecting import connect, said_of
from coreline.journal.database import Journal, memory_journal, open_journal
from coreline.journal.findings import Found, Lost, Mishap, Notices
from coreline.journal.locking import Lock
from coreline.journal.recorder import Recorder
from coreline.journal.sessions import session_start
from journal_values import (
    ANNA,
    BORIS,
    DAY,
    ENDED_AT,
    HOLD,
    PAIN,
    PLAN,
    RAISES,
    ROLL,
    STARTED_AT,
    copy_of,
    judged,
    keep_session,
)

BROKEN_OPEN = (
    "import sys; from pathlib import Path; from coreline.journal.database import open_journal;"
    "open_journal(Path(sys.argv[1])).close()"
)


@pytest.fixture(scope="module")
def three_days(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a journal with three days in it: two in the backups, the third since then."""
    place = tmp_path_factory.mktemp("three_days") / "coreline.sqlite3"
    for number, exercise_id in enumerate((HOLD, RAISES, HOLD)):
        day = DAY + timedelta(days=number)
        with open_journal(place, today=day) as journal:
            if number == 0:
                journal.save_profile(ANNA)
                journal.note(ANNA.id, PAIN)
            keep_session(journal, [judged(exercise_id)], day=day)
    return place


@pytest.fixture
def path(three_days: Path, tmp_path: Path) -> Path:
    """Return a copy of those three days."""
    shutil.copytree(three_days.parent, tmp_path / "data")
    return tmp_path / "data" / three_days.name


def flip(path: Path, seed: int, count: int = 1) -> None:
    content, random = bytearray(path.read_bytes()), Random(seed)
    for _ in range(count):
        content[random.randrange(len(content))] ^= 1 << random.randrange(8)
    path.write_bytes(content)


NEXT_DAY = DAY + timedelta(days=3)
MUTATIONS: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "one byte": lambda path: path.write_bytes(b"S"),
    "half of it": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "not a database": lambda path: path.write_bytes(b"This is a letter. " * 500),
    "zeros": lambda path: path.write_bytes(bytes(path.stat().st_size)),
    "many bits": lambda path: flip(path, 1, 4000),
    "the first page": lambda path: path.write_bytes(b"\0" * 4096 + path.read_bytes()[4096:]),
    "the last page": lambda path: path.write_bytes(path.read_bytes()[:-4096] + b"\xff" * 4096),
}


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_a_damaged_file_is_set_aside_and_the_backup_put_back(path: Path, mutation: str) -> None:
    MUTATIONS[mutation](path)
    damaged = path.read_bytes()
    with open_journal(path, today=NEXT_DAY) as journal:
        (mishap,) = journal.notices.mishaps
        assert mishap.found is (Found.DAMAGED if damaged else Found.GONE)
        assert (mishap.day, mishap.restored) == (NEXT_DAY, DAY + timedelta(days=2))
        missing = {loss.day for loss in journal.notices.losses}
        there = {session.day for session in journal.sessions(ANNA.id)}
        assert missing | there == {DAY + timedelta(days=number) for number in range(3)}
        assert journal.acknowledge().open
        assert journal.check().complaints == ()
        assert journal.profiles() == (ANNA,)
        assert journal.life(ANNA.id).pains == (PAIN,)
        days = [session.day for session in journal.sessions(ANNA.id)]
        assert days[:2] == [DAY, DAY + timedelta(days=1)]
        keep_session(journal, [judged(RAISES)], day=NEXT_DAY)
    asides = [each for each in path.parent.glob("*.damaged-*") if each.suffix[-4:].isdigit()]
    assert [each.read_bytes() for each in asides] == ([damaged] if damaged else [])
    with open_journal(path, today=NEXT_DAY) as journal:
        assert journal.notices == Notices()


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_damage_is_met_on_the_same_day_too(path: Path, mutation: str) -> None:
    """Within a day not everything is looked through, unless the file was changed since."""
    MUTATIONS[mutation](path)
    today = DAY + timedelta(days=2)
    with open_journal(path, today=today) as journal:
        assert [mishap.day for mishap in journal.notices.mishaps] == [today]
        for session in journal.sessions(ANNA.id):
            journal.set_records(session.id)
        journal.acknowledge()
    with open_journal(path, today=today) as journal:
        assert journal.notices == Notices()
        assert journal.check().complaints == ()
        assert journal.profiles() == (ANNA,)


def test_what_is_met_while_it_is_open_is_seen_to_the_next_time(path: Path) -> None:
    with open_journal(path, today=NEXT_DAY) as journal:
        with journal.reading() as connection:
            connection.execute("PRAGMA cache_size = 1")
        MUTATIONS["many bits"](path)
        with pytest.raises(JournalDamagedError):
            everything(journal)
    assert path.with_name("coreline.sqlite3.suspect").exists()
    with open_journal(path, today=NEXT_DAY) as journal:
        assert journal.notices.mishaps[0].found is Found.DAMAGED
        assert not path.with_name("coreline.sqlite3.suspect").exists()


def test_what_is_sound_in_a_damaged_file_is_saved_from_it(path: Path) -> None:
    """The session of the third day is in no backup; the damage is elsewhere in the file."""
    with closing(connect(path)) as connection:
        (page,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'pain_of_day'"
        ).fetchone()
    content = bytearray(path.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    path.write_bytes(content)
    with open_journal(path, today=NEXT_DAY) as journal:
        (mishap,) = journal.notices
        assert isinstance(mishap, Mishap)
        assert mishap.saved == 1
        assert [session.day for session in journal.sessions(ANNA.id)] == [
            DAY + timedelta(days=number) for number in range(3)
        ]
        assert journal.check().complaints == ()


def test_a_journal_that_is_gone_is_put_back(path: Path) -> None:
    path.unlink()
    with open_journal(path, today=DAY + timedelta(days=2)) as journal:
        (mishap,), (loss,) = journal.notices.mishaps, journal.notices.losses
        assert (mishap.found, mishap.restored) == (Found.GONE, DAY + timedelta(days=2))
        assert (loss.kind, loss.name) == (Lost.SESSION, ANNA.name)
        assert loss.day == DAY + timedelta(days=2)
        assert len(journal.sessions(ANNA.id)) == 2


def test_notes_since_the_backup_are_saved_too(path: Path) -> None:
    today = DAY + timedelta(days=2)
    with open_journal(path, today=today) as journal:
        journal.note(ANNA.id, replace(PAIN, day=today))
        journal.save_profile(BORIS)
        with journal.reading() as connection:
            query = "SELECT rootpage FROM sqlite_master WHERE name = 'reading'"
            (page,) = connection.execute(query).fetchone()
    content = bytearray(path.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    path.write_bytes(content)
    with open_journal(path, today=NEXT_DAY) as journal:
        assert [mishap.found for mishap in journal.notices.mishaps] == [Found.DAMAGED]
        assert [pain.day for pain in journal.life(ANNA.id).pains] == [DAY, today]
        assert journal.profiles() == (ANNA, BORIS)
        assert journal.check().complaints == ()


def test_a_backup_that_cannot_be_made_is_no_reason_not_to_train(tmp_path: Path) -> None:
    path = tmp_path / "coreline.sqlite3"
    (tmp_path / "backups").write_text("a file where the folder should be")
    with open_journal(path, today=DAY) as journal:
        (said,) = journal.notices.passing
        assert "No backup" in str(said)
        assert "geen reservekopie" in said.in_("nl")
        journal.save_profile(ANNA)
        assert journal.profiles() == (ANNA,)


def test_a_damaged_backup_is_passed_over(path: Path) -> None:
    MUTATIONS["not a database"](path)
    MUTATIONS["many bits"](backups(path)[0])
    with open_journal(path, today=DAY + timedelta(days=2)) as journal:
        assert journal.notices.mishaps[0].restored == DAY + timedelta(days=1)
        assert journal.profiles() == (ANNA,)


def test_without_a_backup_the_journal_begins_anew_with_the_people_it_had(path: Path) -> None:
    shutil.rmtree(path.parent / "backups")
    MUTATIONS["not a database"](path)
    with open_journal(path) as journal:
        (mishap,) = journal.notices.mishaps
        assert mishap.began_anew
        assert journal.profiles() == (ANNA,)
        lost = {(loss.kind, loss.day) for loss in journal.notices.losses}
        days = {(Lost.SESSION, DAY + timedelta(days=number)) for number in range(3)}
        assert lost == days | {(Lost.NOTES, DAY)}


@pytest.mark.parametrize("seed", range(30))
def test_one_altered_bit_is_repaired_or_seen_by_the_check(path: Path, seed: int) -> None:
    """Or it is where nothing is: in the free part of a page. Never does it pass for a fact."""
    with open_journal(path) as journal:
        before = (journal.life(ANNA.id), *(journal.sessions(ANNA.id)))
    flip(path, seed)
    try:
        with open_journal(path, today=DAY + timedelta(days=2)) as journal:
            after = (journal.life(ANNA.id), *(journal.sessions(ANNA.id)))
            seen = journal.check().complaints or journal.notices
    except CorelineError as error:
        assert "\n" not in str(error)  # noqa: PT017
    else:
        assert seen or after == before


def test_where_no_backup_is_whole_the_journal_begins_anew(path: Path) -> None:
    for backup in backups(path):
        MUTATIONS["many bits"](backup)
    MUTATIONS["not a database"](path)
    with open_journal(path) as journal:
        assert journal.notices.mishaps[0].began_anew


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_asks_for_room_and_not_for_rights(path: Path, code: int) -> None:
    said = str(said_of(path, OSError(code, os.strerror(code))))
    assert "make room" in said
    assert "allow" not in said


def test_a_lock_that_a_full_disk_refuses_asks_for_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "open", full)
    with pytest.raises(JournalUnwritableError, match="make room"):
        Lock(tmp_path / "coreline.sqlite3")


def test_a_journal_that_somebody_has_locked_is_not_damaged(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = DELETE")
        other.execute("BEGIN EXCLUSIVE")
        with (
            closing(sqlite3.connect(path, timeout=0.0)) as connection,
            pytest.raises(sqlite3.OperationalError, match="locked"),
        ):
            has_our_columns(connection)


def test_a_disk_that_knows_no_locks_is_not_another_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_handle: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(locking, "take", refuse)
    with pytest.raises(JournalUnwritableError, match="cannot be locked"):
        Lock(tmp_path / "coreline.sqlite3")


def test_a_damaged_session_is_taken_back_from_the_backup(path: Path) -> None:
    with open_journal(path, today=DAY + timedelta(days=2)) as journal:
        (first, *_) = journal.sessions(ANNA.id)
        records = journal.set_records(first.id)
        with journal.writing() as connection:
            connection.execute("UPDATE hold SET in_line_s = 300.0 WHERE session_id = 1")
        assert journal.check().complaints == (
            "the session of 2026-11-01 is no longer what was written",
        )
        assert journal.repair()
        assert journal.check().complaints == ()
        assert journal.set_records(first.id) == records
        assert journal.repair()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE pain SET score = 1 WHERE id = 1",
        "UPDATE pain SET places = CAST(x'ff6261636b' AS TEXT) WHERE id = 1",
        "UPDATE pain SET day = '2026-13-01' WHERE id = 1",
        "UPDATE profile SET height_m = 17.5",
        "UPDATE hold SET in_line_s = 300.0",
        "DELETE FROM cue WHERE session_id = 2",
        "UPDATE session SET ended_at = 'never' WHERE id = 1",
        "UPDATE reading SET packed = x'00' WHERE session_id = 2",
    ],
)
def test_altered_rows_are_taken_back_at_the_next_day(path: Path, sql: str) -> None:
    """SQLite finds nothing wrong with these; what was noted and done since stays."""
    open_journal(path, today=NEXT_DAY).close()
    with open_journal(path, today=NEXT_DAY) as journal:
        keep_session(journal, [judged(ROLL)], day=NEXT_DAY)
        journal.note(ANNA.id, replace(PAIN, day=NEXT_DAY))
        before = everything(journal)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(sql)
        connection.commit()
    with open_journal(path, today=NEXT_DAY + timedelta(days=1)) as journal:
        assert [mishap.found for mishap in journal.notices.mishaps] == [Found.ALTERED]
        assert journal.notices.losses == ()
        assert everything(journal) == before
        assert journal.check().complaints == ()


def test_a_note_newer_than_every_backup_is_let_go_when_it_cannot_be_read(path: Path) -> None:
    with open_journal(path, today=NEXT_DAY) as journal:
        journal.note(ANNA.id, replace(PAIN, day=NEXT_DAY))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE pain SET moment = 'aftex' WHERE id = 2")
        connection.commit()
    with open_journal(path, read_only=True, today=NEXT_DAY) as journal:
        assert [mishap.found for mishap in journal.notices.mishaps] == [Found.ALTERED]
        (loss,) = journal.notices.losses
        assert (loss.kind, loss.day, loss.count) == (Lost.NOTES, NEXT_DAY, 1)
        assert journal.life(ANNA.id).pains == (PAIN,)


def test_a_session_whose_readings_are_damaged_is_told_without_them(path: Path) -> None:
    with open_journal(path) as journal, journal.writing() as connection:
        connection.execute("UPDATE reading SET packed = x'00'")
    with open_journal(path, read_only=True) as journal:
        session = journal.sessions(ANNA.id)[0]
        (record,) = journal.set_records(session.id)
        assert record == replace(judged(HOLD), readings=[])
        assert len(journal.check().complaints) == 3


def everything(journal: Journal) -> list[object]:
    sessions = journal.sessions(ANNA.id)
    return [journal.life(ANNA.id), *sessions, *(journal.set_records(each.id) for each in sessions)]


def test_altered_rows_that_no_backup_has_are_said(path: Path) -> None:
    shutil.rmtree(path.parent / "backups")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE pain SET score = 1")
        connection.commit()
    with open_journal(path, today=NEXT_DAY) as journal:
        assert [mishap.found for mishap in journal.notices.mishaps] == [Found.ALTERED]
        assert [loss.kind for loss in journal.notices.losses] == [Lost.ALTERED_NOTES]
        assert journal.profiles() == (ANNA,)
        assert len(journal.sessions(ANNA.id)) == 3


@pytest.mark.parametrize("name", ["height_m", "exercise_set", "ended_at", "migration"])
def test_a_damaged_name_of_a_column_is_damage(path: Path, name: str) -> None:
    content = path.read_bytes()
    path.write_bytes(content.replace(name.encode(), name.encode()[:-1] + b"\xe7"))
    with open_journal(path, today=NEXT_DAY) as journal:
        assert journal.notices.mishaps[0].restored == DAY + timedelta(days=2)
        journal.acknowledge()
        assert journal.check().complaints == ()
        assert journal.profiles() == (ANNA,)


def test_three_daily_backups_are_kept(path: Path) -> None:
    for number in range(3, 7):
        open_journal(path, today=DAY + timedelta(days=number)).close()
        open_journal(path, today=DAY + timedelta(days=number)).close()
    names = [each.name for each in backups(path)]
    assert names == [f"coreline-00000{day}-2026-11-0{day}-daily.sqlite3" for day in (7, 6, 5)]
    assert sorted(each.name for each in path.parent.iterdir()) == [
        "backups",
        "coreline.sqlite3",
        "coreline.sqlite3.ledger",
        "coreline.sqlite3.lock",
    ]


def test_a_clock_that_once_ran_ahead_spoils_no_backup(path: Path) -> None:
    for day in (date(2040, 1, 1), date(2026, 12, 18), date(2026, 12, 19)):
        open_journal(path, today=day).close()
    with open_journal(path, today=date(2026, 12, 20)) as journal:
        journal.save_profile(BORIS)
    open_journal(path, today=date(2026, 12, 21)).close()
    path.write_bytes(b"gone")
    with open_journal(path, today=date(2026, 12, 22)) as journal:
        assert journal.notices.mishaps[0].restored == date(2026, 12, 21)
        assert journal.profiles() == (ANNA, BORIS)


def test_what_a_killed_program_left_half_is_cleared_away(path: Path) -> None:
    left = [path.with_name(f".{path.name}.1234.part"), path.parent / "backups" / ".1.part-wal"]
    for each in left:
        each.write_bytes(b"half")
    open_journal(path).close()
    assert not any(each.exists() for each in left)


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "coreline.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipe (name TEXT)")
        connection.commit()
    for read_only in (False, True):
        with pytest.raises(JournalError, match=r"another program's|not a journal"):
            open_journal(path, read_only=read_only)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM recipe").fetchone() == (0,)


# Two programs


def test_a_second_program_is_told_so_in_one_line(path: Path) -> None:
    with open_journal(path) as journal:
        done = subprocess.run(
            [sys.executable, "-c", BROKEN_OPEN, path], capture_output=True, text=True, check=False
        )
        assert "JournalBusyError" in done.stderr.splitlines()[-1]
        assert "running already" in done.stderr.splitlines()[-1]
        with pytest.raises(JournalBusyError, match="running already"):
            open_journal(path)
        with open_journal(path, read_only=True) as beside:
            assert beside.profiles() == (ANNA,)
            journal.save_profile(BORIS)
            assert beside.profiles() == (ANNA, BORIS)
            with pytest.raises(JournalUnwritableError):
                beside.save_profile(ANNA)
    with open_journal(path) as journal:
        assert journal.profiles() == (ANNA, BORIS)


def test_one_that_only_reads_lets_others_in(path: Path) -> None:
    with open_journal(path, read_only=True) as reading, open_journal(path) as writing:
        writing.save_profile(BORIS)
        assert reading.profiles() == (ANNA, BORIS)


def test_nobody_is_deleted_while_another_program_reads(path: Path) -> None:
    with open_journal(path) as journal, open_journal(path, read_only=True) as beside:
        journal.save_profile(BORIS)
        with beside.reading() as connection:
            connection.execute("BEGIN")
            connection.execute("SELECT * FROM profile").fetchone()
            journal.save_profile(BORIS)
            with journal.reading() as writer:
                writer.execute("PRAGMA busy_timeout = 10")
            with pytest.raises(JournalBusyError, match="reading"):
                journal.delete_profile(BORIS.id)
            connection.execute("COMMIT")
        assert journal.profiles() == (ANNA, BORIS)
        journal.delete_profile(BORIS.id)
        assert journal.profiles() == (ANNA,)


# Disks that refuse


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a folder that is a disk of its own, of 4 MiB; for root on Linux only."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root on Linux can make a disk")
    folder = tmp_path / "disk"
    folder.mkdir()
    made = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)]
    if subprocess.run(made, capture_output=True, check=False).returncode != 0:
        pytest.skip("no disk can be made here")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def read_only(folder: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", folder], check=True)


def test_a_read_only_disk_can_be_read_and_goes_on_in_memory(path: Path, small_disk: Path) -> None:
    place = small_disk / path.name
    with open_journal(place) as journal:
        journal.save_profile(ANNA)
        journal.note(ANNA.id, PAIN)
    read_only(small_disk)
    with pytest.raises(JournalUnwritableError, match="allow writing"):
        open_journal(place)
    with open_journal(place, read_only=True) as journal:
        assert journal.life(ANNA.id).pains == (PAIN,)
    with memory_journal(place) as journal:
        session_id = keep_session(journal, [judged(RAISES)])
        journal.export(path.with_name("taken.sqlite3"))
    with open_journal(path) as journal:
        came = journal.import_(path.with_name("taken.sqlite3"))
        assert (came.sessions, came.notes) == (1, 1)
        assert len(journal.set_records(session_id)) == 1


def test_a_full_disk_is_waited_for(small_disk: Path) -> None:
    filler = small_disk / "filler"
    with open_journal(small_disk / "coreline.sqlite3") as journal:
        journal.save_profile(ANNA)
        start = session_start(ANNA.id, DAY, STARTED_AT, PLAN)
        warned = threading.Event()
        with Recorder(journal, start, lambda _: warned.set(), retry_s=0.01) as recorder:
            assert recorder.flush()
            fill(filler)
            recorder.follow([judged(HOLD), judged(RAISES), copy_of(judged(HOLD), 2)])
            assert not recorder.flush()
            assert recorder.trouble is not None
            assert "make room" in recorder.trouble
            assert warned.wait(60.0)
            filler.unlink()
            recorder.end_session(ENDED_AT)
            while recorder.unsaved:
                time.sleep(0.01)
        assert [kept.done for kept in journal.set_records(start.uid)] == [
            judged(exercise_id).done for exercise_id in (HOLD, RAISES, HOLD)
        ]
        assert journal.check().complaints == ()


def fill(path: Path) -> None:
    """Fill the disk to the last byte."""
    with path.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write")
def test_a_folder_without_rights_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(JournalUnwritableError, match="allow writing"):
        open_journal(tmp_path / "coreline.sqlite3")
    tmp_path.chmod(0o700)


def test_a_file_where_the_folder_should_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(JournalUnwritableError):
        open_journal(tmp_path / "data" / "coreline.sqlite3")
    with pytest.raises(JournalError):
        open_journal(tmp_path / "data" / "coreline.sqlite3", read_only=True)
