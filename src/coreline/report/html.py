"""The report as one page: nothing fetched, no script, readable on paper and without colour.

`render` is pure: the same analyses give the same bytes. Here the numbers become words and tables;
`charts.py` says where the lines go, and the template only lays out what it is handed.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from coreline.coaching.words import Words
from coreline.judging.events import Fault, Hold, Repetition, Rotation
from coreline.programme.catalogue import Catalogue
from coreline.programme.spec import Exercise, HoldDose, Language, RaisesDose
from coreline.report.accuracy import accuracy_of
from coreline.report.charts import BendChart, HeldChart, Limits, bend_chart, held_chart
from coreline.report.model import Analysis, Source
from coreline.report.tables import (
    Cell,
    Row,
    Table,
    cue_table,
    fault_table,
    hold_table,
    length_s,
    repetition_table,
    rotation_table,
)
from coreline.report.wording import UNKNOWN, Wording, capital

_NO_LIMIT_DEG = 180.0  # a side of the band beyond this has no limit


@dataclass(frozen=True, slots=True)
class Tile:
    """One number at a glance."""

    label: str
    value: str
    detail: str


@dataclass(frozen=True, slots=True)
class Mend:
    """The one thing to mend next, and why this one."""

    sentence: str
    because: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart with what it shows in words, for those who do not see it, and its key."""

    title: str
    description: str
    key: str
    chart: BendChart | HeldChart


@dataclass(frozen=True, slots=True)
class Section:
    """Everything about one set."""

    anchor: str
    title: str
    subtitle: str
    tiles: tuple[Tile, ...]
    mend: Mend
    refused: str
    notes: tuple[str, ...]
    bend: Picture | None
    faults: Table
    holds: Table | None
    held: Picture | None
    repetitions: Table | None
    rotations: Table | None
    cues: Table
    sureness: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    warning: str


def render(
    analyses: Sequence[Analysis],
    catalogue: Catalogue,
    words: Words,
    language: Language,
    *,
    title_date: str | None = None,
) -> str:
    """Return the page of one set or of a whole session, in the order that is handed in.

    Args:
        analyses: one a set; none makes a page that says so.
        catalogue: where the exercises' names and doses are.
        words: the words shared with the screen.
        language: of everything on the page.
        title_date: a date under the title, as it is to be read; the page asks no clock.

    Raises:
        UnknownExerciseError: An analysis is of an exercise that the catalogue lacks.
    """
    wording = Wording(words, language)
    exercises = [catalogue.get(each.exercise) for each in analyses]
    several = len(analyses) > 1
    sections = [
        _section(number, analysis, exercise, wording, several=several)
        for number, (analysis, exercise) in enumerate(zip(analyses, exercises, strict=True), 1)
    ]
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            language=language,
            title=wording.title("word.form_report"),
            subject=", ".join(dict.fromkeys(each.name.in_(language) for each in exercises)),
            date=title_date,
            overview=_overview(analyses, exercises, wording) if several else None,
            mend=_mend(analyses, wording) if several else None,
            sections=sections,
            w=wording,
        )
    )


