"""The loudspeaker: a channel for the voice and one for the beeps. pygame's mixer is known here.

A device that is not there, or goes away, makes every call do nothing; nothing raises. The mixer
itself plays on into nothing when its device is pulled out: SDL tells of that by an event, which is
looked for here, and which the window leaves where it is.
"""

import logging
from collections.abc import Callable
from typing import Final

import pygame
from pygame.mixer import Channel, Sound

from coreline.files.streams import silenced_stderr
from coreline.sound.beeps import RATE_HZ

BUFFER: Final = 256  # samples, 10.7 ms: a beep is heard when its moment is seen
SIGNED_16_BIT: Final = -16
VOICE_CHANNEL: Final = 0
BEEP_CHANNEL: Final = 1
DUCKED: Final = 0.25  # of a beep's volume, under the voice
LONGEST_END_MS: Final = 900  # the last beep tells that the session is over

_log = logging.getLogger(__name__)


class AudioDevice:
    """The mixer, opened once. Use it from one thread."""

    def __init__(self) -> None:
        """Open it, where there is one."""
        self.is_open = _open_mixer()

    def look(self) -> None:
        """See whether the device is still there; without a window nothing tells."""
        if not (self.is_open and pygame.display.get_init()):
            return
        for event in pygame.event.get(pygame.AUDIODEVICEREMOVED, pump=False):
            # One that nobody had opened has no number; nor does a microphone matter.
            if self.is_open and event.which and not event.iscapture:
                self.is_open = False
                pygame.mixer.quit()  # so that the next session opens another device

    def speak(self, clip: Sound) -> None:
        """Start a clip in place of the one that sounds; beeps go quiet under it.

        They do so before: SDL plays on at any moment, and on a busy machine for some of them.
        """
        self._try(lambda: Channel(BEEP_CHANNEL).set_volume(DUCKED))
        self._try(lambda: _play(VOICE_CHANNEL, clip, 1.0))

    def beep(self, sound: Sound, *, ducked: bool) -> None:
        """Start a beep in place of the one that sounds."""
        self._try(lambda: _play(BEEP_CHANNEL, sound, DUCKED if ducked else 1.0))

    def is_speaking(self) -> bool:
        """Say whether a clip sounds."""
        return self._try(lambda: Channel(VOICE_CHANNEL).get_busy()) or False

    def end_voice(self) -> None:
        """Stop the voice, and give the beeps their volume back."""
        self._try(lambda: Channel(VOICE_CHANNEL).stop())
        self._try(lambda: Channel(BEEP_CHANNEL).set_volume(1.0))

    def stop(self) -> None:
        """Stop everything."""
        self._try(pygame.mixer.stop)

    def close(self) -> None:
        """Let what sounds end, for a moment, then let go of the device."""
        if self.is_open and pygame.mixer.get_init():
            _wait_for_silence()
            pygame.mixer.quit()
        self.is_open = False

    def _try(self, action: Callable[[], bool | None]) -> bool | None:
        """Do something with the mixer; when it is not there any more, remember that."""
        if not self.is_open:
            return None
        try:
            return action()
        except pygame.error:
            self.is_open = False
            return None


def _play(number: int, sound: Sound, volume: float) -> None:
    """Play at a volume from the first sample on; some pygames reset the volume at the start."""
    channel = Channel(number)
    channel.set_volume(volume)
    channel.play(sound)
    channel.set_volume(volume)


def _open_mixer() -> bool:
    """Open the mixer and say whether there is one."""
    pygame.mixer.pre_init(RATE_HZ, SIGNED_16_BIT, 1, BUFFER, allowedchanges=0)
    try:
        with silenced_stderr():  # ALSA tells its whole search for a card
            pygame.mixer.init()
    except pygame.error:
        _log.warning("no sound device opens")
        return False
    return pygame.mixer.get_init() is not None


def _wait_for_silence() -> None:
    step_ms = 10
    for _ in range(LONGEST_END_MS // step_ms):
        if not pygame.mixer.get_busy():
            return
        pygame.time.wait(step_ms)
