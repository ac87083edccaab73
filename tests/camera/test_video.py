import itertools
import math
import struct
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.camera.video import VideoFile, next_time_s
from coreline.errors import BadSourceError
from coreline.files.resources import resource_file
from targets import pipe

SIZE_PX = (160, 120)
FPS = 25.0


def a_video(path: Path, codec: str, frames: int = 50) -> Path:
    """Write a video that brightens from frame to frame, its left half black."""
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*codec), FPS, SIZE_PX)
    assert writer.isOpened()
    for number in range(frames):
        picture = np.full((*SIZE_PX[::-1], 3), number * 4, np.uint8)
        picture[:, : SIZE_PX[0] // 2] = 0
        writer.write(picture)
    writer.release()
    return path


def cut(path: Path, share: float) -> Path:
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    return path


def flag_quarter_turn(path: Path) -> None:
    """Rewrite the display matrix of an MP4's track: shown turned clockwise by 90 degrees."""
    data = bytearray(path.read_bytes())
    matrix_at = data.index(b"tkhd") + 4 + 40
    width = SIZE_PX[1] << 16
    matrix = struct.pack(">9i", 0, 1 << 16, 0, -(1 << 16), 0, 0, width, 0, 1 << 30)
    data[matrix_at : matrix_at + 36] = matrix
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("name", "codec"), [("a.avi", "MJPG"), ("a.mkv", "mp4v"), ("a.mp4", "mp4v")]
)
def test_every_frame_comes_in_order_with_its_time(name: str, codec: str, tmp_path: Path) -> None:
    with VideoFile(a_video(tmp_path / name, codec)) as video:
        frames = [frame for frame in video.frames() if frame is not None]
        assert (video.info.name, video.info.width, video.info.height) == (name, *SIZE_PX)
        assert (video.info.fps, video.info.frames_expected) == (FPS, 50)
        assert video.info.duration_s == pytest.approx(2.0)
        assert (video.frames_read, video.shortfall) == (50, None)
    assert [frame.index for frame in frames] == list(range(50))
    assert [frame.t_s for frame in frames] == pytest.approx([n / FPS for n in range(50)], abs=2e-3)
    brightness = [float(frame.image_bgr[:, 100:].mean()) for frame in frames]
    assert brightness == pytest.approx([4.0 * n for n in range(50)], abs=4.0)


def test_the_sample_is_what_it_is_said_to_be() -> None:
    with VideoFile(resource_file("samples", "w56-belly-bridge.mp4")) as video:
        frame = next(video.frames())
    assert (video.info.width, video.info.height, video.info.fps) == (640, 480, 15.0)
    assert frame is not None
    assert frame.image_bgr.shape == (480, 640, 3)
    assert frame.image_bgr.dtype == np.uint8


@pytest.mark.parametrize(("name", "codec"), [("a.avi", "MJPG"), ("a.mkv", "mp4v")])
def test_a_video_cut_short_says_how_much_was_read(name: str, codec: str, tmp_path: Path) -> None:
    with VideoFile(cut(a_video(tmp_path / name, codec), 0.7)) as video:
        read = len(list(video.frames()))
        assert 20 < read < 45
        assert video.shortfall is not None
        assert f"{read} of 50 frames read" in video.shortfall


