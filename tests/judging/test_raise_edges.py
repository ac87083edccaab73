"""What is a raise, its top and its end, on heights that are made up.

`test_raises` shows the same machine whole films; here each limit has somebody on either side of it.
A leg goes straight from corner to corner: seconds, and height in percent of the body's length.
"""

from collections.abc import Sequence

import numpy as np
import pytest

from coreline.body.form import Form
from coreline.judging.events import (
    Ending,
    Fact,
    Fault,
    FaultBegan,
    FaultEnded,
    Phase,
    Repetition,
    RepetitionEnded,
)
from coreline.judging.raises import RaisesMachine
from stick_figure import rules_of

RULES = rules_of("w56-belly-bridge")
FPS = 20.0
KNEE_DEG = 176.0
TOP = 20.0
Corner = tuple[float, float]


def form(t_s: float, height: float, bend_deg: float = 0.0, knee_deg: float = KNEE_DEG) -> Form:
    assert RULES.raises is not None
    asked = {RULES.raises.motion: height, RULES.raises.tap: height, "bend": bend_deg}
    values = {**dict.fromkeys(RULES.measures, 0.0), **asked, "knee": knee_deg}
    return Form(t_s, True, True, None, values, None)


def way(*corners: Corner, fps: float = FPS) -> list[Form]:
    begin_s, end_s = corners[0][0], corners[-1][0]
    times = begin_s + np.arange(round((end_s - begin_s) * fps) + 1) / fps
    corners_s, tops = np.array(corners).T
    heights = np.interp(times, corners_s, tops)
    return [form(float(t_s), float(height)) for t_s, height in zip(times, heights, strict=True)]


class Raised:
    """A set as far as some forms bring it: after half a second at rest."""

    def __init__(self, frames: Sequence[Form]) -> None:
        assert RULES.raises is not None
        self.machine, first_s = RaisesMachine(RULES, RULES.raises), frames[0].t_s
        rest = [form(first_s - n / FPS, 0.0) for n in range(10, 0, -1)]
        self.facts: list[Fact] = self.machine.begin(rest, RULES, dict(rest[-1].values))
        self.phases: dict[float, Phase] = {}
        for each in frames:
            self.facts += self.machine.step(each)
            self.phases[round(each.t_s, 3)] = self.machine.phase

    @property
    def repetitions(self) -> list[Repetition]:
        return [fact.repetition for fact in self.facts if isinstance(fact, RepetitionEnded)]

    @property
    def reasons(self) -> list[tuple[str, ...]]:
        return [each.reasons for each in self.repetitions]

    @property
    def faults(self) -> list[Fault]:
        return [fact.fault for fact in self.facts if isinstance(fact, FaultEnded)]


def good(since_s: float, top: float = TOP, up_s: float = 0.6, hold_s: float = 2.6) -> list[Corner]:
    """Return the corners of a repetition that counts, and a second at rest."""
    edges_s = np.cumsum([since_s, up_s, hold_s, up_s, 1.0])
    return list(zip(edges_s.tolist(), [0.0, top, top, 0.0, 0.0], strict=True))


def after(number: int, top: float, *corners: Corner) -> Raised:
    """Return a set with so many good repetitions, and then a leg that goes on from time 0."""
    before: list[Corner] = []
    for each in range(number):
        before += good(5.0 * each - 5.0 * number, top)
    return Raised(way(*before, *corners))


def test_a_good_repetition_counts_with_its_times() -> None:
    (found,) = Raised(way(*good(0.0), (6.0, 0.0))).repetitions
    assert (found.counted, found.reasons, found.number) == (True, (), 1)
    assert found.start_s == pytest.approx(0.0, abs=0.051)
    assert found.top_s == pytest.approx(0.54, abs=0.06)
    assert found.end_s == pytest.approx(3.8, abs=0.051)
    assert 2.2 < found.hold_s <= 2.6  # the ways up and down are straight, and no leg's are
    assert found.peak_deg == pytest.approx(0.0)  # the leg's angle is not made up here


# Leaving the ground


