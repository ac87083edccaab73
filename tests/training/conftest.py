"""What tests of the live loop share: no devices, no thread left behind, and Dutch texts."""

import threading
from collections.abc import Iterator

import pytest

from coreline.data_files import load_catalogue, load_cues, load_words
from coreline.screen.texts import Texts


@pytest.fixture
def no_devices_and_no_thread_left(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    before = set(threading.enumerate())
    yield
    assert set(threading.enumerate()) <= before


@pytest.fixture
def texts() -> Texts:
    return Texts("nl", load_catalogue().get, load_cues(), load_words())
