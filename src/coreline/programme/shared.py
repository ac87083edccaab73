"""Bands and conditions that many exercises share: `use` in an exercise's file names one."""

import tomllib
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from coreline.programme.toml_data import near_names, refuse_value
from coreline.programme.toml_lines import Path

Shared = Mapping[str, Mapping[str, Mapping[str, Any]]]

NOTHING_SHARED: Shared = MappingProxyType({})

# Where an exercise may refer to something shared, and which table of the shared file it is in.
_PLACES: tuple[tuple[tuple[str, ...], str], ...] = (
    (("judging", "bands"), "bands"),
    (("judging", "start", "conditions"), "conditions"),
)


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
                own = dict(entry)
                entry.clear()
                entry.update({**known[name], **own})


def parse_shared(text: str) -> Shared:
    """Return the shared bands and conditions in the package's own TOML text."""
    return tomllib.loads(text)


def _entries(data: Any, place: tuple[str, ...]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield the tables of the array at a place, with their paths; malformed ones are passed."""
    for key in place:
        data = data.get(key) if isinstance(data, dict) else None
    for index, entry in enumerate(data if isinstance(data, list) else []):
        if isinstance(entry, dict):
            yield (*place, index), entry


def _complaint(name: object, known: Mapping[str, object]) -> str:
    """Return what is wrong with a name, and the names there are."""
    near = near_names(str(name), tuple(known))
    return f'"{name}" is not shared;{near} give one of {", ".join(known)}'
