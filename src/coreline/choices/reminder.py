"""When the person wants to be reminded, as it stands in the settings: off, or times of day."""

import re
from collections.abc import Iterable
from datetime import time
from typing import Final

from coreline.programme.typed import time_typed

OFF: Final = "off"
MOST_TIMES: Final = 6
OFFERED: Final = (OFF, "08:00", "12:30", "19:00", "08:00 19:00")


def times_of(reminder: str) -> tuple[time, ...]:
    """Return the times of a setting that holds; none when it is off."""
    return () if reminder == OFF else tuple(map(time.fromisoformat, reminder.split()))


def reminder_of(times: Iterable[time]) -> str:
    """Return times as they stand in the settings, in the order of the day."""
    return " ".join(f"{each:%H:%M}" for each in sorted(set(times))) or OFF


def reminder_typed(name: str, text: str) -> str:
    """Return the setting that is meant by times with spaces or commas between them.

    Raises:
        BadDataError: One of them is no time.
    """
    words = [word for word in re.split(r"[\s,;]+", text.strip()) if word]
    return reminder_of(time_typed(name, word) for word in words)


def checked(reminder: str) -> str:
    """Return a setting as it stands in the file, in the one way of writing it.

    Raises:
        ValueError: It is none, or too many times.
    """
    try:
        times = times_of(reminder)
    except ValueError as error:
        raise ValueError('must be off, or times such as "08:00 19:30"') from error
    if any(each.second or each.tzinfo for each in times) or len(times) > MOST_TIMES:
        raise ValueError(f'must be off, or up to {MOST_TIMES} times such as "08:00 19:30"')
    return reminder_of(times)
