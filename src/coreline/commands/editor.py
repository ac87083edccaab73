"""The person's own editor, opened on a file as `git commit` does it."""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from coreline.errors import BadDataError

_VARIABLES: Final = ("VISUAL", "EDITOR")
_USUAL: Final = ("sensible-editor", "nano", "vim", "vi")


def edit_file(path: Path) -> None:
    """Open a file in the person's editor, and return when they close it.

    Raises:
        BadDataError: There is no editor, or it did not end well; the file is as it left it.
    """
    command = _editor()
    try:
        done = subprocess.run([*command, str(path)], check=False)
    except (OSError, ValueError) as error:
        raise _no_editor(f"{command[0]}: {error}") from error
    if done.returncode != 0:
        raise _no_editor(f"{command[0]}: exit {done.returncode}")


def _editor() -> list[str]:
    """Return the command of the editor; it may have options of its own."""
    for variable in _VARIABLES:
        if named := os.environ.get(variable, "").strip():
            try:
                return shlex.split(named, posix=os.name == "posix")
            except ValueError as error:
                raise _no_editor(f"{variable}={named}: {error}") from error
    if sys.platform == "win32":
        return ["notepad"]
    found = next((each for each in _USUAL if shutil.which(each)), None)
    if found is None:
        raise _no_editor("EDITOR")
    return [found]


def _no_editor(what: str) -> BadDataError:
    return BadDataError(
        f"{what}: no editor ran; name one in VISUAL or EDITOR, such as EDITOR=nano, or write a "
        "file and use coreline plan set FILE",
        nl=f"{what}: er ging geen editor open; noem er een in VISUAL of EDITOR, zoals EDITOR=nano, "
        "of schrijf een bestand en gebruik coreline plan set BESTAND",
    )
