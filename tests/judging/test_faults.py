"""A reading beyond its limit becomes a fault when it lasts."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.judging.events import Fact, Fault, FaultBegan, FaultEnded
from coreline.judging.faults import (
    FaultBoard,
    FaultWatch,
    all_good,
    all_in_line,
    change,
    fault_code,
    is_good,
)
from coreline.programme.rules import Band, Grace

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
    assert all_in_line((BAND, KNEE), {"bend": 0.0}, {"bend": 0.0})
    assert not all_in_line((BAND, KNEE), bent, {"bend": 0.0})


@pytest.mark.parametrize(("reading", "inside"), [(8.9, True), (9.1, False), (-9.1, False)])
def test_in_line_ends_well_within_the_fault(reading: float, *, inside: bool) -> None:
    assert all_in_line((BAND,), {"bend": reading}, {"bend": 0.0}) is inside


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
