"""What one pose tells of body and camera, on poses whose landmarks are put where wanted."""

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.body.measures import Side
from coreline.body.pose import LANDMARKS, Joint, Pose, turned_over
from coreline.placement.sight import Part, middle_of, sight_of, worst_seen

SIZE_PX = (1280, 720)
PAIRS = {"SHOULDER": 300.0, "HIP": 500.0, "KNEE": 700.0, "ANKLE": 900.0}
FLOOR_PX = 600.0


def lying(moved: Mapping[str, tuple[float, float]] | None = None) -> Pose:
    """Return somebody flat on the floor, head to the left, with some landmarks elsewhere."""
    xy_px = np.full((LANDMARKS, 2), (250.0, FLOOR_PX - 60.0))
    for joint in Joint:
        part = joint.name.split("_", maxsplit=1)[-1]
        xy_px[joint] = (PAIRS.get(part, xy_px[joint, 0]), FLOOR_PX - 60.0)
        if part in ("HEEL", "FOOT_INDEX"):
            xy_px[joint] = (940.0, FLOOR_PX)
        if part == "ELBOW":
            xy_px[joint] = (340.0, FLOOR_PX)
    for name, place in (moved or {}).items():
        xy_px[Joint[name]] = place
    return Pose(
        0.0, xy_px, np.zeros(LANDMARKS), np.ones(LANDMARKS), np.zeros((LANDMARKS, 3)), SIZE_PX
    )


def in_the_world(pose: Pose, places: Mapping[str, tuple[float, float, float]]) -> Pose:
    """Return the pose with parts, left and right alike, somewhere in the world."""
    world_m = pose.world_m.copy()
    for joint in Joint:
        for part, place in places.items():
            if joint.name.endswith(part):
                world_m[joint] = place
    return replace(pose, world_m=world_m)


# Room and size


def test_the_room_beside_the_body_is_a_share_of_the_picture() -> None:
    sight = sight_of(lying({"NOSE": (128.0, 180.0), "LEFT_HEEL": (1216.0, 684.0)}))
    assert (sight.left, sight.top) == pytest.approx((0.1, 0.25))
    assert (sight.right, sight.bottom) == pytest.approx((0.05, 0.05))
    assert sight.low_px == 684.0


def test_who_sticks_out_has_less_than_no_room() -> None:
    sight = sight_of(lying({"NOSE": (-64.0, 500.0), "LEFT_HEEL": (1408.0, 600.0)}))
    assert (sight.left, sight.right) == pytest.approx((-0.05, -0.1))


@pytest.mark.parametrize("name", ["LEFT_THUMB", "RIGHT_PINKY", "LEFT_EYE", "MOUTH_RIGHT"])
def test_fingers_eyes_and_mouth_do_not_count(name: str) -> None:
    assert sight_of(lying({name: (0.0, 0.0)})) == sight_of(lying())


@pytest.mark.parametrize("name", ["NOSE", "LEFT_EAR", "RIGHT_WRIST", "LEFT_ELBOW", "RIGHT_HEEL"])
def test_everything_else_does(name: str) -> None:
    assert sight_of(lying({name: (0.0, 0.0)})).left == 0.0


def test_the_length_runs_from_shoulders_over_hips_and_knees_to_ankles() -> None:
    assert sight_of(lying()).chain_px == pytest.approx(600.0)
    drawn_up = {f"{side}_KNEE": (500.0, FLOOR_PX - 260.0) for side in ("LEFT", "RIGHT")}
    shank_px = math.hypot(400.0, 200.0)
    assert sight_of(lying(drawn_up)).chain_px == pytest.approx(200.0 + 200.0 + shank_px)
    one_hip = sight_of(
        lying({"LEFT_HIP": (500.0, FLOOR_PX - 160.0)})
    )  # the middle goes half as far
    assert one_hip.chain_px == pytest.approx(200.0 + 2.0 * math.hypot(200.0, 50.0))


@pytest.mark.parametrize("up_px", [-200.0, 0.0, 100.0, 200.0])
def test_the_trunk_is_as_steep_upward_as_downward(up_px: float) -> None:
    shoulders = {f"{s}_SHOULDER": (300.0, FLOOR_PX - 60.0 - up_px) for s in ("LEFT", "RIGHT")}
    sight = sight_of(lying(shoulders))
    assert sight.trunk_deg == pytest.approx(math.degrees(math.atan2(abs(up_px), 200.0)))


# Which way


def test_head_and_feet_are_told_apart_by_the_picture() -> None:
    assert sight_of(lying()).feet_sign == 1
    assert sight_of(turned_over(lying())).feet_sign == -1
    assert sight_of(turned_over(lying())).feet_px == pytest.approx(-sight_of(lying()).feet_px)


@pytest.mark.parametrize("direction", [1.0, -1.0])
@given(yaw_deg=st.floats(-60.0, 60.0))
def test_yaw_is_how_much_nearer_the_right_end_is(direction: float, yaw_deg: float) -> None:
    """Whichever end the feet are at; smaller is nearer, and + is the right end nearer."""
    across, near = math.cos(math.radians(yaw_deg)), -math.sin(math.radians(yaw_deg))
    ankle = (direction * across, 0.0, direction * near)
    assert sight_of(in_the_world(lying(), {"ANKLE": ankle})).yaw_deg == pytest.approx(yaw_deg)


