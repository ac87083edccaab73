"""The line of a raise, with the leg down and with it up: two estimates that know of one another."""

import math
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

import numpy as np

from coreline.body.lasting import SAMPLE_S
from coreline.judging.neutral import Estimate, estimate
from coreline.programme.rules import Judging, PriorRange

_UNKNOWN = PriorRange(mean=0.0, sd=40.0)  # of a line whose data says nothing of people
_NONE = PriorRange(mean=0.0, sd=1.0)  # of a line that does not shift, while it was not seen at rest
# Guesses, in the unit of `neutral.py`: a second of holding weighs 2. Real raises would settle them.
_BELOW_KEPT = 40  # readings between the raises: of the last ones, the body settles
_BELOW_WEIGHT = 0.2  # of each: two for a second, as in a hold
_TOPS_KEPT = 8  # a guess: as many as make the line sure, few enough to follow fatigue
_TOP_WEIGHT = 2.0  # a whole top is worth a second of holding
_GUESS_WEIGHT = 1.0  # the beginning of the first one half of that


@dataclass(slots=True)
class TwoLines:
    """Follow both lines of one set; without a `shift` the one with the leg up is the same."""

    rules: Judging
    shift: PriorRange | None
    _below: deque[float] = field(default_factory=lambda: deque(maxlen=_BELOW_KEPT), init=False)
    _seen_s: float = field(default=-math.inf, init=False)
    _tops: deque[float] = field(default_factory=lambda: deque(maxlen=_TOPS_KEPT), init=False)
    _guess: float | None = field(default=None, init=False)
    _below_is: Estimate = field(init=False)
    _above_is: Estimate = field(init=False)

    def __post_init__(self) -> None:
        """Begin with what is known over people."""
        self._take_again()

    @property
    def below_deg(self) -> float:
        """Return the line with the leg down."""
        return self._below_is.value

    @property
    def above(self) -> Estimate:
        """Return the line with the leg up."""
        return self._above_is

    @property
    def knows_above(self) -> bool:
        """Say whether a whole top has been learnt from."""
        return bool(self._tops)

    def see_below(self, t_s: float, values: Mapping[str, float]) -> None:
        """Take in a still moment with the leg down."""
        if t_s - self._seen_s < SAMPLE_S:
            return
        self._seen_s = t_s
        self._below.append(values[self.rules.line])
        self._take_again()

    def guess_above(self, lines_deg: Sequence[float]) -> None:
        """Take in the beginning of the first top."""
        self._guess = median(lines_deg)
        self._take_again()

    def learn_above(self, lines_deg: Sequence[float]) -> None:
        """Take in a top in which the line held."""
        self._tops.append(median(lines_deg))
        self._guess = None
        self._take_again()

    def above_with(self, lines_deg: Sequence[float]) -> Estimate:
        """Return the line with the leg up as it would be known with one more top."""
        return self._estimate_above([*self._tops, median(lines_deg)], [])

    def _take_again(self) -> None:
        people = self.rules.neutral.get(self.rules.line, _UNKNOWN)
        values = np.array(self._below, np.float64)
        self._below_is = estimate(values, np.full(len(values), _BELOW_WEIGHT), people)
        guesses = [] if self._guess is None else [self._guess]
        self._above_is = self._estimate_above(self._tops, guesses)

    def _estimate_above(self, tops: Sequence[float], guesses: Sequence[float]) -> Estimate:
        """Return the line above: where the one below puts it, and what the tops say."""
        shift = self.shift or _NONE
        if self.shift is None and self._below:
            return self._below_is
        sd = math.hypot(shift.sd, self._below_is.sd)
        prior = PriorRange(mean=self._below_is.value + shift.mean, sd=sd)
        values = np.array([*tops, *guesses], np.float64)
        weights = [_TOP_WEIGHT] * len(tops) + [_GUESS_WEIGHT] * len(guesses)
        return estimate(values, np.array(weights, np.float64), prior)
