"""That nothing is sent: what is looked at right now, and with what result.

Coreline has no code that sends by itself. What it uses could: MediaPipe reports its use to its
maker, which `vision/isolation` makes impossible. The connections there are go where the person
says: to a camera in the network, and of `coreline analyze` to a cluster that is named with `--dask`
and to addresses at which clips lie.
"""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from coreline.camera.named import is_recording
from coreline.camera.names import name_of
from coreline.choices.settings import Settings
from coreline.vision.isolation import NO_NETWORK, cut_network

# Of Linux; elsewhere this is not looked at.
_HANDLES: Final = Path("/proc/self/fd")
_NETWORK: Final = tuple(
    Path("/proc/self/net") / name for name in ("tcp", "tcp6", "udp", "udp6", "raw", "raw6")
)
_INODE: Final = 9  # of the columns there


@dataclass(frozen=True, slots=True)
class Looked:
    """What one look came to: its code, what fills its text, and None where it was not possible."""

    code: str
    is_well: bool | None
    value: str = ""


def look_at_sending(settings: Settings) -> tuple[Looked, ...]:
    """Return what was looked at, in order."""
    return tuple(_looks(settings))


def _looks(settings: Settings) -> Iterator[Looked]:
    cut_network()  # as it is done before the model is loaded
    shut = all(os.environ.get(name) == value for name, value in NO_NETWORK.items())
    yield Looked("network_shut", shut)
    yield Looked("no_connection", _has_no_connection())
    where = settings.camera
    if "://" in where and not is_recording(where):
        yield Looked("camera_address", True, name_of(where))
    else:
        yield Looked("no_address", True)
    yield Looked("video_kept" if settings.keep_video else "no_video", True)
    yield Looked(f"pictures_{settings.report_pictures}", True)


def _has_no_connection() -> bool | None:
    """Say whether this program neither is connected nor listens now; None: cannot be told."""
    if sys.platform != "linux" or not _HANDLES.is_dir():
        return None
    networked = {inode for table in _NETWORK for inode in _inodes(table)}
    return not any(_inode_of(handle) in networked for handle in _HANDLES.iterdir())


def _inodes(table: Path) -> Iterator[str]:
    """Yield the numbers of the sockets in one of the kernel's tables."""
    try:
        lines = table.read_text(encoding="ascii").splitlines()[1:]
    except OSError:  # a kernel without this kind
        return
    yield from (line.split()[_INODE] for line in lines)


def _inode_of(handle: Path) -> str:
    """Return the number of the socket that a handle is of; nothing where it is of none."""
    try:
        return str(handle.readlink()).removeprefix("socket:[").removesuffix("]")
    except OSError:  # the one that lists them has gone again
        return ""
