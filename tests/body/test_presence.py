"""Lying still and holding up a hand, on stick figures and on recordings with known content."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from coreline.body.pose import LANDMARKS, Joint, Pose, turned_over
from coreline.body.presence import Presence, length_px
from coreline.data_files import load_catalogue
from coreline.files.recordings import load_trace
from stick_figure import PLANK, PLANK_DOWN, film, shaken

RECORDINGS = Path(__file__).parents[1] / "recordings"
NAMES = sorted(path.name.removesuffix(".landmarks.npz") for path in RECORDINGS.glob("*.npz"))
Timed = tuple[float, Pose | None]


def follow(frames: list[Timed]) -> tuple[list[float], list[float]]:
    """Return when the body was still, and when a hand was taken for a sign."""
    presence, still_s, hands_s = Presence(), [], []
    for t_s, pose in frames:
        presence.step(t_s, pose)
        if presence.is_still:
            still_s.append(t_s)
        if presence.took_hand():
            hands_s.append(t_s)
    return still_s, hands_s


@cache
def followed(name: str) -> tuple[list[float], list[float]]:
    """Return the same of a recording."""
    return follow(list(load_trace(RECORDINGS / f"{name}.landmarks.npz")))


@pytest.mark.parametrize("fps", [8.0, 15.0, 30.0, 60.0])
def test_still_after_two_seconds_at_any_rate(fps: float) -> None:
    still_s, _ = follow(shaken(film((PLANK_DOWN, 0.0, 6.0)).frames(fps), sd_px=2.0, seed=1))
    assert still_s[0] == pytest.approx(2.0, abs=1.5 / fps)
    assert len(still_s) / fps == pytest.approx(4.0, abs=0.3)


def test_getting_up_is_not_lying_still() -> None:
    story = film((PLANK_DOWN, 0.0, 3.0), (PLANK, 1.5, 4.0))
    still_s, _ = follow(story.frames(15.0))
    assert not [t_s for t_s in still_s if 3.9 < t_s < 5.6]
    assert [t_s for t_s in still_s if t_s > 6.5]


def test_nobody_is_not_still() -> None:
    presence = Presence()
    for number in range(60):
        presence.step(number / 15.0, None)
    assert not presence.is_still
    assert presence.absent_s == pytest.approx(59 / 15.0)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "adv-log-roll"])
def test_every_recording_is_still_in_its_start_position(name: str) -> None:
    still_s, _ = followed(name)
    assert still_s[0] < 6.0


@pytest.mark.parametrize("name", [name for name in NAMES if name != "adv-side-bridge"])
def test_no_exercise_looks_like_a_raised_hand(name: str) -> None:
    _, hands_s = followed(name)
    assert hands_s == []


def test_an_arm_that_goes_up_in_a_side_bridge_is_why_the_sign_is_off_there() -> None:
    _, hands_s = followed("adv-side-bridge")
    assert hands_s
    assert {each.id for each in load_catalogue() if each.lifts_arm} >= {"adv-side-bridge"}


@pytest.mark.parametrize(
    ("name", "side"),
    [
        *((name, side) for name in ("w56-belly-bridge", "w56-crunch") for side in (0, 1)),
        ("w12-side-bridge", 0),  # the other arm bears the body
        ("w34-back-bridge", 0),
    ],
)
def test_a_hand_held_up_is_seen_whatever_the_posture(name: str, side: int) -> None:
    _, hands_s = follow(raised(stay(name), 5.0, 7.5, side))
    assert len(hands_s) == 1
    assert 5.7 <= hands_s[0] <= 6.3


def stay(name: str = "w56-crunch") -> list[Timed]:
    """Return eight seconds in the position in which a recording begins."""
    frames = list(load_trace(RECORDINGS / f"{name}.landmarks.npz"))
    step_s = frames[1][0] - frames[0][0]
    still = [pose for t_s, pose in frames if t_s < 1.5]
    there_and_back = [*still, *still[::-1]]
    return [
        (number * step_s, there_and_back[number % len(there_and_back)])
        for number in range(round(8.0 / step_s))
    ]


def raised(frames: list[Timed], from_s: float, until_s: float, *sides: int) -> list[Timed]:
    """Return the frames with one arm up for a while, or with both."""
    changed = []
    for t_s, original in frames:
        pose = original
        for side in sides if from_s <= t_s < until_s else ():
            pose = None if pose is None else _raised(pose, side)
        changed.append((t_s, pose))
    return changed


def test_a_hand_that_is_up_from_the_start_belongs_to_the_posture() -> None:
    _, hands_s = follow(raised(stay(), 0.0, 8.0, 0))
    assert hands_s == []


def test_a_hand_must_have_been_down_for_a_while() -> None:
    frames = raised(raised(stay(), 0.0, 3.5, 0), 4.5, 8.0, 0)
    _, hands_s = follow(frames)
    assert hands_s == []


def test_both_arms_overhead_are_no_sign() -> None:
    _, hands_s = follow(raised(stay(), 5.0, 7.5, 0, 1))
    assert hands_s == []


def lifting(*joints: Joint) -> list[float]:
    """Return when a hand is a sign that goes up together with other joints."""
    frames: list[Timed] = []
    for t_s, pose in raised(stay(), 5.0, 7.5, 0):
        frames.append((t_s, _lifted(pose, joints) if pose and t_s >= 5.0 else pose))
    return follow(frames)[1]


def _lifted(pose: Pose, joints: tuple[Joint, ...]) -> Pose:
    """Return a pose with some joints higher by a fifth of the body."""
    xy_px = pose.xy_px.copy()
    xy_px[list(joints), 1] -= 0.2 * length_px(pose)
    return replace(pose, xy_px=xy_px)


@pytest.mark.parametrize(
    "joints",
    [
        (Joint.LEFT_KNEE, Joint.LEFT_ANKLE),  # as in a dead bug
        (Joint.LEFT_HIP, Joint.RIGHT_HIP),  # into a bridge
        (Joint.LEFT_SHOULDER, Joint.LEFT_HIP),  # in a turn
    ],
)
def test_an_arm_that_goes_up_with_something_else_is_no_sign(joints: tuple[Joint, ...]) -> None:
    assert lifting(*joints) == []


def test_a_joint_that_is_not_seen_does_not_hide_a_sign() -> None:
    frames: list[Timed] = []
    for t_s, pose in raised(stay(), 5.0, 7.5, 0):
        hides = _unseen(_lifted(pose, (Joint.LEFT_ANKLE,))) if pose else None
        frames.append((t_s, hides if t_s >= 5.0 else pose))
    assert follow(frames)[1] == [pytest.approx(6.0, abs=0.3)]


def _unseen(pose: Pose) -> Pose:
    visibility = pose.visibility.copy()
    visibility[Joint.LEFT_ANKLE] = 0.1
    return replace(pose, visibility=visibility)


def _raised(pose: Pose, side: int) -> Pose:
    """Return a pose with one arm straight up, as long as this body's arms are."""
    shoulder, elbow, wrist = (Joint(joint + side) for joint in (11, 13, 15))
    xy_px, arm_px = pose.xy_px.copy(), 0.4 * length_px(pose)
    xy_px[elbow] = xy_px[shoulder] - (0.0, arm_px / 2)
    xy_px[wrist] = xy_px[shoulder] - (0.0, arm_px)
    visibility = pose.visibility.copy()
    visibility[[elbow, wrist]] = 0.9
    return replace(pose, xy_px=xy_px, visibility=visibility)


