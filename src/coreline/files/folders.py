"""Where Coreline keeps things on this computer: the one place that knows the platform's folders.

Nothing is made before it is needed, and what is made is for its owner alone. Two variables of the
environment move everything elsewhere, to a stick for instance.
"""

import os
from pathlib import Path
from typing import Final

from platformdirs import user_config_path, user_data_path

from coreline.errors import BadOutputError

NAME: Final = "coreline"
CONFIG_VARIABLE: Final = "CORELINE_CONFIG_DIR"
DATA_VARIABLE: Final = "CORELINE_DATA_DIR"
OWNER_ONLY: Final = 0o700


def config_folder() -> Path:
    """Return the folder of the settings."""
    return _named(CONFIG_VARIABLE) or user_config_path(NAME, appauthor=False)


def data_folder() -> Path:
    """Return the folder of everything that training leaves behind."""
    return _named(DATA_VARIABLE) or user_data_path(NAME, appauthor=False)


def settings_file() -> Path:
    """Return where the settings are, or would be."""
    return config_folder() / "settings.toml"


def database_file() -> Path:
    """Return where the journal is, or would be."""
    return data_folder() / "coreline.sqlite3"


def reports_folder() -> Path:
    """Return the folder of the form reports."""
    return data_folder() / "reports"


def exercises_folder() -> Path:
    """Return the folder of the person's own exercises."""
    return data_folder() / "exercises"


def voice_folder() -> Path:
    """Return the folder of the person's own recordings of the voice, laid out as `sounds` is."""
    return data_folder() / "recordings"


def videos_folder() -> Path:
    """Return the folder of the videos that are kept on request."""
    return data_folder() / "videos"


def log_folder() -> Path:
    """Return the folder of what the program notes about itself."""
    return data_folder() / "log"


def make_private(folder: Path) -> Path:
    """Make a folder and those around it that are missing, for their owner alone, and return it.

    Raises:
        BadOutputError: It cannot be made.
    """
    try:
        make_folder(folder)
    except OSError as error:
        raise BadOutputError(
            f"{folder}: this folder cannot be made ({error.strerror}); fix that, or name another "
            f"place in {DATA_VARIABLE} or {CONFIG_VARIABLE}",
            nl=f"{folder}: deze map kan niet gemaakt worden ({error.strerror}); los dat op, of "
            f"noem een andere plek in {DATA_VARIABLE} of {CONFIG_VARIABLE}",
        ) from error
    return folder


def make_folder(folder: Path) -> None:
    """Make a folder and those around it that are missing, for their owner alone.

    The outermost comes first: `mkdir` gives its mode to the innermost alone.

    Raises:
        OSError: It cannot be made.
    """
    if not folder.parent.exists():
        make_folder(folder.parent)
    folder.mkdir(mode=OWNER_ONLY, exist_ok=True)


def _named(variable: str) -> Path | None:
    """Return the folder that the environment names, whole."""
    name = os.environ.get(variable)
    return Path(name).expanduser().absolute() if name else None
