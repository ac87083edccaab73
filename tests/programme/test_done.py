"""What counts as done, what a hold's seconds are, and what a score stands for."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.data_files import load_catalogue
from coreline.programme.done import (
    LEAST_DONE,
    Done,
    HoldSeconds,
    NoScore,
    Score,
    counts,
    done_of,
    has_line,
    hold_seconds,
    is_whole,
    line_parts,
    line_score_of,
    percent_of,
    score_of,
    share_of,
)


@dataclass(frozen=True)
class AStay:
    start_s: float
    end_s: float
    in_line_s: float = 0.0
    line_score: float | None = 100.0
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class ASet:
    done: float
    prescribed: float = 30.0
    line_score: float | None = 90.0


def stay(lasted_s: float, score: float | None = 100.0, *reasons: str) -> AStay:
    return AStay(10.0, 10.0 + lasted_s, lasted_s, score, reasons)


# Done of what was asked


def test_parts_of_sets_count_and_more_than_asked_makes_no_more_than_the_whole() -> None:
    done = done_of([(30.0, 30.0), (45.0, 30.0), (15.0, 30.0), (0.0, 30.0)])
    assert done == Done(sets_asked=4, sets_whole=2, sets_done=2.5)
    assert done.share == pytest.approx(2.5 / 4)
    assert not done.is_whole


def test_nothing_asked_has_no_share_and_is_not_whole() -> None:
    assert Done().share is None
    assert not Done().is_whole
    assert share_of(5.0, 0.0) == 0.0


def test_one_side_of_two_is_half_of_the_exercise() -> None:
    left, right = done_of([(30.0, 30.0)] * 3), done_of([(0.0, 30.0)] * 3)
    assert left.is_whole
    assert (left + right).share == 0.5
    assert not (left + right).is_whole


def test_seconds_that_were_added_up_inexactly_are_a_whole_set() -> None:
    assert is_whole(sum([0.1] * 300), 30.0)
    assert share_of(sum([0.1] * 300), 30.0) == 1.0
    assert not is_whole(29.9, 30.0)


amounts = st.tuples(st.floats(-5, 90), st.floats(0.5, 60))


@given(st.lists(amounts, max_size=8), st.lists(amounts, max_size=8))
def test_sets_add_up_the_same_together_and_apart(
    some: list[tuple[float, float]], others: list[tuple[float, float]]
) -> None:
    whole, parts = done_of(some + others), done_of(some) + done_of(others)
    assert (whole.sets_asked, whole.sets_whole) == (parts.sets_asked, parts.sets_whole)
    assert whole.sets_done == pytest.approx(parts.sets_done)
    assert whole.share is None or 0.0 <= whole.share <= 1.0
    assert whole.is_whole == (whole.share == 1.0)


@given(st.floats(0, 1))
def test_100_percent_is_all_of_it_and_0_nothing(share: float) -> None:
    assert (percent_of(share) == 100) == (share == 1.0)
    assert (percent_of(share) == 0) == (share == 0.0)


# The seconds of a hold


def test_25_short_bridges_are_no_hold() -> None:
    bridges = [stay(1.6), *[stay(1.3)] * 24]
    seconds = hold_seconds(bridges, clock_s=0.0, asked_s=30.0)
    assert seconds == HoldSeconds(longest_s=seconds.longest_s, let_go=25)
    assert seconds.longest_s == pytest.approx(1.6)
    assert line_score_of(line_parts(bridges, 30.0)) is None


def test_a_stay_counts_from_5_s_or_a_sixth_of_what_is_asked_unless_it_was_refused() -> None:
    assert counts(stay(5.0), 60.0)
    assert counts(stay(5.0), 30.0)
    assert not counts(stay(4.9), 30.0)
    assert counts(stay(1.0), 6.0)
    assert not counts(stay(20.0, 100.0, "unsteady"), 30.0)


def test_a_hold_in_one_piece_was_never_let_go() -> None:
    seconds = hold_seconds([stay(30.5)], clock_s=30.0, asked_s=30.0)
    assert (seconds.let_go, seconds.longest_s) == (0, 30.5)
    assert not seconds.differ


def test_what_was_held_before_makes_the_set_whole() -> None:
    assert hold_seconds([stay(20.0)], 20.0, 30.0, before_s=10.0).let_go == 0
    assert hold_seconds([stay(20.0)], 20.0, 30.0).let_go == 1


def test_the_three_numbers_are_told_apart_only_where_they_differ() -> None:
    good = AStay(0.0, 30.2, in_line_s=29.9)
    assert not hold_seconds([good], 30.0, 30.0).differ
    sagging = AStay(0.0, 40.0, in_line_s=21.0)
    seconds = hold_seconds([sagging], 30.0, 30.0)
    assert (seconds.position_s, seconds.clock_s, seconds.in_line_s) == (40.0, 30.0, 21.0)
    assert seconds.differ


def test_refused_stays_are_neither_held_nor_let_go() -> None:
    seconds = hold_seconds([stay(10.8, None, "unsteady"), stay(12.0)], 12.0, 30.0)
    assert (seconds.refused, seconds.let_go, seconds.position_s) == (1, 1, 12.0)


stays = st.builds(
    lambda start_s, lasted_s, share, refused: AStay(
        start_s,
        start_s + lasted_s,
        share * lasted_s,
        None if refused else 80.0,
        ("unsteady",) if refused else (),
    ),
    st.floats(0, 100),
    st.floats(0, 60),
    st.floats(0, 1),
    st.booleans(),
)


@given(st.lists(stays, max_size=6), st.floats(0, 60), st.floats(1, 60))
def test_of_the_three_numbers_each_is_part_of_the_one_before(
    some: list[AStay], clock_s: float, asked_s: float
) -> None:
    seconds = hold_seconds(some, clock_s, asked_s)
    assert seconds.position_s >= seconds.clock_s >= seconds.in_line_s >= 0.0
    assert seconds.let_go + seconds.refused <= len(some)


# Scores


def test_a_score_is_of_so_much_of_what_was_asked_for() -> None:
    sets = [ASet(30.0, line_score=100.0), ASet(15.0, line_score=40.0)]
    assert score_of(sets, 3) == Score((100.0 + 0.5 * 40.0) / 1.5, 0.5)


def test_of_too_little_there_is_no_score_and_the_reason() -> None:
    assert score_of([ASet(9.0, line_score=100.0)], 1).withheld is NoScore.TOO_LITTLE
    assert score_of([ASet(0.0, line_score=None)], 3).withheld is NoScore.NOTHING
    assert score_of([], 3) == Score(None, 0.0, NoScore.NOTHING)
    assert score_of([ASet(30.0, line_score=None)], 1).withheld is NoScore.NOT_SEEN


def test_one_whole_set_of_three_is_enough() -> None:
    assert score_of([ASet(30.0)], 3).value == 90.0


def test_where_nothing_is_said_to_be_asked_a_score_is_of_the_sets_there_are() -> None:
    assert score_of([ASet(30.0), ASet(15.0)]).share == pytest.approx(0.75)


def test_a_recording_has_its_score_however_little_it_shows() -> None:
    assert score_of([ASet(3.0, 24.0)], least_done=0.0) == Score(90.0, 0.125)


def test_a_set_of_which_less_than_70_percent_was_seen_has_none() -> None:
    assert line_score_of([(90.0, 7.0), (None, 3.0)]) == 90.0
    assert line_score_of([(90.0, 6.9), (None, 3.1)]) is None
    assert line_score_of([(None, 0.0), (80.0, 2.0)]) == 80.0
    assert line_score_of([]) is None


sets = st.builds(ASet, st.floats(0, 60), st.just(30.0), st.one_of(st.none(), st.floats(0, 100)))


@given(st.lists(sets, max_size=6), st.integers(0, 8))
def test_a_score_or_the_reason_why_there_is_none(some: list[ASet], asked: int) -> None:
    score = score_of(some, asked)
    assert (score.value is None) == (score.withheld is not None)
    assert 0.0 <= score.share <= 1.0
    if score.value is not None:
        assert score.share >= LEAST_DONE - 1e-3
        known = [each.line_score for each in some if each.line_score is not None]
        assert min(known) - 1e-6 <= score.value <= max(known) + 1e-6


def test_turns_have_no_line() -> None:
    catalogue = load_catalogue()
    assert has_line(catalogue.get("w12-back-bridge"))
    assert not has_line(catalogue.get("adv-log-roll"))
