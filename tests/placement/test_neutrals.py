"""When a camera was moved, and what is kept of the person's own lines."""

from dataclasses import replace

import pytest

from coreline.body.measures import Side
from coreline.data_files import load_placement
from coreline.placement.geometry import CameraPlace, FoundBy
from coreline.placement.neutrals import Neutral, Neutrals, moved

RULES = load_placement()
OLD = CameraPlace(FoundBy.SHEETS, (1280, 720), (500.0, 510.0), 400.0, 2.5, 2.0, 0.4, 1.0, 0.4)
BODY = CameraPlace(FoundBy.BODY, (1280, 720), (500.0, 510.0), 400.0, 2.5)


@pytest.mark.parametrize(
    ("new", "was_moved"),
    [
        (OLD, False),
        (replace(OLD, floor_px=(508.0, 500.0), scale_px_m=410.0, yaw_deg=3.5), False),
        (replace(OLD, floor_px=(530.0, 540.0)), True),
        (replace(OLD, floor_px=(500.0, 540.0)), True),  # leans
        (replace(OLD, scale_px_m=460.0), True),
        (replace(OLD, yaw_deg=6.0), True),
        (replace(OLD, size_px=(640, 480)), True),
        (BODY, False),
        (replace(BODY, floor_px=(525.0, 535.0), scale_px_m=430.0), False),
        (replace(BODY, floor_px=(560.0, 560.0)), True),
        (replace(BODY, scale_px_m=500.0), True),
    ],
)
def test_a_camera_that_was_moved_is_told(new: CameraPlace, was_moved: bool) -> None:
    assert moved(OLD, new, RULES) is was_moved


def test_the_newest_neutral_of_an_exercise_and_side_is_kept() -> None:
    neutrals = (
        Neutrals()
        .with_(Neutral("a", Side.LEFT, 3.0))
        .with_(Neutral("a", Side.RIGHT, 4.0))
        .with_(Neutral("b", None, 5.0))
        .with_(Neutral("a", Side.LEFT, 6.0))
    )
    last = {(each.exercise_id, each.side): each.line_deg for each in neutrals.found}
    assert last == {("a", Side.LEFT): 6.0, ("a", Side.RIGHT): 4.0, ("b", None): 5.0}


def test_the_usual_line_is_that_of_all_sets_and_a_single_bad_one_does_not_move_it() -> None:
    neutrals = Neutrals()
    for line_deg in (-6.0, -5.0, 14.0, -7.0, -6.5):
        neutrals = neutrals.with_(Neutral("a", None, line_deg))
    usual = neutrals.lines()["a", None]
    assert usual.line_deg == -6.0
    assert 1.0 <= usual.sd_deg <= 2.0


def test_a_line_that_is_read_in_a_new_way_forgets_those_read_before() -> None:
    neutrals = Neutrals()
    for line_deg in (-6.0, -5.0, -7.0):
        neutrals = neutrals.with_(Neutral("a", None, line_deg))
    neutrals = neutrals.with_(Neutral("a", None, 2.0, kind="bent_leg_bend"))
    (kept,) = neutrals.found
    assert (kept.line_deg, kept.earlier_deg) == (2.0, ())
    assert neutrals.lines()["a", None].kind == "bent_leg_bend"


def test_no_more_than_the_last_eight_sets_are_kept() -> None:
    neutrals = Neutrals()
    for line_deg in range(20):
        neutrals = neutrals.with_(Neutral("a", None, float(line_deg)))
    (kept,) = neutrals.found
    assert (*kept.earlier_deg, kept.line_deg) == tuple(float(each) for each in range(12, 20))


@pytest.mark.parametrize(
    ("new", "was_moved"),
    [
        # By the sheets: 2 % of the height, 6 % of the scale, 3 degrees.
        (replace(OLD, floor_px=(514.3, 510.0)), False),
        (replace(OLD, floor_px=(514.5, 510.0)), True),
        (replace(OLD, floor_px=(500.0, 495.5)), True),
        (replace(OLD, scale_px_m=423.9), False),
        (replace(OLD, scale_px_m=424.1), True),
        (replace(OLD, scale_px_m=375.9), True),
        (replace(OLD, yaw_deg=-1.0), False),
        (replace(OLD, yaw_deg=5.1), True),
        # By a body two and a half times as much, and no angle.
        (replace(BODY, floor_px=(535.9, 510.0)), False),
        (replace(BODY, floor_px=(536.1, 510.0)), True),
        (replace(BODY, scale_px_m=459.9), False),
        (replace(BODY, scale_px_m=460.1), True),
    ],
)
def test_how_far_a_camera_may_move(new: CameraPlace, *, was_moved: bool) -> None:
    assert moved(OLD, new, RULES) is was_moved
