"""A program that is not ours, run to its end: what it printed, or in one line why not."""

import subprocess
from collections.abc import Mapping, Sequence
from typing import Final

from coreline.errors import CorelineError

# The menu and the timer start Coreline without a terminal: nor is one to flash up for these.
NO_TERMINAL: Final = int(getattr(subprocess, "CREATE_NO_WINDOW", 0))


class ProgramError(CorelineError):
    """A program is not there, gives no answer, or says that it did not work."""


class ProgramMissingError(ProgramError):
    """A program cannot be started."""


def output_of(
    words: Sequence[str],
    longest_s: float,
    told: str | None = None,
    environment: Mapping[str, str] | None = None,
) -> str:
    """Run a program and return what it printed.

    Args:
        words: The program and its arguments; no shell sees them.
        longest_s: How long it may take.
        told: What it reads; None for nothing.
        environment: Its variables; None for those of this process.

    Raises:
        ProgramMissingError: It cannot be started.
        ProgramError: It takes too long, or ends with a fault.
    """
    try:
        done = subprocess.run(
            words,
            input=told or "",
            env=environment,
            capture_output=True,
            timeout=longest_s,
            check=True,
            encoding="utf-8",
            errors="replace",
            creationflags=NO_TERMINAL,
        )
    except subprocess.CalledProcessError as error:
        said = _said(error.stderr) or _said(error.stdout) or f"exit {error.returncode}"
        raise ProgramError(
            f"{words[0]} refused: {said}", nl=f"{words[0]} weigerde: {said}"
        ) from error
    except subprocess.TimeoutExpired as error:
        raise ProgramError(
            f"{words[0]} gave no answer in {longest_s:.0f} s; try again",
            nl=f"{words[0]} gaf na {longest_s:.0f} s geen antwoord; probeer het nog eens",
        ) from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise ProgramMissingError(
            f"{words[0]} is not on this computer ({why})",
            nl=f"{words[0]} is er niet op deze computer ({why})",
        ) from error
    return done.stdout


def _said(text: str | None) -> str | None:
    """Return the first line with something on it."""
    lines = (line.strip() for line in (text or "").splitlines())
    return next((line for line in lines if line), None)
