"""Plays the beeps. Without a sound device it says so once, and every call still works."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Final, Self

import numpy as np
import pygame
from pygame.mixer import Sound

from coreline.sound.beeps import NAMES, RATE_HZ, Samples, beep

BUFFER: Final = 256  # samples, 10.7 ms: a beep is heard when its moment is seen
SIGNED_16_BIT: Final = -16
BEEP_CHANNEL: Final = 1  # channel 0 belongs to the voice
NO_SOUND: Final = "No sound device: the session goes on, with everything shown on the screen."


class Player:
    """Plays beeps by name. Use it as a context manager, from one thread."""

    def __init__(self, say: Callable[[str], None], *, muted: bool = False) -> None:
        """Open the sound device; where there is none, `say` so."""
        self.muted = muted
        self._sounds: dict[str, Sound] = {}
        if _open_mixer():
            self._sounds = {name: Sound(buffer=_pcm(beep(name))) for name in NAMES}
        else:
            say(NO_SOUND)

    @property
    def audible(self) -> bool:
        """Say whether what is played now can be heard."""
        return bool(self._sounds) and not self.muted

    def play(self, name: str) -> None:
        """Play a beep now, in place of one that still sounds; muted or without a device, nothing.

        Raises:
            LookupError: There is no beep of this name.
        """
        if name not in NAMES:
            raise LookupError(f'no beep "{name}"; there are {", ".join(NAMES)}')
        if self.audible and pygame.mixer.get_init():
            pygame.mixer.Channel(BEEP_CHANNEL).play(self._sounds[name])

    def close(self) -> None:
        """Let the last beep sound out, then let go of the device. Closing twice is allowed."""
        if not self._sounds:
            return
        if pygame.mixer.get_init():
            _wait_for_silence()
            pygame.mixer.quit()
        self._sounds = {}

    def __enter__(self) -> Self:
        """Return the player itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()


def _open_mixer() -> bool:
    """Open the mixer and say whether there is one."""
    pygame.mixer.pre_init(RATE_HZ, SIGNED_16_BIT, 1, BUFFER, allowedchanges=0)
    try:
        with _hushed_stderr():
            pygame.mixer.init()
    except pygame.error:
        return False
    return pygame.mixer.get_init() is not None


def _pcm(samples: Samples) -> bytes:
    """Return samples as the mixer wants them."""
    return np.ascontiguousarray(samples, np.int16).tobytes()


def _wait_for_silence(longest_ms: int = 900) -> None:
    """Wait until nothing sounds any more: the last beep tells that the session is over."""
    step_ms = 10
    for _ in range(longest_ms // step_ms):
        if not pygame.mixer.get_busy():
            return
        pygame.time.wait(step_ms)


@contextmanager
def _hushed_stderr() -> Iterator[None]:
    """Send what C code writes to standard error nowhere: ALSA tells its whole search for a card."""
    try:
        kept = os.dup(2)
    except OSError:  # no standard error at all, as in a windowed Windows program
        yield
        return
    nothing = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nothing, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nothing)
