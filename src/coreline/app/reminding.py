"""What the reminder says: the exercises of this part of the day that are still to be done."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Final

from coreline.choices.reminder import MOST_TIMES, checked, times_of
from coreline.choices.settings import REMINDER, Settings, load_settings, put_setting
from coreline.desktop.launcher import ringer
from coreline.desktop.reminder import switch
from coreline.errors import BadDataError
from coreline.programme.day import DayPlan, Item
from coreline.programme.items import session_s
from coreline.programme.parts import parts_of
from coreline.programme.spec import Pace
from coreline.programme.wording import Speaker

EARLY: Final = timedelta(minutes=5)  # a timer may be so much before its time


def remind_at(reminder: str) -> Settings:
    """Have the system remind at the times of a setting, and note them when it does.

    Raises:
        DesktopError: It offers no such thing, or refuses; the setting stays as it is.
        BadDataError: These are no times, or the settings cannot be read.
        BadOutputError: A file cannot be written.
    """
    try:
        times = times_of(checked(reminder))
    except ValueError as error:
        raise BadDataError(
            f"{REMINDER}: {error}",
            nl=f'{REMINDER}: geef off, of hoogstens {MOST_TIMES} tijden zoals "08:00 19:30"',
        ) from error
    load_settings()  # what cannot be noted is not set either
    switch(times, ringer())
    return put_setting(REMINDER, reminder)


def due(plan: DayPlan, times: Sequence[time], now: datetime, pace: Pace) -> tuple[Item, ...]:
    """Return what of the parts of the day that have begun is still to be done.

    Where there is no time, all of the day is one part, which has begun.
    """
    parts = parts_of(plan.items, max(len(times), 1), pace)
    latest = (now + EARLY).time() if (now + EARLY).date() == now.date() else time.max
    begun = sum(each <= latest for each in times) if times else 1
    return tuple(item for part in parts[:begun] for item in part if item.open_sets)


def told(items: Sequence[Item], speaker: Speaker, level_id: str | None, pace: Pace) -> str:
    """Return exercises and how long they take as one line."""
    names = dict.fromkeys(speaker.exercise_at(item.exercise_id, level_id) for item in items)
    minutes = max(round(session_s(items, pace, left_only=True) / 60), 1)
    return f"{', '.join(names)} · {speaker.word('about_minutes', minutes=minutes)}"
