"""What Typer itself says, its help and what it says of what was mistyped, in the person's language.

The help is written in English where the commands are; `help.toml` has the same in Dutch. It is
looked up when help is shown: most runs show none.
"""

import re
import tomllib
from collections.abc import Sequence
from contextlib import AbstractContextManager
from functools import cache
from importlib.resources import files
from typing import Any, Final

from typer.core import TyperGroup

from coreline.choices.language import spoken_language

_Context: Final[Any] = TyperGroup.context_class
_Formatter: Final[Any] = _Context.formatter_class
_CUT_OFF: Final = "..."  # ends what Typer shortened for the list of commands
_EXTRA: Final = re.compile(r"(.*?)(?:\s*\[((?:default|required|x[<>]|\d|env).*)\])?", re.DOTALL)
_RAISES: Final = "Raises:"  # what a docstring tells its reader, and no patient
_EXAMPLES: Final = "Examples:"
_HEADINGS: Final = {
    "Arguments": "Argumenten",
    "Options": "Opties",
    "Commands": "Opdrachten",
    "Usage: ": "Gebruik: ",
    "[OPTIONS]": "[OPTIES]",
    "COMMAND [ARGS]...": "OPDRACHT [ARGUMENTEN]...",
    "default:": "standaard:",
    "required": "verplicht",
}


def speaks_dutch() -> bool:
    """Say whether the person's language is Dutch."""
    return spoken_language() == "nl"


class HelpFormatter(_Formatter):  # type: ignore[misc] # Typer brings a Click of its own, or not
    """Writes help in the person's language."""

    def __init__(self, *args: Any, **given: Any) -> None:
        """Take what Click gives a formatter."""
        super().__init__(*args, **given)
        self._dutch = speaks_dutch()

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how a command is used."""
        super().write_usage(prog, self._named(args), self._named(prefix or "Usage: "))

    def section(self, name: str) -> AbstractContextManager[None]:
        """Begin a section."""
        section: AbstractContextManager[None] = super().section(self._named(name))
        return section

    def write_text(self, text: str) -> None:
        """Write what a command does, or its examples."""
        said = text.partition(_RAISES)[0].rstrip()
        super().write_text(dutch_of(said) if self._dutch else said)

    def write_dl(self, rows: Sequence[tuple[str, str]], *args: Any, **given: Any) -> None:
        """Write options or commands, and what each is."""
        shown = [(name, self._row(said)) for name, said in rows]
        super().write_dl(shown, *args, **given)

    def _named(self, text: str) -> str:
        if self._dutch:
            for english, dutch in _HEADINGS.items():
                text = text.replace(english, dutch)
        return text

    def _row(self, said: str) -> str:
        found = _EXTRA.fullmatch(said) if self._dutch else None
        if found is None:
            return said
        extra = f"  [{self._named(found[2])}]" if found[2] else ""
        return f"{dutch_of(found[1])}{extra}"


class HelpContext(_Context):  # type: ignore[misc] # likewise
    """Where a command runs, with help in the person's language."""

    formatter_class = HelpFormatter


def with_help(command: Any) -> Any:
    """Return a command, and with it those below it, whose help is in the person's language."""
    command.context_class = HelpContext
    for each in getattr(command, "commands", {}).values():
        with_help(each)
    return command


def dutch_of(text: str) -> str:
    """Return a text of the help in Dutch; as it is where there is none."""
    if text.startswith(_EXAMPLES):
        return f"{_table()[_EXAMPLES]}{text.removeprefix(_EXAMPLES)}"
    one_line = _as_key(text)
    if one_line.endswith(_CUT_OFF):
        head = one_line.removesuffix(_CUT_OFF)
        texts = _table().items()
        whole = [nl.partition("\n\n")[0] for en, nl in texts if en.startswith(head)]
    else:
        whole = [_table()[one_line]] if one_line in _table() else _first_paragraphs(one_line)
    return whole[0] if whole else text


def mistake_in_dutch(message: str) -> str:
    """Return what Typer says of what was mistyped in Dutch; as it is where nobody foresaw it."""
    for pattern, dutch in _mistakes():
        found = pattern.fullmatch(message)
        if found:
            return found.expand(dutch)
    return message


def _first_paragraphs(text: str) -> list[str]:
    """Return the first paragraph in Dutch of what begins with this one."""
    starts = ((each.partition("\n\n")[0] for each in texts) for texts in _table().items())
    return [nl for en, nl in starts if text in (en, en.removesuffix("."))]


def _as_key(text: str) -> str:
    """Return a text with its lines put together, and its paragraphs kept."""
    return "\n\n".join(" ".join(each.split()) for each in text.split("\n\n"))


@cache
def _read() -> dict[str, list[dict[str, str]]]:
    text = (files("coreline.commands") / "help.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _table() -> dict[str, str]:
    return {each["en"]: each["nl"] for each in _read()["help"]}


@cache
def _mistakes() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(each["en"], re.DOTALL), each["nl"]) for each in _read()["mistakes"]]
