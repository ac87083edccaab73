"""Through the pictures of what was done: other weeks and other exercises, until they are left."""

from coreline.app.asking import ask
from coreline.app.state import AppState
from coreline.screen.answers import Changed


def look(state: AppState) -> None:
    """Show the pictures."""
    from coreline.app.history_pictures import (  # noqa: PLC0415 - brings the whole report
        Looked,
        history_pictures,
    )

    life, looked = state.life(), Looked()
    while isinstance(answer := ask(state, history_pictures(state, life, looked)), Changed):
        looked = looked.after(answer)
