"""Who is followed when two people are there, and how often somebody else is looked for."""

from dataclasses import replace

import numpy as np
import pytest

from coreline.body.pose import Pose
from coreline.vision.choosing import (
    BETTER_SEEN,
    DOUBTED,
    LYING_EVERY_S,
    SOON_FOR_S,
    SOON_S,
    UPRIGHT_EVERY_S,
    PersonChooser,
    is_somebody_else,
    is_upright,
)
from stick_figure import PLANK, film

STEP_S = 1.0 / 15.0


def lying() -> Pose:
    pose = film((PLANK, 0.0, 1.0)).frames()[-1][1]
    assert pose is not None
    return pose


def standing() -> Pose:
    """The same figure on its feet, elsewhere in the picture."""
    pose = lying()
    x_px, y_px = pose.xy_px.T
    to_feet = np.sign(x_px[27:29].mean() - x_px[11:13].mean())
    return moved(replace(pose, xy_px=np.column_stack((y_px, to_feet * x_px))), (500.0, 0.0))


def moved(pose: Pose, by_px: tuple[float, float]) -> Pose:
    return replace(pose, xy_px=pose.xy_px + np.array(by_px))


def at(pose: Pose, t_s: float) -> Pose:
    return replace(pose, t_s=t_s)


def looks_s(choice: PersonChooser, pose: Pose, start_s: float, end_s: float) -> list[float]:
    """The times at which somebody else is looked for, and nobody is seen."""
    times_s = [float(t_s) for t_s in np.arange(start_s, end_s, STEP_S)]
    due_s = []
    for t_s in times_s:
        if choice.is_due(at(pose, t_s)):
            due_s.append(t_s)
            assert choice.better(at(pose, t_s), []) is None
    return due_s


def test_standing_is_upright_and_lying_is_not() -> None:
    assert is_upright(standing())
    assert not is_upright(lying())
    assert not is_upright(moved(lying(), (0.0, -200.0)))


def test_one_who_lies_is_followed_instead_of_one_who_stands_once_seen_twice() -> None:
    choice, stands, lies = PersonChooser(), standing(), lying()
    assert choice.is_due(stands)
    assert choice.better(stands, [lies]) is None
    assert choice.persons == 1
    assert choice.is_due(at(stands, stands.t_s + STEP_S))
    assert choice.better(at(stands, stands.t_s + STEP_S), [lies]) is lies
    assert choice.persons == 2


def test_how_many_there_are_now_is_told_once_it_is_sure() -> None:
    choice, lies, other = PersonChooser(), lying(), standing()
    told = []
    for number, others in enumerate(([], [other], [other], [], [other], [])):
        choice.better(at(lies, lies.t_s + number * STEP_S), list(others))
        told.append(choice.now)
    assert told == [1, 1, 2, 1, 1, 1]
    assert choice.persons == 2


def test_one_who_lies_is_not_left_for_one_who_stands_or_lies() -> None:
    for other in (standing(), moved(lying(), (0.0, -400.0))):
        choice = PersonChooser()
        assert choice.better(lying(), [other]) is None
        assert choice.better(at(lying(), 1.1), [other]) is None
        assert choice.persons == 2


def test_of_two_who_stand_the_first_is_kept() -> None:
    choice, other = PersonChooser(), moved(standing(), (-400.0, 0.0))
    assert choice.better(standing(), [other]) is None
    assert choice.better(standing(), [other]) is None
    assert choice.persons == 2


def test_who_is_seen_once_or_each_time_elsewhere_is_not_believed() -> None:
    choice, stands = PersonChooser(), standing()
    for others in ([lying()], [], [lying()], [moved(lying(), (0.0, -400.0))], []):
        assert choice.better(stands, others) is None
    assert choice.persons == 1


@pytest.mark.parametrize("share", [0.2, 4.0])
def test_what_is_far_too_small_or_large_is_nobody(share: float) -> None:
    middle_px = lying().xy_px.mean(axis=0)
    other = replace(lying(), xy_px=middle_px + share * (lying().xy_px - middle_px))
    assert not is_somebody_else(other, standing())


