"""The settings as rows that a page or a list can be made of, and what each is called."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, get_args

from pydantic import Field

from coreline.choices.reminder import OFF as NO_TIMES
from coreline.choices.reminder import OFFERED, reminder_typed
from coreline.choices.settings import FIRST_CAMERA, Settings
from coreline.data_files import load_texts, load_vocabulary
from coreline.errors import BadDataError
from coreline.programme.language import LANGUAGES, Language
from coreline.programme.spec import Frozen
from coreline.programme.texts import FillableText, TextBook, TextTable
from coreline.programme.toml_data import near_names
from coreline.programme.typed import folded, meant

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
    TIMES = "times"  # off, or times of day; its options are some of them
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


class _SettingTexts(Frozen):
    """What is said of one setting."""

    label: FillableText
    hint: FillableText
    option: TextTable = Field(default_factory=dict)


class _SettingsFile(Frozen):
    """The data file of the texts."""

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
        _choice("report_pictures"),
        SettingRow("reminder", Kind.TIMES, OFFERED),
        SettingRow("recordings_dir", Kind.FOLDER),
    )


def label(setting_id: str, language: Language) -> str:
    """Return what a setting is called."""
    return _texts().say(f"setting.{setting_id}.label", language)


def hint(setting_id: str, language: Language) -> str:
    """Return one sentence on what a setting does."""
    return _texts().say(f"setting.{setting_id}.hint", language)


def value_in_words(row: SettingRow, value: str, language: Language) -> str:
    """Return one of the values that can be chosen as a person reads it."""
    texts = _texts().in_(language)
    option = f"setting.{row.id}.option.{value}"
    return texts(option) if option in texts.book else str(value)


def typed(setting_id: str, text: str) -> Any:
    """Return what a person typed as a value for the file; None to go back to the usual.

    Raises:
        BadDataError: There is no such setting, or this is no value of its kind.
    """
    rows = {row.id: row for row in describe()}
    if setting_id not in rows:
        near = near_names(setting_id, tuple(rows))
        nearest = near_names(setting_id, tuple(rows), "nl")
        there = ", ".join(rows)
        raise BadDataError(
            f"{setting_id}: no such setting;{near} there are {there}",
            nl=f"{setting_id}: zo'n instelling is er niet;{nearest} er zijn {there}",
        )
    if text.lower() == USUAL:
        return None
    match rows[setting_id].kind:
        case Kind.SWITCH:
            return _switched(setting_id, text)
        case Kind.VOLUME | Kind.SECONDS:
            return _number(setting_id, text)
        case Kind.CHOICE:
            return _option(rows[setting_id], text)
        case Kind.TIMES:
            return NO_TIMES if text.lower() in OFF else reminder_typed(setting_id, text)
        case _:
            return text


def _choice(setting_id: str) -> SettingRow:
    """Return a row whose options are those of the setting's type."""
    return SettingRow(
        setting_id, Kind.CHOICE, get_args(Settings.model_fields[setting_id].annotation)
    )


def _option(row: SettingRow, text: str) -> str:
    """Return the option that is meant, by its own name or its words in either language.

    What is none of them is returned as it is: the settings refuse it with all that it may be.
    """
    words = {"language": load_vocabulary().language, "surface": load_vocabulary().surface}
    named = meant(text, words.get(row.id, {}))
    if named in row.options:
        return str(named)
    for option in row.options:
        shown = (value_in_words(row, option, language) for language in LANGUAGES)
        if folded(text) in map(folded, (option, *shown)):
            return option
    return text


def _switched(setting_id: str, text: str) -> bool:
    """Return what is meant by on or off."""
    word = text.lower()
    if word not in ON + OFF:
        raise BadDataError(
            f'{setting_id}: "{text}": must be on or off',
            nl=f'{setting_id}: "{text}": moet aan of uit zijn (on, off)',
        )
    return word in ON


def _number(setting_id: str, text: str) -> float:
    """Return a number, also one with a Dutch comma."""
    try:
        return float(text.replace(",", "."))
    except ValueError as error:
        raise BadDataError(
            f'{setting_id}: "{text}": must be a number',
            nl=f'{setting_id}: "{text}": moet een getal zijn',
        ) from error


def _texts() -> TextBook:
    """Return the texts of the package's own file."""
    return load_texts(TEXTS, _SettingsFile)
