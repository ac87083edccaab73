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


# Where each limit lies: within it by a twentieth, and beyond it by as much

TRUNK_PX, HIP_PX = 100.0, np.array([320.0, 240.0])
BODY = (11, 12, 23, 24, 25, 26, 27, 28)  # shoulders, hips, knees, ankles


def lying(
    *,
    bends_deg: tuple[float, float] = (0.0, 0.0),
    shoulders: float = 0.0,
    hips: float = 0.0,
    shift: float = 0.0,
    legs: float = 1.6,
    thigh_of_shank: float = 1.0,
    seen: float = 0.9,
) -> Pose:
    """A body that lies level, its lengths in shares of the trunk; each side may be bent.

    Shoulders and hips are so far apart up and down; one side is moved along the body. Whatever is
    no part of trunk and legs is far away and unseen: it must not matter.
    """
    xy_px, visibility = np.full((33, 2), 5.0), np.zeros(33)
    visibility[list(BODY)] = seen
    shank_px = TRUNK_PX * legs / (1.0 + thigh_of_shank)
    for side, bend_deg in enumerate(bends_deg):
        # The thigh goes on along the trunk where nothing is bent.
        along = np.array([np.cos(np.radians(bend_deg)), -np.sin(np.radians(bend_deg))])
        aside = np.array([0.0, side - 0.5]) * TRUNK_PX
        middle = HIP_PX + np.array([side * shift, 0.0]) * TRUNK_PX
        hip = middle + hips * aside
        xy_px[Joint.LEFT_SHOULDER + side] = middle - (TRUNK_PX, 0.0) + shoulders * aside
        xy_px[Joint.LEFT_HIP + side] = hip
        xy_px[Joint.LEFT_KNEE + side] = hip + thigh_of_shank * shank_px * along
        xy_px[Joint.LEFT_ANKLE + side] = hip + (1.0 + thigh_of_shank) * shank_px * along
    return replace(still(), xy_px=xy_px, visibility=visibility)


@pytest.mark.parametrize(
    ("within", "beyond"),
    [
        (lying(bends_deg=(60.0, 60.0)), lying(bends_deg=(65.0, 65.0))),
        (lying(bends_deg=(60.0, 0.0)), lying(bends_deg=(65.0, 0.0))),
        (lying(bends_deg=(0.0, 60.0)), lying(bends_deg=(0.0, 65.0))),
        (lying(shoulders=0.33), lying(shoulders=0.38)),
        (lying(hips=0.28), lying(hips=0.32)),
        *(
            each
            for shift in (0.0, 0.25)  # in line, neither side can be told from the other
            for each in (
                (lying(shift=shift, legs=1.25), lying(shift=shift, legs=1.15)),
                (lying(shift=shift, legs=1.9), lying(shift=shift, legs=2.1)),
                (lying(shift=shift, thigh_of_shank=0.77), lying(shift=shift, thigh_of_shank=0.71)),
                (lying(shift=shift, thigh_of_shank=1.3), lying(shift=shift, thigh_of_shank=1.4)),
            )
        ),
        (lying(seen=0.76), lying(seen=0.74)),
    ],
)
def test_a_body_is_stretched_as_far_as_its_limits(within: Pose, beyond: Pose) -> None:
    assert is_stretched(within)
    assert not is_stretched(beyond)


@pytest.mark.parametrize(
    ("within", "beyond"),
    [
        (lying(bends_deg=(95.0, 95.0)), lying(bends_deg=(105.0, 105.0))),
        (lying(bends_deg=(95.0, 0.0)), lying(bends_deg=(105.0, 0.0))),
        (lying(bends_deg=(0.0, 95.0)), lying(bends_deg=(0.0, 105.0))),
        (
            lying(bends_deg=(57.0, 0.0), shoulders=0.3, hips=0.3),
            lying(bends_deg=(63.0, 0.0), shoulders=0.3, hips=0.3),
        ),
        # Shoulders or hips apart tilt the trunk: the left side's by seven or by four degrees one
        # way, the right side's as far the other way.
        (
            lying(bends_deg=(91.0, 0.0), shoulders=0.24),
            lying(bends_deg=(95.0, 0.0), shoulders=0.24),
        ),
        (
            lying(bends_deg=(0.0, 104.0), shoulders=0.24),
            lying(bends_deg=(0.0, 109.0), shoulders=0.24),
        ),
        (lying(bends_deg=(103.0, 0.0), hips=0.14), lying(bends_deg=(105.0, 0.0), hips=0.14)),
        (lying(bends_deg=(0.0, 95.0), hips=0.14), lying(bends_deg=(0.0, 98.0), hips=0.14)),
        (
            lying(bends_deg=(80.0, 0.0), shoulders=0.23),
            lying(bends_deg=(80.0, 0.0), shoulders=0.27),
        ),
        (lying(bends_deg=(80.0, 0.0), hips=0.14), lying(bends_deg=(80.0, 0.0), hips=0.16)),
    ],
)
def test_a_body_is_folded_from_its_limits_on(within: Pose, beyond: Pose) -> None:
    assert not is_folded(within)
    assert is_folded(beyond)


@pytest.mark.parametrize("turn_deg", range(0, 360, 9))
def test_who_is_folded_right_up_is_folded_whichever_way_they_lie(turn_deg: float) -> None:
    """The thigh lies along the trunk, where rounding may leave no angle between them."""
    pose, angle = lying(bends_deg=(180.0, 180.0)), np.radians(turn_deg)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    assert is_folded(replace(pose, xy_px=pose.xy_px @ turn.T))


@pytest.mark.parametrize("joint", BODY)
def test_each_joint_of_trunk_and_legs_is_to_be_seen(joint: int) -> None:
    pose = lying(seen=0.76)
    visibility = pose.visibility.copy()
    visibility[joint] = 0.6
    assert not is_stretched(replace(pose, visibility=visibility))


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
