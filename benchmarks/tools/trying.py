"""One try of the program in a process of its own, which may crash, hang or fill the memory.

The process is a copy of this one, in which everything has been imported: to start Python anew for
each of some thousand tries would take an hour.
"""

import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from coreline.cli import main
from coreline.limits import MEGABYTE
from coreline.printable import printable

CPU_S: Final = 10.0  # more is a hang
PATIENCE_S: Final = 120.0  # for what waits without computing, on a machine that is busy
ROOM_BYTES: Final = (
    4096 * MEGABYTE
)  # of addresses: what fills the memory ends before the machine does
RAISED: Final = 70
UNFORESEEN: Final = ("Traceback", "nobody foresaw")
BEGUN: Final = "coreline: looking for the two sheets\n"
IN_VAIN: Final = "sheets were not seen"
REFUSED: Final = 2
LOOK_S: Final = 0.01


@dataclass(frozen=True, slots=True)
class Try:
    """How one try went.

    Attributes:
        code: What it ended with; negative: by which signal.
        said: On standard output.
        complained: On standard error.
        cpu_s: Seconds of computing.
        peak_mb: The most memory it held.
        waited: It was ended because it did not end.
    """

    code: int
    said: str
    complained: str
    cpu_s: float
    peak_mb: float
    waited: bool

    @property
    def raised(self) -> bool:
        """Say whether it ended in any way but those that are meant."""
        unforeseen = any(words in self.complained for words in UNFORESEEN)
        return not self.hung and (unforeseen or self.code not in {0, 1, REFUSED})

    @property
    def hung(self) -> bool:
        """Say whether it took longer than a refusal may."""
        return self.waited or self.cpu_s > CPU_S

    @property
    def refused(self) -> bool:
        """Say whether it was refused; a picture in which nothing was found was taken."""
        return self.code == REFUSED and IN_VAIN not in self.complained

    @property
    def is_one_line(self) -> bool:
        """Say whether a refusal is one line of ours, after what tells that something is begun."""
        lines = self.complained.removeprefix(BEGUN).removesuffix("\n").split("\n")
        return len(lines) == 1 and lines[0].startswith("coreline: ")

    @property
    def is_raw(self) -> bool:
        """Say whether something reached the terminal that commands it, or is not shown."""
        return any(
            printable(line) != line for line in f"{self.said}\n{self.complained}".split("\n")
        )


def typed(*words: object) -> Callable[[], int]:
    """Return what types a command."""

    def run() -> int:
        sys.argv = ["coreline", *map(str, words)]
        try:
            main()
        except SystemExit as ended:
            return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        return 0

    return run


def tried(action: Callable[[], int], folder: Path) -> Try:
    """Do something in a process of its own, within `folder`, and tell how it went."""
    out, err = folder / ".out", folder / ".err"
    child = os.fork()
    if child == 0:
        _be_the_child(action, folder, out, err)
    code, used, waited = _ended(child)
    said, complained = (each.read_bytes().decode("utf-8", "replace") for each in (out, err))
    out.unlink()
    err.unlink()
    cpu_s = used.ru_utime + used.ru_stime
    return Try(code, said, complained, cpu_s, used.ru_maxrss / 1024, waited)


def _ended(child: int) -> tuple[int, resource.struct_rusage, bool]:
    """Wait for a process, or end it when it does not end."""
    until_s = time.monotonic() + PATIENCE_S
    while time.monotonic() < until_s:
        found, status, used = os.wait4(child, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status), used, False
        time.sleep(LOOK_S)
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    _, status, used = os.wait4(child, 0)
    return os.waitstatus_to_exitcode(status), used, True


def _be_the_child(action: Callable[[], int], folder: Path, out: Path, err: Path) -> None:
    """Do it, and end without ever coming back."""
    code = RAISED
    try:
        os.setsid()
        os.chdir(folder)
        for number, path in ((1, out), (2, err)):
            os.dup2(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600), number)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        resource.setrlimit(resource.RLIMIT_CPU, (round(2 * CPU_S), round(2 * CPU_S)))
        resource.setrlimit(resource.RLIMIT_AS, (ROOM_BYTES, ROOM_BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        code = action()
    except BaseException:  # noqa: BLE001 - whatever it is, it is what is looked for
        traceback.print_exc()
    finally:
        with suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)
