"""Loops: which picture is shown when, who shows it, and what is kept of them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import numpy as np
import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pygame import Surface

from coreline.data_files import load_catalogue
from coreline.files.demonstrations import Shown, loop_file
from coreline.screen import demonstration
from coreline.screen.answers import Dismissed
from coreline.screen.demonstration import Loop, body_of, decode, load_loop, still_of
from coreline.screen.forms.form import Key
from coreline.screen.forms.shown_form import ShownForm
from coreline.screen.menu import Article, Picture, ShownArticle
from coreline.screen.reel import Reel
from coreline.screen.scene import Image
from coreline.screen.stages.beside import codes_said
from coreline.screen.texts import Texts
from coreline.session.view import Stage
from screen.gallery import HOLD, changed

SHOWN = Shown("w12-belly-bridge")


def picture(value: int) -> Image:
    return np.full((2, 2, 3), value, np.uint8)


LOOP = Loop((picture(0), picture(1), picture(2)), (0.0, 0.5, 0.6), 1.0)


@pytest.mark.parametrize(
    ("t_s", "number"), [(0.0, 0), (0.49, 0), (0.5, 1), (0.6, 2), (0.99, 2), (1.0, 0), (7.55, 1)]
)
def test_the_picture_of_a_time(t_s: float, number: int) -> None:
    assert LOOP.at(t_s) is LOOP.frames[number]


@given(st.floats(0, 1e6))
def test_a_loop_goes_on_for_ever(t_s: float) -> None:
    assert any(LOOP.at(t_s) is each for each in LOOP.frames)


def test_a_loop_is_read_whole_and_in_order() -> None:
    loop = load_loop(SHOWN)
    assert loop is not None
    assert 3 <= loop.length_s <= 6
    assert loop.starts_s[0] == 0
    assert list(loop.starts_s) == sorted(set(loop.starts_s))
    assert {frame.shape for frame in loop.frames} == {(360, 640, 3)}
    assert sum(frame.nbytes for frame in loop.frames) < 30_000_000
    # It ends where it begins, and is somewhere else between.
    first, middle, last = loop.at(0), loop.at(loop.length_s / 2), loop.frames[-1]
    assert np.abs(first.astype(int) - last).mean() < np.abs(first.astype(int) - middle).mean() / 3


def test_what_is_no_video_gives_no_loop(tmp_path: Path) -> None:
    path = tmp_path / "broken.webm"
    path.write_bytes(b"no video")
    assert decode(path) is None


def test_where_no_decoder_takes_a_loop_its_stills_are_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(demonstration, "decode", lambda _: None)
    loop = load_loop(SHOWN)
    assert loop is not None
    assert len(loop.frames) == 2
    assert not np.array_equal(loop.at(0), loop.at(demonstration.STILL_S))


def test_the_woman_and_the_man_show_it_in_turn() -> None:
    exercise = load_catalogue().get("w34-side-bridge")
    sets = [body_of(exercise, "right", number) for number in (1, 2, 3)]
    assert sets[0] != sets[1]
    assert sets[0] == sets[2]
    assert body_of(exercise, "left", 1) != sets[0]


def test_a_reel_waits_for_nothing_and_begins_at_the_beginning(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    may_end = Event()

    def slowly(shown: Shown) -> Loop | None:
        assert may_end.wait(60)
        return LOOP if shown == SHOWN else None

    monkeypatch.setattr(demonstration, "load_loop", slowly)
    with Reel() as reel:
        assert reel.frame(SHOWN, 10.0) is None  # not here yet, and nobody waited
        may_end.set()
        while (first := reel.frame(SHOWN, 10.7)) is None:
            pass
        assert first is LOOP.frames[0]
        assert reel.frame(SHOWN, 11.2) is LOOP.frames[1]
        other = replace(SHOWN, body="man")
        assert reel.frame(other, 11.3) is None


def test_a_reel_keeps_one_loop_only(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[Shown] = []

    def load(shown: Shown) -> Loop:
        loaded.append(shown)
        return LOOP

    monkeypatch.setattr(demonstration, "load_loop", load)
    with Reel(waits=True) as reel:
        for shown in (SHOWN, SHOWN, replace(SHOWN, body="man"), SHOWN):
            assert reel.frame(shown, 0.0) is not None
    assert loaded == [SHOWN, replace(SHOWN, body="man"), SHOWN]
    reel.close()


def test_stills_are_there_and_others_are_not() -> None:
    assert still_of(SHOWN, "top") is not None
    assert still_of(SHOWN, "sag") is not None
    assert still_of(SHOWN, "no_such_fault") is None
    assert loop_file(SHOWN) is not None


def test_what_is_shown_wrong_is_what_the_cue_corrects() -> None:
    exercise = load_catalogue().get("w34-back-bridge")
    on = changed(HOLD, faults=("knee_bent", "sag"), cue_id="fix.hips_up")
    assert codes_said(exercise, on) == ("sag",)
    assert codes_said(exercise, replace(on, cue_id="fix.knee_straight")) == ("knee_bent",)
    assert codes_said(exercise, replace(on, cue_id="praise.nice")) == ()
    assert codes_said(exercise, replace(on, cue_id=None)) == ()
    assert codes_said(exercise, replace(on, stage=Stage.REST)) == ()
    # Of a raise it is said when the fault is over, and stays as long as the words do.
    assert codes_said(exercise, changed(on, faults=())) == ("sag",)


def test_of_two_that_one_cue_corrects_the_one_that_is_on_comes_first() -> None:
    exercise = load_catalogue().get("w34-side-bridge")
    low = changed(HOLD, faults=("leg_low",), cue_id="fix.leg_higher")
    assert codes_said(exercise, low) == ("leg_low", "too_low")
    refused = changed(HOLD, faults=(), cue_id="fix.leg_higher")
    assert codes_said(load_catalogue().get("w56-side-bridge"), refused) == ("too_low",)


def shown_page(form: ShownForm, moment_s: float, size: tuple[int, int] = (800, 600)) -> bytes:
    surface = Surface(size)
    form.moment_s = moment_s
    form.draw(surface)
    return surface.get_buffer().raw


@pytest.fixture
def form(dutch: Texts) -> Iterator[ShownForm]:
    pictures = (Picture(SHOWN, "goed"), Picture(SHOWN, "heupen te laag", "sag", "goed"))
    article = Article("Buikbrug", ("# Hoe", " ".join(f"Regel {n}." for n in range(300))))
    with Reel(waits=True) as reel:
        yield ShownForm(ShownArticle(article, pictures), dutch, reel)


def test_on_the_page_of_an_exercise_somebody_moves(form: ShownForm) -> None:
    first, before = shown_page(form, 5.0), form.state
    later = shown_page(form, 6.8)
    assert first != later
    assert form.state != before


def test_left_and_right_go_through_the_pictures_and_what_is_wrong_stands_still(
    form: ShownForm,
) -> None:
    right = shown_page(form, 0.0)
    assert form.press(Key(pygame.K_RIGHT)) == ()
    wrong, state = shown_page(form, 0.0), form.state
    assert wrong != right
    assert shown_page(form, 1.7) == wrong
    assert form.state == state
    form.press(Key(pygame.K_RIGHT))
    assert shown_page(form, 0.0) == right
    form.press(Key(pygame.K_LEFT))
    assert shown_page(form, 0.0) == wrong
    assert form.click((100, 100)) == ()
    assert shown_page(form, 0.0) == right


def test_the_text_is_read_as_on_any_page(form: ShownForm) -> None:
    first = shown_page(form, 0.0)
    form.press(Key(pygame.K_PAGEDOWN))
    assert shown_page(form, 0.0) != first
    form.wheel(20)
    assert shown_page(form, 0.0) == first
    assert form.press(Key(pygame.K_ESCAPE)) == (Dismissed(),)
