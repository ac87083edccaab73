from pathlib import Path
from time import monotonic

import cv2
import numpy as np
import pytest

from coreline.camera.playback import Playback, sample_path
from coreline.errors import BadSourceError
from film_time import FilmTime


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a film of 12 frames, each brighter than the one before, over 0.6 s."""
    return _film(tmp_path_factory.mktemp("film") / "film.mp4", fps=20.0)


@pytest.fixture(scope="module")
def slow_film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _film(tmp_path_factory.mktemp("film") / "slow.mp4", fps=2.0, frames=3)


def _film(path: Path, fps: float, frames: int = 12) -> Path:
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), fps, (64, 48))
    for number in range(frames):
        writer.write(np.full((48, 64, 3), number * 20, np.uint8))
    writer.release()
    return path


@pytest.fixture
def time() -> FilmTime:
    return FilmTime()


def test_every_frame_comes_at_its_time(film: Path, time: FilmTime) -> None:
    with Playback(film, time.clock_s, time.sleep) as source:
        shown = [(time.now_s, frame) for frame in source.frames() if frame]
    assert [frame.index for _, frame in shown] == list(range(12))
    for at_s, frame in shown:
        assert at_s == pytest.approx(frame.t_s)


def shown_by_a_machine_that_takes(take_s: float, film: Path, time: FilmTime) -> list[int]:
    """Return which frames it sees, a frame each 0.05 s, when each one seen takes it so long."""
    shown = []
    with Playback(film, time.clock_s, time.sleep) as source:
        for frame in source.frames():
            if frame is not None:
                shown.append(frame.index)
                time.sleep(take_s)
    return shown


def test_frames_that_are_late_are_left_out(film: Path, time: FilmTime) -> None:
    assert shown_by_a_machine_that_takes(0.085, film, time) == [0, 1, 3, 5, 6, 8, 10, 11]
    assert time.now_s < 0.6 + 0.085


@pytest.mark.parametrize("take_s", [0.12, 0.3, 2.0])
def test_on_a_machine_that_is_too_slow_the_film_is_slower(
    film: Path, time: FilmTime, take_s: float
) -> None:
    """It still gets ten pictures for every second of the film, and all of the film."""
    shown = shown_by_a_machine_that_takes(take_s, film, time)
    assert max(np.diff(shown)) == 2
    assert shown[-1] >= 10
    assert time.now_s == pytest.approx(len(shown) * take_s, abs=0.1)


def test_what_is_late_once_is_not_left_out_for_good(film: Path, time: FilmTime) -> None:
    with Playback(film, time.clock_s, time.sleep) as source:
        frames = source.frames()
        assert next(frames)
        time.sleep(0.7)
        assert [frame.index for frame in frames if frame] == [2, 3, 4, 5, 6, 7, 8, 9, 10, 11]


def test_between_frames_far_apart_it_answers_all_the_same(slow_film: Path, time: FilmTime) -> None:
    gaps_s, answers, last_s = [], [], time.now_s
    with Playback(slow_film, time.clock_s, time.sleep) as source:
        for frame in source.frames():
            gaps_s.append(time.now_s - last_s)
            last_s = time.now_s
            answers.append(frame)
    assert max(gaps_s) < 0.1
    assert answers.count(None) >= 8


def test_it_begins_when_the_first_frame_is_asked_for(film: Path, time: FilmTime) -> None:
    with Playback(film, time.clock_s, time.sleep) as source:
        time.sleep(0.3)
        assert [frame.index for frame in source.frames() if frame][:2] == [0, 1]


def test_left_to_itself_it_goes_by_the_clock_of_the_machine(film: Path) -> None:
    begun_s = monotonic()
    with Playback(film) as source:
        assert [frame for frame in source.frames() if frame]
    assert monotonic() - begun_s >= 0.5, "0.6 s of film take no less"


def test_what_is_no_video_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSourceError, match="no such file"):
        Playback(tmp_path / "none.mp4")


def test_the_sample_can_be_played() -> None:
    with Playback(sample_path()) as source:
        frame = next(frame for frame in source.frames() if frame)
        assert source.info.duration_s is not None
        assert frame.image_bgr.shape == (source.info.height, source.info.width, 3)
