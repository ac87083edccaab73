"""What was asked for against what was heard: every cue and beep is accounted for, or named.

Clips are looked for in what SDL's disk driver wrote, each after the moment it was asked for. What
was found is taken away again, so that what is left is what nobody asked for. Why a cue was not
heard is worked out from the rules of the voice alone, not from the player.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

import numpy as np
import soundfile

from coreline.coaching.cues import CueBook
from coreline.files.resources import resource_file
from coreline.judging.events import Fact, FaultBegan
from coreline.programme.language import Language
from coreline.session.session import Step
from coreline.session.view import Stage
from coreline.sound.waves import beep
from tools.hearing import FULL_SCALE, RATE_HZ, Heard, find

Range = tuple[float, float]

PAIN, CORRECTION, FLOW, COUNT, PRAISE = range(5)
STALE_S: Final = {CORRECTION: 2.0, COUNT: 0.7, PRAISE: 0.7}  # the voice's rules, in its docstring
LATEST_S: Final = 25.0  # the longest clip, and a little
SLACK_S: Final = 0.5
EARLY_S: Final = 0.1  # asked-for moments are taken down after the sound began
HEADS_S: Final = (0.6, 0.25)  # so much of a clip's beginning is looked for
PIECES_S: Final = (0.2, 0.1, 0.05)  # and so much of one that was cut off at once
CUT: Final = "cut off"
LIKE: Final = 0.6  # a beep may sound over a voice
ALL: Final = (0.9, 1.1)  # how loud a voice is
DUCKED: Final = (0.12, 1.0)  # how loud a beep is, alone and under a voice
BEEP_LATEST_S: Final = 0.4
SHORTEST_BEEP_S: Final = 0.1  # of less there is too little to be found
BLOCK: Final = 1024  # samples, 43 ms
FAINT: Final = 1e-3  # energy of a block that is too quiet to tell
QUIET_DB: Final = -45.0
CUT_S: Final = 0.4  # what is heard for less is not found in what was heard
AT_ONCE_S: Final = 0.06  # a rule's moment is known as well as the window ticks


@dataclass(frozen=True, slots=True)
class Asked:
    """A cue or beep that a step asked for, when, and the facts of the same step."""

    at_s: float
    frame_s: float
    name: str
    priority: int | None  # None: a beep
    stage: Stage
    facts: tuple[Fact, ...] = ()

    @property
    def fault_s(self) -> float | None:
        """Return the frame in which a fault had lasted its time, where this is its correction."""
        began = [fact.t_s for fact in self.facts if isinstance(fact, FaultBegan)]
        return began[-1] if began and self.priority == CORRECTION else None


@dataclass(frozen=True, slots=True)
class Account:
    """What became of one that was asked for: when it was heard, or else why not."""

    asked: Asked
    heard_s: float | None = None
    until_s: float | None = None
    why_not: str = ""

    @property
    def explained(self) -> bool:
        """Say whether it was heard, or a rule says why not."""
        return self.heard_s is not None or bool(self.why_not)


@dataclass(slots=True)
class Notes:
    """Takes down what every step asks for, and its stage."""

    book: CueBook
    clock_s: Callable[[], float]
    asked: list[Asked] = field(default_factory=list, init=False)
    steps: list[tuple[float, Step]] = field(default_factory=list, init=False)

    def follow(self, step: Step) -> None:
        """Take down one step."""
        at_s, frame_s, stage = self.clock_s(), step.view.t_s, step.view.stage
        self.steps.append((at_s, step))
        for name in step.beeps:
            self.asked.append(Asked(at_s, frame_s, name, None, stage, step.facts))
        for cue_id in step.cues:
            priority = self.book.get(cue_id).priority
            self.asked.append(Asked(at_s, frame_s, cue_id, priority, stage, step.facts))


class Moments(Protocol):
    """What is needed of whoever knows when what was heard."""

    def moment_s(self, place_s: float, /) -> float:
        """Return when a place in the file was heard."""
        ...


class Capture:
    """What was heard, and when; sounds that were found in it can be taken out."""

    def __init__(self, wave: Heard, watch: Moments) -> None:
        """Take what was written down."""
        self.left, self._watch = wave.copy(), watch
        places = np.arange(0.0, len(wave) / RATE_HZ, 0.01)
        self._places = places
        self._moments = np.array([watch.moment_s(float(place)) for place in places])

    def place_s(self, moment_s: float) -> float:
        """Return the place in the file at a moment."""
        return float(np.interp(moment_s, self._moments, self._places))

    def moment_s(self, place_s: float) -> float:
        """Return the moment of a place in the file."""
        return self._watch.moment_s(place_s)

    def look_for(
        self, wave: Heard, between_s: tuple[float, float], heads_s: Sequence[float], gains: Range
    ) -> float | None:
        """Return where a sound begins between two moments, so loud; None if it does not."""
        first, last = (round(self.place_s(moment) * RATE_HZ) for moment in between_s)
        for head_s in heads_s:
            head = wave[: round(head_s * RATE_HZ)]
            part = self.left[first : last + len(head)]
            if len(part) <= len(head):
                return None
            match = find(head, part)
            whole = match.start_s * RATE_HZ <= len(part) - len(head)
            if whole and match.likeness >= LIKE and gains[0] < match.gain < gains[1]:
                return (first + round(match.start_s * RATE_HZ)) / RATE_HZ
        return None

    def take(self, wave: Heard, place_s: float, until_s: float = np.inf) -> float:
        """Take a sound out as far as it sounds, at most until a place; return where it stopped."""
        start = round(place_s * RATE_HZ)
        length = min(
            len(wave), len(self.left) - start, round(min(until_s - place_s, 1e6) * RATE_HZ)
        )
        there, sound = self.left[start : start + length], wave[:length]
        heard = [
            at + BLOCK
            for at in range(0, length, BLOCK)
            if _sounds(sound[at : at + BLOCK], there[at : at + BLOCK])
        ]
        end = min(max(heard, default=0), length)
        # What follows the last block that surely sounds is too quiet to tell, or was cut off.
        end = length if float((sound[end:] ** 2).sum()) < FAINT else end
        there[:end] -= sound[:end]
        return (start + end) / RATE_HZ

    def take_beep(self, wave: Heard, place_s: float) -> float:
        """Take a beep out, which grows quiet and loud again with the voice."""
        start = round(place_s * RATE_HZ)
        there = self.left[start : start + len(wave)]
        for at in range(0, len(there), BLOCK):
            piece, rest = wave[at : at + BLOCK], there[at : at + BLOCK]
            piece = piece[: len(rest)]
            gain = float(rest @ piece) / max(float(piece @ piece), FAINT)
            rest -= min(max(gain, 0.0), 1.0) * piece
        return (start + len(there)) / RATE_HZ

    def unasked_s(self) -> float:
        """Return for how long more than near silence is left."""
        size = RATE_HZ // 100
        blocks = self.left[: len(self.left) // size * size].reshape(-1, size)
        loud = np.sqrt((blocks**2).mean(axis=1)) > 10 ** (QUIET_DB / 20)
        return float(loud.sum()) * 0.01


def _sounds(piece: Heard, there: Heard) -> bool:
    """Say whether a piece of a sound is surely there as it is, with whatever else."""
    energy = float(piece @ piece)
    gain = float(there @ piece) / max(energy, FAINT)
    return energy > FAINT and 0.7 < gain < 1.3


def shipped(name: str, language: Language) -> Heard:
    """Return a cue's clip as the project ships it."""
    wave, _ = soundfile.read(resource_file("sounds", f"{language}/{name}.ogg"))
    return np.asarray(wave, np.float64)


