"""`today`, `plan`, `history`, `pain` and `profile`, as they are typed, over a real journal."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from command_line import done, read, refused, typed
from coreline.body.measures import Side
from coreline.commands.people import day_here, day_of
from coreline.errors import BadDataError, CorelineError, UnknownProfileError
from coreline.files.folders import DATA_VARIABLE
from coreline.journal.database import open_journal
from coreline.judging.events import Ready
from coreline.programme.life import (
    AdviceGiven,
    EasierChosen,
    Life,
    PainMoment,
    PainNoted,
    PainPlace,
)
from coreline.session.record import SetRecord
from journal_values import keep_session

needs_terminal = pytest.mark.skipif(not hasattr(os, "openpty"), reason="no terminal to open")


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
    monkeypatch.setenv("LC_ALL", "nl_NL.UTF-8")
    return tmp_path / "coreline.sqlite3"


def ago(days: int) -> date:
    return day_here() - timedelta(days=days)


def somebody(*words: object, days: int = 2, name: str = "Anna") -> None:
    """Make a profile whose week 1 began some days ago."""
    done("profile", "--name", name, "--start", ago(days), *words)


def life() -> Life:
    with open_journal() as journal:
        person = journal.current_profile()
        assert person is not None
        return journal.life(person.id)


def train(day: date, *sets: tuple[str, str | None, int, float, float]) -> None:
    """Keep a session with these sets: exercise, side, number, done, prescribed."""
    records = [
        SetRecord(
            exercise_id,
            None if side is None else Side(side),
            number,
            near_side=Side.LEFT,
            facts=[Ready(0.0, "left", None)],
            done=amount,
            prescribed=prescribed,
        )
        for exercise_id, side, number, amount, prescribed in sets
    ]
    with open_journal() as journal:
        person = journal.current_profile()
        assert person is not None
        keep_session(journal, records, person, day=day)


# Who


@pytest.mark.parametrize("command", ["today", "plan", "history", "pain"])
def test_without_a_profile_one_is_told_how_to_make_it(command: str) -> None:
    assert "make a profile with coreline profile" in refused(CorelineError, command)


def test_of_several_people_one_is_to_be_chosen(file: Path) -> None:
    somebody(name="Anna")
    somebody(name="Boris")
    assert "Boris" in done("profile")
    done("profile", "--use", "anna")
    assert done("profile").startswith("Anna")
    assert read("today", "--who", "boris")["name"] == "Boris"
    assert "no such profile" in refused(CorelineError, "today", "--who", "Carla")
    done("profile", "--delete", "Anna", "--yes")
    assert done("profile").startswith("Boris")
    assert file.exists()


def test_deleting_somebody_deletes_their_reports_and_videos_and_nobody_else_s() -> None:
    somebody(name="Anna")
    somebody(name="Boris")
    folders = {}
    with open_journal() as journal:
        for name in ("Anna", "Boris"):
            folders[name] = journal.folders_of(journal.profile(name).id)
            for folder in folders[name]:
                folder.mkdir(parents=True)
                (folder / "session").write_text(name, encoding="utf-8")
    done("profile", "--delete", "Anna", "--yes")
    assert not any(folder.exists() for folder in folders["Anna"])
    assert all((folder / "session").exists() for folder in folders["Boris"])


def test_each_person_has_their_own_plan() -> None:
    somebody("--level", "w34", name="Anna", days=20)
    somebody(name="Boris", days=0)
    done("pain", "--score", 9, "--who", "Anna")
    assert read("today", "--who", "Anna")["level"] == "w34"
    assert read("today", "--who", "Boris")["level"] == "w12"
    assert read("pain", "--who", "Boris")["rest_days_offered"] is None


# Profile


def test_a_profile_without_a_dialogue() -> None:
    done(
        *("profile", "--name", "Anna", "--height", "1.75", "--start", "2026-11-01"),
        *("--language", "nl", "--ball", "all", "--no-second-way", "--level-by", "readiness"),
    )
    (found,) = read("profile")["profiles"]
    assert found["name"] == "Anna"
    assert (found["height_m"], found["ball_cm"]) == (1.75, 65)
    assert (found["start"], found["language"]) == ("2026-11-01", "nl")
    assert len(found["on_ball"]) == 13
    assert (found["second_way"], found["level_by"]) == (False, "readiness")


def test_the_ball_that_fits() -> None:
    for height, ball_cm in (("1.67", 55), ("1.68", 65), ("1,68", 65), ("1.88", 65), ("1.89", 75)):
        assert read("profile", "--height", height)["profiles"][0]["ball_cm"] == ball_cm


def test_without_a_name_it_is_the_one_who_trains() -> None:
    done("profile", "--height", "1.75", "--start", "2026-11-01", "--language", "en")
    assert read("profile")["profiles"][0]["name"] == "Ik"
    done("profile", "--rename", "Anna", "--ball", "w12-side-bridge,w34-superman")
    (found,) = read("profile", "--list")["profiles"]
    assert (found["name"], found["height_m"]) == ("Anna", 1.75)
    assert found["on_ball"] == ["w12-side-bridge", "w34-superman"]
    done("profile", "--ball", "none")
    assert read("profile")["profiles"][0]["on_ball"] == []


PROFILE_MISTAKES = [
    (("--height", "17.5"), "give it in metres or centimetres, such as 1.75 or 175 cm"),
    (("--height", "tall"), "--height tall: give it in metres"),
    (("--height", "nan"), "give it in metres"),
    (("--start", "31-11-2026"), "--start 31-11-2026: give a day such as 29-11-2026"),
    (("--start", "0001-01-01"), "--start 0001-01-01: give a day from 1970-01-01 to 2099-12-31"),
    (("--place", "a\u202eb"), "--place 'a\\u202eb': not a name"),
    (("--ball", "w12-sidebridge"), "did you mean w12-side-bridge"),
    (("--ball", "adv-log-roll"), "done on the floor"),
    (("--level", "w13"), "did you mean w"),
    (("--use", "Carla"), "no such profile"),
    (("--delete", "Carla", "--yes"), "no such profile"),
    (("--delete", "Anna"), "add --yes"),
    (("--name", " "), "not a name"),
]


def test_a_mistake_is_one_line_and_changes_nothing() -> None:
    somebody()
    before = life().profile
    for words, said in PROFILE_MISTAKES:
        assert said in refused(CorelineError, "profile", *words)
    assert life().profile == before


def test_a_level_can_be_chosen_and_before_the_start_it_holds_from_the_start() -> None:
    somebody()
    done("profile", "--level", "w56")
    assert read("today")["level"] == "w56"
    done("profile", "--name", "Boris", "--start", ago(-5), "--level", "w34")
    assert read("today", "--who", "Boris")["kind"] == "not_started"
    assert read("today", "--who", "Boris", "--date", ago(-5))["level"] == "w34"


@needs_terminal
def test_in_a_terminal_it_asks_and_asks_again() -> None:
    said = at_a_terminal("profile", "Nederlands", "Anna", "17", "1,75 m", "x", "2026-11-01", "y")
    assert "geef meters of centimeters, zoals 1,75 of 175 cm" in said
    assert "geef een dag zoals 29-11-2026" in said
    assert "bal van 65 cm" in said
    found = life().profile
    assert (found.name, found.height_m, found.start) == ("Anna", 1.75, date(2026, 11, 1))
    assert len(found.on_ball) == 13
    said = at_a_terminal("profile", "en", "", "", "", "n")  # what there is already is agreed with
    assert "ball of 65 cm" in said
    assert life().profile == replace(found, language="en", on_ball=frozenset())


@needs_terminal
def test_in_a_terminal_pain_is_asked_for() -> None:
    somebody(days=30)
    said = at_a_terminal("pain", "12", "7", "back,groin")
    assert "Waar doet het pijn?" in said
    assert life().pains[-1].score == 7
    assert life().pains[-1].places == (PainPlace.BACK, PainPlace.GROIN)


ASKING = """
from coreline.commands.journal_here import journal_here
from coreline.commands.level_question import ask_level
from coreline.commands.people import day_here, speaking, whose
from coreline.programme.schedule import day_plan
with journal_here() as journal:
    person = whose(journal, None)
    programme, catalogue, speaker = speaking(person.language)
    life = journal.life(person.id)
    plan = day_plan(programme, catalogue, life, day_here())
    ask_level(journal, person, life, plan.question, speaker)
