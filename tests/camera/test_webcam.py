"""A live camera's faults, with a camera that is told what to do and a server that fails."""

import logging
import socket
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from tools.faulty_server import OTHER_SIZE_PX, Fault, FaultyServer, number_in

from camera.fake_camera import OPENER, SIZE_PX, Control
from camera.leftovers import LIMIT_S, nothing_left_behind, patience
from coreline.camera import watchdog, webcam
from coreline.camera.source import Frame, Trouble
from coreline.camera.webcam import Webcam
from coreline.errors import BadSourceError
from coreline.placement.checks import CameraTrouble

Items = Iterator[Frame | Trouble | None]


@pytest.fixture(autouse=True)
def _nothing_is_left() -> Iterator[None]:
    with nothing_left_behind():
        yield


@pytest.fixture
def control(tmp_path: Path) -> Control:
    return Control(tmp_path / "control")


@pytest.fixture
def camera(control: Control) -> Iterator[Webcam]:
    with Webcam(control.where, opener=OPENER) as opened:
        yield opened


@pytest.fixture
def server() -> Iterator[FaultyServer]:
    with FaultyServer() as running:
        yield running


def until_frame(items: Items) -> Frame:
    end_s = time.monotonic() + LIMIT_S
    for item in items:
        if isinstance(item, Frame):
            return item
        assert time.monotonic() < end_s, "no frame came"
    raise AssertionError("the frames ended")


def until_trouble(items: Items, wanted: CameraTrouble) -> list[Frame]:
    """Read until there is this trouble; return the frames before it."""
    end_s, frames = time.monotonic() + LIMIT_S, list[Frame]()
    for item in items:
        if isinstance(item, Frame):
            frames.append(item)
        if isinstance(item, Trouble) and item.kind is wanted:
            return frames
        assert time.monotonic() < end_s, f"{wanted} did not come"
    raise AssertionError("the frames ended")


def later_and_later(items: Items) -> Items:
    """Pass items on, checking that the time never stands still or goes back."""
    last_s = 0.0
    for item in items:
        if item is not None:
            assert item.t_s > last_s
            last_s = item.t_s
        yield item


def until_frames(items: Items, count: int) -> list[Frame | Trouble | None]:
    """Read until there are so many frames; return everything that was read."""
    read, frames = list[Frame | Trouble | None](), 0
    end_s = time.monotonic() + LIMIT_S
    while frames < count:
        read.append(next(items))
        frames += isinstance(read[-1], Frame)
        assert time.monotonic() < end_s, "the frames do not come"
    return read


def until_an_end(items: Items) -> None:
    """Read until something is raised."""
    end_s = time.monotonic() + LIMIT_S
    while time.monotonic() < end_s:
        next(items)


def kinds(items: list[Frame | Trouble | None]) -> set[CameraTrouble]:
    return {item.kind for item in items if isinstance(item, Trouble)}


def test_each_fault_is_named_while_it_lasts_and_frames_go_on_after_it(
    control: Control, camera: Webcam
) -> None:
    items, last = later_and_later(camera.frames()), -1
    until_frame(items)
    faults = {
        "block": CameraTrouble.STALLED,
        "false": CameraTrouble.GONE,
        "repeat": CameraTrouble.FROZEN,
        "black": CameraTrouble.BLACK,
        "half": CameraTrouble.BROKEN,
        "flat": CameraTrouble.BROKEN,
        "die": CameraTrouble.GONE,
    }
    for words, kind in faults.items():
        control.says(words)
        until_trouble(items, kind)
        during = list(islice(items, 4))
        assert all(isinstance(item, Trouble) for item in during), words
        control.says("run")
        frame = until_frame(items)
        assert frame.index > last, words
        last = frame.index
        with patience():
            assert kinds(until_frames(items, 3)) == set(), words


