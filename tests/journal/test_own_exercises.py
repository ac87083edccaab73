"""What the journal remembers of exercises whose file is gone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from coreline.journal.database import Journal, open_journal
from coreline.journal.own_exercises import Remembered
from coreline.programme.own import description_of
from journal_values import ANNA, DAY, HOLD, NOTES, RAISES, ROLL, copy_of, judged, keep_session
from own_exercise import CATALOGUE, LOW_PLANK, keep

OTHERS = [each for each in CATALOGUE.ids if each != LOW_PLANK]


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with open_journal(tmp_path / "journal.sqlite3", today=DAY) as opened:
        opened.save_profile(ANNA)
        yield opened


def test_an_exercise_of_one_s_own_is_described_with_its_session(journal: Journal) -> None:
    keep(journal, ANNA)
    assert journal.remembered(CATALOGUE.ids) == ()
    described = description_of(CATALOGUE.get(LOW_PLANK))
    expected = Remembered(LOW_PLANK, "hold", 2, 20.0, sided=False, description=described)
    assert journal.remembered(OTHERS) == (expected,)


def test_without_a_description_the_sets_tell_the_kind_and_the_dose(journal: Journal) -> None:
    keep_session(journal, [copy_of(judged(each)) for each in (HOLD, RAISES, ROLL)])
    found = {each.exercise_id: each for each in journal.remembered([])}
    assert {name: each.kind for name, each in found.items()} == {
        HOLD: "hold",
        RAISES: "raises",
        ROLL: "rolls",
    }
    assert all(each.description is None for each in found.values())
    assert found[ROLL].prescribed == 10.0


def test_one_that_was_only_noted_is_remembered_too(journal: Journal) -> None:
    for note in NOTES:
        journal.note(ANNA.id, note)
    ids = [each.exercise_id for each in journal.remembered([])]
    assert ids == ["w12-back-bridge", "w56-crunch"]


def test_the_description_goes_with_the_session_into_another_journal(
    journal: Journal, tmp_path: Path
) -> None:
    keep(journal, ANNA)
    journal.export(tmp_path / "all.sqlite3")
    with open_journal(tmp_path / "other.sqlite3", today=DAY) as other:
        assert other.import_(tmp_path / "all.sqlite3").sessions == 1
        assert other.remembered(OTHERS) == journal.remembered(OTHERS)
        assert other.check().complaints == ()


def test_nothing_of_a_person_who_was_deleted_is_left(journal: Journal) -> None:
    keep(journal, ANNA)
    journal.delete_profile(ANNA.id)
    assert journal.remembered([]) == ()
    with journal.reading() as connection:
        assert connection.execute("SELECT count(*) FROM own_exercise").fetchone() == (0,)
