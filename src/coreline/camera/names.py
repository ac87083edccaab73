"""The cameras of this machine, by number and by name, and why one of them does not open."""

import os
import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from coreline.camera.devices import BACK_ENDS, Where
from coreline.errors import BadSourceError
from coreline.printable import printable

DEVICES: Final = Path("/sys/class/video4linux")
PLAY_A_FILE: Final = "or use a video instead"


def cameras() -> dict[int, str]:
    """Return the names of this machine's webcams by number, as OpenCV counts them.

    Linux keeps a list. A webcam has several entries there; the one that gives pictures is the
    first. Elsewhere the same system is asked that OpenCV opens them with; no camera is opened.
    """
    if sys.platform == "linux":
        return _listed(DEVICES)
    found = import_module("cv2_enumerate_cameras").enumerate_cameras(BACK_ENDS[sys.platform])
    return {camera.index: camera.name for camera in sorted(found, key=lambda one: one.index)}


def find_camera(wanted: str | int, among: Mapping[int, str] | None = None) -> int:
    """Return the number of the camera with this number or name.

    A name may be shortened as long as it fits one camera only; capitals do not matter.

    Args:
        wanted: A number, in digits too, or a name.
        among: The cameras to choose from; else this machine's.

    Raises:
        BadSourceError: No camera has this name, or more than one does.
    """
    if isinstance(wanted, int) or wanted.strip().isdecimal():
        return int(wanted)
    found = cameras() if among is None else among
    fitting = _fitting(wanted.strip().casefold(), found)
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        several = enumerated({number: found[number] for number in fitting})
        raise BadSourceError(f"camera {wanted!r}: fits {several}; give its number or whole name")
    if not found:
        raise BadSourceError(f"camera {wanted!r}: this machine has no camera; connect one")
    raise BadSourceError(f"camera {wanted!r}: there is none; there is {enumerated(found)}")


def name_of(where: Where) -> str:
    """Return what to call a camera; an address without its password and its query."""
    if isinstance(where, int):
        return f"camera {where}"
    parts = urlsplit(where)
    return printable(f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}")


def why_not(where: Where, said: str) -> str:
    """Return one line that says why a camera gives no picture, and the fix.

    Args:
        where: Its number or address.
        said: What the attempt told; may be empty.
    """
    name = name_of(where)
    if isinstance(where, str):
        told = f" ({said})" if said else ""
        return f"{name}: no pictures come from this address{told}; check it, {PLAY_A_FILE}"
    found = cameras()
    if not found:
        return f"{name}: this machine has no camera; connect one, {PLAY_A_FILE}"
    if where not in found:
        return f"{name}: there is none; there is {enumerated(found)}"
    device = Path(f"/dev/video{where}")
    if sys.platform == "linux" and not os.access(device, os.R_OK | os.W_OK):
        return f"{name}: {device} may not be opened; join the group 'video' and log in again"
    allow = "" if sys.platform == "linux" else "allow it in the system's privacy settings, "
    return f"{name}: gives no picture; close other programs that use it, {allow}{PLAY_A_FILE}"


def enumerated(found: Mapping[int, str]) -> str:
    """Return cameras as a list in words."""
    named = (f"camera {number}" + (f" ({name})" if name else "") for number, name in found.items())
    return ", ".join(named)


def _fitting(wanted: str, found: Mapping[int, str]) -> list[int]:
    """Return the cameras of this very name, or else those whose name contains it."""
    folded = {number: name.casefold() for number, name in found.items()}
    same = [number for number, name in folded.items() if name == wanted]
    return same or [number for number, name in folded.items() if wanted and wanted in name]


def _listed(devices: Path) -> dict[int, str]:
    """Return the cameras in the kernel's list."""
    found = {}
    for device in sorted(devices.glob("video*")):
        number = device.name.removeprefix("video")
        if number.isdecimal() and _line(device / "index") in {"0", ""}:
            found[int(number)] = _line(device / "name")
    return dict(sorted(found.items()))


def _line(path: Path) -> str:
    """Return what a small file of the kernel says."""
    try:
        return printable(path.read_text(encoding="utf-8", errors="replace").strip())
    except OSError:
        return ""
