"""The estimator of a session, on the sample's pictures with the real models and a clock of ours."""

from itertools import islice

import cv2
import numpy as np

from coreline.camera.source import Image
from coreline.camera.video import VideoFile
from coreline.files.resources import resource_dir
from coreline.vision.company import Company
from coreline.vision.sharpness import BLURRED, SHARP, steepness_ratio

STEP_S = 1.0 / 15.0


class Clock:
    """Goes on by half of what a pose is to take, each time it is read."""

    def __init__(self) -> None:
        self.now_s, self.takes_s = 0.0, 0.0

    def __call__(self) -> float:
        self.now_s += self.takes_s / 2.0
        return self.now_s


def test_a_slow_machine_goes_on_with_the_light_model_and_comes_back() -> None:
    clock, light, found = Clock(), [], []
    with (
        VideoFile(resource_dir("samples") / "w56-belly-bridge.mp4") as video,
        Company("full", clock) as company,
    ):
        pictures = [frame for frame in islice(video.frames(), 30) if frame is not None]
        for number in range(90):
            clock.takes_s = 0.3 if number < 30 else 0.04
            clock.now_s += 0.5 if number >= 30 else 0.0  # poses are wanted rarely
            pose = company.estimate(number * STEP_S, pictures[number % 30].image_bgr)
            light.append(company.light)
            found.append(pose is not None)
    assert not light[0]
    assert any(light[:30])
    assert not light[-1]
    assert sum(found) >= 80, "somebody is followed on over both changes"


def blurred(picture: Image, sigma_px: float) -> Image:
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma_px), np.uint8)


def hardly_blurred(picture: Image) -> Image:
    """Return a picture too sharp to be called blurred, and too blurred to be called sharp."""
    pictures = (blurred(picture, sigma_px) for sigma_px in np.arange(1.0, 3.0, 0.1))
    return next(each for each in pictures if BLURRED < (steepness_ratio(each) or 0.0) < SHARP)


def test_a_lens_stays_smeared_when_the_model_changes() -> None:
    clock, said = Clock(), []
    with (
        VideoFile(resource_dir("samples") / "w56-belly-bridge.mp4") as video,
        Company("full", clock) as company,
    ):
        picture = next(frame.image_bgr for frame in video.frames() if frame is not None)
        shown = [blurred(picture, 4.0)] * 40 + [hardly_blurred(picture)] * 40
        for number, each in enumerate(shown):
            clock.takes_s = 0.3 if number > 60 else 0.04  # then the machine becomes too slow
            pose = company.estimate(number * STEP_S, each)
            said.append((company.light, pose is not None and pose.blurred))
    assert said[0] == (False, True)
    assert {light for light, _ in said} == {False, True}
    assert all(is_blurred for _, is_blurred in said)
