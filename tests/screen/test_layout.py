from itertools import combinations

import pytest
from pygame import Rect

from coreline.screen.layout import layout

SIZES = [
    (1280, 720),
    (1024, 600),
    (1920, 1080),
    (800, 1280),
    (320, 240),
    (1000, 1000),
    (3440, 1440),
]


@pytest.mark.parametrize("size", SIZES)
def test_nothing_overlaps_and_nothing_is_cut_off(size: tuple[int, int]) -> None:
    places = layout(size)
    boxes = [
        places.title,
        places.picture,
        places.sets,
        places.bar,
        places.ring,
        places.sentence,
    ]
    for one, other in combinations(boxes, 2):
        assert not one.colliderect(other), (one, other)
    for box in boxes:
        assert Rect((0, 0), size).contains(box), box
        assert min(box.size) > 0


@pytest.mark.parametrize("size", SIZES[:3])
def test_the_ring_is_large(size: tuple[int, int]) -> None:
    assert layout(size).ring.height >= 0.65 * size[1]
