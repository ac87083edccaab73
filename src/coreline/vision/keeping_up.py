"""When to take the light pose model because the machine is too slow, and when the usual one again.

Below eight poses a second a set is not judged. So before that, when the usual model takes too long
picture after picture, the light one takes its place; it comes back when it would be fast enough
with room to spare. A machine that is busy now and then is not to change to and fro: each time the
light one was needed again, it is kept twice as long.
"""

from collections import deque
from dataclasses import dataclass, field
from statistics import median
from typing import Final

LIGHT: Final = "lite"
TOO_LONG_S: Final = 0.11  # nine poses a second: one more than a set is judged by
# Of the light model's time the full one takes 1.3 times as much (27 to 38 ms against 21 to 30), the
# heavy one four times. With it there are to be twelve poses a second again.
TIMES_AS_LONG: Final = {"full": 1.3, "heavy": 4.0}
FAST_S: Final = 1.0 / 12.0
OVER_S: Final = 2.0  # a machine that is busy for a moment is not slow
_LEAST: Final = 8  # poses in that time, or the last so many
_KEPT_S: Final = 20.0  # the light one, at first: a guess


@dataclass(slots=True)
class KeepingUp:
    """Follow how long poses take, and say which model to use.

    Attributes:
        usual: The model that was chosen.
        light: Whether the light one takes its place now.
    """

    usual: str
    light: bool = field(default=False, init=False)
    _took: deque[tuple[float, float]] = field(default_factory=deque, init=False)
    _since_s: float = field(default=0.0, init=False)
    _keeps_s: float = field(default=_KEPT_S, init=False)

    @property
    def model(self) -> str:
        """Return the model to use now."""
        return LIGHT if self.light else self.usual

    def step(self, t_s: float, took_s: float) -> bool:
        """Take in how long a pose took that was found at a moment; say whether to change models."""
        if self.usual not in TIMES_AS_LONG:
            return False
        self._took.append((t_s, took_s))
        while len(self._took) > _LEAST and self._took[0][0] < t_s - OVER_S:
            self._took.popleft()
        if len(self._took) < _LEAST or t_s - self._took[0][0] < OVER_S / 2.0:
            return False
        usual_s = median(each for _, each in self._took)
        if not self._is_over(t_s, usual_s):
            return False
        self.light, self._since_s = not self.light, t_s
        self._took.clear()
        return True

    def _is_over(self, t_s: float, usual_s: float) -> bool:
        """Say whether the present model has had its time."""
        if not self.light:
            return usual_s > TOO_LONG_S
        if t_s - self._since_s < self._keeps_s or usual_s * TIMES_AS_LONG[self.usual] > FAST_S:
            return False
        self._keeps_s *= 2.0
        return True
