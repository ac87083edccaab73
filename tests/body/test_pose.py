"""A pose is checked at the door."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from coreline.body.pose import LANDMARKS, Joint
from stick_figure import PLANK, Camera

POSE = Camera().pose(0.0, PLANK)


def test_the_topology_has_33_landmarks_numbered_without_gaps() -> None:
    assert [int(joint) for joint in Joint] == list(range(LANDMARKS))


def test_left_and_right_landmarks_come_in_pairs() -> None:
    lefts = {joint.name.replace("LEFT", "") for joint in Joint if "LEFT" in joint.name}
    rights = {joint.name.replace("RIGHT", "") for joint in Joint if "RIGHT" in joint.name}
    assert lefts == rights
    assert len(lefts) == 16


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("xy_px", (32, 2)),
        ("xy_px", (33, 3)),
        ("depth_px", (33, 1)),
        ("visibility", (0,)),
        ("world_m", (33, 2)),
    ],
)
def test_a_wrong_shape_is_refused_and_both_shapes_are_said(
    name: str, shape: tuple[int, ...]
) -> None:
    changed: dict[str, Any] = {name: np.zeros(shape)}
    with pytest.raises(ValueError, match=rf"{name} has shape \({shape[0]}.*expected \(33"):
        replace(POSE, **changed)


@pytest.mark.parametrize("number", [np.nan, np.inf, -np.inf])
def test_a_place_that_is_no_number_is_refused(number: float) -> None:
    xy_px = POSE.xy_px.copy()
    xy_px[Joint.LEFT_HIP, 1] = number
    with pytest.raises(ValueError, match="not finite"):
        replace(POSE, xy_px=xy_px)
