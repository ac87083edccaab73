"""Short pieces of text that several parts of the report need: doses, sides, results, limits."""

from collections.abc import Sequence

from coreline.judging.events import Repetition, Rotation
from coreline.judging.faults import IN_LINE_SHARE
from coreline.programme.done import HoldSeconds, Score
from coreline.programme.spec import Exercise, HoldDose, RaisesDose
from coreline.report.accuracy import accuracy_of
from coreline.report.charts import BandLimits
from coreline.report.model import Analysis, Source
from coreline.report.numbers import attempts, countable, counted, seconds, set_score
from coreline.report.tables import Cell
from coreline.report.wording import UNKNOWN, Wording, capital

_NO_LIMIT_DEG = 180.0  # a side of the band beyond this has no limit


def side_name(side: str | None, exercise: Exercise, w: Wording) -> str:
    """Return the side that worked, or nothing where there is none."""
    if side is None:
        return ""
    match exercise.sides:
        case "each_leg":
            return w.word(f"side.{side}_leg")
        case "both_ways":
            return w.own(f"facing_{side}")
        case _:
            return w.word(f"side.{side}_side")


def dose(exercise: Exercise, w: Wording) -> str:
    """Return what the exercise's dose is."""
    match exercise.dose:
        case HoldDose(sets=sets, hold_s=hold_s):
            return w.own("prescribed_hold", sets=sets, hold_s=w.plain(hold_s))
        case RaisesDose(sets=sets, repetitions=n, hold_s=hold_s):
            return w.own("prescribed_raises", sets=sets, n=n, hold_s=w.plain(hold_s))
        case other:
            return w.own("prescribed_rolls", sets=other.sets, n=other.rotations)


def amount(exercise: Exercise) -> float:
    """Return what one set asks for: seconds, repetitions or rotations."""
    match exercise.dose:
        case HoldDose(hold_s=hold_s):
            return hold_s
        case RaisesDose(repetitions=n):
            return float(n)
        case other:
            return float(other.rotations)


def done_tile(analysis: Analysis, exercise: Exercise, w: Wording) -> tuple[str, str]:
    """Return what was done in a set and a line about it, by what the exercise counts."""
    if not attempts(analysis):
        return (w.own("done_nothing"), _nothing(analysis, w)) if exercise.judged else (UNKNOWN, "")
    if exercise.machine == "hold":
        return _held(analysis, w)
    tried = countable(analysis)
    what = "repetitions" if analysis.repetitions else "rotations"
    asked = w.plain(analysis.record.prescribed)
    value = w.own("done_repetitions", counted=counted(analysis), all=asked)
    return value, w.own(f"done_{what}_detail", refused=refused(tried))


def _nothing(analysis: Analysis, w: Wording) -> str:
    """Return what there was where nothing counts: attempts at a hold, or not even these."""
    n = len(analysis.holds)
    if not n:
        return w.own("done_nothing_detail")
    return w.number_of("tried_nothing_detail", n)


def refused(tried: Sequence[Repetition | Rotation]) -> int:
    """Return how many did not count."""
    return sum(not each.counted for each in tried)


def _held(analysis: Analysis, w: Wording) -> tuple[str, str]:
    """Return the seconds that are done; the three numbers apart where they differ."""
    held = seconds(analysis)
    if held.clock_s <= 0.0:
        return w.own("done_nothing"), _let_go(held, w)
    value = w.seconds(held.clock_s)
    if held.differ:
        return value, _three(held, w)
    if held.let_go > 1:
        longest = w.seconds(held.longest_s)
        return value, w.own("done_holds_detail", n=held.let_go, longest=longest)
    return value, w.own("done_hold_detail")


def _three(held: HoldSeconds, w: Wording) -> str:
    three = (held.position_s, held.clock_s, held.in_line_s)
    position, clock, in_line = map(w.seconds, three)
    return w.own("set_held_three", position=position, clock=clock, in_line=in_line)


def _let_go(held: HoldSeconds, w: Wording) -> str:
    """Return how a hold went of which nothing counts."""
    return w.number_of("set_let_go", held.let_go, longest=w.seconds(held.longest_s))


def result_line(analysis: Analysis, exercise: Exercise, w: Wording) -> str:
    """Return what a set came to, with its score, the score's error and how much was seen."""
    parts = [result(analysis, exercise, w)]
    if attempts(analysis) and exercise.judged:
        parts.append(_scored(analysis, w))
    if analysis.source.frames_read:
        parts.append(w.own("set_seen", share=w.share(analysis.source.found_share)))
    return " · ".join(part for part in parts if part)


