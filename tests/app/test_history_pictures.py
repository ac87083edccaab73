"""The pictures of what was done: their numbers are those of the report."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.app.history_pictures import MOST_STEPS, Looked, history_pictures, ticks_s
from coreline.app.state import AppState
from coreline.choices.settings import Settings
from coreline.data_files import words_with
from coreline.journal.database import open_journal
from coreline.programme.language import LANGUAGES, Language
from coreline.programme.life import Life, RestChosen
from coreline.programme.marks import Mark
from coreline.report.weeks import weeks_report
from coreline.report.weeks_page import weeks_page
from coreline.report.wording import UNKNOWN, Wording
from coreline.screen.answers import Changed
from coreline.screen.menu import CalendarPicture, ChartPicture, HistoryPage
from coreline.screen.window import NoDisplay
from coreline.sound.choice import Mode, SoundSettings
from coreline.sound.player import Player
from coreline.training.rig import Rig, texts_of
from report_records import CATALOGUE, a_life

START = date(2026, 10, 5)  # a Monday
DAYS = 45
NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
Opened = Callable[[Language], AppState]


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    monkeypatch.setenv("CORELINE_DATA_DIR", str(tmp_path))
    said: list[str] = []
    with (
        Player(said.append, SoundSettings(Mode.MUTE)) as player,
        open_journal(tmp_path / "journal.sqlite3", today=NOW.date()) as journal,
    ):

        def of(language: Language) -> AppState:
            rig = Rig(NoDisplay("none"), player, texts_of(language, CATALOGUE), said.append)
            return AppState(rig, journal, CATALOGUE, Settings(), lambda: NOW)

        yield of


def a_past() -> Life:
    """Return a life with less and less done, some days of rest and one before any of it."""
    life = a_life(DAYS, START, until=0.6)
    resting = {START + timedelta(days=number) for number in (9, 10, 11)}
    return replace(
        life,
        sets=tuple(each for each in life.sets if each.day not in resting),
        pains=tuple(each for each in life.pains if each.day not in resting),
        rests=(RestChosen(min(resting), len(resting)),),
    )


def charts(page: HistoryPage) -> list[ChartPicture]:
    return [each for each in page.pictures if isinstance(each, ChartPicture)]


def calendar(page: HistoryPage) -> CalendarPicture:
    (found,) = [each for each in page.pictures if isinstance(each, CalendarPicture)]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("weeks", [4, 8, 26])
def test_every_number_is_the_one_that_the_report_prints(
    opened: Opened, language: Language, weeks: int
) -> None:
    state, life = opened(language), a_past()
    page = history_pictures(state, life, Looked(str(weeks)))
    report = weeks_report(state.programme, CATALOGUE, life, NOW.date(), weeks)
    printed = weeks_page(report, CATALOGUE, Wording(words_with(CATALOGUE), language))
    for chart in charts(page):
        assert chart.labels == tuple(row.cells[0].text for row in printed.bins.rows)
        for text, row in zip(chart.texts, printed.bins.rows, strict=True):
            named = zip(printed.bins.columns[1:], row.cells[1:], strict=True)
            told = [f"{name} {cell.text}" for name, cell in named if cell.text != UNKNOWN]
            assert text.split(" · ")[1:] == told
    line, held, pain = charts(page)
    assert line.series[0].values == tuple(each.score.value for each in report.bins)
    assert held.series[0].values == tuple(each.held_s for each in report.bins)
    both = [(each.pain_before, each.pain_after) for each in report.bins]
    assert [tuple(each.values) for each in pain.series] == [*zip(*both, strict=True)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_of_the_calendar_says_what_the_report_prints_of_it(
    opened: Opened, language: Language
) -> None:
    """Of few weeks the report has a piece a day, so that each can be compared."""
    state, life = opened(language), a_past()
    page = history_pictures(state, life, Looked("4"))
    report = weeks_report(state.programme, CATALOGUE, life, NOW.date(), 4)
    printed = weeks_page(report, CATALOGUE, Wording(words_with(CATALOGUE), language))
    cells = [cell for week in calendar(page).weeks for cell in week.cells if cell is not None]
    assert [cell.number for cell in cells] == [str(each.first.day) for each in report.bins]
    for cell, row in zip(cells, printed.bins.rows, strict=True):
        told = [each.text for each in row.cells[1:] if each.text != UNKNOWN]
        assert len(cell.text.split(" · ")[1:]) == len(told)
        assert all(number in cell.text for number in told)


@pytest.mark.parametrize(
    ("share", "scored", "why"),
    [(0.0, 90.0, "nothing was done"), (0.2, 90.0, "too little was done"), (1.0, None, "was seen")],
)
def test_where_there_is_no_line_score_it_says_why(
    opened: Opened, share: float, scored: float | None, why: str
) -> None:
    state, past = opened("en"), a_past()
    sets = [replace(each, done=share * each.prescribed, line_score=scored) for each in past.sets]
    life = replace(past, sets=tuple(sets))
    line, _, _ = charts(history_pictures(state, life, Looked("8")))
    assert not [each for each in line.series[0].values if each is not None]
    assert why in line.empty


def test_the_calendar_s_days_stand_under_their_weekdays(opened: Opened) -> None:
    shown = calendar(history_pictures(opened("nl"), a_past(), Looked("4")))
    assert shown.weekdays == ("ma", "di", "wo", "do", "vr", "za", "zo")
    assert all(len(week.cells) == 7 for week in shown.weeks)
    first, last = shown.weeks[0], shown.weeks[-1]
    assert [cell.number if cell else "" for cell in first.cells] == [
        "",
        "",
        "",
        "22",
        "23",
        "24",
        "25",
    ]
    assert last.label == "16 november"
    assert [cell is not None for cell in last.cells] == [True] * 3 + [False] * 4
    marks = {cell.sign for week in shown.weeks for cell in week.cells if cell}
    assert marks == {Mark.PART, Mark.MISSED}


def test_a_rest_is_seen_as_one(opened: Opened) -> None:
    shown = calendar(history_pictures(opened("en"), a_past(), Looked("8")))
    rests = [
        cell.number
        for week in shown.weeks
        for cell in week.cells
        if cell and cell.sign is Mark.REST
    ]
    assert rests == ["14", "15", "16"]


def test_one_exercise_on_one_side_can_be_looked_at(opened: Opened) -> None:
    state, life = opened("en"), a_past()
    page = history_pictures(state, life, Looked("8"))
    subject = "w12-side-bridge/right"
    assert (
        "w12-side-bridge/right",
        "Side bridge (weeks 1 and 2), right side",
    ) in page.subject.options
    chosen = Looked("8").after(Changed("subject", subject))
    of_one = history_pictures(state, life, chosen)
    assert of_one.subject.value == subject
    held, all_held = charts(of_one)[1], charts(page)[1]
    own = {
        day: sum(
            each.done
            for each in life.sets
            if (each.day, each.exercise_id, each.side) == (day, "w12-side-bridge", "right")
        )
        for day in (START + timedelta(days=number) for number in range(DAYS))
    }
    assert [each or 0.0 for each in held.series[0].values] == pytest.approx([*own.values()])
    assert all_held.series != held.series
    assert charts(of_one)[2] == charts(page)[2]  # pain is no exercise's


def test_what_is_looked_at_no_longer_is_all(opened: Opened) -> None:
    page = history_pictures(opened("en"), a_past(), Looked("4", "gone"))
    assert page.subject.value == "all"
    assert Looked().after(Changed("span", "12")) == Looked("12")


def test_all_is_all_also_where_an_exercise_has_that_name(opened: Opened) -> None:
    state, life = opened("en"), a_past()
    own = replace(life.sets[-1], exercise_id="all", side=None)
    page = history_pictures(state, replace(life, sets=(*life.sets, own)), Looked("8"))
    ids = [each for each, _ in page.subject.options]
    assert len(ids) == len(set(ids))


@given(st.floats(0.0, 1e6))
def test_a_scale_of_seconds_is_round_and_reaches_what_was_held(most: float) -> None:
    ticks = ticks_s((None, most))
    assert ticks[0] == 0.0
    assert ticks[-1] >= most
    assert 2 <= len(ticks) <= MOST_STEPS + 1
