"""The verdict on each topic, from made-up readings: where each limit lies, and what to do."""

from dataclasses import replace

import pytest

from coreline.body.measures import Side
from coreline.data_files import load_catalogue, load_placement
from coreline.placement.checks import Check, PictureFacts, PlacementTopic, Verdict
from coreline.placement.geometry import CameraPlace, FoundBy
from coreline.placement.sight import Part, Sight
from coreline.placement.verdicts import PlacementReadings, verdicts, wanted_of

RULES, CATALOGUE = load_placement(), load_catalogue()
# Somebody flat in the middle of a picture, feet to the right, the left side near and up.
LYING = Sight(
    left=0.2,
    right=0.2,
    top=0.5,
    bottom=0.1,
    chain_px=600.0,
    low_px=650.0,
    trunk_deg=5.0,
    yaw_deg=0.0,
    floor_deg=0.0,
    floor_px=600.0,
    floor_x_px=640.0,
    floor_y_px=650.0,
    feet_px=400.0,
    left_nearer_m=0.2,
    left_higher_m=0.2,
    roll_cos=1.0,
    roll_sin=0.0,
)
ON_SIDE = replace(LYING, roll_cos=0.0, roll_sin=1.0)
DAY = PictureFacts(1280, 720, 140.0, 18.0, 1)
SCENE = PlacementReadings(LYING, 0.1, (1280, 720), DAY, None)
ALL = frozenset(PlacementTopic)
NONE = frozenset[PlacementTopic]()
PLACE = CameraPlace(FoundBy.SHEETS, (1280, 720), (600.0, 600.0), 400.0, 2.5, 0.0, 0.0, 0.0, 0.4)

FAIL, PASS, UNKNOWN = Verdict.FAIL, Verdict.PASS, Verdict.UNKNOWN


def judged(
    scene: PlacementReadings,
    topic: PlacementTopic,
    accepted: frozenset[PlacementTopic] = NONE,
    exercise_id: str = "w12-back-bridge",
    side: Side | None = None,
) -> tuple[Verdict, str | None]:
    wanted = wanted_of(CATALOGUE.get(exercise_id), side, RULES)
    checks: tuple[Check, ...] = verdicts(RULES, wanted, scene, accepted)
    assert [each.topic for each in checks] == list(PlacementTopic)
    found = checks[list(PlacementTopic).index(topic)]
    return found.verdict, found.cue_id


def with_sight(**changes: float) -> PlacementReadings:
    return replace(SCENE, sight=replace(LYING, **changes))


def test_all_is_well_or_unknown_of_a_good_view() -> None:
    found = {topic: judged(SCENE, topic)[0] for topic in PlacementTopic}
    assert found == {
        **dict.fromkeys(PlacementTopic, PASS),
        PlacementTopic.HEIGHT: UNKNOWN,
        PlacementTopic.ANGLE: UNKNOWN,
    }


def test_nobody_has_no_distance_and_no_side() -> None:
    empty = PlacementReadings(None, 0.0, (0, 0), DAY, None)
    assert judged(empty, PlacementTopic.BODY) == (FAIL, "setup.no_person")
    glimpsed = replace(empty, glimpsed=True)
    assert judged(glimpsed, PlacementTopic.BODY) == (FAIL, "setup.whole_body")
    assert (
        judged(empty, PlacementTopic.DISTANCE)[0]
        is judged(empty, PlacementTopic.SIDE)[0]
        is UNKNOWN
    )


# Light and people


@pytest.mark.parametrize(
    ("brightness", "contrast", "accepted", "cue_id"),
    [
        (24.0, 4.0, NONE, None),
        (23.9, 4.0, NONE, "setup.too_dark"),
        (24.0, 3.9, NONE, "setup.too_dark"),
        (20.0, 3.2, ALL, None),
        (19.9, 3.2, ALL, "setup.too_dark"),
        (159.0, 1.0, NONE, "setup.too_dark"),
        (160.0, 1.0, NONE, "setup.backlight"),
    ],
)
def test_light(
    brightness: float, contrast: float, accepted: frozenset[PlacementTopic], cue_id: str | None
) -> None:
    scene = replace(SCENE, picture=PictureFacts(1280, 720, brightness, contrast))
    assert judged(scene, PlacementTopic.LIGHT, accepted)[1] == cue_id


