"""The window: shows the scene or page it was handed last, and says what was asked for.

It never waits for anything but its own clock, so it stays alive whatever camera and model do.
What draws a session comes along with the first scene: the first page is there without it.
"""

import os
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import pygame
from pygame import Surface
from pygame.event import Event

from coreline.closing import Closing
from coreline.files.resources import resource_file
from coreline.programme.language import Language
from coreline.screen.answers import Answer, Wish
from coreline.screen.forms.events import answer_form
from coreline.screen.forms.form import MovingForm, PageForm
from coreline.screen.overlays import Overlay
from coreline.screen.reel import Reel
from coreline.screen.starting import draw_starting
from coreline.screen.texts import Texts
from coreline.session.command import Command

if TYPE_CHECKING:
    from coreline.screen.ahead import Ahead
    from coreline.screen.live_pages import Live
    from coreline.screen.menu import Page
    from coreline.screen.scene import Scene

NAME: Final = "Coreline"
FRAMES_PER_SECOND: Final = 60
OF_DESKTOP: Final = 0.9
DISPLAYS: Final = {"DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER"}
SMALLEST: Final = (320, 240)
USUAL: Final = (1280, 720)
ICON: Final = (128, 128)
# By these a desktop knows the window as that of the entry in its menu, which names it; pygame has
# put the name of the script there when it was imported.
WINDOW_CLASS: Final = {"SDL_VIDEO_X11_WMCLASS": "coreline", "SDL_VIDEO_WAYLAND_WMCLASS": "coreline"}
# To hand its pictures to an X server, SDL begins OpenGL, though nothing is drawn by it. That takes
# longer than all else that opens a window; and without a graphics card each picture takes twenty
# times as long as by shared memory. Where there is no X server there may be no other way.
ACCELERATION: Final = "SDL_FRAMEBUFFER_ACCELERATION"
# SDL takes these on its own where there is no display, and draws where nobody can see it.
INVISIBLE_DRIVERS: Final = {"offscreen", "dummy"}


@dataclass(frozen=True, slots=True)
class NoDisplay:
    """There is no display to open a window on, and why."""

    reason: str
    reason_nl: str = ""

    def why(self, language: Language) -> str:
        """Return why there is none."""
        return self.reason_nl if language == "nl" and self.reason_nl else self.reason


def _no_display() -> NoDisplay:
    return NoDisplay("no display found", "geen scherm gevonden")


def open_window(texts: Texts, *, full_screen: bool = False) -> "Window | NoDisplay":
    """Open the window, or say that there is no display; nothing is drawn yet."""
    if sys.platform.startswith("linux") and not DISPLAYS & os.environ.keys():
        return _no_display()  # SDL would complain on standard error first
    os.environ.update(WINDOW_CLASS)
    try:
        pygame.display.init()
        if pygame.display.get_driver() == "x11":
            os.environ.setdefault(ACCELERATION, "0")
        if _is_visible():
            return Window(texts, full_screen=full_screen)
        found = _no_display()
    except pygame.error as error:
        found = NoDisplay(str(error))
    pygame.display.quit()
    return found


class WindowClock:
    """The time that a window goes by: the machine's."""

    def __init__(self) -> None:
        """Begin now."""
        self._clock = pygame.time.Clock()

    def now_s(self) -> float:
        """Return the moment that moving pictures are drawn for, seconds."""
        return pygame.time.get_ticks() / 1000

    def tick(self) -> None:
        """Wait for the next sixtieth of a second."""
        self._clock.tick(FRAMES_PER_SECOND)


