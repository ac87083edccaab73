"""One exercise, one side: from poses to facts. The machine that counts comes from the data."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from coreline.body.form import Form, FormPlan, FormTracker
from coreline.body.measures import Measure, Side
from coreline.body.pose import Pose
from coreline.judging.events import (
    Ending,
    Fact,
    Fault,
    FaultEnded,
    Found,
    Lost,
    NeutralFound,
    Reading,
    Ready,
    State,
)
from coreline.judging.faults import all_good
from coreline.judging.hold import HoldMachine
from coreline.judging.raises import RaisesMachine
from coreline.judging.ready import StartGate, failing
from coreline.judging.roll import RollMachine
from coreline.programme.rules import Judging

_SAME_NEUTRAL_DEG = 10.0  # a line resumed farther than this from the neutral is another person's


Machine = HoldMachine | RaisesMachine | RollMachine


def machine_of(rules: Judging) -> Machine:
    """Return the machine that counts what the exercise's data describes."""
    if rules.raises is not None:
        return RaisesMachine(rules, rules.raises)
    if rules.roll is not None:
        return RollMachine(rules, rules.roll)
    return HoldMachine(rules)


def plan_of(rules: Judging, work: Side | None, *, on_side: bool) -> FormPlan:
    """Return what to measure for an exercise."""
    return FormPlan(
        measures={
            name: Measure(rule.kind, rule.points, rule.scale, rule.offset)
            for name, rule in rules.measures.items()
        },
        needs=rules.needs,
        work=work,
        on_side=on_side,
        min_cutoff_hz=rules.smoothing.min_cutoff_hz,
        beta=rules.smoothing.beta,
        bridge_s=rules.grace.bridge_s,
    )


@dataclass(frozen=True, slots=True)
class Prior:
    """What is known of the person's line before a set begins.

    Attributes:
        neutral_deg: The person's own line as kept from before; None where it is to be found.
        learn_s: For how long the line must be held to be found, where the rules ask for less.
    """

    neutral_deg: float | None = None
    learn_s: float = 0.0


