"""Values as JSON, and JSON as text that is written piece by piece.

The text is the one of `json.dumps(value, indent=2, ensure_ascii=False)`, which is made in Python,
a sign at a time; here the inner parts are made in C, in a tenth of the time, and lists may be
iterators, so that of a year no more than a session is in memory.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import fields
from functools import cache, lru_cache
from json.encoder import encode_basestring
from operator import attrgetter
from typing import Any, Final

DECIMALS: Final = 3
_INDENT: Final = "  "
_ATOMS: Final = (str, int, bool, type(None))


def as_values(value: Any) -> Any:
    """Return dataclasses as dicts and tuples as lists, with numbers rounded to a thousandth."""
    kind: Any = type(value)
    if kind is float:
        return round(value, DECIMALS)
    if kind in _ATOMS:
        return value
    if kind is tuple or kind is list:
        return [as_values(each) for each in value]
    if kind is dict:
        return {key: as_values(each) for key, each in value.items()}
    if hasattr(kind, "__dataclass_fields__"):
        names, values_of = _fields(kind)
        # As above; a repetition has a dozen numbers, and there are tens of thousands of those.
        return {
            name: round(each, DECIMALS)
            if each.__class__ is float
            else each
            if each.__class__ in _ATOMS
            else as_values(each)
            for name, each in zip(names, values_of(value), strict=True)
        }
    return round(value, DECIMALS) if isinstance(value, float) else value


def text_in_pieces(document: dict[str, Any]) -> Iterator[str]:
    """Yield a document as text; a list of it, or of what is in it, may be an iterator."""
    yield from _pieces(document, 0)
    yield "\n"


def _pieces(value: Any, level: int) -> Iterator[str]:
    if isinstance(value, Iterator):
        yield from _listed(value, level)
    elif isinstance(value, dict) and any(isinstance(each, Iterator) for each in value.values()):
        before, between = f"{{{_new_line(level + 1)}", f",{_new_line(level + 1)}"
        for key, each in value.items():
            yield f"{before}{_key(key)}: "
            yield from _pieces(each, level + 1)
            before = between
        yield f"{_new_line(level)}}}"
    else:
        yield _text(value, level)


def _listed(values: Iterator[Any], level: int) -> Iterator[str]:
    before = f"[{_new_line(level + 1)}"
    for each in values:
        yield before
        yield from _pieces(each, level + 1)
        before = f",{_new_line(level + 1)}"
    yield "[]" if before.startswith("[") else f"{_new_line(level)}]"


def _text(value: Any, level: int) -> str:
    """Return a value as text."""
    if not value or not isinstance(value, dict | list):
        return _encode(value, 0)
    inner, outer = _new_line(level + 1), _new_line(level)
    if isinstance(value, dict):
        return f"{{{inner}{f',{inner}'.join(_items(value, level + 1))}{outer}}}"
    return f"[{inner}{f',{inner}'.join(_elements(value, level + 1))}{outer}]"


def _items(value: dict[str, Any], level: int) -> Iterator[str]:
    """Yield what is in a dict; what holds nothing itself is made in C, as many as follow."""
    run: dict[str, Any] = {}
    for key, each in value.items():
        if not each or not isinstance(each, dict | list):
            run[key] = each
            continue
        if run:
            yield _encode(run, level)[1:-1]
            run = {}
        yield f"{_key(key)}: {_text(each, level)}"
    if run:
        yield _encode(run, level)[1:-1]


def _elements(value: list[Any], level: int) -> Iterator[str]:
    """Yield what is in a list, likewise."""
    run: list[Any] = []
    for each in value:
        if not each or not isinstance(each, dict | list):
            run.append(each)
            continue
        if run:
            yield _encode(run, level)[1:-1]
            run = []
        yield _text(each, level)
    if run:
        yield _encode(run, level)[1:-1]


@lru_cache(1000)
def _key(key: str) -> str:
    return encode_basestring(key)


def _encode(value: Any, level: int) -> str:
    return _encoder(level).encode(value)


@cache
def _encoder(level: int) -> json.JSONEncoder:
    """Return what makes a container whose parts are that deep, without its outer line ends."""
    return json.JSONEncoder(ensure_ascii=False, separators=(f",{_new_line(level)}", ": "))


@cache
def _new_line(level: int) -> str:
    return "\n" + _INDENT * level


@cache
def _fields(kind: Any) -> tuple[tuple[str, ...], Callable[[object], tuple[Any, ...]]]:
    """Return the names of a dataclass's fields, and what takes their values."""
    names = tuple(each.name for each in fields(kind))
    if len(names) == 1:
        return names, lambda value: (getattr(value, names[0]),)
    return names, attrgetter(*names)
