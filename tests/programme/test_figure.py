from itertools import pairwise
from math import dist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.data_files import load_catalogue
from coreline.errors import BadDataError
from coreline.programme.figure import JOINTS, Figure, Posture
from coreline.programme.toml_data import parse_model

CATALOGUE = load_catalogue()
IDS = CATALOGUE.ids
BONES = (
    ("head", "shoulder"),
    ("shoulder", "hip"),
    ("hip", "near_knee"),
    ("near_knee", "near_ankle"),
    ("hip", "far_knee"),
    ("far_knee", "far_ankle"),
    ("shoulder", "near_elbow"),
    ("near_elbow", "near_wrist"),
)
LEGS = BONES[2:6]
PERIODS_S = st.floats(0.0, 60.0, allow_nan=False)
TOML = "\n".join(
    ['faces = "up"', "stay_s = [1.0, 2.0]", "move_s = 1.0", 'line = ["shoulder", "hip"]']
    + [f"{joint} = [[0.1, 0.2]]" for joint in JOINTS]
)


def figure_of(exercise_id: str) -> Figure:
    figure = CATALOGUE.get(exercise_id).figure
    assert figure is not None
    return figure


def bone(posture: Posture, ends: tuple[str, str]) -> float:
    return dist(posture[ends[0]], posture[ends[1]])


@pytest.mark.parametrize("exercise_id", IDS)
def test_every_exercise_has_a_figure_that_moves(exercise_id: str) -> None:
    figure = figure_of(exercise_id)
    moments = [figure.at(figure.round_s * step / 20) for step in range(20)]
    furthest = max(dist(one[joint], moments[0][joint]) for one in moments for joint in JOINTS)
    assert furthest > 0.05, "so far that it is seen"
    assert 3.0 < figure.round_s < 20.0


@pytest.mark.parametrize("exercise_id", IDS)
@given(t_s=PERIODS_S)
def test_limbs_keep_their_lengths_and_stay_above_the_floor(exercise_id: str, t_s: float) -> None:
    figure = figure_of(exercise_id)
    first, now = figure.key_pose(0), figure.at(t_s)
    for ends in LEGS:
        assert bone(now, ends) == pytest.approx(0.245, rel=0.13), ends
    assert bone(now, ("shoulder", "hip")) == pytest.approx(0.29, rel=0.06)
    assert bone(now, ("head", "shoulder")) == pytest.approx(bone(first, BONES[0]), abs=0.02)
    assert all(y >= 0 for _, y in now.values())


@pytest.mark.parametrize("exercise_id", IDS)
@given(t_s=PERIODS_S)
def test_nothing_leaps(exercise_id: str, t_s: float) -> None:
    figure = figure_of(exercise_id)
    one, other = figure.at(t_s), figure.at(t_s + 1 / 30)
    assert max(dist(one[joint], other[joint]) for joint in JOINTS) < 0.05


@pytest.mark.parametrize("exercise_id", IDS)
def test_it_goes_back_the_way_it_came(exercise_id: str) -> None:
    figure = figure_of(exercise_id)
    for number in range(figure.poses):
        assert figure.key_pose(number)["hip"] in [
            pytest.approx(figure.at(figure.round_s * step / 400)["hip"], abs=0.02)
            for step in range(400)
        ]
    assert figure.at(figure.round_s) == figure.at(0.0)


@pytest.mark.parametrize(
    "exercise_id", [each for each in IDS if each.startswith(("w56", "adv")) and "bridge" in each]
)
def test_raises_begin_with_the_foot_at_the_floor_and_end_with_the_leg_up(exercise_id: str) -> None:
    figure = figure_of(exercise_id)
    down, up = figure.key_pose(0), figure.key_pose(figure.poses - 1)
    assert down["near_ankle"][1] < 0.12
    assert up["near_ankle"][1] > down["near_ankle"][1] + 0.1
    assert up["far_ankle"] == down["far_ankle"], "the other foot stands"


@pytest.mark.parametrize("exercise_id", ["w12-back-bridge", "w12-belly-bridge", "w12-side-bridge"])
def test_a_bridge_ends_in_one_line(exercise_id: str) -> None:
    figure = figure_of(exercise_id)
    top = figure.key_pose(figure.poses - 1)
    points = [top[joint] for joint in figure.line]
    around = sum(dist(one, other) for one, other in pairwise(points))
    assert around == pytest.approx(dist(points[0], points[-1]), rel=0.01)


def test_a_single_pose_stands_still() -> None:
    figure = parse_model(TOML.replace("[1.0, 2.0]", "[0.0]"), "x.toml", Figure)
    assert figure.at(3.0) == figure.at(0.0)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("[1.0, 2.0]", "[]", "stay_s"),
        ('faces = "up"', 'faces = "sideways"', "faces"),
        ("hip = [[0.1, 0.2]]", "hip = [[0.1, -0.2]]", "hip"),
        ("hip = [[0.1, 0.2]]", "", "hip"),
        ("hip = [[0.1, 0.2]]", "hip = [[0.1, 0.2], [0.1, 0.2], [0.1, 0.2]]", "hip needs 1 place"),
        ("move_s = 1.0", "move_s = 0", "move_s"),
        ("move_s = 1.0", "move_s = 1.0\nspeed = 2", "speed"),
        ('"shoulder", "hip"', '"shoulder", "hips"', "line"),
    ],
)
def test_a_figure_that_is_wrong_is_refused_in_one_line(old: str, new: str, complaint: str) -> None:
    with pytest.raises(BadDataError) as refusal:
        parse_model(TOML.replace(old, new), "x.toml", Figure)
    assert complaint in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_ball_may_be_part_of_it() -> None:
    figure = parse_model(TOML + "\nball = [0.1, 0.2, 0.2]", "x.toml", Figure)
    assert figure.ball == (0.1, 0.2, 0.2)
