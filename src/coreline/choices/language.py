"""The language that is spoken, read by itself: help and what is told need no other setting."""

import locale
import os
import tomllib

from coreline.errors import BadDataError
from coreline.files.folders import settings_file
from coreline.files.toml_texts import read_toml
from coreline.limits import SETTINGS_BYTES
from coreline.programme.language import LANGUAGES, Language


def system_language() -> Language:
    """Return Dutch on a Dutch system, English elsewhere."""
    names = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    first = next((name for name in names if name), None) or locale.getlocale()[0] or ""
    # Windows says Dutch_Netherlands.
    return "nl" if first.lower().startswith(("nl", "dutch")) else "en"


def spoken_language() -> Language:
    """Return the language of the settings; that of the system where they do not tell.

    For what is only told: nobody is kept from it by a file that cannot be understood.
    """
    try:
        text = read_toml(settings_file(), SETTINGS_BYTES, also_device=True)
        chosen = tomllib.loads(text).get("language")
    except (OSError, BadDataError, ValueError, RecursionError):  # no TOML, or too deep for Python
        chosen = None
    return next((each for each in LANGUAGES if each == chosen), None) or system_language()
