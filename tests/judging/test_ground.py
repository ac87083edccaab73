"""Where a leg rests between raises, and what is no resting place."""

import pytest

from coreline.body.form import Form
from coreline.judging.ground import Ground
from coreline.judging.sightings import Sighting
from coreline.programme.rules import Raises
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


def landings(ground: Ground) -> list[bool]:
    """Return which heights are taps."""
    return [ground.has_landed(low / 10.0) for low in range(50)]
