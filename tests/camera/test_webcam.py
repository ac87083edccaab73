"""A live camera's faults, with a camera that is told what to do and a server that fails."""

import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from tools.faulty_server import OTHER_SIZE_PX, Fault, FaultyServer, number_in

from camera.fake_camera import OPENER, SIZE_PX, Control
from camera.leftovers import nothing_left_behind
from coreline.camera import webcam
from coreline.camera.source import Frame, Trouble, TroubleKind
from coreline.camera.webcam import Webcam
from coreline.errors import BadSourceError

Items = Iterator[Frame | Trouble | None]

LIMIT_S = 20.0  # for anything to happen on a machine that is busy


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


def until_trouble(items: Items, wanted: TroubleKind) -> list[Frame]:
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


def for_a_while(items: Items, duration_s: float = 0.4) -> list[Frame | Trouble | None]:
    end_s, read = time.monotonic() + duration_s, list[Frame | Trouble | None]()
    while time.monotonic() < end_s:
        read.append(next(items))
    return read


def kinds(items: list[Frame | Trouble | None]) -> set[TroubleKind]:
    return {item.kind for item in items if isinstance(item, Trouble)}


def test_each_fault_is_named_while_it_lasts_and_frames_go_on_after_it(
    control: Control, camera: Webcam
) -> None:
    items, last = later_and_later(camera.frames()), -1
    until_frame(items)
    faults = {
        "block": TroubleKind.STALLED,
        "false": TroubleKind.GONE,
        "repeat": TroubleKind.FROZEN,
        "black": TroubleKind.BLACK,
        "half": TroubleKind.BROKEN,
        "flat": TroubleKind.BROKEN,
        "die": TroubleKind.GONE,
    }
    for words, kind in faults.items():
        control.says(words)
        until_trouble(items, kind)
        during = for_a_while(items, 0.3)
        assert len(during) >= 2, "the trouble is told again and again"
        assert all(isinstance(item, Trouble) for item in during), words
        control.says("run")
        frame = until_frame(items)
        assert frame.index > last, words
        last = frame.index
        assert kinds(for_a_while(items, 0.15)) == set(), words


def test_a_camera_that_hangs_for_good_is_read_by_another_process(
    control: Control, camera: Webcam
) -> None:
    items = camera.frames()
    until_frame(items)
    control.says("wedge")
    until_trouble(items, TroubleKind.STALLED)
    control.says("run")
    begun_s = time.monotonic()
    after = until_frame(items)
    assert time.monotonic() - begun_s < 10.0, "under 3 s on a machine that is not busy"
    assert time.monotonic() - after.t_s < 1.0


def test_a_change_of_size_is_told_once_and_stretches_nothing(
    control: Control, camera: Webcam
) -> None:
    items = camera.frames()
    until_frame(items)
    control.says("size 50 80")
    before = until_trouble(items, TroubleKind.RESIZED)
    after = for_a_while(items)
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
    until_trouble(items, TroubleKind.FROZEN)
    again = [item for item in for_a_while(items, 1.8) if isinstance(item, Frame)]
    assert len(again) <= 3, "not more than one each time it is opened anew"


def test_a_reader_that_was_busy_for_long_is_told_of_no_trouble(camera: Webcam) -> None:
    items = camera.frames()
    until_frame(items)
    time.sleep(1.0)
    assert kinds(for_a_while(items)) == set()


def test_a_camera_that_stays_away_is_an_error(
    control: Control, camera: Webcam, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coreline.camera.watchdog.GIVE_UP_S", 1.2)
    items = camera.frames()
    until_frame(items)
    control.says("absent")
    with pytest.raises(BadSourceError, match="no picture for 60 s; check that it is on") as caught:
        for_a_while(items, LIMIT_S)
    assert "\n" not in str(caught.value)


def test_a_camera_that_is_covered_opens_all_the_same_and_is_no_error(
    control: Control, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coreline.camera.watchdog.GIVE_UP_S", 0.3)
    control.says("black")
    with Webcam(control.where, opener=OPENER) as camera:
        assert (camera.info.width, camera.info.height) == SIZE_PX
        items = camera.frames()
        until_trouble(items, TroubleKind.BLACK)
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
        for_a_while(items, LIMIT_S)


def test_the_camera_is_let_go_of(control: Control, camera: Webcam) -> None:
    camera.close()
    assert (control.path.parent / "released").exists()


def test_a_stream_that_fails_gives_no_false_frame_and_comes_back(server: FaultyServer) -> None:
    faults = {
        Fault.STALL: TroubleKind.STALLED,
        Fault.CLOSE: TroubleKind.GONE,
        Fault.HALF: TroubleKind.BROKEN,
        Fault.FROZEN: TroubleKind.FROZEN,
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
        until_trouble(items, TroubleKind.RESIZED)
        frame = until_frame(items)
    assert frame.image_bgr.shape[1::-1] == OTHER_SIZE_PX
    assert number_in(frame.image_bgr) is not None


def test_five_pictures_a_second_are_few_but_no_trouble(server: FaultyServer) -> None:
    server.fault = Fault.SLOW
    with Webcam(server.address) as camera:
        read = for_a_while(camera.frames(), 1.2)
    frames = [item for item in read if isinstance(item, Frame)]
    assert kinds(read) == set()
    assert 3 <= len(frames) <= 7
    assert np.diff([frame.t_s for frame in frames]).mean() == pytest.approx(0.2, abs=0.08)


def test_no_secret_of_an_address_is_told(server: FaultyServer) -> None:
    with Webcam(server.address) as camera:
        assert camera.info.name == f"http://127.0.0.1:{server.port}/video.mjpg"


def test_opencv_says_nothing_itself_about_an_absent_camera(
    capfd: pytest.CaptureFixture[str],
) -> None:
    begun_s = time.monotonic()
    with pytest.raises(BadSourceError, match="camera 97: "):
        Webcam(97)
    assert time.monotonic() - begun_s < 10.0, "under 3 s on a machine that is not busy"
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(sys.platform != "linux", reason="another list of cameras")
def test_an_absent_camera_of_ours_is_explained() -> None:
    with pytest.raises(BadSourceError, match=r"^camera 3: .*; "):
        Webcam(3, opener="camera.fake_camera:open_absent")


def test_an_address_that_cannot_be_reached(capfd: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    begun_s = time.monotonic()
    with pytest.raises(BadSourceError) as caught:
        Webcam(f"http://user:secret@127.0.0.1:{port}/video")
    assert time.monotonic() - begun_s < 10.0
    assert "no pictures come from this address (connection refused)" in str(caught.value)
    assert "secret" not in str(caught.value)
    assert capfd.readouterr() == ("", "")


def test_an_address_that_never_answers(capfd: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        begun_s = time.monotonic()
        with pytest.raises(BadSourceError, match="no answer"):
            Webcam(f"http://127.0.0.1:{mute.getsockname()[1]}/video")
        assert time.monotonic() - begun_s < 10.0
    assert capfd.readouterr() == ("", "")


def test_an_opener_that_does_not_exist_is_an_error_of_the_program() -> None:
    with pytest.raises(ModuleNotFoundError):
        Webcam(0, opener="nowhere:at_all")
    assert webcam.OPENER == "coreline.camera.devices:open_device"
