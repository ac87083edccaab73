"""The coming weeks for the person's own calendar, which reminds on its own."""

import webbrowser
from datetime import time
from typing import Final

from coreline.app.plan_pages import PLAN_WEEKS
from coreline.app.state import AppState
from coreline.errors import CorelineError
from coreline.files.folders import make_private
from coreline.files.writing import write_bytes
from coreline.programme.plan import plan

USUAL_TIME: Final = time(8, 0)
FILE: Final = "coreline.ics"


def put_in_calendar(state: AppState) -> str:
    """Write the weeks as a calendar and open it; return what to say of that."""
    from coreline.report.calendar_file import (  # noqa: PLC0415 - brings icalendar
        Appointments,
        calendar_bytes,
    )

    words, pace = state.words, state.programme.pace
    coming = plan(state.programme, state.catalogue, state.life(), state.today, PLAN_WEEKS)
    when = Appointments(state.settings.reminded_at or (USUAL_TIME,), pace)
    content = calendar_bytes(coming, state.person.id, state.speaker, when, state.now())
    try:
        place = make_private(state.journal.folders_of(state.person.id)[0]) / FILE
        write_bytes(place, content)
    except CorelineError as error:
        return error.in_(words.language)
    webbrowser.open(place.absolute().as_uri())
    return words("settings.calendar_kept", path=str(place))
