"""What leads from one thing to the next."""

import pytest

from coreline.body.measures import Side
from coreline.coaching.cues import Cue, CueBook
from coreline.coaching.spoken import spoken
from coreline.data_files import load_catalogue, load_cues
from coreline.placement.checks import CameraTrouble
from coreline.programme.spec import Exercise, Text
from coreline.session.blocks import Block, blocks_of
from coreline.session.phrases import (
    explanation,
    pause_cue,
    pause_ends,
    reading_s,
    rest_begins,
    set_cue,
    side_cue,
)
from coreline.session.view import Coming, Pause
from stick_figure import exercise_of

BOOK = spoken(load_cues(), load_catalogue())
PLANK, SIDE, LEG = (
    exercise_of(each) for each in ("w12-back-bridge", "w12-side-bridge", "w56-belly-bridge")
)
AGAIN = Coming(PLANK.id, None, 2, 3, turns=False)


def test_an_explanation_names_shows_measures_and_says_which_side() -> None:
    assert explanation(Block(LEG, Side.LEFT), BOOK, on_ball=False) == [
        "name.w56_belly_bridge",
        "how.w56_belly_bridge",
        "dose.raises_30_3",
        "side.left_leg",
    ]


@pytest.mark.parametrize("id_", ["w34-back-bridge", "w34-superman", "w56-back-bridge"])
def test_the_ball_is_named_to_who_uses_it_alone(id_: str) -> None:
    block = blocks_of(exercise_of(id_))[0]
    for on_ball in (True, False):
        texts = [BOOK.get(each).text for each in explanation(block, BOOK, on_ball=on_ball)]
        assert any("op de bal" in each.nl for each in texts) is on_ball
        assert any("on the ball" in each.en for each in texts) is on_ball


def test_what_has_no_words_is_left_out() -> None:
    dose = PLANK.dose.model_copy(update={"sets": 7})
    odd = PLANK.model_copy(update={"dose": dose})
    said = explanation(Block(odd), BOOK, on_ball=False)
    assert said == ["name.w12_back_bridge", "how.w12_back_bridge"]


@pytest.mark.parametrize("exercise", list(load_catalogue()), ids=lambda each: each.id)
def test_every_exercise_is_explained_in_words(exercise: Exercise) -> None:
    for block in blocks_of(exercise):
        said = explanation(block, BOOK, on_ball=True)
        assert len(said) >= 3
        assert (side_cue(block) is not None) <= (said[-1] == side_cue(block))


@pytest.mark.parametrize(
    ("block", "cue_id"),
    [
        (Block(LEG, Side.LEFT), "side.left_leg"),
        (Block(LEG, Side.RIGHT), "side.right_leg"),
        (Block(SIDE, Side.LEFT), "side.left_down"),
        (Block(SIDE, Side.RIGHT), "side.right_down"),
        (Block(PLANK, Side.LEFT), None),  # either way is as good
        (Block(LEG), None),
    ],
)
def test_the_side_is_said_where_it_matters(block: Block, cue_id: str | None) -> None:
    assert side_cue(block) == cue_id


def test_sets_are_numbered_where_there_are_three() -> None:
    assert [set_cue(number, 3) for number in (1, 2, 3)] == [
        f"flow.set_{number}_of_3" for number in (1, 2, 3)
    ]
    assert set_cue(1, 2) is set_cue(1, 4) is None


@pytest.mark.parametrize(
    ("rest_s", "said"), [(30.0, "flow.rest_30"), (29.0, "flow.rest"), (45.0, "flow.rest")]
)
def test_a_rest_is_called_thirty_seconds_only_when_it_is(rest_s: float, said: str) -> None:
    assert rest_begins(rest_s, AGAIN, PLANK) == [said]


@pytest.mark.parametrize(
    ("exercise", "turn"),
    [(LEG, "flow.other_leg"), (SIDE, "turn.other_side"), (PLANK, "turn.around")],
)
def test_a_rest_before_the_other_side_says_how_to_turn(exercise: Exercise, turn: str) -> None:
    coming = Coming(exercise.id, Side.RIGHT, 1, 3, turns=True)
    assert rest_begins(10.0, coming, exercise) == ["flow.rest", turn]


def test_a_rest_before_another_exercise_names_it() -> None:
    coming = Coming(LEG.id, Side.LEFT, 1, 3, turns=False)
    assert rest_begins(30.0, coming, PLANK) == [
        "flow.rest_30",
        "flow.next_exercise",
        "name.w56_belly_bridge",
    ]


@pytest.mark.parametrize("trouble", list(CameraTrouble))
def test_a_camera_s_trouble_is_said_by_its_name(trouble: CameraTrouble) -> None:
    assert pause_cue(Pause.CAMERA, trouble) == f"camera.{trouble.value}"
    assert pause_cue(Pause.CAMERA, trouble) in BOOK
    assert pause_cue(Pause.ASKED, trouble) == "flow.paused"


def test_each_pause_has_its_words_and_a_way_out_of_it() -> None:
    said = {pause: pause_cue(pause, None) for pause in Pause}
    assert said == {
        Pause.ASKED: "flow.paused",
        Pause.HAND: "pause.hand",
        Pause.LEFT: "pause.left",
        Pause.CAMERA: "flow.paused",
        Pause.PAIN: "pain.asked",
    }
    assert pause_ends(Pause.ASKED, hand=True) == pause_ends(Pause.HAND, hand=True) == "pause.go_on"
    assert pause_ends(Pause.ASKED, hand=False) == "pause.space"
    assert pause_ends(Pause.LEFT, hand=True) == "pause.lie_down"
    assert pause_ends(Pause.CAMERA, hand=False) == "pause.by_itself"
    assert pause_ends(Pause.PAIN, hand=True) is None


def test_reading_takes_as_long_as_the_longer_language() -> None:
    def read_s(nl: str, en: str) -> float:
        return reading_s("x.y", CueBook([Cue(id="x.y", priority=2, text=Text(nl=nl, en=en))]))

    assert read_s("a" * 50, "b") == read_s("a", "b" * 50)
    assert read_s("a" * 50, "b") > read_s("a" * 49, "b" * 49)
    # Silent reading is 180 to 320 words of six letters a minute; the slow end, and a look first.
    assert 50 / (320 * 6 / 60) < read_s("a" * 50, "b") < 50 / (180 * 6 / 60) + 2.0
