"""The pages of exercises: every exercise, what is shown of it, and what the camera can judge."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from coreline.app.exercise_pages import exercise_page, exercises_page, reading_page
from coreline.app.state import AppState
from coreline.choices.settings import Settings
from coreline.files.demonstrations import BODIES, still_file
from coreline.journal.database import open_journal
from coreline.programme.language import LANGUAGES
from coreline.programme.life import Profile
from coreline.screen.menu import Article, Button, Heading, ShownArticle
from coreline.screen.window import NoDisplay
from coreline.sound.choice import Mode, SoundSettings
from coreline.sound.player import Player
from coreline.training.rig import Rig, texts_of
from own_exercise import CATALOGUE, LOW_PLANK

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
SHOWN = [exercise.id for exercise in CATALOGUE if exercise.id != LOW_PLANK]


@pytest.fixture(params=LANGUAGES)
def state(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[AppState]:
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    person = Profile("p1", "Anna", request.param, date(2026, 11, 1))
    with (
        open_journal(tmp_path / "journal.sqlite3", today=NOW.date()) as journal,
        Player(print, SoundSettings(Mode.MUTE)) as player,
    ):
        journal.save_profile(person)
        texts = texts_of(request.param, CATALOGUE)
        rig = Rig(NoDisplay("none needed"), player, texts, print)
        settings = Settings(sound="mute", language=request.param)
        yield AppState(rig, journal, CATALOGUE, settings, lambda: NOW, person)


def page_of(state: AppState, exercise_id: str) -> ShownArticle:
    page = exercise_page(state, exercise_id)
    assert isinstance(page, ShownArticle)
    return page


def test_all_exercises_stand_under_their_level(state: AppState) -> None:
    items = exercises_page(state, "w56-crunch").items
    assert [item.id for item in items if isinstance(item, Button)] == [*CATALOGUE.ids, "back"]
    assert len([item for item in items if isinstance(item, Heading)]) == 4
    assert isinstance(items[0], Heading)


@pytest.mark.parametrize("exercise_id", SHOWN)
def test_each_is_shown_right_in_two_bodies_and_then_wrong(
    state: AppState, exercise_id: str
) -> None:
    pictures = page_of(state, exercise_id).pictures
    assert {picture.shown.body for picture in pictures[:2]} == set(BODIES)
    assert not any(picture.fault for picture in pictures[:2])
    assert len(pictures) > 3
    for picture in pictures[2:]:
        assert still_file(picture.shown, picture.fault) is not None
        assert picture.right
        assert ": " in picture.caption


@pytest.mark.parametrize("exercise_id", CATALOGUE.ids)
def test_each_says_how_and_what_the_camera_can_and_cannot_judge(
    state: AppState, exercise_id: str
) -> None:
    page = exercise_page(state, exercise_id)
    article = page.article if isinstance(page, ShownArticle) else page
    exercise, language = CATALOGUE.get(exercise_id), state.words.language
    own = exercise.level == state.plan().level_id
    assert article.title == state.speaker.exercise(exercise_id, full=not own)
    assert len([each for each in article.paragraphs if each.startswith("# ")]) == 3
    assert exercise.explanation.in_(language) in article.paragraphs
    assert article.paragraphs[-1] == exercise.not_visible.in_(language)
    assert exercise.judging is not None
    for band in exercise.judging.bands:
        for code in filter(None, (band.above, band.below)):
            assert state.rig.texts.word(f"fault.{code}.name") in article.paragraphs[3]


def test_who_trains_on_the_ball_sees_that_first(state: AppState) -> None:
    assert state.profile is not None
    assert [each.shown.ball for each in page_of(state, "w34-superman").pictures[:2]] == [0, 1]
    state.profile = replace(state.profile, on_ball=frozenset({"w34-superman"}))
    pictures = page_of(state, "w34-superman").pictures
    assert [picture.shown.ball for picture in pictures[:2]] == [1, 0]
    assert all(picture.shown.ball for picture in pictures[2:])


def test_ones_own_exercise_is_a_page_without_pictures(state: AppState) -> None:
    assert isinstance(exercise_page(state, LOW_PLANK), Article)


def test_the_page_about_the_ball_shows_it(state: AppState) -> None:
    page = reading_page(state, "ball")
    assert isinstance(page, ShownArticle)
    assert len(page.pictures) == len(state.programme.ball.exercises)
    assert all(picture.shown.ball for picture in page.pictures)
    assert isinstance(reading_page(state, "sitting"), Article)


def test_the_page_about_every_day_shows_what_is_done_now(state: AppState) -> None:
    page = reading_page(state, "every_day")
    assert isinstance(page, ShownArticle)
    level = state.plan().level_id
    assert level is not None
    ids = [each.id for each in CATALOGUE.of_level(level) if each.id != LOW_PLANK]
    assert [picture.shown.exercise_id for picture in page.pictures] == ids
