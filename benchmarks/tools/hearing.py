"""What a loudspeaker would have played: SDL's disk driver writes it down, and this reads it."""

import threading
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

Heard = NDArray[np.float64]

RATE_HZ: Final = 24_000
FULL_SCALE: Final = 32_768
SAMPLE_BYTES: Final = 2
QUIET: Final = 1e-3  # of full scale: below this, likeness would be that of rounding


@dataclass(frozen=True, slots=True)
class Match:
    """Where a sound is in what was heard, and how surely: 1 is the sound itself and nothing else.

    `gain` is how loud it is there, as a part of the sound.
    """

    likeness: float
    start_s: float
    gain: float


def record_to(path: Path) -> dict[str, str]:
    """Return what the environment must hold for SDL to write what is heard into a file."""
    return {"SDL_AUDIODRIVER": "disk", "SDL_DISKAUDIOFILE": str(path)}


def heard(path: Path) -> Heard:
    """Return what was heard so far, between -1 and 1."""
    return np.fromfile(path, "<i2").astype(np.float64) / FULL_SCALE


def find(sound: Heard, within: Heard) -> Match:
    """Return where a sound fits best."""
    padded = np.concatenate([within, np.zeros(len(sound))])
    spectrum = np.fft.rfft(padded) * np.conj(np.fft.rfft(sound, len(padded)))
    product = np.fft.irfft(spectrum, len(padded))[: len(within)]
    total = np.concatenate([[0.0], np.cumsum(padded**2)])
    energy = (total[len(sound) :] - total[: -len(sound)])[: len(within)]
    floor = QUIET**2 * len(sound)
    likeness = product / (np.linalg.norm(sound) * np.sqrt(energy.clip(min=floor)))
    place = int(likeness.argmax())
    gain = product[place] / float(sound @ sound)
    return Match(float(likeness[place]), place / RATE_HZ, float(gain))


class Watch:
    """Notes when the file of what is heard grows, to tell a place in it by the clock.

    The file grows by whole blocks: at the moment of a leap its length is what was heard.
    """

    def __init__(self, path: Path, every_s: float = 0.0005) -> None:
        """Begin to watch so often; the file need not be there yet."""
        self._path, self._every_s, self._stop = path, every_s, threading.Event()
        self._leaps: list[tuple[float, float]] = []
        self._thread = threading.Thread(target=self._look, daemon=True)

    def moment_s(self, place_s: float) -> float:
        """Return when a place in the file was heard, by `time.monotonic`."""
        moments, places = np.array(self._leaps).T
        return float(np.interp(place_s, places, moments))

    def _look(self) -> None:
        size = 0
        while not self._stop.wait(self._every_s):
            now_s = time.monotonic()
            there = self._path.stat().st_size if self._path.exists() else 0
            if there > size:
                size = there
                self._leaps.append((now_s, size / SAMPLE_BYTES / RATE_HZ))

    def __enter__(self) -> Self:
        """Return the watch itself."""
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop watching."""
        self._stop.set()
        self._thread.join()
