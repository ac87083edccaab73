"""Tables, JSON and FHIR: as documented, opened right, and nothing run that somebody typed."""

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from coreline.programme.language import LANGUAGES, Language
from coreline.programme.life import PainMoment, PainNoted, PainPlace, Skipped
from coreline.programme.prescription import Prescription
from coreline.report.export import (
    BOM,
    COLUMNS,
    KeptPerson,
    KeptSession,
    csv_text,
    json_text,
    plan_by,
)
from coreline.report.fhir import ACTIVITY, DURATION, LOCAL, LOINC, PAIN, fhir_text
from coreline.report.model import SessionReport
from coreline.report.numbers import worst_bend_deg
from report_records import CATALOGUE, DAY, NAMES, RAISES, a_session, an_analysis

DOCS = Path(__file__).parents[2] / "docs"
SCHEMA = json.loads((DOCS / "sessions.schema.json").read_text(encoding="utf-8"))
ANALYSIS = json.loads((DOCS / "analysis.schema.json").read_text(encoding="utf-8"))
STARTED_AT = datetime(2026, 11, 22, 18, 4, tzinfo=UTC)
PAINS = (
    PainNoted(DAY, PainMoment.BEFORE, 3, (PainPlace.BACK, PainPlace.GROIN)),
    PainNoted(DAY, PainMoment.DURING, 5, (), RAISES),
)
SKIPS = (Skipped(DAY, "w56-crunch", None, for_pain=True), Skipped(DAY, RAISES, "left", False))


def validator() -> Draft202012Validator:
    known = [(each["$id"], Resource.from_contents(each)) for each in (SCHEMA, ANALYSIS)]
    registry: Registry[Any] = Registry().with_resources(known)
    return Draft202012Validator(SCHEMA, registry=registry)


def a_person(name: str = "Anna", *reports: SessionReport) -> KeptPerson:
    sessions = tuple(
        KeptSession(f"s{number}", STARTED_AT, STARTED_AT + timedelta(minutes=58), report)
        for number, report in enumerate(reports or (a_session(),))
    )
    done = (each.record.exercise_id for one in sessions for each in one.report.analyses)
    return KeptPerson("7f3a", name, tuple(dict.fromkeys(done)), sessions, PAINS, SKIPS)


NOBODY = KeptPerson("0", "", (), ())
# Functions, not persons: every process that runs tests loads this file, one of them its tests.
PERSONS: dict[str, Callable[[], KeptPerson]] = {
    "nobody": lambda: NOBODY,
    "everything": a_person,
    "empty": lambda: a_person("x", SessionReport()),
}


def killed() -> KeptPerson:
    """Return somebody whose session has no end."""
    whole = a_person()
    return replace(whole, sessions=[replace(each, ended_at=None) for each in whole.sessions])


def document_of(person: KeptPerson) -> dict[str, Any]:
    document: dict[str, Any] = read("".join(json_text(person, CATALOGUE)))
    return document


def bundle_of(person: KeptPerson, language: Language = "en") -> dict[str, Any]:
    bundle: dict[str, Any] = read("".join(fhir_text(person, CATALOGUE, language)))
    return bundle


def read(text: str) -> Any:
    """Return a document, and see to it that it is written as Python would write it."""
    document = json.loads(text)
    assert text == json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    return document


def rows_of(person: KeptPerson, language: Language) -> list[dict[str, str]]:
    text = "".join(csv_text(person, CATALOGUE, language))
    assert text.startswith("\ufeff")
    delimiter = ";" if language == "nl" else ","
    return list(csv.DictReader(io.StringIO(text[1:], newline=""), delimiter=delimiter))


# A table


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_row_a_set_with_the_documented_columns(language: Language) -> None:
    rows = rows_of(a_person(), language)
    assert len(rows) == len(a_session().analyses)
    assert tuple(rows[0]) == COLUMNS
    formats = (DOCS / "formats.md").read_text(encoding="utf-8")
    section = formats.split("## Table: `coreline export --format csv`")[1].split("\n## ")[0]
    assert tuple(re.findall(r"(?m)^\| `(\w+)` \|", section)) == COLUMNS


