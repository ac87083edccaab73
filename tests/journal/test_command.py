"""`coreline journal`: export, import and check as they are typed."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from coreline.commands.journal import app
from coreline.errors import CorelineError
from coreline.journal.database import open_journal
from journal_values import ANNA, BORIS, RAISES, judged, keep_session


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CORELINE_DATA_DIR", str(tmp_path / "data"))
    with open_journal() as journal:
        journal.save_profile(ANNA)
        journal.save_profile(BORIS)
        keep_session(journal, [judged(RAISES)])
    return tmp_path / "data" / "coreline.sqlite3"


def journal_command(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(each) for each in arguments])


def test_export_and_import(database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert journal_command("export", tmp_path / "all.sqlite3").exit_code == 0
    hers = journal_command("export", tmp_path / "hers.sqlite3", "--profile", "anna de vries")
    assert "Geëxporteerd: Anna de Vries, naar" in hers.stdout
    monkeypatch.setenv("CORELINE_DATA_DIR", str(tmp_path / "other"))
    came = journal_command("import", tmp_path / "hers.sqlite3")
    assert "trainingen 1, aantekeningen 0; trainingen die er al waren: 0" in came.stdout
    came = journal_command("import", tmp_path / "all.sqlite3")
    assert "trainingen 0, aantekeningen 0; trainingen die er al waren: 1" in came.stdout
    with open_journal(tmp_path / "other" / "coreline.sqlite3") as journal:
        assert journal.profiles() == (ANNA, BORIS)
    assert database.exists()


def test_check_says_what_is_wrong(database: Path) -> None:
    well = journal_command("check")
    assert (well.exit_code, well.stdout) == (0, "Alles is in orde: profielen 2, trainingen 1\n")
    with open_journal(database) as journal, journal.writing() as connection:
        connection.execute("UPDATE repetition SET counted = 1 - counted")
    ill = journal_command("check")
    assert isinstance(ill.exception, CorelineError)
    assert "the session of 2026-11-01 is no longer what was written" in ill.stdout
    assert "1 complaint" in str(ill.exception)
    assert "\n" not in str(ill.exception)


def test_a_session_no_backup_has_stays_damaged(database: Path) -> None:
    with open_journal(database) as journal, journal.writing() as connection:
        connection.execute("UPDATE repetition SET counted = 1 - counted")
    repaired = journal_command("check", "--repair")
    assert isinstance(repaired.exception, CorelineError)
