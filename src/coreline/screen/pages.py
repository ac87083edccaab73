"""The pages of a session: one for each stage, drawn from the scene."""

from collections.abc import Callable

from pygame import Surface

from coreline.files.demonstrations import Shown, loop_file
from coreline.screen.demonstration import Reel
from coreline.screen.layout import PageMeasures
from coreline.screen.lettering import Style, draw_text
from coreline.screen.palette import GROUND, MUTED
from coreline.screen.picture import draw_picture
from coreline.screen.scene import Scene
from coreline.screen.stages.before import (
    draw_countdown,
    draw_explain,
    draw_get_ready,
    draw_setup,
)
from coreline.screen.stages.done import draw_done
from coreline.screen.stages.exercise import draw_exercise, has_begun
from coreline.screen.stages.paused import draw_paused
from coreline.screen.stages.rest import draw_rest
from coreline.screen.stages.sheet import Sheet
from coreline.screen.texts import Sentence, Texts
from coreline.screen.widgets.chips import ClickArea
from coreline.screen.widgets.rows import draw_sentence
from coreline.session.view import Pause, Stage, View

Drawing = Callable[[Sheet], tuple[ClickArea, ...]]
NAME = "Coreline"
DRAWINGS: dict[Stage, Drawing] = {
    Stage.SETUP: draw_setup,
    Stage.EXPLAIN: draw_explain,
    Stage.GET_READY: draw_get_ready,
    Stage.COUNTDOWN: draw_countdown,
    Stage.EXERCISE: draw_exercise,
    Stage.PAUSED: draw_paused,
    Stage.REST: draw_rest,
    Stage.DONE: draw_done,
}
MOVING = {Stage.EXPLAIN, Stage.GET_READY, Stage.REST}


def draw_page(
    surface: Surface,
    scene: Scene,
    texts: Texts,
    moment_s: float = 0.0,
    chosen: int = 0,
    reel: Reel | None = None,
) -> tuple[ClickArea, ...]:
    """Draw the page that fits the moment and return what can be clicked on it.

    `moment_s`, `chosen` and `reel` are a sheet's.
    """
    surface.fill(GROUND)
    if scene.view is None:
        _draw_starting(surface, scene, texts)
        return ()
    sheet = Sheet(surface, scene, scene.view, texts, moment_s, chosen, reel)
    return DRAWINGS[scene.view.stage](sheet)


def is_moving(scene: Scene, texts: Texts) -> bool:
    """Say whether the page has somebody on it who moves by themselves, or a figure that does."""
    view = scene.view
    if view is None or view.stage not in MOVING or is_set_shown(view):
        return False
    shown = view.course.coming.exercise_id if view.course.coming else view.exercise_id
    ids = {view.exercise_id, shown}
    return any(texts.exercise(each).figure is not None or loop_file(Shown(each)) for each in ids)


def is_set_shown(view: View) -> bool:
    """Say whether a set that had begun is shown while the person gets back into position."""
    return view.stage is Stage.GET_READY and has_begun(view)


def asks_about_pain(scene: Scene) -> bool:
    """Say whether the question that follows P is on the screen."""
    view = scene.view
    return view is not None and view.stage is Stage.PAUSED and view.pause is Pause.PAIN


def _draw_starting(surface: Surface, scene: Scene, texts: Texts) -> None:
    """Draw the page before there is anything to judge."""
    measure = PageMeasures.of(surface.get_size())
    picture, strip = measure.rows(measure.box, 0.745, 0.255)
    place = draw_picture(surface, picture, scene.image_bgr, dim=False, mirror=scene.mirror)
    if scene.image_bgr is None:
        draw_text(surface, NAME, place, Style(MUTED, measure.capital_px, "center"))
    word = texts.own("no_picture" if scene.stale else "starting")
    draw_sentence(surface, strip, Sentence(word), measure.capital_px)
