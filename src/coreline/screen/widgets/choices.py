"""The ground of anything that can be chosen, and the mark of what is chosen."""

import pygame
from pygame import Rect, Surface

from coreline.screen import shapes
from coreline.screen.palette import GOOD, PANEL


def draw_choice(surface: Surface, box: Rect, *, chosen: bool) -> None:
    """Draw a panel; the chosen one has a border and a pointer at its left edge."""
    radius_px = max(4, min(box.size) // 7)
    pygame.draw.rect(surface, PANEL, box, border_radius=radius_px)
    if not chosen:
        return
    line_px = max(2, min(box.size) // 18)
    pygame.draw.rect(surface, GOOD, box, line_px, border_radius=radius_px)
    side_px = max(6, min(box.height, 60) // 3)
    place = Rect(0, 0, round(side_px * 0.7), side_px)
    place.midleft = (box.left, box.centery)
    shapes.pointer(surface, GOOD, place)
