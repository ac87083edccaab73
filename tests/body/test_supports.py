"""Readings from one support of the body to the other, and of a leg that is half hidden."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from coreline.body.measures import BodyFrame, Measure, Side, Sides, point_xy
from coreline.body.pose import Joint, Pose
from stick_figure import BRIDGE, PLANK, Bridge, Camera, LegBridge, Plank

NEAR = Sides.same(Side.LEFT)
OVER = Measure("over", ("near.hip", "near.arm", "near.foot"))
LINKED = Measure(
    "linked_bend", ("near.shoulder", "near.hip", "far.ankle", "near.knee", "near.ankle")
)
PLACES = st.tuples(st.floats(-300.0, 300.0), st.floats(-300.0, 300.0))
LENGTH_PX = 400.0


def scene(feet_sign: int = 1, thigh_px: float = 0.0, shank_px: float = 0.0) -> BodyFrame:
    return BodyFrame(NEAR, feet_sign, LENGTH_PX, thigh_px, shank_px)


def placed(places: dict[Joint, tuple[float, float]]) -> Pose:
    """Return a pose with some joints at given places."""
    pose = Camera().pose(0.0, PLANK)
    xy_px = pose.xy_px.copy()
    for joint, place in places.items():
        xy_px[joint] = place
    return replace(pose, xy_px=xy_px)


def over(hip: tuple[float, float], one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the reading of `over` for three places."""
    measure = Measure("over", ("near.hip", "near.shoulder", "near.knee"))
    joints = (Joint.LEFT_HIP, Joint.LEFT_SHOULDER, Joint.LEFT_KNEE)
    return measure.of(placed(dict(zip(joints, (hip, one, other), strict=True))), scene())


# Over the supports


@given(height_px=st.floats(-100.0, 100.0), share=st.floats(-0.5, 1.5), other=PLACES)
def test_over_is_the_distance_from_the_line_of_the_supports(
    height_px: float, share: float, other: tuple[float, float]
) -> None:
    one = (50.0, 60.0)
    along = np.array(other) - one
    assume(abs(along[0]) > 1.0)
    up = np.array([along[1], -along[0]]) / np.hypot(*along) * math.copysign(1.0, along[0])
    hip = np.array(one) + share * along + height_px * up
    reading = over((float(hip[0]), float(hip[1])), one, other)
    assert reading == pytest.approx(100.0 * height_px / LENGTH_PX, abs=1e-6)


@given(hip=PLACES, one=PLACES, other=PLACES, scale=st.floats(0.1, 10.0))
def test_over_depends_on_neither_mirror_nor_size_nor_the_order_of_the_supports(
    hip: tuple[float, float], one: tuple[float, float], other: tuple[float, float], scale: float
) -> None:
    assume(abs(one[0] - other[0]) > 1.0)
    usual = over(hip, one, other)
    assert over(hip, other, one) == pytest.approx(usual, abs=1e-6)
    mirrored = [(640.0 - x, y) for x, y in (hip, one, other)]
    assert over(*mirrored) == pytest.approx(usual, abs=1e-6)
    larger = [(scale * x, scale * y) for x, y in (hip, one, other)]
    assert over(*larger) == pytest.approx(scale * usual, abs=1e-4)  # the body's length is given


@given(rise_px=st.floats(-120.0, 120.0), height_px=st.floats(5.0, 60.0))
def test_over_is_plus_whichever_support_is_higher(rise_px: float, height_px: float) -> None:
    """Feet on a ball or forearms on it: a hip above their line is off the ground."""
    one, other = (0.0, 100.0), (300.0, 100.0 - rise_px)
    middle = (150.0, 100.0 - rise_px / 2.0)
    assert over((middle[0], middle[1] - height_px), one, other) > 0.0
    assert over((middle[0], middle[1] + height_px), one, other) < 0.0


@pytest.mark.parametrize("head_left", [True, False])
def test_hips_off_the_ground_are_over_the_supports(*, head_left: bool) -> None:
    camera = Camera(head_left=head_left)
    for up, low in ((Plank(0.0), Plank(14.0)), (Bridge(0.0), Bridge(30.0))):
        sides = Sides.same(Side.LEFT if up.prone == head_left else Side.RIGHT)
        length_px = 1.34 * camera.scale_px_per_m
        each = [
            OVER.of(camera.pose(0.0, posture), BodyFrame(sides, 1 if head_left else -1, length_px))
            for posture in (up, low)
        ]
        assert each[0] > each[1] > 0.0


# The leg whose knee is not seen


