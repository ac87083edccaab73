"""Which program and which model judge: two that agree in this come to the same result."""

import hashlib
from dataclasses import dataclass, fields
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from coreline import __version__
from coreline.files.resources import PACKAGE
from coreline.vision.models import model_bytes, model_entry

# What has a say in a judgement or in what a report looks like; all else may change meanwhile.
_ROOMS: Final = (
    *("archive", "body", "camera", "coaching", "files", "judging", "placement"),
    *("programme", "report", "session", "training", "vision"),
)
_FILES: Final = ("data_files.py", "limits.py", "printable.py")
_KINDS: Final = {".py", ".toml", ".j2", ".css", ".js"}


@dataclass(frozen=True, slots=True)
class Versions:
    """Of everything that a judgement depends on.

    `code` is a sum of the program's own files, which change in a checkout while its number stays.
    """

    coreline: str
    code: str
    model: str
    mediapipe: str
    opencv: str
    numpy: str

    def differences(self, other: "Versions") -> str:
        """Return in what another differs, with what it has; empty where they agree."""
        pairs = (
            (each.name, getattr(self, each.name), getattr(other, each.name))
            for each in fields(self)
        )
        told = (f"{name} {theirs}, not {ours}" for name, ours, theirs in pairs if ours != theirs)
        return ", ".join(told)


@cache
def versions_here(model: str) -> Versions:
    """Return what this computer would judge with.

    Raises:
        BadModelError: The model is missing or altered.
    """
    model_bytes(model)  # refuses one that is not what the list says
    return Versions(
        coreline=__version__,
        code=_code(),
        model=f"{model}-{model_entry(model).sha256[:12]}",
        mediapipe=_installed("mediapipe"),
        opencv=_installed("opencv-contrib-python"),
        numpy=_installed("numpy"),
    )


def _code() -> str:
    """Return a sum of the files that judge, by name, whatever their line ends are."""
    total = hashlib.sha256()
    rooms = (sorted((PACKAGE / room).rglob("*")) for room in _ROOMS)
    found = [path for room in rooms for path in room if path.suffix in _KINDS]
    for path in (*found, *(PACKAGE / name for name in _FILES)):
        total.update(path.relative_to(PACKAGE).as_posix().encode())
        total.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return total.hexdigest()[:12]


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:  # as in an installer that brings packages without their papers
        return "unknown"