@pytest.mark.parametrize(
    ("number", "top", "height", "leaves"),
    [
        (0, TOP, 3.6, False),  # a quarter of the least range
        (0, TOP, 3.9, True),
        (2, TOP, 4.8, False),  # then of the person's own
        (2, TOP, 5.2, True),
        (2, 40.0, 7.3, False),  # but never more than half of the least
        (2, 40.0, 7.7, True),
    ],
)
def test_a_foot_has_left_the_ground_a_quarter_of_the_range_above_it(
    number: int, top: float, height: float, *, leaves: bool
) -> None:
    # In the first picture it is there: a leg that creeps up takes its resting level along.
    found = after(number, top, (0.0, 0.0), (0.05, height), (0.1, height))
    assert found.phases[0.1] is (Phase.RISING if leaves else Phase.DOWN)


@pytest.mark.parametrize(("quiet_s", "since_s"), [(0.5, -0.5), (1.5, -1.0)])
def test_of_the_time_before_that_a_second_is_the_repetition_s(
    quiet_s: float, since_s: float
) -> None:
    """A leg that lies a little above where it lay before has not begun yet, but may have."""
    low = 1.2
    corners = [(-3.0, 0.0), (-quiet_s - 0.05, 0.0), (-quiet_s, low), (0.0, low), (0.3, TOP)]
    frames = way(*corners, (3.0, TOP), (3.6, 0.0), (4.6, 0.0))
    moved = [each for each in frames if not -quiet_s < each.t_s < 0.0 or each.t_s < -quiet_s]
    (found,) = Raised(moved).repetitions
    assert found.start_s >= since_s - 0.06


# The top


@pytest.mark.parametrize(("height", "is_top"), [(7.2, False), (7.8, True)])
def test_a_stop_below_half_of_the_range_is_no_top(height: float, *, is_top: bool) -> None:
    found = after(0, TOP, (0.0, 0.0), (0.2, height), (0.6, height))
    assert (found.phases[0.6] is Phase.TOP) is is_top


@pytest.mark.parametrize(("rate", "is_top"), [(0.38, True), (0.46, False)])
def test_what_rises_by_less_than_two_fifths_of_its_height_a_second_is_still(
    rate: float, *, is_top: bool
) -> None:
    """Growing at an even rate, over the quarter of a second in which the speed is read."""
    quick = way((0.0, 0.0), (0.4, 12.0))
    creeping = [form(0.4 + n / FPS, 12.0 * float(np.exp(rate * n / FPS))) for n in range(1, 11)]
    found = Raised([*quick, *creeping])
    assert (Phase.TOP in found.phases.values()) is is_top


@pytest.mark.parametrize(
    ("low", "dip_s", "is_over"), [(15.0, 0.5, False), (14.6, 0.5, True), (14.6, 0.05, False)]
)
def test_a_leg_below_three_quarters_of_its_height_for_a_tenth_of_a_second_sinks(
    low: float, dip_s: float, *, is_over: bool
) -> None:
    dip = [(1.5, TOP), (1.55, low), (1.55 + dip_s, low), (1.6 + dip_s, TOP), (3.0, TOP)]
    found = after(0, TOP, (0.0, 0.0), (0.6, TOP), *dip)
    assert (Phase.LOWERING in found.phases.values()) is is_over


@pytest.mark.parametrize(("fall", "is_over"), [(3.0, False), (3.3, True)])
def test_a_leg_on_its_way_that_falls_by_a_seventh_has_turned(fall: float, *, is_over: bool) -> None:
    """Before it was ever still: it has no top, and goes on or comes down."""
    found = after(0, TOP, (0.0, 0.0), (0.4, TOP), (0.45, TOP - fall))
    assert (found.phases[0.45] is Phase.LOWERING) is is_over


@pytest.mark.parametrize(("rise", "number"), [(2.7, 1), (3.3, 2)])
def test_a_leg_that_rises_by_a_seventh_on_its_way_down_begins_anew(
    rise: float, number: int
) -> None:
    low = 10.0
    turn = [(3.2, TOP), (3.8, low), (4.1, low + rise), (4.2, low + rise), (4.8, 0.0), (5.8, 0.0)]
    found = after(0, TOP, (0.0, 0.0), (0.6, TOP), *turn)
    assert len(found.repetitions) == number
    assert ("no_tap" in found.reasons[0]) is (number == 2)


