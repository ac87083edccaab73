"""The pages of a session: one for each stage, drawn from the scene."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

from pygame import Surface

from coreline.files.demonstrations import Shown, loop_file
from coreline.judging.events import Phase
from coreline.screen.palette import GROUND
from coreline.screen.reel import Reel
from coreline.screen.scene import Scene
from coreline.screen.stages.before import (
    draw_countdown,
    draw_explain,
    draw_get_ready,
    draw_moving_explanation,
    draw_moving_ready,
    draw_setup,
)
from coreline.screen.stages.done import draw_done
from coreline.screen.stages.exercise import draw_exercise, draw_moving_set, has_begun
from coreline.screen.stages.paused import draw_paused
from coreline.screen.stages.rest import draw_moving_rest, draw_rest, next_of
from coreline.screen.stages.sheet import Sheet
from coreline.screen.starting import draw_starting
from coreline.screen.texts import Texts
from coreline.screen.widgets.chips import ClickArea
from coreline.session.view import Pause, RestTime, Stage, View

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
# Pages of which most stays from one picture of the camera or the film to the next.
MOVING_PARTS: dict[Stage, Drawing] = {
    Stage.EXPLAIN: draw_moving_explanation,
    Stage.GET_READY: draw_moving_ready,
    Stage.EXERCISE: draw_moving_set,
    Stage.REST: draw_moving_rest,
}
MOVING = {Stage.EXPLAIN, Stage.GET_READY, Stage.REST}
WITHOUT_PICTURE = {Stage.COUNTDOWN, Stage.REST, Stage.DONE}


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


def draw_moving(
    surface: Surface,
    scene: Scene,
    texts: Texts,
    moment_s: float,
    reel: Reel | None,
    there: dict[str, object] | None = None,
) -> tuple[ClickArea, ...]:
    """Draw what moves over the same page, whose `still` parts are the same.

    `reel` and `there` are a sheet's; what is drawn is noted in `there`.

    Returns:
        What can be clicked of that; of the whole page it comes last.
    """
    view = scene.view
    if view is None:
        return ()
    sheet = Sheet(surface, scene, view, texts, moment_s, reel=reel, there=there)
    return MOVING_PARTS[view.stage](sheet)


@dataclass(frozen=True, slots=True, eq=False)
class Itself:
    """A thing that is like no other one, whatever is in it."""

    thing: Any

    def __eq__(self, other: object) -> bool:
        """Say whether the other one is about the same thing."""
        return isinstance(other, Itself) and self.thing is other.thing

    def __hash__(self) -> int:
        """Return what goes with that."""
        return id(self.thing)


def visible(scene: Scene, texts: Texts) -> object:
    """Return all that can be seen of a page but what moves by itself.

    Every picture of the camera brings a new moment, and of many pages none of it is seen: the
    picture itself and the line are on some only, the minutes that are left and the seconds of a
    rest are whole ones. The ring of a rest moves by itself.
    """
    view = scene.view
    if view is None:
        return Itself(scene.image_bgr), scene.circumstances
    left_s = 60.0 * ceil(view.course.left_s / 60.0)
    view = replace(view, t_s=0.0, course=replace(view.course, left_s=left_s))
    if has_picture(view, texts):
        return view, Itself(scene.image_bgr), Itself(scene.pose), scene.circumstances
    rest = RestTime(ceil(view.rest.left_s), view.rest.whole_s)
    calm = replace(view.line, deviation_deg=None, joints=(), near_side=None)
    return replace(view, rest=rest, line=calm, section=None), scene.circumstances


def still(scene: Scene, texts: Texts) -> object:
    """Return what the parts of a page depend on that do not move; None where all is drawn anew."""
    view = scene.view
    if view is None or view.stage not in MOVING_PARTS:
        return None
    shown = next_of(view, texts).exercise_id if view.stage is Stage.REST else view.exercise_id
    if view.stage is not Stage.EXERCISE and loop_file(Shown(shown)) is None:
        return None  # a stick figure may reach out of its place
    progress = replace(
        view.progress, phase=Phase.WAITING, count=0, refused=0, held_s=0.0, clock_runs=False
    )
    line = replace(view.line, deviation_deg=None, joints=())
    calm = replace(view, progress=progress, line=line, rest=RestTime(), section=None)
    if view.stage is not Stage.GET_READY:  # where it is said in words
        calm = replace(calm, in_position=False)
    page = visible(replace(scene, view=calm, image_bgr=None, pose=None), texts)
    return page, is_set_shown(view)


def has_picture(view: View, texts: Texts) -> bool:
    """Say whether the camera's picture is on the page."""
    if view.stage is Stage.PAUSED:
        return view.pause is not Pause.PAIN
    if view.stage is Stage.EXPLAIN:
        return not _is_shown(view.exercise_id, texts)
    return view.stage not in WITHOUT_PICTURE


def is_moving(scene: Scene, texts: Texts) -> bool:
    """Say whether the page has something on it that moves by itself: a person, a figure, a ring."""
    view = scene.view
    if view is None or view.stage not in MOVING or is_set_shown(view):
        return False
    return view.stage is Stage.REST or _is_shown(view.exercise_id, texts)


def _is_shown(exercise_id: str, texts: Texts) -> bool:
    """Say whether somebody, or a stick figure, shows an exercise."""
    has_film = loop_file(Shown(exercise_id)) is not None
    return has_film or texts.exercise(exercise_id).figure is not None


def is_set_shown(view: View) -> bool:
    """Say whether a set that had begun is shown while the person gets back into position."""
    return view.stage is Stage.GET_READY and has_begun(view)


def asks_about_pain(scene: Scene) -> bool:
    """Say whether the question that follows P is on the screen."""
    view = scene.view
    return view is not None and view.stage is Stage.PAUSED and view.pause is Pause.PAIN
