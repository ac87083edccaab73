import os
from collections.abc import Callable

import numpy as np
import pytest

os.environ["SDL_VIDEODRIVER"] = "dummy"  # before pygame opens a display

from coreline.body.pose import LANDMARKS, Pose
from coreline.programme.language import LANGUAGES
from coreline.screen.texts import Texts
from coreline.session.view import View
from screen.gallery import LINE, VIEW, changed, texts_in

MakeView = Callable[..., View]


@pytest.fixture
def view() -> MakeView:
    return lambda **changes: changed(VIEW, **changes)


@pytest.fixture(params=LANGUAGES)
def texts(request: pytest.FixtureRequest) -> Texts:
    return texts_in(request.param)


@pytest.fixture
def dutch() -> Texts:
    return texts_in("nl")


@pytest.fixture
def pose() -> Pose:
    """Somebody lying with the head on the left of the camera's picture, 200 pixels wide."""
    xy_px = np.full((LANDMARKS, 2), 50.0)
    for number, joint in enumerate(LINE):
        xy_px[joint] = (20.0 + 20.0 * number, 60.0)
    ones = np.ones(LANDMARKS)
    return Pose(0.0, xy_px, ones, ones, np.zeros((LANDMARKS, 3)), (200, 100))
