"""Which pictures are looked at: never fewer than were asked for, and no more than need be."""

from dataclasses import replace
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.disturbing import at_rate

from coreline.body.measures import Side
from coreline.body.pose import Pose
from coreline.data_files import load_catalogue, load_cues
from coreline.judging.next_look import STILL_S
from coreline.judging.ready import Place
from coreline.report.model import as_json
from coreline.session.blocks import Block
from coreline.session.inputs import Conditions
from coreline.session.looking import IDLE_S
from coreline.session.session import Session, Step
from coreline.session.view import Stage
from coreline.training.looks import Looks, Watch
from coreline.training.replay import judge, read
from guided import FPS, planks, session_of, with_hand
from judged_recordings import RECORDINGS
from stick_figure import PLANK, film

WEBCAM_FPS = 30.0
UNEVEN_S = 0.01  # how far the times of a made-up webcam are from even


def looked_at(times_s: list[float], within_s: float) -> list[float]:
    looks = Looks(within_s)
    return [t_s for t_s in times_s if looks.wants(t_s)]


@given(st.floats(5.0, 120.0), st.floats(0.0, 1.0))
def test_of_even_pictures_as_few_are_looked_at_as_may_be(fps: float, within_s: float) -> None:
    times_s = [number / fps for number in range(200)]
    gaps = [round((b - a) * fps) for a, b in pairwise(looked_at(times_s, within_s))]
    assert len(set(gaps)) <= 1
    for each in gaps:
        assert each == 1 or (each - 0.25) / fps <= within_s + 1e-9
        assert (each + 0.75) / fps > within_s - 1e-9


@given(st.lists(st.floats(0.005, 0.5), min_size=2, max_size=100))
def test_where_every_picture_is_asked_for_every_one_is_looked_at(steps_s: list[float]) -> None:
    times_s = [sum(steps_s[:number]) for number in range(len(steps_s))]
    assert looked_at(times_s, 0.0) == times_s


@given(st.lists(st.floats(0.01, 0.05), min_size=10, max_size=100), st.integers(0, 100))
def test_asked_for_sooner_it_is_looked_at_once(steps_s: list[float], until: int) -> None:
    looks, t_s, wanted = Looks(STILL_S), 0.0, []
    for number, step_s in enumerate(steps_s):
        if number >= until:
            looks.within_s = 0.0
        wanted.append(looks.wants(t_s))
        t_s += step_s
    assert all(wanted[until:])


@pytest.mark.parametrize(
    ("exercise_id", "most"),
    [("w12-back-bridge", 0.6), ("w56-belly-bridge", 0.85), ("adv-log-roll", 1.0)],
)
def test_the_same_is_judged_from_the_pictures_that_are_asked_for(
    exercise_id: str, most: float
) -> None:
    exercise, recording = (
        load_catalogue().get(exercise_id),
        read(RECORDINGS / f"{exercise_id}.landmarks.npz"),
    )
    frames = at_rate(Random(1), recording.frames, WEBCAM_FPS)
    watch, looked = Watch(exercise, load_cues()), list[tuple[float, Pose | None]]()
    for t_s, pose in frames:
        if watch.wants(t_s):
            watch.saw(t_s, pose)
            looked.append((t_s, pose))
    assert 0.3 < len(looked) / len(frames) <= most
    assert max(b - a for (a, _), (b, _) in pairwise(looked)) <= STILL_S + 2 * UNEVEN_S
    every, some = (
        judge(
            type(recording)(recording.source, seen, None),
            exercise,
            load_cues(),
        )
        for seen in (frames, looked)
    )
    assert [each.reasons for each in some.repetitions] == [
        each.reasons for each in every.repetitions
    ]
    assert [each.reasons for each in some.rotations] == [each.reasons for each in every.rotations]
    assert sorted(each.code for each in some.faults) == sorted(each.code for each in every.faults)
    held_s = [sum(hold.in_line_s for hold in each.holds) for each in (every, some)]
    assert held_s[1] == pytest.approx(held_s[0], abs=0.2)
    scores = [
        [hold.line_score for hold in said.holds] + [one.line_score for one in said.repetitions]
        for said in (every, some)
    ]
    assert scores[1] == pytest.approx(scores[0], abs=2.0), "what is looked at more counts no more"


