"""Smoothing by time stamps, never by frame count: the same at 8 and at 60 frames a second."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

_TURN = 2.0 * math.pi


def _alpha(cutoff_hz: float, dt_s: float) -> float:
    """Return the weight of the new sample for a first-order low pass."""
    rate = _TURN * cutoff_hz * dt_s
    return rate / (rate + 1.0)


@dataclass(slots=True)
class OneEuro:
    """The One-Euro filter over a vector: little lag when it moves, little jitter when it rests.

    Casiez, Roussel, Vogel: "1 € Filter", CHI 2012. Cut-off = `min_cutoff_hz` + `beta` * speed.
    """

    min_cutoff_hz: float
    beta: float
    speed_cutoff_hz: float = 1.0
    _t_s: float | None = field(default=None, init=False)
    _value: list[float] = field(default_factory=list, init=False)
    _speed: list[float] = field(default_factory=list, init=False)

    def reset(self) -> None:
        """Forget the past; the next sample passes through unchanged."""
        self._t_s = None

    def step(self, t_s: float, raw: Sequence[float]) -> list[float]:
        """Return the smoothed vector, (n,), at a time later than the one before."""
        if self._t_s is None or t_s <= self._t_s:
            self._value, self._speed = list(raw), [0.0] * len(raw)
        else:
            self._follow(t_s - self._t_s, raw)
        self._t_s = t_s
        return self._value

    def _follow(self, dt_s: float, raw: Sequence[float]) -> None:
        # Number by number: of the few that an exercise measures, an array takes longer.
        heeded = _alpha(self.speed_cutoff_hz, dt_s)
        values: list[float] = []
        speeds: list[float] = []
        for new, value, speed in zip(raw, self._value, self._speed, strict=True):
            now = speed + heeded * ((new - value) / dt_s - speed)
            # As in `_alpha`: to call it for each costs as much as all the rest here.
            rate = _TURN * (self.min_cutoff_hz + self.beta * abs(now)) * dt_s
            values.append(value + rate / (rate + 1.0) * (new - value))
            speeds.append(now)
        self._value, self._speed = values, speeds
