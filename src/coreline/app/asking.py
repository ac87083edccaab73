"""Show a page until it is answered."""

from coreline.app.state import AppState
from coreline.screen.answers import Answer, Wish
from coreline.screen.menu import Page
from coreline.screen.window import Window
from coreline.session.inputs import Command


class WindowClosedError(Exception):
    """The person closed the window: whatever page is open, the program ends."""


def ask(state: AppState, page: Page) -> Answer:
    """Return what the person answers.

    Raises:
        WindowClosedError: The window was closed.
    """
    window = state.rig.window
    if not isinstance(window, Window):
        raise WindowClosedError
    window.show_page(page)
    while True:
        state.rig.player.tick()
        for answer in window.tick():
            if answer is Command.END:
                raise WindowClosedError
            if not isinstance(answer, Wish):
                return answer
