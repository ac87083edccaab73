"""What is asked of a clip, and what came of it: the values that go to a worker and come back."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from coreline.archive.versions import Versions
from coreline.body.measures import Side
from coreline.judging.ready import Place
from coreline.printable import printable
from coreline.programme.language import Language

AUTO: Final = "auto"
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")  # one letter alone is a drive
Said = tuple[str, str]  # in English and Dutch


@dataclass(frozen=True, slots=True)
class Asked:
    """What one clip is held against.

    Attributes:
        exercise: Its id, or `AUTO` to have it told.
        side: The leg that works; None for the one that does.
        place: Floor or ball; None for what is seen.
        person: Who is in it, as the clinic calls them; it stands on the report.
        height_m: Of that person; it is handed on to the table, and judged by nothing.
    """

    exercise: str = AUTO
    side: Side | None = None
    place: Place | None = None
    person: str = ""
    height_m: float | None = None


@dataclass(frozen=True, slots=True)
class Clip:
    """One clip of a run: where it is (a path or an address), and what it is called in tables."""

    where: str
    name: str
    asked: Asked

    @property
    def file(self) -> str:
        """Return the name of the file alone."""
        return file_name(self.where)

    @property
    def is_remote(self) -> bool:
        """Say whether it has to be fetched."""
        return is_address(self.where)


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for every clip of a run.

    Attributes:
        model: The pose model.
        language: Of the reports.
        own: Name and text of each exercise of somebody's own.
        versions: Of program and model, which whoever judges must have.
        away: Other computers judge.
    """

    model: str
    language: Language
    versions: Versions
    own: tuple[tuple[str, str], ...] = ()
    away: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """A clip to be judged: `mark` is what its content is known by, `key` what the result is."""

    key: str
    clip: Clip
    mark: str
    settings: Settings


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a clip: a judgement, or one line of why not.

    Attributes:
        key: Of the task.
        document: The facts, as `--json` writes them; None where it failed.
        row: What the tables say of it; None likewise.
        report: The page; empty likewise.
        notice: What is to be told although it was judged, such as that the file is cut short.
        error: Why it failed, in English and Dutch.
        lasts: It would come to the same again, so that it is not tried again: the clip is at fault.
        differs: Whoever was to judge is not like the others, which ends the run.
    """

    key: str
    document: dict[str, Any] | None = None
    row: dict[str, Any] | None = None
    report: str = ""
    notice: str = ""
    error: Said | None = None
    lasts: bool = False
    differs: bool = False


def failed(task: Task, error: Said, *, lasts: bool = False, differs: bool = False) -> Outcome:
    """Return that a clip was not judged, and why."""
    return Outcome(task.key, error=error, lasts=lasts, differs=differs)


def task_of(clip: Clip, mark: str, settings: Settings) -> Task:
    """Return a clip whose content is known as something to judge.

    Its key is made of all that the result depends on, and of nothing else. The name of the file is
    among it, since it stands on the report; its folder is not.
    """
    asked = asdict(clip.asked)
    del asked["height_m"]
    known: dict[str, Any] = {
        "mark": mark,
        "file": clip.file,
        "asked": asked,
        "model": settings.model,
        "language": settings.language,
        "own": settings.own,
        "versions": asdict(settings.versions),
    }
    text = json.dumps(known, sort_keys=True)
    return Task(hashlib.sha256(text.encode("ascii")).hexdigest(), clip, mark, settings)


def is_address(where: str) -> bool:
    """Say whether a clip lies at an address, such as s3://bucket/clip.mp4, and not in a folder."""
    return _SCHEME.match(where) is not None


def file_name(where: str) -> str:
    """Return the last part of a path or an address, printable."""
    if is_address(where):
        return printable(PurePosixPath(unquote(urlsplit(where).path)).name or "clip")
    return printable(PurePosixPath(where.replace("\\", "/")).name)


def without_secrets(where: str) -> str:
    """Return an address as it may be shown: without name, password, and what signs it."""
    if not is_address(where):
        return printable(where)
    parts = urlsplit(where)
    host = parts.netloc.rpartition("@")[2]
    return printable(f"{parts.scheme}://{host}{parts.path}")


def named(clips: Sequence[tuple[str, str]], asked: Asked) -> list[Clip]:
    """Return clips of which the same is asked, from where each is and what it is called."""
    return [Clip(where, name, asked) for where, name in clips]
