"""What is wrong with the recordings of a person's own, each thing with its name.

The limits are wide of what the voice's own clips have, so that nothing is complained about that
nobody hears.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

import numpy as np

from coreline.coaching.cues import CueBook
from coreline.programme.toml_data import near_of
from coreline.sound.beeps import RATE_HZ
from coreline.sound.decoding import Decode, decoder
from coreline.sound.length import UnfitSoundError
from coreline.sound.own_voice import Made, OwnVoice
from coreline.sound.speech import LEVEL_DBFS, MOMENT_S, Speech, is_silent, level_dbfs, moments

CLIPPED: Final = 0.999  # of full scale
CLIPPED_SHARE: Final = 0.002  # of all samples: one alone is heard by nobody
LOUDER_DB: Final = 5.0
QUIETER_DB: Final = 8.0
EDGE_S: Final = 0.002
EDGE_DB: Final = -20.0  # of the loudest moment: what begins or ends so loud is cut off
LATE_S: Final = 0.4
COUNT: Final = "num."
COUNT_S: Final = 1.5  # no number of the shipped voice lasts longer


class Fault(StrEnum):
    """What can be wrong with a recording."""

    UNREADABLE = "unreadable"
    SILENT = "silent"
    DISTORTED = "distorted"
    TOO_LOUD = "too_loud"
    TOO_QUIET = "too_quiet"
    CUT_START = "cut_start"
    CUT_END = "cut_end"
    LATE = "late"
    TOO_LONG = "too_long"
    UNKNOWN = "unknown"
    OLDER_TEXT = "older_text"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing about one recording; `said` is why, how much, or what was meant.

    `said_nl` is the same in Dutch where it differs.
    """

    path: Path
    fault: Fault
    said: str = ""
    said_nl: str | None = None


def check(book: CueBook, own: OwnVoice) -> Iterator[Complaint]:
    """Yield what is wrong with each recording.

    Raises:
        BadDataError: The folder cannot be looked into.
        NoVoiceError: Nothing can be decoded here.
    """
    made = own.made()
    with decoder() as decode:
        for path in own.files():
            if path.stem in book:
                yield from _of_cue(path, book, own, made)
                yield from _of_sound(path, decode)
            else:
                near = near_of(path.stem, book.ids)
                yield Complaint(path, Fault.UNKNOWN, ", ".join(near))


def missing(book: CueBook, own: OwnVoice) -> list[str]:
    """Return the cues that have no recording of the person's own."""
    return [cue.id for cue in book if own.file_of(cue.id) is None]


def faults_of(speech: Speech, cue_id: str) -> Iterator[tuple[Fault, str]]:
    """Yield what is wrong with how a recording of a cue sounds, and how much.

    Args:
        speech: Mono samples at the voice's rate.
        cue_id: What it says.
    """
    if is_silent(speech):
        yield Fault.SILENT, ""
        return
    yield from _of_level(speech)
    yield from _of_edges(speech)
    whole_s = len(speech) / RATE_HZ
    if cue_id.startswith(COUNT) and whole_s > COUNT_S:
        yield Fault.TOO_LONG, f"{whole_s:.1f}"


def _of_level(speech: Speech) -> Iterator[tuple[Fault, str]]:
    over_db = level_dbfs(speech, RATE_HZ) - LEVEL_DBFS
    if (np.abs(speech) >= CLIPPED).mean() > CLIPPED_SHARE:
        yield Fault.DISTORTED, ""
    elif over_db > LOUDER_DB:
        yield Fault.TOO_LOUD, f"{over_db:.0f}"
    elif over_db < -QUIETER_DB:
        yield Fault.TOO_QUIET, f"{-over_db:.0f}"


def _of_edges(speech: Speech) -> Iterator[tuple[Fault, str]]:
    level = moments(speech, RATE_HZ)
    loud = level.max() * 10 ** (EDGE_DB / 20)
    edge = round(EDGE_S * RATE_HZ)
    if _rms(speech[:edge]) > loud:
        yield Fault.CUT_START, ""
    if _rms(speech[-edge:]) > loud:
        yield Fault.CUT_END, ""
    # Where only the last part of a moment sounds, no whole one does.
    late_s = next(iter(np.flatnonzero(level > loud)), len(level)) * MOMENT_S
    if late_s > LATE_S:
        yield Fault.LATE, f"{late_s:.1f}"


def _rms(speech: Speech) -> float:
    return float(np.sqrt((speech**2).mean()))


def _of_cue(
    path: Path, book: CueBook, own: OwnVoice, made: Mapping[str, Made]
) -> Iterator[Complaint]:
    played = own.file_of(path.stem)
    if played is not None and played.name != path.name:
        yield Complaint(path, Fault.HIDDEN, played.name)
    elif path.stem in made and made[path.stem].text != book.get(path.stem).text.in_(own.language):
        yield Complaint(path, Fault.OLDER_TEXT)


def _of_sound(path: Path, decode: Decode) -> Iterator[Complaint]:
    try:
        speech = decode(path)
    except ValueError as error:
        dutch = error.nl if isinstance(error, UnfitSoundError) else None
        yield Complaint(path, Fault.UNREADABLE, str(error), dutch)
        return
    for fault, said in faults_of(speech, path.stem):
        yield Complaint(path, fault, said)
