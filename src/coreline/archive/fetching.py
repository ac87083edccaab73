"""Clips that lie at an address: fetched into a folder that is gone again when they are judged.

fsspec reads the address, in a process of its own. That process can be ended when it takes too long,
and it has the network, which a process that has loaded MediaPipe has not (`vision/isolation`). The
address comes to it by standard input: it may hold a password, and everybody may read what a process
was started with.
"""

import hashlib
import json
import os
import platform
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from shutil import rmtree
from typing import Any, BinaryIO, Final

from coreline.archive.tasks import file_name, without_secrets
from coreline.errors import BadSourceError
from coreline.files.running import ProgramError, output_of
from coreline.files.writing import opened
from coreline.limits import FETCH_S, VIDEO_BYTES
from coreline.printable import printable
from coreline.vision.isolation import NO_NETWORK, NOWHERE

# As they were before any model was loaded here: an address may be reached by a proxy alone.
_PROXIES: Final[Mapping[str, str]] = {
    name: value for name in NO_NETWORK if (value := os.environ.get(name, NOWHERE)) != NOWHERE
}
_LOOKING_S: Final = 60.0  # for an address to say what lies there
_PIECE_BYTES: Final = 1024 * 1024
_LEAST_TOLD: Final = ("size", "Content-Length")
# What tells of a file that it is another one now, as the systems behind fsspec call it.
_MARKS: Final = (
    *("ETag", "etag", "md5", "checksum", "LastModified", "last_modified", "mtime", "updated"),
    *("generation", "VersionId", "version_id"),
)
INSTALL: Final = (
    "clips at an address need fsspec; install coreline[cluster]",
    "clips op een adres vragen om fsspec; installeer coreline[cluster]",
)


class NotThereError(BadSourceError):
    """A clip could not be got at from here, or is no longer what it was: it is not at fault."""


def can_fetch() -> bool:
    """Say whether what reads addresses is installed."""
    return find_spec("fsspec") is not None


def mark_of(address: str) -> str | None:
    """Return what the content at an address is known by; None where nothing tells of a change.

    Raises:
        NotThereError: It cannot be looked at, or fsspec is not installed.
    """
    told = json.loads(_asked({"what": "look", "address": address}, address, _LOOKING_S))
    if not any(name in told for name in _MARKS):
        return None
    text = json.dumps([without_secrets(address), told], sort_keys=True)
    return f"address:{hashlib.sha256(text.encode('ascii')).hexdigest()}"


@contextmanager
def fetched(address: str, most_bytes: int = VIDEO_BYTES) -> Iterator[Path]:
    """Hand out the clip at an address as a file, which goes when the block is left.

    Raises:
        NotThereError: It cannot be fetched, is larger than a clip can be, or takes too long.
    """
    _remove_left_over()
    with tempfile.TemporaryDirectory(prefix=_prefix(os.getpid())) as folder:
        place = Path(folder) / file_name(address)
        asked = {"what": "fetch", "address": address, "place": str(place), "most": most_bytes}
        _asked(asked, address, FETCH_S)
        yield place


def _prefix(process: int) -> str:
    return f"coreline-clip-{platform.node()}-{process}-"


def _remove_left_over() -> None:
    """Remove what processes of this computer left that were killed: it shows people."""
    if os.name != "posix":
        return
    begins = _prefix(0).removesuffix("0-")
    for folder in Path(tempfile.gettempdir()).glob(f"{begins}*"):
        process = folder.name.removeprefix(begins).partition("-")[0]
        if process.isdecimal() and not _runs(int(process)):
            rmtree(folder, ignore_errors=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:  # it is somebody else's
        return True
    return True


def _asked(what: dict[str, Any], address: str, longest_s: float) -> str:
    """Have the other process do something, and return what it says."""
    shown = without_secrets(address)
    others = {name: each for name, each in os.environ.items() if name not in NO_NETWORK}
    words = [sys.executable, "-m", __name__]
    try:
        said = output_of(words, longest_s, json.dumps(what), {**others, **_PROXIES})
        answer = json.loads(said)
    except (ProgramError, ValueError) as error:
        raise NotThereError(
            f"{shown}: could not be fetched within {longest_s:.0f} s",
            nl=f"{shown}: kon niet binnen {longest_s:.0f} s opgehaald worden",
        ) from error
    if "refused" in answer:
        en, nl = answer["refused"]
        raise NotThereError(f"{shown}: {en}", nl=f"{shown}: {nl}")
    return json.dumps(answer)


# The other process


def main() -> None:
    """Do what standard input asks for, and say what came of it on standard output."""
    what: dict[str, Any] = json.load(sys.stdin)
    os.write(1, json.dumps(_answer(what)).encode("ascii"))


def _answer(what: dict[str, Any]) -> dict[str, Any]:
    try:
        fsspec: Any = import_module("fsspec")
    except ImportError:
        return {"refused": INSTALL}
    try:
        system, path = fsspec.core.url_to_fs(what["address"])
        if what["what"] == "look":
            info = system.info(path)
            kept = (name for name in (*_MARKS, *_LEAST_TOLD) if info.get(name) is not None)
            return {name: str(info[name]) for name in kept}
        with system.open(path, "rb") as file:
            return _copied(file, Path(what["place"]), int(what["most"]))
    except Exception as error:  # noqa: BLE001 - each system behind fsspec has errors of its own
        why = printable(f"{type(error).__name__}: {str(error).partition(chr(10))[0]}"[:200])
        why = why.replace(what["address"], without_secrets(what["address"]))
        return {"refused": (f"cannot be fetched ({why})", f"is niet op te halen ({why})")}


def _copied(file: BinaryIO, place: Path, most_bytes: int) -> dict[str, Any]:
    """Copy what is there, and no more than a clip can have."""
    copied = 0
    with opened(place) as into:
        while piece := file.read(_PIECE_BYTES):
            copied += len(piece)
            if copied > most_bytes:
                most = most_bytes // (1024 * 1024)
                en = f"is larger than {most} MB; cut it up"
                return {"refused": (en, f"is groter dan {most} MB; knip hem op")}
            into.write(piece)
    return {"bytes": copied}


if __name__ == "__main__":
    main()
