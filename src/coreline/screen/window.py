"""The window: shows the scene it was handed last, and says which keys were pressed.

It never waits for anything but its own clock, so it stays alive whatever camera and model do.
"""

import os
import sys
from dataclasses import dataclass, replace
from enum import Enum, auto
from types import TracebackType
from typing import Final, Self

import pygame
from pygame import Surface
from pygame.event import Event

from coreline.screen.overlays import draw_overlay
from coreline.screen.pages import draw_page
from coreline.screen.palette import GOOD, GROUND
from coreline.screen.scene import Overlay, Scene
from coreline.screen.shapes import tick
from coreline.screen.texts import Texts

NAME: Final = "Coreline"
FRAMES_PER_SECOND: Final = 60
OF_DESKTOP: Final = 0.9
DISPLAYS: Final = {"DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER"}
SMALLEST: Final = (320, 240)
USUAL: Final = (1280, 720)
# SDL takes these on its own where there is no display, and draws where nobody can see it.
INVISIBLE_DRIVERS: Final = {"offscreen", "dummy"}


class Wish(Enum):
    """What the person asks for with a key."""

    PAUSE = auto()
    SKIP = auto()
    BACK = auto()
    MUTE = auto()
    END = auto()


KEYS: Final = {
    pygame.K_SPACE: Wish.PAUSE,
    pygame.K_RIGHT: Wish.SKIP,
    pygame.K_PAGEDOWN: Wish.SKIP,  # what the buttons of a presenter's remote send
    pygame.K_LEFT: Wish.BACK,
    pygame.K_PAGEUP: Wish.BACK,
    pygame.K_m: Wish.MUTE,
}


@dataclass(frozen=True, slots=True)
class NoDisplay:
    """There is no display to open a window on, and why."""

    reason: str


def open_window(texts: Texts, *, full_screen: bool = False) -> "Window | NoDisplay":
    """Open the window, or say that there is no display; nothing is drawn yet."""
    if sys.platform.startswith("linux") and not DISPLAYS & os.environ.keys():
        return NoDisplay("no display found")  # SDL would complain on standard error first
    try:
        pygame.display.init()
        if _is_visible():
            return Window(texts, full_screen=full_screen)
        reason = "no display found"
    except pygame.error as error:
        reason = str(error)
    pygame.display.quit()
    return NoDisplay(reason)


class Window:
    """The one window. Use it as a context manager, from the main thread."""

    def __init__(self, texts: Texts, *, full_screen: bool = False) -> None:
        """Open it; `open_window` does so where a display may be missing."""
        self._texts = texts
        self._scene = Scene()
        self._overlay = Overlay.NONE
        self._full_screen = full_screen
        self._size = _usual_size()
        self._clock = pygame.time.Clock()
        self._drawn: object = None
        pygame.display.set_caption(NAME)
        pygame.display.set_icon(_icon())
        self._surface = self._set_mode()

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of what is drawn on, pixels."""
        return self._surface.get_size()

    @property
    def overlay(self) -> Overlay:
        """What lies over the page."""
        return self._overlay

    def show(self, scene: Scene) -> None:
        """Take the scene that is drawn from the next tick on."""
        self._scene = scene

    def mark_silent(self, *, silent: bool) -> None:
        """Show, or no longer show, that there is no sound."""
        if silent != self._scene.silent:
            self._scene = replace(self._scene, silent=silent)

    def tick(self) -> tuple[Wish, ...]:
        """Answer the keys, draw what has changed, wait for the next sixtieth of a second."""
        wishes = tuple(wish for event in pygame.event.get() if (wish := self._answer(event)))
        self._draw_changes()
        self._clock.tick(FRAMES_PER_SECOND)
        return wishes

    def snapshot(self) -> Surface:
        """Return a copy of what is drawn."""
        return self._surface.copy()

    def close(self) -> None:
        """Close the window. Closing twice is allowed."""
        pygame.display.quit()

    def __enter__(self) -> Self:
        """Return the window itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()

    def _draw_changes(self) -> None:
        """Draw, unless exactly this is drawn already: the model needs the processor more."""
        wanted = (self._scene, self._overlay, self._surface.get_size())
        if wanted == self._drawn:
            return
        draw_page(self._surface, self._scene, self._texts)
        draw_overlay(self._surface, self._overlay, self._texts)
        pygame.display.flip()
        self._drawn = wanted

    def _answer(self, event: Event) -> Wish | None:
        """Do what an event asks of the window itself, and return what it asks of the session."""
        if event.type == pygame.QUIT:
            return Wish.END
        if event.type in {pygame.VIDEORESIZE, pygame.VIDEOEXPOSE}:
            self._surface = pygame.display.get_surface() or self._surface
            self._drawn = None
        elif event.type == pygame.KEYDOWN:
            return self._answer_key(event)
        return None

    def _answer_key(self, event: Event) -> Wish | None:
        """Return what a key asks for; an overlay takes the next key for itself."""
        before, self._overlay = self._overlay, Overlay.NONE
        if before is Overlay.ASK_END:
            return Wish.END if event.key == pygame.K_ESCAPE else None
        if before is Overlay.HELP:
            return None
        if event.key == pygame.K_ESCAPE:
            self._overlay = Overlay.ASK_END
        elif event.unicode == "?" or event.key == pygame.K_F1:
            self._overlay = Overlay.HELP
        elif event.key in {pygame.K_f, pygame.K_F11}:
            self._toggle_full_screen()
        return KEYS.get(event.key)

    def _toggle_full_screen(self) -> None:
        """Fill the display, or go back to the size there was before."""
        if not self._full_screen:
            self._size = self._surface.get_size()
        self._full_screen = not self._full_screen
        self._surface = self._set_mode()

    def _set_mode(self) -> Surface:
        """Return the surface of a window of the present kind."""
        self._drawn = None
        pygame.mouse.set_visible(not self._full_screen)
        if self._full_screen:
            return pygame.display.set_mode((0, 0), pygame.FULLSCREEN)
        surface = pygame.display.set_mode(self._size, pygame.RESIZABLE)
        if surface.get_size() == self._size:
            return surface
        # Out of full screen, some drivers of SDL give the size asked for at the second word only.
        return pygame.display.set_mode(self._size, pygame.RESIZABLE)


def _is_visible() -> bool:
    """Say whether what is drawn is shown; a driver named in the environment is taken as wished."""
    named = bool(os.environ.get("SDL_VIDEODRIVER"))
    return named or pygame.display.get_driver() not in INVISIBLE_DRIVERS


def _usual_size() -> tuple[int, int]:
    """Return most of the desktop: the person looks from two or three metres away."""
    desktops = pygame.display.get_desktop_sizes()
    if not desktops:
        return USUAL
    width, height = (round(side * OF_DESKTOP) for side in desktops[0])
    return max(width, SMALLEST[0]), max(height, SMALLEST[1])


def _icon() -> Surface:
    """Return the window's icon: a tick."""
    icon = Surface((64, 64))
    icon.fill(GROUND)
    tick(icon, GOOD, icon.get_rect().inflate(-8, -8))
    return icon
