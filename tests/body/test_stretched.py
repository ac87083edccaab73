"""A body that lies side-on is told from one that is folded up."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.body.pose import Joint, Pose
from coreline.body.stretched import is_folded, is_stretched, middle_px
from stick_figure import PLANK, Bridge, Plank, Posture, film


def still(posture: Posture = PLANK) -> Pose:
    frames = film((posture, 0.0, 1.0)).frames()
    pose = frames[-1][1]
    assert pose is not None
    return pose


def turned_about(pose: Pose, hip: Joint, by_deg: float) -> Pose:
    """The pose with everything below a hip turned around it, on both sides."""
    angle = np.radians(by_deg)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    xy_px = pose.xy_px.copy()
    for below in (*range(25, 33),):
        xy_px[below] = xy_px[hip] + turn @ (xy_px[below] - xy_px[hip])
    return replace(pose, xy_px=xy_px)


def apart(pose: Pose, left: Joint, share: float) -> Pose:
    """The pose with a joint of either side moved apart, by a share of the trunk."""
    trunk_px = np.hypot(*(pose.xy_px[Joint.LEFT_SHOULDER] - pose.xy_px[Joint.LEFT_HIP]))
    xy_px = pose.xy_px.copy()
    middle = xy_px[[left, left + 1]].mean(axis=0)
    half = np.array([0.0, 0.5 * share * trunk_px])
    xy_px[left], xy_px[left + 1] = middle - half, middle + half
    return replace(pose, xy_px=xy_px)


@pytest.mark.parametrize("bend_deg", [-40.0, 0.0, 25.0])
def test_who_lies_side_on_is_stretched_and_not_folded(bend_deg: float) -> None:
    pose = still(Plank(bend_deg=bend_deg))
    assert is_stretched(pose)
    assert not is_folded(pose)


def test_who_is_folded_double_is_folded_from_any_side() -> None:
    pose = turned_about(still(), Joint.LEFT_HIP, 130.0)
    assert is_folded(pose)
    assert not is_stretched(pose)


def test_bent_hips_are_folded_only_of_somebody_turned_to_the_camera() -> None:
    bent = turned_about(still(), Joint.LEFT_HIP, 80.0)
    assert not is_folded(bent)
    assert not is_stretched(bent)
    assert is_folded(apart(bent, Joint.LEFT_SHOULDER, 0.4))
    assert is_folded(apart(bent, Joint.LEFT_HIP, 0.3))


def test_knees_up_in_a_bridge_are_not_folded() -> None:
    assert not is_folded(still(Bridge()))


@pytest.mark.parametrize(("left", "share"), [(Joint.LEFT_SHOULDER, 0.5), (Joint.LEFT_HIP, 0.4)])
def test_who_is_turned_to_the_camera_is_not_stretched(left: Joint, share: float) -> None:
    assert not is_stretched(apart(still(), left, share))


def test_legs_of_no_length_that_legs_have_are_not_stretched() -> None:
    pose = still()
    for share in (0.4, 1.8):
        xy_px = pose.xy_px.copy()
        for hip in (Joint.LEFT_HIP, Joint.RIGHT_HIP):
            for below in (hip + 2, hip + 4):
                xy_px[below] = xy_px[hip] + share * (xy_px[below] - xy_px[hip])
        assert not is_stretched(replace(pose, xy_px=xy_px))


def test_a_shank_far_shorter_than_the_thigh_is_not_stretched() -> None:
    pose = still()
    xy_px = pose.xy_px.copy()
    for knee in (Joint.LEFT_KNEE, Joint.RIGHT_KNEE):
        xy_px[knee + 2] = xy_px[knee] + 0.55 * (xy_px[knee + 2] - xy_px[knee])
        xy_px[knee] -= 0.1 * (xy_px[knee] - xy_px[knee - 2])
    assert not is_stretched(replace(pose, xy_px=xy_px))


def test_who_is_hardly_seen_is_not_stretched() -> None:
    pose = still()
    assert not is_stretched(replace(pose, visibility=np.full(33, 0.7)))


@given(
    st.floats(-50.0, 150.0),
    st.floats(0.2, 3.0),
    st.floats(-400.0, 400.0),
    st.booleans(),
)
def test_neither_place_nor_size_nor_side_matters(
    bend_deg: float, scale: float, shift_px: float, mirrored: bool
) -> None:
    pose = turned_about(still(), Joint.LEFT_HIP, bend_deg)
    other = replace(
        pose, xy_px=pose.xy_px * (scale * np.array([-1.0 if mirrored else 1.0, 1.0])) + shift_px
    )
    assert is_folded(other) == is_folded(pose)
    assert is_stretched(other) == is_stretched(pose)
    assert not (is_folded(pose) and is_stretched(pose))


def test_the_middle_is_between_both_sides() -> None:
    pose = apart(still(), Joint.LEFT_HIP, 0.4)
    both = pose.xy_px[[Joint.LEFT_HIP, Joint.RIGHT_HIP]]
    assert middle_px(pose, Joint.LEFT_HIP) == pytest.approx(both.mean(axis=0))
