import http.server
import itertools
import socket
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from coreline.camera import webcam
from coreline.camera.source import Frame
from coreline.camera.webcam import Webcam, Where
from coreline.errors import BadSourceError

IMAGE = np.full((48, 64, 3), 90, np.uint8)


class Device:
    """A camera that gives numbered frames at a rate, and can be unplugged, stalled and broken."""

    def __init__(self, step_s: float = 0.01) -> None:
        self.step_s, self.plugged, self.stalled = step_s, True, threading.Event()
        self.error: Exception | None = None
        self.given, self.opened, self.released = 0, 0, 0

    def open(self, _where: Where) -> "Device":
        self.opened += 1
        return self

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        return self.plugged

    def read(self) -> tuple[bool, object]:
        time.sleep(self.step_s)
        if self.error is not None:
            raise self.error
        while self.stalled.is_set():
            time.sleep(0.01)
        self.given += 1
        image = IMAGE.copy()
        image[0, 0, 0] = self.given % 256
        return self.plugged, image if self.plugged else None

    def get(self, _prop: int, /) -> float:
        return 30.0

    def release(self) -> None:
        self.released += 1


@pytest.fixture
def device() -> Device:
    return Device()


@pytest.fixture(autouse=True)
def _no_thread_is_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    assert set(threading.enumerate()) <= before


def real(frames: Iterator[Frame | None]) -> Iterator[Frame]:
    return (frame for frame in frames if frame is not None)


def test_frames_are_stamped_on_arrival_and_in_order(device: Device) -> None:
    with Webcam(0, opener=device.open) as camera:
        begun_s = time.monotonic()
        frames = list(itertools.islice(real(camera.frames()), 10))
    times_s = [frame.t_s for frame in frames]
    assert times_s == sorted(set(times_s))
    assert begun_s <= times_s[0] <= times_s[-1] <= time.monotonic()
    assert camera.info.width == 64
    assert camera.info.height == 48
    assert device.released == 1


def test_a_slow_reader_gets_the_newest_frame_only(device: Device) -> None:
    with Webcam(0, opener=device.open) as camera:
        frames = real(camera.frames())
        first = next(frames)
        time.sleep(0.3)
        late = next(frames)
        assert late.index - first.index > 10
        assert time.monotonic() - late.t_s < 0.5


def test_a_stalled_camera_says_so_ten_times_a_second(device: Device) -> None:
    with Webcam(0, opener=device.open) as camera:
        frames = camera.frames()
        next(real(frames))
        device.stalled.set()
        next(frame for frame in frames if frame is None)
        begun_s = time.monotonic()
        assert list(itertools.islice(frames, 10)) == [None] * 10
        assert time.monotonic() - begun_s <= 1.0
        device.stalled.clear()
        assert next(real(frames))


def test_a_camera_that_comes_back_goes_on(device: Device, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webcam, "RETRY_S", 0.02)
    with Webcam(0, opener=device.open) as camera:
        frames = camera.frames()
        next(real(frames))
        device.plugged = False
        next(frame for frame in frames if frame is None)
        device.plugged = True
        assert next(real(frames))
    assert device.opened >= 2


def test_a_camera_that_stays_away_is_an_error(
    device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webcam, "RETRY_S", 0.02)
    monkeypatch.setattr(webcam, "GIVE_UP_S", 0.1)
    with Webcam(3, opener=device.open) as camera:
        device.plugged = False
        with pytest.raises(BadSourceError, match=r"camera 3: no picture for .*cable"):
            list(camera.frames())


def test_what_is_raised_in_the_thread_is_raised_here(device: Device) -> None:
    with Webcam(0, opener=device.open) as camera:
        device.error = RuntimeError("the driver died")
        with pytest.raises(RuntimeError, match="the driver died"):
            list(camera.frames())


def test_closing_ends_the_frames(device: Device) -> None:
    camera = Webcam(0, opener=device.open)
    frames = camera.frames()
    next(real(frames))
    camera.close()
    camera.close()
    assert [frame for frame in frames if frame is not None][1:] == []


