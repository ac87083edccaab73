"""A life by the day: which choice is in force, and when one rests."""

from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from coreline.programme.diary import Diary, Rest
from coreline.programme.life import Life
from lives import day, somebody, with_easier, with_level, with_pain, with_rest

LEVELS = ("w12", "w34", "w56", "adv")


def rest_of(life: Life, number: int) -> tuple[int, int] | None:
    rest = Diary(life).rest_on(day(number))
    if rest is None:
        return None
    return (rest.first - day(0)).days, (rest.last - day(0)).days


def test_a_rest_begins_on_the_day_it_is_chosen_and_lasts_its_days() -> None:
    life = with_rest(somebody(), 5, 3)
    assert [rest_of(life, number) for number in (4, 5, 7, 8)] == [None, (5, 7), (5, 7), None]


def test_the_last_word_counts_longer_shorter_or_over() -> None:
    longer = with_rest(with_rest(somebody(), 5, 3), 7, 3)
    assert rest_of(longer, 9) == (5, 9)
    assert rest_of(with_rest(longer, 8, 0), 8) is None
    assert Diary(with_rest(longer, 8, 0)).rests_until(day(20)) == [Rest(day(5), day(7))]
    assert rest_of(with_rest(with_rest(somebody(), 5, 10), 6, 1), 7) is None


def test_what_is_chosen_later_is_not_known_before() -> None:
    life = with_rest(with_rest(somebody(), 5, 3), 7, 0)
    assert rest_of(life, 6) == (5, 7)
    assert rest_of(life, 7) is None


@given(st.lists(st.tuples(st.integers(1, 40), st.integers(0, 14)), max_size=8))
def test_one_rests_exactly_while_the_last_choice_lasts(rests: list[tuple[int, int]]) -> None:
    life = somebody()
    for number, days in rests:
        life = with_rest(life, number, days)
    diary = Diary(life)
    for number in range(1, 60):
        known = [each for each in rests if each[0] <= number]
        expected = bool(known) and number - known[-1][0] < known[-1][1]
        assert (diary.rest_on(day(number)) is not None) is expected
        kept = diary.rests_until(day(number))
        assert all(one.last + timedelta(days=1) < other.first for one, other in pairwise(kept))


def test_a_level_of_another_programme_is_passed_over() -> None:
    life = with_level(with_level(somebody(), 3, "w34"), 4, "gone")
    choices = Diary(life).level_choices(day(9), LEVELS)
    assert [each.level_id for each in choices] == ["w34"]


def test_the_start_cuts_off_the_choices_before_it() -> None:
    life = with_easier(with_level(somebody(start=day(10)), 9, "w34"), 9, "a", "b")
    assert Diary(life).level_choices(day(12), LEVELS) == []
    assert Diary(life).instead_of("a", day(12)) == "a"


def test_replacements_follow_one_another_and_never_go_round_for_ever() -> None:
    life = with_easier(with_easier(somebody(), 2, "a", "b"), 3, "b", "c")
    assert [Diary(life).instead_of("a", day(number)) for number in (1, 2, 3)] == ["a", "b", "c"]
    assert Diary(with_easier(life, 4, "c", "a")).instead_of("a", day(4)) == "c"
    assert Diary(with_easier(life, 4, "a", "a")).instead_of("a", day(4)) == "a"


def test_answers_come_in_order_of_days_whatever_the_clock_did() -> None:
    life = with_pain(with_pain(with_pain(somebody(), 5, 1), 3, 2), 5, 3)
    assert [each.score for each in Diary(life).pains_until(day(5))] == [2, 1, 3]
    assert [each.score for each in Diary(life).pains_until(day(4))] == [2]
