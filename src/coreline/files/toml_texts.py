"""TOML texts from outside: how much one may hold is looked at before Python's parser is.

Its time and its memory grow with the square of how deep a key is, and 100,000 keys take it seconds.
"""

import re
from pathlib import Path
from typing import Final

from coreline.errors import BadDataError
from coreline.files.kinds import Kind, refuse_other_kind
from coreline.files.reading import as_text, read_file
from coreline.limits import TOML_DEPTH, TOML_DIGITS, TOML_VALUES

# Strings and comments first, so that what is in them is no mark; then runs of what a bare key, a
# number or a date is made of; then marks. The long strings may end in two quotes of their own.
_TOKEN: Final = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""(?:"{0,2})'
    r"|'''(?:[^']|'(?!''))*'''(?:'{0,2})"
    r'|(?P<endless>"""|\'\'\')'
    r'|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|\#[^\n]*'
    r"|(?P<word>[\w+:-]+)|(?P<mark>[\[\]{}=,.\n])",
    re.DOTALL,
)
_WANTED: Final = ("a TOML file; give another", "TOML-bestand; geef een ander")


def read_toml(path: Path, most_bytes: int, *, also_device: bool = False) -> str:
    """Return the text of a TOML file, which holds no more than such a file can; see `read_file`.

    Raises:
        BadDataError: It is of another kind, not UTF-8, or holds more.
        OSError: It cannot be read, is no regular file, or larger.
    """
    refuse_other_kind(path, BadDataError, _WANTED, {Kind.EMPTY})
    text = as_text(read_file(path, most_bytes, also_device=also_device), str(path))
    check_bounds(text, str(path))
    return text


def check_bounds(text: str, source: str) -> None:
    """Refuse a text that holds more, or is deeper, than such a file can be.

    Args:
        text: The text, TOML or not.
        source: The file's name, for errors.

    Raises:
        BadDataError: It does; file and line are told.
    """
    depth, dots, values = 0, 0, 0
    for token in _TOKEN.finditer(text):
        if token["endless"]:
            return  # the parser says so, and reads no further
        word, mark = token["word"], token["mark"]
        if word and len(word) > TOML_DIGITS and word[0] in "+-0123456789":
            raise _refused(
                text,
                token,
                source,
                (
                    f"a number of {len(word)} digits; correct it",
                    f"een getal van {len(word)} cijfers; verbeter het",
                ),
            )
        if mark is None:
            continue
        values += mark in "=,["
        dots = dots + 1 if mark == "." else 0
        depth += (mark in "[{") - (mark in "]}" and depth > 0)
        if depth > TOML_DEPTH or dots > TOML_DEPTH:
            raise _refused(
                text,
                token,
                source,
                (
                    f"is nested deeper than {TOML_DEPTH}; flatten it",
                    f"is dieper genest dan {TOML_DEPTH}; maak het vlakker",
                ),
            )
        if values > TOML_VALUES:
            many = (
                f"has more than {TOML_VALUES} keys and elements; cut it down",
                f"heeft meer dan {TOML_VALUES} sleutels en waarden; kort het in",
            )
            raise _refused(text, token, source, many)


def _refused(
    text: str, token: re.Match[str], source: str, complaint: tuple[str, str]
) -> BadDataError:
    line = text.count("\n", 0, token.start()) + 1
    en, nl = complaint
    return BadDataError(f"{source}:{line}: {en}", nl=f"{source}:{line}: {nl}")
