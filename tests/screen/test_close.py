"""The picture during an exercise: the part where the body is, large."""

from pathlib import Path

import numpy as np
import pytest
from pygame import Rect, Surface

from coreline.body.framing import WHOLE, Framing, Section, reach_px
from coreline.files.recordings import load_trace
from coreline.screen.layout import layout
from coreline.screen.picture import draw_section

RECORDINGS = Path(__file__).parents[1] / "recordings"
LAPTOP = (1366, 768)
# Done with an arm or the legs straight up, with the knees drawn up, or turning.
NOT_STRETCHED = {"adv-side-bridge", "adv-log-roll", "w12-pelvic-curl", "w56-crunch"}
NAMES = sorted(path.name.removesuffix(".landmarks.npz") for path in RECORDINGS.glob("*.npz"))
MARK = (40, 220, 90)  # blue, green, red


@pytest.mark.parametrize("name", sorted(set(NAMES) - NOT_STRETCHED))
def test_who_lies_fills_most_of_what_the_ring_leaves(name: str) -> None:
    framing, shares, box = Framing(), [], layout(LAPTOP).picture
    for t_s, pose in load_trace(RECORDINGS / f"{name}.landmarks.npz"):
        framing.step(t_s, pose)
        if pose is None or framing.section is None:
            continue
        width_px, height_px = pose.size_px
        shown = framing.section.widened(pose.size_px, box.width / box.height)
        wide_px = (shown.right - shown.left) * width_px
        high_px = (shown.bottom - shown.top) * height_px
        left_px, _, right_px, _ = reach_px(pose)
        larger = min(box.width / wide_px, box.height / high_px)
        shares.append((right_px - left_px) * larger / LAPTOP[0])
    assert np.median(shares) >= 0.45


@pytest.mark.parametrize("mirror", [True, False])
@pytest.mark.parametrize(
    "section", [WHOLE, Section(0.3, 0.4, 0.8, 0.6), Section(0.0, 0.0, 0.3, 0.9)]
)
def test_what_is_drawn_on_it_is_where_it_shows_it(section: Section, *, mirror: bool) -> None:
    image = np.zeros((480, 640, 3), np.uint8)
    middle = ((section.left + section.right) / 2, (section.top + section.bottom) / 2)
    x_px, y_px = round(middle[0] * 640), round(middle[1] * 480)
    image[y_px - 6 : y_px + 6, x_px - 6 : x_px + 6] = MARK
    surface, box = Surface((500, 400)), Rect(20, 30, 400, 200)
    place, whole = draw_section(surface, box, image, section, dim=False, mirror=mirror)
    assert box.contains(place)
    share = 1.0 - x_px / 640 if mirror else x_px / 640
    at = (round(whole.left + share * whole.width), round(whole.top + y_px / 480 * whole.height))
    assert place.collidepoint(at)
    assert tuple(surface.get_at(at)) == (*MARK[::-1], 255)
    assert tuple(surface.get_at((5, 5))) == (0, 0, 0, 255)


def test_a_box_of_the_body_s_shape_is_filled() -> None:
    image = np.full((480, 640, 3), 99, np.uint8)
    box = Rect(0, 0, 600, 200)
    place, _ = draw_section(
        Surface((600, 200)), box, image, Section(0.2, 0.45, 0.7, 0.6), dim=False, mirror=True
    )
    assert abs(place.width - box.width) <= 2
    assert abs(place.height - box.height) <= 2
