"""The pages of a session: one for each stage, drawn from the scene."""

from collections.abc import Callable

from pygame import Surface

from coreline.files.demonstrations import Shown, loop_file
from coreline.screen.palette import GROUND
from coreline.screen.reel import Reel
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
from coreline.screen.starting import draw_starting
from coreline.screen.texts import Texts
from coreline.screen.widgets.chips import ClickArea
from coreline.session.view import Pause, Stage, View

Drawing = Callable[[Sheet], tuple[ClickArea, ...]]
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
    if scene.view is None:
        draw_starting(surface, texts)
        return ()
    surface.fill(GROUND)
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
