"""The line of a raise with the leg down and with it up: two estimates that know of one another."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.judging.judge import Judge
from coreline.judging.neutral import estimate
from coreline.judging.raises import RaisesMachine
from coreline.judging.two_lines import TwoLines
from coreline.programme.rules import PriorRange
from judged_films import shown
from stick_figure import LEG_BRIDGE, LegBridge, Raise, fewest, raises_film, rules_of

RULES = rules_of("w56-belly-bridge")
PEOPLE = RULES.neutral["bend"]
SHIFT = PriorRange(mean=2.0, sd=4.0)
LINES_DEG = st.floats(-10.0, 10.0)
TURN_DEG = 1.5  # of the trunk, that the model sees when the leg goes up


def below(line_deg: float, seconds: float = 3.0) -> TwoLines:
    """Return lines that were seen with the leg down."""
    lines = TwoLines(RULES, SHIFT)
    for number in range(round(seconds * 15.0)):
        lines.see_below(number / 15.0, {"bend": line_deg})
    return lines


def test_before_anything_was_seen_people_are_all_that_is_known() -> None:
    lines = TwoLines(RULES, SHIFT)
    assert lines.below_deg == pytest.approx(PEOPLE.mean, abs=0.5)
    assert lines.above.value == pytest.approx(PEOPLE.mean + SHIFT.mean, abs=1.0)
    assert not lines.knows_above


@given(line_deg=LINES_DEG)
def test_the_line_above_is_expected_where_the_one_below_puts_it(line_deg: float) -> None:
    lines = below(line_deg)
    assert lines.below_deg == pytest.approx(line_deg, abs=1.5)
    assert lines.above.value == pytest.approx(lines.below_deg + SHIFT.mean, abs=0.5)
    assert lines.above.sd > SHIFT.sd


@given(line_deg=LINES_DEG, turn_deg=st.floats(-6.0, 8.0))
def test_a_top_that_kept_the_line_is_learnt(line_deg: float, turn_deg: float) -> None:
    lines = below(line_deg)
    before = lines.above
    for _ in range(3):
        lines.learn_above([line_deg + turn_deg] * 5)
    assert lines.knows_above
    assert lines.above.value == pytest.approx(line_deg + turn_deg, abs=1.5)
    assert lines.above.sd < before.sd
    assert lines.below_deg == pytest.approx(line_deg, abs=1.5)


@given(tops_deg=st.lists(LINES_DEG, min_size=1, max_size=4), other_deg=LINES_DEG)
def test_what_it_would_be_with_one_more_top_changes_nothing(
    tops_deg: list[float], other_deg: float
) -> None:
    lines = below(0.0)
    for top_deg in tops_deg:
        lines.learn_above([top_deg])
    before = lines.above
    asked = lines.above_with([other_deg])
    assert lines.above == before
    lines.learn_above([other_deg])
    assert lines.above == asked


def test_a_guess_holds_until_a_top_is_known_and_weighs_less() -> None:
    guessed, learnt = below(0.0), below(0.0)
    guessed.guess_above([9.0] * 4)
    learnt.learn_above([9.0] * 4)
    assert not guessed.knows_above
    assert guessed.above.sd > learnt.above.sd
    assert below(0.0).above.value < guessed.above.value <= learnt.above.value
    guessed.learn_above([3.0] * 4)
    only = below(0.0)
    only.learn_above([3.0] * 4)
    assert guessed.above == only.above


def test_where_no_leg_goes_up_the_line_at_rest_is_the_line() -> None:
    lines = TwoLines(RULES, None)
    lines.learn_above([6.0] * 4)
    assert lines.above.value > PEOPLE.mean  # nothing else was seen yet
    for number in range(45):
        lines.see_below(number / 15.0, {"bend": -3.0})
    assert lines.above.value == lines.below_deg == pytest.approx(-3.0, abs=1.5)
    assert lines.above_with([6.0]) == lines.above


def test_of_many_tops_one_that_was_off_is_outvoted() -> None:
    lines = below(0.0)
    for top_deg in (2.0, 2.5, 14.0, 2.0):
        lines.learn_above([top_deg])
    assert lines.above.value == pytest.approx(2.2, abs=1.0)


@given(fps=st.sampled_from([15.0, 30.0, 60.0]))
def test_the_line_below_goes_by_time_and_not_by_frames(fps: float) -> None:
    lines = TwoLines(RULES, SHIFT)
    for number in range(round(3.0 * fps)):
        lines.see_below(number / fps, {"bend": 8.0 if number < fps else 1.0})
    usual = TwoLines(RULES, SHIFT)
    for number in range(30):
        usual.see_below(number / 10.0, {"bend": 8.0 if number < 10 else 1.0})
    assert lines.below_deg == pytest.approx(usual.below_deg, abs=0.5)


def test_the_last_readings_are_those_that_count() -> None:
    lines = below(9.0)
    for number in range(80):
        lines.see_below(10.0 + number / 10.0, {"bend": -4.0})
    assert lines.below_deg == pytest.approx(-4.0, abs=1.0)


def weight_of(said: TwoLines, line_deg: float) -> float:
    """Return how many readings of that line make its estimate as sure as it is."""
    prior = PriorRange(mean=said.below_deg + SHIFT.mean, sd=below(0.0).above.sd)
    weights = np.arange(0.05, 20.0, 0.05)
    sds = [estimate(np.array([line_deg]), np.array([each]), prior).sd for each in weights]
    return float(weights[int(np.argmin(np.abs(np.array(sds) - said.above.sd)))])


def test_a_top_weighs_as_much_as_a_second_of_holding_and_its_beginning_half() -> None:
    """A second of holding weighs two readings."""
    learnt, guessed = below(0.0), below(0.0)
    learnt.learn_above([2.0])
    guessed.guess_above([2.0])
    assert weight_of(guessed, 2.0) == pytest.approx(1.0, abs=0.2)
    assert weight_of(learnt, 2.0) == pytest.approx(2.0, abs=0.3)


def test_the_last_eight_tops_are_those_that_count() -> None:
    lines, fresh = below(0.0), below(0.0)
    for top_deg in [8.0] * 5 + [-2.0] * 8:
        lines.learn_above([top_deg])
    for _ in range(8):
        fresh.learn_above([-2.0])
    assert lines.above == fresh.above
    seven = below(0.0)
    for _ in range(7):
        seven.learn_above([-2.0])
    assert seven.above != fresh.above


# In a set


def machine_after(raises: list[Raise]) -> tuple[RaisesMachine, list[tuple[str, ...]]]:
    judge = Judge(RULES)
    reasons = shown(judge, raises_film(raises, shift_deg=TURN_DEG).frames()).reasons
    assert isinstance(judge.machine, RaisesMachine)
    return judge.machine, reasons


@fewest
@given(drop_deg=st.sampled_from([7.0, 9.0, -7.0, -9.0]), times=st.integers(1, 6))
def test_tops_that_broke_the_line_are_never_learnt(drop_deg: float, times: int) -> None:
    good = [Raise(), Raise()]
    broken = [Raise(trunk_drop_deg=drop_deg)] * times
    without, _ = machine_after(good)
    with_them, reasons = machine_after([*good, *broken])
    assert reasons == [(), (), *[("line_broken",)] * times]
    # Only the line below, seen for longer, may say a little more.
    assert with_them.top_neutral_deg() == pytest.approx(without.top_neutral_deg(), abs=1.0)


def test_both_lines_are_the_truth() -> None:
    machine, _ = machine_after([Raise(), Raise(), Raise()])
    top = LegBridge(LEG_BRIDGE.trunk_deg + TURN_DEG, Raise().foot_m)
    assert machine.top_neutral_deg() == pytest.approx(top.bend_deg, abs=1.5)
    assert machine.neutral["bend"] == pytest.approx(LEG_BRIDGE.bend_deg, abs=2.0)
    assert machine.sd_deg < 2.0
