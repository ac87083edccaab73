"""An exercise of the report, side by side and set by set: numbers become words and pictures."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from coreline.judging.events import Fault, Repetition
from coreline.judging.moments import Moment
from coreline.programme.catalogue import Catalogue
from coreline.programme.own import GoneExercise
from coreline.programme.spec import Exercise, RaisesDose
from coreline.report.accuracy import accuracy_of
from coreline.report.against import against_of
from coreline.report.asked import as_asked, is_recording, of_exercise, side_works, work_of
from coreline.report.bars import repetitions_chart
from coreline.report.charts import BandLimits, BendChart, bend_chart
from coreline.report.figures import StickFigure, figure_of
from coreline.report.form import form_of, forms_of
from coreline.report.form_words import tiring_lines
from coreline.report.mending import LetGo, trouble_of
from coreline.report.model import Analysis, SessionReport
from coreline.report.numbers import attempts, countable, is_unsure, refusals
from coreline.report.parts import (
    DescribedChart,
    Detail,
    Drawing,
    ExercisePart,
    Improvement,
    SetPart,
    SidePart,
)
from coreline.report.phrases import (
    band_limits,
    both_ways,
    dose,
    good_band,
    is_in_line,
    result_line,
    shortfall,
    side_name,
    without_score,
)
from coreline.report.seen import confidence_of, done_on, hindrances_of, lay, view_sentences
from coreline.report.settled import settled
from coreline.report.stills import stills_of
from coreline.report.tables import (
    SHORT,
    cue_table,
    fault_table,
    hold_table,
    repetition_table,
    rotation_table,
    short_table,
)
from coreline.report.told import exercise_line
from coreline.report.waited import tries_sentence, waiting_sentence
from coreline.report.wording import Wording, capital


def exercise_part(
    anchor: str,
    group: tuple[str, Sequence[Sequence[Analysis]]],
    report: SessionReport,
    catalogue: Catalogue,
    w: Wording,
    detail: Detail,
) -> ExercisePart:
    """Return everything about one exercise.

    Args:
        anchor: what links to it are made from.
        group: the exercise, and its sets by side.
        report: which they are a part of.
        catalogue: where it is described.
        w: the words.
        detail: how much of each set is told.
    """
    exercise_id, sides = group
    exercise = catalogue.get(exercise_id)
    sets = [analysis for side in sides for analysis in side]
    parts = tuple(
        _side_part(f"{anchor}-{place}", exercise, side, w, detail)
        for place, side in enumerate(sides, start=1)
    )
    works = of_exercise(side_works(report, catalogue), exercise_id)
    day = report.day or date.min
    return ExercisePart(
        anchor=anchor,
        title=exercise.name.in_(w.language),
        subtitle=_subtitle(as_asked(exercise, report.planned), sets, w),
        line=exercise_line(works, sets, w, recording=is_recording(report)),
        improvement=improvement_of(sets, catalogue, w, whole=work_of(works).is_whole),
        against=against_of(exercise, sets, w),
        sides=parts,
        sureness=tuple(_sureness(exercise, sets, w)),
        tiring=tiring_lines(forms_of(form_of(each, day) for each in sets), exercise, w),
    )


def _subtitle(exercise: Exercise, sets: Sequence[Analysis], w: Wording) -> str:
    """Return the dose, how sure the judgement is, and its measured error."""
    if isinstance(exercise, GoneExercise):
        return w.own("exercise_gone")
    parts = [dose(exercise, w)]
    accuracy = accuracy_of(exercise.id, (each.record for each in sets))
    if exercise.judged:
        parts.append(w.word(f"confidence.{confidence_of(exercise, sets)}"))
    if exercise.judged and accuracy is not None:
        parts.append(w.own("score_error", within=accuracy.within_deg))
    return " · ".join(parts)


def improvement_of(
    analyses: Sequence[Analysis], catalogue: Catalogue, w: Wording, *, whole: bool
) -> Improvement:
    """Return the one thing to improve next: what went wrong most often, and where.

    Praise is for the `whole` of what was asked alone.
    """
    trouble = trouble_of(analyses)
    if trouble is None:
        fine = w.word("sentence.nothing_to_improve") if whole else w.own("no_fault_in_part")
        return Improvement(fine if any(map(attempts, analyses)) else "", "")
    exercise = catalogue.get(trouble.exercise)
    if isinstance(trouble, LetGo):
        return _let_go(trouble, exercise, analyses, w)
    name = w.code(trouble.table, trouble.code)
    parts = [w.number_of("improve_times", trouble.times, name=name)]
    if len({each.record.exercise_id for each in analyses}) > 1:
        parts.append(w.own("improve_exercise", name=exercise.name.in_(w.language)))
    if trouble.side is not None:
        sides = {each.record.side for each in analyses if each.record.exercise_id == exercise.id}
        key = "improve_side" if trouble.mostly else "improve_on_side"
        key = key if len(sides) > 1 else "improve_one_side"
        parts.append(w.own(key, side=side_name(trouble.side, exercise, w)))
    if trouble.late:
        parts.append(w.own("improve_late"))
    because = f"{capital(', '.join(parts))}."
    stills = stills_of(trouble, exercise, analyses, w)
    return Improvement(w.correction(trouble.table, trouble.code), because, stills)


def _let_go(
    trouble: LetGo, exercise: Exercise, analyses: Sequence[Analysis], w: Wording
) -> Improvement:
    """Return that a hold is to be held: no correction of a fault helps somebody who lets go."""
    longest = w.seconds(trouble.held.longest_s)
    parts = [w.own("mend_let_go_because", n=trouble.held.let_go, longest=longest)]
    if len({each.record.exercise_id for each in analyses}) > 1:
        parts.append(w.own("improve_in", name=exercise.name.in_(w.language)))
    if trouble.side is not None:
        parts.append(side_name(trouble.side, exercise, w))
    return Improvement(w.own("mend_let_go"), f"{capital(', '.join(parts))}.")


def _side_part(
    anchor: str, exercise: Exercise, sets: Sequence[Analysis], w: Wording, detail: Detail
) -> SidePart:
    parts = [
        _set_part(f"{anchor}-{place}", exercise, analysis, w, detail)
        for place, analysis in enumerate(sets, start=1)
    ]
    parts[1:] = [_without_keys(part) for part in parts[1:]]
    return SidePart(
        title=capital(side_name(sets[0].record.side, exercise, w)),
        notes=(*lay(exercise, sets[0], w), *done_on(exercise, sets, w)),
        drawings=drawings_of(sets, exercise, w),
        sets=tuple(parts),
        cues=cue_table([cue_id for each in sets for _, cue_id in each.record.cues], w),
    )


# Moments


def drawings_of(
    analyses: Sequence[Analysis], exercise: Exercise, w: Wording
) -> tuple[Drawing, ...]:
    """Return the best and the worst moment of some sets of one exercise, where there is one.

    A moment that counts as in line is no worst one.
    """
    bests = [(each.record.best, each) for each in analyses if each.record.best is not None]
    worsts = [(each.record.worst, each) for each in analyses if each.record.worst is not None]
    drawings = []
    if bests:
        best, analysis = min(bests, key=lambda pair: abs(pair[0].bend_deg))
        caption = _caption("best", best, analysis, exercise, w)
        figure = figure_of(best, analysis.record.near_side)
        drawings.append(_drawing("best", caption, figure, best, w))
    if beyond := [pair for pair in worsts if not _is_in_line(pair[0], exercise)]:
        worst, analysis = max(beyond, key=lambda pair: abs(pair[0].bend_deg))
        figure = figure_of(worst, analysis.record.near_side, analysis.record.best)
        caption = _caption("worst", worst, analysis, exercise, w)
        drawing = _drawing("worst", caption, figure, worst, w)
        drawings.append(replace(drawing, own=analysis.record.best))
    return tuple(drawings)


def _is_in_line(moment: Moment, exercise: Exercise) -> bool:
    limits = band_limits(exercise)
    return limits is not None and is_in_line(moment.bend_deg, limits)


def _drawing(kind: str, caption: str, figure: StickFigure, moment: Moment, w: Wording) -> Drawing:
    description, dashed = w.own("moment_desc"), w.own("moment_own") if figure.own else ""
    return Drawing(kind, f"{caption}. {dashed}".strip(), description, figure, moment)


def _caption(kind: str, moment: Moment, analysis: Analysis, exercise: Exercise, w: Wording) -> str:
    limits = band_limits(exercise)
    good = limits is not None and limits.good_high_deg <= moment.bend_deg <= limits.good_low_deg
    bend = w.own("moment_in_line") if good and kind == "best" else w.bend(moment.bend_deg)
    where = f"{w.own('set_of', n=analysis.record.set_number)}, {_when(moment, analysis, w)}"
    return w.own("moment_caption", which=w.own(kind), where=where, bend=bend)


def _when(moment: Moment, analysis: Analysis, w: Wording) -> str:
    """Return in which repetition a moment was, or else at what time."""
    for each in analysis.repetitions:
        if each.start_s <= moment.t_s <= each.end_s:
            return f"{w.word('word.repetition')} {each.number}"
    return w.own("moment_at", time=w.clock(moment.t_s, 0))


# A set


def _set_part(
    anchor: str, exercise: Exercise, analysis: Analysis, w: Wording, detail: Detail
) -> SetPart:
    faults = sorted(analysis.faults, key=lambda each: (each.start_s, each.end_s, each.code))
    limits, accuracy = band_limits(exercise), accuracy_of(exercise.id, [analysis.record])
    repetitions = analysis.repetitions
    return SetPart(
        anchor=anchor,
        title=w.own("set_title", n=analysis.record.set_number),
        line=result_line(analysis, exercise, w),
        warning=shortfall(analysis.source, w),
        notes=tuple(_notes(analysis, exercise, w)),
        bend=_bend_picture(analysis, faults, limits, w, detail),
        faults=fault_table(faults, w, detail.rows),
        holds=hold_table(analysis.holds, w, accuracy, analysis.record.prescribed),
        reps=_reps_picture(repetitions, exercise, w),
        short=short_table(repetitions, w, accuracy) if repetitions else None,
        repetitions=repetition_table(repetitions, w, accuracy, detail.rows),
        rotations=rotation_table(analysis.rotations, w),
    )


def _without_keys(part: SetPart) -> SetPart:
    """Return a set whose charts are read as those of the set before it."""
    bend = part.bend and replace(part.bend, key="")
    repetitions = part.repetitions and replace(part.repetitions, key="")
    return replace(
        part, bend=bend, reps=part.reps and replace(part.reps, key=""), repetitions=repetitions
    )


def _notes(analysis: Analysis, exercise: Exercise, w: Wording) -> Iterable[str]:
    """Yield what the numbers alone would hide."""
    codes = refusals([analysis]) if len(countable(analysis)) <= SHORT else []
    named = [w.own("times", name=w.code("reason", code), n=n) for code, n in codes]
    if named:
        yield f"{w.own('refused_because')} {', '.join(named)}."
    if analysis.record.adjusted:
        yield w.own("adjusted_note", n=f"{analysis.record.adjusted:+d}".replace("-", "\u2212"))
    if exercise.judged:
        yield from _how_judged(analysis, exercise, w)
    else:
        yield w.word("sentence.only_timed")
    if parts := without_score(analysis, w):
        why = w.word("sentence.score_withheld")
        yield w.own("score_withheld", parts=", ".join(parts), why=why)


def _how_judged(analysis: Analysis, exercise: Exercise, w: Wording) -> Iterable[str]:
    """Yield what was waited for and tried, and what the judgement stands on."""
    waited = waiting_sentence(analysis, exercise, w)
    if not attempts(analysis):
        yield waited or w.own("nothing_judged")
    elif analysis.record.neutral_deg is None:
        yield w.word("sentence.no_neutral")
    elif is_unsure(analysis):
        yield w.own("neutral_unsure", sd=w.number(analysis.record.neutral_sd_deg or 0.0))
    if waited and attempts(analysis):
        yield waited
    if tried := tries_sentence(analysis, exercise, w):
        yield tried


def _bend_picture(
    analysis: Analysis,
    faults: Sequence[Fault],
    limits: BandLimits | None,
    w: Wording,
    detail: Detail,
) -> DescribedChart | None:
    shown = faults[: detail.rows]
    chart = bend_chart(settled(analysis), shown, attempts(analysis), limits, detail.buckets)
    if chart is None or limits is None:
        return None
    description = w.own(
        "line_desc",
        start=w.clock(chart.start_s),
        end=w.clock(chart.end_s),
        band=good_band(limits, w),
        high=w.number(chart.high_deg),
        low=w.number(chart.low_deg),
    )
    return DescribedChart(w.own("body_line"), description, _bend_key(chart, limits, w), chart)


def _bend_key(chart: BendChart, limits: BandLimits, w: Wording) -> str:
    """Return how to read the chart, no more than what is in it."""
    fault = both_ways(limits.fault_high_deg, limits.fault_low_deg, w)
    parts = [w.own("line_key", band=good_band(limits, w), fault=fault)]
    parts += [w.own("line_key_faults")] if chart.marks else []
    parts += [w.own("line_key_unseen")] if chart.unseen else []
    parts += [w.own("line_clipped", limit=w.plain(chart.limit_deg))] if chart.clipped else []
    return " ".join(parts)


def _reps_picture(
    repetitions: Sequence[Repetition], exercise: Exercise, w: Wording
) -> DescribedChart | None:
    if not isinstance(exercise.dose, RaisesDose) or isinstance(exercise, GoneExercise):
        return None
    chart = repetitions_chart(repetitions, exercise.dose.hold_s)
    if chart is None:
        return None
    counted = sum(each.counted for each in repetitions)
    hold_s = w.plain(exercise.dose.hold_s)
    description = w.own(
        "reps_desc",
        all=len(repetitions),
        counted=counted,
        refused=len(repetitions) - counted,
        longest=w.number(chart.longest_s),
    )
    return DescribedChart(w.own("reps_title"), description, w.own("reps_key", hold_s=hold_s), chart)


# How much to believe


def _sureness(exercise: Exercise, sets: Sequence[Analysis], w: Wording) -> Iterable[str]:
    """Yield how sure the judgement is, and what it cannot be about."""
    if isinstance(exercise, GoneExercise):
        yield from view_sentences(sets, w)
    else:
        yield from _described_sureness(exercise, sets, w)
    known = [each for each in sets if each.record.neutral_deg is not None]
    if len(known) == 1:
        yield _own_line(known[0], w)


def _described_sureness(exercise: Exercise, sets: Sequence[Analysis], w: Wording) -> Iterable[str]:
    """Yield what the exercise's own file says of it, and what was measured of it."""
    yield w.own("confidence", word=w.word(f"confidence.{exercise.confidence}"))
    yield from view_sentences(sets, w)
    if hindrances_of(sets):
        yield w.own("confidence_seen", word=w.word(f"confidence.{confidence_of(exercise, sets)}"))
    yield f"{w.title('word.not_visible')}: {exercise.not_visible.in_(w.language)}"
    if exercise.judged:
        yield _error_sentence(exercise, sets, w)


def _own_line(analysis: Analysis, w: Wording) -> str:
    """Return the person's own line, and how sure it is; that it is not is said with the set."""
    n = w.number(analysis.record.neutral_deg or 0.0)
    if analysis.record.neutral_sd_deg is None or is_unsure(analysis):
        return w.own("own_neutral", n=n)
    return w.own("own_neutral_sure", n=n, sd=w.number(analysis.record.neutral_sd_deg))


def _error_sentence(exercise: Exercise, sets: Sequence[Analysis], w: Wording) -> str:
    """Say how far the reading of the line was off when it was measured, or that it was not."""
    accuracy = accuracy_of(exercise.id, (each.record for each in sets))
    if accuracy is None:
        return w.own("error_not_measured")
    places = [
        w.own(f"error_{place}", within=each.within_deg)
        for place, each in accuracy.places.items()
        if each.within_deg is not None
    ]
    return w.own(
        "error_measured",
        within=accuracy.within_deg,
        people=accuracy.people,
        places=", ".join(places),
        exact=accuracy.exact,
    )
