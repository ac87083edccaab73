"""Checks of the machine itself: what is installed, the folders and files, the clock."""

import platform
import re
import shutil
import sqlite3
import stat
import sys
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Final

from coreline import __version__
from coreline.choices.settings import Settings, load_settings
from coreline.doctor.finding import Finding, Severity, Topic, Value, said_by
from coreline.errors import CorelineError
from coreline.files.writing import try_to_write
from coreline.journal.backups import backups
from coreline.journal.ledger import Ledger
from coreline.vision.models import VARIANTS, model_bytes, model_entry

# Of each row, one is needed and two must never be there at once: they own the same files.
PACKAGES: Final = (
    ("mediapipe",),
    ("numpy",),
    ("pygame", "pygame-ce"),
    ("pydantic",),
    ("platformdirs",),
    ("tomlkit",),
    ("jinja2",),
)
OPENCV: Final = (
    "opencv-contrib-python",  # the one that MediaPipe asks for
    "opencv-python",
    "opencv-python-headless",
    "opencv-contrib-python-headless",
)
LITTLE_ROOM_MB: Final = 500
NO_ROOM_MB: Final = 50  # a year of sessions without video is less
MEGABYTE: Final = 1_000_000
OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
BUSY_S: Final = 2.0
CLOCK_SLACK: Final = timedelta(days=1)  # some disks keep local time, and moves of time zone


def check_python() -> list[Finding]:
    """Say what Coreline runs on."""
    values: dict[str, Value] = {
        "coreline": __version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
    }
    return [Finding(Topic.PYTHON, Severity.OK, "runs_on", values)]


def check_packages(path: Sequence[str] | None = None) -> list[Finding]:
    """Look for the packages that Coreline needs, and for two that own the same files.

    Args:
        path: Folders with packages; those of this Python when None.
    """
    found = _installed(path)
    missing = [row[0] for row in PACKAGES if not any(name in found for name in row)]
    twice = [name for row in PACKAGES for name in row if all(each in found for each in row)]
    twice = [name for name in twice if name.startswith("pygame")]
    findings = []
    if missing:
        names: dict[str, Value] = {"names": ", ".join(missing)}
        findings.append(Finding(Topic.PACKAGES, Severity.BAD, "missing", names))
    if twice:
        both: dict[str, Value] = {"names": " ".join(twice), "keep": twice[0]}
        findings.append(Finding(Topic.PACKAGES, Severity.BAD, "two_pygames", both))
    versions: dict[str, Value] = {
        "versions": _versions(found, [n for row in PACKAGES for n in row])
    }
    return findings or [Finding(Topic.PACKAGES, Severity.OK, "there", versions)]


def check_opencv(path: Sequence[str] | None = None) -> list[Finding]:
    """Look whether there is one OpenCV: all its packages own the same files."""
    found = _installed(path)
    owners = [name for name in OPENCV if name in found]
    if not owners:
        return [Finding(Topic.OPENCV, Severity.BAD, "none", {"keep": OPENCV[0]})]
    versions = _versions(found, owners)
    if len(owners) > 1:
        values: dict[str, Value] = {
            "count": len(owners),
            "versions": versions,
            "names": " ".join(owners),
            "keep": OPENCV[0],
        }
        return [Finding(Topic.OPENCV, Severity.BAD, "more_than_one", values)]
    return [Finding(Topic.OPENCV, Severity.OK, "one", {"versions": versions})]


def check_settings(path: Path) -> list[Finding]:
    """Look whether the settings can be understood."""
    try:
        load_settings(path)
    except CorelineError as error:
        return [Finding(Topic.SETTINGS, Severity.BAD, "malformed", said_by(error))]
    code = "own" if path.exists() else "usual"
    return [Finding(Topic.SETTINGS, Severity.OK, code, {"path": str(path)})]


def settings_or_usual(path: Path) -> Settings:
    """Return the settings, the usual ones where the file is broken: the other checks go on."""
    try:
        return load_settings(path)
    except CorelineError:
        return Settings()


def check_folder(topic: Topic, folder: Path) -> list[Finding]:
    """Look whether a folder can be written in, has room, and is nobody else's to read."""
    place = _nearest(folder)
    values: dict[str, Value] = {"path": str(folder)}
    try:
        try_to_write(place)
        values["free_mb"] = shutil.disk_usage(place).free // MEGABYTE
    except OSError as error:
        said = error.strerror or str(error)
        return [Finding(topic, Severity.BAD, "not_writable", values | {"said": said})]
    findings = [Finding(topic, *_room(int(values["free_mb"])), values)]
    if _others_may_read(folder):
        findings.append(Finding(topic, Severity.WARN, "open_to_others", {"path": str(folder)}))
    return findings