@lru_cache(maxsize=1)
def _environment() -> Environment:
    """Return the templates' home: everything escaped, a name that is missing an error."""
    return Environment(
        loader=PackageLoader("coreline.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def _section(
    number: int, analysis: Analysis, exercise: Exercise, w: Wording, *, several: bool
) -> Section:
    """Return everything about one set."""
    faults = sorted(analysis.faults, key=lambda each: (each.start_s, each.end_s, each.code))
    limits, accuracy = _limits(exercise), accuracy_of(exercise.id)
    return Section(
        anchor=f"set-{number}",
        title=exercise.name.in_(w.language),
        subtitle=_subtitle(analysis, exercise, w, several=several),
        tiles=_tiles(analysis, exercise, limits, w),
        mend=_mend([analysis], w),
        refused=_refusals(analysis, w),
        notes=tuple(_notes(analysis, exercise, w)),
        bend=_bend_picture(analysis, faults, limits, w),
        faults=fault_table(faults, w),
        holds=hold_table(analysis.holds, w, accuracy),
        held=_held_picture(analysis.repetitions, exercise, w),
        repetitions=repetition_table(analysis.repetitions, w, accuracy),
        rotations=rotation_table(analysis.rotations, w),
        cues=cue_table(analysis.cues, w),
        sureness=tuple(_sureness(analysis, exercise, w)),
        facts=tuple(_facts(analysis.source, w)),
        warning=_shortfall(analysis.source, w),
    )


# What was done, in words


def _subtitle(analysis: Analysis, exercise: Exercise, w: Wording, *, several: bool) -> str:
    parts = [_side(analysis, exercise, w)]
    parts += [w.own("set_of", n=analysis.set_number)] if several else []
    parts.append(_dose(exercise, w))
    return " · ".join(part for part in parts if part)


def _side(analysis: Analysis, exercise: Exercise, w: Wording) -> str:
    """Return the side that worked, or nothing where there is none."""
    if analysis.side is None:
        return ""
    part = "leg" if exercise.sides == "each_leg" else "side"
    return w.word(f"side.{analysis.side}_{part}")


def _dose(exercise: Exercise, w: Wording) -> str:
    match exercise.dose:
        case HoldDose(sets=sets, hold_s=hold_s):
            return w.own("prescribed_hold", sets=sets, hold_s=w.plain(hold_s))
        case RaisesDose(sets=sets, repetitions=n, hold_s=hold_s):
            return w.own("prescribed_raises", sets=sets, n=n, hold_s=w.plain(hold_s))
        case dose:
            return w.own("prescribed_rolls", sets=dose.sets, n=dose.rotations)


def _tiles(
    analysis: Analysis, exercise: Exercise, limits: Limits | None, w: Wording
) -> tuple[Tile, ...]:
    value, detail = _done(analysis, exercise, w)
    return (
        Tile(w.own("done"), value, detail),
        *_in_line(analysis, limits, w),
        _score_tile(analysis, w),
        _seen_tile(analysis.source, w),
    )


def _done(analysis: Analysis, exercise: Exercise, w: Wording) -> tuple[str, str]:
    """Return what was done and a line about it, by what the exercise counts."""
    if not _attempts(analysis):
        why = w.own("done_nothing_detail") if exercise.judged else ""
        return w.own("done_nothing") if exercise.judged else UNKNOWN, why
    if exercise.machine == "hold":
        return _done_holds(analysis.holds, w)
    counting = analysis.repetitions or analysis.rotations
    counted = sum(each.counted for each in counting)
    what = "repetitions" if analysis.repetitions else "rotations"
    return (
        w.own("done_repetitions", counted=counted, all=len(counting)),
        w.own(f"done_{what}_detail", refused=len(counting) - counted),
    )


def _done_holds(holds: Sequence[Hold], w: Wording) -> tuple[str, str]:
    lengths_s = [length_s(hold) for hold in holds]
    held = w.seconds(sum(lengths_s))
    if len(holds) == 1:
        return held, w.own("done_hold_detail")
    return held, w.own("done_holds_detail", n=len(holds), longest=w.seconds(max(lengths_s)))


def _in_line(analysis: Analysis, limits: Limits | None, w: Wording) -> list[Tile]:
    """Return the tile of the time, or of the tops, that stayed in the good band."""
    if limits is None:
        return []
    if analysis.holds:
        in_line_s = sum(hold.in_line_s for hold in analysis.holds)
        whole_s = sum(length_s(hold) for hold in analysis.holds)
        share = w.share(in_line_s / whole_s if whole_s > 0.0 else 0.0)
        detail = w.own("in_line_detail", band=_good_band(limits, w), share=share)
        return [Tile(w.own("in_line"), w.seconds(in_line_s), detail)]
    worst = [each.bend_worst_deg for each in analysis.repetitions]
    known = [each for each in worst if each is not None]
    if not known:
        return []
    kept = sum(limits.good_high_deg <= each <= limits.good_low_deg for each in known)
    value = w.own("in_line_tops", n=kept, all=len(known))
    return [Tile(w.own("in_line"), value, w.own("in_line_tops_detail", band=_good_band(limits, w)))]


def _score_tile(analysis: Analysis, w: Wording) -> Tile:
    if analysis.line_score is None:
        why = w.word("sentence.score_withheld") if _attempts(analysis) else ""
        return Tile(w.own("line_score"), w.own("score_none"), why)
    value = w.own("score_value", n=w.score(analysis.line_score))
    return Tile(w.own("line_score"), value, f"{w.own('score_detail')}; {_error(analysis, w)}")


def _error(analysis: Analysis, w: Wording) -> str:
    """Return the measured error of the line that the score is made from, briefly."""
    accuracy = accuracy_of(analysis.exercise)
    if accuracy is None:
        return w.own("score_error_unknown")
    return w.own("score_error", within=accuracy.within_deg)


def _seen_tile(source: Source, w: Wording) -> Tile:
    return Tile(w.own("seen"), f"{w.share(source.found_share)}\u00a0%", w.own("seen_detail"))


def _refusals(analysis: Analysis, w: Wording) -> str:
    """Return why attempts did not count, the most frequent reason first."""
    counts = Counter(code for each in _countable(analysis) for code in each.reasons)
    named = [w.own("times", name=w.code("reason", code), n=n) for code, n in counts.most_common()]
    return f"{w.own('refused_because')} {', '.join(named)}." if named else ""


def _notes(analysis: Analysis, exercise: Exercise, w: Wording) -> Iterable[str]:
    """Yield what the numbers alone would hide."""
    if not exercise.judged:
        yield w.word("sentence.only_timed")
    elif not _attempts(analysis):
        yield w.own("nothing_judged")
    elif analysis.neutral_deg is None:
        yield w.word("sentence.no_neutral")
    parts = _without_score(analysis, w)
    if parts:
        why = w.word("sentence.score_withheld")
        yield w.own("score_withheld", parts=", ".join(parts), why=why)


def _without_score(analysis: Analysis, w: Wording) -> list[str]:
    """Return the names of the parts whose score is withheld."""
    holds = enumerate(analysis.holds, start=1)
    parts = [f"{w.word('word.hold')} {n}" for n, hold in holds if hold.line_score is None]
    parts += [
        f"{w.word('word.repetition')} {each.number}"
        for each in analysis.repetitions
        if each.line_score is None
    ]
    return parts


def _mend(analyses: Sequence[Analysis], w: Wording) -> Mend:
    """Return the one thing to mend next: what went wrong most often."""
    worst = most_frequent(analyses)
    if worst is None:
        return Mend(w.word("sentence.nothing_to_mend") if any(map(_attempts, analyses)) else "", "")
    table, code, count = worst
    key = "mend_count_one" if count == 1 else "mend_count"
    because = w.own(key, name=w.code(table, code), n=count)
    return Mend(w.word(f"{table}.{code}.mend"), capital(because))


def most_frequent(analyses: Sequence[Analysis]) -> tuple[str, str, int] | None:
    """Return the table, code and number of the most frequent fault or reason, or None.

    A code that is a fault and a reason too, such as `knee_bent`, is one thing: the larger number
    of the two counts. Of equals, the one that also cost a repetition comes first, then the one that
    lasted longest. Not being seen is nobody's fault and is named only when there is nothing else.
    """
    faults = [fault for each in analyses for fault in each.faults]
    found = Counter(fault.code for fault in faults)
    cost = Counter(code for each in analyses for one in _countable(each) for code in one.reasons)
    lasted_s = {code: sum(length_s(f) for f in faults if f.code == code) for code in found}
    if not found and not cost:
        return None
    code = max(
        sorted(found | cost),
        key=lambda c: (c != "not_seen", max(found[c], cost[c]), cost[c], lasted_s.get(c, 0.0)),
    )
    table = "reason" if cost[code] >= found[code] else "fault"
    return table, code, max(found[code], cost[code])


# Charts


def _limits(exercise: Exercise) -> Limits | None:
    """Return the band of the body line, or None where the exercise is not judged."""
    if exercise.judging is None:
        return None
    band = exercise.judging.bands[0]
    return Limits(
        good_high_deg=band.good_low,
        good_low_deg=band.good_high,
        fault_high_deg=band.fault_low,
        fault_low_deg=band.fault_high,
        high_code=band.low,
        low_code=band.high,
    )


def _good_band(limits: Limits, w: Wording) -> str:
    return _both_ways(limits.good_high_deg, limits.good_low_deg, w)


def _both_ways(high_deg: float, low_deg: float, w: Wording) -> str:
    """Return two limits as one number where they are alike, each with its side otherwise."""
    if high_deg == -low_deg:
        return f"{w.plain(low_deg)}°"
    known = [each for each in (high_deg, low_deg) if abs(each) < _NO_LIMIT_DEG]
    return " / ".join(w.bend(each) for each in known)


def _bend_picture(
    analysis: Analysis, faults: Sequence[Fault], limits: Limits | None, w: Wording
) -> Picture | None:
    chart = bend_chart(analysis.readings, faults, _attempts(analysis), limits)
    if chart is None or limits is None:
        return None
    band = _good_band(limits, w)
    description = w.own(
        "line_desc",
        start=w.clock(chart.start_s),
        end=w.clock(chart.end_s),
        band=band,
        high=w.number(chart.high_deg),
        low=w.number(chart.low_deg),
    )
    return Picture(w.own("body_line"), description, _bend_key(chart, limits, w), chart)


def _bend_key(chart: BendChart, limits: Limits, w: Wording) -> str:
    """Return how to read the chart, no more than what is in it."""
    fault = _both_ways(limits.fault_high_deg, limits.fault_low_deg, w)
    parts = [w.own("line_key", band=_good_band(limits, w), fault=fault)]
    parts += [w.own("line_key_faults")] if chart.marks else []
    parts += [w.own("line_key_unseen")] if chart.unseen else []
    parts += [w.own("line_clipped", limit=w.plain(chart.limit_deg))] if chart.clipped else []
    return " ".join(parts)


def _held_picture(
    repetitions: Sequence[Repetition], exercise: Exercise, w: Wording
) -> Picture | None:
    if not isinstance(exercise.dose, RaisesDose):
        return None
    chart = held_chart(repetitions, exercise.dose.hold_s)
    if chart is None:
        return None
    counted = sum(each.counted for each in repetitions)
    hold_s = w.plain(exercise.dose.hold_s)
    description = w.own(
        "held_desc",
        all=len(repetitions),
        counted=counted,
        refused=len(repetitions) - counted,
        hold_s=hold_s,
        longest=w.number(chart.longest_s),
    )
    return Picture(w.own("held_title"), description, w.own("held_key", hold_s=hold_s), chart)


# All sets


def _overview(
    analyses: Sequence[Analysis], exercises: Sequence[Exercise], w: Wording
) -> tuple[Table, tuple[str, ...]]:
    """Return the table of all sets, and for each row where its section is."""
    rows = []
    for analysis, exercise in zip(analyses, exercises, strict=True):
        subject = " · ".join(filter(None, (_side(analysis, exercise, w), _set(analysis, w))))
        value, detail = _done(analysis, exercise, w)
        name = Cell(exercise.name.in_(w.language), subject)
        rows.append(Row((name, Cell(value, detail), Cell(w.score(analysis.line_score)))))
    columns = (w.title("word.exercise"), w.own("result"), w.own("line_score"))
    table = Table(w.own("overview"), w.own("overview_caption"), columns, tuple(rows))
    return table, tuple(f"set-{number}" for number in range(1, len(rows) + 1))


def _set(analysis: Analysis, w: Wording) -> str:
    return w.own("set_of", n=analysis.set_number)


# How much to believe


def _sureness(analysis: Analysis, exercise: Exercise, w: Wording) -> Iterable[str]:
    """Yield how sure the judgement is, and what it cannot be about."""
    yield w.own("confidence", word=w.word(f"confidence.{exercise.confidence}"))
    yield f"{w.title('word.not_visible')}: {exercise.not_visible.in_(w.language)}"
    if exercise.judged:
        yield _error_sentence(exercise, w)
    if analysis.near_side in ("left", "right"):
        yield w.own("near_side", side=w.own(f"near_{analysis.near_side}"))
    if analysis.neutral_deg is not None:
        yield w.own("own_neutral", n=w.number(analysis.neutral_deg))


def _error_sentence(exercise: Exercise, w: Wording) -> str:
    """Say how far the reading of the line was off when it was measured, or that it was not."""
    accuracy = accuracy_of(exercise.id)
    if accuracy is None:
        return w.own("error_not_measured")
    key = "error_measured_one" if accuracy.clips == 1 else "error_measured"
    return w.own(key, within=accuracy.within_deg, clips=accuracy.clips)


def _facts(source: Source, w: Wording) -> Iterable[tuple[str, str]]:
    """Yield what is known of the recording, as pairs of a name and a value."""
    fps = w.plain(round(source.fps, 1))
    size = w.own("picture_value", width=source.width, height=source.height, fps=fps)
    yield w.own("file"), source.file
    yield w.own("picture"), size
    yield w.own("length"), w.clock(source.duration_s)
    yield w.own("frames"), _shortfall(source, w) or w.own("frames_read", read=source.frames_read)
    yield w.own("found"), w.own("found_value", share=w.share(source.found_share))


def _shortfall(source: Source, w: Wording) -> str:
    """Say that the recording could not be read to its end, or nothing."""
    if source.frames_expected is None or source.frames_read >= source.frames_expected:
        return ""
    return w.own("frames_short", read=source.frames_read, expected=source.frames_expected)


def _attempts(analysis: Analysis) -> tuple[Hold | Repetition | Rotation, ...]:
    return (*analysis.holds, *analysis.repetitions, *analysis.rotations)


def _countable(analysis: Analysis) -> tuple[Repetition | Rotation, ...]:
    return (*analysis.repetitions, *analysis.rotations)
