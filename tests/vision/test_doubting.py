"""When the body is looked for anew, and where."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.body.pose import Pose
from coreline.body.stretched import is_folded, is_stretched
from coreline.vision.doubting import (
    AT_ONCE_LOOKS,
    AT_ONCE_S,
    DOUBT_S,
    GUESSES,
    LAST_TRIED,
    REMEMBERED_S,
    SELDOM_S,
    SOON_LOOKS,
    SOON_S,
    Doubts,
    Place,
    guesses,
    place_of,
    places_by,
)
from stick_figure import PLANK, film

SIZE_PX = (640, 480)
STEP_S = 1.0 / 15.0


def lying() -> Pose:
    pose = film((PLANK, 0.0, 1.0)).frames()[-1][1]
    assert pose is not None
    assert is_stretched(pose)
    return pose


def folded() -> Pose:
    """The same figure with its knees at the chest."""
    pose = lying()
    xy_px = pose.xy_px.copy()
    xy_px[25:33] = 2.0 * xy_px[23] - xy_px[25:33]
    folded_up = replace(pose, xy_px=xy_px)
    assert is_folded(folded_up)
    return folded_up


def looks(
    doubts: Doubts, pose: Pose | None, start_s: float, end_s: float
) -> list[tuple[float, Place]]:
    """When and where the body is looked for while the same is seen, and nothing found."""
    found = []
    for t_s in np.arange(start_s, end_s, STEP_S):
        place = doubts.step(float(t_s), pose, SIZE_PX)
        if place is not None:
            found.append((float(t_s), place))
    return found


def same(one: Place, other: Place) -> bool:
    return np.allclose(one.shoulders_px, other.shoulders_px) and np.allclose(
        one.ankles_px, other.ankles_px
    )


def test_whoever_lies_is_believed() -> None:
    assert looks(Doubts(), lying(), 0.0, 60.0) == []


@pytest.mark.parametrize("pose", [None, folded()])
def test_what_cannot_be_is_doubted_for_a_moment_then_looked_for(pose: Pose | None) -> None:
    times_s = [t_s for t_s, _ in looks(Doubts(), pose, 0.0, 30.0)]
    assert DOUBT_S <= times_s[0] < DOUBT_S + 2.0 * STEP_S
    gaps_s = np.diff(times_s)
    at_once_s, soon_s = gaps_s[: AT_ONCE_LOOKS - 1], gaps_s[AT_ONCE_LOOKS : SOON_LOOKS - 1]
    assert AT_ONCE_S - 1e-6 <= at_once_s.min() <= at_once_s.max() < AT_ONCE_S + 2.0 * STEP_S
    assert SOON_S - 1e-6 <= soon_s.min() <= soon_s.max() < SOON_S + 2.0 * STEP_S
    assert (gaps_s[SOON_LOOKS:] >= SELDOM_S - 1e-6).all()


def test_a_moment_of_it_is_not_looked_after() -> None:
    doubts = Doubts()
    assert looks(doubts, folded(), 0.0, DOUBT_S - STEP_S) == []
    assert looks(doubts, replace(lying(), visibility=np.zeros(33)), DOUBT_S, 1.0) == []
    assert looks(doubts, folded(), 1.0, 1.0 + DOUBT_S - STEP_S) == []


def test_who_lay_there_a_moment_ago_is_looked_for_at_once_and_there() -> None:
    doubts = Doubts()
    assert looks(doubts, lying(), 0.0, 2.0) == []
    times_and_places = looks(doubts, None, 2.0, 2.0 + STEP_S)
    assert len(times_and_places) == 1
    assert same(times_and_places[0][1], place_of(lying()))
    assert times_and_places[0][1].known


def test_where_somebody_lay_long_ago_is_forgotten() -> None:
    doubts = Doubts()
    looks(doubts, lying(), 0.0, 1.0)
    long_after_s = 1.0 + REMEMBERED_S
    places = [place for _, place in looks(doubts, None, long_after_s, long_after_s + 12.0)]
    assert not any(same(place, place_of(lying())) for place in places)


def test_another_person_is_not_looked_for_where_the_first_one_lay() -> None:
    doubts = Doubts()
    looks(doubts, lying(), 10.0, 11.0)
    doubts.forget()
    places = [place for _, place in looks(doubts, None, 0.0, 12.0)]
    assert places
    assert not any(same(place, place_of(lying())) for place in places)


def test_where_they_lay_is_left_to_guesses_once_they_are_not_found_there() -> None:
    doubts = Doubts()
    looks(doubts, lying(), 0.0, 2.0)
    places = [place for _, place in looks(doubts, folded(), 2.0, 12.0)]
    assert [place.known for place in places].count(True) == LAST_TRIED
    assert not any(place.known for place in places[3 * LAST_TRIED :])
    looks(doubts, lying(), 12.0, 14.0)
    assert [place.known for _, place in looks(doubts, folded(), 14.0, 20.0)].count(
        True
    ) == LAST_TRIED


def test_a_wrong_body_that_comes_and_goes_is_not_looked_for_at_once_each_time() -> None:
    doubts, times_s = Doubts(), list[float]()
    for number in range(900):
        t_s = number * STEP_S
        if doubts.step(t_s, folded() if number % 3 else None, SIZE_PX) is not None:
            times_s.append(t_s)
    assert np.diff(times_s)[AT_ONCE_LOOKS:].min() >= SOON_S - 1e-6


def test_every_place_is_looked_at_in_turn() -> None:
    places = [place for _, place in looks(Doubts(), None, 0.0, 60.0)]
    all_of_them = guesses(SIZE_PX)
    for number, place in enumerate(places):
        assert same(place, all_of_them[number % len(all_of_them)])
        assert not place.known
    assert len(places) > len(all_of_them)


def test_a_wrong_body_and_guesses_take_turns() -> None:
    places = [place for _, place in looks(Doubts(), folded(), 0.0, 30.0)]
    by_pose, guessed = places_by(folded()), guesses(SIZE_PX)
    assert len(places) > 2 * len(by_pose)
    for number, place in enumerate(places):
        kind = guessed if number % 2 else by_pose
        assert same(place, kind[number // 2 % len(kind)])


def test_a_wrong_body_that_comes_and_goes_keeps_no_place_from_its_turn() -> None:
    doubts, seen = Doubts(), []
    for number in range(600):
        pose = folded() if number % 3 else None
        place = doubts.step(number * STEP_S, pose, SIZE_PX)
        seen += [] if place is None else [place]
    for wanted in (*guesses(SIZE_PX), *places_by(folded())):
        assert any(same(place, wanted) for place in seen)


def test_whoever_comes_after_nobody_was_seen_is_looked_for_soon_again() -> None:
    doubts = Doubts()
    before_s = [t_s for t_s, _ in looks(doubts, None, 0.0, 20.0)]
    assert before_s[-1] - before_s[-2] >= SELDOM_S - 1e-6
    after_s = [t_s for t_s, _ in looks(doubts, folded(), 20.0, 22.0)]
    assert np.diff(after_s).max() < SOON_S + 2.0 * STEP_S


def test_a_wrong_body_s_head_and_feet_come_first() -> None:
    pose = folded()
    first = places_by(pose)[0]
    shoulders_px, ankles_px = pose.xy_px[[11, 12]], pose.xy_px[[27, 28]]
    assert first.shoulders_px == pytest.approx(shoulders_px.mean(axis=0))
    assert any(np.allclose(first.ankles_px, each) for each in ankles_px)


@given(st.floats(0.3, 3.0), st.floats(-200.0, 200.0))
def test_places_go_with_the_body(scale: float, shift_px: float) -> None:
    pose = folded()
    moved = replace(pose, xy_px=pose.xy_px * scale + shift_px)
    for one, other in zip(places_by(pose), places_by(moved), strict=True):
        assert other.shoulders_px == pytest.approx(one.shoulders_px * scale + shift_px)
        assert other.ankles_px == pytest.approx(one.ankles_px * scale + shift_px)


@given(st.integers(200, 4000), st.integers(200, 4000))
def test_guesses_lie_both_ways_about_the_middle_of_the_picture(width: int, height: int) -> None:
    places = guesses((width, height))
    assert len(places) == 2 * len(GUESSES)
    for right, left in zip(places[::2], places[1::2], strict=True):
        assert right.ankles_px[0] > right.shoulders_px[0]
        for one, other in (
            (right.shoulders_px, left.shoulders_px),
            (right.ankles_px, left.ankles_px),
        ):
            assert other == pytest.approx([width - one[0], one[1]])  # in a mirror
        middle_px = (right.shoulders_px + right.ankles_px) / 2.0
        assert 0.5 * width <= middle_px[0] + 1e-6 < 0.65 * width
        assert 0.3 * height < middle_px[1] < 0.6 * height