def test_a_hand_that_is_not_seen_is_no_sign() -> None:
    hidden: list[Timed] = []
    for t_s, pose in raised(stay(), 5.0, 7.5, 0):
        unseen = replace(pose, visibility=np.full(33, 0.3)) if pose and t_s >= 5.0 else pose
        hidden.append((t_s, unseen))
    assert follow(raised(stay(), 5.0, 7.5, 0))[1] != []
    assert follow(hidden)[1] == []


@pytest.mark.parametrize("first", [0, 1])
def test_a_body_is_as_long_as_its_longer_side(first: int) -> None:
    pose = film((PLANK, 0.0, 1.0)).frames(8.0)[0][1]
    assert pose is not None
    whole_px = length_px(pose)
    xy_px = pose.xy_px.copy()
    shoulder, ankle = Joint.LEFT_SHOULDER + first, Joint.LEFT_ANKLE + first
    away_px = (xy_px[ankle] - xy_px[shoulder]) / np.hypot(*(xy_px[ankle] - xy_px[shoulder]))
    xy_px[ankle] += 40.0 * away_px
    assert length_px(replace(pose, xy_px=xy_px)) == pytest.approx(whole_px + 40.0, abs=1.0)


def test_after_the_picture_was_away_lying_still_begins_anew() -> None:
    presence = Presence()
    frames = film((PLANK_DOWN, 0.0, 10.0)).frames(15.0)
    for t_s, pose in frames[:45]:
        presence.step(t_s, pose)
    assert presence.is_still
    presence.forget()
    assert presence.present_s == presence.absent_s == 0.0
    still_s = []
    for t_s, pose in frames[45:]:
        presence.step(t_s, pose)
        still_s += [t_s] if presence.is_still else []
    assert still_s[0] == pytest.approx(frames[44][0] + 2.0, abs=0.1)


def test_how_long_somebody_is_there_or_away_is_counted_from_the_change() -> None:
    presence, pose = Presence(), film((PLANK, 0.0, 1.0)).frames(8.0)[0][1]
    there = [pose] * 5 + [None] * 4 + [pose] * 2
    counted = []
    for number, each in enumerate(there):
        presence.step(number / 2.0, each)
        counted.append((presence.present_s, presence.absent_s))
    assert counted[4] == (2.0, 0.0)
    assert counted[8] == (0.0, 2.0)
    assert counted[10] == (1.0, 0.0)


