"""Raises: up, hold, down, tap; each attempt counted or refused with its reasons.

down ──leaves the ground──► rising ──still──► top ──sinks──► lowering ──tap──► down
                              ▲                                  │
                              └──────────turns half way──────────┘   (no tap)

The movement that is followed ("motion") and the form that is judged are separate readings with
separate limits. What counts is worked out from the whole attempt when it is over, against the
person's own range; the phases are what the screen shows meanwhile.

The line has two neutrals, with the leg down and with it up, since the model reads the same line
differently then. Both are estimates (`neutral.py`): the one below from people and the still moments
between the raises, the one above from the one below, how people's readings move, and the tops that
kept the line. Refused tops are never learnt from.
"""

import math
from collections import deque
from dataclasses import dataclass, field
from statistics import median

from coreline.body.form import Form
from coreline.body.line import mean, mean_score, worst
from coreline.judging.attempt import TOP_SHARE, Shape, first_above, shape_of
from coreline.judging.events import (
    Ending,
    Fact,
    FaultEnded,
    Phase,
    Repetition,
    RepetitionEnded,
)
from coreline.judging.faults import FaultBoard
from coreline.judging.hold import LEAST_VISIBLE_SHARE
from coreline.judging.sightings import (
    Sighting,
    curve_of,
    longest_gap_s,
    lowest_of,
    median_or,
    since_start,
    top_of,
)
from coreline.judging.two_lines import TwoLines
from coreline.programme.rules import Band, Judging, Raises

# Shares of the person's own range.
_LEAVES = 0.25  # above this the foot has left the ground
_HALF = 0.5  # a stop below this is no top
_SINKS = 0.75  # below this the top is over
_TURNS = 0.15  # a rise by this much after the lowest point is a new attempt
_ATTEMPT = 0.3  # smaller rises are no attempts
_STILL_PER_S = 0.4  # slower than this share of the rise a second is still

_SPEED_WINDOW_S = 0.25
_DESCENT_S = 0.1  # the top is over when the leg has been below it for so long
_BEFORE_S = 1.0  # kept from before the foot leaves the ground
_REST_TIME_CONSTANT_S = 1.0
_RANGES_KEPT = 5
_BETWEEN_S = 1.0  # the way down from the position is shorter
_BETWEEN = 1.5  # times the limits at the top: a guess, false alarms of real sets would settle it
_LOWS_KEPT = 8
_REST_SDS = 3.0  # a resting level farther than this from people's is none
_LEAST_ATTEMPT_S = 0.4  # nobody raises a leg and lowers it in less: the model took it for the other
_SETTLED_S = 0.6  # still for so long, and hardly risen, the leg rests
_STARTS_SHARE = 0.1  # of the own range, that a leg at rest may still move
_LANDS_S = 0.3  # after it came near the ground the foot is given so long to reach it
_BOUNCES = 0.8  # or to rise again by so much, percent of the body's length (or degrees)


