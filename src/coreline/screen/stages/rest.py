"""The page of a rest: the seconds left, what comes next, and how to change the rest."""

from dataclasses import dataclass
from math import ceil

from pygame import Rect

from coreline.screen.layout import square
from coreline.screen.lettering import Style
from coreline.screen.palette import CALM, GROUND, INK, MUTED
from coreline.screen.stages.sheet import (
    Sheet,
    draw_exercise_figure,
    draw_mark_row,
    draw_progress,
    draw_top,
    sentence_case,
    share_of,
    start_of,
)
from coreline.screen.texts import Texts
from coreline.screen.widgets.chips import RIGHT, Chip, ClickArea, draw_chips
from coreline.screen.widgets.dial import Dial, draw_dial
from coreline.session.command import Command
from coreline.session.view import View

NARROW = 1.5  # a page less wide than so many heights gives half of it to the clock

# Of the height: the word over it, what comes, its side, and how it moves.
FIGURE = (0.13, 0.47, 0.1, 0.3)
FILM = (0.11, 0.31, 0.1, 0.48)


@dataclass(frozen=True, slots=True)
class Next:
    """What comes after the rest, in words: what matters, and what else there is to know."""

    headline: str
    detail: str
    exercise_id: str
    side: str | None


def draw_rest(sheet: Sheet) -> tuple[ClickArea, ...]:
    """Draw the rest."""
    measure, texts = sheet.measure, sheet.texts
    draw_top(sheet)
    left, right = _halves(sheet)
    _draw_clock(sheet, left)
    _draw_next(sheet, right)
    chips = [
        Chip(RIGHT, texts.word("key.right"), Command.SKIP),
        Chip("+", texts.own("longer"), Command.PLUS),
        Chip("P", texts.word("key.p"), Command.PAIN),
    ]
    keys, progress = measure.columns(measure.rows(measure.box, 0.9, 0.1)[1], 0.66, 0.34)
    draw_progress(sheet, progress)
    return draw_chips(sheet.surface, keys, chips)


def draw_moving_rest(sheet: Sheet) -> tuple[ClickArea, ...]:
    """Draw what changes all the time in a rest with a film: the ring, and the film."""
    left, right = _halves(sheet)
    _draw_clock(sheet, left)  # the ring has a ground of its own
    coming = next_of(sheet.view, sheet.texts)
    figure = _rows_of_next(sheet, right, coming)[-1]
    sheet.surface.fill(GROUND, figure)
    draw_exercise_figure(sheet, figure, coming.exercise_id, coming.side)
    return ()


def _halves(sheet: Sheet) -> list[Rect]:
    """Return the places of the seconds and of what comes next."""
    measure = sheet.measure
    main = measure.rows(measure.box, 0.9, 0.1)[0]
    if measure.upright:
        return measure.rows(main, 0.5, 0.5)
    narrow = measure.box.width < NARROW * measure.box.height
    return measure.columns(main, *((0.5, 0.5) if narrow else (0.44, 0.56)))


def next_of(view: View, texts: Texts) -> Next:
    """Return what comes next: the other side, another exercise, or the next set of the same."""
    coming = view.course.coming
    if coming is None:
        return Next(_next_set(view, texts), "", view.exercise_id, view.side)
    name = texts.name(coming.exercise_id)
    side = texts.side(coming.exercise_id, coming.side)
    number = texts.own("set_short", n=coming.set_number, m=coming.sets)
    other = coming.exercise_id != view.exercise_id
    if other:
        headline, rest = name, (side, _turn(coming.turns, texts))
    elif coming.turns or coming.side != view.side:
        headline, rest = texts.own("turn_round"), (side, number.lower())
    else:
        headline, rest = number, (side, name)
    detail = sentence_case(" · ".join(part for part in rest if part))
    return Next(headline, detail, coming.exercise_id, coming.side)


def _next_set(view: View, texts: Texts) -> str:
    """Return the next set of the same, as far as the moment itself says."""
    if view.course.set_number >= view.course.sets:
        return texts.own("the_end")
    return texts.own("set_short", n=view.course.set_number + 1, m=view.course.sets)


def _turn(turns: bool, texts: Texts) -> str:
    """Return that one turns round, where one does."""
    return texts.own("turn_round").lower() if turns else ""


def _draw_clock(sheet: Sheet, box: Rect) -> None:
    """Draw the seconds left in their ring."""
    view, texts = sheet.view, sheet.texts
    whole_s = view.rest.whole_s or sheet.exercise.dose.rest_s
    share = share_of(view.rest.left_s, whole_s)
    label = texts.own("seconds")
    draw_dial(sheet.surface, square(box), Dial(ceil(view.rest.left_s), label, share, colour=CALM))


def _draw_next(sheet: Sheet, box: Rect) -> None:
    """Draw what comes next in words and as a moving figure."""
    measure, coming = sheet.measure, next_of(sheet.view, sheet.texts)
    heading, headline, detail, figure = _rows_of_next(sheet, box, coming)
    words, marks = measure.columns(heading, 0.3, 0.7)
    sheet.write(words, sheet.texts.own("next"), Style(MUTED, measure.capital_px * 0.42))
    draw_mark_row(sheet, marks, camera=False)
    sheet.big(headline, coming.headline)
    sheet.write(detail, coming.detail, Style(CALM, measure.capital_px * 0.5))
    if not draw_exercise_figure(sheet, figure, coming.exercise_id, coming.side):
        explained = start_of(sheet.view, coming.exercise_id, sheet.texts)
        style = Style(INK, measure.capital_px * 0.4, max_lines=3)
        sheet.write(figure, explained, style)


def _rows_of_next(sheet: Sheet, box: Rect, coming: Next) -> list[Rect]:
    """Return the places of the word over it, what comes, its side, and how it moves."""
    shares = FILM if sheet.has_film(coming.exercise_id) else FIGURE
    return sheet.measure.rows(box, *shares)