def test_whoever_is_missed_now_and_then_is_there_all_the_same() -> None:
    pose = film((PLANK, 0.0, 1.0)).frames(8.0)[0][1]
    for missed, there in ((7, True), (2, False)):
        presence = Presence()
        for number in range(1, 29):
            presence.step(number / 15.0, None if number % missed == 0 else pose)
        assert presence.is_seen is (28 % missed != 0)
        presence.step(29 / 15.0, pose)
        assert presence.is_seen
        assert presence.is_there(1.0) is there
        assert presence.present_s < 1.0
    presence.forget()
    assert not presence.is_seen
    assert not presence.is_there(1.0)


@pytest.mark.parametrize(("few_seen", "taken"), [(True, 1), (False, 0)])
def test_of_somebody_who_is_hidden_a_hand_counts_where_it_is_all_that_is_looked_at(
    *, few_seen: bool, taken: int
) -> None:
    presence, signs = Presence(), 0
    for t_s, pose in film((PLANK_DOWN, 0.0, 8.0)).frames(15.0):
        assert pose is not None
        xy_px, visibility = pose.xy_px.copy(), pose.visibility.copy()
        visibility[Joint.LEFT_HIP :] = 0.1
        visibility[[Joint.LEFT_ELBOW, Joint.LEFT_WRIST]] = 0.9
        if t_s > 4.0:
            xy_px[Joint.LEFT_ELBOW] = xy_px[Joint.LEFT_SHOULDER] - (0, 90)
            xy_px[Joint.LEFT_WRIST] = xy_px[Joint.LEFT_SHOULDER] - (0, 200)
        presence.step(t_s, replace(pose, xy_px=xy_px, visibility=visibility))
        signs += presence.took_hand(few_seen=few_seen)
    assert signs == taken


# In a picture that may stand on its head

LEGS = (Joint.LEFT_KNEE, Joint.RIGHT_KNEE, Joint.LEFT_ANKLE, Joint.RIGHT_ANKLE)
HIDDEN_JOINTS = {"nothing": (), "one leg": LEGS[1::2], "both legs": LEGS}
KNEELING_PX = {
    "NOSE": (300, 180), "SHOULDER": (300, 240), "HIP": (310, 420), "KNEE": (300, 580),
    "ANKLE": (440, 580), "ELBOW": (290, 320), "WRIST": (280, 400),
}  # fmt: skip
ALL_FOURS_PX = {
    "NOSE": (160, 400), "SHOULDER": (200, 380), "HIP": (400, 390), "KNEE": (410, 560),
    "ANKLE": (560, 560), "ELBOW": (200, 460), "WRIST": (190, 560),
}  # fmt: skip


def figure(places_px: dict[str, tuple[int, int]], hidden: Sequence[Joint]) -> Pose:
    """Return somebody whose joints are at these places, alike on both sides."""
    xy_px, visibility = np.zeros((LANDMARKS, 2)), np.ones(LANDMARKS)
    for joint in Joint:
        part = joint.name.removeprefix("LEFT_").removeprefix("RIGHT_")
        xy_px[joint] = places_px.get(part, places_px["NOSE"])
    visibility[list(hidden)] = 0.1
    return Pose(0.0, xy_px, np.zeros(LANDMARKS), visibility, np.zeros((LANDMARKS, 3)), (1280, 720))


def taken_turned(pose: Pose, elbow_px: Sequence[float], wrist_px: Sequence[float]) -> int:
    """Return how often a hand is a sign that goes from before the shoulder to a place."""
    presence, signs = Presence(turned=True), 0
    shoulder_px = pose.xy_px[Joint.LEFT_SHOULDER]
    for number in range(120):
        xy_px = pose.xy_px.copy()
        xy_px[Joint.LEFT_ELBOW] = elbow_px if number > 60 else shoulder_px - (40, 0)
        xy_px[Joint.LEFT_WRIST] = wrist_px if number > 60 else shoulder_px - (90, 0)
        presence.step(number / 15.0, turned_over(replace(pose, xy_px=xy_px)))
        signs += presence.took_hand(few_seen=True)
    return signs


@pytest.mark.parametrize("hidden", HIDDEN_JOINTS)
def test_who_kneels_and_puts_a_hand_down_gives_no_sign(hidden: str) -> None:
    kneeling = figure(KNEELING_PX, HIDDEN_JOINTS[hidden])
    assert taken_turned(kneeling, (270, 430), (260, 570)) == 0
    assert taken_turned(kneeling, (270, 470), (250, 620)) == 0  # nearer to a camera that looks down
    on_all_fours = figure(ALL_FOURS_PX, HIDDEN_JOINTS[hidden])
    assert taken_turned(on_all_fours, (200, 470), (150, 575)) == 0


@pytest.mark.parametrize(("hidden", "signs"), [("nothing", 1), ("one leg", 1), ("both legs", 0)])
def test_whoever_hangs_with_the_legs_in_sight_gives_a_sign(hidden: str, signs: int) -> None:
    """Where the legs are not seen, nothing tells that they hang."""
    places_px = {part: (x_px, 720 - y_px) for part, (x_px, y_px) in ALL_FOURS_PX.items()}
    hanging = figure(places_px, HIDDEN_JOINTS[hidden])
    assert taken_turned(hanging, (200, 430), (200, 560)) == signs
