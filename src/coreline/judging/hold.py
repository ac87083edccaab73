"""The hold: a position reached, kept in line, and left.

waiting ──start position held──► holding ──position left, or out of sight──► waiting

The clock runs while the line is kept, also through slips shorter than the grace; it stops for a
fault that lasts and while the body cannot be seen. In-line time is stricter: only the good band.
"""

from dataclasses import dataclass, field
from itertools import pairwise

from coreline.body.form import Form
from coreline.body.line import mean, mean_score, worst
from coreline.judging.events import Ending, Fact, Fault, FaultEnded, Hold, HoldEnded, Phase
from coreline.judging.faults import FaultBoard, all_good
from coreline.judging.ready import failing
from coreline.programme.rules import Judging

LEAST_VISIBLE_SHARE = 0.7  # a score from less is withheld
_COMING_DOWN_S = 3.0  # a last departure from the line shorter than this is the way down, no fault


@dataclass(frozen=True, slots=True)
class _Moment:
    """What was seen in one frame of a hold; `deviation_deg` is None where nothing was."""

    t_s: float
    deviation_deg: float | None
    good: bool


@dataclass(slots=True)
class HoldMachine:
    """Time one hold after another."""

    rules: Judging
    clock_s: float = field(default=0.0, init=False)
    clock_runs: bool = field(default=False, init=False)
    phase: Phase = field(default=Phase.WAITING, init=False)
    _neutral: dict[str, float] = field(default_factory=dict, init=False)
    _board: FaultBoard = field(init=False)
    _moments: list[_Moment] = field(default_factory=list, init=False)
    _faults: list[Fault] = field(default_factory=list, init=False)
    _last_seen_s: float = field(default=0.0, init=False)

    def __post_init__(self) -> None:
        """Set up the faults to watch for."""
        self._board = FaultBoard(self.rules.bands, self.rules.grace)

    @property
    def faults(self) -> tuple[str, ...]:
        """Return the codes of the faults that exist now."""
        return self._board.codes()

    def begin(self, history: list[Form], neutral: dict[str, float]) -> list[Fact]:
        """Begin a hold; it started when the line was first reached without being left since."""
        self._neutral, self._moments, self._faults = neutral, [], []
        self.phase, self.clock_s, self.clock_runs = Phase.HOLDING, 0.0, True
        reached = self._reached(history)
        self._last_seen_s = reached[0].t_s
        return [fact for form in reached for fact in self.step(form)]

    def step(self, form: Form) -> list[Fact]:
        """Take in one frame of the hold and return what happened."""
        if not form.seen:
            return self._unseen(form)
        facts = self._board.step(form.t_s, form.values, self._neutral)
        self._note_faults(facts)
        self._run_clock(form.t_s)
        self._moments.append(_Moment(form.t_s, self.deviation_deg(form), self._is_good(form)))
        self._last_seen_s = form.t_s
        return facts

    def end(self, t_s: float, ending: Ending) -> list[Fact]:
        """End the hold at `t_s` and return it with the faults that end with it.

        What looks like a fault and began on the way down is none.
        """
        line_left_s = self._line_left_s(t_s) if ending is Ending.LEFT else t_s
        closing = [
            fact
            for fact in self._board.close()
            if isinstance(fact, FaultEnded) and fact.fault.start_s < line_left_s
        ]
        self._faults += [fact.fault for fact in closing]
        self.phase, self.clock_runs = Phase.WAITING, False
        return [*closing, HoldEnded(t_s, self._hold(line_left_s))]

    def deviation_deg(self, form: Form) -> float:
        """Return the line's change from the neutral, + = hip toward the floor."""
        return form.values[self.rules.line] - self._neutral[self.rules.line]

    def _is_good(self, form: Form) -> bool:
        return all_good(self.rules.bands, form.values, self._neutral)

    def _reached(self, history: list[Form]) -> list[Form]:
        """Return the forms since the line was reached."""
        first = len(history) - 1
        while first > 0 and self._in_position(history[first - 1]):
            first -= 1
        return history[first:]

    def _in_position(self, form: Form) -> bool:
        kept = failing(self.rules.keep.conditions, form, self._neutral) is None
        return kept and self._is_good(form)

    def _unseen(self, form: Form) -> list[Fact]:
        self._moments.append(_Moment(form.t_s, None, False))
        if form.t_s - self._last_seen_s <= self.rules.grace.bridge_s:
            return []
        self.clock_runs = False
        closing = self._board.close()
        self._note_faults(closing)
        return closing

    def _run_clock(self, t_s: float) -> None:
        bridged = t_s - self._last_seen_s <= self.rules.grace.bridge_s
        if bridged and self.clock_runs:
            self.clock_s += t_s - self._last_seen_s
        self.clock_runs = self._board.longest_s(t_s) < self.rules.grace.fault_stops_s

    def _note_faults(self, facts: list[Fact]) -> None:
        self._faults += [fact.fault for fact in facts if isinstance(fact, FaultEnded)]

    def _hold(self, end_s: float) -> Hold:
        moments = [moment for moment in self._moments if moment.t_s <= end_s]
        deviations = [m.deviation_deg for m in moments if m.deviation_deg is not None]
        visible_share = _visible_share(moments)
        scored = deviations if visible_share >= LEAST_VISIBLE_SHARE else []
        return Hold(
            start_s=self._moments[0].t_s,
            end_s=end_s,
            in_line_s=_in_line_s(moments, self.rules.grace.bridge_s),
            mean_bend_deg=mean(scored),
            worst_bend_deg=worst(scored),
            visible_share=visible_share,
            line_score=mean_score(scored, self.rules.bands[0].good_high),
            faults=tuple(fault for fault in self._faults if fault.start_s < end_s),
        )

    def _line_left_s(self, left_s: float) -> float:
        """Return when the line was left for the way down, or when the position was."""
        good = [moment.t_s for moment in self._moments if moment.good and moment.t_s <= left_s]
        if good and left_s - good[-1] < _COMING_DOWN_S:
            return good[-1]
        return left_s


def _visible_share(moments: list[_Moment]) -> float:
    """Return the share of the time between the moments that ends in a seen one."""
    whole_s = moments[-1].t_s - moments[0].t_s
    steps = pairwise(moments)
    seen_s = sum(b.t_s - a.t_s for a, b in steps if b.deviation_deg is not None)
    return seen_s / whole_s if whole_s > 0 else 1.0


def _in_line_s(moments: list[_Moment], bridge_s: float) -> float:
    """Return the time in the good band; half of a step that enters or leaves it, gaps bridged."""
    seen = [moment for moment in moments if moment.deviation_deg is not None]
    return sum(
        (b.t_s - a.t_s) * (a.good + b.good) / 2.0
        for a, b in pairwise(seen)
        if b.t_s - a.t_s <= bridge_s
    )
