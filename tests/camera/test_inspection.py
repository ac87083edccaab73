import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.camera.inspection import Inspector, same_picture, within_limits
from coreline.camera.picture_facts import facts_of, is_covered
from coreline.camera.playback import sample_path
from coreline.camera.source import Image
from coreline.camera.video import VideoFile
from coreline.placement.checks import CameraTrouble


def noise(seed: int, mean: float, spread: float, size_px: tuple[int, int] = (640, 360)) -> Image:
    values = np.random.default_rng(seed).normal(mean, spread, (size_px[1], size_px[0], 3))
    return values.clip(0.0, 255.0).astype(np.uint8)


@pytest.fixture(scope="module")
def room() -> Image:
    with VideoFile(sample_path()) as video:
        frame = next(video.frames())
    assert frame is not None
    return frame.image_bgr


def dimmed(image: Image, share: float) -> Image:
    grain = np.random.default_rng(0).normal(0.0, 8.0, image.shape)
    return (share * image + grain).clip(0.0, 255.0).astype(np.uint8)


def test_the_facts_of_a_picture() -> None:
    image = np.zeros((90, 160, 3), np.uint8)
    image[:, 80:] = 200
    facts = facts_of(image)
    assert (facts.width, facts.height, facts.persons) == (160, 90, None)
    assert facts.brightness == pytest.approx(100.0, abs=2.0)
    assert facts.contrast == pytest.approx(100.0, abs=3.0)


def test_noise_is_no_contrast() -> None:
    assert facts_of(noise(1, 100.0, 8.0)).contrast < 2.0


@pytest.mark.parametrize("mean", [0.0, 2.0, 16.0, 25.0])
@pytest.mark.parametrize("spread", [0.0, 8.0])
def test_a_covered_lens_gives_nothing_but_noise(mean: float, spread: float) -> None:
    assert is_covered(noise(1, mean, spread))


@pytest.mark.parametrize("share", [1.0, 0.5, 0.25, 0.15])
def test_a_dark_room_is_not_covered(room: Image, share: float) -> None:
    assert not is_covered(dimmed(room, share))


def test_no_light_at_all_is_as_good_as_covered(room: Image) -> None:
    assert is_covered(dimmed(room, 0.03))


def test_a_white_wall_is_not_covered() -> None:
    assert not is_covered(noise(1, 200.0, 1.0))


def test_the_same_picture_again_is_refused_until_one_pixel_changes() -> None:
    inspector, image = Inspector(), noise(1, 120.0, 9.0)
    assert inspector.objection(image) is None
    assert inspector.objection(image.copy()) is CameraTrouble.FROZEN
    assert inspector.objection(image.copy()) is CameraTrouble.FROZEN
    changed = image.copy()
    changed[201, 333, 1] ^= 1
    assert inspector.objection(changed) is None
    assert inspector.objection(image) is None


def test_black_is_called_black_though_it_is_the_same_again() -> None:
    inspector = Inspector()
    assert [inspector.objection(np.zeros((48, 64, 3), np.uint8)) for _ in range(3)] == [
        CameraTrouble.BLACK
    ] * 3
    assert inspector.objection(noise(1, 120.0, 9.0)) is None


def test_pictures_of_two_sizes_are_never_the_same() -> None:
    assert not same_picture(np.zeros((4, 6, 3), np.uint8), np.zeros((6, 4, 3), np.uint8))


@given(st.integers(1, 9000), st.integers(1, 5000))
def test_what_is_too_large_is_made_smaller_but_keeps_its_shape(width: int, height: int) -> None:
    image = np.zeros((1, 1, 3), np.uint8)
    image = np.broadcast_to(image, (height, width, 3))
    smaller = within_limits(image)
    assert smaller.shape[0] * smaller.shape[1] <= 3840 * 2160
    step = width // smaller.shape[1]
    assert (height // step, width // step, 3) == smaller.shape
