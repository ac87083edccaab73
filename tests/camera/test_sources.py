"""The contract of everything that gives frames, the same tests for all of them."""

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pytest
from tools.faulty_server import FaultyServer, number_in

from camera.fake_camera import OPENER, Control, made_by
from camera.leftovers import LIMIT_S, nothing_left_behind, patience
from coreline.camera.playback import Playback, sample_path
from coreline.camera.source import Frame, FrameSource, Trouble
from coreline.camera.video import VideoFile
from coreline.camera.webcam import Webcam

Open = Callable[[], FrameSource]

SOURCES = ("webcam", "address", "file", "file at its own pace", "sample")
LIVE = SOURCES[:2]


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a film of 2 s, each frame brighter than the one before."""
    path = tmp_path_factory.mktemp("film") / "film.mp4"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), 20.0, (64, 48))
    for number in range(40):
        writer.write(np.full((48, 64, 3), 20 + number * 5, np.uint8))
    writer.release()
    return path


@pytest.fixture
def server() -> Iterator[FaultyServer]:
    with FaultyServer() as running:
        yield running


@dataclass(frozen=True)
class Given:
    """How many pictures a live camera has made, and which read after that shows the newest.

    A webcam's are counted where they are read; a server's may still be on their way.
    """

    count: Callable[[], int]
    reads: int

    def wait_for(self, number: int) -> None:
        end_s = time.monotonic() + LIMIT_S
        while self.count() < number:
            assert time.monotonic() < end_s, "no pictures are given"
            time.sleep(0.005)


@pytest.fixture
def given(request: pytest.FixtureRequest, tmp_path: Path, server: FaultyServer) -> Given:
    if request.node.callspec.params["source"] == "webcam":
        return Given(lambda: made_by(tmp_path / "control"), 1)
    return Given(lambda: server.sent, 3)


@pytest.fixture
def opener(film: Path, tmp_path: Path, server: FaultyServer) -> Callable[[str], Open]:
    openers: dict[str, Open] = {
        "webcam": lambda: Webcam(Control(tmp_path / "control").where, opener=OPENER),
        "address": lambda: Webcam(server.address),
        "file": lambda: VideoFile(film),
        "file at its own pace": lambda: Playback(film),
        "sample": lambda: Playback(sample_path()),
    }
    return openers.__getitem__


@pytest.fixture
def source(request: pytest.FixtureRequest, opener: Callable[[str], Open]) -> Iterator[FrameSource]:
    with ExitStack() as stack:
        stack.enter_context(nothing_left_behind())
        yield stack.enter_context(opener(request.param)())


every_source = pytest.mark.parametrize("source", SOURCES, indirect=True)
every_live_source = pytest.mark.parametrize("source", LIVE, indirect=True)


@every_source
def test_frames_come_in_order_and_stay_as_they_are(source: FrameSource) -> None:
    info, items, copies = source.info, list[Frame](), []
    end_s = time.monotonic() + LIMIT_S
    with patience():
        for item in source.frames():
            assert not isinstance(item, Trouble), "nothing is wrong with a source that works"
            if item is not None:
                items.append(item)
                copies.append(item.image_bgr.copy())
            if len(items) == 10:
                break
            assert time.monotonic() < end_s, "the frames do not come"
    assert len(items) == 10
    for one, following in itertools.pairwise(items):
        assert one.t_s < following.t_s
        assert one.index < following.index
    for frame, copy in zip(items, copies, strict=True):
        assert frame.image_bgr.shape == (info.height, info.width, 3)
        assert frame.image_bgr.dtype == np.uint8
        assert frame.image_bgr.flags.c_contiguous
        assert np.array_equal(frame.image_bgr, copy)
    assert not np.array_equal(copies[0], copies[-1])
    assert info.fps > 0.0
    assert info.name


@every_source
def test_whoever_reads_is_answered_again_and_again(source: FrameSource) -> None:
    """How soon is measured by benchmarks/faulty_camera.py, and in test_playback.py."""
    frames = source.frames()
    begun_s = time.monotonic()
    assert len(list(itertools.islice(frames, 16))) == 16
    assert time.monotonic() - begun_s < LIMIT_S


@every_source
def test_one_that_is_left_early_lets_go_of_everything(source: FrameSource) -> None:
    frames = source.frames()
    next(frames)
    source.__exit__(None, None, None)
    source.__exit__(None, None, None)
    assert len([item for item in frames if isinstance(item, Frame)]) <= 1


@every_live_source
def test_whoever_is_slow_gets_the_newest_with_its_time(source: FrameSource, given: Given) -> None:
    assert source.__enter__() is source
    assert source.info.duration_s is None
    frames = source.frames()
    first = next(item for item in frames if isinstance(item, Frame))
    assert first.t_s <= time.monotonic()
    had = given.count()
    given.wait_for(had + 8)
    late_s, had_late = time.monotonic(), given.count()
    given.wait_for(had_late + 4)
    read = itertools.islice((item for item in frames if isinstance(item, Frame)), given.reads)
    *_, late = read
    assert late_s < late.t_s <= time.monotonic(), "what was not read in time is left out"
    assert given_as(late) >= had + 8


def given_as(frame: Frame) -> int:
    """Return which of the pictures a frame is, counted where they are made."""
    number = number_in(frame.image_bgr)
    return frame.index if number is None else number


@every_live_source
def test_it_may_be_closed_while_another_thread_reads(source: FrameSource) -> None:
    read: list[object] = []
    began = threading.Event()

    def read_on() -> None:
        for item in source.frames():
            read.append(item)
            if isinstance(item, Frame):
                began.set()

    reader = threading.Thread(target=read_on)
    reader.start()
    assert began.wait(LIMIT_S)
    source.__exit__(None, None, None)
    reader.join(LIMIT_S)
    assert not reader.is_alive()
    assert [item for item in read if isinstance(item, Frame)]