def test_whose_plan_a_session_follows_is_said_also_where_it_has_no_name() -> None:
    report = a_session()
    assert plan_by(report) is None
    assert plan_by(replace(report, plan=Prescription(by="M. de Boer"))) == "M. de Boer"
    assert plan_by(replace(report, plan=Prescription(note="Rustig aan."))) == "physiotherapist"


def test_numbers_are_written_as_the_language_has_them() -> None:
    dutch, english = (rows_of(a_person(), language)[3] for language in ("nl", "en"))
    assert "," in dutch["position_s"]
    assert dutch["position_s"].replace(",", ".") == english["position_s"]
    (hold,) = a_session().analyses[3].holds
    assert float(english["position_s"]) == pytest.approx(hold.end_s - hold.start_s, abs=1e-3)
    assert 21.0 < float(english["position_s"]) < 22.5
    assert (dutch["name"], english["name"]) == ("Zijbrug", "Side bridge")


def test_what_is_not_known_is_empty_and_zero_is_zero() -> None:
    nothing = rows_of(a_person("Anna", SessionReport((an_analysis("w56-crunch"),))), "en")[0]
    for column in ("side", "line_score", "bend_worst_deg", "pain_before", "week", "refused"):
        assert nothing[column] == ""
    assert (nothing["done"], nothing["adjusted"]) == ("0", "0")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_the_same_table_wherever_a_spreadsheet_parts_it(language: Language) -> None:
    text = "".join(csv_text(a_person("Anna; Bert, Chris"), CATALOGUE, language))
    between_cells = set(re.sub(r'"(?:[^"]|"")*"', "", text.removeprefix(BOM)))
    assert between_cells == {";" if language == "nl" else ",", "\r", "\n"}


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http")', " =1+1", "\uff1d1+1"]


