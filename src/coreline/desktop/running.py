"""The system's own programs, run and answered for."""

import base64
import subprocess
from collections.abc import Sequence
from typing import Final

from coreline.errors import DesktopError

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
# The menu and the timer start Coreline without a terminal: nor is one to flash up for these.
NO_TERMINAL: Final = int(getattr(subprocess, "CREATE_NO_WINDOW", 0))


def run(command: Sequence[str]) -> str:
    """Run a program to its end and return what it printed.

    Raises:
        DesktopError: It is not there, takes too long, or says that it did not work.
    """
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=LONGEST_S,
            check=True,
            encoding="utf-8",
            errors="replace",
            creationflags=NO_TERMINAL,
        )
    except subprocess.CalledProcessError as error:
        lines = (error.stderr or error.stdout or "").split("\n")
        said = next((line.strip() for line in lines if line.strip()), f"exit {error.returncode}")
        raise DesktopError(
            f"{command[0]} refused: {said}", nl=f"{command[0]} weigerde: {said}"
        ) from error
    except subprocess.TimeoutExpired as error:
        raise DesktopError(
            f"{command[0]} gave no answer; try again",
            nl=f"{command[0]} antwoordt niet; probeer het nog eens",
        ) from error
    except OSError as error:
        raise DesktopError(
            f"{command[0]} is not on this computer ({error.strerror})",
            nl=f"{command[0]} is er niet op deze computer ({error.strerror})",
        ) from error
    return done.stdout


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
