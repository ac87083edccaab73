"""`coreline settings`: see and change what is chosen for every session."""

from enum import StrEnum
from typing import Annotated, Any

import typer

from coreline.app.reminding import remind_at
from coreline.choices.menu import (
    OFF,
    ON,
    USUAL,
    Kind,
    SettingRow,
    describe,
    typed,
)
from coreline.choices.menu import label as label_of
from coreline.choices.reminder import OFF as NO_REMINDER
from coreline.choices.settings import REMINDER, Settings, load_settings, put_setting
from coreline.commands.terminal import tell, tell_document, tell_lines
from coreline.commands.wording import words_in
from coreline.errors import BadDataError
from coreline.files.folders import settings_file

SCHEMA = 1
EXAMPLES = (
    "Examples:  coreline settings  |  coreline settings set sound beeps"
    '  |  coreline settings set camera "HD Webcam"  |  coreline settings set sound default'
)


class Action(StrEnum):
    """What is to be done with the settings."""

    SHOW = "show"
    SET = "set"
    PATH = "path"


def settings(
    action: Annotated[
        Action, typer.Argument(help="See them, change one, or see where the file is.")
    ] = Action.SHOW,
    key: Annotated[str | None, typer.Argument(help="The setting.")] = None,
    value: Annotated[
        str | None, typer.Argument(help="Its new value; default for the usual one.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For a machine to read.")] = False,
) -> None:
    """Show or change the settings."""
    match action:
        case Action.SET:
            _set(key, value, as_json=as_json)
        case Action.PATH:
            _refuse_more(key, "path")
            where = settings_file()
            if as_json:
                tell_document({"path": str(where)})
            else:
                tell(where)
        case Action.SHOW:
            _refuse_more(value, "show")
            _show(load_settings(), key, as_json=as_json)


def _set(key: str | None, value: str | None, *, as_json: bool) -> None:
    """Change one setting and say what it is now."""
    if key is None or value is None:
        raise BadDataError(
            "settings set: give a setting and its value, such as: sound beeps",
            nl="settings set: geef een instelling en de waarde, zoals: sound beeps",
        )
    _show(_changed(key, typed(key, value)), key, as_json=as_json)


def _changed(key: str, value: Any) -> Settings:
    """Change one setting; that of the reminder is the system's to keep as well."""
    return remind_at(value or NO_REMINDER) if key == REMINDER else put_setting(key, value)


def _refuse_more(word: str | None, action: str) -> None:
    """Refuse a word that would do nothing: the person expects it to."""
    if word is not None:
        raise BadDataError(
            f"settings {action}: {word} is too much; `coreline settings set KEY VALUE` changes one",
            nl=f"settings {action}: {word} is te veel; met `coreline settings set NAAM WAARDE` "
            "verander je er een",
        )


def _show(chosen: Settings, key: str | None, *, as_json: bool) -> None:
    """Say what the settings are, or one of them."""
    if key is not None:
        typed(key, USUAL)  # refuses a setting that does not exist
    rows = [row for row in describe() if key in {row.id, None}]
    if as_json:
        tell_document(_document(chosen, rows))
        return
    tell_lines(_line(row, chosen) for row in rows)
    if key is None:
        tell_lines(("", settings_file()))


def _line(row: SettingRow, chosen: Settings) -> str:
    """Return a setting as a line: its name, value, label and what it may be."""
    value = _as_typed(getattr(chosen, row.id))
    label = label_of(row.id, chosen.resolved_language)
    return f"{row.id:17} {value:12} {label}: {_may_be(row, chosen)}"


def _as_typed(value: object) -> str:
    """Return a value as one types it after `set`."""
    if isinstance(value, bool):
        return ON[1] if value else OFF[1]
    return USUAL if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _may_be(row: SettingRow, chosen: Settings) -> str:
    """Return what a setting may be."""
    if row.kind is Kind.CHOICE:
        return ", ".join(row.options)
    w = words_in(chosen.resolved_language)
    return w(f"settings.{row.kind}", least=f"{row.lowest:g}", most=f"{row.highest:g}")


def _document(chosen: Settings, rows: list[SettingRow]) -> dict[str, object]:
    """Return the settings as a machine reads them."""
    values = chosen.model_dump()
    return {
        "schema": SCHEMA,
        "path": str(settings_file()),
        "settings": {row.id: values[row.id] for row in rows},
    }
