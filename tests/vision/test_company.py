"""The estimator of a session, on the sample's pictures with the real models and a clock of ours."""

from itertools import islice

from coreline.camera.video import VideoFile
from coreline.files.resources import resource_dir
from coreline.vision.company import Company

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
