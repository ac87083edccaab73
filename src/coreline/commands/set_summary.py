"""What a set came to, in a few plain lines for the terminal."""

from collections.abc import Iterator, Sequence

from coreline.coaching.words import words_of
from coreline.commands.wording import words_in
from coreline.data_files import load_words
from coreline.judging.events import Hold, Repetition, Rotation
from coreline.programme.done import percent_of
from coreline.programme.language import Language
from coreline.programme.spec import Exercise
from coreline.programme.texts import TextsIn
from coreline.report.model import Analysis
from coreline.report.numbers import attempts, is_unsure, set_score
from coreline.report.seen import confidence_of, hindrances_of, view_sentences
from coreline.report.waited import tries_sentence, waiting_sentence
from coreline.report.wording import Wording


def summary_lines(analysis: Analysis, exercise: Exercise, language: Language = "en") -> list[str]:
    """Return what a set came to, in a few plain lines."""
    source, exercise_id = analysis.source, analysis.record.exercise_id
    w = Wording(load_words().with_more(words_of([exercise])), language)
    say = words_in(language)
    share = f"{source.found_share:.0%}"
    head = say("analyze.seen", exercise=exercise_id, file=source.file, share=share)
    parts = [*_done_lines(analysis, w, say), *_waited_lines(analysis, exercise, w, say)]
    score = set_score(analysis)
    if score.value is not None:
        of = percent_of(score.share)
        parts.append(say("analyze.score", n=f"{score.value:.0f}", share=of))
    parts += _sureness_lines(analysis, exercise, w, say)
    return [head, *(f"  {part}" for part in parts)]


def _done_lines(analysis: Analysis, w: Wording, say: TextsIn) -> Iterator[str]:
    """Yield what was held, tried and counted, and the faults."""
    # What was tried is told with what was missed.
    tried_s = {each.start_s for each in analysis.record.tries}
    for hold in analysis.holds:
        if not hold.reasons or hold.start_s not in tried_s:
            yield _hold_line(hold, w, say)
    for each in analysis.repetitions:
        held = w.number(each.hold_s)
        verdict = _verdict(each, w, say)
        yield say("analyze.repetition", n=each.number, held=held, verdict=verdict)
    for turn in analysis.rotations:
        verdict = _verdict(turn, w, say)
        yield say("analyze.rotation", at=w.number(turn.start_s), verdict=verdict)
    for fault in analysis.faults:
        name = w.word(f"fault.{fault.code}.name")
        span = w.number(fault.start_s), w.number(fault.end_s)
        yield say("analyze.fault", name=name, first=span[0], last=span[1])


def _hold_line(hold: Hold, w: Wording, say: TextsIn) -> str:
    at, whole = w.number(hold.start_s), w.number(hold.end_s - hold.start_s)
    if hold.reasons:
        return say("analyze.no_hold", at=at, whole=whole, why=_reasons(hold.reasons, w))
    return say("analyze.hold", at=at, whole=whole, in_line=w.number(hold.in_line_s))


def _verdict(attempt: Repetition | Rotation, w: Wording, say: TextsIn) -> str:
    if attempt.counted:
        return say("analyze.counted")
    return say("analyze.refused", why=_reasons(attempt.reasons, w))


def _reasons(reasons: Sequence[str], w: Wording) -> str:
    return ", ".join(w.word(f"reason.{each}.name") for each in reasons)


def _waited_lines(
    analysis: Analysis, exercise: Exercise, w: Wording, say: TextsIn
) -> Iterator[str]:
    """Yield what was tried and waited for where little counted, or that nothing did."""
    waited = waiting_sentence(analysis, exercise, w)
    if not waited and not attempts(analysis):
        waited = say("analyze.no_hold_came" if analysis.holds else "analyze.never_held")
    yield from filter(None, (tries_sentence(analysis, exercise, w), waited))


def _sureness_lines(
    analysis: Analysis, exercise: Exercise, w: Wording, say: TextsIn
) -> Iterator[str]:
    """Yield how sure the person's own line is, and what hindered from seeing it."""
    record = analysis.record
    if record.neutral_deg is not None and record.neutral_sd_deg is not None:
        sd = w.number(record.neutral_sd_deg)
        key = "own_line_unsure" if is_unsure(analysis) else "own_line"
        yield say(f"analyze.{key}", line=w.number(record.neutral_deg), sd=sd)
    yield from view_sentences([analysis], w)
    if hindrances_of([analysis]):
        word = w.word(f"confidence.{confidence_of(exercise, [analysis])}")
        yield w.own("confidence_seen", word=word)