class CountsSteps:
    """Counts how often sessions are stepped."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count, step = 0, Session.step

        def counted(session: Session, *inputs: Any, **more: Any) -> Step:
            self.count += 1
            return step(session, *inputs, **more)

        monkeypatch.setattr(Session, "step", counted)


@pytest.mark.parametrize(
    ("clip", "exercise_id"),
    [
        ("w56-belly-bridge.landmarks", "w56-belly-bridge"),
        ("people/known/w34-superman--5", "w34-superman"),  # judged again, on a ball
    ],
)
def test_what_was_watched_as_it_was_read_is_not_judged_over_again(
    clip: str, exercise_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    exercise = load_catalogue().get(exercise_id)
    recording = read(RECORDINGS / f"{clip}.npz")
    watch, steps = Watch(exercise, load_cues()), CountsSteps(monkeypatch)
    for t_s, pose in recording.frames:
        watch.saw(t_s, pose)
    watched = steps.count
    twice = judge(recording, exercise, load_cues())
    assert steps.count > watched
    steps.count = 0
    once = judge(replace(recording, watch=watch), exercise, load_cues())
    assert steps.count == 0
    assert as_json(once) == as_json(twice)
    assert once.record.place == twice.record.place
    again = judge(replace(recording, watch=watch), exercise, load_cues())
    assert steps.count >= len(recording.frames), "a session ends once, and serves once"
    assert as_json(again) == as_json(twice)


@pytest.mark.parametrize(
    ("exercise_id", "side", "place"),
    [
        ("w12-pelvic-curl", None, None),
        ("w56-belly-bridge", Side.LEFT, None),
        ("w56-belly-bridge", None, Place.BALL),
    ],
)
def test_what_was_watched_as_something_else_is_judged_anew(
    exercise_id: str, side: Side | None, place: Place | None
) -> None:
    catalogue = load_catalogue()
    recording = read(RECORDINGS / "w56-belly-bridge.landmarks.npz")
    watch = Watch(catalogue.get("w56-belly-bridge"), load_cues(), Side.RIGHT, Place.FLOOR)
    for t_s, pose in recording.frames:
        watch.saw(t_s, pose)
    asked = (catalogue.get(exercise_id), load_cues(), side, place)
    there = judge(replace(recording, watch=watch), *asked)
    assert as_json(there) == as_json(judge(recording, *asked))


def test_a_session_that_only_hears_of_the_other_pictures_comes_to_the_same() -> None:
    """As the live loop steps it, and as a recording is judged: replay is live without the wait."""
    exercise = load_catalogue().get("w12-back-bridge")
    recording = read(RECORDINGS / "w12-back-bridge.landmarks.npz")
    frames = at_rate(Random(1), recording.frames, WEBCAM_FPS)
    live = Session([Block(exercise)], load_cues(), open_ended=True)
    replayed = Session([Block(exercise)], load_cues(), open_ended=True)
    looks = Looks()
    for t_s, pose in frames:
        looked = looks.wants(t_s)
        live.step(t_s, pose if looked else None, conditions=Conditions(looked=looked))
        if looked:
            replayed.step(t_s, pose)
        looks.within_s = live.next_look_s
    last_s = frames[-1][0]
    live.finish(last_s)
    replayed.finish(last_s)
    assert live.records[0].facts == replayed.records[0].facts
    assert list(live.records[0].readings) == list(replayed.records[0].readings)


@pytest.mark.parametrize("seed", range(16))
def test_a_hand_that_is_up_for_a_second_in_a_rest_is_seen_though_nobody_looks_often(
    seed: int,
) -> None:
    up_s = 16.0 + Random(seed).uniform(0.0, IDLE_S)
    frames = with_hand(film((PLANK, 0.0, 20.0)).frames(FPS), (up_s, up_s + 1.0))
    session, looks = session_of(planks(sets=2, rest_s=20.0)), Looks()
    rested_s, paused_s = list[float](), list[float]()
    for t_s, pose in at_rate(Random(seed), frames, WEBCAM_FPS):
        wanted = looks.wants(t_s)
        step = session.step(t_s, pose if wanted else None, conditions=Conditions(looked=wanted))
        looks.within_s = session.next_look_s
        if step.view.stage is Stage.REST and wanted and t_s < up_s:
            rested_s.append(t_s)
        if step.view.stage is Stage.PAUSED:
            paused_s.append(t_s)
    assert min(b - a for a, b in pairwise(rested_s)) > STILL_S
    assert paused_s
    assert paused_s[0] - up_s == pytest.approx(0.9, abs=0.2)
