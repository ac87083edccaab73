"""Keys and mouse on the pictures of what was done."""

from dataclasses import replace

import pygame
import pytest
from pygame import Surface

from coreline.programme.marks import Mark
from coreline.screen.answers import Answer, Changed, Dismissed
from coreline.screen.forms.form import Key
from coreline.screen.forms.history_form import HistoryForm
from coreline.screen.forms.making import form_for
from coreline.screen.menu import CalendarPicture, ChartPicture, DayCell, HistoryPage, WeekRow
from coreline.screen.texts import Texts
from screen.gallery import history_page

LAST = 34  # the number of the last of five weeks' days


@pytest.fixture
def page(dutch: Texts) -> HistoryPage:
    """Return the gallery's page, each day and place of which says its number."""
    whole = history_page(dutch)
    calendar, line, bars = whole.pictures
    assert isinstance(calendar, CalendarPicture)
    assert isinstance(line, ChartPicture)
    assert isinstance(bars, ChartPicture)
    cells = [DayCell(str(number), Mark.DONE, f"day {number}") for number in range(LAST + 1)]
    rows = [WeekRow("", tuple(cells[first : first + 7])) for first in range(0, len(cells), 7)]
    places = tuple(f"place {number}" for number in range(20))
    calendar = replace(calendar, weeks=tuple(rows))
    return replace(
        whole, pictures=(calendar, replace(line, texts=places), replace(bars, texts=places))
    )


@pytest.fixture
def surface() -> Surface:
    return Surface((1366, 768))


@pytest.fixture
def form(page: HistoryPage, dutch: Texts, surface: Surface) -> HistoryForm:
    made = form_for(page, None, dutch)
    assert isinstance(made, HistoryForm)
    made.draw(surface)
    return made


def press(form: HistoryForm, *codes: int) -> list[Answer]:
    return [answer for code in codes for answer in form.press(Key(code, letter_of(code)))]


def letter_of(code: int) -> str:
    return chr(code) if 32 <= code < 127 else ""


def test_it_begins_at_the_latest_day_and_the_arrows_go_through_days_and_weeks(
    form: HistoryForm,
) -> None:
    assert form.told == "day 34"
    assert press(form, pygame.K_LEFT, pygame.K_UP) == []
    assert form.told == "day 26"
    press(form, pygame.K_HOME, pygame.K_LEFT)
    assert form.told == "day 0"
    press(form, pygame.K_DOWN, pygame.K_END, pygame.K_RIGHT)
    assert form.told == "day 34"


def test_a_number_or_a_presenter_goes_to_another_picture_and_each_keeps_its_place(
    form: HistoryForm,
) -> None:
    press(form, pygame.K_2, pygame.K_LEFT, pygame.K_LEFT)
    assert form.told == "place 17"
    press(form, pygame.K_PAGEDOWN)
    assert form.told == "place 19"
    press(form, pygame.K_PAGEUP)
    assert form.told == "place 17"
    press(form, pygame.K_TAB, pygame.K_TAB)
    assert form.told == "day 34"
    press(form, pygame.K_9)
    assert form.told == "day 34"


@pytest.mark.parametrize("code", [pygame.K_ESCAPE, pygame.K_BACKSPACE, pygame.K_b])
def test_it_is_left_as_a_page_that_is_read(form: HistoryForm, code: int) -> None:
    assert press(form, code) == [Dismissed()]


def test_up_and_down_choose_an_exercise_where_one_is_shown(form: HistoryForm) -> None:
    press(form, pygame.K_2)
    assert press(form, pygame.K_DOWN) == [Changed("subject", "one")]
    assert press(form, pygame.K_UP) == [Changed("subject", "one")]  # round the end
    press(form, pygame.K_3)
    assert press(form, pygame.K_DOWN, pygame.K_UP) == []


def test_plus_and_minus_choose_how_many_weeks_and_stop_at_the_ends(
    form: HistoryForm, page: HistoryPage
) -> None:
    assert press(form, pygame.K_PLUS) == []
    assert press(form, pygame.K_MINUS) == [Changed("span", "4")]
    form.show(replace(page, span=replace(page.span, value="4")))
    assert press(form, pygame.K_EQUALS) == [Changed("span", "8")]


def test_new_values_keep_the_picture_and_the_distance_from_the_latest_day(
    form: HistoryForm, page: HistoryPage, dutch: Texts
) -> None:
    press(form, pygame.K_2, pygame.K_LEFT)
    calendar, line, bars = page.pictures
    assert isinstance(line, ChartPicture)
    short = replace(line, labels=line.labels[:5], texts=line.texts[:5])
    shown = form_for(replace(page, pictures=(calendar, short, bars)), form, dutch)
    assert shown is form
    assert form.told == "place 3"


def test_a_chart_without_values_says_so(form: HistoryForm, page: HistoryPage) -> None:
    calendar, line, bars = page.pictures
    assert isinstance(line, ChartPicture)
    empty = replace(line, series=(replace(line.series[0], values=(None,) * 20),), empty="nothing")
    form.show(replace(page, pictures=(calendar, empty, bars)))
    press(form, pygame.K_2)
    assert form.told == "nothing"


def test_the_mouse_looks_at_what_it_is_on_and_a_click_chooses(
    form: HistoryForm, surface: Surface
) -> None:
    seen = {form.told}
    for x in range(0, 1366, 20):
        for y in range(200, 560, 20):
            form.point((x, y))
            seen.add(form.told)
    assert seen == {f"day {number}" for number in range(LAST + 1)}
    assert form.click((500, 120)) == ()  # the second tab
    form.draw(surface)
    assert form.told.startswith("place")
    seen = set()
    for x in range(0, 1366, 4):
        form.point((x, 400))
        seen.add(form.told)
    assert {f"place {number}" for number in range(20)} == seen
    answers = {form.click((x, y)) for x in range(0, 1366, 12) for y in (40, 70, 205, 220)}
    assert {(Changed("span", "4"),), (Changed("subject", "one"),)} < answers


def test_the_wheel_goes_through_the_weeks(form: HistoryForm) -> None:
    form.wheel(1)
    assert form.told == "day 27"
    form.wheel(-1)
    assert form.told == "day 34"
