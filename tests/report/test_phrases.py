"""BandLimits, results and gaps in the report's words."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.programme.spec import Exercise
from coreline.report.charts import BandLimits
from coreline.report.phrases import (
    amount,
    band_limits,
    both_ways,
    dose,
    good_band,
    in_line_band,
    refused,
    shortfall,
    side_name,
    without_score,
)
from coreline.report.wording import Wording
from report_records import (
    CATALOGUE,
    PLANK,
    RAISES,
    ROLL,
    SOURCE,
    WORDS,
    a_hold,
    a_repetition,
    an_analysis,
)

ENGLISH, DUTCH = Wording(WORDS, "en"), Wording(WORDS, "nl")


def limits(
    high: float = -5.0, low: float = 5.0, fault_high: float = -10.0, fault_low: float = 10.0
) -> BandLimits:
    return BandLimits(high, low, fault_high, fault_low, "pike", "sag")


@pytest.mark.parametrize(("exercise_id", "set_asks"), [(PLANK, 30.0), (RAISES, 30.0), (ROLL, 10.0)])
def test_a_set_asks_for_seconds_repetitions_or_turns(exercise_id: str, set_asks: float) -> None:
    assert amount(CATALOGUE.get(exercise_id)) == set_asks


def test_a_dose_is_said_with_its_numbers() -> None:
    said = [dose(CATALOGUE.get(each), ENGLISH) for each in (PLANK, RAISES, ROLL)]
    numbers = [[part for part in text.split() if part.isdigit()] for text in said]
    assert numbers == [["3", "30"], ["3", "30", "2"], ["3", "10"]]


@pytest.mark.parametrize(
    ("good", "fault", "ends"),
    [
        ((-5.0, 5.0), (-10.0, 10.0), (-9.0, 9.0)),
        ((-4.0, 8.0), (-10.0, 20.0), (-8.8, 17.6)),
        ((-5.0, 5.0), (-10.0, 1e9), (-9.0, 5.0)),  # no fault on a side: its good limit stands
        ((-5.0, 5.0), (-180.0, 10.0), (-5.0, 9.0)),
        ((-5.0, 5.0), (-179.0, 10.0), (-144.2, 9.0)),
    ],
)
def test_in_line_ends_where_the_judging_ends_it(
    good: tuple[float, float], fault: tuple[float, float], ends: tuple[float, float]
) -> None:
    assert in_line_band(limits(*good, *fault), ENGLISH) == both_ways(*ends, ENGLISH)


def test_alike_limits_are_one_number_and_others_two() -> None:
    assert good_band(limits(), ENGLISH) == both_ways(-5.0, 5.0, ENGLISH) == "5°"
    assert good_band(limits(high=-4.0), ENGLISH).count("°") == 2


@given(st.floats(1.0, 179.0))
def test_a_side_without_a_limit_is_not_given_a_number(low_deg: float) -> None:
    for no_limit_deg in (-180.0, -1e9):
        assert both_ways(no_limit_deg, low_deg, ENGLISH) == ENGLISH.bend(low_deg)


def test_the_band_shown_is_that_of_the_line() -> None:
    exercise = CATALOGUE.get(PLANK)
    assert band_limits(exercise) == limits()
    assert band_limits(exercise.model_copy(update={"judging": None})) is None


@pytest.mark.parametrize(
    ("exercise", "key"),
    [
        (CATALOGUE.get(RAISES), "side.left_leg"),
        (CATALOGUE.get("w12-side-bridge"), "side.left_side"),
    ],
)
def test_a_side_has_the_name_of_what_works(exercise: Exercise, key: str) -> None:
    for wording in (ENGLISH, DUTCH):
        assert side_name("left", exercise, wording) == wording.word(key)
        assert side_name(None, exercise, wording) == ""


def test_only_what_did_not_count_was_refused() -> None:
    tried = [
        a_repetition(1),
        a_repetition(2, "no_tap"),
        a_repetition(3),
        a_repetition(4, "too_low"),
    ]
    assert refused(tried) == 2


def test_the_parts_without_a_score_are_named() -> None:
    holds = (a_hold(), a_hold(40.0, 60.0, None), replace(a_hold(70.0, 80.0, None), reasons=("x",)))
    assert without_score(an_analysis(holds=holds), ENGLISH) == [f"{ENGLISH.word('word.hold')} 2"]
    unscored = [replace(a_repetition(each), line_score=None) for each in (2, 5)]
    one = an_analysis(RAISES, repetitions=(a_repetition(1), unscored[0]))
    assert without_score(one, ENGLISH) == [f"{ENGLISH.word('word.repetition')} 2"]
    two = an_analysis(RAISES, repetitions=tuple(unscored))
    (said,) = without_score(two, ENGLISH)
    assert said.startswith(ENGLISH.word("word.repetitions"))
    assert said.endswith(ENGLISH.listed(["2", "5"]))


def test_a_recording_that_was_read_to_its_end_is_not_said_to_be_short() -> None:
    whole = replace(SOURCE, frames_expected=600, frames_read=600)
    assert shortfall(whole, ENGLISH) == ""
    assert shortfall(replace(whole, frames_read=601), ENGLISH) == ""
    assert shortfall(replace(whole, frames_expected=None), ENGLISH) == ""
    said = shortfall(replace(whole, frames_read=599), ENGLISH)
    assert "599" in said
    assert "600" in said
