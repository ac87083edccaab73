"""A picture that stands on its head is named, and nothing begins in it by itself."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from coreline.body.pose import turned_over
from coreline.data_files import load_placement
from coreline.placement.checks import PlacementTopic, Verdict
from coreline.placement.setup import SetupCheck
from coreline.session.session import Step
from coreline.session.upside_down import UPSIDE_DOWN, UpsideDown
from coreline.session.view import Stage
from guided import COUNTED_IN, PLANK_ALL_ALONG, Timed, planks, play, session_of, stages, told, when
from stick_figure import PLANK, exercise_of, film

RULES = load_placement()
CHECKED = replace(COUNTED_IN, checker=lambda exercise, side: SetupCheck(exercise, side, RULES))
UPRIGHT = [(t_s, pose) for t_s, pose in PLANK_ALL_ALONG if t_s < 20.0]
TURNED = [(t_s, pose and turned_over(pose)) for t_s, pose in UPRIGHT]


@pytest.fixture(scope="module")
def checked() -> list[Step]:
    return play(session_of(planks(), guidance=CHECKED), TURNED)


def seen_at(frames: Sequence[Timed], exercise_id: str = "w12-back-bridge") -> float | None:
    picture = UpsideDown(exercise_of(exercise_id))
    for t_s, pose in frames:
        picture.step(t_s, pose)
        if picture.seen:
            return t_s
    return None


def test_the_set_up_names_it_and_is_not_passed_meanwhile(checked: list[Step]) -> None:
    assert when(checked, UPSIDE_DOWN) == pytest.approx(7.0, abs=4.0)
    assert Stage.COUNTDOWN not in stages(checked)
    named = next(step.view.checks for step in checked if UPSIDE_DOWN in step.cues)
    angle = next(check for check in named if check.topic is PlacementTopic.ANGLE)
    assert (angle.verdict, angle.cue_id) == (Verdict.FAIL, UPSIDE_DOWN)
    assert [check.cue_id for check in named if check.verdict is Verdict.FAIL] == [UPSIDE_DOWN]


def test_before_a_set_it_is_named_and_nobody_is_counted_in() -> None:
    steps = play(session_of(planks(), guidance=replace(COUNTED_IN, count_in=False)), TURNED)
    assert UPSIDE_DOWN in told(steps)
    assert Stage.EXERCISE not in stages(steps)


def test_the_camera_put_right_it_goes_on() -> None:
    later = [(t_s + 20.0, pose and replace(pose, t_s=t_s + 20.0)) for t_s, pose in UPRIGHT]
    steps = play(session_of(planks(), guidance=CHECKED), [*TURNED, *later])
    assert Stage.EXERCISE in stages(steps)


def test_who_lies_the_right_way_up_is_told_no_such_thing() -> None:
    assert seen_at(UPRIGHT) is None
    assert seen_at(TURNED) == pytest.approx(4.5, abs=0.3)


def test_a_moment_is_not_enough_nor_nobody() -> None:
    assert seen_at([*TURNED[:60], *UPRIGHT[60:]]) is None
    assert seen_at([(t_s, None) for t_s, _ in TURNED]) is None


def test_on_one_s_side_nothing_is_told() -> None:
    assert seen_at(TURNED, "w12-side-bridge") is None


def test_after_a_gap_it_is_looked_afresh() -> None:
    frames = film((PLANK, 0.0, 5.5)).frames(15.0)
    turned = [(t_s, pose and turned_over(pose)) for t_s, pose in frames]
    assert seen_at(turned) is not None
    assert seen_at([(t_s, pose) for t_s, pose in turned if not 2.0 < t_s < 3.0]) is None


def test_a_look_that_comes_a_little_early_counts_as_any() -> None:
    early = [
        (t_s, pose and turned_over(pose)) for t_s, pose in film((PLANK, 0.0, 7.0)).frames(10.1)
    ]
    assert seen_at(early) is not None
    nobody_in_half = [(t_s, pose if at % 2 == 0 else None) for at, (t_s, pose) in enumerate(early)]
    assert seen_at(nobody_in_half) is None
