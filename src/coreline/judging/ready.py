"""The gate before an exercise: nothing counts until its position was reached and held still.

An entry begins when somebody tries (within the `near` limits) and is over when they no longer do.
It ends in one of two ways: the position was held still for its time, and the exercise begins; or it
was not, and then the entry says what it lacked. Nobody who tries is left without an answer. Through
a gap that is bridged the body is taken to go the straight way: the gate may have opened in it.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from statistics import median

from coreline.body.form import MISSED_S, Form
from coreline.body.lasting import lasting_s
from coreline.programme.conditions import Condition
from coreline.programme.rules import Judging

TOO_SHORT, UNSTEADY, TOO_LOW = "too_short", "unsteady", "too_low"

_LONGER, _STILL = "fix.hold_longer", "fix.stay_still"  # cues of the first two

# Guesses that nobody has measured: real attempts that came to nothing would settle them.
_LEAST_SHARE = 0.8  # of the frames that must show the position
_HISTORY_S = 3.0  # how far back the start of a hold is looked for
_LEAST_FRAMES = 3  # fewer tell nothing of how still a line is
_LEAST_ENTRY_S = 0.3  # somebody who tries for less is passing through
_OUT_S = 0.3  # an entry is over when it was left for so long
_PLACE_S = 0.5  # over which floor and ball are told apart


class Place(StrEnum):
    """What the exercise is done on."""

    FLOOR = "floor"
    BALL = "ball"


def failing(conditions: Sequence[Condition], form: Form) -> Condition | None:
    """Return the first condition of the start that the form does not meet, or None."""
    for condition in conditions:  # no generator: this is asked several times of every frame
        if not condition.is_reached(form.values[condition.measure]):
            return condition
    return None


def lacking(conditions: Sequence[Condition], form: Form) -> list[Condition]:
    """Return every condition of the start that the form does not meet."""
    return [c for c in conditions if not c.is_reached(form.values[c.measure])]


def is_near(conditions: Sequence[Condition], form: Form) -> bool:
    """Say whether somebody is trying to get into the position."""
    return all(c.is_near(form.values[c.measure]) for c in conditions)


@dataclass(frozen=True, slots=True)
class Try:
    """An entry into the position that came to nothing, and why.

    Attributes:
        start_s, end_s: of the entry.
        reason: `too_short`, `unsteady`, or the reason of the condition that was missed most.
        measure: the reading that was missed, where it is one.
        seen, asked: its best value and the limit.
        share: of the entry in which it was missed.
        cue: what to do about it.
    """

    start_s: float
    end_s: float
    reason: str
    measure: str | None = None
    seen: float | None = None
    asked: float | None = None
    share: float = 1.0
    cue: str | None = None


@dataclass(frozen=True, slots=True)
class Unmet:
    """A condition that was waited for: how long it was not met, and what was read meanwhile.

    Attributes:
        measure: the reading.
        seconds: in which it was not met.
        share: of all the time waited.
        seen: the mean of its values in that time.
        asked: the limit.
        cue: what to do about it.
    """

    measure: str
    seconds: float
    share: float
    seen: float
    asked: float
    cue: str | None


@dataclass(slots=True)
class Waiting:
    """What was waited for while nothing counted, second by second, and where that was last."""

    waited_s: float = 0.0
    unseen_s: float = 0.0
    place: Place = Place.FLOOR
    _unmet: dict[Condition, tuple[float, float]] = field(default_factory=dict)

    def add(
        self, lapse_s: float, form: Form | None, lacks: Sequence[Condition], place: Place
    ) -> None:
        """Take in one frame that lasted `lapse_s`, with the conditions that were not met in it."""
        self.waited_s += lapse_s
        self.place = place
        if form is None or not form.seen:
            self.unseen_s += lapse_s
            return
        for condition in lacks:
            value = form.values[condition.measure]
            seconds, mean = self._unmet.get(condition, (0.0, value))
            whole_s = seconds + lapse_s
            if whole_s > 0.0:
                mean += (value - mean) * lapse_s / whole_s
            self._unmet[condition] = (whole_s, mean)

    def unmet(self) -> tuple[Unmet, ...]:
        """Return what was not met, what was so for longest first."""
        found = [
            Unmet(
                condition.measure,
                seconds,
                seconds / max(self.waited_s, 1e-9),
                value,
                condition.min if value < condition.min else condition.max,
                condition.cue,
            )
            for condition, (seconds, value) in self._unmet.items()
        ]
        return tuple(sorted(found, key=lambda each: -each.seconds))


@dataclass(slots=True)
class _Attempt:
    """Somebody who is trying."""

    forms: list[Form] = field(default_factory=list)
    missed: list[tuple[Condition, ...]] = field(default_factory=list)

    @property
    def start_s(self) -> float:
        return self.forms[0].t_s

    @property
    def last_s(self) -> float:
        return self.forms[-1].t_s

    def outcome(self, hold_s: float) -> Try | None:
        """Return why it came to nothing, or None of somebody who was passing through."""
        if self.last_s - self.start_s < _LEAST_ENTRY_S:
            return None
        reached = [
            form.t_s for form, missed in zip(self.forms, self.missed, strict=True) if not missed
        ]
        if reached:
            short = reached[-1] - reached[0] < hold_s
            reason, cue = (TOO_SHORT, _LONGER) if short else (UNSTEADY, _STILL)
            return Try(self.start_s, self.last_s, reason, cue=cue)
        return self._missed_most()

    def _missed_most(self) -> Try | None:
        lasts_s = lasting_s([form.t_s for form in self.forms])
        missed_s = defaultdict[Condition, float](float)
        for each_s, missed in zip(lasts_s, self.missed, strict=True):
            for each in missed:
                missed_s[each] += each_s
        condition = max(missed_s, key=missed_s.__getitem__)
        values = [form.values[condition.measure] for form in self.forms]
        below = median(values) < condition.min
        return Try(
            self.start_s,
            self.last_s,
            condition.reason or TOO_LOW,
            condition.measure,
            max(values) if below else min(values),
            condition.min if below else condition.max,
            missed_s[condition] / sum(lasts_s),
            condition.cue,
        )


@dataclass(slots=True)
class StartGate:
    """Wait for the position, held for its time with a still line."""

    rules: Judging
    place: Place = field(default=Place.FLOOR, init=False)
    _on_ball: Judging = field(init=False)
    _past: deque[tuple[Form, bool]] = field(default_factory=deque, init=False)
    _entry: _Attempt | None = field(default=None, init=False)
    _over: Try | None = field(default=None, init=False)
    _ball_seen: deque[tuple[float, bool]] = field(default_factory=deque, init=False)
    _opened_s: float | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        """Look up what a ball changes."""
        self._on_ball = self.rules.on_ball()

    @property
    def rules_here(self) -> Judging:
        """Return how the exercise is judged on what it is done on now."""
        return self._on_ball if self.place is Place.BALL else self.rules

    def as_it_is(self, form: Form) -> Form:
        """Return a form with what the model shows too little of where a ball is used."""
        short = self.rules.ball.reads_short if self.rules.ball else {}
        if self.place is not Place.BALL or not (short and form.values):
            return form
        full = {name: each.full(form.values[name]) for name, each in short.items()}
        return replace(form, values={**form.values, **full})

    def step(self, form: Form) -> bool:
        """Take in one form and say whether the position has now been held, or was in a gap."""
        self._over = None
        conditions = self.rules_here.start.conditions
        in_position = form.seen and failing(conditions, form) is None
        self._opened_s = self._opened_in_gap(form)
        self._past.append((form, in_position))
        while self._past[0][0].t_s < form.t_s - _HISTORY_S:
            self._past.popleft()
        self._tell_place(form)
        self._follow_entry(form)
        if self._opened_s is None and in_position and self._held(form.t_s, self._past):
            self._opened_s = form.t_s
        return self._opened_s is not None

    def finish(self) -> None:
        """End an entry that is still open: nothing comes after it."""
        entry, self._entry = self._entry, None
        self._over = entry.outcome(self.rules.start.hold_s) if entry else None

    def take_try(self) -> Try | None:
        """Return the entry that was just over without having come to anything."""
        return self._over

    def history(self) -> list[Form]:
        """Return the seen forms since the position was reached, oldest first.

        It was reached when from then on it was shown in as great a share of the forms as the gate
        asks: a moment in position on the way in, and out of it again, is not yet the start. Where
        the gate opened in a gap, what was seen after it is no part of them.
        """
        forms: list[Form] = []
        kept, since = 0, 0  # forms in position, and how many forms go back to the start
        out_s: float | None = None
        for form, in_position in reversed(self._past):
            if not form.seen or (self._opened_s is not None and form.t_s > self._opened_s):
                continue
            if forms and forms[-1].t_s - form.t_s > self.rules.grace.bridge_s:
                break
            out_s = None if in_position else (form.t_s if out_s is None else out_s)
            if out_s is not None and out_s - form.t_s > _OUT_S:
                break
            forms.append(form)
            kept += in_position
            if in_position and kept >= _LEAST_SHARE * len(forms):
                since = len(forms)
        return forms[:since][::-1]

    def seen_before(self, t_s: float) -> Form | None:
        """Return somebody as they were last seen before a moment, if that was of late."""
        return next(
            (form for form, _ in reversed(self._past) if form.seen and form.t_s < t_s), None
        )

    def recent(self) -> list[Form]:
        """Return the forms in position within the time that the gate asks for."""
        now_s = self._past[-1][0].t_s if self._opened_s is None else self._opened_s
        since_s = now_s - self.rules.start.hold_s
        return [form for form, ok in self._past if ok and form.t_s >= since_s]

    def medians(self) -> dict[str, float]:
        """Return the median of every measure over the held position."""
        recent = self.recent()
        return {name: median(form.values[name] for form in recent) for name in recent[-1].values}

    def reset(self) -> None:
        """Forget the past."""
        self._past.clear()
        self._entry = self._over = self._opened_s = None

    def _tell_place(self, form: Form) -> None:
        """Tell floor from ball by how the body lies on its supports, over half a second."""
        ball = self.rules.ball
        if ball is None or not form.seen:
            return
        self._ball_seen.append((form.t_s, failing(ball.conditions, form) is None))
        while self._ball_seen[0][0] < form.t_s - _PLACE_S:
            self._ball_seen.popleft()
        on_ball = sum(seen for _, seen in self._ball_seen) * 2 > len(self._ball_seen)
        if on_ball or not ball.stays:
            self.place = Place.BALL if on_ball else Place.FLOOR

    def _follow_entry(self, form: Form) -> None:
        if not form.seen:
            return
        conditions, entry = self.rules_here.start.conditions, self._entry
        if is_near(conditions, form):
            self._entry = entry = entry or _Attempt()
            entry.forms.append(form)
            entry.missed.append(tuple(lacking(conditions, form)))
        elif entry is not None and form.t_s - entry.last_s > _OUT_S:
            self._over, self._entry = entry.outcome(self.rules.start.hold_s), None

    def _opened_in_gap(self, form: Form) -> float | None:
        """Return when in the gap before a form the position had been held for its time, or None.

        What is seen after it must leave the position kept: of anything else nobody knows when.
        """
        last = next((past for past, _ in reversed(self._past) if past.seen), None)
        gap_s = form.t_s - last.t_s if last is not None and form.seen else 0.0
        if last is None or not MISSED_S < gap_s <= self.rules.grace.bridge_s:
            return None
        seen = [(past, ok) for past, ok in self._past if past.seen]
        if len(seen) < _LEAST_FRAMES or not all(ok for _, ok in seen[-_LEAST_FRAMES:]):
            return None
        step_s = last.t_s - seen[-2][0].t_s
        if step_s > MISSED_S or not self._keeps(form):
            return None
        for number in range(1, round(gap_s / step_s)):
            t_s = last.t_s + number * step_s
            between = _on_the_way(last, form, t_s)
            if failing(self.rules_here.start.conditions, between) is not None:
                return None
            seen.append((between, True))
            if self._held(t_s, seen):
                return t_s
        return form.t_s if self._held(form.t_s, [*seen, (form, self._reaches(form))]) else None

    def _reaches(self, form: Form) -> bool:
        return failing(self.rules_here.start.conditions, form) is None

    def _keeps(self, form: Form) -> bool:
        conditions = self.rules_here.start.conditions
        kept = (c.is_kept(form.values[c.measure]) for c in conditions if c.keeps and not c.own)
        return all(kept)

    def _held(self, t_s: float, past: Iterable[tuple[Form, bool]]) -> bool:
        since_s = t_s - self.rules.start.hold_s
        recent = [(form, ok) for form, ok in past if form.t_s >= since_s - 1e-6]
        in_position = [form for form, ok in recent if ok]
        if len(in_position) < max(_LEAST_SHARE * len(recent), _LEAST_FRAMES):
            return False
        # Every frame stands for the time until the next: at ten a second four of them last 0.4 s.
        steps = len(in_position) - 1
        covered_s = (in_position[-1].t_s - in_position[0].t_s) * (steps + 1) / steps
        if covered_s < _LEAST_SHARE * self.rules.start.hold_s:
            return False
        line = [form.values[self.rules.line] for form in in_position]
        return max(line) - min(line) <= self.rules.start.still_deg


def _on_the_way(before: Form, after: Form, t_s: float) -> Form:
    """Return a form as it is between two others, where the body goes the straight way."""
    share = (t_s - before.t_s) / (after.t_s - before.t_s)
    pairs = ((name, value, after.values[name]) for name, value in before.values.items())
    return replace(before, t_s=t_s, values={name: a + share * (b - a) for name, a, b in pairs})
