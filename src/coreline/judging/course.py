"""A hold as far as it has come, judged from one neutral: its frames, its faults and its clock.

The clock runs from where the line was reached, also through slips shorter than the grace. It stops
once a fault has lasted, and goes on from where that was over; it stands in a gap that is too long
to be bridged. What it ran is kept by stretches, so that it can be told of any part of the hold.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from coreline.body.form import Form
from coreline.judging.events import Fact, Fault, FaultEnded
from coreline.judging.faults import FaultBoard, Margins, are_in_line, margins
from coreline.programme.rules import Judging

GETTING_IN_S = 3.0  # as long may the way in take: a guess
KEPT_SHARE = 0.5  # nearer to the good middle than to a fault: only that begins and ends a hold


@dataclass(frozen=True, slots=True)
class HoldFrame:
    """What was seen in one frame of a hold; `deviation_deg` is None where nothing was.

    `margins` say by how much it is in line, `kept_by` by how much it is so plainly that a hold may
    begin or end with it.
    """

    t_s: float
    deviation_deg: float | None
    margins: Margins
    kept_by: Margins

    @property
    def kept(self) -> bool:
        """Say whether a hold may begin or end with it."""
        return self.deviation_deg is not None and are_in_line(self.kept_by)


@dataclass(slots=True)
class Course:
    """A hold as far as it has come.

    Attributes:
        clock_runs: the clock runs now, as far as is known.
        frames: all of them, in order.
        faults: those that are over.
        last_seen_s: when the body was last seen.
        reached: the frame in which the line was first kept, where that was soon enough to be the
            end of the way in.
        before: the last frame before it in which the body was seen.
    """

    rules: Judging
    neutral: Mapping[str, float]
    board: FaultBoard
    clock_runs: bool = True
    frames: list[HoldFrame] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    last_seen_s: float = 0.0
    reached: HoldFrame | None = None
    before: HoldFrame | None = None
    _ran: list[tuple[float, float]] = field(default_factory=list)  # from when to when, seconds
    _settled_s: float = -math.inf  # until when it is settled what the clock ran
    _last: HoldFrame | None = None  # the last in which the body was seen

    @property
    def begins_s(self) -> float:
        """Return when the hold began: where the line was reached, if that was soon.

        As long as that may yet be, it has not begun: infinity.
        """
        if self.reached is not None:
            return self.reached.t_s
        if not self.frames or self.frames[-1].t_s - self.frames[0].t_s < GETTING_IN_S:
            return math.inf
        return self.frames[0].t_s

    def ran_s(self, since_s: float, until_s: float = math.inf) -> float:
        """Return how long the clock ran between two times."""
        parts = ((max(a, since_s), min(b, until_s)) for a, b in self._ran)
        return sum(max(b - a, 0.0) for a, b in parts)

    def ran_at(self, t_s: float) -> bool:
        """Say whether the clock ran at a time."""
        return any(since_s <= t_s <= until_s for since_s, until_s in self._ran)

    def step(self, form: Form) -> list[Fact]:
        """Take in one frame of the hold and return what happened."""
        if not self.frames:
            self.last_seen_s = form.t_s
        if not form.seen:
            return self._unseen(form)
        facts = self.board.step(form.t_s, form.judged, self.neutral)
        frame = self.frame(form)
        self.frames.append(frame)
        facts += self._reach(frame)
        self.note(facts)
        self._run_clock(form.t_s)
        self.last_seen_s, self._last = form.t_s, frame
        return facts

    def frame(self, form: Form) -> HoldFrame:
        """Return what a form in which the body is seen says, judged from this neutral."""
        inside = margins(self.rules.bands, form.judged, self.neutral)
        kept_by = margins(self.rules.bands, form.judged, self.neutral, KEPT_SHARE)
        return HoldFrame(form.t_s, self.deviation_deg(form), inside, kept_by)

    def deviation_deg(self, form: Form) -> float:
        """Return the line's change from the neutral, + = hip toward the floor."""
        return form.values[self.rules.line] - self.neutral[self.rules.line]

    def note(self, facts: list[Fact]) -> None:
        """Put the faults that are over on record."""
        self.faults += [fact.fault for fact in facts if isinstance(fact, FaultEnded)]

    def _reach(self, frame: HoldFrame) -> list[Fact]:
        """Begin where the line is first kept: what was before it was the way in, and no fault."""
        late = frame.t_s - self.frames[0].t_s >= GETTING_IN_S
        if self.reached is not None or late or not frame.kept:
            return []
        self.reached, self.before, self.clock_runs = frame, self._last, True
        return self.board.close()

    def _unseen(self, form: Form) -> list[Fact]:
        self.frames.append(HoldFrame(form.t_s, None, (), ()))
        if form.t_s - self.last_seen_s <= self.rules.grace.bridge_s:
            return []
        self.clock_runs = False
        closing = self.board.lose()
        self.note(closing)
        return closing

    def _run_clock(self, t_s: float) -> None:
        """Settle what of the time since the last sight the clock ran.

        When it stopped or went on is known better than to a frame, or to a gap.
        """
        ran, last_s = self.clock_runs, self.last_seen_s
        stops_s = self.board.oldest_s() + self.rules.grace.fault_stops_s
        self.clock_runs = t_s < stops_s
        if t_s - last_s > self.rules.grace.bridge_s:
            self._settled_s = t_s
        elif ran:
            self._count(last_s, min(t_s, max(stops_s, last_s)))
        elif self.clock_runs:
            self._count(max(self.board.cleared_s(), self._settled_s), t_s)

    def _count(self, since_s: float, until_s: float) -> None:
        if self._ran and since_s <= self._ran[-1][1]:
            since_s, _ = self._ran.pop()
        self._ran.append((since_s, until_s))
        self._settled_s = until_s
