"""The page after a session: what was done of what was asked, side by side, in calm words."""

from dataclasses import replace

import pygame
from pygame import Rect, Surface

from coreline.programme.done import NoScore, percent_of, whole_amount
from coreline.screen import shapes
from coreline.screen.lettering import Style, alike
from coreline.screen.palette import CALM, GOOD, GROUND, INK, MUTED, Colour
from coreline.screen.stages.sheet import Sheet, draw_mark_row, draw_strip, sentence_case
from coreline.screen.texts import Sentence, SentenceKind, Texts
from coreline.screen.widgets.chips import ClickArea
from coreline.session.view import Result

LEAST_ROWS = 5  # rows are not taller than if there were so many
SMALLEST_ROW = 0.05  # of the window's shorter side
ONE_LINE = 0.6  # names on one line are at least so high, of what they could be
HOLD_KIND = "hold"


def draw_done(sheet: Sheet) -> tuple[ClickArea, ...]:
    """Draw the result."""
    measure, texts = sheet.measure, sheet.texts
    heading, table, strip = measure.rows(measure.box, 0.2, 0.6, 0.2)
    side_px = round(min(heading.height * 0.8, measure.capital_px * 1.2))
    sign = Rect(0, 0, side_px, side_px)
    sign.midleft = heading.midleft
    _draw_whole_sign(sheet.surface, sign, sheet.view.results)
    words, marks = measure.columns(heading, 0.7, 0.3)
    words.left, words.width = sign.right + measure.gap_px, words.width - side_px - measure.gap_px
    sheet.big(words, heading_of(sheet.view.results, texts), lines=1)
    draw_mark_row(sheet, marks, camera=False)
    _draw_table(sheet, table)
    draw_strip(sheet, strip, _closing(sheet))
    return ()


def heading_of(results: tuple[Result, ...], texts: Texts) -> str:
    """Return the heading: that it is done, or, where nothing was, only that it is over."""
    begun = not results or any(result.done > 0 for result in results)
    return texts.title("stage.done") if begun else texts.own("over")


def verdict_of(results: tuple[Result, ...], texts: Texts) -> Sentence:
    """Return the closing sentence: never a reproach."""
    if not results:
        return Sentence(texts.own("done_detail"), SentenceKind.GOOD)
    if all(result.is_whole for result in results):
        return Sentence(texts.own("done_all"), SentenceKind.GOOD)
    if any(result.done > 0 for result in results):
        return Sentence(texts.own("done_part"))
    return Sentence(texts.own("done_none"))


def _closing(sheet: Sheet) -> Sentence:
    """Return the latest cue, or the closing sentence."""
    if sheet.view.results or sheet.view.cue_id is None:
        return verdict_of(sheet.view.results, sheet.texts)
    return sheet.texts.cue(sheet.view.cue_id)


def _draw_table(sheet: Sheet, box: Rect) -> None:
    """Draw a row a result; what there is no room for is counted in the last row."""
    results = sheet.view.results
    room = int(box.height / (min(sheet.surface.get_size()) * SMALLEST_ROW))
    shown = results if len(results) <= room else results[: room - 1]
    rows = len(shown) + (len(shown) < len(results))
    row_px = box.height // max(rows, LEAST_ROWS)
    top = Rect(box.left, box.top, box.width, row_px)
    style = _name_style(sheet, top, shown)
    for number, result in enumerate(shown):
        _draw_result(sheet, top.move(0, number * row_px), result, style)
    if len(shown) < len(results):
        row = Rect(box.left, box.top + len(shown) * row_px, box.width, row_px)
        more = sheet.texts.own("and_more", n=len(results) - len(shown))
        sheet.write(row, more, Style(MUTED, row_px * 0.4))


def _name_style(sheet: Sheet, row: Rect, results: tuple[Result, ...]) -> Style:
    """Return how the names are set: all on one line, unless that makes them much smaller."""
    largest = Style(INK, _capital_px(sheet, row))
    names = [_name(each, sheet.texts) for each in results]
    style = alike(names, _columns(sheet, row)[1].size, largest)
    if style.capital_px >= ONE_LINE * largest.capital_px:
        return style
    return replace(largest, max_lines=2)


