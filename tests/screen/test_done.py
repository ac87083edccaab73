"""The page after a session: what was not done is not shown as done."""

import pytest

from coreline.screen.palette import GOOD
from coreline.screen.stages.done import bar_colour, heading_of
from coreline.screen.texts import Texts
from coreline.session.view import Result


@pytest.mark.parametrize("skipped", [True, False])
def test_after_nothing_but_skipping_the_page_does_not_say_done(
    texts: Texts, *, skipped: bool
) -> None:
    results = (Result("w56-crunch", None, 0.0, 90.0, None, skipped=skipped),)
    assert heading_of(results, texts) != texts.title("stage.done")
    assert heading_of((Result("w56-crunch", None, 1.0, 90.0, None),), texts) == texts.title(
        "stage.done"
    )


def test_the_bar_of_a_skipped_exercise_is_not_that_of_a_finished_one() -> None:
    assert bar_colour(Result("w56-crunch", None, 90.0, 90.0, None, skipped=True)) != GOOD
    assert bar_colour(Result("w56-crunch", None, 90.0, 90.0, None)) == GOOD


def test_a_pose_that_is_the_same_on_both_sides_has_no_side_but_a_way_to_lie(texts: Texts) -> None:
    for side in ("left", "right"):
        assert "camera" in texts.side("w12-back-bridge", side)
        assert "camera" not in texts.side("w12-side-bridge", side)
