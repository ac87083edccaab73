"""Whether pictures come often enough to judge by."""

from collections import deque
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import Final

ASKED_FPS: Final = 8.0  # pictures a second: from here on the same is counted as at 30
# What is counted over a few seconds is off by up to half a picture a second.
_LEAST_FPS: Final = ASKED_FPS - 0.5
_OVER_S: Final = 4.0  # one late picture, or a gap, says nothing of the rate
_KNOWN_S: Final = _OVER_S / 2.0  # sooner nothing is said
_LATE: Final = 1.75  # a step so many times as long as usual has a picture missing: a gap
_LONG_S: Final = 2.0 / _LEAST_FPS  # no step is as long while enough come, only a gap


@dataclass(slots=True)
class PictureRate:
    """Follow how many pictures come in a second, by their times.

    Enough that come unevenly are enough, and a gap is not a low rate: what is much longer than the
    usual step is left out, unless that is most of the time.
    """

    few: bool = field(default=False, init=False)
    _times_s: deque[float] = field(default_factory=deque, init=False)

    @property
    def few_since_s(self) -> float:
        """Return since when pictures have come too rarely, of the last seconds."""
        steps = pairwise(self._times_s)
        slow = (before_s for before_s, t_s in steps if t_s - before_s > 1.0 / _LEAST_FPS)
        return next(slow, self._times_s[-1])

    def step(self, t_s: float) -> None:
        """Take in the time of a picture; times must increase."""
        self._times_s.append(t_s)
        while self._times_s[0] < t_s - _OVER_S:
            self._times_s.popleft()
        if t_s - self._times_s[0] >= _KNOWN_S:
            self.few = self._comes_rarely()

    def forget(self) -> None:
        """Begin anew, where no pictures were to come for a while."""
        self._times_s.clear()
        self.few = False

    def _comes_rarely(self) -> bool:
        steps_s = [t_s - before_s for before_s, t_s in pairwise(self._times_s)]
        whole_s = sum(steps_s)
        if 2.0 * sum(step_s for step_s in steps_s if step_s > _LONG_S) > whole_s:
            return True  # however many come at once, there is nothing between
        if self._came_often_throughout():
            return False
        usual_s = median(steps_s)
        regular_s = [step_s for step_s in steps_s if step_s <= _LATE * usual_s]
        mostly_gaps = 2.0 * sum(regular_s) < whole_s
        return mostly_gaps or len(regular_s) < _LEAST_FPS * sum(regular_s)

    def _came_often_throughout(self) -> bool:
        """Say whether enough came, however unevenly, in the earlier half of the time and since."""
        half_s = self._times_s[-1] - _KNOWN_S
        halves = (
            [t_s for t_s in self._times_s if t_s <= half_s],
            [t_s for t_s in self._times_s if t_s >= half_s],
        )
        return all(len(each) - 1 >= _LEAST_FPS * (each[-1] - each[0]) for each in halves if each)
