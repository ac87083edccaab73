"""One exercise, one side: from poses to facts. The machine that counts comes from the data.

waiting ──position held still──► active ──left, or out of sight──► waiting

While waiting, every leg that may work is looked at: the leg that does what the exercise asks is the
one that works, near the camera or far from it. From then on it is kept, until a top shows another.
"""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from coreline.body.form import Form, FormPlan, FormTracker
from coreline.body.measures import Measure, Side, Sides
from coreline.body.once import Once
from coreline.body.pose import Joint, Pose
from coreline.judging.events import (
    Ending,
    Fact,
    Fault,
    FaultEnded,
    Found,
    Hold,
    HoldEnded,
    LetGo,
    Lost,
    Phase,
    Reading,
    Ready,
    State,
)
from coreline.judging.faults import all_good, fault_code
from coreline.judging.hold import HoldMachine
from coreline.judging.neutral import Estimate
from coreline.judging.raises import RaisesMachine
from coreline.judging.ready import Place, StartGate, Try, Waiting, lacking
from coreline.judging.roll import RollMachine
from coreline.programme.conditions import Condition
from coreline.programme.rules import Judging

_LET_GO_S = 6.0  # who is back sooner had let the line go: known and real people took 2 to 5 s
_LEAST_VOTES = 3  # frames in which a foot is up: a guess, one or two may be jitter
_OWN_SD_DEG = 3.0  # of a line kept from before, where nothing says how sure it is: a guess

Machine = HoldMachine | RaisesMachine | RollMachine


def machine_of(rules: Judging, own: Estimate | None = None) -> Machine:
    """Return the machine that counts what the exercise's data describes."""
    if rules.raises is not None:
        return RaisesMachine(rules, rules.raises)
    if rules.roll is not None:
        return RollMachine(rules, rules.roll)
    return HoldMachine(rules, own)


def plan_of(rules: Judging, work: Side | None, *, on_side: bool, far: bool = False) -> FormPlan:
    """Return what to measure for an exercise."""
    return FormPlan(
        measures={name: Measure(rule.kind, rule.points) for name, rule in rules.measures.items()},
        needs=rules.needs,
        seen={band.measure: band.seen for band in rules.bands if band.seen > 0.0},
        work=work,
        on_side=on_side,
        min_cutoff_hz=rules.smoothing.min_cutoff_hz,
        beta=rules.smoothing.beta,
        far=far,
        foot_up=rules.foot_up,
        legs_whole=rules.legs_whole,
    )


@dataclass(frozen=True, slots=True)
class Prior:
    """What is known of the person's line before a set begins.

    Attributes:
        neutral_deg: The person's own line over earlier sets; None where there is none.
        sd_deg: How far those lay apart.
        learn: The line is to be found in this set, and kept.
        place: What the person says that they use, floor or ball; None where nobody asked.
    """

    neutral_deg: float | None = None
    sd_deg: float = _OWN_SD_DEG
    learn: bool = False
    place: Place | None = None

    @property
    def estimate(self) -> Estimate | None:
        """Return it as what is known of a line."""
        return None if self.neutral_deg is None else Estimate(self.neutral_deg, self.sd_deg)


@dataclass(slots=True)
class _LegCandidate:
    """One way in which it may be done: which leg works."""

    tracker: FormTracker
    gate: StartGate
    form: Form | None = None

    def step(self, t_s: float, pose: Pose | None, once: Once) -> Form:
        """Measure one frame."""
        self.form = self.gate.as_it_is(self.tracker.step(t_s, pose, once))
        return self.form

    def lacks(self) -> list[Condition]:
        """Return what of the position is missing now."""
        if self.form is None or not self.form.found:
            return []
        return lacking(self.gate.rules_here.start.conditions, self.form)


