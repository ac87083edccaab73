"""Where a leg rests between raises, and what is no resting place."""

import math

import pytest

from coreline.body.form import Form
from coreline.judging.ground import Ground
from coreline.judging.sightings import Sighting
from coreline.programme.rules import PriorRange, Raises
from stick_figure import rules_of


def ground_of(exercise: str) -> tuple[Ground, Raises]:
    """Return the ground of somebody who rests at 0 and has tapped there once."""
    raises = rules_of(exercise).raises
    assert raises is not None
    raises = raises.model_copy(update={"rest": None})
    ground = Ground(raises)
    ground.begin(raises, [Form(0.0, True, True, None, values_at(raises, 0.0), None)])
    ground.note_landing(0.0)
    return ground, raises


def values_at(raises: Raises, height: float) -> dict[str, float]:
    names = [raises.motion, raises.tap, raises.other_tap or raises.tap]
    return dict.fromkeys(names, height)


def test_a_leg_that_is_held_a_little_way_up_rests_on_nothing() -> None:
    ground, raises = ground_of("adv-belly-bridge")
    held = Sighting(1.0, 10.0, values_at(raises, 10.0))
    assert not ground.follow(held, 0.5)
    assert ground.rest == 0.0


def test_a_foot_that_landed_a_little_elsewhere_rests_there() -> None:
    ground, raises = ground_of("adv-belly-bridge")
    landed = Sighting(1.0, 1.0, values_at(raises, 1.0))
    assert all(ground.follow(landed, 0.1) for _ in range(10))
    assert ground.rest == pytest.approx(1.0)


def test_one_reading_after_a_gap_does_not_move_the_rest_far() -> None:
    ground, raises = ground_of("adv-belly-bridge")
    assert ground.follow(Sighting(1.0, 1.0, values_at(raises, 1.0)), 0.7)
    assert ground.rest < 0.3


def test_where_one_reading_serves_both_legs_the_other_leg_taps_as_the_first() -> None:
    ground, _ = ground_of("w56-belly-bridge")
    before = landings(ground)
    ground.change_leg()
    assert landings(ground) == before


def test_before_there_are_taps_a_foot_lands_where_it_lay_last() -> None:
    ground, raises = ground_of("w56-belly-bridge")
    ground.begin(raises, lying(raises, 0.0, tap=-8.0))
    assert not ground.has_landed(-1.0)
    ground.leave([Sighting(1.0, 0.0, values_at(raises, -2.0))])
    assert ground.has_landed(0.9)
    assert not ground.has_landed(1.1)


def test_where_there_are_taps_they_are_the_measure() -> None:
    ground, raises = ground_of("w56-belly-bridge")
    ground.leave([Sighting(1.0, 0.0, values_at(raises, 2.0))])
    assert not ground.has_landed(1.5)


def test_a_leg_that_rests_higher_taps_higher_whichever_leg_it_is() -> None:
    ground, raises = ground_of("adv-belly-bridge")
    ground.begin(raises, lying(raises, 0.0))
    ground.rest_here(Sighting(1.0, 6.0, values_at(raises, 6.0)))
    ground.change_leg()
    assert ground.has_landed(8.9)
    assert not ground.has_landed(9.1)


def landings(ground: Ground) -> list[bool]:
    """Return which heights are taps."""
    return [ground.has_landed(low / 10.0) for low in range(50)]


# Where it rests when the position is reached


def lying(raises: Raises, *heights: float, tap: float = 0.0) -> list[Form]:
    """Return forms of a leg at these heights, a tenth of a second apart, its foot at `tap`."""
    values = [{**values_at(raises, height), raises.tap: tap} for height in heights]
    return [Form(n / 10.0, True, True, None, each, None) for n, each in enumerate(values)]


def with_rest(exercise: str, rest: PriorRange | None) -> Raises:
    raises = rules_of(exercise).raises
    assert raises is not None
    return raises.model_copy(update={"rest": rest})


@pytest.mark.parametrize(
    ("height", "believed"), [(5.9, True), (-5.9, True), (6.1, False), (-6.1, False)]
)
def test_a_leg_that_lies_as_no_one_s_does_is_taken_to_be_up(
    height: float, *, believed: bool
) -> None:
    """Three deviations of what people's do are believed; the tap moves along with the rest."""
    raises = with_rest("adv-belly-bridge", PriorRange(mean=0.0, sd=2.0))
    ground = Ground(raises)
    ground.begin(raises, lying(raises, *[height] * 5, tap=height))
    assert ground.rest == pytest.approx(height if believed else 0.0)
    at_rest = ground.rest + raises.tap_max
    assert ground.has_landed(at_rest - 0.01)
    assert not ground.has_landed(at_rest + 0.01)


@pytest.mark.parametrize("share", [0.45, 0.55])
def test_who_comes_back_with_the_leg_up_rests_where_it_did(share: float) -> None:
    """Half of the least range above where it rested, the leg is up."""
    raises = with_rest("adv-belly-bridge", None)
    ground = Ground(raises)
    ground.begin(raises, lying(raises, 1.0, 1.0, tap=1.0))
    height = 1.0 + share * raises.least_range
    ground.begin(raises, lying(raises, height, height, tap=height))
    assert ground.rest == pytest.approx(1.0 if share > 0.5 else height)
    assert ground.has_landed(ground.rest + raises.tap_max - 0.01)
    assert not ground.has_landed(ground.rest + raises.tap_max + 0.01)


