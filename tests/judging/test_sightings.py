"""What is read off the frames of an attempt."""

from collections import deque

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.judging.attempt import Shape
from coreline.judging.sightings import (
    Sighting,
    curve_of,
    fell_below_s,
    gaps_over,
    has_settled,
    longest_gap_s,
    lowest_of,
    may_have_tapped,
    median_or,
    since_start,
    speed_of,
    top_of,
    was_held,
)
from stick_figure import rules_of

SHAPE = Shape(level=40.0, top_s=2.0, top_end_s=4.0, ramps_s=0.2)


def moments(*pairs: tuple[float, float]) -> list[Sighting]:
    return [Sighting(t_s, rise, {}) for t_s, rise in pairs]


def test_the_longest_gap_is_between_two_neighbours() -> None:
    assert longest_gap_s(moments((0.0, 0.0), (0.5, 0.0), (2.0, 0.0), (2.1, 0.0))) == 1.5
    assert longest_gap_s(moments((3.0, 1.0))) == 0.0
    assert longest_gap_s([]) == 0.0


def test_in_a_gap_the_motion_fell_where_a_straight_way_crosses() -> None:
    assert fell_below_s(moments((1.0, 30.0), (1.4, 10.0)), 20.0) == pytest.approx(1.2)
    assert fell_below_s(moments((1.0, 30.0), (1.4, 10.0)), 25.0) == pytest.approx(1.1)


def test_without_a_gap_it_fell_when_it_was_seen_to() -> None:
    assert fell_below_s(moments((1.0, 30.0), (1.1, 10.0)), 20.0) == 1.1
    assert fell_below_s(moments((1.0, 15.0), (1.4, 10.0)), 20.0) == 1.4
    assert fell_below_s(moments((1.0, 15.0)), 20.0) == 1.0


def test_an_attempt_starts_when_the_foot_last_lay_before_the_top() -> None:
    """Within a twentieth of the level it lies."""
    found = moments((0.0, 1.0), (0.5, 5.0), (1.0, 2.0), (1.5, 2.1), (2.0, 38.0), (5.0, 1.0))
    assert [each.t_s for each in since_start(found, SHAPE)] == [1.0, 1.5, 2.0, 5.0]


def test_one_that_never_lay_starts_with_its_first_frame() -> None:
    found = moments((0.0, 10.0), (2.0, 38.0), (5.0, 1.0))
    assert since_start(found, SHAPE) == found
    at_the_top = moments((0.0, 10.0), (2.0, 1.0))
    assert since_start(at_the_top, SHAPE) == at_the_top


def test_the_top_s_frames_are_those_from_its_first_to_its_last_moment() -> None:
    found = moments((1.9, 35.0), (2.0, 36.0), (3.0, 40.0), (4.0, 36.0), (4.1, 35.0))
    assert [each.t_s for each in top_of(found, SHAPE)] == [2.0, 3.0, 4.0]
    between = moments((1.9, 35.0), (4.1, 35.0))
    assert top_of(between, SHAPE) == between
    assert curve_of(between) == [(1.9, 35.0), (4.1, 35.0)]


@given(st.integers(1, 60))
def test_the_lowest_leaves_a_stray_tenth_out(number: int) -> None:
    values = [float(each) for each in range(number)]
    strays = number // 10
    assert lowest_of(values) == strays
    assert lowest_of(values[::-1]) == strays


def test_before_there_is_a_range_of_ones_own_another_stands_in() -> None:
    assert median_or(deque(), 25.0) == 25.0
    assert median_or(deque([10.0, 30.0, 12.0]), 25.0) == pytest.approx(12.0)


def test_the_speed_of_few_pictures_is_that_since_the_one_before() -> None:
    assert speed_of(moments((1.0, 5.0))) == 0.0
    assert speed_of(moments((1.0, 5.0), (1.5, 15.0))) == pytest.approx(20.0)
    assert speed_of(moments((0.0, 0.0), (1.0, 5.0), (1.5, 15.0))) == pytest.approx(20.0)


def test_the_speed_is_that_of_the_last_quarter_of_a_second() -> None:
    """A leg that has stopped is still a quarter of a second later, and not before."""
    times = [number / 20.0 for number in range(41)]
    stopped = moments(*[(t_s, 40.0 * min(t_s, 1.0)) for t_s in times])
    assert speed_of(stopped[:21]) == pytest.approx(40.0)
    assert speed_of(stopped[:25]) == pytest.approx(40.0 * 0.05 / 0.25)
    assert speed_of(stopped[:26]) == pytest.approx(0.0)
    assert speed_of(moments((0.0, 10.0), (0.1, 10.0), (0.2, 4.0))) == pytest.approx(-30.0)


# Out of sight


def test_a_gap_is_longer_than_what_it_is_asked_to_be() -> None:
    found = moments((0.0, 0.0), (0.5, 0.0), (1.25, 0.0), (1.5, 0.0))
    assert gaps_over(found, 0.5) == [(0.5, 1.25)]
    assert gaps_over(found, 0.3) == [(0.0, 0.5), (0.5, 1.25)]
    assert gaps_over(found, 0.75) == []


