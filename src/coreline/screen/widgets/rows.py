"""The rows of the page: the sentence at the bottom, and the sets as dots."""

import pygame
from pygame import Rect, Surface

from coreline.screen import shapes
from coreline.screen.lettering import Style, draw_text
from coreline.screen.palette import (
    CALM,
    CORRECTION_GROUND,
    CORRECTION_INK,
    GOOD,
    GOOD_GROUND,
    GROUND,
    INK,
    MUTED,
    PANEL,
    UNSEEN_GROUND,
    UNSEEN_INK,
    Colour,
)
from coreline.screen.texts import Sentence, SentenceKind

MOST_DOTS = 6
UPRIGHT = 0.6  # a strip higher than so many widths has room for a line more
TONES: dict[SentenceKind, tuple[Colour, Colour]] = {  # the text's colour and its ground's
    SentenceKind.PLAIN: (INK, PANEL),
    SentenceKind.GOOD: (GOOD, GOOD_GROUND),
    SentenceKind.CORRECTION: (CORRECTION_INK, CORRECTION_GROUND),
    SentenceKind.UNSEEN: (UNSEEN_INK, UNSEEN_GROUND),
}


def draw_sentence(surface: Surface, box: Rect, sentence: Sentence, capital_px: float) -> Rect:
    """Draw the one sentence with its shape; return the rectangle the text covers."""
    ink, ground = TONES[sentence.tone]
    pygame.draw.rect(surface, ground, box, border_radius=box.height // 8)
    pad_px = round(min(box.height * 0.14, capital_px * 0.4))
    text_box = box.inflate(-2 * pad_px, -round(box.height * 0.06))
    if sentence.tone is not SentenceKind.PLAIN:
        side_px = round(min(box.height * 0.42, capital_px * 0.8))
        sign = Rect(0, 0, side_px, side_px)
        sign.midleft = (box.left + pad_px, box.centery)
        _draw_sign(surface, sign, sentence.tone)
        text_box.left += sign.width + pad_px
        text_box.width -= sign.width + pad_px
    upright = box.height > UPRIGHT * box.width
    style = Style(ink, capital_px, max_lines=4 if upright else 3)
    return draw_text(surface, sentence.text, text_box, style)


def _draw_sign(surface: Surface, box: Rect, tone: SentenceKind) -> None:
    """Draw the shape that says without colour what kind of sentence it is."""
    ink, ground = TONES[tone]
    match tone:
        case SentenceKind.GOOD:
            shapes.tick(surface, ink, box)
        case SentenceKind.CORRECTION:
            shapes.triangle(surface, ink, box)
        case SentenceKind.UNSEEN:
            shapes.crossed_eye(surface, ink, box, ground)
        case SentenceKind.PLAIN:
            pass


def draw_dots(surface: Surface, box: Rect, done: int, sets: int) -> Rect:
    """Draw a dot a set: full when done, half full for the present one, empty to come."""
    if sets > MOST_DOTS:
        return Rect(box.left, box.top, 0, box.height)
    radius_px = round(box.height * 0.22)
    step_px = radius_px * 3
    for number in range(sets):
        centre = (box.left + radius_px + number * step_px, box.centery)
        colour = GOOD if number < done else CALM if number == done else MUTED
        shapes.disc(surface, colour, centre, radius_px)
        if number >= done:
            shapes.disc(surface, GROUND, centre, radius_px * 0.7)
        if number == done:
            shapes.disc(surface, colour, centre, radius_px * 0.4)
    return Rect(box.left, box.top, sets * step_px, box.height)
