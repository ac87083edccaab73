"""Command lines of this folder: a mistake is one line on standard error, and exit code 2."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, NoReturn

from exercises import EXERCISES

BAD_USE: Final = 2


class BadUseError(Exception):
    """Says what is wrong, where, and the remedy, in one line."""


class Parser(argparse.ArgumentParser):
    """A parser that says a mistake in one line."""

    def error(self, message: str) -> NoReturn:
        """Print a line and end with exit code 2."""
        self.exit(BAD_USE, f"{self.prog}: {message}; {self.prog}.py --help lists the options\n")


def run(name: str, work: Callable[[], None]) -> int:
    """Do a command's work; return its exit code."""
    try:
        work()
    except (BadUseError, OSError) as error:
        sys.stderr.write(f"{name}: {error}\n")
        return BAD_USE
    return 0


def exercises_named(names: Sequence[str]) -> list[str]:
    """Return the exercises that are named, or all of them if none is.

    Raises:
        BadUseError: There is no such exercise.
    """
    unknown = [name for name in names if name not in EXERCISES]
    if unknown:
        raise BadUseError(f"no exercise {', '.join(unknown)}; there are {', '.join(EXERCISES)}")
    return list(names) or list(EXERCISES)


def folder(path: Path) -> Path:
    """Return a folder, made if it is not there.

    Raises:
        BadUseError: A file has its place.
    """
    if path.exists() and not path.is_dir():
        raise BadUseError(f"{path} is a file; name a folder to write in")
    path.mkdir(parents=True, exist_ok=True)
    return path


def whole(least: int) -> Callable[[str], int]:
    """Return what reads a whole number that may not be less than another."""

    def read(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            number = least - 1
        if number < least:
            raise argparse.ArgumentTypeError(f"{text} is no whole number from {least} up")
        return number

    return read
