import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pygame
import pytest
from tools.fault_stage import display

from coreline.screen.answers import Answer, Changed, Dismissed, MuteToggled, Picked, Wish
from coreline.screen.menu import Article, Button, Menu, Toggle
from coreline.screen.overlays import Overlay
from coreline.screen.palette import PANEL
from coreline.screen.scene import Scene
from coreline.screen.texts import Texts
from coreline.screen.window import NoDisplay, Window, open_window
from coreline.session.command import Command
from coreline.session.view import Coming, Pause, RestTime, Stage, View
from screen.gallery import picture
from scripted import LIMIT_S, StepClock

MakeView = Callable[..., View]
ACCELERATION = "SDL_FRAMEBUFFER_ACCELERATION"
MENU = Menu("Menu", (Toggle("mirror", "Mirror", on=True), Button("quit", "Quit", key="q")))


@pytest.fixture
def window(dutch: Texts) -> Iterator[Window]:
    opened = open_window(dutch)
    assert isinstance(opened, Window)
    with opened:
        opened.show(Scene())
        opened.tick()
        yield opened


@pytest.fixture
def in_pain(window: Window, view: MakeView) -> Window:
    window.show(Scene(view(stage=Stage.PAUSED, pause=Pause.PAIN)))
    window.tick()
    return window


def press(window: Window, key: int, letter: str = "") -> tuple[Wish | Answer, ...]:
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=key, unicode=letter, mod=0))
    return window.tick()


def click(window: Window, at: tuple[int, int]) -> tuple[Wish | Answer, ...]:
    pygame.event.post(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=at, button=1))
    return window.tick()


def drawn(window: Window) -> bytes:
    return pygame.image.tobytes(window.snapshot(), "RGB")


@pytest.mark.parametrize(
    ("key", "letter", "wish"),
    [
        (pygame.K_SPACE, " ", Command.PAUSE),
        (pygame.K_RETURN, "\r", Command.PAUSE),
        (pygame.K_b, "b", Command.PAUSE),
        (pygame.K_PERIOD, ".", Command.PAUSE),
        (pygame.K_RIGHT, "", Command.SKIP),
        (pygame.K_PAGEDOWN, "", Command.SKIP),
        (pygame.K_LEFT, "", Command.BACK),
        (pygame.K_PAGEUP, "", Command.BACK),
        (pygame.K_n, "n", Command.NEXT),
        (pygame.K_END, "", Command.NEXT),
        (pygame.K_p, "p", Command.PAIN),
        (pygame.K_p, "P", Command.PAIN),
        (pygame.K_m, "m", MuteToggled()),
        (pygame.K_PLUS, "+", Command.PLUS),
        (pygame.K_EQUALS, "=", Command.PLUS),
        (pygame.K_KP_PLUS, "+", Command.PLUS),
        (pygame.K_MINUS, "-", Command.MINUS),
        (pygame.K_KP_MINUS, "-", Command.MINUS),
    ],
)
def test_keys(window: Window, key: int, letter: str, wish: Wish) -> None:
    assert press(window, key, letter) == (wish,)


@pytest.mark.parametrize("key", [pygame.K_F5, pygame.K_x, pygame.K_UP, pygame.K_TAB])
def test_other_keys_do_nothing(window: Window, key: int) -> None:
    assert press(window, key) == ()
    assert window.overlay is Overlay.NONE


def test_escape_asks_once_and_then_ends(window: Window) -> None:
    assert press(window, pygame.K_ESCAPE) == ()
    assert window.overlay is Overlay.ASK_END
    assert press(window, pygame.K_ESCAPE) == (Command.END,)


def test_a_presenter_that_sends_f5_and_escape_by_turns_never_ends(window: Window) -> None:
    for _ in range(5):
        assert press(window, pygame.K_ESCAPE) == ()
        assert press(window, pygame.K_F5) == ()
    assert window.overlay is Overlay.NONE


