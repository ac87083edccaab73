"""What many exercises share: `use` in an exercise's file names a rule of the shared file."""

import tomllib
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import Field

from coreline.programme.conditions import BallSeen, Condition
from coreline.programme.rule_values import Point, Rule, Share
from coreline.programme.rules import Band, MeasureRule, PriorRange, Raises, named_measures
from coreline.programme.toml_data import near_names, parse_model, refuse_value
from coreline.programme.toml_lines import Path

Shared = Mapping[str, Mapping[str, Mapping[str, Any]]]

NOTHING_SHARED: Shared = MappingProxyType({})

# Where an exercise may refer to something shared, and which table of the shared file it is in. The
# position comes last: what is taken from it depends on what the rest names.
_PLACES: tuple[tuple[tuple[str, ...], str], ...] = (
    (("judging", "bands"), "bands"),
    (("judging", "start", "conditions"), "conditions"),
    (("judging", "ball"), "balls"),
    (("judging", "ball", "conditions"), "conditions"),
    (("judging", "raises"), "raises"),
    (("judging",), "positions"),
)


class Position(Rule):
    """How a body is read in one position, whatever is done in it; keys as of `Judging`."""

    line: str | None = None
    knee: str | None = None
    signal: str | None = None
    body_line: Annotated[tuple[Point, ...], Field(strict=False, min_length=2)]
    needs: dict[Point, Share]
    foot_up: Annotated[float, Field(gt=0)] | None = None
    measures: dict[str, MeasureRule] = Field(default_factory=dict)
    neutral: dict[str, PriorRange] = Field(default_factory=dict)


class SharedRules(Rule):
    """The shape of the shared file: of each kind of rule some, by name."""

    positions: dict[str, Position]
    balls: dict[str, BallSeen]
    bands: dict[str, Band]
    conditions: dict[str, Condition]
    raises: dict[str, Raises]


def parse_shared(text: str, source: str) -> Shared:
    """Return the shared rules in a TOML text, by kind and name; `source` is the file's name.

    Raises:
        BadDataError: The text is malformed.
    """
    parse_model(text, source, SharedRules)
    return tomllib.loads(text)


def fill_in(data: dict[str, Any], shared: Shared, text: str, source: str) -> None:
    """Put what is shared where `use` names it; keys beside `use` stand above the shared ones.

    `text` and `source` are those of the file that `data` was read from, for errors.

    Raises:
        BadDataError: A name is none of the shared ones.
    """
    for place, kind in _PLACES:
        for path, entry in _entries(data, place):
            if "use" in entry:
                name = entry.pop("use")
                known = shared.get(kind, {})
                if not isinstance(name, str) or name not in known:
                    raise refuse_value(text, source, (*path, "use"), _complaint(name, known))
                merge = _in_position if kind == "positions" else _over
                own = dict(entry)
                entry.clear()
                entry.update(merge(known[name], own))


def _over(shared: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Return the shared keys with the own ones above them."""
    return {**shared, **own}


def _in_position(shared: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Return an exercise's rules on those of its position.

    Measures and neutrals are laid over each other by name. Of the position's, only the measures
    that are named come along, and the neutrals of what is judged from the person's own.
    """
    merged = {**shared, **own}
    merged["neutral"] = _by_name(shared, own, "neutral", set(_judged_from_own(own)))
    named = {name for _, name in named_measures(merged)}
    merged["measures"] = _by_name(shared, own, "measures", named)
    if isinstance(merged["measures"], dict) and not named <= merged["measures"].keys():
        # A name is wrong: whoever says so has to know all the right ones.
        merged["measures"] = {**shared.get("measures", {}), **merged["measures"]}
    return merged


def _by_name(
    shared: Mapping[str, Any], own: Mapping[str, Any], table: str, wanted: set[str]
) -> Any:
    """Return a table of rules: all the own ones, and of the shared ones those that are wanted."""
    own_rules = own.get(table, {})
    if not isinstance(own_rules, dict):
        return own_rules  # malformed; the check of the data says so
    both = {**shared.get(table, {}), **own_rules}
    return {name: rule for name, rule in both.items() if name in wanted or name in own_rules}


def _judged_from_own(judging: Mapping[str, Any]) -> Iterator[str]:
    """Yield the measures that a band judges from the person's own neutral."""
    for _, band in _entries({"judging": judging}, ("judging", "bands")):
        if band.get("own", True) and isinstance(band.get("measure"), str):
            yield band["measure"]


def _entries(data: Any, place: tuple[str, ...]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield the table, or those of the array, at a place with their paths; others are passed."""
    for key in place:
        data = data.get(key) if isinstance(data, dict) else None
    if isinstance(data, dict):
        yield place, data
    for index, entry in enumerate(data if isinstance(data, list) else []):
        if isinstance(entry, dict):
            yield (*place, index), entry


def _complaint(name: object, known: Mapping[str, object]) -> str:
    """Return what is wrong with a name, and the names there are."""
    near = near_names(str(name), tuple(known))
    return f'"{name}" is not shared;{near} give one of {", ".join(known)}'