def account(
    asked: Sequence[Asked], capture: Capture, language: Language, ends_s: float
) -> list[Account]:
    """Return what became of everything that was asked for; the voice first, then the beeps."""
    cues = [each for each in asked if each.priority is not None]
    places = [
        _place_of(each, cues[number + 1 :], capture, language) for number, each in enumerate(cues)
    ]
    spoken = [
        _spoken(each, place, places, capture, language)
        for each, place in zip(cues, places, strict=True)
    ]
    explained = [_explained(each, spoken, ends_s) for each in spoken]
    for each in explained:
        _take_piece(each, capture, language)
    beeps = [each for each in asked if each.priority is None]
    cut_s = [each.at_s for each in beeps[1:]] + [np.inf]
    return explained + [
        _beep_of(each, next_s, capture) for each, next_s in zip(beeps, cut_s, strict=True)
    ]


def _place_of(
    each: Asked, later: Sequence[Asked], capture: Capture, language: Language
) -> float | None:
    """Return where a cue begins, before the same is asked for again."""
    again = (other.at_s for other in later if other.name == each.name)
    longest_s = STALE_S.get(each.priority or PAIN, LATEST_S) + SLACK_S
    last_s = min(next(again, np.inf) - EARLY_S, each.at_s + longest_s)
    wave = shipped(each.name, language)
    return capture.look_for(wave, (each.at_s - EARLY_S, last_s), HEADS_S, ALL)


