"""The weeks to come, the physiotherapist's plan and its changes, and the question of the level."""

from typing import Any

from coreline.app import plan_pages
from coreline.app.asking import ask
from coreline.app.state import AppState
from coreline.data_files import load_vocabulary
from coreline.errors import BadDataError, CorelineError
from coreline.journal.choices import write_choice
from coreline.programme.day import DayPlan
from coreline.programme.life import Prescribed
from coreline.programme.plan_edit import (
    added,
    left_out,
    with_day,
    with_exercise,
    with_level,
    with_values,
)
from coreline.programme.prescription import Prescription
from coreline.programme.spec import Exercise
from coreline.programme.typed import day_typed
from coreline.screen.answers import Answer, Changed, Dismissed, Picked
from coreline.screen.menu import Menu


def asked_level(state: AppState, plan: DayPlan) -> bool:
    """Ask about the level where it is time and was not done today; say whether it was asked.

    Who has begun with today's exercises goes on with them. What is answered is written down, and
    that it was asked: who leaves it is asked tomorrow.
    """
    question, begun = plan.question, plan.left_s < plan.whole_s
    if question is None or begun or any(each.day == state.today for each in state.life().asked):
        return False
    answer = ask(state, plan_pages.question_page(state, question))
    state.journal.note(state.person.id, question.asked)
    if isinstance(answer, Picked) and answer.id.startswith(plan_pages.OFFER):
        offer = question.offers[int(answer.id.removeprefix(plan_pages.OFFER))]
        write_choice(state.journal, state.person, offer.choice)
        state.profile = state.journal.profile(state.person.id)
    return True


def look(state: AppState) -> None:
    """Show the weeks to come, and change the plan where that is wanted."""
    while ask(state, plan_pages.plan_page(state, state.plan())) == Picked("change"):
        _edit(state)


def _edit(state: AppState) -> None:
    """Change the plan until it is kept or left."""
    before = plan = state.plan().plan
    selected: str | None = None
    note = ""
    while True:
        match _answered(state, before, plan_pages.edit_page(state, plan, selected, note), plan):
            case Changed(id=selected, value=value):
                plan, note = _changed(state, plan, selected, value)
            case Picked(id="save"):
                note = _kept(state, before, plan)
                if not note:
                    return
            case Picked(id=selected) if selected != "back":
                plan, note = _opened(state, plan, selected), ""
            case _:
                return


def _answered(state: AppState, before: Prescription, page: Menu, plan: Prescription) -> Answer:
    """Return what is answered; who leaves what was changed is asked whether to keep it."""
    answer = ask(state, page)
    if isinstance(answer, Dismissed) and plan != before:
        return ask(state, plan_pages.leave_page(state))
    return answer


def _opened(state: AppState, plan: Prescription, chosen: str) -> Prescription:
    """Return the plan as it is after the page that a button leads to."""
    if not chosen.startswith(plan_pages.EXERCISE):
        return _more(state, plan)
    exercise = state.catalogue.get(chosen.removeprefix(plan_pages.EXERCISE))
    return _exercise(state, plan, exercise)


def _changed(
    state: AppState, plan: Prescription, name: str, value: str | float | bool
) -> tuple[Prescription, str]:
    """Return the plan with one thing changed, or as it was and why that cannot be."""
    try:
        return _with(state, plan, name, value), ""
    except BadDataError as error:
        return plan, error.in_(state.words.language)
    except ValueError:
        return plan, state.words("plan.refused")


def _with(
    state: AppState, plan: Prescription, name: str, value: str | float | bool
) -> Prescription:
    if name.startswith(plan_pages.DAY):
        return with_day(plan, int(name.removeprefix(plan_pages.DAY)), on=bool(value))
    if name == "level":
        return with_level(plan, str(value) or None)
    if name == "level_until":
        typed = str(value).strip()
        words = load_vocabulary()
        day = (
            day_typed(state.words("plan.level_until"), typed, state.today, words) if typed else None
        )
        if day is not None and day < state.today:
            raise BadDataError(
                f"{typed}: is over; give a day from today on",
                nl=f"{typed}: is voorbij; geef een dag vanaf vandaag",
            )
        return with_values(plan, level_until=day)
    return with_values(plan, **{name: str(value).strip()})


def _more(state: AppState, plan: Prescription) -> Prescription:
    """Let the person choose an exercise to add."""
    match ask(state, plan_pages.add_page(state, plan)):
        case Picked(id=exercise_id) if exercise_id in state.catalogue.ids:
            of_level = state.catalogue.get(exercise_id).level == plan_pages.level_of(state, plan)
            return added(plan, exercise_id, of_level=of_level)
        case _:
            return plan


def _exercise(state: AppState, plan: Prescription, exercise: Exercise) -> Prescription:
    """Change what the plan says of one exercise, until that is left."""
    selected: str | None = None
    while True:
        page = plan_pages.exercise_edit_page(state, plan, exercise, selected)
        match ask(state, page):
            case Changed(id="asked", value=value):
                of_level = exercise.level == plan_pages.level_of(state, plan)
                beside = plan.only or not of_level
                plan = left_out(plan, exercise.id, out=not value, of_level=of_level)
                selected = "asked"
                if beside and not value:
                    return plan  # it is no longer of the plan
            case Changed(id=selected, value=value):
                plan = with_exercise(plan, exercise, **{selected: _value(selected, value)})
            case _:
                return plan


def _value(name: str, value: str | float | bool) -> Any:
    """Return a value as a plan has it."""
    match name:
        case "sets" | "count":
            return int(value)
        case "side":
            return None if value == plan_pages.BOTH else value
        case "note":
            return str(value).strip()
        case _:
            return float(value)


def _kept(state: AppState, before: Prescription, plan: Prescription) -> str:
    """Keep a plan from today on, where it is another; return why that cannot be, or nothing."""
    if plan == before:
        return ""
    try:
        state.journal.note(state.person.id, Prescribed(state.today, plan))
    except CorelineError as error:
        return error.in_(state.words.language)
    return ""
