"""The hold: a position reached, kept in line, and left.

waiting ──start position held──► holding ──position left, or out of sight──► waiting

Two rules make it right for people who do not get into the line in one go:

1. *The line is found while it is held.* Everything is judged from the person's own line, and that
   is an estimate (`neutral.py`) that is taken again as the hold goes on. When it moves, all of the
   hold so far is judged again from it: seconds, faults and scores are always those of the line as
   it is known now.
2. *What led to the line was the way in, what left it for good the way down.* A departure of a few
   seconds at either end is no fault of the hold.

The clock (`course.py`) runs while the line is kept, also through slips shorter than the grace; it
stops for a fault that lasts and while the body cannot be seen. In-line time is stricter. Nobody
knows yet whether a line that is left now is let go for good, and the clock runs on; once the hold
is over, what it ran is that between reaching the line and leaving it, as all the rest is.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from coreline.body.form import MISSED_S, Form
from coreline.body.lasting import lasting_s
from coreline.body.line import mean, mean_score, worst
from coreline.judging.course import GETTING_IN_S, KEPT_SHARE, Course, HoldFrame
from coreline.judging.events import (
    Ending,
    Fact,
    FaultBegan,
    FaultEnded,
    Hold,
    HoldEnded,
    NeutralFound,
    Phase,
)
from coreline.judging.faults import (
    FaultBoard,
    Margins,
    are_in_line,
    margins,
    share_in_line,
)
from coreline.judging.neutral import Estimate
from coreline.judging.own_line import OwnLine
from coreline.judging.ready import UNSTEADY
from coreline.judging.restless import moving_share
from coreline.programme.rules import Judging

# A last departure from the line shorter than this is the way down, no fault: of known people who
# came down it took 2.6 s at most (two who were misread aside), a last fault with it 2.9 s and more.
_COMING_DOWN_S = 2.75

# Guesses that nobody has measured; real holds, timed by somebody else, would settle them.
LEAST_VISIBLE_SHARE = 0.7  # a score from less is withheld
_MOST_MOVING = 0.65  # of a hold: a guess; at 0.5 a real plank with shoulder taps was no hold
_SURE_DEG = 3.0  # a line less sure than this names no fault, but for
_SURE_S = 4.0  # so long at most
_HALF = 0.5  # of a gap of which nothing says when in it something happened
_MOVED_DEG = 0.75  # a line that moved by less is the same
_NEWS_DEG = 1.5  # a line that moved by more is told


@dataclass(slots=True)
class HoldMachine:
    """Time one hold after another."""

    rules: Judging
    own: Estimate | None = None  # the person's line of earlier sets
    came: Form | None = None  # as the person was last seen before the position was reached
    left: Form | None = None  # and first seen after it was left
    clock_s: float = field(default=0.0, init=False)
    phase: Phase = field(default=Phase.WAITING, init=False)
    line: OwnLine = field(init=False)
    _course: Course = field(init=False)
    _entered: Form | None = field(default=None, init=False)
    _forms: list[Form] = field(default_factory=list, init=False)
    _told: set[str] = field(default_factory=set, init=False)
    _told_deg: float | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        """Set up what is known of the line before it is seen."""
        self.line = OwnLine(self.rules, self.own)
        self._course = self._fresh()

    @property
    def clock_runs(self) -> bool:
        """Say whether the seconds are counted now, as far as is known."""
        if self.phase is not Phase.HOLDING:
            return False
        return self._course.clock_runs or not (self._is_sure() or self._told)

    @property
    def faults(self) -> tuple[str, ...]:
        """Return the codes of the faults that exist now."""
        return self._course.board.codes()

    @property
    def neutral(self) -> Mapping[str, float]:
        """Return the readings that everything is judged from now."""
        return self._course.neutral

    @property
    def sd_deg(self) -> float:
        """Return how sure the line is: one standard deviation."""
        return self.line.sd_deg

    def begin(
        self, history: list[Form], rules: Judging, _medians: Mapping[str, float]
    ) -> list[Fact]:
        """Begin a hold with the forms since the position was reached; `rules` as on its support."""
        self.rules = rules
        self.line.begin(rules)
        self._forms, self._told_deg, self._entered = [], None, history[0]
        self._told.clear()
        self.phase, self.clock_s = Phase.HOLDING, 0.0
        for form in history:
            self.line.add(form)
        self.line.take_again()
        self._course = self._fresh()
        return [*self._tell(history[-1].t_s), *(f for each in history for f in self._go_on(each))]

    def step(self, form: Form) -> list[Fact]:
        """Take in one frame of the hold and return what happened."""
        self.line.add(form)
        facts = self._judge_again(form) if self.line.is_due(form.t_s) else []
        return facts + self._go_on(form)

    def end(self, t_s: float, ending: Ending) -> list[Fact]:
        """End the hold at `t_s` and return it with the faults that end with it.

        What looks like a fault and began on the way down is none. What came after `t_s` is
        forgotten; where all of it did, there was no hold.
        """
        if ending is Ending.OVER and not self._cut(t_s):
            return []
        # Not only where it has moved: else what is on record would hang on when it was last taken.
        self._take_line_again(moved_deg=0.0)
        course = self._course
        line_left_s = t_s if ending is Ending.LOST else self._line_left_s(t_s)
        closing = [
            fact
            for fact in course.board.close()
            if isinstance(fact, FaultEnded) and fact.fault.start_s < line_left_s
        ]
        course.note(list(closing))
        hidden_s = self._hidden_s(line_left_s, t_s)
        start_s = self._line_reached_s()
        runs_on = course.ran_at(line_left_s)
        ran_s = course.ran_s(start_s, line_left_s) + (hidden_s if runs_on else 0.0)
        self.clock_s = self._reached_unseen_s() + ran_s
        self.phase = Phase.WAITING
        self.line.end()
        return [*closing, HoldEnded(t_s, self._hold(line_left_s, hidden_s))]

    def _cut(self, t_s: float) -> bool:
        """Forget what came after a moment, and say whether anything was before it."""
        kept = [form for form in self._forms if form.t_s <= t_s]
        if len(kept) < len(self._forms):
            self._forms, self._course = kept, self._fresh()
            for form in kept:
                self._course.step(form)
        lasted = bool(kept) and kept[-1].t_s > kept[0].t_s
        if not lasted:
            self.clock_s, self.phase = 0.0, Phase.WAITING
        return lasted

    def _fresh(self) -> Course:
        return Course(
            self.rules,
            self.line.neutral(),
            FaultBoard(self.rules.bands, self.rules.grace),
        )

    def _go_on(self, form: Form) -> list[Fact]:
        self._forms.append(form)
        facts = self._course.step(form)
        self.clock_s = self._clock_now_s()
        ended = [each for each in facts if self._was_told(each)]
        return [*ended, *self._begun_faults(form)]

    def _clock_now_s(self) -> float:
        """Return what the clock shows while it is held."""
        begins_s = self._course.begins_s
        if begins_s == math.inf:
            return 0.0
        return self._reached_unseen_s() + self._course.ran_s(begins_s)

    def _was_told(self, fact: Fact) -> bool:
        """Say whether a fault that is over had been told; one that had not is over in silence."""
        if not isinstance(fact, FaultEnded) or fact.fault.code not in self._told:
            return False
        self._told.discard(fact.fault.code)
        return True

    def _begun_faults(self, form: Form) -> list[Fact]:
        """Return the faults that are to be told now.

        In the first seconds the line is mostly what people's lines are: what looks like a fault may
        be this person's own. It is told once the line is sure, or at once where nobody's line is.
        A fault that turns out to have been none is withdrawn in silence.
        """
        starts = self._course.board.starts_s()
        self._told &= starts.keys()
        if not (self._is_sure() or self._is_implausible(form)):
            return []
        fresh = [code for code in starts if code not in self._told]
        self._told.update(fresh)
        return [FaultBegan(form.t_s, starts[code], code) for code in fresh]

    def _is_sure(self) -> bool:
        age_s = self._forms[-1].t_s - self._forms[0].t_s if self._forms else 0.0
        return self.line.sd_deg <= _SURE_DEG or age_s > _SURE_S

    def _is_implausible(self, form: Form) -> bool:
        people = self.rules.neutral.get(self.rules.line)
        if people is None or not form.seen:
            return False
        return not people.low <= form.values[self.rules.line] <= people.high

    def _judge_again(self, form: Form) -> list[Fact]:
        """Judge what was judged before from the line as it is known now."""
        return self._tell(form.t_s) if self._take_line_again() else []

    def _take_line_again(self, moved_deg: float = _MOVED_DEG) -> bool:
        """Take the line again, and judge again where it moved by so much; return whether it did."""
        old = dict(self._course.neutral)
        self.line.take_again()
        new = self.line.neutral()
        judged = {self.rules.line, *(band.measure for band in self.rules.bands if band.own)}
        if all(abs(new[name] - old[name]) <= moved_deg for name in judged):
            return False
        self._course = self._fresh()
        for each in self._forms:
            self._course.step(each)
        self.clock_s = self._clock_now_s()
        return True

    def _tell(self, t_s: float) -> list[Fact]:
        """Return the line as news, where it is news."""
        line_deg = self._course.neutral[self.rules.line]
        if self._told_deg is not None and abs(line_deg - self._told_deg) < _NEWS_DEG:
            return []
        self._told_deg = line_deg
        return [NeutralFound(t_s, line_deg, self.line.sd_deg)]

    def _hold(self, end_s: float, hidden_s: float) -> Hold:
        course, start_s = self._course, self._line_reached_s()
        came_in_s = self._reached_unseen_s()
        moments = [moment for moment in course.frames if start_s <= moment.t_s <= end_s]
        seen = [(m.t_s, m.deviation_deg) for m in moments if m.deviation_deg is not None]
        visible_share = _visible_share(moments)
        if self._is_restless(end_s):
            seen, moments = [], moments[:1]
        if visible_share < LEAST_VISIBLE_SHARE:
            seen = []
        scored, lasts_s = [deg for _, deg in seen], lasting_s([t_s for t_s, _ in seen])
        return Hold(
            start_s=start_s - came_in_s,
            end_s=end_s + hidden_s,
            in_line_s=came_in_s + _in_line_s(moments, self.rules.grace.bridge_s) + hidden_s,
            mean_bend_deg=mean(scored, lasts_s),
            worst_bend_deg=worst(self._between_the_ways(seen)),
            visible_share=visible_share,
            line_score=mean_score(scored, self.rules.bands[0].good_high, lasts_s),
            faults=tuple(f for f in course.faults if f.start_s < end_s and f.end_s > start_s),
            reasons=(UNSTEADY,) if self._is_restless(end_s) else (),
        )

    def _between_the_ways(self, seen: list[tuple[float, float]]) -> list[float]:
        """Return the line without what of the way in and of the way down is still in the hold.

        A hold begins as soon as the line is plainly kept, on the way to its good middle, and ends
        as late. That costs no score; but it would always be what was farthest from the line.
        """
        way_in = self._way(seen, GETTING_IN_S)
        way_down = self._way(seen[way_in:][::-1], _COMING_DOWN_S)
        return [deg for _, deg in seen[way_in : len(seen) - way_down]]

    def _way(self, seen: list[tuple[float, float]], most_s: float) -> int:
        """Return how many moments the way to the good middle has, up to a fault at most.

        It may cross the middle: who lies on the floor is in line too, and bends on the way up.
        """
        band, way, was_good = self.rules.bands[0], 0, True
        for place, (t_s, deg) in enumerate(seen):
            if abs(t_s - seen[0][0]) >= most_s or not band.fault_low < deg < band.fault_high:
                break
            is_good = band.good_low <= deg <= band.good_high
            way, was_good = (place if is_good and not was_good else way), is_good
        return way

    def _is_restless(self, end_s: float) -> bool:
        """Say whether the body kept moving: push-ups pass through a plank and are none."""
        forms = [form for form in self._forms if form.seen and form.t_s <= end_s]
        return moving_share(forms, self.rules) > _MOST_MOVING

    def _line_reached_s(self) -> float:
        """Return when the line was first reached, if that was soon: before it was the way in."""
        reached = self._course.reached
        return reached.t_s if reached else self._course.frames[0].t_s

    def _line_left_s(self, left_s: float) -> float:
        """Return when the line was left for the way down, or when the position was."""
        good = [m.t_s for m in self._course.frames if m.kept and m.t_s <= left_s]
        if good and left_s - good[-1] < _COMING_DOWN_S:
            return good[-1]
        return left_s

    def _hidden_s(self, line_left_s: float, left_s: float) -> float:
        """Return how long the line was kept, in a gap that follows, after it was last seen."""
        seen = [m for m in self._course.frames if m.deviation_deg is not None]
        last = next((m for m in seen if m.t_s == line_left_s), None)
        after = next((m for m in seen if m.t_s > line_left_s), None)
        if after is None and self.left is not None and self.left.t_s == left_s:
            after = self._course.frame(self.left)
        if last is None or after is None:
            return self._of_gap_s((after.t_s if after else left_s) - line_left_s, _HALF)
        return self._of_gap_s(after.t_s - last.t_s, _share_kept(last.kept_by, after.kept_by))

    def _reached_unseen_s(self) -> float:
        """Return how long the line was kept, in a gap before it, until it was seen to be."""
        before, first = self._course.before, self._course.reached
        if before is None or first is None:
            return self._came_in_s()
        return self._of_gap_s(first.t_s - before.t_s, _share_kept(before.kept_by, first.kept_by))

    def _came_in_s(self) -> float:
        """Return how long position and line were held, in a gap before they were seen."""
        before, first = self.came, self._entered
        if before is None or first is None:
            return 0.0
        share = _share_kept(self._reached_by(before), self._reached_by(first))
        return self._of_gap_s(first.t_s - before.t_s, share)

    def _reached_by(self, form: Form) -> Margins:
        """Return by how much all that makes the position is reached, and the line."""
        read = ((each, form.values[each.measure]) for each in self.rules.start.conditions)
        reached = tuple(min(value - each.min, each.max - value) for each, value in read)
        line = margins(self.rules.bands, form.judged, self.line.neutral(), KEPT_SHARE)
        return reached + line

    def _of_gap_s(self, gap_s: float, share: float) -> float:
        """Return a share of a gap that is bridged, and nothing of what is none or longer."""
        return share * gap_s if MISSED_S < gap_s <= self.rules.grace.bridge_s else 0.0


def _share_kept(before: Margins, after: Margins) -> float:
    """Return the share of a gap in which the line was kept, that was so on one side of it.

    A straight way between both sides says when in it that began or ended: who was nearly there
    when last seen was there sooner. Where they do not say why it was not, half of it was.
    """
    share = share_in_line(before, after)
    return share if share < 1.0 else _HALF


def _visible_share(moments: list[HoldFrame]) -> float:
    """Return the share of the time between the moments that ends in a seen one."""
    if not moments:
        return 0.0
    whole_s = moments[-1].t_s - moments[0].t_s
    steps = pairwise(moments)
    seen_s = sum(b.t_s - a.t_s for a, b in steps if b.deviation_deg is not None)
    return seen_s / whole_s if whole_s > 0 else 1.0


def _in_line_s(moments: list[HoldFrame], bridge_s: float) -> float:
    """Return the time in line, gaps bridged: a gap's share in line, half of a step on its edge."""
    seen = [moment for moment in moments if moment.deviation_deg is not None]
    return sum(
        (b.t_s - a.t_s) * _share(a, b) for a, b in pairwise(seen) if b.t_s - a.t_s <= bridge_s
    )


def _share(before: HoldFrame, after: HoldFrame) -> float:
    """Return the share of a step in which the line is taken to be kept.

    Across a gap that is a straight way's. From one picture to the next it matters too little which:
    half of the step is right on the whole, and asks for nothing of readings that tremble.
    """
    if after.t_s - before.t_s > MISSED_S:
        return share_in_line(before.margins, after.margins)
    return (are_in_line(before.margins) + are_in_line(after.margins)) / 2.0
