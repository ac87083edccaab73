"""The best and the worst moment of a set: the right ones, and never on the way down."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.body.pose import LANDMARKS, Joint, Pose
from coreline.judging.events import (
    Fact,
    Hold,
    HoldEnded,
    NeutralFound,
    Phase,
    Reading,
    Repetition,
    RepetitionEnded,
    State,
)
from coreline.judging.moments import MomentKeeper, moment_of

LINE = (int(Joint.LEFT_SHOULDER), int(Joint.LEFT_HIP), int(Joint.LEFT_ANKLE))
STEP_S = 0.1


def a_pose(t_s: float, hip_px: float = 0.0, scale: float = 1.0) -> Pose:
    """Return somebody who lies along the picture, the hips so much lower."""
    xy_px = np.full((LANDMARKS, 2), 300.0)
    for number, side in enumerate(("LEFT", "RIGHT")):
        for place, part in enumerate(("SHOULDER", "HIP", "KNEE", "ANKLE")):
            drop_px = hip_px if part == "HIP" else 0.0
            xy_px[Joint[f"{side}_{part}"]] = (100.0 + 100.0 * place, 300.0 + drop_px - number)
    return Pose(
        t_s,
        xy_px * scale,
        np.zeros(LANDMARKS),
        np.ones(LANDMARKS),
        np.zeros((LANDMARKS, 3)),
        (640, 480),
    )


def a_reading(
    t_s: float,
    change_deg: float | None,
    phase: Phase = Phase.HOLDING,
    state: State = State.GOOD,
) -> Reading:
    bend_deg = None if change_deg is None else 5.0 + change_deg
    return Reading(t_s, True, bend_deg, 5.0, bend_deg, None, phase, state)


def a_hold(start_s: float, end_s: float, worst_deg: float | None) -> HoldEnded:
    return HoldEnded(end_s, Hold(start_s, end_s, 1.0, 0.0, worst_deg, 1.0, 90.0, ()))


def a_repetition(top_s: float, worst_deg: float | None, *reasons: str) -> RepetitionEnded:
    repetition = Repetition(
        number=1,
        start_s=top_s - 1.0,
        top_s=top_s,
        end_s=top_s + 3.0,
        hold_s=2.0,
        counted=not reasons,
        reasons=reasons,
        peak_deg=30.0,
        bend_mean_deg=0.0,
        bend_worst_deg=worst_deg,
        knee_min_deg=None,
        line_score=90.0,
    )
    return RepetitionEnded(top_s + 3.0, repetition)


def kept(
    changes_deg: list[float | None], *facts: Fact, phase: Phase = Phase.HOLDING
) -> MomentKeeper:
    """Return what was kept of a frame each tenth of a second, and of facts after the last."""
    keeper = MomentKeeper()
    for number, change_deg in enumerate(changes_deg):
        t_s = STEP_S * number
        state = State.GOOD if change_deg is not None and abs(change_deg) <= 5.0 else State.NOT_GOOD
        keeper.step(a_pose(t_s), a_reading(t_s, change_deg, phase, state), LINE, [])
    keeper.take(facts)
    return keeper


def test_best_and_worst_of_a_hold() -> None:
    keeper = kept([2.0, -1.0, 8.0, -9.0, 3.0], a_hold(0.0, 0.4, -9.0))
    assert keeper.best is not None
    assert keeper.worst is not None
    assert (keeper.best.t_s, keeper.best.bend_deg) == pytest.approx((0.1, -1.0))
    assert (keeper.worst.t_s, keeper.worst.bend_deg) == pytest.approx((0.3, -9.0))


def test_the_way_down_is_no_moment() -> None:
    keeper = kept([1.0, 4.0, 2.0, *[12.0 + n for n in range(15)]], a_hold(0.0, 0.25, 4.0))
    assert keeper.worst is not None
    assert keeper.worst.t_s == pytest.approx(0.1)


def test_an_end_may_be_dated_back_by_nearly_six_seconds() -> None:
    """Whatever came later, the worst before it is still known."""
    keeper = kept([1.0, 9.0, 2.0, *[3.0] * 55, 12.0], a_hold(0.0, 0.25, 9.0))
    assert keeper.worst is not None
    assert keeper.worst.t_s == pytest.approx(0.1)


def test_nothing_is_kept_before_an_attempt_is_over() -> None:
    assert kept([1.0, 2.0]).worst is None
    assert kept([1.0, 2.0]).best is None


def test_what_was_too_little_seen_has_no_moments() -> None:
    keeper = kept([1.0, 2.0], a_hold(0.0, 0.2, None))
    assert (keeper.best, keeper.worst) == (None, None)


def test_a_neutral_that_is_found_anew_begins_anew() -> None:
    keeper = MomentKeeper()
    keeper.step(a_pose(0.0), a_reading(0.0, 30.0), LINE, [])
    keeper.step(a_pose(0.1), a_reading(0.1, 2.0), LINE, [NeutralFound(0.1, 5.0)])
    keeper.take([a_hold(0.1, 0.2, 2.0)])
    assert keeper.worst is not None
    assert keeper.worst.t_s == 0.1


@pytest.mark.parametrize("phase", [Phase.WAITING, Phase.DOWN, Phase.RISING, Phase.LOWERING])
def test_only_what_is_in_position_counts(phase: Phase) -> None:
    assert kept([20.0], a_hold(0.0, 0.1, 20.0), phase=phase).worst is None


def test_the_best_repetition_counted_and_the_worst_need_not() -> None:
    keeper = MomentKeeper()
    for start_s, change_deg, reasons in ((0.0, 3.0, ()), (5.0, 1.0, ("no_tap",)), (10.0, 2.0, ())):
        reading = a_reading(start_s, change_deg, Phase.TOP)
        keeper.step(a_pose(start_s), reading, LINE, [a_repetition(start_s, change_deg, *reasons)])
    assert keeper.best is not None
    assert keeper.worst is not None
    assert (keeper.best.t_s, keeper.worst.t_s) == (10.0, 0.0)


def test_what_is_unseen_or_unknown_is_passed_over() -> None:
    keeper = MomentKeeper()
    keeper.step(None, a_reading(0.0, 9.0), LINE, [])
    keeper.step(a_pose(0.1), a_reading(0.1, 9.0, state=State.UNSEEN), LINE, [])
    keeper.step(a_pose(0.2), a_reading(0.2, None), LINE, [])
    keeper.step(a_pose(0.3), a_reading(0.3, 9.0), (), [])
    keeper.take([a_hold(0.0, 0.4, 9.0)])
    assert (keeper.best, keeper.worst) == (None, None)


@given(st.lists(st.floats(-60.0, 60.0), min_size=1, max_size=300))
def test_the_worst_is_the_farthest_and_little_is_remembered(changes_deg: list[float]) -> None:
    keeper = kept([*changes_deg])
    assert len(keeper._bad._rungs) <= 6.0 / STEP_S + 3  # what an end may still be dated back to
    farthest_deg = max(changes_deg, key=abs)
    end_s = STEP_S * len(changes_deg)
    keeper.take([a_hold(0.0, end_s, farthest_deg)])
    assert keeper.worst is not None
    first = [abs(each) for each in changes_deg].index(abs(farthest_deg))
    assert keeper.worst.t_s == pytest.approx(STEP_S * first)


# The points


def test_points_are_in_body_lengths_with_the_floor_at_zero() -> None:
    for scale in (1.0, 0.5):
        moment = moment_of(a_pose(0.0, hip_px=30.0, scale=scale), 8.0, LINE)
        places = [place for place in moment.points if place is not None]
        assert max(y for _, y in places) == 0.0
        shoulder, hip, ankle = (moment.points[joint] for joint in LINE)
        assert shoulder is not None
        assert hip is not None
        assert ankle is not None
        assert (hip[0], hip[1]) == (0.0, 0.0)
        assert ankle[0] - shoulder[0] == pytest.approx(0.96, abs=0.02)


def test_what_was_not_seen_has_no_point_but_the_line_does() -> None:
    pose = a_pose(0.0)
    hidden = replace(pose, visibility=np.full(LANDMARKS, 0.1))
    moment = moment_of(hidden, 0.0, LINE)
    assert [at for at, place in enumerate(moment.points) if place is not None] == sorted(LINE)


def test_a_landmark_is_drawn_where_it_was_seen_for_three_tenths() -> None:
    pose = a_pose(0.0)
    visibility = np.ones(LANDMARKS)
    visibility[[Joint.NOSE, Joint.LEFT_WRIST]] = 0.31, 0.29
    moment = moment_of(replace(pose, visibility=visibility), 0.0, LINE)
    assert moment.points[Joint.NOSE] is not None
    assert moment.points[Joint.LEFT_WRIST] is None


def test_places_are_told_to_a_thousandth_of_the_body() -> None:
    xy_px = a_pose(0.0).xy_px.copy()
    xy_px[Joint.NOSE] = (100.0, 100.0)
    (x, y) = moment_of(replace(a_pose(0.0), xy_px=xy_px), 0.0, LINE).points[Joint.NOSE] or (0, 0)
    assert (x, y) == pytest.approx((-100.0 / 300.0, -200.0 / 300.0), abs=0.0006)
    assert (x, y) == (round(x, 3), round(y, 3)) != (round(x, 2), round(y, 2))


def test_of_two_sides_the_longer_is_the_body_s_length() -> None:
    """The other one may be foreshortened or hidden, in front or behind."""
    for short in ("LEFT", "RIGHT"):
        xy_px = a_pose(0.0).xy_px.copy()
        for part in ("HIP", "KNEE", "ANKLE"):
            xy_px[Joint[f"{short}_{part}"]] = xy_px[Joint[f"{short}_SHOULDER"]]
        moment = moment_of(replace(a_pose(0.0), xy_px=xy_px), 0.0, LINE)
        shoulder, ankle = moment.points[Joint.LEFT_SHOULDER], moment.points[Joint.RIGHT_ANKLE]
        assert shoulder is not None
        assert ankle is not None
        assert ankle[0] - shoulder[0] == pytest.approx(1.0 if short == "LEFT" else 0.0, abs=0.01)
