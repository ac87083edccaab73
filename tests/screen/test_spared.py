"""What is not drawn again: pages on which nothing can be seen to have changed, pictures, shapes."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pygame
import pytest
from pygame import Surface

from coreline.body.framing import Section
from coreline.files import demonstrations
from coreline.files.demonstrations import Shown, loop_file
from coreline.judging.events import Phase, State
from coreline.placement.checks import CameraTrouble
from coreline.screen import live_pages, picture
from coreline.screen.menu import Article
from coreline.screen.overlays import Overlay
from coreline.screen.pages import draw_moving, draw_page, has_picture, still, visible
from coreline.screen.reel import Reel
from coreline.screen.scene import Scene
from coreline.screen.stages import exercise
from coreline.screen.stages.exercise import has_begun
from coreline.screen.texts import Texts
from coreline.screen.window import Window
from coreline.session.view import Coming, Pause, RestTime, Stage, View
from screen import gallery
from screen.gallery import HOLD, IN_SESSION, changed
from scripted import StepClock

SIZE = (800, 600)
SECOND = 60  # ticks
# Reaches over a whole minute and over no second, with another picture each time.
UNSEEN = {"deviation_deg": 3.0, "joints": (1, 2), "left_s": 40.2 * 60.0}


class Drawings:
    """Counts what is drawn on a window that goes by its ticks."""

    def __init__(self, window: Window) -> None:
        self.window, self.scenes, self.parts = window, list[Scene](), list[Scene]()

    def during(self, scenes: Iterator[Scene | None]) -> int:
        """Return how many of some ticks drew all of a page; each shows a scene, or none."""
        before = len(self.scenes)
        for scene in scenes:
            if scene is not None:
                self.window.show(scene)
            self.window.tick()
        return len(self.scenes) - before

    def also_in_part(self, scenes: Iterator[Scene | None]) -> int:
        """Return how many of some ticks drew a page or only what moves on it."""
        before = len(self.parts)
        wholes = self.during(scenes)
        return wholes + len(self.parts) - before


@pytest.fixture
def drawings(dutch: Texts, monkeypatch: pytest.MonkeyPatch) -> Iterator[Drawings]:
    pygame.display.init()
    with Window(dutch, clock=StepClock()) as window:
        counted = Drawings(window)

        def noted(surface: Surface, scene: Scene, *given: Any) -> object:
            counted.scenes.append(scene)
            return draw_page(surface, scene, *given)

        def moved(surface: Surface, scene: Scene, *given: Any) -> object:
            counted.parts.append(scene)
            return draw_moving(surface, scene, *given)

        monkeypatch.setattr(live_pages, "draw_page", noted)
        monkeypatch.setattr(live_pages, "draw_moving", moved)
        yield counted


def filmed(
    view: View, ticks: int = SECOND, every: int = 2, rest_s: float | None = None
) -> Iterator[Scene | None]:
    """Yield what a camera of thirty pictures a second brings, tick by tick."""
    for number in range(ticks):
        moment = replace(view, t_s=view.t_s + number / 60)
        if rest_s is not None:
            moment = replace(moment, rest=RestTime(rest_s - number / 60, 30.0))
        image = np.full((48, 64, 3), number, np.uint8)
        yield Scene(moment, image, gallery.lying()) if number % every == 0 else None


def test_a_countdown_is_drawn_when_its_number_changes(drawings: Drawings) -> None:
    """Sixty pages a second were, each like the one before."""
    for number in (3, 2, 1):
        view = changed(HOLD, stage=Stage.COUNTDOWN, countdown=number)
        assert drawings.during(filmed(view)) == 1


def test_a_rest_is_drawn_24_times_a_second_whatever_the_camera_brings(
    drawings: Drawings,
) -> None:
    coming = Coming("w56-belly-bridge", "right", 3, 3, turns=False)
    rest = changed(IN_SESSION, stage=Stage.REST, coming=coming)
    for every in (1, 2, 3):
        assert 23 <= drawings.also_in_part(filmed(rest, every=every, rest_s=20.5)) <= 26


def test_each_picture_of_a_film_is_drawn_and_none_of_them_late(
    drawings: Drawings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A film of twelve a second in ticks of a sixtieth: each stays for five of them."""
    shown, ticks = list[tuple[int, int]](), StepClock()
    monkeypatch.setattr(drawings.window, "_clock", ticks)

    class Film(Reel):
        def frame(self, _shown: Shown, moment_s: float) -> None:
            shown.append((ticks.ticks, int((moment_s + 1e-6) * 12.0)))

    live = drawings.window._of_session()
    live._reel = Film()
    rest = changed(IN_SESSION, stage=Stage.REST, rest=RestTime(20.5, 30.0))
    drawings.during(iter([Scene(rest), *[None] * SECOND]))
    first = {number: tick for tick, number in reversed(shown)}
    assert set(range(12)) <= set(first)
    late = [tick - 5 * number for number, tick in first.items()]
    assert late.count(0) >= 11, "in every second tick each other one came late"
    assert set(late) <= {0, 1}


