"""The seventeenth exercise, by data alone: trained, reported, exported, told of when it is gone."""

import csv
import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from command_line import done, typed
from coreline.errors import BadDataError, UnknownExerciseError
from coreline.files.folders import CONFIG_VARIABLE, DATA_VARIABLE, exercises_folder
from coreline.journal.database import open_journal
from cut_clips import beginning_of
from film_time import play_whole
from journal_values import ANNA, DAY
from judged_recordings import RECORDINGS
from own_exercise import FILE, LOW_PLANK, SAGS, keep

DOCS = FILE.parent
BROKEN = 'id = "own-broken"\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put the exercise where the person keeps theirs; return the data folder."""
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))
    monkeypatch.setenv(CONFIG_VARIABLE, str(tmp_path / "config"))
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    exercises_folder().mkdir(parents=True)
    shutil.copy(FILE, exercises_folder())
    return tmp_path / "data"


def trained_once(*, described: bool = True) -> None:
    with open_journal(today=DAY) as journal:
        journal.save_profile(ANNA)
        journal.use_profile(ANNA.id)
        keep(journal, ANNA, described=described)


def gone() -> None:
    (exercises_folder() / FILE.name).unlink()


def page(*words: object) -> str:
    place = exercises_folder().parent / "page.html"
    done("report", *words, "--out", place)
    return place.read_text(encoding="utf-8")


def sessions_schema() -> Draft202012Validator:
    read = {
        name: json.loads((DOCS / name).read_text(encoding="utf-8"))
        for name in ("analysis.schema.json", "sessions.schema.json")
    }
    registry: Registry[Any] = Registry().with_resources(
        [(name, Resource.from_contents(schema)) for name, schema in read.items()]
    )
    return Draft202012Validator(read["sessions.schema.json"], registry=registry)


def test_it_is_listed_planned_judged_and_said_with_its_own_words(tmp_path: Path) -> None:
    trained_once()
    assert LOW_PLANK in done("exercises")
    assert "Lage plank" in done("today", "--date", DAY)
    report = tmp_path / "form.html"
    said = done("analyze", SAGS, "-e", LOW_PLANK, "--report", report, "--language", "nl")
    assert "heupen gezakt: " in said
    text = report.read_text(encoding="utf-8")
    assert "heupen gezakt" in text
    assert "Til je heupen op, weg van de grond." in text


def test_a_recording_of_it_can_be_trained_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    play_whole(monkeypatch)
    # As far as the hips drop, which they do from 10 to 13 s.
    clip = beginning_of(RECORDINGS / "w12-back-bridge.mp4", tmp_path / "plank.mp4", 14.0)
    report = tmp_path / "form.html"
    done(
        *("train", "--source", clip, "-e", LOW_PLANK, "--mute"),
        *("--report", report, "--language", "en", "--model", "lite"),
    )
    text = report.read_text(encoding="utf-8")
    assert "Low plank" in text
    assert "hips dropped" in text


def test_report_and_history_tell_of_it_when_its_file_is_gone() -> None:
    trained_once()
    before = page()
    gone()
    assert page() == before
    assert "heupen gezakt" in before
    assert "Lage plank (" in done("history")
    assert "Lage plank" in page("--weeks", 2600)
    assert "Lage plank" not in done("today")
    with pytest.raises(UnknownExerciseError):
        raise typed("analyze", SAGS, "-e", LOW_PLANK).exception or AssertionError


def test_exports_tell_of_it_when_its_file_is_gone() -> None:
    trained_once()
    gone()
    (row,) = csv.DictReader(io.StringIO(done("export", "-f", "csv", "--language", "en")[1:]))
    assert (row["exercise"], row["name"], row["unit"]) == (LOW_PLANK, "Low plank", "s")
    assert row["faults"] == "hips_dropped pike"
    document = json.loads(done("export", "-f", "json"))
    sessions_schema().validate(document)
    described = document["exercises"][LOW_PLANK]
    assert described["name"] == {"nl": "Lage plank", "en": "Low plank"}
    assert described["faults"] == {"hips_dropped": {"nl": "heupen gezakt", "en": "hips dropped"}}
    assert "Lage plank" in done("export", "-f", "fhir")


def test_of_sessions_that_described_nothing_the_id_and_the_code_are_told() -> None:
    trained_once(described=False)
    gone()
    text = page("--language", "en")
    assert LOW_PLANK in text
    assert "hips dropped" in text  # the code, its underscore a space
    assert LOW_PLANK in done("history")
    assert LOW_PLANK in page("--weeks", 2600)
    (row,) = csv.DictReader(io.StringIO(done("export", "-f", "csv", "--language", "en")[1:]))
    assert (row["name"], row["unit"], row["prescribed"]) == (LOW_PLANK, "s", "20")
    sessions_schema().validate(json.loads(done("export", "-f", "json")))
    assert LOW_PLANK in done("export", "-f", "fhir")


COMMANDS = (
    ("today",),
    ("plan",),
    ("history",),
    ("pain", "--score", 1),
    ("report",),
    ("export", "-f", "csv"),
    ("exercises",),
    ("analyze", SAGS, "-e", LOW_PLANK),
)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: str(words[0]))
def test_a_broken_one_is_one_line_of_every_command(command: tuple[object, ...]) -> None:
    trained_once()
    broken = exercises_folder() / "broken.toml"
    broken.write_text(BROKEN, encoding="utf-8")
    trouble = typed(*command).exception
    assert isinstance(trouble, BadDataError)
    assert str(trouble).startswith(f"{broken}:1: ")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: str(words[0]))
def test_every_command_takes_those_it_is_pointed_at(
    command: tuple[object, ...], tmp_path: Path
) -> None:
    trained_once()
    broken = tmp_path / "broken.toml"
    broken.write_text(BROKEN, encoding="utf-8")
    done(*command, "--exercises", exercises_folder())  # the same once more is once
    assert str(broken) in str(typed(*command, "--exercises", broken).exception)


def test_a_broken_one_keeps_nobody_from_training(tmp_path: Path) -> None:
    (exercises_folder() / "broken.toml").write_text(BROKEN, encoding="utf-8")
    film = tmp_path / "gone.mp4"
    result = typed("train", "--source", film, "-e", "w12-back-bridge")
    assert result.output.count("left out: ") == 1
    assert "broken.toml:1: " in result.output
    assert str(film) in str(result.exception)  # it came as far as that
    asked = typed("train", "--source", film, "--exercises", exercises_folder() / "broken.toml")
    assert "broken.toml:1: " in str(asked.exception)
