"""The sheets in a picture: found from where a camera stands, and right to a fraction of a pixel."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from coreline.body.pose import Array
from coreline.camera.markers import SHEET_IDS, find_sheets
from coreline.data_files import load_placement
from coreline.placement.geometry import place_from_sheets
from pinhole import Pinhole, marker, picture
from printed import pages

RULES = load_placement()
HD = Pinhole(height_m=0.4, pitch_deg=3.0)
VGA = replace(HD, size_px=(640, 480))


def seen(camera: Pinhole) -> dict[int, Array]:
    left, right = pages()
    return find_sheets(picture(camera, {-1.0: left, 1.0: right}))


@pytest.mark.parametrize("camera", [HD, VGA], ids=["1280x720", "640x480"])
@pytest.mark.parametrize("yaw_deg", [-25.0, -14.0, 0.0, 5.0, 15.0])
def test_yaw_of_a_picture_is_within_its_error(camera: Pinhole, yaw_deg: float) -> None:
    """A degree where it is decided whether to refuse it, and hardly more far beyond."""
    camera = replace(camera, yaw_deg=yaw_deg)
    corners = seen(camera)
    assert set(corners) == set(SHEET_IDS)
    found = place_from_sheets(
        corners[0], corners[1], camera.size_px, RULES, hfov_deg=camera.hfov_deg
    )
    assert found.yaw_deg == pytest.approx(yaw_deg, abs=1.0 if abs(yaw_deg) <= 15.0 else 1.5)
    assert found.roll_deg == pytest.approx(0.0, abs=0.8)
    assert found.height_m == pytest.approx(camera.height_m, abs=0.1)
    assert found.distance_m == pytest.approx(camera.distance_m, rel=0.05)


def test_corners_are_where_the_camera_sees_them() -> None:
    corners = seen(HD)
    for number, x_m in ((0, -1.0), (1, 1.0)):
        off_px = corners[number] - HD.see(marker(x_m))
        assert np.abs(off_px).max() < 1.0


@pytest.mark.parametrize(
    "camera",
    [
        replace(VGA, distance_m=3.5),
        replace(VGA, distance_m=3.0, roll_deg=12.0),
        replace(VGA, yaw_deg=35.0),
        replace(HD, height_m=1.0, pitch_deg=15.0),
    ],
    ids=["far", "leaning", "askew", "from above"],
)
def test_they_are_found_in_hard_views_too(camera: Pinhole) -> None:
    assert set(seen(camera)) == set(SHEET_IDS)


def test_in_the_dark_they_are_found_still() -> None:
    left, right = pages()
    image = picture(HD, {-1.0: left, 1.0: right})
    assert set(find_sheets(np.asarray(image * 0.2, np.uint8))) == set(SHEET_IDS)


def test_an_empty_room_holds_none_and_one_sheet_is_one() -> None:
    assert find_sheets(picture(HD, {})) == {}
    assert set(find_sheets(picture(HD, {0.3: pages()[1]}))) == {1}


def test_a_sheet_seen_twice_is_none() -> None:
    left, right = pages()
    image = picture(HD, {-1.0: left, 0.0: left, 1.0: right})
    assert set(find_sheets(image)) == {1}


def test_other_markers_are_passed_over() -> None:
    family = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50)
    stranger = cv2.copyMakeBorder(
        cv2.aruco.generateImageMarker(family, 17, 200),
        60,
        60,
        60,
        60,
        cv2.BORDER_CONSTANT,
        None,
        255,
    )
    assert find_sheets(np.asarray(cv2.cvtColor(stranger, cv2.COLOR_GRAY2BGR), np.uint8)) == {}
