"""A hold now against the person's own start: only where it is change by the rule."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.programme.change import Change, is_change_s
from coreline.programme.life import SetDone
from coreline.programme.since_start import DAYS, SinceStart, since_start

START = date(2026, 11, 2)
PLANK, RAISES = "w12-back-bridge", "w56-crunch"
HELD = st.floats(0.5, 120.0)


def day(number: int) -> date:
    return START + timedelta(days=number)


def a_set(
    number: int, held_s: float, asked_s: float = 60.0, *, n: int = 1, side: str | None = "left"
) -> SetDone:
    return SetDone(day(number), PLANK, side, n, held_s, asked_s)


def found(sets: list[SetDone], first: int = 0, last: int = 100) -> tuple[SinceStart, ...]:
    return since_start(sets, {PLANK}, day(first), day(last))


def test_the_first_days_against_the_last() -> None:
    sets = [a_set(number, held_s) for number, held_s in enumerate((10, 12, 14, 1, 30, 36, 42))]
    (one,) = found(sets)
    assert (one.start_s, one.now_s, one.change) == (12.0, 36.0, Change.LONGER)
    assert one.started == (day(0), day(1), day(2))
    assert one.now == (day(4), day(5), day(6))
    (back,) = found([a_set(number, each.done) for number, each in enumerate(reversed(sets))])
    assert back.change is Change.SHORTER


@pytest.mark.parametrize("now_s", [20.0, 26.0, 14.0])
def test_what_measuring_alone_would_do_is_not_told(now_s: float) -> None:
    assert found([a_set(n, 20.0 if n < DAYS else now_s) for n in range(2 * DAYS)]) == ()


def test_too_few_days_say_nothing() -> None:
    assert found([a_set(n, 10.0 if n < 2 else 60.0) for n in range(2 * DAYS - 1)]) == ()


def test_another_dose_is_another_start() -> None:
    easy = [a_set(n, 20.0, 20.0) for n in range(DAYS)]
    hard = [a_set(DAYS + n, 60.0) for n in range(DAYS)]
    assert found([*easy, *hard]) == ()
    later = [a_set(2 * DAYS + n, 20.0) for n in range(DAYS)]
    (one,) = found([*easy, *hard, *later])
    assert (one.started[0], one.change) == (day(DAYS), Change.SHORTER)


def test_only_sets_that_both_have_are_compared() -> None:
    """Who does but the first set now is not better for having left out the tiring ones."""
    start = [a_set(n, held_s, n=k) for n in range(DAYS) for k, held_s in ((1, 40.0), (2, 10.0))]
    now = [a_set(DAYS + n, 40.0) for n in range(DAYS)]
    assert found([*start, *now]) == ()


def test_days_outside_those_looked_at() -> None:
    sets = [a_set(n, 10.0 if n < DAYS else 40.0) for n in range(2 * DAYS)]
    assert len(found(sets, first=2 * DAYS - 1)) == 1
    assert found(sets, first=2 * DAYS) == ()
    assert found(sets, last=2 * DAYS - 2) == ()


def test_sides_are_told_apart_and_repetitions_have_no_rule() -> None:
    left = [a_set(n, 10.0 if n < DAYS else 40.0) for n in range(2 * DAYS)]
    right = [a_set(n, 30.0, side="right") for n in range(2 * DAYS)]
    raises = [SetDone(day(n), RAISES, None, 1, 3.0 + 4 * n, 30.0) for n in range(2 * DAYS)]
    assert [each.side for each in found([*left, *right, *raises])] == ["left"]


@given(st.lists(HELD, min_size=2 * DAYS, max_size=12))
def test_what_is_told_is_change_by_the_rule(held_s: list[float]) -> None:
    for each in found([a_set(number, one) for number, one in enumerate(held_s)]):
        assert is_change_s(each.start_s, each.now_s)
        assert (each.change is Change.LONGER) == (each.now_s > each.start_s)
        assert not set(each.started) & set(each.now)
