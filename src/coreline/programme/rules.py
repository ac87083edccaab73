"""How an exercise is judged, as data: what is measured, when it counts, which faults have names."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from coreline.body.points import POINTS_OF_KIND
from coreline.programme.conditions import BallSeen, ReadsShort, Start
from coreline.programme.rule_values import (
    OPEN,
    FaultCode,
    Kind,
    Number,
    Point,
    ReasonCode,
    Rule,
    Seconds,
    Share,
    SharedRule,
)
from coreline.programme.toml_lines import Path


class MeasureRule(Rule):
    """A reading on the body: see `coreline.body.points` for kinds and points."""

    kind: Kind
    points: Annotated[tuple[Point, ...], Field(strict=False)]

    @model_validator(mode="after")
    def _has_its_points(self) -> Self:
        needed = POINTS_OF_KIND[self.kind]
        if len(self.points) != needed:
            raise ValueError(f'"{self.kind}" takes {needed} points, not {len(self.points)}')
        return self


class PriorRange(Rule):
    """How a reading is distributed over people who do it well.

    `mean` and `sd`, and the limits `low` and `high` beyond which nothing is anybody's own line.
    """

    mean: Annotated[float, Field(ge=-360, le=360)]
    sd: Annotated[float, Field(gt=0, le=180)]
    low: Number = -OPEN
    high: Number = OPEN

    @model_validator(mode="after")
    def _holds_its_mean(self) -> Self:
        if not self.low <= self.mean <= self.high:
            raise ValueError("mean must lie between low and high")
        return self

    def on_ball(self, short: ReadsShort | None) -> "PriorRange":
        """Return the distribution of a reading that is `short` on a ball."""
        if short is None:
            return self
        ends = {name: short.full(getattr(self, name)) for name in ("mean", "low", "high")}
        return self.model_copy(update=ends)


class Band(SharedRule):
    """A reading with a good middle and a fault on either side.

    Limits are changes from the person's own neutral, or absolute when `own` is false. `below` and
    `above` name the faults; a side without a name has no limit. `reason` is why a repetition is
    refused when the fault shows at its top. While a point of the measure is less visible than
    `seen`, a hold is not judged by it.
    """

    measure: str
    own: bool = True
    below: FaultCode | None = None
    above: FaultCode | None = None
    good_low: Number = -1e9
    good_high: Number = 1e9
    fault_low: Number = -1e9
    fault_high: Number = 1e9
    reason: ReasonCode | None = None
    seen: Annotated[float, Field(ge=0, le=1)] = 0.0
    low_cue: str | None = None
    high_cue: str | None = None

    @model_validator(mode="after")
    def _is_nested(self) -> Self:
        if not self.fault_low <= self.good_low < self.good_high <= self.fault_high:
            raise ValueError("limits must be in order: fault_low, good_low, good_high, fault_high")
        return self


class Raises(SharedRule):
    """How a repetition is found and when it counts.

    Attributes:
        motion: the measure whose rise and fall is the movement.
        least_range: the smallest rise that can be a full one, in the measure's unit.
        tap: the measure that says the ground was touched, and `tap_max`: how far from its place in
            the start position it may be.
        other_tap: the same of the other leg, which may turn out to be the one that works.
        tap_slack: how far from the person's usual tap it may be, once there is one.
        hold_s: how long the top must be held, within `hold_slack_s`, the error of the reading.
        ramp_above_share: the part of the ramps' 10-90 % times that lies above 90 % of the rise
            without being held; it is taken off (0.5 for a minimum-jerk movement).
        too_low_share: a top below this share of the person's own range is too low.
        too_low_cue: what is said of one, where no leg is lifted.
        min_top, max_top: absolute limits of the rise, where the exercise has them.
        max_top_on_ball: the latter on a ball, where it is another.
        rest: where the motion rests over people, for somebody whose leg is up when it begins; None
            where that tells nothing. `rest_on_ball`: the same on a ball.
        shift: how the reading of the line moves over people when the leg goes up though the line
            stays; the person's own is found while they train.
        one_line: no leg goes up, so that the line reads the same at the top as at rest.
    """

    motion: str
    least_range: Annotated[float, Field(gt=0)]
    tap: str
    tap_max: Annotated[float, Field(gt=0)]
    other_tap: str | None = None
    tap_slack: Annotated[float, Field(gt=0)] = 100.0
    hold_s: Seconds
    ramp_above_share: Share = 0.5
    hold_slack_s: Annotated[float, Field(ge=0, le=1)] = 0.2
    too_low_share: Share = 0.8
    too_low_cue: str | None = None
    min_top: Number = -1e9
    max_top: Number = 1e9
    max_top_on_ball: Number | None = None
    rest: PriorRange | None = None
    rest_on_ball: PriorRange | None = None
    shift: PriorRange = PriorRange(mean=0.0, sd=4.0)
    one_line: bool = False

    def on_ball(self) -> "Raises":
        """Return how a repetition is found on a ball."""
        highest = self.max_top if self.max_top_on_ball is None else self.max_top_on_ball
        return self.model_copy(update={"rest": self.rest_on_ball or self.rest, "max_top": highest})


class Roll(Rule):
    """How a full turn counts: it takes `least_s`, each quarter of it `quarter_s`.

    The measures must hold `roll_sin` and `roll_cos`. `belly_up_deg` is what the line reads over
    people with the belly up.
    """

    least_s: Seconds
    quarter_s: Seconds
    belly_up_deg: Number = 0.0


class Smoothing(Rule):
    """One-Euro parameters, on degrees; the same for all exercises unless one says otherwise."""

    min_cutoff_hz: Annotated[float, Field(gt=0)] = 1.5
    beta: Annotated[float, Field(ge=0)] = 0.02


class Grace(Rule):
    """How long a thing lasts before it is taken for true, in seconds.

    A fault exists after `fault_s`, stops the clock after `fault_stops_s`, and is over once it was
    away for `clear_s`, from where it went. A gap up to `bridge_s` is bridged: in so short a time no
    leg is lowered and raised again, and of a hold it counts where the line was good on both sides.
    One over `lost_s` ends the hold.
    """

    fault_s: Seconds = 0.5
    fault_stops_s: Seconds = 1.0
    clear_s: Seconds = 0.3
    bridge_s: Seconds = 0.9
    lost_s: Seconds = 2.0


_NAMES_A_MEASURE = ("line", "knee", "signal", "measure", "motion", "tap", "other_tap")


def named_measures(judging: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
    """Yield where an exercise's rules name a measure, and the name.

    The rules may be as they stand in a file; what is malformed names nothing.
    """
    yield from _named_in(judging, ())
    if isinstance(neutral := judging.get("neutral"), Mapping):
        yield from ((("neutral", name), name) for name in neutral)
    ball = judging.get("ball")
    if isinstance(ball, Mapping) and isinstance(short := ball.get("reads_short"), Mapping):
        yield from ((("ball", "reads_short", name), name) for name in short)
    if "roll" in judging:
        yield from ((("roll",), name) for name in ("roll_cos", "roll_sin"))


def _named_in(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """Yield what is named in a table or an array, at any depth."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key in _NAMES_A_MEASURE and isinstance(inner, str):
                yield (*path, key), inner
            yield from _named_in(inner, (*path, key))
    elif isinstance(value, list | tuple):
        for index, inner in enumerate(value):
            yield from _named_in(inner, (*path, index))


