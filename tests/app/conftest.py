"""A window, a journal and who sits before them, for the tests of the program's pages."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pygame
import pytest

from coreline.app.state import AppState
from coreline.choices.settings import Settings
from coreline.journal.database import Journal, open_journal
from coreline.programme.life import Profile
from coreline.sound.choice import Mode, SoundSettings
from coreline.sound.player import Player
from coreline.training.rig import Rig, texts_of
from played import CATALOGUE, NOW, Person


@pytest.fixture
def apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    monkeypatch.setenv("CORELINE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("CORELINE_CONFIG_DIR", str(tmp_path / "config"))


@pytest.fixture
def person() -> Iterator[Person]:
    pygame.display.init()
    with Person("en") as window:
        yield window


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Return where the journal is, or will be."""
    return tmp_path / "journal.sqlite3"


@pytest.fixture
def journal(place: Path) -> Iterator[Journal]:
    with open_journal(place, today=NOW.date()) as opened:
        yield opened


@pytest.fixture
def opened(person: Person, journal: Journal) -> Iterator[Callable[..., AppState]]:
    said: list[str] = []
    with Player(said.append, SoundSettings(Mode.MUTE)) as player:

        def of(profile: Profile | None = None, settings: Settings | None = None) -> AppState:
            if profile is not None:
                journal.save_profile(profile)
                journal.use_profile(profile.id)
            rig = Rig(person, player, texts_of("en", CATALOGUE), said.append)
            chosen = settings or Settings(sound="mute", language="en")
            return AppState(rig, journal, CATALOGUE, chosen, lambda: NOW, profile)

        yield of
