"""`coreline uninstall`: out of the system's menu."""

from coreline.choices.settings import spoken_language
from coreline.commands.terminal import tell
from coreline.commands.wording import words_in
from coreline.desktop.menu_entry import take_from_menu
from coreline.files.folders import data_folder

EXAMPLES = "Examples:  coreline uninstall"


def uninstall() -> None:
    """Take Coreline out of this computer's menu; what you did stays."""
    take_out()


def take_out() -> None:
    """Take it out, and say what stays."""
    w = words_in(spoken_language())
    place = take_from_menu()
    tell(w("install.not_there") if place is None else w("install.taken", place=place))
    if data_folder().exists():
        tell(w("install.stays", place=data_folder()))
