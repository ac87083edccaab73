"""Windows's own voices, by the extra `voice`; `winrt` is known here."""

import asyncio
import sys
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from coreline.errors import NoVoiceError
from coreline.files.writing import write_bytes
from coreline.programme.language import Language
from coreline.sound.speakers import chosen_voice

# Each is a package of its own. What the last two hand out is of the first two, which they look for
# only then.
_NAMESPACES: Final = (
    "Foundation",
    "Foundation.Collections",
    "Media.SpeechSynthesis",
    "Storage.Streams",
)
_INSTALL: Final = f"{sys.executable} -m pip install " + " ".join(
    f"winrt-Windows.{each}~=3.2" for each in _NAMESPACES
)


@dataclass(frozen=True, slots=True)
class WindowsSpeaker:
    """A voice of Windows; see `Speaker`."""

    name: str
    _synthesizer: Any
    _reader: Any

    def speak(self, text: str, wav: Path) -> None:
        """Have Windows speak; see `Speaker`."""
        try:
            content = asyncio.run(self._spoken(text))
        except OSError as error:  # what every failure of WinRT is
            raise NoVoiceError(
                f"Windows did not speak ({error}); choose another --voice",
                nl=f"Windows sprak niet ({error}); kies een andere --voice",
            ) from error
        write_bytes(wav, content)

    async def _spoken(self, text: str) -> bytes:
        stream = await self._synthesizer.synthesize_text_to_stream_async(text)
        reader = self._reader(stream.get_input_stream_at(0))
        await reader.load_async(stream.size)
        content = bytearray(stream.size)
        reader.read_bytes(content)
        return bytes(content)


def windows_speaker(language: Language, voice: str | None) -> WindowsSpeaker:
    """Return Windows's voice of a language, or the one that is named.

    Raises:
        NoVoiceError: There is none, or the extra is not installed.
    """
    try:
        *_, speech, streams = [
            import_module(f"winrt.windows.{each.lower()}") for each in _NAMESPACES
        ]
    except ImportError as error:
        raise NoVoiceError(
            f"Windows's voices are on Windows, and there they need: {_INSTALL}",
            nl=f"de stemmen van Windows zijn op Windows, en vragen daar: {_INSTALL}",
        ) from error
    there = {each.display_name: each for each in speech.SpeechSynthesizer.all_voices}
    fit = [name for name, each in there.items() if each.language[:2].lower() == language]
    name = chosen_voice(fit, language, voice)
    synthesizer = speech.SpeechSynthesizer()
    synthesizer.voice = there[name]
    return WindowsSpeaker(f"Windows {name}", synthesizer, streams.DataReader)
