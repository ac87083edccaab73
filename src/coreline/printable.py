"""Texts that others wrote: how they are shown on one line, and which of them can be a name.

A file's name, a setting or a journal may hold line ends, escape sequences that command a terminal,
and signs that turn the direction of writing round, so that one thing is read as another.
"""

import json
import unicodedata
from typing import Any, Final

from coreline.limits import NAME_SIGNS

# Control and surrogate characters, line ends, and signs that are not seen: those that turn the
# direction of writing are among these.
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_JOINERS: Final = "\u200c\u200d"  # Persian and Indian names are written with them
_BREAKS: Final = "\n\t"  # which a text of several lines may have


def printable(text: object) -> str:
    """Return a text as one printable line; what is not printable is written as its code."""
    shown = str(text)
    if shown.isprintable():
        return shown
    return "".join(sign if _is_printable(sign) else _code(sign) for sign in shown)


def printable_lines(text: object) -> str:
    """Return a text that may have lines as a printable one."""
    return "".join(each if each in _BREAKS else printable(each) for each in str(text))


def as_json(document: Any, *, indent: int | None = 2) -> str:
    """Return a document as JSON that can be shown; see `json_as_shown`."""
    return json_as_shown(json.dumps(document, indent=indent, ensure_ascii=False))


def json_as_shown(text: str) -> str:
    """Return a text of JSON, or a piece of it, with what is not printable written as its code."""
    if text.replace("\n", "").isprintable():
        return text
    return "".join(
        each if _is_printable(each) or each == "\n" else json.dumps(each)[1:-1] for each in text
    )


def unseen_sign(text: str, but: str = "") -> str | None:
    """Return the first sign that is not seen itself and changes how others are, or None."""
    if text.isprintable():
        return None
    return next((sign for sign in text if _is_unseen(sign) and sign not in but), None)


def why_no_name(name: str) -> tuple[str, str] | None:
    """Return why this cannot be the name of a person or a place, with the fix, or None.

    It is said in English and in Dutch.
    """
    if not name.strip():
        return "not a name; give one line of text", "geen naam; geef één regel tekst"
    if len(name) > NAME_SIGNS:
        return (
            f"{len(name)} signs are no name; give {NAME_SIGNS} at most",
            f"{len(name)} tekens zijn geen naam; geef er hoogstens {NAME_SIGNS}",
        )
    if unseen_sign(name) is not None:
        return (
            "not a name, it has signs that cannot be seen; give one line of text",
            "geen naam, er staan onzichtbare tekens in; geef één regel tekst",
        )
    return None


def _is_printable(sign: str) -> bool:
    """Say whether a sign is shown as it is; blanks of other widths than the usual one are too."""
    return sign.isprintable() or sign in _JOINERS or unicodedata.category(sign) == "Zs"


def _is_unseen(sign: str) -> bool:
    return sign not in _JOINERS and unicodedata.category(sign) in _UNSEEN


def _code(sign: str) -> str:
    return repr(sign)[1:-1]
