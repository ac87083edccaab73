"""What no body does between two frames is corrected; what a body does is left alone."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.body.pose import Joint, Pose
from coreline.body.steady import Steady
from stick_figure import LENGTH_M, PLANK, PLANK_DOWN, Camera, Plank, Raise, film, raises_film

LEGS = [23, 25, 27, 29, 31]
Timed = tuple[float, Pose | None]


def steadied(frames: list[Timed]) -> list[Pose | None]:
    steady = Steady()
    return [steady.step(pose) for _, pose in frames]


def moved(pose: Pose, by_px: tuple[float, float]) -> Pose:
    return replace(pose, xy_px=pose.xy_px + np.array(by_px))


def exchanged(pose: Pose) -> Pose:
    order = np.arange(33)
    for joint in LEGS:
        order[[joint, joint + 1]] = joint + 1, joint
    return replace(pose, xy_px=pose.xy_px[order])


def changed(frames: list[Timed], change: object, start_s: float, end_s: float) -> list[Timed]:
    assert callable(change)
    return [
        (t_s, change(pose) if pose is not None and start_s <= t_s <= end_s else pose)
        for t_s, pose in frames
    ]


@pytest.mark.parametrize("fps", [8.0, 15.0, 60.0])
def test_bodies_are_left_alone(fps: float) -> None:
    for story in (
        film((PLANK_DOWN, 0, 1), (PLANK, 0.6, 2)),
        raises_film([Raise(), Raise()], shift_deg=0.0),
    ):
        frames = story.frames(fps)
        for (_, pose), corrected in zip(frames, steadied(frames), strict=True):
            assert pose is not None
            assert corrected is not None
            assert np.array_equal(pose.xy_px, corrected.xy_px)


@given(st.floats(0.1, 1.8))
def test_somebody_else_is_not_taken_for_the_person(lapse_s: float) -> None:
    frames = film((PLANK, 0.0, 6.0)).frames()
    visited = changed(frames, lambda pose: moved(pose, (0.0, -300.0)), 2.0, 2.0 + lapse_s)
    for (t_s, pose), corrected in zip(frames, steadied(visited), strict=True):
        if 2.0 <= t_s <= 2.0 + lapse_s:
            assert corrected is None
        else:
            assert corrected is pose


def test_whoever_stays_is_the_person_after_a_while() -> None:
    frames = film((PLANK, 0.0, 6.0)).frames()
    visited = changed(frames, lambda pose: moved(pose, (0.0, -300.0)), 2.0, 9.0)
    seen = [
        t_s for (t_s, _), corrected in zip(visited, steadied(visited), strict=True) if corrected
    ]
    assert [t_s for t_s in seen if 2.0 <= t_s < 3.9] == []
    assert min(t_s for t_s in seen if t_s > 2.0) == pytest.approx(4.0, abs=0.2)


def test_exchanged_legs_are_changed_back() -> None:
    story = raises_film([Raise()], shift_deg=0.0)
    up_s = story.plateau(2)[0] + 0.5
    frames = story.frames(30.0)
    mixed_up = changed(frames, exchanged, up_s, up_s + 0.4)
    for (_, pose), corrected in zip(frames, steadied(mixed_up), strict=True):
        assert pose is not None
        assert corrected is not None
        assert np.array_equal(pose.xy_px[LEGS], corrected.xy_px[LEGS])


def test_legs_that_stay_exchanged_are_believed() -> None:
    story = raises_film([Raise()], shift_deg=0.0)
    up_s = story.plateau(2)[0] + 0.3
    mixed_up = changed(story.frames(30.0), exchanged, up_s, 99.0)
    last = [pose for (t_s, pose) in mixed_up if t_s < up_s + 1.0][-1]
    corrected = [
        each
        for (t_s, _), each in zip(mixed_up, steadied(mixed_up), strict=True)
        if t_s < up_s + 1.0
    ]
    assert last is not None
    assert corrected[-1] is not None
    assert np.array_equal(last.xy_px[LEGS], corrected[-1].xy_px[LEGS])


def test_a_landmark_that_leaps_away_and_back_stays_where_it_was() -> None:
    frames = film((PLANK, 0.0, 4.0)).frames(30.0)

    def leapt(pose: Pose) -> Pose:
        xy_px = pose.xy_px.copy()
        xy_px[Joint.LEFT_HIP] += (0.0, 250.0)
        return replace(pose, xy_px=xy_px)

    spoilt = changed(frames, leapt, 2.0, 2.1)
    for (_, pose), corrected in zip(frames, steadied(spoilt), strict=True):
        assert pose is not None
        assert corrected is not None
        assert np.allclose(pose.xy_px, corrected.xy_px, atol=1.0)


@pytest.mark.parametrize("posture", [PLANK, Plank(-60.0), PLANK_DOWN])
@pytest.mark.parametrize(("lengths", "same"), [(0.39, True), (0.41, False)])
def test_somebody_else_is_two_fifths_of_the_body_away(
    posture: Plank, lengths: float, *, same: bool
) -> None:
    frames = film((posture, 0.0, 1.0)).frames(8.0)
    by_px = (0.0, -lengths * LENGTH_M * Camera().scale_px_per_m)
    (*_, (t_s, last)) = frames
    assert last is not None
    corrected = steadied([*frames, (t_s + 0.2, replace(moved(last, by_px), t_s=t_s + 0.2))])
    assert (corrected[-1] is not None) is same


@pytest.mark.parametrize(
    ("times", "same"), [(1.65, True), (1.75, False), (0.6, True), (0.57, False)]
)
def test_somebody_else_is_another_size(times: float, *, same: bool) -> None:
    frames = film((PLANK, 0.0, 1.0)).frames(8.0)
    (*_, (t_s, last)) = frames
    assert last is not None
    middle = np.median(last.xy_px[[11, 12, *range(23, 29)]], axis=0)
    other = replace(last, t_s=t_s + 0.2, xy_px=(last.xy_px - middle) * times + middle)
    assert (steadied([*frames, (t_s + 0.2, other)])[-1] is not None) is same


def test_a_landmark_that_stays_where_it_leapt_to_is_believed_after_a_quarter_of_a_second() -> None:
    frames = film((PLANK, 0.0, 2.0)).frames(20.0)
    away_px = LENGTH_M * Camera().scale_px_per_m

    def wrist_away(pose: Pose) -> Pose:
        xy_px = pose.xy_px.copy()
        xy_px[Joint.LEFT_WRIST, 1] -= away_px
        return replace(pose, xy_px=xy_px)

    there = changed(frames, wrist_away, 1.01, 2.0)  # it was last where it belongs at 1.0 s
    leapt = [
        t_s
        for (t_s, before), mended in zip(frames, steadied(there), strict=True)
        if before is not None
        and mended is not None
        and mended.xy_px[Joint.LEFT_WRIST, 1] < before.xy_px[Joint.LEFT_WRIST, 1] - 1.0
    ]
    assert leapt[0] == 1.25
    assert len(leapt) == 16


def test_a_body_found_anew_where_one_was_misread_is_believed_at_once() -> None:
    frames = film((PLANK, 0.0, 3.0)).frames()
    misread = changed(frames, folded_small, 0.0, 1.0)
    for (t_s, pose), corrected in zip(frames, steadied(misread), strict=True):
        if t_s > 1.0:
            assert pose is not None
            assert corrected is not None
            assert np.array_equal(pose.xy_px, corrected.xy_px)


def folded_small(pose: Pose) -> Pose:
    """A body with its knees at the chest, half as large and elsewhere."""
    xy_px = pose.xy_px.copy()
    xy_px[25:33] = 2.0 * xy_px[23] - xy_px[25:33]
    return replace(pose, xy_px=0.5 * xy_px)
