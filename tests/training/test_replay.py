"""A recording judged: real MediaPipe on real pixels, one clip of each kind of exercise."""

import tomllib
from dataclasses import replace
from pathlib import Path

import cv2
import pytest

from coreline.body.pose import turned_over
from coreline.data_files import load_catalogue, load_cues
from coreline.judging.ready import Place
from coreline.training.looks import Watch
from coreline.training.replay import judge, read, recognise
from cut_clips import beginning_of

RECORDINGS = Path(__file__).parents[1] / "recordings"


@pytest.mark.parametrize(("name", "seen_s"), [("w12-back-bridge", 15.5), ("adv-log-roll", 17.3)])
def test_pixels_give_what_truly_happened(name: str, seen_s: float, tmp_path: Path) -> None:
    """As much of each as shows what was right and what was wrong; the model takes its time.

    The raises are judged from pixels in the test of the command line.
    """
    truth = tomllib.loads((RECORDINGS / f"{name}.expected.toml").read_text(encoding="utf-8"))
    clip = beginning_of(RECORDINGS / f"{name}.mp4", tmp_path / f"{name}.mp4", seen_s)
    catalogue, recording = load_catalogue(), read(clip)
    assert recording.shortfall is None
    assert recording.source.found_share == 1.0
    assert recognise(recording, catalogue).exercise_id == truth["exercise"]
    analysis = judge(recording, catalogue.get(truth["exercise"]), load_cues())
    in_line_s = sum(
        max(min(end_s, seen_s) - start_s, 0.0) for start_s, end_s in truth.get("in_line_s", [])
    )
    assert sum(hold.in_line_s for hold in analysis.holds) == pytest.approx(in_line_s, abs=0.5)
    faults = [fault.code for hold in analysis.holds for fault in hold.faults]
    assert faults == [each["code"] for each in truth.get("faults", []) if each["end_s"] < seen_s]
    reasons = [list(rotation.reasons) for rotation in analysis.rotations]
    turns = [each for each in truth.get("rotations", []) if each["end_s"] < seen_s]
    assert reasons == [each["reasons"] for each in turns]
    assert faults or any(reasons), "something was wrong in each"


class EverySecond(Watch):
    """Looks at every second picture, whatever is seen."""

    def __init__(self) -> None:
        super().__init__(load_catalogue().get("w12-back-bridge"), load_cues())
        self.asked_s: list[float] = []

    def wants(self, t_s: float) -> bool:
        self.asked_s.append(t_s)
        return len(self.asked_s) % 2 == 1


def test_pictures_that_nobody_wants_are_read_and_not_looked_at(tmp_path: Path) -> None:
    clip = beginning_of(RECORDINGS / "w12-back-bridge.mp4", tmp_path / "short.mp4", 2.0)
    watch, told = EverySecond(), list[int]()
    some = read(clip, watch=watch, progress=lambda done, _: told.append(done))
    every = read(clip)
    assert [t_s for t_s, _ in every.frames] == watch.asked_s
    assert [t_s for t_s, _ in some.frames] == watch.asked_s[::2]
    assert all(pose is not None for _, pose in some.frames)
    assert some.source.frames_read == every.source.frames_read
    assert some.source.duration_s == every.source.duration_s
    assert told == list(range(1, len(every.frames) + 1)), "of every picture, looked at or not"


def test_opencv_keeps_no_other_core_awake_while_a_video_is_read(tmp_path: Path) -> None:
    clip = beginning_of(RECORDINGS / "w12-back-bridge.mp4", tmp_path / "short.mp4", 0.5)
    before, counts = cv2.getNumThreads(), set[int]()
    cv2.setNumThreads(3)
    read(clip, progress=lambda _done, _of: counts.add(cv2.getNumThreads()))
    after = cv2.getNumThreads()
    cv2.setNumThreads(before)
    assert counts == {1}
    assert after == 3


def test_a_picture_that_stands_on_its_head_is_told() -> None:
    catalogue, book = load_catalogue(), load_cues()
    upright = read(RECORDINGS / "w12-back-bridge.landmarks.npz")
    frames = [(t_s, pose and turned_over(pose)) for t_s, pose in upright.frames]
    plank = catalogue.get("w12-back-bridge")
    seen = judge(replace(upright, frames=frames), plank, book).record.view
    assert seen is not None
    assert seen.upside_down
    straight = judge(upright, plank, book).record.view
    assert straight is not None
    assert straight.upside_down is None, "it was judged as it is, so nobody looked"
    squats = judge(upright, catalogue.get("w56-crunch"), book).record.view
    assert squats is not None
    assert not squats.upside_down, "another exercise is no picture on its head"


def test_a_recording_that_begins_over_a_ball_is_judged_on_it_from_the_start() -> None:
    """Held over a ball from the first frame, it looks like the floor; the rest after it tells."""
    clip = RECORDINGS / "people" / "known" / "w34-superman--5.npz"
    analysis = judge(read(clip), load_catalogue().get("w34-superman"), load_cues())
    assert analysis.record.place is Place.BALL
    assert sum(hold.in_line_s for hold in analysis.held) == pytest.approx(7.5, abs=0.5)
