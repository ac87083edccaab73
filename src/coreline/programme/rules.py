"""How an exercise is judged, as data: what is measured, when it counts, which faults have names."""

from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from coreline.body.measures import KINDS, POINTS, points_needed

FAULT_CODES = (
    "sag",
    "pike",
    "knee_bent",
    "leg_low",
    "leg_high",
    "legs_low",
    "arms_low",
    "arm_low",
    "hips_low",
    "legs_swing",
    "trunk_rolled",
    "elbow_off",
    "feet_slide",
    "head",
    "not_seen",
)
REASON_CODES = (
    "too_short",
    "knee_bent",
    "no_tap",
    "line_broken",
    "too_high",
    "too_low",
    "too_fast",
    "incomplete",
    "same_direction",
    "not_seen",
)


def _one_of(name: str, known: tuple[str, ...]) -> str:
    if name not in known:
        raise ValueError(f'"{name}" is none of {", ".join(known)}')
    return name


Point = Annotated[str, AfterValidator(lambda name: _one_of(name, POINTS))]
Kind = Annotated[str, AfterValidator(lambda name: _one_of(name, KINDS))]
FaultCode = Annotated[str, AfterValidator(lambda name: _one_of(name, FAULT_CODES))]
ReasonCode = Annotated[str, AfterValidator(lambda name: _one_of(name, REASON_CODES))]
Seconds = Annotated[float, Field(gt=0, le=60)]
Share = Annotated[float, Field(ge=0, le=1)]
Degrees = Annotated[float, Field(gt=0, le=180)]


