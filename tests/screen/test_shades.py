"""Never by colour alone: without colours, good and bad still look different."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pygame
import pytest
from pygame import Rect, Surface

from coreline.judging.events import State
from coreline.placement.checks import CameraTrouble, Check, PlacementTopic, Verdict
from coreline.screen.forms.making import form_for
from coreline.screen.layout import layout
from coreline.screen.menu import Menu, Toggle
from coreline.screen.palette import GROUND
from coreline.screen.scene import Scene
from coreline.screen.stages.done import _draw_sign
from coreline.screen.stages.rest import next_of
from coreline.screen.texts import Texts
from coreline.session.view import Coming, Pause, Result, Stage, View
from screen import gallery

MakeView = Callable[..., View]
SIZE = (1280, 720)
TOLD_APART = 40  # of 255, how far two greys differ that are told apart at a glance


def grey(surface: Surface) -> np.ndarray:
    """Return a picture without its colours, as the eye weighs them."""
    weights = np.array([0.299, 0.587, 0.114])
    return np.asarray(pygame.surfarray.array3d(surface) @ weights)


def told_apart(one: Surface, other: Surface) -> int:
    """Return how many pixels differ in a picture without colours."""
    return int((np.abs(grey(one) - grey(other)) > TOLD_APART).sum())


def test_a_body_in_line_and_out_of_line(view: MakeView, dutch: Texts) -> None:
    box = layout(SIZE).picture
    image, pose = gallery.picture(), gallery.lying()
    good, bad, unseen = (
        gallery.draw(Scene(view(state=state), image, pose), SIZE, dutch).subsurface(box)
        for state in (State.GOOD, State.NOT_GOOD, State.UNSEEN)
    )
    assert told_apart(good, bad) > 100
    assert told_apart(good, unseen) > 10_000
    assert told_apart(bad, unseen) > 10_000


@pytest.mark.parametrize("verdict", [Verdict.FAIL, Verdict.UNKNOWN])
def test_a_check_that_passes_and_one_that_does_not(
    verdict: Verdict, view: MakeView, texts: Texts
) -> None:
    def drawn(each: Verdict) -> Surface:
        moment = view(stage=Stage.SETUP, checks=(Check(PlacementTopic.LIGHT, each),))
        return gallery.draw(Scene(moment), SIZE, texts).subsurface(Rect(640, 60, 600, 60))

    assert told_apart(drawn(Verdict.PASS), drawn(verdict)) > 150


def test_what_is_done_whole_in_part_not_at_all_or_passed_over() -> None:
    whole = Result("w56-crunch", None, 90.0, 90.0, None)
    results = [
        whole,
        replace(whole, done=40.0),
        replace(whole, done=0.0),
        replace(whole, done=0.0, skipped=True),
    ]
    signs = []
    for result in results:
        surface = Surface((60, 60))
        surface.fill(GROUND)
        _draw_sign(surface, surface.get_rect(), result)
        signs.append(surface)
    for number, sign in enumerate(signs):
        for other in signs[number + 1 :]:
            assert told_apart(sign, other) > 150


def test_a_switch_that_is_on_and_one_that_is_off(dutch: Texts) -> None:
    surfaces = []
    for on in (True, False):
        surface = Surface(SIZE)
        form_for(Menu("Menu", (Toggle("mirror", "Spiegelbeeld", on=on),)), None, dutch).draw(
            surface
        )
        surfaces.append(surface)
    assert told_apart(*surfaces) > 300


def test_the_two_ways_of_having_no_sound_have_different_words(view: MakeView, dutch: Texts) -> None:
    muted, broken, heard = (
        gallery.draw(Scene(view(), silent=silent, muted=muted), SIZE, dutch)
        for silent, muted in ((True, True), (True, False), (False, False))
    )
    assert told_apart(muted, broken) > 100
    assert told_apart(muted, heard) > 500


def test_the_marks_of_what_is_kept_have_words(view: MakeView, dutch: Texts) -> None:
    plain = Scene(view())
    without = gallery.draw(plain, SIZE, dutch)
    for marked in (replace(plain, recording=True), replace(plain, unkept=True)):
        assert told_apart(gallery.draw(marked, SIZE, dutch), without) > 500


def test_every_reason_of_a_pause_has_words_of_its_own(view: MakeView, texts: Texts) -> None:
    pages = [
        gallery.draw(Scene(moment), SIZE, texts).subsurface(Rect(0, 30, 1280, 140))
        for name, moment in gallery.views()
        if name.startswith(("paused", "camera"))
    ]
    assert len(pages) == 4 + len(CameraTrouble)
    for number, page in enumerate(pages):
        for other in pages[number + 1 :]:
            assert told_apart(page, other) > 1000
    assert texts.own("pause_camera"), "and where the kind of trouble is not known"
    unknown = view(stage=Stage.PAUSED, pause=Pause.CAMERA)
    assert gallery.draw(Scene(unknown), SIZE, texts).get_size() == SIZE


def test_what_comes_next_says_what_matters_first(view: MakeView, dutch: Texts) -> None:
    moment = view(stage=Stage.REST, exercise_id="w56-belly-bridge", side="right", set_number=3)
    other_side = Coming("w56-belly-bridge", "left", 1, 3, turns=True)
    other_one = Coming("w56-side-bridge", "left", 1, 3, turns=True)
    same = Coming("w56-belly-bridge", "right", 3, 3, turns=False)
    assert next_of(gallery.changed(moment, coming=other_side), dutch).headline == "Wissel van kant"
    assert "linkerbeen" in next_of(gallery.changed(moment, coming=other_side), dutch).detail.lower()
    assert next_of(gallery.changed(moment, coming=other_one), dutch).headline == "Zijbrug"
    assert "wissel van kant" in next_of(gallery.changed(moment, coming=other_one), dutch).detail
    assert next_of(gallery.changed(moment, coming=same), dutch).headline == "Serie 3 van 3"
    assert next_of(moment, dutch).headline == "Bijna klaar"
