"""Dark pictures are lightened, others are handed on untouched."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from coreline.camera.source import Image
from coreline.vision.brightening import (
    AIM,
    DARK,
    LIGHT,
    LONGEST_PX,
    Brightener,
    brightened,
    brightness_of,
)


def grey(level: float, width: int = 640, height: int = 480) -> Image:
    return np.full((height, width, 3), level, np.uint8)


def shaded(most: float) -> Image:
    """A picture that grows lighter from left to right."""
    row = np.linspace(0.0, most, 640)
    return np.repeat(np.tile(row, (480, 1))[:, :, None], 3, axis=2).astype(np.uint8)


@pytest.mark.parametrize("level", [LIGHT + 1, 125, 255])
def test_a_picture_that_is_not_dark_is_the_very_same(level: float) -> None:
    picture = grey(level)
    assert Brightener().step(picture, looking=True) is picture


def test_a_dark_picture_comes_out_as_bright_as_a_usual_one() -> None:
    picture = shaded(50.0)
    lightened = Brightener().step(picture, looking=False)
    assert lightened.shape == picture.shape
    assert brightness_of(lightened) == pytest.approx(AIM, abs=6.0)
    # What differs still differs, in the same order.
    columns = lightened.mean(axis=(0, 2))
    assert columns[100] < columns[300] < columns[500]
    assert picture.max() == 50


def test_between_dark_and_light_it_stays_as_it_was() -> None:
    between, brightener = grey((DARK + LIGHT) / 2.0), Brightener()
    assert brightener.step(between, looking=False) is between
    assert brightener.step(grey(DARK - 2), looking=False).mean() > DARK
    assert brightener.step(between, looking=False) is not between
    assert brightener.step(grey(LIGHT + 2), looking=False).mean() == LIGHT + 2
    assert brightener.step(between, looking=False) is between


def test_a_light_body_before_a_black_wall_is_not_dark_and_a_lamp_makes_no_light() -> None:
    body = grey(2)
    body[200:320, 100:500] = 180
    assert Brightener().step(body, looking=True) is body
    lamp = grey(20)
    lamp[:60, :200] = 255
    assert Brightener().step(lamp, looking=True) is not lamp


def test_noise_is_smoothed_before_it_grows() -> None:
    noise = np.random.default_rng(3).normal(0.0, 8.0, (480, 640, 3))
    noisy = (36.0 + noise).clip(0.0, 255.0).astype(np.uint8)
    gain = AIM / brightness_of(noisy)
    following = brightened(noisy, brightness_of(noisy), looking=False).std() / gain
    looking = brightened(noisy, brightness_of(noisy), looking=True).std() / gain
    assert looking < 0.6 * following < 0.3 * noise.std()


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (720, 1280)])
def test_a_large_dark_picture_comes_out_smaller_in_the_same_shape(width: int, height: int) -> None:
    lightened = Brightener().step(grey(20, width, height), looking=True)
    assert max(lightened.shape) == LONGEST_PX
    assert lightened.shape[1] / lightened.shape[0] == pytest.approx(width / height, abs=0.01)


@given(
    arrays(np.uint8, st.tuples(st.integers(1, 40), st.integers(1, 40), st.just(3))),
    st.booleans(),
)
def test_every_picture_comes_out_as_one(picture: Image, looking: bool) -> None:
    lightened = Brightener().step(picture, looking=looking)
    assert lightened.dtype == np.uint8
    assert lightened.shape == picture.shape
    assert lightened is picture or brightness_of(picture) < DARK
