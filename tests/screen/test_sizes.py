"""What is truly drawn: how high its letters are, where they stand, and on what ground."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import combinations
from typing import Any

import pygame
import pytest
from pygame import Rect, Surface

from coreline.programme.language import LANGUAGES, Language
from coreline.screen import lettering
from coreline.screen.forms.form import Key
from coreline.screen.forms.making import form_for
from coreline.screen.forms.today_form import TodayForm
from coreline.screen.layout import layout
from coreline.screen.lettering import CAPITAL, Weight, font
from coreline.screen.menu import CalendarPicture
from coreline.screen.overlays import Overlay, draw_overlay
from coreline.screen.palette import Colour
from coreline.screen.scene import Scene
from coreline.screen.stages.done import _draw_bar
from coreline.screen.widgets.calendar import draw_calendar
from coreline.screen.widgets.rows import draw_sentence
from coreline.session.view import Result
from screen import gallery
from screen.contrasts import SHAPE_CONTRAST, TEXT_CONTRAST, contrast

READABLE = 0.105  # 11 % of the shorter side, but for words that are wider than the window
COUNT = 0.25  # the count or the time, about 30 %
WIDE_COUNT = 0.265  # where the window is as wide as a laptop's
SMALLEST = 0.0175  # what is small on purpose
SMALLEST_NEARBY = 0.0145  # on pages that are answered with a hand on the keys
SHORT_CUE = 17  # characters that go into one line at that height
LONG_CUE = 0.045
COUNTED = ("exercise", "rest", "countdown")


@dataclass(frozen=True, slots=True)
class Text:
    """A line as it was drawn."""

    words: str
    capital_px: float
    ink: Rect
    colour: Colour
    ground: Colour


def seen_at(surface: Surface, place: tuple[int, int]) -> Colour:
    """Return the colour of a pixel."""
    red, green, blue, _ = surface.get_at(place)
    return red, green, blue


class Recorder(Surface):
    """A surface that remembers where each line of text was put, and what was below it."""

    def __init__(self, size: tuple[int, int]) -> None:
        super().__init__(size)
        self.texts: list[Text] = []
        self.lines: dict[int, tuple[str, int, Weight, Colour]] = {}  # also those inside a ring
        self.kept: list[Surface] = []

    def blit(self, source: Surface, dest: Any, *args: Any, **named: Any) -> Rect:
        line = self.lines.get(id(source))
        if line and line[0].strip():
            place = Rect(dest)
            ink = source.get_bounding_rect().move(place.topleft)
            corner = (min(max(ink.left, 0), self.get_width() - 1), max(ink.top, 0))
            ground = seen_at(self, corner)
            capital_px = measured_capital_px(line[1], line[2])
            self.texts.append(Text(line[0], capital_px, ink, line[3], ground))
        return super().blit(source, dest, *args, **named)


def measured_capital_px(size_px: int, weight: Weight) -> float:
    """Return how high a capital without a curve is when it is drawn."""
    return font(size_px, weight).render("H", True, (255, 255, 255)).get_bounding_rect().height


@contextmanager
def recording(size: tuple[int, int]) -> Iterator[Recorder]:
    """Give a surface that knows which of the pictures put on it are lines of text."""
    surface = Recorder(size)

    def render(line: str, size_px: int, weight: Weight, colour: Colour) -> tuple[Surface, Rect]:
        image = font(size_px, weight).render(line, True, colour)
        surface.lines[id(image)] = (line, size_px, weight, colour)
        surface.kept.append(image)  # so that its number is not given to another
        return image, image.get_bounding_rect()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lettering, "_render", render)
        yield surface


@dataclass(frozen=True, slots=True)
class Drawn:
    """What was drawn on a page: the lines that stand on it, and the height of all of them."""

    name: str
    window: Rect
    texts: tuple[Text, ...]
    capitals_px: tuple[float, ...]  # also of numbers in rings


def drawn(name: str, size: tuple[int, int], draw: Callable[[Surface], object]) -> Drawn:
    """Draw a page and return what was written on it."""
    with recording(size) as surface:
        draw(surface)
    heights = tuple(measured_capital_px(line[1], line[2]) for line in surface.lines.values())
    return Drawn(name, surface.get_rect(), tuple(surface.texts), heights)


@lru_cache(maxsize=16)
def scenes_drawn(size: tuple[int, int], language: Language) -> tuple[Drawn, ...]:
    """Return every page of a session as it is drawn, and again with the longest name."""
    texts = gallery.texts_in(language)
    scenes = (*gallery.scenes(), *longest_names())
    return tuple(
        drawn(name, size, partial(gallery.draw_on, scene=scene, texts=texts))
        for name, scene in scenes
    )


@lru_cache(maxsize=16)
def forms_drawn(size: tuple[int, int], language: Language) -> tuple[Drawn, ...]:
    """Return every page that is answered, and what lies over pages."""
    texts = gallery.texts_in(language)
    pages = [
        drawn(name, size, form_for(page, None, texts).draw) for name, page in gallery.forms(texts)
    ]
    overlays = [
        drawn(each.name, size, partial(draw_overlay, overlay=each, texts=texts))
        for each in (Overlay.HELP, Overlay.ASK_END)
    ]
    today = TodayForm(gallery.today_page(texts), texts)
    today.press(Key(pygame.K_F1))
    return (*pages, *overlays, drawn("today-keys", size, today.draw))


def longest_names() -> Iterator[tuple[str, Scene]]:
    """Yield a page of every stage with the exercise whose Dutch name is the longest."""
    longest, stages = gallery.longest_name(), set()
    for name, scene in gallery.scenes():
        if scene.view is not None and scene.view.stage not in stages:
            stages.add(scene.view.stage)
            yield f"{name}-longest", replace(scene, view=replace(scene.view, exercise_id=longest))


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Language:
    return request.param  # type: ignore[no-any-return]


@pytest.mark.parametrize("size", gallery.SIZES)
def test_what_matters_is_high_enough(size: tuple[int, int], language: Language) -> None:
    wide = size[0] > 1.5 * size[1]
    for page in scenes_drawn(size, language):
        needed = (WIDE_COUNT if wide else COUNT) if page.name.startswith(COUNTED) else READABLE
        highest = max(page.capitals_px) / min(size)
        assert highest >= needed, (page.name, highest)


def test_a_cue_of_a_few_words_is_as_high_as_what_matters(language: Language) -> None:
    texts, size = gallery.texts_in(language), (1280, 720)
    for cue in texts.cues:
        if not cue.id.startswith(("fix.", "praise.", "rep.", "hold.")):
            continue
        places = layout(size)
        with recording(size) as surface:
            draw_sentence(surface, places.sentence, texts.cue(cue.id), places.capital_px)
        words = cue.text.in_(language)
        least = READABLE if len(words) <= SHORT_CUE else LONG_CUE
        for text in surface.texts:
            assert text.capital_px >= least * size[1], (words, text.capital_px / size[1])


@pytest.mark.parametrize("size", gallery.SIZES)
def test_nothing_is_clipped_nothing_overlaps_and_nothing_is_tiny(
    size: tuple[int, int], language: Language
) -> None:
    for page in scenes_drawn(size, language):
        for text in page.texts:
            assert page.window.contains(text.ink), (page.name, text)
            assert text.capital_px >= SMALLEST * min(size), (page.name, text)
            assert "…" not in text.words, (page.name, text)
        for one, other in combinations(page.texts, 2):
            assert not one.ink.colliderect(other.ink), (page.name, one.words, other.words)


@pytest.mark.parametrize("size", gallery.SIZES)
def test_pages_to_answer_are_neither_clipped_nor_overlapping(
    size: tuple[int, int], language: Language
) -> None:
    for page in forms_drawn(size, language):
        assert len(page.texts) > 2, page.name
        scrolls = page.name in {"menu", "history"}
        for text in page.texts:
            assert scrolls or page.window.contains(text.ink), (page.name, text)
            assert text.capital_px >= SMALLEST_NEARBY * min(size), (page.name, text)
        for one, other in combinations(() if scrolls else page.texts, 2):
            assert not one.ink.colliderect(other.ink), (page.name, one.words, other.words)


@pytest.mark.parametrize("size", [(1280, 720), (1366, 768), (1920, 1080)])
def test_a_whole_day_of_seven_rows_is_in_sight(size: tuple[int, int], language: Language) -> None:
    (page,) = [each for each in forms_drawn(size, language) if each.name == "today-long"]
    drawn = " ".join(text.words for text in page.texts)
    missing = [
        row.text
        for row in gallery.long_day(gallery.texts_in(language)).rows
        if row.text not in drawn
    ]
    assert missing == []


def calendar_drawn(weeks: int) -> list[Text]:
    """Return what is written in a calendar of some weeks, as large as at 1366 x 768."""
    picture = gallery.history_page(gallery.texts_in("nl")).pictures[0]
    assert isinstance(picture, CalendarPicture)
    names = ("19 oktober", "26 oktober", "2 november", "9 november", "16 november")
    rows = [replace(row, label=name) for row, name in zip(picture.weeks, names, strict=True)]
    with recording((1366, 768)) as surface:
        draw_calendar(
            surface, Rect(20, 90, 1050, 390), replace(picture, weeks=tuple(rows)), range(weeks), 0
        )
    return surface.texts


def test_the_weeks_of_a_calendar_are_named_in_letters_of_one_height() -> None:
    months = [
        text.capital_px for text in calendar_drawn(5) if text.words in {"oktober", "november"}
    ]
    assert len(months) == 5
    assert len(set(months)) == 1


def test_a_taller_day_has_no_smaller_number() -> None:
    taller, lower = (
        [text.capital_px for text in calendar_drawn(weeks) if text.words == "8"] for weeks in (4, 5)
    )
    assert min(taller) >= max(lower)


@pytest.mark.parametrize("size", [(1280, 720), (800, 600)])
def test_every_text_stands_out_from_what_is_below_it(
    size: tuple[int, int], language: Language
) -> None:
    for page in (*scenes_drawn(size, language), *forms_drawn(size, language)):
        for text in page.texts:
            assert contrast(text.colour, text.ground) >= TEXT_CONTRAST, (page.name, text)


def test_a_page_says_no_more_than_five_large_things() -> None:
    for page in scenes_drawn((1280, 720), "nl"):
        large = [text.words for text in page.texts if text.capital_px >= 0.056 * 720]
        assert len(large) <= (7 if "pain" in page.name else 5), (page.name, large)


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_the_names_of_what_was_done_stand_on_one_line_each(
    size: tuple[int, int], language: Language
) -> None:
    texts = gallery.texts_in(language)
    for page in scenes_drawn(size, language):
        if page.name != "done-all":
            continue
        written = [text.words for text in page.texts]
        for result in dict(gallery.views())["done-all"].results:
            side = texts.side(result.exercise_id, result.side)
            assert f"{texts.name(result.exercise_id)}, {side}" in written


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_bar_of_what_was_done_stands_out(share: float) -> None:
    """As drawn: of the colours that touch in a row of the result, each pair is told apart."""
    surface = Surface((400, 60))
    surface.fill((16, 20, 24))
    result = Result("w56-crunch", None, share * 90.0, 90.0, None)
    _draw_bar(surface, surface.get_rect(), result)
    row = [seen_at(surface, (x, 30)) for x in range(2, 398)]
    filled, empty = row[10], row[-10]
    assert contrast(filled, (16, 20, 24)) >= SHAPE_CONTRAST
    assert contrast(filled, empty) >= SHAPE_CONTRAST


def test_the_capital_of_a_size_is_what_the_typeface_draws() -> None:
    pygame.font.init()
    for size_px in (20, 60, 118, 300):
        assert measured_capital_px(size_px, "Bold") == pytest.approx(size_px * CAPITAL, abs=2)
