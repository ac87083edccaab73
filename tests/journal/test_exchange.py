"""Everything in one file and back: whole, once, and only of whom it was asked for."""

import sqlite3
import stat
import sys
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from coreline.errors import BadOutputError, JournalDamagedError, JournalError, UnknownProfileError
from coreline.journal.database import Journal, memory_journal, open_journal
from coreline.journal.recorder import Recorder
from coreline.journal.records import Imported
from coreline.programme.life import Profile
from journal_values import (
    ANNA,
    BORIS,
    DAY,
    ENDED_AT,
    HOLD,
    NOTES,
    RAISES,
    as_kept,
    copy_of,
    judged,
    keep_session,
)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """Return a journal of two people; it is in memory, so that nothing need be closed."""
    full = memory_journal(tmp_path / "none")
    full.save_profile(ANNA)
    full.save_profile(BORIS)
    full.use_profile(ANNA.id)
    for note in NOTES:
        full.note(ANNA.id, note)
    keep_session(full, [judged(HOLD), judged(RAISES)])
    keep_session(full, [judged(HOLD)], day=DAY + timedelta(days=1), ended=False)
    keep_session(full, [judged(RAISES)], BORIS)
    return full


def everything(journal: Journal) -> list[object]:
    """Return all there is to know from a journal."""
    people = journal.profiles()
    sessions = [session for each in people for session in journal.sessions(each.id)]
    records = [journal.set_records(session.id) for session in sessions]
    return [
        journal.current_profile(),
        [journal.life(each.id) for each in people],
        sessions,
        records,
    ]


