"""`coreline undo`, as it is typed, over a real journal; and what the reports say of it."""

import csv
import json
import os
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from command_line import done, read, refused
from coreline.commands.people import day_here
from coreline.errors import BadDataError, UnknownEntryError, UnknownSessionError
from coreline.files.folders import DATA_VARIABLE
from coreline.journal.database import open_journal
from coreline.journal.recorder import Recorder
from coreline.journal.sessions import session_start
from coreline.programme.life import Life
from journal_values import HOLD, RAISES, judged


@pytest.fixture(autouse=True)
def _somebody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
    done(
        "profile",
        "--name",
        "Anna",
        "--start",
        day_here() - timedelta(days=40),
        "--language",
        "en",
    )


def life() -> Life:
    with open_journal(read_only=True) as journal:
        person = journal.current_profile()
        assert person is not None
        return journal.life(person.id)


def trained(day: date | None = None, *exercises: str) -> str:
    """Keep a session of today, or of a day, and return what it is called."""
    with open_journal() as journal:
        person = journal.current_profile()
        assert person is not None
        on = day or day_here()
        began = datetime.combine(on, datetime.min.time()).astimezone()
        with Recorder(journal, session_start(person.id, on, began, ())) as recorder:
            recorder.follow([judged(each) for each in exercises or (HOLD, RAISES)])
            recorder.end_session(began + timedelta(minutes=5))
        return recorder.session_id


def test_the_latest_comes_first_with_a_number() -> None:
    assert "nothing to take back" in done("undo")
    done("pain", "--score", 3, "--where", "back")
    done("pain", "--rest", 2)
    shown = done("undo").splitlines()
    assert "1." in shown[2]
    assert "a rest of 2 days" in shown[2]
    assert shown[3].endswith("pain 3 of 10 before training (lower back)")
    assert done("undo", "--list").splitlines() == shown
    assert len(life().pains) == len(life().rests) == 1


def test_a_rest_taken_back_by_its_number_is_over_and_can_be_put_back() -> None:
    before = read("today")
    done("pain", "--rest", 2)
    assert read("today")["kind"] == "rest"
    assert done("undo", 1, "--yes") == "Taken back: a rest of 2 days.\n"
    assert read("today") == before
    (gone,) = read("undo")["taken_back"]
    assert (gone["kind"], gone["on"]) == ("rest", str(day_here()))
    assert done("undo", "--redo", gone["id"][:6], "--yes") == "Put back: a rest of 2 days.\n"
    assert read("today")["kind"] == "rest"


def test_an_exercise_that_hurt_comes_back_with_its_answer() -> None:
    before = read("today")
    done("pain", "--score", 9, "--exercise", "w56-crunch")
    assert read("today") != before
    (entry,) = read("undo")["entries"]
    assert entry["along"] == ["Crunch (weeks 5 and 6) left out because it hurt"]
    taken = read("undo", entry["id"], "--yes")["taken_back"]
    assert (taken["id"], taken["along"]) == (entry["id"], entry["along"])
    assert read("today") == before


def test_a_set_and_a_session_are_taken_back_by_their_ids() -> None:
    before = read("today")
    session = trained()
    numbers = [each["kind"] for each in read("undo")["entries"]]
    assert numbers == ["session", "set", "set"]
    said = done("undo", f"{session[:8]}/1", "--yes")
    assert "Front plank (weeks 1 and 2), set 1: 18 of 30 seconds" in said
    assert [each.exercise_id for each in life().sets] == [RAISES]
    assert "1 set" in done("undo", session[:8], "--yes")
    assert life().sets == ()
    assert read("today") == before
    assert read("history")["trained_days"] == 0


def test_what_is_not_there_or_gone_already_is_one_line() -> None:
    assert "nothing to take back" in refused(UnknownEntryError, "undo", 1, "--yes")
    done("pain", "--score", 3)
    name = read("undo")["entries"][0]["id"]
    assert "from 1 to 1" in refused(UnknownEntryError, "undo", 2, "--yes")
    assert "nothing of this id" in refused(UnknownEntryError, "undo", "zz\n", "--yes")
    assert "nothing of this id was" in refused(UnknownEntryError, "undo", "--redo", name, "--yes")
    done("undo", name, "--yes")
    assert f"--redo {name[:8]}" in refused(UnknownEntryError, "undo", name, "--yes")
    assert "add --yes" in refused(BadDataError, "undo", name)
    assert "which" not in refused(BadDataError, "undo", "--yes")
    refused(BadDataError, "undo", name, "--redo", name, "--yes")
    refused(BadDataError, "undo", name, "--list")


