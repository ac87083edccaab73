"""What the tops of one set read like, beside the line: how straight this person's raised knee is.

The model reads every straight knee a little bent, but alike from top to top: a bent one stands out
against the person's own, where no limit for all people would tell it. As with the line there is an
estimate: people's knees, and the tops in which it was straight.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

import numpy as np

from coreline.judging.neutral import estimate
from coreline.programme.rules import Judging

# Guesses, as of the line's tops, in the unit of `neutral.py`: a whole top is worth a second.
_TOPS_KEPT = 8
_TOP_WEIGHT = 2.0

Values = Mapping[str, float]


@dataclass(slots=True)
class OwnTops:
    """Follow the readings at the top that are judged by the person's own, the line left out."""

    rules: Judging
    _tops: dict[str, deque[float]] = field(default_factory=dict, init=False)
    # Asked for several times a frame, and other only after another top.
    _known: dict[str, float] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        """Find which readings those are: the ones of which it is known how people's are."""
        own = {band.measure for band in self.rules.bands if band.own}
        for name in own & self.rules.neutral.keys() - {self.rules.line}:
            self._tops[name] = deque(maxlen=_TOPS_KEPT)
            self._known[name] = self._own(name, ())

    def neutral(self, top: Sequence[Values] = ()) -> dict[str, float]:
        """Return the person's own readings, as they are known with one more top."""
        return {name: self._own(name, top) for name in self._tops} if top else dict(self._known)

    def learn(self, top: Sequence[Values], reasons: Sequence[str]) -> None:
        """Take in a top, but for the readings that it was refused for."""
        refused = {band.measure for band in self.rules.bands if band.reason in reasons}
        for name, tops in self._tops.items():
            if name not in refused:
                tops.append(median(values[name] for values in top))
                self._known[name] = self._own(name, ())

    def _own(self, name: str, top: Sequence[Values]) -> float:
        more = [median(values[name] for values in top)] if top else []
        values = np.array([*self._tops[name], *more], np.float64)
        weights = np.full(len(values), _TOP_WEIGHT)
        return estimate(values, weights, self.rules.neutral[name]).value
