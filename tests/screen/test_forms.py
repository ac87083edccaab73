"""Keys and mouse on the pages that are answered."""

from dataclasses import replace

import pygame
import pytest
from pygame import Surface

from coreline.screen.answers import Answer, Changed, Dismissed, PainGiven, Picked
from coreline.screen.forms.form import Key
from coreline.screen.forms.making import form_for
from coreline.screen.forms.menu_form import MenuForm
from coreline.screen.forms.menu_rows import value_of
from coreline.screen.forms.pain_form import PainForm
from coreline.screen.forms.reading_form import ReadingForm
from coreline.screen.forms.today_form import TodayForm
from coreline.screen.menu import (
    Article,
    Button,
    Choice,
    Heading,
    Menu,
    Number,
    PainQuestion,
    TextField,
    TextRow,
    TodayPage,
    TodayRow,
    Toggle,
)
from coreline.screen.texts import Texts

ITEMS = (
    Heading("Camera"),
    Choice("camera", "Camera", (("0", "Built-in"), ("1", "USB")), "0"),
    Toggle("mirror", "Mirror", on=True),
    Number("height", "Height", 1.75, 1.2, 2.2, 0.01, 2, "m"),
    TextRow("Nothing is sent."),
    TextField("name", "Name", "Jo"),
    Button("delete", "Delete", key="d"),
)
MENU = Menu("Settings", ITEMS)
UP, DOWN, LEFT, RIGHT = pygame.K_UP, pygame.K_DOWN, pygame.K_LEFT, pygame.K_RIGHT
PLACES = (("back", "back"), ("groin", "groin"))
TODAY = TodayPage(
    "TodayPage",
    "Week 5",
    "by date",
    tuple(TodayRow(name, "3 x 30", 0.0, id=name) for name in ("one", "two")),
    (Button("start", "Start"), Button("plan", "Plan", key="l"), Button("quit", "Quit", key="q")),
)


@pytest.fixture
def surface() -> Surface:
    return Surface((800, 600))


@pytest.fixture
def menu(dutch: Texts, surface: Surface) -> MenuForm:
    form = MenuForm(MENU, dutch)
    form.draw(surface)
    return form


def press(form: MenuForm | TodayForm | PainForm, *codes: int) -> tuple[Answer, ...]:
    """Press keys one after the other, and return what the last one answered."""
    answers: tuple[Answer, ...] = ()
    for code in codes:
        answers = form.press(Key(code))
    return answers


def middle_of(form: MenuForm, item_id: str, part: str = "box") -> tuple[int, int]:
    """Return the middle of a part of a row."""
    number = [item.id for item in form._controls].index(item_id)
    drawn = next(each for each in form._drawn if each.number == number)
    x, y = getattr(drawn.parts, part).center
    return x, y


def test_arrows_go_from_item_to_item_and_pass_over_what_is_only_read(menu: MenuForm) -> None:
    seen = [menu.chosen_id]
    for _ in range(6):
        press(menu, DOWN)
        seen.append(menu.chosen_id)
    assert seen == ["camera", "mirror", "height", "name", "delete", "delete", "delete"]
    press(menu, UP)
    assert menu.chosen_id == "name"


def test_a_presenter_goes_down_and_up_and_picks(menu: MenuForm) -> None:
    press(menu, pygame.K_PAGEDOWN)
    assert menu.chosen_id == "mirror"
    assert menu.press(Key(pygame.K_b, "b")) == (Changed("mirror", False),)
    press(menu, pygame.K_PAGEUP)
    assert menu.chosen_id == "camera"


@pytest.mark.parametrize(
    ("downs", "code", "answer"),
    [
        (0, RIGHT, Changed("camera", "1")),
        (0, LEFT, Changed("camera", "1")),
        (0, pygame.K_RETURN, Changed("camera", "1")),
        (1, pygame.K_SPACE, Changed("mirror", False)),
        (1, LEFT, Changed("mirror", False)),
        (2, RIGHT, Changed("height", 1.76)),
        (2, LEFT, Changed("height", 1.74)),
        (4, pygame.K_RETURN, Picked("delete")),
    ],
)
def test_what_a_key_answers(menu: MenuForm, downs: int, code: int, answer: Answer) -> None:
    assert press(menu, *[DOWN] * downs, code) == (answer,)


def test_the_menu_shows_its_values_and_keeps_none(menu: MenuForm) -> None:
    """Without a new menu the same key answers the same again: values are with whoever shows it."""
    assert press(menu, RIGHT) == press(menu, RIGHT) == (Changed("camera", "1"),)


def test_a_switch_is_not_switched_to_what_it_is(menu: MenuForm) -> None:
    assert press(menu, DOWN, RIGHT) == ()


