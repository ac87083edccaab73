"""Form faults: a reading beyond its limit is no fault yet; it is one when it lasts."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from coreline.body.form import MISSED_S
from coreline.judging.events import Fact, Fault, FaultBegan, FaultEnded
from coreline.programme.rule_values import OPEN
from coreline.programme.rules import Band, Grace

# Where being in line ends, from the good middle (0) to the fault (1). Known people's seconds are
# off by 0.70 s at 0.5, 0.66 at 0.8 and 0.65 at 0.9 and 1.0: a guess among these, the strictest.
IN_LINE_SHARE = 0.8


Margins = tuple[float | None, ...]  # a band each
Timed = tuple[float, float]  # seconds, reading

_STEEPEST = 3.0  # steeper than that many times a straight way, it would turn back within the gap
_HALVINGS = 30  # of a gap: as exact as its times


def change(band: Band, values: Mapping[str, float], neutral: Mapping[str, float]) -> float:
    """Return a band's reading: from the person's own neutral, or as it is where that is meant."""
    value = values[band.measure]
    return value - neutral[band.measure] if band.own else value


def is_good(band: Band, reading: float) -> bool:
    """Say whether a reading lies in the good middle."""
    return band.good_low <= reading <= band.good_high


def fault_code(band: Band, reading: float) -> str | None:
    """Return the fault that a reading is beyond the limit of, or None."""
    if reading < band.fault_low:
        return band.below
    return band.above if reading > band.fault_high else None


@dataclass(slots=True)
class _FaultCandidate:
    """A stretch beyond a limit; it becomes a fault when it has lasted.

    `before_s` is how long it had lasted when it was lost from sight, where it goes on after that.
    """

    code: str
    start_s: float
    last_s: float
    exists: bool = False
    before_s: float = 0.0


@dataclass(slots=True)
class FaultWatch:
    """Follow the faults of one band: absent → candidate → existing → over, all by time.

    What changed while nothing was seen is dated to where the way between the readings on both
    sides crosses the limit; what was before it lasted until then. The first reading after a
    gap is the least sure one: what it changes counts when the next one says so too. `cleared_s` is
    since when a fault was last over.
    """

    band: Band
    grace: Grace
    cleared_s: float = field(default=-math.inf, init=False)
    _open: _FaultCandidate | None = field(default=None, init=False)
    _within_s: float | None = field(default=None, init=False)
    _before_last: Timed | None = field(default=None, init=False)
    _last: Timed | None = field(default=None, init=False)
    _doubted: Timed | None = field(default=None, init=False)
    _lost: _FaultCandidate | None = field(default=None, init=False)

    @property
    def code(self) -> str | None:
        """Return the code of the fault that exists now."""
        return self._open.code if self._open is not None and self._open.exists else None

    @property
    def start_s(self) -> float | None:
        """Return when the fault that exists now began."""
        return self._open.start_s if self._open is not None and self._open.exists else None

    @property
    def stands_since_s(self) -> float:
        """Return since when a fault stands, less what was not seen of it; without one, never."""
        if self._open is None or not (self._open.exists or self._open.before_s > 0.0):
            return math.inf
        return self._open.start_s - self._open.before_s

    def step(self, t_s: float, reading: float) -> list[Fact]:
        """Take in a reading and return what began or ended."""
        code = fault_code(self.band, reading)
        doubted, self._doubted = self._doubted, None
        if doubted is not None and fault_code(self.band, doubted[1]) == code:
            changed_s = self._changed_s(doubted, (t_s, reading), code)
            return self._take(*doubted, code, changed_s) + self._take(t_s, reading, code, t_s)
        if self._changes_after_gap(t_s, code):
            self._doubted = (t_s, reading)
            return []
        return self._take(t_s, reading, code, t_s)

    def close(self) -> list[Fact]:
        """End what is open at its last moment beyond the limit."""
        closing, self._open = self._open, None
        self._within_s = self._doubted = None
        if closing is None or not closing.exists:
            return []
        fault = Fault(closing.code, closing.start_s, closing.last_s)
        return [FaultEnded(closing.last_s, fault)]

    def lose(self) -> list[Fact]:
        """End what is open, out of sight: if it is the first that is seen again, it goes on."""
        lost = self._open
        facts = self.close()
        self._lost = lost or self._lost
        return facts

    def _changes_after_gap(self, t_s: float, code: str | None) -> bool:
        """Say whether a reading is the first after a gap, and another than before it."""
        if self._last is None or not MISSED_S < t_s - self._last[0] <= self.grace.bridge_s:
            return False
        return fault_code(self.band, self._last[1]) != code

    def _take(self, t_s: float, reading: float, code: str | None, since_s: float) -> list[Fact]:
        """Take in a reading that is where it is since some time, now or in a gap before it."""
        self._before_last, self._last = self._last, (t_s, reading)
        before = self._lasted(t_s, since_s) if since_s < t_s else []
        return before + self._go_on(t_s, since_s, code)

    def _lasted(self, t_s: float, until_s: float) -> list[Fact]:
        """Take in that all stayed as it was, until some time in a gap."""
        if self._within_s is not None:
            return self._inside(until_s)
        if self._open is None:
            return []
        self._open.last_s = until_s
        return self._grown(t_s)

    def _go_on(self, t_s: float, since_s: float, code: str | None) -> list[Fact]:
        lost, self._lost = self._lost, None
        if self._open is None or code not in (self._open.code, None):
            if self._open is not None:
                self.cleared_s = since_s
            ended = self.close()
            self._open = None if code is None else _FaultCandidate(code, since_s, t_s)
            if self._open is not None and lost is not None and lost.code == code:
                self._open.before_s = lost.last_s - lost.start_s + lost.before_s
            return ended
        if code is None:
            self._within_s = since_s if self._within_s is None else self._within_s
            return self._inside(t_s)
        self._within_s = None
        self._open.last_s = t_s
        return self._grown(t_s)

    def _changed_s(self, first: Timed, after: Timed, code: str | None) -> float:
        """Return since when in a gap the reading is where it is seen to be after it."""
        last = self._last
        outer = code or (fault_code(self.band, last[1]) if last else None)
        if last is None or outer is None:
            return first[0]
        limit = self.band.fault_low if outer == self.band.below else self.band.fault_high
        if (last[1] - limit) * (first[1] - limit) >= 0.0:
            return first[0]
        return crossed_s(limit, self._before_last, last, first, after)

    def _inside(self, until_s: float) -> list[Fact]:
        """Take in that the reading has been within the limits until a moment."""
        if self._within_s is None:
            return []
        # What is no fault yet is given up sooner: stray frames must not add up to one.
        patience_s = self.grace.clear_s if self.code else self.grace.clear_s / 3.0
        if until_s - self._within_s < patience_s:
            return []
        self.cleared_s = self._within_s
        return self.close()

    def _grown(self, t_s: float) -> list[Fact]:
        candidate = self._open
        if candidate is None or candidate.exists:
            return []
        candidate.exists = candidate.last_s - candidate.start_s >= self.grace.fault_s
        return [FaultBegan(t_s, candidate.start_s, candidate.code)] if candidate.exists else []


@dataclass(slots=True)
class FaultBoard:
    """All the bands of an exercise, watched together."""

    bands: Sequence[Band]
    grace: Grace
    _watches: list[FaultWatch] = field(init=False)

    def __post_init__(self) -> None:
        """Set up a watch for each band."""
        self._watches = [FaultWatch(band, self.grace) for band in self.bands]

    def step(
        self, t_s: float, values: Mapping[str, float], neutral: Mapping[str, float]
    ) -> list[Fact]:
        """Take in the readings of one frame and return what began or ended.

        A reading that is not among them says nothing, for good or ill.
        """
        return [
            fact
            for watch in self._watches
            if watch.band.measure in values
            for fact in watch.step(t_s, change(watch.band, values, neutral))
        ]

    def close(self) -> list[Fact]:
        """End every fault that is open."""
        return [fact for watch in self._watches for fact in watch.close()]

    def lose(self) -> list[Fact]:
        """End every fault that is open, as the body is lost from sight."""
        return [fact for watch in self._watches for fact in watch.lose()]

    def codes(self) -> tuple[str, ...]:
        """Return the codes of the faults that exist now."""
        return tuple(watch.code for watch in self._watches if watch.code is not None)

    def starts_s(self) -> dict[str, float]:
        """Return the faults that exist now, by code, each with when it began."""
        known = [(watch.code, watch.start_s) for watch in self._watches]
        return {code: start_s for code, start_s in known if code and start_s is not None}

    def oldest_s(self) -> float:
        """Return since when the oldest fault stands, less what was not seen; without one, never."""
        return min(watch.stands_since_s for watch in self._watches)

    def cleared_s(self) -> float:
        """Return since when a fault was last over."""
        return max(watch.cleared_s for watch in self._watches)


def crossed_s(limit: float, before: Timed | None, last: Timed, first: Timed, after: Timed) -> float:
    """Return when in the gap between `last` and `first` a reading crossed a limit between them.

    What moves comes to rest and what rests begins to move: the way is that of a body which leaves
    as fast as it was last seen to, from `before` to `last`, and arrives as it is seen to from
    `first` to `after`, without turning back. On a straight way a line that sank a little beyond the
    limit, and stayed there, would be beyond it only at the end of the gap.
    """
    gap_s, rise = first[0] - last[0], first[1] - last[1]
    leaves = _steepness(before, last, gap_s, rise)
    comes = _steepness(first, after, gap_s, rise)
    wanted, low, high = (limit - last[1]) / rise, 0.0, 1.0
    for _ in range(_HALVINGS):
        u = (low + high) / 2.0
        way = leaves * u * (1.0 - u) ** 2 + u * u * (3.0 - 2.0 * u) - comes * u * u * (1.0 - u)
        low, high = (u, high) if way < wanted else (low, u)
    return last[0] + gap_s * (low + high) / 2.0


def _steepness(one: Timed | None, other: Timed, gap_s: float, rise: float) -> float:
    """Return how steep the way is beside a gap, in times of a straight way across it.

    Where nothing was read a frame or two before, it is one.
    """
    if one is None or not 0.0 < other[0] - one[0] <= MISSED_S:
        return 1.0
    slope = (other[1] - one[1]) / (other[0] - one[0])
    return min(max(slope * gap_s / rise, 0.0), _STEEPEST)


def all_good(
    bands: Sequence[Band], values: Mapping[str, float], neutral: Mapping[str, float]
) -> bool:
    """Say whether every band's reading, as far as there is one, lies in its good middle."""
    read = (band for band in bands if band.measure in values)
    return all(is_good(band, change(band, values, neutral)) for band in read)


