"""No threshold without an origin, and no origin without a threshold."""

import tomllib
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from coreline.data_files import load_catalogue

ORIGINS: list[dict[str, str]] = tomllib.loads(
    (Path(__file__).parents[2] / "calibration" / "origins.toml").read_text(encoding="utf-8")
)["threshold"]
NO_LIMIT = 1e9


def numbers(value: Any, path: str) -> Iterator[str]:
    """Yield the place of every number that is a limit."""
    match value:
        case bool() | str() | None:
            return
        case int() | float():
            if abs(value) < NO_LIMIT:
                yield path
        case dict():
            for key, each in value.items():
                yield from numbers(each, f"{path}.{key}" if path else key)
        case list() | tuple():
            for each in value:
                name = each["measure"] if isinstance(each, dict) else "*"
                yield from numbers(each, f"{path}.{name}")


def places() -> set[str]:
    return {
        place
        for exercise in load_catalogue()
        if exercise.judging is not None
        for place in numbers(exercise.judging.model_dump(), "")
    }


def origin_of(place: str) -> str | None:
    return next((each["key"] for each in ORIGINS if fnmatchcase(place, each["key"])), None)


def test_every_threshold_has_an_origin() -> None:
    assert [place for place in sorted(places()) if origin_of(place) is None] == []


def test_every_origin_is_of_a_threshold() -> None:
    used = {origin_of(place) for place in places()}
    assert [each["key"] for each in ORIGINS if each["key"] not in used] == []


def test_origins_are_of_a_known_kind_and_explained() -> None:
    for each in ORIGINS:
        assert each["origin"] in {"handout", "literature", "measured", "guess"}
        assert each["note"]