def test_any_other_key_goes_on_and_does_nothing_else(window: Window) -> None:
    press(window, pygame.K_ESCAPE)
    assert press(window, pygame.K_SPACE, " ") == ()
    assert window.overlay is Overlay.NONE
    assert press(window, pygame.K_SPACE, " ") == (Command.PAUSE,)


def test_the_question_is_answered_with_the_mouse_too(window: Window) -> None:
    press(window, pygame.K_ESCAPE)
    stop = next(spot.box for spot in window._of_session()._spots if spot.wish is Command.END)
    assert click(window, stop.center) == (Command.END,)
    press(window, pygame.K_ESCAPE)
    assert click(window, (1, 1)) == ()
    assert window.overlay is Overlay.NONE


def test_a_question_mark_shows_the_keys_until_the_next_one(window: Window) -> None:
    page = drawn(window)
    press(window, pygame.K_SLASH, "?")
    assert window.overlay is Overlay.HELP
    assert drawn(window) != page
    press(window, pygame.K_x, "x")
    assert drawn(window) == page


def test_when_all_is_done_escape_and_enter_end_without_a_question(
    window: Window, view: MakeView
) -> None:
    window.show(Scene(view(stage=Stage.DONE)))
    assert press(window, pygame.K_ESCAPE) == (Command.END,)
    assert press(window, pygame.K_RETURN, "\r") == (Command.END,)


@pytest.mark.parametrize(
    ("key", "letter", "wish"),
    [
        (pygame.K_1, "1", Command.PAIN_SKIP),
        (pygame.K_2, "2", Command.PAIN_NOTE),
        (pygame.K_3, "3", Command.PAIN_STOP),
        (pygame.K_KP3, "3", Command.PAIN_STOP),
        (pygame.K_RETURN, "\r", Command.PAIN_SKIP),
        (pygame.K_ESCAPE, "\x1b", Command.PAUSE),
        (pygame.K_p, "p", Command.PAUSE),
    ],
)
def test_pain_is_answered_with_a_key(in_pain: Window, key: int, letter: str, wish: Wish) -> None:
    assert press(in_pain, key, letter) == (wish,)
    assert in_pain.overlay is Overlay.NONE


def test_pain_is_answered_with_arrows_or_a_presenter(in_pain: Window) -> None:
    before = drawn(in_pain)
    assert press(in_pain, pygame.K_DOWN) == ()
    assert drawn(in_pain) != before
    assert press(in_pain, pygame.K_RETURN, "\r") == (Command.PAIN_NOTE,)
    for _ in range(5):
        press(in_pain, pygame.K_PAGEDOWN)
    assert press(in_pain, pygame.K_b, "b") == (Command.PAIN_STOP,)
    assert press(in_pain, pygame.K_RIGHT) == (), "nothing is skipped by a slip of the hand"


def test_pain_is_answered_with_the_mouse(in_pain: Window) -> None:
    boxes = [spot.box for spot in in_pain._of_session()._spots]
    assert [click(in_pain, box.center) for box in boxes] == [
        (Command.PAIN_SKIP,),
        (Command.PAIN_NOTE,),
        (Command.PAIN_STOP,),
    ]


def test_a_click_on_the_picture_pauses(window: Window, view: MakeView) -> None:
    window.show(Scene(view(), picture()))
    window.tick()
    box = window._of_session()._spots[0].box
    assert click(window, box.center) == (Command.PAUSE,)
    assert click(window, (0, window.size[1] - 1)) == ()


@pytest.mark.parametrize("wish", [Command.SKIP, Command.PLUS, Command.PAIN])
def test_what_can_be_done_in_a_rest_can_be_clicked(
    window: Window, view: MakeView, wish: Wish
) -> None:
    window.show(Scene(view(stage=Stage.REST, rest=RestTime(9.0))))
    window.tick()
    box = next(spot.box for spot in window._of_session()._spots if spot.wish is wish)
    assert click(window, box.center) == (wish,)


