"""The shape of the programme's data: exercises, doses, levels and the texts a patient reads."""

from itertools import pairwise
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from coreline.programme.rules import Judging

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")

Prose = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Sides = Literal["each_leg", "each_side", "both_ways", "none"]
Camera = Literal["side", "chest"]
Confidence = Literal["high", "medium", "low"]
Machine = Literal["hold", "raises", "roll"]

# Beyond these a number in a data file is a slip of the pen, not a prescription.
Times = Annotated[int, Field(ge=1, le=100)]
Seconds = Annotated[float, Field(gt=0, le=600)]
RestSeconds = Annotated[float, Field(ge=0, le=600)]


class Frozen(BaseModel):
    """A value read from a data file: unknown keys refused, types exact, never changed."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class Text(Frozen):
    """One text in every language of the product."""

    nl: Prose
    en: Prose

    def in_(self, language: Language) -> str:
        """Return the text in one language."""
        return self.nl if language == "nl" else self.en


class HoldDose(Frozen):
    """Hold a position `sets` times for `hold_s` seconds, `rest_s` seconds of rest between."""

    kind: Literal["hold"]
    sets: Times
    hold_s: Seconds
    rest_s: RestSeconds


class RaisesDose(Frozen):
    """Repeat a movement, each time held at the top for `hold_s` seconds, rest between sets."""

    kind: Literal["raises"]
    sets: Times
    repetitions: Times
    hold_s: Seconds
    rest_s: RestSeconds


class RollsDose(Frozen):
    """Turn the whole body around its length, the direction in turn, rest between sets."""

    kind: Literal["rolls"]
    sets: Times
    rotations: Times
    rest_s: RestSeconds


Dose: TypeAlias = HoldDose | RaisesDose | RollsDose


class Exercise(Frozen):
    """One exercise of the programme, as its data file says it.

    `place` orders the exercises of a level. `sides`: each leg or each side has the full dose;
    "both_ways" is a symmetrical pose done facing each way, the second of which may be left out.
    `view` is how one lies to the camera, `confidence` what a single camera can make of it.
    """

    id: Identifier
    level: Identifier
    place: Times
    name: Text
    start_position: Text
    movement: Text
    explanation: Text
    dose: Dose = Field(discriminator="kind")
    sides: Sides
    view: Camera
    confidence: Confidence
    not_visible: Text
    judging: Judging | None = None

    @property
    def machine(self) -> Machine:
        """Return which machine counts this exercise; the dose's kind decides it."""
        return "roll" if self.dose.kind == "rolls" else self.dose.kind

    @property
    def judged(self) -> bool:
        """Say whether the camera judges this exercise, or only shows and times it."""
        return self.judging is not None


class Level(Frozen):
    """A stage of the programme; `last_week` is None where it goes on without an end."""

    id: Identifier
    name: Text
    first_week: Annotated[int, Field(ge=1)]
    last_week: Annotated[int, Field(ge=1)] | None = None


def _follow_each_other(levels: tuple[Level, ...]) -> tuple[Level, ...]:
    """Return the levels; raise ValueError unless the weeks run on and the last level is open."""
    if len({level.id for level in levels}) != len(levels):
        raise ValueError("two levels have the same id")
    for level, after in pairwise(levels):
        if level.last_week is None or after.first_week != level.last_week + 1:
            raise ValueError(f'"{after.id}" must begin in the week after "{level.id}" ends')
    if levels[0].first_week != 1 or levels[-1].last_week is not None:
        raise ValueError("the first level begins in week 1, the last has no last_week")
    return levels


class BallSize(Frozen):
    """A ball and whom it fits: everyone up to a height, or everyone who is taller.

    `shorter_than_m` leaves that height out, `up_to_m` includes it; the last size has neither.
    """

    diameter_cm: Annotated[int, Field(ge=20, le=120)]
    shorter_than_m: Annotated[float, Field(gt=0, le=3)] | None = None
    up_to_m: Annotated[float, Field(gt=0, le=3)] | None = None

    @model_validator(mode="after")
    def _has_one_limit_at_most(self) -> Self:
        if self.shorter_than_m is not None and self.up_to_m is not None:
            raise ValueError("give shorter_than_m or up_to_m, not both")
        return self

    @property
    def limit_m(self) -> float | None:
        """Return the height at which this size ends, or None for the largest."""
        return self.up_to_m if self.shorter_than_m is None else self.shorter_than_m


def _cover_every_height(sizes: tuple[BallSize, ...]) -> tuple[BallSize, ...]:
    """Return the sizes; raise ValueError unless limits rise and only the last has none."""
    limits = [size.limit_m for size in sizes]
    bounded = [limit for limit in limits[:-1] if limit is not None]
    if len(bounded) != len(limits) - 1 or limits[-1] is not None:
        raise ValueError(
            "every size but the last needs a limit (shorter_than_m or up_to_m), the last none"
        )
    if any(taller <= shorter for shorter, taller in pairwise(bounded)):
        raise ValueError("put the sizes in order of rising height")
    return sizes


class Ball(Frozen):
    """The advice to use a ball, and which size fits whom."""

    advice: Text
    size_advice: Text
    sizes: Annotated[
        tuple[BallSize, ...], Field(min_length=1, strict=False), AfterValidator(_cover_every_height)
    ]


class Pain(Frozen):
    """What to do with pain: the handout's four rules, in its words."""

    title: Text
    may_rise_weeks: Annotated[int, Field(ge=0, le=52)]
    may_rise: Text
    skip: Text
    rest: Text
    contact: Text


class Passage(Frozen):
    """A titled piece of text."""

    title: Text
    text: Text


class Programme(Frozen):
    """Everything in the handout that is not an exercise.

    `levels` are in the order in which they are trained. `default_rest_s` is the rest between sets
    where the handout gives none.
    """

    title: Text
    purpose: Text
    causes: Annotated[tuple[Text, ...], Field(min_length=1, strict=False)]
    performance: Text
    kind: Text
    every_day: Text
    default_rest_s: RestSeconds
    ball: Ball
    pain: Pain
    sitting: Passage
    sport: Passage
    levels: Annotated[
        tuple[Level, ...], Field(min_length=1, strict=False), AfterValidator(_follow_each_other)
    ]

    @property
    def level_ids(self) -> tuple[str, ...]:
        """Return the levels' ids in the order in which they are trained."""
        return tuple(level.id for level in self.levels)

    def level_of_week(self, week: int) -> Level:
        """Return the level of a training week, 1-based.

        Raises:
            ValueError: No level begins before this week.
        """
        begun = [level for level in self.levels if level.first_week <= week]
        if not begun:
            raise ValueError(f"week {week} is before the programme's first week")
        return begun[-1]
