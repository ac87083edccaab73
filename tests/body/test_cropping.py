"""What is cut out of a picture, and what of it may be seen without the face."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from coreline.body.cropping import HEAD, crop_of, faceless, head_of
from coreline.body.pose import Array, Joint, Pose
from coreline.files.recordings import load_trace

RECORDINGS = Path(__file__).parent.parent / "recordings"
SIZE_PX = (160, 120)
COORDINATE = st.floats(-40.0, 200.0)
# Anywhere in the picture and beside it, each landmark seen or not.
POINT = st.one_of(st.just((np.nan, np.nan)), st.tuples(COORDINATE, COORDINATE))
POINTS = st.lists(POINT, min_size=33, max_size=33).map(np.array)
LENGTH = st.floats(5.0, 200.0)


@cache
def pose_of(name: str) -> Pose:
    """Return somebody's pose in the middle of a recording."""
    pose = [each for _, each in load_trace(RECORDINGS / f"{name}.landmarks.npz")][200]
    assert pose is not None
    return pose


def somebody(name: str) -> tuple[Array, float]:
    """Return somebody's landmarks in a picture of `SIZE_PX`, and how long the body is there."""
    pose = pose_of(name)
    points_px = pose.xy_px * (np.array(SIZE_PX) / np.array(pose.size_px))
    chain = points_px[[Joint.LEFT_SHOULDER, Joint.LEFT_HIP, Joint.LEFT_KNEE, Joint.LEFT_ANKLE]]
    return points_px, float(np.hypot(*np.diff(chain, axis=0).T).sum())


@settings(max_examples=60)
@given(POINTS.filter(lambda points: np.isfinite(points).all(axis=1).any()))
def test_the_crop_holds_all_of_the_body_that_is_in_the_picture(points_px: Array) -> None:
    crop = crop_of(points_px, SIZE_PX)
    assert 0.0 <= crop.left < crop.right <= 1.0
    assert 0.0 <= crop.top < crop.bottom <= 1.0
    inside = points_px[np.isfinite(points_px).all(axis=1)].clip(0.0, SIZE_PX) / SIZE_PX
    assert (inside >= np.array([crop.left, crop.top]) - 1e-9).all()
    assert (inside <= np.array([crop.right, crop.bottom]) + 1e-9).all()


@pytest.mark.parametrize("name", ["w12-back-bridge", "w12-side-bridge", "w56-crunch"])
def test_the_crop_has_a_margin_and_room_for_the_crown(name: str) -> None:
    points_px, length_px = somebody(name)
    crop = crop_of(points_px, SIZE_PX)
    left, right = points_px[:, 0].min() / SIZE_PX[0], points_px[:, 0].max() / SIZE_PX[0]
    assert crop.left < left - 0.02
    assert crop.right > right + 0.02
    assert crop.right - crop.left < 1.0  # it is cropped
    assert (right - left) * SIZE_PX[0] < 2.0 * length_px


