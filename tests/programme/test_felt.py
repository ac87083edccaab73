"""Pain is compared like with like: before and after within a day, before and before over days."""

from hypothesis import given
from hypothesis import strategies as st

from coreline.programme.diary import Diary
from coreline.programme.felt import PainOfDay, hurt_on, pain_of_day, pain_over_days
from coreline.programme.life import Life, PainMoment, PainNoted
from lives import AFTER, BEFORE, DURING, RULES, day, somebody, with_hurt, with_pain, with_skip


def noted(number: int, moment: PainMoment, score: int, exercise: str | None = None) -> PainNoted:
    return PainNoted(day(number), moment, score, (), exercise)


def test_of_a_day_the_first_before_the_worst_during_and_the_last_after_count() -> None:
    answers = [
        noted(1, BEFORE, 5),
        noted(1, DURING, 7, "w56-crunch"),
        noted(1, AFTER, 3),
        noted(1, BEFORE, 4),  # of a second session
        noted(1, DURING, 2, "w56-crunch"),
        noted(1, AFTER, 1),
    ]
    assert pain_of_day(answers) == PainOfDay(5, 7, 1)
    assert pain_of_day([]) == PainOfDay(None, None, None)


def test_from_day_to_day_before_is_set_against_before_whatever_was_felt_after() -> None:
    answers = [noted(1, BEFORE, 5), noted(1, AFTER, 2), noted(9, BEFORE, 4), noted(9, AFTER, 0)]
    both = pain_over_days(answers)
    assert both is not None
    assert (both.first.score, both.last.score) == (5, 4)
    assert (both.first.day, both.last.day) == (day(1), day(9))


def test_one_day_is_no_course() -> None:
    assert pain_over_days([noted(1, BEFORE, 5), noted(1, BEFORE, 3), noted(2, AFTER, 0)]) is None


some = st.builds(
    noted,
    st.integers(1, 5),
    st.sampled_from([BEFORE, AFTER]),
    st.integers(0, 10),
)


@given(st.lists(some, max_size=12))
def test_what_is_compared_answers_the_same_question(
    answers: list[PainNoted],
) -> None:
    answers = sorted(answers, key=lambda each: each.day)
    both = pain_over_days(answers)
    days = {each.day for each in answers if each.moment is BEFORE}
    assert (both is None) == (len(days) < 2)
    if both is not None:
        assert both.first.moment is both.last.moment is BEFORE
        assert (both.first.day, both.last.day) == (min(days), max(days))


def test_a_day_hurt_when_something_was_left_out_for_it_or_should_have_been() -> None:
    def hurt(life: Life) -> bool:
        return hurt_on(Diary(life), day(1), RULES)

    assert not hurt(with_pain(somebody(), 1, RULES.hurts_badly_from - 1))
    assert hurt(with_pain(somebody(), 1, RULES.hurts_badly_from))
    assert hurt(with_hurt(somebody(), 1, "w12-pelvic-curl"))
    assert hurt(with_skip(somebody(), 1, "w12-pelvic-curl"))
    assert not hurt(with_skip(somebody(), 1, "w12-pelvic-curl", for_pain=False))
