"""Two sessions are chosen in the window, and opened against one another."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from coreline.app.compare_flow import comparable
from coreline.app.state import AppState
from coreline.journal.database import Journal
from coreline.journal.recorder import Recorder
from coreline.journal.sessions import session_start
from coreline.programme.language import Language
from coreline.screen.answers import Dismissed, Picked
from coreline.screen.menu import Button, Menu
from coreline.session.record import SetRecord
from journal_values import PLAN, RAISES, judged
from played import NOW, Person, menu, play, someone, today

PLANK = "w12-back-bridge"
pytestmark = pytest.mark.usefixtures("apart")


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Return what the browser would have been given."""
    seen: list[Path] = []
    monkeypatch.setattr("coreline.app.session_flow.open_in_browser", seen.append)
    return seen


def kept(journal: Journal, at: datetime, *records: SetRecord) -> str:
    with Recorder(journal, session_start("p1", at.date(), at, PLAN)) as recorder:
        recorder.follow(records)
        recorder.end_session(at + timedelta(minutes=20))
    return recorder.session_id


def three(journal: Journal) -> list[str]:
    """Keep a session of raises, of a plank and of raises again; return their names."""
    days = [NOW - timedelta(days=number) for number in (5, 3, 1)]
    names = (RAISES, PLANK, RAISES)
    return [kept(journal, at, judged(name)) for at, name in zip(days, names, strict=True)]


def ids(page: Menu) -> list[str]:
    return [item.id for item in page.items if isinstance(item, Button)]


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "The comparison is kept"), ("nl", "De vergelijking is bewaard")],
)
def test_two_sessions_are_compared_the_earlier_one_first(
    opened: Callable[..., AppState],
    person: Person,
    journal: Journal,
    pages: list[Path],
    language: Language,
    said: str,
) -> None:
    state = opened(replace(someone(NOW.date() - timedelta(days=6)), language=language))
    first, plank, last = three(journal)
    way = (Picked("later"), Picked("history"), Picked("compare"), Picked(last), Picked(first))
    shown = play(state, person, *way, Picked("quit"))
    one, other = (menu(page) for page in shown[3:5])
    assert (ids(one), ids(other)) == ([last, first, "back"], [first, "back"])
    assert plank not in ids(one)
    assert [path.name[:18] for path in pages] == ["compare-2026-11-17"]
    assert "2026-11-21" in pages[0].name
    assert said in today(shown[-1]).note


def test_going_back_undoes_one_choice(
    opened: Callable[..., AppState], person: Person, journal: Journal, pages: list[Path]
) -> None:
    state = opened(someone(NOW.date() - timedelta(days=6)))
    _, _, last = three(journal)
    replies = (Picked("compare"), Picked(last), Dismissed(), Picked("back"), Picked("quit"))
    shown = play(state, person, Picked("later"), Picked("history"), *replies)
    titles = [page.title for page in shown if isinstance(page, Menu)]
    assert titles[-3:] == ["Compare: which session?", "Compare it with which one?", titles[-3]]
    assert pages == []


def test_without_two_of_the_same_exercise_nothing_is_offered(
    opened: Callable[..., AppState], person: Person, journal: Journal
) -> None:
    state = opened(someone(NOW.date() - timedelta(days=6)))
    for name in (RAISES, PLANK):
        kept(journal, NOW - timedelta(days=2), judged(name))
    assert comparable(journal.sessions("p1")) == []
    shown = play(state, person, Picked("later"), Picked("history"), Dismissed(), Picked("quit"))
    assert "compare" not in ids(menu(shown[2]))
