"""People, notes and sessions go in and come out; and nothing of a person stays who is deleted."""

import os
import stat
import sys
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.errors import JournalError, UnknownProfileError
from coreline.journal.database import Journal, memory_journal, open_journal
from coreline.journal.sessions import session_start
from coreline.limits import FIRST_DAY, LAST_DAY
from coreline.programme.day import PlannedSet
from coreline.programme.life import AdviceGiven, Life, Profile
from journal_values import (
    ANNA,
    BORIS,
    DAY,
    HOLD,
    NOTES,
    PLAN,
    RAISES,
    ROLL,
    STARTED_AT,
    as_kept,
    copy_of,
    judged,
    keep_session,
)

NAMES = (
    "Anna de Vries",
    "Борис",
    "李小龍",
    "محمد",
    "नेहा",
    "שרה",
    "Zoë Müller-Ångström",
    "さくら",
    "한지민",
    "สมชาย",
    "می‌خواهم",  # with a joiner that is not printed
    "👩‍🔬",
    "O'Brien; DROP TABLE profile; --",
    "%_?*",
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "coreline.sqlite3"


def test_a_new_journal_is_empty(path: Path) -> None:
    with open_journal(path) as journal:
        assert journal.profiles() == ()
        assert journal.current_profile() is None
        assert not journal.notices
        with pytest.raises(UnknownProfileError, match="none yet"):
            journal.life("nobody")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_only_the_owner_may_look(path: Path) -> None:
    with open_journal(path) as journal:
        journal.save_profile(ANNA)
        files = [each for each in path.parent.rglob("*") if each.is_file()]
        assert {each.name for each in files} >= {path.name, f"{path.name}-wal"}
        for each in files:
            assert stat.S_IMODE(each.stat().st_mode) == 0o600, each
    folders = [path.parent, *(each for each in path.parent.rglob("*") if each.is_dir())]
    assert len(folders) == 2
    for each in folders:
        assert stat.S_IMODE(each.stat().st_mode) == 0o700, each


def test_profiles_are_kept(path: Path) -> None:
    with open_journal(path) as journal:
        journal.save_profile(ANNA)
        assert journal.current_profile() == ANNA  # the only one
        journal.save_profile(BORIS)
        assert journal.current_profile() is None
        journal.use_profile(BORIS.id)
    with open_journal(path) as journal:
        assert journal.profiles() == (ANNA, BORIS)
        assert journal.profile("a1") == journal.profile(" ANNA de vries") == ANNA
        assert journal.current_profile() == BORIS
        changed = Profile(ANNA.id, "Anna", "en", DAY, 1.6)
        journal.save_profile(changed)
        assert journal.profile("a1") == changed


@pytest.mark.parametrize("name", NAMES)
def test_a_name_may_be_in_any_script(tmp_path: Path, name: str) -> None:
    profile = Profile("x", name, "nl", DAY)
    with memory_journal(tmp_path / "none") as journal:
        journal.save_profile(profile)
        assert journal.profile(name) == journal.profile(name.upper()) == profile


@pytest.mark.parametrize(
    "name", ["", "  ", "two\nlines", "nul\0", "half \ud800", "a\u202eb", "\u2066c"]
)
def test_what_cannot_be_a_name_is_refused(tmp_path: Path, name: str) -> None:
    with memory_journal(tmp_path / "none") as journal:
        with pytest.raises(JournalError, match="not a name"):
            journal.save_profile(Profile("x", name, "nl", DAY))
        assert journal.profiles() == ()


def test_a_name_longer_than_any_is_refused_and_not_repeated(tmp_path: Path) -> None:
    with memory_journal(tmp_path / "none") as journal:
        with pytest.raises(JournalError, match="10000000 signs are no name; give 100") as refused:
            journal.save_profile(Profile("x", "x" * 10_000_000, "nl", DAY))
        assert len(str(refused.value)) < 200


@pytest.mark.parametrize("start", [date(1, 1, 1), date(1999, 12, 31), date(2100, 1, 1)])
def test_a_start_on_which_nobody_trains_is_refused(tmp_path: Path, start: date) -> None:
    with memory_journal(tmp_path / "none") as journal:
        with pytest.raises(JournalError, match="no start; give a day from 2000-01-01"):
            journal.save_profile(Profile("x", "Anna", "nl", start))
        assert journal.profiles() == ()


def test_a_spot_has_a_name_as_a_person_has(tmp_path: Path) -> None:
    with memory_journal(tmp_path / "none") as journal:
        with pytest.raises(JournalError, match="not a name"):
            journal.save_profile(replace(ANNA, place="ho\u202eme"))
        assert journal.profiles() == ()


def test_two_people_of_one_name_are_refused(tmp_path: Path) -> None:
    with memory_journal(tmp_path / "none") as journal:
        journal.save_profile(ANNA)
        with pytest.raises(JournalError, match="choose another name"):
            journal.save_profile(Profile("x", "ANNA DE VRIES", "nl", DAY))
        assert journal.profiles() == (ANNA,)


def test_notes_come_back_in_order_of_time(path: Path) -> None:
    with open_journal(path) as journal:
        journal.save_profile(ANNA)
        journal.save_profile(BORIS)
        for note in NOTES:
            journal.note(ANNA.id, note)
        with pytest.raises(UnknownProfileError):
            journal.note("nobody", NOTES[0])
    with open_journal(path) as journal:
        assert journal.life(ANNA.id) == Life(
            ANNA,
            pains=NOTES[0:2],
            skips=NOTES[2:4],
            levels=NOTES[4:5],
            easier=NOTES[5:6],
            rests=NOTES[6:7],
            advice=NOTES[7:8],
            asked=NOTES[8:9],
            plans=NOTES[9:10],
        )
        assert journal.life(BORIS.id) == Life(BORIS)


@given(st.lists(st.dates(FIRST_DAY, LAST_DAY), max_size=8))
def test_a_day_noted_late_comes_in_its_place(days: list[date]) -> None:
    with memory_journal(Path("nowhere")) as journal:
        journal.save_profile(ANNA)
        for day in days:
            journal.note(ANNA.id, AdviceGiven(day))
        assert [advice.day for advice in journal.life(ANNA.id).advice] == sorted(days)


def test_a_session_comes_back_as_it_was(path: Path) -> None:
    records = [judged(exercise_id) for exercise_id in (HOLD, RAISES, ROLL)]
    with open_journal(path) as journal:
        journal.save_profile(ANNA)
        session_id = keep_session(journal, records)
    with open_journal(path) as journal:
        assert journal.set_records(session_id) == [as_kept(record) for record in records]
        (session,) = journal.sessions(ANNA.id)
        assert session.id == session_id
        assert session.planned == PLAN
        assert session.started_at == STARTED_AT
        assert session.ended_at is not None
        assert [done.done for done in session.sets] == [record.done for record in records]
        assert [done.prescribed for done in session.sets] == [30.0, 30.0, 10.0]
        assert journal.life(ANNA.id).sets == session.sets
        assert journal.unfinished(ANNA.id, DAY) is None
        assert journal.check().complaints == ()


def test_sessions_of_some_days(tmp_path: Path) -> None:
    record = judged(RAISES)
    with memory_journal(tmp_path / "none") as journal:
        journal.save_profile(ANNA)
        journal.save_profile(BORIS)
        days = [DAY + timedelta(days=number) for number in range(5)]
        for day in days:
            keep_session(journal, [record], day=day)
        keep_session(journal, [record], BORIS)
        found = journal.sessions(ANNA.id, days[1], days[3])
        assert [session.day for session in found] == days[1:4]
        assert [done.day for done in journal.life(ANNA.id).sets] == days
        assert len(journal.sessions(BORIS.id)) == 1


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        session_start(ANNA.id, DAY, datetime(2026, 11, 1), ())  # noqa: DTZ001


def test_a_deleted_person_leaves_nothing(path: Path) -> None:
    """Not in the file, not beside it, not in a backup, not in what was set aside."""
    record = copy_of(judged(RAISES))
    secret = Profile("id-of-the-secret-one", "Sécrète Vertrouwelijk", "nl", DAY)
    others = judged(HOLD)
    for day in range(3):
        with open_journal(path, today=DAY + timedelta(days=day)) as journal:
            journal.save_profile(secret)
            journal.save_profile(BORIS)
            for note in NOTES:
                journal.note(secret.id, note)
            keep_session(journal, [record], secret, day=DAY + timedelta(days=day))
            keep_session(journal, [others], BORIS, day=DAY + timedelta(days=day))
    path.with_name(f"{path.name}.damaged-2026-11-01").write_bytes(path.read_bytes())
    assert _files_with(path.parent, secret.name) != []
    with open_journal(path, today=DAY + timedelta(days=4)) as journal:
        deleted = journal.delete_profile(secret.id)
        assert _files_with(path.parent, secret.name) == []
        assert _files_with(path.parent, secret.id) == []
        assert journal.profiles() == (BORIS,)
        assert len(journal.sessions(BORIS.id)) == 3
        assert journal.check().complaints == ()
    assert deleted.sessions == 3
    assert [folder.name for folder in deleted.folders] == [secret.id] * 3
    assert _files_with(path.parent, secret.name) == []
    backups = list((path.parent / "backups").iterdir())
    assert len(backups) == 3
    for backup in backups[-1:]:
        with memory_journal(backup) as kept:
            assert kept.profiles() == (BORIS,)


def _files_with(folder: Path, text: str) -> list[str]:
    """Return the files in which a text stands, in the way SQLite or anyone might write it."""
    forms = [text.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
    files = [each for each in folder.rglob("*") if each.is_file()]
    return [each.name for each in files if any(form in each.read_bytes() for form in forms)]


def test_deleting_somebody_unknown_deletes_nobody(path: Path) -> None:
    with open_journal(path) as journal:
        journal.save_profile(ANNA)
        with pytest.raises(UnknownProfileError):
            journal.delete_profile("nobody")
        assert journal.profiles() == (ANNA,)


def test_a_memory_journal_begins_with_what_is_there_and_writes_nothing(path: Path) -> None:
    with open_journal(path) as journal:
        journal.save_profile(ANNA)
    before = path.read_bytes()
    with memory_journal(path) as journal:
        assert journal.in_memory
        assert not journal.notices
        journal.save_profile(BORIS)
        assert journal.profiles() == (ANNA, BORIS)
    assert path.read_bytes() == before


def test_a_set_done_in_part_and_in_whole_counts_once() -> None:
    whole = PlannedSet(RAISES, None, 1, 3.0)
    with memory_journal(Path("nowhere")) as journal:
        journal.save_profile(ANNA)
        record = judged(RAISES)
        again = copy_of(record)
        session_id = keep_session(journal, [record, again])
        (session,) = journal.sessions(ANNA.id)
        assert len(journal.set_records(session_id)) == 2
        assert whole.fits(session.sets[0])
        assert len(session.sets) == 1


@pytest.mark.skipif(os.name == "nt", reason="names of files differ")
def test_any_path_will_do(tmp_path: Path) -> None:
    odd = tmp_path / "a?b#c%20d é'" / "core line.db"
    with open_journal(odd) as journal:
        journal.save_profile(ANNA)
    with open_journal(odd, read_only=True) as journal:
        assert isinstance(journal, Journal)
        assert journal.profiles() == (ANNA,)
    assert odd.is_file()