def test_at_the_first_time_a_leg_that_is_up_is_where_it_rests() -> None:
    raises = with_rest("adv-belly-bridge", None)
    ground = Ground(raises)
    ground.begin(raises, lying(raises, *[3.0 * raises.least_range] * 3))
    assert ground.rest == pytest.approx(3.0 * raises.least_range)


def test_who_takes_up_the_position_again_shows_the_taps_anew() -> None:
    ground, raises = ground_of("adv-belly-bridge")
    assert ground.knows_taps
    ground.begin(raises, lying(raises, 0.0))
    assert not ground.knows_taps


# Lower than it was taken to rest


@pytest.mark.parametrize(("share", "lower"), [(0.45, False), (0.55, True)])
def test_a_foot_plainly_below_where_it_rested_for_a_while_rests_lower(
    share: float, *, lower: bool
) -> None:
    ground, raises = ground_of("adv-belly-bridge")
    below = [Sighting(n / 10.0, -share * raises.least_range, {}) for n in range(4)]
    assert ground.is_lower(below) is lower
    assert not ground.is_lower(below[:2])  # a tenth of a second is a stray reading
    assert ground.is_lower(below[:3]) is lower
    stray = Sighting(below[1].t_s, 0.0, {})
    assert not ground.is_lower([below[0], stray, below[2]])
    assert ground.is_lower([stray, *below[2:], Sighting(0.4, below[0].rise, {})]) is lower


def test_where_a_leg_comes_to_rest_is_its_rest_and_higher_up_its_foot_is_there_too() -> None:
    for rise, tap, usual in ((-4.0, -3.0, -3.0), (4.0, 5.0, 5.0), (4.0, -3.0, 0.0)):
        raises = with_rest("adv-belly-bridge", None)
        ground = Ground(raises)
        ground.begin(raises, lying(raises, 0.0))
        ground.rest_here(Sighting(1.0, rise, values_at(raises, tap)))
        assert ground.rest == rise
        assert ground.has_landed(usual + raises.tap_max - 0.01)
        assert not ground.has_landed(usual + raises.tap_max + 0.01)


# Taps


def test_the_usual_tap_is_the_middle_of_the_last_eight() -> None:
    ground, raises = ground_of("adv-belly-bridge")
    slack = raises.tap_slack

    def usual_is(low: float) -> bool:
        return ground.has_landed(low + slack - 0.01) and not ground.has_landed(low + slack + 0.01)

    assert usual_is(0.0)
    for low in (2.0, 9.0):
        ground.note_landing(low)
    assert usual_is(2.0)  # one miss shifts no median
    for _ in range(6):
        ground.note_landing(5.0)
    assert usual_is(5.0)
    for _ in range(4):
        ground.note_landing(7.0)
    assert usual_is(6.0)  # of four and four: those before are forgotten


def test_a_foot_has_tapped_when_it_landed_since_it_was_near() -> None:
    ground, raises = ground_of("adv-belly-bridge")
    taps = [
        Sighting(t_s, 0.0, {raises.tap: low}) for t_s, low in ((0.0, 0.0), (1.0, 90.0), (2.0, 80.0))
    ]
    assert ground.lowest_since(taps, 1.0) == 80.0
    assert ground.lowest_since(taps, 0.0) == 0.0
    assert ground.lowest_since(taps, 2.5) == math.inf
    assert ground.has_tapped(taps, 0.0)
    assert not ground.has_tapped(taps, 0.5)
    assert not ground.has_tapped(taps, None)


def test_before_there_are_taps_the_rest_follows_in_about_a_second() -> None:
    """And the foot's place with it: after a second it has come two thirds of the way."""
    raises = with_rest("adv-belly-bridge", None)
    ground = Ground(raises)
    ground.begin(raises, lying(raises, 0.0))
    for _ in range(20):
        values = values_at(raises, 3.0)
        assert ground.follow(Sighting(1.0, 3.0 - ground.rest, values), 0.05)
    assert ground.rest == pytest.approx(3.0 * (1.0 - math.exp(-1.0)), abs=0.05)
    assert ground.has_landed(ground.rest + raises.tap_max - 0.01)
    assert not ground.has_landed(ground.rest + raises.tap_max + 0.01)


def test_the_other_leg_has_its_own_place_to_tap() -> None:
    exercise = "adv-back-bridge"
    raises = with_rest(exercise, None)
    assert raises.other_tap is not None
    assert raises.other_tap != raises.tap
    ground = Ground(raises)
    values = {raises.motion: 0.0, raises.tap: 0.0, raises.other_tap: 4.0}
    ground.begin(raises, [Form(0.0, True, True, None, values, None)])
    ground.note_landing(0.0)
    ground.change_leg()
    assert not ground.knows_taps
    assert ground.has_landed(4.0 + raises.tap_max - 0.01)
    assert not ground.has_landed(4.0 + raises.tap_max + 0.01)
