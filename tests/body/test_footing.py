"""Pictures in which no foot is on the ground, of somebody whom one foot bears."""

from dataclasses import replace

import numpy as np
import pytest

from coreline.body.footing import Footing
from coreline.body.measures import Side, Sides
from coreline.body.pose import Joint, Pose
from coreline.body.sides import SceneFinder
from coreline.judging.judge import Judge
from judged_films import Outcome, shown
from stick_figure import LEG_BRIDGE_DOWN, LegBridge, Timed, film, legs_swapped, rules_of

RULES = rules_of("w34-belly-bridge")
TOP = LegBridge(26.5, 0.50)
STORY = film((LEG_BRIDGE_DOWN, 0.0, 1.0), (TOP, 1.2, 6.0))
FEET = [
    (Joint.LEFT_ANKLE, Joint.RIGHT_ANKLE),
    (Joint.LEFT_HEEL, Joint.RIGHT_HEEL),
    (Joint.LEFT_FOOT_INDEX, Joint.RIGHT_FOOT_INDEX),
]
SEEN_S = 3.0  # from then on the legs are mixed up


def frames_of(*, far: bool) -> list[Timed]:
    frames = STORY.frames(15.0)
    return legs_swapped(frames) if far else frames


def mixed(pose: Pose, share: float) -> Pose:
    """Return the pose with both feet between where they are, `share` of the way to the other."""
    xy_px = pose.xy_px.copy()
    for left, right in FEET:
        apart_px = pose.xy_px[right] - pose.xy_px[left]
        xy_px[left] += share * apart_px
        xy_px[right] -= share * apart_px
    return replace(pose, xy_px=xy_px)


def mixed_up(frames: list[Timed], shares: list[float]) -> list[Timed]:
    """Return the frames with the feet mixed up in turn, once the position has been seen."""
    return [
        (t_s, mixed(pose, shares[number % len(shares)]) if pose and t_s > SEEN_S else pose)
        for number, (t_s, pose) in enumerate(frames)
    ]


def held(frames: list[Timed]) -> Outcome:
    return shown(Judge(RULES, one_leg=True), frames)


def ups(frames: list[Timed]) -> list[float]:
    """Return how far the lower foot is up, frame by frame, once the leg is."""
    footing, finder, found = Footing(), SceneFinder(), []
    for t_s, pose in frames:
        assert pose is not None
        finder.step(pose)
        up = footing.step(pose, finder.scene(Sides.same(Side.RIGHT)))
        if 2.5 < t_s < 7.5:
            found.append(up)
    return found


def test_a_foot_that_bears_the_body_is_on_the_ground() -> None:
    assert max(ups(frames_of(far=True))) == pytest.approx(0.0, abs=0.5)


def test_mixed_up_feet_are_off_the_ground() -> None:
    apart = ups(mixed_up(frames_of(far=True), [0.0, 0.4, 0.6]))
    assert np.mean(np.array(apart) > RULES.foot_up) == pytest.approx(0.6, abs=0.1)


def test_of_a_near_leg_that_is_up_nothing_is_concluded() -> None:
    assert set(ups(mixed_up(frames_of(far=False), [0.0, 0.3]))) == {0.0}


def test_a_hold_goes_on_over_pictures_in_which_no_foot_is_on_the_ground() -> None:
    right = held(frames_of(far=True))
    wrong = held(mixed_up(frames_of(far=True), [0.0, 0.5, 0.6, 0.4]))
    assert wrong.codes == right.codes == []
    (whole,), (same,) = right.holds, wrong.holds
    assert same.in_line_s == pytest.approx(whole.in_line_s, abs=0.4)


def test_who_is_misread_for_long_is_not_seen() -> None:
    outcome = held(mixed_up(frames_of(far=True), [0.5]))
    (hold,) = outcome.holds
    assert hold.end_s == pytest.approx(SEEN_S + 1.5, abs=0.3)
