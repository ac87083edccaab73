"""What a person has chosen, in a TOML file of the platform's folder for settings.

The file holds only what differs from the usual, and belongs to the person: their comments and
their order stay, and a file that cannot be understood is never written over.
"""

from collections.abc import Mapping
from datetime import time
from pathlib import Path
from typing import Annotated, Any, Final, Literal, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field

from coreline.choices.language import system_language
from coreline.choices.reminder import OFF, checked, times_of
from coreline.errors import BadDataError
from coreline.files.folders import make_private, settings_file
from coreline.files.reading import reason_in_dutch
from coreline.files.toml_texts import read_toml
from coreline.files.writing import write_text
from coreline.limits import SETTINGS_BYTES
from coreline.programme.language import Language
from coreline.programme.spec import Frozen
from coreline.programme.toml_data import parse_model

FIRST_CAMERA: Final = "first"
REMINDER: Final = "reminder"  # the setting of which the system must know
HEADER: Final = "Coreline's settings. `coreline settings` lists them all, and what each may be."


def _camera_as_text(camera: object) -> object:
    """Take a camera's number without quotes as well."""
    is_number = isinstance(camera, int) and not isinstance(camera, bool)
    return str(camera) if is_number else camera


def _not_negative(camera: str) -> str:
    """Refuse what can be nothing but a slip of the pen."""
    if not camera.strip() or camera.lstrip().startswith("-"):
        raise ValueError("must be first, a number from 0, a name, or an address")
    return camera.strip()


def _whole_path(folder: str) -> str:
    """Refuse a folder that would depend on where the program was started."""
    if not Path(folder).expanduser().is_absolute():
        raise ValueError("must be a whole path, such as ~/voice")
    return folder


Camera: TypeAlias = Annotated[str, BeforeValidator(_camera_as_text), AfterValidator(_not_negative)]
Folder: TypeAlias = Annotated[str, AfterValidator(_whole_path)]
Reminder: TypeAlias = Annotated[str, AfterValidator(checked)]
Volume: TypeAlias = Annotated[float, Field(ge=0.0, le=1.0)]
ExtensionSeconds: TypeAlias = Annotated[float, Field(ge=5.0, le=120.0)]


class Settings(Frozen):
    """Everything that can be chosen; what is not in the file is as it is here.

    Attributes:
        camera: first, a number, a part of a name, or an address.
        mirror: The picture is shown as a mirror shows it. What is judged never is.
        model: The pose model: lite for a slow computer, heavy for a fast one.
        language: Of everything read and heard.
        sound: A voice and beeps, beeps alone, or nothing.
        voice_volume: 0 to 1.
        beep_volume: 0 to 1.
        recordings_dir: The person's own recordings of the voice; None for the usual folder.
        full_screen: The window fills the screen.
        surface: What the exercises are done on, unless the profile says otherwise.
        guide: When set-up check and explanation come: the first time that an exercise is done,
            always, or never.
        second_way: A symmetrical pose is done facing each way.
        hand_pauses: A raised hand pauses.
        rest_extension_s: How much longer a rest gets at a key.
        keep_video: The pictures of a session are kept on this computer.
        report_pictures: What the person agreed to: whether pictures out of the kept video stand in
            reports, and whether with faces.
        reminder: off, or the times of day at which the system reminds.
    """

    camera: Camera = FIRST_CAMERA
    mirror: bool = True
    model: Literal["full", "lite", "heavy"] = "full"
    language: Literal["system", "nl", "en"] = "system"
    sound: Literal["voice", "beeps", "mute"] = "voice"
    voice_volume: Volume = 1.0
    beep_volume: Volume = 0.8
    recordings_dir: Folder | None = None
    full_screen: bool = False
    surface: Literal["floor", "ball"] = "floor"
    guide: Literal["first", "always", "never"] = "first"
    second_way: bool = True
    hand_pauses: bool = True
    rest_extension_s: ExtensionSeconds = 15.0
    keep_video: bool = False
    report_pictures: Literal["off", "no_faces", "on"] = "off"
    reminder: Reminder = OFF

    @property
    def resolved_language(self) -> Language:
        """Return the language that is spoken, which may be the system's."""
        return system_language() if self.language == "system" else self.language

    @property
    def reminded_at(self) -> tuple[time, ...]:
        """Return the times of day at which the system reminds; none when it does not."""
        return times_of(self.reminder)


def load_settings(path: Path | None = None) -> Settings:
    """Return the settings; those of a file that is not there are the usual ones.

    Args:
        path: The file; the platform's own when None.

    Raises:
        BadDataError: The file cannot be read, or a key or value in it is wrong.
    """
    place = path or settings_file()
    return parse_model(_text_of(place), str(place), Settings)


def put_setting(key: str, value: object, path: Path | None = None) -> Settings:
    """Change one setting in the file and return them all; None takes it out, for the usual.

    A wrong value of this key in the file does not matter: it is what the change corrects.

    Raises:
        BadDataError: The value does not fit the setting, there is no such setting, or the file has
            another fault; it stays as it is.
        BadOutputError: It cannot be written.
    """
    place = path or settings_file()
    if value is not None or key not in Settings.model_fields:
        _refuse_misfit(key, "" if value is None else value)
    text = _changed(_text_of(place), str(place), {key: value})
    settings = parse_model(text, str(place), Settings)
    _write(place, text)
    return settings


def _refuse_misfit(key: str, value: object) -> None:
    """Try the value by itself, since the file may have other faults."""
    import tomlkit  # noqa: PLC0415 - reading, which every command does, takes none of it

    alone = tomlkit.document()
    alone[key] = value
    try:
        parse_model(alone.as_string(), "settings", Settings)
    except BadDataError as error:
        en, nl = (error.in_(each).removeprefix("settings:1: ") for each in ("en", "nl"))
        raise BadDataError(en, nl=nl) from error


def _changed(text: str, source: str, changes: Mapping[str, Any]) -> str:
    """Return the text of the file with some values changed; None takes a key out."""
    import tomlkit  # noqa: PLC0415 - reading, which every command does, takes none of it
    from tomlkit.exceptions import TOMLKitError  # noqa: PLC0415 - the same

    try:
        document = tomlkit.parse(text)
    except TOMLKitError as error:
        parse_model(text, source, Settings)  # says it in the words of every other file
        raise BadDataError(
            f"{source}: not TOML, correct it: {error}",
            nl=f"{source}: geen TOML, verbeter het: {error}",
        ) from error
    if not text.strip():
        document.add(tomlkit.comment(HEADER))
    for key, value in changes.items():
        if value is None:
            document.pop(key, None)
        else:
            document[key] = value
    return document.as_string()


def _text_of(path: Path) -> str:
    """Return the file's text, nothing where there is none; a byte order mark is passed over."""
    try:
        return read_toml(path, SETTINGS_BYTES, also_device=True)
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise BadDataError(
            f"{path}: cannot be read ({error.strerror or error}); correct or move it",
            nl=f"{path}: niet te lezen ({reason_in_dutch(error)}); verbeter of verplaats het",
        ) from error


def _write(path: Path, text: str) -> None:
    """Put the new file in the place of the old one; the folder is made where it is missing."""
    make_private(path.parent)
    write_text(path, text)
