"""What was done, in numbers, worked out once more by hand."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.programme.done import NoScore
from coreline.programme.felt import PainOfDay
from coreline.programme.life import Life, SetDone
from coreline.programme.progress import Amount, Filters, History, history
from lives import (
    AFTER,
    BEFORE,
    CATALOGUE,
    PROGRAMME,
    day,
    somebody,
    trained,
    with_hurt,
    with_pain,
    with_rest,
    with_skip,
)


def so_far(life: Life, today: int, filters: Filters | None = None) -> History:
    return history(PROGRAMME, CATALOGUE, life, day(today), filters)


def of(found: History, exercise_id: str, side: str | None = None) -> Amount:
    (one,) = [e for e in found.exercises if (e.exercise_id, e.side) == (exercise_id, side)]
    return one.amount


def test_all_done_is_all_of_it() -> None:
    found = so_far(trained(somebody(), *range(1, 8)), 7)
    assert found.amount.share == 1
    assert found.amount.work.sets_asked == 7 * 18
    assert (found.trained_days, found.streak, found.longest_streak) == (7, 7, 7)
    assert found.amount.held_s == 7 * 18 * 30
    assert found.amount.best_s == 30
    assert found.amount.score.value == pytest.approx(90)


def test_nothing_done_is_nothing() -> None:
    found = so_far(somebody(), 3)
    assert found.amount.share == 0
    assert (found.trained_days, found.streak, found.amount.score.value) == (0, 0, None)
    assert so_far(somebody(), -5).days == ()


def test_a_missed_day_halves_what_was_done_of_two() -> None:
    found = so_far(trained(somebody(), 1), 3)  # day 3 is not over
    assert found.amount.share == pytest.approx(0.5)
    assert [each.amount.share for each in found.days] == [1, 0]


def test_parts_of_sets_count_and_more_than_asked_does_not() -> None:
    def one(done: float, set_number: int) -> SetDone:
        return SetDone(day(1), "w12-pelvic-curl", None, set_number, done, 30, 80)

    life = replace(somebody(), sets=(one(15, 1), one(60, 2)))
    amount = of(so_far(life, 2), "w12-pelvic-curl")
    assert (amount.work.sets_asked, amount.work.sets_done) == (3, 1.5)
    assert (amount.held_s, amount.best_s) == (75, 60)


def test_today_counts_when_it_is_done() -> None:
    assert so_far(trained(somebody(), 1, share=0.9), 1).amount.share is None
    assert so_far(trained(somebody(), 1), 1).amount.share == 1


def test_rest_and_pain_take_nothing_away() -> None:
    life = with_rest(trained(somebody(), 1), 2, 2)
    assert so_far(life, 4).amount.share == 1
    hurt = trained(with_skip(with_hurt(somebody(), 1, "w12-pelvic-curl"), 1, "w12-pelvic-curl"), 1)
    found = so_far(hurt, 2)
    assert found.amount.share == 1
    assert "w12-pelvic-curl" not in [each.exercise_id for each in found.exercises]


def test_what_was_left_out_by_choice_was_asked_for() -> None:
    life = trained(with_skip(somebody(), 1, "w12-pelvic-curl", for_pain=False), 1)
    assert of(so_far(life, 2), "w12-pelvic-curl").share == 0


def test_sides_have_their_own_share() -> None:
    life = trained(somebody(), 1)
    right = tuple(each for each in life.sets if each.side != "left")
    found = so_far(replace(life, sets=right), 2)
    assert of(found, "w12-side-bridge", "left").share == 0
    assert of(found, "w12-side-bridge", "right").share == 1


@pytest.mark.parametrize(
    ("filters", "ids", "days"),
    [
        (Filters(exercise_id="w12-side-bridge", side="left"), {"w12-side-bridge"}, 3),
        (Filters(side="right"), {"w12-side-bridge", "w12-back-bridge"}, 3),
        (Filters(first=day(2), last=day(2), exercise_id="w12-pelvic-curl"), {"w12-pelvic-curl"}, 1),
        (Filters(first=day(9)), set(), 0),
        (Filters(last=day(-3)), set(), 0),
    ],
)
def test_filters_leave_out_what_is_not_asked_about(
    filters: Filters, ids: set[str], days: int
) -> None:
    found = so_far(trained(somebody(), 1, 2, 3), 4, filters)
    assert {each.exercise_id for each in found.exercises} == ids
    assert len(found.days) == days
    assert found.streak == 3  # is what it is, whatever one looks at


def test_repetitions_and_holds_are_told_apart() -> None:
    found = so_far(trained(somebody(), 30), 31, Filters(first=day(30)))
    amount = of(found, "w56-crunch")
    assert (amount.count, amount.held_s, amount.best_s) == (90, 0, 0)


def test_the_line_score_weighs_sets_by_what_was_done_of_them() -> None:
    sets = (
        SetDone(day(1), "w12-pelvic-curl", None, 1, 30, 30, 90),
        SetDone(day(1), "w12-pelvic-curl", None, 2, 15, 30, 60),
        SetDone(day(1), "w12-pelvic-curl", None, 3, 30, 30, None),
    )
    score = of(so_far(replace(somebody(), sets=sets), 2), "w12-pelvic-curl").score
    assert score.value == pytest.approx((90 + 0.5 * 60) / 1.5)
    assert score.share == pytest.approx(0.5)
    of_day = so_far(replace(somebody(), sets=sets), 2).amount.score
    assert of_day.withheld is NoScore.TOO_LITTLE  # of all that the day asked for


def test_the_course_of_pain_is_the_first_before_and_the_last_after() -> None:
    life = somebody()
    for score, moment in ((3, BEFORE), (5, BEFORE), (4, AFTER), (2, AFTER)):
        life = with_pain(life, 1, score, moment)
    (first,) = so_far(with_hurt(life, 1, "w12-pelvic-curl"), 1).days
    assert first.pain == PainOfDay(3, 8, 2)


def test_an_exercise_that_is_gone_is_still_in_the_history() -> None:
    life = replace(somebody(), sets=(SetDone(day(1), "gone", None, 1, 12, 12, 70),))
    found = so_far(life, 2)
    assert found.exercises[-1].exercise_id == "gone"
    assert found.exercises[-1].amount.count == 12


def test_what_was_done_before_a_new_start_stays() -> None:
    life = trained(somebody(), 1, 2)
    again = replace(life, profile=replace(life.profile, start=day(20)))
    found = so_far(again, 20)
    assert found.trained_days == 2
    assert found.amount.share is None


# Streaks


def test_a_streak_goes_on_over_rests_and_until_today_is_over() -> None:
    life = with_rest(trained(somebody(), 1, 2, 3), 4, 2)
    life = trained(life, 6, 7)
    assert so_far(life, 7).streak == 5
    assert so_far(life, 8).streak == 5
    assert so_far(life, 9).streak == 0
    assert so_far(life, 9).longest_streak == 5


@given(st.sets(st.integers(1, 40)), st.integers(1, 45))
def test_streaks_are_runs_of_days(numbers: set[int], today: int) -> None:
    sets = tuple(SetDone(day(n), "w12-pelvic-curl", None, 1, 30, 30) for n in sorted(numbers))
    found = so_far(replace(somebody(), sets=sets), today)
    known = {n for n in numbers if n <= today}
    runs = [0]
    for number in range(1, today + 1):
        runs.append(runs[-1] + 1 if number in known else 0)
    assert found.longest_streak == max(runs)
    assert found.streak == (runs[-1] or runs[-2])
    assert found.trained_days == len(known)


@given(st.lists(st.tuples(st.integers(1, 20), st.floats(0, 1)), max_size=6))
def test_shares_are_shares_and_the_whole_is_the_sum_of_its_parts(
    days: list[tuple[int, float]],
) -> None:
    life = somebody()
    for number, share in days:
        life = trained(life, number, share=share)
    found = so_far(life, 21)
    amounts = [each.amount for each in found.exercises]
    assert all(each.share is None or 0 <= each.share <= 1 for each in amounts)
    assert sum(each.work.sets_asked for each in amounts) == found.amount.work.sets_asked
    assert sum(each.work.sets_done for each in amounts) == pytest.approx(
        found.amount.work.sets_done
    )
    assert sum(each.amount.held_s for each in found.days) == pytest.approx(found.amount.held_s)


def test_exercises_come_in_the_programme_s_order_and_left_before_right() -> None:
    found = so_far(trained(somebody(), *range(1, 29)), 28)
    keys = [(each.exercise_id, each.side or "") for each in found.exercises]
    order = {exercise_id: place for place, exercise_id in enumerate(CATALOGUE.ids)}
    assert keys == sorted(keys, key=lambda key: (order[key[0]], key[1]))
    assert sum(side == "right" for _, side in keys) >= 4
