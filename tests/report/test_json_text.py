"""JSON in pieces: the text that Python would write, however deep and whatever is in it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from coreline.report.json_text import as_values, text_in_pieces

ATOMS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=4)
    | st.sampled_from(["{", "},", "[", '"', "\\", "é\n", "\u202e"])
)
VALUES = st.recursive(
    ATOMS,
    lambda within: (
        st.lists(within, max_size=3) | st.dictionaries(st.text(max_size=3), within, max_size=3)
    ),
    max_leaves=12,
)
DOCUMENTS = st.dictionaries(st.text(max_size=3), VALUES, max_size=4)


class Kind(StrEnum):
    ONE = "one"


@dataclass(frozen=True, slots=True)
class Part:
    kind: Kind
    size_px: float
    inner: "Part | None" = None
    all: tuple[object, ...] = ()


@dataclass(frozen=True)
class Small:
    number: float


def as_python_writes(document: Any) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


@given(DOCUMENTS)
def test_a_document_is_written_as_python_writes_it(document: dict[str, Any]) -> None:
    assert "".join(text_in_pieces(document)) == as_python_writes(document)


@given(DOCUMENTS, st.lists(VALUES, max_size=3))
def test_a_list_may_come_one_by_one(document: dict[str, Any], values: list[Any]) -> None:
    whole = document | {"deep": {"sessions": values, "after": 1}, "last": values}
    lazy = document | {"deep": {"sessions": iter(values), "after": 1}, "last": iter(values)}
    assert "".join(text_in_pieces(lazy)) == as_python_writes(whole)


def test_no_more_than_one_is_taken_at_a_time() -> None:
    taken: list[int] = []

    def numbers() -> Iterator[int]:
        for number in range(3):
            taken.append(number)
            yield number

    pieces = text_in_pieces({"numbers": numbers()})
    while "0" not in next(pieces):
        pass
    assert taken == [0]


def test_values_are_plain_and_rounded() -> None:
    inner = Part(Kind.ONE, np.float64(1.23456))
    made = as_values({"a": Part(Kind.ONE, 0.00049, inner, (Small(2.0004), 1, None, True, "x"))})
    assert made == {
        "a": {
            "kind": "one",
            "size_px": 0.0,
            "inner": {"kind": "one", "size_px": 1.235, "inner": None, "all": []},
            "all": [{"number": 2.0}, 1, None, True, "x"],
        }
    }
    assert json.loads(json.dumps(made)) == made
