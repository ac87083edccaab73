"""A recording of speech as samples: cut to what sounds, and as loud as the voice.

Samples are floats between -1 and 1, of one channel.
"""

import io
import wave
from typing import Final

import numpy as np
from numpy.typing import NDArray

Speech = NDArray[np.float64]

FULL_SCALE: Final = 32_768
SILENCE_DB: Final = -38  # below the loudest moment
BEFORE_S: Final = 0.015
AFTER_S: Final = 0.06
EDGE_S: Final = 0.008
MOMENT_S: Final = 0.01
SOUNDING_DB: Final = -30  # below the loudest moment: pauses are no part of how loud a voice is
# The voice's own clips, at -18 LUFS, have -17.2 dBFS where they sound, within 1.2 of it.
LEVEL_DBFS: Final = -17.2
CEILING_DBFS: Final = -1.5
KNEE: Final = 0.75  # of the ceiling: from here on a peak is bent rather than cut
ROOM_SHARE: Final = 5  # percent of the moments of a recording that are surely not speech
OVER_ROOM: Final = 2.0  # times as loud as the room is when nobody speaks


def trimmed(speech: Speech, rate_hz: int, room: float = 0.0) -> Speech:
    """Return it from just before its first sound to just after its last; nothing without a sound.

    Args:
        speech: What was recorded; at least one sample.
        rate_hz: Samples a second.
        room: How loud the room is, 0 to 1: what is no louder is silence too.
    """
    width = round(rate_hz * MOMENT_S)
    level = np.convolve(np.abs(speech), np.ones(width) / width, "same")
    sounding = np.flatnonzero(level > max(room, level.max() * _ratio(SILENCE_DB)))
    if not len(sounding):
        return speech[:0]
    start = max(0, sounding[0] - round(BEFORE_S * rate_hz))
    return speech[start : sounding[-1] + round(AFTER_S * rate_hz)]


def faded(speech: Speech, rate_hz: int) -> Speech:
    """Return it without the click of a beginning or an end in the midst of a sound."""
    edge = min(round(EDGE_S * rate_hz), len(speech) // 2)
    slope = np.linspace(0, 1, edge)
    middle = speech[edge : len(speech) - edge]
    return np.concatenate(
        [speech[:edge] * slope, middle, speech[len(speech) - edge :] * slope[::-1]]
    )


def bent(speech: Speech, ceiling: float) -> Speech:
    """Return it with its peaks below the ceiling, bent softly instead of cut."""
    knee, loud = KNEE * ceiling, np.abs(speech)
    over = knee + (ceiling - knee) * np.tanh((loud - knee) / (ceiling - knee))
    return np.where(loud > knee, np.sign(speech) * over, speech)


def levelled(speech: Speech, rate_hz: int) -> Speech:
    """Return it as loud as the voice's own clips."""
    gain = _ratio(LEVEL_DBFS - level_dbfs(speech, rate_hz))
    return bent(speech * gain, _ratio(CEILING_DBFS))


def level_dbfs(speech: Speech, rate_hz: int) -> float:
    """Return how loud it is where it sounds, in decibels below a full square wave."""
    level = moments(speech, rate_hz)
    sounding = level[level >= level.max() * _ratio(SOUNDING_DB)]
    return float(20 * np.log10(max(np.sqrt((sounding**2).mean()), 1 / FULL_SCALE)))


def moments(speech: Speech, rate_hz: int) -> Speech:
    """Return how loud each hundredth of a second is, 0 to 1; of less than one, that."""
    width = min(max(1, round(rate_hz * MOMENT_S)), max(1, len(speech)))
    whole = len(speech) // width * width
    return np.sqrt((speech[:whole].reshape(-1, width) ** 2).mean(axis=1)) if whole else np.zeros(1)


def room_of(take: Speech, rate_hz: int) -> float:
    """Return up to which level a microphone's recording is taken for the room alone."""
    return float(np.percentile(moments(take, rate_hz), ROOM_SHARE)) * OVER_ROOM


def is_silent(speech: Speech) -> bool:
    """Say whether there is nothing to hear in it."""
    return not len(speech) or float(np.abs(speech).max()) < _ratio(-60)


def as_wav(speech: Speech, rate_hz: int) -> bytes:
    """Return it as a WAV file of 16 bits."""
    samples = np.clip(np.round(speech * FULL_SCALE), -FULL_SCALE, FULL_SCALE - 1).astype("<i2")
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(rate_hz)
        written.writeframes(samples.tobytes())
    return file.getvalue()


def _ratio(decibels: float) -> float:
    return float(10 ** (decibels / 20))
