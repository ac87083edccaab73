import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from camera.leftovers import nothing_left_behind
from coreline.camera import recorder
from coreline.camera.recorder import WAITING, VideoRecorder, fitted
from coreline.camera.source import Image
from coreline.camera.video import VideoFile
from coreline.programme.language import Language

SIZE_PX = (64, 48)
FPS = 20.0
LIMIT_S = 60.0  # ends what would wait for ever


@pytest.fixture(autouse=True)
def _nothing_is_left() -> Iterator[None]:
    with nothing_left_behind():
        yield


@pytest.fixture(autouse=True)
def _nobody_is_late(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine that hands over no frame for a while is no camera that gives none."""
    monkeypatch.setattr(recorder, "IDLE_S", LIMIT_S)


def grey(shade: float, size_px: tuple[int, int] = SIZE_PX) -> Image:
    return np.full((size_px[1], size_px[0], 3), shade, np.uint8)


def noise(seed: int) -> Image:
    rng = np.random.default_rng(seed)
    return rng.integers(0, 255, (SIZE_PX[1], SIZE_PX[0], 3)).astype(np.uint8)


def patiently(video: VideoRecorder, t_s: float, image: Image) -> None:
    """Hand over a frame, faster than it would come, but none too many at a time."""
    while video.recording and video._waiting.full():
        time.sleep(0.002)
    video.write(t_s, image)


def recorded(path: Path, frames: list[tuple[float, Image]], said: list[str]) -> VideoRecorder:
    with VideoRecorder(path, SIZE_PX, FPS, said.append) as video:
        for t_s, image in frames:
            patiently(video, t_s, image)
    return video


def shades(path: Path) -> list[tuple[float, float]]:
    """Return the time and the shade of each frame of a video."""
    with VideoFile(path) as video:
        return [(frame.t_s, float(frame.image_bgr.mean())) for frame in video.frames() if frame]


def shade_at(video: list[tuple[float, float]], t_s: float) -> float:
    return [shade for at_s, shade in video if at_s <= t_s + 1e-3][-1]


def test_what_is_seen_at_a_moment_was_there_at_that_moment(tmp_path: Path) -> None:
    said: list[str] = []
    rng = np.random.default_rng(4)
    times_s = np.cumsum(rng.uniform(0.005, 0.3, 40))
    frames = [(1000.0 + t_s, grey(20 + 5 * place)) for place, t_s in enumerate(times_s)]
    video = recorded(tmp_path / "a.mkv", frames, said)
    assert said == []
    shown = shades(video.path)
    for (t_s, _), place in zip(frames[:-1], range(39), strict=True):
        if frames[place + 1][0] - t_s > 2.0 / FPS:  # long enough to be seen for sure
            at_s = t_s - frames[0][0] + 1.0 / FPS
            assert shade_at(shown, at_s) == pytest.approx(20 + 5 * place, abs=4.0)
    assert shown[-1][0] == pytest.approx(times_s[-1] - times_s[0], abs=1.5 / FPS)


def test_a_video_cut_at_60_percent_still_plays(tmp_path: Path) -> None:
    frames = [(place / FPS, noise(place)) for place in range(100)]
    video = recorded(tmp_path / "a.mkv", frames, [])
    data = video.path.read_bytes()
    cut = tmp_path / "cut.mkv"
    cut.write_bytes(data[: int(len(data) * 0.6)])
    assert len(shades(cut)) >= 50


@pytest.mark.skipif(sys.platform == "win32", reason="rights as POSIX has them")
def test_only_its_owner_can_read_it(tmp_path: Path) -> None:
    video = recorded(tmp_path / "a.avi", [(0.0, grey(9))], [])
    assert video.path.name == "a.mkv"
    assert stat.S_IMODE(video.path.stat().st_mode) == 0o600


@pytest.mark.parametrize("why", ["no folder", "there already"])
def test_what_cannot_be_written_is_said_once_and_ends_nothing(why: str, tmp_path: Path) -> None:
    said: list[str] = []
    path = tmp_path / ("none/a.mkv" if why == "no folder" else "a.mkv")
    if why == "there already":
        path.write_text("mine")
    video = recorded(path, [(place / FPS, grey(place)) for place in range(3 * WAITING)], said)
    assert len(said) == 1
    assert str(path) in said[0]
    assert "the session goes on" in said[0]
    assert not video.recording
    if why == "there already":
        assert path.read_text() == "mine"


@pytest.mark.parametrize(
    ("language", "why"), [("en", "free on the disk"), ("nl", "op de schijf is minder dan")]
)
def test_a_disk_that_fills_up_ends_the_recording_and_the_file_plays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: Language, why: str
) -> None:
    said: list[str] = []
    monkeypatch.setattr(recorder, "CHECK_S", 0.5)
    with VideoRecorder(tmp_path / "a.mkv", SIZE_PX, FPS, said.append, language) as video:
        for place in range(40):
            patiently(video, place / FPS, noise(place))
        monkeypatch.setattr(recorder, "ROOM_BYTES", 1 << 60)
        for place in range(40, 80):
            patiently(video, place / FPS, noise(place))
    assert len(said) == 1
    assert why in said[0]
    assert len(shades(video.path)) >= 30


LIMITED = """
import resource, signal, sys
from pathlib import Path
import numpy as np
from coreline.camera.recorder import VideoRecorder
import time
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
rng = np.random.default_rng(1)
with VideoRecorder(Path(sys.argv[1]), (64, 48), 5.0, print) as video:
    for place in range(1500):
        while video.recording and video._waiting.full():
            time.sleep(0.001)
        video.write(place / 5.0, rng.integers(0, 255, (48, 64, 3)).astype(np.uint8))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a limit as POSIX has it")
def test_a_limit_that_opencv_does_not_tell_of_is_noticed(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(tmp_path / "a.mkv")],
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0
    assert done.stdout.count("it does not grow") == 1
    assert done.stderr == ""


def test_whoever_hands_over_frames_never_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The recorder's thread is held up at its first frame until all have been handed over."""
    held_up, go_on, went_on = threading.Event(), threading.Event(), threading.Event()

    def slowly(image: Image, size_px: tuple[int, int]) -> Image:
        if not held_up.is_set():
            held_up.set()
            go_on.wait(LIMIT_S)
            went_on.set()
        return fitted(image, size_px)

    monkeypatch.setattr(recorder, "fitted", slowly)
    with VideoRecorder(tmp_path / "a.mkv", SIZE_PX, FPS, print) as video:
        video.write(0.0, grey(9))
        assert held_up.wait(LIMIT_S)
        for place in range(1, 200):
            video.write(place / FPS, grey(9))
        assert not went_on.is_set()
        go_on.set()
    assert len(shades(video.path)) == 1 + WAITING


def test_the_last_frame_is_shown_on_while_none_comes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder, "IDLE_S", 0.1)
    with VideoRecorder(tmp_path / "a.mkv", SIZE_PX, FPS, print) as video:
        video.write(5.0, grey(60))
        end_s = time.monotonic() + LIMIT_S
        while video._written < 5:
            assert time.monotonic() < end_s, "the last frame is not shown on"
            time.sleep(0.002)
        video.write(55.0, grey(200))
    shown = shades(video.path)
    assert len(shown) == 50 * FPS + 1
    assert shade_at(shown, 49.9) == pytest.approx(60, abs=4)
    assert shade_at(shown, 50.0) == pytest.approx(200, abs=4)


