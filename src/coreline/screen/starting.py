"""The page before there is anything to judge: it takes nothing of what a session's pages do."""

from typing import Final

import pygame
from pygame import Rect, Surface

from coreline.screen.layout import PageMeasures
from coreline.screen.lettering import Style, draw_text
from coreline.screen.palette import GROUND, MUTED, PANEL
from coreline.screen.texts import Sentence, Texts
from coreline.screen.widgets.rows import draw_sentence

NAME: Final = "Coreline"
WIDE: Final = (16, 9)  # as most cameras' pictures are


def draw_starting(surface: Surface, texts: Texts) -> None:
    """Draw that it begins: a place for the picture with the name in it, and a sentence."""
    surface.fill(GROUND)
    measure = PageMeasures.of(surface.get_size())
    picture, strip = measure.rows(measure.box, 0.745, 0.255)
    place = Rect(0, 0, *WIDE).fit(picture)
    pygame.draw.rect(surface, PANEL, place, border_radius=place.height // 30)
    draw_text(surface, NAME, place, Style(MUTED, measure.capital_px, "center"))
    draw_sentence(surface, strip, Sentence(texts.own("starting")), measure.capital_px)
