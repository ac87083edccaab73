"""A file that somebody else made: nothing of it runs, fills the memory, or breaks the journal."""

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from coreline.errors import JournalError
from coreline.journal.database import Journal, memory_journal
from coreline.journal.readings import pack, unpack
from coreline.journal.seals import reseal_session
from coreline.limits import JOURNAL_BYTES
from journal_values import ANNA, HOLD, NOTES, RAISES, judged, keep_session
from targets import pipe


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return an exported journal of Anna, her notes and two sessions."""
    with memory_journal(tmp_path / "none") as journal:
        journal.save_profile(ANNA)
        for note in NOTES:
            journal.note(ANNA.id, note)
        keep_session(journal, [judged(HOLD)])
        keep_session(journal, [judged(RAISES)])
        journal.export(tmp_path / "hers.sqlite3")
    return tmp_path / "hers.sqlite3"


@pytest.fixture
def mine(tmp_path: Path) -> Iterator[Journal]:
    with memory_journal(tmp_path / "none") as journal:
        yield journal


def altered(file: Path, *statements: str) -> None:
    """Do something to the file; its sessions are sealed again, as whoever made it could do too."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        for each in statements:
            connection.execute(each)
        if all(word not in each for each in statements for word in ("VIEW", "SCHEMA", "RENAME")):
            for (session_id,) in connection.execute("SELECT id FROM session").fetchall():
                reseal_session(connection, session_id)


def refused(mine: Journal, file: Path) -> str:
    with pytest.raises(JournalError) as caught:
        mine.import_(file)
    line = str(caught.value)
    assert line.startswith(f"{file}: ")
    assert line.isprintable()
    assert len(line) < 400
    assert mine.profiles() == ()
    assert sorted(each.name for each in file.parent.iterdir()) == [file.name]
    return line


SCHEMAS = {
    "a trigger": "CREATE TRIGGER t AFTER INSERT ON session BEGIN DELETE FROM profile; END",
    "a view": "CREATE VIEW v AS SELECT 1",
    "a table more": "CREATE TABLE more (a)",
    "a computed column": "ALTER TABLE session ADD COLUMN c TEXT AS (hex(zeroblob(9)))",
    "an index that reckons": "CREATE INDEX i ON session (hex(uid))",
    "a column more": "ALTER TABLE profile ADD COLUMN more TEXT",
    "a table less": "DROP TABLE cue",
    "another name": "ALTER TABLE cue RENAME TO said",
}


@pytest.mark.parametrize("statement", SCHEMAS.values(), ids=SCHEMAS.keys())
def test_a_schema_that_is_not_ours_to_the_letter_is_refused(
    statement: str, file: Path, mine: Journal
) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute(statement)
    assert "its tables are not those of a journal" in refused(mine, file)


def test_a_view_in_place_of_a_table_is_refused(file: Path, mine: Journal) -> None:
    altered(file, "ALTER TABLE cue RENAME TO said", "CREATE VIEW cue AS SELECT * FROM said")
    assert "its tables are not those of a journal" in refused(mine, file)


def test_what_sqlite_notes_for_itself_does_no_harm(file: Path, mine: Journal) -> None:
    altered(file, "ANALYZE")
    assert mine.import_(file).sessions == 2


PEOPLE = {
    "an escape sequence": "UPDATE profile SET name = 'A' || char(27) || '[2J'",
    "a sign that turns round": "UPDATE profile SET name = 'A' || char(0x202e)",
    "a long name": f"UPDATE profile SET name = '{'x' * 201}'",
    "a start in the year 1": "UPDATE profile SET start = '0001-01-01'",
    "no day": "UPDATE profile SET start = '2026-02-31'",
    "no language": "UPDATE profile SET language = 'xx'",
    "a giant": "UPDATE profile SET height_m = 9e999",
    "no way of going on": "UPDATE profile SET level_by = 'x'",
    "a rest without end": "UPDATE rest_choice SET days = 999999999",
    "a note of long ago": "UPDATE skip SET day = '0001-01-01'",
    "no moment": "UPDATE pain SET moment = 'never'",
    "no place of pain": "UPDATE pain SET places = 'nose'",
    "an exercise that rings": "UPDATE skip SET exercise_id = char(7)",
    "an exercise of no name": "UPDATE skip SET exercise_id = '{0}'",
    "an easier one of no name": "UPDATE easier_choice SET instead_id = 'w56 crunch'",
    "a session that rings": "UPDATE session SET uid = char(7) WHERE id = 1",
    "a session of half a letter": "UPDATE session SET uid = CAST(x'ff' AS TEXT) WHERE id = 1",
    "half a letter": "UPDATE skip SET exercise_id = CAST(x'ff' AS TEXT)",
    "no plan": "UPDATE prescription SET plan = 'x'",
    "a plan of a later Coreline": "UPDATE prescription SET version = 2",
    "a plan with a strange key": """UPDATE prescription SET plan = '{"drugs": 1}'""",
    "a hold of a day": """UPDATE prescription SET plan =
        '{"exercises": [{"exercise": "w12-side-bridge", "hold_s": 86400}]}'""",
    "a remark that turns round": """UPDATE prescription SET plan =
        '{"note": "a' || char(92) || 'u202eb"}'""",
    "asked before there were computers": "UPDATE profile SET asked_from = '0001-01-01'",
    "a question of long ago": "UPDATE level_asked SET day = '0001-01-01'",
}


