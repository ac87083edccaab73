"""The words of the findings: every code that a check can give has its own, in both languages."""

import re
from pathlib import Path

import pytest

import coreline.doctor
from coreline.doctor.finding import (
    Finding,
    Severity,
    Topic,
    Value,
    as_json,
    doctor_texts,
    needs_fixing,
    said_by,
)
from coreline.errors import BadSourceError
from coreline.programme.language import LANGUAGES, Language

SOURCES = Path(coreline.doctor.__file__).parent


def codes_in_code() -> set[str]:
    """Return every word in quotes in the checks: codes are among them."""
    return {
        word
        for path in SOURCES.glob("*.py")
        for word in re.findall(r'"([a-z_]+)"', path.read_text(encoding="utf-8"))
    }


def names_in(table: str) -> set[str]:
    """Return what has texts in a table of the file."""
    return {key.split(".")[1] for key in doctor_texts().keys if key.startswith(f"{table}.")}


def test_every_topic_and_state_has_its_words() -> None:
    assert names_in("topic") == names_in("finding") == set(Topic)
    assert names_in("state") == set(Severity)


def test_every_code_in_the_texts_is_one_that_a_check_gives() -> None:
    keys = [key.split(".") for key in doctor_texts().keys]
    codes = {key[-2] for key in keys if key[0] in {"any", "finding"}}
    assert codes
    assert codes <= codes_in_code()


def test_findings_end_like_sentences() -> None:
    texts = doctor_texts()
    for key in texts.keys:
        if key.startswith(("any.", "finding.")):
            assert all(texts.text(key).in_(each).endswith((".", "`.")) for each in LANGUAGES), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_goes_wrong_with_any_check_has_words_and_a_fix(language: Language) -> None:
    for topic in Topic:
        slow = Finding(topic, Severity.BAD, "too_slow", {"limit_s": 30.0})
        crashed = Finding(topic, Severity.BAD, "crashed", {"said": "OSError: x"})
        assert "30" in slow.what(language)
        assert "OSError: x" in crashed.what(language)
        assert slow.fix(language)
        assert crashed.fix(language)


def test_numbers_are_readable_and_dutch_has_a_comma() -> None:
    values: dict[str, Value] = {"ms": 27.345, "fps": 8.04, "model": "full\nand more"}
    finding = Finding(Topic.POSE, Severity.OK, "runs", values)
    assert "27 ms" in finding.what("en")
    assert "8.0 a second" in finding.what("en")
    assert "8,0 per seconde" in finding.what("nl")
    assert "\n" not in finding.what("nl")


def test_the_document_for_a_machine() -> None:
    good = Finding(Topic.SOUND, Severity.OK, "opens")
    bad = Finding(Topic.DISPLAY, Severity.BAD, "none", {"said": "no DISPLAY"})
    assert as_json([good], "1.2", "en")["needs_fixing"] is needs_fixing([good]) is False
    document = as_json([good, bad], "1.2", "nl")
    assert document["schema"] == 1
    assert document["coreline"] == "1.2"
    assert document["needs_fixing"] is needs_fixing([good, bad]) is True
    assert document["findings"] == [
        {
            "topic": "sound",
            "state": "ok",
            "code": "opens",
            "what": "Het doet het.",
            "fix": None,
            "values": {},
        },
        {
            "topic": "display",
            "state": "bad",
            "code": "none",
            "what": "Er gaat geen venster open (no DISPLAY).",
            "fix": "Start Coreline op het bureaublad, niet in een sessie zonder scherm.",
            "values": {"said": "no DISPLAY"},
        },
    ]


def test_the_document_is_described() -> None:
    described = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")
    _, _, section = described.partition("`coreline doctor --json`")
    for word in (*Topic, *Severity, "too_slow", "crashed", *as_json([], "1", "en")):
        assert f"`{word}`" in section


def test_what_an_error_says_is_told_in_the_person_s_language() -> None:
    error = BadSourceError("it is not there", nl="hij is er niet")
    finding = Finding(Topic.CAMERA, Severity.BAD, "does_not_open", said_by(error))
    assert "it is not there" in finding.what("en")
    assert "hij is er niet" in finding.what("nl")
    silent = Finding(Topic.CAMERA, Severity.BAD, "does_not_open", said_by(OSError("busy")))
    assert "busy" in silent.what("nl")
