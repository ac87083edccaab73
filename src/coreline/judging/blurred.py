"""What is left of a fact whose picture was blurred.

Joints are found in a blurred picture too, but less exactly. Measured on sixteen exercises blurred
by 3 px (`benchmarks/pictures.py`): nothing was counted that was none, but two of sixteen sets lost
repetitions and half of the reasons were none. So what counts counts, and of what does not it is
only said that the picture was blurred.
"""

from collections.abc import Iterable
from dataclasses import replace

from coreline.judging.events import BLURRED, NOT_SEEN, Fact, RepetitionEnded, RotationEnded


def as_seen_blurred(facts: Iterable[Fact]) -> list[Fact]:
    """Return the facts, a repetition or turn that was refused without what it was refused for."""
    return [_as_seen_blurred(fact) for fact in facts]


def _as_seen_blurred(fact: Fact) -> Fact:
    match fact:
        case RepetitionEnded(repetition=each) if _is_refused(each.reasons):
            return replace(fact, repetition=replace(each, reasons=(BLURRED,)))
        case RotationEnded(rotation=turn) if _is_refused(turn.reasons):
            return replace(fact, rotation=replace(turn, reasons=(BLURRED,)))
        case _:
            return fact


def _is_refused(reasons: tuple[str, ...]) -> bool:
    """Say whether something is refused for what it was, and not for being out of sight."""
    return bool(reasons) and NOT_SEEN not in reasons