@pytest.mark.parametrize("statement", PEOPLE.values(), ids=PEOPLE.keys())
def test_what_nobody_notes_is_refused(statement: str, file: Path, mine: Journal) -> None:
    altered(file, statement)
    refused(mine, file)


SESSIONS = {
    "no number": "UPDATE hold SET end_s = 9e999",
    "a large number": "UPDATE hold SET in_line_s = 1e300",
    "no side": "UPDATE exercise_set SET side = 'x' WHERE exercise_id = 'w12-back-bridge'",
    "no ground": "UPDATE exercise_set SET done_on = 'x' WHERE exercise_id = 'w12-back-bridge'",
    "a set without end": "UPDATE exercise_set SET prescribed = 1e9 WHERE session_id = 1",
    "a time without a zone": "UPDATE session SET started_at = '2026-11-01T10:00:00' WHERE id = 1",
    "no time": "UPDATE session SET ended_at = 'x' WHERE id = 1",
    "no day": "UPDATE session SET day = '2026-99-99' WHERE id = 1",
    "a fact of no kind": "UPDATE fact SET kind = 'x' WHERE session_id = 1",
    "an exercise that rings": "UPDATE exercise_set SET exercise_id = char(7) WHERE session_id = 1",
    "an exercise of no name": "UPDATE exercise_set SET exercise_id = '{0}' WHERE session_id = 1",
    "a plan of no name": "UPDATE planned_set SET exercise_id = 'W 12' WHERE session_id = 1",
    "half a letter": "UPDATE cue SET cue_id = CAST(x'ff' AS TEXT) WHERE session_id = 1",
    "a line of nothing": "UPDATE drawn_moment SET line = 'x' WHERE session_id = 1",
}


@pytest.mark.parametrize("statement", SESSIONS.values(), ids=SESSIONS.keys())
def test_a_session_beyond_reason_is_left_out_and_the_rest_comes(
    statement: str, file: Path, mine: Journal
) -> None:
    altered(file, statement)
    came = mine.import_(file)
    assert (came.sessions, came.damaged_sessions, came.notes) == (1, 1, len(NOTES))
    (session,) = mine.sessions(ANNA.id)
    assert mine.set_records(session.id)
    assert mine.life(ANNA.id).pains
    assert mine.check().complaints == ()


SIZES = {
    "rows": "INSERT INTO cue WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n"
    " WHERE i < 100200) SELECT 1, 1, i, 0.0, 'x' FROM n",
    "texts": "INSERT INTO cue WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n"
    " WHERE i < 120) SELECT 1, 1, i, 0.0, hex(zeroblob(1000000)) FROM n",
    "people": "INSERT INTO profile WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
    " WHERE i < 1001) SELECT i, i, 'nl', '2026-11-01', NULL, 0, 'date', 'home', NULL FROM n",
    "plans": "INSERT INTO prescription WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1"
    " FROM n WHERE i < 1200) SELECT i, 'plan-' || i, 'a1', '2026-11-01', 1, '{}', NULL FROM n",
    "a text": "UPDATE cue SET cue_id = hex(zeroblob(5000000)) WHERE session_id = 1",
}


@pytest.mark.parametrize(("what", "statement"), SIZES.items(), ids=SIZES.keys())
def test_more_than_a_journal_can_hold_is_refused_unread(
    what: str, statement: str, file: Path, mine: Journal
) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute(statement)
    assert ("more than a journal can" if what == "a text" else "more than it can") in refused(
        mine, file
    )


def test_a_file_larger_than_any_journal_is_not_opened(file: Path, mine: Journal) -> None:
    with file.open("r+b") as content:
        content.truncate(JOURNAL_BYTES + 1)
    assert "is larger than 2048 MB" in refused(mine, file)


def test_a_pipe_or_a_folder_is_no_journal(file: Path, mine: Journal) -> None:
    file.unlink()
    assert "is no regular file" in refused(mine, pipe(file))
    file.unlink()
    file.mkdir()
    assert "is a folder" in refused(mine, file)


@pytest.mark.parametrize("end", ["-wal", "-journal", "-shm"])
def test_a_pipe_beside_the_file_is_not_waited_for(end: str, file: Path, mine: Journal) -> None:
    pipe(file.with_name(f"{file.name}{end}"))
    assert mine.import_(file).sessions == 2


def test_readings_that_swell_are_not_unpacked() -> None:
    bomb = zlib.compress(bytes(40_000_000))
    with pytest.raises(JournalError, match="more than a set has"):
        unpack(bomb)
    assert unpack(pack([])) == []
