"""The gate before an exercise: nothing counts until the start position was held still."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from coreline.body.form import Form
from coreline.programme.rules import Condition, Judging

_LEAST_SHARE = 0.8  # of the frames that must show the position
_HISTORY_S = 3.0  # how far back the start of a hold is looked for
_LEAST_FRAMES = 3


def failing(
    conditions: Sequence[Condition], form: Form, neutral: Mapping[str, float] | None = None
) -> Condition | None:
    """Return the first condition that the form does not meet, or None."""
    for condition in conditions:
        value = form.values[condition.measure]
        if condition.own and neutral is not None:
            value -= neutral[condition.measure]
        if not condition.min <= value <= condition.max:
            return condition
    return None


@dataclass(slots=True)
class StartGate:
    """Wait for the start position, held for its time with a still line."""

    rules: Judging
    least_s: float = 0.0  # held for at least this, where the rules ask for less
    _past: deque[tuple[Form, bool]] = field(default_factory=deque, init=False)

    @property
    def hold_s(self) -> float:
        """Return how long the start position must be held."""
        return max(self.rules.start.hold_s, self.least_s)

    def step(self, form: Form) -> bool:
        """Take in one form and say whether the start position has now been held."""
        in_position = form.seen and failing(self.rules.start.conditions, form) is None
        self._past.append((form, in_position))
        while self._past[0][0].t_s < form.t_s - _HISTORY_S:
            self._past.popleft()
        return in_position and self._held(form.t_s)

    def history(self) -> list[Form]:
        """Return the seen forms of the last seconds, oldest first."""
        return [form for form, _ in self._past if form.seen]

    def window(self) -> list[Form]:
        """Return the forms in position within the time that the gate asks for."""
        since_s = self._past[-1][0].t_s - self.hold_s
        return [form for form, ok in self._past if ok and form.t_s >= since_s]

    def neutral(self) -> dict[str, float]:
        """Return the median of every measure over the held start position."""
        window = self.window()
        return {name: median(form.values[name] for form in window) for name in window[-1].values}

    def reset(self) -> None:
        """Forget the past."""
        self._past.clear()

    def _held(self, t_s: float) -> bool:
        since_s = t_s - self.hold_s
        recent = [(form, ok) for form, ok in self._past if form.t_s >= since_s]
        # The frame before the window must be in position too: a window of whole frames is
        # otherwise always a little shorter than the time asked for.
        before = [ok for form, ok in self._past if form.t_s < since_s]
        held = [form for form, ok in recent if ok]
        if not before or not before[-1] or len(held) < _LEAST_FRAMES:
            return False
        line_deg = [form.values[self.rules.line] for form in held]
        still = max(line_deg) - min(line_deg) <= self.rules.start.still_deg
        return still and len(held) >= _LEAST_SHARE * len(recent)
