"""What a day asks for, as values: the answer that `schedule` gives for every day there is."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from coreline.programme.done import Done, done_of, is_whole
from coreline.programme.life import (
    EasierChosen,
    LevelAsked,
    LevelChosen,
    Profile,
    RestChosen,
    SetDone,
)
from coreline.programme.pace import amount
from coreline.programme.prescription import NOTHING_PRESCRIBED, Prescription
from coreline.programme.sayings import Saying
from coreline.programme.spec import Dose


class DayKind(StrEnum):
    """What sort of day it is."""

    TRAIN = "train"
    REST = "rest"  # chosen by the person, or none of the days of the physiotherapist's plan
    NOT_STARTED = "not_started"  # before the start date


class Surface(StrEnum):
    """What an exercise is done on."""

    BALL = "ball"
    FLOOR = "floor"


class SkipReason(StrEnum):
    """Why an exercise is left out today."""

    PAIN = "pain"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Item:
    """One exercise on one side. `done` has each set: seconds of a hold, else how many.

    `instead_of` is the exercise of the level that this easier one is done in place of. Where the
    physiotherapist's plan has a word on it, `prescribed_by` is who that is, as far as it is known,
    and `note` what they say; else it is None.
    """

    exercise_id: str
    side: str | None
    dose: Dose
    surface: Surface
    done: tuple[float, ...]
    instead_of: str | None = None
    skipped: SkipReason | None = None
    prescribed_by: str | None = None
    note: str = ""

    @property
    def sets(self) -> int:
        """Return how many sets are asked for."""
        return self.dose.sets

    @property
    def prescribed(self) -> float:
        """Return what one set asks for: seconds of a hold, else repetitions or rotations."""
        return amount(self.dose)

    @property
    def work(self) -> Done:
        """Return how much of its sets is done."""
        if not any(self.done):  # asked of every day that is looked back on
            return Done(len(self.done))
        asked = self.prescribed
        return done_of((each, asked) for each in self.done)

    @property
    def sets_done(self) -> int:
        """Return how many sets are done in whole."""
        return self.work.sets_whole

    @property
    def done_share(self) -> float:
        """Return how much of the whole dose is done, 0 to 1."""
        return self.work.share or 0.0

    @property
    def open_sets(self) -> tuple[int, ...]:
        """Return the numbers of the sets that are still to be done, 1-based."""
        if self.skipped is not None:
            return ()
        return tuple(
            n for n, each in enumerate(self.done, 1) if not is_whole(each, self.prescribed)
        )


@dataclass(frozen=True, slots=True)
class PlannedSet:
    """One set that a session is to consist of.

    `prescribed` is seconds of a hold, else repetitions or turns. A side of None is one for both, or
    whichever side the person lies on.
    """

    exercise_id: str
    side: str | None
    set_number: int
    prescribed: float

    def fits(self, done: SetDone) -> bool:
        """Say whether a set that was begun is this one."""
        same = (self.exercise_id, self.set_number) == (done.exercise_id, done.set_number)
        return same and (None in (self.side, done.side) or self.side == done.side)


class OfferKind(StrEnum):
    """What may be chosen today; nothing happens unless it is."""

    NEXT_LEVEL = "next_level"
    SAME_LEVEL = "same_level"  # it was time for the next one
    EARLIER_LEVEL = "earlier_level"
    EASIER = "easier"  # an easier exercise in place of one that hurt
    OWN_AGAIN = "own_again"  # the level's own exercise again
    REST = "rest"
    END_REST = "end_rest"
    START = "start"  # today is the first day of week 1


@dataclass(frozen=True, slots=True)
class StartChosen:
    """The programme begins on this day: it becomes the profile's start."""

    day: date


Choice: TypeAlias = LevelChosen | EasierChosen | RestChosen | StartChosen


@dataclass(frozen=True, slots=True)
class Offer:
    """Something the person may choose; `choice` is what to write down when they do."""

    kind: OfferKind
    what: Saying
    why: Saying
    choice: Choice


class Speaks(StrEnum):
    """What a fact says about going on."""

    FOR = "for"
    AGAINST = "against"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class LevelQuestion:
    """What the person is asked about the level, with what speaks for and against going on.

    `offers` are the answers; each is something to write down, so that it is remembered, as is
    `asked`, that the question was put.
    """

    asked: LevelAsked
    asks: Saying
    facts: tuple[tuple[Speaks, Saying], ...]
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class Missed:
    """Days of training from `since` to yesterday on which nothing, and sets that were not done."""

    since: date
    days: tuple[date, ...] = ()
    sets: int = 0


@dataclass(frozen=True, slots=True)
class DayPlan:
    """The answer for one day; `week` counts from 1 and is None before the start.

    `offers` are what may be chosen, the answers to the `question` first; `plan` is that of the
    physiotherapist, an empty one where there is none.
    """

    day: date
    kind: DayKind
    week: int | None
    level_id: str | None
    items: tuple[Item, ...]
    why: tuple[Saying, ...]
    whole_s: float
    left_s: float
    offers: tuple[Offer, ...] = ()
    question: LevelQuestion | None = None
    missed: Missed | None = None
    notes: tuple[Saying, ...] = ()
    plan: Prescription = NOTHING_PRESCRIBED

    @property
    def doses(self) -> dict[str, Dose]:
        """Return how much each exercise of the day asks for, by its id."""
        return {item.exercise_id: item.dose for item in self.items}

    @property
    def prescribed(self) -> dict[str, str]:
        """Return the exercises that the physiotherapist has a word on, and their note, if any."""
        return {
            item.exercise_id: item.note for item in self.items if item.prescribed_by is not None
        }

    @property
    def complete(self) -> bool:
        """Say whether nothing is left to do today, and something was."""
        return bool(self.items) and not any(item.open_sets for item in self.items)


def surface(profile: Profile, exercise_id: str) -> Surface:
    """Return what this person does an exercise on."""
    return Surface.BALL if exercise_id in profile.on_ball else Surface.FLOOR
