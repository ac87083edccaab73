"""Raises: up, hold, down, tap; each attempt counted or refused with its reasons.

down ──leaves the ground──► rising ──still──► top ──sinks──► lowering ──tap──► down
                              ▲                                  │
                              └──────────turns half way──────────┘   (no tap)

The movement that is followed ("motion") and the form that is judged are separate readings with
separate limits. What counts is worked out from the whole attempt when it is over, against the
person's own range; the phases are what the screen shows meanwhile.
"""

import math
from collections import deque
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from coreline.body.form import Form
from coreline.body.line import mean, mean_score, worst
from coreline.judging.attempt import TOP_SHARE, Shape, first_above, shape_of
from coreline.judging.events import (
    Ending,
    Fact,
    Fault,
    FaultEnded,
    Phase,
    Repetition,
    RepetitionEnded,
)
from coreline.judging.faults import FaultBoard
from coreline.judging.hold import LEAST_VISIBLE_SHARE
from coreline.programme.rules import Judging, Raises

# Shares of the person's own range.
_LEAVES = 0.25  # above this the foot has left the ground
_STARTS = 0.05  # the attempt is dated back to here
_HALF = 0.5  # a stop below this is no top
_SINKS = 0.75  # below this the top is over
_TURNS = 0.15  # a rise by this much after the lowest point is a new attempt
_ATTEMPT = 0.3  # smaller rises are no attempts
_STILL_PER_S = 0.4  # slower than this share of the rise a second is still

_SPEED_WINDOW_S = 0.25
_DESCENT_S = 0.1  # the top is over when the leg has been below it for so long
_BEFORE_S = 1.0  # kept from before the foot leaves the ground
_REST_TIME_CONSTANT_S = 1.0
_SETTLE_TIME_CONSTANT_S = 0.3
_RANGES_KEPT = 5


@dataclass(frozen=True, slots=True)
class _Moment:
    """One frame of an attempt in which the body was seen; the rise is from the resting level."""

    t_s: float
    rise: float
    signal_deg: float
    line_deg: float
    knee_deg: float | None


def _longest_gap_s(moments: list[_Moment]) -> float:
    """Return the longest time in which the body was not seen."""
    return max((b.t_s - a.t_s for a, b in pairwise(moments)), default=0.0)


def _since_start(moments: list[_Moment], shape: Shape) -> list[_Moment]:
    """Return the moments since the foot last lay on the ground before the top."""
    low = _STARTS * shape.level
    rested = [i for i, m in enumerate(moments) if m.rise <= low and m.t_s < shape.top_s]
    return moments[rested[-1] if rested else 0 :]


