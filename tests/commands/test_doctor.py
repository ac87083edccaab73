"""`coreline doctor`, as it is typed: everything is looked at, and the exit code says how it is."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from coreline.commands import doctor
from coreline.doctor.finding import Topic
from coreline.files.folders import CONFIG_VARIABLE, DATA_VARIABLE

app = typer.Typer(rich_markup_mode=None)
app.command(epilog=doctor.EXAMPLES)(doctor.doctor)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(CONFIG_VARIABLE, str(tmp_path / "config"))
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    return tmp_path


def typed(*words: str) -> Result:
    return CliRunner().invoke(app, words)


def test_a_machine_without_faults_passes_and_nothing_is_left_on_it(home: Path) -> None:
    done = typed("--source", "sample", "--json")
    document = json.loads(done.output)
    bad = [each for each in document["findings"] if each["state"] == "bad"]
    assert bad == []
    assert done.exit_code == 0
    assert document["needs_fixing"] is False
    assert {each["topic"] for each in document["findings"]} == set(Topic)
    assert all(each["fix"] for each in document["findings"] if each["state"] == "warn")
    assert list(home.iterdir()) == []


def test_each_fault_is_a_line_with_its_fix_and_the_exit_code_tells(home: Path) -> None:
    (home / "config").mkdir()
    (home / "config" / "settings.toml").write_text("\nsonud = 'mute'\n", encoding="utf-8")
    (home / "data").mkdir()
    (home / "data" / "coreline.sqlite3").write_text("these are notes", encoding="utf-8")
    done = typed("--source", "gone.mp4", "--language", "nl")
    assert done.exit_code == 1
    assert "Traceback" not in done.output
    assert "\x1b" not in done.output
    lines = done.output.splitlines()
    faults = [number for number, line in enumerate(lines) if line.startswith("probleem")]
    assert len(faults) == 3
    assert "settings.toml:2: sonud: onbekende sleutel; bedoel je sound?" in lines[faults[0]]
    assert "coreline.sqlite3 is beschadigd" in lines[faults[1]]
    assert "gone.mp4: dit bestand is er niet" in lines[faults[2]]
    assert all(lines[number + 1].startswith(" " * 26) for number in faults)
    assert lines[-1] == "3 dingen moeten hersteld worden."
