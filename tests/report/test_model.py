"""From the record of a set to numbers, and those numbers as documented in docs/."""

import csv
import json
import re
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from coreline.files.recordings import PER_POSE, SHAPES
from coreline.files.writing import write_csv
from coreline.judging.events import (
    Fault,
    FaultEnded,
    HoldEnded,
    Phase,
    Reading,
    RepetitionEnded,
    State,
)
from coreline.programme.rule_values import FAULT_CODES, REASON_CODES
from coreline.report.model import (
    TRACE_COLUMNS,
    Analysis,
    analyse,
    as_json,
    found_share_of,
    trace_rows,
)
from coreline.session.record import SetRecord
from report_records import (
    PLANK,
    RAISES,
    SOURCE,
    a_hold,
    a_reading,
    a_repetition,
    a_roll,
    an_analysis,
    recorded,
)

DOCS = Path(__file__).parents[2] / "docs"
FORMATS = (DOCS / "formats.md").read_text(encoding="utf-8")
SCHEMA = json.loads((DOCS / "analysis.schema.json").read_text(encoding="utf-8"))


def documented(heading: str) -> list[str]:
    """Return the names in the first column of the table under a heading of docs/formats.md."""
    section = re.split(r"(?m)^#+ ", FORMATS.split(heading, 1)[1], maxsplit=1)[0]
    cells = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    return [name.removesuffix("[]") for cell in cells for name in re.findall(r"`([^`]+)`", cell)]


# From facts to numbers


def test_every_attempt_is_kept_in_order() -> None:
    record = SetRecord(RAISES, None, 1)
    repetitions = [a_repetition(1), a_repetition(2, "too_short"), a_repetition(3)]
    record.facts += [RepetitionEnded(each.end_s, each) for each in repetitions]
    record.facts.append(FaultEnded(9.0, Fault("sag", 8.0, 9.0)))
    analysis = analyse(record, SOURCE)
    assert analysis.repetitions == tuple(repetitions)
    assert analysis.faults == (Fault("sag", 8.0, 9.0),)
    assert analysis.holds == ()


def test_the_score_weighs_by_time_and_leaves_out_what_was_not_seen() -> None:
    record = SetRecord(PLANK, None, 1, prescribed=30.0)
    holds = [a_hold(0.0, 30.0, 90.0), a_hold(40.0, 50.0, 50.0), a_hold(60.0, 75.0, None)]
    record.facts += [HoldEnded(hold.end_s, hold) for hold in holds]
    assert analyse(record, SOURCE).line_score == pytest.approx(80.0)
    record.facts = [HoldEnded(75.0, holds[2])]
    assert analyse(record, SOURCE).line_score is None


# As JSON


def test_numbers_are_rounded_to_a_thousandth_and_nothing_else_is() -> None:
    hold = replace(a_hold(1.00049, 2.00051), faults=(Fault("sag", 0.12345, 1.0),))
    analysis = an_analysis(neutral_deg=-0.12349, holds=(hold,), cues=((1.23456, "fix.hips_up"),))
    document = as_json(analysis)
    assert document["neutral_deg"] == -0.123
    assert (document["holds"][0]["start_s"], document["holds"][0]["end_s"]) == (1.0, 2.001)
    assert document["holds"][0]["faults"] == [{"code": "sag", "start_s": 0.123, "end_s": 1.0}]
    assert document["cues"] == [{"t_s": 1.235, "id": "fix.hips_up"}]
    assert document["source"]["frames_read"] == 600
    assert isinstance(document["source"]["frames_read"], int)


@pytest.mark.parametrize("exercise_id", [RAISES, PLANK])
def test_the_same_record_gives_the_same_json(exercise_id: str) -> None:
    analysis = recorded(exercise_id)
    recorded.cache_clear()
    again = recorded(exercise_id)
    assert again is not analysis
    assert json.dumps(as_json(again)) == json.dumps(as_json(analysis))


def test_what_the_recordings_are_known_to_show() -> None:
    document = as_json(recorded(RAISES))
    counted = [each["counted"] for each in document["repetitions"]]
    reasons = [each["reasons"] for each in document["repetitions"] if not each["counted"]]
    assert counted == [True, True, False, False, False, False, True]
    assert reasons == [["too_short"], ["knee_bent"], ["line_broken"], ["no_tap"]]
    (hold,) = as_json(recorded(PLANK))["holds"]
    assert [each["code"] for each in hold["faults"]] == ["sag", "pike"]
    assert hold["in_line_s"] == pytest.approx(16.0, abs=0.5)