@pytest.mark.parametrize(("sunk_s", "number"), [(0.4, 1), (0.7, 2)])
def test_what_comes_up_again_within_half_a_second_was_a_flicker(sunk_s: float, number: int) -> None:
    dip = [(2.0, TOP), (2.05, 9.0), (2.0 + sunk_s, 9.0), (2.05 + sunk_s, TOP), (4.6, TOP)]
    found = after(0, TOP, (0.0, 0.0), (0.6, TOP), *dip, (5.2, 0.0), (6.2, 0.0))
    assert len(found.repetitions) == number


# What is an attempt


@pytest.mark.parametrize(
    ("number", "top", "height", "is_one"),
    [
        (0, TOP, 7.3, False),  # half of the least range
        (0, TOP, 7.8, True),
        (2, 40.0, 11.7, False),  # of somebody who rises far three tenths of that
        (2, 40.0, 12.3, True),
    ],
)
def test_a_small_rise_is_no_attempt(
    number: int, top: float, height: float, *, is_one: bool
) -> None:
    found = after(number, top, (0.0, 0.0), (0.3, height), (0.35, height), (0.65, 0.0), (1.65, 0.0))
    assert len(found.repetitions) == number + is_one


@pytest.mark.parametrize(("whole_s", "is_one"), [(0.3, False), (0.4, True), (0.5, True)])
def test_a_rise_and_fall_within_two_fifths_of_a_second_is_none(
    whole_s: float, *, is_one: bool
) -> None:
    """Nobody is so quick: half way down the model took the leg for the other one."""
    begin_s, end_s = 4.0, 4.0 + whole_s
    half_way = [
        (0.6, TOP),
        (3.2, TOP),
        (3.6, 10.0),
        (begin_s, 10.0),
        (begin_s + whole_s / 2.0, TOP),
    ]
    found = after(0, TOP, (0.0, 0.0), *half_way, (end_s, 0.0), (end_s + 1.0, 0.0))
    assert len(found.repetitions) == 1 + is_one


def test_a_top_is_too_low_below_four_fifths_of_the_persons_own_range() -> None:
    for share, reasons in ((0.77, ("too_low",)), (0.83, ())):
        found = Raised(way(*good(0.0), *good(6.0), *good(12.0, share * TOP), (18.0, 0.0)))
        assert found.reasons == [(), (), reasons]


def test_the_own_range_is_that_of_the_last_five() -> None:
    corners: list[Corner] = []
    for number, top in enumerate([30.0] * 3 + [18.0] * 5 + [16.0]):
        corners += good(6.0 * number, top)
    found = Raised(way(*corners, (55.0, 0.0), fps=10.0))
    # The first ones after the change are low beside three high ones, and are not learnt from.
    assert found.reasons[3] == ("too_low",)
    rising: list[Corner] = []
    for number, top in enumerate([20.0] * 3 + [24.0] * 3 + [18.8]):
        rising += good(6.0 * number, top)
    # Of the last five three were at 24: 18.8 is less than four fifths of that, and not of 20.
    assert Raised(way(*rising, (44.0, 0.0), fps=10.0)).reasons[-1] == ("too_low",)


# A leg that was stretched


@pytest.mark.parametrize(("still_s", "rests"), [(0.5, False), (0.9, True)])
def test_a_leg_that_rose_a_little_at_first_and_stays_there_rests_there(
    still_s: float, *, rests: bool
) -> None:
    """It was stretched and not raised; before the first repetition, and only a little."""
    found = after(0, TOP, (0.0, 0.0), (0.1, 6.0), (0.1 + still_s, 6.0))
    assert (found.phases[round(0.1 + still_s, 3)] is Phase.DOWN) is rests
    later = after(1, TOP, (0.0, 0.0), (0.1, 6.0), (0.1 + still_s, 6.0))
    assert later.phases[round(0.1 + still_s, 3)] is Phase.RISING


