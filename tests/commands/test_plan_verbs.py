"""`coreline plan edit`, `set`, `show`, `clear` and `--explain`, as they are typed."""

import os
import stat
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from command_line import done, read, refusal, typed
from coreline.commands.people import day_here
from coreline.errors import BadDataError, BadPlanError
from coreline.files.folders import DATA_VARIABLE
from coreline.journal.database import open_journal
from coreline.programme.life import Life, Prescribed
from coreline.programme.prescription import Prescription

GOOD = """
fysiotherapeut = "Jan"
bericht = "Rustig aan."
weglaten = ["buikspieren w12"]
[[oefening]]
naam = "zijbrug w12"
series = 2
seconden = 20
bericht = "Zacht."
"""
posix = pytest.mark.skipif(os.name != "posix", reason="an editor that is a script")


@pytest.fixture(autouse=True)
def _anna(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))
    monkeypatch.setenv("LC_ALL", "nl_NL.UTF-8")
    monkeypatch.delenv("VISUAL", raising=False)
    done("profile", "--name", "Anna", "--language", "nl", "--start", day_here())


def life() -> Life:
    with open_journal() as journal:
        person = journal.current_profile()
        assert person is not None
        return journal.life(person.id)


def plans() -> list[Prescription]:
    return [each.plan for each in life().plans]


def write(folder: Path, text: str) -> Path:
    place = folder / "plan.toml"
    place.write_text(text, encoding="utf-8")
    return place


def editor(folder: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    """Let the person's editor be a script of Python, which is handed the file as `path`."""
    script = folder / "editor.py"
    script.write_text(
        f"#!{sys.executable}\nimport sys\nfrom pathlib import Path\n"
        f"path = Path(sys.argv[-1])\n{body}\n",
        encoding="utf-8",
    )
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("EDITOR", f"'{script}' --wait")


def test_a_file_is_taken_over_shown_and_ended(tmp_path: Path) -> None:
    told = done("plan", "set", write(tmp_path, GOOD))
    assert "Van je fysiotherapeut, Jan" in told
    assert done("plan", "show").splitlines()[1] == "  “Rustig aan.”"
    today = done("today")
    assert "2 x 20 seconden" in today
    assert "(van je fysiotherapeut) “Zacht.”" in today
    assert "Buikspieren" not in today.splitlines()[8]
    shown = read("plan", "show")["plan"]
    assert (shown["by"], shown["leave_out"]) == ("Jan", ["w12-pelvic-curl"])
    assert "beëindigd" in done("plan", "clear")
    assert "geen plan" in done("plan", "show")
    assert "geen plan" in done("plan", "clear")
    assert [each.says_nothing for each in plans()] == [False, True]


def test_what_is_shown_as_a_file_can_be_taken_over_again(tmp_path: Path) -> None:
    done("plan", "set", write(tmp_path, GOOD))
    done("plan", "set", write(tmp_path, done("plan", "show", "--toml")))
    first, second = plans()
    assert first == second


def test_a_file_with_mistakes_changes_nothing_and_names_each(tmp_path: Path) -> None:
    place = write(tmp_path, 'dagen = ["maa"]\nserie = 3\n')
    error = refusal(BadPlanError, "plan", "set", place)
    lines = error.lines_in("nl")
    assert [line.startswith(f"{place}:{number}: ") for number, line in enumerate(lines, 1)] == [
        True,
        True,
    ]
    assert plans() == []


@pytest.mark.parametrize("name", ["nowhere.toml", "folder", "picture.toml"])
def test_what_is_no_file_of_a_plan_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "picture.toml").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 64)
    refusal(BadDataError, "plan", "set", tmp_path / name)
    assert plans() == []


@posix
def test_a_plan_is_made_in_the_person_s_editor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = "text = path.read_text()\nassert 'w12-side-bridge' in text\n"
    body += "path.write_text(text.replace('# fysiotherapeut', 'fysiotherapeut'))"
    editor(tmp_path, monkeypatch, body)
    assert "Jan de Vries" in done("plan", "edit")
    assert [each.by for each in plans()] == ["Jan de Vries"]
    editor(tmp_path, monkeypatch, "")
    assert "niets veranderd" in done("plan", "edit")
    assert len(plans()) == 1
    assert not list((tmp_path / "data" / "plans").rglob("*.toml"))


