"""Two against one another: the numbers, what their difference means, and the drawings."""

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coreline.judging.moments import Moment
from coreline.programme.language import LANGUAGES, Language
from coreline.report.accuracy import accuracy_of
from coreline.report.axis import Place
from coreline.report.charts import BendChart
from coreline.report.compare import Compared, Rule, compare_table
from coreline.report.compare_page import _page, by_sides, in_both, render_comparison
from coreline.report.model import Analysis
from coreline.report.overlay import overlay_of
from coreline.report.tables import Table
from coreline.report.wording import Wording
from report_records import (
    CATALOGUE,
    PLANK,
    RAISES,
    WORDS,
    a_hold,
    a_plank,
    a_reading,
    a_repetition,
    a_roll,
    an_analysis,
    changed,
    recorded,
)

W = Wording(WORDS, "en")
NUMBER = r"-?(?:\d+(?:\.\d)?|\.\d)"


def held(clock_s: float, bend_deg: float = 2.0, number: int = 1) -> Analysis:
    """Return a set of the plank that was held so long, its line so far from the neutral."""
    hold = replace(a_hold(0.0, clock_s), mean_bend_deg=bend_deg, worst_bend_deg=bend_deg)
    readings = [a_reading(float(second), bend_deg) for second in range(int(clock_s) + 1)]
    return an_analysis(
        set_number=number, holds=(hold,), readings=readings, done=clock_s, prescribed=30.0
    )


def table_of(
    first: Sequence[Analysis], second: Sequence[Analysis], rule: Rule = Rule.CHANGE
) -> dict[str, tuple[str, ...]]:
    """Return the table by the names of its rows."""
    exercise = CATALOGUE.get(first[0].record.exercise_id)
    table: Table = compare_table(exercise, (first, second), rule, W)
    plain = str.maketrans("\u00a0\u2212", " -")
    return {
        row.cells[0].text: tuple(
            text.translate(plain)
            for text in (*(cell.text for cell in row.cells[1:]), row.cells[0].more)
        )
        for row in table.rows
    }


# Numbers


@pytest.mark.parametrize(
    ("first_s", "second_s", "rule", "gap", "meaning"),
    [
        (30.0, 20.0, Rule.CHANGE, "-10.0 s", "a change: more than 30 s or 30 %"),
        (30.0, 21.0, Rule.CHANGE, "-9.0 s", "no change: measuring alone differs"),
        (120.0, 151.0, Rule.CHANGE, "+31.0 s", "a change"),
        (30.0, 30.0, Rule.CHANGE, "0.0 s", "no change"),
        (30.0, 25.0, Rule.SIDES, "-5.0 s", "a difference: 10 s or 15 % and more"),
        (30.0, 26.0, Rule.SIDES, "-4.0 s", "no difference"),
    ],
)
def test_hold_times_have_the_rule_of_what_is_compared(
    first_s: float, second_s: float, rule: Rule, gap: str, meaning: str
) -> None:
    row = table_of([held(first_s)], [held(second_s)], rule)["Held, a set"]
    assert row[:3] == (f"{first_s} s", f"{second_s} s", gap)
    assert row[3].startswith(meaning)


def test_a_line_differs_only_by_more_than_the_error_of_two_readings() -> None:
    """Each of the two is off by itself: together by the root of two as much as one."""
    accuracy = accuracy_of(PLANK)
    assert accuracy is not None
    between = accuracy.between_deg
    assert accuracy.within_deg < between < 2 * accuracy.within_deg
    same = table_of([held(30.0, -3.0)], [held(30.0, between - 3.1)])["Body line, average"]
    other = table_of([held(30.0, -3.0)], [held(30.0, between - 2.9)])["Body line, average"]
    assert same[3] == f"within the error of the measurement (± {between}°), no conclusion"
    assert other[3] == f"more than the error of the measurement (± {between}°)"
    assert other[2] == f"{between + 0.1:.1f}° lower"


@settings(max_examples=20)
@given(st.floats(6.0, 200.0), st.floats(6.0, 200.0), st.floats(-30.0, 30.0))
def test_the_other_way_round_every_difference_is_the_other_way_round(
    first_s: float, second_s: float, bend_deg: float
) -> None:
    there = table_of([held(first_s)], [held(second_s, bend_deg)])
    back = table_of([held(second_s, bend_deg)], [held(first_s)])
    turned = str.maketrans("+-", "-+")
    for name, (first, second, gap, _) in there.items():
        assert back[name][:2] == (second, first)
        if "°" not in gap:
            assert back[name][2] == gap.translate(turned)


def test_where_there_is_no_rule_nothing_is_concluded() -> None:
    few = an_analysis(RAISES, side="left", repetitions=(a_repetition(1),))
    many = an_analysis(RAISES, side="left", repetitions=tuple(map(a_repetition, range(1, 31))))
    rows = table_of([few], [many])
    assert rows["Counted, a set"] == ("1.0", "30.0", "+29.0", "no rule, no conclusion")
    assert rows["At the top, average"][3] == "no rule, no conclusion"
    assert "Line score" not in table_of([a_roll()], [a_roll()])


def test_a_set_more_is_not_held_longer() -> None:
    rows = table_of([held(30.0)], [held(30.0, number=n) for n in (1, 2, 3)])
    assert rows["Held, a set"][2] == "0.0 s"