def test_a_number_stays_within_its_limits(dutch: Texts) -> None:
    form = MenuForm(Menu("Menu", (Number("n", "N", 10.0, 0.0, 10.0),)), dutch)
    assert press(form, RIGHT) == ()
    form.type("9")
    form.type("9")
    assert press(form, pygame.K_RETURN) == ()
    form.type("-")
    assert press(form, LEFT) == (Changed("n", 9.0),)


@pytest.mark.parametrize(
    ("typed", "answer"), [("1,8", 1.8), ("1.8", 1.8), ("9", 2.2), ("..", None)]
)
def test_a_number_is_typed_with_a_point_or_a_comma(
    menu: MenuForm, typed: str, answer: float | None
) -> None:
    press(menu, DOWN, DOWN)
    for letter in typed:
        menu.type(letter)
    expected = () if answer is None else (Changed("height", answer),)
    assert press(menu, pygame.K_RETURN) == expected


def test_text_is_typed_erased_and_confirmed(menu: MenuForm) -> None:
    press(menu, DOWN, DOWN, DOWN, pygame.K_RETURN)
    menu.type("ë")
    menu.type("l")
    press(menu, pygame.K_BACKSPACE)
    assert press(menu, pygame.K_RETURN) == (Changed("name", "Joë"),)


def test_text_that_is_typed_is_no_shortcut(menu: MenuForm) -> None:
    press(menu, DOWN, DOWN, DOWN)
    assert menu.press(Key(pygame.K_d, "d")) == ()
    menu.type("d")
    assert menu.press(Key(pygame.K_SPACE, " ")) == ()
    assert press(menu, DOWN) == (Changed("name", "Jod"),), "going on confirms"


def test_escape_takes_typing_back_first_and_leaves_then(menu: MenuForm) -> None:
    press(menu, DOWN, DOWN, DOWN, pygame.K_RETURN)
    menu.type("x")
    assert press(menu, pygame.K_ESCAPE) == ()
    assert press(menu, pygame.K_ESCAPE) == (Dismissed(),)


def test_a_text_is_no_longer_than_it_may_be(dutch: Texts) -> None:
    form = MenuForm(Menu("Menu", (TextField("name", "Name", "", longest=3),)), dutch)
    for letter in "abcdef":
        form.type(letter)
    assert press(form, pygame.K_RETURN) == (Changed("name", "abc"),)


def test_a_letter_presses_its_button_from_anywhere(menu: MenuForm) -> None:
    assert menu.press(Key(pygame.K_d, "D")) == (Picked("delete"),)


def test_the_mouse_chooses_and_clicks(menu: MenuForm) -> None:
    menu.point(middle_of(menu, "mirror"))
    assert menu.chosen_id == "mirror"
    assert menu.click(middle_of(menu, "mirror")) == (Changed("mirror", False),)
    assert menu.click(middle_of(menu, "camera", "more")) == (Changed("camera", "1"),)
    assert menu.click(middle_of(menu, "height", "less")) == (Changed("height", 1.74),)
    assert menu.click((2, 2)) == ()


def test_a_click_elsewhere_confirms_what_was_typed(menu: MenuForm, surface: Surface) -> None:
    press(menu, DOWN, DOWN, DOWN)
    menu.type("n")
    menu.draw(surface)
    answers = menu.click(middle_of(menu, "mirror"))
    assert answers == (Changed("name", "Jon"), Changed("mirror", False))


def test_new_values_leave_the_person_where_they_were(menu: MenuForm, dutch: Texts) -> None:
    press(menu, DOWN)
    items = tuple(replace(item, on=False) if isinstance(item, Toggle) else item for item in ITEMS)
    assert form_for(replace(MENU, items=items), menu, dutch) is menu
    assert press(menu, pygame.K_RETURN) == (Changed("mirror", True),)
    assert form_for(replace(MENU, title="Other"), menu, dutch) is not menu


def test_what_was_chosen_may_be_gone(menu: MenuForm, dutch: Texts) -> None:
    press(menu, *[DOWN] * 4)
    form_for(replace(MENU, items=ITEMS[:2]), menu, dutch)
    assert menu.chosen_id == "camera"


def test_a_menu_begins_where_it_says(dutch: Texts) -> None:
    assert MenuForm(replace(MENU, selected="name"), dutch).chosen_id == "name"
    assert MenuForm(replace(MENU, selected="none"), dutch).chosen_id == "camera"


def test_a_long_menu_keeps_what_is_chosen_in_sight(dutch: Texts, surface: Surface) -> None:
    buttons = tuple(Button(str(number), f"Button {number}") for number in range(40))
    form = MenuForm(Menu("Long", buttons), dutch)
    for number in range(40):
        form.draw(surface)
        drawn = {each.number: each.parts.box for each in form._drawn}
        assert form._view.contains(drawn[number])
        assert len(drawn) < 10
        press(form, DOWN)


