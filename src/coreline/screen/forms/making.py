"""Which form takes which page."""

from typing import assert_never

from coreline.screen.forms.form import PageForm
from coreline.screen.forms.history_form import HistoryForm
from coreline.screen.forms.menu_form import MenuForm
from coreline.screen.forms.pain_form import PainForm
from coreline.screen.forms.reading_form import ReadingForm
from coreline.screen.forms.today_form import TodayForm
from coreline.screen.forms.welcome_form import WelcomeForm
from coreline.screen.menu import (
    Article,
    HistoryPage,
    Menu,
    Page,
    PainQuestion,
    ShownArticle,
    TodayPage,
    WelcomePage,
)
from coreline.screen.reel import Reel
from coreline.screen.texts import Texts


def form_for(
    page: Page, before: PageForm | None, texts: Texts, reel: Reel | None = None
) -> PageForm:
    """Return the form of a page; where it is the page before with new values, the same one.

    `reel` has the pictures of those that move; without it they do not.
    """
    form: PageForm
    match page, before:
        case (Menu(title=title), MenuForm()) if before.title == title:
            before.show(page)
            form = before
        case (Article(title=title), ReadingForm()) if before.title == title:
            before.show(page)
            form = before
        case (TodayPage(), TodayForm()):
            before.show(page)
            form = before
        case (PainQuestion(title=title), PainForm()) if before.title == title:
            before.show(page)
            form = before
        case (HistoryPage(), HistoryForm()):
            before.show(page)
            form = before
        case (WelcomePage(), WelcomeForm()):
            before.show(page, texts)
            form = before
        case _:
            form = _new_form(page, texts, reel)
    return form


def _new_form(page: Page, texts: Texts, reel: Reel | None) -> PageForm:
    """Return a form at its beginning."""
    form: PageForm
    match page:
        case Menu():
            form = MenuForm(page, texts)
        case Article():
            form = ReadingForm(page, texts)
        case ShownArticle():
            # Brings OpenCV, numpy, and the pages of a session, from which it has its pictures.
            from coreline.screen.forms.shown_form import ShownForm  # noqa: PLC0415 - as just said

            form = ShownForm(page, texts, reel)
        case TodayPage():
            form = TodayForm(page, texts)
        case PainQuestion():
            form = PainForm(page, texts)
        case HistoryPage():
            form = HistoryForm(page, texts)
        case WelcomePage():
            form = WelcomeForm(page, texts)
        case _:
            assert_never(page)
    return form