def test_a_raise_after_that_begins_where_the_leg_rests_now() -> None:
    stretched = [(0.0, 0.0), (0.1, 6.0), (1.0, 6.0)]
    phases = after(0, TOP, *stretched).phases
    rests_s = next(t_s for t_s, phase in phases.items() if t_s > 0.2 and phase is Phase.DOWN)
    top_s = rests_s + 0.6
    corners = [*stretched[:2], (rests_s, 6.0), (top_s, 26.0), (top_s + 2.6, 26.0)]
    landed_s = top_s + 3.2
    (found,) = after(0, TOP, *corners, (landed_s, 6.0), (landed_s + 1.0, 6.0)).repetitions
    assert found.start_s == pytest.approx(rests_s)
    assert found.counted


@pytest.mark.parametrize(("sway", "rests"), [(1.3, True), (1.7, False)])
def test_a_leg_at_rest_may_sway_by_a_tenth_of_the_range(sway: float, *, rests: bool) -> None:
    swaying = [form(0.1 + n / FPS, 6.0 - sway * (n % 2)) for n in range(20)]
    found = Raised([*way((0.0, 0.0), (0.05, 4.5)), *swaying])
    assert (Phase.DOWN in list(found.phases.values())[4:]) is rests


# The landing


def test_a_repetition_ends_when_the_foot_is_down_and_not_when_it_is_near() -> None:
    """Somebody who puts the foot down slowly at the end."""
    slow = [(0.0, 0.0), (0.6, TOP), (3.2, TOP), (3.6, 2.5), (4.1, 0.0), (6.0, 0.0)]
    (found,) = Raised(way(*slow)).repetitions
    assert found.end_s == pytest.approx(4.05, abs=0.11)
    assert found.counted


def test_a_foot_that_bounces_has_landed_at_once() -> None:
    """It has tapped when it rises again, or when it has not sunk for a fifth of a second."""
    for height, ended_s in ((0.9, 3.85), (0.8, 4.0)):
        corners = [(0.0, 0.0), (0.6, TOP), (3.2, TOP), (3.8, 0.0), (3.85, height), (5.0, height)]
        found = Raised(way(*corners))
        (ended,) = [fact for fact in found.facts if isinstance(fact, RepetitionEnded)]
        assert ended.repetition.end_s == pytest.approx(3.8)
        down = [t_s for t_s, phase in found.phases.items() if t_s > 3.0 and phase is Phase.DOWN]
        assert down[0] == pytest.approx(ended_s, abs=0.01)


# Faults


def bent(frames: Sequence[Form], bend_deg: float, since_s: float, until_s: float) -> list[Form]:
    """Return the frames with the line bent for a time."""
    name = RULES.raises.motion if RULES.raises else ""
    return [
        form(each.t_s, each.values[name], bend_deg if since_s <= each.t_s < until_s else 0.0)
        for each in frames
    ]


@pytest.mark.parametrize(
    ("bend_deg", "seconds", "told"), [(14.0, 2.0, False), (16.5, 2.0, True), (16.5, 0.9, False)]
)
def test_between_the_raises_a_line_may_break_half_as_far_again_and_for_a_second(
    bend_deg: float, seconds: float, *, told: bool
) -> None:
    frames = bent(way(*good(0.0), (9.0, 0.0)), bend_deg, 5.5, 5.5 + seconds)
    found = Raised(frames)
    began = [fact.code for fact in found.facts if isinstance(fact, FaultBegan)]
    assert began == (["sag"] if told else [])


def test_while_the_leg_moves_or_hangs_in_the_air_the_line_is_nobody_s_to_judge() -> None:
    """Between the raises it is read with the leg at rest: moved or lifted, it reads otherwise."""
    swings = [form(6.0 + n / FPS, 0.46 * (n % 10), bend_deg=20.0) for n in range(40)]
    lifted = [form(6.0 + n / FPS, 4.0, bend_deg=20.0) for n in range(40)]
    rests = [form(6.0 + n / FPS, 1.0, bend_deg=20.0) for n in range(40)]
    for leg, told in ((swings, []), (lifted, []), (rests, ["sag"])):
        found = Raised([*way(*good(0.0), (5.95, 0.0)), *leg])
        assert [fact.code for fact in found.facts if isinstance(fact, FaultBegan)] == told


