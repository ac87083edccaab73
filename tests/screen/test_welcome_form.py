"""Keys and mouse on what the first start asks."""

from dataclasses import replace

import pygame
import pytest
from pygame import Surface

from coreline.screen.answers import Answer, Changed, Dismissed, Picked
from coreline.screen.forms.form import Key
from coreline.screen.forms.making import form_for
from coreline.screen.forms.welcome_form import WelcomeForm
from coreline.screen.menu import WelcomePage
from coreline.screen.texts import Texts
from screen.gallery import texts_in, welcome_page

BEGIN = Picked("save")


class Asked:
    """A form whose changes hold, as the program makes them hold; counts the keys."""

    def __init__(self, texts: Texts) -> None:
        self.page, self.texts = welcome_page(texts), texts
        self.form = self.formed(None)
        self.surface = Surface((1366, 768))
        self.form.draw(self.surface)
        self.keys = 0

    def formed(self, before: WelcomeForm | None) -> WelcomeForm:
        form = form_for(self.page, before, self.texts)
        assert isinstance(form, WelcomeForm)
        return form

    def press(self, *codes: int) -> list[Answer]:
        answers: list[Answer] = []
        for code in codes:
            self.keys += 1
            letter = chr(code) if 32 <= code < 127 else ""
            answers += self.take(self.form.press(Key(code, letter)))
        return answers

    def take(self, answers: tuple[Answer, ...]) -> tuple[Answer, ...]:
        for answer in answers:
            match answer:
                case Changed(id="height_m", value=value):
                    self.page = replace(self.page, height_m=float(value))
                case Changed(id="surface", value=value):
                    self.page = replace(self.page, surface=str(value))
                case _:
                    pass
        self.form = self.formed(self.form)
        return answers


@pytest.fixture
def asked(dutch: Texts) -> Asked:
    return Asked(dutch)


def typed(text: str) -> list[int]:
    return [ord(sign) for sign in text]


def test_height_and_ball_are_asked_in_five_keys_and_the_fifth_begins(asked: Asked) -> None:
    answers = asked.press(*typed("182j"), pygame.K_RETURN)
    assert answers == [Changed("height_m", 1.82), Changed("surface", "ball"), BEGIN]
    assert asked.keys == 5
    assert asked.form.shown_height == "182 cm"


def test_who_has_nothing_to_say_begins_with_one_key(asked: Asked) -> None:
    assert asked.press(pygame.K_RETURN) == [BEGIN]
    assert asked.page.height_m is None


@pytest.mark.parametrize("text", ["1,82", "1.82", "182", "1m82"])
def test_a_height_is_typed_as_people_write_it(asked: Asked, text: str) -> None:
    asked.press(*typed(text))
    assert asked.page.height_m == 1.82


def test_what_is_no_height_is_not_taken_and_the_limits_are_said(asked: Asked) -> None:
    before = asked.form.state
    assert asked.press(*typed("999")) == []
    assert asked.form.state != before
    assert asked.page.height_m is None
    asked.press(*typed("182"))
    assert asked.page.height_m == 1.82


def test_half_a_height_does_not_begin(asked: Asked) -> None:
    assert asked.press(*typed("18"), pygame.K_RETURN) == []
    assert asked.press(pygame.K_RETURN) == [BEGIN]


def test_a_digit_can_be_taken_back_and_another_height_be_typed(asked: Asked) -> None:
    asked.press(*typed("19"), pygame.K_BACKSPACE, *typed("82"))
    assert asked.page.height_m == 1.82
    asked.press(*typed("16"))
    assert asked.form.shown_height == "16_ cm"
    asked.press(*typed("5"))
    assert asked.page.height_m == 1.65


def test_up_and_down_go_by_a_centimetre_from_the_usual_height_and_stop_at_the_limits(
    asked: Asked,
) -> None:
    asked.press(pygame.K_UP)
    assert asked.page.height_m == 1.75
    asked.press(pygame.K_UP, pygame.K_UP, pygame.K_DOWN)
    assert asked.page.height_m == 1.76
    asked.page = replace(asked.page, height_m=2.3)
    asked.form = asked.formed(asked.form)
    assert asked.press(pygame.K_UP) == []


@pytest.mark.parametrize(
    ("key", "back"),
    [
        (pygame.K_j, pygame.K_n),
        (pygame.K_y, pygame.K_n),
        (pygame.K_RIGHT, pygame.K_LEFT),
        (pygame.K_PAGEDOWN, pygame.K_PAGEUP),
    ],
)
def test_the_ball_is_chosen_by_letter_arrow_or_presenter(asked: Asked, key: int, back: int) -> None:
    assert asked.press(key, key) == [Changed("surface", "ball")]
    assert asked.press(back) == [Changed("surface", "floor")]


def test_the_other_language_is_one_key_and_the_page_is_left_by_another(asked: Asked) -> None:
    assert asked.press(pygame.K_l) == [Changed("language", "en")]
    assert asked.press(pygame.K_ESCAPE) == [Dismissed()]
    assert asked.press(pygame.K_b) == [BEGIN]  # a presenter's blank


def test_the_mouse_does_what_the_keys_do(asked: Asked) -> None:
    answers = {
        answer
        for x in (*range(0, 1366, 20), *range(1360, 0, -20))
        for y in range(0, 768, 10)
        for answer in asked.take(asked.form.click((x, y)))
    }
    assert answers == {
        Changed("surface", "ball"),
        Changed("surface", "floor"),
        Changed("language", "en"),
        BEGIN,
    }


def test_in_another_language_it_goes_on_with_what_was_chosen(asked: Asked) -> None:
    asked.press(*typed("18"))
    english = texts_in("en")
    page: WelcomePage = welcome_page(english)
    assert form_for(page, asked.form, english) is asked.form
    assert asked.form.shown_height == "18_ cm"
    asked.press(pygame.K_BACKSPACE, pygame.K_BACKSPACE)
    assert form_for(page, None, english).state != asked.form.state
