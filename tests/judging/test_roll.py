"""Turns around the body's length, from roll angles that are made up."""

import math
from collections.abc import Sequence

import pytest

from coreline.body.form import Form
from coreline.judging.events import Ending, Fact, Phase, Rotation, RotationEnded
from coreline.judging.roll import BACK_FIRST, CHEST_FIRST, RollMachine
from stick_figure import rules_of

RULES = rules_of("adv-log-roll")
NEUTRAL = {RULES.line: 4.0}
FPS = 20.0
Way = tuple[float, float]  # to which angle, in how many seconds


def form(t_s: float, angle_deg: float, line_deg: float = 4.0, *, seen: bool = True) -> Form:
    angle = math.radians(angle_deg)
    values = {RULES.line: line_deg, "roll_sin": math.sin(angle), "roll_cos": math.cos(angle)}
    return Form(t_s, seen, seen, None, {**dict.fromkeys(RULES.measures, 0.0), **values}, None)


def forms(*ways: Way) -> list[Form]:
    """Return a second on the belly and then every way at an even speed."""
    angles = [0.0] * int(FPS)
    for to_deg, seconds in ways:
        steps, begin_deg = round(seconds * FPS), angles[-1]
        angles += [begin_deg + (to_deg - begin_deg) * n / steps for n in range(1, steps + 1)]
    return [form(n / FPS, angle) for n, angle in enumerate(angles)]


def begun() -> RollMachine:
    assert RULES.roll is not None
    machine = RollMachine(RULES, RULES.roll)
    machine.begin([form(-0.1, 0.0)], RULES, NEUTRAL)
    return machine


def turns(machine: RollMachine, frames: Sequence[Form]) -> list[Rotation]:
    facts: list[Fact] = [fact for each in frames for fact in machine.step(each)]
    return [fact.rotation for fact in facts if isinstance(fact, RotationEnded)]


# Turns


@pytest.mark.parametrize(("to_deg", "direction"), [(360.0, CHEST_FIRST), (-360.0, BACK_FIRST)])
def test_a_slow_full_turn_counts(to_deg: float, direction: str) -> None:
    machine = begun()
    (turn,) = turns(machine, forms((to_deg, 8.0)))
    assert (turn.counted, turn.reasons, turn.direction) == (True, (), direction)
    assert (machine.counted, machine.refused) == (1, 0)
    assert turn.start_s == pytest.approx(1.0, abs=0.2)  # when the belly left the floor
    assert turn.end_s == pytest.approx(1.0 + 8.0 * 342.0 / 360.0, abs=0.1)
    assert machine.phase is Phase.DOWN


def test_the_direction_must_change_from_the_last_one_that_counted() -> None:
    machine = begun()
    found = turns(
        machine, forms((360.0, 8.0), (360.0, 1.0), (720.0, 8.0), (720.0, 1.0), (360.0, 8.0))
    )
    assert [turn.reasons for turn in found] == [(), ("same_direction",), ()]
    assert (machine.counted, machine.refused) == (2, 1)


def test_a_turn_that_was_refused_may_be_done_again() -> None:
    machine = begun()
    found = turns(machine, forms((360.0, 2.0), (360.0, 1.0), (720.0, 8.0)))
    assert [turn.reasons for turn in found] == [("too_fast",), ()]


def test_who_changed_direction_in_a_turn_that_was_refused_has_changed_it() -> None:
    ways = ((360.0, 8.0), (360.0, 1.0), (0.0, 2.0), (0.0, 1.0), (360.0, 8.0))
    found = turns(begun(), forms(*ways))
    assert [turn.direction for turn in found] == [CHEST_FIRST, BACK_FIRST, CHEST_FIRST]
    assert [turn.reasons for turn in found] == [(), ("too_fast",), ()]


@pytest.mark.parametrize(("away_deg", "told"), [(61.0, True), (59.0, False), (-61.0, True)])
def test_back_again_is_incomplete_where_it_was_an_attempt(away_deg: float, *, told: bool) -> None:
    found = turns(begun(), forms((away_deg, 2.0), (0.0, 2.0)))
    assert [turn.reasons for turn in found] == ([("incomplete",)] if told else [])


def test_a_turn_that_jumps_over_a_quarter_is_incomplete() -> None:
    """The chest was hardly shown: from belly to back at once, and slowly on."""
    found = turns(begun(), forms((40.0, 2.0), (140.0, 0.1), (360.0, 8.0)))
    assert [turn.reasons for turn in found] == [("incomplete",)]


@pytest.mark.parametrize("middle_deg", [90.0, 180.0, 270.0])
def test_chest_back_and_belly_are_each_to_be_shown(middle_deg: float) -> None:
    """A quarter that is gone through in a moment was not."""
    before_deg, after_deg = middle_deg - 46.0, middle_deg + 46.0
    hurried = forms((before_deg, 3.0), (after_deg, 0.15), (360.0, 6.0))
    assert [turn.reasons for turn in turns(begun(), hurried)] == [("incomplete",)]
    shown = forms((before_deg, 3.0), (after_deg, 1.5), (360.0, 6.0))
    assert [turn.reasons for turn in turns(begun(), shown)] == [()]


