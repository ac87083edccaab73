"""The form over sets and days: the commonest fault, the sides, and who tires."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coreline.data_files import load_programme
from coreline.judging.events import Fault, Reading, Repetition, State
from coreline.programme.language import LANGUAGES, Language
from coreline.programme.tiring import Ends, Measure
from coreline.report.form import FormOf, SetForm, form_of, forms_of
from coreline.report.form_words import days_listed, tiring_lines, trouble_cell
from coreline.report.model import Analysis
from coreline.report.numbers import Tally, most_frequent, tally_of
from coreline.report.weeks import FORM_WEEKS, WeeksReport, form_days, weeks_report, with_form
from coreline.report.weeks_form import sides_table, standing_out, tiring_table
from coreline.report.weeks_page import weeks_page
from coreline.report.wording import Wording
from report_records import (
    CATALOGUE,
    PLANK,
    RAISES,
    WORDS,
    a_hold,
    a_life,
    a_reading,
    a_repetition,
    an_analysis,
    many_refused,
)

START = date(2026, 11, 2)
EN = Wording(WORDS, "en")
CODES = st.sampled_from(["sag", "pike", "head", "not_seen", "knee_bent"])
TALLIES = st.builds(
    Tally,
    st.dictionaries(CODES, st.integers(1, 9)),
    st.dictionaries(CODES, st.integers(1, 9)),
    st.dictionaries(CODES, st.floats(0, 60)),
)


def day(number: int) -> date:
    return START + timedelta(days=number)


def a_sinking_plank(
    sinks_deg: float, *, held_s: float = 30.0, seen: float = 1.0, fps: int = 10, **changes: Any
) -> Analysis:
    """Return a hold in which the line sinks evenly; what was not seen lies at its end."""
    frames = int(held_s * fps)
    readings = [_reading(n, frames, sinks_deg, seen, fps) for n in range(frames)]
    hold = a_hold(0.0, held_s)
    return an_analysis(neutral_deg=7.0, holds=(hold,), readings=readings, **changes)


def _reading(number: int, frames: int, sinks_deg: float, seen: float, fps: int) -> Reading:
    share = number / frames
    state = State.GOOD if share < seen else State.UNSEEN
    return a_reading(number / fps, sinks_deg * share, state)


def raises(heights_deg: Sequence[float], *reasons: str) -> Analysis:
    """Return a set of repetitions of such heights, each taking longer on its way up."""
    repetitions = tuple(
        _repetition(number, height_deg, reasons) for number, height_deg in enumerate(heights_deg)
    )
    return an_analysis(RAISES, side="left", repetitions=repetitions)


def _repetition(number: int, height_deg: float, reasons: Sequence[str]) -> Repetition:
    each = a_repetition(number + 1, *reasons)
    return replace(each, peak_deg=height_deg, top_s=each.start_s + 0.5 + 0.05 * number)


def summed(*analyses: Analysis, on: int = 0) -> FormOf:
    (form,) = forms_of(form_of(each, day(on)) for each in analyses)
    return form


# Within a set


def test_a_line_that_sinks_does_so_from_the_first_third_to_the_last() -> None:
    found = form_of(a_sinking_plank(9.0), START).within[Measure.LINE]
    assert (found.first, found.last) == pytest.approx((1.5, 7.5), abs=0.05)


@pytest.mark.parametrize("fps", [5, 15, 30, 60])
def test_it_does_not_go_by_the_number_of_pictures(fps: int) -> None:
    found = form_of(a_sinking_plank(9.0, fps=fps), START).within[Measure.LINE]
    assert found.change == pytest.approx(6.0, abs=0.1)


@pytest.mark.parametrize(
    "analysis",
    [
        a_sinking_plank(9.0, held_s=14.0),  # a third of it would be a scrap
        a_sinking_plank(9.0, seen=0.7),
        a_sinking_plank(9.0, done=9.0),
        an_analysis(holds=(a_hold(),)),  # no readings are left
        raises([60.0] * 5),
        raises([60.0] * 9),  # too few of the thirty that are asked for
        many_refused(30),
        an_analysis("w56-crunch"),
    ],
)
def test_of_too_little_nothing_is_said(analysis: Analysis) -> None:
    assert form_of(analysis, START).within == {}


def test_repetitions_get_lower_and_slower() -> None:
    found = form_of(raises([60.0 - number for number in range(12)]), START).within
    assert found[Measure.HEIGHT] == Ends(58.5, 50.5)
    assert found[Measure.UP].change == pytest.approx(0.4)
    assert found[Measure.LINE].change == 0.0


def test_a_repetition_that_was_not_seen_has_no_height() -> None:
    seen, unseen = raises([60.0] * 12).repetitions, raises([10.0] * 2, "not_seen").repetitions
    both = an_analysis(RAISES, side="left", repetitions=(*seen, *unseen))
    found = form_of(both, START)
    assert Measure.HEIGHT not in found.within  # half of the last third is not known
    assert found.means[Measure.HEIGHT] == 60.0


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(20, 80), min_size=10, max_size=20))
def test_backwards_the_thirds_change_places(heights_deg: list[float]) -> None:
    forth = form_of(raises(heights_deg), START).within[Measure.HEIGHT]
    back = form_of(raises(heights_deg[::-1]), START).within[Measure.HEIGHT]
    assert (back.first, back.last) == pytest.approx((forth.last, forth.first))


# Over the sets of a day


def held(set_number: int, held_s: float, **changes: Any) -> Analysis:
    return an_analysis(set_number=set_number, holds=(a_hold(0.0, held_s),), **changes)


def test_the_first_set_of_a_day_against_its_last() -> None:
    found = summed(held(1, 30.0), held(2, 25.0), held(3, 12.0))
    assert found.over[Measure.AMOUNT] == Ends(30.0, 12.0)
    assert summed(held(1, 30.0)).over == {}


def test_who_stops_because_it_hurts_does_not_tire() -> None:
    found = summed(held(1, 30.0), held(2, 25.0), held(3, 2.0, skipped_for_pain=True))
    assert found.over[Measure.AMOUNT] == Ends(30.0, 25.0)


def test_several_tries_of_a_set_are_one() -> None:
    found = summed(held(1, 30.0), held(2, 12.0), held(2, 8.0))
    assert found.over[Measure.AMOUNT] == Ends(30.0, 20.0)
    assert found.sets == 2


def test_days_are_averaged_and_never_mixed() -> None:
    forms = [form_of(held(n, s), day(d)) for d, n, s in ((0, 1, 30.0), (0, 2, 20.0), (1, 1, 10.0))]
    (found,) = forms_of(forms)
    assert found.over[Measure.AMOUNT] == Ends(30.0, 20.0)


# What goes wrong


@given(TALLIES, TALLIES)
def test_tallies_add_up_whichever_comes_first(one: Tally, other: Tally) -> None:
    both = one + other
    assert both == other + one
    for code in both.codes:
        assert both.faults.get(code, 0) == one.faults.get(code, 0) + other.faults.get(code, 0)
        assert both.times(code) <= one.times(code) + other.times(code)
    assert (both.commonest is None) == (one.commonest is None and other.commonest is None)
    assert one + Tally() == one


@given(TALLIES)
def test_the_commonest_is_named_before_what_is_nobodys(tally: Tally) -> None:
    if tally.commonest is None:
        assert tally.codes == ()
        return
    _, code = tally.commonest
    others = [each for each in tally.codes if each != "not_seen"]
    assert code in (others or ["not_seen"])
    assert all(tally.times(each) <= tally.times(code) for each in others)


def test_a_session_and_some_weeks_name_the_same() -> None:
    sets = [a_faulty_plank("sag", "sag", "head"), a_faulty_plank("head")]
    fault = most_frequent(sets)
    assert fault is not None
    assert tally_of(sets).commonest == (fault.table, fault.code)
    (form,) = forms_of(form_of(each, START) for each in sets)
    assert form.tally.times(fault.code) == fault.times


def a_faulty_plank(*codes: str) -> Analysis:
    faults = tuple(Fault(code, 2.0 * n, 2.0 * n + 1.5) for n, code in enumerate(codes))
    return an_analysis(holds=(replace(a_hold(), faults=faults),), faults=faults)


def test_the_commonest_fault_has_the_days_on_which_it_was_seen() -> None:
    sets = {0: ["sag", "sag"], 1: ["head"], 2: ["sag"], 4: [], 5: ["sag", "head"]}
    (form,) = forms_of(form_of(a_faulty_plank(*codes), day(n)) for n, codes in sets.items())
    assert form.days == (day(0), day(2), day(5))
    cell = trouble_cell(form, EN)
    assert (cell.text, cell.more) == ("hips too low 4\u00d7", "2, 4, 7 November")
    assert trouble_cell(summed(a_faulty_plank()), EN).text == "nothing"
    assert trouble_cell(None, EN).text == "\u2013"


def test_a_hold_that_is_let_go_of_is_that_before_any_fault() -> None:
    scraps = tuple(a_hold(4.0 * n, 4.0 * n + 1.5) for n in range(25))
    form = summed(an_analysis(holds=scraps, done=0.0))
    assert trouble_cell(form, EN).text == "let go 25\u00d7"
    assert form.days == (START,)


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ([0], "2 November"),
        ([0, 1, 2, 4], "2\u20134, 6 November"),
        ([0, 27, 28, 29, 30], "2, 29\u201330 November; 1\u20132 December"),
        (range(0, 20, 2), "10 days, the last on 20 November"),
    ],
)
def test_days_in_few_words(numbers: Iterable[int], told: str) -> None:
    assert days_listed([day(number) for number in numbers], EN) == told


@given(st.sets(st.integers(0, 60), min_size=1))
def test_no_day_is_named_that_is_none(numbers: set[int]) -> None:
    told = days_listed([day(number) for number in sorted(numbers)], EN)
    last = day(max(numbers))
    assert told.endswith(EN.day_and_month(last))


# In words


def test_what_a_session_says_of_tiring() -> None:
    sinking = a_sinking_plank(18.0, side="left")
    forms = forms_of(form_of(each, START) for each in (sinking, replace_set(sinking, 2)))
    within, over, key = tiring_lines(forms, CATALOGUE.get(PLANK), EN)
    assert "First third of a set → last third: line 3°\u00a0low → 15°\u00a0low (more than" in within
    assert within.startswith("Left side to the camera.")
    assert "First set → last set: held 30.0 → 30.0\u00a0s" in over
    assert "no rule" in key


def replace_set(analysis: Analysis, set_number: int) -> Analysis:
    return replace(analysis, record=replace(analysis.record, set_number=set_number))


def test_a_session_of_too_little_says_nothing_of_tiring() -> None:
    assert tiring_lines([summed(held(1, 9.0))], CATALOGUE.get(PLANK), EN) == ()


def weeks_of(*forms: SetForm) -> WeeksReport:
    life = a_life(14, START)
    report = weeks_report(load_programme(), CATALOGUE, life, day(13), 2)
    return with_form(report, forms)


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_some_weeks_only_what_a_rule_makes_of_it_stands_out(language: Language) -> None:
    w = Wording(WORDS, language)
    calm = [form_of(a_sinking_plank(2.0, side=side), START) for side in ("left", "right")]
    quiet = standing_out(weeks_of(*calm), CATALOGUE, w)
    assert not any(word in line for line in quiet for word in ("sink", "zakken"))
    low = replace(calm[1], bend_deg_s=calm[1].bend_s * 14.0)
    report = weeks_of(form_of(a_sinking_plank(12.0, side="left"), START), low)
    lines = standing_out(report, CATALOGUE, w)
    assert sum("8°" in line for line in lines) == 1
    assert sum("14°" in line for line in lines) == 1
    (row,) = [
        each for each in sides_table(report, CATALOGUE, w).rows if "14°" in each.cells[2].text
    ]
    assert "±" in row.cells[4].text
    assert len(tiring_table(report, CATALOGUE, w).rows) == 2


def test_without_its_sets_nothing_is_said_of_the_form() -> None:
    life = a_life(14, START)
    report = weeks_report(load_programme(), CATALOGUE, life, day(13), 2)
    page = weeks_page(report, CATALOGUE, EN)
    assert page.tiring.rows == ()
    assert {each.cells[4].text for each in page.exercises.rows} == {"\u2013"}


def test_of_many_weeks_the_form_is_of_the_last() -> None:
    first, last = form_days(day(700), 100)
    assert (last - first).days + 1 == 7 * FORM_WEEKS
    life = a_life(14, START)
    report = weeks_report(load_programme(), CATALOGUE, life, day(700), 100)
    page = weeks_page(with_form(report, ()), CATALOGUE, EN)
    assert any(f"since {EN.day_and_month(first)}" in rule for rule in page.rules)
