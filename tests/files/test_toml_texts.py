"""How much a TOML text from outside may hold."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.errors import BadDataError
from coreline.files.resources import PACKAGE
from coreline.files.toml_texts import check_bounds, read_toml
from coreline.limits import TOML_DEPTH, TOML_VALUES


def refused(text: str) -> str:
    with pytest.raises(BadDataError) as caught:
        check_bounds(text, "own.toml")
    return str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 20_000,
        "a = " + "[ # ]\n" * 20_000,
        "a = " + "{a = " * 20_000,
        "[" + "a." * 20_000 + "a]",
        "[" + "a . " * 20_000 + "a]",
        "[" + "'a'.\"b\"." * 20_000 + "a]",
        ".".join("a" * 20_000) + " = 1",
        "\n".join("[[a]]" + "\n[[a.b]]" * 20 for _ in range(9)) + "\nx = " + "[{a = " * 999,
    ],
)
def test_what_is_nested_without_end_is_refused_with_its_line(text: str) -> None:
    assert refused(f"id = 1\n{text}").endswith(f"is nested deeper than {TOML_DEPTH}; flatten it")
    assert refused(f"id = 1\n{text}").startswith("own.toml:")


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"k{number} = 1" for number in range(TOML_VALUES + 2)),
        "a = [" + "1," * (TOML_VALUES + 1) + "]",
        "[[a]]\n" * (TOML_VALUES // 2 + 1),
        "a = [" + "{b = 1}, " * TOML_VALUES + "]",
    ],
)
def test_more_than_a_person_can_write_is_refused(text: str) -> None:
    assert f"has more than {TOML_VALUES} keys and elements" in refused(text)


@pytest.mark.parametrize("number", ["9" * 5_000, "-" + "1" * 60, "0x" + "f" * 60, "1e" + "9" * 60])
def test_a_number_that_cannot_be_shown_is_refused(number: str) -> None:
    assert refused(f"a = 1\nb = {number}").startswith("own.toml:2: a number of ")


@pytest.mark.parametrize(
    "text",
    [
        'a = "' + "[" * 99 + '"',
        "a = '" + "=" * (2 * TOML_VALUES) + "'",
        'a = """' + '[\n"' * 99 + '\n"""',
        "a = '''" + "['\n" * 99 + "'''",
        "# " + "[" * 99,
        'a = "\\"[[[[[[[[[[[[[[[[[[[[[["',
        "a = [\n" + "[1, 2], # [\n" * 99 + "]",
        "sha = '" + "9" * 64 + "'",
        "",
        "a = 1979-05-27T07:32:00.999999-07:00",
    ],
)
def test_what_stands_in_a_text_or_a_comment_is_no_mark(text: str) -> None:
    check_bounds(text, "own.toml")
    tomllib.loads(text)


def test_a_long_text_that_ends_in_quotes_of_its_own_hides_nothing() -> None:
    for quote in ('"', "'"):
        hidden = f"a = {quote * 3}x{quote * 5}\nb = {quote * 3}x{quote * 4}\nc = " + "[" * 99
        assert "nested deeper" in refused(hidden)


def test_a_text_without_an_end_is_looked_through_once() -> None:
    check_bounds('a = """' + '\\"""\n' * 50_000, "own.toml")


@given(st.text(alphabet="[]{}=.,'\"\\#\n a1-", max_size=80))
def test_anything_at_all_is_looked_through_without_harm(text: str) -> None:
    check_bounds(text, "own.toml")


def test_no_file_of_the_programme_is_near_the_limits() -> None:
    for source in PACKAGE.rglob("*.toml"):
        check_bounds(source.read_text(encoding="utf-8") * 2, source.name)


def test_a_file_that_is_no_text_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(b"a = 1\nb = \xff\n")
    with pytest.raises(BadDataError, match=r"a\.toml:2: not UTF-8"):
        read_toml(tmp_path / "a.toml", 100)