def test_faults_are_told_a_set_the_most_frequent_first() -> None:
    once = recorded(PLANK)
    rows = table_of([once], [once, changed(once, set_number=2, faults=())])
    low = next(row for name, row in rows.items() if name.startswith("Hips too low"))
    assert low == ("1.0", "0.5", "-0.5", "no rule, no conclusion")


# What belongs together


def test_only_what_both_have_is_compared_and_the_rest_is_named() -> None:
    first = Compared("A", (recorded(PLANK), a_roll(), an_analysis("w56-crunch")))
    second = Compared("B", (recorded(RAISES), recorded(PLANK)))
    assert in_both(first, second) == [(PLANK, None)]  # of the crunch nothing was done
    page = render_comparison((first, second), CATALOGUE, WORDS, "en")
    assert "Only in A: Log roll." in page
    assert f"Only in B: {CATALOGUE.get(RAISES).name.en}" in page


def test_the_sides_of_one_session_are_compared_as_two() -> None:
    raises = recorded(RAISES)
    sets = [changed(raises, side=side) for side in ("left", "right")] + [recorded(PLANK)]
    left, right = by_sides(sets, W)
    assert (left.name, right.name) == ("Left", "Right")
    assert in_both(left, right) == [(RAISES, None)]


# Charts


def test_all_charts_of_an_exercise_have_the_same_axes() -> None:
    short, long = a_plank(minutes=0.2), a_plank(minutes=1.0)
    late = changed(recorded(PLANK), set_number=1)
    for both in ((short, long), (long, late)):
        compared = (Compared("A", both[:1]), Compared("B", both[1:]))
        page = _page(compared, CATALOGUE, W, (Rule.CHANGE, "", 900))
        (pair,) = page.exercises[0].charts
        first, second = pair.first.chart, pair.second.chart
        assert isinstance(first, BendChart)
        assert isinstance(second, BendChart)
        assert first.x_ticks == second.x_ticks
        assert first.y_ticks == second.y_ticks
        assert first.band == second.band
        for chart in (first, second):
            places = [place for line in chart.lines for place in line]
            assert all(chart.left <= x <= chart.right for x, _ in places)
            # It begins at once, whenever the set did.
            assert min(x for x, _ in places) == pytest.approx(chart.left, abs=6.0)


# Drawings

COORDINATE = st.floats(-1.2, 1.2)
POINT = st.tuples(COORDINATE, COORDINATE)


@st.composite
def moments(draw: st.DrawFn) -> Moment:
    """Draw somebody whose line was seen, and of the rest this and that."""
    line = (11, 23, 25, 27)
    points = [draw(POINT) if joint in line else draw(st.none() | POINT) for joint in range(33)]
    return Moment(0.0, 3.0, tuple(points), line)


def read(path: str) -> list[Place]:
    """Return the places that a path of several lines goes through, as a browser reads it."""
    places = []
    for part in filter(None, path.split("M")):
        start, _, steps = part.partition("l")
        x, y = map(float, re.findall(NUMBER, start))
        places.append((x, y))
        numbers = [float(each) for each in re.findall(NUMBER, steps)]
        for across, down in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + across, y + down
            places.append((x, y))
    return places


@settings(max_examples=40)
@given(moments(), moments())
def test_both_lie_within_the_drawing_and_begin_together(first: Moment, second: Moment) -> None:
    overlay = overlay_of(first, second)
    for each in (overlay.first, overlay.second):
        for x, y in (*read(each.line), *read(each.limbs)):
            assert -0.2 <= x <= overlay.width + 0.7
            assert -0.2 <= y <= overlay.height + 0.7
    mine, other = read(overlay.first.line), read(overlay.second.line)
    assert mine[0] == pytest.approx(other[0], abs=0.11)
    # Whoever lay the other way is turned.
    if abs(mine[-1][0] - mine[0][0]) > 0.5 and abs(other[-1][0] - other[0][0]) > 0.5:
        assert (mine[-1][0] > mine[0][0]) is (other[-1][0] > other[0][0])


def test_a_moment_over_itself_mirrored_is_the_same_drawing() -> None:
    moment = recorded(PLANK).record.best
    assert moment is not None
    points = tuple(None if each is None else (-each[0], each[1]) for each in moment.points)
    overlay = overlay_of(moment, replace(moment, points=points))
    mine, other = (np.array(read(each.limbs)) for each in (overlay.first, overlay.second))
    assert mine == pytest.approx(other, abs=0.11)


# The page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_cannot_say_anything_to_the_browser(language: Language) -> None:
    bad = "<script>alert(1)</script>"
    both = (Compared(bad, (recorded(PLANK),)), Compared("B", (recorded(PLANK),)))
    page = render_comparison(both, CATALOGUE, WORDS, language, heading=bad)
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "http" not in page.replace("http-equiv", "")


def test_the_same_sessions_give_the_same_page_of_less_than_a_megabyte() -> None:
    sets = [
        changed(a_plank(minutes=2.0, fps=15.0), set_number=number, exercise_id=name)
        for name in (PLANK, "w12-side-bridge", "w34-superman")
        for number in range(1, 11)
    ]
    both = (Compared("A", tuple(sets)), Compared("B", tuple(sets)))
    page = render_comparison(both, CATALOGUE, WORDS, "en")
    assert len(page.encode()) < 1_000_000
    assert page == render_comparison(both, CATALOGUE, WORDS, "en")