@posix
def test_nothing_is_lost_when_it_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editor(tmp_path, monkeypatch, "path.write_text('# mine\\nserie = 2\\nnivo = 1\\n')")
    result = typed("plan", "edit")
    assert result.exit_code == 2
    assert "plan.toml:2:" in result.output
    assert "plan.toml:3:" in result.output
    assert "niets kwijt" in result.output
    assert plans() == []
    body = "assert path.read_text().startswith('# mine')\npath.write_text('fysio = \"Jan\"')"
    editor(tmp_path, monkeypatch, body)
    assert "Dit schreef je de vorige keer" in done("plan", "edit")
    assert [each.by for each in plans()] == ["Jan"]


@posix
def test_an_editor_that_fails_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(tmp_path, monkeypatch, "sys.exit(3)")
    refusal(BadDataError, "plan", "edit")
    monkeypatch.setenv("EDITOR", str(tmp_path / "nowhere"))
    refusal(BadDataError, "plan", "edit")
    monkeypatch.setenv("EDITOR", "'unclosed")
    refusal(BadDataError, "plan", "edit")
    assert plans() == []
    assert not (tmp_path / "data" / "plans").exists() or not list(
        (tmp_path / "data" / "plans").rglob("plan.toml")
    )


@posix
def test_what_was_written_of_another_plan_does_not_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(tmp_path, monkeypatch, "path.write_text('# mine\\nserie = 2\\n')")
    assert typed("plan", "edit").exit_code == 2
    done("plan", "set", write(tmp_path, GOOD))
    editor(tmp_path, monkeypatch, "assert 'Rustig aan.' in path.read_text()")
    said = done("plan", "edit")
    assert "niets veranderd" in said
    assert [each.by for each in plans()] == ["Jan"]
    (old,) = (tmp_path / "data" / "plans").rglob("plan.old.toml")
    assert old.read_text(encoding="utf-8").startswith("# mine")


def test_a_day_is_explained(tmp_path: Path) -> None:
    done("plan", "set", write(tmp_path, GOOD))
    done("pain", "--score", 8, "--exercise", "buikbrug w12")
    told = done("plan", "--explain", "vandaag")
    assert "Folder: hoort bij “1e en 2e week”, waar je in week 1 bent." in told
    assert "Je fysiotherapeut: 2 x 20 seconden, 30 s rust. Folder: 3 x 30 seconden" in told
    assert "Weggelaten door je fysiotherapeut." in told
    assert "Regel voor pijn" in told
    found = read("plan", "--explain", "morgen")["explained"]
    codes = {each["exercise"]: [why["code"] for why in each["reasons"]] for each in found}
    assert codes["w12-pelvic-curl"] == ["left_out"]
    assert codes["w12-side-bridge"] == ["of_level", "dose", "note"]
    before = done("plan", "--explain", day_here() - timedelta(days=3))
    assert "begint op" in before


def test_the_weeks_and_the_calendar_say_whose_plan_it_is(tmp_path: Path) -> None:
    done("plan", "set", write(tmp_path, GOOD))
    ics = tmp_path / "plan.ics"
    told = done("plan", "--weeks", 2, "--ics", ics)
    assert told.startswith("Van je fysiotherapeut, Jan\n")
    calendar = ics.read_text(encoding="utf-8").replace("\r\n ", "")
    assert "Van je fysiotherapeut\\, Jan\\n“Rustig aan.”" in calendar
    assert "2 x 20 seconden" in calendar


def test_a_level_that_the_plan_does_not_allow_is_refused_and_a_lower_one_is_not(
    tmp_path: Path,
) -> None:
    done("plan", "set", write(tmp_path, 'niveau = "w34"'))
    error = refusal(BadDataError, "profile", "--level", "adv")
    assert "je fysiotherapeut laat je nog w34 doen" in error.in_("nl")
    assert life().levels == ()
    done("profile", "--level", "w12")
    assert read("today")["level"] == "w12"


def test_a_plan_is_taken_back_like_any_note(tmp_path: Path) -> None:
    done("plan", "set", write(tmp_path, GOOD))
    assert "het plan van je fysiotherapeut" in done("undo")
    done("undo", "1", "--yes")
    assert plans() == []


@posix
def test_what_else_is_in_a_plan_is_changed_when_its_stay_is_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    over = Prescription(by="Jan", level="w12", level_until=day_here() - timedelta(days=2))
    with open_journal() as journal:
        person = journal.current_profile()
        assert person is not None
        journal.note(person.id, Prescribed(day_here() - timedelta(days=9), over))
    editor(tmp_path, monkeypatch, "path.write_text(path.read_text().replace('Jan', 'Bob'))")
    assert "Bob" in done("plan", "edit")
    assert [each.by for each in plans()] == ["Jan", "Bob"]
