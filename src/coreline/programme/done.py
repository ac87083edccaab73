"""What counts as done, what the seconds of a hold are, and what a line score stands for.

Screen, result page, history, reports and exports all read these numbers here, so that the same
training has the same numbers everywhere; docs/what_counts.md says the same in plain words.

- A **stay** is one time in position, from reaching it to leaving it. It counts for a hold unless it
  was refused, or was a scrap: scraps add up to nothing. What completes a set is none.
- A **set** is done as far as its clock ran (a hold) or its repetitions or turns counted. More than
  was asked for makes no more than the whole.
- An **exercise**, a **part** of a day and a **day** are as far done as their sets are, the sides
  alike; whole is what has every set whole.
- A **score** is of so much of what was asked for as it says; of too little there is none.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

from coreline.programme.spec import Exercise

# Guesses that nobody has measured; what physiotherapists think of real sessions would settle them.
SCRAP_S: Final = 5.0  # a shorter stay in a hold is a scrap
SCRAP_SHARE: Final = 1 / 6  # of the seconds that are asked for, where that is less: 5 of 30
LEAST_DONE: Final = 1 / 3  # of what was asked for: a score of less is withheld
APART_S: Final = 1.0  # seconds of a hold that lie nearer to one another are one number

LEAST_SCORED: Final = 0.7  # of what was done must have been seen, as of a single hold
_ROUNDING: Final = 1e-6  # sums of seconds are not exact


class Stay(Protocol):
    """One time in position; with `reasons` it was refused."""

    @property
    def start_s(self) -> float:
        """When the position was reached, seconds."""

    @property
    def end_s(self) -> float:
        """When it was left, seconds."""

    @property
    def in_line_s(self) -> float:
        """How much of it was in line, seconds."""

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it was no hold, by code."""

    @property
    def line_score(self) -> float | None:
        """Return 0 to 100; None where too little was seen."""


class SetOf(Protocol):
    """What a set came to: seconds of a hold's clock, else repetitions or turns that counted."""

    @property
    def done(self) -> float:
        """How much was done."""

    @property
    def prescribed(self) -> float:
        """How much was asked for."""

    @property
    def line_score(self) -> float | None:
        """Return `line_score_of` its stays or tops."""


# Done of what was asked


@dataclass(frozen=True, slots=True)
class Done:
    """How much of some sets was done; of a set that was done in part that part is in `sets_done`.

    The sets are those of an exercise on one side or on both, of a part of a day, or of days.
    """

    sets_asked: int = 0
    sets_whole: int = 0
    sets_done: float = 0.0

    @property
    def share(self) -> float | None:
        """Return how much of it was done, 0 to 1; None where nothing was asked for."""
        if not self.sets_asked:
            return None
        return 1.0 if self.is_whole else self.sets_done / self.sets_asked

    @property
    def is_whole(self) -> bool:
        """Say whether every set was done in whole, and there was one."""
        return 0 < self.sets_asked == self.sets_whole

    def __add__(self, other: "Done") -> "Done":
        """Return both together: two sides, two exercises, two days."""
        return Done(
            self.sets_asked + other.sets_asked,
            self.sets_whole + other.sets_whole,
            self.sets_done + other.sets_done,
        )


def share_of(done: float, asked: float) -> float:
    """Return how much of a set was done, 0 to 1; exactly 1 only where it is whole."""
    if asked <= 0.0:
        return 0.0
    share = max(done, 0.0) / asked
    return 1.0 if share >= 1.0 - _ROUNDING else share


def is_whole(done: float, asked: float) -> bool:
    """Say whether all was done that one set asks for."""
    return share_of(done, asked) >= 1.0


def done_of(sets: Iterable[tuple[float, float]]) -> Done:
    """Return what sets come to; of each what was done of it, and what was asked for."""
    shares = [share_of(done, asked) for done, asked in sets]
    return Done(len(shares), sum(each >= 1.0 for each in shares), sum(shares))


def percent_of(share: float) -> int:
    """Return a share in whole percents: 100 only for all of it, 0 only for nothing."""
    most, least = 100 if share >= 1.0 else 99, 0 if share <= 0.0 else 1
    return min(max(round(100.0 * share), least), most)


def whole_amount(done: float, asked: float) -> int:
    """Return an amount in whole seconds or times: all that was asked only where it was done."""
    return round(asked) if is_whole(done, asked) else int(max(done, 0.0))


# The seconds of a hold


@dataclass(frozen=True, slots=True)
class HoldSeconds:
    """What a set of a hold, or several, came to; each of the first three is part of the one before.

    Attributes:
        position_s: in position, of the stays that count.
        clock_s: of these, with a form that was good enough: the clock ran. It is what is done.
        in_line_s: of these, in line.
        longest_s: the longest stay that was not refused, a scrap too.
        let_go: how often the position was left before the set was whole.
        refused: how many stays were refused.
    """

    position_s: float = 0.0
    clock_s: float = 0.0
    in_line_s: float = 0.0
    longest_s: float = 0.0
    let_go: int = 0
    refused: int = 0

    @property
    def differ(self) -> bool:
        """Say whether the three are to be told apart; else the clock's seconds are enough."""
        return self.position_s - self.in_line_s >= APART_S

    def __add__(self, other: "HoldSeconds") -> "HoldSeconds":
        """Return two sets together; the longest stay is the longest of both."""
        return HoldSeconds(
            self.position_s + other.position_s,
            self.clock_s + other.clock_s,
            self.in_line_s + other.in_line_s,
            max(self.longest_s, other.longest_s),
            self.let_go + other.let_go,
            self.refused + other.refused,
        )


def length_s(stay: Stay) -> float:
    """Return how long a stay lasted."""
    return stay.end_s - stay.start_s


