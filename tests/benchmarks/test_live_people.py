"""What people before the live loop hear: the arithmetic on made-up moments, and a trace played."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from live_people import Clip, Setting, play_fast
from tools.live_measures import (
    Played,
    Sound,
    Span,
    Task,
    longest_gap,
    measure,
    task_of_label,
    task_of_truth,
)
from tools.trace_playing import QuickVoice, TraceCamera, clip_lengths_s

from coreline.data_files import load_catalogue
from coreline.files.recordings import Trace, load_trace
from coreline.session.session import Step
from coreline.session.set_run import idle_reading
from coreline.session.view import Pause, Stage, View
from coreline.training.rig import texts_of
from screen.gallery import VIEW, changed

PLANK = "w12-back-bridge"
CATALOGUE = load_catalogue()
TEXTS = texts_of("nl", CATALOGUE)
IDLE = changed(VIEW, stage=Stage.GET_READY, count=0, refused=0, clock_runs=False)
TASK = Task("made up", PLANK, 2.0)
FPS = 10.0


@cache
def lengths_of_clips_s() -> dict[str, float]:
    return clip_lengths_s("nl", TEXTS.cues)


def trace_of(exercise_id: str = PLANK) -> Trace:
    return load_trace(Path(__file__).parents[1] / "recordings" / f"{exercise_id}.landmarks.npz")


def step(view: View, *cues: str, beeps: tuple[str, ...] = ()) -> Step:
    return Step(idle_reading(view.t_s, None), (), cues, beeps, view)


def moments(until_s: float, *changes: tuple[float, View]) -> list[Step]:
    """Return idle moments; from each time on, another view."""
    steps, view = list[Step](), IDLE
    for number in range(round(until_s * FPS) + 1):
        t_s = number / FPS
        view = next((since for since_s, since in changes if since_s == t_s), view)
        steps.append(step(replace(view, t_s=t_s)))
    return steps


def said(*cues: tuple[float, str]) -> list[Sound]:
    return [Sound(t_s, t_s + 1.0, name, is_voice=True) for t_s, name in cues]


# The longest silence


spans = st.tuples(st.floats(0.0, 9.0), st.floats(0.0, 3.0)).map(lambda each: (each[0], sum(each)))


@given(st.lists(spans, max_size=6))
def test_nothing_fills_the_longest_gap_and_it_is_long(filled: list[Span]) -> None:
    start_s, end_s = longest_gap((0.0, 10.0), filled)
    assert 0.0 <= start_s <= end_s <= 10.0
    assert not any(one < end_s and start_s < other for one, other in filled if other > one)
    covered = sum(min(other, 10.0) - one for one, other in filled)
    assert end_s - start_s >= (10.0 - covered) / (len(filled) + 1) - 1e-9


def test_a_silence_lasts_from_the_end_of_a_cue_to_the_next() -> None:
    played = Played(moments(12.0), said((1.0, "pos.front_plank"), (9.0, "fix.hips_up")))
    assert measure(TASK, played).silence == (2.0, 9.0)


@pytest.mark.parametrize(
    "then",
    [
        changed(IDLE, clock_runs=True),
        replace(IDLE, stage=Stage.REST),
        replace(IDLE, stage=Stage.DONE),
    ],
)
def test_while_a_clock_runs_or_one_rests_it_is_no_silence(then: View) -> None:
    played = Played(moments(12.0, (3.0, then)), [])
    assert measure(TASK, played).silence == pytest.approx((0.0, 3.0), abs=0.11)


def test_a_count_ends_a_silence() -> None:
    played = Played(moments(12.0, (5.0, changed(IDLE, count=1))), [])
    assert measure(TASK, played).silence == (5.0, 12.0)


def test_a_beep_does_not_end_a_silence() -> None:
    played = Played(moments(12.0), [Sound(5.0, 5.0, "refused", is_voice=False)])
    assert measure(TASK, played).silence == (0.0, 12.0)


# The first useful cue


@pytest.mark.parametrize(
    ("sounds", "useful_s"),
    [
        (said((0.5, "pos.front_plank")), None),  # long before being in position
        (said((1.5, "pos.front_plank")), 0.0),
        (said((3.0, "flow.set_1_of_3"), (4.5, "hold.start")), 2.5),
        ([Sound(3.0, 3.0, "ready", is_voice=False)], 1.0),
        ([Sound(3.0, 3.0, "lost", is_voice=False)], None),
        ([], None),
    ],
)
def test_the_first_useful_cue_is_timed_from_being_in_position(
    sounds: Sequence[Sound], useful_s: float | None
) -> None:
    assert measure(TASK, Played(moments(8.0), sounds)).useful_s == useful_s


# Pauses and reasons


def test_every_pause_is_told_once_with_its_reason() -> None:
    changes = [(2.0, Pause.HAND), (4.0, None), (6.0, Pause.LEFT)]
    steps = moments(8.0, *((t_s, replace(IDLE, pause=pause)) for t_s, pause in changes))
    assert measure(TASK, Played(steps, [])).pauses == ((2.0, Pause.HAND), (6.0, Pause.LEFT))


@pytest.mark.parametrize(
    ("sounds", "heard"),
    [
        (said((6.9, "fix.hold_longer")), (True,)),
        (said((7.1, "fix.hold_longer")), (False,)),
        (said((5.0, "fix.good_now"), (5.5, "num.01")), (False,)),
        (said((1.0, "fix.hold_longer")), (False,)),
    ],
)
def test_a_reason_is_in_time_within_three_seconds(
    sounds: Sequence[Sound], heard: tuple[bool, ...]
) -> None:
    task = replace(TASK, refused=((2.0, 4.0),))
    assert measure(task, Played(moments(9.0), sounds)).reasons == heard


def test_of_an_attempt_at_the_end_of_a_clip_nothing_is_said() -> None:
    task = replace(TASK, refused=((2.0, 4.0),))
    assert measure(task, Played(moments(6.0), [])).reasons == ()


# What is known of a clip


def test_a_truth_says_when_one_is_in_position_and_what_must_not_count() -> None:
    reps = [
        {"start_s": 1.0, "end_s": 2.0, "counts": True},
        {"start_s": 3.0, "end_s": 4.0, "counts": False},
        {"start_s": 5.0, "end_s": 6.0, "counts": False, "either_ok": True},
    ]
    phases = ("rest", "move", "ready", "rep 1 good")
    document = {
        "meta": {"exercise": PLANK},
        "expected": {"reps": reps},
        "frames": [{"t_s": at / 2, "phase": phase} for at, phase in enumerate(phases)],
    }
    assert task_of_truth("a--1", document) == Task("a--1", PLANK, 1.0, ((3.0, 4.0),))


def test_a_label_says_where_its_part_begins() -> None:
    label = {"trace": "somebody", "exercise": PLANK, "peaks": [4.0]}
    assert task_of_label(label, 0.5) == Task("somebody", PLANK, 0.5, ((2.5, 5.5),))
    assert task_of_label(label | {"from_s": 3.0}, 0.5).in_position_s == 3.0


# The voice and the camera in their place


def follow(voice: QuickVoice, *asked: tuple[float, str]) -> list[tuple[float, str]]:
    for t_s, cue in asked:
        voice.follow(t_s, step(replace(IDLE, t_s=t_s), cue))
    voice.speaking(60.0)
    return [(round(each.t_s, 3), each.name) for each in voice.sounds]


def test_one_cue_waits_for_another_and_a_count_does_not() -> None:
    lengths_s = dict.fromkeys(TEXTS.cues.ids, 2.0)
    asked = ((0.0, "pos.front_plank"), (0.5, "flow.rest"))
    assert follow(QuickVoice(lengths_s, TEXTS.cues), *asked) == [
        (0.0, "pos.front_plank"),
        (2.0, "flow.rest"),
    ]
    late = ((0.0, "pos.front_plank"), (0.5, "num.01"))
    assert follow(QuickVoice(lengths_s, TEXTS.cues), *late) == [(0.0, "pos.front_plank")]


def test_a_correction_cuts_off_what_matters_less() -> None:
    voice = QuickVoice(dict.fromkeys(TEXTS.cues.ids, 2.0), TEXTS.cues)
    asked = ((0.0, "pos.front_plank"), (0.5, "fix.hips_up"))
    assert follow(voice, *asked) == [(0.0, "pos.front_plank"), (0.5, "fix.hips_up")]
    assert [each.until_s for each in voice.sounds] == [0.5, 2.5]


def test_every_cue_has_a_length() -> None:
    lengths_s = lengths_of_clips_s()
    assert set(lengths_s) == set(TEXTS.cues.ids)
    assert min(lengths_s.values()) > 0.0


def test_the_camera_knows_the_pose_of_each_of_its_pictures() -> None:
    trace = trace_of()
    start = replace(
        trace, t_s=trace.t_s[:4], px=trace.px[:4], z=trace.z[:4],
        visibility=trace.visibility[:4], world=trace.world[:4],
    )  # fmt: skip
    with TraceCamera("somebody", start) as camera:
        frames = [frame for frame in camera.frames() if frame is not None]
        poses = [camera.estimate(frame.t_s, frame.image_bgr) for frame in frames]
    assert frames
    assert all(after.index > before.index for before, after in pairwise(frames))
    assert [pose and pose.t_s for pose in poses] == [frame.t_s for frame in frames]
    assert frames[0].image_bgr.shape == (trace.height, trace.width, 3)


# A whole clip


@pytest.mark.parametrize("guided", [False, True])
def test_a_plank_is_played_and_measured(*, guided: bool) -> None:
    setting = Setting(CATALOGUE, TEXTS, lengths_of_clips_s(), guided)
    task = Task(PLANK, PLANK, 2.0)
    played = play_fast(Clip(task, trace_of()), setting)
    found = measure(task, played)
    assert found.held_s > 5.0
    assert found.pauses == ()
    assert found.useful_s is not None
    assert (Stage.SETUP in {each.view.stage for each in played.steps}) is guided
    assert "fix.hips_up" in {each.name for each in played.sounds}
