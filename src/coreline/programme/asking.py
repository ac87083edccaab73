"""The question whether to go on to another level, with what speaks for it and against.

No level changes unless somebody says so. The question comes when the handout's weeks for a level
are over, when somebody who moves by readiness is ready, and after an absence; its answers are
written down, also that of staying, so that it does not come again until there is a new reason. Who
shows it asks once a day (`Life.asked`). With marked pain, or while the advice to contact the sports
physician stands, nobody is asked to go on: then the rules of pain have the word.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from coreline.programme.day import LevelQuestion, Offer, OfferKind, Speaks
from coreline.programme.level import WEEK, level_before, weeks_of
from coreline.programme.life import LevelAsked, LevelChosen
from coreline.programme.offers import (
    DayContext,
    days_away,
    days_between,
    done_share,
    pain_allows,
)
from coreline.programme.sayings import Saying, say

_ABSENT = "why.absent"
_ALL_OF_IT = 100


def question_on(today: DayContext, offers: Sequence[Offer]) -> LevelQuestion | None:
    """Return what a day asks about the level, or None.

    Args:
        today: the day, one of training.
        offers: what may be chosen on it.
    """
    absent = [each for each in offers if each.why.code == _ABSENT]
    again = [each for each in absent if each.kind is OfferKind.EARLIER_LEVEL]
    start = [each for each in absent if each.kind is OfferKind.START]
    if again or (start and not _answered_since_training(today)):
        asks = say("question.absent", days=days_away(today))
        facts = tuple(_facts(today, _weeks_before_absence(today)))
        return LevelQuestion(
            _asked(today, after_absence=True), asks, facts, (*again, _stay(today), *start)
        )
    on = [each for each in offers if each.kind is OfferKind.NEXT_LEVEL]
    if not on:
        return None
    since = max(today.at.since, today.day - timedelta(weeks=weeks_of(today.at.level)))
    facts = tuple(_facts(today, (since, today.day)))
    return LevelQuestion(
        _asked(today, after_absence=False), on[0].why, facts, (*on, _stay(today), *_back(today))
    )


def _answered_since_training(today: DayContext) -> bool:
    """Say whether a level was chosen since the last day of training."""
    trained = today.diary.trained_before(today.day)
    return today.at.chosen and (not trained or today.at.since > trained[-1])


def with_question(question: LevelQuestion | None, offers: Sequence[Offer]) -> tuple[Offer, ...]:
    """Return what may be chosen: a rest, then the answers to a question, then all else."""
    if question is None:
        return tuple(offers)
    rest = [each for each in offers if each.kind is OfferKind.REST]
    others = [each for each in offers if each not in rest and each not in question.offers]
    return (*rest, *question.offers, *others)


def _asked(today: DayContext, *, after_absence: bool) -> LevelAsked:
    return LevelAsked(today.day, today.at.level.id, after_absence)


def _stay(today: DayContext) -> Offer:
    level = today.at.level
    what, why = say("offer.same_level", level=level.id), say("why.asked_later")
    return Offer(OfferKind.SAME_LEVEL, what, why, LevelChosen(today.day, level.id))


def _back(today: DayContext) -> Iterator[Offer]:
    before = level_before(today.programme, today.at.level)
    if before is not None:
        what, why = say("offer.back", level=before.id), say("why.may_go_back")
        yield Offer(OfferKind.EARLIER_LEVEL, what, why, LevelChosen(today.day, before.id))


def _weeks_before_absence(today: DayContext) -> tuple[date, date]:
    """Return the days before an absence that are looked at, the end not among them."""
    trained = today.diary.trained_before(today.day)
    end = trained[-1] + timedelta(days=1) if trained else today.day
    first = end - timedelta(days=weeks_of(today.at.level) * WEEK)
    return max(first, today.diary.profile.start), end


# What speaks for it and against


def _facts(today: DayContext, days: tuple[date, date]) -> Iterator[tuple[Speaks, Saying]]:
    """Yield what is known of some days, of which the last one is not looked at."""
    yield _done(today, *days)
    yield _line(today, *days)
    yield _pain(today)


def _done(today: DayContext, first: date, end: date) -> tuple[Speaks, Saying]:
    days = [day for day in days_between(first, end) if not today.is_free(day)]
    share, moving = done_share(today, days), today.programme.moving
    speaks = Speaks.FOR if share >= moving.done_from else Speaks.NEITHER
    if share < moving.stay_below:
        speaks = Speaks.AGAINST
    return speaks, say("question.done", share=int(share * _ALL_OF_IT), since=first)


def _line(today: DayContext, first: date, end: date) -> tuple[Speaks, Saying]:
    moving, diary = today.programme.moving, today.diary
    sets = [each for day in days_between(first, end) for each in diary.sets_on(day)]
    scores = [each.line_score for each in sets if each.line_score is not None]
    if not scores or len(scores) < moving.scored_from * len(sets):
        return Speaks.NEITHER, say("question.line_unseen")
    score = sum(scores) / len(scores)
    speaks = Speaks.FOR if score >= moving.line_score_from else Speaks.AGAINST
    return speaks, say("question.line", score=round(score), sets=len(scores))


def _pain(today: DayContext) -> tuple[Speaks, Saying]:
    days = today.programme.moving.recent_days
    first = today.day - timedelta(days=days)
    scores = [each.score for each in today.diary.pains_until(today.day) if each.day >= first]
    if not scores:
        return Speaks.NEITHER, say("question.pain_unknown", days=days)
    allowed = pain_allows(today, first, today.day)
    said = say("question.pain", score=max(scores), days=days)
    return (Speaks.FOR if allowed else Speaks.AGAINST), said
