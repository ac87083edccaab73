"""From pygame's events to what a form takes."""

import pygame
from pygame.event import Event

from coreline.screen.answers import Answer
from coreline.screen.forms.form import Key, PageForm

LEFT_BUTTON = 1


def answer_form(form: PageForm, event: Event) -> tuple[Answer, ...]:
    """Hand an event to a form, and return what the person answered with it."""
    match event.type:
        case pygame.KEYDOWN:
            return form.press(Key(event.key, event.unicode))
        case pygame.TEXTINPUT:
            return form.type(event.text)
        case pygame.MOUSEBUTTONDOWN if event.button == LEFT_BUTTON:
            return form.click(event.pos)
        case pygame.MOUSEMOTION:
            form.point(event.pos)
        case pygame.MOUSEWHEEL:
            form.wheel(event.y)
        case _:
            pass
    return ()
