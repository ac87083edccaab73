"""The position of an exercise as data: what must be read for it to be there, floor or ball."""

from typing import Annotated

from pydantic import Field

from coreline.programme.rule_values import (
    OPEN,
    Degrees,
    Number,
    ReasonCode,
    Rule,
    Seconds,
    SharedRule,
)


class ConditionLimits(Rule):
    """The limits of a condition, as far as they differ where a ball is used."""

    min: Number | None = None
    max: Number | None = None
    keep_min: Number | None = None
    keep_max: Number | None = None
    near_min: Number | None = None
    near_max: Number | None = None


class ReadsShort(Rule):
    """A reading of which the pose model shows less than there is where a ball is used.

    What is beyond `above` is taken `factor` times, so that its limits and what is shown of it are
    the body's and not the model's.
    """

    above: Number
    factor: Annotated[float, Field(ge=1, le=3)]

    def full(self, value: float) -> float:
        """Return what was there; never less than was read, and more for more."""
        return value + (self.factor - 1.0) * max(0.0, value - self.above)


class Condition(SharedRule):
    """A reading that must lie between two limits; `cue` says what to do when it does not.

    Attributes:
        measure: what is read.
        min, max: for the position to be reached.
        keep_min, keep_max: for it to be kept once it was, wider; without them it need not be.
        patience_s: how long it may be out of them before the position was left; None for the
            position's own `leave_s`. A line that breaks while hands and feet stand is a fault
            first, and only then no longer the exercise. Of a raise only while the leg is up.
        near_min, near_max: within these somebody is trying; an attempt that gets no further is
            refused for `reason`.
        own: the keep limits are changes from the person's own neutral.
        cue: what to do when it is not met.
        ball: which of the limits are others on a ball.
    """

    measure: str
    min: Number = -OPEN
    max: Number = OPEN
    keep_min: Number | None = None
    keep_max: Number | None = None
    patience_s: Seconds | None = None
    near_min: Number | None = None
    near_max: Number | None = None
    own: bool = False
    reason: ReasonCode | None = None
    cue: str | None = None
    ball: ConditionLimits | None = None

    @property
    def keeps(self) -> bool:
        """Say whether it must stay true."""
        return self.keep_min is not None or self.keep_max is not None

    def is_reached(self, value: float) -> bool:
        """Say whether a reading is within the limits of the start."""
        return self.min <= value <= self.max

    def is_kept(self, value: float) -> bool:
        """Say whether a reading is within the wider limits of what was begun."""
        low = -OPEN if self.keep_min is None else self.keep_min
        high = OPEN if self.keep_max is None else self.keep_max
        return low <= value <= high

    def is_near(self, value: float) -> bool:
        """Say whether a reading is that of somebody who is trying."""
        low = self.min if self.near_min is None else self.near_min
        high = self.max if self.near_max is None else self.near_max
        return low <= value <= high

    def on_ball(self, short: ReadsShort | None = None) -> "Condition":
        """Return the condition as it is on a ball, of a reading that is `short` there."""
        changed = {} if self.ball is None else self.ball.model_dump(exclude_none=True)
        here = self.model_copy(update=changed)
        if short is None or self.own:
            return here
        limits = {name: getattr(here, name) for name in ConditionLimits.model_fields}
        known = {name: each for name, each in limits.items() if each is not None}
        return here.model_copy(update={name: short.full(each) for name, each in known.items()})


class Start(Rule):
    """The position: nothing counts until it was reached.

    Attributes:
        hold_s: how long it is held, its line moving by no more than `still_deg`.
        leave_s: for so long it must be out of its limits to have been left.
        conditions: what makes the position.
    """

    hold_s: Seconds = 0.4
    still_deg: Degrees = 8.0
    leave_s: Seconds = 0.3
    conditions: Annotated[tuple[Condition, ...], Field(strict=False, min_length=1)]


class BallSeen(SharedRule):
    """How one sees that a ball is used.

    Attributes:
        conditions: all of them are met with a ball; mostly one support of the body is that much
            above the other.
        stays: they are met only while the person rests; what was seen then holds for the set.
        reads_short: what the model shows too little of, by measure.
    """

    conditions: Annotated[tuple[Condition, ...], Field(strict=False, min_length=1)]
    stays: bool = False
    reads_short: dict[str, ReadsShort] = Field(default={})