def test_a_camera_that_hangs_for_good_is_read_by_another_process(
    control: Control, camera: Webcam, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "coreline")
    items = camera.frames()
    until_frame(items)
    control.says("wedge")
    until_trouble(items, CameraTrouble.STALLED)
    control.says("run")
    begun_s = time.monotonic()
    assert begun_s < until_frame(items).t_s, "it was taken after the camera was well again"
    told = [each.getMessage() for each in caplog.records]
    assert told[0] == "gives no usable pictures: stalled"
    assert "its process is started again" in told
    assert told[-1] == "well"


def test_a_change_of_size_is_told_once_and_stretches_nothing(
    control: Control, camera: Webcam
) -> None:
    items = camera.frames()
    until_frame(items)
    control.says("size 50 80")
    before = until_trouble(items, CameraTrouble.RESIZED)
    with patience():
        after = until_frames(items, 5)
    assert {frame.image_bgr.shape for frame in before} <= {(SIZE_PX[1], SIZE_PX[0], 3)}
    shapes = {frame.image_bgr.shape for frame in after if isinstance(frame, Frame)}
    assert shapes == {(80, 50, 3)}
    assert kinds(after) == set()
    assert (camera.info.width, camera.info.height) == (50, 80)


def test_a_camera_that_is_reopened_with_the_picture_it_had_is_still_frozen(
    control: Control, camera: Webcam, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coreline.camera.watchdog.USELESS_S", 1.0)
    items = camera.frames()
    until_frame(items)
    control.says("repeat")
    until_trouble(items, CameraTrouble.FROZEN)
    children, frames = [camera._child], 0
    end_s = time.monotonic() + LIMIT_S
    while len(children) < 3:
        frames += isinstance(next(items), Frame)
        if camera._child is not children[-1]:
            children.append(camera._child)
        assert time.monotonic() < end_s, "it is not opened again"
    assert frames <= 2, "not more than one each time it is opened again"


def test_a_reader_that_was_busy_for_long_is_told_of_no_trouble(camera: Webcam) -> None:
    items = camera.frames()
    until_frame(items)
    with patience(3.0):
        time.sleep(3.5)
        assert kinds(until_frames(items, 5)) == set()


def test_a_camera_that_stays_away_is_an_error(
    control: Control, camera: Webcam, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = camera.frames()
    until_frame(items)
    monkeypatch.setattr(watchdog, "GIVE_UP_S", 1.2)
    control.says("absent")
    with pytest.raises(BadSourceError, match="no picture for 60 s; check that it is on") as caught:
        until_an_end(items)
    assert "\n" not in str(caught.value)


def test_a_camera_that_is_covered_opens_all_the_same_and_is_no_error(
    control: Control, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watchdog, "GIVE_UP_S", 2.0)
    control.says("black")
    with Webcam(control.where, opener=OPENER) as camera:
        assert (camera.info.width, camera.info.height) == SIZE_PX
        items, opened_s = camera.frames(), time.monotonic()
        until_trouble(items, CameraTrouble.BLACK)
        for item in items:
            assert isinstance(item, Trouble), "it stays covered"
            if item.t_s > opened_s + 1.5 * watchdog.GIVE_UP_S:
                break
        control.says("run")
        assert until_frame(items).image_bgr.mean() > 50.0


@pytest.mark.parametrize(
    ("words", "kind", "message"),
    [("raise", RuntimeError, "the driver died"), ("raise oddly", RuntimeError, "an odd error")],
)
def test_what_is_raised_in_the_child_is_raised_here(
    words: str, kind: type[Exception], message: str, control: Control, camera: Webcam
) -> None:
    items = camera.frames()
    until_frame(items)
    control.says(words)
    with pytest.raises(kind, match=message):
        until_an_end(items)


def test_the_camera_is_let_go_of(control: Control, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coreline.camera.child.LET_GO_S", LIMIT_S)
    with Webcam(control.where, opener="camera.fake_camera:open_patiently"):
        pass
    assert (control.path.parent / "released").exists()


def test_a_stream_that_fails_gives_no_false_frame_and_comes_back(server: FaultyServer) -> None:
    faults = {
        Fault.STALL: CameraTrouble.STALLED,
        Fault.CLOSE: CameraTrouble.GONE,
        Fault.HALF: CameraTrouble.BROKEN,
        Fault.FROZEN: CameraTrouble.FROZEN,
    }
    frames = list[Frame]()
    with Webcam(server.address) as camera:
        items = camera.frames()
        for fault, kind in faults.items():
            frames.append(until_frame(items))
            server.fault = fault
            frames += until_trouble(items, kind)
            server.fault = Fault.GOOD
            frames += [until_frame(items), until_frame(items)]
    numbers = [number_in(frame.image_bgr) for frame in frames]
    assert None not in numbers
    assert len(set(numbers)) == len(numbers)


def test_a_stream_that_turns_is_told_and_not_stretched(server: FaultyServer) -> None:
    with Webcam(server.address) as camera:
        items = camera.frames()
        until_frame(items)
        server.fault = Fault.SIZE
        until_trouble(items, CameraTrouble.RESIZED)
        frame = until_frame(items)
    assert frame.image_bgr.shape[1::-1] == OTHER_SIZE_PX
    assert number_in(frame.image_bgr) is not None


def test_five_pictures_a_second_are_few_but_no_trouble(server: FaultyServer) -> None:
    server.fault = Fault.SLOW
    with Webcam(server.address) as camera:
        items = camera.frames()
        with patience(2.0):
            read = until_frames(items, 5)
            while None not in read:  # a busy machine may come too late for that each time
                read += until_frames(items, 1)
                assert len(read) < 100, "it is never said that nothing is new"
    numbers = [number_in(item.image_bgr) for item in read if isinstance(item, Frame)]
    assert kinds(read) == set()
    assert None not in numbers
    assert len(set(numbers)) == len(numbers) >= 5


def test_no_secret_of_an_address_is_told(server: FaultyServer) -> None:
    with Webcam(server.address) as camera:
        assert camera.info.name == f"http://127.0.0.1:{server.port}/video.mjpg"


def test_opencv_says_nothing_itself_about_an_absent_camera(
    capfd: pytest.CaptureFixture[str],
) -> None:
    begun_s = time.monotonic()
    with pytest.raises(BadSourceError, match="camera 97: "):
        Webcam(97)
    assert time.monotonic() - begun_s < LIMIT_S
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(sys.platform != "linux", reason="another list of cameras")
def test_an_absent_camera_of_ours_is_explained() -> None:
    with pytest.raises(BadSourceError, match=r"^camera 3: .*; "):
        Webcam(3, opener="camera.fake_camera:open_absent")


def test_an_address_that_cannot_be_reached(capfd: pytest.CaptureFixture[str]) -> None:
    begun_s = time.monotonic()
    with socket.socket() as deaf:  # it does not listen, and nobody else does at its port
        deaf.bind(("127.0.0.1", 0))
        with pytest.raises(BadSourceError) as caught:
            Webcam(f"http://user:secret@127.0.0.1:{deaf.getsockname()[1]}/video")
    assert time.monotonic() - begun_s < LIMIT_S
    assert "no pictures come from this address (connection refused)" in str(caught.value)
    assert "secret" not in str(caught.value)
    assert capfd.readouterr() == ("", "")


def test_an_address_that_never_answers(capfd: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        begun_s = time.monotonic()
        with pytest.raises(BadSourceError, match="no answer"):
            Webcam(f"http://127.0.0.1:{mute.getsockname()[1]}/video")
        assert time.monotonic() - begun_s < LIMIT_S
    assert capfd.readouterr() == ("", "")


def test_an_opener_that_does_not_exist_is_an_error_of_the_program() -> None:
    with pytest.raises(ModuleNotFoundError):
        Webcam(0, opener="nowhere:at_all")
    assert webcam.OPENER == "coreline.camera.devices:open_device"
