"""How much it hurt, compared like with like; and on which days it hurt too much to train.

Before and after a session are two questions: the body is warm after one, or strained by it. So two
answers are set against one another either within a day, before and after, or from day to day,
before and before. Nothing ever sets one day's "before" against another day's "after".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from coreline.programme.diary import Diary, is_overall
from coreline.programme.life import PainMoment, PainNoted
from coreline.programme.spec import PainRules


@dataclass(frozen=True, slots=True)
class PainOfDay:
    """The first answer before, the worst during and the last after; None where there was none."""

    before: int | None
    during: int | None
    after: int | None


NO_PAIN_NOTED = PainOfDay(None, None, None)


@dataclass(frozen=True, slots=True)
class PainOverDays:
    """The answers before training on the first day and on the last day that have one."""

    first: PainNoted
    last: PainNoted


def pain_of_day(answers: Sequence[PainNoted]) -> PainOfDay:
    """Return what was felt on a day, from its answers in order of time."""
    before, after = (_asked(answers, each) for each in (PainMoment.BEFORE, PainMoment.AFTER))
    during = [each.score for each in answers if not is_overall(each)]
    return PainOfDay(
        before[0].score if before else None,
        max(during, default=None),
        after[-1].score if after else None,
    )


def pain_over_days(answers: Iterable[PainNoted]) -> PainOverDays | None:
    """Return the answers before training of two days, from answers in order of time.

    None where there are not two days with one.
    """
    firsts: dict[date, PainNoted] = {}
    for each in answers:
        if each.moment is PainMoment.BEFORE:
            firsts.setdefault(each.day, each)
    days = sorted(firsts)
    return PainOverDays(firsts[days[0]], firsts[days[-1]]) if len(days) > 1 else None


def hurt_on(diary: Diary, day: date, rules: PainRules) -> bool:
    """Say whether so much pain was noted on a day that something is to be skipped, or was."""
    scores = [each.score for each in diary.pains_on(day)]
    left_out = any(each.for_pain for each in diary.skips_on(day))
    return left_out or max(scores, default=0) >= rules.hurts_badly_from


def _asked(answers: Sequence[PainNoted], moment: PainMoment) -> list[PainNoted]:
    return [each for each in answers if each.moment is moment]
