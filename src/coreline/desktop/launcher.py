"""What starts Coreline on this computer, without a terminal around it."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Final

from coreline.files.folders import CONFIG_VARIABLE, DATA_VARIABLE

NAME: Final = "Coreline"
WINDOWLESS: Final = "pythonw.exe"
# `env` takes a word with a = in it for a variable, and a menu entry has no program with one in its
# name: the shell then starts it, as it is.
SHELL: Final = ("sh", "-c", 'exec "$0" "$@"')


@dataclass(frozen=True, slots=True)
class Launcher:
    """A program with its arguments, and what of the environment it needs.

    `environment` moves Coreline's folders. Windows has no place for it in a shortcut or a task:
    there a variable that is to hold is one of the person's own, which every program gets anyway.
    """

    command: tuple[str, ...]
    environment: tuple[tuple[str, str], ...] = ()

    @property
    def by_env(self) -> tuple[str, ...]:
        """Return the command as `env` takes it for one, whatever the program's name."""
        return (*SHELL, *self.command) if "=" in self.command[0] else self.command

    def saying(self, *words: str) -> "Launcher":
        """Return the same with words added to the command line."""
        return Launcher((*self.command, *words), self.environment)


def own_launcher() -> Launcher:
    """Return what starts this Coreline, with the Python that runs it."""
    kept = ((name, os.environ.get(name)) for name in (CONFIG_VARIABLE, DATA_VARIABLE))
    moved = ((name, str(Path(where).expanduser().absolute())) for name, where in kept if where)
    return Launcher((str(_python()), "-m", "coreline"), tuple(moved))


def ringer() -> Launcher:
    """Return what the system's timer is to start."""
    return own_launcher().saying("reminder", "ring")


def _python() -> PurePath:
    """Return this Python; on Windows the one that opens no terminal, where it is there."""
    python = Path(sys.executable)
    windowless = python.with_name(WINDOWLESS)
    return windowless if sys.platform == "win32" and windowless.exists() else python
