"""Where the line of the body's bend lies, with its band, marks and gaps."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.judging.events import Fault, Hold, Repetition, State
from coreline.report.axis import Scale
from coreline.report.charts import BandLimits, BendChart, bend_chart, thin
from coreline.report.model import Analysis
from report_records import PLANK, RAISES, a_hold, a_plank, a_reading, recorded

LIMITS = BandLimits(-5.0, 5.0, -10.0, 10.0, "pike", "sag")


def drawn(analysis: Analysis, limits: BandLimits | None = LIMITS) -> BendChart:
    attempts: list[Hold | Repetition] = [*analysis.holds, *analysis.repetitions]
    chart = bend_chart(analysis.readings, analysis.faults, attempts, limits)
    assert chart is not None
    return chart


def places(chart: BendChart) -> list[tuple[float, float]]:
    return [place for line in chart.lines for place in line]


@given(st.floats(-1e6, 1e6))
def test_a_scale_ends_at_its_edges(value: float) -> None:
    assert 10.0 <= Scale(-15.0, 15.0, 10.0, 210.0)(value) <= 210.0
    assert Scale(3.0, 3.0, 10.0, 210.0)(value) == 10.0


def test_low_is_drawn_low_and_the_band_lies_around_neutral() -> None:
    readings = [a_reading(0.0, 0.0), a_reading(1.0, 12.0), a_reading(2.0, -12.0)]
    chart = bend_chart(readings, [], [a_hold(0.0, 2.0)], LIMITS)
    assert chart is not None
    (_, neutral), (_, low), (_, high) = places(chart)
    assert high < neutral < low
    assert chart.band is not None
    top, bottom = chart.band
    assert top < neutral < bottom
    assert low > chart.fault_lines[1] > bottom
    assert high < chart.fault_lines[0] < top
    assert (chart.high_deg, chart.low_deg) == (12.0, 12.0)


def test_faults_lie_on_their_side_and_have_their_numbers() -> None:
    chart = drawn(recorded(PLANK))
    assert [(mark.lane, mark.number) for mark in chart.marks] == [("low", 1), ("high", 2)]
    chart = drawn(recorded(RAISES))
    assert [(mark.lane, mark.number) for mark in chart.marks] == [("other", 1), ("low", 2)]


def test_crowded_faults_keep_apart() -> None:
    faults = tuple(Fault("sag", t / 4.0, t / 4.0 + 0.2) for t in range(120))
    chart = drawn(a_plank(faults=faults))
    numbered = [mark.x for mark in chart.marks if mark.number is not None]
    assert len(chart.marks) == 120
    assert 2 < len(numbered) < 40
    assert all(b - a > 10.0 for a, b in pairwise(numbered))


def test_an_hour_keeps_its_extremes_and_stays_small() -> None:
    chart = drawn(a_plank(minutes=60.0))
    heights = [y for _, y in places(chart)]
    y = Scale(-chart.limit_deg, chart.limit_deg, chart.top, chart.bottom)
    assert min(heights) == y(-21.0)
    assert max(heights) == y(13.5)
    assert (chart.high_deg, chart.low_deg) == pytest.approx((21.0, 13.5))
    assert len(heights) <= 4 * 360


@given(
    st.lists(st.floats(-90.0, 90.0), min_size=1, max_size=400),
    st.integers(1, 20),
)
def test_thinning_keeps_order_ends_and_extremes(values: list[float], buckets: int) -> None:
    points = [(float(t), value, 0) for t, value in enumerate(values)]
    kept = thin(points, buckets)
    assert set(kept) <= set(points)
    assert kept == sorted(kept)
    assert (kept[0], kept[-1]) == (points[0], points[-1])
    heights = [value for _, value, _ in kept]
    assert (min(heights), max(heights)) == (min(values), max(values))
    assert len(kept) <= max(4 * buckets, min(len(points), 4 * buckets))


def test_what_is_not_seen_is_a_gap_with_a_hatching() -> None:
    readings = [
        a_reading(t / 10.0, None if 40 <= t < 60 else 1.0, _state(40 <= t < 60)) for t in range(100)
    ]
    chart = bend_chart(readings, [], [a_hold(0.0, 9.9)], LIMITS)
    assert chart is not None
    assert len(chart.lines) == 2
    (gap,) = chart.unseen
    x = Scale(0.0, 9.9, chart.left, chart.right)
    assert (gap.x, gap.x + gap.width) == pytest.approx((x(4.0), x(6.0)), abs=0.2)


def _state(unseen: bool) -> State:
    return State.UNSEEN if unseen else State.GOOD


def test_flickering_sight_does_not_grow_the_page() -> None:
    readings = [a_reading(t / 30.0, 1.0, _state(t % 2 == 0)) for t in range(100_000)]
    chart = bend_chart(readings, [], [a_hold(0.0, 4000.0)], LIMITS)
    assert chart is not None
    assert len(chart.unseen) < 400
    assert len(places(chart)) < 3000


def test_only_what_was_judged_is_drawn() -> None:
    analysis = recorded(PLANK)
    chart = drawn(analysis)
    (hold,) = analysis.holds
    assert hold.start_s <= chart.start_s < chart.end_s <= hold.end_s
    assert chart.end_s < analysis.readings[-1].t_s
    assert bend_chart(analysis.readings, [], [], LIMITS) is None
    assert bend_chart([], [], analysis.holds, LIMITS) is None


def test_one_frame_is_drawn() -> None:
    chart = bend_chart([a_reading(1.0, 2.0)], [], [a_hold(0.0, 2.0)], None)
    assert chart is not None
    assert len(places(chart)) == 2
    assert chart.band is None
    assert chart.fault_lines == ()


def test_a_wild_reading_is_drawn_at_the_edge_and_said_so() -> None:
    readings = [a_reading(0.0, 0.0), a_reading(1.0, 80.0)]
    chart = bend_chart(readings, [], [a_hold(0.0, 1.0)], LIMITS)
    assert chart is not None
    assert chart.clipped
    assert places(chart)[-1][1] == chart.bottom
    assert not drawn(recorded(PLANK)).clipped


@pytest.mark.parametrize("length_s", [0.5, 3.0, 26.0, 61.0, 150.0, 3600.0, 20_000.0])
def test_the_time_axis_is_readable(length_s: float) -> None:
    readings = [a_reading(0.0, 0.0), a_reading(length_s, 0.0)]
    chart = bend_chart(readings, [], [a_hold(0.0, length_s)], LIMITS)
    assert chart is not None
    assert 1 <= len(chart.x_ticks) <= 7
    assert all(b.place - a.place > 40.0 for a, b in pairwise(chart.x_ticks))


def test_a_coarser_line_is_a_shorter_path_with_the_same_extremes() -> None:
    hour = a_plank(minutes=60.0)
    fine, coarse = (
        bend_chart(hour.readings, [], hour.holds, LIMITS, buckets) for buckets in (360, 24)
    )
    assert fine is not None
    assert coarse is not None
    assert 5 * len(coarse.path) < len(fine.path)
    for extreme in (min, max):
        assert extreme(y for _, y in places(coarse)) == extreme(y for _, y in places(fine))