def test_closing_the_window_ends_at_once(window: Window) -> None:
    for page in (None, MENU):
        if page:
            window.show_page(page)
        pygame.event.post(pygame.event.Event(pygame.QUIT))
        assert window.tick() == (Command.END,)


def test_full_screen_and_back_keeps_the_size(window: Window) -> None:
    size = window.size
    for key, letter in ((pygame.K_f, "f"), (pygame.K_F11, "")):
        press(window, key, letter)
        press(window, key, letter)
        assert window.size == size


def test_a_new_scene_is_drawn(window: Window, view: MakeView) -> None:
    before = drawn(window)
    window.show(Scene(view()))
    window.tick()
    assert drawn(window) != before


def test_a_page_takes_keys_mouse_and_text_until_a_scene_is_shown(
    window: Window, view: MakeView
) -> None:
    window.show_page(MENU)
    window.tick()
    assert press(window, pygame.K_RETURN, "\r") == (Changed("mirror", False),)
    assert press(window, pygame.K_q, "q") == (Picked("quit"),)
    assert press(window, pygame.K_f, "f") == (), "a letter, where one types"
    assert press(window, pygame.K_ESCAPE, "\x1b") == (Dismissed(),)
    assert window.overlay is Overlay.NONE
    window.show(Scene(view()))
    assert press(window, pygame.K_RETURN, "\r") == (Command.PAUSE,)


def test_one_page_after_another_is_drawn_anew(window: Window) -> None:
    window.show_page(MENU)
    window.tick()
    first = drawn(window)
    window.show_page(Article("Text", ("some words",)))
    window.tick()
    second = drawn(window)
    window.show_page(MENU)
    window.tick()
    assert first != second
    assert drawn(window) == first


def test_nothing_is_drawn_twice_but_what_moves(window: Window, view: MakeView) -> None:
    window.show_page(MENU)
    window.tick()
    state = window._drawn
    window.tick()
    assert window._drawn is state
    window.show(Scene(view(stage=Stage.EXERCISE)))
    window.tick()
    state = window._drawn
    window.tick()
    assert window._drawn is state


def test_the_figure_moves_by_itself_while_the_page_stays(dutch: Texts, view: MakeView) -> None:
    pygame.display.init()
    with Window(dutch, clock=StepClock()) as window:
        coming = Coming("w56-belly-bridge", "right", 3, 3, turns=False)
        window.show(Scene(view(stage=Stage.REST, rest=RestTime(9.0), coming=coming)))
        window.tick()
        pages, end_s = {drawn(window)}, time.monotonic() + LIMIT_S
        while len(pages) <= 5:  # the film is there when its thread has read it
            assert time.monotonic() < end_s, "nothing moved"
            window.tick()
            pages.add(drawn(window))


def test_silence_is_marked_without_a_new_scene(window: Window, view: MakeView) -> None:
    window.show(Scene(view()))
    window.tick()
    pages = [drawn(window)]
    for muted in (False, True):
        window.mark_silent(silent=True, muted=muted)
        window.tick()
        pages.append(drawn(window))
    assert len(set(pages)) == 3


def test_another_language_is_spoken_at_once(window: Window, texts: Texts, view: MakeView) -> None:
    window.show(Scene(view(stage=Stage.DONE)))
    window.tick()
    before = drawn(window)
    window.speak(texts)
    window.show(Scene(view(stage=Stage.DONE)))
    window.tick()
    assert (drawn(window) == before) is (texts.language == "nl")


def test_each_tick_waits_for_the_clock_once(dutch: Texts) -> None:
    pygame.display.init()
    clock = StepClock()
    with Window(dutch, clock=clock) as window:
        for _ in range(30):
            window.tick()
    assert clock.ticks == 30


def test_the_window_ticks_no_more_than_sixty_times_a_second(window: Window) -> None:
    begun_ms = pygame.time.get_ticks()
    for _ in range(30):
        window.tick()
    assert pygame.time.get_ticks() - begun_ms >= 400


