"""`coreline uninstall`: out of the system's menu, and no reminder any more."""

from coreline.app.reminding import remind_at
from coreline.choices.language import spoken_language
from coreline.choices.reminder import OFF
from coreline.choices.settings import load_settings
from coreline.commands.terminal import tell
from coreline.commands.wording import words_in
from coreline.desktop.launcher import ringer
from coreline.desktop.menu_entry import take_from_menu
from coreline.desktop.reminder import Ringing, look, switch
from coreline.errors import BadDataError
from coreline.files.folders import data_folder

EXAMPLES = "Examples:  coreline uninstall"


def uninstall() -> None:
    """Take Coreline out of this computer's menu, and its reminder; what you did stays."""
    take_out()


def take_out() -> None:
    """Take it out, and say what stays."""
    w = words_in(spoken_language())
    if _took_reminder():
        tell(w("reminder.taken"))
    place = take_from_menu()
    tell(w("install.not_there") if place is None else w("install.taken", place=place))
    if data_folder().exists():
        tell(w("install.stays", place=data_folder()))


def _took_reminder() -> bool:
    """Take the reminder out, and say whether there was one.

    Settings that cannot be read are no reason to leave it: then it is taken from the system alone.
    """
    try:
        times = load_settings().reminded_at
    except BadDataError:
        if look((), ringer()) is Ringing.OFF:
            return False
        switch((), ringer())
        return True
    if look(times, ringer()) is Ringing.OFF:
        return False
    remind_at(OFF)
    return True
