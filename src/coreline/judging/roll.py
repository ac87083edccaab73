"""The log roll: full turns around the body's length, the line kept, the direction in turn.

prone ──leaves──► turning ──a full turn──► prone          counted, or refused with its reasons
                     └─────back again────► prone          refused: incomplete

The roll angle is 0 with the belly down, 90 with the chest to the camera and 180 with the belly up;
it is followed without a seam from turn to turn, so that its sign is the direction.

A turn is dated back to where the body last lay belly down, and judged when it is over: whether
chest, belly and back were all shown for their time, in what direction, how long it took, and which
faults of the line fell in it. The direction is to change: refused is a turn the same way as the
last that counted and as the last that was tried. Who is refused may do the same turn again, or go
on to the other one. A body that comes back from a small angle had only moved.
Out of sight for longer than the grace, nobody knows what it did, and the turn is refused for that.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from coreline.body.form import Form
from coreline.judging.events import Ending, Fact, Fault, FaultEnded, Phase, Rotation, RotationEnded
from coreline.judging.faults import FaultBoard
from coreline.judging.neutral import Estimate, joined
from coreline.judging.roll_angle import RollAngle, roll_deg
from coreline.programme.rules import Judging, Roll

CHEST_FIRST = "chest_to_camera_first"
BACK_FIRST = "back_to_camera_first"

# Guesses: no log roll of a real person was found, some would settle them.
_LEAVES_DEG = 40.0  # beyond this a turn is under way
_STARTS_DEG = 5.0  # it is dated back to here
_BACK_DEG = 18.0  # within this of belly down the turn is over
_ATTEMPT_DEG = 60.0  # a smaller one is no attempt
_QUARTER_DEG = 45.0  # half the width of a quarter around 90, 180 and 270 degrees


# Of the line as it is read in the moments before a turn, in which the body has only just lain down:
# a guess, of seven known people it was up to 6 off what they read later, of one misread 14.
_MOMENT_SD_DEG = 4.0


@dataclass(slots=True)
class RollMachine:
    """Count one turn after another."""

    rules: Judging
    roll: Roll
    counted: int = field(default=0, init=False)
    refused: int = field(default=0, init=False)
    phase: Phase = field(default=Phase.WAITING, init=False)
    _angle: RollAngle = field(init=False)
    _board: FaultBoard = field(init=False)
    _neutral: dict[str, float] = field(default_factory=dict, init=False)
    _base_deg: float = field(default=0.0, init=False)
    _turn: list[tuple[float, float]] = field(default_factory=list, init=False)
    _faults: list[Fault] = field(default_factory=list, init=False)
    _was_lost: bool = field(default=False, init=False)
    _last_counted: str | None = field(default=None, init=False)  # its direction
    _last_tried: str | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        """Set up the line to watch."""
        self._angle = RollAngle(0.0, 0.0)
        self._board = FaultBoard(self.rules.bands, self.rules.grace)

    @property
    def faults(self) -> tuple[str, ...]:
        """Return the codes of the faults that exist now."""
        return self._board.codes()

    @property
    def neutral(self) -> dict[str, float]:
        """Return the readings of the start position."""
        return self._neutral

    def begin(self, history: list[Form], rules: Judging, neutral: dict[str, float]) -> list[Fact]:
        """Begin in the start position, belly down."""
        self.rules = rules
        self._neutral = {**neutral, rules.line: self._own_line_deg(neutral)}
        self._base_deg = roll_deg(history[-1])
        self._angle = RollAngle(history[-1].t_s, self._base_deg)
        self._turn = [(history[-1].t_s, self._base_deg)]
        self.phase, self._faults, self._was_lost = Phase.DOWN, [], False
        return []

    def step(self, form: Form) -> list[Fact]:
        """Take in one frame and return what happened."""
        if not form.seen or not self._angle.step(form.t_s, roll_deg(form)):
            return []
        self._turn.append((form.t_s, self._angle.deg))
        if self.phase is Phase.DOWN:
            return self._prone()
        return self._turning(form)

    def end(self, t_s: float, ending: Ending) -> list[Fact]:
        """Stop: a turn that was under way is no attempt, unless the body was lost in it."""
        facts = [fact for fact in self._board.close() if fact.t_s <= t_s]
        if ending is Ending.LOST and self.phase is Phase.RISING:
            self._was_lost = True
            facts += self._finish(t_s)
        self.phase = Phase.WAITING
        return facts

    def deviation_deg(self, form: Form) -> float:
        """Return the line's change from the neutral."""
        return form.values[self.rules.line] - self.reference_deg(form)

    def reference_deg(self, form: Form) -> float:
        """Return the neutral of the line at this roll angle.

        Belly up the model puts the hips higher than belly down, and the person's own line has
        turned its sides: what people's lines read like there is nearer than one's own.
        """
        share = (1.0 + math.cos(math.radians(roll_deg(form)))) / 2.0
        return self._neutral[self.rules.line] * share + self.roll.belly_up_deg * (1.0 - share)

    def _own_line_deg(self, neutral: Mapping[str, float]) -> float:
        """Return the person's own line belly down, of which only a moment was seen."""
        own, people = neutral[self.rules.line], self.rules.neutral.get(self.rules.line)
        return own if people is None else joined(people, Estimate(own, _MOMENT_SD_DEG)).mean

    def _away_deg(self) -> float:
        return self._angle.deg - self._base_deg

    def _prone(self) -> list[Fact]:
        if abs(self._away_deg()) > _LEAVES_DEG:
            near = [i for i, (_, deg) in enumerate(self._turn) if self._is_prone_still(deg)]
            self._turn = self._turn[near[-1] if near else 0 :]
            self.phase = Phase.RISING
        return []

    def _is_prone_still(self, deg: float) -> bool:
        return abs(deg - self._base_deg) <= _STARTS_DEG

    def _turning(self, form: Form) -> list[Fact]:
        neutral = {**self._neutral, self.rules.line: self.reference_deg(form)}
        facts = self._board.step(form.t_s, form.values, neutral)
        self._faults += [fact.fault for fact in facts if isinstance(fact, FaultEnded)]
        around_deg = abs(self._away_deg())
        if around_deg >= 360.0 - _BACK_DEG or around_deg <= _BACK_DEG:
            return facts + self._finish(form.t_s)
        return facts

    def _finish(self, t_s: float) -> list[Fact]:
        closing = self._board.close()
        self._faults += [fact.fault for fact in closing if isinstance(fact, FaultEnded)]
        farthest_deg = max((deg - self._base_deg for _, deg in self._turn), key=abs)
        full = abs(self._away_deg()) >= 360.0 - _BACK_DEG
        facts = list(closing)
        if abs(farthest_deg) >= _ATTEMPT_DEG:
            facts.append(RotationEnded(t_s, self._rotation(t_s, farthest_deg, full=full)))
        if full:
            self._base_deg += math.copysign(360.0, farthest_deg)
        self._turn = self._turn[-1:]
        self.phase, self._faults, self._was_lost = Phase.DOWN, [], False
        return facts

    def _rotation(self, t_s: float, farthest_deg: float, *, full: bool) -> Rotation:
        direction = CHEST_FIRST if farthest_deg > 0 else BACK_FIRST
        reasons = self._reasons(t_s, farthest_deg, full=full)
        if not reasons and direction == self._last_counted == self._last_tried:
            reasons = ("same_direction",)
        if not reasons:
            self._last_counted = direction
        self._last_tried = direction
        self.counted += not reasons
        self.refused += bool(reasons)
        return Rotation(self._turn[0][0], t_s, direction, not reasons, reasons)

    def _reasons(self, t_s: float, farthest_deg: float, *, full: bool) -> tuple[str, ...]:
        if self._was_lost or self._longest_gap_s() > self.rules.grace.bridge_s:
            return ("not_seen",)
        reasons = []
        if not full or not self._passed_every_quarter(math.copysign(1.0, farthest_deg)):
            reasons.append("incomplete")
        elif t_s - self._turn[0][0] < self.roll.least_s:
            reasons.append("too_fast")
        if self._faults:
            reasons.append("line_broken")
        return tuple(reasons)

    def _longest_gap_s(self) -> float:
        """Return the longest time within the turn in which the body was not seen."""
        return max((b[0] - a[0] for a, b in pairwise(self._turn)), default=0.0)

    def _passed_every_quarter(self, sense: float) -> bool:
        """Say whether chest, belly and back were all shown, in order, each for its time."""
        return all(
            self._time_near_s(sense * middle_deg) >= self.roll.quarter_s
            for middle_deg in (90.0, 180.0, 270.0)
        )

    def _time_near_s(self, middle_deg: float) -> float:
        near = [
            t for t, deg in self._turn if abs(deg - self._base_deg - middle_deg) <= _QUARTER_DEG
        ]
        return near[-1] - near[0] if near else 0.0
