"""What every system's own timer has: some files, and the commands that begin and end it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import TypeAlias

from coreline.desktop.launcher import Launcher

Command: TypeAlias = tuple[str, ...]
Files: TypeAlias = Mapping[Path, bytes]


@dataclass(frozen=True, slots=True)
class Mechanism:
    """One system's timer.

    `places` are all files that it may have, `files` what is in them for some times of day. All of
    `start` must work; of `stop` each may fail, since what does not run needs no stopping. `ask`
    says by its exit code whether it is waiting to ring. Where a command of `start` may fail for a
    moment, it is run once more after `again_after_s`.
    """

    name: str
    places: tuple[Path, ...]
    files: Callable[[Sequence[time], Launcher], Files]
    start: tuple[Command, ...]
    stop: tuple[Command, ...]
    ask: Command
    again_after_s: float | None = None
