"""What speaks on a person's own computer: a command that is given a text and writes a WAV file.

Every one is an argument list; no shell sees a text. macOS has `say`, piper is a program that people
install, and any other command will do. What Windows has is in `windows_voice`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from coreline.errors import NoVoiceError
from coreline.files.running import ProgramError, ProgramMissingError, output_of
from coreline.programme.language import Language

TEXT, WAV = "{text}", "{wav}"
PATIENCE_S: Final = 120.0  # for one cue; the longest is spoken in seconds
SAY: Final = "say"
PIPER: Final = "piper"
_AS_WAV: Final = ("-o", WAV, "--file-format=WAVE", "--data-format=LEI16@24000")
_VOICE_LINE: Final = re.compile(r"^(?P<name>\S.*?)\s+(?P<language>[a-z]{2})[_-]\w+\s+#")
# A better one of the same name is downloaded by the person; then it is the one that is meant.
_BETTER: Final = ("(Premium)", "(Enhanced)", "Xander", "Ellen", "Samantha", "Daniel")
_PLACE: Final = re.compile(re.escape(TEXT) + "|" + re.escape(WAV))


class Speaker(Protocol):
    """Something that speaks."""

    @property
    def name(self) -> str:
        """Return whose voice it is."""

    def speak(self, text: str, wav: Path) -> None:
        """Write a text, spoken, to a file that is not there yet.

        Raises:
            NoVoiceError: It cannot be done, and why.
        """


@dataclass(frozen=True, slots=True)
class CommandSpeaker:
    """A command; `{text}` and `{wav}` in its words are filled in, without `{text}` it is told."""

    name: str
    words: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse a command that is not told where to write.

        Raises:
            NoVoiceError: It is not.
        """
        if not any(WAV in word for word in self.words[1:]):
            raise NoVoiceError(
                f"the command needs {WAV} where it is to write, such as: -- espeak-ng -v nl "
                f"-w {WAV} {TEXT}",
                nl=f"het commando heeft {WAV} nodig waar het moet schrijven, zoals: -- "
                f"espeak-ng -v nl -w {WAV} {TEXT}",
            )

    def speak(self, text: str, wav: Path) -> None:
        """Run it; see `Speaker`."""
        # An exercise that somebody else wrote is not to give the command an option.
        filled = {TEXT: text.lstrip("- "), WAV: str(wav)}
        words = [_PLACE.sub(lambda found: filled[found[0]], word) for word in self.words]
        is_told = any(TEXT in word for word in self.words)
        _output(words, None if is_told else text)


def say_speaker(language: Language, voice: str | None) -> CommandSpeaker:
    """Return macOS's voice of a language, or the one that is named.

    Raises:
        NoVoiceError: There is none.
    """
    there = say_voices(_output([SAY, "-v", "?"]))
    name = chosen_voice([name for name, spoken in there if spoken == language], language, voice)
    return CommandSpeaker(f"say {name}", (SAY, "-v", name, *_AS_WAV, "-f", "-"))


def say_voices(listing: str) -> list[tuple[str, str]]:
    """Return the voices that `say -v ?` lists, each with its language's two letters."""
    found = (_VOICE_LINE.match(line) for line in listing.splitlines())
    return [(each["name"], each["language"]) for each in found if each]


def piper_speaker(model: Path | None) -> CommandSpeaker:
    """Return piper with a model, which it is told the texts of.

    Raises:
        NoVoiceError: No model is given, or it is not there.
    """
    if model is None or not model.is_file():
        given = f", and {model} is no file" if model else ""
        gegeven = f", en {model} is geen bestand" if model else ""
        raise NoVoiceError(
            f"piper needs a model{given}; give it: --model FILE.onnx",
            nl=f"piper heeft een model nodig{gegeven}; geef het: --model BESTAND.onnx",
        )
    return CommandSpeaker(f"piper {model.stem}", (PIPER, "-m", str(model), "-f", WAV))


def chosen_voice(there: Sequence[str], language: Language, wanted: str | None) -> str:
    """Return the voice that is wanted, or the best of a language.

    Raises:
        NoVoiceError: It is not there, or there is none.
    """
    if wanted is None and there:
        return min(there, key=_rank)
    for name in there:
        if wanted is not None and name.casefold() == wanted.casefold():
            return name
    listed, called = ", ".join(there), f" {wanted}" if wanted else ""
    raise NoVoiceError(
        f"no voice{called} for {language} on this computer, there is: {listed or 'none'}; install "
        "one in the system's settings for speech",
        nl=f"geen stem{called} voor {language} op deze computer, wel: {listed or 'geen'}; "
        "installeer er een in de spraakinstellingen van het systeem",
    )


def _rank(name: str) -> int:
    return next((rank for rank, sign in enumerate(_BETTER) if sign in name), len(_BETTER))


def _output(words: Sequence[str], told: str | None = None) -> str:
    """Run a command and return what it prints.

    Raises:
        NoVoiceError: It does not start, does not end, or ends with a fault.
    """
    try:
        return output_of(words, PATIENCE_S, (told or "") + "\n")
    except ProgramMissingError as error:
        raise NoVoiceError(
            f"{error}; install it, or choose another with --with",
            nl=f"{error.in_('nl')}; installeer het, of kies een ander met --with",
        ) from error
    except ProgramError as error:
        raise NoVoiceError(str(error), nl=error.in_("nl")) from error
