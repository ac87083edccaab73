"""A failed start is no session: nothing done, nothing kept, and everything that reads agrees."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from coreline.commands.kept import kept_person
from coreline.journal.database import Journal, open_journal
from coreline.journal.recorder import Recorder
from coreline.journal.sessions import session_start
from coreline.journal.undo import entries
from coreline.programme.progress import history
from coreline.session.record import SetRecord
from journal_values import (
    ANNA,
    DAY,
    HOLD,
    PAIN,
    PLAN,
    RAISES,
    STARTED_AT,
    copy_of,
    judged,
    keep_session,
)
from lives import CATALOGUE, PROGRAMME


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with open_journal(tmp_path / "coreline.sqlite3") as found:
        found.save_profile(ANNA)
        yield found


def rows(journal: Journal) -> int:
    with journal.reading() as connection:
        return int(connection.execute("SELECT count(*) FROM session").fetchone()[0])


def not_in_position() -> SetRecord:
    return SetRecord(HOLD, None, 1)


def ready_only() -> SetRecord:
    """Return a set in which somebody lay ready, and did nothing."""
    record = judged(RAISES)
    return SetRecord(RAISES, None, 1, near_side=record.near_side, prescribed=30.0)


def fail_to_start(journal: Journal, *records: SetRecord) -> str:
    start = session_start(ANNA.id, DAY, STARTED_AT, PLAN)
    with Recorder(journal, start) as recorder:
        for number in range(1, len(records) + 1):
            recorder.follow(records[:number])
        recorder.end_session(STARTED_AT + timedelta(minutes=1))
    return start.uid


@pytest.mark.parametrize(
    "record_makers",
    [(), (not_in_position,), (ready_only,), (not_in_position, ready_only)],
    ids=["nothing", "not in position", "ready", "passed over"],
)
def test_nothing_of_a_failed_start_is_kept(
    journal: Journal, record_makers: tuple[Callable[[], SetRecord], ...]
) -> None:
    fail_to_start(journal, *(make() for make in record_makers))
    assert rows(journal) == 0
    assert journal.sessions(ANNA.id) == ()
    assert journal.unfinished(ANNA.id, DAY) is None
    assert journal.check().complaints == ()


def test_the_last_session_is_the_last_in_which_something_was_done(journal: Journal) -> None:
    done = keep_session(journal, [copy_of(judged(RAISES))])
    fail_to_start(journal, ready_only())
    assert [each.id for each in journal.sessions(ANNA.id)] == [done]
    person = kept_person(journal, ANNA, PROGRAMME)
    assert [each.id for each in person.sessions] == [done]
    sessions = [each for each in entries(journal, ANNA.id) if each.kind == "session"]
    assert [each.name for each in sessions] == [done]
    assert history(PROGRAMME, CATALOGUE, journal.life(ANNA.id), DAY).trained_days == 1


def test_what_was_noted_in_a_failed_start_is_a_note_and_kept(journal: Journal) -> None:
    with Recorder(journal, session_start(ANNA.id, DAY, STARTED_AT, PLAN)) as recorder:
        recorder.follow([SetRecord(HOLD, None, 1)])
        recorder.note(PAIN)
        assert recorder.flush()
        recorder.end_session(STARTED_AT)
    assert rows(journal) == 0
    assert journal.life(ANNA.id).pains == (PAIN,)
    assert history(PROGRAMME, CATALOGUE, journal.life(ANNA.id), DAY).trained_days == 0


def test_what_was_passed_over_before_something_was_done_is_known(journal: Journal) -> None:
    """So that a session that is killed is not gone on with at a set that was skipped."""
    skipped = SetRecord(HOLD, None, 1, prescribed=30.0)
    with Recorder(journal, session_start(ANNA.id, DAY, STARTED_AT, PLAN)) as recorder:
        recorder.follow([skipped])
        recorder.follow([skipped, copy_of(judged(RAISES))])
        assert recorder.flush()
    unfinished = journal.unfinished(ANNA.id, DAY)
    assert unfinished is not None
    assert (HOLD, 1) not in [(each.exercise_id, each.set_number) for each in unfinished.left]


def test_a_session_of_an_older_program_that_was_a_failed_start_is_none(journal: Journal) -> None:
    """It may be in the journal, with a set that was only got ready for."""
    uid = keep_session(journal, [copy_of(judged(RAISES))])
    with journal.writing() as connection:
        for table in ("repetition", "attempt", "fact"):
            connection.execute(f"DELETE FROM {table}")
        connection.execute("UPDATE exercise_set SET done = 0")
    assert uid not in [each.id for each in journal.sessions(ANNA.id)]
    assert journal.life(ANNA.id).sets == ()
