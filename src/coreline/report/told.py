"""The first line of a report and of each exercise in it: asked, achieved, why not."""

from collections.abc import Iterable, Iterator, Sequence

from coreline.programme.done import HoldSeconds, whole_amount
from coreline.programme.spec import Exercise, HoldDose
from coreline.report.asked import SideWork, work_of
from coreline.report.model import Analysis, found_share_of
from coreline.report.numbers import refusals
from coreline.report.phrases import side_name
from coreline.report.wording import Wording, capital

_MOST_NAMED = 3  # exercises that were not done in full; more are counted
_UNSEEN = 0.15  # of the time; less keeps nobody from anything: a guess


def exercise_line(
    works: Sequence[SideWork], analyses: Sequence[Analysis], w: Wording, *, recording: bool = False
) -> str:
    """Return what was asked of one exercise, what was achieved, and why it was not all of it.

    Args:
        works: its sides.
        analyses: its sets.
        w: the words.
        recording: it is of a recording by itself, for which nobody asked more than a set.
    """
    if not work_of(works).sets_asked:
        return ""
    parts = [_asked(works, w, recording=recording)]
    if work_of(works).is_whole:
        return _sentence([*parts, w.own("told_all"), *_seen(analyses, w)])
    several = len(works) > 1
    told = [list(_achieved(each, analyses, w)) for each in works]
    if several and all(each == told[0] for each in told):
        told, several = told[:1], False
    for each, said in zip(works, told, strict=False):
        side = side_name(each.side, each.exercise, w)
        if several and said:
            said[0] = w.own("told_of_side", side=side, what=said[0])
        parts += said
    return _sentence([*parts, *_seen(analyses, w)])


def session_line(works: Sequence[SideWork], w: Wording) -> str:
    """Return what was asked of a session, what was achieved, and of what it was not all and why."""
    work = work_of(works)
    if not work.sets_asked:
        return ""
    parts = [w.number_of("told_asked_sets", work.sets_asked)]
    if work.is_whole:
        return _sentence([*parts, w.own("told_all")])
    parts.append(w.own("told_sets", done=work.sets_whole, share=w.share(work.share or 0.0)))
    parts += _open(works, w)
    return _sentence(parts)


def _sentence(parts: Iterable[str]) -> str:
    return f"{capital('; '.join(filter(None, parts)))}."


# What was asked for


def _asked(works: Sequence[SideWork], w: Wording, *, recording: bool) -> str:
    """Return the dose that was asked for: so many sets of so much."""
    doses = [_dose(each, w) for each in works]
    if recording:
        return w.own("told_set_asked", dose=_amount(works[0].asked_of_one, works[0].exercise, w))
    if len(works) == 1:
        return w.own("told_asked", dose=doses[0])
    if len(set(doses)) == 1:
        return w.own("told_asked_sides", dose=doses[0])
    named = [
        w.own("told_of_side", side=side_name(each.side, each.exercise, w), what=dose)
        for each, dose in zip(works, doses, strict=True)
    ]
    return w.own("told_asked", dose=", ".join(named))


def _dose(work: SideWork, w: Wording) -> str:
    one = _amount(work.asked_of_one, work.exercise, w)
    return w.own("told_dose", sets=work.work.sets_asked, one=one)


def _amount(amount: float, exercise: Exercise, w: Wording) -> str:
    """Return an amount with what it is of: `30 s`, `30 repetitions`, `10 rotations`."""
    if isinstance(exercise.dose, HoldDose):
        return w.own("told_hold", n=w.plain(amount))
    return w.number_of(f"told_{exercise.machine}", round(amount))


# What was achieved, and why not all of it