def falling(speed: float, to: float, until_s: float) -> list[tuple[float, float]]:
    """Return half a second of a leg that sinks at an even speed, ten frames a second."""
    return [(until_s - n / 10.0, to + speed * n / 10.0) for n in range(5, -1, -1)]


def rising(speed: float, start: float, since_s: float) -> list[tuple[float, float]]:
    return [(since_s + n / 10.0, start + speed * n / 10.0) for n in range(6)]


@pytest.mark.parametrize(("speed", "may"), [(17.0, False), (23.0, True), (0.0, False)])
@pytest.mark.parametrize("side", ["before", "after"])
def test_a_foot_may_have_tapped_unseen_where_it_would_have_come_half_way_down(
    speed: float, side: str, *, may: bool
) -> None:
    """In half of the gap: as fast as it went when it vanished, or as it came back."""
    slow = 0.5  # on the other side it hardly moves, higher up
    down = falling(speed if side == "before" else slow, 10.0 if side == "before" else 12.0, 1.0)
    up = rising(speed if side == "after" else slow, 10.0 if side == "after" else 12.0, 1.5)
    found = moments(*down, *up)
    low = min(found, key=lambda each: each.rise)
    assert low.rise == 10.0
    assert may_have_tapped(found, low) is may


@pytest.mark.parametrize(
    ("after", "may"),
    [
        ([(1.5, 10.0), (1.6, 10.0), (1.75, 16.0), (1.9, 10.0)], True),  # 24 a second on the whole
        ([(1.5, 10.0), (1.6, 13.0), (1.75, 13.0), (1.9, 30.0)], False),  # 12, however quick later
        ([(1.5, 10.0), (1.8, 13.0), (1.9, 30.0)], False),  # of few frames the first two
        ([(1.5, 10.0), (1.8, 17.0), (1.9, 17.0)], True),
    ],
)
def test_how_fast_it_comes_back_is_told_by_its_first_quarter_of_a_second(
    after: list[tuple[float, float]], *, may: bool
) -> None:
    found = moments((0.9, 12.0), (1.0, 12.0), *after)
    assert may_have_tapped(found, found[2]) is may


def test_a_foot_that_was_lowest_in_sight_has_not_tapped_unseen() -> None:
    found = moments(*falling(60.0, 20.0, 1.0), *rising(60.0, 20.0, 1.6), (2.2, 5.0), (2.3, 9.0))
    assert not may_have_tapped(found, found[-2])


def test_two_frames_of_ten_a_second_are_no_gap_to_tap_in() -> None:
    found = moments(*falling(60.0, 10.0, 1.0), *rising(60.0, 10.0, 1.25))
    assert not may_have_tapped(found, found[5])


def test_whether_the_top_was_held_is_open_only_where_it_depends_on_what_was_not_seen() -> None:
    rules = rules_of("w56-belly-bridge")
    assert rules.raises is not None
    asked_s = rules.raises.hold_s - rules.raises.hold_slack_s

    def held(top_s: float, *gap: float) -> bool | None:
        shape = Shape(level=40.0, top_s=1.0, top_end_s=1.0 + top_s, ramps_s=0.0)
        times = [number / 10.0 for number in range(round(10.0 * top_s) + 21)]
        seen = [t_s for t_s in times if not gap or not gap[0] < t_s < gap[1]]
        return was_held(moments(*[(t_s, 40.0) for t_s in seen]), shape, rules)

    assert held(asked_s + 0.1) is True
    exactly = Shape(level=40.0, top_s=0.0, top_end_s=asked_s, ramps_s=0.0)
    assert was_held(moments((0.0, 40.0), (0.1, 40.0)), exactly, rules) is True
    assert held(asked_s - 0.1) is False
    assert held(asked_s + 0.1, 1.5, 2.6) is None  # neither piece is long enough, both are
    assert held(asked_s - 0.2, 1.5, 2.6) is False  # nor are both
    assert held(2.0 * asked_s + 2.0, asked_s + 1.3, asked_s + 2.5) is True  # one piece is
    assert held(asked_s + 0.1, 1.5, 2.2) is True  # a gap as short as that is bridged


@pytest.mark.parametrize(
    ("swing", "since_s", "settled"),
    [(1.0, 0.0, True), (1.1, 0.0, False), (1.0, 1.5, True), (1.0, 1.6, False)],
)
def test_what_kept_within_a_little_for_its_time_has_settled(
    swing: float, since_s: float, *, settled: bool
) -> None:
    """From 1.5 to 2 s it moves by so much; what it did before does not matter."""
    values = [(n / 10.0, 30.0 if n < 15 else swing * (n % 2)) for n in range(21)]
    found = moments(*[each for each in values if each[0] >= since_s])
    assert has_settled(found, 0.5, 1.0) is settled
