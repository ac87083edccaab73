"""The small marks beside an exercise: as many as there are, in a box that is high enough."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pygame import Rect, Surface

from coreline.screen.scene import Scene
from coreline.screen.texts import Texts
from coreline.screen.widgets.marks import draw_marks, marks_height_px, marks_of
from screen import gallery

UNKEPT = Scene(unkept=True, blurred=True, silent=True)
WIDTH_PX = 500


@given(st.floats(8.0, 30.0))
def test_in_a_box_as_high_as_is_asked_for_every_mark_is_drawn(capital_px: float) -> None:
    """Half a pixel too little had the last line left out, that of a blurred picture."""
    for language in ("nl", "en"):
        marks = marks_of(UNKEPT, gallery.texts_in(language))
        height_px = marks_height_px(marks, WIDTH_PX, capital_px)
        drawn = [Surface((WIDTH_PX, height_px)) for _ in marks]
        for number, surface in enumerate(drawn, 1):
            draw_marks(surface, surface.get_rect(), marks[:number], capital_px)
        assert len({surface.get_buffer().raw for surface in drawn}) == len(marks)


@pytest.mark.parametrize("name", ["recording", "unkept", "stale", "slow", "light", "blurred"])
def test_each_mark_has_a_word(name: str, texts: Texts) -> None:
    flag: dict[str, Any] = {name: True}
    scene = Scene(**flag)
    (mark,) = marks_of(scene, texts)
    assert mark.text
    assert marks_of(Scene(), texts) == ()
    camera = name in {"stale", "slow", "light", "blurred"}
    assert (marks_of(scene, texts, camera=False) == ()) == camera
    draw_marks(Surface((300, 40)), Rect(0, 0, 300, 40), (mark,), 12.0)
