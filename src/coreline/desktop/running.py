"""The system's own programs, run and answered for."""

import base64
from collections.abc import Sequence
from typing import Final

from coreline.errors import DesktopError
from coreline.files.running import ProgramError, output_of

LONGEST_S: Final = 30.0
SINGLE_QUOTES: Final = "'\u2018\u2019\u201a\u201b"
# What is wrong with an encoded script comes as XML where text is not asked for.
POWERSHELL: Final = (
    "powershell.exe",
    "-NoProfile",
    "-NonInteractive",
    "-OutputFormat",
    "Text",
    "-EncodedCommand",
)


def run(command: Sequence[str]) -> str:
    """Run a program to its end and return what it printed.

    Raises:
        DesktopError: It is not there, takes too long, or says that it did not work.
    """
    try:
        return output_of(command, LONGEST_S)
    except ProgramError as error:
        raise DesktopError(str(error), nl=error.in_("nl")) from error


def works(command: Sequence[str]) -> bool:
    """Run a program that answers a question by its exit code, and return whether it says yes."""
    try:
        run(command)
    except DesktopError:
        return False
    return True


def powershell(script: str) -> tuple[str, ...]:
    """Return the command that runs a script of Windows PowerShell, whatever signs are in it."""
    return (*POWERSHELL, base64.b64encode(script.encode("utf-16-le")).decode("ascii"))


def quoted_for_powershell(text: str) -> str:
    """Return a text as PowerShell has it, nothing in it replaced.

    It takes the typographic single quotes for its own as well, so each of them is doubled.
    """
    for quote in SINGLE_QUOTES:
        text = text.replace(quote, quote * 2)
    return f"'{text}'"
