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

from collections import deque
from dataclasses import dataclass, field, replace
from statistics import median

from coreline.body.form import Form
from coreline.judging.answering import reasons_of, repetition_of, tells
from coreline.judging.attempt import FLICKER_S, TOP_SHARE, Shape, first_above, shape_of
from coreline.judging.events import Ending, Fact, Phase, Repetition, RepetitionEnded
from coreline.judging.faults import FaultBoard, codes_over, wider
from coreline.judging.ground import Ground
from coreline.judging.own_tops import OwnTops
from coreline.judging.sightings import (
    Sighting,
    curve_of,
    fell_below_s,
    has_settled,
    may_have_tapped,
    median_or,
    since_start,
    speed_of,
    top_of,
    was_held,
)
from coreline.judging.two_lines import TwoLines
from coreline.programme.rules import Judging, Raises

# Shares of the person's own range. All here are guesses that nobody has measured:
# real raises, counted by somebody else, would settle them.
_LEAVES = 0.25  # above this the foot has left the ground
_HALF = 0.5  # a stop below this is no top
_SINKS = 0.75  # below this the top is over
_TURNS = 0.15  # a rise by this much after the lowest point is a new attempt
_ATTEMPT = 0.3  # smaller rises are no attempts
_STILL_PER_S = 0.4  # slower than this share of the rise a second is still

