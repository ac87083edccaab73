"""What the rules of an exercise may say, and what their limits mean."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.errors import BadDataError
from coreline.programme.catalogue import parse_exercise
from coreline.programme.conditions import Condition, ConditionLimits, ReadsShort
from coreline.programme.rules import Band, Grace, PriorRange
from stick_figure import rules_of

# An exercise that uses nothing shared: every rule of it stands in the file.
RAISES = Path(__file__).with_name("whole_exercise.toml").read_text(encoding="utf-8")
LEVELS = ("w12", "w34", "w56", "adv")
AFTER_START = "still_deg = 8.0\n"
AFTER_TAP = "tap_max = 3.0\n"
GRACE = "[judging.raises]\n"
READINGS = st.floats(-200.0, 200.0)


def with_line(old: str, new: str) -> str:
    """Return the rules of a raise with one place changed."""
    assert old in RAISES
    return RAISES.replace(old, new, 1)


def complaint(text: str) -> str | None:
    try:
        parse_exercise(text, "own.toml", LEVELS)
    except BadDataError as error:
        return str(error)
    return None


@pytest.mark.parametrize(
    ("old", "new", "sound", "slips"),
    [
        ("hold_s = 0.4", "hold_s = {}", ("0.1", "60"), ("0", "61")),
        ("still_deg = 8.0", "still_deg = {}", ("0.1", "180"), ("0", "180.1")),
        ("leave_s = 0.4", "leave_s = {}", ("0.1", "60"), ("0", "61")),
        ("min = 9.0,", "min = 9.0, patience_s = {},", ("0.1", "60"), ("0", "61")),
        ('"near.hip" = 0.5', '"near.hip" = {}', ("0", "1"), ("-0.1", "1.01")),
        ("sd = 9.0", "sd = {}", ("0.1",), ("0",)),
        ("least_range = 15.0", "least_range = {}", ("0.1",), ("0",)),
        ("tap_max = 3.0", "tap_max = {}", ("0.1",), ("0",)),
        ("tap_slack = 1.4", "tap_slack = {}", ("0.1",), ("0",)),
        (AFTER_TAP, AFTER_TAP + "hold_slack_s = {}\n", ("0", "1"), ("-0.1", "1.01")),
        (AFTER_TAP, AFTER_TAP + "ramp_above_share = {}\n", ("0", "1"), ("-0.1", "1.01")),
        (AFTER_TAP, AFTER_TAP + "too_low_share = {}\n", ("0", "1"), ("-0.1", "1.01")),
        (GRACE, "[judging.grace]\nfault_s = {}\n" + GRACE, ("0.1", "60"), ("0", "61")),
        (GRACE, "[judging.grace]\nlost_s = {}\n" + GRACE, ("0.1", "60"), ("0", "61")),
        (GRACE, "[judging.smoothing]\nmin_cutoff_hz = {}\n" + GRACE, ("0.1",), ("0",)),
        (GRACE, "[judging.smoothing]\nbeta = {}\n" + GRACE, ("0",), ("-0.1",)),
    ],
)
def test_a_number_has_its_limits(
    old: str, new: str, sound: tuple[str, ...], slips: tuple[str, ...]
) -> None:
    assert [complaint(with_line(old, new.format(each))) for each in sound] == [None] * len(sound)
    said = [complaint(with_line(old, new.format(each))) or "" for each in slips]
    assert [bool(re.search(r"must be (greater|less) than", each)) for each in said] == [True] * len(
        slips
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('line = "bend"', 'line = "bent"', "the first of bands must be the line's"),
        ('knee = "knee"', 'knee = "knees"', '"knees" is no measure here'),
        ('signal = "raise"', 'signal = "raised"', '"raised" is no measure here'),
        ('motion = "lift"', 'motion = "lifted"', '"lifted" is no measure here'),
        ('tap = "foot"', 'tap = "feet"', '"feet" is no measure here'),
        (AFTER_TAP, AFTER_TAP + 'other_tap = "feet"\n', '"feet" is no measure here'),
        ('measure = "supports"', 'measure = "support"', '"support" is no measure'),
        ('measure = "over"', 'measure = "above"', '"above" is no measure here'),
        ("[judging.neutral]\nbend", "[judging.neutral]\nbent", '"bent" is no measure'),
        ('line = "bend"', 'line = "raise"', "the first of bands must be the line's"),
        ("good_low = -5.0", "good_low = 5.0", "limits must be in order"),
        ("good_high = 5.0", "good_high = 10.1", "limits must be in order"),
        ("fault_low = -10.0", "fault_low = -4.9", "limits must be in order"),
        ('"near.shoulder", "bent.foot"]', '"bent.foot"]', '"over" takes 3 points, not 2'),
        ('below = "pike"', 'below = "pikes"', '"pikes" is none of sag, pike, knee_bent'),
    ],
)
def test_rules_that_do_not_fit_together_are_refused(old: str, new: str, said: str) -> None:
    assert said in (complaint(with_line(old, new)) or "")


def test_a_roll_needs_the_turn_around_the_body() -> None:
    rules = rules_of("adv-log-roll")
    measures = {key: rule for key, rule in rules.measures.items() if key != "roll_cos"}
    without = rules.model_copy(update={"measures": measures})
    assert rules.unknown_measure() is None
    unknown = without.unknown_measure()
    assert unknown is not None
    assert unknown[1] == "roll_cos"


# What the limits mean


@given(READINGS)
def test_without_limits_everything_meets_a_condition(value: float) -> None:
    free = Condition(measure="bend")
    assert free.is_reached(value)
    assert free.is_kept(value)
    assert free.is_near(value)
    assert not free.keeps


def test_the_limits_themselves_still_meet_a_condition() -> None:
    within = Condition(measure="bend", min=-5, max=5, keep_min=-10, keep_max=10)
    assert within.is_reached(-5)
    assert within.is_reached(5)
    assert within.is_kept(-10)
    assert within.is_kept(10)
    assert not within.is_reached(5.1)
    assert not within.is_reached(-5.1)
    assert not within.is_kept(10.1)
    assert not within.is_kept(-10.1)


@pytest.mark.parametrize("limits", [{"keep_min": 0.0}, {"keep_max": 0.0}])
def test_one_limit_is_enough_to_have_to_stay_true(limits: dict[str, float]) -> None:
    assert Condition(measure="bend").model_copy(update=limits).keeps


def test_who_tries_is_within_the_wider_limits_where_there_are_some() -> None:
    plain = Condition(measure="bend", min=-5, max=5)
    assert [plain.is_near(value) for value in (-5.1, -5.0, 5.0, 5.1)] == [False, True, True, False]
    wide = Condition(measure="bend", min=-5, max=5, near_min=-8, near_max=8)
    assert [wide.is_near(value) for value in (-8.1, -8.0, 8.0, 8.1)] == [False, True, True, False]


def test_on_a_ball_only_what_differs_is_other() -> None:
    floor = Condition(measure="bend", min=-5, max=5, keep_max=9, ball=ConditionLimits(max=12))
    ball = floor.on_ball()
    assert (ball.min, ball.max, ball.keep_max) == (-5, 12, 9)
    plain = Condition(measure="bend", max=5)
    assert plain.on_ball() == plain


@given(one=READINGS, other=READINGS, above=st.floats(-50.0, 50.0), factor=st.floats(1.0, 3.0))
def test_what_reads_short_is_made_whole_beyond_a_value_and_keeps_its_order(
    one: float, other: float, above: float, factor: float
) -> None:
    short = ReadsShort(above=above, factor=factor)
    low, high = sorted((one, other))
    assert short.full(low) <= short.full(high)
    assert short.full(min(one, above)) == min(one, above)
    beyond = max(one, above)
    assert short.full(beyond) - above == pytest.approx(factor * (beyond - above), abs=1e-9)


def test_on_a_ball_the_limits_of_what_reads_short_go_along() -> None:
    short = ReadsShort(above=-4.0, factor=1.5)
    floor = Condition(measure="bend", min=-10, max=6, keep_max=16, near_max=8)
    ball = floor.on_ball(short)
    assert (ball.min, ball.max, ball.keep_max, ball.near_max) == (-10, 11, 26, 14)
    assert (ball.keep_min, ball.near_min) == (None, None)
    own = floor.model_copy(update={"own": True})
    assert own.on_ball(short) == own, "changes from the person's own"
    people = PriorRange(mean=-2.0, sd=5.0, low=-20.0, high=10.0).on_ball(short)
    assert people == PriorRange(mean=-1.0, sd=5.0, low=-20.0, high=17.0)
    assert PriorRange(mean=0.0, sd=1.0).on_ball(None) == PriorRange(mean=0.0, sd=1.0)


def test_a_side_bridge_over_a_ball_is_asked_the_same_of_what_reads_short() -> None:
    floor = rules_of("w12-side-bridge")
    assert floor.ball is not None
    short, ball = floor.ball.reads_short["bend"], floor.on_ball()
    (sagging,) = [each for each in ball.start.conditions if each.measure == "bend" and each.keeps]
    (on_floor,) = [each for each in floor.start.conditions if each.measure == "bend" and each.keeps]
    assert sagging.max == short.full(on_floor.max) > on_floor.max
    assert ball.neutral["bend"].high == short.full(floor.neutral["bend"].high)
    assert ball.neutral["knee"] == floor.neutral["knee"]
    assert rules_of("w12-back-bridge").on_ball().neutral == rules_of("w12-back-bridge").neutral


def test_a_raise_on_a_ball_rests_where_it_rests_on_one() -> None:
    raises = rules_of("w56-belly-bridge").on_ball().raises
    assert raises is not None
    assert raises.rest == PriorRange(mean=-49.0, sd=6.0)
    always = raises.model_copy(update={"rest_on_ball": None})
    assert always.on_ball().rest == raises.rest


def test_a_top_that_is_too_high_on_a_ball_may_be_lower() -> None:
    floor = rules_of("w56-crunch")
    assert floor.raises is not None
    ball = floor.on_ball().raises
    assert ball is not None
    assert ball.max_top == floor.raises.max_top_on_ball != floor.raises.max_top
    same = floor.raises.model_copy(update={"max_top_on_ball": None})
    assert same.on_ball().max_top == floor.raises.max_top


def test_a_side_of_a_band_without_a_limit_accepts_everything() -> None:
    knee = Band(measure="knee", own=False, below="knee_bent", good_low=162, fault_low=157)
    assert knee.good_high == knee.fault_high
    assert knee.good_high > 360.0
    hip = Band(measure="bend", above="sag", good_high=5, fault_high=10)
    assert hip.good_low == hip.fault_low
    assert hip.good_low < -360.0


def test_a_thing_lasts_before_it_is_taken_for_true() -> None:
    """The seconds that docs/judging.md names, and that a fault is said after half of one."""
    grace = Grace()
    assert (grace.fault_s, grace.fault_stops_s) == (0.5, 1.0)
    assert (grace.bridge_s, grace.lost_s) == (0.9, 2.0)
    assert grace.clear_s < grace.fault_s
