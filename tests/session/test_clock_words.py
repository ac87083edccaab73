"""What is said and shown of a hold never contradicts its clock."""

from coreline.screen.stages.exercise import dial_of
from guided import planks, play, session_of
from screen.gallery import texts_in
from stick_figure import PLANK, Plank, film

SAGGING = Plank(bend_deg=16.0)
ONLY_WHILE_IT_RUNS = ("fix.good_now", "hold.timer_resumes")


def test_neither_praise_nor_that_the_clock_runs_stands_beside_a_clock_that_stopped() -> None:
    stays = [(PLANK, 0.0, 12.0)]
    for seconds in (1.0, 2.0, 3.0, 4.0):
        stays += [(SAGGING, 0.3, 3.0), (PLANK, 0.3, seconds)]
    frames = film(*stays, (SAGGING, 0.3, 3.0)).frames(15.0)
    gone = [(t_s, None if int(t_s) % 11 == 10 else pose) for t_s, pose in frames]
    texts, shown = texts_in("nl"), set()
    for step in play(session_of(planks(hold_s=60.0)), gone):
        shown.add(step.view.cue_id)
        if dial_of(step.view, texts).stopped:
            assert step.view.cue_id not in ONLY_WHILE_IT_RUNS, step.view.t_s
    assert set(ONLY_WHILE_IT_RUNS) & shown, "nothing was there to contradict"
