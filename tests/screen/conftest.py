import os
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

os.environ["SDL_VIDEODRIVER"] = "dummy"  # before pygame opens a display

from coreline.body.pose import LANDMARKS, Joint, Pose
from coreline.data_files import load_catalogue, load_cues, load_words
from coreline.judging.events import Phase, State
from coreline.programme.spec import LANGUAGES, Language
from coreline.screen.texts import Texts
from coreline.view import Stage, View

MakeView = Callable[..., View]
LINE = (Joint.LEFT_SHOULDER, Joint.LEFT_HIP, Joint.LEFT_KNEE, Joint.LEFT_ANKLE)
VIEW = View(
    t_s=1.0,
    stage=Stage.EXERCISE,
    exercise_id="w56-belly-bridge",
    machine="raises",
    side="right",
    near_side="left",
    set_number=2,
    sets=3,
    state=State.GOOD,
    phase=Phase.TOP,
    deviation_deg=0.0,
    good_deg=5.0,
    fault_deg=10.0,
    knee_deg=170.0,
    count=14,
    refused=1,
    target_count=30,
    held_s=1.2,
    target_hold_s=2.0,
    clock_runs=True,
    rest_left_s=0.0,
    faults=(),
    cue_id=None,
    line=tuple(int(joint) for joint in LINE),
)


@pytest.fixture
def view() -> MakeView:
    return lambda **changes: replace(VIEW, **changes)


@pytest.fixture(params=LANGUAGES)
def texts(request: pytest.FixtureRequest) -> Texts:
    return texts_in(request.param)


@pytest.fixture
def dutch() -> Texts:
    return texts_in("nl")


def texts_in(language: Language) -> Texts:
    return Texts(language, load_catalogue().get, load_cues(), load_words())


@pytest.fixture
def pose() -> Pose:
    """Somebody lying with the head on the left of the camera's picture, 200 pixels wide."""
    xy_px = np.full((LANDMARKS, 2), 50.0)
    for number, joint in enumerate(LINE):
        xy_px[joint] = (20.0 + 20.0 * number, 60.0)
    ones = np.ones(LANDMARKS)
    return Pose(0.0, xy_px, ones, ones, np.zeros((LANDMARKS, 3)), (200, 100))
