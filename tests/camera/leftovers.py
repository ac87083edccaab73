"""What a camera could leave behind in this process and on this machine, and patience with it."""

import multiprocessing
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from coreline.camera import watchdog, webcam

LIMIT_S = 60.0  # ends what would wait for ever
MAPS = Path("/proc/self/maps")


@contextmanager
def nothing_left_behind() -> Iterator[None]:
    """Check that a block leaves no thread, process or shared memory behind in this process."""
    before = _held()
    yield
    assert _held() <= before


@contextmanager
def patience(silence_s: float = LIMIT_S) -> Iterator[None]:
    """Take no silence for trouble that a busy machine may cause."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(watchdog, "SILENCE_S", silence_s)
        patch.setattr(webcam, "SILENCE_S", silence_s)
        yield


def _held() -> set[object]:
    threads = {thread for thread in threading.enumerate() if not thread.name.startswith("server")}
    return threads | set(multiprocessing.active_children()) | _shared_memory()


def _shared_memory() -> set[str]:
    """Return what shared memory this process looks at, where the system tells."""
    if not MAPS.exists():
        return set()
    return {line for line in MAPS.read_text(encoding="ascii").splitlines() if "/psm_" in line}


def is_alive(pid: int) -> bool:
    """Say whether a process runs, on Linux; one that waits to be reaped does not."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"