@given(
    trunk_deg=st.floats(-40.0, 60.0),
    thigh_deg=st.floats(-30.0, 80.0),
    flexion_deg=st.floats(6.0, 130.0),
    thigh_px=st.floats(60.0, 200.0),
    share=st.floats(0.7, 1.4),
    feet_sign=st.sampled_from([1, -1]),
)
def test_a_linked_bend_is_the_true_one_of_a_leg_of_two_links(
    trunk_deg: float,
    thigh_deg: float,
    flexion_deg: float,
    thigh_px: float,
    share: float,
    feet_sign: int,
) -> None:
    """From shoulder, hip and ankle alone; the knee it stands for is the upper one."""
    shank_px = share * thigh_px

    def away(place: tuple[float, float], angle_deg: float, length_px: float) -> tuple[float, float]:
        angle = math.radians(angle_deg)
        return (
            place[0] + feet_sign * length_px * math.cos(angle),
            place[1] - length_px * math.sin(angle),
        )

    hip = (320.0, 240.0)
    shoulder = away(hip, trunk_deg + 180.0, 150.0)
    knee = away(hip, thigh_deg, thigh_px)
    ankle = away(knee, thigh_deg - flexion_deg, shank_px)
    pose = placed({Joint.LEFT_SHOULDER: shoulder, Joint.LEFT_HIP: hip, Joint.RIGHT_ANKLE: ankle})
    seen = placed({Joint.LEFT_SHOULDER: shoulder, Joint.LEFT_HIP: hip, Joint.LEFT_KNEE: knee})
    bend = Measure("bend", ("near.shoulder", "near.hip", "near.knee"))
    linked_deg = LINKED.of(pose, scene(feet_sign, thigh_px, shank_px))
    assert linked_deg == pytest.approx(bend.of(seen, scene(feet_sign)), abs=0.01)


@given(trunk_deg=st.floats(12.0, 34.0), foot_m=st.floats(0.0, 0.6), head_left=st.booleans())
def test_the_hidden_knee_of_a_bridge_on_one_leg_is_found(
    trunk_deg: float, foot_m: float, *, head_left: bool
) -> None:
    """The seen leg says how long thigh and shank are, where nobody else does."""
    posture = LegBridge(trunk_deg, foot_m)
    pose = Camera(head_left=head_left).pose(0.0, posture)
    near = Side.RIGHT if head_left else Side.LEFT
    lying = BodyFrame(Sides.same(near), 1 if head_left else -1, LENGTH_PX)
    assert LINKED.of(pose, lying) == pytest.approx(posture.bend_deg, abs=1e-3)


def test_an_ankle_out_of_reach_is_a_straight_leg() -> None:
    places = {
        Joint.LEFT_SHOULDER: (100.0, 300.0),
        Joint.LEFT_HIP: (250.0, 300.0),
        Joint.RIGHT_ANKLE: (600.0, 300.0),
    }
    assert LINKED.of(placed(places), scene(1, 100.0, 100.0)) == pytest.approx(0.0, abs=4.0)


# Falls


@given(bend_deg=st.floats(-40.0, 20.0), head_left=st.booleans())
def test_a_fall_is_the_slope_with_its_sign_turned(bend_deg: float, *, head_left: bool) -> None:
    pose = Camera(head_left=head_left).pose(0.0, Plank(bend_deg))
    points = ("near.shoulder", "near.hip")
    lying = scene(1 if head_left else -1)
    fall = Measure("fall", points).of(pose, lying)
    assert fall == -Measure("slope", points).of(pose, lying)
    assert (fall > 0.0) == (pose.xy_px[Joint.LEFT_SHOULDER, 1] < pose.xy_px[Joint.LEFT_HIP, 1])


# The straight and the bent leg


@given(foot_m=st.floats(0.0, 0.6), head_left=st.booleans())
def test_the_straight_leg_is_told_from_the_bent_one(foot_m: float, *, head_left: bool) -> None:
    pose = Camera(head_left=head_left).pose(0.0, LegBridge(25.0, foot_m))
    near = Side.RIGHT if head_left else Side.LEFT
    for sides in (Sides.same(near), Sides(near, near.other), Sides(near.other, near)):
        for part in ("knee", "ankle", "foot"):
            by_name = point_xy(pose, f"straight.{part}", sides)
            assert by_name == point_xy(pose, f"near.{part}", Sides.same(near))
            by_name = point_xy(pose, f"bent.{part}", sides)
            assert by_name == point_xy(pose, f"far.{part}", Sides.same(near))


def test_the_straight_and_the_bent_leg_are_two() -> None:
    pose = Camera().pose(0.0, BRIDGE)
    both = {point_xy(pose, f"{role}.ankle", NEAR) for role in ("straight", "bent")}
    assert both == {point_xy(pose, f"{role}.ankle", NEAR) for role in ("near", "far")}