def _achieved(work: SideWork, analyses: Sequence[Analysis], w: Wording) -> Iterator[str]:
    """Yield what was done of one exercise on one side, and what kept it from being all."""
    if work.work.is_whole:
        yield w.own("told_all")
        return
    if work.work.sets_whole:
        yield w.own("told_sets_whole", n=work.work.sets_whole, all=work.work.sets_asked)
    if work.amount > 0.0:
        done = whole_amount(work.amount, work.asked)
        yield w.own(f"told_of_{work.exercise.machine}", n=done, all=w.plain(work.asked))
    if work.held is not None and not work.work.sets_whole:
        yield from _held(work.held, w)
    yield from _why_not(work, _of_side(work, analyses), w)


def _of_side(work: SideWork, analyses: Sequence[Analysis]) -> list[Analysis]:
    return [each for each in analyses if work.side is None or each.record.side in (None, work.side)]


def _held(held: HoldSeconds, w: Wording) -> Iterator[str]:
    """Yield how a hold went that never became whole; once, somebody stopped."""
    if held.let_go > 1:
        yield w.own("told_longest", longest=w.seconds(held.longest_s))
        yield w.own("told_let_go", n=held.let_go)


def _why_not(work: SideWork, analyses: Sequence[Analysis], w: Wording) -> Iterator[str]:
    refused = work.refused + (work.held.refused if work.held is not None else 0)
    if refused:
        code, _ = refusals(analyses)[0]
        yield w.number_of("told_refused", refused, why=w.code("reason", code))
    if work.for_pain:
        yield _for_pain(work, w)
    elif work.by_choice:
        yield w.own("told_by_choice")
    elif work.untried == work.work.sets_asked:
        yield _not_begun(work, w)
    elif work.untried:
        key = "told_passed" if work.passed == work.untried else "told_untried"
        yield w.number_of(key, work.untried)


def _for_pain(work: SideWork, w: Wording) -> str:
    """Return that it hurt, and how much where that was noted."""
    if work.hurt is None:
        return w.own("told_for_pain")
    return w.own("told_for_pain_of", score=work.hurt)


def _not_begun(work: SideWork, w: Wording) -> str:
    """Return that nothing was tried: it was passed over, or nobody came to it."""
    return w.own("told_passed_over" if work.passed else "told_not_begun")


def _seen(analyses: Sequence[Analysis], w: Wording) -> Iterator[str]:
    """Yield what makes all of it less sure: nobody in sight, or somebody else."""
    if unseen := _unseen_share(analyses):
        yield w.own("told_unseen", share=w.share(unseen))
    if any((each.record.view.persons or 0) > 1 for each in analyses if each.record.view):
        yield w.own("told_persons")


def _unseen_share(analyses: Sequence[Analysis]) -> float:
    """Return the share of the time in which nobody was found, where that is worth saying."""
    found_share = found_share_of([each.source for each in analyses])
    if found_share is None:
        return 0.0
    unseen = 1.0 - found_share
    return unseen if unseen >= _UNSEEN else 0.0


def _open(works: Sequence[SideWork], w: Wording) -> Iterator[str]:
    """Yield which exercises were not done in full, the first of them by name, each with why."""
    short = [each for each in works if each.work.sets_asked and not each.work.is_whole]
    for each in short[:_MOST_NAMED]:
        side = side_name(each.side, each.exercise, w)
        name = each.exercise.name.in_(w.language)
        why = _briefly(each, w)
        yield w.own("told_open", name=f"{name} ({side})" if side else name, why=why)
    more = len(short) - _MOST_NAMED
    if more > 0:
        yield w.number_of("told_open_more", more)


def _briefly(work: SideWork, w: Wording) -> str:
    """Return in a few words why an exercise was not done in full."""
    if work.for_pain:
        return _for_pain(work, w)
    if work.by_choice:
        return w.own("told_by_choice")
    if work.untried == work.work.sets_asked:
        return _not_begun(work, w)
    if work.held is not None and work.held.let_go > work.work.sets_asked:
        longest = w.own("told_longest", longest=w.seconds(work.held.longest_s))
        return f"{longest}, {w.own('told_let_go', n=work.held.let_go)}"
    return w.own("told_share", share=w.share(work.work.share or 0.0))
