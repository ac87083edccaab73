"""Which form takes which page; each comes along with the first page that it takes."""

from typing import assert_never

from coreline.screen.forms.form import PageForm
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

# A form takes some thousandths of a second to import, and the first page wants but one of them.
# What today's page leads to is imported while that page is looked at: `coreline.app.following`.
# ruff: noqa: PLC0415


def form_for(
    page: Page, before: PageForm | None, texts: Texts, reel: Reel | None = None
) -> PageForm:
    """Return the form of a page; where it is the page before with new values, the same one.

    `reel` has the pictures of those that move; without it they do not.
    """
    form: PageForm
    match page:
        case TodayPage():
            form = _today(page, before, texts)
        case Menu():
            form = _menu(page, before, texts)
        case Article():
            form = _article(page, before, texts)
        case ShownArticle():
            # Brings OpenCV, numpy, and the pages of a session, from which it has its pictures.
            from coreline.screen.forms.shown_form import ShownForm

            form = ShownForm(page, texts, reel)
        case PainQuestion():
            form = _pain(page, before, texts)
        case HistoryPage():
            form = _history(page, before, texts)
        case WelcomePage():
            form = _welcome(page, before, texts)
        case _:
            assert_never(page)
    return form


def _today(page: TodayPage, before: PageForm | None, texts: Texts) -> PageForm:
    from coreline.screen.forms.today_form import TodayForm

    if not isinstance(before, TodayForm):
        return TodayForm(page, texts)
    before.show(page)
    return before


def _menu(page: Menu, before: PageForm | None, texts: Texts) -> PageForm:
    from coreline.screen.forms.menu_form import MenuForm

    if not isinstance(before, MenuForm) or before.title != page.title:
        return MenuForm(page, texts)
    before.show(page)
    return before


def _article(page: Article, before: PageForm | None, texts: Texts) -> PageForm:
    from coreline.screen.forms.reading_form import ReadingForm

    if not isinstance(before, ReadingForm) or before.title != page.title:
        return ReadingForm(page, texts)
    before.show(page)
    return before


def _pain(page: PainQuestion, before: PageForm | None, texts: Texts) -> PageForm:
    from coreline.screen.forms.pain_form import PainForm

    if not isinstance(before, PainForm) or before.title != page.title:
        return PainForm(page, texts)
    before.show(page)
    return before


def _history(page: HistoryPage, before: PageForm | None, texts: Texts) -> PageForm:
    from coreline.screen.forms.history_form import HistoryForm

    if not isinstance(before, HistoryForm):
        return HistoryForm(page, texts)
    before.show(page)
    return before


def _welcome(page: WelcomePage, before: PageForm | None, texts: Texts) -> PageForm:
    from coreline.screen.forms.welcome_form import WelcomeForm

    if not isinstance(before, WelcomeForm):
        return WelcomeForm(page, texts)
    before.show(page, texts)
    return before