_DESCENT_S = 0.1  # the top is over when the leg has been below it for so long
_BEFORE_S = 1.0  # kept from before the foot leaves the ground
_RANGES_KEPT = 5  # a guess: a median that one odd raise does not move
_BETWEEN_S = 1.0  # the way down from the position is shorter
_BETWEEN = 1.5  # times the limits at the top: a guess, false alarms of real sets would settle it
_LEAST_ATTEMPT_S = 0.4  # nobody raises a leg and lowers it in less: the model took it for the other
_SETTLED_S = 0.6  # still for so long, and hardly risen, the leg rests
_STARTS_SHARE = 0.1  # of the own range, that a leg at rest may still move
_PASSING_S = 1.0  # a bent leg held up for less, before anything is known, is on its way
_LANDS_S = 0.2  # a foot near the ground that sinks no further for so long has landed
_LANDED = 0.3  # lower by less is no sinking, percent of the body's length (or degrees)
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
    _own_tops: OwnTops = field(init=False)
    _neutral: dict[str, float] = field(default_factory=dict, init=False)
    _ground: Ground = field(init=False)
    _ranges: deque[float] = field(default_factory=lambda: deque(maxlen=_RANGES_KEPT), init=False)
    _moments: list[Sighting] = field(default_factory=list, init=False)
    _sinking_s: float | None = field(default=None, init=False)
    _sank_s: float = field(default=0.0, init=False)
    _peak: float = field(default=0.0, init=False)
    _lowest: float = field(default=0.0, init=False)
    _tapped_s: float | None = field(default=None, init=False)
    _lost_on_the_way: bool = field(default=False, init=False)
    _still: Sighting | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        """Set up the faults to watch for at the top, and of the line between the raises."""
        self._board = FaultBoard(self.rules.bands, self.rules.grace)
        grace = self.rules.grace.model_copy(update={"fault_s": _BETWEEN_S})
        self._between = FaultBoard([wider(self.rules.bands[0], _BETWEEN)], grace)
        self._lines = TwoLines(self.rules, None if self.raises.one_line else self.raises.shift)
        self._own_tops = OwnTops(self.rules)
        straight = any(each.measure == self.rules.knee for each in self.rules.bands)
        self._ground = Ground(self.raises, self.rules.knee if straight else None)

    @property
    def faults(self) -> tuple[str, ...]:
        """Return the codes of the faults that exist now."""
        return (*self._board.codes(), *self._between.codes())

    @property
    def neutral(self) -> dict[str, float]:
        """Return the readings of the start position, and at the top what shows only there."""
        line = {self.rules.line: self._lines.below_deg}
        return {**self._neutral, **self._own_tops.neutral(), **line}

    @property
    def sd_deg(self) -> float:
        """Return how sure the line with the leg up is: one standard deviation."""
        return self._lines.above.sd

    def begin(self, history: list[Form], rules: Judging, neutral: dict[str, float]) -> list[Fact]:
        """Begin from the position, whose medians are `neutral`; the leg may be on its way."""
        self.rules = rules
        self.raises = rules.raises or self.raises
        self._neutral = dict(neutral)
        self._ground.begin(self.raises, history)
        self._moments = []
        self._go_down()
        return [fact for form in history for fact in self.step(form)]

    def change_leg(self) -> None:
        """Take the other leg for the one that works: it has shown itself."""
        self._ground.change_leg()

    def step(self, form: Form) -> list[Fact]:
        """Take in one frame and return what happened."""
        if not form.seen:
            return []
        rise = form.values[self.raises.motion] - self._ground.rest
        moment = Sighting(form.t_s, rise, form.values)
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
        """Stop. What was under way is an attempt if the foot has landed or the position was left.

        When the body was lost before that it is one that was not seen.
        """
        facts = [fact for fact in self._board.close() if fact.t_s <= t_s]
        self._between.close()
        moments = [moment for moment in self._moments if moment.t_s <= t_s]
        landed = self._ground.has_tapped(moments, self._tapped_s)
        lost_on_the_way = ending is Ending.LOST and self.phase is not Phase.DOWN and not landed
        if lost_on_the_way:
            facts += self._finish(self._moments, tapped=True, lost=True)
        elif moments and self._tapped_s is not None and self._tapped_s <= t_s:
            facts += self._finish(moments, tapped=landed)
        elif ending is Ending.LEFT and self.phase is not Phase.DOWN and moments:
            facts += self._finish(moments, tapped=False)
        self._lost_on_the_way = lost_on_the_way
        self._go_down()
        self._moments, self.phase = [], Phase.WAITING
        return facts

    def room(self, form: Form) -> float:
        """Return how far the motion is from what ends the phase; 0 while the leg is on its way."""
        rise, least = form.values[self.raises.motion] - self._ground.rest, self.raises.least_range
        match self.phase:
            case Phase.DOWN:
                return min(min(_LEAVES * self._own_range(), _HALF * least) - rise, rise + least)
            case Phase.TOP:
                return 0.0 if self._sinking_s is not None else rise - TOP_SHARE * self._peak
            case _:
                return 0.0

    def deviation_deg(self, form: Form) -> float:
        """Return the line's change from the neutral that belongs to this height of the leg."""
        return form.values[self.rules.line] - self.reference_deg(form)

    def reference_deg(self, form: Form) -> float:
        """Return the neutral of the line at this height of the leg, in proportion between both."""
        rise = form.values[self.raises.motion] - self._ground.rest
        share = min(max(rise / self._own_range(), 0.0), 1.0)
        below_deg = self._lines.below_deg
        return below_deg + share * (self.top_neutral_deg() - below_deg)

    def top_neutral_deg(self) -> float:
        """Return the neutral of the line with the leg up."""
        return self._lines.above.value

    def _own_range(self) -> float:
        return median(self._ranges) if self._ranges else self.raises.least_range

    def _go_down(self) -> None:
        self.phase, self.top_since_s = Phase.DOWN, None
        self._peak, self._sinking_s, self._tapped_s, self._still = 0.0, None, None, None

    def _down(self, form: Form, moment: Sighting) -> list[Fact]:
        if moment.rise > min(_LEAVES * self._own_range(), _HALF * self.raises.least_range):
            self.phase, self._peak = Phase.RISING, moment.rise
            self._ground.leave(self._moments)
            return self._between.close()
        if self._ground.is_lower(self._moments):
            return self._rest_here(moment)
        self._moments = [m for m in self._moments if m.t_s >= moment.t_s - _BEFORE_S]
        if not self._follow_rest(moment) or not self._ground.knows_taps:
            return []  # before the first raise the position is still being settled into
        return self._between.step(form.t_s, form.values, self.neutral)

    def _follow_rest(self, moment: Sighting) -> bool:
        """Let resting level and line follow the body while it is still; say whether it was.

        The foot does not land in the same place twice, and the position is settled into.
        """
        *before, _ = self._moments
        if not before or abs(speed_of(self._moments)) > _STILL_PER_S * self._own_range():
            return False
        if not self._ground.follow(moment, moment.t_s - before[-1].t_s):
            return False
        self._lines.see_below(moment.t_s, moment.values)
        return True

    def _rising(self, form: Form, moment: Sighting) -> list[Fact]:
        self._peak = max(self._peak, moment.rise)
        if self._has_settled():
            return self._rest_here(moment)
        turned = self._peak - _TURNS * max(self._own_range(), self._peak)
        if moment.rise < turned:
            self._sank_s = fell_below_s(self._moments, turned)
            return self._sink(moment)
        still = abs(speed_of(self._moments)) < _STILL_PER_S * moment.rise
        if still and moment.rise >= _HALF * self._own_range():
            self.phase = Phase.TOP
            self.top_since_s = first_above(curve_of(self._moments), TOP_SHARE * moment.rise)
            return self._judge_top(form, moment)
        return []

    def _top(self, form: Form, moment: Sighting) -> list[Fact]:
        if (rested := self._rested(moment)) is not None:
            return self._rest_here(rested)
        self._peak = max(self._peak, moment.rise)
        if moment.rise >= _SINKS * self._peak:
            self._sinking_s = None
            return self._judge_top(form, moment)
        if self._sinking_s is None:
            self._sinking_s = moment.t_s
            self._sank_s = fell_below_s(self._moments, _SINKS * self._peak)
        # A single stray reading is no descent.
        return self._sink(moment) if moment.t_s - self._sinking_s >= _DESCENT_S else []

    def _rested(self, moment: Sighting) -> Sighting | None:
        """Return the moment in which the leg rested, if what was taken for a top was that.

        Of somebody who came down from all fours the foot seems to have risen; then it is raised.
        """
        if self._ranges or self._ground.knows_taps:
            return None
        if has_settled(self._moments, _SETTLED_S, _STARTS_SHARE * self.raises.least_range):
            self._still = moment
        still = self._still
        rises = still is not None and moment.rise - still.rise > _HALF * self.raises.least_range
        return still if rises else None

    def _judge_top(self, form: Form, moment: Sighting) -> list[Fact]:
        """Watch the form while the leg is up; on its way the model's reading is no witness."""
        if moment.rise < TOP_SHARE * self._peak:
            return []
        self._note_first_top(moment)
        return self._board.step(form.t_s, form.values, self._above())

    def _above(self) -> dict[str, float]:
        """Return the neutral with the leg up."""
        return {**self.neutral, self.rules.line: self.top_neutral_deg()}

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
        up = [m for m in self._moments if m.rise >= TOP_SHARE * self._peak]
        if self._ground.is_bent(up) and (rested := self._rested(moment)) is not None:
            return self._rest_here(rested)
        self._lowest = min(self._lowest, moment.rise)
        if self._tapped_s is None and self._is_near(moment):
            self._tapped_s = form.t_s
        if self._tapped_s is not None:
            return self._landing(moment, self._tapped_s)
        if self._has_settled():
            return self._rest_here(moment)
        if moment.rise > self._lowest + _TURNS * max(self._own_range(), self._peak):
            return self._rise_again(moment)
        return []

    def _is_near(self, moment: Sighting) -> bool:
        """Say whether the foot is about on the ground, or may be where that is not known yet."""
        may_be = self._ground.is_unsure and moment.rise < _HALF * self._peak
        return may_be or self._ground.is_near(moment.values)

    def _rise_again(self, moment: Sighting) -> list[Fact]:
        """Take up another attempt, or the same one over a flicker of the reading."""
        if moment.t_s - self._sank_s > FLICKER_S:
            return self._turn()
        self.phase, self._sinking_s = Phase.RISING, None
        return []

    def _has_settled(self) -> bool:
        """Say whether what rose a little has come to rest: a leg that was stretched, not raised."""
        if self._ranges or self._peak >= _HALF * self._own_range():
            return False
        return has_settled(self._moments, _SETTLED_S, _STARTS_SHARE * self._own_range())

    def _rest_here(self, moment: Sighting) -> list[Fact]:
        """Take where the leg is now for where it rests."""
        self._ground.rest_here(moment)
        since = [each for each in self._moments if each.t_s >= moment.t_s]
        self._moments = [replace(each, rise=each.rise - moment.rise) for each in since]
        self._go_down()
        return []

    def _landing(self, moment: Sighting, since_s: float) -> list[Fact]:
        """End the attempt once the foot is at its lowest; how low that is tells a tap."""
        low = self._ground.lowest_since(self._moments, since_s)
        taps = [(m.values[self.raises.tap], m.t_s) for m in self._moments if m.t_s >= since_s]
        sinks_s = min(t_s for tap, t_s in taps if tap <= low + _LANDED)
        if taps[-1][0] <= low + _BOUNCES and moment.t_s - sinks_s < _LANDS_S:
            return []
        done = [m for m in self._moments if m.t_s <= sinks_s]
        facts = self._finish(done, tapped=self._ground.has_landed(low))
        if any(isinstance(each, RepetitionEnded) and tells(each.repetition) for each in facts):
            self._ground.note_landing(low)  # of what was no attempt the foot's lowest tells nothing
        self._moments = self._moments[-1:]
        self._go_down()
        return facts

    def _turn(self) -> list[Fact]:
        """End the attempt at its lowest point, from where the next one starts."""
        lows = [index for index, m in enumerate(self._moments) if m.rise <= self._lowest]
        done, rest = self._moments[: lows[-1] + 1], self._moments[lows[-1] :]
        facts = self._finish(done, tapped=False)
        self._go_down()
        self._moments, self.phase = rest, Phase.RISING
        self._peak = rest[-1].rise
        return facts

    def _finish(self, moments: list[Sighting], *, tapped: bool, lost: bool = False) -> list[Fact]:
        """Return the attempt that is over, or nothing when it was too small to be one."""
        share = _ATTEMPT if self.raises.too_low_share else 0.0  # else the limit is absolute
        least = max(_HALF * self.raises.least_range, share * self._own_range())
        if max(moment.rise for moment in moments) < least:
            return []
        if moments[-1].t_s - moments[0].t_s < _LEAST_ATTEMPT_S:
            return []
        resumed, self._lost_on_the_way = self._lost_on_the_way, False
        if resumed and moments[0].rise > _HALF * self._own_range():
            return []  # the rest of the attempt in which the body was lost, which is answered
        shape = shape_of(curve_of(moments), self.raises.ramp_above_share)
        moments = since_start(moments, shape)
        top = top_of(moments, shape)
        if self._ground.is_unsure and shape.hold_s < _PASSING_S and self._ground.is_bent(top):
            return []  # on the way into the position, before the leg was stretched
        # Out of sight beside its lowest, the foot may well have tapped.
        lost = lost or (not tapped and may_have_tapped(self._moments, moments[-1]))
        held = None if lost else was_held(moments, shape, self.rules)
        broken, own = self._broken(moments, shape), median_or(self._ranges, shape.level)
        reasons = reasons_of(self.raises, shape, own, held, broken, tapped=tapped)
        repetition = self._repetition(moments, shape, reasons)
        self._learn(shape, moments, repetition)
        return [RepetitionEnded(moments[-1].t_s, repetition)]

    def _broken(self, moments: list[Sighting], shape: Shape) -> list[str]:
        """Return what a top is refused for, judged again from the line as it is known now."""
        top = top_of(moments, shape)
        neutral = self._lines.above_with([self._line(m) for m in top])
        own = self._own_tops.neutral([m.values for m in top])
        above = {**self.neutral, **own, self.rules.line: neutral.value}
        board = FaultBoard(self.rules.bands, self.rules.grace)
        codes = codes_over(board, [(m.t_s, m.values) for m in top], above)
        broken = (each.reason for each in self.rules.bands if {each.below, each.above} & codes)
        return list(dict.fromkeys(reason for reason in broken if reason))

    def _repetition(
        self, moments: list[Sighting], shape: Shape, reasons: tuple[str, ...]
    ) -> Repetition:
        self.counted += not reasons
        self.refused += bool(reasons)
        neutral = self._lines.above_with([self._line(m) for m in top_of(moments, shape)])
        number = self.counted + self.refused
        return repetition_of(self.rules, number, moments, shape, neutral.value, reasons)

    def _learn(self, shape: Shape, moments: list[Sighting], repetition: Repetition) -> None:
        """Take the person's own range, and their own line from tops in which it held."""
        top = top_of(moments, shape)
        if not {"line_broken", "not_seen"} & set(repetition.reasons):
            self._lines.learn_above([self._line(m) for m in top])
        if "not_seen" not in repetition.reasons:
            self._own_tops.learn([m.values for m in top], repetition.reasons)
        refused = {"too_low", "too_high"} & set(repetition.reasons)
        if not refused and tells(repetition) and shape.level >= self.raises.least_range:
            self._ranges.append(shape.level)