def test_without_a_display_it_says_so() -> None:
    """In a process of its own: SDL looks for displays once."""
    script = (
        "from coreline.screen.window import open_window, NoDisplay\n"
        "from coreline.screen.texts import Texts\n"
        "from coreline.data_files import load_catalogue, load_cues, load_words\n"
        "texts = Texts('nl', load_catalogue().get, load_cues(), load_words())\n"
        "assert isinstance(open_window(texts), NoDisplay)\n"
    )
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER"}
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="needs an X server")
def test_an_x_server_gets_the_picture_without_opengl(tmp_path: Path) -> None:
    script = (
        "from coreline.screen.window import open_window\n"
        "from coreline.training.rig import texts_of\n"
        "from coreline.data_files import load_catalogue\n"
        "with open_window(texts_of('nl', load_catalogue())) as window:\n"
        "    window.tick()\n"
        f"    shown = open({str(tmp_path / 'Xvfb_screen0')!r}, 'rb').read()\n"
        f"    assert {bytes(reversed(PANEL))!r} in shown\n"
        "    libraries = open('/proc/self/maps').read()\n"
        "    assert 'libX11' in libraries and 'libGL' not in libraries\n"
    )
    with display("-fbdir", str(tmp_path)) as name:
        done = subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "DISPLAY": name, "SDL_VIDEODRIVER": "x11"},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr


def test_a_driver_that_fails_is_no_display_either(
    dutch: Texts, monkeypatch: pytest.MonkeyPatch
) -> None:
    pygame.display.quit()
    monkeypatch.setenv("SDL_VIDEODRIVER", "nonesuch")
    assert isinstance(open_window(dutch), NoDisplay)


@pytest.mark.parametrize(
    ("driver", "own", "wanted"),
    [
        ("x11", None, "0"),
        ("x11", "opengl", "opengl"),  # whoever sets it knows why
        ("wayland", None, None),  # there SDL has no other way
    ],
)
def test_a_picture_is_handed_to_x_as_it_is(
    dutch: Texts,
    monkeypatch: pytest.MonkeyPatch,
    driver: str,
    own: str | None,
    wanted: str | None,
) -> None:
    """OpenGL without a card made a window of a busy machine stand still for 0.2 s."""
    monkeypatch.setattr(pygame.display, "get_driver", lambda: driver)
    monkeypatch.setenv(ACCELERATION, own or "")  # so that it is put back
    if own is None:
        monkeypatch.delenv(ACCELERATION)
    opened = open_window(dutch)
    assert isinstance(opened, Window)
    opened.close()
    assert os.environ.get(ACCELERATION) == wanted


@pytest.mark.parametrize("key", [pygame.K_SLASH, pygame.K_x])
def test_a_question_mark_closes_what_it_opened_though_shift_comes_first(
    window: Window, key: int
) -> None:
    for _ in range(2):
        press(window, pygame.K_LSHIFT)
        press(window, key, "?")
    assert window.overlay is Overlay.NONE


@pytest.mark.parametrize(("key", "letter"), [(pygame.K_SLASH, "?"), (pygame.K_ESCAPE, "\x1b")])
def test_no_clock_runs_behind_what_covers_the_page(
    window: Window, view: MakeView, key: int, letter: str
) -> None:
    window.show(Scene(view()))
    assert press(window, key, letter) == (Command.HALT,)
    assert press(window, pygame.K_x, "x") == (Command.GO_ON,)
    press(window, key, letter)
    assert click(window, (1, 1)) == (Command.GO_ON,)


def test_what_was_paused_before_stays_so_behind_the_keys(window: Window, view: MakeView) -> None:
    window.show(Scene(view(stage=Stage.PAUSED, pause=Pause.ASKED)))
    assert press(window, pygame.K_SLASH, "?") == ()
    assert press(window, pygame.K_x, "x") == ()