@pytest.mark.parametrize(
    ("persons", "verdict"), [(None, UNKNOWN), (0, PASS), (1, PASS), (2, FAIL), (3, FAIL)]
)
def test_one_person_and_no_more(persons: int | None, verdict: Verdict) -> None:
    scene = replace(SCENE, picture=replace(DAY, persons=persons))
    assert judged(scene, PlacementTopic.PERSONS)[0] is verdict


def test_that_nobody_was_counted_where_nobody_was_found_says_nothing() -> None:
    nobody = replace(SCENE, picture=replace(DAY, persons=0), sight=None)
    assert judged(nobody, PlacementTopic.PERSONS)[0] is UNKNOWN
    assert judged(replace(nobody, picture=None), PlacementTopic.PERSONS)[0] is UNKNOWN
    assert judged(replace(nobody, picture=None), PlacementTopic.LIGHT)[0] is UNKNOWN


# The body in the picture


@pytest.mark.parametrize(
    ("room", "feet_px", "cue_id"),
    [
        ({"left": 0.05, "right": 0.05}, 400.0, None),
        ({"left": 0.04, "right": 0.2}, 400.0, "setup.shift_feet"),
        ({"left": 0.2, "right": 0.04}, 400.0, "setup.shift_head"),
        ({"left": 0.04, "right": 0.2}, -400.0, "setup.shift_head"),
        ({"left": 0.2, "right": 0.04}, -400.0, "setup.shift_feet"),
        ({"left": 0.04, "right": 0.06}, 400.0, "setup.shift_feet"),  # together it is just enough
        ({"left": 0.04, "right": 0.05}, 400.0, "setup.step_back"),
        ({"left": 0.04, "right": 0.05}, -400.0, "setup.step_back"),
        ({"top": 0.04, "bottom": 0.2}, 400.0, "setup.tilt_up"),
        ({"top": 0.5, "bottom": 0.04}, 400.0, "setup.tilt_down"),
        ({"top": 0.02, "bottom": 0.02}, 400.0, "setup.step_back"),
    ],
)
def test_who_sticks_out_is_told_where_to_go(
    room: dict[str, float], feet_px: float, cue_id: str | None
) -> None:
    assert judged(with_sight(feet_px=feet_px, **room), PlacementTopic.BODY)[1] == cue_id


def test_feet_straight_above_the_head_are_taken_to_be_on_the_right() -> None:
    assert replace(LYING, feet_px=0.0).feet_sign == 1
    assert replace(LYING, feet_px=-0.1).feet_sign == -1


def test_a_margin_that_was_accepted_stays_so_a_little_longer() -> None:
    scene = with_sight(left=0.04)
    assert judged(scene, PlacementTopic.BODY, ALL)[0] is PASS
    assert judged(with_sight(left=0.02), PlacementTopic.BODY, ALL) == (FAIL, "setup.shift_feet")


def test_what_is_hidden_fails_only_of_who_lies_right() -> None:
    hidden = replace(SCENE, seen=-0.01)
    assert judged(hidden, PlacementTopic.BODY) == (FAIL, "setup.whole_body")
    for part in (Part.ARMS, Part.LEGS):
        cue_id = f"setup.{part}_hidden"
        assert judged(replace(hidden, worst=part), PlacementTopic.BODY) == (FAIL, cue_id)
    assert judged(hidden, PlacementTopic.BODY, ALL)[0] is PASS
    assert judged(replace(SCENE, seen=0.0), PlacementTopic.BODY)[0] is PASS
    turned = replace(hidden, sight=ON_SIDE)
    assert judged(turned, PlacementTopic.SIDE, NONE, "w56-belly-bridge", Side.LEFT)[0] is FAIL
    assert judged(turned, PlacementTopic.BODY, NONE, "w56-belly-bridge", Side.LEFT)[0] is PASS


@pytest.mark.parametrize(
    ("trunk_deg", "accepted", "lies"), [(50.0, NONE, True), (50.1, NONE, False), (55.0, ALL, True)]
)
def test_who_stands_is_told_to_lie_down_first(
    trunk_deg: float, accepted: frozenset[PlacementTopic], *, lies: bool
) -> None:
    scene = with_sight(trunk_deg=trunk_deg)
    expected = (PASS, None) if lies else (FAIL, "setup.lie_down")
    assert judged(scene, PlacementTopic.SIDE, accepted) == expected
    assert (judged(scene, PlacementTopic.BODY, accepted)[0] is PASS) is lies
    assert (judged(scene, PlacementTopic.DISTANCE, accepted)[0] is PASS) is lies


