"""What the window hands back: wishes during a session, answers from the other pages."""

from dataclasses import dataclass
from enum import Enum, auto


class Wish(Enum):
    """What the person asks for during a session."""

    PAUSE = auto()  # or go on; it also closes the question about pain
    SKIP = auto()
    BACK = auto()
    NEXT = auto()  # the whole exercise is passed over
    PLUS = auto()  # one more on the count; in a rest, longer
    MINUS = auto()
    PAIN = auto()
    PAIN_SKIP = auto()  # the answers to the question that follows
    PAIN_NOTE = auto()
    PAIN_STOP = auto()
    MUTE = auto()
    END = auto()


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
