"""What lies over a page: the keys, and the question before the end."""

from collections.abc import Sequence
from enum import Enum, auto
from math import ceil
from typing import TypeAlias

from pygame import Rect, Surface

from coreline.screen.layout import PageMeasures
from coreline.screen.lettering import Style, draw_text
from coreline.screen.palette import GROUND, INK
from coreline.screen.texts import Texts
from coreline.screen.widgets.chips import (
    LEFT,
    RIGHT,
    Chip,
    ClickArea,
    DrawKey,
    draw_chips,
    draw_key,
)
from coreline.session.command import Command

VEIL = 247  # of 255, how much of the page is covered
KeyMeaning: TypeAlias = tuple[str | DrawKey, str]  # what stands on a key, and what the key does


class Overlay(Enum):
    """What lies over the page."""

    NONE = auto()
    HELP = auto()
    ASK_END = auto()


def draw_overlay(surface: Surface, overlay: Overlay, texts: Texts) -> tuple[ClickArea, ...]:
    """Draw an overlay over the page that is there, and return what can be clicked on it."""
    if overlay is Overlay.NONE:
        return ()
    if overlay is Overlay.HELP:
        draw_help(surface, _keys(texts), texts.own("more_keys"), texts)
        return ()
    _draw_veil(surface)
    return _draw_question(surface, texts)


def draw_help(surface: Surface, keys: Sequence[KeyMeaning], presenter: str, texts: Texts) -> None:
    """Draw a list of keys, in two columns where there is room, and what a presenter does."""
    _draw_veil(surface)
    measure = PageMeasures.of(surface.get_size())
    heading, table, foot = measure.rows(measure.box, 0.12, 0.76, 0.12)
    draw_text(surface, texts.own("keys"), heading, Style(INK, measure.capital_px * 0.7))
    columns = [table] if measure.upright else measure.columns(table, 1, 1)
    length = ceil(len(keys) / len(columns))
    row_px = min(table.height // length, round(measure.capital_px * 1.5))
    for number, (key, meaning) in enumerate(keys):
        column, place = columns[number // length], number % length
        row = Rect(column.left, column.top + place * row_px, column.width, row_px)
        _draw_row(surface, row, key, meaning)
    remote = Style(INK, measure.capital_px * 0.34, max_lines=2)
    draw_text(surface, presenter, foot, remote)


def _draw_veil(surface: Surface) -> None:
    """Cover the page, so that what lies over it can be read."""
    veil = Surface(surface.get_size())
    veil.fill(GROUND)
    veil.set_alpha(VEIL)
    surface.blit(veil, (0, 0))


def _draw_row(surface: Surface, row: Rect, key: str | DrawKey, meaning: str) -> None:
    """Draw a key and what it does."""
    cap = Rect(row.left, 0, round(row.width * 0.26), round(row.height * 0.8))
    cap.centery = row.centery
    draw_key(surface, cap, key, cap.height * 0.42)
    words = Rect(cap.right + row.height // 3, row.top, 0, row.height)
    words.width = row.right - words.left
    draw_text(surface, meaning, words, Style(INK, row.height * 0.34, max_lines=2))


def _keys(texts: Texts) -> list[KeyMeaning]:
    """Return what stands on each key, a word or a shape, and what the key does."""
    return [
        (texts.own("space_bar"), texts.word("key.space")),
        (RIGHT, texts.word("key.right")),
        (LEFT, texts.word("key.left")),
        ("N", texts.own("key_next")),
        ("P", texts.word("key.p")),
        ("+", texts.own("key_plus")),
        ("-", texts.own("key_minus")),
        ("M", texts.word("key.m")),
        ("F", texts.own("full_screen")),
        ("?", texts.word("key.help")),
        ("Esc", texts.word("key.esc")),
    ]


def _draw_question(surface: Surface, texts: Texts) -> tuple[ClickArea, ...]:
    """Draw the question whether to stop, and what stops; a click beside it goes on."""
    measure = PageMeasures.of(surface.get_size())
    question, detail, chips = measure.rows(measure.box, 0.42, 0.36, 0.22)
    draw_text(
        surface, texts.own("ask_end"), question, Style(INK, measure.capital_px * 1.5, "center")
    )
    style = Style(INK, measure.capital_px * 0.6, "center", max_lines=4)
    draw_text(surface, texts.own("ask_end_detail"), detail, style)
    stop = Chip("Esc", texts.own("stop"), Command.END)
    go_on = Chip(texts.own("space_bar"), texts.own("go_on"))
    return draw_chips(surface, chips, [stop, go_on])
