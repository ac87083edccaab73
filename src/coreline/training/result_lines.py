"""What the terminal says of a result: a repetition, a turn or a hold, and why one did not count."""

from coreline.judging.events import (
    Fact,
    HoldEnded,
    Repetition,
    RepetitionEnded,
    Rotation,
    RotationEnded,
)
from coreline.screen.texts import Texts


def line_of(fact: Fact, texts: Texts) -> str:
    """Return what the terminal says of a fact; nothing of those that are no result."""
    match fact:
        case RepetitionEnded(repetition=attempt):
            what = f"{texts.word('word.repetition')} {attempt.number}"
            return _attempt(texts, what, attempt)
        case RotationEnded(rotation=attempt):
            return _attempt(texts, texts.word("word.rotation"), attempt)
        case HoldEnded(hold=hold) if hold.reasons:
            reasons = ", ".join(texts.word(f"reason.{reason}.name") for reason in hold.reasons)
            return f"{texts.word('word.attempt')}: {texts.word('word.refused')} ({reasons})"
        case HoldEnded(hold=hold):
            return f"{texts.word('word.held')} {hold.end_s - hold.start_s:.1f} s"
        case _:
            return ""


def _attempt(texts: Texts, what: str, attempt: Repetition | Rotation) -> str:
    """Return whether a repetition or a turn counted, and why not."""
    if attempt.counted:
        return f"{what}: {texts.word('word.counted')}"
    reasons = ", ".join(texts.word(f"reason.{reason}.name") for reason in attempt.reasons)
    return f"{what}: {texts.word('word.refused')} ({reasons})"