def margins(
    bands: Sequence[Band],
    values: Mapping[str, float],
    neutral: Mapping[str, float],
    share: float = IN_LINE_SHARE,
) -> Margins:
    """Return by how much every band's reading is in line; below 0 it is out, None without one.

    Being in line ends at `share` of the way from the good middle to the fault.
    """
    return tuple(
        _margin(band, change(band, values, neutral), share) if band.measure in values else None
        for band in bands
    )


def are_in_line(each: Margins) -> bool:
    """Say whether every reading is in line, as far as there is one."""
    return all(margin is None or margin >= 0.0 for margin in each)


def share_in_line(before: Margins, after: Margins) -> float:
    """Return the share of a step, 0 to 1, in which all is in line, every reading going straight."""
    low, high = 0.0, 1.0
    pairs = zip(before, after, strict=True)
    # What was not read at one end is taken to be as at the other.
    known = ((b if a is None else a, a if b is None else b) for a, b in pairs)
    for a, b in known:
        if a is None or b is None or min(a, b) >= 0.0:
            continue
        if max(a, b) < 0.0:
            return 0.0
        crosses = a / (a - b)
        low, high = (max(low, crosses), high) if a < 0.0 else (low, min(high, crosses))
    return max(high - low, 0.0)


def _margin(band: Band, reading: float, share: float) -> float:
    low = _limit(band.good_low, band.fault_low, share)
    return min(reading - low, _limit(band.good_high, band.fault_high, share) - reading)


def _limit(good: float, fault: float, share: float) -> float:
    """Return the limit of what is in line; where there is no fault, the good middle's."""
    return good if abs(fault) >= OPEN else good + share * (fault - good)


def codes_over(
    board: FaultBoard,
    readings: Sequence[tuple[float, Mapping[str, float]]],
    neutral: Mapping[str, float],
) -> set[str]:
    """Return the codes of the faults over a stretch of timed readings, on a fresh board."""
    facts = [fact for t_s, values in readings for fact in board.step(t_s, values, neutral)]
    ended = [*facts, *board.close()]
    return {fact.fault.code for fact in ended if isinstance(fact, FaultEnded)}


def wider(band: Band, times: float) -> Band:
    """Return a band with limits that many times as far, where the body settles anew each time."""
    limits = ("good_low", "good_high", "fault_low", "fault_high")
    return band.model_copy(update={name: times * getattr(band, name) for name in limits})
