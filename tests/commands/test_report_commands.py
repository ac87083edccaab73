"""`report` and `export`, as they are typed, over a real journal with sets of the recordings."""

import csv
import io
import json
import re
import webbrowser
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from command_line import done, refused
from coreline.errors import (
    BadDataError,
    BadOutputError,
    CorelineError,
    UnknownProfileError,
    UnknownSessionError,
)
from coreline.files.folders import DATA_VARIABLE
from coreline.journal.database import open_journal
from journal_values import (
    ANNA,
    BORIS,
    DAY,
    HOLD,
    NOTES,
    RAISES,
    ROLL,
    copy_of,
    judged,
    keep_session,
)
from report_records import CATALOGUE, WORDS


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep two sessions of Anna, and none of Boris."""
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
    with open_journal(tmp_path / "coreline.sqlite3", today=DAY) as journal:
        journal.save_profile(ANNA)
        journal.save_profile(BORIS)
        journal.use_profile(ANNA.id)
        for note in NOTES:
            journal.note(ANNA.id, note)
        records = [copy_of(judged(each)) for each in (HOLD, RAISES, ROLL)]
        keep_session(journal, records)
        later = replace(copy_of(judged(RAISES), 2), adjusted=2, done=5.0)
        keep_session(journal, [later], day=date(2026, 11, 3))
    return tmp_path


def page_of(output: str) -> str:
    found = re.search(r"Rapport: (.*)", output)
    assert found is not None
    return Path(found.group(1)).read_text(encoding="utf-8")


# Reports


def test_the_last_session_goes_to_the_persons_own_folder(folder: Path) -> None:
    output = done("report")
    assert str(folder / "reports" / ANNA.id) in output
    page = page_of(output)
    assert '<html lang="nl"' in page
    assert "Anna de Vries · dinsdag 3 november 2026" in page
    assert "2 met de hand verbeterd" in page or "met de hand verbeterd met +2" in page
    assert "alles van Rugbrug: niet gedaan" in page
    headed = re.findall(r'<h2 id="e\d+-name">([^<]*)', page)
    assert headed == [CATALOGUE.get(RAISES).name.nl]


@pytest.mark.parametrize("name", ["2026-11-01", "1 november 2026", "01-11-2026", "id"])
def test_a_session_by_its_day_or_the_beginning_of_its_id(folder: Path, name: str) -> None:
    with open_journal(folder / "coreline.sqlite3", read_only=True) as journal:
        first = journal.sessions(ANNA.id)[0]
    page = page_of(done("report", first.id[:8] if name == "id" else name, "--language", "en"))
    for exercise_id in (HOLD, RAISES, ROLL):
        assert CATALOGUE.get(exercise_id).name.en in page
    assert "Pain noted on the way: 7 of 10" in page
    assert "contact the sports physician" in page
    assert "25 minutes" in page
    assert "Best: set 1" in page
    assert "Worst: set 1" in page


def test_the_same_session_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("1.html", "2.html"):
        done("report", "2026-11-01", "--out", tmp_path / name)
    assert (tmp_path / "1.html").read_bytes() == (tmp_path / "2.html").read_bytes()


def test_weeks_on_one_page(tmp_path: Path) -> None:
    out = tmp_path / "physio.html"
    done("report", "--weeks", 2, "--out", out, "--language", "en")
    page = out.read_text(encoding="utf-8")
    assert "Summary for the physiotherapist" in page
    assert "30 s or by more than 30" in page
    assert WORDS.say("sentence.no_diagnosis", "en") in page
    assert out.stat().st_size < 100_000


def test_weeks_of_somebody_who_never_trained(tmp_path: Path) -> None:
    done("report", "--weeks", 520, "--who", BORIS.name, "--out", tmp_path / "b.html")
    assert "Борис" in (tmp_path / "b.html").read_text(encoding="utf-8")


def test_a_name_that_ends_in_pdf_is_a_pdf(tmp_path: Path) -> None:
    done("report", "--out", tmp_path / "form.pdf")
    assert (tmp_path / "form.pdf").read_bytes().startswith(b"%PDF")


def test_it_is_opened_where_it_was_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def fail(url: str) -> bool:
        opened.append(url)
        return False

    monkeypatch.setattr(webbrowser, "open", fail)
    output = done("report", "--out", tmp_path / "a b.html", "--open")
    assert opened == [(tmp_path / "a b.html").as_uri()]
    assert "open het bestand zelf" in output  # the browser said that it did not


@pytest.mark.parametrize(
    ("error", "words", "said"),
    [
        (UnknownSessionError, ("2020-01-01",), "the latest are 2026-11-01, 2026-11-03"),
        (UnknownSessionError, ("last", "--who", "b2"), "no session is kept yet"),
        (UnknownProfileError, ("--who", "nobody"), "nobody"),
        (BadOutputError, ("--out", "nowhere/form.html"), "no such folder"),
    ],
)
def test_what_cannot_be_is_said(
    error: type[CorelineError], words: tuple[str, ...], said: str
) -> None:
    assert said in refused(error, "report", *words)


# Exports


def test_a_table_has_a_row_a_set(tmp_path: Path) -> None:
    out = tmp_path / "training.csv"
    assert "Trainingen geëxporteerd: 2" in done("export", "--format", "csv", "--out", out)
    text = out.read_bytes().decode("utf-8")
    assert text.startswith('\ufeff"day";"started";')
    rows = list(csv.DictReader(io.StringIO(text[1:]), delimiter=";"))
    assert [row["exercise"] for row in rows] == [HOLD, RAISES, ROLL, RAISES]
    assert [row["done"] for row in rows][1:] == ["3", "2", "5"]
    assert re.fullmatch(r"\d+(,\d+)?", rows[0]["position_s"])
    assert rows[0]["pain_after"] == "0"


def test_a_day_by_itself_and_to_standard_output() -> None:
    document = json.loads(done("export", "--format", "json", "--from", "2026-11-02"))
    (session,) = document["sessions"]
    assert session["day"] == "2026-11-03"
    assert document["pains"] == []
    assert session["sets"][0]["adjusted"] == 2


def test_what_was_seen_is_told_from_every_reading(folder: Path) -> None:
    (*_, last) = json.loads(done("export", "--format", "json"))["sessions"]
    with open_journal(folder / "coreline.sqlite3", read_only=True) as journal:
        (record,) = journal.set_records(last["id"])
    readings = record.readings
    assert last["sets"][0]["seen"] == {
        "duration_s": round(readings[-1].t_s - readings[0].t_s, 3),
        "frames_read": len(readings),
        "found_share": round(sum(each.found for each in readings) / len(readings), 3),
    }


def test_a_bundle_without_a_name() -> None:
    text = done("export", "--format", "fhir", "--language", "en")
    assert json.loads(text)["resourceType"] == "Bundle"
    assert ANNA.name not in text
    assert "Anna" not in text  # whose plan she follows is said, who she is is not


def test_days_the_wrong_way_round_are_refused() -> None:
    line = refused(
        BadDataError, "export", "-f", "csv", "--from", "2026-11-03", "--to", "2026-11-01"
    )
    assert "change the two about" in line


def test_help_has_examples() -> None:
    for name in ("report", "export"):
        assert "Examples:" in done(name, "--help")
