"""English and Dutch texts spoken by Kokoro, each spelt first the way it sounds."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from dutch import BLENDS, Take, as_seen
from english import VOICE, as_trained
from kokoro import Kokoro
from spelling import Espeak

Speak = Callable[[str, str | None], tuple[Any, int]]


def english(voices: Path | None) -> tuple[Speak, dict[str, str]]:
    """Return what speaks English, and what it is."""
    kokoro, espeak = Kokoro(voices), Espeak("en-us")

    def speak(text: str, _take: str | None) -> tuple[Any, int]:
        return kokoro.say(as_trained(espeak.of(text)), {VOICE: 1.0})

    return speak, {"engine": kokoro.engine}


def dutch(voices: Path | None, otherwise: Callable[[str], tuple[Any, int]]) -> tuple[Speak, str]:
    """Return what speaks Dutch: by a take, or `otherwise` where a text has none; and what it is."""
    kokoro, espeak = Kokoro(voices), Espeak("nl")

    def speak(text: str, named: str | None) -> tuple[Any, int]:
        if named is None:
            return otherwise(text)
        take = Take.parse(named)
        spelt = take.spelt(espeak.of(as_seen(text)))
        return kokoro.say(spelt, BLENDS[take.blend], take.speed)

    return speak, kokoro.engine
