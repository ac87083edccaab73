"""The pages of a pause: why, what helps, and the question that follows P."""

import pygame
from pygame import Rect

from coreline.screen import shapes
from coreline.screen.lettering import Style
from coreline.screen.palette import GROUND, INK, MUTED, PANEL, UNSEEN_INK, Colour
from coreline.screen.stages.exercise import dial_of, has_begun
from coreline.screen.stages.sheet import (
    Sheet,
    draw_marks_below,
    draw_mirror,
    draw_progress,
    draw_top,
    heading_share,
)
from coreline.screen.texts import Texts
from coreline.screen.widgets.chips import RIGHT, Chip, ClickArea, draw_chips, draw_key
from coreline.screen.widgets.choices import draw_choice
from coreline.screen.widgets.dial import draw_dial
from coreline.session.command import PAIN_ANSWERS, Command
from coreline.session.view import Pause, View

PAIN_TEXTS = ("pain_skip", "pain_note", "pain_stop")


def draw_paused(sheet: Sheet) -> tuple[ClickArea, ...]:
    """Draw why the session waits, that what was done is safe, and how to go on."""
    if sheet.view.pause is Pause.PAIN:
        return draw_pain(sheet)
    measure, texts = sheet.measure, sheet.texts
    draw_top(sheet)
    reason = reason_of(sheet.view, texts)
    share = heading_share(sheet, reason, measure.box.width - round(measure.capital_px * 1.5))
    rows = measure.rows(measure.box, share, 0.14, 0.75 - share, 0.11)
    heading, detail, middle, foot = rows
    _draw_reason(sheet, heading)
    detail_style = Style(INK, measure.capital_px * 0.5, max_lines=2)
    sheet.write(detail, detail_of(sheet.view, texts), detail_style)
    spots = _draw_middle(sheet, middle)
    chips = [
        Chip(texts.own("space_bar"), texts.own("go_on"), Command.PAUSE),
        Chip(RIGHT, texts.word("key.right"), Command.SKIP),
        Chip("P", texts.word("key.p"), Command.PAIN),
    ]
    left, right = measure.columns(foot, 0.78, 0.22)
    draw_progress(sheet, right)
    return (*spots, *draw_chips(sheet.surface, left, chips))


def reason_of(view: View, texts: Texts) -> str:
    """Return why it is paused, in two or three words."""
    if view.pause is Pause.CAMERA and view.trouble is not None:
        return texts.own(f"trouble_{view.trouble.value}")
    return texts.own(f"pause_{(view.pause or Pause.ASKED).value}")


def detail_of(view: View, texts: Texts) -> str:
    """Return what helps."""
    match view.pause:
        case Pause.CAMERA if view.trouble is not None:
            return texts.own(f"trouble_{view.trouble.value}_detail")
        case Pause.HAND | Pause.LEFT:
            return texts.own(f"pause_{view.pause.value}_detail")
        case Pause.CAMERA:
            return texts.own("trouble_stalled_detail")
        case _:
            return texts.own("pause_asked_hand_detail" if view.hand else "pause_asked_detail")


def draw_pain(sheet: Sheet) -> tuple[ClickArea, ...]:
    """Draw the three answers to pain, the one that Enter takes marked."""
    measure, texts = sheet.measure, sheet.texts
    heading, answers = measure.rows(measure.box, 0.22, 0.78)
    sheet.big(heading, texts.own("pause_pain"))
    spots = []
    for number, row in enumerate(measure.rows(answers, 1, 1, 1)):
        draw_choice(sheet.surface, row, chosen=number == sheet.chosen)
        side_px = round(min(row.height * 0.62, measure.capital_px * 1.6))
        cap = Rect(0, 0, side_px, side_px)
        cap.midleft = (row.left + row.height // 4, row.centery)
        draw_key(sheet.surface, cap, str(number + 1), side_px * 0.45)
        words = Rect(cap.right + row.height // 4, row.top, 0, row.height)
        words.width = row.right - words.left - row.height // 4
        style = Style(INK, measure.capital_px, max_lines=2)
        sheet.write(words, texts.own(PAIN_TEXTS[number]), style)
        spots.append(ClickArea(row, PAIN_ANSWERS[number]))
    return tuple(spots)


def _draw_reason(sheet: Sheet, box: Rect) -> None:
    """Draw the sign of the pause and its reason, large."""
    camera = sheet.view.pause in {Pause.CAMERA, Pause.LEFT}
    colour: Colour = UNSEEN_INK if camera else INK
    sign, words = _sign_and_words(sheet, box)
    if camera:
        shapes.crossed_eye(sheet.surface, colour, sign, GROUND)
    else:
        shapes.pause(sheet.surface, colour, sign)
    sheet.big(words, reason_of(sheet.view, sheet.texts), colour)


def _sign_and_words(sheet: Sheet, box: Rect) -> tuple[Rect, Rect]:
    """Return the places of the sign and of the reason: beside it, or below where it is narrow."""
    measure = sheet.measure
    side_px = round(min(box.height * (0.3 if measure.upright else 0.6), measure.capital_px))
    sign = Rect(box.left, box.top, side_px, side_px)
    if measure.upright:
        return sign, Rect(box.left, sign.bottom, box.width, box.height - side_px)
    sign.centery = box.centery
    left_px = sign.right + measure.gap_px
    return sign, Rect(left_px, box.top, box.right - left_px, box.height)


def _draw_middle(sheet: Sheet, box: Rect) -> tuple[ClickArea, ...]:
    """Draw the dimmed mirror, and what has been done of this set beside it."""
    measure, view = sheet.measure, sheet.view
    picture, done = measure.columns(box, 0.5, 0.5)
    spot = draw_mirror(sheet, draw_marks_below(sheet, picture))
    if not has_begun(view):
        _draw_name(sheet, done)
        return (spot,)
    ring_px = min(done.height, done.width // 2)
    ring = Rect(done.left, done.centery - ring_px // 2, ring_px, ring_px)
    draw_dial(sheet.surface, ring, dial_of(view, sheet.texts))
    safe = Rect(ring.right + measure.gap_px, done.top, 0, done.height)
    safe.width = done.right - safe.left
    held = view.machine == "hold"
    words = "clock_is_safe" if held else ""
    text = sheet.texts.own(words) if held else sheet.texts.word("sentence.count_is_safe")
    sheet.write(safe, text, Style(INK, measure.capital_px * 0.5, max_lines=3))
    return (spot,)


def _draw_name(sheet: Sheet, box: Rect) -> None:
    """Draw which exercise it is that waits."""
    pygame.draw.rect(sheet.surface, PANEL, box, border_radius=sheet.measure.gap_px)
    inner = box.inflate(-2 * sheet.measure.gap_px, -2 * sheet.measure.gap_px)
    upper, lower = sheet.measure.rows(inner, 0.6, 0.4)
    name = Style(INK, sheet.measure.capital_px * 0.6, "center", max_lines=2)
    sheet.write(upper, sheet.texts.name(sheet.view.exercise_id), name)
    sheet.write(lower, sheet.side(), Style(MUTED, sheet.measure.capital_px * 0.5, "center"))
