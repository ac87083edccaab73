"""The beeps, made from sines: each has its own tune, starts and ends without a click."""

from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Samples: TypeAlias = NDArray[np.int16]
Wave: TypeAlias = NDArray[np.float64]

RATE_HZ: Final = 24_000  # the clips' rate, so that the mixer converts nothing
PEAK_DB: Final = -3.0  # below full scale: a beep and the voice together clip less
EDGE_S: Final = 0.008  # each tone swells and fades for this long; shorter is heard as a click


@dataclass(frozen=True, slots=True)
class Tone:
    """One tone of a tune, gliding from `pitch_hz` to `end_hz`; 0 Hz is a silence."""

    pitch_hz: float
    length_s: float
    end_hz: float | None = None


REST: Final = Tone(0.0, 0.04)  # as short as two tones can still be told apart: a guess
# Good is high or rises, bad is low or falls; the number of tones tells them apart as well.
TUNES: Final[dict[str, tuple[Tone, ...]]] = {
    "counted": (Tone(1047, 0.12),),
    "refused": (Tone(247, 0.16), REST, Tone(196, 0.22)),
    "halfway": (Tone(784, 0.10), REST, Tone(784, 0.10)),
    "end": (Tone(523, 0.12), Tone(659, 0.12), Tone(784, 0.12), Tone(1047, 0.35)),
    "ready": (Tone(587, 0.14), Tone(880, 0.24)),
    "lost": (Tone(620, 0.55, end_hz=310),),
    "zero": (Tone(988, 0.45),),  # a countdown is over
}
NAMES: Final = tuple(TUNES)


def beep(name: str) -> Samples:
    """Return a beep as mono samples at `RATE_HZ`, its peak at `PEAK_DB` below full scale.

    Raises:
        LookupError: There is no beep of this name.
    """
    if name not in TUNES:
        raise LookupError(f'no beep "{name}"; there are {", ".join(NAMES)}')
    wave = np.concatenate([_tone(tone) for tone in TUNES[name]])
    loudest = float(np.abs(wave).max())
    full_scale = np.iinfo(np.int16).max * 10 ** (PEAK_DB / 20)
    return np.asarray(np.rint(wave / loudest * full_scale), np.int16)


def _tone(tone: Tone) -> Wave:
    """Return one tone between -1 and 1, its second partial for warmth on small loudspeakers."""
    count = round(tone.length_s * RATE_HZ)
    pitches_hz = np.linspace(tone.pitch_hz, tone.end_hz or tone.pitch_hz, count)
    turns = 2 * np.pi * np.cumsum(pitches_hz) / RATE_HZ
    wave = np.sin(turns) + 0.3 * np.sin(2 * turns)
    return np.asarray(wave * _swell(count), np.float64)


def _swell(count: int) -> Wave:
    """Return an envelope that rises and falls along a half cosine."""
    edge = round(EDGE_S * RATE_HZ)
    rise = (1 - np.cos(np.linspace(0, np.pi, edge))) / 2
    return np.concatenate([rise, np.ones(count - 2 * edge), rise[::-1]])
