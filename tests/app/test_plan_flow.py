"""The plan of a physiotherapist and the question of the level, in the window."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from coreline.app.state import AppState
from coreline.journal.database import Journal
from coreline.programme.life import LevelChosen, Prescribed
from coreline.programme.prescription import Prescription
from coreline.screen.answers import Changed, Dismissed, Picked
from coreline.screen.menu import Button, ShownArticle, TextRow, controls_of
from plans import of
from played import TODAY, Person, Reply, menu, play, someone, today

pytestmark = pytest.mark.usefixtures("apart")
SIDE, CURL, CRUNCH = "w12-side-bridge", "w12-pelvic-curl", "w56-crunch"
LATER = TODAY - timedelta(days=14)


def plans_of(journal: Journal) -> list[Prescription]:
    return [each.plan for each in journal.life("p1").plans]


# The question


def test_the_level_is_asked_once_a_day_and_stays_without_an_answer(
    opened: Callable[..., AppState], person: Person, journal: Journal
) -> None:
    state = opened(someone(LATER))
    shown = play(state, person, Picked("later"), Picked("quit"))
    assert menu(shown[0]).title == "Going on or staying?"
    assert menu(shown[0]).selected == "later"
    assert state.plan().level_id == "w12"
    person.pages.clear()
    again = play(state, person, Picked("quit"))
    assert len(again) == 1
    assert today(again[0]).rows
    assert [each.day for each in journal.life("p1").asked] == [TODAY]


@pytest.mark.parametrize("number", [0, 1])
def test_an_answer_is_kept(
    opened: Callable[..., AppState], person: Person, journal: Journal, number: int
) -> None:
    state = opened(someone(LATER))
    question = state.plan().question
    assert question is not None
    play(state, person, Picked(f"offer-{number}"), Picked("quit"))
    choice = question.offers[number].choice
    if isinstance(choice, LevelChosen):
        assert journal.life("p1").levels == (choice,)
    else:
        assert journal.profile("p1").start == TODAY


def test_nobody_is_asked_where_nothing_is_due(
    opened: Callable[..., AppState], person: Person, journal: Journal
) -> None:
    shown = play(opened(someone()), person, Picked("quit"))
    assert today(shown[0])
    assert journal.life("p1").asked == ()


# The plan


def test_a_plan_is_made_in_the_window(
    opened: Callable[..., AppState], person: Person, journal: Journal
) -> None:
    shown = play(
        opened(someone()),
        person,
        Picked("plan"),
        Picked("change"),
        Changed("by", "Jan de Vries"),
        Changed("note", "Rustig aan."),
        Changed("day-6", value=False),
        Changed("level", "w12"),
        Changed("level_until", "24-12-2026"),
        Picked(f"exercise-{SIDE}"),
        Changed("sets", 2.0),
        Changed("hold_s", 20.0),
        Changed("rest_s", 45.0),
        Changed("side", "left"),
        Changed("note", "Niet forceren."),
        Picked("back"),
        Picked(f"exercise-{CURL}"),
        Changed("asked", value=False),
        Picked("back"),
        Picked("add"),
        Picked(CRUNCH),
        Picked("save"),
        Dismissed(),
        Picked("quit"),
    )
    side = of(SIDE, sets=2, hold_s=20.0, rest_s=45.0, side="left", note="Niet forceren.")
    (plan,) = plans_of(journal)
    assert plan.exercises == (side, of(CRUNCH, extra=True))
    assert (plan.by, plan.note, plan.days) == ("Jan de Vries", "Rustig aan.", (0, 1, 2, 3, 4, 5))
    assert (plan.level, plan.leave_out) == ("w12", (CURL,))
    told = [item.text for item in menu(shown[-2]).items if isinstance(item, TextRow)]
    assert any("2 x 20 seconds, 45 s rest, left only" in text for text in told)


def test_the_day_shows_whose_it_is(
    opened: Callable[..., AppState], person: Person, journal: Journal
) -> None:
    state = opened(someone())
    plan = Prescription(by="Jan", note="Rustig aan.", exercises=(of(SIDE, sets=1, note="Zacht."),))
    journal.note("p1", Prescribed(TODAY, plan))
    look = f"look-{SIDE}-left"
    shown = play(state, person, Picked(look), Dismissed(), Picked("quit"))
    row = next(row for row in today(shown[0]).rows if row.id == look)
    assert "1 x 30 seconds" in row.detail
    assert "from your physiotherapist" in row.detail
    assert "Rustig aan." in today(shown[0]).why
    page = shown[1]
    assert isinstance(page, ShownArticle)
    assert page.article.paragraphs[0] == "# From your physiotherapist, Jan"
    assert page.article.paragraphs[2] == "“Zacht.”"


def test_what_was_changed_is_asked_for_before_it_is_left(
    opened: Callable[..., AppState], person: Person, journal: Journal
) -> None:
    way: list[Reply] = [Picked("plan"), Picked("change"), Changed("by", "Jan"), Dismissed()]
    state = opened(someone())
    play(state, person, *way, Picked("back"), Dismissed(), Picked("quit"))
    assert plans_of(journal) == []
    play(state, person, *way, Picked("save"), Dismissed(), Picked("quit"))
    assert plans_of(journal) == [Prescription(by="Jan")]


def test_what_cannot_be_prescribed_is_refused_and_the_rest_stays(
    opened: Callable[..., AppState], person: Person, journal: Journal
) -> None:
    shown = play(
        opened(someone()),
        person,
        Picked("plan"),
        Picked("change"),
        Changed("level", "w34"),
        Changed("level_until", "ooit"),
        Changed("level_until", "1-1-2020"),
        Picked("back"),
        Dismissed(),
        Picked("quit"),
    )
    assert "give a day" in menu(shown[4]).note
    assert "is over" in menu(shown[5]).note
    assert plans_of(journal) == []


def test_the_last_exercise_of_a_plan_of_only_these_can_go(
    opened: Callable[..., AppState], person: Person, journal: Journal
) -> None:
    state = opened(someone())
    journal.note("p1", Prescribed(TODAY, Prescription(only=True, exercises=(of(CRUNCH),))))
    shown = play(
        state,
        person,
        Picked("plan"),
        Picked("change"),
        Picked(f"exercise-{CRUNCH}"),
        Changed("asked", value=False),
        Picked("save"),
        Dismissed(),
        Picked("quit"),
    )
    assert plans_of(journal)[-1].says_nothing
    buttons = [each.id for each in controls_of(menu(shown[4])) if isinstance(each, Button)]
    assert f"exercise-{SIDE}" in buttons
