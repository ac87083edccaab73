"""From poses to form: what was measured, what was not seen, what is kept."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.body.form import FormTracker
from coreline.body.measures import BodyFrame, Measure, Side
from coreline.body.pose import Joint, Pose
from judged_films import form_plan, forms_of
from stick_figure import (
    BRIDGE,
    PLANK,
    Camera,
    Plank,
    film,
    rules_of,
    shaken,
)

CAMERA = Camera()
PLAN = replace(
    form_plan(rules_of("w12-back-bridge")),
    measures={
        "bend": Measure("bend", ("near.shoulder", "near.hip", "near.ankle")),
        "trunk": Measure("slope", ("near.shoulder", "near.hip")),
    },
    needs={"near.shoulder": 0.5, "near.hip": 0.5, "near.ankle": 0.6},
)


def with_joint(
    pose: Pose,
    joint: Joint,
    *,
    visibility: float | None = None,
    xy_px: tuple[float, float] | None = None,
) -> Pose:
    """Return the pose with one landmark hidden or elsewhere."""
    seen, places = pose.visibility.copy(), pose.xy_px.copy()
    if visibility is not None:
        seen[joint] = visibility
    if xy_px is not None:
        places[joint] = xy_px
    return replace(pose, visibility=seen, xy_px=places)


def scene_after(tracker: FormTracker, pose: Pose) -> BodyFrame:
    scene = tracker.step(pose.t_s, pose).scene
    assert scene is not None
    return scene


def mirrored(pose: Pose) -> Pose:
    """Return the picture mirrored as a webcam does: the labels then change sides too."""
    xy_px, visibility = pose.xy_px.copy(), pose.visibility.copy()
    xy_px[:, 0] = pose.size_px[0] - xy_px[:, 0]
    order = np.arange(len(xy_px))
    for joint in Joint:
        if "LEFT" in joint.name:
            other = Joint[joint.name.replace("LEFT", "RIGHT")]
            order[[joint, other]] = other, joint
    return replace(pose, xy_px=xy_px[order], visibility=visibility[order])


# What is seen


def test_with_nobody_found_nothing_is_measured() -> None:
    form = FormTracker(PLAN).step(0.0, None)
    assert (form.found, form.seen, form.missing, form.scene) == (False, False, None, None)
    assert dict(form.values) == {}


def test_a_whole_figure_is_seen() -> None:
    form = FormTracker(PLAN).step(0.0, CAMERA.pose(0.0, Plank(7.0)))
    assert (form.found, form.seen, form.missing) == (True, True, None)
    assert form.values["bend"] == pytest.approx(7.0)


def test_a_reading_is_hidden_while_a_point_of_it_is_and_only_where_that_is_asked() -> None:
    plan = replace(PLAN, seen={"bend": 0.65})
    for visibility, hidden in ((0.6, True), (0.7, False)):
        pose = with_joint(CAMERA.pose(0.0, PLANK), Joint.LEFT_ANKLE, visibility=visibility)
        form = FormTracker(plan).step(0.0, pose)
        assert set(form.values) == {"bend", "trunk"}
        assert set(form.judged) == ({"trunk"} if hidden else {"bend", "trunk"})


@pytest.mark.parametrize(
    ("joint", "point"),
    [
        (Joint.LEFT_SHOULDER, "near.shoulder"),
        (Joint.LEFT_HIP, "near.hip"),
        (Joint.LEFT_ANKLE, "near.ankle"),
    ],
)
def test_a_hidden_point_is_named_and_the_rest_still_measured(joint: Joint, point: str) -> None:
    pose = with_joint(CAMERA.pose(0.0, Plank(7.0)), joint, visibility=0.49)
    form = FormTracker(PLAN).step(0.0, pose)
    assert (form.found, form.seen, form.missing) == (True, False, point)
    assert form.values["bend"] == pytest.approx(7.0)


def test_each_point_has_its_own_least_visibility() -> None:
    dim = with_joint(CAMERA.pose(0.0, PLANK), Joint.LEFT_ANKLE, visibility=0.55)
    assert FormTracker(PLAN).step(0.0, dim).missing == "near.ankle"
    clear = with_joint(CAMERA.pose(0.0, PLANK), Joint.LEFT_ANKLE, visibility=0.6)
    assert FormTracker(PLAN).step(0.0, clear).seen


@pytest.mark.parametrize("hidden", [Joint.LEFT_ANKLE, Joint.RIGHT_ANKLE])
def test_of_two_that_lie_side_by_side_either_will_do(hidden: Joint) -> None:
    plan = replace(PLAN, needs={"mid.ankle": 0.6})
    pose = with_joint(CAMERA.pose(0.0, PLANK), hidden, visibility=0.0)
    assert FormTracker(plan).step(0.0, pose).seen
    neither = with_joint(pose, other_of(hidden), visibility=0.59)
    assert FormTracker(plan).step(0.0, neither).missing == "mid.ankle"
    outside = with_joint(pose, other_of(hidden), xy_px=(-30.0, 300.0))
    assert FormTracker(plan).step(0.0, outside).missing == "mid.ankle"


def other_of(joint: Joint) -> Joint:
    return Joint.RIGHT_ANKLE if joint is Joint.LEFT_ANKLE else Joint.LEFT_ANKLE


def test_what_is_not_needed_may_be_hidden() -> None:
    pose = CAMERA.pose(0.0, PLANK)
    for joint in (Joint.NOSE, Joint.LEFT_WRIST, Joint.RIGHT_HIP, Joint.RIGHT_ANKLE):
        pose = with_joint(pose, joint, visibility=0.0)
    assert FormTracker(PLAN).step(0.0, pose).seen


@pytest.mark.parametrize("xy_px", [(-30.0, 300.0), (670.0, 300.0), (300.0, -20.0), (300.0, 500.0)])
def test_a_point_outside_the_picture_is_not_seen_however_sure_the_model_is(
    xy_px: tuple[float, float],
) -> None:
    pose = with_joint(CAMERA.pose(0.0, PLANK), Joint.LEFT_ANKLE, xy_px=xy_px)
    assert FormTracker(PLAN).step(0.0, pose).missing == "near.ankle"


@pytest.mark.parametrize("xy_px", [(-3.0, 300.0), (643.0, 300.0), (300.0, -3.0), (300.0, 483.0)])
def test_a_few_pixels_outside_are_rounding(xy_px: tuple[float, float]) -> None:
    pose = with_joint(CAMERA.pose(0.0, PLANK), Joint.LEFT_ANKLE, xy_px=xy_px)
    assert FormTracker(PLAN).step(0.0, pose).seen


# Sides


def test_locked_sides_stay_though_the_other_is_seen_better() -> None:
    tracker = FormTracker(PLAN)
    tracker.lock(scene_after(tracker, CAMERA.pose(0.0, PLANK)))
    for number in range(1, 60):
        pose = CAMERA.pose(number / 15.0, PLANK)
        for joint in Joint:
            if "LEFT" in joint.name:
                pose = with_joint(pose, joint, visibility=0.55)
        form = tracker.step(pose.t_s, pose)
    assert form.scene is not None
    assert form.scene.sides.near is Side.LEFT


def test_the_direction_stays_locked_too() -> None:
    tracker = FormTracker(PLAN)
    tracker.lock(scene_after(tracker, CAMERA.pose(0.0, PLANK)))
    turned = Camera(head_left=False)
    scenes = [scene_after(tracker, turned.pose(n / 15.0, PLANK)) for n in range(1, 40)]
    assert {scene.feet_sign for scene in scenes} == {1}


def test_unlocked_the_sides_are_found_anew() -> None:
    tracker = FormTracker(PLAN)
    tracker.lock(scene_after(tracker, CAMERA.pose(0.0, PLANK)))
    tracker.unlock()
    turned = Camera(head_left=False)
    scenes = [scene_after(tracker, turned.pose(5.0 + n / 15.0, PLANK)) for n in range(30)]
    assert (scenes[-1].sides.near, scenes[-1].feet_sign) == (Side.RIGHT, -1)


@pytest.mark.parametrize("work", [*Side, None])
def test_the_working_side_is_as_asked_or_the_near_one(work: Side | None) -> None:
    scene = scene_after(FormTracker(replace(PLAN, work=work)), CAMERA.pose(0.0, BRIDGE))
    assert scene.sides.near is Side.RIGHT
    assert scene.sides.work is (work or Side.RIGHT)


# Smoothing and gaps


def after_gap(gap_s: float) -> float:
    """Return the bend read right after a gap over which it went from 0 to 20 degrees."""
    tracker = FormTracker(PLAN)
    for number in range(15):
        tracker.step(number / 15.0, CAMERA.pose(number / 15.0, PLANK))
    t_s = 14 / 15.0
    while (t_s := t_s + 1 / 15.0) < 14 / 15.0 + gap_s - 1e-9:
        tracker.step(t_s, None)
    last_s = 14 / 15.0 + gap_s
    return tracker.step(last_s, CAMERA.pose(last_s, Plank(20.0))).values["bend"]


def test_a_short_gap_is_bridged_a_long_one_begins_anew() -> None:
    assert after_gap(0.2) < 18.0
    assert after_gap(0.2) < after_gap(0.45) < 19.0
    assert after_gap(0.6) == pytest.approx(20.0)


def test_a_gap_forgets_no_more_than_the_past_of_the_smoothing() -> None:
    tracker = FormTracker(PLAN)
    tracker.lock(scene_after(tracker, CAMERA.pose(0.0, PLANK)))
    scene = scene_after(tracker, Camera(head_left=False).pose(9.0, PLANK))
    assert (scene.sides.near, scene.feet_sign) == (Side.LEFT, 1)


def test_jitter_of_the_landmarks_is_smoothed() -> None:
    rules = rules_of("w12-back-bridge")
    frames = shaken(film((PLANK, 0.0, 20.0)).frames(30.0), 2.0, seed=3)
    measure = Measure("bend", ("near.shoulder", "near.hip", "near.ankle"))
    forms = forms_of(rules, frames)
    raw = [
        measure.of(pose, form.scene)
        for (_, pose), form in zip(frames, forms, strict=True)
        if pose is not None and form.scene is not None
    ]
    smooth = [form.values["bend"] for form in forms]
    assert np.std(smooth[30:]) < 0.6 * np.std(raw[30:])
    assert np.mean(smooth) == pytest.approx(0.0, abs=0.3)


# Invariance


@given(
    bend_deg=st.floats(-40.0, 23.0),
    scale_px_per_m=st.floats(80.0, 330.0),
    shift_px=st.floats(-20.0, 60.0),
)
def test_a_mirrored_moved_or_smaller_figure_has_the_same_form(
    bend_deg: float, scale_px_per_m: float, shift_px: float
) -> None:
    story = film((PLANK, 0.0, 0.3), (Plank(bend_deg), 0.5, 0.3))
    rules = rules_of("w12-back-bridge")
    plain = forms_of(rules, story.frames())
    place = Camera(scale_px_per_m=scale_px_per_m, shoulder_px=150.0 + shift_px)
    mirror = [
        (t_s, mirrored(pose) if pose is not None else None)
        for t_s, pose in story.frames(camera=place)
    ]
    for one, other in zip(plain, forms_of(rules, mirror), strict=True):
        assert dict(other.values) == pytest.approx(dict(one.values), abs=1e-5)
