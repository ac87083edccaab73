"""The roll angle of a body, followed without a seam, and not where its reading leaps.

While a body turns, the model loses it now and then: its angle leaps by a hundred degrees or more
and back, or by way of others to where the body then is. No body turns so fast, so nothing is
believed of a leap but where it ends: the angle that is read there, by the shortest way from where
the body lay before. To take every leap for left and right mixed up, which looks like half a turn,
was wrong in three of eleven recordings of known people, by a full turn or more at their end; this
is in none. Left and right were never mixed up for as long as `_SETTLED_S`.
"""

import math
from collections import deque
from dataclasses import dataclass, field

from coreline.body.form import Form

# Known people, who turn once in 3 to 9 s, are read to turn by up to 250 degrees a second.
_FASTEST_DEG_S = 350.0
# Between 0.2 and 0.35 s the same is read; with 0.1 s leaps are believed that are not over.
_SETTLED_S = 0.25
# The reading drifts before it leaps, so the angle is taken from a little earlier.
_BEFORE_S = 0.25
_SLACK_S = 1e-6


def roll_deg(form: Form) -> float:
    """Return the roll angle, -180 to 180 degrees, from its smoothed sine and cosine."""
    return math.degrees(math.atan2(form.values["roll_sin"], form.values["roll_cos"]))


def shortest_deg(from_deg: float, to_deg: float) -> float:
    """Return by how much to turn from one angle to another the short way, -180 to 180 degrees."""
    return (to_deg - from_deg + 180.0) % 360.0 - 180.0


@dataclass(slots=True)
class RollAngle:
    """Follow one body's roll.

    Attributes:
        t_s: When it was read last.
        deg: The angle, + = chest to the camera first; its full turns add up.
    """

    t_s: float
    deg: float
    _raw_deg: float = field(init=False)
    _past: deque[tuple[float, float]] = field(default_factory=deque, init=False)
    _leaps: bool = field(default=False, init=False)
    _steady_since_s: float | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        """Begin where the body lies."""
        self._raw_deg = self.deg
        self._past.append((self.t_s, self.deg))

    def step(self, t_s: float, raw_deg: float) -> bool:
        """Take in a reading; times must increase. Say whether it is believed."""
        step_deg = shortest_deg(self._raw_deg, raw_deg)
        before_s = self.t_s
        self.t_s, self._raw_deg = t_s, raw_deg
        if abs(step_deg) > _FASTEST_DEG_S * (t_s - before_s):
            self._leaps, self._steady_since_s = True, None
            return False
        if self._leaps and not self._is_settled(before_s):
            return False
        if self._leaps:
            self._leaps = False
            rested_deg = self._past[0][1]
            self.deg = rested_deg + shortest_deg(rested_deg, raw_deg)
            self._past.clear()
        else:
            self.deg += step_deg
        self._remember()
        return True

    def _is_settled(self, before_s: float) -> bool:
        """Say whether the reading has been steady for long enough to be where the leap ended."""
        if self._steady_since_s is None:
            self._steady_since_s = before_s
        return self.t_s - self._steady_since_s >= _SETTLED_S - _SLACK_S

    def _remember(self) -> None:
        """Keep what was read, back to the last moment that is long enough ago."""
        self._past.append((self.t_s, self.deg))
        since_s = self.t_s - _BEFORE_S + _SLACK_S
        while len(self._past) > 1 and self._past[1][0] <= since_s:
            self._past.popleft()
