"""Where a hold begins and ends, and what is told of it, on forms that are made up.

`test_hold` shows the same machine whole films; here each limit has somebody on either side of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from itertools import pairwise
from types import MappingProxyType

import pytest

from coreline.body.form import Form
from coreline.judging.events import Ending, Fact, FaultBegan, Hold, HoldEnded, NeutralFound, Phase
from coreline.judging.hold import HoldMachine
from coreline.judging.neutral import Estimate
from coreline.programme.rule_values import OPEN
from judged_films import forms_of
from stick_figure import PLANK, film, rules_of

RULES = rules_of("w12-back-bridge")
BAND = RULES.bands[0]
STRAIGHT = Estimate(0.0, 0.5)  # somebody whose line is known
FPS = 10.0
SAG_DEG = BAND.fault_high + 8.0
Part = tuple[float, float]  # a bend, and for how long; the last frame is where the next part begins


@cache
def a_plank() -> Form:
    """Return somebody in a straight plank."""
    (form,) = forms_of(RULES, film((PLANK, 0.0, 0.0)).frames())
    return form


def form(
    t_s: float,
    bend_deg: float = 0.0,
    read: Mapping[str, float] = MappingProxyType({}),
    *,
    seen: bool = True,
) -> Form:
    values = {**a_plank().values, RULES.line: bend_deg, **read}
    return replace(a_plank(), t_s=t_s, values=values, seen=seen)


def forms(*parts: Part) -> list[Form]:
    found: list[Form] = []
    for bend_deg, seconds in parts:
        since = len(found)
        found += [form((since + n) / FPS, bend_deg) for n in range(round(seconds * FPS))]
    return found


class Held:
    """A hold as far as some forms bring it, and what was said meanwhile."""

    def __init__(self, frames: Iterable[Form], own: Estimate | None = STRAIGHT) -> None:
        first, *rest = frames
        self.machine, self.last_s = HoldMachine(RULES, own), first.t_s
        self.facts: list[Fact] = self.machine.begin([first], RULES, {})
        for each in rest:
            self.facts += self.machine.step(each)
            self.last_s = each.t_s

    def end(self, ending: Ending = Ending.LEFT, t_s: float | None = None) -> Hold:
        facts = self.machine.end(self.last_s if t_s is None else t_s, ending)
        (hold,) = [fact.hold for fact in facts if isinstance(fact, HoldEnded)]
        return hold

    def told_s(self) -> list[float]:
        return [fact.t_s for fact in self.facts if isinstance(fact, FaultBegan)]


# The way in and the way down


@pytest.mark.parametrize(("way_s", "is_way_in"), [(2.8, True), (3.2, False)])
def test_who_needs_less_than_three_seconds_to_get_into_the_line_begins_there(
    way_s: float, *, is_way_in: bool
) -> None:
    hold = Held(forms((SAG_DEG, way_s), (0.0, 8.0))).end()
    assert hold.start_s == (pytest.approx(way_s) if is_way_in else 0.0)
    assert [fault.code for fault in hold.faults] == ([] if is_way_in else ["sag"])


@pytest.mark.parametrize(("way_s", "is_way_down"), [(2.6, True), (2.9, False)])
def test_who_left_the_line_for_good_less_than_that_before_was_on_the_way_down(
    way_s: float, *, is_way_down: bool
) -> None:
    held = Held(forms((0.0, 6.0), (SAG_DEG, way_s)))
    left_s = held.last_s
    hold = held.end(t_s=left_s)
    assert hold.end_s == pytest.approx(5.9 if is_way_down else left_s)
    assert [fault.code for fault in hold.faults] == ([] if is_way_down else ["sag"])
    assert hold.in_line_s == pytest.approx(6.0, abs=0.15)


def test_who_is_lost_was_not_on_the_way_down() -> None:
    held = Held(forms((0.0, 6.0), (SAG_DEG, 2.0)))
    hold = held.end(Ending.LOST)
    assert hold.end_s == held.last_s
    assert [fault.code for fault in hold.faults] == ["sag"]


@pytest.mark.parametrize(("share", "begins"), [(0.42, True), (0.58, False)])
def test_a_hold_begins_and_ends_nearer_to_the_good_middle_than_to_a_fault(
    share: float, *, begins: bool
) -> None:
    """Where it is in line, but nearly at fault, somebody is still on the way."""
    near_deg = BAND.good_high + share * (BAND.fault_high - BAND.good_high)
    hold = Held(forms((near_deg, 1.0), (0.0, 8.0), (near_deg, 1.0))).end()
    assert (hold.start_s, hold.end_s) == pytest.approx((0.0, 9.9) if begins else (1.0, 8.9))


# Out of sight


# Of the way from straight to a sag, as much is nearer to the good middle than to the fault.
KEPT_SHARE = (BAND.good_high + BAND.fault_high) / 2.0 / SAG_DEG


@pytest.mark.parametrize(("gap_s", "bridged"), [(0.14, 0.0), (0.2, 1.0), (0.6, 1.0), (1.1, 0.0)])
def test_the_line_was_kept_for_the_share_of_the_way_in_a_gap_after_which_it_was_not(
    gap_s: float, bridged: float
) -> None:
    """Of one that is bridged: two frames have none between them, and of a long one nobody knows."""
    kept = forms((0.0, 6.0))
    since_s = kept[-1].t_s + gap_s
    after = [form(since_s + n / FPS, SAG_DEG) for n in range(10)]
    held = Held([*kept, *after])
    hold = held.end()
    more_s = bridged * gap_s * KEPT_SHARE
    assert hold.end_s == pytest.approx(5.9 + more_s, abs=0.01)
    assert hold.in_line_s == pytest.approx(5.9 + more_s, abs=0.01)
    assert held.machine.clock_s == pytest.approx(5.9 + more_s, abs=0.01)


def held_after(came: Form | None, way_in: list[Form], gap_s: float) -> tuple[Hold, float]:
    """Return a hold of 5.9 s that begins a gap after the time -1 s, and its clock."""
    machine = HoldMachine(RULES, STRAIGHT)
    machine.came = came
    kept = [form(gap_s - 1.0 + n / FPS) for n in range(60)]
    first, *rest = [*way_in, *kept]
    machine.begin([first], RULES, {})
    for each in rest:
        machine.step(each)
    facts = machine.end(kept[-1].t_s, Ending.OVER)
    (hold,) = (fact.hold for fact in facts if isinstance(fact, HoldEnded))
    return hold, machine.clock_s


GAPS_BEFORE = pytest.mark.parametrize(("gap_s", "bridged"), [(0.14, 0.0), (0.4, 1.0), (1.1, 0.0)])


@GAPS_BEFORE
def test_and_for_that_of_one_before_which_it_was_not(gap_s: float, bridged: float) -> None:
    way_in = [form(-2.0 + n / FPS, SAG_DEG) for n in range(11)]
    hold, clock_s = held_after(None, way_in, gap_s)
    more_s = bridged * gap_s * KEPT_SHARE
    assert clock_s == pytest.approx(5.9 + more_s, abs=0.01)
    assert hold.start_s == pytest.approx(gap_s - 1.0 - more_s, abs=0.01)
    assert hold.in_line_s == pytest.approx(5.9 + more_s, abs=0.01)


@GAPS_BEFORE
def test_where_nothing_says_when_the_position_was_reached_in_a_gap_half_of_it_counts(
    gap_s: float, bridged: float
) -> None:
    hold, clock_s = held_after(form(-1.0), [], gap_s)
    more_s = bridged * gap_s / 2.0
    assert hold.start_s == pytest.approx(gap_s - 1.0 - more_s)
    assert (hold.in_line_s, clock_s) == pytest.approx((5.9 + more_s, 5.9 + more_s))


@pytest.mark.parametrize("share", [0.1, 0.8])
def test_else_as_much_as_of_the_way_into_it_is_within_its_limits(share: float) -> None:
    """Somebody nearly there when last seen was there sooner than one who was far from it."""
    condition = next(each for each in RULES.start.conditions if each.min > -OPEN)
    reached = a_plank().values[condition.measure]
    there = reached - condition.min
    away = {condition.measure: condition.min - there * (1.0 - share) / share}
    hold, clock_s = held_after(form(-1.0, 0.0, away), [], 0.4)
    assert clock_s == pytest.approx(5.9 + 0.4 * share)
    assert hold.in_line_s == pytest.approx(5.9 + 0.4 * share)


def test_the_line_counts_from_where_it_is_reached_on_the_way_into_the_position() -> None:
    hold, clock_s = held_after(form(-1.0, SAG_DEG), [], 0.4)
    assert hold.in_line_s == pytest.approx(5.9 + 0.4 * KEPT_SHARE, abs=0.01)
    assert clock_s == pytest.approx(hold.in_line_s)


def test_what_is_on_record_is_of_the_line_as_it_is_known_in_the_end() -> None:
    """While it is held, what moves the line by less than three quarters of a degree waits."""
    held = Held(forms((0.0, 3.0), (2.0, 3.0), (0.5, 4.0)), own=None)
    held.end()
    assert held.machine.neutral == held.machine.line.neutral()


def test_who_is_seen_out_of_the_position_after_a_gap_kept_the_line_for_its_share_of_the_way() -> (
    None
):
    held = Held(forms((0.0, 6.0)))
    held.machine.left = form(6.3, SAG_DEG)
    assert held.end(t_s=6.3).end_s == pytest.approx(5.9 + 0.4 * KEPT_SHARE, abs=0.01)
    assert held.machine.clock_s == pytest.approx(5.9 + 0.4 * KEPT_SHARE, abs=0.01)


def test_who_leaves_unseen_kept_the_line_for_half_of_that_time() -> None:
    held = Held([*forms((0.0, 6.0)), form(6.1, seen=False)])
    assert held.end(t_s=6.4).end_s == pytest.approx(5.9 + 0.25)
    assert held.machine.clock_s == pytest.approx(5.9 + 0.25)


def test_the_clock_stands_for_a_fault_that_lasts_and_runs_again_after_it() -> None:
    assert Held(forms((0.0, 5.0), (SAG_DEG, 0.8))).machine.clock_runs
    assert not Held(forms((0.0, 5.0), (SAG_DEG, 2.0))).machine.clock_runs
    assert Held(forms((0.0, 5.0), (SAG_DEG, 2.0), (0.0, 1.0))).machine.clock_runs


@pytest.mark.parametrize(("way_s", "lost_s"), [(1.5, 0.0), (2.6, 0.0), (3.2, 2.2)])
@pytest.mark.parametrize("is_way_in", [True, False])
def test_the_clock_is_that_of_the_hold_and_not_of_the_way_in_or_down(
    way_s: float, lost_s: float, *, is_way_in: bool
) -> None:
    """What is too long for a way is a fault, of which the first second runs."""
    way, line = (SAG_DEG, way_s), (0.0, 8.0)
    held = Held(forms(way, line) if is_way_in else forms(line, way))
    hold = held.end()
    asked_s = hold.end_s - hold.start_s - lost_s
    assert held.machine.clock_s == pytest.approx(asked_s, abs=0.15)


def test_the_clock_stands_until_the_line_is_reached_and_then_runs_from_there() -> None:
    shown: dict[float, float] = {}
    machine = HoldMachine(RULES, STRAIGHT)
    first, *rest = forms((SAG_DEG, 1.5), (0.0, 3.0))
    machine.begin([first], RULES, {})
    for each in rest:
        machine.step(each)
        shown[each.t_s] = machine.clock_s
    assert {shown[each.t_s] for each in rest if each.t_s < 1.5} == {0.0}
    assert shown[4.4] == pytest.approx(2.9)


@pytest.mark.parametrize("slip_s", [0.5, 0.9, 1.1, 1.4, 3.0])
def test_a_slip_costs_what_it_lasts_beyond_a_second(slip_s: float) -> None:
    """One of a little more than a second costs little more than one of a little less."""
    held = Held(forms((0.0, 4.0), (SAG_DEG, slip_s), (0.0, 4.0)))
    held.end()
    lost_s = max(slip_s - RULES.grace.fault_stops_s, 0.0)
    assert held.machine.clock_s == pytest.approx(7.9 + slip_s - lost_s, abs=0.01)


@pytest.mark.parametrize(("after_deg", "stands_s"), [(SAG_DEG, 0.8), (-SAG_DEG, 0.0)])
def test_a_fault_that_goes_on_after_a_long_gap_has_had_its_second(
    after_deg: float, stands_s: float
) -> None:
    """Another one than before the gap may last for one, as ever."""
    before = forms((0.0, 4.0), (SAG_DEG, 2.0))
    again_s = before[-1].t_s + 1.2
    after = [form(again_s + n / FPS, after_deg if n < 8 else 0.0) for n in range(50)]
    unseen = [form(before[-1].t_s + n / FPS, seen=False) for n in range(1, 12)]
    held = Held([*before, *unseen, *after])
    held.end()
    assert held.machine.clock_s == pytest.approx(5.0 + 4.9 - stands_s, abs=0.01)


@pytest.mark.parametrize(("before_s", "runs_on_s"), [(0.7, 0.3), (1.5, 0.0)])
def test_and_what_it_had_left_of_its_second_it_has_then(before_s: float, runs_on_s: float) -> None:
    before = forms((0.0, 4.0), (SAG_DEG, before_s + 0.1))
    again_s = before[-1].t_s + 1.2
    after = [form(again_s + n / FPS, SAG_DEG if n < 30 else 0.0) for n in range(60)]
    held = Held([*before, form(before[-1].t_s + 1.1, seen=False), *after])
    held.end()
    ran_s = 4.0 + min(before_s, 1.0) + runs_on_s
    assert held.machine.clock_s == pytest.approx(ran_s + 2.9, abs=0.01)


@pytest.mark.parametrize(("unseen", "is_scored"), [(2, True), (4, False)])
def test_of_what_was_seen_for_less_than_seven_tenths_of_the_time_nothing_is_scored(
    unseen: int, *, is_scored: bool
) -> None:
    frames = [form(n / FPS, 2.0, seen=n % 10 < 10 - unseen) for n in range(96)]
    hold = Held(frames).end()
    assert hold.visible_share == pytest.approx(1.0 - unseen / 10.0, abs=0.03)
    assert (hold.line_score is not None) is is_scored
    assert (hold.mean_bend_deg is not None) is is_scored


def test_the_clock_stands_in_a_long_gap_and_not_in_a_short_one() -> None:
    for gap_s, clock_s in ((0.8, 6.7), (1.0, 5.9)):
        kept = forms((0.0, 6.0))
        after_s = kept[-1].t_s + gap_s
        held = Held([*kept, form(kept[-1].t_s + 0.1, seen=False), form(after_s)])
        assert held.machine.clock_s == pytest.approx(clock_s)
        assert held.machine.clock_runs


# Movement


@pytest.mark.parametrize(("moving_s", "reasons"), [(5.5, ()), (8.5, ("unsteady",))])
def test_who_moves_for_two_thirds_of_the_time_holds_nothing(
    moving_s: float, reasons: tuple[str, ...]
) -> None:
    far = 3.0 * RULES.start.still_deg
    swings = [
        form(n / FPS, 0.0, {"trunk": far * (n % 2) if n / FPS < moving_s else 0.0})
        for n in range(101)
    ]
    hold = Held(swings).end()
    assert hold.reasons == reasons
    assert (hold.line_score is None) is bool(reasons)


# What is told, and when


def wobbling(seconds: float) -> list[Form]:
    """Return a line that is never still, of somebody whose knees bend after a second."""
    knee = {"knee": a_plank().values["knee"]}
    bent = {"knee": a_plank().values["knee"] - 30.0}
    return [
        form(n / FPS, 3.0 * (-1.0) ** (n // 4), bent if n > FPS else knee)
        for n in range(round(seconds * FPS))
    ]


def test_a_fault_is_told_once_the_line_is_sure_and_after_four_seconds_at_any_rate() -> None:
    for own in (STRAIGHT, None):
        (told_s, *_) = Held(wobbling(6.0), own).told_s()
        known_s = 1.1 + RULES.grace.fault_s
        assert told_s == pytest.approx(known_s, abs=0.11) if own else told_s <= 4.2


def test_a_fault_is_kept_back_until_the_line_is_known_to_three_degrees() -> None:
    """Of somebody who swings to and fro, with bent knees from the first moment on."""
    bent = {"knee": a_plank().values["knee"] - 30.0}
    swings = [form(n / FPS, abs(10.0 * (n / FPS % 1.2) - 6.0) - 3.0, bent) for n in range(60)]
    first, *rest = swings
    machine, sds_deg = HoldMachine(RULES), list[float]()
    told = machine.begin([first], RULES, {})
    for each in rest:
        told = machine.step(each)
        sds_deg.append(machine.sd_deg)
        if any(isinstance(fact, FaultBegan) for fact in told):
            break
    *before_deg, now_deg = sds_deg
    known = round(RULES.grace.fault_s * FPS)
    assert now_deg <= 3.0
    assert before_deg[known:]
    assert all(sd_deg > 3.0 for sd_deg in before_deg[known:])


def test_what_is_nobodys_line_is_told_as_soon_as_it_is_a_fault() -> None:
    people = RULES.neutral[RULES.line]
    jerks = [form(n / FPS, people.high + 3.0 + 4.0 * (n % 3)) for n in range(30)]
    held = Held(jerks, None)
    assert held.told_s()[0] == pytest.approx(RULES.grace.fault_s, abs=0.11)
    assert not held.machine.clock_runs  # nor do its seconds count, though no line is known yet


def test_a_line_is_news_where_it_has_moved_by_a_degree_and_a_half() -> None:
    slow = [form(n / FPS, min(n / 30.0, 9.0)) for n in range(400)]
    held = Held(slow, None)
    found = [fact.neutral_deg for fact in held.facts if isinstance(fact, NeutralFound)]
    steps = [abs(b - a) for a, b in pairwise(found)]
    assert steps
    assert all(1.5 <= step <= 2.5 for step in steps)


# Ended earlier than was judged


def test_what_came_after_the_end_is_forgotten() -> None:
    held = Held(forms((0.0, 5.0), (SAG_DEG, 4.0), (0.0, 3.0)))
    hold = held.end(Ending.OVER, 4.0)
    assert (hold.end_s, hold.in_line_s) == pytest.approx((4.0, 4.0))
    assert hold.faults == ()
    assert held.machine.clock_s == pytest.approx(4.0)
    assert held.machine.phase is Phase.WAITING


@pytest.mark.parametrize("end_s", [-1.0, 0.0])
def test_a_hold_that_ended_before_it_lasted_was_none(end_s: float) -> None:
    held = Held(forms((0.0, 5.0)))
    assert held.machine.end(end_s, Ending.OVER) == []
    assert (held.machine.clock_s, held.machine.phase) == (0.0, Phase.WAITING)
    assert not held.machine.clock_runs
