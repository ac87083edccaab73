import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import pygame
import pytest

from coreline.screen.scene import Overlay, Scene
from coreline.screen.texts import Texts
from coreline.screen.window import NoDisplay, Window, Wish, open_window
from coreline.view import View

MakeView = Callable[..., View]


@pytest.fixture
def window(dutch: Texts) -> Iterator[Window]:
    opened = open_window(dutch)
    assert isinstance(opened, Window)
    with opened:
        opened.tick()
        yield opened


def press(window: Window, key: int, letter: str = "") -> tuple[Wish, ...]:
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=key, unicode=letter, mod=0))
    return window.tick()


@pytest.mark.parametrize(
    ("key", "wish"),
    [
        (pygame.K_SPACE, Wish.PAUSE),
        (pygame.K_RIGHT, Wish.SKIP),
        (pygame.K_PAGEDOWN, Wish.SKIP),
        (pygame.K_LEFT, Wish.BACK),
        (pygame.K_m, Wish.MUTE),
    ],
)
def test_keys(window: Window, key: int, wish: Wish) -> None:
    assert press(window, key) == (wish,)


def test_escape_asks_once_and_then_ends(window: Window) -> None:
    assert press(window, pygame.K_ESCAPE) == ()
    assert window.overlay is Overlay.ASK_END
    assert press(window, pygame.K_ESCAPE) == (Wish.END,)


def test_any_other_key_goes_on_and_does_nothing_else(window: Window) -> None:
    press(window, pygame.K_ESCAPE)
    assert press(window, pygame.K_SPACE, " ") == ()
    assert window.overlay is Overlay.NONE
    assert press(window, pygame.K_SPACE, " ") == (Wish.PAUSE,)


def test_a_question_mark_shows_the_keys_until_the_next_one(window: Window) -> None:
    page = pygame.image.tobytes(window.snapshot(), "RGB")
    press(window, pygame.K_SLASH, "?")
    assert window.overlay is Overlay.HELP
    assert pygame.image.tobytes(window.snapshot(), "RGB") != page
    press(window, pygame.K_x, "x")
    assert pygame.image.tobytes(window.snapshot(), "RGB") == page


def test_closing_the_window_ends_at_once(window: Window) -> None:
    pygame.event.post(pygame.event.Event(pygame.QUIT))
    assert window.tick() == (Wish.END,)


def test_full_screen_and_back_keeps_the_size(window: Window) -> None:
    size = window.size
    press(window, pygame.K_f, "f")
    press(window, pygame.K_f, "f")
    assert window.size == size


def test_a_new_scene_is_drawn(window: Window, view: MakeView) -> None:
    before = pygame.image.tobytes(window.snapshot(), "RGB")
    window.show(Scene(view()))
    window.tick()
    assert pygame.image.tobytes(window.snapshot(), "RGB") != before


def test_silence_is_marked_without_a_new_scene(window: Window, view: MakeView) -> None:
    window.show(Scene(view()))
    window.tick()
    before = pygame.image.tobytes(window.snapshot(), "RGB")
    window.mark_silent(silent=True)
    window.tick()
    assert pygame.image.tobytes(window.snapshot(), "RGB") != before


def test_the_window_ticks_sixty_times_a_second(window: Window) -> None:
    begun_ms = pygame.time.get_ticks()
    for _ in range(30):
        window.tick()
    assert 400 <= pygame.time.get_ticks() - begun_ms <= 1500


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


def test_a_driver_that_fails_is_no_display_either(
    dutch: Texts, monkeypatch: pytest.MonkeyPatch
) -> None:
    pygame.display.quit()
    monkeypatch.setenv("SDL_VIDEODRIVER", "nonesuch")
    assert isinstance(open_window(dutch), NoDisplay)