def test_what_is_hardly_seen_is_nobody_nor_is_the_same_person_again() -> None:
    assert is_somebody_else(lying(), standing())
    assert not is_somebody_else(replace(lying(), visibility=np.full(33, 0.3)), standing())
    assert not is_somebody_else(moved(standing(), (10.0, 10.0)), standing())


def test_who_was_seen_beside_one_who_lies_is_looked_for_with_all_of_them_painted_over() -> None:
    for pose, whole in ((lying(), True), (standing(), False)):
        choice, other = PersonChooser(), moved(standing(), (-400.0, 0.0))
        assert not choice.whole(pose)
        choice.better(pose, [other])
        assert choice.whole(pose) is whole
        choice.better(pose, [other])
        assert not choice.whole(pose)


def test_beside_one_who_stands_others_are_looked_for_each_second() -> None:
    due_s = looks_s(PersonChooser(), standing(), 0.0, 5.0)
    assert np.diff(due_s) == pytest.approx(UPRIGHT_EVERY_S, abs=STEP_S)


def test_beside_one_who_lies_they_are_looked_for_seldom() -> None:
    due_s = looks_s(PersonChooser(), lying(), 0.0, 10.0)
    assert due_s[0] == 0.0
    assert np.diff(due_s) == pytest.approx(LYING_EVERY_S, abs=STEP_S)


def test_they_are_looked_for_soon_when_one_who_lay_is_suddenly_upright() -> None:
    choice = PersonChooser()
    looks_s(choice, lying(), 0.0, 2.0)
    due_s = looks_s(choice, standing(), 2.0, 8.0)
    assert due_s[0] == pytest.approx(2.0)
    early = [t_s for t_s in due_s if t_s < 2.0 + SOON_FOR_S - UPRIGHT_EVERY_S]
    late = [t_s for t_s in due_s if t_s > 2.0 + SOON_FOR_S]
    assert np.diff(early) == pytest.approx(SOON_S, abs=STEP_S)
    assert np.diff(late) == pytest.approx(UPRIGHT_EVERY_S, abs=STEP_S)


def seen(pose: Pose, visibility: float) -> Pose:
    return replace(pose, visibility=np.full(33, visibility))


def dreamt_up() -> Pose:
    """A body that is none: poorly seen, small, over the feet of the one who lies."""
    small = lying().xy_px.mean(axis=0) + 0.3 * (lying().xy_px - lying().xy_px.mean(axis=0))
    return replace(seen(lying(), DOUBTED - 0.1), xy_px=small)


def test_one_who_is_plainly_better_seen_is_followed_instead_of_nobody_once_seen_twice() -> None:
    choice, nobody, lies = PersonChooser(), dreamt_up(), seen(lying(), DOUBTED)
    assert choice.better(nobody, [lies]) is None
    assert choice.is_due(at(nobody, nobody.t_s + STEP_S))
    assert not choice.whole(nobody)
    assert choice.better(at(nobody, nobody.t_s + STEP_S), [lies]) is lies
    assert choice.persons == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (seen(lying(), DOUBTED), seen(lying(), 1.0)),
        (dreamt_up(), seen(lying(), DOUBTED - 0.1 + BETTER_SEEN / 2.0)),
        (dreamt_up(), seen(standing(), 1.0)),
    ],
    ids=["well seen", "hardly better", "standing by"],
)
def test_one_who_may_be_there_is_not_left(one: Pose, other: Pose) -> None:
    choice = PersonChooser()
    assert choice.better(one, [other]) is None
    assert choice.better(at(one, 0.1), [other]) is None


def test_beside_one_who_may_be_nobody_others_are_looked_for_each_second() -> None:
    due_s = looks_s(PersonChooser(), dreamt_up(), 0.0, 5.0)
    assert np.diff(due_s) == pytest.approx(UPRIGHT_EVERY_S, abs=STEP_S)


def test_a_step_back_in_time_is_survived() -> None:
    choice = PersonChooser()
    looks_s(choice, standing(), 100.0, 101.0)
    assert looks_s(choice, standing(), 0.0, 0.5) == [0.0]
    choice.forget()
    assert choice.is_due(standing())
    assert choice.persons == 1
