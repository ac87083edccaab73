"""What lies over a page: the keys, and the question before the end."""

from collections.abc import Callable
from functools import partial

import pygame
from pygame import Rect, Surface

from coreline.screen import shapes
from coreline.screen.lettering import Style, draw_text
from coreline.screen.palette import GROUND, INK, MUTED, PANEL, Colour
from coreline.screen.scene import Overlay
from coreline.screen.texts import Texts

DrawKey = Callable[[Surface, Colour, Rect], None]
VEIL = 215  # of 255, how much of the page is covered


def draw_overlay(surface: Surface, overlay: Overlay, texts: Texts) -> None:
    """Draw an overlay over the page that is there."""
    if overlay is Overlay.NONE:
        return
    veil = Surface(surface.get_size())
    veil.fill(GROUND)
    veil.set_alpha(VEIL)
    surface.blit(veil, (0, 0))
    if overlay is Overlay.HELP:
        _draw_help(surface, texts)
    else:
        _draw_question(surface, texts)


def _draw_help(surface: Surface, texts: Texts) -> None:
    """Draw the list of keys."""
    box = surface.get_rect()
    box = box.inflate(-box.width // 8, -box.height // 12)
    keys = _keys(texts)
    row_px = box.height // (len(keys) + 1)
    row = Rect(box.left, box.top, box.width, row_px)
    draw_text(surface, texts.own("keys"), row, Style(INK, row_px * 0.5))
    for key, meaning in keys:
        row = row.move(0, row_px)
        cap = Rect(row.left, row.top, round(row.width * 0.24), round(row_px * 0.82))
        _draw_key(surface, cap, key)
        words = Rect(cap.right + row_px // 2, row.top, row.right - cap.right - row_px // 2, cap.h)
        draw_text(surface, meaning, words, Style(INK, row_px * 0.36))


def _keys(texts: Texts) -> list[tuple[str | DrawKey, str]]:
    """Return what stands on each key, a word or a shape, and what the key does."""
    return [
        (texts.own("space_bar"), texts.word("key.space")),
        (shapes.arrow, texts.word("key.right")),
        (partial(shapes.arrow, right=False), texts.word("key.left")),
        ("M", texts.word("key.m")),
        ("F", texts.own("full_screen")),
        ("?", texts.word("key.help")),
        ("Esc", texts.word("key.esc")),
    ]


def _draw_key(surface: Surface, cap: Rect, key: str | DrawKey) -> None:
    """Draw a key of the keyboard; arrows are shapes, the typeface has none."""
    pygame.draw.rect(surface, PANEL, cap, border_radius=cap.height // 5)
    pygame.draw.rect(surface, MUTED, cap, 2, border_radius=cap.height // 5)
    if isinstance(key, str):
        label = cap.inflate(-cap.height // 3, 0)
        draw_text(surface, key, label, Style(INK, cap.height * 0.42, "center"))
        return
    sign = Rect(0, 0, round(cap.height * 0.7), round(cap.height * 0.6))
    sign.center = cap.center
    key(surface, INK, sign)


def _draw_question(surface: Surface, texts: Texts) -> None:
    """Draw the question whether to stop."""
    box = surface.get_rect()
    question = Rect(0, 0, round(box.width * 0.9), round(box.height * 0.3))
    question.center = (box.centerx, round(box.height * 0.35))
    draw_text(surface, texts.own("ask_end"), question, Style(INK, box.height * 0.16, "center"))
    detail = Rect(0, 0, round(box.width * 0.9), round(box.height * 0.3))
    detail.center = (box.centerx, round(box.height * 0.68))
    style = Style(INK, box.height * 0.06, "center", max_lines=4)
    draw_text(surface, texts.own("ask_end_detail"), detail, style)
