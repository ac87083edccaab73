"""Recordings of any kind as samples, decoded by the mixer while nothing can be heard."""

import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import numpy as np
import pygame
from pygame.mixer import Sound

from coreline.errors import NoVoiceError
from coreline.files.reading import UnfitFileError, read_file, reason_in_dutch
from coreline.files.streams import silenced_stderr
from coreline.limits import SOUND_BYTES
from coreline.sound.beeps import RATE_HZ
from coreline.sound.length import UnfitSoundError, check_length
from coreline.sound.speech import FULL_SCALE, Speech

Decode = Callable[[Path], Speech]
_DRIVER: Final = "SDL_AUDIODRIVER"
_MONO, _SIGNED_16_BIT = 1, -16


@contextmanager
def decoder() -> Iterator[Decode]:
    """Hand out what reads a file as mono samples at `RATE_HZ`; it needs no loudspeaker.

    What is handed out raises `ValueError`, in words, for a file that cannot be read.

    Raises:
        NoVoiceError: The mixer does not open.
    """
    given = os.environ.get(_DRIVER)
    os.environ[_DRIVER] = "dummy"
    try:
        pygame.mixer.init(RATE_HZ, _SIGNED_16_BIT, _MONO, allowedchanges=0)
        yield decoded
    except pygame.error as error:
        raise NoVoiceError(
            f"recordings cannot be read here ({error}); install pygame anew",
            nl=f"opnamen zijn hier niet te lezen ({error}); installeer pygame opnieuw",
        ) from error
    finally:
        pygame.mixer.quit()
        if given is None:
            del os.environ[_DRIVER]
        else:
            os.environ[_DRIVER] = given


def decoded(path: Path) -> Speech:
    """Return a file's samples, as the open mixer has them.

    Raises:
        ValueError: It cannot be read, or is no recording.
    """
    try:
        content = read_file(path, SOUND_BYTES)
        check_length(content)
        with silenced_stderr():
            sound = Sound(io.BytesIO(content))
    except UnfitFileError as error:
        raise UnfitSoundError(str(error.strerror), reason_in_dutch(error)) from error
    except (pygame.error, OSError) as error:
        raise ValueError(str(error)) from error
    return np.frombuffer(sound.get_raw(), "<i2").astype(np.float64) / FULL_SCALE
