"""The page after a session: what was not done is not shown as done."""

import pytest

from coreline.programme.done import NoScore, Score
from coreline.screen.palette import GOOD
from coreline.screen.stages.done import amount_of, bar_colour, heading_of, line_of, verdict_of
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


def result(done: float, score: Score | None = None) -> Result:
    return Result("w12-back-bridge", None, done, 90.0, score)


def test_praise_is_for_all_that_was_asked_and_nothing_less(texts: Texts) -> None:
    assert verdict_of((result(90.0),), texts).text == texts.own("done_all")
    assert verdict_of((result(90.0), result(89.9)), texts).text == texts.own("done_part")
    assert verdict_of((result(0.0),), texts).text == texts.own("done_none")
    assert amount_of(result(89.9), texts) == texts.own("amount_seconds", done=89, whole=90)


def test_a_score_is_shown_with_its_share_or_with_why_there_is_none(texts: Texts) -> None:
    assert line_of(result(60.0, Score(92.4, 0.667)), texts) == texts.own(
        "line_score", n=92, share=67
    )
    for why in (NoScore.TOO_LITTLE, NoScore.NOT_SEEN):
        assert line_of(result(20.0, Score(None, 0.2, why)), texts) == texts.own(f"no_score_{why}")
    assert line_of(result(0.0, Score(None, 0.0, NoScore.NOTHING)), texts) == ""