def test_a_whole_second_less_of_a_rest_is_seen_at_once(drawings: Drawings) -> None:
    rest = changed(IN_SESSION, stage=Stage.REST, rest=RestTime(20.01, 30.0))
    drawings.during(iter([Scene(rest), None]))
    later = replace(rest, rest=RestTime(19.99, 30.0))
    assert drawings.also_in_part(iter([Scene(later)])) == 1


@pytest.mark.parametrize("stage", [Stage.EXERCISE, Stage.GET_READY, Stage.SETUP])
def test_every_picture_of_the_camera_is_drawn_where_it_is_shown(
    drawings: Drawings, stage: Stage
) -> None:
    """And the figure that moves beside it moves with it."""
    view = changed(HOLD, stage=stage, held_s=0.0)
    assert has_picture(view, gallery.texts_in("nl"))
    assert drawings.also_in_part(filmed(view)) == SECOND // 2
    shown = {id(scene.image_bgr) for scene in drawings.scenes + drawings.parts}
    assert len(shown) == SECOND // 2


def test_a_figure_moves_on_beside_a_camera_that_gives_nothing(drawings: Drawings) -> None:
    view = changed(HOLD, stage=Stage.GET_READY, held_s=0.0)
    drawings.during(filmed(view, ticks=2))
    assert drawings.also_in_part(iter([None] * SECOND)) >= SECOND // 3


def test_while_a_camera_is_away_its_page_is_drawn_once(drawings: Drawings) -> None:
    """It says so twenty times a second."""
    paused = replace(
        IN_SESSION, stage=Stage.PAUSED, pause=Pause.CAMERA, trouble=CameraTrouble.STALLED
    )
    image = gallery.picture()
    news = (
        Scene(replace(paused, t_s=number / 60), image, None, stale=True)
        if number % 3 == 0
        else None
        for number in range(SECOND)
    )
    assert drawings.during(news) == 1


@pytest.mark.parametrize("stage", [Stage.COUNTDOWN, Stage.REST, Stage.EXERCISE])
def test_what_is_asked_for_is_seen_at_once(drawings: Drawings, stage: Stage) -> None:
    drawings.during(iter([Scene(changed(HOLD, stage=stage, countdown=3))]))
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_F1, unicode="", mod=0))
    assert drawings.during(iter([None])) == 1
    assert drawings.window.overlay is Overlay.HELP


@pytest.mark.parametrize("name", [name for name, _ in gallery.views()])
def test_two_moments_that_look_alike_are_alike(name: str, dutch: Texts) -> None:
    """So that to draw one in place of the other shows nothing wrong."""
    scene = dict(gallery.scenes())[name]
    view = scene.view
    assert view is not None
    assert scene.image_bgr is not None
    later = replace(view, t_s=view.t_s + 0.5)
    if has_picture(view, dutch):
        other = replace(scene, view=later)
    else:
        moved = changed(later, state=view.line.state, **UNSEEN)
        other = replace(scene, view=moved, image_bgr=scene.image_bgr[::-1].copy(), pose=None)
    assert visible(other, dutch) == visible(scene, dutch)
    pages = [Surface(SIZE), Surface(SIZE)]
    for page, each in zip(pages, (scene, other), strict=True):
        draw_page(page, each, dutch)
    one, two = (pygame.image.tobytes(page, "RGB") for page in pages)
    assert one == two


SET = Scene(IN_SESSION, gallery.picture(), gallery.lying())
OTHERS: tuple[Scene, ...] = (
    replace(SET, image_bgr=gallery.picture()),
    replace(SET, pose=gallery.lying()),
    replace(SET, muted=True),
    replace(SET, unkept=True),
    replace(SET, view=changed(IN_SESSION, count=15)),
    replace(SET, view=changed(IN_SESSION, deviation_deg=2.0)),
    replace(SET, view=changed(IN_SESSION, state=State.NOT_GOOD)),
    replace(SET, view=changed(IN_SESSION, cue_id="fix.hips_up")),
    replace(SET, view=changed(IN_SESSION, left_s=20 * 60.0)),
)


@pytest.mark.parametrize("number", range(len(OTHERS)))
def test_what_can_be_seen_of_a_set_makes_another_page(number: int, dutch: Texts) -> None:
    assert visible(OTHERS[number], dutch) != visible(SET, dutch)


