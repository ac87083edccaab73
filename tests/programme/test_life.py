"""Lives of 120 days: the schedule never contradicts the handout, and every day has an answer."""

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from life import WAYS, live
from tools.living import (
    CATALOGUE,
    EVENTS,
    HANDOUT,
    PROGRAMME,
    Living,
    complaints,
    level_of_day,
    person,
)

from coreline.programme.day import DayKind, DayPlan, OfferKind
from coreline.programme.life import Life
from coreline.programme.schedule import day_plan

DAYS = 120
LISTS = ("sets", "pains", "skips", "levels", "easier", "rests", "advice", "asked", "plans")
events = st.lists(st.sampled_from(sorted(EVENTS)), min_size=1, max_size=DAYS)


def happen(one: Living, names: list[str]) -> None:
    """Let something happen every day."""
    for name in names:
        EVENTS[name](one)
        one.ask()
        one.sleep()


@pytest.mark.parametrize("name", sorted(WAYS))
def test_a_way_to_live_never_meets_a_contradiction(name: str) -> None:
    one = live(WAYS[name], DAYS, level_by="readiness" if "readiness" in name else "date")
    assert one.complaints == []
    assert len(one.answers) >= DAYS


@given(events, st.sampled_from(["date", "readiness"]))
@settings(max_examples=20)
def test_whatever_happens_the_handout_holds(names: list[str], level_by: str) -> None:
    one = person(level_by=level_by)
    happen(one, names)
    assert one.complaints == []
    assert len(one.answers) >= len(names)


@given(events, st.integers(-800, 4000))
@settings(max_examples=15)
def test_every_day_has_an_answer_asked_for_at_any_time(names: list[str], number: int) -> None:
    one = person()
    happen(one, names[:40])
    day = date(2026, 2, 1) + timedelta(days=number)
    plan = day_plan(PROGRAMME, CATALOGUE, one.life, day)
    assert plan.why
    assert list(complaints(one.life, plan)) == []


@given(events, st.randoms(use_true_random=False))
@settings(max_examples=10)
def test_two_people_at_one_machine_do_not_meet(names: list[str], chance: random.Random) -> None:
    alone, beside, other = person("a"), person("a"), person("b", level_by="readiness")
    for name in names[:60]:
        EVENTS[name](alone)
        EVENTS[name](beside)
        happen(other, [chance.choice(sorted(EVENTS))])
    assert beside.life == alone.life
    assert beside.answers == alone.answers
    assert other.complaints == []


@given(events)
@settings(max_examples=15)
def test_the_past_does_not_change_with_what_comes_after(names: list[str]) -> None:
    one = person()
    happen(one, ["train" if "clock" in name else name for name in names[:40]])
    middle = one.life.profile.start + timedelta(days=15)
    known = until(one.life, middle)
    plan = day_plan(PROGRAMME, CATALOGUE, one.life, middle)
    assert plan == day_plan(PROGRAMME, CATALOGUE, known, middle)


def until(life: Life, day: date) -> Life:
    """The life as far as it had come on a day."""
    known: dict[str, Any] = {
        name: tuple(each for each in getattr(life, name) if each.day <= day) for name in LISTS
    }
    return replace(life, **known)


@given(events)
@settings(max_examples=10)
def test_the_order_of_the_journal_gives_an_answer_too(names: list[str]) -> None:
    """A journal hands out its rows in order of days, whatever the clock did when they were kept."""
    one = person()
    happen(one, names[:40])
    ordered: dict[str, Any] = {
        name: tuple(sorted(getattr(one.life, name), key=lambda each: each.day)) for name in LISTS
    }
    life = replace(one.life, **ordered)
    plan = day_plan(PROGRAMME, CATALOGUE, life, one.today)
    assert list(complaints(life, plan)) == []


def test_clocks_that_change_for_summer_and_winter_leave_the_days_alone() -> None:
    """29 March and 25 October 2026 have 23 and 25 hours where summer time is kept."""
    one = person(start=date(2026, 3, 20))
    while one.today < date(2026, 11, 2):
        one.accept(0, OfferKind.NEXT_LEVEL)
        plan = one.ask()
        assert plan.level_id == level_of_day((one.today - date(2026, 3, 20)).days)
        one.sleep()
    assert one.complaints == []


def test_a_leap_day_is_a_day() -> None:
    one = person(start=date(2028, 2, 20))
    plans: list[DayPlan] = []
    for _ in range(15):
        one.accept(0, OfferKind.NEXT_LEVEL)
        plans.append(one.ask())
        one.sleep()
    assert [plan.day.day for plan in plans][9:11] == [29, 1]
    assert [plan.level_id for plan in plans] == ["w12"] * 14 + ["w34"]


def test_a_day_that_comes_twice_keeps_what_was_done_of_it() -> None:
    one = person()
    one.train(0.5)
    one.sleep(1)
    one.train()
    one.sleep(-1)
    plan = one.ask()
    assert sum(item.sets_done for item in plan.items) == 9
    one.train()
    assert one.ask().complete


def test_the_check_itself_finds_what_is_against_the_handout() -> None:
    """The rules written out by hand are worth something only if they can be broken."""
    life, day = person().life, date(2026, 2, 3)
    plan = day_plan(PROGRAMME, CATALOGUE, life, day)
    assert list(complaints(life, plan)) == []
    broken = [
        replace(plan, items=plan.items[1:]),
        replace(plan, items=plan.items[::-1]),
        replace(plan, level_id="w34"),
        replace(plan, kind=DayKind.REST),
        replace(plan, week=2),
        replace(plan, why=()),
        replace(plan, missed=None),
        replace(plan, items=(replace(plan.items[0], side="left"), *plan.items[1:])),
        day_plan(PROGRAMME, CATALOGUE, life, day + timedelta(days=30)),
    ]
    broken[-1] = replace(broken[-1], day=day)
    for each in broken:
        assert list(complaints(life, each)), each


def test_the_handout_s_table_here_and_the_catalogue_agree() -> None:
    assert [each[0] for level in HANDOUT.values() for each in level] == list(CATALOGUE.ids)
