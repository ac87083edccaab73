"""The reminder that works without the program: the system's own timer starts `coreline reminder`.

Nothing of ours waits in the background. Everything lies among the person's own files and needs no
administrator; switched off, nothing of it is left.
"""

import sys
from collections.abc import Sequence
from datetime import time
from enum import StrEnum
from time import sleep

from coreline.desktop import launchd, systemd, task_scheduler
from coreline.desktop.launcher import Launcher
from coreline.desktop.mechanism import Command, Mechanism
from coreline.desktop.removing import removed
from coreline.desktop.running import run, works
from coreline.errors import DesktopError
from coreline.files.folders import make_private
from coreline.files.writing import write_bytes


class Ringing(StrEnum):
    """Whether the reminder will ring, and why not where it should."""

    OFF = "off"
    RINGS = "rings"
    MISSING = "missing"  # it is chosen, and the system knows nothing of it
    OTHER = "other"  # the system has other times, or another program
    STOPPED = "stopped"  # the system has it and does not wait for it
    LEFT = "left"  # it is not chosen, and the system still has it


def mechanism() -> Mechanism:
    """Return this system's timer."""
    match sys.platform:
        case "win32":
            return task_scheduler.mechanism()
        case "darwin":
            return launchd.mechanism()
        case _:
            return systemd.mechanism()


def switch(times: Sequence[time], launcher: Launcher) -> None:
    """Ring at these times of every day from now on, and at no others; at none, be silent.

    Raises:
        DesktopError: The system offers no such thing, or refuses; then nothing of it is left.
        BadOutputError: A file of it cannot be written or removed.
    """
    own = mechanism()
    _end(own)
    if not times:
        return
    try:
        for place, content in own.files(times, launcher).items():
            make_private(place.parent)
            write_bytes(place, content)
        for command in own.start:
            _begin(command, own.again_after_s)
    except DesktopError as error:
        _end(own)
        raise DesktopError(
            f"no reminder was set ({error}); coreline plan --ics FILE makes a calendar that rings",
            nl=f"er is geen herinnering ingesteld ({error.in_('nl')}); coreline plan --ics BESTAND "
            "maakt een agenda die je waarschuwt",
        ) from error


def look(times: Sequence[time], launcher: Launcher) -> Ringing:
    """Return whether the reminder will ring at these times, and so only."""
    own = mechanism()
    if not times:
        return Ringing.LEFT if any(place.exists() for place in own.places) else Ringing.OFF
    wanted = own.files(times, launcher)
    if not all(place.exists() for place in wanted):
        return Ringing.MISSING
    if any(place.read_bytes() != content for place, content in wanted.items()):
        return Ringing.OTHER
    return Ringing.RINGS if works(own.ask) else Ringing.STOPPED


def _begin(command: Command, again_after_s: float | None) -> None:
    """Run a command that must work, once more where it may have failed for a moment only."""
    try:
        run(command)
    except DesktopError:
        if again_after_s is None:
            raise
        sleep(again_after_s)
        run(command)


def _end(own: Mechanism) -> None:
    """Stop it and remove what it has, where there is anything."""
    there = [place for place in own.places if place.exists()]
    if not there:
        return
    works(own.stop[0])
    for place in there:
        removed(place)
    for command in own.stop[1:]:
        works(command)
