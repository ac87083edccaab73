"""`coreline install`: into the system's menu, so that it is started without a terminal."""

from typing import Annotated

import typer

from coreline.choices.language import spoken_language
from coreline.commands.terminal import tell
from coreline.commands.uninstall import take_out
from coreline.commands.wording import words_in
from coreline.desktop.launcher import own_launcher
from coreline.desktop.menu_entry import put_in_menu

EXAMPLES = "Examples:  coreline install  |  coreline install --remove"


def install(
    remove: Annotated[
        bool, typer.Option("--remove", help="Take it out again; coreline uninstall does so too.")
    ] = False,
) -> None:
    """Put Coreline into this computer's menu, with its icon, for you alone."""
    if remove:
        take_out()
        return
    place = put_in_menu(own_launcher())
    tell(words_in(spoken_language())("install.put", place=place))
