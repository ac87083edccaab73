"""The shape of the programme's data: exercises, doses, levels and the texts a patient reads."""

from itertools import pairwise
from typing import Annotated, Final, Literal, Self, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from coreline.limits import NAME_SIGNS, OTHER_NAMES, TEXT_SIGNS
from coreline.printable import unseen_sign
from coreline.programme.figure import Figure
from coreline.programme.language import Language
from coreline.programme.rules import Judging


def _seen(text: str) -> str:
    """Return a text; raise ValueError where a sign in it is not seen and changes others."""
    sign = unseen_sign(text, but="\n\t")
    if sign is not None:
        raise ValueError(f"has a sign that is not seen, U+{ord(sign):04X}; take it out")
    return text


Prose = Annotated[
    str,
    StringConstraints(min_length=1, max_length=TEXT_SIGNS, strip_whitespace=True),
    AfterValidator(_seen),
]
IDENTIFIER: Final = r"^[a-z0-9]+(-[a-z0-9]+)*$"
Identifier = Annotated[str, StringConstraints(pattern=IDENTIFIER, max_length=NAME_SIGNS)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z]+(_[a-z0-9]+)*$", max_length=NAME_SIGNS)]
Sides = Literal["each_leg", "each_side", "both_ways", "none"]
Camera = Literal["side", "chest"]
Confidence = Literal["high", "medium", "low"]
Machine = Literal["hold", "raises", "roll"]

# Beyond these a number in a data file is a slip of the pen, not a prescription.
Times = Annotated[int, Field(ge=1, le=100)]
Seconds = Annotated[float, Field(gt=0, le=600)]
RestSeconds = Annotated[float, Field(ge=0, le=600)]
PainScore = Annotated[int, Field(ge=0, le=10)]
Share = Annotated[float, Field(ge=0, le=1)]


class Frozen(BaseModel):
    """A value read from a data file: unknown keys refused, types exact, never changed."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, allow_inf_nan=False, defer_build=True
    )


class Text(Frozen):
    """One text in every language of the product."""

    nl: Prose
    en: Prose

    def in_(self, language: Language) -> str:
        """Return the text in one language."""
        return self.nl if language == "nl" else self.en


def _as_name(text: Text) -> Text:
    """Return a text; raise ValueError where it is too long to be a name."""
    if max(len(text.nl), len(text.en)) > NAME_SIGNS:
        raise ValueError(f"must be a name of {NAME_SIGNS} signs at most")
    return text


NameText = Annotated[Text, AfterValidator(_as_name)]


class OwnCode(Frozen):
    """A fault or a reason that an exercise brings, and one sentence on how to correct it."""

    name: NameText
    correction: Text


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


def _are_names(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return names; raise ValueError where one is too long to be one."""
    if any(len(each) > NAME_SIGNS for each in names):
        raise ValueError(f"must be names of {NAME_SIGNS} signs at most")
    return names


Names = Annotated[
    tuple[Prose, ...],
    Field(min_length=1, max_length=OTHER_NAMES, strict=False),
    AfterValidator(_are_names),
]


class OtherNames(Frozen):
    """What else something is called, in each language: it may be typed, and is never shown."""

    nl: Names = ()
    en: Names = ()


class Exercise(Frozen):
    """One exercise of the programme, as its data file says it.

    `place` orders the exercises of a level. `sides`: each leg or each side has the full dose;
    "both_ways" is a symmetrical pose done facing each way, the second of which may be left out.
    `view` is how one lies to the camera, `confidence` what a single camera can make of it.
    Where an arm is lifted, a raised hand cannot mean anything else. `start_on_floor` is the start
    position in words for who has no ball, where `start_position` knows only the one with it.

    An exercise may bring words of its own: `faults` and `reasons` by their codes, and `cues`, which
    its judging names as `own.` and their key.
    """

    id: Identifier
    level: Identifier
    place: Times
    name: NameText
    also_called: OtherNames = OtherNames()
    start_position: Text
    start_on_floor: Text | None = None
    movement: Text
    explanation: Text
    dose: Dose = Field(discriminator="kind")
    sides: Sides
    view: Camera
    confidence: Confidence
    not_visible: Text
    lifts_arm: bool = False
    faults: dict[Code, OwnCode] = {}
    reasons: dict[Code, OwnCode] = {}
    cues: dict[Code, Text] = {}
    judging: Judging | None = None
    figure: Figure | None = None  # none: the exercise is named and not drawn

    def start(self, *, on_ball: bool) -> Text:
        """Return the start position in words, as it is with the ball or without."""
        return self.start_position if on_ball else self.start_on_floor or self.start_position

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
    """The advice to use a ball, which size fits whom, and which exercises can be done on it."""

    advice: Text
    size_advice: Text
    exercises: Annotated[tuple[Identifier, ...], Field(strict=False)]
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
    rules: "PainRules"


