"""The ledger: what was kept is known beside the file, however that file or the ledger fares."""

import os
import stat
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from coreline.journal import ledger as ledger_module
from coreline.journal.connecting import connect
from coreline.journal.database import open_journal
from coreline.journal.findings import Found, Mishap
from coreline.journal.ledger import LONGEST, MOST_LINES, Ledger, ledger_file
from coreline.journal.mark import Mark, contents
from journal_values import ANNA, BORIS, DAY, NOTES, RAISES, judged, keep_session


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Make a journal of two people and a session, and close it."""
    place = tmp_path / "coreline.sqlite3"
    with open_journal(place, today=DAY) as journal:
        journal.save_profile(ANNA)
        journal.save_profile(BORIS)
        keep_session(journal, [judged(RAISES)])
        for note in NOTES:
            journal.note(ANNA.id, note)
    return place


def marked(path: Path) -> Mark:
    return Ledger(path).mark


def test_it_knows_what_the_journal_holds_commit_by_commit(path: Path) -> None:
    with open_journal(path, today=DAY) as journal:
        keep_session(journal, [judged(RAISES)], BORIS, ended=False)
        with journal.reading() as connection:
            now = contents(connection)
        mark = marked(path)
        assert mark.sessions == now.sessions
        assert mark.notes == now.notes
        assert {name: each.profile for name, each in mark.people.items()} == {
            name: each.profile for name, each in now.people.items()
        }
        assert mark.losses(now) == ()


def test_it_is_for_its_owner_alone(path: Path) -> None:
    if os.name == "posix":
        assert stat.S_IMODE(ledger_file(path).stat().st_mode) == 0o600


def test_what_was_closed_in_order_is_untouched_until_it_is_touched(path: Path) -> None:
    assert Ledger(path).is_untouched(closely=False)
    path.touch()
    assert Ledger(path).is_untouched(closely=True), "to the byte it is the same"
    content = bytearray(path.read_bytes())
    content[-100] ^= 1
    path.write_bytes(content)
    assert not Ledger(path).is_untouched(closely=False)


def test_a_change_in_the_same_moment_is_noticed_too(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Size and time alone would not tell; they are trusted only once they have settled."""
    about = path.stat()
    content = bytearray(path.read_bytes())
    content[-100] ^= 1
    path.write_bytes(content)
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))
    assert not Ledger(path).is_untouched(closely=False)
    monkeypatch.setattr(ledger_module.Stamp, "has_times_of", lambda *_: True)
    assert not Ledger(path).is_untouched(closely=False)


def test_while_it_is_open_nothing_is_taken_for_closed(path: Path) -> None:
    with open_journal(path, today=DAY):
        assert not Ledger(path).is_untouched(closely=True)
    assert Ledger(path).is_untouched(closely=True)


def test_a_line_that_broke_off_is_no_damage(path: Path) -> None:
    with ledger_file(path).open("ab") as file:
        file.write(b'0123abcd {"session": "x", "per')
    assert Ledger(path).is_whole
    with open_journal(path, today=DAY) as journal:
        assert not journal.notices
        journal.save_profile(BORIS)
    assert Ledger(path).is_whole
    assert len(marked(path).people) == 2


def spoil(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 3] ^= 4
    file.write_bytes(content)


SPOILS: dict[str, Callable[[Path], object]] = {
    "a bit": spoil,
    "noise": lambda file: file.write_bytes(Random(1).randbytes(3000)),
    "too large": lambda file: file.write_bytes(b"\n" * (LONGEST + 2)),
    "many lines": lambda file: file.write_bytes(file.read_bytes() * (MOST_LINES // 10)),
    "another's": lambda file: file.write_text("Dear Anna\n" * 50, encoding="utf-8"),
}


@pytest.mark.parametrize("how", SPOILS)
def test_a_damaged_ledger_is_made_anew_and_told(path: Path, how: str) -> None:
    SPOILS[how](ledger_file(path))
    assert not Ledger(path).is_whole
    for _ in range(2):
        with open_journal(path, today=DAY) as journal:
            assert [mishap.found for mishap in journal.notices.mishaps] == [Found.LIST]
            assert len(journal.sessions(ANNA.id)) == 1
    with open_journal(path, today=DAY) as journal:
        journal.acknowledge()
    with open_journal(path, today=DAY) as journal:
        assert not journal.notices
        assert marked(path).sessions.keys() == {journal.sessions(ANNA.id)[0].id}


def test_a_ledger_that_is_gone_is_made_anew_without_a_word(path: Path) -> None:
    """That is what a journal from before there was one looks like."""
    ledger_file(path).unlink()
    with open_journal(path, today=DAY + timedelta(days=1)) as journal:
        assert not journal.notices
    assert len(marked(path).sessions) == 1


def test_a_pipe_in_its_place_is_not_read(path: Path) -> None:
    if hasattr(os, "mkfifo"):
        ledger_file(path).unlink()
        os.mkfifo(ledger_file(path))
        assert not Ledger(path).is_there


def test_it_stays_short(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_module, "_SPARE", 20)
    with open_journal(path, today=DAY) as journal:
        for number in range(60):
            with journal.writing() as connection:
                connection.execute("UPDATE session SET revision = ?, sha256 = 'x'", (number,))
    assert ledger_file(path).read_bytes().count(b"\n") < 40
    assert [each.revision for each in marked(path).sessions.values()] == [59]


def test_nothing_of_a_person_who_was_deleted_is_left_in_it(path: Path) -> None:
    with open_journal(path, today=DAY) as journal:
        keep_session(journal, [judged(RAISES)], BORIS)
        journal.delete_profile(ANNA.id)
        assert not journal.notices
    left = ledger_file(path).read_text(encoding="utf-8")
    assert "Anna" not in left
    assert f'"{ANNA.id}"' not in left
    assert len(marked(path).sessions) == 1
    with open_journal(path, today=DAY + timedelta(days=1)) as journal:
        assert not journal.notices
        assert journal.profiles() == (BORIS,)


def test_lines_say_all_of_a_mark(path: Path) -> None:
    mark = marked(path)
    mark.take(Mishap("e1", Found.BEHIND, DAY, "coreline.sqlite3.damaged-1", DAY, 2, 1, 3).as_line())
    mark.take({"lost": ["session:x"]})
    again = Mark()
    for line in mark.lines():
        again.take(line)
    assert again == mark


def test_lines_of_a_newer_program_are_passed_over() -> None:
    mark = Mark()
    mark.take({"weather": "rain"})
    assert mark == Mark()


def test_a_database_that_is_behind_the_mark_is_told_from_one_that_is_ahead(path: Path) -> None:
    mark = marked(path)
    with closing(connect(path)) as connection:
        connection.execute("UPDATE session SET revision = revision + 5")
        assert mark.losses(contents(connection)) == ()
        connection.execute("UPDATE session SET revision = 0")
        assert [loss.kind for loss in mark.losses(contents(connection))] == ["part"]
