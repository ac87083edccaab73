"""The settings' page: every change holds at once and is written down."""

from dataclasses import replace
from typing import Any

from coreline.app import pages
from coreline.app.asking import ask
from coreline.app.calendar_flow import put_in_calendar
from coreline.app.reminding import remind_at
from coreline.app.state import AppState
from coreline.camera.names import cameras
from coreline.choices.menu import Kind, describe
from coreline.choices.settings import REMINDER, put_setting
from coreline.errors import CorelineError, DesktopError
from coreline.screen.answers import Changed, Picked
from coreline.training.rig import sound_of


def change(state: AppState) -> None:
    """Show the settings until they are left."""
    found = tuple(name or str(number) for number, name in cameras().items())
    selected, note = None, ""
    while True:
        match ask(state, pages.settings_page(state, found, selected, note)):
            case Changed(id=name, value=value):
                selected, note = name, _put(state, name, value)
            case Picked(id="calendar"):
                selected, note = "calendar", put_in_calendar(state)
            case Picked(id="sound_test"):
                state.rig.player.speak("sound.test", priority=2)
                state.rig.player.play("ready")
            case _:
                return


def _put(state: AppState, name: str, value: str | float | bool) -> str:
    """Change one setting: in the program, and in the file; return why that cannot be."""
    kinds = {row.id: row.kind for row in describe()}
    typed: Any = float(value) if kinds[name] in {Kind.VOLUME, Kind.SECONDS} else value
    try:
        changed = remind_at(str(value)) if name == REMINDER else put_setting(name, typed)
    except CorelineError as error:
        said = error.in_(state.words.language)
        state.rig.say(said)
        # Why, and which command helps, is for the terminal; on this page a button below does it.
        return state.words("settings.no_reminder") if isinstance(error, DesktopError) else said
    state.settings = changed
    state.rig.player.settings = replace(sound_of(changed), language=state.words.language)
    if name == "full_screen":
        state.set_full_screen(on=bool(value))
    return ""
