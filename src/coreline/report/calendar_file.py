"""The plan as an iCalendar file with reminders; the one importer of `icalendar`.

Times are floating: eight o'clock is eight o'clock wherever the person is, in summer and in winter.
A day keeps its UID, so a plan that is imported again replaces what the calendar had of it, and a
day of training that became one of rest says so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event

from coreline.programme.day import DayKind, DayPlan, Item
from coreline.programme.items import session_s
from coreline.programme.parts import parts_of
from coreline.programme.plan import Plan
from coreline.programme.plan_words import plan_heading
from coreline.programme.spec import Pace
from coreline.programme.wording import Speaker

_PRODUCT = "-//Coreline//Training plan//EN"
_ROUNDED_TO_S = 300  # a calendar's block ends on five minutes


@dataclass(frozen=True, slots=True)
class Appointments:
    """When in the day the training is, in as many parts as there are times, and how it reminds.

    `pace` is how long things take; `remind_min` how many minutes before, None for no reminder.
    """

    times: tuple[time, ...]
    pace: Pace
    remind_min: int | None = 0

    def parts(self, day: DayPlan) -> Iterator[tuple[int, time, tuple[Item, ...]]]:
        """Yield the number, the time and the exercises of each part that has any."""
        times = sorted(set(self.times))
        parts = parts_of(day.items, len(times), self.pace)
        for number, (at, items) in enumerate(zip(times, parts, strict=True), 1):
            if items:
                yield number, at, items


def calendar_bytes(
    plan: Plan, profile_id: str, speaker: Speaker, when: Appointments, stamp: datetime
) -> bytes:
    """Return a plan as an iCalendar file.

    Args:
        plan: the weeks.
        profile_id: whose plan it is; it makes the UIDs, which are the same each time.
        speaker: puts it in the person's words.
        when: the times of day, at least one.
        stamp: when this was written, with its time zone.

    Raises:
        ValueError: There is no time of day.
    """
    if not when.times:
        raise ValueError("an appointment needs a time of day")
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", "Coreline")
    for day in plan.days:
        for event in _events(day, profile_id, speaker, when):
            event.add("dtstamp", stamp.astimezone(UTC))
            calendar.add_component(event)
    return bytes(calendar.to_ical())


def _events(day: DayPlan, profile_id: str, speaker: Speaker, when: Appointments) -> Iterator[Event]:
    """Yield the appointments of a day: one for each part of its training, one for a rest."""
    if day.kind is DayKind.REST:
        yield _rest(day, profile_id, speaker, when.times[0])
    elif day.items:
        for part in when.parts(day):
            yield _training(day, profile_id, speaker, when, part)


def _training(
    day: DayPlan,
    profile_id: str,
    speaker: Speaker,
    when: Appointments,
    part: tuple[int, time, Sequence[Item]],
) -> Event:
    number, at, items = part
    part_s = session_s(items, when.pace)
    event = _event(day.day, profile_id, number, at)
    level = speaker.level(day.level_id or "")
    event.add("summary", speaker.word("event", level=level))
    lines = [*_prescribed(day, speaker), *description(items, part_s, speaker)]
    event.add("description", "\n".join(lines))
    event.add("duration", _whole_blocks(part_s))
    event.add("categories", ["Coreline"])
    if when.remind_min is not None:
        event.add_component(_alarm(speaker, when.remind_min))
    return event


def _prescribed(day: DayPlan, speaker: Speaker) -> Iterator[str]:
    """Yield whose plan it is, and what they say, where it is one of a physiotherapist."""
    if day.plan.says_nothing:
        return
    yield plan_heading(day.plan, speaker)
    if day.plan.note:
        yield f"“{day.plan.note}”"


def _rest(day: DayPlan, profile_id: str, speaker: Speaker, at: time) -> Event:
    """Return what takes the place of a training: it blocks no time, and is silent."""
    event = _event(day.day, profile_id, 1, at)
    event.add("summary", f"Coreline: {speaker.text('kind.rest')}")
    event.add("description", "\n".join(speaker.say(why) for why in day.why))
    event.add("duration", timedelta(minutes=1))
    event.add("transp", "TRANSPARENT")
    return event


def _event(day: date, profile_id: str, number: int, at: time) -> Event:
    event = Event()
    event.add("uid", f"{day:%Y%m%d}-{number}-{profile_id}@coreline")
    event.add("dtstart", datetime.combine(day, at))  # without a zone: floating
    return event


def _alarm(speaker: Speaker, remind_min: int) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", speaker.word("reminder"))
    alarm.add("trigger", timedelta(minutes=-remind_min))
    return alarm


def description(items: Sequence[Item], whole_s: float, speaker: Speaker) -> list[str]:
    """Return what there is to do, a line an exercise, and how long it takes."""
    lines = [_line(sides, speaker) for sides in _by_exercise(items)]
    minutes = max(round(whole_s / 60), 1)
    return [*lines, speaker.word("about_minutes", minutes=minutes)]


def _by_exercise(items: Sequence[Item]) -> list[list[Item]]:
    grouped: dict[str, list[Item]] = {}
    for item in items:
        grouped.setdefault(item.exercise_id, []).append(item)
    return list(grouped.values())


def _line(items: Sequence[Item], speaker: Speaker) -> str:
    """Return an exercise with its dose, sides and surface."""
    first = items[0]
    sides = [speaker.word(item.side) for item in items if item.side is not None]
    details = [speaker.dose(first.dose), *([" + ".join(sides)] if sides else [])]
    details.append(speaker.word(first.surface))
    line = f"{speaker.exercise(first.exercise_id)}: {', '.join(details)}"
    return f"{line}. “{first.note}”" if first.note else line


def _whole_blocks(seconds: float) -> timedelta:
    """Return a duration rounded up to what a calendar shows well."""
    return timedelta(seconds=-(-seconds // _ROUNDED_TO_S) * _ROUNDED_TO_S)
