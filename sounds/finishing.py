"""From what an engine speaks to a clip: mono, trimmed, equally loud, without a click."""

from math import gcd
from pathlib import Path
from typing import Final

import numpy as np
import pyloudnorm
import soundfile
from numpy.typing import NDArray
from scipy.signal import butter, resample_poly, sosfilt

from coreline.sound.beeps import RATE_HZ
from coreline.sound.speech import CEILING_DBFS, bent, faded, trimmed

Wave = NDArray[np.float64]

LOUDNESS_LUFS: Final = -18.0
NEAR_LUFS: Final = 0.1
ROOMS_DB: Final = (0.7, 1.2, 1.8, 2.5, 3.5, 5.0)  # Vorbis raises peaks: the first that does
LEAST_S: Final = 1.2  # a shorter clip is measured as if said over and over: the gate needs blocks
RUMBLE_HZ: Final = 70
TRIES: Final = 12
COMPRESSION: Final = 0.8  # of 0 to 1: about 7 kB a second with all headers


def write_clip(path: Path, wave: Wave, rate_hz: int) -> None:
    """Put the clip of what was spoken at `path`, whole or not at all.

    Raises:
        ValueError: Its peaks cannot be kept below the ceiling.
    """
    write_cleared(path, cleared(wave, rate_hz))


def write_cleared(path: Path, clear: Wave) -> None:
    """Put the clip of a wave that is cleared at `path`; see `write_clip`."""
    part = path.with_suffix(".part")
    for room_db in ROOMS_DB:
        _write(part, levelled(clear, CEILING_DBFS - room_db))
        if 20 * np.log10(np.abs(soundfile.read(part)[0]).max()) <= CEILING_DBFS:
            part.replace(path)
            return
    raise ValueError(f"{path.name}: its peaks stay above {CEILING_DBFS} dBFS")


def cleared(wave: Wave, rate_hz: int) -> Wave:
    """Return the wave in mono at `RATE_HZ`, without rumble and silence at its ends."""
    mono = wave if wave.ndim == 1 else wave.mean(axis=1)
    divisor = gcd(rate_hz, RATE_HZ)
    even = resample_poly(mono, RATE_HZ // divisor, rate_hz // divisor)
    clear = sosfilt(butter(2, RUMBLE_HZ, "high", fs=RATE_HZ, output="sos"), even)
    return faded(trimmed(np.asarray(clear), RATE_HZ), RATE_HZ)


def levelled(wave: Wave, ceiling_dbfs: float) -> Wave:
    """Return the wave at the loudness of all clips; bending its peaks takes a little of that."""
    gain_db = LOUDNESS_LUFS - loudness_lufs(wave)
    for _ in range(TRIES):
        level = bent(wave * 10 ** (gain_db / 20), 10 ** (ceiling_dbfs / 20))
        missing_db = LOUDNESS_LUFS - loudness_lufs(level)
        if abs(missing_db) < NEAR_LUFS:
            break
        gain_db += missing_db
    return level


def loudness_lufs(wave: Wave) -> float:
    """Return the integrated loudness (ITU-R BS.1770) of a clip."""
    times = int(np.ceil(LEAST_S * RATE_HZ / len(wave)))
    return float(pyloudnorm.Meter(RATE_HZ).integrated_loudness(np.tile(wave, times)))


def _write(path: Path, wave: Wave) -> None:
    kind = {"format": "OGG", "subtype": "VORBIS", "compression_level": COMPRESSION}
    soundfile.write(path, wave, RATE_HZ, **kind)
