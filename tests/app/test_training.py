"""A session from today's page with real pixels: what it leaves in journal, plan and report."""

from collections import deque
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pygame
import pytest

from coreline.app.program import run
from coreline.app.state import AppState
from coreline.choices.settings import Settings
from coreline.data_files import load_catalogue
from coreline.journal.database import Journal, open_journal
from coreline.programme.life import PainMoment, Profile, Skipped
from coreline.screen.answers import Answer, Dismissed, PainGiven, Picked, Wish
from coreline.screen.menu import Menu, Page, TodayPage
from coreline.screen.window import Window
from coreline.session.command import Command
from coreline.sound.choice import Mode, SoundSettings
from coreline.sound.player import Player
from coreline.training.rig import Rig, texts_of
from cut_clips import beginning_of
from film_time import play_whole

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
TODAY = NOW.date()
CATALOGUE = load_catalogue()
PLANK = "w12-back-bridge"
CLIP = Path(__file__).parents[1] / "recordings" / f"{PLANK}.mp4"
SECONDS = 9.0
FEWER_S = 6.0  # enough for a set that is kept


class Person(Window):
    """A window whose person answers pages from a script; during a session they only train."""

    def __init__(self, script: list[Answer]) -> None:
        super().__init__(texts_of("en", CATALOGUE))
        self.script = deque(script)
        self.pages: list[Page] = []
        self._asked = False

    def show_page(self, page: Page) -> None:
        self.pages.append(page)
        self._asked = True
        super().show_page(page)

    def tick(self) -> tuple[Wish | Answer, ...]:
        super().tick()
        if not self._asked:
            return ()
        self._asked = False
        return (self.script.popleft() if self.script else Command.END,)


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    """Return the first seconds of a plank's recording."""
    return beginning_of(CLIP, tmp_path / "plank.mp4", SECONDS)


@pytest.fixture(autouse=True)
def unseen_and_unheard(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    monkeypatch.setenv("CORELINE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("CORELINE_CONFIG_DIR", str(tmp_path / "config"))
    play_whole(monkeypatch)
    pygame.display.init()


def state_with(person: Person, player: Player, journal: Journal, clip: Path) -> AppState:
    """Return the program before a day on which nothing but the plank is left to do."""
    profile = Profile("p1", "Anna", "en", TODAY - timedelta(days=1))
    journal.save_profile(profile)
    journal.use_profile("p1")
    for each in CATALOGUE.of_level("w12"):
        if each.id != PLANK:
            journal.note("p1", Skipped(TODAY, each.id, None, for_pain=False))
    settings = Settings(sound="mute", language="en", camera=str(clip), guide="never", model="lite")
    rig = Rig(person, player, texts_of("en", CATALOGUE), print)
    return AppState(rig, journal, CATALOGUE, settings, lambda: NOW, profile)


def test_what_was_held_is_kept_counts_for_today_and_is_reported(
    clip: Path,
) -> None:
    script: list[Answer] = [
        Picked("start"),
        PainGiven(1, ("back",)),
        Picked("today"),  # on the result's page
        PainGiven(2, ("back",)),
        Dismissed(),
    ]
    with (
        Person(script) as person,
        Player(print, SoundSettings(Mode.MUTE)) as player,
        open_journal(today=TODAY) as journal,
    ):
        run(state_with(person, player, journal, clip))
        assert not person.script
        life = journal.life("p1")
        (session,) = journal.sessions("p1")
        records = journal.set_records(session.id)
        folder = journal.folders_of("p1")[0]
    (done,) = life.sets
    assert done.exercise_id == PLANK
    assert 5.0 < done.done < SECONDS
    assert session.ended_at is not None
    assert records[0].readings
    assert [(each.moment, each.score) for each in life.pains] == [
        (PainMoment.BEFORE, 1),
        (PainMoment.AFTER, 2),
    ]
    (report,) = folder.glob("*.html")
    assert "Anna" in report.read_text(encoding="utf-8")
    last = person.pages[-1]
    assert isinstance(last, TodayPage)
    assert max(row.share or 0.0 for row in last.rows) == pytest.approx(done.done / 90.0, abs=0.01)
    result = next(page for page in person.pages if isinstance(page, Menu))
    assert result.note.endswith(".html")


def test_who_stops_before_anything_was_tried_is_told_that_there_is_nothing(tmp_path: Path) -> None:
    clip = beginning_of(CLIP, tmp_path / "lying.mp4", 0.5)
    script: list[Answer] = [Picked("start"), PainGiven(1, ()), Picked("today"), Dismissed()]
    with (
        Person(script) as person,
        Player(print, SoundSettings(Mode.MUTE)) as player,
        open_journal(today=TODAY) as journal,
    ):
        run(state_with(person, player, journal, clip))
        assert journal.sessions("p1") == ()
    result = next(page for page in person.pages if isinstance(page, Menu))
    assert result.note == "Nothing was begun, so there is nothing to report."


def test_a_report_that_cannot_be_written_does_not_ask_to_train_again(tmp_path: Path) -> None:
    clip = beginning_of(CLIP, tmp_path / "plank.mp4", FEWER_S)
    script: list[Answer] = [Picked("start"), PainGiven(1, ()), Picked("today"), PainGiven(2, ())]
    with (
        Person([*script, Dismissed()]) as person,
        Player(print, SoundSettings(Mode.MUTE)) as player,
        open_journal(today=TODAY) as journal,
    ):
        state = state_with(person, player, journal, clip)
        folder = journal.folders_of("p1")[0]
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.write_text("a file where the folder should be")
        run(state)
        assert not person.script
        assert len(journal.life("p1").sets) == 1
    result = next(page for page in person.pages if isinstance(page, Menu))
    assert "its report could not be written" in result.note
    assert str(folder) in result.note
