"""How to go on anyway is shown and clicked, where it was offered; and nobody is called unseen."""

import pytest
from pygame import Surface

from coreline.placement.checks import Check, PlacementTopic, Verdict
from coreline.screen.pages import draw_page
from coreline.screen.scene import Scene
from coreline.screen.stages.before import advice_of
from coreline.screen.stages.sheet import sentence_of
from coreline.session.command import Command
from coreline.session.view import Stage, View
from screen.gallery import IN_SESSION, changed, lying, picture, texts_in

SIZE = (1366, 768)
MIDDLE_OF_THE_PICTURE = (300, 300)


def clicked(view: View, at: tuple[int, int]) -> set[object]:
    surface = Surface(SIZE)
    spots = draw_page(surface, Scene(view, picture(), lying()), texts_in("nl"))
    return {spot.wish for spot in spots if spot.box.collidepoint(at)}


@pytest.mark.parametrize("stage", [Stage.SETUP, Stage.GET_READY])
def test_a_click_on_the_picture_goes_on_once_that_was_offered(stage: Stage) -> None:
    waiting = changed(IN_SESSION, stage=stage, count=0)
    assert Command.SKIP not in clicked(waiting, MIDDLE_OF_THE_PICTURE)
    assert Command.SKIP in clicked(changed(waiting, may_go_on=True), MIDDLE_OF_THE_PICTURE)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_before_anything_is_known_nobody_is_called_unseen(language: str) -> None:
    texts = texts_in("nl" if language == "nl" else "en")
    unknown = tuple(Check(topic, Verdict.UNKNOWN) for topic in PlacementTopic)
    said = advice_of(changed(IN_SESSION, stage=Stage.SETUP, checks=unknown), texts)
    assert said.text == texts.own("looking")


@pytest.mark.parametrize("cue_id", ["setup.legs_hidden", "setup.arms_hidden", "setup.step_back"])
def test_what_to_do_is_shown_alone_where_it_tells_enough(cue_id: str) -> None:
    texts = texts_in("nl")
    wrong = (Check(PlacementTopic.BODY, Verdict.FAIL, cue_id),)
    setup = changed(IN_SESSION, stage=Stage.SETUP, checks=wrong)
    said, shown = texts.cue(cue_id).text, advice_of(setup, texts).text
    assert said.endswith(shown)
    assert (said == shown) is ("hidden" in cue_id)
    offered = changed(setup, may_go_on=True, cue_id="setup.go_on_hand")
    assert advice_of(offered, texts).text == texts.own("raise_hand")


def test_who_is_in_position_is_not_told_how_to_get_there() -> None:
    texts = texts_in("nl")
    ready = changed(IN_SESSION, stage=Stage.GET_READY)
    start = texts.exercise(ready.exercise_id).start_position.nl
    assert sentence_of(Scene(), ready, texts).text == start
    assert sentence_of(Scene(), changed(ready, in_position=True), texts).text != start


@pytest.mark.parametrize("id_", ["w34-back-bridge", "w56-back-bridge", "w34-superman"])
def test_the_start_is_told_as_the_person_does_it(id_: str) -> None:
    texts = texts_in("nl")
    floor = changed(IN_SESSION, stage=Stage.GET_READY, exercise_id=id_)
    ball = changed(floor, on_ball=frozenset({id_}))
    assert "op de bal" not in sentence_of(Scene(), floor, texts).text
    assert sentence_of(Scene(), ball, texts).text == texts.exercise(id_).start_position.nl