def test_a_computer_that_slept_does_not_fill_the_disk(tmp_path: Path) -> None:
    frames = [(0.0, grey(60)), (30_000.0, grey(90)), (30_000.1, grey(120))]
    video = recorded(tmp_path / "a.mkv", frames, [])
    assert len(shades(video.path)) <= 6


def test_frames_of_another_size_are_fitted_in_not_stretched(tmp_path: Path) -> None:
    video = recorded(tmp_path / "a.mkv", [(0.0, grey(200)), (0.5, grey(200, (24, 96)))], [])
    with VideoFile(video.path) as file:
        *_, last = file.frames()
    assert last is not None
    assert last.image_bgr.shape == (48, 64, 3)
    assert last.image_bgr[:, 28:36].mean() > 180.0
    assert last.image_bgr[:, :20].mean() < 30.0


@pytest.mark.parametrize("size_px", [(64, 48), (1000, 10), (3, 700), (1, 1)])
def test_any_shape_fits_into_any_other(size_px: tuple[int, int]) -> None:
    whole = fitted(grey(255, size_px), SIZE_PX)
    assert whole.shape == (48, 64, 3)
    assert whole.max() == 255


def test_closing_twice_and_writing_after_it_do_no_harm(tmp_path: Path) -> None:
    video = recorded(tmp_path / "a.mkv", [(0.0, grey(9))], [])
    video.close()
    video.write(1.0, grey(9))
    assert len(shades(video.path)) == 1