def test_a_rotation_flag_is_obeyed(tmp_path: Path) -> None:
    path = a_video(tmp_path / "a.mp4", "mp4v")
    flag_quarter_turn(path)
    with VideoFile(path) as video:
        *_, last = video.frames()
        assert (video.info.width, video.info.height) == SIZE_PX[::-1]
    assert last is not None
    assert last.image_bgr.shape == (160, 120, 3)
    # Turned clockwise, the black left half is on top.
    assert last.image_bgr[:60].mean() < 20.0
    assert last.image_bgr[100:].mean() > 150.0


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("nothing.mp4", "no such file"),
        (".", "folder"),
        ("text.mp4", "not a video"),
        ("empty.mp4", "not a video"),
        ("headless.mp4", "not a video"),
        ("frameless.avi", "video"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_silent_line(
    name: str, what: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "text.mp4").write_text("no film", encoding="utf-8")
    (tmp_path / "empty.mp4").touch()
    cut(a_video(tmp_path / "headless.mp4", "mp4v"), 0.7)
    a_video(tmp_path / "frameless.avi", "MJPG", frames=0)
    capfd.readouterr()
    with pytest.raises(BadSourceError, match=what) as caught:
        VideoFile(tmp_path / name)
    assert "\n" not in str(caught.value)
    assert ";" in str(caught.value)
    assert capfd.readouterr() == ("", "")


def test_damage_in_the_middle_ends_nothing_and_says_nothing(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = a_video(tmp_path / "a.mkv", "mp4v")
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 40] = b"\xff" * 40
    path.write_bytes(data)
    capfd.readouterr()
    with VideoFile(path) as video:
        times_s = [frame.t_s for frame in video.frames() if frame is not None]
    assert len(times_s) > 20
    assert all(a < b for a, b in itertools.pairwise(times_s))
    assert capfd.readouterr() == ("", "")


@given(st.lists(st.floats(), min_size=1, max_size=40), st.floats(1.0, 240.0))
def test_times_strictly_increase_whatever_the_file_says(said_s: list[float], fps: float) -> None:
    last_s = -math.inf
    for file_s in said_s:
        now_s = next_time_s(last_s, file_s, fps)
        assert math.isfinite(now_s)
        assert now_s > last_s
        last_s = now_s


@given(st.lists(st.floats(0.001, 50.0), min_size=1, max_size=20))
def test_good_times_are_kept_however_uneven(steps_s: list[float]) -> None:
    last_s = -math.inf
    for file_s in itertools.accumulate([0.0, *steps_s]):
        last_s = next_time_s(last_s, file_s, 30.0)
        assert last_s == file_s


def test_a_file_without_times_goes_by_its_rate() -> None:
    times_s = [next_time_s(-math.inf, 0.0, 25.0)]
    for _ in range(3):
        times_s.append(next_time_s(times_s[-1], 0.0, 25.0))
    assert times_s == pytest.approx([0.0, 0.04, 0.08, 0.12])


def test_pictures_that_would_fill_the_memory_are_refused_by_their_head(tmp_path: Path) -> None:
    data = bytearray(a_video(tmp_path / "a.avi", "MJPG").read_bytes())
    at = data.find(b"\xff\xc0")
    while at >= 0:
        data[at + 5 : at + 9] = struct.pack(">HH", 16_000, 16_000)
        at = data.find(b"\xff\xc0", at + 1)
    head = data.index(b"strf") + 8
    data[head + 4 : head + 12] = struct.pack("<II", 16_000, 16_000)
    (tmp_path / "a.avi").write_bytes(data)
    with pytest.raises(BadSourceError, match="16000 x 16000 pixels, 33 million at most"):
        VideoFile(tmp_path / "a.avi")


@pytest.mark.parametrize(
    ("frames", "rate", "what"),
    [(200_000, FPS, "has 200000 frames, 108000 at most"), (90_000, 1, "lasts 90000 s, 7200 at")],
)
def test_more_than_a_recording_can_have_is_refused(
    frames: int, rate: float, what: str, tmp_path: Path
) -> None:
    data = bytearray(a_video(tmp_path / "a.avi", "MJPG").read_bytes())
    head = data.index(b"strh") + 8
    data[head + 20 : head + 28] = struct.pack("<II", 1, round(rate))
    data[head + 32 : head + 36] = struct.pack("<I", frames)
    (tmp_path / "a.avi").write_bytes(data)
    with pytest.raises(BadSourceError, match=what):
        VideoFile(tmp_path / "a.avi")


def test_a_video_without_an_end_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with VideoFile(a_video(tmp_path / "a.avi", "MJPG")) as video:
        monkeypatch.setattr("coreline.camera.video.FRAMES", 20)
        with pytest.raises(BadSourceError, match="does not end after 20 frames"):
            list(video.frames())


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    with pytest.raises(BadSourceError, match="is no regular file"):
        VideoFile(pipe(tmp_path / "a.mp4"))
