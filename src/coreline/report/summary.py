"""What comes first in the report: what was done, how well, what to improve, pain, advice."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from coreline.data_files import load_programme
from coreline.programme.catalogue import Catalogue
from coreline.programme.diary import is_overall
from coreline.programme.done import Score, is_whole
from coreline.programme.felt import pain_of_day
from coreline.programme.life import PainMoment, PainNoted, TakenKind
from coreline.programme.spec import Exercise, Programme
from coreline.report.accuracy import accuracy_of
from coreline.report.asked import SideWork, is_recording, score_of_works, side_works, work_of
from coreline.report.mending import sets_of, trouble_of
from coreline.report.model import Analysis, SessionReport
from coreline.report.numbers import attempts, countable, done, seconds, set_score
from coreline.report.parts import Summary, Tile
from coreline.report.phrases import (
    band_limits,
    done_tile,
    good_band,
    in_line_band,
    refused,
    result,
    score_cell,
    score_told,
    side_name,
)
from coreline.report.sections import drawings_of, improvement_of
from coreline.report.tables import Cell, Table, TableRow
from coreline.report.taken_back import session_taken_back, taken_back_notes
from coreline.report.told import exercise_line, session_line
from coreline.report.wording import Wording


def summary_of(
    report: SessionReport, catalogue: Catalogue, anchors: Sequence[str], w: Wording
) -> Summary:
    """Return the summary; `anchors` are those of the report's sets."""
    sets = report.analyses
    works = side_works(report, catalogue)
    recording = is_recording(report)
    one = len(sets) == 1 and len(works) == 1 and works[0].work.sets_asked == 1
    if one:
        tiles = _tiles_of_one(sets[0], works[0].exercise, w)
    else:
        tiles = _tiles_of_many(report, works, w)
    trouble = trouble_of(sets)
    told = sets_of(sets, trouble)
    line = ""
    if len({each.exercise.id for each in works}) == 1:
        line = exercise_line(works, sets, w, recording=recording)
    elif not recording:
        line = session_line(works, w)
    return Summary(
        line=line,
        tiles=(*tiles, *_pain_tile(report.pains, w)),
        improvement=improvement_of(sets, catalogue, w, whole=work_of(works).is_whole),
        drawings=drawings_of(told, catalogue.get(told[0].record.exercise_id), w) if told else (),
        notes=tuple(_notes(report, catalogue, w)),
        advice=programme().pain.contact.in_(w.language) if report.advice else "",
        warning=session_taken_back(report.taken_back, w),
        overview=None if len(sets) == 1 else _overview(sets, catalogue, anchors, w),
    )


@lru_cache(maxsize=1)
def programme() -> Programme:
    """Return what the handout says beside its exercises."""
    return load_programme()


# Tiles


def _tiles_of_one(analysis: Analysis, exercise: Exercise, w: Wording) -> Iterable[Tile]:
    value, detail = done_tile(analysis, exercise, w)
    yield Tile(w.own("done"), value, detail)
    yield from _in_line(analysis, exercise, w)
    yield _score_tile(set_score(analysis), [analysis], w)
    share = f"{w.share(analysis.source.found_share)}\u00a0%"
    yield Tile(w.own("seen"), share, w.own("seen_detail"))


def _in_line(analysis: Analysis, exercise: Exercise, w: Wording) -> Iterable[Tile]:
    """Yield the tile of the time, or of the tops, that stayed in the good band."""
    limits = band_limits(exercise)
    if limits is None:
        return
    band = good_band(limits, w)
    held = seconds(analysis)
    if exercise.machine == "hold" and held.clock_s > 0.0:
        share = w.share(held.in_line_s / held.position_s)
        detail = w.own("in_line_detail", band=in_line_band(limits, w), share=share)
        yield Tile(w.own("in_line"), w.seconds(held.in_line_s), detail)
    worst = [each.bend_worst_deg for each in analysis.repetitions]
    if known := [each for each in worst if each is not None]:
        kept = sum(limits.good_high_deg <= each <= limits.good_low_deg for each in known)
        value = w.own("in_line_tops", n=kept, all=len(known))
        yield Tile(w.own("in_line"), value, w.own("in_line_tops_detail", band=band))


def _score_tile(score: Score, sets: Sequence[Analysis], w: Wording) -> Tile:
    value, detail = score_told(score, w)
    if score.value is not None:
        detail = f"{detail}; {w.own('score_detail')}; {_error(sets, w)}"
    return Tile(w.own("line_score"), value, detail)


def _error(sets: Sequence[Analysis], w: Wording) -> str:
    """Return the measured error of the line that the score is made from, briefly."""
    exercises = {each.record.exercise_id for each in sets}
    if len(exercises) > 1:
        return w.own("score_errors_below")
    accuracy = accuracy_of(exercises.pop(), (each.record for each in sets))
    if accuracy is None:
        return w.own("score_error_unknown")
    return w.own("score_error", within=accuracy.within_deg)


