"""Paths, bars and stick figures: where things are, and in how few signs."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.judging.moments import Moment
from coreline.report.axis import Place, boxes_path, line_path
from coreline.report.bars import repetitions_chart, sides_chart
from coreline.report.figures import figure_of
from report_records import PLANK, RAISES, a_repetition, recorded

COORDINATE = st.floats(-999.0, 999.0)
NUMBER = r"-?(?:\d+(?:\.\d)?|\.\d)"


def read(path: str) -> list[Place]:
    """Return the places that a path of one line goes through, as a browser reads it."""
    start, _, steps = path.partition("l")
    x, y = map(float, re.findall(NUMBER, start))
    places = [(x, y)]
    numbers = [float(each) for each in re.findall(NUMBER, steps)]
    assert "".join(re.findall(NUMBER, steps)) == steps.replace(" ", "")
    for across, down in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + across, y + down
        places.append((x, y))
    return places


@given(st.lists(st.tuples(COORDINATE, COORDINATE), min_size=1, max_size=30))
def test_a_path_goes_where_its_places_are(places: list[Place]) -> None:
    for found, place in zip(read(line_path(places)), places, strict=True):
        assert found == pytest.approx(place, abs=0.051)


def test_boxes_are_closed() -> None:
    assert boxes_path([(1.0, 2.5, 3.0, 0.5)]) == "M1 2.5h3v.5h-3z"
    assert boxes_path([]) == ""


# A set, repetition by repetition


def test_bars_stand_on_the_ground_and_tell_the_refused() -> None:
    repetitions = recorded(RAISES).repetitions
    chart = repetitions_chart(repetitions, 2.0)
    assert chart is not None
    assert (len(chart.counted), len(chart.refused)) == (3, 4)
    assert (len(chart.dots), len(chart.crosses)) == (3, 4)
    for _, top, _, height in (*chart.counted, *chart.refused):
        assert top + height == pytest.approx(chart.held.bottom, abs=0.1)
    assert chart.held.target is not None
    assert sum(box[1] < chart.held.target for box in (*chart.counted, *chart.refused)) == 6
    assert repetitions_chart([], 2.0) is None


def test_the_higher_is_drawn_higher_and_the_longer_way_longer() -> None:
    chart = repetitions_chart(recorded(RAISES).repetitions, 2.0)
    assert chart is not None
    heights = sorted((*chart.dots, *chart.crosses))
    assert min(range(7), key=lambda at: heights[at][1]) == 4  # that rises to 1°, the others to -7°
    for _, top, _, height in chart.ways:
        assert top < chart.middle < top + height


@pytest.mark.parametrize("count", [1, 12, 13, 30, 180, 400])
def test_any_number_of_repetitions_fits(count: int) -> None:
    chart = repetitions_chart([a_repetition(n) for n in range(1, count + 1)], 2.0)
    assert chart is not None
    assert len(chart.counted) == count
    assert chart.counted[0][0] >= chart.left
    assert chart.counted[-1][0] + chart.counted[-1][2] <= chart.right
    assert 1 <= len(chart.x_ticks) <= 13
    assert all(b.place - a.place > 14.0 for a, b in pairwise(chart.x_ticks))
    assert len(chart.counted_path) < 20 * count


def test_a_top_that_was_never_reached_has_no_tempo() -> None:
    never = replace(a_repetition(1, "too_low"), top_s=None)
    chart = repetitions_chart([never], 2.0)
    assert chart is not None
    assert chart.ways == ()


# Left against right


def test_each_side_has_its_bar_and_what_is_missing_none() -> None:
    chart = sides_chart([(1, [("left", 30.0), ("right", 15.0)]), (2, [("right", 30.0)])], 30.0)
    assert chart is not None
    assert [(bar.side, bar.value) for bar in chart.bars] == [
        ("left", 30.0),
        ("right", 15.0),
        ("right", 30.0),
    ]
    tall, half, _ = (bar.box[3] for bar in chart.bars)
    assert tall == pytest.approx(2.0 * half, abs=0.2)
    assert chart.bars[0].box[1] == chart.panel.target
    assert sides_chart([], 30.0) is None


@pytest.mark.parametrize("count", [1, 3, 100])
def test_any_number_of_sets_fits(count: int) -> None:
    sets = [(n, [("left", 30.0), ("right", 20.0)]) for n in range(1, count + 1)]
    chart = sides_chart(sets, 30.0)
    assert chart is not None
    assert all(bar.box[2] > 0.0 for bar in chart.bars)
    assert chart.bars[-1].box[0] + chart.bars[-1].box[2] <= chart.right + 4.0


# Stick figures


def moments(name: str) -> tuple[Moment, Moment]:
    best, worst = recorded(name).record.best, recorded(name).record.worst
    assert best is not None
    assert worst is not None
    return best, worst


@pytest.mark.parametrize("name", [PLANK, RAISES, "w12-side-bridge", "w34-superman"])
def test_a_figure_lies_within_its_drawing(name: str) -> None:
    best, worst = moments(name)
    for moment in (best, worst):
        figure = figure_of(moment, "left", best)
        for place in read(figure.line):
            assert 0.0 <= place[0] <= figure.width
            assert 0.0 <= place[1] <= figure.floor
        assert figure.floor <= figure.height
        assert figure.head is not None
        assert len(read(figure.line)) == 3


def test_the_own_line_is_laid_over_where_the_figure_s_begins() -> None:
    best, worst = moments(PLANK)
    figure = figure_of(worst, "left", best)
    assert read(figure.own)[0] == read(figure.line)[0]
    assert read(figure.own)[1] != read(figure.line)[1]
    assert figure_of(best, "left").own == ""


def test_a_line_that_lies_the_other_way_is_not_laid_over() -> None:
    best, worst = moments(PLANK)
    mirrored = tuple(None if each is None else (-each[0], each[1]) for each in best.points)
    turned = Moment(best.t_s, best.bend_deg, mirrored, best.line)
    assert figure_of(worst, "left", turned).own == ""


def test_a_head_that_was_not_seen_is_not_drawn() -> None:
    best, _ = moments(PLANK)
    hidden = Moment(best.t_s, best.bend_deg, (*[None] * 11, *best.points[11:]), best.line)
    assert figure_of(hidden, None).head is None