@dataclass(slots=True)
class Judge:
    """Judge one exercise on one side (None: found from how the body lies).

    `on_side` says that the exercise is done lying on the side, chest to the camera, `one_leg` that
    either leg may be the one that works.
    """

    rules: Judging
    work: Side | None = None
    on_side: bool = False
    prior: Prior = field(default_factory=Prior)
    one_leg: bool = False
    machine: Machine = field(init=False)
    active: bool = field(default=False, init=False)
    form: Form | None = field(default=None, init=False)
    place: Place = field(default=Place.FLOOR, init=False)
    tries: list[Try] = field(default_factory=list, init=False)
    waiting: Waiting = field(default_factory=Waiting, init=False)
    _candidates: list[_LegCandidate] = field(init=False)
    _chosen: _LegCandidate = field(init=False)
    _last_seen_s: float | None = field(default=None, init=False)
    _lost: bool = field(default=False, init=False)
    _out: dict[str, Form] = field(default_factory=dict, init=False)  # since which form, by measure
    _begun: bool = field(default=False, init=False)
    _let_go: Fault | None = field(default=None, init=False)
    _votes: Counter[Side] = field(default_factory=Counter, init=False)

    def __post_init__(self) -> None:
        """Set up the measuring, the gates and the machine."""
        both = self.one_leg and self.work is None and not self.on_side
        self._candidates = [
            self._candidate(far=far) for far in ((False, True) if both else (False,))
        ]
        self._chosen = self._candidates[0]
        self.machine = machine_of(self.rules, self.prior.estimate)

    @property
    def rules_here(self) -> Judging:
        """Return how it is judged on what it is done on now, floor or ball."""
        return self.machine.rules if self.active else self._chosen.gate.rules_here

    @property
    def working(self) -> Side | None:
        """Return the leg that was seen to work, where it could be told; else None."""
        return self._votes.most_common(1)[0][0] if self._votes else None

    @property
    def neutral(self) -> Mapping[str, float] | None:
        """Return the readings that everything is judged from, once they are known."""
        return self.machine.neutral if self._begun else None

    @property
    def neutral_sd_deg(self) -> float | None:
        """Return how sure that is: one standard deviation; None where nothing says."""
        if self.neutral is None or isinstance(self.machine, RollMachine):
            return None
        return self.machine.sd_deg

    @property
    def neutral_deg(self) -> float | None:
        """Return the person's own line, once it is known."""
        if self.neutral is None:
            return None
        if isinstance(self.machine, RaisesMachine):
            return self.machine.top_neutral_deg()
        return self.neutral[self.rules.line]

    def hint(self) -> str | None:
        """Return the cue for what still keeps the position from being right."""
        missing = self.waits_for()
        return missing.cue if missing else None

    def waits_for(self) -> Condition | None:
        """Return the first condition of the position that is not met, while it is waited for."""
        if self.active or self.form is None or not self.form.seen:
            return None
        lacks = self._chosen.lacks()
        return lacks[0] if lacks else None

    def step(
        self, t_s: float, pose: Pose | None, once: Once | None = None
    ) -> tuple[Reading, list[Fact]]:
        """Judge one frame; times must increase.

        Several judges that are handed the same `once` with the same pose share the work.
        """
        facts, once = self._notice_stall(t_s), once or Once()
        facts += self._active(t_s, pose, once) if self.active else self._waiting(t_s, pose, once)
        return self._reading(self._form(t_s)), facts

    def resume(self) -> None:
        """Go on after a pause: the time in between was nobody's absence."""
        self.form, self._last_seen_s, self._lost = None, None, False

    def finish(self, t_s: float, *, interrupted: bool = False) -> list[Fact]:
        """End what is under way; a try that the camera `interrupted` has not come to nothing."""
        if not self.active:
            self._chosen.gate.finish()
            return [] if interrupted else self._tried()
        left = min(self._out.values(), key=lambda form: form.t_s, default=None)
        if left is not None and left.t_s <= t_s:
            return self._leave(left)
        return self._stop(t_s, Ending.OVER)

    def _candidate(self, *, far: bool) -> _LegCandidate:
        plan = plan_of(self.rules, self.work, on_side=self.on_side, far=far)
        gate = StartGate(self.rules)
        gate.place = self.prior.place or Place.FLOOR
        return _LegCandidate(FormTracker(plan), gate)

    def _form(self, t_s: float) -> Form:
        return self.form or Form(t_s, False, False, None, {}, None)

    def _active(self, t_s: float, pose: Pose | None, once: Once) -> list[Fact]:
        self.form = self._chosen.step(t_s, pose, once)
        facts = self._watch_sight(self.form) + self._go_on(self.form)
        if pose is not None and self.active and self.one_leg and not self.on_side:
            self._tell_leg(pose)
        return facts

    def _tell_leg(self, pose: Pose) -> None:
        """Tell which leg works by which foot is up at the top of a raise.

        In the start position both feet are down, and nobody knows yet.
        """
        if self.machine.phase not in (Phase.TOP, Phase.HOLDING):
            return
        left_y, right_y = pose.xy_px[[Joint.LEFT_ANKLE, Joint.RIGHT_ANKLE], 1]
        self._votes[Side.LEFT if left_y < right_y else Side.RIGHT] += 1
        side, votes = self._votes.most_common(1)[0]
        scene = self.form.scene if self.form else None
        if self.work is None and scene and side is not scene.sides.work and votes >= _LEAST_VOTES:
            self._chosen.tracker.lock(replace(scene, sides=Sides(scene.sides.near, side)))
            if isinstance(self.machine, RaisesMachine):
                self.machine.change_leg()

    def _waiting(self, t_s: float, pose: Pose | None, once: Once) -> list[Fact]:
        lapse_s = t_s - self.form.t_s if self.form is not None else 0.0
        ready = [each for each in self._candidates if each.gate.step(each.step(t_s, pose, once))]
        self._chosen = ready[0] if ready else self._likeliest()
        self.form = self._chosen.form
        self.waiting.add(lapse_s, self.form, self._chosen.lacks(), self._chosen.gate.place)
        facts = self._watch_sight(self._form(t_s)) + self._tried()
        return facts + (self._begin(self._chosen) if ready else [])

    def _likeliest(self) -> _LegCandidate:
        """Return the candidate that lacks least; the one that was looked at before stays so."""
        if len(self._candidates) == 1:  # as mostly: there is nothing to compare
            return self._chosen
        return min(self._candidates, key=lambda each: (len(each.lacks()), each is not self._chosen))

    def _tried(self) -> list[Fact]:
        """Return the attempts at a hold that were just over without having become one."""
        over = self._chosen.gate.take_try()
        if over is None:
            return []
        self.tries.append(over)
        if not isinstance(self.machine, HoldMachine):
            return []
        hold = Hold(over.start_s, over.end_s, 0.0, None, None, 1.0, None, (), (over.reason,))
        return [HoldEnded(self._form(over.end_s).t_s, hold)]

    def _notice_stall(self, t_s: float) -> list[Fact]:
        """Take a gap between two frames for what it is: a time in which nobody was seen."""
        last_s = self.form.t_s if self.form is not None else t_s
        if t_s - last_s <= self.rules.grace.bridge_s:
            return []
        gap = Form(math.nextafter(t_s, last_s), False, False, None, {}, None)
        self.form = gap
        facts = self._watch_sight(gap)
        return facts + (self._go_on(gap) if self.active else [])

    def _watch_sight(self, form: Form) -> list[Fact]:
        since_s = self._last_seen_s
        if form.seen:
            self._last_seen_s = form.t_s
            return self._seen_again(form.t_s, since_s) if self._lost else []
        gap_s = form.t_s - since_s if since_s is not None else 0.0
        if self._lost or gap_s <= self.rules.grace.bridge_s:
            return []
        self._lost = True
        return [Lost(form.t_s)]

    def _seen_again(self, t_s: float, since_s: float | None) -> list[Fact]:
        self._lost = False
        gap = Fault("not_seen", since_s if since_s is not None else t_s, t_s)
        return [FaultEnded(t_s, gap), Found(t_s)] if self.active else [Found(t_s)]

    def _begin(self, chosen: _LegCandidate) -> list[Fact]:
        form, gate = chosen.form, chosen.gate
        if form is None or form.scene is None:
            return []
        chosen.tracker.lock(form.scene)
        self.active, self._begun, self._out = True, True, {}
        self._votes.clear()
        self.place = gate.place
        ready = Ready(form.t_s, form.scene.sides.near, form.scene.sides.work)
        history = gate.history()
        let_go = self._taken_up_again(form.t_s, history[0].t_s)
        if isinstance(self.machine, HoldMachine):
            self.machine.came = gate.seen_before(history[0].t_s)
        facts = self.machine.begin(history, gate.rules_here, gate.medians())
        for each in self._candidates:
            each.gate.reset()
        after = self._go_on(form) if history[-1] is not form else []  # the gate opened in a gap
        return [*let_go, ready, *facts, *after]

    def _taken_up_again(self, t_s: float, since_s: float) -> list[Fact]:
        """Name what happened since the hold before, when it was only let go for a moment."""
        fault, self._let_go = self._let_go, None
        if fault is None or since_s - fault.start_s > _LET_GO_S:
            return []
        return [LetGo(t_s, Fault(fault.code, fault.start_s, max(since_s, fault.start_s)))]

    def _go_on(self, form: Form) -> list[Fact]:
        if self._gone_s(form.t_s) > self.rules.grace.lost_s:
            return self._stop(self._seen_last_s(form), Ending.LOST)
        if form.seen and (left := self._watch_position(form)) is not None:
            return left
        return self.machine.step(form)

    def _watch_position(self, form: Form) -> list[Fact] | None:
        """Stop once the position has been left for its time; None while there is to judge."""
        start, judged = self.machine.rules.start, True
        for condition in start.conditions:
            if not condition.keeps:
                continue
            name, value = condition.measure, form.values[condition.measure]
            if condition.own and self.neutral is not None:
                value -= self.neutral[name]
            if condition.is_kept(value):
                self._out.pop(name, None)
                continue
            since = self._out.setdefault(name, form)
            patience_s = condition.patience_s if self.machine.phase is not Phase.DOWN else None
            if form.t_s - since.t_s >= (patience_s or start.leave_s):
                self._note_let_go(since.t_s, form)
                return self._leave(since)
            judged &= condition.patience_s is not None
        return None if judged else []

    def _note_let_go(self, since_s: float, form: Form) -> None:
        """Remember how the line of a hold was left, in case it is soon taken up again."""
        self._let_go = None
        if not isinstance(self.machine, HoldMachine) or self.neutral is None:
            return
        band = self.rules.bands[0]
        code = fault_code(band, form.values[band.measure] - self.neutral[band.measure])
        self._let_go = Fault(code, since_s, since_s) if code else None

    def _seen_last_s(self, form: Form) -> float:
        return self._last_seen_s if self._last_seen_s is not None else form.t_s

    def _gone_s(self, t_s: float) -> float:
        return t_s - self._last_seen_s if self._last_seen_s is not None else 0.0

    def _leave(self, since: Form) -> list[Fact]:
        """Stop, as the position was left; `since` is the first form that was out of it."""
        if isinstance(self.machine, HoldMachine):
            self.machine.left = since
        return self._stop(since.t_s, Ending.LEFT)

    def _stop(self, t_s: float, ending: Ending) -> list[Fact]:
        """Stop, and forget how the body lay: the person may turn round before going on."""
        self.active, self._out = False, {}
        for each in self._candidates:
            each.gate.reset()
            each.tracker.unlock()
        return self.machine.end(t_s, ending)

    def _reading(self, form: Form) -> Reading:
        values = form.values
        return Reading(
            t_s=form.t_s,
            found=form.found,
            bend_deg=values.get(self.rules.line),
            neutral_deg=self._reference_deg(form),
            signal_deg=values.get(self.rules.signal or self.rules.line),
            knee_deg=values.get(self.rules.knee) if self.rules.knee else None,
            phase=self.machine.phase,
            state=self._state(form),
        )

    def _reference_deg(self, form: Form) -> float | None:
        """Return the neutral that belongs to this frame."""
        if self.neutral is None:
            return None
        if isinstance(self.machine, RaisesMachine | RollMachine) and form.found:
            return self.machine.reference_deg(form)
        return self.neutral_deg

    def _state(self, form: Form) -> State:
        if not form.seen:
            return State.UNSEEN
        if self.neutral is None or not self.active:
            return State.NOT_GOOD
        return State.GOOD if self._good(form) else State.NOT_GOOD

    def _good(self, form: Form) -> bool:
        reference_deg = self._reference_deg(form)
        neutral = dict(self.neutral or {})
        if reference_deg is not None:
            neutral[self.rules.line] = reference_deg
        return all_good(self.rules.bands, form.judged, neutral)