class Window(Closing):
    """The one window. Use it as a context manager, from the main thread."""

    def __init__(
        self, texts: Texts, *, full_screen: bool = False, clock: WindowClock | None = None
    ) -> None:
        """Open it; `open_window` does so where a display may be missing."""
        self._texts = texts
        self._reel = Reel()
        self._live: Live | None = None
        self._ahead: Ahead | None = None
        self._form: PageForm | None = None
        self._full_screen = full_screen
        self._size = _usual_size()
        self._clock = clock or WindowClock()
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
        return self._live.overlay if self._live else Overlay.NONE

    def show(self, scene: "Scene") -> None:
        """Take the scene that is drawn from the next tick on."""
        self._form = None
        self._of_session().scene = scene

    def show_page(self, page: "Page") -> None:
        """Take a page to be answered; with the title of the one before, one stays where one was."""
        from coreline.screen.forms.making import form_for  # noqa: PLC0415 - a session may have none

        self._form = form_for(page, self._form, self._texts, self._reel)

    def speak(self, texts: Texts) -> None:
        """Take other words, such as those of another language; pages come with their own."""
        self._texts = texts
        self._live = self._ahead = None
        self._drawn = None

    def mark_silent(self, *, silent: bool, muted: bool = False) -> None:
        """Show, or no longer show, that there is no sound, and whether that is by choice."""
        live = self._of_session()
        if (silent, muted) != (live.scene.silent, live.scene.muted):
            live.scene = replace(live.scene, silent=silent, muted=muted)

    def tick(self) -> tuple[Wish | Answer, ...]:
        """Answer keys and mouse, draw what has changed, wait for the next sixtieth of a second.

        Where nothing has changed, a little of the pages to come is got ready.
        """
        # That the loudspeaker was pulled out is for whoever plays on it.
        events = pygame.event.get(exclude=pygame.AUDIODEVICEREMOVED)
        answers = tuple(answer for event in events for answer in self._answer(event))
        drew = self._draw_changes()
        if self._form is None and self._ahead and self._live:
            self._ahead.tick(self._live.scene, self._surface.get_size(), drew=drew)
        self._clock.tick()
        return answers

    def snapshot(self) -> Surface:
        """Return a copy of what is drawn."""
        return self._surface.copy()

    def close(self) -> None:
        """Close the window. Closing twice is allowed."""
        self._reel.close()
        pygame.display.quit()

    def _of_session(self) -> "Live":
        """Return the pages of a session."""
        if self._live is None:
            # Both bring OpenCV, numpy, and the shapes of what is judged.
            from coreline.screen.ahead import Ahead  # noqa: PLC0415 - as just said
            from coreline.screen.live_pages import Live  # noqa: PLC0415 - likewise

            self._live, self._ahead = Live(self._texts, self._reel), Ahead(self._texts)
        return self._live

    def _draw_changes(self) -> bool:
        """Draw, unless exactly this is drawn already: the model needs the processor more.

        Returns:
            Whether it was drawn.
        """
        moment_s = self._clock.now_s()
        if self._form is not None and isinstance(self._form, MovingForm):  # asking takes 50 us
            self._form.moment_s = moment_s
        # Drawing a form finds out where its parts are, and may scroll: what it is is known after.
        wanted = (self._form, self._state(moment_s), self._surface.get_size())
        if wanted == self._drawn:
            return False
        if self._form:
            self._form.draw(self._surface)
            if self._live:
                self._live.forget()
        elif self._live:
            self._live.draw(self._surface, moment_s)
        else:
            draw_starting(self._surface, self._texts)
        pygame.display.flip()
        self._drawn = (self._form, self._state(moment_s), self._surface.get_size())
        return True

    def _state(self, moment_s: float) -> object:
        """Return everything that can be seen of the page."""
        if self._form:
            return self._form.state
        return self._live.state(moment_s) if self._live else None

    def _answer(self, event: Event) -> tuple[Wish | Answer, ...]:
        """Do what an event asks of the window itself, and return what it asks of the session."""
        if event.type == pygame.QUIT:
            return (Command.END,)
        if event.type in {pygame.VIDEORESIZE, pygame.VIDEOEXPOSE}:
            self._surface = pygame.display.get_surface() or self._surface
            self._forget()
            return ()
        if event.type == pygame.KEYDOWN and self._is_full_screen_key(event):
            self._toggle_full_screen()
            return ()
        if self._form:
            return answer_form(self._form, event)
        return self._live.answer(event) if self._live else ()

    def _is_full_screen_key(self, event: Event) -> bool:
        """Say whether a key asks for full screen; where one types, F is a letter."""
        return event.key == pygame.K_F11 or (event.key == pygame.K_f and self._form is None)

    def fill_screen(self, *, on: bool) -> None:
        """Fill the screen, or no longer."""
        if on != self._full_screen:
            self._toggle_full_screen()

    def _toggle_full_screen(self) -> None:
        """Fill the display, or go back to the size there was before."""
        if not self._full_screen:
            self._size = self._surface.get_size()
        self._full_screen = not self._full_screen
        self._surface = self._set_mode()

    def _forget(self) -> None:
        """Have all drawn anew."""
        self._drawn = None
        if self._live:
            self._live.forget()

    def _set_mode(self) -> Surface:
        """Return the surface of a window of the present kind."""
        self._forget()
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
    """Return the window's icon."""
    drawing = pygame.image.load(resource_file("icons", "coreline.svg"))
    return pygame.transform.smoothscale(drawing, ICON)
