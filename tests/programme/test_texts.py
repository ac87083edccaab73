"""The one shape of every file of texts: both languages, the same blanks, no unknown key."""

import pytest

from coreline.data_files import load_sentences, load_texts, load_words
from coreline.errors import BadDataError
from coreline.programme.language import LANGUAGES
from coreline.programme.spec import Frozen
from coreline.programme.texts import FillableText, FlatTexts, TextBook, TextTable, parse_texts


class Leaf(Frozen):
    name: FillableText
    more: FillableText | None = None


class Shape(Frozen):
    short: TextTable
    deep: dict[str, dict[str, Leaf]]


GOOD = """
[short]
hour = { en = "{n} o'clock", nl = "{n} uur" }
[deep.a.b]
name = { en = "name", nl = "naam" }
"""
FLAT = 'day = { en = "a day", nl = "een dag" }\n'


def test_a_text_is_found_by_its_path_and_filled_in() -> None:
    book = parse_texts(GOOD, "t.toml", Shape)
    assert book.keys == ("short.hour", "deep.a.b.name")
    assert book.say("short.hour", "nl", n=3) == "3 uur"
    assert book.in_("en")("short.hour", n=3) == "3 o'clock"
    assert "deep.a.b.more" not in book


def test_a_file_without_tables() -> None:
    assert parse_texts(FLAT, "t.toml", FlatTexts).say("day", "en") == "a day"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (', nl = "{n} uur"', "", ":3: short.hour.nl: missing; add it"),
        ('nl = "{n} uur"', 'nl = "{m} uur"', ":3: short.hour: nl and en must have the same blanks"),
        ("nl = ", "de = ", ":3: short.hour.de: unknown key;"),
        ("name = ", "nome = ", ":5: deep.a.b.nome: unknown key; did you mean name?"),
        ("[short]", "[shirt]", ":2: shirt: unknown key; did you mean short?"),
        ('"name"', '" "', ":5: deep.a.b.name.en:"),
    ],
)
def test_a_malformed_text_is_named_with_file_line_and_key(old: str, new: str, said: str) -> None:
    assert old in GOOD
    with pytest.raises(BadDataError) as caught:
        parse_texts(GOOD.replace(old, new, 1), "room/t.toml", Shape)
    assert str(caught.value).startswith(f"room/t.toml{said}")


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ('day = { en = "a day" }', "t.toml:1: day.nl: missing"),
        ('day = { en = "a day", nl = "dag", de = "Tag" }', "t.toml:1: day.de: unknown key;"),
        ('day = { en = "{n}", nl = "dag" }', "t.toml:1: day: nl and en must"),
        ('day = "a day"', 't.toml:1: day: "a day": must be a table with the keys en, nl'),
    ],
)
def test_a_malformed_text_without_a_table_is_named_too(new: str, said: str) -> None:
    with pytest.raises(BadDataError) as caught:
        parse_texts(new, "t.toml", FlatTexts)
    assert str(caught.value).startswith(said)


def test_a_text_that_is_not_there_is_named_with_its_file() -> None:
    with pytest.raises(LookupError, match=r'coaching/texts\.toml: no text "state.goo"; did'):
        load_words().say("state.goo", "en")


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(BadDataError, match=r"gone/texts\.toml: cannot be read"):
        load_texts("gone/texts.toml", FlatTexts)


@pytest.mark.parametrize("book", [load_words(), load_sentences()])
def test_every_text_of_a_book_can_be_said(book: TextBook) -> None:
    for key in book.keys:
        assert all(book.text(key).in_(language) for language in LANGUAGES)


def test_a_blank_may_have_any_name() -> None:
    book = parse_texts('a = { en = "{language} {key}", nl = "{key}{language}" }', "t", FlatTexts)
    assert book.say("a", "en", key="k", language="l") == "l k"
    assert book.in_("nl")("a", key="k", language="l") == "kl"
