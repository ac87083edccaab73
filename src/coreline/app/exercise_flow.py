"""Through all exercises: one after the other is looked at, as long as the person likes."""

from coreline.app.asking import ask
from coreline.app.exercise_pages import exercise_page, exercises_page
from coreline.app.state import AppState
from coreline.screen.answers import Picked


def browse(state: AppState) -> None:
    """Show the list of exercises and each that is chosen there, until the person goes back."""
    chosen: str | None = None
    while isinstance(answer := ask(state, exercises_page(state, chosen)), Picked):
        if answer.id == "back":
            return
        chosen = answer.id
        look(state, chosen)


def look(state: AppState, exercise_id: str) -> None:
    """Show one exercise."""
    ask(state, exercise_page(state, exercise_id))
