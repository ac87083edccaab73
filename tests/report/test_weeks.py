"""Many sessions on one page: adherence, hold times, sides and pain, by the rules."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.data_files import load_programme
from coreline.programme.change import Change
from coreline.programme.language import LANGUAGES, Language
from coreline.programme.life import AdviceGiven, Life, PainMoment, PainNoted, SetDone, Skipped
from coreline.report.timeline import timeline
from coreline.report.weeks import WeeksReport, bins_of, weeks_report
from coreline.report.weeks_page import render_weeks
from report_records import CATALOGUE, NAMES, WORDS, a_life

PROGRAMME = load_programme()
START = date(2026, 11, 2)
BRIDGE, SIDE = "w12-belly-bridge", "w12-side-bridge"


def report_of(life: Life, today: date, weeks: int = 2) -> WeeksReport:
    return weeks_report(PROGRAMME, CATALOGUE, life, today, weeks)


def text_of(report: WeeksReport, language: Language = "en") -> str:
    source = render_weeks(report, CATALOGUE, WORDS, language)
    bare = re.sub(r"<style>.*?</style>|<[^>]*>", " ", source, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(bare))


def held(exercise_id: str, days: Sequence[tuple[int, float]], side: str | None = None) -> Life:
    """Return a life in which an exercise was held for so long on some days."""
    sets = tuple(
        SetDone(START + timedelta(days=day), exercise_id, side, 1, held_s, 30.0, 90.0)
        for day, held_s in days
    )
    return replace(a_life(0, START), sets=sets)


def test_what_was_done_of_what_was_asked() -> None:
    life = a_life(14, START)
    found = report_of(life, START + timedelta(days=13))
    assert (found.days_trained, found.days) == (12, 14)
    work = found.history.amount.work
    asked, done = work.sets_asked, work.sets_done
    per_day = len({(s.exercise_id, s.side, s.set_number) for s in life.sets})
    assert asked == 13 * per_day  # today may still be done
    # Right sides were done for 80 %, and two days were missed, today among them.
    lefts = sum(s.side != "right" for s in life.sets)
    assert done == pytest.approx(lefts + 0.8 * (len(life.sets) - lefts))
    text = text_of(found)
    assert "12 of 14 days" in text
    assert work.sets_whole == lefts
    assert f"{lefts} of {asked} sets in full" in text


def test_only_the_weeks_asked_for_are_looked_at() -> None:
    life = a_life(14, START)
    found = report_of(life, START + timedelta(days=13), weeks=1)
    assert (found.first, found.days, found.days_trained) == (START + timedelta(days=7), 7, 6)
    assert found.pain_before is not None
    assert found.pain_before.first.day == START + timedelta(days=7)


@pytest.mark.parametrize(
    ("before_s", "after_s", "change"),
    [
        (20.0, 26.0, Change.NONE),
        (20.0, 26.1, Change.LONGER),
        (20.0, 13.9, Change.SHORTER),
        (200.0, 231.0, Change.LONGER),
        (200.0, 230.0, Change.NONE),
    ],
)
def test_a_hold_time_changes_by_the_rules(before_s: float, after_s: float, change: Change) -> None:
    life = held(BRIDGE, [(0, before_s), (6, before_s), (7, after_s), (13, after_s)])
    found = report_of(life, START + timedelta(days=13))
    (bridge,) = [each for each in found.exercises if each.exercise == BRIDGE]
    assert (bridge.amount.before, bridge.amount.after) == pytest.approx((before_s, after_s))
    assert bridge.change is change
    said = {"longer": "longer", "shorter": "shorter", "none": "none that can be told"}[change]
    assert f"s {said}" in text_of(found)


def test_half_of_the_time_alone_is_no_change() -> None:
    found = report_of(held(BRIDGE, [(12, 30.0)]), START + timedelta(days=13))
    (bridge,) = [each for each in found.exercises if each.exercise == BRIDGE]
    assert bridge.change is None
    assert "\u2013 → 30.0 s" in text_of(found)


@pytest.mark.parametrize(
    ("left_s", "right_s", "weaker"),
    [(30.0, 30.0, None), (30.0, 26.0, None), (30.0, 25.0, "right"), (25.0, 30.0, "left")],
)
def test_sides_differ_by_the_rules(left_s: float, right_s: float, weaker: str | None) -> None:
    left = held(SIDE, [(0, left_s)], "left")
    life = replace(left, sets=(*left.sets, *held(SIDE, [(0, right_s)], "right").sets))
    found = report_of(life, START + timedelta(days=13))
    (side,) = found.sides
    assert (side.exercise, side.weaker) == (SIDE, weaker)
    said = f"{weaker} side holds less" if weaker else "no difference to speak of"
    assert said in text_of(found)


def test_repetitions_have_no_rule() -> None:
    life = a_life(42, START)
    found = report_of(life, START + timedelta(days=41))
    raises = [each for each in found.exercises if not each.holds]
    assert raises
    assert {each.change for each in raises} == {None}
    both = [each for each in found.sides if not each.holds]
    assert [each.weaker for each in both] == [None] * 3
    assert text_of(found).count(" no rule ") == len(raises) + len(both)


def test_sides_of_another_dose_are_not_compared() -> None:
    left, right = held(SIDE, [(0, 20.0)], "left").sets, held(SIDE, [(0, 30.0)], "right").sets
    life = replace(a_life(0, START), sets=(replace(left[0], prescribed=20.0), *right))
    assert report_of(life, START + timedelta(days=13)).sides == ()


def test_a_hold_now_is_told_against_the_start_in_one_sentence() -> None:
    days = [(0, 10.0), (1, 12.0), (2, 14.0), (40, 30.0), (41, 30.0), (42, 30.0)]
    found = report_of(held(BRIDGE, days), START + timedelta(days=42), weeks=1)
    told = (
        "Supine bridge (Weeks 1 and 2): longer than at the start, 12.0 s → 30.0 s a set"
        " (2\u20134 November → 12\u201314 December)."
    )
    assert told in text_of(found)
    same = report_of(held(BRIDGE, [(day, 12.0) for day, _ in days]), START + timedelta(days=42))
    assert "than at the start" not in text_of(same)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rules_and_what_it_is_not_are_on_the_page(language: Language) -> None:
    text = text_of(report_of(a_life(14, START), START + timedelta(days=13)), language)
    assert "30 s" in text
    assert "30 %" in text
    assert "10 s" in text
    assert "15 %" in text
    assert WORDS.say("sentence.no_diagnosis", language) in text


def test_pain_skips_and_advice_are_told() -> None:
    life = replace(
        a_life(14, START),
        skips=(
            Skipped(START, BRIDGE, None, for_pain=True),
            Skipped(START + timedelta(days=1), BRIDGE, None, for_pain=True),
            Skipped(START, SIDE, "left", for_pain=False),
        ),
        advice=(AdviceGiven(START + timedelta(days=3)),),
    )
    worst = PainNoted(START + timedelta(days=2), PainMoment.DURING, 8, (), SIDE)
    text = text_of(report_of(replace(life, pains=(*life.pains, worst)), START + timedelta(13)))
    assert "Pain before training, first → last day 4 → 3" in text
    assert "The most pain noted: 8 of 10, Side bridge (Weeks 1 and 2), on Wednesday 4" in text
    assert "Left out because of pain: Supine bridge (Weeks 1 and 2) (2\u00d7)." in text
    assert "given on Thursday 5 November 2026" in text
    assert "contact the sports physician" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_life_in_which_nothing_happened(language: Language) -> None:
    life = a_life(0, START, name=NAMES[-2])
    for today in (START, START - timedelta(days=40), date(9999, 12, 30)):
        source = render_weeks(report_of(life, today, 1), CATALOGUE, WORDS, language)
        assert "<script" not in source
        assert "&lt;script&gt;" in source


def test_an_exercise_that_is_gone_keeps_its_numbers() -> None:
    life = held("no-longer-there", [(0, 10.0)], "left")
    text = text_of(report_of(life, START + timedelta(days=13)))
    assert "no-longer-there left 0 of 0 10.0 → \u2013" in text


def test_ten_years_are_a_small_page() -> None:
    """One set a day; a full life of ten years is in benchmarks/report.py."""
    life = held(BRIDGE, [(day, 30.0) for day in range(3650)])
    found = report_of(life, START + timedelta(days=3649), weeks=522)
    source = render_weeks(found, CATALOGUE, WORDS, "en")
    assert found.days == 3650
    assert len(found.bins) <= 60
    assert len(source.encode()) < 100_000
    assert "November 2026" in source


def test_the_same_weeks_give_the_same_bytes() -> None:
    pages = {
        render_weeks(report_of(a_life(14, START), START + timedelta(13)), CATALOGUE, WORDS, "nl")
        for _ in range(2)
    }
    assert len(pages) == 1


# The drawing


@given(st.integers(1, 5000))
def test_every_day_is_in_one_piece_and_they_are_few(length: int) -> None:
    last = START + timedelta(days=length - 1)
    bins = bins_of((), START, last)
    assert len(bins) <= 60
    assert (bins[0].first, bins[-1].last) == (START, last)
    for before, after in pairwise(bins):
        assert after.first == before.last + timedelta(days=1)


def test_pieces_are_averages_and_what_is_missing_breaks_the_line() -> None:
    found = report_of(a_life(14, START), START + timedelta(days=13))
    assert [each.pain_before for each in found.bins[:8]] == [4, 4, 4, 4, 4, 4, None, 3]
    chart = timeline(found.bins)
    assert chart is not None
    assert [len(run) for run in chart.before] == [6, 6]
    assert len(chart.bars) == 13  # today may still be done
    assert all(box[0] >= chart.left for box in chart.bars)
    assert chart.bars[-1][0] + chart.bars[-1][2] <= chart.right
    assert timeline(()) is None


def test_more_pain_is_drawn_higher() -> None:
    found = report_of(a_life(14, START), START + timedelta(days=13))
    chart = timeline(found.bins)
    assert chart is not None
    (first, *_), (later, *_) = chart.before
    assert first[1] < later[1]
