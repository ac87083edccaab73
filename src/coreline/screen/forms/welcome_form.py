"""The first start, on one page: whatever is typed goes where it belongs, and Enter begins."""

from typing import Final

import pygame
from pygame import Rect, Surface

from coreline.screen import shapes
from coreline.screen.answers import Answer, Changed, Dismissed, Picked
from coreline.screen.forms.form import LEAVE, LESS, MORE, Key, Point
from coreline.screen.layout import PageMeasures
from coreline.screen.lettering import Style, draw_text
from coreline.screen.menu import WelcomePage
from coreline.screen.palette import CALM, GOOD, GROUND, INK, MUTED, WARN
from coreline.screen.texts import Texts
from coreline.screen.widgets.chips import UP_DOWN, draw_key
from coreline.screen.widgets.choices import draw_choice

DIGITS: Final = 3  # of a height in centimetres
USUAL_CM: Final = 175
TURNED: Final = {pygame.K_PAGEUP: 0, pygame.K_PAGEDOWN: 1}  # a presenter's remote
STEPS: Final = {pygame.K_UP: 1, pygame.K_DOWN: -1}
YES: Final = {"j", "y"}  # in whichever language it is asked
ERASE: Final = {pygame.K_BACKSPACE, pygame.K_DELETE}


class WelcomeForm:
    """Takes keys and mouse for the page; a key means the same wherever one is on it."""

    def __init__(self, page: WelcomePage, texts: Texts) -> None:
        """Begin with nothing typed."""
        self._page, self._texts = page, texts
        self._typed: str | None = None  # while a height is being typed
        self._refused = False  # what was typed is no height of a person
        self._surfaces: list[Rect] = []
        self._begin = self._language = Rect(0, 0, 0, 0)

    @property
    def state(self) -> object:
        """Everything that can be seen of it."""
        return self._page, self._typed, self._refused

    @property
    def shown_height(self) -> str:
        """The height as it stands there."""
        if self._typed is not None:
            return f"{self._typed}{'_' * (DIGITS - len(self._typed))} cm"
        if self._page.height_m is None:
            return self._texts.own("example_height", n=USUAL_CM)
        return f"{round(self._page.height_m * 100)} cm"

    def show(self, page: WelcomePage, texts: Texts) -> None:
        """Take new values, in another language perhaps."""
        self._page, self._texts = page, texts

    def draw(self, surface: Surface) -> None:
        """Draw the two questions, what is said of them, and what begins."""
        surface.fill(GROUND)
        measure = PageMeasures.of(surface.get_size())
        rows = measure.rows(measure.box, 0.15, 0.15, 0.12, 0.16, 0.14, 0.16, 0.12)
        title, height, ball, choices, advice, begin, foot = rows
        capital_px = measure.capital_px
        draw_text(surface, self._page.title, title, Style(INK, capital_px * 0.65))
        self._draw_height(surface, measure, height)
        draw_text(surface, self._page.ball, ball, Style(INK, capital_px * 0.48))
        halves = measure.rows if measure.upright else measure.columns
        self._draw_surfaces(surface, halves(choices, 0.5, 0.5))
        style = Style(INK, capital_px * 0.32, max_lines=4, weight="Regular")
        draw_text(surface, self._page.advice, advice, style)
        self._draw_begin(surface, begin)
        self._draw_foot(surface, measure, foot)

    def press(self, key: Key) -> tuple[Answer, ...]:
        """Take a key."""
        if key.code in LEAVE:
            return (Dismissed(),)
        if key.code in STEPS:
            usual = self._page.height_m is None
            return self._put_cm(USUAL_CM if usual else self._height_cm + STEPS[key.code])
        if key.code in TURNED or key.code in LESS | MORE:
            return self._choose(TURNED.get(key.code, int(key.code in MORE)))
        if key.picks and not (self._typed and key.letter == "."):  # 1.82
            return self._finish()
        if key.code in ERASE:
            self._typed = (self._typed or "")[:-1]
        return self._press_letter(key.letter.lower())

    def _press_letter(self, letter: str) -> tuple[Answer, ...]:
        """Take a digit of the height, or the letter of an answer."""
        if letter.isdecimal():
            return self._type(letter)
        if letter == "l":
            return (Changed("language", self._page.language[0]),)
        return self._choose(int(letter in YES)) if letter in YES | {"n"} else ()

    def type(self, text: str) -> tuple[Answer, ...]:
        """What is typed comes as keys."""
        del text
        return ()

    def point(self, at: Point) -> None:
        """The mouse chooses nothing by passing over it."""

    def click(self, at: Point) -> tuple[Answer, ...]:
        """Choose what is clicked on."""
        for number, box in enumerate(self._surfaces):
            if box.collidepoint(at):
                return self._choose(number)
        if self._language.collidepoint(at):
            return (Changed("language", self._page.language[0]),)
        return self._finish() if self._begin.collidepoint(at) else ()

    def wheel(self, steps: int) -> None:
        """Nothing here is scrolled."""

    @property
    def _height_cm(self) -> int:
        return round((self._page.height_m or 0.0) * 100)

    def _type(self, digit: str) -> tuple[Answer, ...]:
        """Take a digit; the last of a height makes it whole, the next one begins another."""
        self._refused = False
        self._typed = (self._typed or "") + digit
        if len(self._typed) < DIGITS:
            return ()
        typed, self._typed = self._typed, None
        low, high = self._page.limits_cm
        self._refused = not low <= int(typed) <= high
        return () if self._refused else self._put_cm(int(typed))

    def _put_cm(self, height_cm: int) -> tuple[Answer, ...]:
        low, high = self._page.limits_cm
        self._typed, self._refused = None, False
        wanted_cm = min(max(height_cm, low), high)
        if wanted_cm == self._height_cm:
            return ()
        return (Changed("height_m", wanted_cm / 100),)

    def _choose(self, number: int) -> tuple[Answer, ...]:
        value = self._page.surfaces[number][0]
        return (Changed("surface", value),) if value != self._page.surface else ()

    def _finish(self) -> tuple[Answer, ...]:
        """Begin, unless half a height stands there: it is no other than what was meant."""
        self._refused = bool(self._typed)
        self._typed = None
        return () if self._refused else (Picked("save"),)

    def _draw_height(self, surface: Surface, measure: PageMeasures, box: Rect) -> None:
        question, value, hint = measure.columns(box, 0.42, 0.32, 0.26)
        draw_text(surface, self._page.height, question, Style(INK, measure.capital_px * 0.48))
        known = self._page.height_m is not None or self._typed is not None
        draw_choice(surface, value, chosen=False)
        style = Style(
            INK if known else MUTED, measure.capital_px * (0.6 if known else 0.4), "center"
        )
        draw_text(surface, self.shown_height, value.inflate(-measure.gap_px, 0), style)
        if self._refused:
            low, high = self._page.limits_cm
            limits = self._texts.own("height_limits", low=low, high=high)
            draw_text(surface, limits, hint, Style(WARN, measure.capital_px * 0.34, max_lines=2))
            return
        cap = Rect(0, 0, round(box.height * 0.5), round(box.height * 0.5))
        cap.midleft = hint.midleft
        draw_key(surface, cap, UP_DOWN, cap.height * 0.42)
        words = Rect(cap.right + measure.gap_px, hint.top, 0, hint.height)
        words.width = hint.right - words.left
        said = self._texts.own("type_height")
        draw_text(surface, said, words, Style(MUTED, measure.capital_px * 0.32, max_lines=2))

    def _draw_surfaces(self, surface: Surface, boxes: list[Rect]) -> None:
        """Draw both answers, each with its letter, a tick on the one that holds."""
        self._surfaces = boxes
        for box, (value, letter, word) in zip(boxes, self._page.surfaces, strict=True):
            chosen = value == self._page.surface
            draw_choice(surface, box, chosen=chosen)
            cap = Rect(0, 0, round(box.height * 0.5), round(box.height * 0.5))
            cap.midleft = (box.left + round(box.height * 0.3), box.centery)
            draw_key(surface, cap, letter, cap.height * 0.42)
            sign = Rect(0, 0, round(box.height * 0.36), round(box.height * 0.36))
            sign.midright = (box.right - round(box.height * 0.3), box.centery)
            draw = shapes.tick if chosen else shapes.unknown
            draw(surface, GOOD if chosen else MUTED, sign)
            text = Rect(cap.right + round(box.height * 0.3), box.top, 0, box.height)
            text.width = sign.left - text.left - 4
            draw_text(surface, word, text, Style(INK, box.height * 0.26, max_lines=2))

    def _draw_begin(self, surface: Surface, box: Rect) -> None:
        """Draw what begins, with its key."""
        self._begin = box
        draw_choice(surface, box, chosen=True)
        cap = Rect(0, 0, round(box.height * 1.3), round(box.height * 0.55))
        cap.midleft = (box.left + round(box.height * 0.4), box.centery)
        draw_key(surface, cap, "Enter", cap.height * 0.4)
        text = Rect(cap.right + round(box.height * 0.4), box.top, 0, box.height)
        text.width = box.right - text.left - 4
        draw_text(surface, self._page.begin, text, Style(CALM, box.height * 0.36))

    def _draw_foot(self, surface: Surface, measure: PageMeasures, box: Rect) -> None:
        """Draw the note, and the other language with its key."""
        note, self._language = measure.columns(box, 0.7, 0.3)
        style = Style(MUTED, measure.capital_px * 0.3, max_lines=2, weight="Regular")
        draw_text(surface, self._page.note, note, style)
        cap = Rect(0, 0, round(box.height * 0.55), round(box.height * 0.55))
        cap.midleft = (self._language.left, box.centery)
        draw_key(surface, cap, "L", cap.height * 0.42)
        text = Rect(cap.right + measure.gap_px, box.top, 0, box.height)
        text.width = box.right - text.left
        draw_text(surface, self._page.language[1], text, Style(MUTED, measure.capital_px * 0.32))
