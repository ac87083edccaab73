"""How soon a session needs the next pose, stage by stage, and what goes on without one."""

import pytest

from coreline.judging.next_look import EVERY_S, STILL_S
from coreline.session.command import Command
from coreline.session.inputs import Conditions, Guidance
from coreline.session.looking import IDLE_S
from coreline.session.session import Step
from coreline.session.view import Stage
from guided import FPS, LYING_THEN_PLANK, PLANK_ALL_ALONG, planks, play, session_of

PASSED = Conditions(looked=False)
EXPLAINED = Guidance(learn_neutral=False)


def test_each_stage_asks_for_as_much_as_it_needs() -> None:
    session = session_of(planks(sets=2, rest_s=6.0), guidance=EXPLAINED)
    asked: dict[Stage, list[float]] = {}
    for t_s, pose in LYING_THEN_PLANK:
        step = session.step(t_s, pose)
        asked.setdefault(step.view.stage, []).append(session.next_look_s)
    assert IDLE_S == 0.2, "of hands that were up for a second one in five was missed by five looks"
    assert set(asked[Stage.EXPLAIN]) == {IDLE_S}
    assert set(asked[Stage.REST]) == {IDLE_S, STILL_S}
    assert sum(each == STILL_S for each in asked[Stage.REST]) / FPS == pytest.approx(2.0, abs=0.2)
    assert EVERY_S in asked[Stage.GET_READY]
    assert STILL_S in asked[Stage.EXERCISE]
    assert all(EVERY_S <= each <= STILL_S for each in asked[Stage.EXERCISE])


def test_a_set_that_begins_in_a_moment_without_a_pose_is_looked_at_at_once() -> None:
    session = session_of(planks(sets=2, rest_s=6.0))
    for t_s, pose in PLANK_ALL_ALONG:
        rests = session.stage is Stage.REST
        session.step(t_s, None if rests else pose, conditions=PASSED if rests else Conditions())
        if rests and session.stage is not Stage.REST:
            break
    assert rests
    assert session.next_look_s == EVERY_S


def test_while_it_is_paused_the_person_is_looked_for_all_the_time() -> None:
    session = session_of(planks())
    play(session, PLANK_ALL_ALONG[:60])
    t_s, pose = PLANK_ALL_ALONG[60]
    session.step(t_s, pose, Command.PAUSE)
    assert session.stage is Stage.PAUSED
    assert session.next_look_s == STILL_S


def test_without_a_pose_clocks_run_and_nobody_is_taken_to_be_gone() -> None:
    session, steps = session_of(planks(sets=2, rest_s=20.0)), list[Step]()
    for number, (t_s, pose) in enumerate(PLANK_ALL_ALONG):
        looks = session.stage is not Stage.REST or number % 3 == 0
        steps.append(
            session.step(t_s, pose) if looks else session.step(t_s, None, conditions=PASSED)
        )
        if session.stage is not Stage.REST and any(s.view.stage is Stage.REST for s in steps):
            break
    resting = [step.view.t_s for step in steps if step.view.stage is Stage.REST]
    assert resting[-1] - resting[0] == pytest.approx(20.0, abs=2.0 / FPS)
    assert any("flow.rest_ten_left" in step.cues for step in steps)
    assert not any(step.view.stage is Stage.PAUSED for step in steps)


def test_a_moment_without_a_pose_changes_nothing_that_is_judged() -> None:
    looked, both = session_of(planks()), session_of(planks())
    for t_s, pose in PLANK_ALL_ALONG[:200]:
        looked.step(t_s, pose)
        both.step(t_s, pose)
        step = both.step(t_s + 0.5 / FPS, None, conditions=PASSED)
        assert step.facts == ()
    assert looked.records[0].facts == both.records[0].facts
    assert list(looked.records[0].readings) == list(both.records[0].readings)


def test_how_many_people_were_there_is_of_the_set_and_not_of_what_came_before_it() -> None:
    session = session_of(planks(sets=2, rest_s=4.0))
    for t_s, pose in PLANK_ALL_ALONG:
        exercising, first = session.stage is Stage.EXERCISE, len(session.records) == 1
        persons = 1 if exercising and not first else 2
        session.step(t_s, pose, conditions=Conditions(persons=persons))
    session.finish(PLANK_ALL_ALONG[-1][0])
    views = [record.view for record in session.records]
    assert [view.persons if view else None for view in views] == [2, 1]