@pytest.mark.parametrize(("away_deg", "phase"), [(38.0, Phase.DOWN), (42.0, Phase.RISING)])
def test_a_turn_is_under_way_from_forty_degrees_on(away_deg: float, phase: Phase) -> None:
    for sense in (1.0, -1.0):
        machine = begun()
        turns(machine, forms((sense * away_deg, 1.0)))
        assert machine.phase is phase


def test_who_rolls_on_without_a_stop_begins_anew_as_the_belly_leaves_the_floor() -> None:
    first, second = turns(begun(), forms((360.0, 8.0), (720.0, 8.0)))
    assert first.end_s < second.start_s
    assert second.start_s == pytest.approx(9.0 + 8.0 * 5.0 / 360.0, abs=0.11)
    after_a_rest = turns(begun(), forms((360.0, 8.0), (360.0, 2.0), (0.0, 8.0)))[1]
    assert after_a_rest.start_s == pytest.approx(11.0, abs=0.15)


@pytest.mark.parametrize(("off_deg", "is_over"), [(17.0, True), (19.0, False)])
def test_a_turn_is_over_within_a_twentieth_of_a_turn_of_the_belly(
    off_deg: float, *, is_over: bool
) -> None:
    assert bool(turns(begun(), forms((360.0 - off_deg, 8.0)))) is is_over
    assert bool(turns(begun(), forms((90.0, 2.0), (off_deg, 2.0)))) is is_over


def test_a_turn_is_dated_back_to_where_the_belly_lay() -> None:
    """Within five degrees it lies; the way on may be slow."""
    (turn,) = turns(begun(), forms((4.5, 1.0), (20.0, 3.0), (360.0, 7.0)))
    assert turn.start_s == pytest.approx(2.0, abs=0.11)
    (later,) = turns(begun(), forms((5.5, 1.0), (20.0, 3.0), (360.0, 7.0)))
    assert later.start_s == pytest.approx(1.0 + 5.0 / 5.5, abs=0.06)


@pytest.mark.parametrize(("slower", "reasons"), [(-0.1, ("too_fast",)), (0.3, ())])
def test_a_turn_takes_as_long_as_is_asked(slower: float, reasons: tuple[str, ...]) -> None:
    """From the belly to within eighteen degrees of it again."""
    assert RULES.roll is not None
    seconds = (RULES.roll.least_s + slower) * 360.0 / (360.0 - 18.0)
    (turn,) = turns(begun(), forms((360.0, seconds)))
    assert turn.reasons == reasons


def test_out_of_sight_for_long_a_turn_is_not_judged() -> None:
    frames = forms((360.0, 8.0))
    hidden = [form(each.t_s, 0.0, seen=False) if 4.0 < each.t_s < 5.2 else each for each in frames]
    assert [turn.reasons for turn in turns(begun(), hidden)] == [("not_seen",)]
    short = [form(each.t_s, 0.0, seen=False) if 4.0 < each.t_s < 4.7 else each for each in frames]
    assert [turn.reasons for turn in turns(begun(), short)] == [()]


def test_what_was_not_seen_between_two_turns_voids_none() -> None:
    frames = forms((360.0, 8.0), (360.0, 3.0), (0.0, 8.0))
    hidden = [form(each.t_s, 0.0, seen=False) if 9.2 < each.t_s < 11.0 else each for each in frames]
    assert [turn.reasons for turn in turns(begun(), hidden)] == [(), ()]


def test_who_is_lost_in_a_turn_has_tried_and_who_stops_has_not() -> None:
    half = forms((150.0, 3.0))
    for ending, reasons in ((Ending.LOST, [("not_seen",)]), (Ending.LEFT, [])):
        machine = begun()
        turns(machine, half)
        facts = machine.end(4.1, ending)
        ended = [fact.rotation.reasons for fact in facts if isinstance(fact, RotationEnded)]
        assert ended == reasons
        assert machine.phase is Phase.WAITING


def test_a_line_that_breaks_in_the_turn_refuses_it() -> None:
    high_deg = RULES.bands[0].fault_high + 15.0
    frames = forms((360.0, 8.0))
    broken = [
        form(
            each.t_s,
            math.degrees(math.atan2(each.values["roll_sin"], each.values["roll_cos"])),
            high_deg,
        )
        if 3.0 < each.t_s < 6.0
        else each
        for each in frames
    ]
    (turn,) = turns(begun(), broken)
    assert turn.reasons == ("line_broken",)


# The line's neutral


def test_belly_up_the_line_is_people_s() -> None:
    machine = begun()
    own_deg, up_deg = machine.neutral[RULES.line], RULES.roll.belly_up_deg if RULES.roll else 0.0
    half_deg = (own_deg + up_deg) / 2.0
    found = [machine.reference_deg(form(0.0, angle)) for angle in (0.0, 90.0, -90.0, 180.0)]
    assert found == pytest.approx([own_deg, half_deg, half_deg, up_deg])
    assert machine.deviation_deg(form(0.0, 90.0, 9.0)) == pytest.approx(9.0 - half_deg)


def test_a_line_seen_for_a_moment_is_half_believed() -> None:
    people = RULES.neutral[RULES.line]
    machine = begun()
    assert people.mean < machine.neutral[RULES.line] < NEUTRAL[RULES.line]
    alone = RULES.model_copy(update={"neutral": {}})
    machine.begin([form(0.0, 0.0)], alone, NEUTRAL)
    assert machine.neutral == NEUTRAL
