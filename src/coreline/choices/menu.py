"""The settings as rows that a page or a list can be made of, and what each is called."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, get_args

from pydantic import Field

from coreline.choices.settings import FIRST_CAMERA, Settings
from coreline.data_files import load_texts
from coreline.errors import BadDataError
from coreline.programme.spec import Frozen, Language
from coreline.programme.texts import FillableText, TextBook, TextTable
from coreline.programme.toml_data import near_names

TEXTS: Final = "choices/texts.toml"
VOLUME_STEP: Final = 0.1
SECONDS_STEP: Final = 5.0
LONGEST_REST_S: Final = 120.0
USUAL: Final = "default"  # in place of a value: take the setting out of the file
ON: Final = ("true", "on", "yes", "1", "aan", "ja")
OFF: Final = ("false", "off", "no", "0", "uit", "nee")


class Kind(StrEnum):
    """What a setting's value is, and so how it is changed."""

    CHOICE = "choice"  # one of its options
    SWITCH = "switch"  # true or false
    CAMERA = "camera"  # a number, a name, an address; its options are the cameras that are there
    VOLUME = "volume"  # 0 to 1
    SECONDS = "seconds"
    FOLDER = "folder"  # a path, or nothing; typed, so not for a page without a keyboard


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One setting.

    Attributes:
        id: Its name in `Settings`, in the file, and in the texts.
        kind: What its value is.
        options: The values that can be stepped through, as they stand in the file.
        lowest: Of a volume or of seconds.
        highest: Of a volume or of seconds.
        step: Of a volume or of seconds.
    """

    id: str
    kind: Kind
    options: tuple[str, ...] = ()
    lowest: float = 0.0
    highest: float = 1.0
    step: float = VOLUME_STEP


@dataclass(frozen=True, slots=True)
class MenuRow:
    """One setting in words: what it is called, its value, and what it is for."""

    id: str
    label: str
    value: str
    hint: str


class _SettingTexts(Frozen):
    """What is said of one setting."""

    label: FillableText
    hint: FillableText
    option: TextTable = Field(default_factory=dict)


class _SettingsFile(Frozen):
    """The data file of the texts."""

    value: TextTable
    setting: dict[str, _SettingTexts]


def describe(cameras: Sequence[str] = ()) -> tuple[SettingRow, ...]:
    """Return every setting, in the order in which a page shows them.

    Args:
        cameras: The names or numbers of the cameras that are there.
    """
    return (
        _choice("language"),
        SettingRow("camera", Kind.CAMERA, (FIRST_CAMERA, *cameras)),
        SettingRow("mirror", Kind.SWITCH),
        SettingRow("full_screen", Kind.SWITCH),
        _choice("sound"),
        SettingRow("voice_volume", Kind.VOLUME),
        SettingRow("beep_volume", Kind.VOLUME),
        _choice("surface"),
        SettingRow("second_way", Kind.SWITCH),
        _choice("guide"),
        SettingRow("hand_pauses", Kind.SWITCH),
        SettingRow(
            "rest_extension_s", Kind.SECONDS, (), SECONDS_STEP, LONGEST_REST_S, SECONDS_STEP
        ),
        _choice("model"),
        SettingRow("keep_video", Kind.SWITCH),
        SettingRow("recordings_dir", Kind.FOLDER),
    )


def menu(settings: Settings, language: Language) -> tuple[MenuRow, ...]:
    """Return the settings in words."""
    return tuple(
        MenuRow(
            row.id,
            label(row.id, language),
            value_in_words(row, getattr(settings, row.id), language),
            hint(row.id, language),
        )
        for row in describe()
    )


def label(setting_id: str, language: Language) -> str:
    """Return what a setting is called."""
    return _texts().say(f"setting.{setting_id}.label", language)


def hint(setting_id: str, language: Language) -> str:
    """Return one sentence on what a setting does."""
    return _texts().say(f"setting.{setting_id}.hint", language)


def value_in_words(row: SettingRow, value: object, language: Language) -> str:
    """Return a value as a person reads it."""
    texts = _texts().in_(language)
    if row.kind is Kind.SWITCH:
        return texts("value.on" if value else "value.off")
    if value is None:
        return texts("value.usual")
    if isinstance(value, float):
        shown = value * 100 if row.kind is Kind.VOLUME else value
        return texts(f"value.{row.kind.value}", n=f"{shown:.0f}")
    option = f"setting.{row.id}.option.{value}"
    return texts(option) if option in texts.book else str(value)


def stepped(settings: Settings, row: SettingRow, step: int) -> Settings:
    """Return the settings with one of them a step on (+1) or back (-1).

    Options and switches go round; volumes and seconds stop at their ends; a folder stays.
    """
    return settings.model_copy(update={row.id: _next(row, getattr(settings, row.id), step)})


def typed(setting_id: str, text: str) -> Any:
    """Return what a person typed as a value for the file; None to go back to the usual.

    Raises:
        BadDataError: There is no such setting, or this is no value of its kind.
    """
    rows = {row.id: row for row in describe()}
    if setting_id not in rows:
        near = near_names(setting_id, tuple(rows))
        raise BadDataError(f"{setting_id}: no such setting;{near} there are {', '.join(rows)}")
    if text.lower() == USUAL:
        return None
    match rows[setting_id].kind:
        case Kind.SWITCH:
            return _switched(setting_id, text)
        case Kind.VOLUME | Kind.SECONDS:
            return _number(setting_id, text)
        case _:
            return text


def _choice(setting_id: str) -> SettingRow:
    """Return a row whose options are those of the setting's type."""
    return SettingRow(
        setting_id, Kind.CHOICE, get_args(Settings.model_fields[setting_id].annotation)
    )


def _next(row: SettingRow, value: Any, step: int) -> object:
    """Return the value after or before this one."""
    if row.kind is Kind.SWITCH:
        return not value
    if row.kind in {Kind.VOLUME, Kind.SECONDS}:
        near = round((value + step * row.step) / row.step) * row.step
        return round(min(max(near, row.lowest), row.highest), 3)
    if not row.options:
        return value
    if value not in row.options:  # a camera that is not there now
        return row.options[0]
    return row.options[(row.options.index(value) + step) % len(row.options)]


def _switched(setting_id: str, text: str) -> bool:
    """Return what is meant by on or off."""
    word = text.lower()
    if word not in ON + OFF:
        raise BadDataError(f'{setting_id}: "{text}": must be on or off')
    return word in ON


def _number(setting_id: str, text: str) -> float:
    """Return a number, also one with a Dutch comma."""
    try:
        return float(text.replace(",", "."))
    except ValueError as error:
        raise BadDataError(f'{setting_id}: "{text}": must be a number') from error


def _texts() -> TextBook:
    """Return the texts of the package's own file."""
    return load_texts(TEXTS, _SettingsFile)