@dataclass(slots=True)
class RaisesMachine:
    """Find repetition after repetition."""

    rules: Judging
    raises: Raises
    counted: int = field(default=0, init=False)
    refused: int = field(default=0, init=False)
    phase: Phase = field(default=Phase.WAITING, init=False)
    top_since_s: float | None = field(default=None, init=False)
    _board: FaultBoard = field(init=False)
    _between: FaultBoard = field(init=False)
    _lines: TwoLines = field(init=False)
    _neutral: dict[str, float] = field(default_factory=dict, init=False)
    _rest: float = field(default=0.0, init=False)
    _tap: float = field(default=0.0, init=False)
    _other_tap: float = field(default=0.0, init=False)
    _ranges: deque[float] = field(default_factory=lambda: deque(maxlen=_RANGES_KEPT), init=False)
    _moments: list[Sighting] = field(default_factory=list, init=False)
    _sinking_s: float | None = field(default=None, init=False)
    _peak: float = field(default=0.0, init=False)
    _lowest: float = field(default=0.0, init=False)
    _tapped_s: float | None = field(default=None, init=False)
    _lost_on_the_way: bool = field(default=False, init=False)
    _lows: deque[float] = field(default_factory=lambda: deque(maxlen=_LOWS_KEPT), init=False)

    def __post_init__(self) -> None:
        """Set up the faults to watch for at the top, and of the line between the raises."""
        self._board = FaultBoard(self.rules.bands, self.rules.grace)
        grace = self.rules.grace.model_copy(update={"fault_s": _BETWEEN_S})
        self._between = FaultBoard([_wider(self.rules.bands[0])], grace)
        self._lines = TwoLines(self.rules, self.raises.shift)

    @property
    def faults(self) -> tuple[str, ...]:
        """Return the codes of the faults that exist now."""
        return (*self._board.codes(), *self._between.codes())

    @property
    def neutral(self) -> dict[str, float]:
        """Return the readings of the start position."""
        return {**self._neutral, self.rules.line: self._lines.below_deg}

    @property
    def sd_deg(self) -> float:
        """Return how sure the line with the leg up is: one standard deviation."""
        return self._lines.above.sd

    def begin(self, history: list[Form], rules: Judging, neutral: dict[str, float]) -> list[Fact]:
        """Begin from the position, whose medians are `neutral`; the leg may be on its way."""
        self.rules = rules
        self.raises = rules.raises or self.raises
        self._neutral = dict(neutral)
        self._take_rest(history)
        self._lows.clear()
        self._moments = []
        self._go_down()
        return [fact for form in history for fact in self.step(form)]

    def change_leg(self) -> None:
        """Take the other leg for the one that works: it has shown itself."""
        self._tap = self._other_tap
        self._lows.clear()

    def _take_rest(self, history: list[Form]) -> None:
        """Take where motion and taps rest: the lowest of late, or where people's do.

        Somebody who comes into the position with the leg up has shown no resting level yet.
        """
        raises, people = self.raises, self.raises.rest
        motion = lowest_of([form.values[raises.motion] for form in history])
        tap = lowest_of([form.values[raises.tap] for form in history])
        if people is not None and abs(motion - people.mean) > _REST_SDS * people.sd:
            tap, motion = tap - (motion - people.mean), people.mean
        self._rest, self._tap = motion, tap
        self._other_tap = lowest_of(
            [form.values[raises.other_tap or raises.tap] for form in history]
        )

    def step(self, form: Form) -> list[Fact]:
        """Take in one frame and return what happened."""
        if not form.seen:
            return []
        moment = Sighting(form.t_s, form.values[self.raises.motion] - self._rest, form.values)
        self._moments.append(moment)
        match self.phase:
            case Phase.DOWN:
                return self._down(form, moment)
            case Phase.RISING:
                return self._rising(form, moment)
            case Phase.TOP:
                return self._top(form, moment)
            case _:
                return self._lowering(form, moment)

    def end(self, t_s: float, ending: Ending) -> list[Fact]:
        """Stop. What was under way when the position was left is an attempt without a tap.

        When the body was lost it is one that was not seen.
        """
        facts = [fact for fact in self._board.close() if fact.t_s <= t_s]
        self._between.close()
        moments = [moment for moment in self._moments if moment.t_s <= t_s]
        lost_on_the_way = ending is Ending.LOST and self.phase is not Phase.DOWN
        if lost_on_the_way:
            facts += self._finish(self._moments, tapped=True, lost=True)
        elif ending is Ending.LEFT and self.phase is not Phase.DOWN and moments:
            facts += self._finish(moments, tapped=False)
        self._lost_on_the_way = lost_on_the_way
        self._go_down()
        self._moments = []
        self.phase = Phase.WAITING
        return facts

    def deviation_deg(self, form: Form) -> float:
        """Return the line's change from the neutral that belongs to this height of the leg."""
        return form.values[self.rules.line] - self.reference_deg(form)

    def reference_deg(self, form: Form) -> float:
        """Return the neutral of the line at this height of the leg, in proportion between both."""
        rise = form.values[self.raises.motion] - self._rest
        share = min(max(rise / self._own_range(), 0.0), 1.0)
        below_deg = self._lines.below_deg
        return below_deg + share * (self.top_neutral_deg() - below_deg)

    def top_neutral_deg(self) -> float:
        """Return the neutral of the line with the leg up."""
        return self._lines.above.value

    def _own_range(self) -> float:
        return median(self._ranges) if self._ranges else self.raises.least_range

    def _speed(self) -> float:
        """Return how fast the motion rises, per second, over the last quarter of a second."""
        now = self._moments[-1]
        recent = [m for m in self._moments if m.t_s >= now.t_s - _SPEED_WINDOW_S - 1e-6]
        before = recent[0] if len(recent) > 1 else self._moments[max(len(self._moments) - 2, 0)]
        lapse_s = now.t_s - before.t_s
        return (now.rise - before.rise) / lapse_s if lapse_s > 0 else 0.0

    def _is_tapped(self, form: Form) -> bool:
        return form.values[self.raises.tap] - self._tap <= self.raises.tap_max

    def _go_down(self) -> None:
        self.phase, self.top_since_s = Phase.DOWN, None
        self._peak, self._sinking_s, self._tapped_s = 0.0, None, None

    def _down(self, form: Form, moment: Sighting) -> list[Fact]:
        if moment.rise > _LEAVES * self._own_range():
            self.phase, self._peak = Phase.RISING, moment.rise
            return self._between.close()
        self._moments = [m for m in self._moments if m.t_s >= moment.t_s - _BEFORE_S]
        if not self._follow_rest(moment) or not self._lows:
            return []  # before the first raise the position is still being settled into
        return self._between.step(form.t_s, form.values, self.neutral)

    def _follow_rest(self, moment: Sighting) -> bool:
        """Let resting level and line follow the body while it is still; say whether it was.

        The foot does not land in the same place twice, and the position is settled into.
        """
        *before, _ = self._moments
        if not before or abs(self._speed()) > _STILL_PER_S * self._own_range():
            return False
        share = min((moment.t_s - before[-1].t_s) / _REST_TIME_CONSTANT_S, 1.0)
        self._rest += share * moment.rise
        if not self._lows:
            self._tap += share * (moment.values[self.raises.tap] - self._tap)
            other = moment.values[self.raises.other_tap or self.raises.tap]
            self._other_tap += share * (other - self._other_tap)
        self._lines.see_below(moment.t_s, moment.values)
        return True

    def _rising(self, form: Form, moment: Sighting) -> list[Fact]:
        self._peak = max(self._peak, moment.rise)
        if self._has_settled(moment):
            return self._rest_here(moment)
        if moment.rise < self._peak - _TURNS * max(self._own_range(), self._peak):
            return self._sink(moment)
        still = abs(self._speed()) < _STILL_PER_S * moment.rise
        if still and moment.rise >= _HALF * self._own_range():
            self.phase = Phase.TOP
            self.top_since_s = first_above(curve_of(self._moments), TOP_SHARE * moment.rise)
            return self._judge_top(form, moment)
        return []

    def _top(self, form: Form, moment: Sighting) -> list[Fact]:
        self._peak = max(self._peak, moment.rise)
        if moment.rise >= _SINKS * self._peak:
            self._sinking_s = None
            return self._judge_top(form, moment)
        if self._sinking_s is None:
            self._sinking_s = moment.t_s
        # A single stray reading is no descent.
        return self._sink(moment) if moment.t_s - self._sinking_s >= _DESCENT_S else []

    def _judge_top(self, form: Form, moment: Sighting) -> list[Fact]:
        """Watch the form while the leg is up; on its way the model's reading is no witness."""
        if moment.rise < TOP_SHARE * self._peak:
            return []
        self._note_first_top(moment)
        return self._board.step(form.t_s, form.values, self._above())

    def _above(self) -> dict[str, float]:
        """Return the neutral with the leg up."""
        return {**self._neutral, self.rules.line: self.top_neutral_deg()}

    def _note_first_top(self, moment: Sighting) -> None:
        """Learn the first top's line from its first half second."""
        since_s = self.top_since_s
        if self._lines.knows_above or since_s is None:
            return
        if moment.t_s - since_s <= self.rules.grace.fault_s:
            self._lines.guess_above([self._line(m) for m in self._moments if m.t_s >= since_s])

    def _line(self, moment: Sighting) -> float:
        return moment.values[self.rules.line]

    def _sink(self, moment: Sighting) -> list[Fact]:
        self.phase, self._lowest, self.top_since_s = Phase.LOWERING, moment.rise, None
        return self._board.close()

    def _lowering(self, form: Form, moment: Sighting) -> list[Fact]:
        self._lowest = min(self._lowest, moment.rise)
        if self._tapped_s is None and self._is_tapped(form):
            self._tapped_s = form.t_s
        if self._tapped_s is not None:
            return self._landing(moment, self._tapped_s)
        if self._has_settled(moment):
            return self._rest_here(moment)
        if moment.rise > self._lowest + _TURNS * max(self._own_range(), self._peak):
            return self._turn()
        return []

    def _has_settled(self, moment: Sighting) -> bool:
        """Say whether what rose a little has come to rest: a leg that was stretched, not raised."""
        if self._ranges or self._peak >= _HALF * self._own_range():
            return False
        recent = [m.rise for m in self._moments if m.t_s >= moment.t_s - _SETTLED_S]
        lasted = moment.t_s - self._moments[0].t_s >= _SETTLED_S
        return lasted and max(recent) - min(recent) <= _STARTS_SHARE * self._own_range()

    def _rest_here(self, moment: Sighting) -> list[Fact]:
        """Take where the leg is now for where it rests."""
        self._rest += moment.rise
        self._tap = max(self._tap, moment.values[self.raises.tap])
        self._moments = self._moments[-1:]
        self._go_down()
        return []

    def _landing(self, moment: Sighting, since_s: float) -> list[Fact]:
        """End the attempt once the foot is at its lowest; how low that is tells a tap."""
        low = min(m.values[self.raises.tap] for m in self._moments if m.t_s >= since_s)
        bounced = moment.values[self.raises.tap] > low + _BOUNCES
        if not bounced and moment.t_s - since_s < _LANDS_S:
            return []
        facts = self._finish(self._moments, tapped=self._has_landed(low))
        if facts:
            self._lows.append(low)  # of what was no attempt the foot's lowest tells nothing
        self._moments = self._moments[-1:]
        self._go_down()
        return facts

    def _has_landed(self, low: float) -> bool:
        """Say whether the foot came as low as it does when it taps.

        The model reads the foot a little higher or lower in every body, but alike each time: once
        there are taps, they are the measure.
        """
        usual = median(self._lows) if self._lows else self._tap
        slack = self.raises.tap_slack if self._lows else self.raises.tap_max
        return low - usual <= slack

    def _turn(self) -> list[Fact]:
        """End the attempt at its lowest point, from where the next one starts."""
        lows = [index for index, m in enumerate(self._moments) if m.rise <= self._lowest]
        done, rest = self._moments[: lows[-1] + 1], self._moments[lows[-1] :]
        # Out of sight at its lowest, the leg may well have tapped.
        unseen = longest_gap_s(rest[:2]) > self.rules.grace.bridge_s
        facts = self._finish(done, tapped=False, lost=unseen)
        self._go_down()
        self._moments, self.phase = rest, Phase.RISING
        self._peak = rest[-1].rise
        return facts

    def _finish(self, moments: list[Sighting], *, tapped: bool, lost: bool = False) -> list[Fact]:
        """Return the attempt that is over, or nothing when it was too small to be one."""
        least = max(_HALF * self.raises.least_range, _ATTEMPT * self._own_range())
        if max(moment.rise for moment in moments) < least:
            return []
        if moments[-1].t_s - moments[0].t_s < _LEAST_ATTEMPT_S:
            return []
        resumed, self._lost_on_the_way = self._lost_on_the_way, False
        if resumed and moments[0].rise > _HALF * self._own_range():
            return []  # the rest of the attempt in which the body was lost, which is answered
        shape = shape_of(curve_of(moments), self.raises.ramp_share)
        moments = since_start(moments, shape)
        gap_s = math.inf if lost else longest_gap_s(moments)
        reasons = self._reasons(shape, gap_s, self._faults_at_top(moments, shape), tapped=tapped)
        repetition = self._repetition(moments, shape, reasons)
        self._learn(shape, moments, repetition)
        return [RepetitionEnded(moments[-1].t_s, repetition)]

    def _faults_at_top(self, moments: list[Sighting], shape: Shape) -> set[str]:
        """Return the faults of a top, judged again from the line as it is known now."""
        board = FaultBoard(self.rules.bands, self.rules.grace)
        top = top_of(moments, shape)
        neutral = self._lines.above_with([self._line(m) for m in top])
        above = {**self._neutral, self.rules.line: neutral.value}
        facts = [fact for m in top for fact in board.step(m.t_s, m.values, above)]
        ended = [*facts, *board.close()]
        return {fact.fault.code for fact in ended if isinstance(fact, FaultEnded)}

    def _reasons(
        self, shape: Shape, gap_s: float, broken: set[str], *, tapped: bool
    ) -> tuple[str, ...]:
        """Return why the attempt is refused, in a fixed order."""
        if gap_s > self.rules.grace.bridge_s:
            return ("not_seen",)
        reasons = []
        if shape.hold_s < self.raises.hold_s - self.raises.hold_slack_s:
            reasons.append("too_short")
        for band in self.rules.bands:
            if band.reason and {band.low, band.high} & broken and band.reason not in reasons:
                reasons.append(band.reason)
        own = median_or(self._ranges, shape.level)
        if shape.level < max(self.raises.min_top, self.raises.too_low_share * own):
            reasons.append("too_low")
        if shape.level > self.raises.max_top:
            reasons.append("too_high")
        if not tapped:
            reasons.append("no_tap")
        return tuple(reasons)

    def _repetition(
        self, moments: list[Sighting], shape: Shape, reasons: tuple[str, ...]
    ) -> Repetition:
        top = top_of(moments, shape)
        neutral_deg = self._lines.above_with([self._line(m) for m in top]).value
        deviations = [self._line(moment) - neutral_deg for moment in top]
        knees = [moment.values[self.rules.knee] for moment in top] if self.rules.knee else []
        signal = self.rules.signal or self.raises.motion
        seen_share = 1.0 - longest_gap_s(moments) / max(moments[-1].t_s - moments[0].t_s, 1e-6)
        scored = deviations if seen_share >= LEAST_VISIBLE_SHARE else []
        self.counted += not reasons
        self.refused += bool(reasons)
        return Repetition(
            number=self.counted + self.refused,
            start_s=moments[0].t_s,
            top_s=shape.top_s,
            end_s=moments[-1].t_s,
            hold_s=shape.hold_s,
            counted=not reasons,
            reasons=reasons,
            peak_deg=median(moment.values[signal] for moment in top),
            bend_mean_deg=mean(scored),
            bend_worst_deg=worst(scored),
            knee_min_deg=min(knees) if knees else None,
            line_score=mean_score(scored, self.rules.bands[0].good_high),
        )

    def _learn(self, shape: Shape, moments: list[Sighting], repetition: Repetition) -> None:
        """Take the person's own range, and their own line from tops in which it held."""
        if not {"line_broken", "not_seen"} & set(repetition.reasons):
            self._lines.learn_above([self._line(m) for m in top_of(moments, shape)])
        if not {"too_low", "too_high"} & set(repetition.reasons):
            self._ranges.append(shape.level)


def _wider(band: Band) -> Band:
    """Return the line's band as it is between the raises, where the body settles anew each time."""
    limits = ("good_low", "good_high", "fault_low", "fault_high")
    return band.model_copy(update={name: _BETWEEN * getattr(band, name) for name in limits})