def test_the_wheel_scrolls_to_the_end_and_no_further(dutch: Texts, surface: Surface) -> None:
    form = MenuForm(Menu("Long", tuple(TextRow(f"Line {number}") for number in range(60))), dutch)
    form.draw(surface)
    top = form.state
    form.wheel(5)
    assert form.state == top
    form.wheel(-1)
    assert form.state != top
    form.wheel(-500)
    end = form.state
    form.wheel(-5)
    assert form.state == end


def test_a_menu_without_anything_to_choose_scrolls_with_arrows(
    dutch: Texts, surface: Surface
) -> None:
    form = MenuForm(Menu("Long", tuple(TextRow(f"Line {number}") for number in range(60))), dutch)
    form.draw(surface)
    before = form.state
    press(form, DOWN)
    assert form.state != before
    assert press(form, pygame.K_RETURN) == ()


def test_today_begins_at_start_and_enter_starts(dutch: Texts) -> None:
    form = TodayForm(TODAY, dutch)
    assert press(form, pygame.K_RETURN) == (Picked("start"),)
    assert press(form, UP, pygame.K_RETURN) == (Picked("two"),)
    assert press(form, DOWN, DOWN, pygame.K_SPACE) == (Picked("plan"),)
    assert form.press(Key(pygame.K_q, "q")) == (Picked("quit"),)
    assert press(form, pygame.K_ESCAPE) == (Dismissed(),)


@pytest.mark.parametrize("asked", [Key(pygame.K_SLASH, "?"), Key(pygame.K_F1)])
@pytest.mark.parametrize("closed", [Key(pygame.K_SLASH, "?"), Key(pygame.K_ESCAPE)])
def test_today_shows_its_keys_and_closes_them_again(
    dutch: Texts, surface: Surface, asked: Key, closed: Key
) -> None:
    form = TodayForm(TODAY, dutch)
    form.draw(surface)
    page, before = pygame.image.tobytes(surface, "RGB"), form.state
    assert form.press(asked) == ()
    assert form.state != before
    form.draw(surface)
    assert pygame.image.tobytes(surface, "RGB") != page
    assert form.press(Key(pygame.K_LSHIFT)) == form.press(Key(pygame.K_q, "q")) == ()
    assert form.state != before
    assert form.press(closed) == ()
    assert form.state == before
    assert form.press(Key(pygame.K_ESCAPE)) == (Dismissed(),)


def test_a_click_closes_the_keys_of_today_and_does_nothing_else(
    dutch: Texts, surface: Surface
) -> None:
    form = TodayForm(TODAY, dutch)
    form.draw(surface)
    before, (box, _) = form.state, form._spots[0]
    form.press(Key(pygame.K_SLASH, "?"))
    form.point(box.center)
    assert form.click(box.center) == ()
    assert form.state == before


def test_today_is_clicked(dutch: Texts, surface: Surface) -> None:
    form = TodayForm(TODAY, dutch)
    form.draw(surface)
    ids = [form._ids()[number] for _, number in form._spots]
    assert ids == ["one", "two", "start", "plan", "quit"]
    for (box, _), expected in zip(list(form._spots), ids, strict=True):
        form.point(box.center)
        assert form.chosen_id == expected
        assert form.click(box.center) == (Picked(expected),)
    assert form.click((1, 1)) == ()


def test_a_row_without_an_id_is_only_read(dutch: Texts, surface: Surface) -> None:
    rows = tuple(replace(row, id="") for row in TODAY.rows)
    form = TodayForm(replace(TODAY, rows=rows), dutch)
    form.draw(surface)
    assert len(form._spots) == len(TODAY.buttons)
    assert press(form, UP, pygame.K_RETURN) == (Picked("start"),)


def test_more_exercises_than_there_is_room_for_are_scrolled(dutch: Texts, surface: Surface) -> None:
    rows = tuple(TodayRow(f"Row {number}", "", 0.0, id=str(number)) for number in range(30))
    form = TodayForm(replace(TODAY, rows=rows), dutch)
    form.draw(surface)
    for _ in range(30):
        press(form, UP)
        form.draw(surface)
        shown = [form._ids()[number] for _, number in form._spots]
        assert form.chosen_id in shown
    assert form.chosen_id == "0"


def test_today_keeps_its_place_when_it_is_shown_anew(dutch: Texts) -> None:
    form = TodayForm(TODAY, dutch)
    press(form, UP)
    assert form_for(replace(TODAY, title="Tomorrow"), form, dutch) is form
    assert form.chosen_id == "two"


