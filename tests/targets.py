"""What an output may be pointed at: pipes and devices made in a test's own folder, never real ones.

A pipe's reader is there before the program writes; what it read is whole when the writer is gone.
"""

import os
import stat
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

needs_pipes = pytest.mark.skipif(sys.platform == "win32", reason="no pipes among the files there")
NULL, FULL = (1, 3), (1, 7)
READER_S = 30.0


def device(path: Path, number: tuple[int, int]) -> Path:
    """Make a device, or skip the test where that is not permitted."""
    if sys.platform == "win32":
        pytest.skip("Windows has no such devices")
    try:
        os.mknod(path, stat.S_IFCHR | 0o600, os.makedev(*number))
        os.close(os.open(path, os.O_WRONLY))
    except OSError:
        path.unlink(missing_ok=True)
        pytest.skip("making a device is not permitted here")
    return path


def pipe(path: Path) -> Path:
    """Make a pipe that nobody reads yet."""
    if sys.platform == "win32":
        pytest.skip("Windows has no pipes among its files")
    os.mkfifo(path)
    return path


@contextmanager
def read_from(path: Path) -> Iterator[Callable[[], bytes]]:
    """Read a pipe meanwhile; the function handed out returns what came, once all of it has."""
    reading = os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb")
    os.set_blocking(reading.fileno(), True)
    kept = path.open("wb")  # so that reading does not end before the program has begun
    came: list[bytes] = []
    reader = threading.Thread(target=lambda: came.append(reading.read()), daemon=True)
    reader.start()

    def whole() -> bytes:
        kept.close()
        reader.join(READER_S)
        assert not reader.is_alive()
        reading.close()
        return came[0]

    try:
        yield whole
    finally:
        whole()


def is_still(path: Path) -> bool:
    """Say whether this is a pipe or a device of characters, and nothing was left beside it."""
    mode = path.lstat().st_mode
    return (stat.S_ISFIFO(mode) or stat.S_ISCHR(mode)) and not list(path.parent.glob(".*.part*"))