def check_journal(path: Path) -> list[Finding]:
    """Look whether the journal is whole, without changing anything in it."""
    values: dict[str, Value] = {"path": str(path)}
    mark = Ledger(path).mark
    if not path.exists():
        if mark.people or backups(path):
            return [Finding(Topic.JOURNAL, Severity.BAD, "gone", values)]
        return [Finding(Topic.JOURNAL, Severity.OK, "none_yet", values)]
    try:
        complaint = _quick_check(path)
    except sqlite3.OperationalError as error:  # locked, no file, no right: nothing of its content
        return [Finding(Topic.JOURNAL, Severity.BAD, "unreadable", values | said_by(error))]
    except sqlite3.DatabaseError as error:
        complaint = str(error)
    if complaint != "ok":
        return [Finding(Topic.JOURNAL, Severity.BAD, "damaged", values | {"said": complaint})]
    values["size_mb"] = path.stat().st_size / MEGABYTE
    findings = [Finding(Topic.JOURNAL, Severity.OK, "whole", values)]
    if mark.has_news:
        findings.append(Finding(Topic.JOURNAL, Severity.WARN, "to_read", {"path": str(path)}))
    return findings


def check_clock(now: datetime, evidence: Iterable[Path]) -> list[Finding]:
    """Look whether today is later than what was written before today.

    Args:
        now: The time, with its zone.
        evidence: Files that were written while the clock was right.
    """
    written = [path.stat().st_mtime for path in evidence if path.exists()]
    latest = max((datetime.fromtimestamp(t_s, UTC) for t_s in written), default=now)
    values: dict[str, Value] = {"today": f"{now:%Y-%m-%d %H:%M}", "later": f"{latest:%Y-%m-%d}"}
    if latest > now + CLOCK_SLACK:
        return [Finding(Topic.CLOCK, Severity.BAD, "behind", values)]
    return [Finding(Topic.CLOCK, Severity.OK, "right", values)]


def check_models(chosen: str, folder: Path | None = None) -> list[Finding]:
    """Look whether the pose models are, to the byte, those that Coreline was tried with.

    Args:
        chosen: The model that is to be used, which must be there.
        folder: The folder of the models; the project's own when None.
    """
    findings, whole = [], []
    for variant in VARIANTS:
        try:
            if _is_expected(variant, chosen, folder):
                model_bytes(variant, folder)
                whole.append(variant)
        except CorelineError as error:
            said: dict[str, Value] = {"model": variant, **said_by(error)}
            findings.append(Finding(Topic.MODELS, Severity.BAD, "refused", said))
    return findings or [Finding(Topic.MODELS, Severity.OK, "whole", {"models": ", ".join(whole)})]


def _installed(path: Sequence[str] | None) -> dict[str, str]:
    """Return the versions of what is installed, by name as the registry writes it."""
    search = sys.path if path is None else list(path)
    found = {}
    for each in distributions(path=search):
        name = _field(each, "Name")
        if name:
            found[re.sub(r"[-_.]+", "-", name).lower()] = _field(each, "Version") or "?"
    return found


def _field(package: Distribution, field: str) -> str | None:
    """Return a line of a package's papers; None where it has none, being half removed."""
    # Python 3.11's own reader returns None, newer ones raise; and importlib_metadata puts itself in
    # its place as soon as any library loads it. What that raises is a FileNotFoundError as well.
    try:
        return package.metadata[field]
    except (FileNotFoundError, KeyError):
        return None


def _versions(found: dict[str, str], names: Sequence[str]) -> str:
    return ", ".join(f"{name} {found[name]}" for name in names if name in found)


def _nearest(folder: Path) -> Path:
    """Return the folder itself, or the one in which it would be made."""
    return next(each for each in (folder, *folder.parents) if each.exists())


def _room(free_mb: int) -> tuple[Severity, str]:
    if free_mb < NO_ROOM_MB:
        return Severity.BAD, "no_room"
    return (Severity.WARN, "little_room") if free_mb < LITTLE_ROOM_MB else (Severity.OK, "writable")


def _others_may_read(folder: Path) -> bool:
    if sys.platform == "win32" or not folder.exists():
        return False
    return bool(folder.stat().st_mode & OTHERS)


def _quick_check(path: Path) -> str:
    """Return SQLite's word on a file: ok, or its first complaint."""
    place = f"{path.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(place, uri=True, timeout=BUSY_S)) as database:
        row = database.execute("PRAGMA quick_check(1)").fetchone()
    return str(row[0])


def _is_expected(variant: str, chosen: str, folder: Path | None) -> bool:
    """Say whether a model must be there; one that the user may make only when it is chosen."""
    entry = model_entry(variant, folder)
    return entry.shipped or variant == chosen or entry.path.exists()
