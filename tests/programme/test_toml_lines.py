"""The line finder against `tomllib`: the same keys, each on the line where its value stands."""

import tomllib
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.programme.toml_lines import Path, key_lines

FIRST_MARK = 100_000
DECOYS = (
    '"[x]"',
    '"a = 1 # no comment"',
    "'C:\\'",
    '"\\"] }"',
    '"""\n[fake]\nk = 1\n"""',
    "'''\n[[fake]]\n'''",
    '"""two "" quotes and an end of one\\\n   """"',
    "''''''",
    "1979-05-27 07:32:00",
    "true",
    "-1.5e3",
)


@dataclass
class Writer:
    """Writes a valid document in which every key is new and every number names its own line."""

    draw: Any
    lines: list[str] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)
    arrays: list[str] = field(default_factory=list)
    count: int = 0

    def key(self) -> str:
        self.count += 1
        form = str(self.draw(st.sampled_from(["k{}", '"k {}"', "'k.{}'", "k-{}"])))
        return form.format(self.count)

    def mark(self) -> str:
        self.count += 1
        return str(FIRST_MARK + self.count)

    def value(self, depth: int) -> str:
        kinds = ["mark", "decoy", *(["array", "table"] if depth else [])]
        kind = self.draw(st.sampled_from(kinds))
        if kind == "mark":
            return self.mark()
        if kind == "decoy":
            return str(self.draw(st.sampled_from(DECOYS)))
        inner = self.draw(st.integers(0, 3))
        if kind == "array":
            gap = str(self.draw(st.sampled_from(["", " ", "\n  ", " # ] }\n"])))
            return "[" + ",".join(gap + self.value(depth - 1) for _ in range(inner)) + gap + "]"
        return "{ " + ", ".join(self.pair(depth - 1) for _ in range(inner)) + " }"

    def pair(self, depth: int) -> str:
        key = self.key()
        if self.draw(st.booleans()):
            key += self.draw(st.sampled_from([".", " . "])) + self.key()
        equals = self.draw(st.sampled_from(["=", " = "]))
        return f"{key}{equals}{self.value(depth)}"

    def header(self) -> None:
        kind = self.draw(st.sampled_from(["table", "array", *(["again"] if self.arrays else [])]))
        if kind == "again":
            self.lines.append(f"[[{self.draw(st.sampled_from(self.arrays))}]]")
            return
        parents = ["", *(f"{name}." for name in self.tables + self.arrays)]
        name = self.draw(st.sampled_from(parents)) + self.key()
        (self.tables if kind == "table" else self.arrays).append(name)
        self.lines.append(f"[{name}]" if kind == "table" else f"[[ {name} ]] # [[no]]")

    def document(self) -> str:
        for _ in range(self.draw(st.integers(0, 12))):
            kind = self.draw(st.sampled_from(["pair", "pair", "header", "", "# [c] = 1"]))
            if kind == "pair":
                self.lines.append(self.pair(2))
            elif kind == "header":
                self.header()
            else:
                self.lines.append(kind)
        return "\n".join(self.lines)


@st.composite
def documents(draw: Any) -> str:
    return Writer(draw).document()


def leaves(value: object, path: Path = ()) -> dict[Path, object]:
    if isinstance(value, dict):
        return {
            p: v for key, inner in value.items() for p, v in leaves(inner, (*path, key)).items()
        }
    if isinstance(value, list):
        inside = [leaves(inner, (*path, index)) for index, inner in enumerate(value)]
        return {p: v for each in inside for p, v in each.items()}
    return {path: value}


@given(documents(), st.sampled_from(["\n", "\r\n"]))
def test_every_value_is_found_on_its_own_line(text: str, newline: str) -> None:
    found = key_lines(text.replace("\n", newline))
    for path, value in leaves(tomllib.loads(text)).items():
        assert path in found
        if type(value) is int:
            assert str(value) in text.split("\n")[found[path] - 1]


@given(documents())
def test_no_key_is_made_up(text: str) -> None:
    for path in key_lines(text):
        here: Any = tomllib.loads(text)
        for step in path:
            here = here[step]


@pytest.mark.parametrize(
    ("text", "path", "line"),
    [
        ("\n\na = 1", ("a",), 3),
        ("[a.b]\nc = 1\n[a.d]\nc = 2", ("a", "d", "c"), 4),
        ("[[x]]\na = 1\n[[x]]\na = 2", ("x", 1, "a"), 4),
        ("[[x]]\n[x.y]\nz=1\n[[x]]\n[x.y]\nz=2", ("x", 1, "y", "z"), 6),
        ("a.b.c = 1\na.b.d = 2", ("a", "b", "d"), 2),
        ("a = { b = 1, c = { d = 2 } }", ("a", "c", "d"), 1),
        ("a = [\n 1,\n { b = 2 },\n]", ("a", 1, "b"), 3),
        ("[a.b]\nc=1\n[a]\nd=1", ("a",), 3),
        ('a = """\nb = 1\n"""\nb = 2', ("b",), 4),
        ('"a.b" = 1', ("a.b",), 1),
        ('"\\u0061" = 1', ("a",), 1),
    ],
)
def test_the_line_of_one_key(text: str, path: Path, line: int) -> None:
    assert key_lines(text)[path] == line
