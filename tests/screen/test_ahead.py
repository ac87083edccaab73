"""What a page to come needs is there before it comes."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pygame
import pytest
from pygame import Surface

from coreline.data_files import load_catalogue
from coreline.placement.checks import CameraTrouble
from coreline.programme.spec import Exercise
from coreline.screen import ahead as ahead_module
from coreline.screen.ahead import LONGEST_BUSY, Ahead, coming
from coreline.screen.lettering import Rehearsal, draw_text, fit, font, get_ready, text_width
from coreline.screen.overlays import Overlay, draw_overlay
from coreline.screen.pages import draw_page
from coreline.screen.reel import Reel
from coreline.screen.scene import Scene
from coreline.screen.texts import Texts
from coreline.screen.window import Window, open_window
from coreline.session.view import Coming, InCourse, Pause, Progress, Stage, View
from screen.gallery import HOLD, IN_SESSION, changed, lying, picture

SIZE = (1280, 800)
ENOUGH = 1000  # steps, more than all pages have
SET = changed(IN_SESSION, count=3)


@pytest.fixture(autouse=True)
def nothing_known() -> None:
    for each in (fit, font, get_ready, text_width):
        each.cache_clear()


@pytest.fixture(scope="module", autouse=True)
def display() -> None:
    pygame.display.init()


def rehearsed(scene: Scene, texts: Texts) -> Ahead:
    ahead = Ahead(texts)
    for _ in range(ENOUGH):
        ahead.tick(scene, SIZE, drew=False)
    return ahead


def new_fits(draw: Callable[..., object], *given: object) -> int:
    """Return for how many texts a drawing had to find the size."""
    before = fit.cache_info().misses
    draw(*given)
    return fit.cache_info().misses - before


@pytest.mark.parametrize("view", [SET, changed(HOLD, side="right")], ids=["raises", "hold"])
def test_a_pause_that_nobody_expected_has_no_text_whose_size_is_still_to_be_found(
    view: View, texts: Texts
) -> None:
    """First drawn unprepared it took 15 to 56 ms of processor time."""
    surface, scene = Surface(SIZE), Scene(view, picture(), lying())
    draw_page(surface, scene, texts)
    rehearsed(scene, texts)
    pauses = [(Pause.CAMERA, each) for each in CameraTrouble] + [(each, None) for each in Pause]
    for why, trouble in pauses:
        paused = replace(view, stage=Stage.PAUSED, pause=why, trouble=trouble, t_s=view.t_s + 1)
        stale = why in {Pause.CAMERA, Pause.LEFT}
        page = replace(scene, view=paused, stale=stale)
        assert new_fits(draw_page, surface, page, texts) == 0, (why, trouble)


def test_unprepared_it_has_many(dutch: Texts) -> None:
    surface, scene = Surface(SIZE), Scene(SET, picture(), lying())
    draw_page(surface, scene, dutch)
    paused = replace(SET, stage=Stage.PAUSED, pause=Pause.CAMERA, trouble=CameraTrouble.STALLED)
    assert new_fits(draw_page, surface, replace(scene, view=paused), dutch) > 5


def test_what_lies_over_a_page_is_ready_too(texts: Texts) -> None:
    surface = Surface(SIZE)
    rehearsed(Scene(SET), texts)
    for overlay in (Overlay.HELP, Overlay.ASK_END):
        assert new_fits(draw_overlay, surface, overlay, texts) == 0


def test_after_a_rest_comes_the_set_that_was_named(dutch: Texts) -> None:
    then = Coming("w34-back-bridge", "left", 1, 3, turns=True)
    rest = changed(IN_SESSION, stage=Stage.REST, coming=then)
    later = [each for each in coming(rest, dutch) if each.stage is not Stage.PAUSED]
    assert [each.stage for each in later][:2] == [Stage.EXPLAIN, Stage.GET_READY]
    for each in later:
        assert (each.exercise_id, each.side, each.machine) == ("w34-back-bridge", "left", "hold")
        assert (each.progress.count, each.course.set_number) == (0, 1)
        assert each.cue_id is None


def test_nothing_follows_the_end(dutch: Texts) -> None:
    assert list(coming(changed(IN_SESSION, stage=Stage.DONE), dutch)) == []


@pytest.mark.parametrize("exercise", load_catalogue(), ids=lambda each: each.id)
def test_a_page_of_any_exercise_can_be_rehearsed_from_any_stage(
    exercise: Exercise, dutch: Texts
) -> None:
    for stage in Stage:
        view = replace(HOLD, exercise_id=exercise.id, machine=exercise.machine, stage=stage)
        rehearsed(Scene(view), dutch)


def test_a_page_is_rehearsed_once(dutch: Texts, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[Scene] = []

    def noted(surface: Surface, scene: Scene, texts: Texts, *, reel: Reel) -> object:
        drawn.append(scene)
        return draw_page(surface, scene, texts, reel=reel)

    monkeypatch.setattr(ahead_module, "draw_page", noted)
    ahead = rehearsed(Scene(SET), dutch)
    once = len(drawn)
    for count in range(3, 9):  # the set goes on, and stops
        view = changed(SET, count=count, t_s=float(count))
        for stage in (Stage.EXERCISE, Stage.PAUSED, Stage.GET_READY, Stage.EXERCISE):
            for _ in range(ENOUGH // 10):
                ahead.tick(Scene(replace(view, stage=stage)), SIZE, drew=False)
    assert once > 5
    assert len(drawn) <= once + 3  # the three that follow a pause


def test_of_pages_no_more_than_some_are_remembered(
    dutch: Texts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead_module, "MOST_KNOWN", 20)
    ahead = Ahead(dutch)
    for number in range(1, 30):
        view = replace(SET, course=InCourse(set_number=number, sets=30))
        for _ in range(100):
            ahead.tick(Scene(view), SIZE, drew=False)
        assert len(ahead._known) <= 20


def test_a_step_is_a_text_or_a_page(dutch: Texts) -> None:
    """So none of them takes long."""
    ahead, ready = Ahead(dutch), [0]
    for _ in range(ENOUGH):
        ahead.tick(Scene(SET), SIZE, drew=False)
        ready.append(get_ready.cache_info().misses)
    assert max(after - before for before, after in pairwise(ready)) == 1
    assert ready[-1] > 20


def test_while_pages_are_drawn_it_waits_but_not_for_ever(dutch: Texts) -> None:
    ahead = Ahead(dutch)
    for _ in range(LONGEST_BUSY - 1):
        ahead.tick(Scene(SET), SIZE, drew=True)
    assert not ahead._known
    ahead.tick(Scene(SET), SIZE, drew=True)
    assert len(ahead._known) == 1


def test_a_window_gets_pages_ready_in_the_ticks_that_draw_nothing(
    dutch: Texts, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(Reel, "_ask_for", lambda _reel, shown: asked.append(shown))
    window = open_window(dutch)
    assert isinstance(window, Window)
    with window:
        window.show(Scene(SET))
        window.tick()
        before = get_ready.cache_info().misses
        for _ in range(30):
            window.tick()
        assert get_ready.cache_info().misses > before + 10
    assert asked == []  # no film is decoded for what is only rehearsed


def test_a_rehearsal_notes_texts_and_draws_nothing(dutch: Texts) -> None:
    surface = Rehearsal(SIZE)
    draw_page(surface, Scene(SET, picture(), None), dutch)
    assert not any(pygame.image.tobytes(surface, "RGB"))
    assert dutch.name(SET.exercise_id) in {text for text, _, _ in surface.noted}
    box = pygame.Rect(3, 4, 50, 60)
    assert draw_text(surface, "x", box, surface.noted[0][2]) == box


def test_the_count_of_a_set_is_no_other_page(dutch: Texts) -> None:
    begun = Progress(SET.progress.phase, 4, 0, 30, 0.0, 2.0, clock_runs=True)
    ahead = rehearsed(Scene(SET), dutch)
    steps = ahead._steps
    ahead.tick(Scene(replace(SET, progress=begun)), SIZE, drew=False)
    assert ahead._steps is steps
