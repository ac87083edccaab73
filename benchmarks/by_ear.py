"""A whole session by ear: what the loudspeaker played, written down by a recogniser.

    python benchmarks/by_ear.py [--language nl] [--seconds-limit 420] [--keep FOLDER]

The session is that of whole_session.py, in a real window, with SDL's disk driver in the place of
the loudspeaker. Every cue that was heard is cut out of what was played and given to Whisper, and
held against its text: what was said when, in which order, over what, how loud, cut off or not.
Whisper is weak at Dutch (sounds/README.md), so it is told too what it missed of the clip alone.
Needs, beside Coreline, what the head of sounds/judge_sounds.py names.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
import soundfile
from tools.accounting import Account, shipped
from tools.hearing import RATE_HZ
from whole_session import ROOT, Run, perform

from coreline.programme.language import LANGUAGES, Language

sys.path.insert(0, str(ROOT / "sounds"))

SHORT: Final = 60  # as judge_sounds.py has it
WHOLE_S: Final = 0.1  # a clip that lasted so much less than it is was cut off
OVER_S: Final = 0.05  # so long two must sound together to be on top of each other
SILENT_S: Final = 10.0
HEAD: Final = (
    "| at | cue | says | heard | words wrong | alone | lasted | before it | level |",
    "|--:|---|---|---|--:|--:|--:|--:|--:|",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One cue that was heard.

    Attributes:
        account: When it was asked for, heard and over.
        begun_s: Since the session began.
        text, heard: What it says, and what Whisper wrote down of what was played.
        wrong, alone: Words wrong of how many: of what was played, and of the shipped clip alone.
        lasts_s: How long the clip is.
        level_db: Its level as it was played.
    """

    account: Account
    begun_s: float
    text: str
    heard: str
    wrong: tuple[int, int]
    alone: tuple[int, int]
    lasts_s: float
    level_db: float

    @property
    def lasted_s(self) -> float:
        """Return for how long it was heard."""
        return (self.account.until_s or 0.0) - (self.account.heard_s or 0.0)

    @property
    def cut(self) -> bool:
        """Say whether it was cut off."""
        return self.lasted_s < self.lasts_s - WHOLE_S


def lines_of(run: Run) -> list[Line]:
    """Return what was heard, in the order in which it was."""
    from judge_sounds import kept  # noqa: PLC0415 - in another folder
    from listeners import Listener  # noqa: PLC0415 - likewise

    if run.sound is None:
        return []
    language: Language = run.language
    book, known = run.notes.book, kept()[language]
    listener = Listener(language, {cue.id: cue.text.in_(language) for cue in book}, SHORT)
    begun_s = run.notes.steps[0][0]
    cues = [each for each in run.accounts if each.asked.priority is not None]
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for each in sorted((one for one in cues if one.heard_s), key=lambda one: one.heard_s or 0):
            first, last = (run.sound.place_s(at_s or 0.0) for at_s in (each.heard_s, each.until_s))
            piece = run.sound.wave[round(first * RATE_HZ) : round(last * RATE_HZ)]
            path = Path(folder) / "piece.wav"
            soundfile.write(path, piece, RATE_HZ)
            text = book.get(each.asked.name).text.in_(language)
            judged = listener.judged(path, each.asked.name, text)
            lasts_s = len(shipped(each.asked.name, language)) / RATE_HZ
            level_db = 10 * float(np.log10(max((piece**2).mean(), 1e-9)))
            wrong, alone = (tuple(of["words"]) for of in (judged, known[each.asked.name]))
            found.append(
                Line(
                    *(each, (each.heard_s or 0.0) - begun_s, text, judged["heard"]),
                    *(wrong, alone, lasts_s, level_db),
                )
            )
    return found


def table(lines: Sequence[Line]) -> Iterator[str]:
    """Yield a row a cue."""
    yield from HEAD
    before: Line | None = None
    for line in lines:
        gap = "" if before is None else f"{_gap_s(before, line):+.2f} s"
        lasted = (
            f"{line.lasted_s:.1f} of {line.lasts_s:.1f} s" if line.cut else f"{line.lasts_s:.1f} s"
        )
        shares = (f"{wrong} of {whole}" for wrong, whole in (line.wrong, line.alone))
        cells = (f"{line.begun_s:.1f} s", f"`{line.account.asked.name}`", line.text, line.heard)
        yield f"| {' | '.join((*cells, *shares, lasted, gap, f'{line.level_db:.1f} dB'))} |"
        before = line


def summary(run: Run, lines: Sequence[Line]) -> Iterator[str]:
    """Yield what it comes to."""
    cues = [each for each in run.accounts if each.asked.priority is not None]
    gaps_s = [_gap_s(one, after) for one, after in pairwise(lines)]
    asked_s = [line.account.asked.at_s for line in lines]
    turned = sum(after < one - WHOLE_S for one, after in pairwise(asked_s))
    lost = [each for each in cues if each.heard_s is None]
    yield f"cues: {len(cues)} asked for, {len(lines)} heard, {len(lost)} not"
    yield from (f"    {each.asked.name}: {each.why_not or 'NO RULE SAYS WHY'}" for each in lost)
    yield f"heard in another order than asked for: {turned}"
    yield f"one over another: {sum(gap < -OVER_S for gap in gaps_s)}"
    cut = [line.account.asked.name for line in lines if line.cut]
    yield f"cut off: {len(cut)} ({', '.join(cut) or 'none'})"
    silent, longest_s = sum(gap > SILENT_S for gap in gaps_s), max(gaps_s, default=0.0)
    yield f"silences over {SILENT_S:.0f} s: {silent}, the longest {longest_s:.1f} s"
    levels = [line.level_db for line in lines]
    yield f"level: {min(levels):.1f} to {max(levels):.1f} dB, median {np.median(levels):.1f}"
    for what, shares in (
        ("as played", [line.wrong for line in lines if not line.cut]),
        ("the clips alone", [line.alone for line in lines if not line.cut]),
    ):
        wrong, whole = (sum(column) for column in zip(*shares, strict=True))
        yield f"words wrong, {what}: {wrong} of {whole} ({100 * wrong / max(whole, 1):.1f} %)"
    yield f"heard and not asked for: {run.unasked_s:.2f} s of {run.heard_s:.0f} s"


def _gap_s(before: Line, after: Line) -> float:
    return (after.account.heard_s or 0.0) - (before.account.until_s or 0.0)


def main() -> None:
    """Run a session in each language that is asked for, and print what was heard."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--language", choices=LANGUAGES, action="append")
    parser.add_argument("--clips", type=Path, action="append", default=[])
    parser.add_argument("--seconds-limit", type=float, default=420.0)
    parser.add_argument("--keep", type=Path, help="a folder for what was heard, as WAV")
    options = parser.parse_args()
    options.size = (1280, 720)
    if "DISPLAY" not in os.environ:
        os.environ["SDL_VIDEODRIVER"] = "dummy"
    for language in options.language or LANGUAGES:
        run = perform(options, language)
        if options.keep and run.sound:
            options.keep.mkdir(parents=True, exist_ok=True)
            soundfile.write(options.keep / f"session-{language}.wav", run.sound.wave, RATE_HZ)
        lines = lines_of(run)
        print(f"\n# {language}\n")
        print("\n".join([*table(lines), "", *summary(run, lines)]), flush=True)


if __name__ == "__main__":
    main()
