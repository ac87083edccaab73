from pathlib import Path

import pytest

from coreline.data_files import load_catalogue, load_programme
from coreline.files.demonstrations import (
    BODIES,
    LOOP,
    STILL,
    Shown,
    has_ball,
    loop_file,
    still_file,
)
from coreline.files.resources import resource_dir

IDS = [exercise.id for exercise in load_catalogue()]
LARGEST_LOOP, LARGEST_STILL, LARGEST_SET = 80_000, 14_000, 8_000_000


@pytest.mark.parametrize("exercise_id", IDS)
def test_every_exercise_is_shown_by_both_and_on_the_ball_where_it_may_be(exercise_id: str) -> None:
    on_ball = exercise_id in load_programme().ball.exercises
    assert has_ball(exercise_id) == on_ball
    for body in BODIES:
        for ball in (False, True):
            shown = Shown(exercise_id, body, ball=ball)
            name = Shown(exercise_id, body, ball=ball and on_ball).name
            assert loop_file(shown) == resource_dir("demonstrations") / f"{name}{LOOP}"
            assert still_file(shown, "start")
            assert still_file(shown, "top")


@pytest.mark.parametrize("exercise_id", IDS)
def test_every_fault_that_can_be_drawn_is_shown(exercise_id: str) -> None:
    judging = load_catalogue().get(exercise_id).judging
    assert judging is not None
    codes = {code for band in judging.bands for code in (band.below, band.above) if code}
    for code in codes:
        assert still_file(Shown(exercise_id), code), code


def test_they_are_small() -> None:
    files = list(resource_dir("demonstrations").iterdir())
    assert all(path.stat().st_size <= LARGEST_LOOP for path in files if path.suffix == LOOP)
    assert all(path.stat().st_size <= LARGEST_STILL for path in files if path.suffix == STILL)
    assert sum(path.stat().st_size for path in files) <= LARGEST_SET


@pytest.mark.parametrize("exercise_id", ["mine", "../../secret", "", "w12-belly-bridge/.."])
def test_an_exercise_of_ones_own_has_no_picture(exercise_id: str) -> None:
    assert loop_file(Shown(exercise_id)) is None
    assert still_file(Shown(exercise_id), "top") is None


def test_where_the_folder_is_missing_there_are_no_pictures(tmp_path: Path) -> None:
    assert loop_file(Shown("w12-belly-bridge"), tmp_path / "coreline") is None


def test_a_still_on_the_floor_never_stands_beside_one_on_the_ball(tmp_path: Path) -> None:
    package = tmp_path / "coreline"
    there = package / "demonstrations"
    there.mkdir(parents=True)
    for name in ("a-woman.webm", "a-woman-sag.webp", "a-ball-woman.webm", "b-woman-sag.webp"):
        (there / name).touch()
    assert still_file(Shown("a"), "sag", package) == there / "a-woman-sag.webp"
    assert still_file(Shown("a", ball=True), "sag", package) is None
    assert still_file(Shown("b", ball=True), "sag", package) == there / "b-woman-sag.webp"
