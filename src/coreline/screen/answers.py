"""What the window hands back: wishes during a session, answers from the other pages."""

from dataclasses import dataclass

from coreline.session.command import Command


@dataclass(frozen=True, slots=True)
class MuteToggled:
    """The sound is to be off, or on again."""


Wish = Command | MuteToggled


@dataclass(frozen=True, slots=True)
class Picked:
    """A button was pressed, or a row of today's list chosen."""

    id: str


@dataclass(frozen=True, slots=True)
class Changed:
    """An item has a new value; the next page that is shown should have it."""

    id: str
    value: str | float | bool


@dataclass(frozen=True, slots=True)
class Dismissed:
    """The page was left without an answer."""


@dataclass(frozen=True, slots=True)
class PainGiven:
    """How much it hurts, 0 to 10, and where, by the ids of the places."""

    score: int
    places: tuple[str, ...]


Answer = Picked | Changed | Dismissed | PainGiven
