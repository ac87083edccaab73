"""For how long a position was kept: on films of the plank, and whether a chest is to the camera."""

import math
from dataclasses import replace

import numpy as np
import pytest

from coreline.body.pose import Joint, Pose
from coreline.judging.holding import Holding, is_facing
from judged_films import forms_of
from stick_figure import PLANK, PLANK_DOWN, Film, Plank, exercise_of, film, rules_of

EXERCISE, RULES = exercise_of("w12-back-bridge"), rules_of("w12-back-bridge")
FPS = 10.0


def held(story: Film, *, ready: bool = True) -> tuple[Holding, list[bool]]:
    """Return what was held, and in which frames somebody was in position."""
    holding, frames = Holding(EXERCISE, RULES), story.frames(FPS)
    in_position: list[bool] = []
    for form, (_, pose) in zip(forms_of(RULES, frames), frames, strict=True):
        holding.step(form, pose, RULES, ready=ready)
        in_position.append(holding.in_position)
    return holding, in_position


def test_before_anything_nothing_is_held() -> None:
    holding = Holding(EXERCISE, RULES)
    assert (holding.held_s, holding.restless_s, holding.in_position) == (0.0, 0.0, False)


def test_a_plank_is_held_for_as_long_as_it_was() -> None:
    holding, in_position = held(film((PLANK, 0.0, 6.0)))
    assert holding.held_s == pytest.approx(6.0, abs=0.35)
    assert holding.restless_s == 0.0
    assert in_position[-1]
    assert not in_position[0]  # a single frame is not still


def test_what_was_never_ready_was_not_held() -> None:
    holding, _ = held(film((PLANK, 0.0, 6.0)), ready=False)
    assert holding.held_s == 0.0


def test_who_lies_on_the_belly_holds_nothing() -> None:
    holding, in_position = held(film((PLANK_DOWN, 0.0, 6.0)))
    assert holding.held_s == 0.0
    assert not any(in_position)


def test_push_ups_are_restless_and_not_held() -> None:
    high, low = Plank(shoulder_m=0.50), Plank(shoulder_m=0.22)
    holding, _ = held(film((high, 0.0, 0.5), *[(low, 0.6, 0.1), (high, 0.6, 0.1)] * 6))
    assert holding.held_s == 0.0
    assert holding.restless_s > 5.0


def test_nobody_is_not_in_position() -> None:
    holding, frames = Holding(EXERCISE, RULES), film((PLANK, 0.0, 3.0)).frames(FPS)
    for form, (_, pose) in zip(forms_of(RULES, frames), frames, strict=True):
        holding.step(form, pose, RULES, ready=True)
    assert holding.in_position
    before_s = holding.held_s
    form = replace(forms_of(RULES, frames)[-1], t_s=3.1, found=False, seen=False)
    holding.step(form, None, RULES, ready=True)
    assert not holding.in_position
    hidden = replace(forms_of(RULES, frames)[-1], t_s=3.2, seen=False)
    holding.step(hidden, frames[-1][1], RULES, ready=True)
    assert not holding.in_position
    assert holding.held_s == before_s


def test_of_a_longer_gap_half_a_second_is_time_held() -> None:
    frames = film((PLANK, 0.0, 6.0)).frames(FPS)
    holding = Holding(EXERCISE, RULES)
    for form, (_, pose) in zip(forms_of(RULES, frames), frames, strict=True):
        if not 2.05 < form.t_s < 3.95:
            holding.step(form, pose, RULES, ready=True)
    assert holding.held_s == pytest.approx(held(film((PLANK, 0.0, 6.0)))[0].held_s - 1.5, abs=0.01)


# Chest to the camera: as wide as 0.45 of the trunk, and square to it


def chest(width: float, slant_deg: float, turn_deg: float = 0.0) -> Pose:
    """Return shoulders so wide for a trunk of 100 px, so far from square to it."""
    (_, pose), *_ = film((PLANK, 0.0, 1.0)).frames(8.0)
    assert pose is not None
    slant, turn = math.radians(90.0 - slant_deg), math.radians(turn_deg)
    half = 50.0 * width * np.array([math.cos(slant), math.sin(slant)])
    places = {
        Joint.LEFT_SHOULDER: half,
        Joint.RIGHT_SHOULDER: -half,
        Joint.LEFT_HIP: np.array([100.0, 0.0]),
        Joint.RIGHT_HIP: np.array([100.0, 0.0]),
    }
    turning = np.array([[math.cos(turn), math.sin(turn)], [-math.sin(turn), math.cos(turn)]])
    xy_px = pose.xy_px.copy()
    for joint, place in places.items():
        xy_px[joint] = place @ turning + 300.0
    return replace(pose, xy_px=xy_px)


@pytest.mark.parametrize("turn_deg", [0.0, 35.0, 90.0, 180.0])
@pytest.mark.parametrize(
    ("width", "slant_deg", "faces"),
    [
        (0.46, 0.0, True),
        (0.44, 0.0, False),
        (0.8, 24.0, True),
        (0.8, -24.0, True),
        (0.8, 26.0, False),
        (0.8, -26.0, False),
    ],
)
def test_the_chest_is_to_the_camera(
    width: float, slant_deg: float, turn_deg: float, *, faces: bool
) -> None:
    assert is_facing(chest(width, slant_deg, turn_deg)) is faces


def test_a_trunk_without_length_faces_nowhere() -> None:
    pose = chest(0.8, 0.0)
    assert not is_facing(replace(pose, xy_px=np.full_like(pose.xy_px, 100.0)))


# What a stay is made of, on forms that are made up


def stays(*parts: tuple[float, float]) -> Holding:
    """Return what was held of shoulders so high over the floor, each for so many seconds."""
    holding, t_s = Holding(EXERCISE, RULES), 0.0
    ((_, pose),) = film((PLANK, 0.0, 0.0)).frames()
    (form,) = forms_of(RULES, [(0.0, pose)])
    for swing, seconds in parts:
        for number in range(round(seconds * FPS)):
            moved = {"trunk": form.values["trunk"] + swing * (number % 2)}
            now = replace(form, t_s=t_s, values={**form.values, **moved})
            holding.step(now, pose, RULES, ready=True)
            t_s += 1.0 / FPS
    return holding


@pytest.mark.parametrize(("moving_s", "is_held"), [(3.6, True), (5.0, False)])
def test_who_moves_for_more_than_two_fifths_of_a_stay_holds_nothing(
    moving_s: float, *, is_held: bool
) -> None:
    far = 1.5 * RULES.start.still_deg
    holding = stays((far, moving_s), (0.0, 10.0 - moving_s))
    assert (holding.held_s > 0.0) is is_held
    assert (holding.restless_s == 0.0) is is_held


def test_a_stay_of_three_seconds_is_mostly_the_way_there_and_back() -> None:
    far = 1.5 * RULES.start.still_deg
    assert stays((far, 2.8)).restless_s == 0.0
    assert stays((far, 3.5)).restless_s == pytest.approx(3.4)