def test_before_the_first_raise_the_position_is_still_settled_into() -> None:
    found = Raised(bent(way((0.0, 0.0), (4.0, 0.0)), 25.0, 0.5, 3.5))
    assert found.facts == []


def test_a_line_that_breaks_on_the_way_is_none_of_the_top() -> None:
    frames = bent(way(*good(0.0), *good(6.0), (12.0, 0.0)), 20.0, 6.05, 6.5)
    assert Raised(frames).reasons == [(), ()]
    frames = bent(way(*good(0.0), *good(6.0), (12.0, 0.0)), 20.0, 7.0, 8.5)
    assert Raised(frames).reasons == [(), ("line_broken",)]


# Ended early


@pytest.mark.parametrize(
    ("ending", "reasons"),
    [(Ending.LOST, ["not_seen"]), (Ending.LEFT, ["no_tap"]), (Ending.OVER, [])],
)
def test_a_leg_that_is_up_at_the_end_was_an_attempt_where_the_position_was_left(
    ending: Ending, reasons: list[str]
) -> None:
    found = Raised(way((0.0, 0.0), (0.6, TOP), (3.0, TOP)))
    told = [fact for fact in found.machine.end(3.0, ending) if isinstance(fact, RepetitionEnded)]
    assert [fact.repetition.reasons for fact in told] == [(each,) for each in reasons]
    assert found.machine.phase is Phase.WAITING
    assert found.machine.top_since_s is None


# Where the foot will land, of somebody who stretches the leg on the way into the position


def stretched_out(*corners: Corner, knee_deg: float = KNEE_DEG) -> Raised:
    """Return a set of somebody whose foot is read 10 lower until the leg is stretched, at 2 s."""
    assert RULES.raises is not None
    found = Raised(way((0.0, 0.0), (1.0, 0.0)))
    frames = [
        form(
            each.t_s,
            each.values[RULES.raises.motion],
            knee_deg=90.0 if each.t_s < 2.0 else knee_deg,
        )
        for each in way((1.05, 0.0), (1.8, 0.0), (2.2, 10.0), *corners)
    ]
    for each in frames:
        found.facts += found.machine.step(each)
    return found


ONE = ((2.8, 30.0), (5.2, 30.0), (5.8, 10.0), (6.4, 10.0))
TWO = ((7.0, 30.0), (9.4, 30.0), (10.0, 10.0), (10.6, 10.0))
NO_TAP = ((7.0, 30.0), (9.4, 30.0), (10.0, 15.0), (10.6, 15.0), (11.2, 30.0), (13.6, 30.0))


def test_where_it_comes_down_first_is_the_ground_then() -> None:
    assert stretched_out(*ONE, *TWO).reasons == [(), ()]


def test_and_from_then_on_it_is_the_measure() -> None:
    assert stretched_out(*ONE, *NO_TAP, (14.2, 10.0), (15.0, 10.0)).reasons == [(), ("no_tap",), ()]


def test_who_lay_still_with_the_leg_stretched_lands_there_or_nowhere() -> None:
    lain = way(
        (0.0, 0.0), (1.5, 0.0), (2.1, 20.0), (4.5, 20.0), (5.1, 8.0), (5.7, 8.0), (6.3, 20.0)
    )
    assert Raised(lain).reasons[0] == ("no_tap",)


@pytest.mark.parametrize(("held_s", "answered"), [(0.5, False), (2.5, True)])
def test_a_bent_leg_that_passes_is_on_its_way_and_one_that_is_held_is_answered(
    held_s: float, *, answered: bool
) -> None:
    down = 2.8 + held_s + 0.6
    up = ((2.8, 30.0), (2.8 + held_s, 30.0), (down, 4.0), (down + 1.0, 4.0))
    assert bool(stretched_out(*up, knee_deg=100.0).reasons) is answered
