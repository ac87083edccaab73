"""Smoothing by time stamps, never by frame count: the same at 8 and at 60 frames a second."""

import math
from dataclasses import dataclass, field

import numpy as np

from coreline.body.pose import Array


def _alpha(cutoff_hz: Array | float, dt_s: float) -> Array | float:
    """Return the weight of the new sample for a first-order low pass."""
    rate = 2.0 * math.pi * cutoff_hz * dt_s
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
    _value: Array = field(default_factory=lambda: np.empty(0), init=False)
    _speed: Array = field(default_factory=lambda: np.empty(0), init=False)

    def reset(self) -> None:
        """Forget the past; the next sample passes through unchanged."""
        self._t_s = None

    def step(self, t_s: float, raw: Array) -> Array:
        """Return the smoothed vector at a time later than the one before."""
        if self._t_s is None or t_s <= self._t_s:
            self._value, self._speed = raw, np.zeros_like(raw)
        else:
            dt_s = t_s - self._t_s
            speed = (raw - self._value) / dt_s
            self._speed = self._speed + _alpha(self.speed_cutoff_hz, dt_s) * (speed - self._speed)
            cutoff_hz = self.min_cutoff_hz + self.beta * np.abs(self._speed)
            self._value = self._value + _alpha(cutoff_hz, dt_s) * (raw - self._value)
        self._t_s = t_s
        return self._value
