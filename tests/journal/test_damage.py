"""What was kept and is not there: it comes back where it can, and is named where it cannot."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from coreline.errors import JournalError, JournalUnwritableError
from coreline.journal.aside import were_set_aside
from coreline.journal.backups import backups
from coreline.journal.connecting import connect
from coreline.journal.database import Journal, memory_journal, open_journal
from coreline.journal.findings import Found, Loss, Lost, Mishap, Notices
from coreline.journal.ledger import ledger_file
from coreline.journal.migrations import migrate, migrations
from coreline.journal.pages import read_pages
from coreline.journal.seals import NOTE_TABLES, SESSION_TABLES, all_sound
from journal_values import (
    ANNA,
    BORIS,
    DAY,
    HOLD,
    NOTES,
    PAIN,
    RAISES,
    ROLL,
    judged,
    keep_session,
)

NEXT_DAY = DAY + timedelta(days=1)


@pytest.fixture(scope="module")
def two_days(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a journal with two days in it; the first is in the backup, the second in none.

    `killed` is the folder as a program that was killed in the second session would leave it.
    """
    place = tmp_path_factory.mktemp("two_days") / "data" / "coreline.sqlite3"
    with open_journal(place, today=DAY) as journal:
        journal.save_profile(ANNA)
        journal.save_profile(BORIS)
        journal.use_profile(ANNA.id)
        for note in NOTES:
            journal.note(ANNA.id, note)
        keep_session(journal, [judged(HOLD)])
    with open_journal(place, today=NEXT_DAY) as journal:
        keep_session(journal, [judged(RAISES), judged(ROLL)], day=NEXT_DAY, ended=False)
        shutil.copytree(place.parent, place.parents[1] / "killed")
        journal.note(ANNA.id, replace(PAIN, day=NEXT_DAY))
    return place


@pytest.fixture
def path(two_days: Path, tmp_path: Path) -> Path:
    shutil.copytree(two_days.parent, tmp_path / "data")
    return tmp_path / "data" / two_days.name


@pytest.fixture
def killed(two_days: Path, tmp_path: Path) -> Path:
    shutil.copytree(two_days.parents[1] / "killed", tmp_path / "killed")
    return tmp_path / "killed" / two_days.name