@pytest.mark.parametrize("digit", range(10))
def test_pain_is_given_with_a_digit_and_enter(dutch: Texts, digit: int) -> None:
    form = PainForm(PainQuestion("Pain?", PLACES), dutch)
    form.press(Key(pygame.K_0 + digit, str(digit)))
    assert press(form, pygame.K_RETURN) == (PainGiven(digit, ()),)


def test_ten_is_a_one_and_a_nought(dutch: Texts) -> None:
    form = PainForm(PainQuestion("Pain?", PLACES), dutch)
    form.press(Key(pygame.K_1, "1"))
    form.press(Key(pygame.K_0, "0"))
    assert form.answer == PainGiven(10, ())
    form.press(Key(pygame.K_0, "0"))
    assert form.answer == PainGiven(0, ())


def test_without_a_number_there_is_no_answer_but_it_can_be_passed_over(dutch: Texts) -> None:
    form = PainForm(PainQuestion("Pain?", PLACES), dutch)
    assert press(form, pygame.K_RETURN) == ()
    assert press(form, pygame.K_ESCAPE) == (Dismissed(),)
    assert press(form, DOWN, DOWN, RIGHT, pygame.K_RETURN) == (Dismissed(),)


def test_places_are_chosen_and_left(dutch: Texts) -> None:
    form = PainForm(PainQuestion("Pain?", PLACES, chosen=("back",)), dutch)
    press(form, RIGHT, RIGHT, RIGHT)
    assert form.answer == PainGiven(2, ("back",))
    press(form, DOWN, pygame.K_SPACE, RIGHT, pygame.K_SPACE)
    assert form.answer == PainGiven(2, ("groin",))
    assert press(form, pygame.K_RETURN) == (PainGiven(2, ("groin",)),)


def test_pain_is_given_with_the_mouse(dutch: Texts, surface: Surface) -> None:
    form = PainForm(PainQuestion("Pain?", PLACES), dutch)
    form.draw(surface)
    spots = {cell: box.center for box, cell in form._spots}
    form.click(spots[0, 10])
    form.click(spots[1, 1])
    assert form.click(spots[2, 0]) == (PainGiven(10, ("groin",)),)
    assert form.click(spots[2, 1]) == (Dismissed(),)


def test_pain_may_be_asked_without_places(dutch: Texts, surface: Surface) -> None:
    form = PainForm(PainQuestion("Pain?", (), 4), dutch)
    form.draw(surface)
    assert press(form, DOWN, pygame.K_RETURN) == (PainGiven(4, ()),)
    press(form, UP)
    assert press(form, RIGHT, pygame.K_RETURN) == (PainGiven(5, ()),)


def test_a_text_is_read_page_by_page_to_its_end(dutch: Texts, surface: Surface) -> None:
    text = tuple(f"# Part {number}\n" if number % 5 == 0 else "word " * 60 for number in range(20))
    form = ReadingForm(Article("Text", text), dutch)
    form.draw(surface)
    first, pages = form.page
    assert first == 1
    assert pages > 3
    for _ in range(3 * pages):
        form.press(Key(pygame.K_PAGEDOWN))
        form.draw(surface)
    assert form.page == (pages, pages)
    end = form.state
    form.wheel(-3)
    assert form.state == end
    form.press(Key(pygame.K_HOME))
    assert form.page[0] == 1
    form.press(Key(pygame.K_DOWN))
    assert form.state != end
    assert form.press(Key(pygame.K_RETURN)) == (Dismissed(),)
    assert form.press(Key(pygame.K_ESCAPE)) == (Dismissed(),)


def test_no_word_of_a_text_is_lost(dutch: Texts, surface: Surface) -> None:
    words = [f"word{number}" for number in range(300)]
    form = ReadingForm(Article("Text", (" ".join(words),)), dutch)
    form.draw(surface)
    assert " ".join(line.text for line in form._lines).split() == words


def test_a_number_is_written_as_the_language_writes_it() -> None:
    height = Number("height", "Lengte", 1.75, 1.2, 2.2, 0.01, 2, "m")
    assert value_of(height, "nl") == "1,75 m"
    assert value_of(height, "en") == "1.75 m"


@pytest.mark.parametrize("size", [(1229, 691), (1366, 768), (1280, 720), (800, 600)])
def test_what_saves_a_page_of_eight_rows_is_in_sight_at_once(
    size: tuple[int, int], dutch: Texts
) -> None:
    rows = tuple(Button(f"row-{number}", "Rij") for number in range(8))
    form = MenuForm(Menu("Over jou", rows), dutch)
    form.draw(Surface(size))
    assert len(form._drawn) == len(rows)
    assert all(form._view.contains(each.parts.box) for each in form._drawn)
