"""Texts that others wrote, on one line and as names."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.errors import BadDataError, CorelineError
from coreline.limits import NAME_SIGNS
from coreline.printable import as_json, printable, printable_lines, unseen_sign, why_no_name

NASTY = "a\nb\r\x1b[2J\x9b31m\u202eexe\u2066\x00\udcff\u2028\x7f"


@given(st.text() | st.just(NASTY))
def test_what_is_shown_is_one_printable_line(text: str) -> None:
    for shown in (printable(text), str(CorelineError(text))):
        # A blank of another width is shown as it is.
        blanks = {sign for sign in shown if unicodedata.category(sign) == "Zs"}
        assert "".join(sign for sign in shown if sign not in blanks).isprintable()
    printable(text).encode("utf-8")


@given(st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x7E)))
def test_what_is_printable_stays_as_it_is(text: str) -> None:
    assert printable(text) == printable_lines(text) == text


def test_lines_stay_lines_where_there_may_be_some() -> None:
    assert printable_lines("a\n\tb\x1b") == "a\n\tb\\x1b"


def test_an_error_is_printable_whatever_its_kind() -> None:
    error = BadDataError(f"{NASTY}.toml:1: malformed")
    assert str(error).isprintable()
    assert error.args == (f"{NASTY}.toml:1: malformed",)


@given(st.text() | st.just(NASTY))
def test_a_document_is_the_same_and_can_be_shown(text: str) -> None:
    shown = as_json({"name": text, "één": [text]})
    assert json.loads(shown) == {"name": text, "één": [text]}
    assert all(line.isprintable() for line in shown.split("\n"))
    assert "één" in shown
    shown.encode("utf-8")


PEOPLE = ("Anna", "Borís de Vries-O'Neill", "Борис", "李小龍", "👩\u200d👧", "x" * NAME_SIGNS)
PERSIAN = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
UNSEEN = (
    "\n",
    "\x1b[0m",
    "\u202ecod.exe",
    "\u2066",
    "\u200f",
    "\ufeff",
    "\xad",
    "\u2028",
    "\udcff",
)


@pytest.mark.parametrize("name", [*PEOPLE, PERSIAN])
def test_people_of_every_language_have_names(name: str) -> None:
    assert why_no_name(name) is None


@pytest.mark.parametrize(
    "name",
    ["", " ", "\u2003", "x" * (NAME_SIGNS + 1), "a\U000e0041", *(f"a{each}b" for each in UNSEEN)],
)
def test_what_hides_or_turns_signs_round_is_no_name(name: str) -> None:
    assert why_no_name(name)
    assert all(each.isprintable() for each in why_no_name(name) or ())


def test_the_first_sign_that_is_not_seen_is_told() -> None:
    assert unseen_sign("seen") is None
    assert unseen_sign("a\nb\u202e", but="\n") == "\u202e"
