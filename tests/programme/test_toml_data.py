"""The errors of data files, on a small model of every shape the product's files have."""

import re
from typing import Annotated, Literal

import pytest
from pydantic import AfterValidator, Field

from coreline.errors import BadDataError
from coreline.programme.spec import Frozen
from coreline.programme.toml_data import near_names, parse_model


def _known(name: str) -> str:
    if name not in ("near.hip", "far.hip"):
        raise ValueError(f'"{name}" is no point')
    return name


Point = Annotated[str, AfterValidator(_known)]


class Round(Frozen):
    kind: Literal["round"]
    radius: Annotated[float, Field(gt=0)]


class Square(Frozen):
    kind: Literal["square"]
    edge: float


class Drawing(Frozen):
    shape: Annotated[Round | Square, Field(discriminator="kind")]
    needs: dict[Point, float] = Field(default_factory=dict)
    points: Annotated[tuple[Point, ...], Field(strict=False)] = ()
    more: Annotated[tuple[Round, ...], Field(strict=False, min_length=1)] | None = None


ROUND = 'shape = { kind = "round", radius = 2 }\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[shape]\nkind = 'round'\nradius = -1", "3: shape.radius: -1: must be greater than 0"),
        (
            "[shape]\nkind = 'round'\nedge = 1",
            "3: shape.edge: unknown key; allowed here: kind, radius",
        ),
        ("[shape]\nradius = 1", '1: shape.kind: missing; give one of "round", "square"'),
        ("\nshape = 3", "2: shape: 3: must be a table with the keys edge, kind, radius"),
        (ROUND + '[needs]\n"near.hip" = 1\n"hip" = 1', '4: needs.hip: "hip" is no point'),
        (ROUND + '[needs]\n"near.hip" = "x"', '3: needs."near.hip": "x": must be a number'),
        (ROUND + 'points = [\n "near.hip",\n "hip",\n]', '4: points[1]: "hip" is no point'),
        (ROUND + "more = []", "2: more: must have at least 1 item"),
        (
            ROUND + "more = [\n{kind = 'round', radius = 1},\n{kind = 'round', radios = 1}]",
            "4: more[1].radios: unknown key; did you mean radius?",
        ),
        (ROUND + "[[more]]\nkind = 'round'\nradius = 0", "4: more[0].radius: 0: must be greater"),
    ],
)
def test_each_shape_of_fault_names_line_and_key(text: str, said: str) -> None:
    with pytest.raises(BadDataError, match="^" + re.escape(f"d.toml:{said}")):
        parse_model(text, "d.toml", Drawing)


@pytest.mark.parametrize(
    "text",
    [
        'points = ["a\\nb"]',
        '"a\\nb" = 1',
        "x = \x1b[0m",
        "x = " + "[" * 20_000,
        "\u2028",
        "\r",
    ],
)
def test_every_error_is_one_printable_line(text: str) -> None:
    with pytest.raises(BadDataError) as caught:
        parse_model(ROUND + text, "d.toml", Drawing)
    assert str(caught.value).startswith("d.toml:2: ")
    assert str(caught.value).isprintable()


def test_a_sound_text_is_a_value() -> None:
    drawing = parse_model(ROUND + 'points = ["far.hip"]', "d.toml", Drawing)
    assert drawing == Drawing(shape=Round(kind="round", radius=2), points=("far.hip",))


def test_names_are_offered_only_when_near() -> None:
    assert near_names("radus", ["radius", "edge"]) == " did you mean radius?"
    assert near_names("x", ["radius", "edge"]) == ""
