"""What is taken back: as if it had never been, in every copy, and never gone."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coreline.data_files import load_catalogue, load_programme
from coreline.errors import JournalError
from coreline.journal.database import Journal, memory_journal, open_journal
from coreline.journal.findings import Found
from coreline.journal.recorder import Recorder
from coreline.journal.records import Note, SessionKept
from coreline.journal.sessions import session_start
from coreline.journal.undo import Entry, entries, put_back, take_back, taken_back, told_of
from coreline.programme.day import DayPlan
from coreline.programme.life import (
    AdviceGiven,
    EasierChosen,
    LevelChosen,
    PainMoment,
    PainNoted,
    PainPlace,
    RestChosen,
    SetDone,
    Skipped,
    TakenBack,
    TakenKind,
)
from coreline.programme.schedule import day_plan
from journal_values import (
    ANNA,
    BORIS,
    DAY,
    ENDED_AT,
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

PROGRAMME, CATALOGUE = load_programme(), load_catalogue()
LATER = DAY + timedelta(days=2)
DAYS = st.integers(0, 3).map(lambda days: DAY + timedelta(days=days))
IDS = st.sampled_from([HOLD, RAISES, ROLL, "w12-side-bridge"])
ANY_NOTE = st.one_of(
    st.builds(
        PainNoted,
        DAYS,
        st.sampled_from(PainMoment),
        st.integers(0, 10),
        st.lists(st.sampled_from(PainPlace), unique=True, max_size=2).map(tuple),
        st.none() | IDS,
    ),
    st.builds(Skipped, DAYS, IDS, st.none() | st.just("left"), st.booleans()),
    st.builds(LevelChosen, DAYS, st.sampled_from(PROGRAMME.level_ids)),
    st.builds(EasierChosen, DAYS, IDS, IDS),
    st.builds(RestChosen, DAYS, st.integers(0, 3)),
    st.builds(AdviceGiven, DAYS),
)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """Return a journal in memory, so that nothing need be closed."""
    made = memory_journal(tmp_path / "none")
    made.save_profile(ANNA)
    made.save_profile(BORIS)
    return made


def plan_of(journal: Journal) -> DayPlan:
    return day_plan(PROGRAMME, CATALOGUE, journal.life(ANNA.id), DAY)


def known(journal: Journal) -> tuple[Any, ...]:
    """Return all that is worked out from a journal about one person."""
    sessions = journal.sessions(ANNA.id)
    unfinished = journal.unfinished(ANNA.id, DAY)
    return (
        journal.life(ANNA.id),
        plan_of(journal),
        sessions,
        [journal.set_records(each.id) for each in sessions],
        unfinished,
    )


def the(journal: Journal, what: Note | SetDone) -> Entry:
    return next(each for each in entries(journal, ANNA.id) if each.what == what)


def sets_in(journal: Journal) -> list[Entry]:
    return [each for each in entries(journal, ANNA.id) if isinstance(each.what, SetDone)]


def exercise_of(entry: Entry) -> str:
    assert isinstance(entry.what, SetDone)
    return entry.what.exercise_id


def session_in(journal: Journal) -> Entry:
    return next(each for each in entries(journal, ANNA.id) if isinstance(each.what, SessionKept))


def undo(journal: Journal, entry: Entry) -> None:
    take_back(journal, ANNA.id, entry, (), LATER)


@settings(max_examples=30)
@given(st.lists(ANY_NOTE, max_size=4), ANY_NOTE)
def test_a_note_that_was_taken_back_might_never_have_been(before: list[Note], last: Note) -> None:
    with memory_journal(Path("nowhere")) as journal:
        journal.save_profile(ANNA)
        for note in before:
            journal.note(ANNA.id, note)
        was = known(journal)
        journal.note(ANNA.id, last)
        noted = known(journal)
        entry = the(journal, last)
        undo(journal, entry)
        assert known(journal) == was
        assert journal.check().complaints == ()
        put_back(journal, ANNA.id, taken_back(journal, ANNA.id)[0], LATER)
        assert known(journal) == noted
        assert journal.check().complaints == ()


def test_a_set_that_was_taken_back_is_open_again_today(journal: Journal) -> None:
    keep_session(journal, [judged(HOLD)])
    was = known(journal)
    keep_session(journal, [judged(RAISES), judged(HOLD)])
    second = next(each for each in sets_in(journal) if exercise_of(each) == RAISES)
    both = plan_of(journal)
    undo(journal, second)
    assert [each.exercise_id for each in journal.life(ANNA.id).sets] == [HOLD, HOLD]
    (record,) = journal.set_records(second.parts[0].uid)
    assert record == as_kept(judged(HOLD))
    undo(journal, sets_in(journal)[0])
    assert plan_of(journal) == was[1] != both
    assert journal.life(ANNA.id) == was[0]
    assert journal.check().complaints == ()


def test_a_set_is_taken_back_with_all_its_rows_and_one_done_since_counts(journal: Journal) -> None:
    session_id = keep_session(journal, [judged(HOLD)], ended=False)
    with Recorder(journal, session_id) as recorder:
        recorder.follow([copy_of(judged(HOLD))])
        recorder.follow([copy_of(judged(HOLD)), copy_of(judged(RAISES))])
    entry = next(each for each in sets_in(journal) if exercise_of(each) == HOLD)
    assert len(entry.parts) > 1
    undo(journal, entry)
    assert [each.exercise_id for each in journal.life(ANNA.id).sets] == [RAISES]
    unfinished = journal.unfinished(ANNA.id, DAY)
    assert unfinished is not None
    assert HOLD in [each.exercise_id for each in unfinished.left]
    with Recorder(journal, session_id) as recorder:
        recorder.follow([copy_of(judged(HOLD))])
        recorder.end_session(ENDED_AT)
    assert {each.exercise_id for each in journal.life(ANNA.id).sets} == {RAISES, HOLD}
    assert told_of(taken_back(journal, ANNA.id)) == (
        TakenBack(TakenKind.SET, DAY, LATER, HOLD, None, 1, session_id),
    )


@pytest.mark.parametrize("ended", [True, False])
def test_a_session_that_was_taken_back_might_never_have_been(
    journal: Journal, *, ended: bool
) -> None:
    keep_session(journal, [judged(HOLD)], day=DAY - timedelta(days=1))
    was = known(journal)
    session_id = keep_session(journal, [judged(RAISES), judged(HOLD)], ended=ended)
    undo(journal, session_in(journal))
    assert known(journal) == was
    assert not [each for each in entries(journal, ANNA.id) if each.parts[0].uid == session_id]
    (gone,) = journal.sessions(ANNA.id, taken_back=True)
    assert (gone.id, gone.taken_back, len(gone.sets)) == (session_id, LATER, 2)
    assert len(journal.set_records(session_id)) == 2
    assert journal.check().complaints == ()


def test_what_goes_along_comes_back_along(journal: Journal) -> None:
    was = known(journal)
    pain = PainNoted(DAY, PainMoment.DURING, 9, (), HOLD)
    skip = Skipped(DAY, HOLD, None, for_pain=True)
    journal.note(ANNA.id, pain)
    journal.note(ANNA.id, skip)
    noted = known(journal)
    take_back(journal, ANNA.id, the(journal, pain), [the(journal, skip)], LATER)
    assert known(journal) == was
    (entry,) = taken_back(journal, ANNA.id)
    assert (entry.what, [each.what for each in entry.along]) == (pain, [skip])
    assert told_of([entry]) == (TakenBack(TakenKind.PAIN, DAY, LATER, HOLD),)
    put_back(journal, ANNA.id, entry, LATER)
    assert known(journal) == noted
    assert taken_back(journal, ANNA.id) == ()


def test_nothing_is_taken_back_or_put_back_twice(journal: Journal) -> None:
    journal.note(ANNA.id, NOTES[0])
    entry = the(journal, NOTES[0])
    with pytest.raises(JournalError, match="was not taken back"):
        put_back(journal, ANNA.id, entry, LATER)
    undo(journal, entry)
    with pytest.raises(JournalError, match="was taken back already"):
        undo(journal, entry)
    put_back(journal, ANNA.id, entry, LATER)
    undo(journal, entry)
    assert [each.taken_back for each in taken_back(journal, ANNA.id)] == [LATER]


def test_the_latest_comes_first_and_sets_stand_under_their_session(journal: Journal) -> None:
    for note in NOTES[:3]:
        journal.note(ANNA.id, note)
    journal.note(BORIS.id, NOTES[1])
    start = session_start(ANNA.id, DAY, datetime(2040, 1, 1, tzinfo=UTC), PLAN)
    with Recorder(journal, start) as recorder:
        recorder.follow([judged(HOLD), judged(RAISES)])
        recorder.end_session(ENDED_AT)
    kinds = [each.kind.value for each in entries(journal, ANNA.id)]
    assert kinds[:3] == ["session", "set", "set"]
    assert [each.what for each in entries(journal, ANNA.id)[3:]] == [*reversed(NOTES[:3])]
    exercises = [exercise_of(each) for each in sets_in(journal)]
    assert exercises == [RAISES, HOLD]
    keep_session(journal, [judged(HOLD)], day=LATER)
    latest = entries(journal, ANNA.id, sessions=1)
    assert [each.what.day for each in latest if isinstance(each.what, SetDone)] == [LATER]
    assert [each.kind for each in entries(journal, BORIS.id)] == [TakenKind.PAIN]


def test_what_is_taken_back_in_one_copy_is_in_both(journal: Journal, tmp_path: Path) -> None:
    keep_session(journal, [judged(HOLD), judged(RAISES)])
    for note in NOTES:
        journal.note(ANNA.id, note)
    journal.export(tmp_path / "before.sqlite3")
    undo(journal, the(journal, NOTES[0]))
    undo(journal, sets_in(journal)[0])
    journal.export(tmp_path / "after.sqlite3")
    now, gone = known(journal), taken_back(journal, ANNA.id)
    journal.import_(tmp_path / "before.sqlite3")
    assert known(journal) == now
    with memory_journal(tmp_path / "none") as other:
        other.import_(tmp_path / "before.sqlite3")
        assert known(other) != now
        other.import_(tmp_path / "after.sqlite3")
        other.import_(tmp_path / "before.sqlite3")
        assert known(other) == now
        assert [each.name for each in taken_back(other, ANNA.id)] == [each.name for each in gone]
        put_back(other, ANNA.id, taken_back(other, ANNA.id)[0], LATER)
        back = known(other)
        other.export(tmp_path / "back.sqlite3", ANNA.id)
        assert other.check().complaints == ()
    journal.import_(tmp_path / "back.sqlite3")
    assert known(journal) == back
    assert journal.check().complaints == ()


def test_a_session_gone_on_with_elsewhere_stays_taken_back(
    journal: Journal, tmp_path: Path
) -> None:
    session_id = keep_session(journal, [judged(HOLD)], ended=False)
    with memory_journal(tmp_path / "none") as other:
        journal.export(tmp_path / "killed.sqlite3")
        other.import_(tmp_path / "killed.sqlite3")
        with Recorder(other, session_id) as recorder:
            recorder.follow([copy_of(judged(RAISES))])
            recorder.end_session(ENDED_AT)
        other.export(tmp_path / "whole.sqlite3")
    undo(journal, session_in(journal))
    assert journal.import_(tmp_path / "whole.sqlite3").sessions == 1
    assert journal.life(ANNA.id).sets == ()
    assert journal.sessions(ANNA.id) == ()


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM taken_back",
        "UPDATE taken_back SET turn = 2",
        "UPDATE taken_back SET set_place = 7",
        "UPDATE taken_back SET day = 'never'",
    ],
)
def test_what_was_taken_back_is_put_right_and_told_when_it_is_altered(
    tmp_path: Path, damage: str
) -> None:
    path = tmp_path / "coreline.sqlite3"
    with open_journal(path, today=DAY) as journal:
        journal.save_profile(ANNA)
        keep_session(journal, [judged(HOLD), judged(RAISES)])
        undo(journal, sets_in(journal)[0])
        now = known(journal)
    open_journal(path, today=LATER).close()  # makes the day's backup
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(damage)
        connection.commit()
    with open_journal(path, today=LATER) as journal:
        (mishap,) = journal.notices.mishaps
        assert (mishap.found, mishap.people) == (Found.ALTERED, 1)
        assert journal.check().complaints == ()
        assert known(journal) == now


def test_a_damaged_file_is_saved_with_what_was_taken_back(tmp_path: Path) -> None:
    path = tmp_path / "coreline.sqlite3"
    with open_journal(path, today=DAY) as journal:
        journal.save_profile(ANNA)
        keep_session(journal, [judged(HOLD), judged(RAISES)])
    open_journal(path, today=LATER).close()
    with open_journal(path, today=LATER) as journal:
        undo(journal, sets_in(journal)[0])
        now = known(journal)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP INDEX taken_back_of")
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("DELETE FROM sqlite_master WHERE name = 'cue'")
        connection.commit()
    with open_journal(path, today=LATER + timedelta(days=1)) as journal:
        assert journal.notices
        assert known(journal) == now


def test_a_session_in_which_nothing_was_done_is_not_the_last(journal: Journal) -> None:
    kept = keep_session(journal, [judged(HOLD)])
    start = session_start(ANNA.id, DAY, STARTED_AT + timedelta(hours=1), PLAN)
    with Recorder(journal, start) as recorder:
        recorder.end_session(ENDED_AT)
    assert [each.id for each in journal.sessions(ANNA.id)] == [kept]
    undo(journal, sets_in(journal)[0])
    assert [each.id for each in journal.sessions(ANNA.id)] == [kept]


def test_somebody_who_is_deleted_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "coreline.sqlite3"
    with open_journal(path, today=DAY) as journal:
        journal.save_profile(ANNA)
        journal.note(ANNA.id, NOTES[0])
        undo(journal, the(journal, NOTES[0]))
        journal.delete_profile(ANNA.id)
        with journal.reading() as connection:
            assert connection.execute("SELECT count(*) FROM taken_back").fetchone() == (0,)