def _tiles_of_many(report: SessionReport, works: Sequence[SideWork], w: Wording) -> Iterable[Tile]:
    work = work_of(works)
    if report.planned:
        value = w.own("done_sets", done=work.sets_whole, all=work.sets_asked)
        share = w.share(work.share or 0.0)
        yield Tile(w.own("done"), value, w.own("done_sets_detail", share=share))
    elif report.analyses:
        n = sum(bool(attempts(each)) for each in report.analyses)
        value = w.number_of("done_sets_plain", n)
        yield Tile(w.own("done"), value, "")
    if report.analyses:
        score = score_of_works(works, recording=is_recording(report))
        yield _score_tile(score, report.analyses, w)
    yield from _amounts(report.analyses, works, w)


def _amounts(sets: Sequence[Analysis], works: Sequence[SideWork], w: Wording) -> Iterable[Tile]:
    """Yield what was held and what was counted, of what was asked for."""
    held = [each for each in works if each.held is not None and each.asked > 0.0]
    done_s = sum(each.amount for each in held)
    if done_s > 0.0:
        asked = w.own("of_asked_minutes", n=w.clock(sum(each.asked for each in held), 0))
        yield Tile(w.own("held_total"), f"{w.clock(done_s, 0)}\u00a0min", asked)
    for what, machine in (("repetitions", "raises"), ("rotations", "roll")):
        some = [each for each in sets if getattr(each, what)]
        own = [each for each in works if each.exercise.machine == machine and each.asked > 0.0]
        if not some or not own:
            continue
        tried = [one for each in some for one in countable(each)]
        changed = sum(each.record.adjusted for each in some)
        detail = w.own(f"done_{what}_detail", refused=refused(tried))
        by_hand = f", {w.own('adjusted', n=abs(changed))}" if changed else ""
        done, asked_n = (sum(each.amount for each in own), sum(each.asked for each in own))
        value = w.own("done_repetitions", counted=w.plain(done), all=w.plain(asked_n))
        yield Tile(w.own(what), value, detail + by_hand)


# Pain, and what else must be known


def _pain_tile(pains: Sequence[PainNoted], w: Wording) -> Iterable[Tile]:
    felt = pain_of_day(pains)
    if felt.before is None and felt.after is None:
        return
    both = (felt.before, felt.after)
    shown = [w.own("pain_unasked") if each is None else str(each) for each in both]
    value = w.own("pain_arrow", before=shown[0], after=shown[1])
    overall = [each for each in pains if is_overall(each)]
    places = [place for each in overall for place in each.places]
    named = w.listed([w.own(f"place_{place}") for place in dict.fromkeys(places)])
    yield Tile(w.own("pain"), value, ", ".join(filter(None, (w.own("pain_scale"), named))))


def _notes(report: SessionReport, catalogue: Catalogue, w: Wording) -> Iterable[str]:
    for for_pain, key in ((True, "skipped_pain"), (False, "skipped_chosen")):
        names = [
            _named(each.exercise_id, each.side, catalogue, w)
            for each in report.skipped
            if each.for_pain is for_pain
        ]
        if names:
            yield w.own(key, names=w.listed(list(dict.fromkeys(names))))
    parts = [each for each in report.taken_back if each.kind is not TakenKind.SESSION]
    yield from taken_back_notes(parts, catalogue, w)
    during = [each for each in report.pains if each.moment is PainMoment.DURING]
    if during:
        yield w.own("pain_during", notes="; ".join(_pain(each, catalogue, w) for each in during))


def _pain(note: PainNoted, catalogue: Catalogue, w: Wording) -> str:
    where = [w.own(f"place_{place}") for place in note.places]
    if note.exercise_id is not None:
        where.append(_named(note.exercise_id, None, catalogue, w))
    return w.own("pain_note", score=note.score, where="".join(f", {each}" for each in where))


def _named(exercise_id: str, side: str | None, catalogue: Catalogue, w: Wording) -> str:
    exercise = catalogue.get(exercise_id)
    name = exercise.name.in_(w.language)
    return f"{name} ({side_name(side, exercise, w)})" if side else name


# All sets


def _overview(
    sets: Sequence[Analysis], catalogue: Catalogue, anchors: Sequence[str], w: Wording
) -> Table | None:
    """Return the table of all sets, each with a link to its part, or None without any."""
    rows = []
    for analysis, anchor in zip(sets, anchors, strict=True):
        exercise = catalogue.get(analysis.record.exercise_id)
        side = side_name(analysis.record.side, exercise, w)
        subject = " · ".join(filter(None, (side, w.own("set_of", n=analysis.record.set_number))))
        name = Cell(exercise.name.in_(w.language), subject, f"#{anchor}")
        whole = is_whole(done(analysis), analysis.record.prescribed)
        improvement = improvement_of([analysis], catalogue, w, whole=whole)
        came_to = Cell(result(analysis, exercise, w))
        rows.append(TableRow((name, came_to, score_cell(analysis, w), Cell(improvement.because))))
    keys = ("exercise_and_set", "result", "score", "to_improve_column")
    columns = tuple(w.own(key) for key in keys)
    table = Table(w.own("overview"), w.own("overview_caption"), columns, tuple(rows))
    return table if rows else None
