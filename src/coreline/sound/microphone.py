"""The microphone, by the extra `voice`; `sounddevice` is known here."""

import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any, Final, Protocol

import numpy as np

from coreline.errors import NoVoiceError
from coreline.limits import SOUND_S
from coreline.sound.beeps import RATE_HZ
from coreline.sound.speech import Speech, faded, is_silent, levelled, room_of, trimmed

_INSTALL: Final = f"{sys.executable} -m pip install sounddevice"


class Taking(Protocol):
    """Something that records, as a microphone does."""

    def take(self, until: Callable[[], object]) -> Speech:
        """Return what was heard, at `RATE_HZ`, while `until` had not returned.

        Raises:
            NoVoiceError: It does not record.
        """


class Microphone:
    """The computer's own."""

    def __init__(self) -> None:
        """Look for it.

        Raises:
            NoVoiceError: There is none, or nothing to reach it by.
        """
        try:
            self._device: Any = import_module("sounddevice")
            self._device.check_input_settings(samplerate=RATE_HZ, channels=1)
        except ImportError as error:
            raise NoVoiceError(
                f"recording needs sounddevice: {_INSTALL}",
                nl=f"opnemen vraagt sounddevice: {_INSTALL}",
            ) from error
        except Exception as error:  # an OSError without PortAudio, its own class else
            raise _refused(error) from error

    def take(self, until: Callable[[], object]) -> Speech:
        """Record until something has returned; see `Taking`."""
        blocks: list[Speech] = []

        def heard(block: Any, *_: object) -> None:
            if len(blocks) * len(block) < SOUND_S * RATE_HZ:
                blocks.append(np.array(block[:, 0], np.float64))

        try:
            with self._device.InputStream(
                samplerate=RATE_HZ, channels=1, dtype="float32", callback=heard
            ):
                until()
        except self._device.PortAudioError as error:
            raise _refused(error) from error
        return np.concatenate(blocks) if blocks else np.zeros(0)


def finished(take: Speech) -> Speech:
    """Return what a microphone took as a recording is kept: trimmed and levelled.

    Of a take in which nobody speaks, that is nothing.
    """
    if is_silent(take):
        return take[:0]
    speech = trimmed(take, RATE_HZ, room_of(take, RATE_HZ))
    return faded(levelled(speech, RATE_HZ), RATE_HZ)


def _refused(error: Exception) -> NoVoiceError:
    return NoVoiceError(
        f"no microphone records ({error}); connect one, allow its use, or make recordings with "
        "another program",
        nl=f"geen microfoon neemt op ({error}); sluit er een aan, sta het gebruik toe, of neem op "
        "met een ander programma",
    )