class Rule(BaseModel):
    """A part of the judging: unknown keys refused, types exact, never changed."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class MeasureRule(Rule):
    """A reading on the body: see `coreline.body.measures` for kinds and points."""

    kind: Kind
    points: Annotated[tuple[Point, ...], Field(strict=False)]
    scale: float = 1.0
    offset: float = 0.0

    @model_validator(mode="after")
    def _has_its_points(self) -> Self:
        needed = points_needed(self.kind)
        if len(self.points) != needed:
            raise ValueError(f'"{self.kind}" takes {needed} points, not {len(self.points)}')
        return self


class Condition(Rule):
    """A reading that must lie between two limits; `cue` says what to do when it does not.

    With `own` the limits are changes from the person's own neutral.
    """

    measure: str
    own: bool = False
    min: float = -1e9
    max: float = 1e9
    cue: str | None = None


class Start(Rule):
    """The start position: nothing counts until it was held.

    Attributes:
        hold_s: how long it is held, its line moving by no more than `still_deg`.
        settle_s: for so long after the start a line that is held higher replaces the neutral, in
            exercises that are reached in two steps.
        conditions: what makes the position.
    """

    hold_s: Seconds
    still_deg: Degrees
    settle_s: Annotated[float, Field(ge=0, le=60)] = 0.0
    conditions: Annotated[tuple[Condition, ...], Field(strict=False, min_length=1)]


class Keep(Rule):
    """What must stay true for the exercise to go on; `leave_s` long untrue ends it."""

    leave_s: Seconds
    conditions: Annotated[tuple[Condition, ...], Field(strict=False, min_length=1)]


class Band(Rule):
    """A reading with a good middle and a fault on either side.

    Limits are changes from the person's own neutral, or absolute when `own` is false. `low` and
    `high` name the faults; a side without a name has no limit. `reason` is why a repetition is
    refused when the fault shows at its top.
    """

    measure: str
    own: bool = True
    low: FaultCode | None = None
    high: FaultCode | None = None
    good_low: float = -1e9
    good_high: float = 1e9
    fault_low: float = -1e9
    fault_high: float = 1e9
    reason: ReasonCode | None = None
    low_cue: str | None = None
    high_cue: str | None = None

    @model_validator(mode="after")
    def _is_nested(self) -> Self:
        if not self.fault_low <= self.good_low < self.good_high <= self.fault_high:
            raise ValueError("limits must be in order: fault_low, good_low, good_high, fault_high")
        return self


class Raises(Rule):
    """How a repetition is found and when it counts.

    Attributes:
        motion: the measure whose rise and fall is the movement.
        least_range: the smallest rise that can be a full one, in the measure's unit.
        tap: the measure that says the ground was touched, and `tap_max`: how far from its place in
            the start position it may be.
        hold_s: how long the top must be held, within `hold_slack_s`, the error of the reading.
        ramp_share: the part of the ramps' 10-90 % times that lies above 90 % of the rise without
            being held; it is taken off (0.5 for a minimum-jerk movement).
        too_low_share: a top below this share of the person's own range is too low.
        min_top, max_top: absolute limits of the rise, where the exercise has them.
        line_shift_deg: how the model's reading of the line moves when the leg goes up though the
            line stays; `line_shift_slack_deg` how far that may differ from person to person.
    """

    motion: str
    least_range: Annotated[float, Field(gt=0)]
    tap: str
    tap_max: Annotated[float, Field(gt=0)]
    hold_s: Seconds
    ramp_share: Share = 0.5
    hold_slack_s: Annotated[float, Field(ge=0, le=1)] = 0.1
    too_low_share: Share = 0.7
    min_top: float = -1e9
    max_top: float = 1e9
    line_shift_deg: float = 0.0
    line_shift_slack_deg: float = 6.0


class Roll(Rule):
    """How a full turn counts: it takes `least_s`, each quarter of it `quarter_s`.

    The measures must hold `roll_sin` and `roll_cos`.
    """

    least_s: Seconds
    quarter_s: Seconds


class Smoothing(Rule):
    """One-Euro parameters, on degrees."""

    min_cutoff_hz: Annotated[float, Field(gt=0)]
    beta: Annotated[float, Field(ge=0)]


class Grace(Rule):
    """How long a thing lasts before it is taken for true, in seconds.

    A fault exists after `fault_s`, stops the clock after `fault_stops_s`, and is over after
    `clear_s`. A gap up to `bridge_s` is bridged, one over `lost_s` ends the hold.
    """

    fault_s: Seconds = 0.5
    fault_stops_s: Seconds = 1.0
    clear_s: Seconds = 0.3
    bridge_s: Seconds = 0.5
    lost_s: Seconds = 2.0


class Judging(Rule):
    """Everything the judging of one exercise needs.

    Attributes:
        needs: points that must be seen, with the least visibility of each.
        measures: the readings, by name.
        line: the measure that is the body line; its band comes first in `bands`.
        knee: the measure of the working knee's angle, for the report.
        signal: the measure reported as the movement's angle.
        body_line: the points of the line as drawn on the picture.
    """

    needs: dict[Point, Share]
    smoothing: Smoothing
    line: str
    knee: str | None = None
    signal: str | None = None
    body_line: Annotated[tuple[Point, ...], Field(strict=False, min_length=2)]
    measures: dict[str, MeasureRule]
    start: Start
    keep: Keep
    bands: Annotated[tuple[Band, ...], Field(strict=False, min_length=1)]
    raises: Raises | None = None
    roll: Roll | None = None
    grace: Grace = Grace()

    @model_validator(mode="after")
    def _names_known_measures(self) -> Self:
        named = [self.line, self.knee, self.signal, *(band.measure for band in self.bands)]
        named += [condition.measure for condition in self._conditions()]
        if self.raises is not None:
            named += [self.raises.motion, self.raises.tap]
        if self.roll is not None:
            named += ["roll_sin", "roll_cos"]
        for name in named:
            if name is not None and name not in self.measures:
                raise ValueError(f'"{name}" is no measure of this exercise')
        return self

    @model_validator(mode="after")
    def _starts_without_a_neutral(self) -> Self:
        if any(condition.own for condition in self.start.conditions):
            raise ValueError("a condition of the start position has no neutral to be from")
        return self

    @model_validator(mode="after")
    def _begins_with_its_line(self) -> Self:
        if self.bands[0].measure != self.line:
            raise ValueError("the first of bands must be the line's")
        return self

    def _conditions(self) -> tuple[Condition, ...]:
        return (*self.start.conditions, *self.keep.conditions)