# Distance: 1.25 lengths must be a third of the width, and 1.36 of them fit into nine tenths


@pytest.mark.parametrize(
    ("chain_px", "accepted", "cue_id"),
    [
        (349.0, NONE, None),
        (348.0, NONE, "setup.step_closer"),
        (318.0, ALL, None),
        (317.0, ALL, "setup.step_closer"),
        (847.0, NONE, None),
        (848.0, NONE, "setup.step_back"),
        (884.0, ALL, None),
        (885.0, ALL, "setup.step_back"),
    ],
)
def test_near_enough_to_be_read_and_far_enough_to_fit(
    chain_px: float, accepted: frozenset[PlacementTopic], cue_id: str | None
) -> None:
    assert judged(with_sight(chain_px=chain_px), PlacementTopic.DISTANCE, accepted)[1] == cue_id


def test_a_star_needs_its_height_and_the_room_for_it() -> None:
    """It is as high as a body: 1.00 length."""
    star = "adv-side-bridge"
    assert (
        judged(with_sight(chain_px=600.0, low_px=700.0), PlacementTopic.DISTANCE, NONE, star)[0]
        is PASS
    )
    tall = with_sight(chain_px=660.0, low_px=719.0)
    assert judged(tall, PlacementTopic.DISTANCE, NONE, star)[1] == "setup.step_back"
    for low_px, cue_id in ((636.1, None), (635.9, "setup.tilt_up")):
        scene = with_sight(chain_px=600.0, low_px=low_px)
        assert judged(scene, PlacementTopic.DISTANCE, NONE, star)[1] == cue_id


# Height and angle of the camera


@pytest.mark.parametrize(
    ("height_m", "cue_id"),
    [(0.19, "setup.camera_higher"), (0.2, None), (0.6, None), (0.61, "setup.camera_lower")],
)
def test_the_height_of_the_lens(height_m: float, cue_id: str | None) -> None:
    scene = replace(SCENE, place=replace(PLACE, height_m=height_m))
    assert judged(scene, PlacementTopic.HEIGHT)[1] == cue_id


def test_a_camera_of_unknown_height_is_not_judged_by_it() -> None:
    assert (
        judged(replace(SCENE, place=replace(PLACE, height_m=None)), PlacementTopic.HEIGHT)[0]
        is UNKNOWN
    )


@pytest.mark.parametrize(
    ("yaw_deg", "roll_deg", "feet_px", "cue_id"),
    [
        (15.0, 5.0, 400.0, None),
        (-15.0, -5.0, 400.0, None),
        (15.1, 0.0, 400.0, "setup.feet_away"),
        (-15.1, 0.0, 400.0, "setup.head_away"),
        (15.1, 0.0, -400.0, "setup.head_away"),
        (-15.1, 0.0, -400.0, "setup.feet_away"),
        (0.0, 5.1, 400.0, "setup.camera_level"),
        (0.0, -5.1, 400.0, "setup.camera_level"),
    ],
)
def test_a_measured_angle(yaw_deg: float, roll_deg: float, feet_px: float, cue_id: str) -> None:
    place = replace(PLACE, yaw_deg=yaw_deg, roll_deg=roll_deg)
    verdict = judged(replace(with_sight(feet_px=feet_px), place=place), PlacementTopic.ANGLE)
    assert verdict == ((FAIL, cue_id) if cue_id else (PASS, None))


def test_a_measured_angle_without_a_body_says_only_that_it_is_wrong() -> None:
    scene = replace(SCENE, sight=None, place=replace(PLACE, yaw_deg=20.0))
    assert judged(scene, PlacementTopic.ANGLE) == (FAIL, "setup.side_on")
    assert judged(replace(scene, place=PLACE), PlacementTopic.ANGLE)[0] is PASS
    assert judged(replace(scene, place=None), PlacementTopic.ANGLE)[0] is UNKNOWN


