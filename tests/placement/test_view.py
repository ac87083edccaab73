"""How a set was seen: the readings, what hinders, and that it lowers how sure one is."""

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.misplaced import scaled, shifted

from coreline.body.pose import Joint, Pose
from coreline.files.recordings import load_trace
from coreline.placement.view import CutOff, Hindrance, Limb, SetVisibility, ViewWatch, lowered

RECORDINGS = Path(__file__).parents[1] / "recordings"


def poses(exercise_id: str = "w12-back-bridge") -> list[Pose]:
    trace = load_trace(RECORDINGS / f"{exercise_id}.landmarks.npz")
    return [pose for _, pose in trace if pose is not None]


def viewed(seen: list[Pose]) -> SetVisibility:
    watch = ViewWatch()
    for pose in seen:
        watch.step(pose)
    return watch.view()


def turned(pose: Pose, yaw_deg: float) -> Pose:
    """Return a pose as a camera would have it that stands that far round the body."""
    cosine, sine = np.cos(np.radians(yaw_deg)), np.sin(np.radians(yaw_deg))
    x_m, y_m, z_m = pose.world_m.T
    world_m = np.stack([cosine * x_m + sine * z_m, y_m, cosine * z_m - sine * x_m], axis=1)
    return replace(pose, world_m=world_m)


@pytest.mark.parametrize("exercise_id", ["w12-back-bridge", "w56-belly-bridge", "adv-log-roll"])
def test_nothing_hinders_in_a_good_view(exercise_id: str) -> None:
    view = viewed(poses(exercise_id))
    assert view.hindrances == ()
    assert view.yaw_deg is not None
    assert abs(view.yaw_deg) < 7.0
    assert view.width_share is not None
    assert 0.4 < view.width_share < 0.5


@pytest.mark.parametrize("yaw_deg", [-35.0, -20.0, 10.0, 40.0])
def test_an_oblique_view_has_its_number(yaw_deg: float) -> None:
    straight, askew = viewed(poses()), viewed([turned(each, yaw_deg) for each in poses()])
    assert straight.yaw_deg is not None
    assert askew.yaw_deg == pytest.approx(straight.yaw_deg + yaw_deg, abs=1.0)
    assert askew.yaw_deg is not None
    is_oblique = abs(askew.yaw_deg) >= 22.0
    assert (Hindrance.OBLIQUE in askew.hindrances) == is_oblique
    assert is_oblique == (yaw_deg != 10.0)


def test_who_is_far_away_fills_little_of_the_picture() -> None:
    near, far = viewed(poses()), viewed([scaled(0.6)(each) for each in poses()])
    assert near.width_share is not None
    assert far.width_share == pytest.approx(0.6 * near.width_share, rel=1e-6)
    assert far.hindrances == (Hindrance.FAR_AWAY,)


def test_what_sticks_out_is_named_with_its_share_of_the_time() -> None:
    seen = poses()
    width_px = seen[0].size_px[0]
    feet_px = min(each.xy_px[Joint.LEFT_FOOT_INDEX, 0] for each in seen)
    head_is_left = seen[0].xy_px[Joint.NOSE, 0] < feet_px
    assert head_is_left
    third = len(seen) // 3
    out = [shifted(width_px - feet_px + 20.0, 0.0)(each) for each in seen[:third]]
    view = viewed(out + seen[third:])
    assert Hindrance.CUT_OFF in view.hindrances
    shares = {each.limb: each.share for each in view.missing}
    assert Limb.HEAD not in shares
    assert shares[Limb.LEFT_LEG] == pytest.approx(1 / 3, abs=0.1)


def test_a_limb_that_is_out_for_a_moment_is_told_but_does_not_hinder() -> None:
    view = SetVisibility(yaw_deg=0.0, width_share=0.5, cut_off=(CutOff(Limb.HEAD, 0.19),))
    assert (view.missing, view.hindrances) == ((), ())
    assert replace(view, cut_off=(CutOff(Limb.HEAD, 0.2),)).hindrances == (Hindrance.CUT_OFF,)


def test_who_stands_or_is_not_there_tells_nothing() -> None:
    lying = poses()[0]
    standing = replace(lying, xy_px=lying.xy_px[:, ::-1].copy())
    assert viewed([standing]) == viewed([]) == SetVisibility()
    watch = ViewWatch()
    watch.step(None)
    assert watch.view().hindrances == ()


def test_the_most_people_at_once_are_remembered() -> None:
    watch = ViewWatch()
    for persons in (None, 1, 2, 1, None):
        watch.count(persons)
    assert watch.view().persons == 2
    watch.step(poses()[0])
    assert watch.view().hindrances == (Hindrance.SECOND_PERSON,)


@pytest.mark.parametrize(("share", "hinders"), [(0.0, False), (0.15, False), (0.25, True)])
def test_a_picture_that_is_blurred_for_long_enough_hinders(share: float, hinders: bool) -> None:
    pose, watch = poses()[0], ViewWatch()
    for number in range(100):
        watch.step(replace(pose, t_s=float(number), blurred=number < 100 * share))
        assert watch.is_blurred == (number < 100 * share)
    assert watch.view().blurred == pytest.approx(share)
    assert (Hindrance.BLURRED in watch.view().hindrances) == hinders


def test_five_pictures_a_second_are_enough() -> None:
    """Of a body that jumps from frame to frame only every sixth at 30 fps is looked at."""
    pose = poses()[0]
    seen = [
        replace(scaled(1.0 if n % 6 == 0 else 0.5)(pose), t_s=round(n / 30.0, 3)) for n in range(60)
    ]
    assert viewed(seen).width_share == pytest.approx(viewed([pose]).width_share)


def test_a_clock_that_went_back_begins_anew() -> None:
    pose = poses()[0]
    times_s = [100.0, 1.0, 1.2]
    seen = [replace(scaled(0.5)(pose), t_s=times_s[0])]
    seen += [replace(pose, t_s=t_s) for t_s in times_s[1:]]
    assert viewed(seen).width_share == pytest.approx(viewed([pose]).width_share)


@given(
    st.none() | st.floats(-90, 90),
    st.none() | st.floats(0, 2),
    st.none() | st.booleans(),
    st.none() | st.integers(0, 3),
)
def test_what_is_not_known_hinders_nobody(
    yaw_deg: float | None, width: float | None, leg_behind: bool | None, persons: int | None
) -> None:
    found = SetVisibility(yaw_deg, width, (), leg_behind, persons).hindrances
    assert (Hindrance.OBLIQUE in found) == (yaw_deg is not None and abs(yaw_deg) >= 22.0)
    assert (Hindrance.FAR_AWAY in found) == (width is not None and width < 0.35)
    assert (Hindrance.LEGS_BEHIND in found) == (leg_behind is True)
    assert (Hindrance.SECOND_PERSON in found) == (persons in (2, 3))


def test_each_hindrance_is_one_step_less_sure() -> None:
    assert lowered("high", ()) == "high"
    assert {lowered("high", (each,)) for each in Hindrance} == {"medium"}
    assert {lowered("high", pair) for pair in combinations(Hindrance, 2)} == {"low"}
    assert lowered("low", tuple(Hindrance)) == "low"
