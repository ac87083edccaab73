"""The beeps: each has its own tune; `waves` makes them from sines."""

from dataclasses import dataclass
from typing import Final

RATE_HZ: Final = 24_000  # the clips' rate, so that the mixer converts nothing


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