@pytest.mark.parametrize(
    ("changes", "accepted", "cue_id"),
    [
        ({"yaw_deg": 22.0}, NONE, None),
        ({"yaw_deg": 22.1}, NONE, "setup.feet_away"),
        ({"yaw_deg": -22.1}, NONE, "setup.head_away"),
        ({"yaw_deg": 25.0}, ALL, None),
        ({"yaw_deg": 25.1}, ALL, "setup.feet_away"),
        ({"floor_deg": 13.0}, NONE, None),
        ({"floor_deg": 13.1}, NONE, "setup.camera_level"),
        ({"floor_deg": -15.1}, ALL, "setup.camera_level"),
        ({"floor_deg": 15.0}, ALL, None),
        ({"floor_deg": 30.0, "floor_px": 480.0}, NONE, "setup.camera_level"),
        ({"floor_deg": 30.0, "floor_px": 479.0}, NONE, None),  # too short a line to tell
        ({"floor_deg": 30.0, "trunk_deg": 60.0}, NONE, None),  # who stands lies on no line
    ],
)
def test_an_angle_that_is_not_measured_is_told_only_when_it_is_gross(
    changes: dict[str, float], accepted: frozenset[PlacementTopic], cue_id: str | None
) -> None:
    verdict = judged(with_sight(**changes), PlacementTopic.ANGLE, accepted)
    assert verdict == ((FAIL, cue_id) if cue_id else (UNKNOWN, None))


def test_a_measured_camera_is_not_said_to_lean_by_the_look_of_the_floor() -> None:
    scene = replace(with_sight(floor_deg=30.0), place=PLACE)
    assert judged(scene, PlacementTopic.ANGLE)[0] is PASS


# Which side


@pytest.mark.parametrize(
    ("nearer_m", "side", "cue_id"),
    [
        (0.2, Side.LEFT, None),
        (0.0, Side.LEFT, None),
        (-0.1, Side.LEFT, "setup.turn_around"),
        (-0.1, Side.RIGHT, None),
        (0.2, Side.RIGHT, "setup.turn_around"),
        (0.2, None, None),
        (-0.1, None, None),
    ],
)
def test_the_leg_that_works_is_near(nearer_m: float, side: Side | None, cue_id: str | None) -> None:
    scene = with_sight(left_nearer_m=nearer_m)
    assert judged(scene, PlacementTopic.SIDE, NONE, "w56-belly-bridge", side)[1] == cue_id


@pytest.mark.parametrize(
    ("roll_cos", "accepted", "cue_id"),
    [
        (0.5, NONE, None),
        (-0.5, NONE, None),
        (0.49, NONE, "pos.bridge"),
        (0.35, ALL, None),
        (0.34, ALL, "pos.bridge"),
    ],
)
def test_on_the_side_one_is_told_how_to_lie(
    roll_cos: float, accepted: frozenset[PlacementTopic], cue_id: str | None
) -> None:
    scene = with_sight(roll_cos=roll_cos)
    assert judged(scene, PlacementTopic.SIDE, accepted, "w56-belly-bridge", Side.LEFT)[1] == cue_id


@pytest.mark.parametrize(
    ("roll_sin", "higher_m", "side", "cue_id"),
    [
        (1.0, -0.2, Side.LEFT, None),  # named after the side below
        (1.0, 0.2, Side.LEFT, "pos.side_lying_left"),
        (1.0, 0.2, Side.RIGHT, None),
        (1.0, 0.0, Side.RIGHT, None),
        (1.0, -0.2, Side.RIGHT, "pos.side_lying_right"),
        (-1.0, -0.2, Side.LEFT, "setup.face_camera"),
        (0.5, -0.2, Side.LEFT, None),
        (0.49, -0.2, Side.LEFT, "pos.side_lying_left"),
        (0.49, -0.2, None, "setup.side_on"),
        (1.0, -0.2, None, None),
        (1.0, 0.2, None, None),
    ],
)
def test_a_side_bridge_lies_on_its_side_chest_to_the_camera(
    roll_sin: float, higher_m: float, side: Side | None, cue_id: str | None
) -> None:
    scene = replace(SCENE, sight=replace(ON_SIDE, roll_sin=roll_sin, left_higher_m=higher_m))
    assert judged(scene, PlacementTopic.SIDE, NONE, "w12-side-bridge", side)[1] == cue_id
