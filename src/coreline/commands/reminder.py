"""`coreline reminder`: have the system say when it is time for the exercises."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from enum import StrEnum
from typing import Annotated

import typer

from coreline.app.reminding import due, remind_at, told
from coreline.choices.reminder import OFF, reminder_of
from coreline.choices.settings import Settings, load_settings
from coreline.commands.journal_here import journal_here
from coreline.commands.people import JSON_HELP, speaking
from coreline.commands.terminal import tell_document, tell_lines
from coreline.commands.wording import words_in
from coreline.desktop.launcher import ringer
from coreline.desktop.notice import can_show, show, shower
from coreline.desktop.reminder import Ringing, look, mechanism
from coreline.errors import BadDataError
from coreline.programme.schedule import day_plan
from coreline.programme.typed import time_typed

SCHEMA = 1
EXAMPLES = (
    "Examples:  coreline reminder on --at 8.30 --at 19:30  |  coreline reminder off"
    "  |  coreline plan --ics training.ics, for the reminder of a calendar or a phone"
)
_USUAL_TIME = time(8, 0)


class Action(StrEnum):
    """What is to be done with the reminder."""

    SHOW = "show"
    ON = "on"
    OFF = "off"
    RING = "ring"


def reminder(
    action: Annotated[
        Action,
        typer.Argument(help="See it, switch it on or off, or remind now of what is to be done."),
    ] = Action.SHOW,
    at: Annotated[
        list[str] | None,
        typer.Option(help="Time of day, such as 08:00, 8.30 or 8u30; several split the day."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=JSON_HELP)] = False,
) -> None:
    """Be reminded by this computer, also when Coreline is closed; off until it is asked for."""
    if at and action is not Action.ON:
        raise BadDataError(
            f"--at goes with coreline reminder on, not with {action}",
            nl=f"--at hoort bij coreline reminder on, niet bij {action}",
        )
    settings = load_settings()
    match action:
        case Action.ON:
            settings = remind_at(reminder_of(_times(at, settings)))
        case Action.OFF:
            settings = remind_at(OFF)
        case Action.RING:
            ring(settings, datetime.now().astimezone())
            return
        case Action.SHOW:
            pass
    if as_json:
        tell_document(_document(settings))
    else:
        tell_lines(_lines(settings))


def ring(settings: Settings, now: datetime) -> None:
    """Show what is to be done, if anything is; on a day of rest, or when all is done, be silent.

    Raises:
        DesktopError: It cannot be shown.
    """
    with journal_here(read_only=True, today=now.date()) as journal:
        profile = journal.current_profile()
        if profile is None:
            return
        life = journal.life(profile.id)
        programme, catalogue, speaker = speaking(profile.language, journal)
    plan = day_plan(programme, catalogue, life, now.date())
    items = due(plan, settings.reminded_at, now, programme.pace)
    if items:
        text = told(items, speaker, plan.level_id, programme.pace)
        show(speaker.word("reminder"), text)


def _times(at: Sequence[str] | None, settings: Settings) -> Sequence[time]:
    """Return the times that are given, else those that there were, else the usual one."""
    if at:
        return [time_typed("--at", each) for each in at]
    return settings.reminded_at or (_USUAL_TIME,)


def _lines(settings: Settings) -> Iterator[str]:
    w = words_in(settings.resolved_language)
    state = look(settings.reminded_at, ringer())
    yield w(f"reminder.{state}", times=settings.reminder, by=mechanism().name)
    if state is not Ringing.OFF and not can_show():
        yield w("reminder.cannot_show", program=shower())


def _document(settings: Settings) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "times": [f"{each:%H:%M}" for each in settings.reminded_at],
        "state": look(settings.reminded_at, ringer()).value,
        "by": mechanism().name,
        "can_show": can_show(),
    }