def test_everything_goes_to_another_computer(journal: Journal, tmp_path: Path) -> None:
    journal.export(tmp_path / "all.sqlite3")
    with open_journal(tmp_path / "new" / "coreline.sqlite3") as other:
        came = other.import_(tmp_path / "all.sqlite3")
        assert came == Imported(2, 3, len(NOTES), 0, 0)
        assert everything(other) == everything(journal)
        assert other.check().complaints == ()
    with open_journal(tmp_path / "new" / "coreline.sqlite3") as other:
        assert other.import_(tmp_path / "all.sqlite3") == Imported(0, 0, 0, 3, 0)
        assert everything(other) == everything(journal)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["all.sqlite3", "new"]
    assert not list((tmp_path / "new").glob("*.part*"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_an_exported_file_is_one_file_for_its_owner(journal: Journal, tmp_path: Path) -> None:
    journal.export(tmp_path / "all.sqlite3")
    assert stat.S_IMODE((tmp_path / "all.sqlite3").stat().st_mode) == 0o600
    with closing(sqlite3.connect(tmp_path / "all.sqlite3")) as connection:
        assert connection.execute("SELECT count(*) FROM session").fetchone() == (3,)
    assert [each.name for each in tmp_path.iterdir()] == ["all.sqlite3"]


def test_one_person_goes_alone(journal: Journal, tmp_path: Path) -> None:
    journal.export(tmp_path / "hers.sqlite3", "anna de vries")
    assert BORIS.name.encode() not in (tmp_path / "hers.sqlite3").read_bytes()
    with memory_journal(tmp_path / "none") as other:
        assert other.import_(tmp_path / "hers.sqlite3").profiles == 1
        assert other.life(ANNA.id) == journal.life(ANNA.id)
        assert other.profiles() == (ANNA,)
        assert other.check().complaints == ()
    with pytest.raises(UnknownProfileError):
        journal.export(tmp_path / "nobody.sqlite3", "nobody")


def test_two_people_of_one_name_are_told_apart(journal: Journal, tmp_path: Path) -> None:
    journal.export(tmp_path / "all.sqlite3")
    with memory_journal(tmp_path / "none") as other:
        namesake = Profile("z9", "ANNA DE VRIES", "en", DAY)
        other.save_profile(namesake)
        other.import_(tmp_path / "all.sqlite3")
        assert [each.name for each in other.profiles()] == [
            "ANNA DE VRIES",
            "Anna de Vries (2)",
            "Борис",
        ]
        assert other.life(ANNA.id).pains == journal.life(ANNA.id).pains


def test_of_two_copies_of_a_session_the_one_gone_on_with_stays(
    journal: Journal, tmp_path: Path
) -> None:
    journal.export(tmp_path / "before.sqlite3")
    killed = journal.unfinished(ANNA.id, DAY + timedelta(days=1))
    assert killed is not None
    with Recorder(journal, killed.session.id) as recorder:
        recorder.follow([copy_of(judged(RAISES))])
        recorder.end_session(ENDED_AT)
    journal.export(tmp_path / "after.sqlite3")
    now = everything(journal)
    assert journal.import_(tmp_path / "before.sqlite3").sessions == 0
    assert everything(journal) == now
    with memory_journal(tmp_path / "none") as other:
        other.import_(tmp_path / "before.sqlite3")
        assert other.import_(tmp_path / "after.sqlite3").sessions == 1
        assert everything(other) == now


def test_a_profile_that_is_there_stays_as_it_is(journal: Journal, tmp_path: Path) -> None:
    journal.export(tmp_path / "all.sqlite3")
    taller = replace(ANNA, height_m=1.8)
    journal.save_profile(taller)
    journal.import_(tmp_path / "all.sqlite3")
    assert journal.profile(ANNA.id) == taller


def test_a_damaged_session_is_left_out(journal: Journal, tmp_path: Path) -> None:
    journal.export(tmp_path / "all.sqlite3")
    with closing(sqlite3.connect(tmp_path / "all.sqlite3")) as connection:
        connection.execute("UPDATE hold SET in_line_s = 300 WHERE session_id = 1")
        connection.commit()
    with memory_journal(tmp_path / "none") as other:
        came = other.import_(tmp_path / "all.sqlite3")
        assert (came.sessions, came.damaged_sessions) == (2, 1)


def test_what_cannot_be_imported_is_said(journal: Journal, tmp_path: Path) -> None:
    before = everything(journal)
    (tmp_path / "letter").write_bytes(b"Dear journal, " * 100)
    journal.export(tmp_path / "all.sqlite3")
    content = (tmp_path / "all.sqlite3").read_bytes()
    (tmp_path / "half").write_bytes(content[: len(content) // 2])
    (tmp_path / "nothing").write_bytes(b"")
    for name, kind in (
        ("letter", JournalDamagedError),
        ("half", JournalDamagedError),
        ("nothing", JournalError),
        ("absent", JournalError),
        ("", JournalError),
    ):
        with pytest.raises(kind) as refused:
            journal.import_(tmp_path / name)
        assert "\n" not in str(refused.value)
        assert str(tmp_path / name) in str(refused.value)
    assert everything(journal) == before


def test_what_cannot_be_exported_is_said(journal: Journal, tmp_path: Path) -> None:
    (tmp_path / "there").write_text("kept")
    for path in (tmp_path, tmp_path / "no" / "folder", tmp_path / "nul\0", tmp_path / ("x" * 300)):
        with pytest.raises(BadOutputError) as refused:
            journal.export(path)
        assert "\n" not in str(refused.value)
    assert [each.name for each in tmp_path.iterdir()] == ["there"]


def test_a_backup_can_be_imported(tmp_path: Path) -> None:
    path = tmp_path / "coreline.sqlite3"
    with open_journal(path, today=DAY) as journal:
        journal.save_profile(ANNA)
        keep_session(journal, [judged(RAISES)])
    open_journal(path, today=DAY + timedelta(days=1)).close()
    newest = max((tmp_path / "backups").iterdir())
    with memory_journal(tmp_path / "none") as other:
        assert other.import_(newest).sessions == 1
        (session,) = other.sessions(ANNA.id)
        assert other.set_records(session.id) == [as_kept(judged(RAISES))]