@dataclass(slots=True)
class Judge:
    """Judge one exercise on one side (None: found from how the body lies).

    `on_side` says that the exercise is done lying on the side, chest to the camera.
    """

    rules: Judging
    work: Side | None = None
    on_side: bool = False
    prior: Prior = field(default_factory=Prior)
    machine: Machine = field(init=False)
    active: bool = field(default=False, init=False)
    neutral: dict[str, float] | None = field(default=None, init=False)
    form: Form | None = field(default=None, init=False)
    _tracker: FormTracker = field(init=False)
    _gate: StartGate = field(init=False)
    _last_seen_s: float | None = field(default=None, init=False)
    _lost: bool = field(default=False, init=False)
    _leaving_s: float | None = field(default=None, init=False)
    _ready_s: float = field(default=0.0, init=False)

    def __post_init__(self) -> None:
        """Set up the measuring, the gate and the machine."""
        self._tracker = FormTracker(plan_of(self.rules, self.work, on_side=self.on_side))
        self._gate = StartGate(self.rules, self.prior.learn_s)
        self.machine = machine_of(self.rules)

    @property
    def neutral_deg(self) -> float | None:
        """Return the person's own line, once it is known."""
        if self.neutral is None:
            return None
        if isinstance(self.machine, RaisesMachine):
            return self.machine.top_neutral_deg()
        return self.neutral[self.rules.line]

    def hint(self) -> str | None:
        """Return the cue for what still keeps the start position from being right."""
        if self.active or self.form is None or not self.form.seen:
            return None
        condition = failing(self.rules.start.conditions, self.form)
        return condition.cue if condition else self._line_hint(self.form)

    def _line_hint(self, form: Form) -> str | None:
        """Return how to get back to the line of this set, when it is resumed far from it."""
        own_deg = self._own_line_deg()
        if own_deg is None:
            return None
        change_deg = form.values[self.rules.line] - own_deg
        if abs(change_deg) <= _SAME_NEUTRAL_DEG:
            return None
        band = self.rules.bands[0]
        return band.high_cue if change_deg > 0 else band.low_cue

    def step(self, t_s: float, pose: Pose | None) -> tuple[Reading, list[Fact]]:
        """Judge one frame; times must increase."""
        facts = self._notice_stall(t_s)
        form = self._tracker.step(t_s, pose)
        facts += self._take(form)
        return self._reading(form), facts

    def resume(self) -> None:
        """Go on after a pause: the time in between was nobody's absence."""
        self.form, self._last_seen_s, self._lost = None, None, False

    def finish(self, t_s: float) -> list[Fact]:
        """End what is under way, at the end of the clip or of the session."""
        if not self.active:
            return []
        if self._leaving_s is not None:
            return self._stop(self._leaving_s, Ending.LEFT)
        return self._stop(t_s, Ending.OVER)

    def _take(self, form: Form) -> list[Fact]:
        self.form = form
        facts = self._watch_sight(form)
        return facts + (self._go_on(form) if self.active else self._wait(form))

    def _notice_stall(self, t_s: float) -> list[Fact]:
        """Take a gap between two frames for what it is: a time in which nobody was seen."""
        last_s = self.form.t_s if self.form is not None else t_s
        if t_s - last_s <= self.rules.grace.bridge_s:
            return []
        return self._take(Form(math.nextafter(t_s, last_s), False, False, None, {}, None))

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

    def _wait(self, form: Form) -> list[Fact]:
        if not self._gate.step(form):
            return []
        neutral = self._own_neutral(self._gate.neutral())
        if neutral is None or form.scene is None:
            return []
        self.active, self._leaving_s, self._ready_s = True, None, form.t_s
        self._tracker.lock(form.scene)
        history = self._gate.history()
        self._gate.reset()
        self._gate.least_s = 0.0  # the line is known now
        found: list[Fact] = []
        if self.neutral is None:
            found = [NeutralFound(form.t_s, neutral[self.rules.line])]
        self.neutral = neutral
        sides = form.scene.sides
        ready = Ready(form.t_s, sides.near, sides.work)
        return [ready, *found, *self.machine.begin(history, neutral)]

    def _own_neutral(self, held: dict[str, float]) -> dict[str, float] | None:
        """Return the neutral to judge by: the first line of the set stays.

        A line that is resumed sagging must not become the person's new neutral; None until it is
        good again. The other readings are taken anew, the feet may stand elsewhere.
        """
        own_deg, line = self._own_line_deg(), self.rules.line
        if own_deg is None:
            return held
        if abs(held[line] - own_deg) > _SAME_NEUTRAL_DEG:
            return None
        return {**held, line: own_deg}

    def _own_line_deg(self) -> float | None:
        """Return the person's line: that of this set, or else the one kept from before."""
        return self.prior.neutral_deg if self.neutral is None else self.neutral[self.rules.line]

    def _go_on(self, form: Form) -> list[Fact]:
        if self._gone_s(form.t_s) > self.rules.grace.lost_s:
            return self._stop(self._seen_last_s(form), Ending.LOST)
        if form.seen and failing(self.rules.keep.conditions, form, self.neutral) is not None:
            return self._leave(form.t_s)
        if form.seen:
            self._leaving_s = None
        return self._settled(form) or self.machine.step(form)

    def _settled(self, form: Form) -> list[Fact]:
        """Begin anew when the position is only now reached in full: legs up first, then the curl.

        Returns the new neutral and what the machine made of it, or nothing.
        """
        start, band = self.rules.start, self.rules.bands[0]
        if self.neutral is None or form.t_s - self._ready_s > start.settle_s:
            return []
        if not self._gate.step(form):
            return []
        held = self._gate.neutral()
        higher = held[self.rules.line] - self.neutral[self.rules.line]
        if not band.good_high < higher < band.fault_high:
            return []
        self.neutral = held
        found = NeutralFound(form.t_s, held[self.rules.line])
        return [found, *self.machine.begin(self._gate.history(), held)]

    def _seen_last_s(self, form: Form) -> float:
        return self._last_seen_s if self._last_seen_s is not None else form.t_s

    def _gone_s(self, t_s: float) -> float:
        return t_s - self._last_seen_s if self._last_seen_s is not None else 0.0

    def _leave(self, t_s: float) -> list[Fact]:
        """Stop once the position has been left for its time; a frame out of it is not judged."""
        if self._leaving_s is None:
            self._leaving_s = t_s
        left = t_s - self._leaving_s >= self.rules.keep.leave_s
        return self._stop(self._leaving_s, Ending.LEFT) if left else []

    def _stop(self, t_s: float, ending: Ending) -> list[Fact]:
        """Stop, and forget how the body lay: the person may turn round before going on."""
        self.active = False
        self._gate.reset()
        self._tracker.unlock()
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
        return State.GOOD if self._good(form.values) else State.NOT_GOOD

    def _good(self, values: Mapping[str, float]) -> bool:
        reference_deg = self._reference_deg(self.form) if self.form else None
        neutral = dict(self.neutral or {})
        if reference_deg is not None:
            neutral[self.rules.line] = reference_deg
        return all_good(self.rules.bands, values, neutral)
