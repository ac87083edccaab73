"""What came to nothing, and what was waited for, in plain sentences."""

from collections.abc import Iterable
from typing import Final

from coreline.body.points import SUPPORTED
from coreline.judging.events import TOO_FEW_PICTURES
from coreline.judging.ready import Try, Unmet
from coreline.programme.spec import Exercise
from coreline.report.model import Analysis
from coreline.report.numbers import attempts, length_s
from coreline.report.wording import Wording, own_texts
from coreline.session.picture_rate import ASKED_FPS

_DEGREES: Final = frozenset({"bend", "angle", "slope", "fall", "between", *SUPPORTED})
_LENGTHS: Final = frozenset({"height", "over", "along", "distance"})
_MOSTLY = 0.5  # of a set, or of the time waited: worth saying
_LEAST_SHARE = 0.1  # of the time waited; what was missing for less did not keep anybody from it
_MOST_UNMET = 2
_MOST_TRIES = 6  # more in one sentence are not read
_LEAST_S = 1.0


def waiting_sentence(analysis: Analysis, exercise: Exercise, w: Wording) -> str:
    """Return what was waited for in a set in which nothing, or little, counted; else nothing."""
    record = analysis.record
    nothing = not attempts(analysis)
    unjudged_s = sum(length_s(f) for f in analysis.faults if f.code == TOO_FEW_PICTURES)
    if unjudged_s > 0.0:
        return w.own("too_few_pictures", asked=f"{ASKED_FPS:.0f}", time=w.seconds(unjudged_s))
    if record.waited_s < _LEAST_S:
        return ""
    if not nothing and record.waited_s < _MOSTLY * analysis.source.duration_s:
        return ""
    what = "; ".join(_missing(analysis, exercise, w))
    if nothing:
        return w.own("never_held", what=what)
    return w.own("mostly_waited", waited=w.seconds(record.waited_s), what=what)


def tries_sentence(analysis: Analysis, exercise: Exercise, w: Wording) -> str:
    """Return every entry into the position that came to nothing, and why; nothing without any."""
    told = [
        w.own("try_at", time=w.clock(each.start_s, 0), why=try_reason(each, exercise, w))
        for each in analysis.record.tries[:_MOST_TRIES]
    ]
    if not told:
        return ""
    more = len(analysis.record.tries) - len(told)
    listed = "; ".join(told)
    if more:
        listed = w.own("and_more", shown=listed, n=more)
    return w.own("tries", listed=listed)


def try_reason(each: Try, exercise: Exercise, w: Wording) -> str:
    """Return why an entry came to nothing, with the reading that was missed."""
    reason = w.code("reason", each.reason)
    if each.measure is None or each.seen is None or each.asked is None:
        return reason
    return f"{reason} ({_reading(each.measure, each.seen, each.asked, exercise, w)})"


def measure_name(measure: str, w: Wording) -> str:
    """Return a reading in plain words; one of somebody's own exercise by its name."""
    key = f"measure_{measure}"
    return w.own(key) if key in own_texts() else measure


def _missing(analysis: Analysis, exercise: Exercise, w: Wording) -> Iterable[str]:
    """Yield what kept from it, what did so for longest first."""
    record = analysis.record
    if record.waited_unseen_s >= _MOSTLY * record.waited_s:
        yield w.own("waited_unseen", share=w.share(record.waited_unseen_s / record.waited_s))
    known = [each for each in record.unmet if each.share >= _LEAST_SHARE][:_MOST_UNMET]
    for each in known:
        yield _unmet(each, exercise, w)
    if not known and record.waited_unseen_s < _MOSTLY * record.waited_s:
        yield w.own("waited_unsteady")


def _unmet(each: Unmet, exercise: Exercise, w: Wording) -> str:
    reading = _reading(each.measure, each.seen, each.asked, exercise, w)
    return w.own("waited_share", reading=reading, share=w.share(each.share))


def _reading(measure: str, seen: float, asked: float, exercise: Exercise, w: Wording) -> str:
    """Return what was read at best, and what is asked."""
    key = "reading_least" if seen < asked else "reading_most"
    kind = _kind_of(measure, exercise)
    limit = w.plain(asked)
    shown = next((each for each in _shown(seen, w) if each != w.number(asked)), w.number(seen))
    if kind in _DEGREES:
        shown, limit = f"{shown}°", f"{limit}°"
    elif kind in _LENGTHS:
        shown, limit = w.own("of_body", n=shown), w.own("percent", n=limit)
    return w.own(key, name=measure_name(measure, w), seen=shown, asked=limit)


def _shown(value: float, w: Wording) -> Iterable[str]:
    """Yield a value with as few decimals as will do, for one that only just missed its limit."""
    return (w.number(value, decimals) for decimals in (1, 2, 3))


def _kind_of(measure: str, exercise: Exercise) -> str:
    """Return what kind of reading it is; nothing where the exercise no longer has it."""
    measures = {} if exercise.judging is None else exercise.judging.measures
    return measures[measure].kind if measure in measures else ""
