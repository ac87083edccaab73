"""Help, and what is said of what was mistyped, in the language of the settings."""

import inspect
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from coreline.cli import COMMANDS, app
from coreline.commands.help_text import dutch_of, mistake_in_dutch

TABLE = tomllib.loads((files("coreline.commands") / "help.toml").read_text(encoding="utf-8"))
ROOT: Any = typer.main.get_command(app)
OF_TYPER = {"Show this message and exit.", "Examples:"}


def commands(command: Any = ROOT) -> Iterator[Any]:
    yield command
    for name in getattr(command, "commands", {}):
        yield from commands(command.get_command(None, name))


def texts() -> Iterator[str]:
    for command in commands():
        paragraphs = inspect.cleandoc(command.help).partition("\n\nRaises:")[0].split("\n\n")
        yield "\n\n".join(" ".join(each.split()) for each in paragraphs)
        yield from (each.help for each in command.params if getattr(each, "help", None))


def test_all_help_is_there_in_dutch_and_nothing_else() -> None:
    said = [each["en"] for each in TABLE["help"]]
    assert len(said) == len(set(said))
    assert set(said) == set(texts()) | OF_TYPER


def test_the_list_of_commands_says_of_each_what_its_own_help_says() -> None:
    said = {name: ROOT.get_command(None, name).get_short_help_str(1000) for name in COMMANDS}
    assert said == COMMANDS


def test_what_is_cut_off_in_the_list_of_commands_is_said_in_dutch() -> None:
    assert dutch_of("Train in front of the camera, and get the...").startswith("Train voor de")
    assert "\n" not in dutch_of("Train in front of the camera, and get the...")
    assert dutch_of("Nobody translated this.") == "Nobody translated this."


@pytest.fixture(params=["nl", "en"])
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("coreline.choices.language.system_language", lambda: request.param)
    return str(request.param)


def shown(*arguments: str) -> str:
    return CliRunner().invoke(app, arguments, prog_name="coreline").output


@pytest.mark.parametrize(
    ("typed", "dutch", "english"),
    [
        ("trian", "Er is geen opdracht 'trian'. Bedoel je 'train'?", "No such command 'trian'."),
        ("plan --nope", "Er is geen optie --nope", "No such option: --nope"),
        ("plan --weeks x", "'--weeks': geef een geheel getal", "Invalid value for '--weeks'"),
        ("plan --weeks", "Achter '--weeks' hoort nog iets.", "requires an argument."),
        ("analyze -e plank", "Er ontbreekt iets: ", "Missing argument "),
        ("train a b", "Dit is te veel: a b", "unexpected extra argument"),
        ("train --model x", "kies uit 'full', 'lite', 'heavy'.", "'full', 'lite', 'heavy'."),
    ],
)
def test_a_mistake_is_told_in_the_person_s_language(
    typed: str, dutch: str, english: str, language: str
) -> None:
    said = shown(*typed.split())
    assert (dutch in said) is (language == "nl"), said
    assert (english in said) is (language == "en" or english in dutch), said


def test_help_is_in_the_person_s_language(language: str) -> None:
    said = shown("plan", "--help")
    assert ("Gebruik: coreline plan [OPTIES]" in said) is (language == "nl")
    assert ("Usage: coreline plan [OPTIONS]" in said) is (language == "en")
    assert ("[standaard: 8]" in said) is (language == "nl"), said


@pytest.mark.usefixtures("language")
def test_a_group_alone_shows_its_help_line_by_line() -> None:
    lines = shown("voice").splitlines()
    assert "\\n" not in "".join(lines)
    assert any(line.strip().startswith("list ") for line in lines)
    assert not any("Raises" in line for line in shown("voice", "play", "-h").splitlines())


def test_a_mistake_that_nobody_foresaw_stays_as_it_is() -> None:
    assert mistake_in_dutch("Something else.") == "Something else."
