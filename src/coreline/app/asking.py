"""Show a page until it is answered."""

from collections.abc import Callable

from coreline.app.state import AppState
from coreline.screen.answers import Answer, Wish
from coreline.screen.menu import Page
from coreline.screen.window import Window
from coreline.session.command import Command


class WindowClosedError(Exception):
    """The person closed the window: whatever page is open, the program ends."""


def ask(state: AppState, page: Page, seen: Callable[[], object] | None = None) -> Answer:
    """Return what the person answers; call `seen` as soon as the page is drawn.

    Raises:
        WindowClosedError: The window was closed.
    """
    window = state.rig.window
    if not isinstance(window, Window):
        raise WindowClosedError
    window.show_page(page)
    while True:
        answers = window.tick()
        if seen is not None:
            seen()
            seen = None
        state.rig.player.tick()
        for answer in answers:
            if answer is Command.END:
                raise WindowClosedError
            if not isinstance(answer, Wish):
                return answer
