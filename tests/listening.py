"""A room in which it is written down what is heard: SDL's disk driver does it."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import soundfile
from tools.hearing import RATE_HZ, SAMPLE_BYTES, Heard, Match, find, heard

from coreline.files.resources import resource_file
from coreline.programme.language import Language
from coreline.sound.choice import Mode, SoundSettings
from coreline.sound.device import BUFFER
from coreline.sound.player import Player
from coreline.sound.waves import beep

PAIN, CORRECTION, FLOW, COUNT, PRAISE = range(5)
LONG_S: Final = 4.0
SHORT_S: Final = 0.3
PATIENCE_S: Final = 60.0  # ends what would wait for ever
UNWRITTEN: Final = 4096 // SAMPLE_BYTES + 4 * BUFFER  # samples on their way into the file, at most


@dataclass(frozen=True)
class Room:
    """Where something is heard; `told` gathers what the person is told."""

    path: Path
    own: Path
    told: list[str]

    def player(self, mode: Mode = Mode.VOICE, *, voice: float = 1.0, beeps: float = 0.8) -> Player:
        settings = SoundSettings(mode, "en", voice, beeps, self.own)
        return Player(self.told.append, settings, clock_s=self.clock_s)

    def clock_s(self) -> float:
        """Return the time by what has been heard, whatever the machine makes of a second."""
        size = self.path.stat().st_size if self.path.exists() else 0
        return size / SAMPLE_BYTES / RATE_HZ

    @property
    def heard(self) -> Heard:
        return heard(self.path)

    def match(self, sound: Heard) -> Match:
        return find(sound, self.heard)


def noise(seed: int, length_s: float) -> Heard:
    """Return a sound that nothing else is like."""
    wave = np.random.default_rng(seed).normal(0.0, 0.1, round(length_s * RATE_HZ))
    return wave.clip(-0.5, 0.5)


LONG, SHORT, OTHER = noise(1, LONG_S), noise(2, SHORT_S), noise(3, SHORT_S)


def clip_of(cue_id: str, language: Language = "en") -> Heard:
    wave, _ = soundfile.read(resource_file("sounds", f"{language}/{cue_id}.ogg"))
    return np.asarray(wave, np.float64)


def wave_of(name: str) -> Heard:
    return beep(name).astype(np.float64) / 32_768


def wait_for(happened: Callable[[], bool], each_time: Callable[[], None] = lambda: None) -> None:
    end_s = time.monotonic() + PATIENCE_S
    while not happened():
        assert time.monotonic() < end_s
        each_time()
        time.sleep(0.005)


def until(player: Player, happened: Callable[[], bool]) -> None:
    """Let the window's frames pass until something happened."""
    wait_for(happened, player.tick)


def until_heard_on(room: Room, player: Player, length_s: float) -> None:
    """Let so much more be heard than there is now, however late the machine was until now."""
    had = len(room.heard)
    until(player, lambda: len(room.heard) > had + length_s * RATE_HZ)


def until_silent(player: Player) -> None:
    until(player, lambda: not player.speaking)