def test_of_drawn_up_legs_the_trunk_alone_gives_the_direction() -> None:
    feet = {f"{side}_ANKLE": (450.0, FLOOR_PX - 60.0) for side in ("LEFT", "RIGHT")}
    knees = {f"{side}_KNEE": (490.0, FLOOR_PX - 200.0) for side in ("LEFT", "RIGHT")}
    pose = in_the_world(
        lying({**feet, **knees}),
        {"HIP": (0.5, 0.0, -0.5), "KNEE": (0.5, 0.0, 0.5), "ANKLE": (0.5, 0.0, 0.5)},
    )
    assert sight_of(pose).yaw_deg == pytest.approx(45.0)


@pytest.mark.parametrize(("nearer_m", "near"), [(0.3, Side.LEFT), (-0.3, Side.RIGHT)])
def test_the_near_and_the_upper_side_are_those_of_the_trunk(nearer_m: float, near: Side) -> None:
    trunk = {"LEFT_SHOULDER": nearer_m, "LEFT_HIP": nearer_m}
    nearer = in_the_world(lying(), {name: (0.0, 0.0, -by_m) for name, by_m in trunk.items()})
    assert (sight_of(nearer).near, sight_of(nearer).left_nearer_m) == (near, nearer_m)
    higher = in_the_world(lying(), {name: (0.0, -by_m, 0.0) for name, by_m in trunk.items()})
    assert (sight_of(higher).upper, sight_of(higher).left_higher_m) == (near, nearer_m)


# The floor


@given(st.floats(-30.0, 30.0))
def test_the_floor_slopes_as_the_line_from_elbows_to_feet(slope_deg: float) -> None:
    fall_px = 600.0 * math.tan(math.radians(slope_deg))
    feet = dict.fromkeys(("LEFT_HEEL", "RIGHT_HEEL"), (940.0, FLOOR_PX + fall_px))
    toes = dict.fromkeys(("LEFT_FOOT_INDEX", "RIGHT_FOOT_INDEX"), (940.0, FLOOR_PX + fall_px))
    # The rest of the body is well above.
    above = dict.fromkeys((each.name for each in Joint), (600.0, 100.0))
    elbows = dict.fromkeys(("LEFT_ELBOW", "RIGHT_ELBOW"), (340.0, FLOOR_PX))
    sight = sight_of(lying({**above, **elbows, **feet, **toes}))
    assert sight.floor_deg == pytest.approx(slope_deg, abs=1e-6)
    assert sight.floor_px == pytest.approx(600.0)
    middle = (640.0, FLOOR_PX + fall_px / 2.0)
    assert (sight.floor_x_px, sight.floor_y_px) == pytest.approx(middle)


def test_of_several_lines_below_the_body_the_longest_is_the_floor() -> None:
    """From the head down to the elbows is one as well, short and steep."""
    above = dict.fromkeys((each.name for each in Joint), (600.0, 100.0))
    places = {
        "NOSE": (200.0, 400.0),
        "LEFT_ELBOW": (300.0, 600.0),
        "LEFT_KNEE": (700.0, 590.0),  # above the line, if only a little
        "LEFT_HEEL": (900.0, 610.0),
        "LEFT_FOOT_INDEX": (980.0, 500.0),
    }
    sight = sight_of(lying({**above, **places}))
    assert (sight.floor_px, sight.floor_x_px, sight.floor_y_px) == (600.0, 600.0, 605.0)
    mirrored = {name: (1280.0 - x_px, y_px) for name, (x_px, y_px) in places.items()}
    other = sight_of(lying({**above, **mirrored}))
    assert (other.floor_px, other.floor_x_px) == (600.0, 680.0)
    assert other.floor_deg == pytest.approx(-sight.floor_deg)


# Several poses


def test_the_middle_of_several_is_the_median_of_each_reading() -> None:
    sights = [
        sight_of(lying({"NOSE": (x_px, y_px)}))
        for x_px, y_px in ((64.0, 360.0), (128.0, 36.0), (12.8, 180.0))
    ]
    middle = middle_of(sights)
    assert (middle.left, middle.top) == pytest.approx((0.05, 0.25))
    assert middle_of(sights[:1]) == sights[0]


def test_the_worst_seen_of_what_is_needed_counts() -> None:
    pose = lying()
    visibility = np.full(LANDMARKS, 0.9)
    visibility[Joint.LEFT_ANKLE], visibility[Joint.RIGHT_ANKLE] = 0.4, 0.7
    pose = replace(pose, visibility=visibility)
    needs = {"near.ankle": 0.5, "near.hip": 0.5}
    looks: list[tuple[dict[str, float], Side, float, Part]] = [
        (needs, Side.LEFT, -0.1, Part.LEGS),
        (needs, Side.RIGHT, 0.2, Part.LEGS),
        # Of every limb the better seen side must be seen, whichever is near.
        ({}, Side.LEFT, 0.4, Part.LEGS),
        ({"near.hip": 0.8}, Side.LEFT, 0.1, Part.TRUNK),
        ({"near.arm": 0.85}, Side.LEFT, 0.05, Part.ARMS),
    ]
    for wanted, side, over, part in looks:
        worst = worst_seen(pose, wanted, side, 0.3)
        assert worst.over == pytest.approx(over)
        assert worst.part is part
