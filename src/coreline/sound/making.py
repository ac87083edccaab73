"""Recordings that a voice of this computer makes, a cue after the other.

Each is in its place, whole, before the next begins: who stops it goes on there the next time. What
is there already stays, and what a person recorded stays in any case.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from coreline.coaching.cues import Cue
from coreline.coaching.spoken import as_read
from coreline.errors import NoVoiceError
from coreline.sound.beeps import RATE_HZ
from coreline.sound.decoding import Decode, decoder
from coreline.sound.own_voice import OwnVoice
from coreline.sound.speakers import Speaker
from coreline.sound.speech import as_wav, faded, is_silent, levelled, trimmed


def to_make(cues: Iterable[Cue], own: OwnVoice, *, again: bool) -> list[Cue]:
    """Return the cues that have no recording; `again` those as well that were made here."""
    made = own.made() if again else {}
    return [cue for cue in cues if own.file_of(cue.id) is None or cue.id in made]


def make(cues: Iterable[Cue], speaker: Speaker, own: OwnVoice) -> Iterator[Cue]:
    """Record each cue with a voice of this computer, and yield it when it is kept.

    Raises:
        NoVoiceError: It cannot be spoken, or nothing can be heard of it.
        BadOutputError: It cannot be written.
    """
    with decoder() as decode, TemporaryDirectory() as folder:
        for number, cue in enumerate(cues):
            text = cue.text.in_(own.language)
            wav = Path(folder) / f"{number}.wav"
            speaker.speak(as_read(text), wav)
            own.put_made(cue.id, _finished(wav, cue.id, speaker.name, decode), text, speaker.name)
            wav.unlink()
            yield cue


def _finished(wav: Path, cue_id: str, voice: str, decode: Decode) -> bytes:
    """Return what was spoken as a recording is kept: trimmed, and as loud as the others."""
    try:
        speech = decode(wav)
    except ValueError as error:
        why = str(error) if wav.exists() else "it wrote no file"
        waarom = "dit is niet te lezen" if wav.exists() else "er kwam geen bestand"
        raise NoVoiceError(
            f"{voice}: {cue_id}: {why}", nl=f"{voice}: {cue_id}: {waarom}"
        ) from error
    if is_silent(speech):
        raise NoVoiceError(
            f"{voice}: {cue_id}: nothing can be heard of it",
            nl=f"{voice}: {cue_id}: er is niets van te horen",
        )
    return as_wav(faded(levelled(trimmed(speech, RATE_HZ), RATE_HZ), RATE_HZ), RATE_HZ)
