"""Legs that look shorter than they are: bones do not shrink."""

from dataclasses import replace

import numpy as np
import pytest

from coreline.body.measures import Side
from coreline.body.pose import Joint, Pose
from coreline.body.proportions import Proportions
from coreline.judging.events import Ready
from judged_films import Outcome, judged
from stick_figure import PLANK, PLANK_DOWN, Timed, film, rules_of

RULES = rules_of("w12-back-bridge").model_copy(update={"legs_whole": True})
STORY = film((PLANK_DOWN, 0.0, 1.0), (PLANK, 1.2, 9.0))
HIPS = {Side.LEFT: Joint.LEFT_HIP, Side.RIGHT: Joint.RIGHT_HIP}
LEGS = {
    side: [joint for joint in Joint if joint.name.startswith(side.name) and joint > Joint.RIGHT_HIP]
    for side in Side
}
LOST_S = 5.0  # from then on a leg is folded up


def folded(pose: Pose, side: Side, share: float) -> Pose:
    """Return the pose with a leg so much as long as it is."""
    xy_px = pose.xy_px.copy()
    hip_px = xy_px[HIPS[side]]
    xy_px[LEGS[side]] = hip_px + share * (xy_px[LEGS[side]] - hip_px)
    return replace(pose, xy_px=xy_px)


def with_folded(frames: list[Timed], side: Side, for_s: float) -> list[Timed]:
    """Return the frames with a leg folded to a third, and turned up, for a while."""
    return [
        (t_s, folded(pose, side, -0.3) if pose and LOST_S <= t_s < LOST_S + for_s else pose)
        for t_s, pose in frames
    ]


def near_side(outcome: Outcome) -> Side:
    return Side(next(fact.near_side for fact in outcome.facts if isinstance(fact, Ready)))


@pytest.fixture(scope="module")
def frames() -> list[Timed]:
    return STORY.frames(15.0)


@pytest.fixture(scope="module")
def whole(frames: list[Timed]) -> Outcome:
    return judged(RULES, frames)


@pytest.mark.parametrize(("share", "short"), [(1.0, False), (0.78, False), (0.72, True)])
@pytest.mark.parametrize("side", list(Side))
def test_a_leg_is_short_below_three_quarters_of_its_own_length(
    frames: list[Timed], side: Side, share: float, short: bool
) -> None:
    proportions = Proportions()
    *before, (_, last) = frames[60:90]
    for _, pose in before:
        assert pose is not None
        assert proportions.step(pose) == frozenset()
    assert last is not None
    assert proportions.step(folded(last, side, share)) == ({side} if short else set())


def test_a_leg_that_is_folded_for_long_is_not_seen_and_no_fault(
    frames: list[Timed], whole: Outcome
) -> None:
    outcome = judged(RULES, with_folded(frames, near_side(whole), 1.5))
    assert outcome.codes == ["not_seen"]
    assert outcome.in_line_s == pytest.approx(whole.in_line_s - 1.5, abs=0.3)


def test_a_leg_that_is_folded_for_a_moment_is_bridged(frames: list[Timed], whole: Outcome) -> None:
    outcome = judged(RULES, with_folded(frames, near_side(whole), 0.7))
    assert outcome.codes == whole.codes == []
    assert outcome.in_line_s == pytest.approx(whole.in_line_s, abs=0.2)


def test_a_leg_that_is_not_judged_may_be_folded(frames: list[Timed], whole: Outcome) -> None:
    outcome = judged(RULES, with_folded(frames, near_side(whole).other, 3.0))
    assert outcome.facts == whole.facts


def test_who_was_nearer_before_the_position_is_seen_in_it(frames: list[Timed]) -> None:
    proportions = Proportions()
    for t_s, pose in frames[:90]:
        assert pose is not None
        coming = replace(pose, xy_px=np.asarray(2.0 * pose.xy_px)) if t_s < 5.0 else pose
        proportions.step(coming)
    proportions.start()
    assert frames[90][1] is not None
    assert proportions.step(frames[90][1]) == frozenset()


def test_a_leg_that_stays_as_short_is_believed_in_the_end(frames: list[Timed]) -> None:
    proportions, found = Proportions(), []
    for number in range(200):
        pose = frames[90][1]
        assert pose is not None
        short = folded(pose, Side.LEFT, 0.6) if number > 60 else pose
        found.append(bool(proportions.step(replace(short, t_s=number / 10.0))))
    assert found[70]
    assert not found[-1]