PARTLY_DRAWN = ("exercise", "rest", "explain", "get-ready")
PARTLY = [name for name, _ in gallery.views() if name.startswith(PARTLY_DRAWN)]
OTHER_PICTURE = np.full((300, 200, 3), 90, np.uint8)  # upright


@pytest.mark.parametrize("size", [(1280, 800), (600, 900)])
@pytest.mark.parametrize("name", PARTLY)
def test_what_moves_drawn_over_a_page_makes_the_page_that_all_of_it_would(
    name: str, size: tuple[int, int], texts: Texts
) -> None:
    scene = dict(gallery.scenes())[name]
    view = scene.view
    assert view is not None
    progress: dict[str, Any] = {"clock_runs": False, "phase": Phase.LOWERING}
    if view.stage is not Stage.GET_READY or has_begun(view):
        progress |= {"count": 21, "held_s": 14.0}
    section = None if view.section is None else Section(0.3, 0.2, 0.9, 0.7)
    moved = changed(view, t_s=9.0, section=section, rest=RestTime(11.2, 30.0), **progress)
    if view.line.deviation_deg is not None:
        moved = changed(moved, deviation_deg=-4.0)
    later = replace(scene, view=moved, image_bgr=OTHER_PICTURE, pose=None)
    assert still(later, texts) == still(scene, texts) != None  # noqa: E711
    over, whole = Surface(size), Surface(size)
    draw_page(over, scene, texts, 0.2, reel=gallery.REEL)
    moving = draw_moving(over, later, texts, 2.0, gallery.REEL)
    spots = draw_page(whole, later, texts, 2.0, reel=gallery.REEL)
    assert spots[len(spots) - len(moving) :] == moving
    assert pygame.image.tobytes(over, "RGB") == pygame.image.tobytes(whole, "RGB")


@pytest.mark.parametrize(
    "other",
    [
        replace(SET, muted=True),
        replace(SET, slow=True),
        *(
            replace(SET, view=changed(IN_SESSION, **change))
            for change in (
                {"cue_id": "fix.hips_up"},
                {"side": "left"},
                {"faults": ("sag",)},
                {"state": State.UNSEEN},
                {"near_side": "right"},
                {"may_go_on": True},
                {"set_number": 3},
                {"left_s": 20 * 60.0},
                {"block_number": 4},
                {"exercise_id": "w56-side-bridge"},
            )
        ),
    ],
    ids=str,
)
def test_another_part_that_stays_makes_another_page(other: Scene, dutch: Texts) -> None:
    assert still(other, dutch) != still(SET, dutch)


@pytest.mark.parametrize("stage", sorted({Stage.SETUP, Stage.COUNTDOWN, Stage.PAUSED, Stage.DONE}))
def test_other_pages_are_drawn_as_a_whole(stage: Stage, dutch: Texts) -> None:
    assert still(Scene(changed(IN_SESSION, stage=stage)), dutch) is None


@pytest.mark.parametrize(
    "change", [{"count": 1}, {"in_position": True}, {"cue_id": "fix.hips_up"}, {"may_go_on": True}]
)
def test_another_word_to_somebody_who_gets_ready_makes_another_page(
    change: dict[str, Any], dutch: Texts
) -> None:
    """And the set that had begun, to which they come back."""
    ready = changed(IN_SESSION, stage=Stage.GET_READY, count=0, held_s=0.0)
    scenes = [Scene(view, gallery.picture()) for view in (ready, changed(ready, **change))]
    assert still(scenes[0], dutch) != still(scenes[1], dutch)


def test_an_explanation_and_getting_ready_are_drawn_as_a_whole_once(drawings: Drawings) -> None:
    for stage in (Stage.EXPLAIN, Stage.GET_READY):
        view = changed(HOLD, stage=stage, held_s=0.0)
        assert drawings.during(filmed(view)) == 1
        assert len(drawings.parts) > SECOND // 3
        drawings.parts.clear()


FLAGS = [each.name for each in fields(Scene) if isinstance(each.default, bool)]


@pytest.mark.parametrize("name", FLAGS)
@pytest.mark.parametrize("stage", [Stage.EXERCISE, Stage.REST, Stage.COUNTDOWN])
def test_a_mark_that_comes_makes_another_page(name: str, stage: Stage, dutch: Texts) -> None:
    """A blurred picture was said nowhere on a set that had begun."""
    coming = Coming("w56-belly-bridge", "right", 3, 3, turns=False)
    scene = Scene(changed(IN_SESSION, stage=stage, coming=coming), gallery.picture())
    change: dict[str, Any] = {name: not getattr(scene, name)}
    other = replace(scene, **change)
    assert visible(scene, dutch) != visible(other, dutch)
    assert still(scene, dutch) is None or still(scene, dutch) != still(other, dutch)


