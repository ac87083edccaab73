"""The person's own readings in one hold: the line and what else is judged by the person's own."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from coreline.body.form import Form
from coreline.body.lasting import SAMPLE_S
from coreline.body.pose import Array
from coreline.judging.neutral import (
    Estimate,
    belongs,
    estimate,
    joined,
    weighted_median,
    weights_of,
)
from coreline.programme.rules import Judging, PriorRange

_DUE = ((3.0, 0.2), (10.0, 0.5), (float("inf"), 2.0))  # until when it is taken again how often, s
_UNKNOWN = PriorRange(mean=0.0, sd=40.0)  # of a line whose data says nothing of people


@dataclass(slots=True)
class OwnLine:
    """Gather readings, and say what the person's own are."""

    rules: Judging
    earlier: Estimate | None
    _t_s: list[float] = field(default_factory=list, init=False)
    _rows: list[Mapping[str, float]] = field(default_factory=list, init=False)
    _taken_s: float = field(default=0.0, init=False)
    _neutral: dict[str, float] = field(default_factory=dict, init=False)
    _sd_deg: float = field(default=0.0, init=False)

    @property
    def sd_deg(self) -> float:
        """Return how sure the line is: one standard deviation."""
        return self._sd_deg

    def begin(self, rules: Judging) -> None:
        """Begin a hold; what was found in the one before is what is known of this one."""
        self.rules = rules
        self._t_s, self._rows, self._neutral = [], [], {}

    def add(self, form: Form) -> None:
        """Take in the readings of one frame, if they say something new."""
        if form.seen and (not self._t_s or form.t_s - self._t_s[-1] >= SAMPLE_S):
            self._t_s.append(form.t_s)
            self._rows.append(form.values)

    def is_due(self, t_s: float) -> bool:
        """Say whether it is time to take the line again."""
        if not self._t_s:
            return False
        age_s = t_s - self._t_s[0]
        every_s = next(every for until, every in _DUE if age_s < until)
        return t_s - self._taken_s >= every_s - 1e-6

    def take_again(self) -> None:
        """Estimate the person's own readings from all that was gathered."""
        if not self._t_s:
            return
        self._taken_s = self._t_s[-1]
        t_s, line = np.array(self._t_s), self._column(self.rules.line)
        weights = weights_of(t_s, line)
        found = estimate(line, weights, self._prior())
        self._sd_deg = found.sd
        weights = weights * belongs(line, found.value)
        self._neutral = {name: self._own(name, weights) for name in self._rows[-1]}
        self._neutral[self.rules.line] = found.value

    def neutral(self) -> dict[str, float]:
        """Return the person's own value of every reading."""
        return dict(self._neutral)

    def end(self) -> None:
        """Keep what was found for the next hold of the set."""
        if self._neutral and self._t_s[-1] - self._t_s[0] > _DUE[0][0]:
            self.earlier = Estimate(self._neutral[self.rules.line], self._sd_deg)

    def _prior(self) -> PriorRange:
        people = self.rules.neutral.get(self.rules.line, _UNKNOWN)
        return joined(people, self.earlier)

    def _own(self, name: str, weights: Array) -> float:
        values, prior = self._column(name), self.rules.neutral.get(name)
        if prior is not None:
            return estimate(values, weights, prior).value
        return weighted_median(values, weights + 1e-9)

    def _column(self, name: str) -> Array:
        return np.array([row[name] for row in self._rows], np.float64)
