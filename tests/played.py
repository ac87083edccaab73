"""The program's pages with a real window and journal; the person is a script."""

from collections import deque
from datetime import UTC, date, datetime

from coreline.app.program import run
from coreline.app.state import AppState
from coreline.data_files import load_catalogue
from coreline.programme.language import Language
from coreline.programme.life import Profile
from coreline.screen.answers import Answer, Wish
from coreline.screen.menu import Menu, Page, TodayPage, WelcomePage
from coreline.screen.window import Window
from coreline.session.command import Command
from coreline.training.rig import texts_of

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
TODAY = NOW.date()
CATALOGUE = load_catalogue()
Reply = Answer | Wish


class Person(Window):
    """A window whose person answers each page from a script, and then closes it."""

    def __init__(self, language: Language) -> None:
        super().__init__(texts_of(language, CATALOGUE))
        self.script: deque[Reply] = deque()
        self.pages: list[Page] = []
        self._is_asked = False

    def show_page(self, page: Page) -> None:
        self.pages.append(page)
        self._is_asked = True
        super().show_page(page)

    def tick(self) -> tuple[Reply, ...]:
        super().tick()
        if not self.script:
            return (Command.END,)
        # What answers a page waits for one, however long the model takes to load.
        if isinstance(self.script[0], Answer) and not self._is_asked:
            return ()
        self._is_asked = False
        return (self.script.popleft(),)


def someone(start: date = TODAY) -> Profile:
    return Profile("p1", "Anna", "en", start, height_m=1.70)


def play(state: AppState, person: Person, *replies: Reply) -> list[Page]:
    """Answer one page after another; return the pages shown."""
    person.script = deque(replies)
    run(state)
    assert not person.script, "not every answer was asked for"
    return person.pages


def menu(page: Page) -> Menu:
    assert isinstance(page, Menu)
    return page


def welcome(page: Page) -> WelcomePage:
    assert isinstance(page, WelcomePage)
    return page


def today(page: Page) -> TodayPage:
    assert isinstance(page, TodayPage)
    return page