def test_a_set_is_drawn_as_a_whole_once_and_after_anything_else(drawings: Drawings) -> None:
    window = drawings.window

    def wholes(*scenes: Scene) -> int:
        return drawings.during(iter(scenes))

    def moment(number: int, **changes: Any) -> Scene:
        image = np.full((48, 64, 3), number, np.uint8)
        return Scene(changed(HOLD, held_s=float(number), **changes), image, None)

    assert wholes(*map(moment, range(20))) == 1
    assert wholes(moment(20, cue_id="praise.nice"), moment(21, cue_id="praise.nice")) == 1
    for number in (1, 2):  # over the page and away again
        pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_F1, unicode="", mod=0))
        assert wholes(moment(20 + number)) == 1
    window.show_page(Article("Text", ("some words",)))
    window.tick()
    assert wholes(moment(23)) == 1
    pygame.event.post(pygame.event.Event(pygame.VIDEOEXPOSE))
    assert wholes(moment(24)) == 1
    assert wholes(moment(25)) == 0


def test_of_a_set_the_bar_and_the_ring_are_drawn_when_they_move(
    drawings: Drawings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The camera's picture comes thirty times a second, a pose ten times."""
    drawn = Counter[str]()
    for name in ("draw_bar", "draw_dial"):
        usual = getattr(exercise, name)

        def noted(*given: Any, name: str = name, usual: Any = usual) -> object:
            drawn[name] += 1
            return usual(*given)

        monkeypatch.setattr(exercise, name, noted)

    def moment(number: int) -> Scene:
        view = changed(IN_SESSION, deviation_deg=float(number // 3), count=number // 15)
        view = replace(view, line=replace(view.line, joints=(number, 2)))
        return Scene(view, np.full((48, 64, 3), number, np.uint8), None)

    assert drawings.during(map(moment, range(31))) == 1
    first = 2  # all of the page, and then what is not known to be there
    assert drawn == {"draw_bar": first + 10, "draw_dial": first + 2}
    over = pygame.image.tobytes(drawings.window.snapshot(), "RGB")
    pygame.event.post(pygame.event.Event(pygame.VIDEOEXPOSE))
    drawings.during(map(moment, [30]))
    assert pygame.image.tobytes(drawings.window.snapshot(), "RGB") == over


def test_what_is_clicked_is_the_same_after_only_a_part_was_drawn(drawings: Drawings) -> None:
    rest = changed(
        IN_SESSION,
        stage=Stage.REST,
        coming=Coming("w56-belly-bridge", "right", 3, 3, turns=False),
    )
    offer = changed(IN_SESSION, may_go_on=True)
    for view in (rest, offer):
        moments = [
            Scene(replace(view, t_s=float(number)), gallery.picture()) for number in range(6)
        ]
        drawings.during(iter(moments[:1]))
        live = drawings.window._live
        assert live is not None
        before = live._spots
        drawings.during(iter(moments))
        assert live._spots == before
        assert len(before) > 1


def test_stills_beside_a_correction_are_scaled_once(
    dutch: Texts, monkeypatch: pytest.MonkeyPatch
) -> None:
    scaled: list[tuple[int, ...]] = []
    usual = picture._scaled

    def noted(image: np.ndarray, size: tuple[int, int], *, dim: bool, mirror: bool) -> np.ndarray:
        scaled.append(image.shape)
        return usual(image, size, dim=dim, mirror=mirror)

    monkeypatch.setattr(picture, "_scaled", noted)
    picture.SCALED.clear()
    fault = next(scene for name, scene in gallery.scenes() if name == "exercise-fault")
    surface = Surface(SIZE)
    for _ in range(10):
        draw_page(surface, replace(fault, image_bgr=gallery.picture()), dutch)
    assert len(scaled) == 10 + 2
    assert len(picture.SCALED._things) == 4


def test_a_picture_is_scaled_anew_for_another_place() -> None:
    picture.SCALED.clear()
    image, places = gallery.picture(), []
    for size in ((320, 240), (640, 480)):
        surface = Surface(size)
        for dim in (False, True):
            for mirror in (False, True):
                picture.draw_picture(surface, surface.get_rect(), image, dim=dim, mirror=mirror)
                places.append(pygame.image.tobytes(surface, "RGB"))
    assert len(set(places)) == 8


def test_where_a_film_is_is_looked_up_once() -> None:
    """A page asks in every tick."""
    demonstrations._file.cache_clear()
    found = {loop_file(Shown("w34-back-bridge")) for _ in range(20)}
    assert len(found) == 1
    assert demonstrations._file.cache_info().misses == 1
