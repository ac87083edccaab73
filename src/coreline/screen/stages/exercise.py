"""The page of a set: the mirror, the alignment bar, the ring and the sentence."""

from pygame import Rect

from coreline.judging.events import State
from coreline.screen.layout import layout
from coreline.screen.lettering import Style
from coreline.screen.palette import CALM, GROUND, INK
from coreline.screen.stages.beside import draw_strip_beside
from coreline.screen.stages.sheet import (
    Sheet,
    above_marks,
    draw_marks_below,
    draw_mirror,
    draw_progress,
    draw_top,
    draw_way_on,
    is_out_of_sight,
    sentence_case,
    sentence_of,
    share_of,
)
from coreline.screen.texts import Texts
from coreline.screen.widgets.bar import draw_bar
from coreline.screen.widgets.chips import ClickArea
from coreline.screen.widgets.dial import Dial, draw_dial
from coreline.screen.widgets.rows import draw_dots
from coreline.session.view import Stage, View


def draw_exercise(sheet: Sheet) -> tuple[ClickArea, ...]:
    """Draw a set under way."""
    places = layout(sheet.surface.get_size())
    draw_top(sheet)
    _draw_title(sheet, places.title)
    draw_marks_below(sheet, places.picture)
    way_on = draw_way_on(sheet, places.sets)
    if not way_on:
        _draw_sets(sheet, places.sets)
    sentence = sentence_of(sheet.scene, sheet.view, sheet.texts)
    draw_strip_beside(sheet, places.sentence, sentence)
    return (*way_on, *draw_moving_set(sheet))


def draw_moving_set(sheet: Sheet) -> tuple[ClickArea, ...]:
    """Draw what changes from picture to picture of a set: the mirror, the bar and the ring.

    The bar moves when a pose was looked for, the ring of raises while one is held.
    """
    places, line = layout(sheet.surface.get_size()), sheet.view.line
    picture = above_marks(sheet, places.picture)
    sheet.surface.fill(GROUND, picture)
    spot = draw_mirror(sheet, picture, close=True)
    shows = places.bar, line.state, line.deviation_deg, line.good_deg, line.fault_deg
    if not sheet.is_there("bar", shows):
        sheet.surface.fill(GROUND, places.bar)
        draw_bar(sheet.surface, places.bar, line, sheet.texts)
    dial = dial_of(sheet.view, sheet.texts)
    if not sheet.is_there("ring", (places.ring, dial)):  # it has a ground of its own
        draw_dial(sheet.surface, places.ring, dial)
    return (spot,)


def dial_of(view: View, texts: Texts) -> Dial:
    """Return what the ring shows: the seconds of a hold, or the count of anything else."""
    progress = view.progress
    stopped = view.stage is not Stage.EXERCISE or view.line.state is State.UNSEEN
    held = share_of(progress.held_s, progress.target_hold_s)
    if view.machine == "hold":
        label = texts.own("of_seconds", n=round(progress.target_hold_s))
        return Dial(int(progress.held_s), label, held, stopped=stopped or not progress.clock_runs)
    label = texts.own("of_count", n=progress.target_count) if progress.target_count else ""
    share = share_of(progress.count, progress.target_count)
    return Dial(progress.count, label, share, held if view.machine == "raises" else None, stopped)


def has_begun(view: View) -> bool:
    """Say whether the set has a result already: then it is shown while the person comes back."""
    return view.progress.count > 0 or (view.machine == "hold" and view.progress.held_s > 0)


def _draw_title(sheet: Sheet, box: Rect) -> None:
    """Draw the exercise's name, and the side that works, large."""
    side, measure = sentence_case(sheet.side()), sheet.measure
    stacked = box.height > measure.capital_px * 1.5
    small = Style(INK, measure.capital_px * 0.42, max_lines=2)
    if not side:
        sheet.write(box, sheet.texts.name(sheet.view.exercise_id), small)
        return
    if stacked:
        name, rest = measure.rows(box, 0.42, 0.58)
    else:
        name, rest = measure.columns(box, 0.42, 0.58)
    sheet.write(name, sheet.texts.name(sheet.view.exercise_id), small)
    sheet.big(rest, side, CALM, "left" if stacked else "right", lines=1)


def _draw_sets(sheet: Sheet, box: Rect) -> None:
    """Draw which set it is, or that the count is safe while the body can't be seen."""
    view, texts = sheet.view, sheet.texts
    capital_px = sheet.measure.capital_px * 0.42
    if is_out_of_sight(view):
        held = view.machine == "hold"
        safe = texts.own("clock_is_safe") if held else texts.word("sentence.count_is_safe")
        sheet.write(box, safe, Style(INK, capital_px))
        return
    measure = sheet.measure
    if stacked := box.height > measure.capital_px:
        sets, progress = measure.rows(box, 0.58, 0.42)
        capital_px *= 0.85
    else:
        sets, progress = measure.columns(box, 0.62, 0.38)
    dots = draw_dots(sheet.surface, sets, view.course.set_number - 1, view.course.sets)
    words = Rect(dots.right, sets.top, max(1, sets.right - dots.right), sets.height)
    text = texts.own("set", n=view.course.set_number, m=view.course.sets)
    sheet.write(words, text, Style(INK, capital_px))
    draw_progress(sheet, progress, "left" if stacked else "right")
