"""The short words of screen and report."""

import re
from importlib.resources import files

import pytest

from coreline.coaching.words import WordsFile
from coreline.data_files import load_words
from coreline.errors import BadDataError
from coreline.judging.events import Phase, State
from coreline.programme.language import LANGUAGES, Language
from coreline.programme.rule_values import FAULT_CODES, REASON_CODES
from coreline.programme.texts import parse_texts
from coreline.session.view import Stage

WORDS = load_words()
TEXT = (files("coreline") / "coaching" / "texts.toml").read_text(encoding="utf-8")
CODES = {"fault": FAULT_CODES, "reason": REASON_CODES}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "key", [f"{table}.{code}" for table, codes in CODES.items() for code in codes]
)
def test_every_code_has_words_and_a_correction(key: str, language: Language) -> None:
    name = WORDS.say(f"{key}.name", language)
    correction = WORDS.say(f"{key}.correction", language)
    assert re.fullmatch(r"[^A-Z.]+", name)
    assert re.fullmatch(r"[A-Z][^.]+\.", correction)


def test_what_the_middle_names_has_words() -> None:
    assert {f"state.{each}" for each in State} <= set(WORDS.keys)
    assert {f"phase.{each}" for each in Phase} <= set(WORDS.keys)
    assert {f"stage.{each}" for each in Stage} <= set(WORDS.keys)


def test_the_rules_name_no_code_without_words() -> None:
    assert {f"fault.{code}.name" for code in FAULT_CODES} <= set(WORDS.keys)
    assert {f"reason.{code}.name" for code in REASON_CODES} <= set(WORDS.keys)


def test_dutch_is_informal() -> None:
    assert not [key for key in WORDS.keys if re.search(r"\b[Uu]w?\b", WORDS.text(key).nl)]


def test_an_unknown_word_offers_the_near_one() -> None:
    with pytest.raises(LookupError, match=r'"fault.sagg.name"; did you mean fault.sag.name\?'):
        WORDS.say("fault.sagg.name", "en")


def test_a_missing_language_names_line_and_key() -> None:
    text = TEXT.replace('en = "in line", ', "")
    line = text[: text.index("in_line")].count("\n") + 1
    with pytest.raises(BadDataError, match=rf"^t\.toml:{line}: deviation\.in_line\.en: missing"):
        parse_texts(text, "t.toml", WordsFile)


def test_a_fault_without_a_correction_names_line_and_key() -> None:
    line = TEXT[: TEXT.index("[fault.sag]")].count("\n") + 3
    text = TEXT.replace("\ncorrection = ", "\ncorection = ", 1)
    with pytest.raises(
        BadDataError, match=rf"^t\.toml:{line}: fault\.sag\.corection: unknown key; did"
    ):
        parse_texts(text, "t.toml", WordsFile)
