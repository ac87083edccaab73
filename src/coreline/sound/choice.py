"""What a person has chosen to hear."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from coreline.programme.language import Language


class Mode(StrEnum):
    """How much is heard."""

    VOICE = "voice"  # and beeps
    BEEPS = "beeps"  # a correction and pain have theirs, in place of the words
    MUTE = "mute"


@dataclass(frozen=True, slots=True)
class SoundSettings:
    """The choice; volumes go from 0 to 1.

    `recordings` is the folder of the person's own recordings, one folder a language in it; None
    where there are none.
    """

    mode: Mode = Mode.VOICE
    language: Language = "en"
    voice_volume: float = 1.0
    beep_volume: float = 0.8
    recordings: Path | None = None

    def __post_init__(self) -> None:
        """Refuse a volume that is none.

        Raises:
            ValueError: A volume is not between 0 and 1.
        """
        for volume in (self.voice_volume, self.beep_volume):
            if not 0.0 <= volume <= 1.0:
                raise ValueError(f"a volume of {volume:g}; give one from 0 to 1")
