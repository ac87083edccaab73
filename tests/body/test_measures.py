"""Readings on one pose: their signs, and what they do not depend on."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.body.measures import (
    BodyFrame,
    Measure,
    Side,
    Sides,
    point_xy,
)
from coreline.body.points import POINTS, POINTS_OF_KIND
from coreline.body.pose import Joint, Pose
from coreline.body.sides import SceneFinder
from stick_figure import (
    BRIDGE,
    BRIDGE_DOWN,
    LENGTH_M,
    PLANK,
    PLANK_DOWN,
    Bridge,
    Camera,
    LegBridge,
    Plank,
    Posture,
)

LINE = ("near.shoulder", "near.hip", "near.ankle")
HEADS = (True, False)
CAMERAS = st.builds(
    Camera,
    scale_px_per_m=st.floats(60.0, 900.0),
    shoulder_px=st.floats(-300.0, 900.0),
    floor_px=st.floats(-100.0, 900.0),
    head_left=st.booleans(),
)


def scene_of(pose: Pose) -> BodyFrame:
    finder = SceneFinder()
    finder.step(pose)
    near = finder.near()
    return finder.scene(Sides.same(near))


def reading(posture: Posture, camera: Camera, kind: str, *points: str) -> float:
    pose = camera.pose(0.0, posture)
    return Measure(kind, points).of(pose, scene_of(pose))


def turned(pose: Pose, angle_deg: float) -> Pose:
    """Return the pose in a picture from a camera that is not level."""
    angle = math.radians(angle_deg)
    turn = np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])
    return replace(pose, xy_px=(pose.xy_px - 200.0) @ turn + 200.0)


# The bend of the line


@given(bend_deg=st.floats(-60.0, 23.0), camera=CAMERAS)
def test_the_plank_s_bend_is_read_with_its_sign_whatever_the_camera(
    bend_deg: float, camera: Camera
) -> None:
    assert reading(Plank(bend_deg), camera, "bend", *LINE) == pytest.approx(bend_deg, abs=1e-5)


@given(bend_deg=st.floats(-30.0, 54.0), slide_m=st.floats(-0.1, 0.1), camera=CAMERAS)
def test_the_bridge_s_bend_is_read_with_its_sign_whatever_the_camera(
    bend_deg: float, slide_m: float, camera: Camera
) -> None:
    line = ("near.shoulder", "near.hip", "near.knee")
    posture = Bridge(bend_deg, slide_m)
    assert reading(posture, camera, "bend", *line) == pytest.approx(bend_deg, abs=1e-5)


@pytest.mark.parametrize("head_left", HEADS)
def test_a_hip_toward_the_floor_is_plus_one_away_from_it_minus(*, head_left: bool) -> None:
    camera = Camera(head_left=head_left)
    straight_y = camera.pose(0.0, PLANK).xy_px[Joint.LEFT_HIP, 1]
    for bend_deg in (12.0, -12.0):
        hip_y = camera.pose(0.0, Plank(bend_deg)).xy_px[Joint.LEFT_HIP, 1]
        assert (hip_y > straight_y) == (bend_deg > 0.0)
        assert reading(Plank(bend_deg), camera, "bend", *LINE) * bend_deg > 0.0


@given(bend_deg=st.floats(-40.0, 23.0), roll_deg=st.floats(-30.0, 30.0), head_left=st.booleans())
def test_a_camera_that_is_not_level_changes_neither_bend_nor_angle(
    bend_deg: float, roll_deg: float, *, head_left: bool
) -> None:
    level = Camera(head_left=head_left).pose(0.0, Plank(bend_deg, 20.0))
    tilted = turned(level, roll_deg)
    for kind, points in (("bend", LINE), ("angle", ("near.hip", "near.knee", "near.ankle"))):
        measure = Measure(kind, points)
        assert measure.of(tilted, scene_of(tilted)) == pytest.approx(
            measure.of(level, scene_of(level)), abs=1e-5
        )


@given(bend_deg=st.floats(-60.0, 23.0), head_left=st.booleans())
def test_bend_and_angle_make_180(bend_deg: float, *, head_left: bool) -> None:
    camera = Camera(head_left=head_left)
    bend = reading(Plank(bend_deg), camera, "bend", *LINE)
    assert abs(bend) + reading(Plank(bend_deg), camera, "angle", *LINE) == pytest.approx(180.0)


def test_bends_need_true_pixels_a_squeezed_picture_reads_otherwise() -> None:
    pose = Camera().pose(0.0, Plank(-20.0))
    squeezed = replace(pose, xy_px=pose.xy_px / np.array(pose.size_px) * 480.0)
    bend_deg = Measure("bend", LINE).of(squeezed, scene_of(squeezed))
    assert abs(bend_deg + 20.0) > 3.0


# Angles, slopes


@given(
    x_px=st.lists(st.floats(-500.0, 500.0), min_size=99, max_size=99),
    kind=st.sampled_from(["bend", "angle", "slope", "fall", "between"]),
)
def test_angles_stay_in_their_range_for_any_points(x_px: list[float], kind: str) -> None:
    xy_px = np.array(x_px[:66]).reshape(33, 2)
    pose = replace(Camera().pose(0.0, PLANK), xy_px=xy_px)
    joints = ("shoulder", "hip", "ankle", "knee", "heel")[: POINTS_OF_KIND[kind]]
    points = tuple(f"near.{joint}" for joint in joints)
    low_deg = 0.0 if kind == "angle" else -180.0
    assert low_deg <= Measure(kind, points).of(pose, scene_of(pose)) <= 180.0


@pytest.mark.parametrize("flexion_deg", [0.0, 15.0, 40.0, 90.0])
@pytest.mark.parametrize("head_left", HEADS)
def test_the_knee_is_180_less_its_flexion(flexion_deg: float, *, head_left: bool) -> None:
    knee = ("work.hip", "work.knee", "work.ankle")
    camera = Camera(head_left=head_left)
    for posture in (Plank(0.0, flexion_deg), LegBridge(25.0, 0.3, flexion_deg)):
        assert reading(posture, camera, "angle", *knee) == pytest.approx(
            180.0 - flexion_deg, abs=1e-4
        )


@given(trunk_deg=st.floats(-10.0, 60.0), camera=CAMERAS)
def test_a_slope_rises_toward_the_feet_on_either_side_of_the_picture(
    trunk_deg: float, camera: Camera
) -> None:
    slope = reading(LegBridge(trunk_deg), camera, "slope", "near.shoulder", "near.hip")
    assert slope == pytest.approx(trunk_deg, abs=1e-6)


@given(foot_m=st.floats(0.0, 0.7), camera=CAMERAS)
def test_between_is_the_one_slope_less_the_other(foot_m: float, camera: Camera) -> None:
    leg, trunk = ("work.hip", "work.ankle"), ("near.shoulder", "near.hip")
    posture = LegBridge(25.0, foot_m)
    leg_deg = reading(posture, camera, "slope", *leg)
    assert reading(posture, camera, "between", *leg, *trunk) == pytest.approx(leg_deg - 25.0)


def test_between_takes_the_short_way_round() -> None:
    camera = Camera()
    headward, feetward = ("near.hip", "near.shoulder"), ("near.shoulder", "near.hip")
    up = LegBridge(10.0)
    steep = reading(up, camera, "between", *headward, "near.shoulder", "nose")
    flat = reading(up, camera, "slope", *feetward)
    assert -180.0 <= steep <= 180.0
    assert flat == pytest.approx(10.0)


# Places


@given(camera=CAMERAS)
def test_places_are_shares_of_the_body_s_length(camera: Camera) -> None:
    hip_m = PLANK.joints()["hip"][0]
    expected = {
        ("height", "near.shoulder", "near.hip"): 100.0 * (0.30 - hip_m[1]) / LENGTH_M,
        ("along", "near.hip", "near.shoulder"): 100.0 * hip_m[0] / LENGTH_M,
        ("distance", "near.hip", "near.shoulder"): 100.0 * 0.50 / LENGTH_M,
    }
    for (kind, one, other), percent in expected.items():
        assert reading(PLANK, camera, kind, one, other) == pytest.approx(percent, abs=1e-6)
        swapped = reading(PLANK, camera, kind, other, one)
        assert swapped == pytest.approx(percent if kind == "distance" else -percent, abs=1e-6)


@pytest.mark.parametrize("head_left", HEADS)
def test_the_face_is_up_on_the_back_and_down_on_the_belly(*, head_left: bool) -> None:
    camera = Camera(head_left=head_left)
    for posture, sign in ((BRIDGE, 1), (BRIDGE_DOWN, 1), (PLANK, -1), (PLANK_DOWN, -1)):
        assert reading(posture, camera, "height", "nose", "near.ear") * sign > 0.0


# Points and sides


def test_every_point_has_its_landmarks_and_every_kind_its_count() -> None:
    sides = Sides(Side.LEFT, Side.RIGHT)
    assert all(sides.joints(point) for point in POINTS)
    counts = {
        "bend": 3,
        "angle": 3,
        "slope": 2,
        "fall": 2,
        "between": 4,
        "height": 2,
        "over": 3,
        "bent_leg_bend": 3,
        "straight_leg_bend": 3,
        "along": 2,
        "distance": 2,
    }
    assert counts.items() <= POINTS_OF_KIND.items()
    pose = Camera().pose(0.0, PLANK)
    for kind, count in POINTS_OF_KIND.items():
        assert math.isfinite(Measure(kind, POINTS[1 : count + 1]).of(pose, scene_of(pose)))


@pytest.mark.parametrize("near", list(Side))
@pytest.mark.parametrize("work", list(Side))
def test_roles_are_opposites_in_pairs(near: Side, work: Side) -> None:
    sides = Sides(near, work)
    assert (sides.of("near"), sides.of("work")) == (near, work)
    assert {sides.of("near"), sides.of("far")} == set(Side)
    assert {sides.of("work"), sides.of("support")} == set(Side)
    for role in ("near", "far", "work", "support"):
        (joint,) = sides.joints(f"{role}.knee")
        assert joint.name == f"{sides.of(role).name}_KNEE"


def test_the_middle_lies_halfway_between_left_and_right() -> None:
    pose = Camera().pose(0.0, LegBridge(25.0, 0.5))
    sides = Sides.same(Side.RIGHT)
    near, far = (point_xy(pose, f"{role}.ankle", sides) for role in ("near", "far"))
    middle = point_xy(pose, "mid.ankle", sides)
    assert middle == pytest.approx(((near[0] + far[0]) / 2.0, (near[1] + far[1]) / 2.0))
    assert near[1] != pytest.approx(far[1])


@given(foot_m=st.floats(0.0, 0.6), camera=CAMERAS)
def test_a_foot_is_wherever_it_is_lowest(foot_m: float, camera: Camera) -> None:
    pose = camera.pose(0.0, LegBridge(25.0, foot_m))
    sides = scene_of(pose).sides
    parts = [point_xy(pose, f"work.{part}", sides) for part in ("ankle", "heel", "toe")]
    assert point_xy(pose, "work.foot", sides) == max(parts, key=lambda place: place[1])


@pytest.mark.parametrize("left_works", [True, False])
def test_the_leg_that_is_stood_on_is_the_bent_one_however_short_the_other_looks(
    *, left_works: bool
) -> None:
    """Half hidden behind the other one, a raised leg is read as short; its foot is up even so."""
    pose = Camera().pose(0.0, PLANK)
    xy_px = pose.xy_px.copy()
    hip, raised, stood = (300.0, 200.0), (380.0, 190.0), (390.0, 290.0)
    xy_px[[Joint.LEFT_HIP, Joint.RIGHT_HIP]] = hip
    ankles = (Joint.LEFT_ANKLE, Joint.RIGHT_ANKLE)
    xy_px[list(ankles if left_works else ankles[::-1])] = raised, stood
    pose = replace(pose, xy_px=xy_px)
    sides = Sides.same(Side.LEFT)
    assert point_xy(pose, "straight.ankle", sides) == raised
    assert point_xy(pose, "bent.ankle", sides) == stood


def test_high_and_low_are_the_higher_and_lower_leg_knee_by_knee_and_foot_by_ankle() -> None:
    pose = Camera().pose(0.0, PLANK)
    xy_px = pose.xy_px.copy()
    xy_px[Joint.LEFT_KNEE, 1] -= 30.0  # the left knee is up, and the right foot
    xy_px[[Joint.RIGHT_ANKLE, Joint.RIGHT_HEEL, Joint.RIGHT_FOOT_INDEX], 1] -= 30.0
    pose = replace(pose, xy_px=xy_px)
    sides = Sides.same(Side.LEFT)
    for point, joint in (
        ("high.knee", Joint.LEFT_KNEE),
        ("low.knee", Joint.RIGHT_KNEE),
        ("high.ankle", Joint.RIGHT_ANKLE),
        ("low.ankle", Joint.LEFT_ANKLE),
        ("high.heel", Joint.RIGHT_HEEL),
        ("low.toe", Joint.LEFT_FOOT_INDEX),
    ):
        assert point_xy(pose, point, sides) == pytest.approx(tuple(xy_px[joint]))


@pytest.mark.parametrize("free", [Side.LEFT, Side.RIGHT])
def test_the_lower_arm_is_the_one_that_is_leant_on_whichever_is_free(free: Side) -> None:
    pose = Camera().pose(0.0, PLANK)
    xy_px = pose.xy_px.copy()
    first = Joint.LEFT_ELBOW if free is Side.LEFT else Joint.RIGHT_ELBOW
    wrist = Joint.LEFT_WRIST if free is Side.LEFT else Joint.RIGHT_WRIST
    xy_px[[first, wrist], 1] = xy_px[Joint.LEFT_SHOULDER, 1]
    lifted, sides = replace(pose, xy_px=xy_px), Sides.same(Side.LEFT)
    leant_px = point_xy(pose, "near.arm", Sides.same(free.other))[1]
    assert point_xy(lifted, "low.arm", sides)[1] == pytest.approx(leant_px)
    assert point_xy(lifted, "high.arm", sides)[1] == pytest.approx(xy_px[first, 1])
