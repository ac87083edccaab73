"""The command line as people type: a Dutch person who never read the help."""

from datetime import timedelta
from pathlib import Path

import pytest

from command_line import done, read, refusal
from coreline.commands.people import day_here
from coreline.errors import BadDataError, CorelineError, UnknownExerciseError
from coreline.files.folders import DATA_VARIABLE
from coreline.journal.database import open_journal
from coreline.programme.life import Life, PainMoment, PainPlace

RECORDINGS = Path(__file__).parents[1] / "recordings"


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
    monkeypatch.setenv("LC_ALL", "nl_NL.UTF-8")
    return tmp_path / "coreline.sqlite3"


def life() -> Life:
    with open_journal() as journal:
        person = journal.current_profile()
        assert person is not None
        return journal.life(person.id)


def test_a_profile_in_dutch() -> None:
    start = day_here() - timedelta(days=15)
    done(
        *("profile", "--name", "Anna", "--height", "1,75 m", "--start", f"{start:%d-%m-%Y}"),
        *("--language", "Nederlands", "--ball", "zijbrug w34,superman", "--level-by", "keuze"),
    )
    (found,) = read("profile")["profiles"]
    assert (found["height_m"], found["start"]) == (1.75, start.isoformat())
    assert (found["language"], found["level_by"]) == ("nl", "readiness")
    assert found["on_ball"] == ["w34-side-bridge", "w34-superman"]
    done("profile", "--height", "168 cm", "--ball", "geen", "--level", "week 5-6")
    (found,) = read("profile")["profiles"]
    assert (found["height_m"], found["on_ball"]) == (1.68, [])
    assert read("today")["level"] == "w56"


def test_pain_in_dutch() -> None:
    done("profile", "--start", "gisteren")
    done("pain", "--score", 3, "--where", "onderrug,Lies,bil", "--moment", "na")
    done("pain", "--score", 2, "--exercise", "buikbrug")
    first, second = life().pains
    assert first.places == (PainPlace.BACK, PainPlace.GROIN, PainPlace.BUTTOCK)
    assert first.moment is PainMoment.AFTER
    assert second.exercise_id == "w12-belly-bridge"  # the one of the level that is trained


def test_a_name_of_several_is_that_of_the_persons_level() -> None:
    done("profile", "--start", day_here() - timedelta(days=15), "--level", "w34")
    done("pain", "--score", 2, "-e", "Buikbrug")
    assert life().pains[-1].exercise_id == "w34-belly-bridge"
    assert "w12-side-bridge" not in done("history", "-e", "zijbrug", "--side", "links")
    assert "fits 2 exercises" in str(refusal(CorelineError, "history", "-e", "buikspieren"))


def test_days_and_times_in_dutch(tmp_path: Path) -> None:
    done("profile", "--start", "vandaag")
    here = day_here()
    assert read("today", "--date", "morgen")["day"] == str(here + timedelta(days=1))
    assert read("plan", "--weeks", 1, "--from", f"{here:%d/%m/%Y}")["days"][0]["day"] == str(here)
    assert read("undo", "--list", "--date", "gisteren")["entries"] == []
    place = tmp_path / "plan.ics"
    done("plan", "--weeks", 1, "--ics", place, "--at", "8.30", "--at", "19u15")
    text = place.read_text(encoding="utf-8")
    assert "T083000" in text
    assert "T191500" in text


@pytest.mark.parametrize(("words", "nl"), [
    (("history", "--side", "linsk"), "--side linsk: bedoelde je links?"),
    (("pain", "--score", "3", "--where", "knie"), "het mag zijn: rug, bil"),
    (("pain", "--score", "3", "--moment", "nu"), "--moment nu:"),
    (("profile", "--language", "fries"), "--language fries: het mag zijn: nl, en"),
    (("profile", "--level-by", "gevoel"), "--level-by gevoel:"),
    (("profile", "--ball", "log roll"), "deze oefening doe je op de grond"),
])  # fmt: skip
def test_a_mistake_is_told_in_dutch_too(words: tuple[str, ...], nl: str) -> None:
    error = refusal(CorelineError, *words)
    assert isinstance(error, BadDataError)
    assert nl in error.in_("nl")


def test_a_recording_is_judged_by_the_name_of_its_exercise() -> None:
    trace = RECORDINGS / "w12-back-bridge.landmarks.npz"
    assert done("analyze", trace, "-e", "plank", "--on", "grond").startswith("w12-back-bridge: ")
    assert "w12-back-bridge" in done("analyze", trace, "-e", "Auto")
    error = refusal(CorelineError, "analyze", trace, "-e", "buikbrug")
    assert isinstance(error, UnknownExerciseError)
    assert "w34-belly-bridge (3e en 4e week)" in error.in_("nl")


@pytest.mark.parametrize("command", ["today", "history", "plan", "undo"])
def test_the_help_says_which_forms_a_day_may_have(command: str) -> None:
    said = " ".join(done(command, "--help").split())
    assert "29-11-2026 (dag eerst)" in said