@pytest.fixture
def listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty list of the kernel's cameras."""
    monkeypatch.setattr(webcam, "DEVICES", tmp_path)
    monkeypatch.setattr(sys, "platform", "linux")
    return tmp_path


def entry(devices: Path, number: int, name: str, index: int = 0) -> None:
    folder = devices / f"video{number}"
    folder.mkdir()
    (folder / "name").write_text(f"{name}\n")
    (folder / "index").write_text(f"{index}\n")


def absent(where: Where) -> str:
    device = Device()
    device.plugged = False
    with pytest.raises(BadSourceError) as caught:
        Webcam(where, opener=device.open)
    assert device.released >= 1
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.usefixtures("listed")
def test_no_camera_at_all() -> None:
    assert absent(0) == (
        "camera 0: this machine has no camera; connect one, or use a video instead"
    )


def test_another_camera_than_there_is(listed: Path) -> None:
    entry(listed, 0, "Integrated Camera")
    entry(listed, 1, "Integrated Camera", index=1)  # gives no pictures, only their data
    assert absent(7) == "camera 7: there is none; there is camera 0 (Integrated Camera)"


def test_a_camera_that_may_not_be_opened(listed: Path) -> None:
    entry(listed, 99, "USB Camera")
    assert "join the group 'video'" in absent(99)


def test_a_camera_in_use(listed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry(listed, 0, "USB Camera")
    monkeypatch.setattr("os.access", lambda *_: True)
    assert "close other programs" in absent(0)


def test_where_the_system_has_no_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert absent(0).startswith("camera 0: does not open; connect it")


def test_opencv_says_nothing_itself_about_an_absent_camera(
    capfd: pytest.CaptureFixture[str],
) -> None:
    begun_s = time.monotonic()
    with pytest.raises(BadSourceError):
        Webcam(97)
    assert time.monotonic() - begun_s < 3.0
    assert capfd.readouterr() == ("", "")


class Stream(http.server.BaseHTTPRequestHandler):
    """A picture stream over HTTP, as telephones and network cameras give it."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
        self.end_headers()
        picture = cv2.imencode(".jpg", IMAGE)[1].tobytes()
        part = b"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n" % len(picture)
        try:
            while not self.server.closing:  # type: ignore[attr-defined] # set on the server below
                self.wfile.write(part + picture + b"\r\n")
                time.sleep(0.03)
        except OSError:
            return

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


class StreamServer(http.server.ThreadingHTTPServer):
    closing = False
    daemon_threads = False  # so that closing joins them


@pytest.fixture
def address() -> Iterator[str]:
    server = StreamServer(("127.0.0.1", 0), Stream)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://user:secret@127.0.0.1:{server.server_port}/video.mjpg"
    server.closing = True
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_stream_on_the_network(address: str) -> None:
    with Webcam(address) as camera:
        frames = list(itertools.islice(real(camera.frames()), 5))
    assert frames[0].image_bgr.shape == (48, 64, 3)
    assert abs(int(frames[-1].image_bgr.mean()) - 90) < 5
    assert "secret" not in camera.info.name


def test_an_address_that_cannot_be_reached(capfd: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    begun_s = time.monotonic()
    with pytest.raises(BadSourceError) as caught:
        Webcam(f"http://user:secret@127.0.0.1:{port}/video")
    assert time.monotonic() - begun_s < 3.0
    assert "no pictures come from this address" in str(caught.value)
    assert "secret" not in str(caught.value)
    assert capfd.readouterr() == ("", "")


def test_an_address_that_never_answers(capfd: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        begun_s = time.monotonic()
        with pytest.raises(BadSourceError):
            Webcam(f"http://127.0.0.1:{mute.getsockname()[1]}/video")
        assert time.monotonic() - begun_s < 3.5
    assert capfd.readouterr() == ("", "")
