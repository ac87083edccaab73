"""Which poses are taken: ten a second of many, and each of those that are few already."""

from itertools import pairwise
from random import Random

import pytest

from coreline.judging.next_look import STILL_S
from coreline.judging.thinning import Thinning
from coreline.training.looks import Looks

UNEVEN_S = 0.005  # how far a made-up webcam's times are from even


def taken(times_s: list[float]) -> list[float]:
    thinning = Thinning()
    return [t_s for t_s in times_s if thinning.wants(t_s)]


def uneven(fps: float, seconds: int = 20) -> list[float]:
    chance = Random(5)
    return [
        number / fps + chance.uniform(-UNEVEN_S, UNEVEN_S) for number in range(int(fps * seconds))
    ]


@pytest.mark.parametrize("fps", [20.0, 24.0, 25.0, 30.0, 50.0, 60.0])
def test_what_a_sparing_session_looks_at_is_all_taken(fps: float) -> None:
    looks = Looks(STILL_S)
    looked_s = [t_s for t_s in (n / fps for n in range(500)) if looks.wants(t_s)]
    assert len(looked_s) < 500
    assert taken(looked_s) == looked_s


def test_a_look_that_comes_a_little_early_is_taken() -> None:
    early_s = uneven(1.0 / STILL_S)
    assert min(b - a for a, b in pairwise(early_s)) < STILL_S
    assert taken(early_s) == early_s


@pytest.mark.parametrize(("fps", "each"), [(15.0, 2), (24.0, 3), (25.0, 3), (30.0, 3), (60.0, 6)])
def test_of_every_picture_as_few_are_taken_as_are_a_tenth_of_a_second_apart(
    fps: float, each: int
) -> None:
    times_s = [number / fps for number in range(300)]
    assert taken(times_s) == times_s[::each]


def test_a_clock_that_went_back_starts_over() -> None:
    assert taken([5.0, 5.1, 1.0, 1.03, 1.1]) == [5.0, 5.1, 1.0, 1.1]
