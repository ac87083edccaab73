"""What the first drawing of a page costs in a session, by kind of page, language and window."""

import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final, NamedTuple
from unittest.mock import patch

import pygame

from coreline.programme.language import LANGUAGES, Language
from coreline.screen import window as window_module
from coreline.screen.lettering import Shelf
from coreline.screen.menu import PainQuestion
from coreline.screen.scene import Scene
from coreline.screen.window import Window, WindowClock
from coreline.session.view import Stage, View
from screen import gallery

SIZES: Final = ((1280, 800), (1920, 1080))
BEFORE_TICKS: Final = 180  # for so long the page before is there: three seconds, as a countdown
EVERY: Final = 4  # ticks from one picture of that page to the next
# What is on the screen before a page of each stage.
AFTER: Final[Mapping[Stage, Stage | None]] = {
    Stage.SETUP: None,
    Stage.EXPLAIN: Stage.SETUP,
    Stage.GET_READY: Stage.EXPLAIN,
    Stage.COUNTDOWN: Stage.GET_READY,
    Stage.EXERCISE: Stage.COUNTDOWN,
    Stage.PAUSED: Stage.EXERCISE,
    Stage.REST: Stage.EXERCISE,
    Stage.DONE: Stage.REST,
}
KEYS: Final = {"keys": (pygame.K_F1, ""), "the question of the end": (pygame.K_ESCAPE, "\x1b")}


class Unhurried(WindowClock):
    """A clock that does not wait: only what is worked for is of interest."""

    def __init__(self) -> None:
        """Begin at zero."""
        self.ticks = 0

    def now_s(self) -> float:
        """Return the moment, by the ticks there were."""
        return self.ticks / window_module.FRAMES_PER_SECOND

    def tick(self) -> None:
        """Count."""
        self.ticks += 1


Where = tuple[str, Language, tuple[int, int]]  # a kind of page, in a language and a window


class Cost(NamedTuple):
    """Milliseconds of the drawing thread's processor time.

    Attributes:
        first: The tick that draws the page for the first time.
        meanwhile: The longest tick while the page before it was there, from its second on.
    """

    first: float
    meanwhile: float


def kinds(language: Language) -> Iterator[tuple[str, View | None, Scene | PainQuestion | str]]:
    """Yield pages: their kind, the view before, and what is shown or which key shows it."""
    for _, scene in gallery.scenes():
        view = scene.view
        if view is not None:
            before = AFTER[view.stage]
            yield _kind(view), None if before is None else replace(view, stage=before), scene
    inside = replace(gallery.IN_SESSION, stage=Stage.EXERCISE)
    for name in KEYS:
        yield name, inside, name
    texts = gallery.texts_in(language)
    question = next(page for name, page in gallery.forms(texts) if name == "pain-empty")
    assert isinstance(question, PainQuestion)
    yield "how much it hurts", inside, question


def first_drawings(trials: int) -> dict[Where, list[Cost]]:
    """Draw every page of a session as for the first time, so often, and return what each cost."""
    costs: dict[Where, list[Cost]] = defaultdict(list)
    for size in SIZES:
        for language in LANGUAGES:
            for kind, before, page in kinds(language):
                costs[kind, language, size] += [
                    _cost(language, size, before, page) for _ in range(trials)
                ]
    return costs


def _kind(view: View) -> str:
    if view.stage is not Stage.PAUSED:
        return view.stage.value
    return f"paused: {view.pause.value}" if view.pause is not None else "paused"


def _cost(
    language: Language,
    size: tuple[int, int],
    before: View | None,
    page: Scene | PainQuestion | str,
) -> Cost:
    """Return what a page cost after another one, nothing of either having been drawn before."""
    _forget()
    pygame.display.init()
    image, pose = gallery.picture(), gallery.lying()
    with patch.object(window_module, "_usual_size", lambda: size):
        window = Window(gallery.texts_in(language), clock=Unhurried())
    with window:
        meanwhile = [0.0]
        for number in range(BEFORE_TICKS):
            if number % EVERY == 0:
                moment = None if before is None else replace(before, t_s=number / 60)
                window.show(Scene(moment, image, None if before is None else pose))
            meanwhile.append(_tick_ms(window))
        _show(window, page)
        return Cost(_tick_ms(window), max(meanwhile[2:]))


def _show(window: Window, page: Scene | PainQuestion | str) -> None:
    if isinstance(page, Scene):
        window.show(page)
    elif isinstance(page, PainQuestion):
        window.show_page(page)
    else:
        key, letter = KEYS[page]
        pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=key, unicode=letter, mod=0))


def _tick_ms(window: Window) -> float:
    begun_s = time.thread_time()
    window.tick()
    return 1000.0 * (time.thread_time() - begun_s)


def _forget() -> None:
    """Have nothing kept of what was drawn: texts, typefaces, stills."""
    for name in [each for each in sys.modules if each.startswith("coreline.screen")]:
        for thing in vars(sys.modules[name]).values():
            if isinstance(thing, Shelf):
                thing.clear()
            elif hasattr(thing, "cache_clear"):
                thing.cache_clear()
