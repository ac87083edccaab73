"""Poses turned over, and poses whose sides are called the other way round."""

from pathlib import Path

import numpy as np
import pytest

from coreline.body.pose import Joint, Pose, turned_over
from coreline.data_files import load_catalogue
from coreline.files.recordings import load_trace
from coreline.judging.events import Hold, HoldEnded
from coreline.judging.judge import Judge
from mixed_up import other_way_round

SIDE_BRIDGE = "w12-side-bridge"
RECORDING = Path(__file__).parents[1] / "recordings" / f"{SIDE_BRIDGE}.landmarks.npz"
POSES = [pose for _, pose in load_trace(RECORDING) if pose is not None]


def same(one: Pose, other: Pose) -> bool:
    return all(
        np.allclose(getattr(one, name), getattr(other, name))
        for name in ("xy_px", "depth_px", "visibility", "world_m")
    )


@pytest.mark.parametrize("turn", [turned_over, other_way_round])
def test_twice_is_not_at_all(turn: type) -> None:
    pose = POSES[40]
    assert same(turn(turn(pose)), pose)
    assert not same(turn(pose), pose)


def test_every_left_becomes_the_right_of_its_kind() -> None:
    pose = POSES[40]
    changed = other_way_round(pose)
    for joint in Joint:
        other = joint.name.replace("LEFT", "?").replace("RIGHT", "LEFT").replace("?", "RIGHT")
        assert (changed.xy_px[joint] == pose.xy_px[Joint[other]]).all()


def test_what_was_up_is_down_and_what_was_left_is_right() -> None:
    pose = POSES[40]
    width, height = pose.size_px
    assert np.allclose(turned_over(pose).xy_px + pose.xy_px, [width, height])


def held(poses: list[Pose]) -> list[Hold]:
    rules = load_catalogue().get(SIDE_BRIDGE).judging
    assert rules is not None
    judge = Judge(rules, on_side=True)
    facts = [fact for pose in poses for fact in judge.step(pose.t_s, pose)[1]]
    facts += judge.finish(poses[-1].t_s)
    return [fact.hold for fact in facts if isinstance(fact, HoldEnded)]


def test_a_body_that_is_mixed_up_for_some_frames_is_judged_as_if_it_had_not_been() -> None:
    mixed = [
        other_way_round(pose) if number % 20 in (3, 4, 5) and pose.t_s > 6.0 else pose
        for number, pose in enumerate(POSES)
    ]
    assert held(mixed) == held(POSES)
