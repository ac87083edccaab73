from collections.abc import Callable

import numpy as np
import pygame
import pytest
from pygame import Rect, Surface

from coreline.judging.events import State
from coreline.screen.palette import CALM, FAULT, GOOD, GROUND, INK, MUTED, WARN, Colour
from coreline.screen.texts import Sentence, SentenceKind, Texts
from coreline.screen.widgets.bar import draw_bar
from coreline.screen.widgets.dial import Dial, draw_dial
from coreline.screen.widgets.rows import draw_dots, draw_sentence
from coreline.session.view import View

MakeView = Callable[..., View]

BAR = Rect(0, 0, 110, 500)
DIAL = Rect(0, 0, 400, 400)


def where(surface: Surface, colour: Colour) -> np.ndarray:
    """Return the (x, y) of every pixel of a colour."""
    return np.argwhere((pygame.surfarray.array3d(surface) == colour).all(axis=2))


def drawn_bar(view: MakeView, texts: Texts, **changes: object) -> Surface:
    surface = Surface(BAR.size)
    surface.fill(GROUND)
    draw_bar(surface, BAR, view(**changes).line, texts)
    return surface


@pytest.mark.parametrize(("deviation_deg", "lower"), [(8.0, True), (-8.0, False)])
def test_the_pointer_is_where_the_hip_is(
    view: MakeView, dutch: Texts, deviation_deg: float, lower: bool
) -> None:
    surface = drawn_bar(view, dutch, deviation_deg=deviation_deg)
    bar = where(surface, GOOD)
    middle_y = (bar[:, 1].min() + bar[:, 1].max()) / 2
    pointer = where(surface.subsurface(0, 60, 40, 360), INK)
    assert len(pointer) > 50
    assert bool(pointer[:, 1].mean() + 60 > middle_y) is lower


def test_beyond_the_end_the_pointer_stays_at_the_end(view: MakeView, dutch: Texts) -> None:
    surface = Surface(BAR.size)
    scale = draw_bar(surface, BAR, view(deviation_deg=80.0).line, dutch)
    assert scale.y_px(80.0) == scale.y_px(scale.reach_deg) == scale.track.bottom
    assert scale.y_px(-80.0) == scale.track.top


def test_bands_are_as_wide_as_they_are_good(view: MakeView, dutch: Texts) -> None:
    surface = drawn_bar(view, dutch, deviation_deg=None)
    widths = [np.ptp(where(surface, colour)[:, 0]) for colour in (GOOD, WARN, FAULT)]
    assert widths == sorted(widths, reverse=True)
    assert len(set(widths)) == 3


def test_what_cannot_be_seen_has_neither_bands_nor_pointer(view: MakeView, dutch: Texts) -> None:
    surface = drawn_bar(view, dutch, state=State.UNSEEN, deviation_deg=None)
    for colour in (GOOD, WARN, FAULT):
        assert not len(where(surface, colour))
    assert len(where(surface, MUTED)) > 200, "hatched instead"
    assert not len(where(surface.subsurface(0, 60, 15, 360), INK))


@pytest.mark.parametrize("number", [0, 7, 14, 30, 100])
@pytest.mark.parametrize("inner_share", [None, 0.5])
def test_the_number_stays_inside_its_ring(number: int, inner_share: float | None) -> None:
    surface = Surface(DIAL.size)
    covered = draw_dial(surface, DIAL, Dial(number, "van 30", 1.0, inner_share))
    corners = (covered.topleft, covered.topright, covered.bottomleft, covered.bottomright)
    middle = np.array(DIAL.center)
    assert max(np.linalg.norm(np.array(corner) - middle) for corner in corners) < 186
    assert covered.height >= (100 if number >= 100 else 138)


def test_a_ring_fills_clockwise_from_the_top() -> None:
    surface = Surface(DIAL.size)
    draw_dial(surface, DIAL, Dial(7, "", 0.25))
    filled = where(surface, GOOD)
    assert filled[:, 0].min() >= 198
    assert filled[:, 1].max() <= 202
    assert len(filled) > 1000


def test_the_hold_at_the_top_has_a_ring_of_its_own() -> None:
    surface = Surface(DIAL.size)
    draw_dial(surface, DIAL, Dial(7, "", 0.25, inner_share=0.5))
    inner = where(surface, CALM)
    assert inner[:, 0].min() >= 198
    assert inner[:, 1].max() > 350


def test_a_stopped_ring_is_grey_and_has_the_sign_for_pause() -> None:
    running, stopped = Surface(DIAL.size), Surface(DIAL.size)
    draw_dial(running, DIAL, Dial(7, "", 0.5))
    draw_dial(stopped, DIAL, Dial(7, "", 0.5, stopped=True))
    assert not len(where(stopped, GOOD))
    below = Rect(150, 300, 100, 60)
    assert len(where(stopped.subsurface(below), INK)) > len(where(running.subsurface(below), INK))


def test_each_kind_of_sentence_has_its_own_shape() -> None:
    signs = []
    for tone in SentenceKind:
        surface = Surface((900, 150))
        draw_sentence(surface, surface.get_rect(), Sentence("", tone), 60.0)
        ground = surface.get_at((450, 75))[:3]
        ink = (pygame.surfarray.array3d(surface.subsurface(0, 30, 110, 90)) != ground).any(axis=2)
        signs.append(ink)
    for number, sign in enumerate(signs):
        for other in signs[number + 1 :]:
            assert (sign != other).mean() > 0.02, "told apart without colour"


def test_sets_differ_by_shape() -> None:
    surface = Surface((300, 60))
    surface.fill(GROUND)
    taken = draw_dots(surface, surface.get_rect(), done=1, sets=3)
    grey = pygame.surfarray.array3d(surface).max(axis=2) > 60
    step = taken.width // 3
    inked = [int(grey[number * step : (number + 1) * step].sum()) for number in range(3)]
    assert inked[0] > inked[1] > inked[2] > 0


def test_many_sets_are_left_to_the_words() -> None:
    assert draw_dots(Surface((300, 60)), Rect(0, 0, 300, 60), done=1, sets=20).width == 0
