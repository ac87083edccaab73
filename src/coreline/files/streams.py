"""Standard input, output and error as the system numbers them, which C code writes to as well.

What a library of C code prints is not for the person, and one of them may be closed: then the next
file that is opened gets its number, and whatever is printed would go into that file.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import Final

STDERR: Final = 2
_NUMBERS: Final = (0, 1, STDERR)
_turn = threading.Lock()


def keep_standard_streams() -> None:
    """Lead those that are closed nowhere, before any file is opened."""
    for number in _NUMBERS:
        try:
            os.fstat(number)
        except OSError:
            _lead_nowhere(number)


@contextmanager
def silenced_stderr() -> Iterator[None]:
    """Send what C code writes to standard error nowhere, for as long as the block lasts.

    It belongs to the whole process: keep the block short. Where it cannot be done, the block runs
    all the same: a line too many on the terminal is no reason not to train.
    """
    with _turn:
        try:
            kept = os.dup(STDERR)
        except OSError:  # no standard error at all, as in a windowed Windows program
            yield
            return
        try:
            _lead_nowhere(STDERR)
            yield
        finally:
            os.dup2(kept, STDERR)
            os.close(kept)


def silence_output() -> None:
    """Send what this process writes to standard output and error nowhere, for good."""
    for number in (1, STDERR):
        _lead_nowhere(number)


def _lead_nowhere(number: int) -> None:
    with suppress(OSError):
        nowhere = _nowhere()
        if nowhere == number:
            os.set_inheritable(number, True)
        else:
            os.dup2(nowhere, number)


@cache
def _nowhere() -> int:
    """Return what takes everything and keeps nothing, open for as long as the process lives.

    Without a null device, a pipe that nobody reads: what no longer fits is lost, and nobody waits.

    Raises:
        OSError: There is neither.
    """
    try:
        return os.open(os.devnull, os.O_RDWR)
    except OSError:
        _, into = os.pipe()
        os.set_blocking(into, False)
        return into
