"""Somebody on their side of whom the pose model takes the chest for a back, or nearly so."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.body.measures import BodyFrame, Side, Sides
from coreline.body.planted import BEARING, Planted
from coreline.body.pose import LANDMARKS, Joint, Pose
from coreline.body.stacked import stacked
from coreline.files.recordings import load_trace
from coreline.judging.events import Fact, Hold, HoldEnded, Ready, RepetitionEnded
from coreline.judging.judge import Judge
from mixed_up import ARMS, HIPS, LEGS, WHOLE, other_way_round
from stick_figure import rules_of

RECORDINGS = Path(__file__).parents[1] / "recordings"
HELD, RAISED = "w34-side-bridge", "w56-side-bridge"
PARTS = st.sets(st.sampled_from([ARMS, HIPS, LEGS]))


def poses_of(exercise_id: str) -> list[Pose]:
    trace = load_trace(RECORDINGS / f"{exercise_id}.landmarks.npz")
    return [pose for _, pose in trace if pose is not None]


def facts_of(exercise_id: str, poses: list[Pose], work: Side | None = None) -> list[Fact]:
    judge = Judge(rules_of(exercise_id), work, on_side=True)
    facts = [fact for pose in poses for fact in judge.step(pose.t_s, pose)[1]]
    return facts + judge.finish(poses[-1].t_s)


def holds(facts: list[Fact]) -> list[Hold]:
    return [fact.hold for fact in facts if isinstance(fact, HoldEnded)]


def counts(facts: list[Fact]) -> list[tuple[bool, tuple[str, ...]]]:
    found = [fact.repetition for fact in facts if isinstance(fact, RepetitionEnded)]
    return [(each.counted, each.reasons) for each in found]


def working(facts: list[Fact]) -> str | None:
    return next((fact.working_side for fact in facts if isinstance(fact, Ready)), None)


def mixed(poses: list[Pose], lefts: tuple[int, ...], every: int) -> list[Pose]:
    """Return the poses with names exchanged in three of so many, from the first one on."""
    return [
        other_way_round(pose, lefts) if number % every < 3 else pose
        for number, pose in enumerate(poses)
    ]


def blended(pose: Pose, lefts: tuple[int, ...], share: float) -> Pose:
    """Return the pose with left and right so far on the way to each other."""
    other = other_way_round(pose, lefts)
    return replace(pose, xy_px=(1.0 - share) * pose.xy_px + share * other.xy_px)


# What is up


@given(parts=PARTS, number=st.integers(60, 200))
def test_whatever_was_exchanged_is_as_it_was(parts: set[tuple[int, ...]], number: int) -> None:
    pose = poses_of(HELD)[number]
    upper = Side(working(facts_of_held()) or "")
    lefts = tuple(left for part in parts for left in part)
    once = stacked(pose, upper)
    assert (stacked(other_way_round(pose, lefts), upper).xy_px == once.xy_px).all()
    assert (stacked(once, upper.other).xy_px == other_way_round(once).xy_px).all()


def facts_of_held() -> list[Fact]:
    return facts_of(HELD, poses_of(HELD))


def test_what_is_up_stays_up_and_nothing_is_lost() -> None:
    pose = poses_of(HELD)[100]
    for upper, other in ((Side.LEFT, "RIGHT"), (Side.RIGHT, "LEFT")):
        found = stacked(pose, upper)
        for part in ("SHOULDER", "HIP", "ANKLE"):
            up = found.xy_px[Joint[f"{upper.name}_{part}"], 1]
            assert up <= found.xy_px[Joint[f"{other}_{part}"], 1]
        assert sorted(found.xy_px.tolist()) == sorted(pose.xy_px.tolist())


@pytest.mark.parametrize("lefts", [WHOLE, ARMS, (*ARMS, *HIPS), LEGS])
@pytest.mark.parametrize("exercise_id", [HELD, RAISED])
def test_mixed_up_it_is_judged_as_if_it_had_not_been(
    exercise_id: str, lefts: tuple[int, ...]
) -> None:
    poses = poses_of(exercise_id)
    right, facts = facts_of(exercise_id, poses), facts_of(exercise_id, mixed(poses, lefts, 9))
    assert counts(facts) == counts(right)
    assert [round(each.in_line_s, 1) for each in holds(facts)] == pytest.approx(
        [round(each.in_line_s, 1) for each in holds(right)], abs=0.3
    )
    assert working(facts) == working(right)


def test_who_lies_on_the_other_side_than_was_asked_is_not_taken_to_lie_right() -> None:
    poses = poses_of(HELD)
    side = Side(working(facts_of_held()) or "")
    assert holds(facts_of(HELD, poses, side))
    assert not holds(facts_of(HELD, poses, side.other))


# What stays where it is


def test_an_elbow_or_a_foot_that_is_elsewhere_is_told() -> None:
    sides, poses = Sides.same(Side(working(facts_of_held()) or "")), poses_of(HELD)[100:130]
    scene = BodyFrame(sides, 1, 400.0)
    for point in BEARING:
        planted = Planted()
        assert {planted.step(pose, scene) for pose in poses} == {None}
        away = replace(poses[-1], xy_px=poses[-1].xy_px.copy(), t_s=poses[-1].t_s + 0.1)
        away.xy_px[sides.joints(point)[0]] += (0.0, 49.0)
        assert planted.step(away, scene) == point


def test_who_gets_up_moves_as_a_whole_and_is_believed() -> None:
    sides, poses = Sides.same(Side(working(facts_of_held()) or "")), poses_of(HELD)[100:130]
    planted, scene = Planted(), BodyFrame(sides, 1, 400.0)
    for pose in poses:
        planted.step(pose, scene)
    up = replace(poses[-1], xy_px=poses[-1].xy_px - (0.0, 60.0), t_s=poses[-1].t_s + 0.1)
    assert planted.step(up, scene) is None


def test_a_ball_that_rolls_takes_the_elbow_along() -> None:
    sides, scene_px = Sides.same(Side.LEFT), 400.0
    planted, moved = Planted(), np.zeros((LANDMARKS, 2))
    pose = poses_of(HELD)[100]
    for step in range(200):
        moved[sides.joints("support.elbow")[0]] = (0.3 * step, 0.0)
        now = replace(pose, t_s=step / 15.0, xy_px=pose.xy_px + moved)
        assert planted.step(now, BodyFrame(sides, 1, scene_px)) is None


@pytest.mark.parametrize("lefts", [ARMS, LEGS])
@pytest.mark.parametrize("exercise_id", [HELD, RAISED])
def test_arms_or_legs_halfway_between_are_not_believed(
    exercise_id: str, lefts: tuple[int, ...]
) -> None:
    poses = poses_of(exercise_id)
    half_way = [
        blended(pose, lefts, 0.5) if pose.t_s > 5.0 and number % 12 < 2 else pose
        for number, pose in enumerate(poses)
    ]
    right, facts = facts_of(exercise_id, poses), facts_of(exercise_id, half_way)
    assert [counted for counted, _ in counts(facts)] == [counted for counted, _ in counts(right)]
    assert len(holds(facts)) == len(holds(right))
    assert sum(each.in_line_s for each in holds(facts)) == pytest.approx(
        sum(each.in_line_s for each in holds(right)), abs=1.0
    )
