"""Recording one's own voice line by line, by the Enter key: nothing is kept that was not wanted."""

from collections.abc import Callable, Sequence
from typing import Final

import typer

from coreline.coaching.cues import Cue
from coreline.commands.terminal import tell
from coreline.programme.texts import TextsIn
from coreline.sound.beeps import RATE_HZ
from coreline.sound.checking import faults_of
from coreline.sound.microphone import Taking, finished
from coreline.sound.own_voice import OwnVoice
from coreline.sound.speech import Speech, as_wav, is_silent

SKIP: Final = ("s", "o")  # skip, overslaan
QUIT: Final = ("q", "x")
AGAIN: Final = ("r", "n")  # repeat, nog eens

Ask = Callable[[str], str]


def ask_person(question: str) -> str:
    """Return what somebody types at a question; nothing more to read ends it."""
    try:
        return str(typer.prompt(question, default="", show_default=False, prompt_suffix=" "))
    except typer.Abort:
        return QUIT[0]


def record_all(
    cues: Sequence[Cue], microphone: Taking, own: OwnVoice, w: TextsIn, ask: Ask = ask_person
) -> int:
    """Record the lines one by one until the last or until somebody has had enough.

    Returns:
        How many were kept.
    """
    kept = 0
    for number, cue in enumerate(cues, 1):
        tell(f"{number}/{len(cues)} {cue.id}: {cue.text.in_(own.language)}")
        answer = ask(w("voice.ask_begin")).strip().lower()
        if answer in QUIT:
            break
        if answer in SKIP:
            continue
        speech, has_enough = _taken(cue, microphone, w, ask)
        if speech is not None:
            own.put(cue.id, as_wav(speech, RATE_HZ))
            kept += 1
        if has_enough:
            break
    return kept


def _taken(cue: Cue, microphone: Taking, w: TextsIn, ask: Ask) -> tuple[Speech | None, bool]:
    """Return a recording that the person wants to keep, or None, and whether they had enough."""
    while True:
        take = microphone.take(lambda: ask(w("voice.ask_end")))
        speech = finished(take)
        if is_silent(speech):
            tell(w("voice.heard_nothing"))
        else:
            _tell_of(take, speech, cue, w)
        answer = ask(w("voice.ask_keep")).strip().lower()
        if answer in SKIP or answer in QUIT:
            return None, answer in QUIT
        if answer not in AGAIN and not is_silent(speech):
            return speech, False


def _tell_of(take: Speech, speech: Speech, cue: Cue, w: TextsIn) -> None:
    """Tell how long it is and what is wrong with it: as it was taken, and as it would be kept."""
    tell(w("voice.taken", seconds=f"{len(speech) / RATE_HZ:.1f}"))
    faults = {**dict(faults_of(take, cue.id)), **dict(faults_of(speech, cue.id))}
    # Too quiet, and a long silence before it, are put right.
    for fault, said in faults.items():
        if fault.value in {"distorted", "cut_start", "cut_end", "too_long"}:
            tell("  " + w(f"voice.{fault}", said=said))
