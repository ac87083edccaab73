"""A session's pages under the person's hands: which key or click asks for what."""

from typing import Final

import pygame
from pygame import Surface
from pygame.event import Event

from coreline.screen.answers import MuteToggled, Wish
from coreline.screen.overlays import Overlay, draw_overlay
from coreline.screen.pages import (
    asks_about_pain,
    draw_moving,
    draw_page,
    has_picture,
    is_moving,
    still,
    visible,
)
from coreline.screen.reel import Reel
from coreline.screen.scene import Scene
from coreline.screen.texts import Texts
from coreline.screen.widgets.chips import ClickArea
from coreline.session.command import PAIN_ANSWERS, Command
from coreline.session.view import Stage

# What moves by itself does so so many times a second, in every second and third tick by turns: a
# film has twelve pictures a second, so each of them comes at its time, and a clock's ring grows by
# less than two pixels. Beside a picture of the camera it moves with that, and by itself only where
# none comes.
MOVES_PER_S: Final = 24.0
MOVES_WITH_PICTURE_S: Final = 2.5 / 60
LEFT_BUTTON: Final = 1

# A presenter's remote sends PageDown and PageUp, B or a full stop for a black screen, and by turns
# F5 and Escape for the beginning and end of a show: F5 means nothing here, so that it closes the
# question that Escape asks, and pressing that button again and again never ends a session.
KEYS: Final = {
    pygame.K_SPACE: Command.PAUSE,
    pygame.K_RETURN: Command.PAUSE,
    pygame.K_KP_ENTER: Command.PAUSE,
    pygame.K_RIGHT: Command.SKIP,
    pygame.K_PAGEDOWN: Command.SKIP,
    pygame.K_LEFT: Command.BACK,
    pygame.K_PAGEUP: Command.BACK,
    pygame.K_END: Command.NEXT,
    pygame.K_KP_PLUS: Command.PLUS,
    pygame.K_KP_MINUS: Command.MINUS,
}
LETTERS: Final[dict[str, Wish]] = {
    "b": Command.PAUSE,
    ".": Command.PAUSE,
    "n": Command.NEXT,
    "p": Command.PAIN,
    "m": MuteToggled(),
    "+": Command.PLUS,
    "=": Command.PLUS,  # the same key without Shift
    "-": Command.MINUS,
}
PAIN_DIGITS: Final = {"1": Command.PAIN_SKIP, "2": Command.PAIN_NOTE, "3": Command.PAIN_STOP}
PAIN_MOVES: Final = {
    pygame.K_UP: -1,
    pygame.K_PAGEUP: -1,
    pygame.K_DOWN: 1,
    pygame.K_PAGEDOWN: 1,
    pygame.K_TAB: 1,
}
# Shift comes before the question mark that it makes; by themselves these ask for nothing.
MODIFIERS: Final = {
    pygame.K_LSHIFT,
    pygame.K_RSHIFT,
    pygame.K_LCTRL,
    pygame.K_RCTRL,
    pygame.K_LALT,
    pygame.K_RALT,
    pygame.K_LGUI,
    pygame.K_RGUI,
    pygame.K_MODE,
    pygame.K_CAPSLOCK,
    pygame.K_NUMLOCK,
}
PICKS: Final = {pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_SPACE}


