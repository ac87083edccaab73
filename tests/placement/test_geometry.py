"""The camera's place from two sheets, against a simulated camera, and from a body on the floor."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coreline.data_files import load_placement
from coreline.placement.geometry import (
    CameraPlace,
    FoundBy,
    focal_px,
    place_from_body,
    place_from_sheets,
)
from coreline.placement.sight import sight_of
from pinhole import Array, Pinhole, marker
from stick_figure import PLANK, film

RULES = load_placement()
more = settings(max_examples=4 * settings().max_examples)


@st.composite
def cameras(draw: st.DrawFn, most_yaw_deg: float = 20.0) -> Pinhole:
    return Pinhole(
        yaw_deg=draw(st.floats(-most_yaw_deg, most_yaw_deg)),
        pitch_deg=draw(st.floats(-6.0, 6.0)),
        roll_deg=draw(st.floats(-10.0, 10.0)),
        height_m=draw(st.floats(0.2, 0.8)),
        distance_m=draw(st.floats(2.2, 3.5)),
    )


def seen(camera: Pinhole, apart_m: float = 2.0, facing_deg: float = 0.0) -> tuple[Array, Array]:
    left = camera.see(marker(-apart_m / 2.0, facing_deg))
    return left, camera.see(marker(apart_m / 2.0, -facing_deg))


def measured(camera: Pinhole, left: Array, right: Array) -> CameraPlace:
    return place_from_sheets(left, right, camera.size_px, RULES, hfov_deg=camera.hfov_deg)


@given(camera=cameras(), apart_m=st.floats(1.8, 2.1), facing_deg=st.floats(-15.0, 15.0))
@more
def test_without_noise_every_angle_is_within_a_half_degree(
    camera: Pinhole, apart_m: float, facing_deg: float
) -> None:
    found = measured(camera, *seen(camera, apart_m, facing_deg))
    assert found.yaw_deg == pytest.approx(camera.yaw_deg, abs=0.6)
    assert found.roll_deg == pytest.approx(camera.roll_deg, abs=0.4)
    assert found.pitch_deg == pytest.approx(camera.pitch_deg, abs=0.5)
    assert found.height_m == pytest.approx(camera.height_m, abs=0.03)
    assert found.distance_m == pytest.approx(camera.distance_m, rel=0.05)


def test_with_a_pixel_of_noise_yaw_is_within_its_degree() -> None:
    """`coreline calibrate` takes the median of fifteen pictures, each a pixel off."""
    noise = np.random.default_rng(3)
    yaws, rolls = [], []
    for _ in range(200):
        camera = Pinhole(
            yaw_deg=noise.uniform(-18, 18),
            pitch_deg=noise.uniform(-6, 6),
            roll_deg=noise.uniform(-8, 8),
            distance_m=noise.uniform(2.2, 3.0),
        )
        true = np.array(seen(camera))
        offs = noise.normal(0.0, 1.0, (15, *true.shape))
        found = measured(camera, *np.median(true + offs, axis=0))
        yaws.append(abs((found.yaw_deg or 0.0) - camera.yaw_deg))
        rolls.append(abs((found.roll_deg or 0.0) - camera.roll_deg))
    assert np.percentile(yaws, 90) < 1.0
    assert max(yaws) < 2.0
    assert np.percentile(rolls, 95) < 1.0


@pytest.mark.parametrize("sign", [-1.0, 1.0])
@pytest.mark.parametrize("yaw_deg", [-12.0, 0.0, 12.0])
def test_the_error_of_a_single_picture_is_as_documented(yaw_deg: float, sign: float) -> None:
    """A pixel of difference between the heights of the sheets is a degree at 2.5 m."""
    camera = Pinhole(yaw_deg=yaw_deg, distance_m=2.5)
    left, right = seen(camera)
    taller = sign * np.array([[0.0, -0.25], [0.0, -0.25], [0.0, 0.25], [0.0, 0.25]])
    found = measured(camera, left + taller, right - taller)
    assert found.yaw_deg == pytest.approx(yaw_deg - sign * 1.0, abs=0.15)


@given(camera=cameras(), apart_m=st.floats(1.6, 2.2))
def test_yaw_is_what_the_published_formula_gives(camera: Pinhole, apart_m: float) -> None:
    camera = replace(camera, pitch_deg=0.0, roll_deg=0.0)
    left, right = seen(camera, apart_m)
    h1, h2 = (float(np.ptp(corners[:, 1][[0, 3]])) for corners in (right, left))
    depth = focal_px(camera.size_px[0], camera.hfov_deg) * RULES.sheets.marker_mm / 1000.0
    mean_depth_m = (depth / h1 + depth / h2) / 2.0
    sine = 2.0 * (mean_depth_m / apart_m) * (h1 - h2) / (h1 + h2)
    found = measured(camera, left, right)
    assert found.yaw_deg == pytest.approx(math.degrees(math.asin(sine)), abs=0.5)


@given(camera=cameras())
def test_a_tape_measure_stands_in_for_the_lens(camera: Pinhole) -> None:
    """Nothing is known of the lens; its 50 to 90 degrees would make yaw wrong by half."""
    camera = replace(camera, hfov_deg=50.0 + 2.0 * abs(camera.yaw_deg))
    left, right = seen(camera)
    found = place_from_sheets(left, right, camera.size_px, RULES, distance_m=camera.distance_m)
    assert found.yaw_deg == pytest.approx(camera.yaw_deg, abs=1.2)
    assert found.distance_m == pytest.approx(camera.distance_m)


@given(camera=cameras())
def test_it_does_not_matter_which_sheet_is_which(camera: Pinhole) -> None:
    left, right = seen(camera)
    assert measured(camera, left, right) == measured(camera, right, left)


@given(camera=cameras())
def test_the_floor_line_goes_through_the_sheets_feet(camera: Pinhole) -> None:
    found = measured(camera, *seen(camera))
    feet = camera.see(np.array([[-1.0, 0.0, 0.0], [1.0, 0.0, 0.0]]))
    left_px, right_px = found.floor_px
    for x_px, y_px in feet:
        there_px = left_px + (right_px - left_px) * x_px / camera.size_px[0]
        assert there_px == pytest.approx(y_px, abs=2.0)


@given(camera=cameras())
def test_turning_to_the_other_side_turns_the_sign(camera: Pinhole) -> None:
    camera = replace(camera, roll_deg=0.0)
    other = measured(
        replace(camera, yaw_deg=-camera.yaw_deg), *seen(replace(camera, yaw_deg=-camera.yaw_deg))
    )
    one = measured(camera, *seen(camera))
    assert one.yaw_deg == pytest.approx(-(other.yaw_deg or 0.0), abs=0.05)
    assert one.height_m == pytest.approx(other.height_m, abs=1e-3)


def test_sheets_above_each_other_are_refused() -> None:
    corners = Pinhole().see(marker(0.0))
    with pytest.raises(ValueError, match="not beside each other"):
        place_from_sheets(corners, corners + np.array([3.0, 90.0]), (1280, 720), RULES)


def test_a_body_gives_scale_and_floor_and_no_angles() -> None:
    pose = film((PLANK, 0.0, 0.1)).frames(30.0)[0][1]
    assert pose is not None
    sight = sight_of(pose)
    found = place_from_body(sight, pose.size_px, 1.75, RULES, hfov_deg=60.0)
    assert found.found_by is FoundBy.BODY
    assert found.scale_px_m == pytest.approx(sight.chain_px / (0.779 * 1.75))
    assert found.distance_m == pytest.approx(
        pose.size_px[0] / 2 / math.tan(math.radians(30.0)) / found.scale_px_m
    )
    lowest_px = pose.xy_px[[13, 14, 15, 16, 29, 30, 31, 32], 1].max()
    assert sum(found.floor_px) / 2.0 == pytest.approx(lowest_px, abs=0.05 * sight.chain_px)
    assert (found.yaw_deg, found.roll_deg, found.pitch_deg, found.height_m) == (None,) * 4


@given(person_m=st.floats(1.4, 2.1))
def test_of_a_taller_person_a_metre_is_fewer_pixels(person_m: float) -> None:
    pose = film((PLANK, 0.0, 0.1)).frames(30.0)[0][1]
    assert pose is not None
    sight = sight_of(pose)
    small = place_from_body(sight, pose.size_px, person_m, RULES)
    tall = place_from_body(sight, pose.size_px, person_m + 0.1, RULES)
    assert tall.scale_px_m < small.scale_px_m
    assert tall.distance_m > small.distance_m


@given(slope_deg=st.floats(-8.0, 8.0))
def test_the_floor_line_under_a_body_goes_on_to_both_edges(slope_deg: float) -> None:
    pose = film((PLANK, 0.0, 0.1)).frames(30.0)[0][1]
    assert pose is not None
    fall = math.tan(math.radians(slope_deg))
    sight = replace(sight_of(pose), floor_deg=slope_deg, floor_x_px=200.0, floor_y_px=300.0)
    left_px, right_px = place_from_body(sight, pose.size_px, 1.75, RULES).floor_px
    assert left_px == pytest.approx(300.0 - 200.0 * fall)
    assert right_px == pytest.approx(300.0 + (pose.size_px[0] - 200.0) * fall)
