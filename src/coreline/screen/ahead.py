"""Pages that may come next, got ready before they do, a little at a time.

The first drawing of a page takes many times as long as the next: every text is tried in several
sizes, and the letters of each have to be measured and drawn. So while nothing else is to be drawn
the pages to come are rehearsed: what texts they have, and then one text after the other. A page
that nobody foresaw is drawn all the same; it only takes longer.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from coreline.placement.checks import CameraTrouble
from coreline.screen.lettering import Rehearsal, get_ready
from coreline.screen.overlays import Overlay, draw_overlay
from coreline.screen.pages import draw_page
from coreline.screen.reel import Reel
from coreline.screen.scene import Image, Scene
from coreline.screen.stages.exercise import has_begun
from coreline.screen.texts import Texts
from coreline.session.view import Pause, Stage, View

# What follows a stage, the soonest first. Of a result nothing is known before it is there.
FOLLOWING: Final[Mapping[Stage, tuple[Stage, ...]]] = {
    Stage.SETUP: (Stage.EXPLAIN, Stage.GET_READY, Stage.COUNTDOWN, Stage.EXERCISE),
    Stage.EXPLAIN: (Stage.GET_READY, Stage.COUNTDOWN, Stage.EXERCISE),
    Stage.GET_READY: (Stage.COUNTDOWN, Stage.EXERCISE),
    Stage.COUNTDOWN: (Stage.EXERCISE,),
    Stage.EXERCISE: (Stage.REST,),
    Stage.PAUSED: (Stage.GET_READY, Stage.EXERCISE),
    Stage.REST: (Stage.EXPLAIN, Stage.GET_READY, Stage.COUNTDOWN, Stage.EXERCISE),
    Stage.DONE: (),
}
PAUSES: Final = (
    *((Pause.CAMERA, trouble) for trouble in CameraTrouble),
    *((pause, None) for pause in Pause),
)
MOST_KNOWN: Final = 500  # pages; a session of sixteen exercises has some three hundred
LONGEST_BUSY: Final = 8  # ticks in which something was drawn, before a step is taken all the same


class Ahead:
    """Gets ready what comes after the page that is there."""

    def __init__(self, texts: Texts) -> None:
        """Begin with nothing."""
        self._texts = texts
        self._page: object = None
        self._scene: Scene | None = None
        self._size = (0, 0)
        self._known: set[object] = set()
        self._steps: Iterator[None] = iter(())
        self._busy = 0

    def tick(self, scene: Scene, size: tuple[int, int], *, drew: bool) -> None:
        """Take a step, a few milliseconds at most, unless something was drawn in this tick.

        Args:
            scene: What is shown.
            size: Of the window, pixels.
            drew: Whether something was drawn; a machine that has to draw in every tick takes a step
                now and then.
        """
        if scene.view is None:
            return
        if scene is not self._scene or size != self._size:  # most ticks have the same as before
            self._scene, self._size = scene, size
            page = _page_of(scene.view), _marks_of(scene), size
            if page != self._page:
                self._page, self._steps = page, self._rehearse(scene, scene.view, size)
        self._busy = self._busy + 1 if drew else 0
        if not drew or self._busy >= LONGEST_BUSY:
            self._busy = 0
            next(self._steps, None)

    def _rehearse(self, scene: Scene, view: View, size: tuple[int, int]) -> Iterator[None]:
        """Find out what the pages to come need, and get it ready; yield after each step."""
        blank = replace(scene, image_bgr=None, pose=None)
        for each in coming(view, self._texts):
            if self._is_new((_page_of(each), _marks_of(scene), size)):
                lost = each.pause in {Pause.CAMERA, Pause.LEFT}
                surface = Rehearsal(size)
                draw_page(
                    surface, replace(blank, view=each, stale=lost), self._texts, reel=_NO_FILM
                )
                yield from _take(surface)
        for overlay in (Overlay.ASK_END, Overlay.HELP):
            if self._is_new((overlay, size)):
                surface = Rehearsal(size)
                draw_overlay(surface, overlay, self._texts)
                yield from _take(surface)

    def _is_new(self, page: object) -> bool:
        """Note a page, and say whether it was not rehearsed before."""
        if page in self._known:
            return False
        if len(self._known) >= MOST_KNOWN:
            self._known.clear()
        self._known.add(page)
        return True


def coming(view: View, texts: Texts) -> Iterator[View]:
    """Yield about what may come after a moment: the next stages, and a pause for every reason."""
    if view.stage is Stage.DONE:
        return
    soonest = [replace(view, stage=Stage.PAUSED, pause=why, trouble=kind) for why, kind in PAUSES]
    later = [_later(view, stage, texts) for stage in FOLLOWING[view.stage]]
    yield from (*soonest, *later) if view.stage is Stage.EXERCISE else (*later, *soonest)


def _later(view: View, stage: Stage, texts: Texts) -> View:
    """Return a stage to come, of the set that comes where there is a rest before it."""
    later = replace(view, stage=stage, pause=None, trouble=None, cue_id=None, countdown=None)
    then = view.course.coming
    if view.stage is not Stage.REST or then is None:
        return later
    course = replace(view.course, set_number=then.set_number, sets=then.sets, coming=None)
    machine = texts.exercise(then.exercise_id).machine
    begun = replace(view.progress, count=0, held_s=0.0)
    return replace(
        later,
        exercise_id=then.exercise_id,
        side=then.side,
        machine=machine,
        course=course,
        progress=begun,
    )


def _page_of(view: View) -> object:
    """Return what decides which texts a page has, near enough: numbers come and go."""
    course, exercise = view.course, (view.exercise_id, view.side, view.machine)
    if view.stage is Stage.PAUSED:
        return view.pause, view.trouble, view.hand, exercise, has_begun(view)
    return view.stage, exercise, has_begun(view), course.set_number, course.sets, course.coming


def _marks_of(scene: Scene) -> object:
    """Return what decides on the marks of a page, which take room."""
    return replace(scene, stale=False).circumstances


def _take(surface: Rehearsal) -> Iterator[None]:
    """Get ready what was noted, a text at a time."""
    yield
    for text, size, style in surface.noted:
        known = get_ready.cache_info().hits
        get_ready(text, size, style)
        if get_ready.cache_info().hits == known:
            yield


class _NoFilm(Reel):
    """Has the places of films be kept free, and decodes none."""

    def frame(self, _shown: object, _moment_s: float) -> Image | None:
        """Return none."""
        return None


_NO_FILM: Final = _NoFilm()
