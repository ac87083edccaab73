"""Whether a picture is blurred, on real ones and on made-up ones."""

from functools import cache
from pathlib import Path
from unittest.mock import patch

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.camera.source import Image
from coreline.camera.video import VideoFile
from coreline.vision.estimator import PoseEstimator
from coreline.vision.sharpness import (
    BLURRED,
    EVERY_S,
    OVER,
    SHARP,
    BlurWatch,
    ranked,
    steepness_ratio,
)

FILMS = sorted((Path(__file__).parents[1] / "recordings").glob("*.mp4"))


@cache
def first_picture(film: Path) -> Image:
    with VideoFile(film) as video:
        return next(frame.image_bgr for frame in video.frames() if frame is not None)


def blurred(picture: Image, sigma_px: float) -> Image:
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma_px), np.uint8)


def ratio(picture: Image) -> float:
    found = steepness_ratio(picture)
    assert found is not None
    return found


def squares(width: int = 640, height: int = 480) -> Image:
    """A chessboard, whose every edge is as sharp as can be."""
    rows, columns = np.indices((height, width)) // (width // 16)
    return np.repeat((200 * ((rows + columns) % 2) + 20)[:, :, None], 3, axis=2).astype(np.uint8)


@pytest.mark.parametrize("film", FILMS, ids=lambda film: film.stem)
def test_a_film_as_it_is_is_sharp_and_out_of_focus_is_blurred(film: Path) -> None:
    picture = first_picture(film)
    assert ratio(picture) > SHARP
    assert ratio(blurred(picture, 3.0)) < BLURRED


@pytest.mark.parametrize("film", FILMS, ids=lambda film: film.stem)
def test_a_poor_jpeg_is_no_blur(film: Path) -> None:
    _, packed = cv2.imencode(".jpg", first_picture(film), [cv2.IMWRITE_JPEG_QUALITY, 25])
    assert ratio(np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), np.uint8)) > SHARP


@given(st.floats(0.5, 5.0), st.floats(0.5, 3.0))
def test_more_blur_is_never_sharper(sigma_px: float, more_px: float) -> None:
    once = blurred(squares(), sigma_px)
    assert ratio(blurred(once, more_px)) <= ratio(once) + 0.05  # of grey levels


@pytest.mark.parametrize("times", [0.5, 2.0])
def test_it_does_not_depend_on_the_size_of_the_picture(times: float) -> None:
    picture = blurred(first_picture(FILMS[0]), 3.0)
    other = np.asarray(cv2.resize(picture, None, fx=times, fy=times), np.uint8)
    assert ratio(other) == pytest.approx(ratio(picture), abs=0.1)


@given(st.integers(0, 2**32 - 1), st.integers(1, 3000), st.integers(1, 2000), st.floats(0.0, 1.0))
def test_the_value_at_a_rank_is_found_without_putting_all_in_order(
    seed: int, count: int, different: int, share: float
) -> None:
    """Also where the highest stand together and a glance misses them, and where many are equal."""
    values = np.random.default_rng(seed).integers(0, different, count).astype(np.float32)
    rank = int(share * (count - 1))
    assert ranked(values, rank) == np.sort(values)[rank]
    together = np.sort(values)
    assert ranked(together, rank) == together[rank]


def test_of_a_picture_only_its_highest_values_are_put_in_order() -> None:
    values = np.arange(300_000, dtype=np.float32)
    with patch.object(np, "sort", wraps=np.sort) as sort:
        assert ranked(values, 297_000) == 297_000.0
    assert sum(len(call.args[0]) for call in sort.call_args_list) < 0.05 * len(values)


def test_where_there_is_nothing_to_see_nothing_is_said() -> None:
    assert steepness_ratio(np.full((480, 640, 3), 120, np.uint8)) is None
    noise = np.random.default_rng(0).normal(20.0, 8.0, (480, 640, 3)).clip(0, 255)
    assert steepness_ratio(noise.astype(np.uint8)) is None


def test_a_moment_out_of_focus_is_none_and_a_lens_that_stays_so_is() -> None:
    sharp, soft = squares(), blurred(squares(), 4.0)
    watch = BlurWatch()
    shown = [sharp, sharp, soft, sharp, soft, soft, soft, sharp, sharp]
    said = [watch.step(EVERY_S * number, picture) for number, picture in enumerate(shown)]
    assert said == [False, False, False, False, True, True, True, True, False]


def test_one_picture_a_second_is_looked_at() -> None:
    watch = BlurWatch()
    soft = blurred(squares(), 4.0)
    for number in range(OVER):
        watch.step(EVERY_S * number, soft)
    assert watch.is_blurred
    last_s = EVERY_S * (OVER - 1)
    for number in range(1, 20):
        assert watch.step(last_s + EVERY_S * number / 20.0, squares())


def test_a_clock_that_went_back_starts_over() -> None:
    watch = BlurWatch()
    for number in range(OVER):
        watch.step(100.0 + EVERY_S * number, squares())
    assert watch.step(0.0, blurred(squares(), 4.0)), "what was sharp was another film"


def test_poses_of_a_blurred_picture_say_so() -> None:
    picture = first_picture(next(film for film in FILMS if film.stem == "w12-back-bridge"))
    for shown, expected in ((picture, False), (blurred(picture, 3.0), True)):
        with PoseEstimator() as estimator:
            poses = [estimator.estimate(number / 10.0, shown) for number in range(4)]
        found = [pose for pose in poses if pose is not None]
        assert found
        assert {pose.blurred for pose in found} == {expected}
