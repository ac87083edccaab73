"""What the reminder says, and when it is silent."""

from datetime import UTC, datetime, time

import pytest

from coreline.app.reminding import due, told
from coreline.programme.day import DayPlan
from coreline.programme.language import LANGUAGES, Language
from coreline.programme.life import Life
from coreline.programme.wording import Speaker
from lives import (
    CATALOGUE,
    PROGRAMME,
    SENTENCES,
    day,
    plan_on,
    somebody,
    trained,
    with_rest,
    with_skip,
)

PACE = PROGRAMME.pace
TIMES = (time(8, 0), time(19, 30))


def at(hour: int, minute: int = 0) -> datetime:
    first = day(1)
    return datetime(first.year, first.month, first.day, hour, minute, tzinfo=UTC)


def names(plan: DayPlan, now: datetime, times: tuple[time, ...] = TIMES) -> list[str]:
    return [item.exercise_id for item in due(plan, times, now, PACE)]


def whole(life: Life) -> list[str]:
    return [item.exercise_id for item in plan_on(life, 1).items]


def test_each_time_has_its_part_and_what_was_missed_before_comes_again() -> None:
    plan = plan_on(somebody(), 1)
    morning, evening = names(plan, at(8)), names(plan, at(19, 30))
    assert morning == whole(somebody())[: len(morning)]
    assert 0 < len(morning) < len(evening)
    assert evening == whole(somebody())
    assert names(plan, at(7)) == []


@pytest.mark.parametrize(("minute", "rings"), [(54, False), (55, True)])
def test_a_timer_may_be_a_little_early(minute: int, rings: bool) -> None:
    assert bool(names(plan_on(somebody(), 1), at(7, minute))) is rings


def test_just_before_midnight_is_still_today() -> None:
    assert names(plan_on(somebody(), 1), at(23, 58)) == whole(somebody())


def test_what_is_done_or_left_out_is_not_asked_for_again() -> None:
    assert names(plan_on(trained(somebody(), 1), 1), at(20)) == []
    skipped = whole(somebody())[0]
    assert skipped not in names(plan_on(with_skip(somebody(), 1, skipped), 1), at(20))
    part = plan_on(trained(somebody(), 1, share=0.5), 1)
    assert 0 < len(names(part, at(20))) < len(whole(somebody()))


def test_a_day_of_rest_is_silent() -> None:
    assert names(plan_on(with_rest(somebody(), 1, 2), 1), at(20)) == []


def test_asked_for_without_a_time_it_is_all_of_the_day() -> None:
    assert names(plan_on(somebody(), 1), at(3), ()) == whole(somebody())


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_names_each_exercise_once_and_the_minutes(language: Language) -> None:
    speaker = Speaker(SENTENCES, PROGRAMME, CATALOGUE, language)
    plan = plan_on(somebody(), 1)
    text = told(due(plan, TIMES, at(20), PACE), speaker, plan.level_id, PACE)
    exercises, minutes = text.split(" · ")
    assert exercises.split(", ") == [
        CATALOGUE.get(each).name.in_(language) for each in dict.fromkeys(whole(somebody()))
    ]
    assert str(round(plan.whole_s / 60)) in minutes