# As documented


@pytest.mark.parametrize(
    "analysed",
    [
        lambda: recorded(RAISES),
        lambda: recorded(PLANK),
        a_roll,
        an_analysis,
        lambda: an_analysis(
            holds=(a_hold(score=None),), source=replace(SOURCE, frames_expected=None)
        ),
    ],
    ids=["raises", "plank", "roll", "nothing", "unseen"],
)
def test_what_is_written_fits_the_published_schema(analysed: Callable[[], Analysis]) -> None:
    document = json.loads(json.dumps(as_json(analysed()), allow_nan=False))
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(document)] == []


def test_the_schema_is_one_and_refuses_what_is_not() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    validator = Draft202012Validator(SCHEMA)
    good = as_json(recorded(PLANK))
    assert validator.is_valid(good)
    for wrong in ({"schema": 2}, {"line_score": 101}, {"faults": [{"code": "arch"}]}, {"new": 1}):
        assert not validator.is_valid(good | wrong)


def test_schema_and_documentation_name_the_same_fields() -> None:
    assert set(documented("## JSON")) == set(SCHEMA["properties"])
    assert set(documented("### `source`")) == set(SCHEMA["$defs"]["source"]["properties"])
    for part in ("hold", "repetition", "rotation"):
        properties = SCHEMA["$defs"][part]["properties"]
        assert set(documented(f"### `{part}s[]`")) == set(properties)


def test_documented_codes_are_those_of_the_rules() -> None:
    assert tuple(documented("### Codes of faults")) == FAULT_CODES
    assert tuple(documented("### Codes of reasons")) == REASON_CODES
    assert tuple(SCHEMA["$defs"]["fault_code"]["anyOf"][0]["enum"]) == FAULT_CODES
    assert tuple(SCHEMA["$defs"]["reasons"]["items"]["anyOf"][0]["enum"]) == REASON_CODES


def test_documented_columns_are_those_of_the_trace() -> None:
    assert tuple(documented("## Trace")) == TRACE_COLUMNS
    assert {field.name for field in fields(Reading)} == set(TRACE_COLUMNS)
    for name in (*Phase, *State):
        assert f"`{name}`" in FORMATS


def test_documented_arrays_are_those_of_a_landmark_trace() -> None:
    assert documented("## Landmark trace") == [*SHAPES, "size", "fps", "blurred"]
    assert {"t_s", *PER_POSE} == set(SHAPES)


# The trace


def test_a_row_a_frame_and_nothing_for_what_is_unknown() -> None:
    unseen = Reading(1.0, False, None, None, None, None, Phase.WAITING, State.UNSEEN)
    rows = trace_rows([a_reading(0.0666, 1.2345), unseen])
    assert rows[0] == ["0.067", "1", "8.235", "7.000", "8.235", "178.000", "holding", "good"]
    assert rows[1] == ["1.000", "0", "", "", "", "", "waiting", "cant_see"]


def test_the_trace_reads_back(tmp_path: Path) -> None:
    readings = recorded(RAISES).record.readings
    write_csv(tmp_path / "trace.csv", TRACE_COLUMNS, trace_rows(readings))
    with (tmp_path / "trace.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(readings)
    for row, reading in zip(rows, readings, strict=True):
        assert float(row["t_s"]) == pytest.approx(reading.t_s, abs=6e-4)
        assert row["phase"] == reading.phase
        if reading.bend_deg is not None:
            assert float(row["bend_deg"]) == pytest.approx(reading.bend_deg, abs=6e-4)


def test_of_several_recordings_it_is_the_share_of_their_time_and_not_of_their_frames() -> None:
    """Where more happens more frames are looked at; a minute counts as a minute."""
    seen = replace(SOURCE, duration_s=60.0, frames_read=1800, found_share=1.0)
    hidden = replace(SOURCE, duration_s=60.0, frames_read=600, found_share=0.0)
    assert found_share_of([seen, hidden]) == 0.5
    assert found_share_of([replace(hidden, frames_read=0)]) is None
