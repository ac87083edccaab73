"""From a TOML text to a checked value; an error is one line with file, line, key and fix."""

import difflib
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, Literal, TypeVar, get_args, get_origin

from pydantic import BaseModel, RootModel, ValidationError
from pydantic_core import ErrorDetails

from coreline.errors import BadDataError
from coreline.programme.toml_lines import Path, key_lines

Model = TypeVar("Model", bound=BaseModel)

_SYNTAX_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def parse_model(
    text: str,
    source: str,
    model: type[Model],
    fill_in: Callable[[dict[str, Any]], None] | None = None,
    context_of: Callable[[dict[str, Any]], dict[str, Any]] | None = None,
) -> Model:
    """Return a TOML text as a model; `source` is the file's name, for errors.

    `fill_in` may complete the data before they are checked; then a model's `filled_in_keys`, which
    it takes away, are allowed too. `context_of` is what in the data themselves the checks need to
    know.

    Raises:
        BadDataError: The text is no TOML, or a key is unknown, missing, or has a wrong value.
    """
    data = parse_toml(text, source)
    if fill_in is not None:
        fill_in(data)
    try:
        return model.model_validate(data, context=context_of and context_of(data))
    except ValidationError as refusal:
        errors = refusal.errors(include_url=False)
    filled = fill_in is not None
    found = [_Finding(error, data, model, key_lines(text), filled) for error in errors]
    # A misspelt key is also a missing one, and an array with a bad element also one too short:
    # the misspelling and the element are what there is to correct.
    first = min(
        found, key=lambda each: (each.holds_any_of(found), not each.is_unknown_key, each.line)
    )
    raise _error(source, first.line, first.message())


def refuse_value(text: str, source: str, path: Path, complaint: str) -> BadDataError:
    """Return the error for a value that is well-formed but does not fit what is around it."""
    return _error(source, nearest_line(key_lines(text), path), f"{_dotted(path)}: {complaint}")


def near_names(name: str, known: Sequence[str], language: Literal["nl", "en"] = "en") -> str:
    """Return ` did you mean x or y?` for the known names near this one, or the empty string."""
    near = near_of(name.lower(), known)
    if not near:
        return ""
    dutch = language == "nl"
    return f" bedoel je {' of '.join(near)}?" if dutch else f" did you mean {' or '.join(near)}?"


def near_of(name: str, known: Sequence[str]) -> list[str]:
    """Return the known names near this one, the nearest first: three at most, or plainly one."""
    plainly = difflib.get_close_matches(name, known, n=1, cutoff=0.9)
    return plainly or difflib.get_close_matches(name, known, n=3, cutoff=0.6)


# Of the complaints, which are pydantic's and our own: what a person with a file of settings meets.
_DUTCH: Final = (
    (
        r"^column (\d+): not TOML, correct it near `(.*)`: .*$",
        r"kolom \1: geen TOML, verbeter het bij `\2`",
    ),
    (r"^not TOML, correct it near `(.*)`: .*$", r"geen TOML, verbeter het bij `\1`"),
    (r"unknown key;", "onbekende sleutel;"),
    (r"did you mean (.*)\?", lambda m: f"bedoel je {m[1].replace(' or ', ' of ')}?"),
    (r"allowed here: ", "hier kan: "),
    (r"missing; add it$", "ontbreekt; voeg het toe"),
    (r"missing; give one of ", "ontbreekt; geef een van "),
    (r"must be one of ", "moet een van deze zijn: "),
    (
        r"must be first, a number from 0, a name, or an address",
        "moet first zijn, een nummer vanaf 0, een naam of een adres",
    ),
    (r"must be a whole path, such as ", "moet een heel pad zijn, zoals "),
    (
        r"must be off, or up to (\d+) times such as ",
        r"moet off zijn, of hoogstens \1 tijden, zoals ",
    ),
    (r"must be off, or times such as ", "moet off zijn, of tijden, zoals "),
    (r"must be a table with the keys ", "moet een tabel zijn met de sleutels "),
    (r"must be greater than or equal to ", "moet minstens dit zijn: "),
    (r"must be less than or equal to ", "moet hoogstens dit zijn: "),
    (r"must be greater than ", "moet meer zijn dan "),
    (r"must be less than ", "moet minder zijn dan "),
    (r"must be a whole number", "moet een geheel getal zijn"),
    (r"must be a number", "moet een getal zijn"),
    (r"must be a string", "moet een tekst zijn"),
    (r"must be a boolean", "moet true of false zijn"),
    (r"must be ('.*)$", lambda m: f"moet {m[1].replace(' or ', ' of ')} zijn"),
)


