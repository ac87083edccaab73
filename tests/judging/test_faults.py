"""A reading beyond its limit becomes a fault when it lasts."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.judging.events import Fact, Fault, FaultBegan, FaultEnded
from coreline.judging.faults import (
    FaultBoard,
    FaultWatch,
    Margins,
    all_good,
    are_in_line,
    change,
    codes_over,
    crossed_s,
    fault_code,
    is_good,
    margins,
    share_in_line,
    wider,
)
from coreline.programme.rules import Band, Grace
from stick_figure import few

BAND = Band(
    measure="bend",
    below="pike",
    above="sag",
    good_low=-5.0,
    good_high=5.0,
    fault_low=-10.0,
    fault_high=10.0,
)
KNEE = Band(measure="knee", own=False, below="knee_bent", good_low=165.0, fault_low=160.0)
GRACE = Grace()
RATES_FPS = st.sampled_from([8.0, 15.0, 30.0, 60.0])


def watched(parts: list[tuple[float, float]], fps: float = 30.0) -> list[Fact]:
    """Return the facts of readings kept for so many seconds each, and the end."""
    watch = FaultWatch(BAND, GRACE)
    facts: list[Fact] = []
    frame, end_s = 0, 0.0
    for reading, seconds in parts:
        end_s += seconds
        while frame / fps < end_s - 1e-9:
            facts += watch.step(frame / fps, reading)
            frame += 1
    return [*facts, *watch.close()]


def ended(facts: list[Fact]) -> list[Fault]:
    return [fact.fault for fact in facts if isinstance(fact, FaultEnded)]


@pytest.mark.parametrize(
    ("reading", "good", "code"),
    [
        (0.0, True, None),
        (5.0, True, None),
        (-5.0, True, None),
        (5.1, False, None),
        (10.0, False, None),
        (-10.0, False, None),
        (10.1, False, "sag"),
        (-10.1, False, "pike"),
    ],
)
def test_good_warn_and_fault_follow_each_other(
    reading: float, code: str | None, *, good: bool
) -> None:
    assert is_good(BAND, reading) is good
    assert fault_code(BAND, reading) == code


@given(reading=st.floats(-90.0, 90.0))
def test_what_is_good_is_never_a_fault(reading: float) -> None:
    assert not (is_good(BAND, reading) and fault_code(BAND, reading))


def test_a_band_is_from_the_person_s_own_or_as_it_is() -> None:
    values, neutral = {"bend": 8.0, "knee": 170.0}, {"bend": -3.0, "knee": 176.0}
    assert change(BAND, values, neutral) == 11.0
    assert change(KNEE, values, neutral) == 170.0
    assert not all_good([BAND, KNEE], values, neutral)
    assert all_good([KNEE], values, neutral)


def test_a_side_without_a_name_has_no_fault() -> None:
    assert fault_code(KNEE, 200.0) is None


@given(seconds=st.floats(0.05, 0.45), reading=st.sampled_from([15.0, -15.0]), fps=RATES_FPS)
def test_shorter_than_half_a_second_is_no_fault(seconds: float, reading: float, fps: float) -> None:
    assert watched([(0.0, 1.0), (reading, seconds), (0.0, 2.0)], fps) == []


@given(seconds=st.floats(0.8, 4.0), high=st.booleans(), fps=RATES_FPS)
def test_longer_is_a_fault_with_its_begin_its_end_and_its_name(
    seconds: float, fps: float, *, high: bool
) -> None:
    facts = watched([(0.0, 1.0), (15.0 if high else -15.0, seconds), (0.0, 2.0)], fps)
    began, end = facts
    (fault,) = ended(facts)
    assert fault.code == ("sag" if high else "pike")
    assert fault.start_s == pytest.approx(1.0, abs=1.001 / fps)
    assert fault.end_s == pytest.approx(1.0 + seconds, abs=1.001 / fps)
    assert isinstance(began, FaultBegan)
    assert (began.code, began.start_s) == (fault.code, fault.start_s)
    assert began.t_s - began.start_s >= GRACE.fault_s
    assert isinstance(end, FaultEnded)


def test_at_half_a_second_it_is_one() -> None:
    watch = FaultWatch(BAND, GRACE)
    told = [watch.step(t_s, 15.0) for t_s in (0.0, 0.25, GRACE.fault_s)]
    assert told == [[], [], [FaultBegan(GRACE.fault_s, 0.0, "sag")]]


def test_a_short_return_within_the_limits_does_not_split_a_fault() -> None:
    (fault,) = ended(watched([(15.0, 1.0), (8.0, 0.2), (15.0, 1.0), (0.0, 1.0)]))
    assert fault.end_s - fault.start_s == pytest.approx(2.2, abs=0.07)


def test_a_longer_return_does() -> None:
    assert len(ended(watched([(15.0, 1.0), (8.0, 0.4), (15.0, 1.0), (0.0, 1.0)]))) == 2


def test_sag_turns_into_pike_at_once() -> None:
    one, other = ended(watched([(15.0, 1.0), (-15.0, 1.0), (0.0, 1.0)]))
    assert (one.code, other.code) == ("sag", "pike")
    assert one.end_s == pytest.approx(1.0, abs=0.04)
    assert other.start_s == pytest.approx(1.0, abs=0.04)


def test_what_cannot_be_read_is_held_against_nobody() -> None:
    board, bent = FaultBoard((BAND, KNEE), GRACE), {"bend": 0.0, "knee": 120.0}
    facts = [board.step(step / 10.0, {"bend": 0.0}, {"bend": 0.0}) for step in range(20)]
    assert facts == [[]] * 20
    assert all_good((BAND, KNEE), {"bend": 0.0}, {"bend": 0.0})
    assert are_in_line(margins((BAND, KNEE), {"bend": 0.0}, {"bend": 0.0}))
    assert not are_in_line(margins((BAND, KNEE), bent, {"bend": 0.0}))


@pytest.mark.parametrize(("reading", "inside"), [(8.9, True), (9.1, False), (-9.1, False)])
def test_in_line_ends_well_within_the_fault(reading: float, *, inside: bool) -> None:
    assert are_in_line(margins((BAND,), {"bend": reading}, {"bend": 0.0})) is inside


def test_what_is_open_at_the_end_is_ended() -> None:
    (fault,) = ended(watched([(0.0, 1.0), (15.0, 2.0)]))
    assert fault.end_s == pytest.approx(3.0, abs=0.04)


READING = st.sampled_from([0.0, 7.0, -7.0, 15.0, -15.0])


@given(parts=st.lists(st.tuples(READING, st.floats(0.03, 2.0)), max_size=12), fps=RATES_FPS)
def test_every_fault_begins_before_it_ends_and_none_overlap(
    parts: list[tuple[float, float]], fps: float
) -> None:
    facts = watched(parts, fps)
    faults = ended(facts)
    began = [fact for fact in facts if isinstance(fact, FaultBegan)]
    assert [(each.code, each.start_s) for each in began] == [
        (each.code, each.start_s) for each in faults
    ]
    for fault in faults:
        assert fault.end_s - fault.start_s >= GRACE.fault_s - 1e-9
    for before, after in pairwise(faults):
        assert before.end_s <= after.start_s


# The board


def test_the_board_watches_each_band_for_itself() -> None:
    board = FaultBoard([BAND, KNEE], GRACE)
    neutral = {"bend": 0.0, "knee": 180.0}
    for frame in range(40):
        board.step(frame / 30.0, {"bend": 15.0, "knee": 150.0 if frame > 20 else 180.0}, neutral)
    assert board.codes() == ("sag", "knee_bent")
    assert board.oldest_s() == 0.0
    closing = ended(board.close())
    assert [fault.code for fault in closing] == ["sag", "knee_bent"]
    assert closing[1].start_s == pytest.approx(0.7)
    assert board.codes() == ()
    assert board.oldest_s() == math.inf


def test_a_candidate_is_not_on_the_board_yet() -> None:
    board = FaultBoard([BAND], GRACE)
    for frame in range(12):
        board.step(frame / 30.0, {"bend": 15.0}, {"bend": 0.0})
    assert board.codes() == ()
    assert board.oldest_s() == math.inf
    assert board.close() == []


# In a gap


def seen_at(*timed: tuple[float, float]) -> FaultWatch:
    watch = FaultWatch(BAND, GRACE)
    for t_s, reading in timed:
        watch.step(t_s, reading)
    return watch


@pytest.mark.parametrize(
    ("before_s", "start_s"),
    [
        (0.5, 0.7),  # half of the way from 0 to 20 degrees lies within 10
        (0.3, 0.6),
        (0.0, 0.45),  # a gap of 0.9 s is bridged, of more it is not
        (-0.1, 0.9),
        (0.65, 0.775),  # of eight a second one is missing
        (0.76, 0.9),  # and here none
    ],
)
def test_what_changed_unseen_is_dated_to_where_the_way_between_crosses_the_limit(
    before_s: float, start_s: float
) -> None:
    for side in (1.0, -1.0):
        watch = seen_at((before_s, 0.0), (0.9, side * 20.0), (1.5, side * 20.0))
        assert watch.start_s == pytest.approx(start_s)
        assert watch.code == ("sag" if side > 0.0 else "pike")


def test_a_gap_within_a_fault_moves_neither_its_begin_nor_its_end() -> None:
    watch = seen_at((0.0, 15.0), (0.6, 20.0))
    assert watch.start_s == 0.0
    (ended_,) = watch.close()
    assert isinstance(ended_, FaultEnded)
    assert ended_.fault == Fault("sag", 0.0, 0.6)


def test_what_was_before_a_gap_lasted_until_the_way_between_ends_it() -> None:
    """Within the limits from 0.7 s on, and for more than 0.4 s: that is long enough."""
    watch = seen_at((0.0, 15.0), (0.6, 15.0), (0.7, 5.0), (0.9, 5.0))
    assert watch.code == "sag"
    watch.step(1.4, 13.0)
    (over,) = watch.step(1.5, 13.0)
    assert isinstance(over, FaultEnded)
    assert over.fault == Fault("sag", 0.0, 0.6)
    assert watch.cleared_s == pytest.approx(0.7)
    watch.step(2.1, 13.0)
    resting = crossed_s(10.0, (0.7, 5.0), (0.9, 5.0), (1.4, 13.0), (1.5, 13.0))
    assert watch.start_s == pytest.approx(resting)
    short = seen_at((0.0, 0.0), (0.1, 15.0), (0.3, 15.0))
    short.step(0.7, 0.0)  # beyond the limit until 0.43 s
    assert short.step(0.8, 0.0) == []
    long = seen_at((0.0, 0.0), (0.1, 15.0), (0.3, 15.0), (0.5, 15.0))
    long.step(0.9, 0.0)  # and here until 0.63 s
    began, ended_ = [*long.step(1.0, 0.0), *long.step(1.1, 0.0)]
    assert began == FaultBegan(0.9, 0.1, "sag")
    assert isinstance(ended_, FaultEnded)
    way_s = crossed_s(10.0, (0.3, 15.0), (0.5, 15.0), (0.9, 0.0), (1.0, 0.0))
    assert ended_.fault.end_s == pytest.approx(way_s)


@pytest.mark.parametrize("stray", [-15.0, 0.0, 15.0])
@pytest.mark.parametrize("true", [-15.0, 0.0, 15.0])
def test_the_first_reading_after_a_gap_alone_decides_nothing(stray: float, true: float) -> None:
    readings = [(n / 10.0, true) for n in range(10)]
    after = [(1.3 + n / 10.0, true) for n in range(10)]
    plain = seen_at(*readings, *after)
    strayed = seen_at(*readings, (1.3, stray), *after[1:])
    assert (strayed.code, strayed.start_s) == (plain.code, plain.start_s)
    within = seen_at((0.0, 15.0), (0.6, 15.0), (0.7, 0.0), (0.8, 0.0), (1.1, stray), (1.15, 0.0))
    assert within.code is None
    assert within.cleared_s == pytest.approx(0.7)


LONGEST_GAP_S = 0.4


@few
@given(
    parts=st.lists(st.tuples(READING, st.floats(1.7, 3.0)), min_size=2, max_size=5),
    gaps=st.lists(
        st.tuples(st.floats(0.3, 1.2), st.floats(0.1, LONGEST_GAP_S), READING), min_size=10
    ),
    fps=st.sampled_from([12.0, 15.0, 30.0]),
)
def test_drop_outs_change_no_fault_and_move_its_ends_by_no_more_than_they_last(
    parts: list[tuple[float, float]], gaps: list[tuple[float, float, float]], fps: float
) -> None:
    """Even where the first reading after each of them is anything."""
    ends_s = np.cumsum([seconds for _, seconds in parts])
    times = np.arange(0.0, ends_s[-1], 1.0 / fps)
    readings = [parts[int(np.searchsorted(ends_s, t_s, "right"))][0] for t_s in times]
    plain, disturbed = FaultWatch(BAND, GRACE), FaultWatch(BAND, GRACE)
    usual = [f for t, r in zip(times, readings, strict=True) for f in plain.step(t, r)]
    found, begins_s = list[Fact](), 0.0
    coming = iter(gaps)
    apart_s, lasts_s, stray = next(coming)
    after = False
    for t_s, reading in zip(times, readings, strict=True):
        if begins_s + apart_s <= t_s < begins_s + apart_s + lasts_s:
            after = True
            continue
        found += disturbed.step(t_s, stray if after else reading)
        if after:
            begins_s += apart_s + lasts_s
            apart_s, lasts_s, stray = next(coming, (100.0, 0.0, 0.0))
            after = False
    expected = ended([*usual, *plain.close()])
    faults = ended([*found, *disturbed.close()])
    assert [fault.code for fault in faults] == [fault.code for fault in expected]
    for fault, true in zip(faults, expected, strict=True):
        assert fault.start_s == pytest.approx(true.start_s, abs=LONGEST_GAP_S + 3.0 / fps)
        assert fault.end_s == pytest.approx(true.end_s, abs=LONGEST_GAP_S + 3.0 / fps)


def test_where_a_fault_was_left_unseen_it_is_over_sooner() -> None:
    """Its end is where the way between comes back within the limit, and then it must stay."""
    watch = seen_at((0.0, 15.0), (0.1, 15.0), (0.6, 15.0))
    assert watch.step(1.4, 5.0) == []  # it may be a stray one
    assert watch.cleared_s == -math.inf
    assert watch.step(1.5, 5.0) != []
    within_s = crossed_s(10.0, None, (0.6, 15.0), (1.4, 5.0), (1.5, 5.0))
    assert watch.cleared_s == pytest.approx(within_s)
    seen = seen_at((0.0, 15.0), (0.6, 15.0), (0.7, 5.0))
    assert seen.step(0.7 + GRACE.clear_s - 0.02, 5.0) == []
    assert seen.step(0.7 + GRACE.clear_s + 0.02, 5.0) != []
    assert seen.cleared_s == pytest.approx(0.7)


@pytest.mark.parametrize(("return_s", "began"), [(0.08, True), (0.12, False)])
def test_what_is_no_fault_yet_is_given_up_in_a_third_of_the_time(
    return_s: float, *, began: bool
) -> None:
    """Stray frames must not add up to one."""
    back_s = 0.3 + return_s
    watch = seen_at((0.0, 15.0), (0.29, 15.0), (0.3, 0.0), (back_s, 0.0), (0.5, 15.0), (0.55, 15.0))
    assert (watch.start_s == 0.0) is began


def test_where_one_fault_turns_into_the_other_the_first_was_over_there() -> None:
    watch = seen_at((0.0, 15.0), (0.6, 15.0), (0.7, -15.0))
    assert watch.cleared_s == pytest.approx(0.7)


def test_a_fault_lost_from_sight_goes_on_where_it_is_the_first_that_is_seen_again() -> None:
    for again, since_s in ((15.0, 2.0 - 0.7), (-15.0, math.inf), (0.0, math.inf)):
        watch = seen_at((0.0, 15.0), (0.6, 15.0), (0.7, 15.0))
        (over,) = watch.lose()
        assert isinstance(over, FaultEnded)
        assert watch.lose() == []  # there is nothing more to lose
        watch.step(2.0, again)
        assert watch.stands_since_s == pytest.approx(since_s)
        assert watch.code is None  # it is a fault anew once it has lasted
    watch.step(2.1, 15.0)
    assert watch.stands_since_s == math.inf  # what was within the limits in between is over


def test_a_board_knows_since_when_each_fault_is_there_and_when_one_was_last_over() -> None:
    board, neutral = FaultBoard([BAND, KNEE], GRACE), {"bend": 0.0, "knee": 180.0}
    for tenth in range(31):
        bend = 15.0 if tenth < 10 or tenth > 20 else 0.0
        board.step(tenth / 10.0, {"bend": bend, "knee": 150.0 if tenth > 5 else 180.0}, neutral)
    assert board.starts_s() == pytest.approx({"sag": 2.1, "knee_bent": 0.6})
    assert board.oldest_s() == pytest.approx(0.6)
    assert board.cleared_s() == pytest.approx(1.0)


# In line


STEADY = st.floats(-12.0, 12.0)


@given(before=st.tuples(STEADY, STEADY), after=st.tuples(STEADY, STEADY))
def test_the_share_in_line_is_that_of_a_straight_way(
    before: tuple[float, float], after: tuple[float, float]
) -> None:
    """Of a thousand places on the way from reading to reading, so many are within all limits."""
    shares = np.linspace(0.0, 1.0, 1001)
    inside = np.ones_like(shares, dtype=bool)
    for a, b in zip(before, after, strict=True):
        inside &= a + shares * (b - a) >= 0.0
    assert share_in_line(before, after) == pytest.approx(inside.mean(), abs=0.002)


@pytest.mark.parametrize(
    ("before", "after", "share"),
    [
        ((0.4,), (0.5,), 1.0),  # hardly within the limit is within it
        ((0.0,), (0.0,), 1.0),
        ((-1.0,), (3.0,), 0.75),
        ((3.0,), (-1.0,), 0.75),
        ((-1.0, 1.0), (1.0, -1.0), 0.0),
        ((-0.2,), (-0.1,), 0.0),
        ((None,), (None,), 1.0),
        ((None, -1.0), (2.0, 1.0), 0.5),  # what was read at one end was so at the other
        ((None,), (-2.0,), 0.0),
        ((2.0,), (None,), 1.0),
    ],
)
def test_what_was_not_read_at_one_end_is_taken_to_be_as_at_the_other(
    before: Margins, after: Margins, share: float
) -> None:
    assert share_in_line(before, after) == pytest.approx(share)


def test_margins_say_by_how_much_each_reading_is_in_line() -> None:
    """Towards a side that has no fault the good middle ends it."""
    found = margins((BAND, KNEE), {"bend": -8.0}, {"bend": 0.0})
    assert found == pytest.approx((1.0, None))
    assert are_in_line(found)
    assert are_in_line((0.0, None))
    assert not are_in_line((0.1, -0.1))
    (halfway,) = margins((BAND,), {"bend": 8.0}, {"bend": 0.0}, 0.5)
    assert halfway == pytest.approx(-0.5)
    top = KNEE.model_copy(update={"good_high": 185.0})
    assert margins((top,), {"knee": 184.0}, {}) == pytest.approx((1.0,))
    assert margins((top,), {"knee": 160.5}, {}) == pytest.approx((-0.5,))


def test_a_wider_band_has_the_same_limits_that_many_times_as_far() -> None:
    band = wider(BAND, 1.5)
    limits = (band.fault_low, band.good_low, band.good_high, band.fault_high)
    assert limits == (-15.0, -7.5, 7.5, 15.0)
    assert (band.below, band.above, band.measure) == ("pike", "sag", "bend")


def test_the_codes_over_a_stretch_are_those_that_were_over_and_those_that_last() -> None:
    readings = [
        (n / 10.0, {"bend": 15.0 if n < 10 else -15.0 if n < 20 else 0.0}) for n in range(30)
    ]
    readings += [(3.0 + n / 10.0, {"bend": 15.0 if n > 3 else 0.0}) for n in range(6)]
    assert codes_over(FaultBoard([BAND], GRACE), readings, {"bend": 0.0}) == {"sag", "pike"}
    assert codes_over(FaultBoard([BAND], GRACE), readings[:18], {"bend": 0.0}) == {"sag", "pike"}
    assert codes_over(FaultBoard([BAND], GRACE), readings[20:], {"bend": 0.0}) == set()
