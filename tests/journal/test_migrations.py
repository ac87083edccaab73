"""From every earlier schema, with data in it, to the present one; and not from a later one."""

import sqlite3
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from coreline.errors import JournalError
from coreline.journal import describe
from coreline.journal.connecting import MEMORY, connect, connect_for_writing
from coreline.journal.database import memory_journal, open_journal
from coreline.journal.facts import write_facts
from coreline.journal.migrations import Migration, migrate, migrations
from coreline.journal.seals import is_profile_sound, reseal_session, seal_profile
from coreline.judging.events import Fact, Fault, Hold, HoldEnded, LetGo, NeutralFound
from coreline.programme.life import LevelChosen, PainMoment, PainNoted, PainPlace, Profile
from journal_values import ANNA, DAY, HOLD, RAISES, ROLL, judged

SCHEMA = Path(__file__).parents[2] / "docs" / "schema.md"
STEPS = [step.name for step in migrations()]
PAIN = PainNoted(DAY, PainMoment.AFTER, 4, (PainPlace.BACK,), HOLD)
LEVEL = LevelChosen(DAY, "weeks-3-4")
REFUSED = HoldEnded(90.0, Hold(80.0, 90.0, 0.0, None, None, 1.0, None, (), ("unsteady",)))
LET_GO = LetGo(95.0, Fault("sag", 92.0, 95.0))