class PainRules(Frozen):
    """Where the handout's words for pain begin and end; scores are 0 (none) to 10 (the worst).

    An exercise `hurts_badly_from` this score; pain is marked `marked_from`, asks for care
    `mind_from`, and is gone at `gone_to` or less. A rise of up to `slight_rise_to` points is
    slight. After a rest it came back soon within `soon_days` of the restart; without one it stays
    when it was marked and is not gone `lasting_days` later. The advice to contact the sports
    physician stands for `stands_days` after the last answer that called for it, and is said aloud
    once, or again every `say_again_days`.
    """

    hurts_badly_from: PainScore
    marked_from: PainScore
    mind_from: PainScore
    gone_to: PainScore
    slight_rise_to: Annotated[int, Field(ge=1, le=10)]
    rest_days: Annotated[int, Field(ge=1, le=60)]
    longest_rest_days: Annotated[int, Field(ge=1, le=60)]
    soon_days: Annotated[int, Field(ge=1, le=60)]
    lasting_days: Annotated[int, Field(ge=1, le=60)]
    stands_days: Annotated[int, Field(ge=1, le=365)]
    say_again_days: Annotated[int, Field(ge=1, le=365)] | None = None

    @model_validator(mode="after")
    def _is_in_order(self) -> Self:
        if not self.gone_to < self.mind_from <= min(self.hurts_badly_from, self.marked_from):
            raise ValueError(
                "gone_to must be below mind_from, and mind_from no higher than "
                "hurts_badly_from and marked_from"
            )
        if self.rest_days > self.longest_rest_days:
            raise ValueError("rest_days must be longest_rest_days at most")
        return self


class Pace(Frozen):
    """How long things take beside the doses, in seconds.

    `raise_s` is the way up, down and to the tap of one repetition, the hold at the top not
    included; `roll_s` one whole rotation. Each set costs `ready_s` to be still and counted in, the
    other side `turn_s` and the next exercise `change_s` more than the rest before it. A session
    `long_from_s` is one that people may want to split over the day.
    """

    raise_s: Seconds
    roll_s: Seconds
    ready_s: RestSeconds
    turn_s: RestSeconds
    change_s: RestSeconds
    long_from_s: Annotated[float, Field(gt=0, le=86_400)]


class LevelChangeRules(Frozen):
    """When a change of level, or of one exercise, is offered; it is never forced.

    Ready for more: in the last `sessions` days of training, none of them longer than `recent_days`
    ago, at least `done_from` of the dose was done, at least `scored_from` of the sets had a line
    score, their mean was `line_score_from`, and no pain was above `pain_to`. After `absent_days`
    without training an earlier level is offered, after `start_again_days` week 1 too. In the first
    `stay_days` of a level the one before is offered when less than `stay_below` of it was done.
    An exercise that was made easier is offered back after `sessions` days done without pain.
    What was missed is looked up over `missed_days`.
    """

    sessions: Times
    recent_days: Times
    done_from: Share
    scored_from: Share
    line_score_from: Annotated[float, Field(ge=0, le=100)]
    pain_to: PainScore
    absent_days: Times
    start_again_days: Times
    stay_days: Times
    stay_below: Share
    missed_days: Times


class Passage(Frozen):
    """A titled piece of text."""

    title: Text
    text: Text


def _end_somewhere(easier: dict[str, str]) -> dict[str, str]:
    """Return the table; raise ValueError where exercises are each easier than the other."""
    for exercise_id in easier:
        seen, here = {exercise_id}, exercise_id
        while here in easier:
            here = easier[here]
            if here in seen:
                raise ValueError(f'"{exercise_id}" would be easier than itself')
            seen.add(here)
    return easier


class Programme(Frozen):
    """Everything in the handout that is not an exercise.

    `levels` are in the order in which they are trained. `default_rest_s` is the rest between sets
    where the handout gives none. `easier` names the exercise to do in place of one that hurts.
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
    pace: Pace
    moving: LevelChangeRules
    easier: Annotated[dict[Identifier, Identifier], AfterValidator(_end_somewhere)]
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