class Live:
    """The page of a session: the scene, what lies over it, and the answer to pain in hand."""

    def __init__(self, texts: Texts, reel: Reel | None = None) -> None:
        """Begin with an empty scene."""
        self.scene = Scene()
        self._texts, self._reel = texts, reel
        self.overlay = Overlay.NONE
        self._halted = False  # the session was stopped for what lies over its page
        self._chosen = 0
        self._spots: tuple[ClickArea, ...] = ()
        self._still: object = None  # what is drawn of the page and does not move
        self._there: dict[str, object] = {}  # and what of it moves now and then
        self._moved_s = 0.0
        self._looked_at: Scene | None = None
        self._visible: object = None
        self._with_picture = self._moves = False

    def state(self, moment_s: float) -> object:
        """Return everything that can be seen of it at a moment, and whether it is to move."""
        if self.scene is not self._looked_at:  # a tick asks twice, and most have the same scene
            self._looked_at, view = self.scene, self.scene.view
            self._visible = visible(self.scene, self._texts)
            self._with_picture = view is not None and has_picture(view, self._texts)
            self._moves = is_moving(self.scene, self._texts)
        due = self._moves and self.overlay is Overlay.NONE and self._is_due(moment_s)
        return self._visible, self.overlay, self._chosen, due

    def _is_due(self, moment_s: float) -> bool:
        """Say whether what moves by itself has stood long enough."""
        if self._with_picture:
            return not 0.0 <= moment_s - self._moved_s < MOVES_WITH_PICTURE_S
        return int(moment_s * MOVES_PER_S) != int(self._moved_s * MOVES_PER_S)

    def draw(self, surface: Surface, moment_s: float) -> None:
        """Draw it; only what moves where all else is there."""
        self._moved_s = moment_s
        lies_over = self.overlay is not Overlay.NONE
        parts = None if lies_over else still(self.scene, self._texts)
        if parts is not None and parts == self._still:
            moving = draw_moving(
                surface, self.scene, self._texts, moment_s, self._reel, self._there
            )
            self._spots = (*self._spots[: len(self._spots) - len(moving)], *moving)
            return
        self._spots = draw_page(
            surface, self.scene, self._texts, moment_s, self._chosen, self._reel
        )
        over = draw_overlay(surface, self.overlay, self._texts)
        self._spots = over if lies_over else self._spots
        self._still, self._there = parts, {}

    def forget(self) -> None:
        """Have all of it drawn the next time: something else was drawn, or there is nothing."""
        self._still = None

    def answer(self, event: Event) -> tuple[Wish, ...]:
        """Return what an event asks for."""
        if event.type == pygame.KEYDOWN:
            wish = None if event.key in MODIFIERS else self._answer_key(event)
        elif event.type == pygame.MOUSEBUTTONDOWN and event.button == LEFT_BUTTON:
            wish = self._answer_click(event.pos)
        else:
            wish = None
            if event.type == pygame.MOUSEMOTION:
                self._answer_motion(event.pos)
        return () if wish is None else (wish,)

    def _answer_key(self, event: Event) -> Wish | None:
        """Return what a key asks for; an overlay takes the next key for itself."""
        before, self.overlay = self.overlay, Overlay.NONE
        if before is Overlay.ASK_END and event.key == pygame.K_ESCAPE:
            return Command.END
        if before is not Overlay.NONE:
            return self._uncovered()
        if asks_about_pain(self.scene):
            return self._answer_pain(event)
        if event.key == pygame.K_ESCAPE or (self._is_done and event.key in PICKS):
            return self._end()
        if event.unicode == "?" or event.key == pygame.K_F1:
            return self._covered(Overlay.HELP)
        return KEYS.get(event.key) or LETTERS.get(event.unicode.lower())

    def _end(self) -> Wish | None:
        """Ask once; when all is done there is nothing to ask."""
        if self._is_done:
            return Command.END
        return self._covered(Overlay.ASK_END)

    def _covered(self, overlay: Overlay) -> Wish | None:
        """Lay something over the page; no clock runs behind it."""
        self.overlay = overlay
        view = self.scene.view
        self._halted = view is not None and view.stage not in (Stage.PAUSED, Stage.DONE)
        return Command.HALT if self._halted else None

    def _uncovered(self) -> Wish | None:
        """Go on where it was, unless it stood still before."""
        halted, self._halted = self._halted, False
        return Command.GO_ON if halted else None

    def _answer_pain(self, event: Event) -> Wish | None:
        """Return what a key means where pain was asked about."""
        if event.key == pygame.K_ESCAPE or event.unicode.lower() == "p":
            self._chosen = 0
            return Command.PAUSE
        if event.unicode in PAIN_DIGITS:
            return PAIN_DIGITS[event.unicode]
        if event.key in PICKS or event.unicode.lower() in {"b", "."}:
            chosen, self._chosen = self._chosen, 0
            return PAIN_ANSWERS[chosen]
        steps = PAIN_MOVES.get(event.key, 0)
        self._chosen = min(max(self._chosen + steps, 0), len(PAIN_ANSWERS) - 1)
        return None

    def _answer_click(self, at: tuple[int, int]) -> Wish | None:
        """Return what a click asks for; help closes, and the question closes beside its answers."""
        wish = next((spot.wish for spot in self._spots if spot.box.collidepoint(at)), None)
        if self.overlay is not Overlay.NONE:
            self.overlay = Overlay.NONE
            return wish or self._uncovered()
        return wish

    def _answer_motion(self, at: tuple[int, int]) -> None:
        """Choose the answer to pain under the mouse."""
        if not asks_about_pain(self.scene):
            return
        for number, spot in enumerate(self._spots):
            if spot.box.collidepoint(at):
                self._chosen = number

    @property
    def _is_done(self) -> bool:
        """Say whether the session is over."""
        return self.scene.view is not None and self.scene.view.stage is Stage.DONE
