"""The beeps as samples, made from sines: each starts and ends without a click."""

from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from coreline.sound.beeps import NAMES, RATE_HZ, TUNES, Tone

Samples: TypeAlias = NDArray[np.int16]
Wave: TypeAlias = NDArray[np.float64]

PEAK_DB: Final = -3.0  # below full scale: a beep and the voice together clip less
EDGE_S: Final = 0.008  # each tone swells and fades for this long; shorter is heard as a click


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