def _curve(moments: list[_Moment]) -> list[tuple[float, float]]:
    return [(moment.t_s, moment.rise) for moment in moments]


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
    _neutral: dict[str, float] = field(default_factory=dict, init=False)
    _rest: float = field(default=0.0, init=False)
    _tap: float = field(default=0.0, init=False)
    _ranges: deque[float] = field(default_factory=lambda: deque(maxlen=_RANGES_KEPT), init=False)
    _top_lines_deg: list[float] = field(default_factory=list, init=False)
    _first_top_deg: float | None = field(default=None, init=False)
    _moments: list[_Moment] = field(default_factory=list, init=False)
    _sinking_s: float | None = field(default=None, init=False)
    _peak: float = field(default=0.0, init=False)
    _lowest: float = field(default=0.0, init=False)
    _faults: list[Fault] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        """Set up the faults to watch for at the top."""
        self._board = FaultBoard(self.rules.bands, self.rules.grace)

    @property
    def faults(self) -> tuple[str, ...]:
        """Return the codes of the faults that exist now."""
        return self._board.codes()

    def begin(self, _history: list[Form], neutral: dict[str, float]) -> list[Fact]:
        """Begin from the held start position, whose medians are `neutral`."""
        self._neutral = dict(neutral)
        self._rest, self._tap = neutral[self.raises.motion], neutral[self.raises.tap]
        self._moments = []
        self._go_down()
        return []

    def step(self, form: Form) -> list[Fact]:
        """Take in one frame and return what happened."""
        if not form.seen:
            return []
        moment = self._moment(form)
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
        """Stop. What was under way when the position was left is no attempt at all.

        When the body was lost it is one that was not seen.
        """
        facts = [fact for fact in self._board.close() if fact.t_s <= t_s]
        if ending is Ending.LOST and self.phase is not Phase.DOWN:
            facts += self._finish(self._moments, tapped=True, lost=True)
        self._go_down()
        self._moments = []
        self.phase = Phase.WAITING
        return facts

    def deviation_deg(self, form: Form) -> float:
        """Return the line's change from the neutral that belongs to this height of the leg."""
        return form.values[self.rules.line] - self.reference_deg(form)

    def reference_deg(self, form: Form) -> float:
        """Return the neutral of the line at this height of the leg.

        With the leg up the model reads the same line differently; between down and up the
        neutral goes along in proportion.
        """
        rise = form.values[self.raises.motion] - self._rest
        share = min(max(rise / self._own_range(), 0.0), 1.0)
        start_deg = self._neutral[self.rules.line]
        return start_deg + share * (self.top_neutral_deg() - start_deg)

    def top_neutral_deg(self) -> float:
        """Return the neutral of the line with the leg up: the person's own tops that held it.

        Before there is one: the first top's beginning if it lies where the exercise's data
        expects it, or else that expectation.
        """
        if self._top_lines_deg:
            return median(self._top_lines_deg)
        expected_deg = self._neutral[self.rules.line] + self.raises.line_shift_deg
        first_deg = self._first_top_deg
        slack_deg = self.raises.line_shift_slack_deg
        if first_deg is not None and abs(first_deg - expected_deg) <= slack_deg:
            return first_deg
        return expected_deg

    def _own_range(self) -> float:
        return median(self._ranges) if self._ranges else self.raises.least_range

    def _moment(self, form: Form) -> _Moment:
        values = form.values
        knee_deg = values[self.rules.knee] if self.rules.knee else None
        signal = self.rules.signal or self.raises.motion
        rise = values[self.raises.motion] - self._rest
        return _Moment(form.t_s, rise, values[signal], values[self.rules.line], knee_deg)

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
        self._peak, self._sinking_s, self._faults = 0.0, None, []

    def _down(self, form: Form, moment: _Moment) -> list[Fact]:
        if moment.rise > _LEAVES * self._own_range() and not self._is_tapped(form):
            self.phase, self._peak = Phase.RISING, moment.rise
            return []
        self._follow_rest(moment)
        self._moments = [m for m in self._moments if m.t_s >= moment.t_s - _BEFORE_S]
        return []

    def _follow_rest(self, moment: _Moment) -> None:
        """Let the resting level follow the foot, which does not land in the same place twice."""
        *before, _ = self._moments
        if not before or abs(self._speed()) > _STILL_PER_S * self._own_range():
            return
        lapse_s = moment.t_s - before[-1].t_s
        share = min(lapse_s / _REST_TIME_CONSTANT_S, 1.0)
        self._rest += share * moment.rise
        if not self._top_lines_deg:
            # The start position is often still being settled into when the gate opens.
            line = self.rules.line
            change_deg = moment.line_deg - self._neutral[line]
            self._neutral[line] += min(lapse_s / _SETTLE_TIME_CONSTANT_S, 1.0) * change_deg

    def _rising(self, form: Form, moment: _Moment) -> list[Fact]:
        self._peak = max(self._peak, moment.rise)
        if moment.rise < self._peak - _TURNS * self._own_range():
            return self._sink(moment)
        still = abs(self._speed()) < _STILL_PER_S * moment.rise
        if still and moment.rise >= _HALF * self._own_range():
            self.phase = Phase.TOP
            self.top_since_s = first_above(_curve(self._moments), TOP_SHARE * moment.rise)
            return self._judge_top(form, moment)
        return []

    def _top(self, form: Form, moment: _Moment) -> list[Fact]:
        self._peak = max(self._peak, moment.rise)
        if moment.rise >= _SINKS * self._peak:
            self._sinking_s = None
            return self._judge_top(form, moment)
        if self._sinking_s is None:
            self._sinking_s = moment.t_s
        # A single stray reading is no descent.
        return self._sink(moment) if moment.t_s - self._sinking_s >= _DESCENT_S else []

    def _judge_top(self, form: Form, moment: _Moment) -> list[Fact]:
        """Watch the form while the leg is up; on its way the model's reading is no witness."""
        if moment.rise < TOP_SHARE * self._peak:
            return []
        self._note_first_top(moment)
        neutral = {**self._neutral, self.rules.line: self.top_neutral_deg()}
        facts = self._board.step(form.t_s, form.values, neutral)
        self._note_faults(facts)
        return facts

    def _note_first_top(self, moment: _Moment) -> None:
        """Learn the first top's line from its first half second."""
        if self._top_lines_deg or self.top_since_s is None:
            return
        if moment.t_s - self.top_since_s <= self.rules.grace.fault_s:
            start = [m.line_deg for m in self._moments if m.t_s >= self.top_since_s]
            self._first_top_deg = median(start)

    def _sink(self, moment: _Moment) -> list[Fact]:
        self.phase, self._lowest, self.top_since_s = Phase.LOWERING, moment.rise, None
        closing = self._board.close()
        self._note_faults(closing)
        return closing

    def _lowering(self, form: Form, moment: _Moment) -> list[Fact]:
        self._lowest = min(self._lowest, moment.rise)
        if self._is_tapped(form):
            facts = self._finish(self._moments, tapped=True)
            self._moments = self._moments[-1:]
            self._go_down()
            return facts
        if moment.rise > self._lowest + _TURNS * self._own_range():
            return self._turn()
        return []

    def _turn(self) -> list[Fact]:
        """End the attempt at its lowest point, from where the next one starts."""
        lows = [index for index, m in enumerate(self._moments) if m.rise <= self._lowest]
        done, rest = self._moments[: lows[-1] + 1], self._moments[lows[-1] :]
        # Out of sight at its lowest, the leg may well have tapped.
        unseen = _longest_gap_s(rest[:2]) > self.rules.grace.bridge_s
        facts = self._finish(done, tapped=False, lost=unseen)
        self._go_down()
        self._moments, self.phase = rest, Phase.RISING
        self._peak = rest[-1].rise
        return facts

    def _note_faults(self, facts: list[Fact]) -> None:
        self._faults += [fact.fault for fact in facts if isinstance(fact, FaultEnded)]

    def _finish(self, moments: list[_Moment], *, tapped: bool, lost: bool = False) -> list[Fact]:
        """Return the attempt that is over, or nothing when it was too small to be one."""
        least = max(_HALF * self.raises.least_range, _ATTEMPT * self._own_range())
        if max(moment.rise for moment in moments) < least:
            return []
        shape = shape_of(_curve(moments), self.raises.ramp_share)
        moments = _since_start(moments, shape)
        gap_s = math.inf if lost else _longest_gap_s(moments)
        reasons = self._reasons(shape, gap_s, tapped=tapped)
        repetition = self._repetition(moments, shape, reasons)
        self._learn(shape, moments, repetition)
        return [RepetitionEnded(moments[-1].t_s, repetition)]

    def _reasons(self, shape: Shape, gap_s: float, *, tapped: bool) -> tuple[str, ...]:
        """Return why the attempt is refused, in a fixed order."""
        if gap_s > self.rules.grace.bridge_s:
            return ("not_seen",)
        reasons = []
        if shape.hold_s < self.raises.hold_s - self.raises.hold_slack_s:
            reasons.append("too_short")
        broken = {fault.code for fault in self._faults}
        for band in self.rules.bands:
            if band.reason and {band.low, band.high} & broken and band.reason not in reasons:
                reasons.append(band.reason)
        own = _range_or(self._ranges, shape.level)
        if shape.level < max(self.raises.min_top, self.raises.too_low_share * own):
            reasons.append("too_low")
        if shape.level > self.raises.max_top:
            reasons.append("too_high")
        if not tapped:
            reasons.append("no_tap")
        return tuple(reasons)

    def _repetition(
        self, moments: list[_Moment], shape: Shape, reasons: tuple[str, ...]
    ) -> Repetition:
        top = [m for m in moments if shape.top_s <= m.t_s <= shape.top_end_s] or moments
        neutral_deg = self.top_neutral_deg()
        deviations = [moment.line_deg - neutral_deg for moment in top]
        knees = [moment.knee_deg for moment in top if moment.knee_deg is not None]
        seen_share = 1.0 - _longest_gap_s(moments) / max(moments[-1].t_s - moments[0].t_s, 1e-6)
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
            peak_deg=median(moment.signal_deg for moment in top),
            bend_mean_deg=mean(scored),
            bend_worst_deg=worst(scored),
            knee_min_deg=min(knees) if knees else None,
            line_score=mean_score(scored, self.rules.bands[0].good_high),
        )

    def _learn(self, shape: Shape, moments: list[_Moment], repetition: Repetition) -> None:
        """Take the person's own range, and their own line from tops in which it held."""
        if not {"line_broken", "not_seen"} & set(repetition.reasons):
            top = [m.line_deg for m in moments if shape.top_s <= m.t_s <= shape.top_end_s]
            self._top_lines_deg.append(median(top))
        if "too_low" not in repetition.reasons and "too_high" not in repetition.reasons:
            self._ranges.append(shape.level)


def _range_or(ranges: deque[float], otherwise: float) -> float:
    """Return the person's own range, or another value before there is one."""
    return median(ranges) if ranges else otherwise