def parse_toml(text: str, source: str) -> dict[str, Any]:
    """Return a TOML text as nested dicts.

    Raises:
        BadDataError: It is none; the line is told.
    """
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # no TOML, or too long or too deep for Python
        complaint = str(error)
    lines = text.rstrip("\n").split("\n")
    place = _SYNTAX_PLACE.search(complaint)
    line = int(place.group(1)) if place and place.group(1) else len(lines)
    near = lines[min(line, len(lines)) - 1].strip()
    said = _SYNTAX_PLACE.sub("", complaint)
    column = f"column {place.group(2)}: " if place and place.group(2) else ""
    shown = near[:40]
    raise BadDataError(
        f"{source}:{line}: {column}not TOML, correct it near `{shown}`: {said}",
        nl=f"{source}:{line}: {column.replace('column', 'teken')}geen TOML, verbeter het bij "
        f'`{shown}`; zet tekst tussen aanhalingstekens, "zo" ({said})',
    )


def _error(source: str, line: int, message: str) -> BadDataError:
    return BadDataError(f"{source}:{line}: {message}", nl=f"{source}:{line}: {_in_dutch(message)}")


def _in_dutch(message: str) -> str:
    """Return a complaint in Dutch, as far as there are words for it."""
    for english, dutch in _DUTCH:
        message = re.sub(english, dutch, message)
    return message


class _Finding:
    """One of pydantic's complaints, put where the file's writer can find it."""

    def __init__(
        self,
        error: ErrorDetails,
        data: Mapping[str, Any],
        model: type[BaseModel],
        lines: Mapping[Path, int],
        filled: bool,
    ) -> None:
        self.error = error
        self.filled = filled
        self.path = _path_in_data(error["loc"], data)
        if error["type"].startswith("union_tag_"):  # the key at fault is the one that decides
            self.path = (*self.path, error["ctx"]["discriminator"].strip("'"))
        self.model = model
        self.line = nearest_line(lines, self.path)

    @property
    def is_unknown_key(self) -> bool:
        """Say whether the file has a key that the product does not know."""
        return self.error["type"] == "extra_forbidden"

    def holds_any_of(self, others: Sequence["_Finding"]) -> bool:
        """Say whether another finding lies inside what this one is about."""
        length = len(self.path)
        return any(len(o.path) > length and o.path[:length] == self.path for o in others)

    def message(self) -> str:
        """Return key, complaint and fix."""
        return f"{_dotted(self.path) or 'file'}: {self._complaint()}"

    def _complaint(self) -> str:
        """Say what is wrong with the key and how to fix it."""
        match self.error["type"]:
            case "extra_forbidden":
                allowed = self._allowed_keys(self.error["loc"][:-1])
                near = near_names(str(self.path[-1]), allowed)
                return f"unknown key;{near} allowed here: {', '.join(allowed)}"
            case "missing":
                return "missing; add it"
            case "union_tag_not_found":
                return f"missing; give one of {self._tags()}"
            case "union_tag_invalid":
                return f"{_as_toml(self.error['ctx']['tag'])}: must be one of {self._tags()}"
            case "model_type" | "model_attributes_type":
                allowed = self._allowed_keys(self.error["loc"])
                return f"{self._shown()}must be a table with the keys {', '.join(allowed)}"
            case _:
                return self._refused_value()

    def _allowed_keys(self, location: Sequence[str | int]) -> list[str]:
        """Return the keys that may be written at pydantic's location."""
        models = _models_at(self.model, location)
        allowed = {key for each in models for key in each.model_fields}
        if self.filled:
            allowed.update(key for each in models for key in getattr(each, "filled_in_keys", ()))
        return sorted(allowed)

    def _tags(self) -> str:
        """Return the kinds that a table may be of, by the key that decides it."""
        models = _models_at(self.model, self.error["loc"])
        annotations = [model.model_fields[str(self.path[-1])].annotation for model in models]
        return ", ".join(f'"{tag}"' for each in annotations for tag in get_args(each))

    def _refused_value(self) -> str:
        """Say what the value must be, and show it where the complaint does not already."""
        said = _plain(self.error["msg"])
        return said if said.startswith(_as_toml(self.error["input"])) else f"{self._shown()}{said}"

    def _shown(self) -> str:
        """Return the refused value where it is short enough to show."""
        value = self.error["input"]
        if isinstance(value, dict | list):
            return ""
        return f"{_as_toml(value)[:40]}: "