def made_by_an_earlier_program(path: Path, last: str, sets: Sequence[str]) -> None:
    """Make a database as it was after the step `last`, with what could be kept in it then."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(connect_for_writing(path)) as connection:
        migrate(connection, [step for step in migrations() if step.name <= last])
        connection.execute(
            "INSERT INTO profile (id, name, language, start, height_m, second_way, level_by)"
            " VALUES ('a1', 'Anna de Vries', 'nl', ?, 1.75, 0, 'readiness')",
            (DAY.isoformat(),),
        )
        for exercise_id in ANNA.on_ball:
            connection.execute("INSERT INTO ball_exercise VALUES ('a1', ?)", (exercise_id,))
        connection.execute("INSERT INTO current_profile VALUES (1, 'a1')")
        _old_session(connection, last, sets)
        if last >= "002":
            _old_notes(connection)


def _old_session(connection: sqlite3.Connection, last: str, sets: Sequence[str]) -> None:
    connection.execute(
        "INSERT INTO session (id, uid, profile_id, day, started_at, ended_at, revision) VALUES"
        " (7, 'uid', 'a1', ?, '2026-11-01T18:30:00+01:00', '2026-11-01T18:55:00+01:00', 3)",
        (DAY.isoformat(),),
    )
    for place, exercise_id in enumerate(sets, 1):
        record = judged(exercise_id)
        planned = (7, place, exercise_id, None, 1, 30.0)
        connection.execute("INSERT INTO planned_set VALUES (?, ?, ?, ?, ?, ?)", planned)
        connection.execute(
            "INSERT INTO exercise_set (session_id, place, exercise_id, side, set_number,"
            " prescribed, near_side, neutral_deg, progress, done, line_score, closed)"
            " VALUES (7, ?, ?, ?, 1, 30.0, ?, ?, ?, ?, 80.0, 1)",
            (
                place,
                exercise_id,
                record.side,
                record.near_side,
                record.neutral_deg,
                record.done,
                record.done,
            ),
        )
        _old_facts(connection, place, facts_as_of(last, exercise_id))
        for number, (t_s, cue_id) in enumerate(record.cues, 1):
            connection.execute(
                "INSERT INTO cue VALUES (7, ?, ?, ?, ?)", (place, number, t_s, cue_id)
            )


def facts_as_of(last: str, exercise_id: str) -> list[Fact]:
    """Return the facts of a set as far as a schema could keep them."""
    facts = [*judged(exercise_id).facts, REFUSED, LET_GO]
    if last >= "006":
        return facts
    kept = [fact for fact in facts if fact not in (REFUSED, LET_GO)]
    return [replace(each, sd_deg=None) if isinstance(each, NeutralFound) else each for each in kept]


def _old_facts(connection: sqlite3.Connection, place: int, facts: Sequence[Fact]) -> None:
    """Write facts into tables that have fewer columns than they have now: later ones are last."""
    with memory_journal(Path("nowhere")) as journal, journal.reading() as now:
        now.execute("PRAGMA foreign_keys = OFF")
        write_facts(now, 7, place, list(enumerate(facts, 1)))
        for table in ("repetition", "hold", "hold_fault", "rotation", "fact"):
            columns = len(connection.execute(f"PRAGMA table_info({table})").fetchall())
            marks = ", ".join("?" * columns)
            for row in now.execute(f"SELECT * FROM {table}"):
                connection.execute(f"INSERT INTO {table} VALUES ({marks})", row[:columns])


def _old_notes(connection: sqlite3.Connection) -> None:
    day = DAY.isoformat()
    connection.execute(
        "INSERT INTO pain (uid, profile_id, day, moment, score, places, exercise_id)"
        " VALUES ('n1', 'a1', ?, 'after', 4, 'back', ?)",
        (day, HOLD),
    )
    connection.execute(
        "INSERT INTO level_choice (uid, profile_id, day, level_id)"
        " VALUES ('n2', 'a1', ?, 'weeks-3-4')",
        (day,),
    )


@pytest.mark.parametrize("last", STEPS)
def test_every_earlier_schema_is_brought_up_to_date_with_its_data(
    tmp_path: Path, last: str
) -> None:
    path = tmp_path / "coreline.sqlite3"
    sets = [HOLD, RAISES, ROLL]
    made_by_an_earlier_program(path, last, sets)
    with open_journal(path, today=DAY) as journal:
        assert journal.current_profile() == ANNA
        records = journal.set_records("uid")
        assert [record.facts for record in records] == [facts_as_of(last, each) for each in sets]
        assert [record.neutral_sd_deg for record in records] == [None] * 3
        assert [(record.tries, record.unmet, record.view) for record in records] == [
            ((), (), None)
        ] * 3
        assert [record.cues for record in records] == [judged(each).cues for each in sets]
        assert [record.done for record in records] == [judged(each).done for each in sets]
        life = journal.life("a1")
        assert len(life.sets) == 3
        assert (life.pains, life.levels) == (((PAIN,), (LEVEL,)) if last >= "002" else ((), ()))
        unsealed_then = last >= "003"  # this test wrote past the sums that there were by then
        assert bool(journal.check().complaints) == unsealed_then
    backups = [each.name for each in (tmp_path / "backups").iterdir()]
    before = [name for name in backups if "before" in name]
    assert len(before) == (0 if last == STEPS[-1] else 1)
    with open_journal(path, today=DAY) as journal:
        assert len(journal.life("a1").sets) == 3


def test_the_backup_from_before_is_of_the_earlier_schema(tmp_path: Path) -> None:
    path = tmp_path / "coreline.sqlite3"
    made_by_an_earlier_program(path, STEPS[0], [HOLD])
    open_journal(path, today=DAY).close()
    (backup,) = (tmp_path / "backups").glob("*before*")
    with closing(connect(backup, read_only=True)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM migration")]
    assert names == STEPS[:1]
    with memory_journal(tmp_path / "none") as journal:
        assert journal.import_(backup).sessions == 1
        assert journal.profiles() == (ANNA,)


@pytest.mark.parametrize("before", [[], [Migration("011-whole", "CREATE TABLE whole (x TEXT);\n")]])
def test_a_step_that_fails_leaves_everything_as_it_was(
    tmp_path: Path, before: list[Migration]
) -> None:
    path = tmp_path / "coreline.sqlite3"
    with open_journal(path, today=DAY) as journal:
        journal.save_profile(ANNA)
    broken = Migration("012-broken", "DROP TABLE cue;\nCREATE TABLE cue2 (x NOT A TYPE,);\n")
    with closing(connect_for_writing(path)) as connection:
        with pytest.raises(sqlite3.OperationalError):
            migrate(connection, [*migrations(), *before, broken])
        assert not connection.in_transaction
        assert not list(connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'whole'"))
    with open_journal(path, today=DAY) as journal:
        assert journal.profiles() == (ANNA,)
        assert journal.check().complaints == ()


def test_damage_is_not_sealed_by_a_step(tmp_path: Path) -> None:
    path = tmp_path / "coreline.sqlite3"
    more = Migration("005-more", "ALTER TABLE profile ADD COLUMN hat TEXT;\n")
    with open_journal(path, today=DAY) as journal:
        journal.save_profile(ANNA)
        journal.save_profile(Profile("b", "B", "en", DAY))
        with journal.writing() as connection:
            connection.execute("UPDATE profile SET height_m = 2.0 WHERE id = 'b'")
    with closing(connect_for_writing(path)) as connection:
        assert migrate(connection, [*migrations(), more]) == ["005-more"]
        assert is_profile_sound(connection, ANNA.id)
        assert not is_profile_sound(connection, "b")


def test_a_newer_database_is_refused_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "coreline.sqlite3"
    with open_journal(path, today=DAY) as journal:
        journal.save_profile(ANNA)
    with closing(connect(path)) as connection:
        connection.execute("INSERT INTO migration VALUES ('009-later', '2030-01-01')")
    before = path.read_bytes()
    for read_only in (False, True):
        with pytest.raises(JournalError, match=r"newer Coreline .*009-later.*update") as refused:
            open_journal(path, read_only=read_only, today=DAY)
        assert "\n" not in str(refused.value)
        assert str(path) in str(refused.value)
    assert path.read_bytes() == before
    with memory_journal(tmp_path / "none") as other, pytest.raises(JournalError, match="newer"):
        other.import_(path)


def test_the_page_of_the_schema_is_not_stale() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == describe.describe(), (
        f"run {sys.executable} -m coreline.journal.describe > docs/schema.md"
    )


def test_the_steps_are_named_in_order() -> None:
    assert sorted(STEPS) == STEPS
    with closing(connect(MEMORY)) as connection:
        assert migrate(connection) == STEPS
        assert migrate(connection) == []


@pytest.mark.parametrize("last", STEPS)
def test_a_file_of_an_earlier_program_can_be_imported(tmp_path: Path, last: str) -> None:
    made_by_an_earlier_program(tmp_path / "old.sqlite3", last, [HOLD])
    if last >= "003":
        with closing(connect_for_writing(tmp_path / "old.sqlite3")) as connection:
            reseal_session(connection, 7)
    with memory_journal(tmp_path / "none") as other:
        came = other.import_(tmp_path / "old.sqlite3")
        assert (came.profiles, came.sessions, came.damaged_sessions) == (1, 1, 0)


def test_whom_the_calendar_moved_is_asked_from_the_day_of_the_update_on(tmp_path: Path) -> None:
    path = tmp_path / "coreline.sqlite3"
    with closing(connect(path)) as connection:
        migrate(connection, migrations()[:8])
        for name, level_by in (("Anna", "date"), ("Boris", "readiness")):
            connection.execute(
                "INSERT INTO profile VALUES (?, ?, 'nl', '2026-09-01', NULL, 1, ?, 'home')",
                (name, name, level_by),
            )
            seal_profile(connection, name)
    before = datetime.now().astimezone().date()
    with open_journal(path, today=DAY) as journal:
        asked = {each.name: each.asked_from for each in journal.profiles()}
        assert journal.check().complaints == ()
    assert asked["Boris"] is None
    assert asked["Anna"] in (before, datetime.now().astimezone().date())
