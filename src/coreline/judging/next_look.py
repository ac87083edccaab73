"""How soon the next pose is needed: in every picture near a limit, rarely far from all of them.

What decides is how long a body would take, at most, until a fact depends on it. Every reading that
one does depend on is so far from its nearest limit (its room), has of late moved so fast, and may
be driven on as hard as a body can: that gives a time. The shortest of all readings counts, and none
is longer than `STILL_S`. While something begins or ends, every picture is asked for: the position
is being held for its time, a leg is on its way, a fault has begun and is not yet one; and of rolls.

A position begins when the last of its conditions is met, so until then the farthest one decides.
"""

import math
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from coreline.body.form import Form
from coreline.judging.events import Phase
from coreline.judging.faults import IN_LINE_SHARE, change, fault_code, margins
from coreline.judging.judge import Judge
from coreline.judging.raises import RaisesMachine
from coreline.judging.roll import RollMachine
from coreline.programme.conditions import Condition
from coreline.programme.rule_values import OPEN

EVERY_S: Final = 0.0  # every picture is needed
# Ten pictures a second: from eight on the same is counted as at thirty (docs/reliability.md), and a
# hold's own line is taken from readings that far apart.
STILL_S: Final = 0.1
_SPEED_S: Final = 0.25  # over which a reading's speed is read: that of the raises
# A leg that is thrown up rises by 30 % of the body's length, or 30 degrees, in 0.7 s. What gets
# there speeds up for half of the time: by 245 a second in every second.
_DRIVEN_PER_S2: Final = 250.0
_SETTLES_S: Final = 0.3  # for so long what has just begun is looked at in every picture: a guess
_LOST_S: Final = 2.0  # who has been out of sight for so long is looked for less often

Rooms = Iterator[tuple[str, float]]  # a reading, and how far it is from its nearest limit


def time_to_s(room: float, speed_per_s: float) -> float:
    """Return how soon a reading that is driven on may have used up its room.

    Args:
        room: How far it is from the limit, in its unit; below 0 it is beyond.
        speed_per_s: How fast it moves, either way, in its unit.
    """
    if room <= 0.0:
        return 0.0
    reach = math.sqrt(speed_per_s**2 + 2.0 * _DRIVEN_PER_S2 * room)
    return (reach - speed_per_s) / _DRIVEN_PER_S2


@dataclass(slots=True)
class NextLook:
    """Follow what a judge reads, and say how soon it needs the next pose."""

    _past: deque[Form] = field(default_factory=deque, init=False)
    _was: tuple[bool, Phase] = field(default=(False, Phase.WAITING), init=False)
    _since_s: float = field(default=-math.inf, init=False)
    _seen_s: float | None = field(default=None, init=False)

    def step(self, judge: Judge) -> float:
        """Take in what a judge read last; return how soon it needs the next pose, 0 to STILL_S."""
        form = judge.form
        if form is None:
            return EVERY_S
        self._follow(judge, form)
        if not form.seen:
            gone_s = form.t_s - self._seen_s if self._seen_s is not None else math.inf
            return STILL_S if gone_s > _LOST_S else EVERY_S
        if form.t_s - self._since_s < _SETTLES_S:
            return EVERY_S
        wait_s = (
            self._until_change_s(judge, form) if judge.active else self._until_there_s(judge, form)
        )
        return min(wait_s, STILL_S)

    def _until_change_s(self, judge: Judge, form: Form) -> float:
        """Return how soon what is under way may end, or be another."""
        times_s = (self._time_to_s(name, room) for name, room in _rooms(judge, form))
        return min(times_s, default=STILL_S)

    def _until_there_s(self, judge: Judge, form: Form) -> float:
        """Return how soon the position may be reached, or tried for, or tried for no longer."""
        conditions = judge.rules_here.start.conditions
        far = [
            (each, _outside(form.values[each.measure], *_near_limits(each))) for each in conditions
        ]
        if any(gap > 0.0 for _, gap in far):
            return self._until_all_s(far)
        short = [
            (each, _outside(form.values[each.measure], each.min, each.max)) for each in conditions
        ]
        rooms = (
            (each.measure, _room(form.values[each.measure], _near_limits(each)))
            for each in conditions
        )
        gives_up_s = min(self._time_to_s(name, room) for name, room in rooms)
        return min(gives_up_s, self._until_all_s(short))

    def _until_all_s(self, gaps: Sequence[tuple[Condition, float]]) -> float:
        """Return how soon the last of some gaps may be closed."""
        return max(self._time_to_s(each.measure, gap) for each, gap in gaps)

    def _time_to_s(self, name: str, room: float) -> float:
        return time_to_s(room, self._speed_per_s(name))

    def _follow(self, judge: Judge, form: Form) -> None:
        now = (judge.active, judge.machine.phase)
        if now != self._was:
            self._was, self._since_s = now, form.t_s
        if not form.seen:
            self._past.clear()
            return
        self._seen_s = form.t_s
        self._past.append(form)
        while self._past[0].t_s < form.t_s - _SPEED_S:
            self._past.popleft()

    def _speed_per_s(self, name: str) -> float:
        """Return how fast a reading moved of late: all that it spanned, whichever way."""
        values = [form.values[name] for form in self._past]
        return (max(values) - min(values)) / _SPEED_S


def _near_limits(condition: Condition) -> tuple[float, float]:
    """Return the limits within which somebody tries."""
    low = condition.min if condition.near_min is None else condition.near_min
    return low, condition.max if condition.near_max is None else condition.near_max


def _outside(value: float, low: float, high: float) -> float:
    """Return how far a reading is outside of two limits; 0 within them."""
    return max(low - value, value - high, 0.0)


def _rooms(judge: Judge, form: Form) -> Rooms:
    """Yield how far it is to the end of the position, of the phase, and to every fault."""
    yield from _rooms_kept(judge, form)
    machine = judge.machine
    if isinstance(machine, RaisesMachine):
        yield machine.raises.motion, machine.room(form)
    if isinstance(machine, RollMachine):
        # Of somebody who rolls the model mixes up left and right; over longer steps it does so in
        # other turns. Between two turns there is little to save.
        yield machine.rules.line, 0.0
    yield from _rooms_of_bands(judge, form)


def _rooms_kept(judge: Judge, form: Form) -> Rooms:
    for each in judge.machine.rules.start.conditions:
        if not each.keeps:
            continue
        value = form.values[each.measure]
        if each.own and judge.neutral is not None:
            value -= judge.neutral[each.measure]
        yield each.measure, _room(value, (each.keep_min, each.keep_max))


def _rooms_of_bands(judge: Judge, form: Form) -> Rooms:
    """Yield how far every band's reading is from where being in line ends, and from a fault."""
    rules, neutral = judge.machine.rules, dict(judge.neutral or {})
    if isinstance(judge.machine, RaisesMachine):
        neutral[rules.line] = judge.machine.reference_deg(form)
    told = set(judge.machine.faults)
    for band in rules.bands:
        if band.measure not in form.judged:
            continue
        code = fault_code(band, change(band, form.values, neutral))
        if {code} - {None} != told & {band.below, band.above} - {None}:
            yield band.measure, 0.0  # a fault begins or ends, which takes its time
        for share in (IN_LINE_SHARE, 1.0):
            (margin,) = margins([band], form.values, neutral, share)
            if margin is not None:
                yield band.measure, abs(margin)


def _room(value: float, limits: tuple[float | None, ...]) -> float:
    """Return how far a reading is from the nearest of some limits, on either side of it."""
    there = (each for each in limits if each is not None and abs(each) < OPEN)
    return min((abs(value - each) for each in there), default=math.inf)