def _as_toml(value: object) -> str:
    """Return a scalar as it stands in a TOML file."""
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)


def _plain(complaint: str) -> str:
    """Return pydantic's sentence as the end of a line."""
    plain = complaint.removeprefix("Value error, ").replace("valid integer", "valid whole number")
    return re.sub(r"^\w+ should (be|have|match)( a valid)?", _as_must, plain)


def _as_must(found: re.Match[str]) -> str:
    """Return `Input should be a valid` as `must be a`."""
    return f"must {found.group(1)}{' a' if found.group(2) else ''}"


def _path_in_data(location: Sequence[str | int], data: Mapping[str, Any]) -> Path:
    """Return pydantic's location without its own marks: union tags, and "[key]" for a bad key."""
    path: Path = ()
    here: Any = data
    for number, step in enumerate(location, start=1):
        inside = isinstance(here, dict | list) and _has(here, step)
        if inside:
            here = here[step]
        if inside or (number == len(location) and step != "[key]"):
            path = (*path, step)
    return path


def _has(container: dict[str, Any] | list[Any], step: str | int) -> bool:
    """Say whether a table has this key, or an array this position."""
    if isinstance(container, list):
        return isinstance(step, int) and step < len(container)
    return step in container


def nearest_line(lines: Mapping[Path, int], path: Path) -> int:
    """Return the line of a key, or of the closest table around it; the first line for none."""
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return 1


def _dotted(path: Path) -> str:
    """Return a path as one writes it: `cues[3].id`, `needs."near.hip"`."""
    return "".join(_dotted_step(step) for step in path).removeprefix(".")


def _dotted_step(step: str | int) -> str:
    """Return one step of a path; a key is quoted where TOML wants it so."""
    if isinstance(step, int):
        return f"[{step}]"
    return f".{step}" if re.fullmatch(r"[\w-]+", step) else f'."{step}"'


def _models_at(model: type[BaseModel], location: Sequence[str | int]) -> list[type[BaseModel]]:
    """Return the models that may stand at pydantic's location."""
    here = [model]
    if issubclass(model, RootModel):  # a file without tables: its keys are what it holds
        here = list(_models_in(model.model_fields["root"].annotation))
    for step in location:
        here = _step_into(here, step)
    return here


def _step_into(models: list[type[BaseModel]], step: str | int) -> list[type[BaseModel]]:
    """Return the models behind a key, or of a union the one that bears this tag."""
    fields = [each.model_fields[str(step)] for each in models if str(step) in each.model_fields]
    if fields:
        return [inner for field in fields for inner in _models_in(field.annotation)]
    return [each for each in models if _bears_tag(each, step)] or models


def _bears_tag(model: type[BaseModel], tag: str | int) -> bool:
    """Say whether a model has a field that can only be this tag."""
    annotations = [field.annotation for field in model.model_fields.values()]
    return any(get_origin(each) is Literal and tag in get_args(each) for each in annotations)


def _models_in(annotation: object) -> Iterator[type[BaseModel]]:
    """Yield the models named anywhere in an annotation: optional, tuple, dict or union."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)
