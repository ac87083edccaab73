"""Readings over the line from one support of the body to the other."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from coreline.body.form import FormPlan, FormTracker
from coreline.body.measures import BodyFrame, Measure, Side, Sides, point_xy
from coreline.body.pose import Joint, Pose
from coreline.body.supports import Supports
from stick_figure import BRIDGE, LEG_BRIDGE, PLANK, Bridge, Camera, LegBridge, Plank

NEAR = Sides.same(Side.LEFT)
OVER = Measure("over", ("near.hip", "near.arm", "near.foot"))
BENT_LEG = Measure("bent_leg_bend", ("mid.shoulder", "mid.hip", "far.ankle"))
STRAIGHT_LEG = Measure("straight_leg_bend", ("mid.shoulder", "mid.hip", "mid.ankle"))
PLACES = st.tuples(st.floats(-300.0, 300.0), st.floats(-300.0, 300.0))
LENGTH_PX = 400.0


def scene(feet_sign: int = 1) -> BodyFrame:
    return BodyFrame(NEAR, feet_sign, LENGTH_PX)


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


# From the trunk alone


def lies(camera: Camera, posture: LegBridge | Plank) -> BodyFrame:
    """Return how a body lies that rests on shoulders or forearms and feet."""
    near = Side.LEFT if posture.prone == camera.head_left else Side.RIGHT
    return BodyFrame(Sides.same(near), 1 if camera.head_left else -1, LENGTH_PX)


@given(trunk_deg=st.floats(16.0, 30.0), sinks_deg=st.floats(1.0, 8.0), head_left=st.booleans())
def test_the_bend_on_a_bent_leg_follows_the_trunk(
    trunk_deg: float, sinks_deg: float, *, head_left: bool
) -> None:
    camera, good = Camera(head_left=head_left), LegBridge(trunk_deg)
    sagging = LegBridge(trunk_deg - sinks_deg)
    read_deg, sags_deg = (
        BENT_LEG.of(camera.pose(0.0, each), lies(camera, each)) for each in (good, sagging)
    )
    assert sags_deg - read_deg == pytest.approx(2.0 * sinks_deg, abs=1e-6)
    assert sags_deg - read_deg == pytest.approx(sagging.bend_deg - good.bend_deg, rel=0.25)


@given(bend_deg=st.floats(-25.0, 20.0), head_left=st.booleans())
def test_the_bend_on_straight_legs_is_read_from_the_trunk(
    bend_deg: float, *, head_left: bool
) -> None:
    camera, posture = Camera(head_left=head_left), Plank(bend_deg)
    read_deg = STRAIGHT_LEG.of(camera.pose(0.0, posture), lies(camera, posture))
    assert read_deg == pytest.approx(bend_deg, abs=0.5 + 0.1 * abs(bend_deg))


def test_a_foot_that_is_misread_does_not_move_the_hips() -> None:
    """The line of the supports is kept from the position on."""
    camera = Camera()
    tracker = FormTracker(
        FormPlan({"bend": BENT_LEG}, {}, None, on_side=False, min_cutoff_hz=50.0, beta=0.0)
    )
    for number in range(30):
        form = tracker.step(number / 30.0, camera.pose(number / 30.0, LEG_BRIDGE))
    assert form.scene is not None
    tracker.lock(form.scene)
    misread = camera.pose(1.0, LEG_BRIDGE)
    xy_px = misread.xy_px.copy()
    xy_px[[Joint.LEFT_ANKLE, Joint.RIGHT_ANKLE], 1] -= 12.0
    misread = replace(misread, xy_px=xy_px)
    kept_deg = tracker.step(1.0, misread).values["bend"]
    assert kept_deg == pytest.approx(form.values["bend"], abs=1e-6)
    tracker.unlock()
    assert abs(tracker.step(1.03, misread).values["bend"] - kept_deg) > 3.0


def test_before_the_position_the_line_of_the_supports_is_followed() -> None:
    camera, supports = Camera(), Supports.of([OVER, BENT_LEG])
    assert Supports.of([OVER]).step(camera.pose(0.0, PLANK), scene()) == scene()
    low, high = LegBridge(), LegBridge(foot_m=0.1)
    places = [low] * 10 + [high] * 10
    seen = [supports.step(camera.pose(n / 20.0, each), scene()) for n, each in enumerate(places)]
    straight = Supports.of([BENT_LEG]).step(camera.pose(0.0, high), scene())
    assert seen[-1].supports_deg == straight.supports_deg


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