def _capital_px(sheet: Sheet, row: Rect) -> float:
    """Return how high capitals in a row are at most."""
    return min(row.height * 0.4, sheet.measure.capital_px * 0.5)


def _columns(sheet: Sheet, row: Rect) -> tuple[Rect, ...]:
    """Return the places of a row's sign, name, bar, amount and line."""
    sign = Rect(0, 0, round(row.height * 0.55), round(row.height * 0.55))
    sign.midleft = row.midleft
    words = Rect(sign.right + row.height // 4, row.top, 0, row.height)
    words.width = row.right - words.left
    return sign, *sheet.measure.columns(words, 0.40, 0.08, 0.24, 0.28)


def _draw_result(sheet: Sheet, row: Rect, result: Result, style: Style) -> None:
    """Draw one exercise on one side: a shape, the name, a bar, the amount and the line."""
    texts, capital_px = sheet.texts, _capital_px(sheet, row)
    sign, name, bar, amount, line = _columns(sheet, row)
    _draw_sign(sheet.surface, sign, result)
    sheet.write(name, _name(result, texts), style)
    _draw_bar(sheet.surface, bar, result)
    sheet.write(amount, amount_of(result, texts), Style(INK, capital_px, "right"))
    score = line_of(result, texts)
    sheet.write(line, score, Style(MUTED, capital_px * 0.9, "right"))


def amount_of(result: Result, texts: Texts) -> str:
    """Return how much was done, in words; of what was passed over, what was done before that."""
    if result.skipped and result.done <= 0.0:
        return texts.word("word.skipped")
    held = texts.exercise(result.exercise_id).dose.kind == HOLD_KIND
    key = "amount_seconds" if held else "amount_count"
    done = whole_amount(result.done, result.prescribed)
    return texts.own(key, done=done, whole=round(result.prescribed))


def line_of(result: Result, texts: Texts) -> str:
    """Return the line score with its share of what was asked, or why there is none."""
    score = result.score
    if score is None or score.withheld is NoScore.NOTHING:
        return ""
    if score.value is None:
        return texts.own(f"no_score_{score.withheld}")
    return texts.own("line_score", n=round(score.value), share=percent_of(score.share))


def _name(result: Result, texts: Texts) -> str:
    """Return exercise and side."""
    side = texts.side(result.exercise_id, result.side)
    name = sentence_case(texts.name(result.exercise_id))
    return f"{name}, {side}" if side else name


def _draw_sign(surface: Surface, box: Rect, result: Result) -> None:
    """Draw a tick for all of it, a half-full ring for a part, a dash for what was passed over."""
    if result.skipped:
        shapes.dash(surface, MUTED, box)
    elif result.is_whole:
        shapes.tick(surface, GOOD, box)
    elif result.done > 0:
        shapes.half_disc(surface, CALM, box)
    else:
        shapes.unknown(surface, MUTED, box)


def _draw_whole_sign(surface: Surface, box: Rect, results: tuple[Result, ...]) -> None:
    """Draw a tick where all is done, else the sign of a part or of nothing."""
    if all(result.is_whole for result in results):
        shapes.tick(surface, GOOD, box)
    elif any(result.done > 0 for result in results):
        shapes.half_disc(surface, CALM, box)
    else:
        shapes.dash(surface, MUTED, box)


def bar_colour(result: Result) -> Colour:
    """Return the colour of the bar: good only for what is done in full and was not passed over."""
    return GOOD if result.is_whole else CALM


def _draw_bar(surface: Surface, box: Rect, result: Result) -> None:
    """Draw how much of it was done."""
    bar = Rect(box.left, 0, box.width, max(4, round(box.height * 0.24)))
    bar.centery = box.centery
    colour = bar_colour(result)
    pygame.draw.rect(surface, MUTED, bar, max(1, bar.height // 8))
    filled = bar.copy()
    filled.width = round(bar.width * result.share)
    pygame.draw.rect(surface, colour, filled)
    if 0 < filled.width < bar.width:
        pygame.draw.rect(surface, GROUND, Rect(filled.right, bar.top + 1, 2, bar.height - 2))
