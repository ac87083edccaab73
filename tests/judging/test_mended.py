"""Mistakes that were made once and fixed, each with the story that showed it."""

from coreline.coaching.coach import Coach
from coreline.data_files import load_cues
from coreline.judging.events import HoldEnded
from coreline.judging.faults import FaultWatch
from coreline.judging.judge import Judge
from coreline.programme.spec import HoldDose
from coreline.session.blocks import Block
from coreline.session.command import Command
from coreline.session.session import Session
from coreline.session.view import Stage
from judged_films import judged
from stick_figure import (
    BRIDGE,
    BRIDGE_DOWN,
    LEG_BRIDGE_DOWN,
    PLANK,
    PLANK_PROPPED,
    Bridge,
    Camera,
    LegBridge,
    Plank,
    Raise,
    exercise_of,
    film,
    raises_film,
    rules_of,
    without,
)

BOOK = load_cues()
PLANKS, BRIDGES, RAISES = (
    rules_of(name) for name in ("w12-back-bridge", "w12-belly-bridge", "w56-belly-bridge")
)
SHIFT_DEG = 1.5


def session_of(dose: HoldDose) -> Session:
    return Session([Block(exercise_of("w12-back-bridge").model_copy(update={"dose": dose}))], BOOK)


def test_one_who_lies_down_and_turns_round_is_judged_again() -> None:
    there = film((PLANK, 0.0, 4.0), (PLANK_PROPPED, 0.9, 8.0)).frames()
    back = film((PLANK_PROPPED, 0.0, 1.0), (PLANK, 0.9, 4.0)).frames(
        15.0, Camera(head_left=False), start_s=13.0
    )
    assert len([each for each in judged(PLANKS, [*there, *back]).holds if not each.reasons]) == 2


def test_a_rest_that_is_paused_is_still_that_rest() -> None:
    dose = HoldDose(kind="hold", sets=3, hold_s=4, rest_s=6)
    session = Session(
        [Block(exercise_of("w12-back-bridge").model_copy(update={"dose": dose}))], load_cues()
    )
    commands = {6.0: Command.PAUSE, 8.0: Command.PAUSE}
    for t_s, pose in film((PLANK, 0.0, 9.0)).frames(10.0):
        view = session.step(t_s, pose, commands.get(t_s)).view
        if t_s >= 8.0:
            assert view.stage is Stage.REST


def test_feet_set_down_elsewhere_for_the_next_hold_have_not_slid() -> None:
    elsewhere = Bridge(54.0, -0.15)
    story = film(
        (BRIDGE_DOWN, 0, 1),
        (BRIDGE, 1, 4),
        (BRIDGE_DOWN, 1, 1),
        (elsewhere, 0.5, 1),
        (Bridge(0.0, -0.15), 1, 5),
        (elsewhere, 1, 1),
    )
    _, second = judged(BRIDGES, story.frames()).holds
    assert second.faults == ()
    assert second.in_line_s > 4.5


def test_an_arched_repetition_is_not_told_to_lift_the_hips() -> None:
    story = raises_film([Raise(), Raise(trunk_drop_deg=-7.5), Raise()], shift_deg=SHIFT_DEG)
    coach, judge = Coach(RAISES, BOOK), Judge(RAISES)
    said: list[str] = []
    for t_s, pose in story.frames():
        said += coach.step(t_s, judge.step(t_s, pose)[1])
    assert "fix.hips_down" in said
    assert "fix.hips_up" not in said


def test_an_attempt_lost_for_long_is_still_an_attempt() -> None:
    story = raises_film([Raise(), Raise(), Raise()], shift_deg=SHIFT_DEG)
    top_s, _ = story.plateau(4)
    assert judged(RAISES, without(story.frames(30.0), top_s + 0.2, top_s + 2.4)).reasons == [
        (),
        ("not_seen",),
        (),
    ]


def test_a_stream_that_stalls_is_not_seen() -> None:
    frames = [(t, p) for t, p in film((PLANK, 0.0, 14.0)).frames(30.0) if not 4.0 < t < 9.8]
    assert len(judged(PLANKS, frames).holds) == 2


def test_a_short_stall_counts_as_unseen() -> None:
    frames = [(t, p) for t, p in film((PLANK, 0.0, 10.0)).frames(30.0) if not 4.0 < t < 5.8]
    (hold,) = judged(PLANKS, frames).holds
    assert abs(hold.visible_share - 0.82) < 0.02


def test_a_stall_is_no_long_fault() -> None:
    story = film((PLANK, 0.0, 4.0), (Plank(15.0), 0.4, 1.6), (PLANK, 0.4, 4.0))
    frames = [(t, p) for t, p in story.frames(30.0) if not 4.35 < t < 6.05]
    assert judged(PLANKS, frames).codes == ["not_seen"]


def test_single_frames_beyond_the_limit_do_not_add_up_to_a_fault() -> None:
    watch = FaultWatch(PLANKS.bands[0], PLANKS.grace)
    facts = [f for n in range(60) for f in watch.step(n / 15.0, 15.0 if n in (10, 14, 18) else 0.0)]
    assert facts == []


def test_a_clip_that_ends_in_a_sag_ends_with_a_fault() -> None:
    """One that has lasted: a shorter one may be the way down."""
    (hold,) = judged(PLANKS, film((PLANK, 0, 4), (Plank(15.0), 0.5, 3.5)).frames(30.0)).holds
    assert [f.code for f in hold.faults] == ["sag"]


def test_the_facts_of_a_record_are_in_order() -> None:
    dose = HoldDose(kind="hold", sets=1, hold_s=5, rest_s=1)
    session = Session(
        [Block(exercise_of("w12-back-bridge").model_copy(update={"dose": dose}))], load_cues()
    )
    told = [
        f
        for t, p in film((PLANK, 0, 4.2), (Plank(14.0), 0.3, 3)).frames()
        for f in session.step(t, p).facts
    ]
    assert isinstance(session.records[0].facts[-1], HoldEnded)
    assert session.records[0].facts == told


def test_the_hold_that_fills_the_dose_is_among_the_facts_of_its_step() -> None:
    dose = HoldDose(kind="hold", sets=1, hold_s=5, rest_s=1)
    session = Session(
        [Block(exercise_of("w12-back-bridge").model_copy(update={"dose": dose}))], load_cues()
    )
    told = [f for t, p in film((PLANK, 0, 7)).frames() for f in session.step(t, p).facts]
    assert any(isinstance(f, HoldEnded) for f in told)


def test_a_stop_on_the_way_down_does_not_shorten_the_top() -> None:
    top, half, up = LegBridge(25 + SHIFT_DEG, 0.58), LegBridge(26.0, 0.17), LegBridge()
    story = film(
        (LEG_BRIDGE_DOWN, 0, 1),
        (up, 1.2, 1.5),
        (top, 0.8, 2.25),
        (half, 0.8, 0.5),
        (up, 0.5, 1),
        (top, 0.8, 2.25),
        (up, 0.8, 1),
    )
    assert judged(RAISES, story.frames()).reasons == [(), ()]
