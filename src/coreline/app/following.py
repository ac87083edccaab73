"""What today's page leads to: each of its buttons, and the rows of today's exercises."""

from collections.abc import Callable

from coreline.app import (
    compare_flow,
    exercise_flow,
    exercise_pages,
    history_flow,
    pages,
    person_flow,
    plan_flow,
    session_flow,
    settings_flow,
    today_pages,
    undo_flow,
)
from coreline.app.asking import ask
from coreline.app.state import AppState
from coreline.journal.choices import write_choice
from coreline.programme.day import DayPlan
from coreline.programme.life import PainMoment
from coreline.screen.answers import Picked
from coreline.screen.forms import (  # noqa: F401 - so that no page waits for its form
    history_form,
    menu_form,
    pain_form,
    reading_form,
    shown_form,
    welcome_form,
)
from coreline.training.train import begun


def follow(state: AppState, plan: DayPlan, picked: Picked) -> None:
    """Do what was chosen on today's page."""
    chosen: dict[str, Callable[[], object]] = {
        "start": lambda: session_flow.train_today(state, plan),
        "choose": lambda: _choose(state, plan),
        "pain": lambda: session_flow.asked_pain(state, _moment(plan)),
        "plan": lambda: plan_flow.look(state),
        "history": lambda: _history(state),
        "reading": lambda: _read(state),
        "profile": lambda: person_flow.change(state),
        "settings": lambda: settings_flow.change(state),
    }
    if picked.id in chosen:
        chosen[picked.id]()
    elif (exercise_id := today_pages.looked_at(plan, picked.id)) is not None:
        exercise_flow.look(state, exercise_id)


def _moment(plan: DayPlan) -> PainMoment:
    """Return whether an answer is one of before or after today's training."""
    return PainMoment.AFTER if plan.left_s < plan.whole_s else PainMoment.BEFORE


def _choose(state: AppState, plan: DayPlan) -> None:
    """Take what is offered, when the person wants it."""
    answer = ask(state, today_pages.choose_page(state, plan))
    if isinstance(answer, Picked) and answer.id.startswith("offer-"):
        offer = plan.offers[int(answer.id.removeprefix("offer-"))]
        write_choice(state.journal, state.person, offer.choice)
        state.profile = state.journal.profile(state.person.id)


def _history(state: AppState) -> None:
    """Show what was done, the last session's report when it is asked for, what can be undone."""
    session_id = _last_begun(state)
    two = bool(compare_flow.comparable(state.journal.sessions(state.person.id)))
    match ask(state, pages.history_page(state, has_report=session_id is not None, has_two=two)):
        case Picked(id="report") if session_id is not None:
            state.notice = session_flow.opened_report(state, session_id)
        case Picked(id="pictures"):
            history_flow.look(state)
        case Picked(id="compare"):
            compare_flow.choose(state)
        case Picked(id="undo"):
            undo_flow.open_list(state)
        case _:
            pass


def _last_begun(state: AppState) -> str | None:
    """Return the latest session in which something was begun: only of such is there a report."""
    sessions = state.journal.sessions(state.person.id)
    return next(
        (
            each.id
            for each in reversed(sessions)
            if any(begun(record) for record in state.journal.set_records(each.id))
        ),
        None,
    )


def _read(state: AppState) -> None:
    """Show what there is to read, page after page."""
    while isinstance(answer := ask(state, pages.reading_menu(state)), Picked):
        if answer.id == "back":
            return
        if answer.id == pages.EXERCISES:
            exercise_flow.browse(state)
        else:
            ask(state, exercise_pages.reading_page(state, answer.id))