def _spoken(
    each: Asked,
    place_s: float | None,
    places: Sequence[float | None],
    capture: Capture,
    language: Language,
) -> Account:
    """Return when a cue was heard, and take it out of what was; the next one cuts it off."""
    if place_s is None:
        return Account(each)
    after = min(
        (other for other in places if other is not None and other > place_s), default=np.inf
    )
    until_s = capture.take(shipped(each.name, language), place_s, after)
    return Account(each, capture.moment_s(place_s), capture.moment_s(until_s))


def _take_piece(each: Account, capture: Capture, language: Language) -> None:
    """Take out the little that was heard of a cue before it was cut off."""
    if each.heard_s is not None or not each.why_not.startswith(CUT):
        return
    wave = shipped(each.asked.name, language)[: round(HEADS_S[-1] * RATE_HZ)]
    between_s = (each.asked.at_s - EARLY_S, each.asked.at_s + CUT_S)
    place_s = capture.look_for(wave, between_s, PIECES_S, ALL)
    if place_s is not None:
        capture.take(wave, place_s)


def _beep_of(asked: Asked, cut_s: float, capture: Capture) -> Account:
    """Return when a beep was heard; the next one takes its place."""
    wave = beep(asked.name).astype(np.float64) / FULL_SCALE
    length_s = min(len(wave) / RATE_HZ, cut_s - asked.at_s)
    between_s = (asked.at_s - EARLY_S, asked.at_s + BEEP_LATEST_S)
    place_s = None
    if length_s > SHORTEST_BEEP_S:
        place_s = capture.look_for(wave, between_s, (length_s,), DUCKED)
        wave = wave[: round(length_s * RATE_HZ)]
    else:
        return Account(asked, why_not="another beep at once in its place")
    if place_s is None:
        return Account(asked)
    until_s = capture.take_beep(wave, place_s)
    return Account(asked, capture.moment_s(place_s), capture.moment_s(until_s))


def _explained(account: Account, all_: Sequence[Account], ends_s: float) -> Account:
    """Return an account with the rule by which the cue was not heard, if there is one."""
    if account.heard_s is not None:
        return account
    return Account(account.asked, why_not=_rule(account.asked, all_, ends_s))


def _rule(asked: Asked, all_: Sequence[Account], ends_s: float) -> str:
    """Return why a cue was not heard, by the rules of the voice; nothing if none says so."""
    at_s, priority = asked.at_s, asked.priority or PAIN
    on = [each for each in all_ if each.heard_s is not None and each.until_s is not None]
    sounding = [
        each
        for each in on
        if each.asked.at_s < at_s - EARLY_S and at_s < (each.until_s or 0) + AT_ONCE_S
    ]
    if not sounding:
        if _is_cut(priority, on, at_s):
            return f"{CUT} at once by what matters more"
        return "the session was over" if at_s > ends_s else ""
    now = sounding[-1]
    rules = {
        "the same was being said": now.asked.name == asked.name,
        "praise is said into silence": priority == PRAISE,
        "no count after a correction": priority == COUNT
        and (now.asked.priority or PAIN) <= CORRECTION,
        f"{CUT} at once by what matters more": _is_cut(priority, on, at_s),
        f"{CUT} by what matters more when its turn had come": _is_cut(
            priority, on, now.until_s or at_s
        ),
        **_while_waiting(asked, priority, all_, now.until_s or at_s),
    }
    return next((rule for rule, holds in rules.items() if holds), "")


def _is_cut(priority: int, heard: Sequence[Account], at_s: float) -> bool:
    """Say whether what matters more was heard so soon that the cue itself cannot be found."""
    return any(
        -EARLY_S <= (each.heard_s or 0) - at_s <= CUT_S and (each.asked.priority or PAIN) < priority
        for each in heard
    )


def _while_waiting(
    asked: Asked, priority: int, all_: Sequence[Account], free_s: float
) -> dict[str, bool]:
    """Return what could have ended its waiting until the voice was free."""
    others = [each.asked for each in all_ if each.asked is not asked]
    later = [each for each in others if asked.at_s <= each.at_s <= free_s + AT_ONCE_S]
    before = [each for each in others if asked.at_s - STALE_S[CORRECTION] <= each.at_s]
    before = [each for each in before if each.at_s <= asked.at_s]
    return {
        "stale": free_s - asked.at_s > STALE_S.get(priority, np.inf) - AT_ONCE_S,
        "one waits, and that mattered as much": any(
            each.priority is not None and each.priority <= priority for each in later
        ),
        "one waits already that matters more": any(
            each.priority is not None and each.priority < priority for each in before
        ),
    }