def result(analysis: Analysis, exercise: Exercise, w: Wording) -> str:
    """Return what a set came to: the seconds of a hold, or how many counted, of those asked for."""
    asked = analysis.record.prescribed
    if analysis.held:
        held = seconds(analysis)
        if held.clock_s <= 0.0:
            return capital(_let_go(held, w))
        clock = w.plain(round(held.clock_s, 1))
        one = w.own("set_held_one", clock=clock, asked=w.plain(asked))
        return f"{one}: {_three(held, w)}" if held.differ else one
    if tried := countable(analysis):
        of = {"counted": counted(analysis), "asked": w.plain(asked)}
        return w.number_of("set_counted", refused(tried), **of)
    value, why = done_tile(analysis, exercise, w)
    return f"{value}: {why}" if why else value


def _scored(analysis: Analysis, w: Wording) -> str:
    """Return the score with its share and its error, or that there is none and why."""
    if analysis.rotations:
        return ""
    score = set_score(analysis)
    if score.value is None:
        return w.own("set_no_score", why=score_told(score, w)[1])
    told = w.own("set_score", score=score_short(score, w))
    accuracy = accuracy_of(analysis.record.exercise_id, [analysis.record])
    if accuracy is None:
        return f"{told} ({w.own('score_error_unknown')})"
    return f"{told} ({w.own('set_error', within=accuracy.within_deg)})"


def score_cell(analysis: Analysis, w: Wording) -> Cell:
    """Return a set's line score and its share, with the measured error under it, or why none."""
    score = set_score(analysis)
    if score.value is None:
        tried = analysis.held or analysis.repetitions
        return Cell(w.own("score_none"), score_told(score, w)[1] if tried else "")
    accuracy = accuracy_of(analysis.record.exercise_id, [analysis.record])
    error = w.own("set_error", within=accuracy.within_deg) if accuracy is not None else ""
    return Cell(score_short(score, w), error)


def score_told(score: Score, w: Wording) -> tuple[str, str]:
    """Return a score and its share of what was asked for, or that there is none and why."""
    if score.value is None:
        return w.own("score_none"), w.own(f"no_score_{score.withheld}")
    return w.own("score_value", n=w.score(score.value)), w.own(
        "score_over", share=w.share(score.share)
    )


def score_short(score: Score, w: Wording) -> str:
    """Return a score with its share as briefly as it can be, or the sign for none."""
    if score.value is None:
        return UNKNOWN
    return w.own("score_short", n=w.score(score.value), share=w.share(score.share))


def band_limits(exercise: Exercise) -> BandLimits | None:
    """Return the band of the body line, or None where the exercise is not judged."""
    if exercise.judging is None:
        return None
    band = exercise.judging.bands[0]
    return BandLimits(
        good_high_deg=band.good_low,
        good_low_deg=band.good_high,
        fault_high_deg=band.fault_low,
        fault_low_deg=band.fault_high,
        high_code=band.below,
        low_code=band.above,
    )


def good_band(limits: BandLimits, w: Wording) -> str:
    """Return the good band in words."""
    return both_ways(limits.good_high_deg, limits.good_low_deg, w)


def in_line_band(limits: BandLimits, w: Wording) -> str:
    """Return within what a second counts as in line, as it is judged."""
    return both_ways(*_in_line_limits_deg(limits), w)


def is_in_line(bend_deg: float, limits: BandLimits) -> bool:
    """Say whether a second with such a line counts as in line."""
    high_deg, low_deg = _in_line_limits_deg(limits)
    return high_deg <= bend_deg <= low_deg


def _in_line_limits_deg(limits: BandLimits) -> tuple[float, float]:
    return (
        _in_line_deg(limits.good_high_deg, limits.fault_high_deg),
        _in_line_deg(limits.good_low_deg, limits.fault_low_deg),
    )


def _in_line_deg(good_deg: float, fault_deg: float) -> float:
    if abs(fault_deg) >= _NO_LIMIT_DEG:
        return good_deg
    return good_deg + IN_LINE_SHARE * (fault_deg - good_deg)


def both_ways(high_deg: float, low_deg: float, w: Wording) -> str:
    """Return two limits as one number where they are alike, each with its side otherwise."""
    if high_deg == -low_deg:
        return f"{w.plain(low_deg)}°"
    known = [each for each in (high_deg, low_deg) if abs(each) < _NO_LIMIT_DEG]
    return " / ".join(w.bend(each) for each in known)


def without_score(analysis: Analysis, w: Wording) -> list[str]:
    """Return the names of the parts whose score is withheld."""
    holds = enumerate(analysis.holds, start=1)
    parts = [
        f"{w.word('word.hold')} {n}"
        for n, hold in holds
        if hold.line_score is None and not hold.reasons
    ]
    numbers = [str(each.number) for each in analysis.repetitions if each.line_score is None]
    word = "repetition" if len(numbers) == 1 else "repetitions"
    return parts + ([f"{w.word(f'word.{word}')} {w.listed(numbers)}"] if numbers else [])


def shortfall(source: Source, w: Wording) -> str:
    """Say that the recording could not be read to its end, or nothing."""
    if source.frames_expected is None or source.frames_read >= source.frames_expected:
        return ""
    return w.own("frames_short", read=source.frames_read, expected=source.frames_expected)
