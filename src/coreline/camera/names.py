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
_PLAY_A_FILE_NL: Final = "of neem een video"


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
        raise BadSourceError(
            f"camera {wanted!r}: fits {several}; give its number or whole name",
            nl=f"camera {wanted!r}: past bij {several}; geef het nummer of de hele naam",
        )
    if not found:
        raise BadSourceError(
            f"camera {wanted!r}: this machine has no camera; connect one",
            nl=f"camera {wanted!r}: deze computer heeft geen camera; sluit er een aan",
        )
    raise BadSourceError(
        f"camera {wanted!r}: there is none; there is {enumerated(found)}",
        nl=f"camera {wanted!r}: die is er niet; wel is er {enumerated(found)}",
    )


def name_of(where: Where) -> str:
    """Return what to call a camera; an address without its password and its query."""
    if isinstance(where, int):
        return f"camera {where}"
    parts = urlsplit(where)
    return printable(f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}")


def why_not(where: Where, said: str) -> BadSourceError:
    """Return the error that says why a camera gives no picture, and the fix.

    Args:
        where: Its number or address.
        said: What the attempt told; may be empty.
    """
    name = name_of(where)
    if isinstance(where, str):
        told = f" ({said})" if said else ""
        en = f"no pictures come from this address{told}; check it, {PLAY_A_FILE}"
        nl = f"van dit adres komt geen beeld{told}; kijk het na, {_PLAY_A_FILE_NL}"
    else:
        en, nl = _why_not_here(where)
    return BadSourceError(f"{name}: {en}", nl=f"{name}: {nl}")


def _why_not_here(number: int) -> tuple[str, str]:
    """Return in both languages why one of this computer's cameras gives no picture."""
    found = cameras()
    if not found:
        return (
            f"this machine has no camera; connect one, {PLAY_A_FILE}",
            f"deze computer heeft geen camera; sluit er een aan, {_PLAY_A_FILE_NL}",
        )
    if number not in found:
        there = enumerated(found)
        return f"there is none; there is {there}", f"die is er niet; wel is er {there}"
    device = Path(f"/dev/video{number}")
    if sys.platform == "linux" and not os.access(device, os.R_OK | os.W_OK):
        return (
            f"{device} may not be opened; join the group 'video' and log in again",
            f"{device} mag niet geopend worden; word lid van de groep 'video' en log opnieuw in",
        )
    asks = sys.platform != "linux"
    allow = "allow it in the system's privacy settings, " if asks else ""
    allow_nl = "sta het toe in de privacy-instellingen, " if asks else ""
    return (
        f"gives no picture; close other programs that use it, {allow}{PLAY_A_FILE}",
        f"geeft geen beeld; sluit andere programma's met de camera, {allow_nl}{_PLAY_A_FILE_NL}",
    )


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
