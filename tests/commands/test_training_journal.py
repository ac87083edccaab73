"""A journal that cannot be written: training goes on, and what was done is saved elsewhere."""

from datetime import date
from pathlib import Path

import pytest

from coreline.commands.training_journal import training_journal
from coreline.journal.database import Journal, open_journal
from coreline.programme.life import Profile


def test_a_folder_that_cannot_be_made_is_no_end(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("CORELINE_DATA_DIR", str(tmp_path / "file" / "data"))
    monkeypatch.chdir(tmp_path)
    said: list[str] = []
    with training_journal(said.append) as journal:
        journal.save_profile(Profile("p1", "Anna", "en", date(2026, 11, 1)))
    assert "in memory" in said[0]
    (saved,) = tmp_path.glob("coreline-*.sqlite3")
    assert saved.name in said[-1]
    with open_journal(tmp_path / "elsewhere" / "coreline.sqlite3") as other:
        assert other.import_(saved).profiles == 1


def test_a_journal_that_can_be_written_is_written_and_says_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CORELINE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    said: list[str] = []
    with training_journal(said.append) as journal:
        journal.save_profile(Profile("p1", "Anna", "en", date(2026, 11, 1)))
    assert said == []
    with open_journal(read_only=True) as again:
        assert [each.name for each in again.profiles()] == ["Anna"]
    assert not list(tmp_path.glob("coreline-*.sqlite3"))


def test_a_program_that_fails_saves_what_only_memory_holds(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("CORELINE_DATA_DIR", str(tmp_path / "file" / "data"))
    monkeypatch.chdir(tmp_path)
    said: list[str] = []
    with pytest.raises(ZeroDivisionError), training_journal(said.append) as journal:
        train_and_fall(journal)
    (saved,) = tmp_path.glob("coreline-*.sqlite3")
    assert saved.name in said[-1]


def train_and_fall(journal: Journal) -> None:
    journal.save_profile(Profile("p1", "Anna", "en", date(2026, 11, 1)))
    raise ZeroDivisionError
