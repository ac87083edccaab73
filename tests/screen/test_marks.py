"""The small marks of what goes on beside the exercise hide nothing of the picture."""

import numpy as np
import pytest
from pygame import Surface, surfarray

from coreline.screen.pages import draw_page
from coreline.screen.scene import Scene
from coreline.session.view import Pause, Stage, View
from screen.gallery import IN_SESSION, changed, texts_in

MAGENTA = (250, 0, 250)  # nothing else on a page has this colour
ALL_OF_THEM = {"recording": True, "unkept": True, "slow": True, "muted": True}
PAUSED = changed(IN_SESSION, stage=Stage.PAUSED, pause=Pause.ASKED)


def covered(view: View, size: tuple[int, int]) -> int:
    """Return how many pixels within the picture are not of the picture."""
    picture = np.full((480, 640, 3), MAGENTA, np.uint8)
    surface = Surface(size)
    draw_page(surface, Scene(view, picture, None, **ALL_OF_THEM), texts_in("nl"))
    red, green, blue = np.moveaxis(surfarray.array3d(surface).astype(int), 2, 0)
    there = (abs(red - blue) < 30) & (red > 60) & (green < 0.4 * red)  # also where it is dimmed
    columns, rows = (np.nonzero(there.any(axis=axis))[0] for axis in (1, 0))
    inside = there[columns[0] : columns[-1] + 1, rows[0] : rows[-1] + 1]
    assert inside.size > 0.01 * size[0] * size[1]
    return int((~inside).sum())


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080), (800, 600), (1080, 1920)])
@pytest.mark.parametrize(
    "view",
    [
        changed(IN_SESSION, section=None),
        changed(IN_SESSION, stage=Stage.GET_READY, count=0, section=None),
        changed(IN_SESSION, stage=Stage.SETUP, section=None),
        PAUSED,
    ],
    ids=["exercise", "get ready", "set-up", "paused"],
)
def test_no_mark_lies_on_the_picture(view: View, size: tuple[int, int]) -> None:
    assert covered(view, size) == 0