def test_only_a_day_s_can_be_shown_and_chosen_from() -> None:
    old, new = day_here() - timedelta(days=9), day_here()
    session = trained(old, HOLD)
    trained(new, RAISES)
    assert len(read("undo")["entries"]) == 4
    entries = read("undo", "--date", old)["entries"]
    assert [each["id"] for each in entries] == [session, f"{session}/1"]
    done("undo", 1, "--date", old, "--yes")
    assert [each.day for each in life().sets] == [new]


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="no terminal to open")
@pytest.mark.parametrize(("answers", "left"), [("1\ny\n", 0), ("\n", 1)])
def test_in_a_terminal_it_asks_which_and_once_whether(answers: str, left: int) -> None:
    done("profile", "--level", "w56")
    done("pain", "--score", 9, "--exercise", "w56-crunch")
    ours, theirs = os.openpty()
    os.write(ours, answers.encode())
    ran = subprocess.run(
        [sys.executable, "-m", "coreline", "undo"],
        stdin=theirs,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    os.close(ours)
    os.close(theirs)
    assert len(life().pains) == len(life().skips) == left
    assert ("This also brings Crunch back today." in ran.stdout) == answers.startswith("1")
    assert ("Taken back" in ran.stdout) == (left == 0)


# What reports say


def test_the_report_says_which_sets_and_answers_were_taken_back(tmp_path: Path) -> None:
    session = trained()
    done("pain", "--score", 3)
    for name in (f"{session[:8]}/2", 1):
        done("undo", name, "--yes")
    page = tmp_path / "page.html"
    done("report", "--out", page)
    text = page.read_text(encoding="utf-8")
    assert "Taken back by the person on" in text
    assert "1 set (Single-leg bridge raises) and 1 answer about pain" in text
    assert text.count("Single-leg bridge raises") == 1
    done("report", "--weeks", 2, "--out", page)
    weeks = page.read_text(encoding="utf-8")
    assert "1 set (Single-leg bridge raises) and 1 answer about pain" in weeks
    done("report", "--language", "nl", "--out", page)
    assert "Ongedaan gemaakt op" in page.read_text(encoding="utf-8")


def test_a_session_taken_back_is_reported_by_its_id_alone_and_counts_nowhere(
    tmp_path: Path,
) -> None:
    page = tmp_path / "page.html"
    session = trained()
    assert "no session" not in done("report", "--out", page)
    done("undo", session, "--yes")
    for name in ("last", day_here()):
        assert f"report {session[:8]} still" in refused(UnknownSessionError, "report", name)
    done("report", session[:8], "--out", page)
    assert "This session was taken back by the person on" in page.read_text(encoding="utf-8")
    other = trained(None, HOLD)
    done("report", "--out", page)
    assert "was taken back" not in page.read_text(encoding="utf-8")
    done("report", "--weeks", 1, "--out", page)
    assert "counted nowhere: 1 session." in page.read_text(encoding="utf-8")
    document = json.loads(done("export", "--format", "json"))
    assert [each["id"] for each in document["sessions"]] == [other]
    (gone,) = document["taken_back"]
    assert (gone["kind"], gone["session"], gone["on"]) == ("session", session, str(day_here()))
    assert session not in done("export", "--format", "fhir")


def test_the_table_has_a_row_without_numbers_where_a_set_would_have_stood() -> None:
    days = [day_here() - timedelta(days=number) for number in (3, 2, 1)]
    first, second, third = (trained(each, HOLD) for each in days)
    done("undo", f"{first}/1", "--yes")
    done("undo", second, "--yes")
    table = done("export", "--format", "csv").removeprefix("\ufeff")
    rows = list(csv.DictReader(table.splitlines()))
    assert [each["session"] for each in rows] == [first, second, third]
    assert [each["taken_back"] for each in rows] == [str(day_here()), str(day_here()), ""]
    assert [each["exercise"] for each in rows] == [HOLD, "", HOLD]
    assert [bool(each["done"]) for each in rows] == [False, False, True]
