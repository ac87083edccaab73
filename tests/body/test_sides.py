"""Which side is near and where the feet are, from about a second of poses."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.body.measures import Side, Sides
from coreline.body.pose import Joint, Pose
from coreline.body.sides import SceneFinder
from stick_figure import BRIDGE, LEG_BRIDGE, LENGTH_M, PLANK, Camera, Posture

LEFT = Sides.same(Side.LEFT)


def finder_after(poses: list[Pose]) -> SceneFinder:
    finder = SceneFinder()
    for pose in poses:
        finder.step(pose)
    return finder


def seen_from_the_other_side(pose: Pose) -> Pose:
    """Return the pose with the visibility of left and right exchanged."""
    visibility = pose.visibility.copy()
    for joint in Joint:
        if "LEFT" in joint.name:
            other = Joint[joint.name.replace("LEFT", "RIGHT")]
            visibility[[joint, other]] = visibility[[other, joint]]
    return replace(pose, visibility=visibility)


@pytest.mark.parametrize(
    ("posture", "head_left", "near"),
    [
        (PLANK, True, Side.LEFT),
        (PLANK, False, Side.RIGHT),
        (BRIDGE, True, Side.RIGHT),
        (BRIDGE, False, Side.LEFT),
    ],
)
def test_the_side_that_is_seen_better_is_near(
    posture: Posture, near: Side, *, head_left: bool
) -> None:
    assert finder_after([Camera(head_left=head_left).pose(0.0, posture)]).near() is near


@pytest.mark.parametrize(("head_left", "sign"), [(True, 1), (False, -1)])
def test_the_feet_lie_on_the_other_side_of_the_picture_than_the_head(
    sign: int, *, head_left: bool
) -> None:
    for posture in (PLANK, BRIDGE, LEG_BRIDGE):
        scene = finder_after([Camera(head_left=head_left).pose(0.0, posture)]).scene(LEFT)
        assert scene.feet_sign == sign


@given(scale_px_per_m=st.floats(50.0, 900.0))
def test_the_length_is_that_of_the_body_in_pixels(scale_px_per_m: float) -> None:
    finder = finder_after([Camera(scale_px_per_m=scale_px_per_m).pose(0.0, PLANK)])
    assert finder.scene(LEFT).length_px == pytest.approx(LENGTH_M * scale_px_per_m)


def test_a_short_moment_of_the_other_side_changes_nothing() -> None:
    camera = Camera()
    poses = [camera.pose(n / 15.0, PLANK) for n in range(15)]
    poses[10:14] = [seen_from_the_other_side(pose) for pose in poses[10:14]]
    assert finder_after(poses).near() is Side.LEFT


def test_after_a_second_on_the_other_side_that_side_is_near() -> None:
    camera = Camera()
    poses = [camera.pose(n / 15.0, PLANK) for n in range(50)]
    poses[30:] = [seen_from_the_other_side(pose) for pose in poses[30:]]
    assert finder_after(poses[:30]).near() is Side.LEFT
    assert finder_after(poses).near() is Side.RIGHT


@pytest.mark.parametrize("fps", [8.0, 60.0])
def test_the_memory_is_a_second_at_any_frame_rate(fps: float) -> None:
    small, large = Camera(scale_px_per_m=100.0), Camera(scale_px_per_m=300.0)
    times = [n / fps for n in range(int(3.0 * fps))]
    poses = [(small if t_s < 1.0 else large).pose(t_s, PLANK) for t_s in times]
    finder = finder_after([pose for pose in poses if pose.t_s < 2.2])
    assert finder.scene(LEFT).length_px == pytest.approx(LENGTH_M * 300.0)


def test_one_pose_that_is_far_off_does_not_change_the_length() -> None:
    camera = Camera()
    poses = [camera.pose(n / 15.0, PLANK) for n in range(15)]
    poses[7] = Camera(scale_px_per_m=3000.0).pose(7 / 15.0, PLANK)
    assert finder_after(poses).scene(LEFT).length_px == pytest.approx(LENGTH_M * 300.0)


def test_a_body_in_one_point_still_has_a_length_to_divide_by() -> None:
    assert finder_after([Camera(scale_px_per_m=1e-9).pose(0.0, PLANK)]).scene(LEFT).length_px >= 1.0


def test_after_a_reset_the_past_is_forgotten() -> None:
    camera = Camera()
    finder = finder_after([camera.pose(n / 15.0, PLANK) for n in range(15)])
    finder.reset()
    finder.step(seen_from_the_other_side(camera.pose(1.0, PLANK)))
    assert finder.near() is Side.RIGHT