class Judging(SharedRule):
    """Everything the judging of one exercise needs.

    Attributes:
        needs: points that must be seen, with the least visibility of each; of `mid` ones either.
        foot_up: of a position in which one foot bears the body: where both feet are read that much
            above where it stands, percent of the body's length, the picture is misread.
        legs_whole: a picture in which a leg that is judged looks too short to be one was not seen.
        measures: the readings, by name.
        line: the measure that is the body line; its band comes first in `bands`.
        knee: the measure of the working knee's angle, for the report.
        signal: the measure reported as the movement's angle.
        body_line: the points of the line as drawn on the picture.
        neutral: what is known over people of the readings that are judged by the person's own.
        ball: how one sees that a ball is used.
    """

    needs: dict[Point, Share]
    foot_up: Annotated[float, Field(gt=0)] | None = None
    legs_whole: bool = False
    smoothing: Smoothing = Smoothing()
    line: str
    knee: str | None = None
    signal: str | None = None
    body_line: Annotated[tuple[Point, ...], Field(strict=False, min_length=2)]
    measures: dict[str, MeasureRule]
    start: Start
    neutral: dict[str, PriorRange] = Field(default={})
    ball: BallSeen | None = None
    bands: Annotated[tuple[Band, ...], Field(strict=False, min_length=1)]
    raises: Raises | None = None
    roll: Roll | None = None
    grace: Grace = Grace()

    @property
    def line_kind(self) -> str:
        """Return the kind of measure that reads the body line."""
        return self.measures[self.line].kind

    @model_validator(mode="after")
    def _begins_with_its_line(self) -> Self:
        if self.bands[0].measure != self.line:
            raise ValueError("the first of bands must be the line's")
        return self

    def unknown_measure(self) -> tuple[Path, str] | None:
        """Return the first name that is none of `measures` and where it stands, or None."""
        named = named_measures(self.model_dump(exclude_defaults=True))
        return next((each for each in named if each[1] not in self.measures), None)

    def on_ball(self) -> "Judging":
        """Return how the exercise is judged on a ball."""
        short = self.ball.reads_short if self.ball else {}
        conditions = tuple(
            condition.on_ball(short.get(condition.measure)) for condition in self.start.conditions
        )
        changed = {
            "start": self.start.model_copy(update={"conditions": conditions}),
            "raises": self.raises and self.raises.on_ball(),
            "neutral": {name: each.on_ball(short.get(name)) for name, each in self.neutral.items()},
        }
        return self.model_copy(update=changed)