@pytest.mark.parametrize("sign", FORMULAS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_spreadsheet_runs_nothing(sign: str, language: Language) -> None:
    row = rows_of(a_person(sign), language)[0]
    assert row["person"] == f"'{sign}"


@pytest.mark.parametrize("name", [*NAMES, 'a;b,c "d"', "two\nlines"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_comes_back_as_it_was(name: str, language: Language) -> None:
    assert {row["person"] for row in rows_of(a_person(name), language)} == {name}


def test_no_session_is_a_head_alone() -> None:
    assert "".join(csv_text(NOBODY, CATALOGUE, "en")).count("\r\n") == 1


# JSON


@pytest.mark.parametrize(
    "person",
    [*PERSONS.values(), lambda: a_person("x", SessionReport((an_analysis(),))), killed],
    ids=[*PERSONS, "nothing", "killed"],
)
def test_what_is_exported_fits_the_published_schema(person: Callable[[], KeptPerson]) -> None:
    document = document_of(person())
    assert [error.message for error in validator().iter_errors(document)] == []


def test_the_schema_refuses_what_is_not() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    good = document_of(a_person())
    wrongs: tuple[dict[str, object], ...] = ({"schema": 2}, {"person": {}}, {"new": 1})
    for wrong in wrongs:
        assert not validator().is_valid(good | wrong)
    good["sessions"][0]["sets"][0]["line_score"] = 101
    assert not validator().is_valid(good)


def test_documented_fields_are_those_of_the_schema() -> None:
    formats = (DOCS / "formats.md").read_text(encoding="utf-8")
    section = formats.split("## JSON: `coreline export --format json`")[1].split("\n## ")[0]
    named = set(re.findall(r"(?m)^\| `([\w.\[\]]+)` \|", section))
    session = {f"sessions[].{key}" for key in SCHEMA["$defs"]["session"]["properties"]}
    assert named >= set(SCHEMA["properties"]) | session


def test_the_sets_are_there_in_full() -> None:
    (session,) = document_of(a_person())["sessions"]
    assert len(session["sets"]) == len(a_session().analyses)
    raises = session["sets"][1]
    assert (raises["set"], raises["adjusted"]) == (2, 1)
    assert len(raises["repetitions"]) == 7
    assert session["prescribed"] == [
        {"exercise": RAISES, "side": "right", "amount": 30.0, "done": [30.0, 28.0, 0.0]},
        {"exercise": RAISES, "side": "left", "amount": 30.0, "done": [30.0, 30.0, 30.0]},
    ]


# FHIR


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("person", PERSONS)
def test_the_bundle_is_one(person: str, language: Language) -> None:
    from fhir.resources.R4B.bundle import Bundle  # noqa: PLC0415 - large, as above

    bundle = bundle_of(PERSONS[person](), language)
    read = Bundle.model_validate_json(json.dumps(bundle))
    assert len(read.entry or ()) == len(bundle["entry"])
    urls = [entry["fullUrl"] for entry in bundle["entry"]]
    assert len(set(urls)) == len(urls)


def observations(person: KeptPerson) -> list[dict[str, Any]]:
    entries = bundle_of(person)["entry"]
    resources = [entry["resource"] for entry in entries]
    return [each for each in resources if each["resourceType"] == "Observation"]


def test_the_codes_are_those_of_loinc_and_all_else_is_ours() -> None:
    found = [each["code"]["coding"][0] for each in observations(a_person())]
    loinc = [(each["code"], each["display"]) for each in found if each["system"] == LOINC]
    assert loinc == [DURATION, *[ACTIVITY] * len(a_session().analyses)]
    entries = bundle_of(a_person())["entry"]
    (system,) = [
        entry["resource"] for entry in entries if entry["resource"]["resourceType"] == "CodeSystem"
    ]
    defined = {concept["code"] for concept in system["concept"]}
    text = json.dumps(observations(a_person()))
    used = set(re.findall(rf'"system": "{LOCAL}", "code": "([^"]+)"', text))
    assert used <= defined
    assert len(defined) == len(system["concept"])


def test_pain_has_the_code_that_others_know_beside_our_own() -> None:
    pains = [each for each in observations(a_person()) if "pain" in codes_of(each)]
    assert pains
    assert {tuple(codes_of(each)) for each in pains} == {("pain", PAIN[0])}


def codes_of(observation: dict[str, Any]) -> list[str]:
    return [coding["code"] for coding in observation["code"]["coding"]]


def test_the_values_are_those_of_the_sets() -> None:
    duration, first, *_ = observations(a_person())
    assert duration["valueQuantity"] == {
        "value": 58.0,
        "unit": "min",
        "system": "http://unitsofmeasure.org",
        "code": "min",
    }
    assert first["valueCodeableConcept"]["text"] == "Single-leg bridge raises"
    values = {each["code"]["coding"][0]["code"]: each for each in first["component"]}
    assert values["repetitions"]["valueInteger"] == 3
    raises = a_session().analyses[0]
    score, worst_deg = raises.line_score, worst_bend_deg([raises])
    assert values["line-score"]["valueQuantity"]["value"] == pytest.approx(score, abs=0.01)
    assert values["bend-worst"]["valueQuantity"]["value"] == pytest.approx(worst_deg, abs=0.01)


def test_everything_is_about_a_pseudonym() -> None:
    text = json.dumps(bundle_of(a_person("Anna de Vries"), "nl"))
    assert "Anna" not in text
    (patient,) = [
        entry
        for entry in bundle_of(a_person(), "nl")["entry"]
        if entry["resource"]["resourceType"] == "Patient"
    ]
    subjects = [each["subject"] for each in observations(a_person())]
    assert {each["reference"] for each in subjects} == {patient["fullUrl"]}
    assert {each["type"] for each in subjects} == {"Patient"}


def test_the_same_sessions_give_the_same_bytes() -> None:
    def texts() -> tuple[str, ...]:
        person = a_person()
        return (
            *csv_text(person, CATALOGUE, "nl"),
            *json_text(person, CATALOGUE),
            *fhir_text(person, CATALOGUE, "nl"),
        )

    assert texts() == texts()