@settings(max_examples=60)
@given(POINTS, LENGTH)
def test_wherever_a_pose_model_puts_what_no_head_is_shown(
    points_px: Array, length_px: float
) -> None:
    shown = faceless(SIZE_PX, points_px, length_px)
    if head_of(points_px, length_px) is None:
        assert not shown[: SIZE_PX[1] // 2].any()
    else:
        assert_hidden(shown, points_px, length_px)


NAMES = ("w12-back-bridge", "w12-side-bridge", "w12-belly-bridge", "w34-superman", "w56-crunch")
AWAY = st.tuples(st.floats(-8.0, 8.0), st.floats(-8.0, 8.0))


@given(st.sampled_from(NAMES), AWAY, st.sampled_from([Joint.NOSE, Joint.LEFT_EAR]))
def test_a_hand_before_the_face_does_not_show_it(
    name: str, away: tuple[float, float], joint: Joint
) -> None:
    """Arms are shown as they are, but not where the head is."""
    points_px, length_px = somebody(name)
    for hand in (Joint.LEFT_WRIST, Joint.LEFT_INDEX, Joint.RIGHT_WRIST):
        points_px[hand] = points_px[joint] + away
    shown = faceless(SIZE_PX, points_px, length_px)
    assert head_of(points_px, length_px) is not None
    assert_hidden(shown, points_px, length_px)


def assert_hidden(shown: NDArray[np.bool_], points_px: Array, length_px: float) -> None:
    """Assert that a head is hidden: all its landmarks, and as far around as heads reach."""
    head = head_of(points_px, length_px)
    assert head is not None
    assert head.radius >= 0.14 * length_px
    down, across = np.mgrid[: SIZE_PX[1], : SIZE_PX[0]]
    off_px = np.hypot(across - head.x, down - head.y)
    assert not shown[off_px <= head.radius].any()
    known_px = points_px[list(HEAD)]
    known_px = known_px[np.isfinite(known_px).all(axis=1)]
    assert (np.hypot(*(known_px - (head.x, head.y)).T) < head.radius).all()


@pytest.mark.parametrize("name", NAMES)
def test_the_head_is_hidden_with_its_hair_and_the_hips_are_not(name: str) -> None:
    points_px, length_px = somebody(name)
    shown = faceless(SIZE_PX, points_px, length_px)
    ears = points_px[[Joint.LEFT_EAR, Joint.RIGHT_EAR]].mean(axis=0)
    shoulders = points_px[[Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER]].mean(axis=0)
    neck = ears - shoulders
    crown = ears + 0.6 * neck  # beyond the crown, of somebody with much hair
    for x, y in (ears, crown, points_px[Joint.NOSE]):
        assert not shown[min(max(round(y), 0), 119), min(max(round(x), 0), 159)]
    hip = points_px[Joint.LEFT_HIP]
    assert shown[round(hip[1]), round(hip[0])]
    assert not shown[0].any()  # nor is anybody seen who stands behind
    assert 0.02 < shown.mean() < 0.5


@pytest.mark.parametrize(
    "hidden", [[Joint.NOSE], [7, 8], [11, 12], list(HEAD)], ids=["nose", "ears", "shoulders", "all"]
)
def test_where_the_head_is_not_known_the_upper_part_is_hidden(hidden: list[int]) -> None:
    points_px, length_px = somebody("w12-back-bridge")
    points_px[hidden] = np.nan
    assert head_of(points_px, length_px) is None
    shown = faceless(SIZE_PX, points_px, length_px)
    assert not shown[:60].any()
    left, right = sorted((points_px[Joint.LEFT_HIP, 0], points_px[Joint.LEFT_ANKLE, 0]))
    _, across = np.nonzero(shown)
    assert all(left - 3 <= each <= right + 0.15 * length_px for each in across)


def test_a_head_far_from_its_shoulders_is_not_believed() -> None:
    points_px, length_px = somebody("w12-back-bridge")
    ankle = points_px[Joint.LEFT_ANKLE] - points_px[Joint.LEFT_EAR]
    points_px[list(HEAD)] += ankle
    assert head_of(points_px, length_px) is None


@pytest.mark.parametrize(
    ("length_px", "trunk_px", "neck_px", "face_px", "radius_px"),
    [
        (200.0, 20.0, 10.0, 5.0, 28.0),  # 28 to 36 cm of a body of two metres
        (50.0, 100.0, 10.0, 5.0, 36.0),  # one that lies along the line of sight
        (50.0, 20.0, 20.0, 5.0, 18.0),  # with its chin up
        (50.0, 20.0, 10.0, 15.0, 21.0),  # and with its face to the camera
    ],
)
def test_a_head_is_as_large_as_the_largest_of_what_tells(
    length_px: float, trunk_px: float, neck_px: float, face_px: float, radius_px: float
) -> None:
    points_px = np.full((33, 2), np.nan)
    points_px[[Joint.LEFT_EAR, Joint.RIGHT_EAR, Joint.NOSE]] = (100.0, 50.0)
    points_px[Joint.MOUTH_LEFT] = (100.0 - face_px, 50.0)
    points_px[[Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER]] = (100.0 + neck_px, 50.0)
    points_px[[Joint.LEFT_HIP, Joint.RIGHT_HIP]] = (100.0 + neck_px + trunk_px, 50.0)
    head = head_of(points_px, length_px)
    assert head is not None
    assert head.radius == pytest.approx(radius_px, rel=0.05)
