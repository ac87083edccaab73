"""What goes along when something is taken back, and the life that is left."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.programme.life import (
    AdviceGiven,
    EasierChosen,
    LevelChosen,
    Life,
    PainMoment,
    PainNoted,
    RestChosen,
    Skipped,
)
from coreline.programme.pain import advice_after
from coreline.programme.undo import Happened, goes_along, is_consequence, rests_chosen, without
from lives import (
    AFTER,
    BEFORE,
    PROGRAMME,
    RULES,
    day,
    plan_on,
    somebody,
    trained,
    with_advice,
    with_hurt,
    with_pain,
    with_rest,
    with_skip,
)

EXERCISES = ("w12-back-bridge", "w12-side-bridge")
BAD, MARKED = RULES.hurts_badly_from, RULES.marked_from
DAYS = st.integers(1, 20)
OVERALL = st.builds(
    lambda number, moment, score: PainNoted(day(number), moment, score),
    DAYS,
    st.sampled_from([BEFORE, AFTER]),
    st.integers(0, 10),
)
IN_EXERCISES = st.builds(
    lambda number, score, exercise: PainNoted(day(number), PainMoment.DURING, score, (), exercise),
    DAYS,
    st.integers(0, 10),
    st.sampled_from(EXERCISES),
)
CHOICES = st.one_of(
    st.builds(lambda number, days: RestChosen(day(number), days), DAYS, st.integers(0, 5)),
    st.builds(lambda number: LevelChosen(day(number), "weeks-3-4"), DAYS),
    st.builds(lambda number: EasierChosen(day(number), *EXERCISES), DAYS),
    st.builds(
        lambda number, exercise: Skipped(day(number), exercise, None, for_pain=False),
        DAYS,
        st.sampled_from(EXERCISES),
    ),
)
NOTES = st.one_of(OVERALL, IN_EXERCISES, CHOICES)
_LISTS = {PainNoted: "pains", RestChosen: "rests", LevelChosen: "levels"}
_LISTS |= {EasierChosen: "easier", Skipped: "skips", AdviceGiven: "advice"}


def noted(life: Life, note: Happened) -> tuple[Life, list[Happened]]:
    """Return the life with a note, and with what the program writes because of it."""
    written: list[Happened] = [note]
    if isinstance(note, PainNoted):
        advice = advice_after(PROGRAMME, life, note)
        if advice.skip_id is not None:
            written.append(Skipped(note.day, advice.skip_id, None, for_pain=True))
        if advice.contact is not None and advice.contact.aloud:
            written.append(AdviceGiven(note.day))
    for each in written:
        name = _LISTS[type(each)]
        changed: dict[str, Any] = {name: (*getattr(life, name), each)}
        life = replace(life, **changed)
    return life, written


@given(st.lists(NOTES, max_size=10), NOTES)
def test_noted_and_taken_back_is_the_life_before(before: list[Happened], last: Happened) -> None:
    life = trained(somebody(), 2, share=0.4)
    for note in sorted(before, key=lambda each: each.day):
        life, _ = noted(life, note)
    after, written = noted(life, last)
    along = goes_along(PROGRAMME, after, [last])
    left = without(after, [last, *along])
    # Advice that was due already before this answer, and not given yet, was given all the same.
    stood = [each for each in written[1:] if each not in along]
    assert all(isinstance(each, AdviceGiven) for each in stood)
    assert without(left, stood) == life


def test_an_exercise_that_did_not_hurt_after_all_comes_back() -> None:
    life = with_skip(with_hurt(somebody(), 1, "w12-back-bridge", BAD), 1, "w12-back-bridge")
    along = goes_along(PROGRAMME, life, life.pains)
    assert along == life.skips
    left = without(life, [*life.pains, *along])
    assert left == somebody()
    assert plan_on(left, 1) == plan_on(somebody(), 1)


def test_one_that_still_hurts_by_another_answer_stays_out() -> None:
    life = with_hurt(with_hurt(somebody(), 1, "w12-back-bridge", BAD), 1, "w12-back-bridge", 10)
    life = with_skip(life, 1, "w12-back-bridge")
    assert goes_along(PROGRAMME, life, life.pains[1:]) == ()
    assert goes_along(PROGRAMME, life, life.pains) == life.skips
    twice = with_skip(life, 1, "w12-back-bridge")
    assert goes_along(PROGRAMME, twice, life.pains[1:]) == life.skips


def test_another_exercise_or_day_or_one_left_out_by_choice_stays_out() -> None:
    life = with_hurt(somebody(), 1, "w12-back-bridge", BAD)
    life = with_skip(with_skip(life, 1, "w12-side-bridge"), 2, "w12-back-bridge")
    life = with_skip(life, 1, "w12-back-bridge", for_pain=False)
    assert goes_along(PROGRAMME, life, life.pains) == ()


def test_the_advice_goes_with_the_answer_that_called_for_it_and_with_that_alone() -> None:
    life = with_pain(somebody(), 1, MARKED)
    lasting = 1 + RULES.lasting_days
    life = with_advice(with_pain(life, lasting, MARKED), lasting)
    assert goes_along(PROGRAMME, life, life.pains[:1]) == life.advice
    assert goes_along(PROGRAMME, life, life.pains[1:]) == life.advice
    again = with_pain(life, lasting, MARKED, AFTER)
    assert goes_along(PROGRAMME, again, again.pains[1:2]) == ()


def test_of_several_alike_the_last_one_goes() -> None:
    life = with_pain(with_pain(with_pain(somebody(), 1, 3), 1, 5), 1, 3)
    assert [each.score for each in without(life, life.pains[:1]).pains] == [3, 5]
    with pytest.raises(ValueError, match="not in"):
        without(somebody(), life.pains)


def test_what_the_program_wrote_by_itself_is_a_consequence() -> None:
    life = with_skip(with_hurt(somebody(), 1, "w12-back-bridge", BAD), 1, "w12-back-bridge")
    life = with_skip(life, 1, "w12-side-bridge")
    assert [is_consequence(life, each) for each in life.skips] == [True, False]
    assert is_consequence(life, AdviceGiven(day(1)))
    assert not is_consequence(life, life.pains[0])


def test_a_rest_that_was_chosen_that_day_is_told_of() -> None:
    life = with_pain(somebody(), 1, MARKED)
    assert rests_chosen(with_rest(life, 1, 3), life.pains[0])
    assert not rests_chosen(with_rest(with_rest(life, 1, 0), 2, 3), life.pains[0])
