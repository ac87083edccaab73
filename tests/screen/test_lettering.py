from importlib.resources import files
from pathlib import Path

import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pygame import Rect, Surface

from coreline.data_files import load_catalogue, load_cues
from coreline.screen.layout import layout
from coreline.screen.lettering import (
    CAPITAL,
    LINE_PITCH,
    RENDERED,
    SMALLEST_PX,
    Shelf,
    Style,
    Weight,
    draw_text,
    fit,
    font,
    wrap,
)
from coreline.screen.palette import INK
from coreline.screen.texts import Texts, own_texts
from coreline.screen.widgets.rows import draw_sentence

SIZES = [(1280, 720), (800, 600)]
IDS = load_catalogue().ids


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("exercise_id", IDS)
def test_names_stay_within_their_box(size: tuple[int, int], exercise_id: str, texts: Texts) -> None:
    places, surface = layout(size), Surface(size)
    for box, capital_px in ((places.title, 0.4 * places.title.height), (places.ring, 80.0)):
        style = Style(INK, capital_px, max_lines=2)
        covered = draw_text(surface, texts.name(exercise_id), box, style)
        assert box.contains(covered)
        assert covered.width > 0


@pytest.mark.parametrize("size", SIZES)
def test_start_positions_and_cues_stay_within_the_sentence(
    size: tuple[int, int], texts: Texts
) -> None:
    places, surface = layout(size), Surface(size)
    positions = [texts.exercise(each).start_position.in_(texts.language) for each in IDS]
    cues = [cue.text.in_(texts.language) for cue in load_cues()]
    for text in [*positions, *cues]:
        fitted = fit(text, places.sentence.size, Style(INK, places.capital_px, max_lines=3))
        assert " ".join(fitted.lines) == text, "no word is lost"
        sentence = texts.cue("fix.hips_up").__class__(text)
        assert places.sentence.contains(
            draw_sentence(surface, places.sentence, sentence, places.capital_px)
        )


def test_a_text_is_as_large_as_asked_where_there_is_room() -> None:
    covered = draw_text(Surface((800, 200)), "H", Rect(0, 0, 800, 200), Style(INK, 100.0))
    assert covered.height == pytest.approx(100, abs=2)


@given(
    words=st.lists(st.text("aegimnor", min_size=1, max_size=12), min_size=1, max_size=12),
    size=st.tuples(st.integers(60, 900), st.integers(15, 300)),
    capital_px=st.floats(8.0, 90.0),
    max_lines=st.integers(1, 4),
)
def test_a_text_is_set_at_a_size_at_which_it_fits_and_one_larger_it_would_not(
    words: list[str], size: tuple[int, int], capital_px: float, max_lines: int
) -> None:
    def goes_in(size_px: int) -> bool:
        lines = wrap(text, size_px, size[0])
        whole = " ".join(lines) == text  # no word was broken
        return whole and len(lines) <= max_lines and len(lines) * size_px * LINE_PITCH <= size[1]

    text, style = " ".join(words), Style(INK, capital_px, max_lines=max_lines)
    size_px = fit(text, size, style).size_px
    assert goes_in(size_px) or size_px == SMALLEST_PX
    assert not goes_in(size_px + 1) or size_px == round(capital_px / CAPITAL)


@pytest.mark.parametrize("exercise_id", IDS)
def test_a_text_is_measured_at_few_sizes(exercise_id: str, texts: Texts) -> None:
    """Each costs half a millisecond when it is new, and a page has some twenty texts."""
    text = texts.exercise(exercise_id).start_position.in_(texts.language)
    fit.cache_clear()
    font.cache_clear()
    fit(text, layout((1280, 720)).sentence.size, Style(INK, 60.0, max_lines=3))
    assert font.cache_info().misses <= 4


def test_a_text_that_cannot_fit_is_cut_and_says_so() -> None:
    fitted = fit("Donaudampfschifffahrtsgesellschaft", (60, 20), Style(INK, 14.0))
    assert fitted.lines[0].endswith("…")
    assert font(fitted.size_px, "Bold").size(fitted.lines[0])[0] <= 60


def test_lines_are_balanced_so_that_no_word_stands_alone() -> None:
    style = Style(INK, 40 * CAPITAL, max_lines=2)
    first, second = fit("Doet het pijn? Stop dan en druk op P.", (560, 100), style).lines
    assert len(second) > len(first) / 2


def test_the_typeface_has_every_character_that_is_shown(texts: Texts) -> None:
    shown = [own_texts().text(key).in_(texts.language) for key in own_texts().keys]
    shown += [cue.text.in_(texts.language) for cue in load_cues()]
    shown += [texts.name(each) for each in IDS]
    shown += [texts.exercise(each).start_position.in_(texts.language) for each in IDS]
    letters = sorted(set("".join(shown)) - {"\n"})
    missing = [
        letter
        for letter, metrics in zip(letters, font(20, "Bold").metrics("".join(letters)), strict=True)
        if metrics is None
    ]
    assert not missing


def test_what_was_rendered_is_forgotten_by_its_size() -> None:
    """A count that fills the window is another picture each time; they must not add up."""
    surface, style = Surface((1280, 720)), Style(INK, 150.0)
    for number in range(300):
        draw_text(surface, f"{number}", surface.get_rect(), style)
    assert RENDERED.bytes < 16 * 2**20
    size_px = fit("299", (1280, 720), style).size_px
    kept = [RENDERED.get((text, size_px, "Bold", INK)) is not None for text in ("0", "299")]
    assert kept == [False, True]


def test_a_shelf_keeps_a_few_things_however_large_they_are() -> None:
    shelf: Shelf[int, str] = Shelf(100, few=2)
    for number in range(5):
        shelf.put(number, str(number), 80)
    assert [shelf.get(number) for number in range(5)] == [None, None, None, "3", "4"]
    assert shelf.bytes == 160
    shelf.put(5, "5", 1)
    assert shelf.get(3) is None
    assert shelf.bytes == 81


@pytest.mark.parametrize("weight", ["Bold", "Regular"])
@pytest.mark.parametrize("room", ["app", "screen", "choices", "coaching", "programme"])
def test_the_typeface_has_every_sign_of_what_the_window_says(room: str, weight: Weight) -> None:
    typeface = font(40, weight)

    def drawn(sign: str) -> bytes:
        return pygame.image.tobytes(typeface.render(sign, False, (255, 255, 255)), "RGB")

    folder = Path(str(files("coreline"))) / room
    texts = "".join(path.read_text("utf-8") for path in folder.rglob("*.toml"))
    signs = {sign for sign in texts if sign.isprintable()}
    assert {sign for sign in signs if drawn(sign) == drawn("\ue123")} == set()


def test_a_number_is_not_parted_from_its_unit() -> None:
    text = "Gedaan van wat gevraagd was 4\u00a0%"
    style = Style(INK, 30.0, max_lines=9)
    lines = {line for width in range(60, 600, 7) for line in fit(text, (width, 900), style).lines}
    assert any("was 4\u00a0%" in line or line == "4\u00a0%" for line in lines)
    assert not any(line.startswith("%") or line.endswith("4") for line in lines)
    assert wrap(text, 20, 10_000) == (text,)