def least_stay_s(asked_s: float) -> float:
    """Return how long a stay must last to count for a set that asks for so many seconds."""
    return min(SCRAP_S, SCRAP_SHARE * asked_s)


def is_scrap(lasted_s: float, asked_s: float) -> bool:
    """Say whether a stay was too short to count for what was asked."""
    return lasted_s < least_stay_s(asked_s) - _ROUNDING


def counts(stay: Stay, asked_s: float) -> bool:
    """Say whether a stay counts by itself: it was not refused, and is no scrap."""
    return not stay.reasons and not is_scrap(length_s(stay), asked_s)


def hold_seconds(
    stays: Iterable[Stay], clock_s: float, asked_s: float, *, before_s: float = 0.0
) -> HoldSeconds:
    """Return what a set of a hold came to.

    Args:
        stays: all of them, refused ones too.
        clock_s: what the clock counted: what is done of the set.
        asked_s: what the set asks for.
        before_s: what of it was done in an earlier session.
    """
    stays = tuple(stays)
    held = [each for each in stays if not each.reasons]
    whole = bool(held) and is_whole(before_s + clock_s, asked_s)
    completing = held[-1] if whole else None
    counting = [each for each in held if each is completing or counts(each, asked_s)]
    return HoldSeconds(
        # A set that was told to be done is whole, though its last moment was the way down.
        position_s=max(sum(map(length_s, counting)), clock_s),
        clock_s=clock_s,
        in_line_s=min(sum(each.in_line_s for each in counting), clock_s),
        longest_s=max(map(length_s, held), default=0.0),
        let_go=len(held) - whole,
        refused=len(stays) - len(held),
    )


# Scores


class NoScore(StrEnum):
    """Why there is no score."""

    NOTHING = "nothing"  # nothing was done that counts
    TOO_LITTLE = "too_little"  # less than `LEAST_DONE` of what was asked for
    NOT_SEEN = "not_seen"  # enough was done, and too little of it was seen


@dataclass(frozen=True, slots=True)
class Score:
    """A line score, 0 to 100, with the share of the asked work that it is of, 0 to 1.

    Without a `value` it is `withheld`, for that reason.
    """

    value: float | None
    share: float
    withheld: NoScore | None = None


def has_line(exercise: Exercise) -> bool:
    """Say whether an exercise can have a line score: it is judged, and no turning."""
    return exercise.judged and exercise.machine != "roll"


def line_score_of(parts: Iterable[tuple[float | None, float]]) -> float | None:
    """Return the score of what was done of a set, or None where too little of it has one.

    Args:
        parts: of each stay that counts, or of each top, the score and how long it was held.
    """
    parts = [(score, held_s) for score, held_s in parts if held_s > 0.0]
    known = [(score, held_s) for score, held_s in parts if score is not None]
    whole_s, known_s = (sum(held_s for _, held_s in some) for some in (parts, known))
    if not known or known_s < (LEAST_SCORED - _ROUNDING) * whole_s:
        return None
    return sum(score * held_s for score, held_s in known) / known_s


def line_parts(stays: Iterable[Stay], asked_s: float) -> list[tuple[float | None, float]]:
    """Return what `line_score_of` takes, of the stays of a hold."""
    return [(each.line_score, length_s(each)) for each in stays if counts(each, asked_s)]


@dataclass(frozen=True, slots=True)
class Scored:
    """What a score is made of, so that scores of several exercises or days can be put together.

    Attributes:
        sets_asked: of exercises that have a line.
        sets_done: what was done of such sets, in parts.
        sets_scored: of these, what has a score.
        points: the sum of scores, each times the part of its set that was done.
    """

    sets_asked: int = 0
    sets_done: float = 0.0
    sets_scored: float = 0.0
    points: float = 0.0

    def __add__(self, other: "Scored") -> "Scored":
        """Return both together."""
        return Scored(
            self.sets_asked + other.sets_asked,
            self.sets_done + other.sets_done,
            self.sets_scored + other.sets_scored,
            self.points + other.points,
        )

    def score(self, least_done: float = LEAST_DONE) -> Score:
        """Return the score; of less than the least share of what was asked for there is none."""
        if self.sets_done <= 0.0:
            return Score(None, 0.0, NoScore.NOTHING)
        asked = max(float(self.sets_asked), self.sets_scored)
        share = self.sets_scored / asked if asked else 0.0
        least = least_done * asked - _ROUNDING
        if self.sets_scored <= 0.0 or self.sets_scored < least:
            too_little = self.sets_done < least
            return Score(None, share, NoScore.TOO_LITTLE if too_little else NoScore.NOT_SEEN)
        return Score(self.points / self.sets_scored, share)


def scored_of(sets: Iterable[SetOf], sets_asked: int | None = None) -> Scored:
    """Return what the score of some sets is made of, each weighed by how much of it was done.

    Args:
        sets: what was done; a set that was gone on with later may come in pieces. Only those of
            exercises that have a line (`has_line`).
        sets_asked: how many sets of such exercises were asked for; None: as many as there are.
    """
    sets = tuple(sets)
    shares = [(share_of(each.done, each.prescribed), each.line_score) for each in sets]
    known = [(share, score) for share, score in shares if score is not None]
    return Scored(
        sets_asked=len(sets) if sets_asked is None else sets_asked,
        sets_done=sum(share for share, _ in shares),
        sets_scored=sum(share for share, _ in known),
        points=sum(share * score for share, score in known),
    )


def score_of(
    sets: Iterable[SetOf], sets_asked: int | None = None, *, least_done: float = LEAST_DONE
) -> Score:
    """Return the score of some sets, as `scored_of` takes them."""
    return scored_of(sets, sets_asked).score(least_done)
