"""What surrounds a body that was found anew is left out, for as long as it lies there.

The film is of a rendered person (CC0 1.0), a known one, who lies over a ball, lifts arms and legs
and stays up: the model sees her folded up wherever it is shown the ball.
"""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.body.pose import Pose
from coreline.body.stretched import is_folded, is_stretched
from coreline.camera.video import VideoFile
from coreline.vision import PoseEstimator
from coreline.vision.doubting import Place, place_of
from coreline.vision.models import model_bytes
from coreline.vision.showing import OtherLook
from coreline.vision.surroundings import (
    BEYOND_ANKLES,
    BEYOND_SHOULDERS,
    HALF_WIDTH,
    UNSURE_S,
    Surroundings,
    alone,
)
from stick_figure import PLANK, film

FILM = Path(__file__).parent / "data" / "belly-on-ball.mp4"
UP_S = 1.6  # by then she was found, and is up
WHERE = Place(np.array([381.0, 169.0]), np.array([108.0, 171.0]))  # she truly lies while up
GREY = np.full((480, 640, 3), 90, np.uint8)


def lying() -> Pose:
    pose = film((PLANK, 0.0, 1.0)).frames()[-1][1]
    assert pose is not None
    assert is_stretched(pose)
    return pose


def unsure() -> Pose:
    """The same body, so badly seen that it may be another."""
    pose = replace(lying(), visibility=np.zeros(33))
    assert not is_stretched(pose)
    return pose


def is_shown(place: Place, along: float, across: float) -> bool:
    """Say whether a point is shown, in lengths from the shoulders toward the feet, and beside."""
    shown = alone(GREY, place)
    to_feet_px = place.ankles_px - place.shoulders_px
    aside_px = np.array([-to_feet_px[1], to_feet_px[0]])
    x_px, y_px = np.round(place.shoulders_px + along * to_feet_px + across * aside_px).astype(int)
    assert 0 <= x_px < 640
    assert 0 <= y_px < 480
    return bool(shown[y_px, x_px].any())


@given(
    turn_deg=st.floats(0.0, 360.0),
    length_px=st.floats(60.0, 120.0),
    along=st.floats(-0.8, 1.6),
    across=st.floats(-0.7, 0.7),
)
def test_all_about_the_body_is_shown_and_nothing_else(
    turn_deg: float, length_px: float, along: float, across: float
) -> None:
    angle = np.radians(turn_deg)
    half_px = 0.5 * length_px * np.array([np.cos(angle), np.sin(angle)])
    middle_px = np.array([320.0, 240.0])
    place = Place(middle_px - half_px, middle_px + half_px)
    gaps = (along + BEYOND_SHOULDERS, 1.0 + BEYOND_ANKLES - along, HALF_WIDTH - abs(across))
    if abs(min(gaps)) * length_px < 2.0:
        return  # an edge, to a pixel
    assert is_shown(place, along, across) is (min(gaps) > 0.0)


def test_what_is_shown_is_shown_as_it_is() -> None:
    picture = np.random.default_rng(1).integers(1, 255, GREY.shape, np.uint8)
    before = picture.copy()
    shown = alone(picture, place_of(lying()))
    assert (picture == before).all()
    kept = shown.any(axis=2)
    assert 0.02 < kept.mean() < 0.7
    assert (shown[kept] == picture[kept]).all()


def test_nothing_is_left_out_until_somebody_was_found_anew() -> None:
    around = Surroundings()
    around.step(0.0, lying())
    assert around.left_out(GREY) is GREY


def test_it_goes_with_the_body_and_ends_when_that_is_not_sure_for_long() -> None:
    around, pose = Surroundings(), lying()
    around.found(0.0, pose)
    moved = replace(pose, xy_px=pose.xy_px + np.array([20.0, -10.0]))
    around.step(1.0, moved)
    assert (around.left_out(GREY) == alone(GREY, place_of(moved))).all()
    for t_s in np.arange(1.0, 1.0 + UNSURE_S, 0.1):
        around.step(float(t_s), None if t_s < 2.0 else unsure())
        assert (around.left_out(GREY) == alone(GREY, place_of(moved))).all()
    around.step(1.0 + UNSURE_S + 0.01, unsure())
    assert around.left_out(GREY) is GREY
    around.step(4.0, pose)  # it was not found anew
    assert around.left_out(GREY) is GREY


@pytest.mark.parametrize("sure_s", [0.5, 1.4])
def test_a_body_that_is_seen_well_again_stays_alone(sure_s: float) -> None:
    around = Surroundings()
    around.found(0.0, lying())
    around.step(sure_s, lying())
    around.step(sure_s + UNSURE_S, None)
    assert around.left_out(GREY) is not GREY


def test_of_another_person_everything_is_shown() -> None:
    around = Surroundings()
    around.found(0.0, lying())
    around.forget()
    assert around.left_out(GREY) is GREY


def poses_while_up() -> list[Pose | None]:
    with VideoFile(FILM) as video, PoseEstimator() as running:
        frames = [frame for frame in video.frames() if frame is not None]
        poses = [running.estimate(frame.t_s, frame.image_bgr) for frame in frames]
    return [pose for frame, pose in zip(frames, poses, strict=True) if frame.t_s > UP_S]


def test_with_her_surroundings_she_is_lost_to_the_ball(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Surroundings, "found", lambda *_: None)
    poses = poses_while_up()
    wrong = [pose is None or is_folded(pose) for pose in poses]
    assert len(poses) > 30
    assert np.mean(wrong) > 0.5


def test_without_them_she_is_followed_all_the_time() -> None:
    poses = poses_while_up()
    assert len(poses) > 30
    assert all(pose is not None and is_stretched(pose) for pose in poses)


@pytest.mark.parametrize("known", [True, False])
def test_where_she_was_seen_before_she_is_looked_for_alone_and_only_so_found(known: bool) -> None:
    with VideoFile(FILM) as video:
        frames = [frame for frame in video.frames() if frame is not None and frame.t_s > UP_S]
    place = replace(WHERE, known=known)
    with OtherLook(model_bytes("full")) as other:
        seen = [other.look(frame.t_s, frame.image_bgr, place) for frame in frames[::9]]
    assert len(seen) >= 4
    assert [pose is not None for pose in seen] == [known] * len(seen)