"""


@needs_terminal
def test_in_a_terminal_the_level_is_asked_once_a_day() -> None:
    somebody(days=14)
    train(ago(1), ("w12-pelvic-curl", None, 1, 30, 30))
    said = run_at_a_terminal(ASKING, "9", "")
    assert "Verder of blijven?" in said
    assert "2. Blijf bij “1e en 2e week”" in said
    assert (life().levels, [each.day for each in life().asked]) == ((), [day_here()])
    assert "Verder of blijven?" not in run_at_a_terminal(ASKING, "1")
    assert life().levels == ()


@needs_terminal
def test_in_a_terminal_the_answer_about_the_level_is_kept() -> None:
    somebody(days=14)
    train(ago(1), ("w12-pelvic-curl", None, 1, 30, 30))
    assert "Genoteerd: Ga verder met “3e en 4e week”." in run_at_a_terminal(ASKING, "1")
    assert [each.level_id for each in life().levels] == ["w34"]


def at_a_terminal(command: str, *answers: str) -> str:
    """Run a command at a real terminal at which somebody types these answers."""
    code = f"import typer; from coreline.commands.{command} import {command} as c; typer.run(c)"
    return run_at_a_terminal(code, *answers)


def run_at_a_terminal(code: str, *answers: str) -> str:
    """Run a program of Python at a real terminal at which somebody types these answers."""
    keyboard, screen = os.openpty()
    line = [sys.executable, "-c", code]
    with subprocess.Popen(line, stdin=screen, stdout=screen, stderr=screen) as process:
        os.close(screen)
        os.write(keyboard, "".join(f"{answer}\n" for answer in answers).encode())
        said = b"".join(iter(lambda: _shown(keyboard), b""))
    os.close(keyboard)
    assert process.returncode == 0, said.decode()
    return said.decode()


def _shown(keyboard: int) -> bytes:
    """What the terminal shows next, or nothing: that the program is gone is an error on Linux."""
    try:
        return os.read(keyboard, 4096)
    except OSError:
        return b""


# Today


def test_today_says_what_why_and_how_long() -> None:
    somebody("--ball", "all")
    said = done("today")
    assert "Week 1" in said
    assert "ongeveer 21 minuten" in said
    assert "Zijbrug" in said
    assert "3 x 30 seconden" in said
    assert "Doe de oefeningen elke dag." in said
    assert "Gemist sinds" in said
    english = done("profile", "--language", "en") and done("today")
    assert "Do the exercises every day." in english


def test_today_knows_what_was_done_already() -> None:
    somebody()
    train(day_here(), ("w12-pelvic-curl", None, 1, 30, 30), ("w12-pelvic-curl", None, 2, 12, 30))
    found = read("today")
    (curl,) = [item for item in found["items"] if item["exercise"] == "w12-pelvic-curl"]
    assert curl["done"] == [30, 12, 0]
    assert 0 < found["left_s"] < found["whole_s"]
    assert "1 van 3 series gedaan" in done("today")
    assert "nog ongeveer" in done("today")


def test_another_day_is_seen_from_today() -> None:
    somebody()
    found = read("today", "--date", ago(-40))
    assert (found["level"], found["missed"], found["offers"]) == ("adv", None, [])
    assert read("today", "--date", ago(5))["kind"] == "not_started"
    assert "give a day such as" in refused(CorelineError, "today", "--date", "ooit")


def test_what_is_offered_can_be_taken() -> None:
    somebody(days=20)
    train(ago(2), ("w12-pelvic-curl", None, 1, 30, 30))
    offers = read("today")["offers"]
    assert [each["kind"] for each in offers] == ["next_level", "same_level"]
    said = done("today", "--accept", 1)
    assert said.startswith("Genoteerd: Ga verder met “3e en 4e week”.")
    assert read("today")["level"] == "w34"
    assert life().levels[-1].level_id == "w34"
    assert read("today")["question"] is None


def test_the_question_of_the_level_is_told_with_what_speaks_for_it_and_against() -> None:
    somebody(days=14)
    train(ago(1), ("w12-pelvic-curl", None, 1, 30, 30))
    done("pain", "--score", 5)
    told = done("today")
    assert "Verder of blijven? De weken die het programma" in told
    assert "Pleit ertegen: Gedaan van wat gevraagd was" in told
    assert "Pleit ertegen: Meeste pijn in de laatste 7 dagen: 5 van 10." in told
    asked = read("today")["question"]
    assert [each["speaks"] for each in asked["facts"]] == ["against", "neither", "against"]


def test_beginning_again_moves_the_start() -> None:
    somebody(days=40)
    number = [each["kind"] for each in read("today")["offers"]].index("start") + 1
    assert read("today", "--accept", number)["week"] == 1
    assert life().profile.start == day_here()


def test_an_easier_exercise_can_be_taken() -> None:
    somebody("--level", "w34", days=20)
    with open_journal() as journal:
        person = journal.current_profile()
        assert person is not None
        chosen = EasierChosen(ago(1), "w34-superman", "w12-pelvic-curl")
        journal.note(person.id, chosen)
    assert [i["instead_of"] for i in read("today")["items"]][-1] == "w34-superman"


def test_only_what_is_offered_can_be_taken() -> None:
    somebody(days=20)
    train(ago(2), ("w12-pelvic-curl", None, 1, 30, 30))
    for number in (0, 3):
        assert "from 1 to 2" in refused(CorelineError, "today", "--accept", number)
    assert "today only" in refused(CorelineError, "today", "--accept", 1, "--date", ago(-1))


def test_nothing_offered_is_nothing_to_take() -> None:
    somebody(days=0)
    assert "nothing is offered" in refused(CorelineError, "today", "--accept", 1)


# Pain


def test_pain_is_noted_with_where_and_when() -> None:
    somebody(days=30)
    said = done("pain", "--score", 7, "--where", "back, groin")
    assert "Genoteerd: pijn 7 van 10." in said
    assert "enkele dagen rust" in said
    assert "coreline pain --rest 3" in said
    (noted,) = life().pains
    assert (noted.score, noted.moment, noted.day) == (7, "before", day_here())
    assert noted.places == (PainPlace.BACK, PainPlace.GROIN)


def test_after_training_it_is_the_pain_after() -> None:
    somebody()
    train(day_here(), ("w12-pelvic-curl", None, 1, 30, 30))
    done("pain", "--score", 1)
    done("pain", "--score", 1, "--moment", "before")
    assert [each.moment for each in life().pains] == ["after", "before"]


def test_a_rest_is_taken_and_ended() -> None:
    somebody()
    assert "rust tot en met" in done("pain", "--rest", 3)
    assert read("today")["kind"] == "rest"
    assert read("today", "--date", ago(-3))["kind"] == "train"
    assert "Gemist" not in done("today")
    assert "rust is voorbij" in done("pain", "--rest", 0)
    assert read("today")["kind"] == "train"


def test_an_exercise_that_hurts_badly_is_skipped_today() -> None:
    somebody()
    said = done("pain", "--score", 8, "-e", "w12-side-bridge")
    assert "Sla Zijbrug vandaag over." in said
    assert "Is een oefening erg pijnlijk" in said
    skipped = [i for i in read("today")["items"] if i["skipped"] == "pain"]
    assert [(i["exercise"], i["side"]) for i in skipped] == [
        ("w12-side-bridge", "left"),
        ("w12-side-bridge", "right"),
    ]
    assert "overgeslagen" in done("today")
    mild = read("pain", "--score", 3, "-e", "w12-pelvic-curl")
    assert mild["skip"] is None


def test_the_advice_is_said_once_and_written_down() -> None:
    somebody(days=30)
    with open_journal() as journal:
        person = journal.current_profile()
        assert person is not None
        for days in (12, 3):
            journal.note(person.id, PainNoted(ago(days), PainMoment.BEFORE, 8))
    assert "sportarts" in done("pain", "--score", 7)
    assert life().advice == (AdviceGiven(day_here()),)
    done("pain", "--score", 7)
    assert len(life().advice) == 1
    assert "sportarts" in done("today")
    assert read("pain")["contact"]["why"] == "stays"


def test_a_slight_rise_in_the_first_weeks_is_reassured() -> None:
    somebody(days=3)
    done("pain", "--score", 2)
    found = read("pain", "--score", 3)
    assert found["slight_rise"]
    assert found["sayings"][-1]["text"].startswith("De eerste 3 weken")


PAIN_MISTAKES = [
    (("--score", "11"), "from 0 (no pain) to 10"),
    (("--score", "-1"), "from 0 (no pain) to 10"),
    (("--score", "3", "--where", "bak"), "did you mean back?"),
    (("--where", "back"), "--score: say how much"),
    (("--rest", "99"), "from 0 to 14"),
    (("--rest", "-1"), "from 0 to 14"),
    (("--score", "3", "-e", "w12-sidebridge"), "did you mean w12-side-bridge"),
    (("--score", "3", "-e", "w12-side-bridge", "--moment", "after"), "leave this out"),
]


def test_a_mistake_about_pain_is_one_line_and_keeps_nothing() -> None:
    somebody()
    for words, said in PAIN_MISTAKES:
        assert said in refused(CorelineError, "pain", *words)
    assert (life().pains, life().rests) == ((), ())


# History


def test_the_history_of_nothing_is_nothing() -> None:
    somebody(days=0)
    assert "Nog niets." in done("history")


def test_the_history_has_the_numbers() -> None:
    somebody(days=1)
    curl = [("w12-pelvic-curl", None, number, 30.0, 30.0) for number in (1, 2, 3)]
    train(ago(1), *curl)
    done("pain", "--score", 2)
    found = read("history")
    assert (found["trained_days"], found["streak"], found["longest_streak"]) == (1, 1, 1)
    assert found["share"] == pytest.approx(3 / 18, abs=0.001)
    assert found["amount"]["held_s"] == 90
    assert [day["pain"]["before"] for day in found["days"]] == [None, 2]
    said = done("history")
    assert "Gedaan van wat gevraagd was: 17 %" in said
    assert "Buikspieren (1e en 2e week)" in said


def test_the_history_can_be_narrowed_down() -> None:
    somebody(days=3)
    train(ago(2), ("w12-side-bridge", "left", 1, 30, 30), ("w12-side-bridge", "right", 1, 30, 30))
    one = read("history", "-e", "w12-side-bridge", "--side", "left")
    assert [(e["exercise_id"], e["side"]) for e in one["exercises"]] == [
        ("w12-side-bridge", "left")
    ]
    assert one["amount"]["held_s"] == 30
    assert read("history", "--from", ago(1))["trained_days"] == 0
    assert read("history", "--to", ago(2))["trained_days"] == 1
    assert "change the two about" in refused(
        CorelineError, "history", "--from", ago(1), "--to", ago(2)
    )
    assert "did you mean" in refused(CorelineError, "history", "-e", "w12-sidebridge")


# Plan


def test_the_plan_has_a_line_for_days_that_are_alike() -> None:
    somebody(days=0)
    lines = done("plan", "--weeks", 8).splitlines()
    assert len(lines) == 8
    assert "1e en 2e week" in lines[0]
    assert "ongeveer 66 minuten per dag" in lines[4]
    assert "Gevorderden" in lines[7]
    assert len(read("plan", "--weeks", 2)["days"]) == 14


def test_the_plan_as_a_calendar(tmp_path: Path) -> None:
    somebody(days=0)
    place = tmp_path / "training.ics"
    assert str(place) in done("plan", "--weeks", 2, "--ics", place, "--at", "7:30", "--remind", 10)
    events = Calendar.from_ical(place.read_bytes()).walk("VEVENT")
    assert len(events) == 14
    assert "T073000" in place.read_text(encoding="utf-8")
    assert "TRIGGER:-PT10M" in place.read_text(encoding="utf-8")


PLAN_MISTAKES = [
    (("--weeks", "0"), "from 1 to 104"),
    (("--weeks", "105"), "from 1 to 104"),
    (("--at", "25:00"), "give a time of day such as 08:00"),
    (("--at", "half 9"), "give a time of day such as 08:00"),
    (("--remind", "-2"), "-1 for no reminder"),
    (("--from", "soon"), "give a day such as"),
    (("--ics", "no/such/folder/a.ics"), "there is no such folder"),
]


def test_a_mistake_about_the_plan_is_one_line() -> None:
    somebody()
    for words, said in PLAN_MISTAKES:
        assert said in refused(CorelineError, "plan", *words)


# Days


def test_a_day_is_read_or_refused() -> None:
    assert day_of("--date", None) is None
    assert day_of("--date", "2028-02-29") == date(2028, 2, 29)
    with pytest.raises(BadDataError, match=r"--date 2027-02-29"):
        day_of("--date", "2027-02-29")


def test_help_shows_examples() -> None:
    for command in ("today", "plan", "history", "pain", "profile"):
        assert f"coreline {command}" in done(command, "--help")


def test_somebody_unknown_is_said_to_be() -> None:
    assert isinstance(typed("today").exception, UnknownProfileError)