def by_hand(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def told(notices: Notices) -> list[tuple[str, date | None]]:
    return [(str(loss.kind), loss.day) for loss in notices.losses]


def found(notices: Notices) -> list[Found]:
    return [mishap.found for mishap in notices.mishaps]


def days_of(journal: Journal) -> list[date]:
    return [session.day for session in journal.sessions(ANNA.id)]


# What is missing


def test_a_session_deleted_by_hand_comes_back_from_the_backup(path: Path) -> None:
    by_hand(path, f"DELETE FROM session WHERE day = '{DAY}'")
    with open_journal(path, today=NEXT_DAY) as journal:
        (mishap,) = journal.notices.mishaps
        assert (mishap.found, mishap.saved, mishap.restored) == (Found.BEHIND, 1, NEXT_DAY)
        assert mishap.aside, "its rows of sets belonged to nothing; they are put by"
        assert told(journal.notices) == []
        assert days_of(journal) == [DAY, NEXT_DAY]
        assert journal.check().complaints == ()
        assert len(journal.set_records(journal.sessions(ANNA.id)[0].id)) == 1
        keep_session(journal, [judged(RAISES)], day=NEXT_DAY)


def test_a_session_that_no_backup_has_is_named_until_that_is_acknowledged(path: Path) -> None:
    by_hand(path, f"DELETE FROM session WHERE day = '{NEXT_DAY}'")
    for read_only in (True, False, True):
        with open_journal(path, read_only=read_only, today=NEXT_DAY) as journal:
            assert found(journal.notices) == [Found.BEHIND]
            (loss,) = journal.notices.losses
            assert (loss.kind, loss.name, loss.day) == (Lost.SESSION, ANNA.name, NEXT_DAY)
            assert journal.check().complaints == (
                f"the session of {NEXT_DAY} of {ANNA.name} is missing",
            )
    with open_journal(path, today=NEXT_DAY) as journal:
        journal.acknowledge()
        assert not journal.notices
        assert journal.check().complaints == ()
        assert len(journal.check().known) == 1
    with open_journal(path, today=NEXT_DAY + timedelta(days=1)) as journal:
        assert not journal.notices


def test_it_is_no_longer_missing_when_an_import_brings_it(path: Path, tmp_path: Path) -> None:
    with open_journal(path, today=NEXT_DAY) as journal:
        journal.export(tmp_path / "all.sqlite3")
    by_hand(path, f"DELETE FROM session WHERE day = '{NEXT_DAY}'")
    with open_journal(path, today=NEXT_DAY) as journal:
        assert told(journal.notices) == [("session", NEXT_DAY)]
        assert journal.import_(tmp_path / "all.sqlite3").sessions == 1
        assert told(journal.notices) == []


def test_an_older_copy_in_its_place_is_noticed(path: Path) -> None:
    shutil.copy(backups(path)[0], path)
    with open_journal(path, today=NEXT_DAY) as journal:
        assert found(journal.notices) == [Found.BEHIND]
        assert told(journal.notices) == [("notes", NEXT_DAY), ("session", NEXT_DAY)]


def test_a_log_that_is_gone_with_a_killed_session_is_noticed(killed: Path) -> None:
    killed.with_name(f"{killed.name}-wal").unlink()
    with open_journal(killed, today=NEXT_DAY) as journal:
        assert found(journal.notices) == [Found.BEHIND]
        assert told(journal.notices) == [("session", NEXT_DAY)]


def test_half_a_session_is_said_to_be_half(killed: Path) -> None:
    log = killed.with_name(f"{killed.name}-wal")
    content = log.read_bytes()
    log.write_bytes(content[: len(content) * 15 // 16])
    with open_journal(killed, today=NEXT_DAY) as journal:
        assert told(journal.notices) == [("part", NEXT_DAY)]
        assert journal.check().complaints == (
            f"a part of the session of {NEXT_DAY} of {ANNA.name} is missing",
        )
        journal.acknowledge()
        assert not journal.notices


def test_a_killed_session_with_its_log_is_whole(killed: Path) -> None:
    with open_journal(killed, today=NEXT_DAY) as journal:
        assert not journal.notices
        assert journal.unfinished(ANNA.id, NEXT_DAY) is not None


def test_a_stale_log_does_no_harm(path: Path, killed: Path) -> None:
    """SQLite would replay it over the newer file."""
    with open_journal(path, today=NEXT_DAY) as journal:
        keep_session(journal, [judged(HOLD)], day=NEXT_DAY)
        before = everything(journal)
    shutil.copy(killed.with_name(f"{killed.name}-wal"), path.with_name(f"{path.name}-wal"))
    with open_journal(path, today=NEXT_DAY) as journal:
        assert found(journal.notices) == [Found.STRAY]
        assert told(journal.notices) == []
        assert everything(journal) == before


def test_a_log_of_noise_is_not_worth_a_word(path: Path) -> None:
    path.with_name(f"{path.name}-wal").write_bytes(b"noise" * 9999)
    with open_journal(path, today=NEXT_DAY) as journal:
        assert not journal.notices
        assert days_of(journal) == [DAY, NEXT_DAY]


def test_a_log_whose_file_is_gone_goes_with_what_is_set_aside(killed: Path) -> None:
    """Beside a backup that is put back it would be replayed over that."""
    killed.unlink()
    with open_journal(killed, today=NEXT_DAY) as journal:
        assert found(journal.notices) == [Found.DAMAGED]
        assert days_of(journal) == [DAY, NEXT_DAY], "the log alone holds the second day"
        assert journal.check().complaints == ()


def test_people_deleted_by_hand_come_back_without_a_backup(path: Path) -> None:
    shutil.rmtree(path.parent / "backups")
    by_hand(path, f"DELETE FROM profile WHERE id = '{ANNA.id}'")
    with open_journal(path, today=NEXT_DAY) as journal:
        assert journal.profiles() == (ANNA, BORIS)
        assert days_of(journal) == [DAY, NEXT_DAY]
        assert journal.life(ANNA.id).pains[0] == PAIN


def test_an_altered_profile_is_put_right_without_a_backup(path: Path) -> None:
    shutil.rmtree(path.parent / "backups")
    by_hand(path, "UPDATE profile SET height_m = 1.2, place = 'elsewhere'")
    with open_journal(path, today=NEXT_DAY) as journal:
        assert journal.profiles() == (ANNA, BORIS)
        assert found(journal.notices) == [Found.ALTERED]
        assert told(journal.notices) == []


def test_altered_notes_are_named_by_their_day(path: Path) -> None:
    by_hand(path, "UPDATE pain SET score = 1")
    with open_journal(path, today=NEXT_DAY) as journal:
        assert told(journal.notices) == [("altered_notes", NEXT_DAY)]
        assert [pain.score for pain in journal.life(ANNA.id).pains] == [7, 0, 1]
        assert journal.check().complaints == (
            f"what {ANNA.name} noted or chose on {NEXT_DAY} is no longer what was written",
        )


def test_a_profile_as_it_was_before_is_told(path: Path) -> None:
    shutil.copy(path, path.with_name("older"))
    with open_journal(path, today=NEXT_DAY) as journal:
        journal.save_profile(replace(BORIS, height_m=1.9))
    path.with_name("older").replace(path)
    with open_journal(path, today=NEXT_DAY) as journal:
        (loss,) = journal.notices.losses
        assert (loss.kind, loss.name) == (Lost.PROFILE, BORIS.name)
        journal.acknowledge()
    with open_journal(path, today=NEXT_DAY) as journal:
        assert not journal.notices


def test_what_the_backups_know_is_noticed_without_a_ledger(path: Path) -> None:
    ledger_file(path).unlink()
    by_hand(path, f"DELETE FROM session WHERE day = '{DAY}'")
    with open_journal(path, today=NEXT_DAY) as journal:
        assert found(journal.notices) == [Found.BEHIND]
        assert days_of(journal) == [DAY, NEXT_DAY]


def test_somebody_elses_journal_in_its_place_does_not_hide_what_was_here(
    path: Path, tmp_path: Path
) -> None:
    with open_journal(tmp_path / "other.sqlite3", today=NEXT_DAY) as other:
        other.save_profile(replace(BORIS, id="c3", name="Chris"))
    shutil.copy(tmp_path / "other.sqlite3", path)
    with open_journal(path, today=NEXT_DAY) as journal:
        assert {each.name for each in journal.profiles()} == {ANNA.name, BORIS.name, "Chris"}
        assert days_of(journal) == [DAY]
        assert told(journal.notices) == [("notes", NEXT_DAY), ("session", NEXT_DAY)]


def test_another_programs_database_is_left_as_it_is(path: Path) -> None:
    path.unlink()
    by_hand(path, "CREATE TABLE recipe (name TEXT)")
    before = path.read_bytes()
    with pytest.raises(JournalError, match=r"another program's.* yours is put back"):
        open_journal(path, today=NEXT_DAY)
    assert path.read_bytes() == before


# When it is told


def test_it_is_told_beside_a_program_that_has_it_open(path: Path) -> None:
    by_hand(path, f"DELETE FROM session WHERE day = '{NEXT_DAY}'")
    with (
        open_journal(path, today=NEXT_DAY) as journal,
        open_journal(path, read_only=True, today=NEXT_DAY) as beside,
    ):
        assert beside.notices.losses == journal.notices.losses


def test_what_happened_is_told_by_the_next_program_when_this_one_is_killed(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    path.write_bytes(b"This is a letter. " * 500)
    with monkeypatch.context() as patch:
        patch.setattr("coreline.journal.repairing.copy_to", killed)
        with pytest.raises(KeyboardInterrupt):
            open_journal(path, today=NEXT_DAY)
    with open_journal(path, today=NEXT_DAY) as journal:
        assert found(journal.notices) == [Found.DAMAGED, Found.GONE]


def test_what_memory_could_not_read_is_said(path: Path) -> None:
    path.write_bytes(b"This is a letter. " * 500)
    with memory_journal(path) as journal:
        (said,) = journal.notices.passing
        assert "is damaged" in str(said)
        assert "is beschadigd" in said.in_("nl")
        assert journal.lost_everybody


def test_nobody_is_a_loss_only_where_somebody_was(tmp_path: Path, path: Path) -> None:
    with open_journal(tmp_path / "new" / "coreline.sqlite3") as journal:
        assert not journal.lost_everybody
    with open_journal(path, today=NEXT_DAY) as journal:
        journal.delete_profile(ANNA.id)
        journal.delete_profile(BORIS.id)
        assert not journal.lost_everybody
    shutil.rmtree(path.parent / "backups")
    ledger_file(path).unlink()
    path.write_bytes(b"This is a letter. " * 500)
    with open_journal(path, today=NEXT_DAY) as journal:
        journal.acknowledge()
    with open_journal(path, today=NEXT_DAY) as journal:
        assert not journal.notices
        assert journal.lost_everybody


def test_a_new_schema_is_no_damage(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    step = replace(
        migrations()[-1],
        name="900-more",
        sql="ALTER TABLE pain ADD COLUMN more INTEGER NOT NULL DEFAULT 3;\n",
    )
    steps = (*migrations(), step)
    for place in ("migrations", "opening"):
        monkeypatch.setattr(f"coreline.journal.{place}.migrations", lambda: steps)
    monkeypatch.setattr("coreline.journal.opening.has_our_columns", lambda _: True)
    with open_journal(path, today=NEXT_DAY) as journal:
        assert not journal.notices
    with open_journal(path, today=NEXT_DAY + timedelta(days=1)) as journal:
        assert not journal.notices


# What is read out of a damaged file


def everything(journal: Journal) -> list[object]:
    sessions = journal.sessions(ANNA.id)
    return [journal.life(ANNA.id), *sessions, *(journal.set_records(each.id) for each in sessions)]


def rows_of(connection: sqlite3.Connection) -> dict[str, list[object]]:
    tables = ("profile", "ball_exercise", "profile_seal", "session", *SESSION_TABLES, *NOTE_TABLES)
    return {
        table: sorted(connection.execute(f"SELECT * FROM {table}"), key=repr) for table in tables
    }


def test_every_row_is_read_page_by_page(path: Path, killed: Path) -> None:
    for place in (path, killed):
        with closing(connect(place)) as connection, closing(read_pages(place)) as found_in:
            assert rows_of(found_in) == rows_of(connection)
            sound = all_sound(found_in)
            assert (len(sound.sessions), len(sound.profiles)) == (2, 2)


@pytest.mark.parametrize("steps", range(3, len(migrations())))
def test_rows_of_an_older_schema_are_read_too(path: Path, tmp_path: Path, steps: int) -> None:
    old = tmp_path / "old.sqlite3"
    with closing(connect(path)) as now, closing(connect(old)) as older:
        migrate(older, migrations()[:steps])
        for table in ("profile", "session", "exercise_set", "repetition", "hold", "fact", "pain"):
            columns = [row[1] for row in older.execute(f"PRAGMA table_info({table})")]
            rows = now.execute(f"SELECT {', '.join(columns)} FROM {table}").fetchall()
            marks = ", ".join("?" * len(columns))
            older.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
        counts = {
            table: older.execute(f"SELECT count(*) FROM {table}").fetchone()
            for table in ("profile", "session", "exercise_set", "repetition", "hold", "fact")
        }
    with closing(read_pages(old)) as found_in:
        for table, count in counts.items():
            assert found_in.execute(f"SELECT count(*) FROM {table}").fetchone() == count


def page_of(path: Path, table: str) -> int:
    with closing(connect(path)) as connection:
        query = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        (page,) = connection.execute(query, (table,)).fetchone()
    return int(page)


def zero(path: Path, page: int) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: (page - 1) * 4096] + bytes(4096) + content[page * 4096 :])


TABLES = ("session", "profile", "migration", "pain", "sqlite_autoindex_session_1")


@pytest.mark.parametrize("table", TABLES)
def test_what_sqlite_refuses_is_read_all_the_same(path: Path, table: str) -> None:
    """One page is gone, and no backup has anything: what lies in the others comes back."""
    shutil.rmtree(path.parent / "backups")
    zero(path, page_of(path, table))
    with open_journal(path, today=NEXT_DAY) as journal:
        assert journal.profiles() == (ANNA, BORIS), "the ledger has their rows"
        lost = {kind for kind, _ in told(journal.notices)}
        gone = {"session": "session", "pain": "notes"}
        assert lost == ({gone[table]} if table in gone else {"notes"} & lost)
        if table != "session":
            assert days_of(journal) == [DAY, NEXT_DAY]
        if table not in ("session", "pain"):
            assert journal.life(ANNA.id).pains[0] == PAIN


def test_the_first_page_gone_loses_nothing(path: Path) -> None:
    shutil.rmtree(path.parent / "backups")
    with open_journal(path, today=NEXT_DAY) as journal:
        before = everything(journal)
    zero(path, 1)
    with open_journal(path, today=NEXT_DAY) as journal:
        assert everything(journal) == before
        assert told(journal.notices) == []


@pytest.fixture
def half_read(path: Path) -> Iterator[Journal]:
    """Open a journal of whose damaged file one session can be read only in part."""
    shutil.rmtree(path.parent / "backups")
    content = path.read_bytes()
    pages = {content[(page_of(path, "repetition") - 1) * 4096 :][:1]}
    assert pages
    zero(path, page_of(path, "repetition"))
    with open_journal(path, today=NEXT_DAY) as journal:
        yield journal


def test_a_part_of_a_session_is_taken_only_when_that_is_asked_for(half_read: Journal) -> None:
    (mishap,) = half_read.notices.mishaps
    assert mishap.partly == 1
    assert half_read.notices.readable == (mishap.aside,)
    assert days_of(half_read) == [DAY]
    left = half_read.recover()
    assert (left.files, left.sessions, left.parts) == (1, 0, ())
    assert [(each.day, each.person) for each in left.left] == [(NEXT_DAY, ANNA.id)]
    assert days_of(half_read) == [DAY]
    taken = half_read.recover(parts=True)
    assert [each.day for each in taken.parts] == [NEXT_DAY]
    assert days_of(half_read) == [DAY, NEXT_DAY]
    assert told(half_read.notices) == [("part", NEXT_DAY)], "it is known not to be whole"
    assert half_read.recover(parts=True).parts == ()


def test_a_part_beyond_reason_is_not_offered(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE exercise_set SET adjusted = 1000000")
        connection.commit()
    shutil.rmtree(path.parent / "backups")
    zero(path, page_of(path, "repetition"))
    with open_journal(path, today=NEXT_DAY) as journal:
        assert {mishap.partly for mishap in journal.notices.mishaps} == {0}
        assert journal.recover(parts=True).parts == ()


def test_a_whole_copy_takes_the_place_of_a_part(
    half_read: Journal, two_days: Path, tmp_path: Path
) -> None:
    half_read.recover(parts=True)
    shutil.copy(two_days, tmp_path / "whole.sqlite3")
    assert half_read.import_(tmp_path / "whole.sqlite3").sessions == 1
    assert told(half_read.notices) == []
    (repetitions,) = (
        record.facts
        for record in half_read.set_records(half_read.sessions(ANNA.id)[1].id)
        if record.exercise_id == RAISES
    )
    assert repetitions == judged(RAISES).facts


@pytest.mark.parametrize("content", [b"", b"x", b"\0" * 9000, b"\x0d" * 9000, b"\xff" * 9000])
def test_a_file_with_nothing_in_it_gives_nothing(
    path: Path, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "damaged").write_bytes(content)
    with open_journal(path, today=NEXT_DAY) as journal:
        came = journal.recover([tmp_path / "damaged"])
        assert (came.sessions, came.people, came.left) == (0, 0, ())
        with pytest.raises(JournalError, match="no such file"):
            journal.recover([tmp_path / "none"])


def test_a_page_that_points_at_itself_ends(path: Path, tmp_path: Path) -> None:
    content = bytearray(path.read_bytes())
    for at in range(0, len(content), 4096):
        if content[at] == 0:
            content[at : at + 4] = (at // 4096 + 1).to_bytes(4, "big")
    place = tmp_path / "circle.sqlite3"
    place.write_bytes(content)
    with closing(read_pages(place)) as found_in:
        assert found_in.execute("SELECT count(*) FROM session").fetchone() == (2,)


def test_delete_takes_the_files_set_aside_and_what_is_told_of_them(half_read: Journal) -> None:
    half_read.delete_profile(ANNA.id)
    assert were_set_aside(half_read.path) == []
    assert half_read.notices.losses == ()
    assert [mishap.aside for mishap in half_read.notices.mishaps] == [""]


def test_a_ledger_that_cannot_be_written_is_a_journal_that_cannot(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("coreline.journal.ledger.append", refuse)
    with pytest.raises(JournalUnwritableError, match="make room"):
        open_journal(path, today=NEXT_DAY)
    with open_journal(path, read_only=True, today=NEXT_DAY) as journal:
        assert days_of(journal) == [DAY, NEXT_DAY]


def test_events_and_losses_are_what_notices_yield() -> None:
    mishap, loss = Mishap("e", Found.GONE, DAY), Loss(Lost.SESSION, "s", "Anna", DAY)
    said = JournalError("no backup", nl="geen reservekopie")
    notices = Notices((mishap,), (loss,), (), (said,))
    assert [*notices] == [mishap, loss, said]
    assert len(notices) == 3
    assert not Notices()
