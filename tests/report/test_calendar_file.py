"""The calendar: what is in it, when it rings, and that another program can read it."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from coreline.programme.language import LANGUAGES, Language
from coreline.programme.life import Life
from coreline.programme.plan import plan
from coreline.programme.wording import Speaker
from coreline.report.calendar_file import Appointments, calendar_bytes
from lives import CATALOGUE, PROGRAMME, SENTENCES, START, day, somebody, with_level, with_rest

STAMP = datetime(2026, 11, 1, 9, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))
PACE = PROGRAMME.pace
MORNING = Appointments((time(8, 0),), PACE)


def written(
    life: Life,
    weeks: int = 8,
    when: Appointments = MORNING,
    *,
    first: date = START,
    language: Language = "nl",
) -> bytes:
    speaker = Speaker(SENTENCES, PROGRAMME, CATALOGUE, language)
    found = plan(PROGRAMME, CATALOGUE, life, first, weeks)
    return calendar_bytes(found, life.profile.id, speaker, when, STAMP)


def events(content: bytes) -> list[Event]:
    return [each for each in Calendar.from_ical(content).walk("VEVENT") if isinstance(each, Event)]


def begin(event: Event) -> datetime:
    """When an appointment begins; one of a whole day would not do."""
    found = event.start
    assert isinstance(found, datetime)
    return found


def said(event: Event, key: str) -> str:
    return str(event[key])


def test_every_day_of_training_has_its_appointment_and_its_reminder() -> None:
    found = events(written(somebody()))
    assert [begin(each) for each in found] == [
        datetime.combine(day(number), time(8, 0)) for number in range(1, 57)
    ]
    assert all(len(each.alarms.times) == 1 for each in found)


def test_the_calendar_s_own_rules_are_kept() -> None:
    content = written(somebody(), 2)
    calendar = Calendar.from_ical(content)
    assert calendar.errors == []
    assert b"VERSION:2.0\r\n" in content
    assert b"PRODID:-//Coreline//" in content
    for event in events(content):
        assert event.errors == []
        assert said(event, "UID")
        stamped = event.DTSTAMP
        assert stamped == datetime(2026, 11, 1, 8, 30, tzinfo=UTC)
    lines = content.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_times_are_the_person_s_own_in_summer_and_in_winter() -> None:
    """No zone and no UTC mark: eight o'clock on the days before and after the clocks change."""
    content = written(somebody(start=date(2026, 3, 20)), 34, first=date(2026, 3, 20))
    found = events(content)
    assert all(begin(each).tzinfo is None for each in found)
    assert {begin(each).time() for each in found} == {time(8, 0)}
    assert {date(2026, 3, 29), date(2026, 10, 25)} <= {begin(each).date() for each in found}
    assert b"TZID" not in content
    starts = [line for line in content.split(b"\r\n") if line.startswith(b"DTSTART")]
    assert not any(line.endswith(b"Z") for line in starts)


def test_a_day_keeps_its_name_and_nobody_else_has_it() -> None:
    first, again = events(written(somebody())), events(written(with_level(somebody(), 1, "w34")))
    assert [said(each, "UID") for each in first] == [said(each, "UID") for each in again]
    assert len({said(each, "UID") for each in first}) == len(first)
    other = events(written(somebody(id="q")))
    assert not {said(each, "UID") for each in first} & {said(each, "UID") for each in other}


def test_a_rest_takes_the_place_of_the_training_in_silence() -> None:
    before, after = events(written(somebody(), 1)), events(written(with_rest(somebody(), 3, 2), 1))
    assert [said(each, "UID") for each in before] == [said(each, "UID") for each in after]
    rest = after[2]
    assert said(rest, "SUMMARY") == "Coreline: rust"
    assert said(rest, "TRANSP") == "TRANSPARENT"
    assert "2026" in said(rest, "DESCRIPTION")
    assert len(rest.alarms.times) == 0
    assert said(after[4], "SUMMARY") == said(before[4], "SUMMARY")


def test_before_the_start_there_is_nothing() -> None:
    assert events(written(somebody(), 1, first=day(-9))) == []


@pytest.mark.parametrize(("number", "minutes"), [(1, 25), (15, 25), (29, 70), (43, 65)])
def test_the_appointment_is_as_long_as_the_training(number: int, minutes: int) -> None:
    found = events(written(somebody()))[number - 1]
    assert found.duration == timedelta(minutes=minutes)


def test_a_session_in_parts_has_an_appointment_for_each() -> None:
    when = Appointments((time(19, 30), time(8, 0)), PACE, remind_min=15)
    found = events(written(somebody(), 1, when))
    assert [begin(each).time() for each in found[:2]] == [time(8, 0), time(19, 30)]
    assert len(found) == 14
    assert len({said(each, "UID") for each in found}) == 14
    assert found[0].duration == timedelta(minutes=15)
    (alarm,) = found[1].alarms.times
    assert alarm.trigger == datetime(2026, 11, 1, 19, 15)  # noqa: DTZ001


def test_each_part_says_its_own_exercises_and_minutes_and_together_they_are_the_day() -> None:
    both = (time(8, 0), time(19, 30))
    whole, split = (
        events(written(somebody(), 1, Appointments(times, PACE))) for times in (both[:1], both)
    )
    *exercises, _ = said(whole[0], "DESCRIPTION").split("\n")
    told = [said(each, "DESCRIPTION").split("\n") for each in split[:2]]
    assert [*told[0][:-1], *told[1][:-1]] == exercises
    assert all(len(lines) > 1 for lines in told)
    minutes = [int(word) for lines in told for word in lines[-1].split() if word.isdigit()]
    blocks = [each.duration.total_seconds() / 60 for each in split[:2]]
    for block, told_min in zip(blocks, minutes, strict=True):
        assert told_min - 0.5 <= block < told_min + 5.5
    assert sum(minutes) == pytest.approx(whole[0].duration.total_seconds() / 60, abs=5.0)


def test_without_a_reminder_nothing_rings() -> None:
    found = events(written(somebody(), 1, Appointments((time(8, 0),), PACE, None)))
    assert not any(each.alarms.times for each in found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_what_to_do_in_the_person_s_language(language: Language) -> None:
    life = somebody(on_ball=frozenset({"w12-side-bridge"}))
    first = events(written(life, 1, language=language))[0]
    expected = {
        "nl": ("Coreline: 1e en 2e week", "Zijbrug: 3 x 30 seconden, links + rechts, bal"),
        "en": ("Coreline: Weeks 1 and 2", "Side bridge: 3 x 30 seconds, left + right, ball"),
    }[language]
    assert said(first, "SUMMARY") == expected[0]
    assert expected[1] in said(first, "DESCRIPTION").split("\n")


def test_a_plan_needs_a_time_of_day() -> None:
    with pytest.raises(ValueError, match="time of day"):
        written(somebody(), 1, Appointments((), PACE))


@given(
    st.integers(1, 12),
    st.sets(st.times().map(lambda t: t.replace(second=0, microsecond=0)), min_size=1, max_size=3),
    st.one_of(st.none(), st.integers(0, 1440)),
)
@settings(max_examples=12)
def test_what_is_written_reads_back(weeks: int, times: set[time], remind: int | None) -> None:
    found = events(written(somebody(), weeks, Appointments(tuple(times), PACE, remind)))
    assert len(found) == weeks * 7 * len(times)
    assert {begin(each).time() for each in found} == times
