"""What was found wrong with the journal, as values: what happened to it, and what it lacks."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Final

from coreline.errors import JournalError

LONGEST_TEXT: Final = 200  # of a name or a file's name; a profile's form takes 60


class Found(StrEnum):
    """What was wrong."""

    DAMAGED = "damaged"  # the file was no whole database
    GONE = "gone"  # there was no file, or nothing in it
    ALTERED = "altered"  # rows were no longer what was written
    BEHIND = "behind"  # it held less than had been kept: an older copy, or rows deleted by hand
    STRAY = "stray"  # a log lay beside it that is not of this file
    LIST = "list"  # the ledger, which says what was kept, was damaged itself


class Lost(StrEnum):
    """What of a person is missing, or no longer what was written."""

    PERSON = "person"  # everything
    SESSION = "session"
    PART = "part"  # of a session: it was saved more often than it is now
    NOTES = "notes"  # of one day: pain and choices
    PROFILE = "profile"  # it is as it was before
    ALTERED_SESSION = "altered_session"
    ALTERED_NOTES = "altered_notes"


@dataclass(frozen=True, slots=True)
class Mishap:
    """What was found at one opening, and what was done.

    Attributes:
        id: What the mishap is called, so that it is told once.
        found: What was wrong.
        day: When it was found.
        aside: The name of the file that was set aside, or nothing.
        restored: The day of the backup that was put back, or from which sessions were taken.
        saved: So many sessions were taken over from the damaged file or the backups.
        people: So many profiles were written anew from the ledger.
        partly: So many sessions can be read in part in the file that was set aside.
        seen: The person has acknowledged it.
    """

    id: str
    found: Found
    day: date
    aside: str = ""
    restored: date | None = None
    saved: int = 0
    people: int = 0
    partly: int = 0
    seen: bool = False

    @property
    def of_file(self) -> bool:
        """Whether the whole file was replaced."""
        return self.found in (Found.DAMAGED, Found.GONE)

    @property
    def began_anew(self) -> bool:
        """Whether there was nothing to put in its place."""
        return self.of_file and self.restored is None

    def as_line(self) -> dict[str, Any]:
        """Return it as the ledger keeps it."""
        return {
            "happened": self.id,
            "found": self.found.value,
            "day": self.day.isoformat(),
            "aside": self.aside,
            "restored": self.restored.isoformat() if self.restored else None,
            "saved": self.saved,
            "people": self.people,
            "partly": self.partly,
            "seen": self.seen,
        }

    @classmethod
    def from_line(cls, line: dict[str, Any]) -> "Mishap":
        """Return what the ledger kept.

        Raises:
            KeyError: Something is not there.
            ValueError: Something is not what it should be.
        """
        restored = line["restored"]
        return cls(
            id=str(line["happened"]),
            found=Found(line["found"]),
            day=date.fromisoformat(line["day"]),
            aside=str(line["aside"])[:LONGEST_TEXT],
            restored=date.fromisoformat(restored) if restored else None,
            saved=int(line["saved"]),
            people=int(line["people"]),
            partly=int(line["partly"]),
            seen=bool(line["seen"]),
        )


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that was kept once and is not there now.

    Attributes:
        kind: What it is.
        id: What it is called: a session's uid, or a profile's id.
        name: Whose it is.
        day: Of which day, where it is of one.
        count: How many, of notes.
    """

    kind: Lost
    id: str
    name: str
    day: date | None = None
    count: int = 1

    @property
    def key(self) -> str:
        """What tells it from every other loss."""
        of_day = self.kind in (Lost.NOTES, Lost.ALTERED_NOTES) and self.day is not None
        return f"{self.kind}:{self.id}" + (f":{self.day}" if of_day else "")


@dataclass(frozen=True, slots=True)
class Notices:
    """What the person should know of the journal; empty where all is well.

    Attributes:
        mishaps: What happened to it and is not acknowledged yet.
        losses: What is missing and not acknowledged yet.
        readable: Files that were set aside, are still there, and may hold some of what is missing.
        passing: What is so at this opening alone, in words; nothing to acknowledge.
    """

    mishaps: tuple[Mishap, ...] = ()
    losses: tuple[Loss, ...] = ()
    readable: tuple[str, ...] = ()
    passing: tuple[JournalError, ...] = ()

    @property
    def open(self) -> bool:
        """Whether there is something to acknowledge."""
        return bool(self.mishaps or self.losses)

    def __len__(self) -> int:
        """Return how much there is to tell."""
        return len(self.mishaps) + len(self.losses) + len(self.passing)

    def __iter__(self) -> Iterator[Mishap | Loss | JournalError]:
        """Yield what happened, what is missing, and what is so at this opening alone."""
        yield from self.mishaps
        yield from self.losses
        yield from self.passing


def without_aside(mishap: Mishap) -> Mishap:
    """Return a mishap whose file is no longer there."""
    return replace(mishap, aside="", partly=0)
