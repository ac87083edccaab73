"""Where the head is in the camera's picture, checked against somebody laid out in space."""

import numpy as np
import pytest

from coreline.data_files import load_catalogue
from coreline.programme.facing import is_head_right, is_head_right_near
from coreline.programme.spec import Exercise

CATALOGUE = load_catalogue()
# X to the right of the picture, Y up, Z to the camera: which way the belly looks.
BELLY = {"up": (0, 1, 0), "down": (0, -1, 0), "camera": (0, 0, 1)}
WORKING = [each for each in CATALOGUE if each.sides != "none"]


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("exercise", WORKING, ids=lambda each: each.id)
def test_the_working_side_is_near_the_camera_or_up(exercise: Exercise, side: str) -> None:
    figure = exercise.figure
    assert figure is not None
    head = np.array([1 if is_head_right(exercise, side) else -1, 0, 0])
    left = np.cross(head, BELLY[figure.faces])  # of a person, by where head and belly are
    seen = left[1] if figure.faces == "camera" else left[2]
    upper_or_near = "left" if seen > 0 else "right"
    lain_on = exercise.sides == "each_side"
    assert (upper_or_near == side) != lain_on


def test_the_near_side_alone_says_it_too() -> None:
    on_back, on_belly = CATALOGUE.get("w12-belly-bridge"), CATALOGUE.get("w34-superman")
    assert is_head_right_near(on_back, "left")
    assert not is_head_right_near(on_back, "right")
    assert is_head_right_near(on_belly, "right")
