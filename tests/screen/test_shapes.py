"""What lines and rings look like, whichever way they go."""

from math import cos, pi, sin

import numpy as np
import pytest
from numpy.typing import NDArray
from pygame import Rect, Surface, surfarray

from coreline.screen import shapes
from coreline.screen.palette import GROUND, INK

SIZE_PX = 240
BOX = Rect(0, 0, SIZE_PX, SIZE_PX)


def surface() -> Surface:
    drawn = Surface(BOX.size)
    drawn.fill(GROUND)
    return drawn


def inked(drawn: Surface) -> NDArray[np.bool_]:
    """Return where there is more ink than ground, (width, height)."""
    grey = surfarray.array3d(drawn).mean(axis=2)
    return np.asarray(grey > np.mean([np.mean(GROUND), np.mean(INK)]), np.bool_)


def ring(share: float) -> Surface:
    drawn = surface()
    shapes.ring(drawn, INK, BOX, 10.0, share)
    return drawn


@pytest.mark.parametrize("share", [0.1, 0.37, 0.5, 0.83])
def test_of_a_ring_that_grows_only_its_end_is_another(share: float) -> None:
    before, after = (surfarray.array3d(ring(each)).astype(int) for each in (share, share + 0.01))
    across, down = np.nonzero(np.abs(after - before).max(axis=2) > 8)
    angle = 2 * pi * share
    tip = SIZE_PX / 2 * (1 + sin(angle)), SIZE_PX / 2 * (1 - cos(angle))
    assert len(across)
    assert np.hypot(across - tip[0], down - tip[1]).max() < 30.0


@pytest.mark.parametrize("share", [0.002, 0.25, 0.5, 0.999, 1.0])
def test_a_ring_covers_its_share(share: float) -> None:
    whole = pi * (119.5**2 - 108.5**2)  # the smooth edge adds half a pixel
    assert inked(ring(share)).sum() == pytest.approx(share * whole, rel=0.06, abs=40.0)


@pytest.mark.parametrize("heading_deg", range(0, 360, 15))
def test_a_line_is_as_thick_and_long_whichever_way_it_goes(heading_deg: int) -> None:
    heading, length_px, width_px = pi * heading_deg / 180, 160.0, 24.0
    reach = length_px / 2 * sin(heading), -length_px / 2 * cos(heading)
    ends = (120.0 - reach[0], 120.0 - reach[1]), (120.0 + reach[0], 120.0 + reach[1])
    drawn = surface()
    shapes.stroke(drawn, INK, ends, width_px)
    places = np.argwhere(inked(drawn)) - 120.0
    along, aside = places @ (sin(heading), -cos(heading)), places @ (cos(heading), sin(heading))
    assert along.max() - along.min() == pytest.approx(length_px + width_px, abs=3.0)
    assert aside.max() - aside.min() == pytest.approx(width_px, abs=3.0)
    assert abs(along.mean()) < 1.0
    assert abs(aside.mean()) < 1.0


def test_a_line_without_length_is_a_disc() -> None:
    line, disc = surface(), surface()
    shapes.stroke(line, INK, ((120.0, 120.0), (120.0, 120.0)), 40.0)
    shapes.disc(disc, INK, (120.0, 120.0), 20.0)
    assert (inked(line) != inked(disc)).mean() < 0.001
